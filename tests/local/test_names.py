"""Names of any signs, and texts that would end a statement: neither is ever taken for SQL."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from snowcore._names import quote_identifier
from snowcore.engine.protocol import TablePath
from snowcore.local import LocalAccount

from .conftest import Api
from .test_sql import Sql, sql

__all__ = ["sql"]

NAMES = [
    *(
        "it's",
        "a''b",
        'a"b',
        "a\nb",
        "a;b",
        "a--b",
        "/*x*/",
        "$$x$$",
        "100%",
        "a\\b",
        "a.b",
        "sp ace",
        "?",
        "{x}",
        "$n",
    ),
    "'; drop table d.public.victim; --",
    "\"'; drop table d.public.victim; --",
    "x'; detach d; --",
]
ended = pytest.mark.parametrize("name", NAMES)


@pytest.fixture
def victim(sql: Sql) -> None:
    sql("create table victim (a int) as select 1")


@ended
def test_tables(sql: Sql, victim: None, name: str) -> None:
    n, other = quote_identifier(name), quote_identifier(f"{name}2")
    sql(f"create table {n} ({n} int, s varchar(3)) comment = 'it''s'")
    sql(f"insert into {n} values (1, 'abc')")
    assert sql.error(f"insert into {n} values (1, 'abcd')")[0] == "100078"
    assert sql(f"select {n}, {n}.s from {n}") == [(1, "abc")]
    assert [row[0] for row in sql(f"describe table {n}")] == [name, "S"]
    assert sql.column("show tables", "name") == sorted([name, "VICTIM"])
    sql(f"alter table {n} add column {other} int")
    sql(f"alter table {n} drop column {other}")
    sql(f"alter table {n} rename column s to {other}")
    sql(f"comment on table {n} is {quoted_text(name)}")
    sql(f"comment on column {n}.{n} is {quoted_text(name)}")
    assert sql.column("show tables", "comment")[sorted([name, "VICTIM"]).index(name)] == name
    sql(f"create or replace table {n} as select 1 as {n}")
    sql(f"update {n} set {n} = 2")
    sql(f"merge into {n} t using (select 2 as {other}) u on t.{n} = u.{other} when matched then update set {n} = 3")
    sql(f"create table {other} clone {n}")
    sql(f"drop table {n}")
    sql(f"undrop table {n}")
    sql(f"drop table {other}")
    sql(f"alter table {n} rename to {other}")
    assert sql(f"select {n} from {other}") == [(3,)]
    assert sql("select * from d.public.victim") == [(1,)]


@ended
def test_views_and_temporary_tables(sql: Sql, victim: None, name: str) -> None:
    n = quote_identifier(name)
    sql(f"create view {n} ({n}) comment = {quoted_text(name)} as select a from victim")
    assert sql(f"select {n} from {n}") == [(1,)]
    assert sql.column("show views", "name") == [name]
    assert [row[0] for row in sql(f"describe view {n}")] == [name]
    sql(f"comment on view {n} is {quoted_text(name + '2')}")
    assert sql("select comment from information_schema.views where table_schema = 'PUBLIC'") == [(name + "2",)]
    sql(f"alter view {n} unset comment")
    assert sql("select comment from information_schema.views where table_schema = 'PUBLIC'") != [(name + "2",)]
    sql(f"drop view {n}")
    sql(f"create temporary table {n} ({n} varchar(3))")
    sql(f"insert into {n} values ('a')")
    assert sql(f"select {n} from {n}") == [("a",)]
    sql(f"drop table {n}")
    sql(f"create temporary view {n} as select 1 as {n}")
    assert sql(f"select {n} from {n}") == [(1,)]
    assert sql("select * from d.public.victim") == [(1,)]


@ended
def test_sequences(sql: Sql, victim: None, name: str) -> None:
    n, numbered, copy = quote_identifier(name), quote_identifier(f"{name}t"), quote_identifier(f"{name}c")
    sql(f"create sequence {n} start 5")
    assert sql(f"select {n}.nextval, d.public.{n}.nextval as b") == [(5, 6)]
    sql(f"create table {numbered} ({n} int autoincrement start 3 increment 2, i int default {n}.nextval, j int)")
    sql(f"insert into {numbered} (j) values (1), (2)")
    assert sql(f"select {n}, i from {numbered} order by 1") == [(3, 7), (5, 8)]
    sql(f"create table {copy} clone {numbered}")
    sql(f"insert into {copy} (j) values (3)")
    assert sql(f"select max({n}), max(i) from {copy}") == [(7, 9)]
    sql(f"create table {quote_identifier(name + 'd')} (i int default {n}.nextval + {n}.nextval, j int)")
    sql(f"create table {quote_identifier(name + 'e')} clone {quote_identifier(name + 'd')}")
    sql(f"create sequence {quote_identifier(name + 's')}")
    sql(f"drop sequence {quote_identifier(name + 's')}")
    assert sql("select * from d.public.victim") == [(1,)]


@ended
def test_databases_and_schemas(sql: Sql, victim: None, name: str) -> None:
    n, copy, moved = quote_identifier(name), quote_identifier(f"{name}2"), quote_identifier(f"{name}3")
    sql(f"create database {n}")
    sql(f"create schema {n}")
    sql(f"create table {n} ({n} int)")
    sql(f"create view v as select * from {n}")
    for kind, place in (("schema", f"{n}."), ("database", "")):
        sql(f"create {kind} {place}{copy} clone {place}{n}")
        sql(f"drop {kind} {place}{copy}")
        sql(f"undrop {kind} {place}{copy}")
        sql(f"alter {kind} {place}{copy} rename to {place}{moved}")
    assert sql(f"select count(*) from {moved}.{moved}.v") == [(0,)]
    sql(f"use schema {moved}.{moved}")
    assert sql("select current_database(), current_schema()") == [(f"{name}3", f"{name}3")]
    assert sql(f"select count(*) from {n}") == [(0,)]
    assert (f"{name}3", name) in sql("select table_catalog, table_name from information_schema.tables")
    assert sql("select * from d.public.victim") == [(1,)]


@ended
def test_rest(api: Api, home: str, name: str) -> None:
    tables, n = f"{home}/tables", quote_identifier(name)
    api("POST", tables, {"name": "victim", "columns": [{"name": "a", "datatype": "int"}]})
    text = {"name": "t", "datatype": "varchar", "default": quoted_text(name), "comment": name}
    body = {"name": n, "columns": [{"name": n, "datatype": "int"}, text], "comment": name}
    api("POST", tables, body)
    path = f"{tables}/{quote(n, safe='')}"
    api.account.execute(f"insert into d.public.{n} ({n}) values (1)")
    assert api.account.execute(f"select t from d.public.{n}") == [(name,)]
    assert [table["name"] for table in api("GET", tables, deep=True)] == sorted([name, "VICTIM"])
    assert api("GET", path)["comment"] == name
    number = {"name": quote_identifier(f"{name}2"), "datatype": "varchar", "default": quoted_text(name)}
    api("PUT", path, {**body, "columns": [*body["columns"], number]})
    assert api.account.execute(f"select count(*) from d.public.{n}") == [(1,)]
    api("POST", f"{path}:clone", {"name": quote_identifier(f"{name}c")})
    api("POST", tables, body, createMode="orReplace")
    api("DELETE", path)
    api("POST", f"{path}:undrop")
    api("DELETE", path)
    assert api("GET", f"{tables}/victim")["rows"] == 0


@pytest.mark.parametrize(
    "default",
    ["0); drop table d.public.victim; --", "0, b int", "0 as x", "0 from victim", "", "0; select 1", "(", "distinct 1"],
)
def test_a_default_is_one_expression(api: Api, home: str, default: str) -> None:
    column = {"name": "a", "datatype": "int", "default": default}
    status, _, _ = api.error("POST", f"{home}/tables", {"name": "t", "columns": [column]})
    assert status == 400
    assert api("GET", f"{home}/tables") == []


@pytest.mark.parametrize("type_", ["varchar(1) default 'x'", "number(1); drop table t", "varchar('x')", "int, b int"])
def test_a_type_is_no_more_than_a_type(api: Api, home: str, type_: str) -> None:
    body = {"name": "t", "columns": [{"name": "a", "datatype": type_}]}
    assert api.error("POST", f"{home}/tables", body)[0] == 400
    assert api("GET", f"{home}/tables") == []


def test_a_column_numbers_its_rows_in_whatever_schema_its_table_is(sql: Sql, account: LocalAccount) -> None:
    sql("create schema other")
    sql("use schema public")
    sql("create table other.t (i int autoincrement, j int)")
    sql("insert into other.t (j) values (1)")
    sql("drop schema other")
    sql("undrop schema other")
    sql("insert into d.other.t (j) values (1)")
    assert sql("select i from d.other.t order by i") == [(1,), (2,)]
    sql("create temporary table t (i int autoincrement, j int)")
    sql("insert into t (j) values (1)")
    assert sql("select i from t") == [(1,)]


def test_names_survive_the_end_of_the_process(tmp_path: Path) -> None:
    with LocalAccount(tmp_path / "account") as account:
        sql = Sql(account.session())
        for name in NAMES:
            n = quote_identifier(name)
            sql(f"create database {n}")
            sql(f"create table {n} ({n} int autoincrement, v varchar(3))")
    with LocalAccount(tmp_path / "account") as account:
        sql = Sql(account.session())
        for name in NAMES:
            n = quote_identifier(name)
            sql(f"use database {n}")
            sql(f"insert into {n} (v) values ('abc')")
            assert sql(f"select * from {n}") == [(1, "abc")]
            assert sql.error(f"insert into {n} (v) values ('abcd')")[0] == "100078"


def test_a_random_number_with_a_seed_is_the_same_again(sql: Sql) -> None:
    assert sql("select random(42)") == sql("select random(42)") != sql("select random(43)")


def test_a_list_is_whole_though_a_table_is_gone(api: Api, home: str) -> None:
    for name in ("a", "b", "c"):
        api("POST", f"{home}/tables", {"name": name, "columns": [{"name": "i", "datatype": "int"}]})
    api.account.engine.drop_table(TablePath("D", "PUBLIC", "B"), "gone")
    assert [table["name"] for table in api("GET", f"{home}/tables")] == ["A", "C"]
    assert [table["name"] for table in api("GET", f"{home}/tables", deep=True)] == ["A", "C"]
    assert Sql(api.account.session()).column("show tables in d.public", "name") == ["A", "C"]
    assert api.error("GET", f"{home}/tables/b")[0] == 404


def test_an_apostrophe_in_the_name_of_a_file_format(sql: Sql) -> None:
    assert sql.error("create file format f type = 'c''sv'")[0] == "001008"
    sql('create file format "it\'s" type = csv')
    assert sql('drop file format "it\'s"') == [('"it\'s" successfully dropped.',)]


def quoted_text(text: str) -> Any:
    """A text in SQL."""
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"
