"""What SQL may not touch: files of the machine that runs it, and what the engine keeps for itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from .conftest import Api
from .test_server import Driver, driver
from .test_sql import Sql, sql
from .test_tasks_runs import Graph, graph

__all__ = ["driver", "graph", "sql"]


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    file = tmp_path / "secret.csv"
    file.write_text("top secret\n")
    return file


# Files


NESTED = [
    "put file://{0} @s",
    "put 'file://{0}' '@s' auto_compress = false",
    "execute immediate 'put file://{0} @s'",
    "execute immediate $$ put file://{0} @s $$",
    "begin put file://{0} @s; end",
    "begin select 1; execute immediate 'put file://{0} @s'; end",
    "execute immediate 'begin put file://{0} @s; end'",
]
GOT = ["execute immediate 'get @s file://{0}'", "begin get @s 'file://{0}'; end"]


@pytest.mark.parametrize("statement", NESTED)
def test_a_task_reads_no_files(graph: Graph, secret: Path, statement: str) -> None:
    graph.api("POST", "databases/d/schemas/public/stages", {"name": "s"})
    graph.add("root", started=False, definition=statement.format(secret))
    graph.execute()
    (run,) = graph.runs()
    assert (run["state"], run["first_error_message"]) == ("FAILED", "Unsupported statement type 'PUT_FILES'.")
    assert graph.api("GET", "databases/d/schemas/public/stages/s/files") == []


@pytest.mark.parametrize("statement", NESTED[2:])
def test_a_script_reads_no_files(sql: Sql, driver: Driver, secret: Path, statement: str) -> None:
    sql("create stage s")
    assert "PUT_FILES" in sql.error(statement.format(secret))[1]
    assert sql("list @s") == []
    sql(f"put file://{secret} @s")
    assert len(sql("list @s")) == 1
    driver.rows("create stage s")
    answer = driver.query(statement.format(secret))
    assert (answer["success"], answer["code"]) == (False, "000002")
    assert driver.rows("list @s") == []


@pytest.mark.parametrize("statement", GOT)
def test_a_script_writes_no_files(sql: Sql, driver: Driver, secret: Path, statement: str) -> None:
    text = statement.format(secret.parent)
    sql("create stage s")
    sql("copy into @s/mine from (select 1)")
    assert "GET_FILES" in sql.error(text)[1]
    driver.rows("create stage s")
    driver.rows("copy into @s/mine from (select 1)")
    assert "GET_FILES" in driver.query(text)["message"]
    assert list(secret.parent.iterdir()) == [secret]


@pytest.mark.parametrize("statement", ["put file://{0} @s", "select 1; put file://{0} @s", "get @s file:///tmp"])
def test_a_driver_uploads_alone(driver: Driver, secret: Path, statement: str) -> None:
    driver.rows("create stage s")
    text = f"{statement.format(secret)}; select 1"
    answer = driver.query(text, parameters={"MULTI_STATEMENT_COUNT": 0})
    assert (answer["success"], answer["code"]) == (False, "000002")
    assert driver.rows("list @s") == []


@pytest.mark.parametrize(
    "statement",
    [
        "copy into t from 'file://{0}'",
        "copy into t from '{0}'",
        "copy into t from (select $1 from '{0}')",
        "copy into t from 's3://bucket/x'",
        "copy into 'file://{0}' from t",
        "insert into t select content from read_text('{0}')",
        "select * from read_csv('{0}')",
        "select * from read_parquet('{0}')",
        "select * from system.main.read_blob('{0}')",
        "select * from t, lateral read_text('{0}')",
        "select * from query('select 1')",
        "select * from duckdb_settings()",
        "create view v as select * from read_text('{0}')",
        "with x as (select * from read_text('{0}')) select * from x",
        "select * from '{0}'",
        'select * from "{0}"',
    ],
)
def test_sql_reads_no_files(sql: Sql, secret: Path, statement: str) -> None:
    sql("create table t (a varchar)")
    assert sql.error(statement.format(secret))[0] in _UNREADABLE
    # Where the account keeps its own files, DuckDB itself would read.
    engine: Any = sql.session.account.engine
    own = engine.stages / "D" / "secret.csv"
    own.parent.mkdir(parents=True)
    own.write_text("of another session")
    assert sql.error(statement.format(own))[0] in _UNREADABLE
    assert sql("select * from t") == []


_UNREADABLE = ("000002", "002003", "002141")


def test_rest_reads_no_files(api: Api, home: str) -> None:
    query = "select * from read_text('/etc/hosts')"
    assert api.error("POST", f"{home}/tables:as-select", {"name": "t"}, query=query)[1] == "002141"
    assert api("GET", f"{home}/tables") == []


# What the engine keeps for itself


@pytest.mark.parametrize(
    "statement",
    [
        "drop view d.information_schema.tables",
        "create view d.information_schema.x as select 1",
        "create table information_schema.x (i int)",
        "create or replace view d.information_schema.tables as select 1 as a",
        "create temporary table information_schema.x (i int)",
        "delete from d.information_schema.tables",
        "truncate table d.information_schema.tables",
        "insert into d.information_schema.tables (table_name) values ('x')",
        "merge into d.information_schema.tables t using t u on true when matched then delete",
        "alter table t rename to information_schema.x",
        "create view d.main.v as select 1",
        "create view system.main.v as select 1",
        "create view temp.main.v as select 1",
        "select * from main.t1",
        "select * from t1",
        "select * from memory.main.t1",
        "select * from loads",
        "select * from temp.main.t",
    ],
)
def test_what_the_engine_keeps_is_not_changed(sql: Sql, statement: str) -> None:
    sql("create table t (i int) as select 1")
    sql("create view v as select * from t")
    assert sql.error(statement)[0] in ("000002", "003001", "002003")
    assert sql("select * from t") == sql("select * from v") == [(1,)]
    assert sql.column("show schemas", "name") == ["INFORMATION_SCHEMA", "PUBLIC"]
    names = "select table_name from information_schema.tables where table_schema = 'PUBLIC' order by 1"
    assert sql(names) == [("T",), ("V",)]


@pytest.mark.parametrize(
    "name", ['"_fs_x"', "t1", '"loads"', '"main"', "staged", "c1", '"_SNOWCORE_kept_table_1"', '"mixed"', "mixed"]
)
def test_no_name_is_taken(sql: Sql, name: str) -> None:
    sql(f"create table {name} ({name} int) as select 1")
    sql(f"create or replace schema {name}")
    sql(f"create table {name}.{name} as select {name} + 1 as {name} from d.public.{name}")
    sql(f"update {name}.{name} set {name} = {name} + 1")
    sql("use schema d.public")
    sql(f"alter table {name} rename to {name[:-1]}_{name[-1]}")
    assert sql(f"select {name} from d.{name}.{name}") == [(3,)]
    assert sql(f"select {name} from d.public.{name[:-1]}_{name[-1]}") == [(1,)]


def test_what_was_dropped_comes_back_as_it_was(sql: Sql) -> None:
    sql("create table t (i int) as select 1")
    sql("drop table t")
    sql("undrop table t")
    assert sql("select * from t") == [(1,)]


def test_reading_it_is_allowed(sql: Sql) -> None:
    sql("create table names as select table_name from d.information_schema.tables")
    sql("insert into names select table_name from information_schema.tables")
    sql("create view v as select * from information_schema.tables")
    assert ("NAMES",) in sql("select table_name from v")
