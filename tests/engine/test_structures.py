"""Structured types, the functions of MAP, REDUCE's type, and which variants are one."""
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Callable

import pytest

from snowcore.engine.duckdb.session import DuckSession

from .answers import Line, check, name
from .conftest import Rows

Run = Callable[..., Rows]

LINES: list[Line] = [
    ("system$typeof([7]::array(int))", "ARRAY(NUMBER(38,0))[LOB]"),
    ("system$typeof(cast({'k': 1} as object(k number(5,1) not null)))", "OBJECT(k NUMBER(5,1) NOT NULL)[LOB]"),
    ("system$typeof({'k': 'v'}::map(varchar, varchar))", "MAP(VARCHAR, VARCHAR)[LOB]"),
    ("['1.26', 2]::array(number(5,1))", "[1.3,2]"),
    ("[1, 'x']::array(int)", "!100071"),
    ("[1, null]::array(int not null)", "!100072"),
    ("{'a': 1, 'b': 2}::object(a int)", "!100071"),
    ("[1, null]::array(int)::variant", "[\n  1,\n  undefined\n]"),
    ("({'a': '5'}::object(a int)):a + 1", 6, "NUMBER"),
    ("({'-3': 'x'}::map(int, varchar))[-3]", "x", "VARCHAR"),
    ("array_contains(2, [1, 2]::array(int))", True),
    ("map_keys({'b': 1, 'a': 2}::map(varchar, int))", '["a","b"]'),
    ("map_size({'b': 1}::map(varchar, int))", 1),
    ("map_contains_key('b', {'b': 1}::map(varchar, int))", True),
    ("map_cat({'a': 1}::map(varchar, int), {'b': 2}::map(varchar, int))", '{"a":1,"b":2}'),
    ("map_insert({'a': 1}::map(varchar, int), 'b', 2)", '{"a":1,"b":2}'),
    ("map_insert({'a': 1}::map(varchar, int), 'a', 2)", "!100107"),
    ("map_insert({'a': 1}::map(varchar, int), 'a', 2, true)", '{"a":2}'),
    ("map_delete({'a': 1, 'b': 2}::map(varchar, int), 'a')", '{"b":2}'),
    ("map_pick({'a': 1, 'b': 2}::map(varchar, int), ['a', 'c'])", '{"a":1}'),
    ("map_construct('a', 1)", '{"a":1}'),
    ("array_construct_structured(1, 2)", "[1,2]"),
    ("object_construct_keep_null_structured('a', null::date)", '{"a":null}'),
    ("transform([1, 2]::array(int), x -> x * 2)", "[2,4]"),
    ("reduce([1, 2], 0, (a, x) -> a + x)", 3, "NUMBER"),
    ("reduce(['b', 'c'], 'a', (a, x) -> a || x)", "abc", "VARCHAR"),
    ("reduce([2, 3], [], (a, x) -> array_prepend(a, x))", "[3,2]"),
    ("reduce([1.5], 0, (a, x) -> a + x)", "!000002"),
    ("reduce([1.5], 0::float, (a, x) -> a + x)", 1.5),
    ("array_sort([parse_json('null'), 2, null, 1])", "[\n  1,\n  2,\n  null,\n  undefined\n]"),
    ("array_sort([parse_json('null'), 2, null, 1], false)", "[\n  undefined,\n  null,\n  2,\n  1\n]"),
    ("arrays_zip([], [])", "[{}]"),
    ("0x1F", "!000002"),
    ("repeat('x', null)", None),
    ("left('x', null)", None),
    ("unicode(null::varchar)", None),
    ("editdistance('abc', 'x', -5)", 0),
    ("editdistance(null, 'x', 3)", None),
    ("factorial(-1)", "!100183"),
    ("(2/3)::float::varchar", "0.666667"),
    ("(2::float / 3)::varchar", "0.6666666667"),
    ("(200::float / 3)::varchar", "66.666666667"),
    ("123456789.125::float::varchar", "123456789.125"),
    ("'7-march-2023'::date::varchar", "2023-03-07"),
    ("to_date('march 7 23', 'mon dd yy')::varchar", "2023-03-07"),
]  # fmt: skip


@pytest.mark.parametrize("line", LINES, ids=name)
def test_values(session: DuckSession, line: Line) -> None:
    check(session, line)


MIXED = """create or replace temporary table mixed as select column1 n, parse_json(column2) v
from values (1, '2'), (2, '2.0'), (3, '2e0'), (4, '"2"'), (5, 'null'), (6, '{"k":5e-1}'), (7, '{"k":0.5}')"""


