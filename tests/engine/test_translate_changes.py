"""INSERT, UPDATE, DELETE, MERGE and multi-table INSERT, and what they refuse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from .conftest import Rows

Run = Callable[..., Rows]


@pytest.fixture(autouse=True)
def tables(run: Run) -> None:
    run(
        "create or replace temporary table t"
        " (id int, v varchar(5), n number(5,1), d date default '2020-01-01'::date, j variant)"
    )
    run("create or replace temporary table s as select column1 id, column2 v, column3 gone from values"
        " (1, 'one', false), (2, 'two', true), (99, 'new', false)")  # fmt: skip
    run("insert into t (id, v) values (1, 'a'), (2, 'b')")


def test_defaults_and_conversions(run: Run) -> None:
    run("insert into t (id, v, n, d) values (3, default, '12.34', default), (4, 1.5, 1.25, '2021-02-03')")
    assert run("select * from t where id > 2 order by id") == [
        (3, None, Decimal("12.3"), date(2020, 1, 1), None),
        (4, "1.5", Decimal("1.3"), date(2021, 2, 3), None),
    ]


def test_an_insert_of_a_query(run: Run) -> None:
    assert run("insert into t (id, j) with c as (select 7 x) select x, [x] from c") == [(1,)]
    assert run("select j[0]::int, d from t where id = 7") == [(7, date(2020, 1, 1))]
    assert run("insert overwrite into t (id) select 5") == [(1,)]
    assert run("select id from t") == [(5,)]


def test_an_update_sees_the_row_as_it_was(run: Run) -> None:
    run("create or replace temporary table u (a int, b int)", "insert into u values (1, 2)")
    assert run("update u set a = b, b = a") == [(1, 0)]
    assert run("select * from u") == [(2, 1)]


def test_an_update_and_a_delete_by_other_tables(run: Run) -> None:
    assert run("update t set v = s.v from s where t.id = s.id and s.gone = false") == [(1, 0)]
    assert run("delete from t using s where t.id = s.id and s.gone") == [(1,)]
    assert run("select id, v from t") == [(1, "one")]


def test_a_merge(run: Run) -> None:
    counts = run(
        """merge into t using s on t.id = s.id when matched and s.gone then delete
        when matched then update set v = s.v, n = 9 when not matched then insert (id, v) values (s.id, s.v)"""
    )
    assert counts == [(1, 1, 1)]
    assert run("select id, v, n, d from t order by id") == [
        (1, "one", Decimal(9), date(2020, 1, 1)),
        (99, "new", None, date(2020, 1, 1)),
    ]


def test_an_insert_into_several_tables(run: Run) -> None:
    run("create or replace temporary table x (a int)", "create or replace temporary table y (a int, b varchar)")
    assert run("insert all into x values (id) into y (a, b) values (id * 10, v) select id, v from s") == [(3, 3)]
    run(
        "insert first when id > 50 then into x (a) values (id) when id > 0 then into y (a) values (id) select id from s"
    )
    assert run("select count(*), sum(a) from x") == [(4, 201)]
    assert run("select count(*), sum(a) from y") == [(5, 1023)]


REFUSED = {
    "insert into t (id, v) values (1, 'toolong')": "100078 String 'toolong' is too long and would be truncated",
    "insert into t (id, n) values (3, 123456)": "100039 Numeric value '123456' is out of range",
    "insert into t (id) values (1, 2)": "002020",
    "insert into t values (1)": "002020",
    "insert into t (id, id) values (1, 2)": "002025",
    "insert into t (nope) values (1)": "000904",
    "insert into t (id, d) select 1, 5": "002023",
    "insert into t (j) select 'x'": "002023 SQL compilation error:\nExpression type does not match column data type, "
    "expecting VARIANT but got VARCHAR(1) for column J",
    "insert into t (j) values (parse_json('1'))": "002014",
    "update t set id = 1, id = 2": "002025",
    "update t set nope = 1": "000904",
    "merge into t using (select 1 a union all select 1) on id = a when matched then update set v = 'x'": "100090",
    "insert into nosuch values (1)": "002003",
}


@pytest.mark.parametrize("sql", REFUSED)
def test_a_change_is_refused(refused: Callable[[str], str], sql: str) -> None:
    assert refused(sql).startswith(REFUSED[sql])
