"""Queries that turn, climb, or follow patterns of rows: PIVOT, UNPIVOT, CONNECT BY, MATCH_RECOGNIZE, set operations
by name."""

# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from .conftest import Rows

Run = Callable[..., Rows]

SALES = """create or replace temporary table sales as select column1 empid, column2 amount, column3 quarter from values
(1, 10000, 'Q1'), (1, 400, 'Q1'), (2, 4500, 'Q1'), (1, 5000, 'Q2'), (2, 200, 'Q2'), (3, 2700, 'Q3')"""
TIMES = """create or replace temporary table times as select column1::timestamp_tz at, column2 n, parse_json(column3) v from values
('2024-01-01 12:00 +02:00', 1, '1'), ('2024-01-01 10:00 +00:00', 2, '1e0')"""
STOCK = """create or replace temporary table stock as select column1 company, column2::date day, column3 price from values
('A', '2020-10-01', 50), ('A', '2020-10-02', 36), ('A', '2020-10-03', 39), ('A', '2020-10-04', 42), ('A', '2020-10-05', 30),
('A', '2020-10-06', 47), ('X', '2020-10-01', 89), ('X', '2020-10-02', 24), ('X', '2020-10-03', 37)"""
PEOPLE = """create or replace temporary table people as select column1 id, column2 name, column3 boss from values
(1, 'Ann', null), (2, 'Bob', 1), (3, 'Cat', 2), (4, 'Dan', 1)"""

FALLS = """match_recognize(partition by company order by day
measures match_number() as n, first(day) as first_day, last(day) as last_day, count(*) as days, count(down.*) as downs,
last(up.price) as top, classifier() as ends
one row per match after match skip to last up pattern(start_row down+ up+)
define down as price < lag(price), up as price > lag(price))"""

