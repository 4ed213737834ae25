"""Python that is given many rows at once: aggregate functions, and vectorized table functions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from snowcore.local import LocalAccount
from snowcore.local.sql import SqlSession

from .conftest import Api
from .test_code import PYTHON, VERSION
from .test_routines import error, one

AVERAGE = """
class H:
    def __init__(self): self.total, self.count = 0, 0
    @property
    def aggregate_state(self): return self.total, self.count
    def accumulate(self, x):
        if x is not None: self.total, self.count = self.total + x, self.count + 1
    def merge(self, other): self.total, self.count = self.total + other[0], self.count + other[1]
    def finish(self): return self.total / self.count if self.count else None
"""
JOINED = """
class H:
    def __init__(self): self.aggregate_state = []
    def accumulate(self, x, y): self.aggregate_state.append(f'{x}{y}')
    def merge(self, other): self.aggregate_state += other
    def finish(self): return ''.join(sorted(self.aggregate_state))
"""
SUMS = """
import pandas
from _snowflake import vectorized
class H:
    @vectorized(input=pandas.DataFrame)
    def end_partition(self, df):
        return df.groupby('K', as_index=False)['V'].agg(['sum', 'count'])
"""
DOUBLED = """
import pandas
class H:
    def __init__(self): self.calls = 0
    def process(self, df):
        self.calls += 1
        return df['V'] * 2, df['V'].where(df['V'] > 1), pandas.Series([self.calls] * len(df))
    process._sf_vectorized_input, process._sf_max_batch_size = pandas.DataFrame, 2
"""


@pytest.fixture(scope="module")
def shared() -> Iterator[SqlSession]:
    with LocalAccount() as account:
        session = account.session()
        session.execute("create database d")
        session.execute(
            "create table t (k varchar, v int) as select * from values ('a', 1), ('a', 2), ('b', 6), ('b', null)"
        )
        aggregate = f"language python runtime_version = '{VERSION}' handler = 'H' as"
        session.execute(f"create aggregate function mean(x int) returns float {aggregate} $${AVERAGE}$$")
        session.execute(f"create aggregate function joined(x varchar, y int) returns varchar {aggregate} $${JOINED}$$")
        session.execute(
            f"create aggregate function known(x varchar, y int) returns varchar strict {aggregate} $${JOINED}$$"
        )
        rows = (
            f"create function sums(k varchar, v int) returns table (k varchar, s int, n int) {PYTHON} handler = 'H' as"
        )
        session.execute(f"{rows} $${SUMS}$$")
        rows = f"create function doubled(v int) returns table (d int, big int, calls int) {PYTHON} handler = 'H' as"
        session.execute(f"{rows} $${DOUBLED}$$")
        yield session


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("select mean(v) from t", [(3.0,)]),
        ("select k, mean(v), count(*) from t group by k order by k", [("a", 1.5, 2), ("b", 6.0, 2)]),
        ("select k from t group by k having mean(v) > 2", [("b",)]),
        ("select k, mean(v) as m from t group by all order by m desc", [("b", 6.0), ("a", 1.5)]),
        ("select mean(v + 1) + 1 from t where k = 'a'", [(3.5,)]),
        ("select mean(v) from t where k = 'none'", [(None,)]),
        ("select k, mean(v) from t where k = 'none' group by k", []),
        ("select mean(distinct x) from (values (1), (1), (3)) as s (x)", [(2.0,)]),
        ("select joined(k, v) from t", [("a1a2b6bNone",)]),
        ("select known(k, v) from t", [("a1a2b6",)]),
        ("select mean(v), joined(k, v) from t where v = 6", [(6.0, "b6")]),
        ("select (select mean(v) from t where t.k = s.k) from (select 'b' as k) s", [(6.0,)]),
        ("select mean(seq) from (select seq4() as seq from table(generator(rowcount => 5001)))", [(2500.0,)]),
    ],
)
def test_an_aggregate_function_makes_a_value_of_rows(shared: SqlSession, query: str, rows: list[Any]) -> None:
    assert shared.execute(query).rows == rows


def test_what_an_aggregate_function_is_not(shared: SqlSession) -> None:
    assert error(shared, "select mean(v) over (partition by k) from t")[0] == "002074"
    assert error(shared, "select k from t where mean(v) > 1") == error(shared, "select k from t where sum(v) > 1")
    assert error(shared, "create aggregate function f(x int) returns int as 'x'")[0] == "000002"
    unmerged = AVERAGE.replace("def merge", "def merges")
    shared.execute(f"create aggregate function unmerged(x int) returns float {PYTHON} handler = 'H' as $${unmerged}$$")
    assert "no attribute 'merge'" in error(shared, "select unmerged(v) from t")[1]


def test_an_aggregate_function_is_told(shared: SqlSession) -> None:
    (row,) = shared.execute("show user functions like 'mean'").rows
    columns = [column.name for column in shared.execute("show user functions like 'mean'").columns]
    assert dict(zip(columns, row, strict=True))["is_aggregate"] == "Y"
    ddl = one(shared, "select get_ddl('function', 'mean(int)')")
    assert ddl.startswith("CREATE OR REPLACE AGGREGATE FUNCTION MEAN(")
    shared.execute(ddl)
    assert one(shared, "select mean(v) from t") == 3.0
    shared.execute(
        f"create temporary aggregate function own(x int) returns float {PYTHON} handler = 'H' as $${AVERAGE}$$"
    )
    assert one(shared, "select own(v) from t") == 3.0


def test_rest_makes_an_aggregate_function(api: Api, home: str) -> None:
    config = {"language": "PYTHON", "runtime_version": VERSION, "packages": [], "handler": "H"}
    body = {"name": "mean", "arguments": [{"name": "x", "datatype": "number"}], "is_aggregate": True, "body": AVERAGE}
    body |= {"return_type": {"type": "DATATYPE", "datatype": "float"}, "language_config": config}
    api("POST", f"{home}/user-defined-functions", body)
    session = api.account.session(database="D", schema="PUBLIC")
    assert one(session, "select mean(column1) from values (1), (2)") == 1.5


def test_vectorized_table_functions(shared: SqlSession) -> None:
    query = "select s.* from t, table(sums(t.k, t.v) over (partition by t.k)) s order by 1"
    assert shared.execute(query).rows == [("a", 3, 2), ("b", 6, 1)]
    query = "select t.v, d.* from t, table(doubled(t.v)) d where t.v is not null order by 1"
    assert [row[:3] for row in shared.execute(query).rows] == [(1, 2, None), (2, 4, 2), (6, 12, 6)]
    calls = "select calls from table(generator(rowcount => 5)) g, table(doubled(1)) group by 1 order by 1"
    assert [row[0] for row in shared.execute(calls).rows] == [1, 2, 3]
    short = DOUBLED.replace("df['V'] * 2", "df['V'][:0]")
    rows = f"create function short(v int) returns table (d int, b int, c int) {PYTHON} handler = 'H' as $${short}$$"
    shared.execute(rows)
    assert "0 rows are given back for" in error(shared, "select s.* from t, table(short(t.v)) s")[1]


def test_a_place_in_quotes(shared: SqlSession) -> None:
    """As Snowpark's `map` names the columns of a table function."""
    assert shared.execute('select "$2", "$1" from (select 1 as a, 2 as b)').rows == [(2, 1)]
    assert shared.execute('select "$2" from (select 1 as "$2", 2 as b)').rows == [(1,)]
    assert error(shared, 'select "$3" from (select 1 as a)')[0] == "000904"
