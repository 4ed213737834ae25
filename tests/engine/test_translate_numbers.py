"""Numbers: exact arithmetic with Snowflake's scales, casts, rounding."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from snowcore.engine.duckdb.session import DuckSession
from snowcore.engine.errors import AccountError

from .conftest import Rows

EXACT = Context(prec=160, rounding=ROUND_HALF_UP)

VALUES: list[tuple[str, Any]] = [
    ("7/2", Decimal("3.500000")),
    ("-2/3", Decimal("-0.666667")),
    ("1.0/7", Decimal("0.1428571")),
    ("10::number(10,2)/3::number(5,1)", Decimal("3.33333333")),
    ("1::float/4", 0.25),
    ("1.1*1.1", Decimal("1.21")),
    ("1.123456789*1.123456789", Decimal("1.262155156750")),
    ("9223372036854775807 * 2", 18446744073709551614),
    ("999999999999999999 + 999999999999999999", 1999999999999999998),
    ("round(2.345, 2)", Decimal("2.35")),
    ("round(-2.5)", -3),
    ("round(1234.5, -2)", 1200),
    ("trunc(-1.99)", -1),
    ("floor(-1.5)", -2),
    ("ceil(1.231, 2)", Decimal("1.24")),
    ("mod(-5, 3)", -2),
    ("1.5::int", 2),
    ("-2.5::int", -3),
    ("'1e3'::int", 1000),
    ("100000::number(10,2)::varchar", "100000.00"),
    ("0.1::float::varchar", "0.1"),
    ("1e20::varchar", "100000000000000000000"),
    ("1e40::varchar", "1e+40"),
    ("1::decfloat/3", "0." + "3" * 38),
    ("'1.00000000000000000000000000000000001'::decfloat > 1", True),
    ("'9'::decfloat < '1e2'::decfloat and -5::decfloat < 0.5 and '-1e-400'::decfloat < 0", True),
    ("'nan'::float = 'NaN'::float", True),
    ("1 + '2'", 3),
    ("'1.5' + 1", Decimal("2.5")),
    ("div0(1, 0)", Decimal(0)),
    ("try_cast('x' as int)", None),
    ("try_cast('ABCD' as char(2))", None),
    ("try_cast('ABCD' as varchar(10))", "ABCD"),
    ("try_cast('99.95' as number(3,1))", None),
    ("to_number('12.345', 10, 2)", Decimal("12.35")),
    ("true::int", 1),
    ("12345678901234567890123456789012345678", 12345678901234567890123456789012345678),
]


@pytest.mark.parametrize(("expression", "value"), VALUES)
def test_a_number(run: Callable[..., Rows], expression: str, value: Any) -> None:
    ((got,),) = run(f"select {expression}")
    assert got == value
    assert type(got) is type(value)


REFUSED = [
    ("1/0", "100051"),
    ("1::float/0", "100051"),
    ("mod(5, 0)", "100051"),
    ("'abc'::int", "100038"),
    ("'1_000'::float", "100038"),
    ("1000::number(3,0)", "100039"),
    ("99999999999999999999999999999999999999 + 1", "100046"),
    ("99999999999999999999999999999999999999 * 10", "100046"),
    ("'nope'::boolean", "100037"),
    ("1 = 'x'", "100038"),
]


@pytest.mark.parametrize(("expression", "code"), REFUSED)
def test_a_number_is_refused(refused: Callable[[str], str], expression: str, code: str) -> None:
    assert refused(f"select {expression}").startswith(code)


@st.composite
def numbers(draw: st.DrawFn) -> tuple[Decimal, int, int]:
    precision = draw(st.integers(1, 38))
    scale = draw(st.integers(0, min(precision, 20)))
    digits = draw(st.integers(1, precision))
    whole = Decimal(draw(st.integers(-(10**digits) + 1, 10**digits - 1)))
    return whole.scaleb(-scale, context=EXACT), precision, scale


def expected(operator: str, a: Decimal, s1: int, b: Decimal, s2: int) -> Decimal:
    scale = {"*": min(s1 + s2, max(s1, s2, 12)), "/": max(s1, min(s1 + 6, 12))}.get(operator, max(s1, s2))
    with_context = {"+": EXACT.add, "-": EXACT.subtract, "*": EXACT.multiply, "/": EXACT.divide, "%": EXACT.remainder}
    return with_context[operator](a, b).quantize(Decimal(1).scaleb(-scale), context=EXACT)


@given(st.sampled_from("+-*/%"), numbers(), numbers())
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_arithmetic_is_exact(
    session: DuckSession, operator: str, left: tuple[Decimal, int, int], right: tuple[Decimal, int, int]
) -> None:
    (a, p1, s1), (b, p2, s2) = left, right
    assume(operator not in "/%" or b)
    want = expected(operator, a, s1, b, s2)
    sql = f"select a {operator} b from (select {a:f}::number({p1},{s1}) a, {b:f}::number({p2},{s2}) b)"
    if len(want.as_tuple().digits) > 38:
        with pytest.raises(AccountError) as caught:
            session.execute(sql)
        assert caught.value.code in ("100039", "100046")
        return
    ((got,),) = session.execute(sql).rows
    assert got == want
    assert not math.isnan(float(got))
