"""SQL on an embedded account: statements about objects, context, variables, scripts."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import attrs
import pytest

from snowcore.local import AccountError, LocalAccount
from snowcore.local.sql import SqlSession

from .conftest import Api, Clock


@attrs.frozen
class Sql:
    """`sql("select 1")` gives the rows, `sql.one(…)` the only value, `sql.error(…)` what must fail."""

    session: SqlSession

    def __call__(self, text: str, parameters: Any = None) -> list[tuple[Any, ...]]:
        return list(self.session.execute(text, parameters).rows)

    def one(self, text: str, parameters: Any = None) -> Any:
        ((value,),) = self(text, parameters)
        return value

    def column(self, text: str, name: str) -> list[Any]:
        result = self.session.execute(text)
        at = [column.name for column in result.columns].index(name)
        return [row[at] for row in result.rows]

    def row(self, text: str) -> dict[str, Any]:
        result = self.session.execute(text)
        (values,) = result.rows
        return dict(zip([column.name for column in result.columns], values, strict=True))

    def error(self, text: str, parameters: Any = None) -> tuple[str, str]:
        with pytest.raises(AccountError) as caught:
            self.session.execute(text, parameters)
        return caught.value.code, caught.value.message


@pytest.fixture
def sql(account: LocalAccount) -> Sql:
    sql = Sql(account.session())
    sql("create database d")
    return sql


# Where a session is


def test_creating_a_database_or_schema_goes_there(sql: Sql) -> None:
    where = "select current_database(), current_schema()"
    assert sql(where) == [("D", "PUBLIC")]
    sql("create schema s")
    assert sql(where) == [("D", "S")]
    sql("create database if not exists e")
    assert sql(where) == [("E", "PUBLIC")]
    sql("use d.s")
    sql("use schema public")
    sql("use database e")
    assert sql(where) == [("E", "PUBLIC")]
    sql("drop database e")
    assert sql(where) == [(None, None)]
    assert sql.error("create schema x")[0] == "090105"
    assert "does not have a current database" in sql.error("create task t as select 1")[1]


@pytest.mark.parametrize("statement", ["database nope", "schema nope", "warehouse nope", "role nope", "d.nope", "nope"])
def test_what_is_missing_can_not_be_used(sql: Sql, statement: str) -> None:
    assert sql.error(f"use {statement}")[0] in ("002043", "002003")


def test_sessions_know_themselves(account: LocalAccount, sql: Sql) -> None:
    sql("create warehouse w")
    session = Sql(account.session(database="D", warehouse="W", role="SYSADMIN"))
    columns = session.session.execute("select current_warehouse(), CURRENT_ROLE(), current_user() as me").columns
    assert [column.name for column in columns] == ["CURRENT_WAREHOUSE()", "CURRENT_ROLE()", "ME"]
    told = "select current_statement() as told, 1"
    assert session(told) == session(told) == [(told, 1)]
    assert session("select current_warehouse(), current_role(), current_user()") == [("W", "SYSADMIN", "SNOWCORE")]
    sql("use warehouse w")
    sql("use role public")
    assert sql("select current_warehouse(), current_role(), current_schemas()") == [("W", "PUBLIC", '["D.PUBLIC"]')]
    assert sql.one("select system$client_version_info()") == "[]"
    assert sql.error("select system$nope()")[0] == "000002"


# Objects


OBJECTS = [
    ("warehouse", "w", "warehouse_size = 'X-SMALL' auto_suspend = 60"),
    ("task", "t", "schedule = '5 minute' as select 1"),
    ("compute pool", "p", "min_nodes = 1 max_nodes = 1 instance_family = CPU_X64_XS"),
    ("image repository", "r", ""),
    ("stage", "s", "directory = (enable = true) comment = 'x'"),
    ("schema", "s", "comment = 'x'"),
    ("database", "e", "data_retention_time_in_days = 0"),
]


@pytest.mark.parametrize(("kind", "name", "properties"), OBJECTS)
def test_objects_are_created_shown_and_dropped(sql: Sql, kind: str, name: str, properties: str) -> None:
    plural = f"{kind}s".replace("ys", "ies")
    home = "" if kind in ("warehouse", "compute pool", "database") else "d." if kind == "schema" else "d.public."
    created = f"create {kind} {home}{name} {properties}"
    assert "successfully created" in sql.one(created)
    assert sql.error(created)[0] == "002002"
    assert "already exists" in sql.one(created.replace(kind, f"{kind} if not exists", 1))
    sql(created.replace("create", "create or replace", 1))
    assert name.upper() in sql.column(f"show {plural}", "name")
    assert sql.column(f"show {plural} like '{name.upper()}'", "name") == [name.upper()]
    if kind not in ("stage",):
        sql(f"describe {kind} {home}{name}")
    assert sql.one(f"drop {kind} {home}{name}") == f"{name.upper()} successfully dropped."
    assert sql.error(f"drop {kind} {home}{name}")[0] == "002003"
    sql(f"drop {kind} if exists {home}{name}")
    assert name.upper() not in sql.column(f"show {plural}", "name")


def test_both_doors_see_one_truth(account: LocalAccount, sql: Sql) -> None:
    sql("create warehouse w with warehouse_size = large auto_resume = false comment = 'it''s'")
    fetched = account.perform("warehouse", "fetch", {"name": "w"})
    assert (fetched["warehouse_size"], fetched["auto_resume"], fetched["comment"]) == ("Large", "false", "it's")
    account.perform("warehouse", "create_or_alter", {"name": "w"}, {}, {"name": "w", "comment": "other"})
    assert sql.row("show warehouses like 'w'")["comment"] == "other"
    account.perform("schema", "create", {"database": "d"}, {}, {"name": '"small"'})
    sql('use schema "small"')
    sql('create table "T t" (i int)')
    assert account.perform("table", "fetch", {"database": "d", "schema": '"small"', "name": '"T t"'})["rows"] == 0


def test_warehouses_change(sql: Sql) -> None:
    sql("create warehouse w")
    sql("alter warehouse w set warehouse_size = '2X-LARGE', comment = 'c' auto_suspend = 7")
    row = sql.row("show warehouses")
    assert (row["size"], row["comment"], row["auto_suspend"], row["state"]) == ("2X-Large", "c", 7, "STARTED")
    sql("alter warehouse w suspend")
    sql("alter warehouse if exists nope suspend")
    sql("alter warehouse w unset comment, auto_suspend")
    sql("alter warehouse w rename to v")
    row = sql.row("show warehouses")
    assert (row["name"], row["state"], row["comment"], row["auto_suspend"]) == ("V", "SUSPENDED", "", 600)
    assert sql.error("alter warehouse v set nope = 1")[0] == "001003"
    sql("create or alter warehouse v comment = 'again'")
    assert sql.row("show warehouses")["comment"] == "again"
    assert sql.row("describe warehouse v")["name"] == "V"


def test_tasks_with_everything(account: LocalAccount, sql: Sql) -> None:
    sql("create warehouse w")
    sql(
        'create task root warehouse = w schedule = \'USING CRON 0 9 * * MON UTC\' config = $${"a": {"b": 1}}$$'
        " task_auto_retry_attempts = 2 comment = 'c' as insert into t values (1)"
    )
    sql("create task child after root, root when system$get_predecessor_return_value('root') = '1' as select 1")
    sql("create task last finalize = root as begin select 1; select 2; end")
    root = account.perform("task", "fetch", {"database": "d", "schema": "public", "name": "root"})
    assert root["schedule"] == {"schedule_type": "CRON_TYPE", "cron_expr": "0 9 * * MON", "timezone": "UTC"}
    assert (root["config"], root["definition"]) == ({"a": {"b": 1}}, "insert into t values (1)")
    row = sql.row("show tasks like 'child'")
    assert row["condition"] == "system$get_predecessor_return_value('root') = '1'"
    assert row["predecessors"] == '["D.PUBLIC.ROOT"]'
    assert sql.row("describe task last")["definition"] == "begin select 1; select 2; end"
    sql("alter task root set schedule = '90 SECONDS'")
    assert sql.row("show tasks like 'root'")["schedule"] == "90 SECONDS"
    sql("alter task root modify as select 3")
    sql("alter task child remove when")
    sql("alter task child remove after root")
    sql("alter task child add after d.public.root")
    sql("alter task child resume")
    rows = {row["name"]: row for row in account.perform("task", "list", {"database": "d", "schema": "public"})}
    assert (rows["ROOT"]["definition"], rows["CHILD"]["state"]) == ("select 3", "started")
    assert rows["CHILD"].get("condition") is None
    assert sql.error("create task bad schedule = 'often' as select 1")[0] == "001003"


def test_tasks_run_their_sql(sql: Sql) -> None:
    sql("create table log (what varchar)")
    sql(
        'create task root config = \'{"to": {"whom": "you"}}\' as begin'
        " insert into log select system$get_task_graph_config('to.whom');"
        " call system$set_return_value('from ' || system$task_runtime_info('CURRENT_TASK_NAME')); end"
    )
    sql("create task child after root as insert into log select system$get_predecessor_return_value()")
    sql("alter task child resume")
    sql("execute task root")
    while len(sql("select name from table(information_schema.task_history()) where state = 'SUCCEEDED'")) < 2:
        sql("select system$wait(10, 'MILLISECONDS')")
    assert sorted(sql("select * from log")) == [("from ROOT",), ("you",)]
    assert sql.error("select system$set_return_value('x')")[0] == "000603"


def test_services_from_a_specification(account: LocalAccount, sql: Sql) -> None:
    sql("create compute pool p min_nodes = 1 max_nodes = 1 instance_family = CPU_X64_XS")
    specification = "$$\nspec:\n  containers: [{name: c, image: i}]\n$$"
    sql(f"create service s in compute pool p from specification {specification} min_instances = 1")
    row = sql.row("show services")
    assert (row["name"], row["compute_pool"], row["min_instances"]) == ("S", "P", 1)
    sql("alter service s suspend")
    sql("drop service s")


# Databases, schemas and tables as wholes


def test_databases_and_schemas_are_cloned_renamed_and_restored(sql: Sql) -> None:
    sql("create table t as select 1 as i")
    sql("create database e clone d")
    sql("insert into e.public.t values (2)")
    assert (sql.one("select count(*) from d.public.t"), sql.one("select sum(i) from e.public.t")) == (1, 3)
    sql("create schema d.s clone e.public")
    assert sql.one("select sum(i) from d.s.t") == 3
    sql("alter schema d.s rename to d.s2")
    sql("drop schema d.s2")
    sql("undrop schema d.s2")
    assert sql.one("select sum(i) from d.s2.t") == 3
    sql("drop database e")
    sql("create database e")
    sql("alter database e rename to e2")
    sql("undrop database e")
    assert sql.column("show databases", "name") == ["D", "E", "E2"]
    assert sql.one("select sum(i) from e.public.t") == 3
    assert sql.error("create database f clone d at (offset => -60)")[0] == "000707"
    sql("create or replace database d")
    assert sql.column("show tables in database d", "name") == []


def test_what_is_declared_of_a_table(account: LocalAccount, sql: Sql) -> None:
    sql("create table x (y number(10, 2) primary key)")
    sql(
        "create table t (a int primary key comment 'the key', b varchar(7) not null default 'x', c number(10, 2),"
        " d int autoincrement start 5 increment 2, constraint u unique (a, b), foreign key (c) references x (y))"
        " cluster by (a) data_retention_time_in_days = 3 comment = 'tc'"
    )
    table = account.perform("table", "fetch", {"database": "d", "schema": "public", "name": "t"})
    columns = {column["name"]: column for column in table["columns"]}
    assert columns["A"] == {**columns["A"], "datatype": "NUMBER(38,0)", "nullable": False, "comment": "the key"}
    assert columns["B"] == {**columns["B"], "datatype": "VARCHAR(7)", "nullable": False, "default": "'x'"}
    assert (columns["C"]["datatype"], columns["D"]["autoincrement_start"]) == ("NUMBER(10,2)", 5)
    assert (table["comment"], table["cluster_by"], table["data_retention_time_in_days"]) == ("tc", ["a"], 3)
    kinds = {key["constraint_type"]: key for key in table["constraints"]}
    assert kinds["PRIMARY KEY"]["column_names"] == ["A"]
    assert (kinds["UNIQUE"]["name"], kinds["UNIQUE"]["column_names"]) == ("U", ["A", "B"])
    assert kinds["FOREIGN KEY"]["referenced_table_name"] == "X"
    sql("insert into t (a, b) values (1, 'q'), (1, 'q')")
    assert sql("select d from t order by d") == [(5,), (7,)]
    described = sql("describe table t")
    assert described[0][:7] == ("A", "NUMBER(38,0)", "COLUMN", "N", None, "Y", "Y")
    assert described[1][:5] == ("B", "VARCHAR(7)", "COLUMN", "N", "'x'")


def test_keys_go_with_their_columns(account: LocalAccount, sql: Sql) -> None:
    path = {"database": "d", "schema": "public", "name": "t"}

    def keys() -> dict[str, tuple[str, list[str]]]:
        table = account.perform("table", "fetch", path)
        assert not any(column.get("constraints") for column in table["columns"])
        return {key["name"]: (key["constraint_type"], key["column_names"]) for key in table["constraints"]}

    unique = {"constraint_type": "UNIQUE", "name": '"u"'}
    columns = [{"name": "a", "datatype": "int"}, {"name": '"b"', "datatype": "int", "constraints": [unique]}]
    account.perform("table", "create", path, body={"name": "t", "columns": columns})
    sql("alter table t add constraint p primary key (a)")
    assert keys() == {"u": ("UNIQUE", ["b"]), "P": ("PRIMARY KEY", ["A"])}
    sql('alter table t rename column "b" to c')
    sql("alter table t add column x int constraint f references t (a)")
    assert keys() == {"u": ("UNIQUE", ["C"]), "P": ("PRIMARY KEY", ["A"]), "F": ("FOREIGN KEY", ["X"])}
    assert sql.error("alter table t add column y int primary key")[0] == "001003"
    sql("alter table t drop column c, x")
    assert (keys(), len(sql("describe table t"))) == ({"P": ("PRIMARY KEY", ["A"])}, 1)


def test_tables_are_replaced_cloned_swapped_and_restored(sql: Sql) -> None:
    sql("create table t (i int not null) comment = 'first'")
    sql("insert into t values (1)")
    assert sql.error("create table t (x int)")[0] == "002002"
    assert "already exists" in sql.one("create table if not exists t (x int)")
    sql("create or replace table t as select i + 1 as i from t")
    assert (sql.one("select i from t"), sql.row("show tables")["comment"]) == (2, "")
    assert sql.error("create or replace table t as select nope from t")[0] == "000904"
    assert sql.one("select i from t") == 2
    sql("create table old clone t")
    sql("drop table t")
    sql("undrop table t")
    sql("alter table t rename to new")
    sql("create table empty like new")
    sql("alter table new swap with empty")
    assert [sql.one(f"select count(*) from {name}") for name in ("old", "new", "empty")] == [1, 0, 1]
    sql("truncate table old")
    assert sql.one("select count(*) from old") == 0
    assert sql.error("drop table t")[0] == "002003"
    assert sql.error("create table nope.public.t (i int)")[0] == "002003"


def test_a_query_gives_its_types_to_columns_that_only_have_names(sql: Sql) -> None:
    sql("create table t (b, \"c\") cluster by (b) as select 1.25, 'x'")
    assert [tuple(row[:2]) for row in sql("describe table t")] == [("B", "NUMBER(3,2)"), ("c", "VARCHAR(1)")]
    sql("create or replace table t (z) as select b from t")
    assert sql.one("select z from t") == Decimal("1.25")
    assert sql.error("create table u (a) as select 1, 2")[0] == "002026"
    assert sql.column("show tables", "name") == ["T"]


def test_a_query_fills_the_columns_that_are_declared(sql: Sql) -> None:
    sql("create table t (a varchar(2) not null, b number(5,1)) as select 'xx', 1.25")
    assert [row[1] for row in sql("describe table t")] == ["VARCHAR(2)", "NUMBER(5,1)"]
    assert sql.error("create or replace table t (a varchar(2)) as select 'xxx'")[0] == "100078"
    assert sql.error("create table u (a int) as select 1, 2")[0] == "002020"
    assert sql.column("show tables", "name") == ["T"]
    assert sql("select * from t")[0][0] == "xx"


def test_the_information_schema_tells_what_is_known(sql: Sql) -> None:
    sql("create table t (a varchar(7), b int, c varchar)")
    sql("alter table t alter column a set data type varchar(9)")
    lengths = "select column_name, character_maximum_length from information_schema.columns order by ordinal_position"
    assert sql(lengths)[:2] == [("A", 9), ("B", None)]
    assert [name for name, made in sql("select table_name, created from information_schema.tables") if made] == ["T"]
    assert ("S",) not in sql("select schema_name from information_schema.schemata")


def test_names_in_small_letters_stay_as_they_are(account: LocalAccount, sql: Sql) -> None:
    sql('create table "t t" ("a a" int primary key comment \'c\', "b" varchar(3), unique ("b"))')
    sql('create table "l" like "t t"')
    sql('alter table "l" rename column "b" to "B b"')
    for name, second in (("t t", "b"), ("l", "B b")):
        rows = sql(f'describe table "{name}"')
        assert [(row[0], row[1], row[5], row[9]) for row in rows] == [
            ("a a", "NUMBER(38,0)", "Y", "c"),
            (second, "VARCHAR(3)", "N", None),
        ]
    assert sql.column("show tables", "name") == ["l", "t t"]


def test_columns_and_comments_change(sql: Sql) -> None:
    sql("create table t (a int)")
    sql("alter table t add column b varchar(4) default 'q' not null, c date")
    sql("alter table t rename column b to bb")
    sql("alter table t alter column bb comment 'said'")
    sql("comment on column t.a is 'of a'")
    sql("comment on table t is 'of t'")
    sql("comment on schema d.public is 'of s'")
    sql("alter table t drop column c")
    sql("alter table t alter column a set data type number(20,0)")
    sql("alter table if exists nope add column x int")
    described = {row[0]: row for row in sql("describe table t")}
    assert {name: (row[1], row[9]) for name, row in described.items()} == {
        "A": ("NUMBER(20,0)", "of a"),
        "BB": ("VARCHAR(4)", "said"),
    }
    assert (sql.row("show tables")["comment"], sql.row("show schemas like 'public'")["comment"]) == ("of t", "of s")
    assert sql.error("alter table t drop column nope")[0] == "000904"
    sql("alter table t add search optimization")
    assert sql.row("show tables")["search_optimization"] == "ON"


def test_create_or_alter_keeps_rows(sql: Sql) -> None:
    sql("create or alter table t (a int, b varchar)")
    sql("insert into t values (1, 'x')")
    sql("create or alter table t (a int, c date)")
    assert sql("select * from t") == [(1, None)]


def test_temporary_tables_are_not_the_accounts(sql: Sql) -> None:
    assert sql.one("create temporary table t (i int)") == "Table T successfully created."
    sql("create or replace scoped temporary table d.public.t as select 1 as i")
    assert (sql.column("show tables", "name"), sql.column("show tables", "kind")) == (["T"], ["TEMPORARY"])
    assert sql.session.account.execute("show tables in schema d.public") == []
    assert [row[0] for row in sql("describe table t")] == ["I"]
    sql("drop table t")
    assert sql.error("select * from t")[0] == "002003"


# SHOW


def test_show_honours_what_is_asked(sql: Sql) -> None:
    for name in ("aa", "ab", "b_1", '"Ac"'):
        sql(f"create table {name} (i int)")
    sql("create schema other")
    sql("create table aa (i int)")
    names: Callable[[str], list[str]] = lambda text: sql.column(f"show {text}", "name")  # noqa: E731
    assert names("tables") == ["AA"]
    assert names("tables in schema public") == ["AA", "AB", "Ac", "B_1"]
    assert names("tables in d.public") == ["AA", "AB", "Ac", "B_1"]
    assert names("tables like 'a%' in database d") == ["AA", "AA", "AB", "Ac"]
    assert names("tables in account starts with 'A' limit 2") == ["AA", "AA"]
    assert names("tables in public limit 2 from 'AB'") == ["Ac", "B_1"]
    assert names("tables like 'b\\\\_1' in public") == ["B_1"]
    assert names("schemas") == ["INFORMATION_SCHEMA", "OTHER", "PUBLIC"]
    terse = sql.session.execute("show terse tables in account")
    assert [column.name for column in terse.columns] == ["created_on", "name", "kind", "database_name", "schema_name"]
    sql("drop table public.aa")
    assert "AA" in names("tables history in public")
    assert sql.error("show tables in schema nope")[0] == "002043"
    assert sql.error("show tables nonsense")[0] == "001003"


def test_show_columns_views_and_objects(sql: Sql) -> None:
    sql("create table t (a int not null, b varchar(3))")
    sql("create view v as select a from t")
    assert sql.column("show columns in table t", "column_name") == ["A", "B"]
    assert '"precision":38' in sql.column("show columns like 'a' in t", "data_type")[0]
    sql("create table numbered (n int autoincrement start 10 increment 5 order, v varchar(10))")
    assert sql.column("show columns in table numbered", "autoincrement") == ["IDENTITY START 10 INCREMENT 5 ORDER", ""]
    text = '{"type":"TEXT","length":10,"byteLength":40,"nullable":true,"fixed":false}'
    assert sql.column("show columns like 'v' in table numbered", "data_type") == [text]
    sql("drop table numbered")
    assert sql.column("show views", "name") == ["V"]
    assert sorted(zip(sql.column("show objects", "name"), sql.column("show objects", "kind"), strict=True)) == [
        ("T", "TABLE"),
        ("V", "VIEW"),
    ]
    assert [row[:2] for row in sql("describe view v")] == [("A", "NUMBER(38,0)")]


# Variables, parameters, results, scripts


def test_variables_are_of_their_types(sql: Sql) -> None:
    sql("set (a, b, c) = ('2024-01-01 00:00:00 +0200'::timestamp_tz, to_binary('ab'), '10:00'::time)")
    assert sql("select $a::varchar, typeof($a::variant), $b, typeof($c::variant)") == [
        ("2024-01-01 00:00:00.000 +0200", "TIMESTAMP_TZ", b"\xab", "TIME")
    ]


def test_a_query_of_two_databases_information(sql: Sql) -> None:
    sql("create database e")
    schemata = "(select catalog_name from {}.information_schema.schemata where schema_name = 'PUBLIC')"
    assert sql(f"select * from {schemata.format('d')} a, {schemata.format('e')} b") == [("D", "E")]


def test_variables(sql: Sql) -> None:
    sql("set a = 1")
    sql("set (ab, s) = (2, 'it''s')")
    assert sql("select $a, $ab, $s, '$a', 'cost $abc', $a + $ab") == [(1, 2, "it's", "$a", "cost $abc", 3)]
    sql("set a = (select max(x) from (select 7 as x))")
    assert sql.one("select $A") == 7
    sql("create table t (i int)")
    sql("set t = 't'")
    assert sql("select * from identifier($t)") == []
    sql("unset a")
    assert "'$A' does not exist" in sql.error("select $a")[1]
    assert sql("select $2, $1 from values (1, 'x')") == [("x", 1)]


def test_parameters_that_would_change_results_are_refused(sql: Sql) -> None:
    sql("alter session set query_tag = 'mine', timezone = 'UTC', autocommit = false")
    assert sql.row("show parameters like 'query_tag'")["value"] == "mine"
    sql("create table t (i int)")
    sql("insert into t values (1)")
    sql("rollback")
    sql("alter session unset autocommit")
    assert sql.one("select count(*) from t") == 0
    assert sql.error("alter session set timezone = 'Nowhere/At all'")[0] == "001008"
    assert sql.error("alter session set week_start = 5, json_indent = -1")[0] == "001008"
    assert sql.row("show parameters like 'week_start'")["value"] == "0"
    assert sql.error("alter session set nope = 1")[0] == "001420"
    assert sql.error("alter session set timestamp_day_is_always_24h = true")[0] == "000002"


def test_results_keep_to_the_rows_and_names_that_a_session_wants(sql: Sql) -> None:
    sql("alter session set rows_per_resultset = 2, quoted_identifiers_ignore_case = true")
    sql('create table "t" ("i" int)')
    sql("insert into t values (1), (2), (3)")
    assert sql.column('select "i" from T order by 1', "I") == [1, 2]
    sql("alter session unset rows_per_resultset, quoted_identifiers_ignore_case")
    assert sql.column("select i from t order by 1", "I") == [1, 2, 3]
    assert sql.error('select "i" from t')[0] == "000904"


def test_parameters_change_results(sql: Sql) -> None:
    sql("alter session set timezone = 'Asia/Tokyo', week_start = 7, timestamp_ltz_output_format = 'HH24:MI TZH'")
    assert sql.one("select '2024-01-01 12:00:00 Z'::timestamp_ltz::varchar") == "21:00 +09"
    assert sql.one("select dayofweek('2024-01-06'::date)") == 7
    assert sql.row("show parameters like 'timezone'")["value"] == "Asia/Tokyo"
    sql("alter session set timestamp_type_mapping = timestamp_ltz")
    sql("create table t (at timestamp)")
    assert sql.column("describe table t", "type") == ["TIMESTAMP_LTZ(9)"]
    sql("alter session unset timezone, week_start")
    assert sql.row("show parameters like 'timezone'")["value"] == "America/Los_Angeles"
    assert sql.one("select dayofweek('2024-01-06'::date)") == 6


def test_earlier_results_can_be_read(sql: Sql) -> None:
    sql("create warehouse w")
    first = sql.session.execute("select 1 as x union all select 2").query_id
    sql("show warehouses")
    assert sql('select "name" from table(result_scan(last_query_id()))') == [("W",)]
    assert sql.one(f"select sum(x) from table(result_scan('{first}')) as r") == 3
    assert sql.error("select * from table(result_scan('nope'))")[0] == "000709"


def test_columns_are_named_by_their_text(sql: Sql) -> None:
    sql("create table t as select 1 as a, 'x' as b")
    names = [
        column.name for column in sql.session.execute("select a, nvl( a , 2), b||'q', COUNT(*) over () from t").columns
    ]
    assert names == ["A", "NVL( A , 2)", "B||'Q'", "COUNT(*) OVER ()"]
    assert sql('select "COUNT(*)" from (select count(*) from t)') == [(1,)]


@pytest.mark.parametrize(
    "ddl",
    [
        *(
            "create schema s",
            "create warehouse w",
            "alter table t rename to u",
            "drop database d",
            "create table u like t",
        ),
        *("create task k as select 1", "create table u (i int)", "alter table t add column x int", "drop table t"),
        *("comment on table t is 'c'", "alter table t set comment = 'c'", "alter table t add unique (i)"),
    ],
)
def test_ddl_commits_what_is_open(sql: Sql, ddl: str) -> None:
    sql("create table t (i int)")
    sql("begin")
    sql("insert into t values (1)")
    sql(ddl)
    sql("rollback")
    name = {"drop database d": "undrop database d", "drop table t": "undrop table t"}.get(ddl)
    if name is not None:
        sql(name)
    table = "d.public.u" if "rename" in ddl else "d.public.t"
    assert sql.one(f"select count(*) from {table}") == 1


@pytest.mark.parametrize("text", ["create table u (i int) nonsense = 1", "alter table t set nonsense = 1"])
def test_properties_that_tables_dont_have_are_refused(sql: Sql, text: str) -> None:
    sql("create table t (i int)")
    code, message = sql.error(text)
    assert (code, message.split("\n")[-1]) == ("001420", "invalid property 'NONSENSE' for 'TABLE'")


def test_a_compute_pool_may_begin_suspended(sql: Sql) -> None:
    for name, suspended in (("p", "true"), ("q", "false")):
        family = "min_nodes = 1 max_nodes = 1 instance_family = CPU_X64_XS"
        sql(f"create compute pool {name} {family} auto_resume = true initially_suspended = {suspended}")
    assert [row[1] for row in sql("show compute pools")] == ["SUSPENDED", "IDLE"]


def test_plain_blocks_run(sql: Sql) -> None:
    sql("create table t (i int)")
    assert sql.one("begin insert into t values (1); insert into t select case when true then 2 end; end;") is None
    assert sql.one("begin delete from t where i = 1; return 'done'; end") == "done"
    assert sql("select * from t") == [(2,)]
    assert sql.one("execute immediate 'select 7'") == 7
    sql("begin")
    sql("delete from t")
    sql("rollback")
    assert sql.one("select count(*) from t") == 1


@pytest.mark.parametrize(
    "text",
    [
        "create procedure p() returns int language python as $$ x $$",
        "create or replace function f(x int) returns int language java as $$ x + 1 $$",
        "pragma version",
        "attach 'x.db'",
        "install httpfs",
    ],
)
def test_what_is_not_emulated_is_refused_by_name(sql: Sql, text: str) -> None:
    sql("create table there (i int)")
    sql("create stage s")
    code, message = sql.error(text)
    assert code in ("000002", "001003"), message
    assert code == "001003" or "Unsupported feature" in message


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "000900"),
        (" ; ", "000900"),
        ("select 1; select 2", "000008"),
        ("selec 1", "001003"),
        ("nope", "001003"),
        ("create", "000002"),
        ("create warehouse", "001003"),
        ("create task t", "391917"),
        ("create task t schedule", "001003"),
        ("show", "000002"),
        ("drop table", "001003"),
        ("select 'a", "001003"),
        ("create table", "001003"),
        ("alter warehouse w", "001003"),
        ("use", "001003"),
        ("copy t to 'x.csv'", "001003"),
        ("comment on column t is 'x'", "001003"),
        ("alter session set lock_timeout = x", "001008"),
        ("set (a, b) = (1)", "001003"),
        ("list @", "001003"),
        ("select system$wait()", "001003"),
    ],
)
def test_what_is_no_sql_says_so(sql: Sql, text: str, code: str) -> None:
    found, message = sql.error(text)
    assert (found, "Traceback" in message) == (code, False), message


def test_files_go_through_stages(sql: Sql, tmp_path: Any) -> None:
    (tmp_path / "a.csv").write_text("1,x\n2,y\n")
    sql("create stage s")
    sql("create table t (i int, v varchar)")
    assert sql(f"put file://{tmp_path}/a.csv '@s/in' auto_compress = false")[0][:2] == ("a.csv", "a.csv")
    assert [row[0] for row in sql("list @s")] == ["s/in/a.csv"]
    sql("copy into t from @s/in file_format = (type = csv)")
    assert sql("select * from t order by i") == [(1, "x"), (2, "y")]
    sql("create or replace stage s")
    assert sql("list @s") == []
    assert sql.error("list @nope")[0] == "002003"
    assert sql.error(f"put file://{tmp_path}/a.csv @nope")[0] == "002003"


@pytest.fixture
def other(sql: Sql) -> Sql:
    """Another session of the same account."""
    return Sql(sql.session.account.session(database="D"))


@pytest.mark.parametrize("word", ["temp", "temporary", "scoped temporary"])
def test_a_temporary_stage_is_of_its_session(sql: Sql, other: Sql, tmp_path: Any, word: str) -> None:
    (tmp_path / "a.csv").write_text("1,x\n")
    (tmp_path / "b.csv").write_text("2,y\n")
    sql("create table t (i int, v varchar)")
    assert sql.one(f"create {word} stage s") == "Stage S successfully created."
    assert sql("list @s") == []
    assert other.error("list @s")[0] == "002003"
    other(f"create {word} stage s")
    sql(f"put file://{tmp_path}/a.csv @s auto_compress = false")
    other(f'put file://{tmp_path}/b.csv \'@"D"."PUBLIC".S\' auto_compress = false')
    assert [row[0] for row in sql("list @s")] == ["s/a.csv"]
    assert [row[0] for row in other('ls @d."PUBLIC".s')] == ["s/b.csv"]
    sql("copy into t from @s file_format = (type = csv)")
    assert other("select * from t") == [(1, "x")]
    other("copy into t from '@s' file_format = (type = csv)")
    assert sql("select * from t order by i") == [(1, "x"), (2, "y")]

    other.session.close()
    assert len(sql("list @s")) == 1
    (kept,) = sql.session.account.engine.stages.parent.glob("temporary/*")  # type: ignore[attr-defined]
    sql("drop stage s")
    assert not kept.exists()
    assert sql.error("list @s")[0] == sql.error("drop stage s")[0] == "002003"


def test_a_temporary_stage_begins_anew(sql: Sql, tmp_path: Any) -> None:
    (tmp_path / "a.csv").write_text("1\n")
    sql("create table t (i int)")
    sql("create temp stage s comment = 'x'")
    code, message = sql.error("create temp stage s")
    assert (code, message) == ("002002", "SQL compilation error:\nObject 'D.PUBLIC.S' already exists.")
    for _ in range(2):
        sql("create or replace temp stage s")
        assert sql("list @s") == []
        sql(f"put file://{tmp_path}/a.csv @s")
        sql("create temporary stage if not exists s")
        assert len(sql("list @s")) == 1
        sql("copy into t from @s")
    assert sql("select * from t") == [(1,), (1,)]


def test_a_temporary_stage_hides_a_permanent_one(sql: Sql, other: Sql, tmp_path: Any) -> None:
    (tmp_path / "a.csv").write_text("1\n")
    sql("create stage s")
    sql(f"put file://{tmp_path}/a.csv @s")
    sql("create temp stage s comment = 'mine'")
    assert (sql("list @s"), len(other("list @s"))) == ([], 1)
    assert sql.column("show stages", "type") == ["INTERNAL", "INTERNAL TEMPORARY"]
    assert sql.column("show stages like 's' in schema d.public", "comment") == ["", "mine"]
    assert sql.column("show stages in account", "schema_name") == ["PUBLIC", "PUBLIC"]
    assert other.column("show stages", "type") == ["INTERNAL"]
    sql("create schema elsewhere")
    assert sql("show stages") == []
    sql("drop stage public.s")
    assert len(sql("list @public.s")) == 1
    sql("drop stage public.s")
    assert other.error("list @s")[0] == "002003"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("create temp stage no.where.s", "002003"),
        ("create temp stage nowhere.s", "002003"),
        ("create temp stage a url = 's3://x'", "000002"),
        ("create temp stage a file_format = (type = nothing)", "001008"),
        ("create temp stage a file_format = (type = csv strip_outer_array = true)", "001420"),
        ("create temp stage a file_format = (format_name = nowhere)", "002003"),
        ("create temp stage a nope = 1", "001003"),
        ("create or alter temp stage a", "000002"),
        ("create transient stage a", "391917"),
        ("create temp database a", "391917"),
        ("alter stage s set comment = 'x'", "000002"),
    ],
)
def test_what_a_temporary_stage_is_not(sql: Sql, text: str, code: str) -> None:
    sql("create temp stage s")
    assert sql.error(text)[0] == code


def test_files_of_temporary_stages_do_not_outlive_the_process(clock: Clock, tmp_path: Any) -> None:
    (tmp_path / "a.csv").write_text("1\n")
    for _ in range(2):
        with LocalAccount(tmp_path / "kept", clock=clock) as account:
            assert not list((tmp_path / "kept" / "temporary").glob("*"))
            sql = Sql(account.session())
            sql("create database if not exists d")
            sql("use d.public")
            sql("create temp stage s")
            sql(f"put file://{tmp_path}/a.csv @s")
            assert len(sql("list @s")) == 1


@pytest.mark.parametrize(
    ("words", "start", "step"),
    [
        ("identity(0, 1)", 0, 1),
        ("autoincrement start 0 increment 1", 0, 1),
        ("identity(-5, 2)", -5, 2),
        ("autoincrement start 5 increment -2", 5, -2),
        ("autoincrement start -5 increment -2 noorder", -5, -2),
        ("identity", 1, 1),
    ],
)
def test_rows_are_numbered_from_anywhere_both_ways(sql: Sql, api: Api, words: str, start: int, step: int) -> None:
    sql(f"create table t (id int {words}, v int)")
    sql("insert into t (v) values (1), (2)")
    sql("insert into t (v) values (3)")
    sql("create table c clone t")  # which goes on counting by itself
    sql("insert into c (v) values (4)")
    sql("create schema other clone public")
    sql("insert into other.c (v) values (5)")
    assert sql("select id, v from other.c order by v") == [(start + step * n, n + 1) for n in range(5)]
    (column, _) = api("GET", "databases/d/schemas/public/tables/t")["columns"]
    assert (column["autoincrement_start"], column["autoincrement_increment"]) == (start, step)


@pytest.mark.parametrize(("start", "step"), [(0, 1), (-5, 2), (5, -2), (-5, -2)])
def test_rows_of_a_table_of_rest_are_numbered_as_well(sql: Sql, api: Api, start: int, step: int) -> None:
    key = {"autoincrement": True, "autoincrement_start": start, "autoincrement_increment": step}
    columns = [{"name": "id", "datatype": "int", **key}, {"name": "v", "datatype": "int"}]
    api("POST", "databases/d/schemas/public/tables", {"name": "t", "columns": columns})
    sql("insert into t (v) values (1), (2), (3)")
    assert sql("select id from t order by v") == [(start,), (start + step,), (start + 2 * step,)]
    (column, _) = api("GET", "databases/d/schemas/public/tables/t")["columns"]
    assert {name: column[name] for name in key} == key


@pytest.mark.parametrize(
    ("words", "start", "step"),
    [("", 1, 1), ("start 0", 0, 1), ("start = -5 increment = -2", -5, -2), ("increment by -1", 1, -1)],
)
def test_sequences_count_from_anywhere_both_ways(sql: Sql, words: str, start: int, step: int) -> None:
    sql(f"create sequence q {words}")
    assert [sql.one("select q.nextval") for _ in range(3)] == [start, start + step, start + 2 * step]
    sql("create schema other clone public")
    assert sql.one("select q.nextval") == start + 3 * step


def test_stages_of_accounts_are_apart(clock: Clock, tmp_path: Any) -> None:
    (tmp_path / "a.csv").write_text("1\n")
    for folder in (None, tmp_path / "kept", tmp_path / "kept"):
        with LocalAccount(folder, clock=clock) as account:
            sql = Sql(account.session())
            sql("create database if not exists d")
            sql("use d.public")
            sql("create stage if not exists s")
            before = len(sql("list @s"))
            sql(f"put file://{tmp_path}/a.csv @s")
            assert len(sql("list @s")) == 1
    assert before == 1


def test_statements_of_one_session_run_one_at_a_time(sql: Sql) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda n: sql.one(f"select {n}"), range(100)))
    assert found == list(range(100))


def test_a_default_means_what_its_names_mean_now(sql: Sql) -> None:
    sql("create sequence numbers")
    sql("create table t (i int, n int default numbers.nextval)")
    sql("insert into t (i) values (1)")
    sql("create or replace sequence numbers start 100")
    sql("insert into t (i) values (2)")
    assert sql("select n from t order by i") == [(1,), (100,)]


def test_a_query_looks_in_public_too_and_a_change_does_not(sql: Sql) -> None:
    for line in ("create table d..t (i int)", "create function f(i int) returns int as 'i + 1'", "create schema own"):
        sql(line)
    assert sql("select f(count(*)) from t") == [(1,)]
    assert sql.one("select current_schemas()") == '["D.OWN", "D.PUBLIC"]'
    for line in ("insert into t values (1)", "create view v as select * from t"):
        assert sql.error(line)[0] == "002003"
    sql("insert into d..t values (1)")
    sql("create table t (s varchar)")
    assert sql("select * from t") == []
    sql("alter session set search_path = 'public, $current'")
    assert sql.one("select current_schemas()") == '["D.PUBLIC", "D.OWN"]'


def test_several_statements_run_if_all_of_them_are_statements(sql: Sql) -> None:
    sql("alter session set multi_statement_count = 0")
    sql("create table t (i int)")
    for wrong, place in (
        ("insert into t valus (1)", "2 at position 15 unexpected 'valus'"),
        ("foo t", "2 at position 1"),
    ):
        assert place in sql.error(f"insert into t values (1);\n {wrong}")[1]
    sql("insert into t values (1); insert into t values (2)")
    assert sql.one("select count(*) from t") == 2


@pytest.mark.parametrize(
    ("query", "never"),
    [
        ("select id, v, 1, null, count(*), id is null from n group by all", "ID 1 COUNT(*) ID IS NULL"),
        ("select a.id, b.id x from n a left join n b on a.id = b.id", "ID"),
        ("select a.id x, b.id from n a right join n b on a.id = b.id", "ID"),
        ("select id from n union all select v from n", ""),
        ("select id, count(*) from n group by rollup(id)", ""),
        ("with c as (select id, v from (select * from w)) select *, row_number() over (order by id) r from c", "ID R"),
        ("select max(id), id::varchar, nullif(id, 1) from n group by id", ""),
    ],
)
def test_what_is_never_null_is_told(sql: Sql, query: str, never: str) -> None:
    sql("create table n (id int not null, v int)")
    sql("create view w as select id, v from n")
    assert " ".join(column.name for column in sql.session.execute(query).columns if not column.nullable) == never
