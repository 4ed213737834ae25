"""Values that are bound to `?` and `:1`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pytest

from .conftest import Rows

CASES: list[tuple[str, list[Any], tuple[Any, ...]]] = [
    ("select ? + 1, ? || 'a', ?", [1, "x", None], (2, "xa", None)),
    ("select :2, :1", [1, "b"], ("b", 1)),
    ("select ?::date + 1, ?::varchar", ["2020-01-01", 12], (date(2020, 1, 2), "12")),
    ("select ?, ?, ?", [Decimal("1.50"), 1.5, b"\x00\xff"], (Decimal("1.50"), 1.5, b"\x00\xff")),
    ("select ?, ?", [datetime(2020, 1, 1, 1, 2, 3, 456789), time(1, 2, 3)],
     (datetime(2020, 1, 1, 1, 2, 3, 456789), time(1, 2, 3))),
    ("select * from (select 1 a union all select 2) order by a limit ?", [1], (1,)),
    ("select ? / ?", [7, 2], (Decimal("3.5"),)),
    ("select ?", [10**37], (10**37,)),
    ("select iff(?, 1, 2), coalesce(?, 5)", [True, None], (1, 5)),
    ("select parse_json(?):a::int", ['{"a":1}'], (1,)),
]  # fmt: skip


@pytest.mark.parametrize(("sql", "binds", "row"), CASES)
def test_binds(run: Callable[..., Rows], sql: str, binds: list[Any], row: tuple[Any, ...]) -> None:
    assert run(sql, binds=binds) == [row]


IN_ORDER: list[tuple[str, list[Any], list[tuple[Any, ...]]]] = [
    ("select ? as x, a from b where a = ?", ["one", 1], [("one", 1)]),
    ("select a + ? from b where a in (?, ?) order by a limit ?", [10, 1, 2, 1], [(11,)]),
    ("select ? || v, count(*) from b where a < ? group by v having count(*) > ? order by ? || v",
     ["p", 3, 0, "q"], [("px", 1), ("py", 1)]),
    ("with c as (select ? as k, a from b where a = ?) select ?, k, a from c where k = ?",
     [5, 2, "s", 5], [("s", 5, 2)]),
    ("select ?, x.a from b x join b y on x.a = y.a + ? where y.v = ?", ["j", 1, "x"], [("j", 2)]),
    ("select ? from (select ? as i, a from b where a = ?) where i = ? and a = ?", [1, 2, 1, 2, 1], [(1,)]),
    ("select case when a = ? then ? else ? end from b where a > ? order by a", [1, "p", "q", 0], [("p",), ("q",)]),
    ("select ?, row_number() over (order by a desc) n, a from b where a > ? qualify n = ?", [9, 0, 1], [(9, 1, 2)]),
    ("select a, ? from b where a = ? union all select ?, ? from b where a = ?",
     ["l", 1, 7, "r", 2], [(1, "l"), (7, "r")]),
    ("select ?, f.value::int from b, lateral flatten(input => array_construct(?, a)) f where a = ? order by 2",
     ["f", 0, 2], [("f", 0), ("f", 2)]),
]  # fmt: skip


@pytest.mark.parametrize(("sql", "binds", "rows"), IN_ORDER)
def test_binds_are_in_the_order_of_the_text(
    run: Callable[..., Rows], sql: str, binds: list[Any], rows: list[tuple[Any, ...]]
) -> None:
    """Whatever part of a statement is looked at first."""
    run("create or replace temporary table b (a int, v varchar) as select * from values (1, 'x'), (2, 'y')")
    assert run(sql, binds=binds) == rows
    assert run(sql, binds=binds) == rows, "as it is kept"


def test_changes_have_binds_in_the_order_of_the_text(run: Callable[..., Rows]) -> None:
    run("create or replace temporary table b (a int, v varchar) as select * from values (1, 'x'), (2, 'y')")
    run(
        "update b set v = ? || s.w from (select ? as k, ? as w) s where b.a = s.k and b.v = ?", binds=["p", 1, "q", "x"]
    )
    assert run("select v from b where a = 1") == [("pq",)]
    merge = (
        "merge into b using (select ? as k) s on b.a = s.k and b.v <> ? when matched and b.a > ? then update set v = ?"
    )
    run(f"{merge} when not matched then insert values (?, ?)", binds=[2, "no", 0, "m", 8, "n"])
    assert run("select a, v from b order by a") == [(1, "pq"), (2, "m")]
    run("delete from b using (select ? as k) s where b.a = s.k + ?", binds=[1, 1])
    run("insert into b select ?, v from b where a = ?", binds=[5, 1])
    assert run("select a, v from b order by a") == [(1, "pq"), (5, "pq")]


def test_binds_of_a_change(run: Callable[..., Rows]) -> None:
    run("create or replace temporary table b (a int, n number(10,2), d date, v varchar(3))")
    run("insert into b values (?, ?, ?, ?)", binds=[1, Decimal("1.239"), "2020-05-05", "abc"])
    assert run("update b set v = ? where a = ?", binds=["z", 1]) == [(1, 0)]
    assert run("select * from b") == [(1, Decimal("1.24"), date(2020, 5, 5), "z")]
