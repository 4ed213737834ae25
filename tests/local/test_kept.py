"""Translations that are kept give the same answers as those made anew, whatever happens in between."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from snowcore.engine.duckdb import DuckEngine
from snowcore.engine.duckdb.keeping import Kept, Key, Translations
from snowcore.engine.duckdb.scope import Scope
from snowcore.engine.errors import AccountError
from snowcore.local import LocalAccount
from snowcore.local.sql import SqlSession
from tests.engine import (
    test_functions_aggregates,
    test_functions_dates,
    test_functions_numerals,
    test_functions_text,
    test_functions_values,
    test_translate_queries,
    test_translate_shapes,
)
from tests.local.conftest import Clock

MODULES = (
    test_functions_aggregates,
    test_functions_dates,
    test_functions_numerals,
    test_functions_text,
    test_functions_values,
    test_translate_queries,
    test_translate_shapes,
)


class Counted(Translations):
    """How often a translation was used again."""

    def __init__(self) -> None:
        super().__init__()
        self.again = 0

    def get(self, key: Key, scope: Scope) -> Kept | None:
        found = super().get(key, scope)
        self.again += found is not None
        return found


class Forgetful(Translations):
    """None is kept."""

    def put(self, key: Key, made: Kept) -> None:
        pass


class Account:
    """An account, and a session of it."""

    def __init__(self, translations: Translations) -> None:
        self.clock = Clock()
        self.account = LocalAccount(clock=self.clock)
        assert isinstance(self.account.engine, DuckEngine)
        self.account.engine.translations = self.translations = translations
        self.account.execute("CREATE DATABASE d")
        self.sessions = [self.account.session(database="D") for _ in range(2)]

    def ask(self, sql: str, binds: Any = None, session: int = 0) -> Any:
        return answer(self.sessions[session], sql, binds)


def answer(session: SqlSession, sql: str, binds: Any = None) -> Any:
    """Columns and rows, or the error."""
    try:
        result = session.execute(sql, binds)
        rows = list(result.rows)
    except AccountError as error:
        return error.code, error.message
    columns = [(column.name, column.type, column.nullable) for column in result.columns]
    return result.statement, columns, rows, result.rowcount


@pytest.fixture
def keeping() -> Iterator[Account]:
    made = Account(Counted())
    yield made
    made.account.close()


@pytest.fixture
def forgetful() -> Iterator[Account]:
    made = Account(Forgetful())
    yield made
    made.account.close()


def corpus() -> list[str]:
    """The expressions and queries of the tables of the engine's tests."""
    out: list[str] = []
    for module in MODULES:
        for value in vars(module).values():
            if isinstance(value, list):
                texts = [line[0] for line in value if isinstance(line, tuple) and isinstance(line[0], str)]
                out += [t if t.lower().startswith(("select", "with")) else f"select {t}" for t in texts]
            elif isinstance(value, dict):
                out += [case[0] for case in value.values() if isinstance(case, tuple) and isinstance(case[0], str)]
    return list(dict.fromkeys(out))


def test_a_corpus_answers_the_same_again(keeping: Account, forgetful: Account) -> None:
    texts = corpus()
    assert len(texts) > 700
    for one in (keeping, forgetful):
        for setup in (test_translate_queries.EMPLOYEES, test_translate_shapes.SALES, test_translate_shapes.STOCK):
            one.ask(setup)
    varying = ("random", "uuid", "randstr", "uniform", "normal", "zipf", "seq", "query_id", "current_session")
    for text in texts:
        if not any(word in text.lower() for word in varying):
            made = [keeping.ask(text), keeping.ask(text), forgetful.ask(text)]
            assert all(repr(one) == repr(made[0]) for one in made), text
    assert isinstance(keeping.translations, Counted) and keeping.translations.again > 600


