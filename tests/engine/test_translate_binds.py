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


def test_binds_of_a_change(run: Callable[..., Rows]) -> None:
    run("create or replace temporary table b (a int, n number(10,2), d date, v varchar(3))")
    run("insert into b values (?, ?, ?, ?)", binds=[1, Decimal("1.239"), "2020-05-05", "abc"])
    assert run("update b set v = ? where a = ?", binds=["z", 1]) == [(1, 0)]
    assert run("select * from b") == [(1, Decimal("1.24"), date(2020, 5, 5), "z")]