def test_equal_variants_are_one_group(run: Run) -> None:
    assert run(MIXED, "select count(*), sum(n) from mixed group by v order by 2") == [(1, 4), (1, 5), (3, 6), (2, 13)]
    assert len(run("select distinct v from mixed order by v")) == 4
    assert run("select v, count(*) from mixed where n > 2 and n < 4 group by v") == [("2.000000000000000e+00", 1)]


def test_variants_are_ordered_by_their_own_column(run: Run) -> None:
    """DuckDB would take the name of a shown column inside of a call for one of the table."""
    assert run(MIXED, "select n, v from (select v, n from mixed where n in (1, 4)) order by v desc") == [
        (4, '"2"'),
        (1, "2"),
    ]


def test_pivot_over_any_sees_common_tables_and_null(run: Run, session: DuckSession) -> None:
    sql = "with s as (select 1 id, 2 x, 'a' q union all select 1, 3, null) select * from s pivot(sum(x) for q in (any order by q))"
    assert run(sql) == [(1, 2, 3)]
    assert [column.name for column in session.execute(sql).columns] == ["ID", "'a'", "NULL"]


def test_an_average_over_a_window_is_cut(run: Run) -> None:
    assert [str(row[0]) for row in run("select avg(column1) over () from values (1), (2), (2)")] == ["1.666"] * 3
    assert [str(row[0]) for row in run("select avg(column1) from values (1), (2), (2)")] == ["1.666667"]


def test_where_nulls_come_is_a_parameter(run: Run, session: DuckSession) -> None:
    session.put_parameter("DEFAULT_NULL_ORDERING", "FIRST")
    assert run("select column1 from values (1), (null) order by 1") == [(None,), (1,)]
    assert run("select column1 from values (1), (null) order by 1 desc") == [(1,), (None,)]
    assert run("select column1 from values (1), (null) order by 1 nulls last") == [(1,), (None,)]


STEPS = "(select column1 d, column2 p from values (1, 5), (2, 3), (3, 4), (4, 9), (5, 1)) match_recognize(order by d"


@pytest.mark.parametrize(
    ("rest", "rows"),
    [
        ("measures match_number() n, final last(p) f, last(p) r all rows per match pattern(low low) define low as p < 5)",
         [(2, 3, 1, 4, 3), (3, 4, 1, 4, 4)]),
        ("measures match_number() n, match_sequence_number() s all rows per match pattern(low {- other -} high) define low as p < 5, high as p > 5)",
         [(2, 3, 1, 1), (4, 9, 1, 3)]),
        ("measures match_number() n, classifier() c all rows per match pattern(high*) define high as p > 4)",
         [(1, 5, 1, "HIGH"), (2, 3, 2, None), (3, 4, 3, None), (4, 9, 4, "HIGH"), (5, 1, 5, None)]),
        ("measures match_number() n, classifier() c all rows per match omit empty matches pattern(high*) define high as p > 4)",
         [(1, 5, 1, "HIGH"), (4, 9, 4, "HIGH")]),
        ("measures match_number() n all rows per match with unmatched rows pattern(high+) define high as p > 4)",
         [(1, 5, 1), (2, 3, None), (3, 4, None), (4, 9, 2), (5, 1, None)]),
        ("measures match_number() n all rows per match pattern(high+) define high as p > avg(p) over (rows between unbounded preceding and unbounded following))",
         [(1, 5, 1), (4, 9, 2)]),
    ],
)  # fmt: skip
def test_rows_that_follow_a_pattern(run: Run, rest: str, rows: Rows) -> None:
    assert run(f"select * from {STEPS} {rest} order by d") == rows


def test_by_name(run: Run) -> None:
    run("create or replace temporary table named (a int, b varchar)", "insert into named select 1, 'x'")
    merge = """merge into named using (select 'y' b, 1 a union all select 'z', 2) s on named.a = s.a
    when matched then update all by name when not matched then insert all by name"""
    assert run(merge) == [(1, 1)]
    assert run("select * from named order by a") == [(1, "y"), (2, "z")]


def test_insert_overwrite_all_empties_first(run: Run) -> None:
    run(
        "create or replace temporary table o1 (x int)",
        "create or replace temporary table o2 (x int)",
        "insert into o1 values (1)",
    )
    run("insert overwrite all into o1 into o2 select 5")
    assert run("select (select sum(x) from o1), (select sum(x) from o2)") == [(5, 5)]


def test_computed_columns_are_refused(refused: Callable[[str], str]) -> None:
    assert refused("create or replace temporary table computed (a int, b int as (a * 2))").startswith("000002")
