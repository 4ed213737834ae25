"""Values at the edges: floating point without an end, spreading, structured casts, windows counted from the end."""

# ruff: noqa: E501

from __future__ import annotations

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
    ("select nth_value(column1, 2) from last over (order by column1) from values (1), (2), (3) limit 1", 2),
    ("select nth_value(column1, 1) from last ignore nulls over (order by column1) from values (1), (2), (null) limit 1", 2),
]  # fmt: skip


@pytest.mark.parametrize("line", LINES, ids=answers.name)
def test_edge(session: DuckSession, line: answers.Line) -> None:
    answers.check(session, line)
