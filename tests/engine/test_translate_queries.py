"""Queries run end to end: joins, subqueries, windows, set operations, names."""

# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from .conftest import Rows

Run = Callable[..., Rows]
EMPLOYEES = """create or replace temporary table emp as select column1 id, column2 name, column3 dept, column4 boss, column5 pay
from values (1, 'Ann', 'A', null, 300), (2, 'Bob', 'A', 1, 200), (3, 'Cat', 'B', 1, 250), (4, 'Dan', null, 3, 100)"""

CASES = {
    "a join": ("select a.name, b.name from emp a join emp b on a.boss = b.id order by a.id", [("Bob", "Ann"), ("Cat", "Ann"), ("Dan", "Cat")]),
    "an outer join": ("select a.name, b.name from emp a left join emp b on a.boss = b.id where b.id is null", [("Ann", None)]),
    "using": ("select id, l, r from (select 1 id, 'l' l) a join (select 1 id, 'r' r) b using (id)", [(1, "l", "r")]),
    "a full join with using": ("select id, l, r from (select 1 id, 'l' l) a full join (select 2 id, 'r' r) b using (id) order by id", [(1, "l", None), (2, None, "r")]),
    "a natural join": ("select * from (select 1 id, 'l' l) a natural join (select 1 id, 'r' r) b", [(1, "l", "r")]),
    "with": ("with a as (select id from emp where id < 3), b(n) as (select id + 1 from a) select n from b order by n desc", [(3,), (2,)]),
    "a correlated subquery": ("select name from emp e where pay > (select pay from emp where id = e.boss) or not exists (select 1 from emp where id = e.boss)", [("Ann",)]),
    "in a subquery": ("select name from emp where id in (select boss from emp) order by 1", [("Ann",), ("Cat",)]),
    "a window": ("select name, row_number() over (partition by dept order by pay desc) from emp where dept = 'A' order by 1", [("Ann", 1), ("Bob", 2)]),
    "rows are ordered by the first pair that differs": ("select (1, 2) < (1, 3), (2, 1) > (1, 9), (1, 2) <= (1, 1), (1, 2) is distinct from (1, 3)", [(True, True, False, True)]),
    "a text beside no number is a float": ("select t + t, -t, abs(t), round(t), t + 0 from (select '2.5' || '' as t)", [(5.0, -2.5, 2.5, 3.0, Decimal("2.50000"))]),
    "having without groups filters rows": ("select name, pay * 2 twice from emp where dept is not null having twice > 450 and name <> 'Ann'", [("Cat", 500)]),
    "having before windows": ("select name, row_number() over (order by id) from emp having dept = 'B'", [("Cat", 1)]),
    "the type of an aggregate is of one row": ("select system$typeof(sum(id)) from emp", [("NUMBER(38,0)[SB16]",)]),
    "qualify": ("select name from emp qualify rank() over (order by pay desc) <= 2 order by name", [("Ann",), ("Cat",)]),
    "lag with a default": ("select lag(id, 1, 0) over (order by id) from emp order by id", [(0,), (1,), (2,), (3,)]),
    "the whole frame of last_value": ("select last_value(id) over (order by id) from emp order by id limit 1", [(4,)]),
    "ignore nulls": ("select first_value(boss) ignore nulls over (order by id) from emp limit 1", [(1,)]),
    "set operations": ("select 1 union all select 2 union select 1 order by 1", [(1,), (2,)]),
    "intersect binds more closely": ("select 1 union all select 2 intersect select 3", [(1,)]),
    "minus": ("select id from emp minus select 2 order by id desc limit 2", [(4,), (3,)]),
    "columns of a union have one type": ("select 1 union all select 2.5 order by 1", [(Decimal("1"),), (Decimal("2.5"),)]),
    "values": ("select column1, $2 from values (1, 'a'), (2, 'b') where $1 > 1", [(2, "b")]),
    "named columns of values": ("select b from (values (1, 'a')) as t (a, b)", [("a",)]),
    "an alias in the same select": ("select id * 2 as x, x + 1 as y from emp where x = 4", [(4, 5)]),
    "a column goes before an alias in where": ("select 5 as id from emp where id = 1", [(5,)]),
    "a recursive query": ("with recursive r as (select 1 n union all select n + 1 from r where n < 5) select n from r order by n desc limit 1", [(5,)]),
    "recursive without the word": ("with r (n) as (select 1 union all select n * 2 from r where n < 9) select n from r order by n", [(1,), (2,), (4,), (8,), (16,)]),
    "unpivot": ("select * from (select 1 id, 10 jan, 20 feb, null mar) unpivot (v for m in (jan, feb, mar)) order by v", [(1, "JAN", 10), (1, "FEB", 20)]),
    "star without": ("select * exclude (boss, pay) rename name as n from emp where id = 1", [(1, "Ann", "A")]),
    "star replaced": ("select * replace (pay / 100 as pay) from emp where id = 1", [(1, "Ann", "A", None, Decimal(3))]),
    "order by a position, nulls": ("select dept from emp order by 1 desc limit 2", [(None,), ("B",)]),
    "offset": ("select id from emp order by id limit 2 offset 1", [(2,), (3,)]),
    "distinct": ("select distinct dept from emp order by dept", [("A",), ("B",), (None,)]),
    "a join in parentheses": ("select count(*) from (emp a join emp b on a.boss = b.id) join emp c on c.id = a.id", [(3,)]),
    "an outer join of a join": ("select a.id, c.id from emp a left join (emp b join emp c on b.id = c.boss) on a.id = b.id where a.id > 1 order by 1, 2", [(2, None), (3, 4), (4, None)]),
    "an outer join by a mark": ("select a.name, b.name from emp b, emp a where a.boss = b.id (+) and b.id (+) > 1 order by a.id", [("Ann", None), ("Bob", None), ("Cat", None), ("Dan", "Cat")]),
    "the query's own column in order by": ("select a.id from emp a join emp b on a.boss = b.id order by id desc limit 1", [(4,)]),
    "fetch": ("select id from emp order by id offset 1 fetch next 1 row only", [(2,)]),
    "names apart": ("""select "a", a, "A" from (select 1 "a", 2 a)""", [(1, 2, 2)]),
    "quoted aliases apart": ("""select "x" + x from (select 1 as "x", 10 as x)""", [(11,)]),
    "lateral": ("select e.id, l.x from emp e, lateral (select e.id * 10 as x) l where e.id = 2", [(2, 20)]),
    "like any": ("select name from emp where name like any ('A%', '%t') order by 1", [("Ann",), ("Cat",)]),
    "between and case": ("select case when pay between 150 and 250 then 'mid' else 'far' end from emp order by id", [("far",), ("mid",), ("mid",), ("far",)]),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_query(run: Run, name: str) -> None:
    sql, rows = CASES[name]
    assert run(EMPLOYEES, sql) == rows


def test_what_is_written_in_lower_case_and_quoted_stays_apart(run: Run) -> None:
    run('create or replace temporary table t ("a" int, a int, "A b·" int)')
    run("insert into t values (1, 2, 3)")
    assert run('select "a", a, "A b·" from t') == [(1, 2, 3)]
    assert run('update t set "a" = 5 where a = 2', 'select "a", a from t') == [(5, 2)]