TABLES = ("t", "u", "s2.t")
CHANGES = [
    *(f"create or replace table {name} (a {kind}, b {other} default {default})"
      for name in TABLES
      for kind, other, default in (
          ("int", "varchar(20)", "'x'"), ("number(10,2)", "int", "7"), ("varchar(5)", "date", "'2024-05-06'::date"),
      )),
    *(f"insert into {name} (a) values (1), (2)" for name in TABLES),
    *(f"drop table if exists {name}" for name in TABLES),
    *(f"undrop table {name}" for name in TABLES),
    "create or replace temporary table t (a float, b boolean)",
    "create or replace temporary table u (a int)",
    "alter table t rename to u", "alter table u rename to t", "alter table t swap with u",
    "alter table t add column c int default 5", "alter table t drop column c", "alter table t rename column b to d",
    "alter table t alter column b set default 'y'", "alter table u alter column a drop not null",
    "create or replace view v as select * from t", "create or replace view v as select a as z from u",
    "create or replace view v (p, q) as select a, b from t", "drop view if exists v",
    "create or replace sequence q", "create or replace sequence q start 100 increment 5", "drop sequence if exists q",
    "create schema if not exists s2", "drop schema if exists s2", "undrop schema s2",
    "use schema d.s2", "use schema d.public", "alter session set timezone = 'Asia/Tokyo'",
    "alter session set timezone = 'America/New_York'", "alter session unset timezone",
    "alter session set week_start = 1", "alter session set week_start = 0",
    "alter session set timestamp_type_mapping = 'TIMESTAMP_LTZ'",
    "alter session set timestamp_type_mapping = 'TIMESTAMP_NTZ'",
    "set x = 5", "set x = 'five'", "unset x", "begin", "commit", "rollback", "truncate table if exists t",
    "delete from t where a = 1", "update t set a = a + 1",
]  # fmt: skip
QUESTIONS: list[tuple[str, Any]] = [
    ("select * from t order by 1", None), ("select * from v order by 1", None), ("select t.a from t, u", None),
    ("select * from s2.t", None), ("select count(*) from u where a = ?", [1]), ("select ? + 1", [Decimal("1.5")]),
    ("select ? || 'x'", ["a"]), ("select ?", [None]), ("select ?", [True]), ("select q.nextval", None),
    ("select a + 1 as a from t", None), ("insert into t (a) values (?)", [3]), ("insert into u select a from t", None),
    ("insert into t values (4, null)", None), ("update u set a = 9 where a = ?", [1]), ("delete from u", None),
    ("merge into t using u on t.a = u.a when matched then delete", None), ("select current_schema()", None),
    ("select $x", None), ("select to_timestamp_ltz(0)::varchar, '2024-01-01'::timestamp", None),
    ("select dayofweek('2024-01-07'::date)", None), ("select current_timestamp()::varchar", None),
    ("select table_name, row_count from information_schema.tables order by 1", None),
    ("select last_query_id() is null", None), ("with t as (select 1 as a) select * from t", None),
    ("select * from table(result_scan(last_query_id()))", None), ("select * from identifier('t')", None),
    ("select (select max(a) from t) as m", None), ("select * from t;", None), ("select * from t limit 1 -- ;", None),
    ("select 'a;'", None), ("select column1 from values (1), (2)", None),
    ("create or replace table w as select 1 a", None),
    ("insert into t select * from u", None), ("select * from d.public.t order by 1", None),
]  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
def test_whatever_happens_in_between(keeping: Account, forgetful: Account, seed: int) -> None:
    draw = random.Random(seed)
    for step in range(200):
        session = draw.randrange(2)
        sql, binds = draw.choice(QUESTIONS) if draw.random() < 0.75 else (draw.choice(CHANGES), None)
        for one in (keeping, forgetful):
            one.clock.pass_(seconds=1)
            for other in one.sessions:
                other.engine.lock_timeout = 0.02
        expected, got = forgetful.ask(sql, binds, session), keeping.ask(sql, binds, session)
        assert repr(got) == repr(expected), (step, sql)
    assert isinstance(keeping.translations, Counted) and keeping.translations.again > 20


def test_the_clock_goes_on(keeping: Account) -> None:
    text = "select current_timestamp() as at"
    first = keeping.ask(text)[2][0][0]
    keeping.clock.pass_(hours=1)
    assert keeping.ask(text)[2][0][0] - first == timedelta(hours=1)


def test_random_values_are_drawn_each_time(keeping: Account) -> None:
    for text in ("select random()", "select uuid_string()", "select q.nextval"):
        keeping.ask("create sequence if not exists q")
        assert len({repr(keeping.ask(text)) for _ in range(3)}) == 3


def test_a_plan_of_a_long_statement_is_not_kept(keeping: Account) -> None:
    text = f"select '{'x' * 30_000}'"
    assert keeping.ask(text) == keeping.ask(text)
    assert isinstance(keeping.translations, Counted) and not keeping.translations.again