CASES: dict[str, tuple[str, Rows]] = {
    "pivot over any": ("select * from sales pivot (sum(amount) for quarter in (any order by quarter)) order by empid",
        [(1, 10400, 5000, None), (2, 4500, 200, None), (3, None, None, 2700)]),
    "pivot over a subquery": ("select * from sales pivot (max(amount) for quarter in (select 'Q2')) order by empid",
        [(1, 5000), (2, 200), (3, None)]),
    "pivot with names and a default": (
        "select empid, q1, q3 from sales pivot (sum(amount) for quarter in ('Q1' as q1, 'Q3' as q3) default on null (0)) order by 1",
        [(1, 10400, 0), (2, 4500, 0), (3, 0, 2700)]),
    "pivot's own names": ("""select "'Q1'", "'Q1'_N" from sales pivot (sum(amount), min(amount) as n for quarter in ('Q1')) order by empid limit 1""",
        [(10400, 400)]),
    "pivot renamed": ("select b from sales pivot (avg(amount) for quarter in ('Q1')) as p (a, b) where a = 2", [(Decimal(4500),)]),
    "unpivot with nulls and names": ("select * from (select 1 id, 10 jan, null::int feb) unpivot include nulls (v for m in (jan as january, feb))",
        [(1, "JANUARY", 10), (1, "FEB", None)]),
    "levels and paths": (
        "select name, level, sys_connect_by_path(name, '/'), connect_by_root name from people start with boss is null connect by prior id = boss order by id",
        [("Ann", 1, "/Ann", "Ann"), ("Bob", 2, "/Ann/Bob", "Ann"), ("Cat", 3, "/Ann/Bob/Cat", "Ann"), ("Dan", 2, "/Ann/Dan", "Ann")]),
    "levels as numbers": ("select level from dual connect by level <= 3", [(1,), (2,), (3,)]),
    "matches": (f"select * from stock {FALLS} order by company, n",
        [("A", 1, date(2020, 10, 1), date(2020, 10, 4), 4, 1, 42, "UP"), ("A", 2, date(2020, 10, 4), date(2020, 10, 6), 3, 1, 47, "UP"),
         ("X", 1, date(2020, 10, 1), date(2020, 10, 3), 3, 1, 37, "UP")]),
    "all rows of matches": (
        """select price, n, s, c from (select * from stock where company = 'A') match_recognize(order by day
        measures match_number() as n, match_sequence_number() as s, classifier() as c
        all rows per match pattern(any_row up{2}) define up as price > lag(price)) order by n, s""",
        [(36, 1, 1, "ANY_ROW"), (39, 1, 2, "UP"), (42, 1, 3, "UP")]),
    "matches of whole partitions": (
        """select company, n from stock match_recognize(partition by company order by day measures count(*) as n
        pattern(^ any_row{1,3} $) define any_row as true)""",
        [("X", 3)]),
    "matches at an end": (
        """select company, p from stock match_recognize(partition by company order by day measures last(price) as p
        pattern(up+ $) define up as price > lag(price)) order by company""",
        [("A", 47), ("X", 37)]),
    "matches in any order": (
        """select company, n, c from stock match_recognize(partition by company order by day
        measures count(*) as n, classifier() as c pattern(permute(low, mid, high))
        define low as price < 40, mid as price between 40 and 50, high as price > 50) order by company""",
        []),
    "matches in either order": (
        """select company, c from stock match_recognize(partition by company order by day measures classifier() as c
        pattern(permute(low, high)) define low as price < 40, high as price >= 40) order by company, c""",
        [("A", "HIGH"), ("A", "HIGH"), ("A", "LOW"), ("X", "LOW")]),
    "by name": ("select 1 a, 2 b union all by name select 3 b, 4 c order by b", [(1, 2, None), (None, 3, 4)]),
    "order by all": ("select boss, id from people order by all limit 2", [(1, 2), (1, 4)]),
    **{f"the same moment or number: {words}": (f"select {words}", answer) for words, answer in [
        ("count(*) from (select distinct at from times)", [(1,)]),
        ("hour(at), count(*) from times group by at", [(12, 2)]),
        ("count(*) from (select at, v from times union select at, v from times)", [(1,)]),
        ("row_number() over (partition by at, v order by n) from times order by 1", [(1,), (2,)]),
        ("rank() over (order by at) from times", [(1,), (1,)]),
        ("count(*) from times where at in (select '2024-01-01 05:00 -05:00'::timestamp_tz)", [(2,)]),
        ("count(*) from times where v = any (select 1)", [(2,)]),
    ]},
    "a qualified column": ("select d.s.people.id from people where s.people.id = 1", [(1,)]),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_shape(run: Run, name: str) -> None:
    sql, rows = CASES[name]
    assert run(SALES, STOCK, PEOPLE, TIMES, sql) == rows


REFUSED = {
    "select name from people connect by prior id = id": "100189",
    "select * from stock match_recognize(order by day pattern(permute(a, b, c, d, e, f, g)) define a as true)": "000002",
    "select sum(price) over (order by day groups between 1 preceding and current row) from stock": "001003",
    "select snowflake.cortex.complete('model', 'prompt')": "000002",
    "select price, count(*) from stock": "000979 SQL compilation error:\n[STOCK.PRICE] is not a valid group by expression",
    "select id from people a, people b": "002028 SQL compilation error:\nambiguous column name 'ID'",
    "select nope from people": "000904 SQL compilation error: error line 1 at position 7\ninvalid identifier 'NOPE'",
    'select "name" from people': "000904 SQL compilation error: error line 1 at position 7\ninvalid identifier '\"name\"'",
    "select 1 union select 1, 2": "001789",
    "select * from people where id = (select id from people)": "090150",
    "select classifier()": "002139",
}


@pytest.mark.parametrize("sql", REFUSED)
def test_a_query_is_refused(run: Run, refused: Callable[[str], str], sql: str) -> None:
    run(STOCK, PEOPLE)
    assert refused(sql).startswith(REFUSED[sql])
