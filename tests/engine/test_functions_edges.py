"""Values at the edges: floating point without an end, spreading, structured casts, windows counted from the end."""

# ruff: noqa: E501

from __future__ import annotations

from decimal import Decimal

import pytest

from snowcore.engine.duckdb.session import DuckSession

from . import answers

LINES: list[answers.Line] = [
    *((f"{call}", "!100183") for call in ("exp(1000)", "power(10, 400)", "sinh(1000)", "atanh(1)", "acosh(0)", "pow(-2, 0.5)", "1e308 * 10", "1e308::float + 1e308::float")),
    ("'inf'::float * 2 = 'inf'::float", True),
    ("exp('inf'::float) = 'inf'::float", True),
    ("-10000000000000000000000000001", -10000000000000000000000000001),
    ("[12345678901234567890123456789012345678]::array(number(38, 0))", "[12345678901234567890123456789012345678]"),
    ("[1, **[2, 3], 4]", "[1,2,3,4]"),
    ("select [**a, 3] from (select [1, 2] a)", "[1,2,3]"),
    ("{'a': 1, **{'b': 2, 'a': 3}}", '{"a":3,"b":2}'),
    ("greatest(**[1, 3, 2])", 3),
    ("2 in (**[1, 2])", True),
    ("cast({'a': 1}::object(a int) as object(a int, b varchar) add fields)", '{"a":1,"b":null}'),
    ("cast({'a': 1, 'c': 2}::object(a int, c int) as object(b int, d varchar) rename fields)", '{"b":1,"d":"2"}'),
    ("cast({'a': 1} as object(b int) rename fields)", "!001007"),
    ("interval '1 day' + '2024-01-01'::date = '2024-01-02'::date", True),
    ("1e10", 10000000000, "NUMBER(11,0)"),
    ("1.234E2", Decimal("123.4"), "NUMBER(4,1)"),
    ("15e-03", Decimal("0.015"), "NUMBER"),
    ("1e39", 1e39, "FLOAT"),
    ("2e0-1", 1, "NUMBER"),
    ("1.5E3+2-1", 1501, "NUMBER"),
    ("'2e0-1'", "2e0-1"),
    *((f"system$typeof({value})", kind) for value, kind in (
        ("1", "NUMBER(1,0)[SB1]"), ("1e10", "NUMBER(11,0)[SB8]"), ("10000", "NUMBER(5,0)[SB2]"), ("null", "NULL[LOB]"),
        ("'something'", "VARCHAR(9)[LOB]"), ("concat('every', 'body')", "VARCHAR(9)[LOB]"), ("'a' || 'bc'", "VARCHAR(3)[LOB]"),
        ("'a' || 1", "VARCHAR(16777216)[LOB]"),
    )),
    ("cbrt(27)", 3.0),
    ("cbrt(-0.001)", -0.1),
    ("convert_timezone('America/Los_Angeles', '2024-04-05 12:00:00 +02:00')::varchar", "2024-04-05 03:00:00.000 -0700"),
    ("convert_timezone('UTC', '2024-04-05 12:00:00')::varchar", "2024-04-05 19:00:00.000 +0000"),
    ("select last_value(column1 ignore nulls) over (order by column2) from values (null, 1), (5, 2)", [5, 5]),
    ("select lag(column1 respect nulls) over (order by column2) from values (7, 1), (5, 2)", [None, 7]),
    ("select nth_value(column1, 2) from last over (order by column1) from values (1), (2), (3) limit 1", 2),
    ("select nth_value(column1, 1) from last ignore nulls over (order by column1) from values (1), (2), (null) limit 1", 2),
]  # fmt: skip


@pytest.mark.parametrize("line", LINES, ids=answers.name)
def test_edge(session: DuckSession, line: answers.Line) -> None:
    answers.check(session, line)
