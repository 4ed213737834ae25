"""Numbers as text and back, by format."""
# ruff: noqa: E501

from __future__ import annotations

from decimal import Decimal

import pytest

from snowcore.engine.duckdb.session import DuckSession

from .answers import Line, check, name

VALUES = ("-12.391", "0", "-1", "0.10", "0.01", "3987", "1.111")
TABLE = {
    '">"$99.0"<"': ">-$12.4<|>  $0.0<|> -$1.0<|>  $0.1<|>  $0.0<|> $##.#<|>  $1.1<",
    '">"B9,999.0"<"': ">   -12.4<|>      .0<|>    -1.0<|>      .1<|>      .0<|> 3,987.0<|>     1.1<",
    '">"TME"<"': ">-1.2391E1<|>0E0<|>-1E0<|>1E-1<|>1E-2<|>3.987E3<|>1.111E0<",
    '">"0XXX"<"': ">FFF4<|>0000<|>FFFF<|>0000<|>0000<|>0F93<|>0001<",
    '">"S0XXX"<"': ">-000C<|>+0000<|>-0001<|>+0000<|>+0000<|>+0F93<|>+0001<",
}

WRITTEN: list[Line] = [
    ("to_char(12.5, '999.00')", "  12.50"),
    ("to_char(1234567, '9,999,999')", " 1,234,567"),
    ("to_char(5, '000')", " 005"),
    ("to_char(0, '999')", "   0"),
    ("to_char(-12.34, '99.9MI')", "12.3-"),
    ("to_char(12.34, '99.9MI')", "12.3 "),
    ("to_char(12, 'S99')", "+12"),
    ("to_char(12, '99S')", "12+"),
    ("to_char(1.5, 'FM999.99')", "1.5"),
    ("to_char(12, 'FM0999')", "0012"),
    ("to_char(123456, '9.99EEEE')", " 1.23E+05"),
    ("to_char(255, 'XX')", "FF"),
    ("to_char(255, 'xxx')", " ff"),
    ("to_char(12.50)", "12.50"),
    ("to_char(1.5::float, '9.0')", " 1.5"),
    ("to_char(12345, '999')", " ###"),
    ("to_char(1, '(9)')", "( 1)"),
    ("to_char(1, '9\"a\"\"b\"')", ' 1a"b'),
    ("to_char(1, '9q')", "!100140"),
    ("to_char(12.34, 'TM9')", "12.34"),
    ("select to_char(12, f) from (values ('99'), ('000')) t(f) order by 1", [" 012", " 12"]),
    ("select to_char(-12.391::number(10,3), 'TM9')", "-12.391"),
]  # fmt: skip

READ: list[Line] = [
    ("to_decimal('12.3456', '99.9999', 9, 5)", Decimal("12.34560"), "NUMBER(9,5)"),
    ("to_number('12.3456')", 12, "NUMBER(38,0)"),
    ("to_number('12.5', 10, 1)", Decimal("12.5")),
    ("to_numeric('1,234.56', '9,999.99', 10, 2)", Decimal("1234.56")),
    ("to_decimal('ae5', 'XXX')", 2789),
    ("to_decimal('ae5', 'XX')", "!100140"),
    ("to_number('$1,234.50', '$9,999.99', 10, 2)", Decimal("1234.50")),
    ("to_decimal('  - 0.1    ', '99.9', 9, 5)", Decimal("-0.10000")),
    ("to_decimal('  - 0.1    ', 'TM9', 9, 5)", Decimal("-0.10000")),
    ("to_number('1.2E3', '9.9EE')", 1200),
    ("to_number('12-', '99MI')", -12),
    ("to_number('1234', '999')", "!100140"),
    ("to_number('1,234', '9999')", "!100140"),
    ("try_to_number('1,234', '9999')", None),
    ("try_to_decimal('345.123', '999.99', 10, 2)", None),
    ("try_to_number('x')", None),
    ("select try_to_number(s, 10, 2) from (values (' 12.345 '), ('1_0'), ('x'), ('-1e2')) t(s)", [Decimal("12.35"), None, None, Decimal("-100")]),
    ("to_number('x')", "!100038"),
    ("to_number(true)", 1),
    ("to_number(parse_json('12'))", 12),
    ("to_double('1.5')", 1.5, "FLOAT"),
    ("to_double('1,234.5', '9,999.9')", 1234.5),
    ("try_to_double('a')", None),
    ("to_decfloat('1.5')", "1.5", "DECFLOAT"),
    ("try_to_decfloat('a')", None),
]  # fmt: skip


@pytest.mark.parametrize("line", [*WRITTEN, *READ], ids=name)
def test_numerals(session: DuckSession, line: Line) -> None:
    check(session, line)


@pytest.mark.parametrize("pattern", TABLE)
def test_a_table_of_formats(session: DuckSession, pattern: str) -> None:
    for value, text in zip(VALUES, TABLE[pattern].split("|"), strict=True):
        check(session, (f"to_char({value}, '{pattern}')", text))
