"""Statements end to end, as a session of an account runs them: what the last one of each script answers."""

# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import orjson
import pytest

from snowcore import LocalAccount
from snowcore.engine.errors import AccountError
from snowcore.local.sql import SqlSession

Answer = list[tuple[Any, ...]] | str
"""Rows, or the number of an error."""

SCRIPTS: dict[str, tuple[list[str], Answer]] = {
    "several columns altered at once": (
        [
            "create table t (a int not null, b varchar(5) not null)",
            "alter table t alter column a drop not null, column b set data type varchar(9), a comment 'x'",
            "alter table t modify (b drop not null, a comment 'y')",
            "insert into t values (null, '123456789')",
            "select column_name, is_nullable, character_maximum_length, comment from information_schema.columns where table_name = 'T' order by 1",
        ],
        [("A", "YES", None, "y"), ("B", "YES", 9, None)],
    ),
    "the arguments of a table function in each part of its query": (
        [
            "create function f(n int) returns table (x int, y varchar) as 'with c as (select n k) select k, ''c'' from c union all select n + 1, ''d'' where n > 1'",
            "create table t as select * from values (1), (2) v (a)",
            "select a, x, y from t, table(f(a)) order by 1, 2",
        ],
        [(1, 1, "c"), (2, 2, "c"), (2, 3, "d")],
    ),
    "search optimization is kept and told": (
        [
            "create table t (i int, s varchar, v variant)",
            "alter table t add search optimization on equality(i, s), substring(s), equality(v:a)",
            "alter table t drop search optimization on equality(i), 3",
            "show tables like 't' ->> select \"search_optimization\" from $1",
            "describe search optimization on t ->> select * from $1",
        ],
        [("2", "EQUALITY", "S", "VARCHAR(16777216)", "true"), ("4", "EQUALITY", "v:a", "VARIANT", "true")],
    ),
    "a constraint is relied on": (
        [
            "create table t (i int primary key, n int, constraint un unique (n))",
            "alter table t modify constraint un not enforced rely",
            "alter table t alter primary key rely",
            "alter table t alter primary key norely",
            "alter table t rename constraint un to un2",
            "select constraint_type, rely from information_schema.table_constraints order by 1",
        ],
        [("PRIMARY KEY", "NO"), ("UNIQUE", "YES")],
    ),
    "schemas and databases swap their names": (
        [
            "create schema s1",
            "create table s1.t as select 1 a",
            "create schema s2",
            "alter schema s1 swap with s2",
            "create database d1",
            "create table d1.public.u as select 2 a",
            "create database d2",
            "alter database d1 swap with d2",
            "select * from d.s2.t union all select * from d2.public.u order by 1",
        ],
        [(1,), (2,)],
    ),
    "a view is tracked, and its columns have other comments": (
        [
            "create view v as select 1 a, 2 b",
            "alter view v set change_tracking = true",
            "alter view v modify column a comment 'x', column b comment 'y'",
            "show views like 'v' ->> select \"change_tracking\" from $1",
        ],
        [("ON",)],
    ),
    "CREATE OR ALTER of a view keeps what is granted on it": (
        [
            "create view v as select 1 a",
            "grant select on view v to role public",
            "create or alter view v as select 2 b",
            'show grants on view v ->> select "privilege" from $1 where "grantee_name" = \'PUBLIC\'',
        ],
        [("SELECT",)],
    ),
    "a function with a dot in its name is dropped": (
        ["create function \"a.b\"(i int) returns int as 'i'", 'drop function "a.b"(int)'],
        [('"a.b" successfully dropped.',)],
    ),
    "a comment on what isn't there, if it is": (
        ["comment if exists on table nosuch is 'x'"],
        [("Statement executed successfully.",)],
    ),
    "a dynamic table is replaced by one of another query": (
        [
            "create warehouse dw",
            "create dynamic table dt target_lag = '1 minute' warehouse = dw as select 1 a",
            "create or alter dynamic table dt target_lag = '2 minutes' warehouse = dw as select 1 a",
            "create or replace dynamic table dt target_lag = '1 minute' warehouse = dw as select 2 b",
            "select b from dt",
        ],
        [(2,)],
    ),
    "a volatile table is a temporary one": (
        [
            "create volatile table t (i int)",
            "create global temporary table u (i int)",
            'show tables ->> select "kind" from $1',
        ],
        [("TEMPORARY",), ("TEMPORARY",)],
    ),
    "what a table says is unset": (
        [
            "create table t (i int) data_retention_time_in_days = 7 comment = 'c'",
            "alter table t unset data_retention_time_in_days, comment",
            'show tables like \'t\' ->> select "retention_time", "comment" from $1',
        ],
        [("1", "")],
    ),
    "CREATE OR ALTER of a stage says all anew": (
        [
            "create stage s comment = 'c'",
            "create or alter stage s directory = (enable = true)",
            'show stages ->> select "comment", "directory_enabled" from $1',
        ],
        [("", "Y")],
    ),
    "tags in CREATE TABLE": (
        [
            "create tag x",
            "create table t (a int with tag (x = '1'), b int) with tag (x = '2')",
            "select system$get_tag('x', 't.a', 'column'), system$get_tag('x', 't.b', 'column'), system$get_tag('x', 't', 'table')",
        ],
        [("1", "2", "2")],
    ),
    "tags in the CREATE of what the catalog keeps": (
        [
            "create tag x allowed_values 'a', 'b'",
            "create warehouse tagged with warehouse_size = 'SMALL' tag (x = 'b') comment = 'tag (x = 1)'",
            "select system$get_tag('x', 'tagged', 'warehouse')",
        ],
        [("b",)],
    ),
    "a tag that isn't there makes nothing": (
        ["create schema s1 with tag (nope = '1')"],
        "002003",
    ),
    "a value that a tag can't have makes nothing": (
        ["create tag x allowed_values 'a'", "create table t (a int) with tag (x = 'b')"],
        "003040",
    ),
    "tags of temporary views": (["create tag x", "create temporary view v with tag (x = '1') as select 1 a"], "000002"),
    "tables of several days of history": (
        [
            "create table t (a int) data_retention_time_in_days = 90",
            "alter table t set data_retention_time_in_days = 91",
        ],
        "391917",
    ),
    "transient tables of several days of history": (
        ["create transient table t (a int) data_retention_time_in_days = 2"],
        "391917",
    ),
    "schemas of less than no history": (["create schema s1 data_retention_time_in_days = -1"], "391917"),
    "dynamic and event tables are tables": (
        [
            "create warehouse w",
            "create dynamic table b target_lag = '1 minute' warehouse = w as select 1 a",
            "create event table c",
            "create table a (x int)",
            "show tables",
            'select "name", "is_dynamic", "is_event" from table(result_scan(last_query_id())) order by 1',
        ],
        [("A", "N", "N"), ("B", "Y", "N"), ("C", "N", "Y")],
    ),
    "no buckets": (["select width_bucket(5, 0, 10, 0)"], "100183"),
    "buckets of nothing": (["select width_bucket(5, 10, 10, 4)"], "100183"),
    "MERGE knows no rows that are missing in the source": (
        ["create table t (a int)", "merge into t using (select 1 b) on a = b when not matched by source then delete"],
        "001003",
    ),
    "UNDROP of what Snowflake does not bring back": (["undrop warehouse w"], "001003"),
    "a path with an apostrophe": (
        ["create stage s", "copy into '@s/it''s' from (select 7)", "select $1 from '@s/it''s'"],
        [("7",)],
    ),
    "what was loaded": (
        [
            "create table t (a int)",
            "create stage s",
            "copy into @s/x.csv from (select 1 union all select 2)",
            "copy into t from @s",
            "select schema_name, table_name, status, row_count, row_parsed, error_count, l.last_load_time <= current_timestamp() from information_schema.load_history l",
        ],
        [("PUBLIC", "T", "LOADED", 2, 2, 0, True)],
    ),
    "what was loaded into one table": (
        [
            "create table t (a int)",
            "create table u (a int)",
            "create stage s",
            "copy into @s/x.csv from (select 1)",
            "copy into t from @s",
            "copy into u from @s",
            "select table_name, stage_location, status, row_count from table(information_schema.copy_history(table_name => 'd.public.u', start_time => dateadd(hour, -1, current_timestamp())))",
        ],
        [("U", "s", "Loaded", 1)],
    ),
    "the views of the whole account": (
        [
            "create database e",
            "create table d.public.t (a int)",
            "create table e.public.u (b varchar)",
            "select table_catalog, table_name, column_name, deleted from snowflake.account_usage.columns order by 1",
        ],
        [("D", "T", "A", None), ("E", "U", "B", None)],
    ),
    "the statements of the whole account": (
        ["select 'told'", "select query_text from snowflake.account_usage.query_history limit 1"],
        [("select 'told'",)],
    ),
    "a view of the account that is not emulated": (["select * from snowflake.account_usage.login_history"], "000002"),
    "a NULL of no type fits into every column": (
        [
            "create table t (i int, v variant, a array, b binary, d date)",
            "insert into t select 1, null, null, null, null",
            "insert into t (i, v) select 2, null union all select 3, null",
            "insert into t (i, v, a) with c as (select 4 x, null y) select x, y, y from c",
            "insert into t (i, v) select column1, column2 from values (5, null)",
            "merge into t using (select 1 i, null v) s on t.i = s.i when matched then update set v = s.v",
            "update t set a = s.a from (select 1 i, null a) s where s.i = t.i",
            "select count(*), count(v), count(a) from t",
        ],
        [(5, 0, 0)],
    ),
    "a column of nothing but NULL has no type": (
        [
            "select system$typeof(x), coalesce(x, 5) + 1, x > '2024-01-01'::date, array_append(x, 1), count(x), max(x) from (select null x) group by x",
        ],
        [("NULL[LOB]", 6, None, None, 0, None)],
    ),
    "a table of it has texts": (
        ["create table t as select null a", "select data_type from information_schema.columns where table_name = 'T'"],
        [("TEXT",)],
    ),
    "columns of structured types": (
        [
            "create table t (a array(number), o object(x number(9, 2), y varchar(5) not null), m map(varchar, number) not null)",
            "insert into t select [1, 2], {'x': 1, 'y': 'z'}::object(x number(9, 2), y varchar(5)), {'k': 5}::map(varchar, number)",
            "select a[1] + o:x, o:y, m['k'], f.key, f.value from t, lateral flatten(m) f",
        ],
        [(Decimal("3.00"), "z", 5, "k", "5")],
    ),
    "what DESCRIBE says of structured types": (
        [
            "create table t (a array(number), o object(x number(9, 2) not null, y varchar))",
            "describe table t",
            'select "type" from table(result_scan(last_query_id()))',
        ],
        [("ARRAY(NUMBER(38,0))",), ("OBJECT(x NUMBER(9,2) NOT NULL, y VARCHAR)",)],
    ),
    "a structured column takes only members of its type": (
        ["create table t (a array(number))", "insert into t select ['x']"],
        "100071",
    ),
    "a column dropped without its word": (
        ["create table t (a int, b int)", "alter table t drop a", "insert into t values (1)", "select b from t"],
        [(1,)],
    ),
    "constraints dropped and renamed": (
        [
            "create table t (a int primary key, b int, constraint u unique (b), constraint f foreign key (b) references t (a))",
            "alter table t drop primary key",
            "alter table t rename constraint u to v",
            "alter table t drop foreign key (b)",
            "select constraint_name, constraint_type from information_schema.table_constraints where table_name = 'T'",
        ],
        [("V", "UNIQUE")],
    ),
    "a constraint that isn't there": (["create table t (a int)", "alter table t drop constraint c"], "002006"),
    "a second primary key": (
        ["create table t (a int primary key, b int)", "alter table t add primary key (b)"],
        "001003",
    ),
    "two primary keys in one table": (["create table t (a int primary key, b int primary key)"], "001003"),
    "a clustering key dropped": (
        [
            "create table t (a int) cluster by (a)",
            "alter table t drop clustering key",
            "select clustering_key from information_schema.tables where table_name = 'T'",
        ],
        [(None,)],
    ),
    "a sequence with another step": (
        [
            "create sequence q",
            "select q.nextval",
            "alter sequence q set increment by 5",
            "select q.nextval",
            "alter sequence q rename to r",
            "select r.nextval",
        ],
        [(7,)],
    ),
    "a file format altered": (
        [
            "create file format f type = csv",
            "alter file format f set field_delimiter = '|' comment = 'c'",
            "alter file format f rename to g",
            "select file_format_name, field_delimiter, comment from information_schema.file_formats",
        ],
        [("G", "|", "c")],
    ),
    "a view that reads itself": (
        ["create recursive view v (n) as select 1 union all select n + 1 from v where n < 4", "select sum(n) from v"],
        [(10,)],
    ),
    "a column numbered in order": (
        [
            "create table t (a int autoincrement order)",
            "select identity_ordered, data_type_alias from information_schema.columns where table_name = 'T'",
        ],
        [("YES", None)],
    ),
    "the roles of a session": (
        ["select is_role_in_session('SYSADMIN'), is_role_in_session(column1) from values ('PUBLIC'), ('NOBODY')"],
        [(True, True), (True, False)],
    ),
    "numbers of a sequence for each row": (
        [
            "create sequence q",
            "select a, s.nextval, nextval from (select column1 a from values ('a'), ('b')), table(getnextval(q)) s",
        ],
        [("a", 1, 1), ("b", 2, 2)],
    ),
    "statements that ran": (
        [
            "create table t (a int)",
            "select count(*) from t",
            "select query_text, execution_status from table(information_schema.query_history_by_session(result_limit => 2))",
        ],
        [("select count(*) from t", "SUCCESS"), ("create table t (a int)", "SUCCESS")],
    ),
    "statements that ran since a moment": (
        [
            "select count(*) from table(information_schema.query_history(end_time_range_start => dateadd(hour, 1, current_timestamp())))"
        ],
        [(0,)],
    ),
    "a table function that isn't emulated": (["select * from table(information_schema.login_history())"], "000002"),
}


