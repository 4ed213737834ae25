"""The engine: databases, schemas and tables as wholes, in memory and in a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import pytest

from snowcore.engine.duckdb import DuckEngine
from snowcore.engine.duckdb.store import run_one
from snowcore.engine.errors import AccountError
from snowcore.engine.protocol import Column, TablePath
from snowcore.local.account.catalog import Catalog

T = TablePath("D", "S", "T")
Rows = list[tuple[Any, ...]]


class _Engine(DuckEngine):
    """An engine with a record of its own."""

    def __init__(self, folder: Path | None) -> None:
        self._catalog = Catalog(folder, lambda: datetime.now(UTC))
        super().__init__(folder, self._catalog)

    def close(self) -> None:
        super().close()
        self._catalog.close()


@pytest.fixture(params=["memory", "folder"])
def open_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], DuckEngine]:
    return lambda: _Engine(None if request.param == "memory" else tmp_path)


@pytest.fixture
def engine(open_engine: Callable[[], DuckEngine]) -> Iterator[DuckEngine]:
    engine = open_engine()
    engine.create_database("D")
    engine.create_schema("D", "S")
    run(engine, "CREATE TABLE t (i INT NOT NULL, v VARCHAR(3) DEFAULT 'x', k INT AUTOINCREMENT)")
    run(engine, "INSERT INTO t (i) VALUES (1), (2)")
    run(engine, "CREATE VIEW w AS SELECT i FROM t")
    yield engine
    engine.close()


def run(engine: DuckEngine, sql: str, database: str | None = "D", schema: str | None = "S") -> Rows:
    session = engine.connect(database, schema)
    try:
        return list(session.execute(sql).rows)
    finally:
        session.close()


def fails(call: Callable[[], object]) -> str:
    with pytest.raises(AccountError) as caught:
        call()
    return caught.value.code


def test_names_that_are_taken_or_missing(engine: DuckEngine) -> None:
    assert fails(lambda: engine.create_database("D")) == "002002"
    assert fails(lambda: engine.create_schema("D", "S")) == "002002"
    assert fails(lambda: engine.clone_table(T, T)) == "002002"
    assert fails(lambda: engine.create_schema("NOPE", "S")) == "002003"
    assert fails(lambda: engine.drop_database("NOPE", "k")) == "002003"
    assert fails(lambda: engine.connect("NOPE")) == "002003"
    assert fails(lambda: engine.connect("D", "NOPE")) == "002003"
    assert fails(lambda: engine.count(TablePath("D", "S", "NOPE"))) == "002003"
    assert engine.columns(TablePath("D", "S", "NOPE")) is None


@pytest.mark.parametrize("text", ["select 1; create table t (i int)", "create table t (i int);\nselect 1", "", "-- no"])
def test_duckdb_is_given_one_statement_at_a_time(text: str) -> None:
    with duckdb.connect() as duck:
        assert fails(lambda: run_one(duck, text)) == "000603"
        assert duck.execute("SELECT * FROM duckdb_tables()").fetchall() == []


@pytest.mark.parametrize("name", ['a "b" c', "select", "my-db", "ünï", "it's", "d", "TEMP", "Memory"])
def test_names_of_any_letters(engine: DuckEngine, name: str) -> None:
    quoted = '"' + name.replace('"', '""') + '"'
    engine.create_database(name)
    engine.create_schema(name, name)
    run(engine, f"CREATE TABLE {quoted} (i INT)", name, name)
    run(engine, f"INSERT INTO {quoted} VALUES (1)", name, name)
    assert run(engine, "SELECT table_name FROM information_schema.tables", name, name) == [(name,)]
    engine.drop_database(name, "k1")
    engine.restore_database("k1", name)
    assert engine.count(TablePath(name, name, name)) == 1


def test_columns_are_told_as_they_are(engine: DuckEngine) -> None:
    assert engine.columns(T) == [
        Column("I", "NUMBER(38,0)", False),
        Column("V", "VARCHAR(3)", True, "'x'"),
        Column("K", "NUMBER(38,0)", True, "IDENTITY START 1 INCREMENT 1 NOORDER"),
    ]
    assert (engine.tables("D", "S"), engine.views("D", "S")) == (["T"], ["W"])
    assert engine.columns(TablePath("D", "S", "W")) is None


def test_a_table_goes_and_comes_back(engine: DuckEngine) -> None:
    engine.drop_table(T, "k")
    assert (engine.tables("D", "S"), engine.columns(T)) == ([], None)
    for kind in ("tables", "columns"):
        assert run(engine, f"SELECT * FROM information_schema.{kind} WHERE table_name <> 'W'") == []
    run(engine, "CREATE TABLE t (other INT)")
    engine.drop_table(T, "k2")
    engine.restore_table("k", T)
    assert run(engine, "SELECT * FROM t ORDER BY i") == [(1, "x", 1), (2, "x", 2)]
    engine.purge("k2")
    assert fails(lambda: engine.restore_table("k2", TablePath("D", "S", "U"))) == "002003"


def test_a_schema_goes_and_comes_back_with_what_was_dropped_in_it(engine: DuckEngine) -> None:
    run(engine, "CREATE TABLE u (i INT)")
    engine.drop_table(TablePath("D", "S", "U"), "k1")
    engine.drop_schema("D", "S", "k2")
    assert engine.schemas("D") == []
    assert run(engine, "SELECT schema_name FROM information_schema.schemata", "D", None) == [("INFORMATION_SCHEMA",)]
    engine.restore_schema("k2", "D", "S2")
    assert (engine.tables("D", "S2"), engine.views("D", "S2")) == (["T"], ["W"])
    engine.restore_table("k1", TablePath("D", "S2", "U"))
    run(engine, "INSERT INTO t (i) VALUES (3)", "D", "S2")
    assert run(engine, "SELECT k FROM t ORDER BY i", "D", "S2") == [(1,), (2,), (3,)]


def test_views_that_read_what_is_no_more_do_not_hold_a_schema(engine: DuckEngine) -> None:
    run(engine, "CREATE VIEW whole AS SELECT 1 AS one")
    run(engine, "CREATE VIEW full_name AS SELECT count(*) AS n FROM d.s.t")
    engine.clone_table(T, TablePath("D", "S", "T2"))
    run(engine, "CREATE VIEW broken AS SELECT i FROM t2")
    engine.drop_table(TablePath("D", "S", "T2"), "k1")
    engine.drop_schema("D", "S", "k2")
    engine.restore_schema("k2", "D", "S")
    assert engine.views("D", "S") == ["BROKEN", "FULL_NAME", "W", "WHOLE"]
    assert run(engine, "SELECT n, one FROM full_name, whole") == [(2, 1)]


def test_a_database_goes_and_comes_back(engine: DuckEngine) -> None:
    engine.drop_database("D", "k")
    assert engine.databases() == []
    engine.create_database("D")
    engine.restore_database("k", "E")
    assert (engine.databases(), engine.schemas("D"), engine.count(TablePath("E", "S", "T"))) == (["D", "E"], [], 2)
    assert run(engine, "SELECT DISTINCT table_catalog FROM information_schema.tables", "E", "S") == [("E",)]
    engine.drop_database("E", "k")
    engine.purge("k")
    assert fails(lambda: run(engine, "SELECT * FROM e.s.t", None, None)) == "002003"


def test_clones_are_whole_and_apart(engine: DuckEngine) -> None:
    engine.drop_table(T, "gone")
    engine.restore_table("gone", T)
    run(engine, "CREATE TABLE dropped (i INT)")
    engine.drop_table(TablePath("D", "S", "DROPPED"), "k")
    engine.clone_database("D", "E")
    engine.clone_schema("D", "S", "E", "S2")
    engine.clone_table(T, TablePath("D", "S", "T2"))
    engine.clone_table(T, TablePath("D", "S", "EMPTY"), rows=False)
    for database, schema, table in (("E", "S", "T"), ("E", "S2", "T"), ("D", "S", "T2")):
        run(engine, f"INSERT INTO {table} (i) VALUES (3)", database, schema)
        assert run(engine, f"SELECT i, k FROM {table} ORDER BY i", database, schema)[2] == (3, 3)
        assert engine.columns(TablePath(database, schema, table)) == engine.columns(T)
    assert run(engine, "SELECT count(*) FROM w", "E", "S2") == [(3,)]
    assert (engine.count(T), engine.count(TablePath("D", "S", "EMPTY"))) == (2, 0)
    run(engine, "INSERT INTO t (i) VALUES (3)")
    assert run(engine, "SELECT max(k) FROM t") == [(3,)]
    engine.purge("k")
    assert fails(lambda: engine.restore_table("k", TablePath("E", "S", "DROPPED"))) == "002003"


def test_tables_move_within_and_between_databases(engine: DuckEngine) -> None:
    engine.create_database("E")
    engine.create_schema("E", "S")
    places = [T, TablePath("D", "S", "t9"), TablePath("E", "S", "T"), T]
    for source, target in pairwise(places):
        engine.rename_table(source, target)
        assert (engine.columns(source), engine.count(target)) == (None, 2)
    run(engine, "INSERT INTO t (i) VALUES (3)")
    assert run(engine, "SELECT k FROM t WHERE i = 3") == [(3,)]


def test_a_session_in_what_is_dropped_is_nowhere(engine: DuckEngine) -> None:
    session = engine.connect("D", "S")
    engine.drop_schema("D", "S", "k1")
    assert session.current == ("D", None)
    assert fails(lambda: session.execute("SELECT * FROM t")) == "090106"
    engine.drop_database("D", "k2")
    assert session.current == (None, None)
    assert fails(lambda: session.execute("SELECT * FROM t")) == "090105"
    assert list(session.execute("SELECT 1").rows) == [(1,)]


def test_everything_is_there_after_opening_again(tmp_path: Path) -> None:
    engine = _Engine(tmp_path)
    engine.create_database("D")
    engine.create_schema("D", "S")
    run(engine, "CREATE TABLE t (v VARCHAR(3) NOT NULL, n NUMBER(10,2), k INT AUTOINCREMENT)")
    run(engine, "INSERT INTO t (v) VALUES ('abc')")
    run(engine, "CREATE VIEW w AS SELECT v FROM t")
    before = engine.columns(T)
    engine.clone_database("D", "E/é")
    engine.drop_database("E/é", "k")
    engine.drop_table(T, "k1")
    engine.close()
    engine = _Engine(tmp_path)
    assert (engine.databases(), engine.tables("D", "S")) == (["D"], [])
    engine.restore_table("k1", T)
    engine.restore_database("k", "E/é")
    assert (engine.columns(T), engine.columns(TablePath("E/é", "S", "T"))) == (before, before)
    assert run(engine, "SELECT * FROM w") == [("abc",)]
    engine.close()