@pytest.fixture
def session() -> Iterator[SqlSession]:
    with LocalAccount() as account:
        session = account.session()
        session.execute("create database d")
        yield session


@pytest.mark.parametrize("name", SCRIPTS)
def test_script(session: SqlSession, name: str) -> None:
    (*before, last), answer = SCRIPTS[name]
    for statement in before:
        session.execute(statement)
    if isinstance(answer, str):
        with pytest.raises(AccountError) as caught:
            session.execute(last)
        assert caught.value.code == answer, caught.value.message
    else:
        assert list(session.execute(last).rows) == answer


def test_the_stage_of_a_table_is_described(session: SqlSession) -> None:
    session.execute("create table t (a int)")
    rows = session.execute("describe table t type = stage").rows
    assert ("STAGE_FILE_FORMAT", "FIELD_DELIMITER", "String", ",", ",") in list(rows)


def test_failed_statements_are_remembered_with_their_error(session: SqlSession) -> None:
    with pytest.raises(AccountError):
        session.execute("select nope")
    asked = "select query_text, error_code, query_type from table(information_schema.query_history(result_limit => 1))"
    assert list(session.execute(asked).rows) == [("select nope", "000904", "SELECT")]


def test_runs_of_tasks_are_told(session: SqlSession) -> None:
    session.execute("create task k as select 1")
    session.execute("execute task k")
    for _ in range(500):
        rows = session.execute("select name, state from table(information_schema.task_history())").rows
        if list(rows) == [("K", "SUCCEEDED")]:
            break
        session.execute("select system$wait(10, 'MILLISECONDS')")
    assert list(rows) == [("K", "SUCCEEDED")]


def test_clustering_information_is_that_of_one_partition(session: SqlSession) -> None:
    def told(*arguments: str) -> dict[str, Any]:
        return orjson.loads(session.execute(f"select system$clustering_information({', '.join(arguments)})").rows[0][0])

    session.execute("create table t as select * from values (1, 'a'), (2, 'b') x (i, s)")
    found = told(f"'{session.database}.{session.schema}.t'", "'(i, upper(s))'")
    assert found["cluster_by_keys"] == "LINEAR(I, UPPER(S))"
    assert (found["total_partition_count"], found["total_constant_partition_count"]) == (1, 0)
    assert (found["average_depth"], found["partition_depth_histogram"]["00001"]) == (1.0, 1)
    session.execute("create table one as select null as a from t")
    assert told("'one'", "'(a)'")["total_constant_partition_count"] == 1
    session.execute("create table empty like t")
    assert told("'empty'", "'(i)'")["total_partition_count"] == 0
    session.execute("alter table t cluster by (s)")
    assert told("'t'")["cluster_by_keys"] == "LINEAR(S)"
    session.execute("create view v as select * from t")
    wrong = {
        "'empty'": "001003",
        "'t', '(nope)'": "000904",
        "'t', 'i from t'": "001003",
        "'nope', '(i)'": "002003",
        "'v', '(i)'": "002003",
    }
    for arguments, code in wrong.items():
        with pytest.raises(AccountError) as error:
            told(arguments)
        assert error.value.code == code, arguments
