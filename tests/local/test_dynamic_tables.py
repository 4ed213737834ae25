"""Dynamic tables, refreshed on the account's clock, event tables and materialized views, by SQL and by REST."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from snowcore.engine.errors import AccountError
from snowcore.local import LocalAccount
from snowcore.local.sql import SqlSession

from .conftest import Api, Clock


@pytest.fixture
def sql(account: LocalAccount) -> SqlSession:
    account.execute("create database d")
    session = account.session(database="D", schema="PUBLIC")
    run(session, "create warehouse wh", "create table t (k int, v int)", "insert into t values (1, 1), (1, 2), (2, 5)")
    return session


def run(sql: SqlSession, *statements: str) -> None:
    for statement in statements:
        sql.execute(statement)


def rows(sql: SqlSession, text: str) -> list[Any]:
    found = sorted(sql.execute(text).rows, key=repr)
    return [row[0] if len(row) == 1 else tuple(row) for row in found]


def refused(sql: SqlSession, text: str) -> str:
    with pytest.raises(AccountError) as caught:
        sql.execute(text)
    return caught.value.code


SUMS = "select k, sum(v) as v from t group by k"


def test_columns_have_types(sql: SqlSession) -> None:
    words = "target_lag = '1 hour' warehouse = wh"
    run(
        sql,
        f"create dynamic table s (k varchar(5), v, w number(10, 2)) {words} as select k, sum(v), 1.5 from t group by k",
    )
    told = [row[:2] for row in sql.execute("describe table s").rows]
    assert told == [("K", "VARCHAR(5)"), ("V", "NUMBER(38,0)"), ("W", "NUMBER(10,2)")]
    assert refused(sql, f"create dynamic table c (k comment 'the key', v) {words} as {SUMS}") == "000002"
    run(sql, "insert into t values (7, 7)", "alter dynamic table s refresh")
    assert rows(sql, "select k, v from s") == [("1", 3), ("2", 5), ("7", 7)]


def test_it_holds_what_its_query_gave(sql: SqlSession, clock: Clock) -> None:
    run(sql, f"create dynamic table s target_lag = '1 hour' warehouse = wh as {SUMS}")
    run(sql, "insert into t values (3, 3)", "delete from t where k = 2")
    assert rows(sql, "select * from s") == [(1, 3), (2, 5)]
    run(sql, "alter dynamic table s refresh")
    assert rows(sql, "select * from s") == [(1, 3), (3, 3)]
    run(sql, "insert into t values (4, 4)")
    clock.pass_(minutes=59)
    assert rows(sql, "select k from s") == [1, 3]
    clock.pass_(minutes=1)
    assert rows(sql, "select k from s") == rows(sql, "select k from s") == [1, 3, 4]
    run(sql, "alter dynamic table s suspend", "insert into t values (5, 5)")
    clock.pass_(days=1)
    assert rows(sql, "select k from s") == [1, 3, 4]
    run(sql, "alter dynamic table s resume")
    assert rows(sql, "select k from s") == [1, 3, 4, 5]
    run(sql, "insert into t values (6, 6)", "alter dynamic table s set target_lag = '1 minute'")
    clock.pass_(minutes=1)
    assert rows(sql, "select k from s at (offset => -60)") == [1, 3, 4, 5]
    assert rows(sql, "select k from s") == [1, 3, 4, 5, 6]


def test_one_that_reads_another_refreshes_it(sql: SqlSession, clock: Clock) -> None:
    run(sql, f"create dynamic table s target_lag = downstream warehouse = wh as {SUMS}")
    run(sql, "create dynamic table top (best) target_lag = '1 minute' warehouse = wh as select max(v) from s")
    run(sql, "create view w as select best from top", "insert into t values (9, 90)")
    clock.pass_(minutes=5)
    assert rows(sql, "select max(v) from s") == [5]
    assert rows(sql, "select * from w") == [90]
    assert rows(sql, "select max(v) from s") == [90]


def test_it_is_filled_when_that_was_asked_for(sql: SqlSession, clock: Clock) -> None:
    run(sql, f"create dynamic table s target_lag = downstream warehouse = wh initialize = on_schedule as {SUMS}")
    assert rows(sql, "select * from s") == []
    run(sql, "alter dynamic table s refresh")
    assert rows(sql, "select * from s") == [(1, 3), (2, 5)]


def test_a_refresh_that_fails_leaves_the_rows(sql: SqlSession, clock: Clock) -> None:
    run(sql, "create dynamic table s target_lag = '1 minute' warehouse = wh as select k, 10 / v as q from t")
    run(sql, "insert into t values (4, 0)")
    clock.pass_(minutes=2)
    assert len(rows(sql, "select * from s")) == 3
    assert refused(sql, "alter dynamic table s refresh") == "100051"
    run(sql, "delete from t where v = 0", "insert into t values (5, 5)")
    assert len(rows(sql, "select * from s")) == 4


def test_information_schema_tells_how_the_last_refresh_ended(sql: SqlSession, clock: Clock) -> None:
    asked = (
        "select name, latest_data_timestamp is null, last_completed_refresh_state, last_completed_refresh_state_message"
        " from table(information_schema.dynamic_tables({}))"
    )
    later = "target_lag = '1 hour' warehouse = wh initialize = on_schedule"
    run(
        sql,
        f"create dynamic table s {later} as select 1 / v as x from t",
        f"create dynamic table other {later} as {SUMS}",
    )
    assert rows(sql, asked.format("name => 's'")) == [("S", True, None, None)]
    run(sql, "alter dynamic table s refresh")
    assert rows(sql, asked.format("name => 'd.public.s'")) == [("S", False, "SUCCEEDED", None)]
    run(sql, "insert into t values (9, 0)")
    assert refused(sql, "alter dynamic table s refresh") == "100051"
    assert rows(sql, asked.format("'s'")) == [("S", False, "FAILED", "Division by zero")]
    run(sql, "delete from t where v = 0", "alter dynamic table s refresh")
    assert rows(sql, asked.format("")) == [("OTHER", True, None, None), ("S", False, "SUCCEEDED", None)]
    run(sql, "drop dynamic table s")
    assert rows(sql, asked.format("name => 's'")) == []


def test_nobody_else_changes_it(sql: SqlSession) -> None:
    run(sql, f"create dynamic table s target_lag = '1 hour' warehouse = wh as {SUMS}", "create event table e")
    for name in ("s", "e"):
        changes = (f"delete from {name}", f"truncate table {name}", f"alter table {name} add column x int")
        for text in changes if name == "s" else changes[2:]:
            assert refused(sql, text) == "002003", text
    assert refused(sql, "insert into s values (1, 1)") == "002003"
    assert refused(sql, "create table s (k int)") == "002002"
    assert rows(sql, "select * from s") == [(1, 3), (2, 5)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("target_lag = '1 hour' as select 1 as a", "391917"),
        ("warehouse = wh as select 1 as a", "391917"),
        ("target_lag = '1 second' warehouse = wh as select 1 as a", "391917"),
        ("target_lag = 'soon' warehouse = wh as select 1 as a", "001003"),
        ("target_lag = '1 hour' warehouse = wh as select * from nothing", "002003"),
    ],
)
def test_what_is_refused(sql: SqlSession, text: str, code: str) -> None:
    assert refused(sql, f"create dynamic table s {text}") == code
    assert sql.execute("show dynamic tables").rows == []


def test_show_describe_and_ddl(sql: SqlSession, clock: Clock) -> None:
    run(sql, f"create dynamic table s target_lag = '2 minutes' warehouse = wh comment = 'c' as {SUMS}")
    shown = sql.execute("show dynamic tables")
    row = dict(zip([column.name for column in shown.columns], shown.rows[0]))
    assert (row["target_lag"], row["refresh_mode"], row["scheduling_state"], row["rows"]) == (
        *("2 minutes", "FULL", "ACTIVE", 2),
    )
    assert row["text"] == sql.execute("select get_ddl('dynamic_table', 's')").rows[0][0]
    assert row["data_timestamp"].startswith(f"{clock.time:%Y-%m-%dT%H:%M:%S}")
    assert [one[0] for one in sql.execute("describe dynamic table s").rows] == ["K", "V"]
    found = "select table_name, is_dynamic from information_schema.tables"
    assert rows(sql, found) == [("S", "YES"), ("T", "NO")]
    run(sql, "drop dynamic table s")
    sql.execute(row["text"])
    assert rows(sql, "select * from s") == [(1, 3), (2, 5)]
    run(sql, "create dynamic table c clone s", "drop dynamic table s", "undrop dynamic table s")
    run(
        sql, "alter dynamic table s rename to r", "create schema x clone public", "insert into d.public.t values (7, 7)"
    )
    run(sql, "alter dynamic table d.public.r refresh")
    assert rows(sql, "select k from d.public.r") == [1, 2, 7]
    assert rows(sql, "select k from x.r") == rows(sql, "select k from d.public.c") == [1, 2]


def test_ddl_has_the_types_that_were_declared(sql: SqlSession) -> None:
    run(sql, "create dynamic table typed (a number(10, 0), b) target_lag = '1 minute' warehouse = wh as select 1, 2")
    assert "(\n\tA NUMBER(10,0),\n\tB\n)" in sql.execute("select get_ddl('table', 'typed')").rows[0][0]


def test_a_refresh_changes_only_what_differs(sql: SqlSession) -> None:
    run(sql, "insert into t values (7, null), (7, null), (7, 7)")
    run(sql, "create dynamic table s target_lag = '1 hour' warehouse = wh as select k, v from t")
    run(sql, "create stream changes on dynamic table s", "insert into t values (7, null), (8, 8)")
    run(sql, "delete from t where v = 7", "alter dynamic table s refresh")
    found = [(7, 7, "DELETE"), (7, None, "INSERT"), (8, 8, "INSERT")]
    assert rows(sql, "select k, v, metadata$action from changes") == found
    assert rows(sql, "select * from s") == rows(sql, "select * from t")
    run(sql, "alter dynamic table s refresh")
    assert rows(sql, "select k, v, metadata$action from changes") == found
    run(sql, "alter table t drop column v")
    assert refused(sql, "alter dynamic table s refresh") == "000904"


def test_over_rest(sql: SqlSession, api: Api, clock: Clock) -> None:
    path = "databases/d/schemas/public/dynamic-tables"
    lag = {"type": "USER_DEFINED", "seconds": 120}
    body = {"name": "s", "target_lag": lag, "warehouse": "wh", "query": SUMS, "comment": "c"}
    api("POST", path, {**body, "columns": [{"name": "a"}, {"name": "b"}]})
    found = api("GET", f"{path}/s")
    assert (found["target_lag"], found["warehouse"], found["rows"], found["scheduling_state"]) == (
        lag,
        "WH",
        2,
        "RUNNING",
    )
    assert [(one["name"], one["datatype"]) for one in found["columns"]] == [
        ("A", "NUMBER(38,0)"),
        ("B", "NUMBER(38,0)"),
    ]
    assert [one["name"] for one in api("GET", path)] == ["S"]
    assert api.error("POST", path, body)[0] == 409
    run(sql, "insert into t values (8, 8)")
    api("POST", f"{path}/s:refresh")
    assert rows(sql, "select a from s") == [1, 2, 8]
    api("POST", f"{path}/s:suspend")
    assert api("GET", f"{path}/s")["scheduling_state"] == "SUSPENDED"
    api("POST", f"{path}/s:resume")
    api("POST", f"{path}/s:clone", {"name": "c"}, targetDatabase="d", targetSchema="public")
    api("POST", f"{path}/s:swap-with", targetName="c")
    assert rows(sql, "select a from c") == [1, 2, 8]
    api("DELETE", f"{path}/s")
    api("POST", f"{path}/s:undrop")
    assert api("GET", f"{path}/s")["rows"] == 3
    events = "databases/d/schemas/public/event-tables"
    api("POST", events, {"name": "e", "comment": "c"})
    assert "RESOURCE_ATTRIBUTES" in [column["name"] for column in api("GET", f"{events}/e")["columns"]]
    api("POST", f"{events}/e:rename", targetName="f")
    assert [one["name"] for one in api("GET", events)] == ["F"]
    api("DELETE", f"{events}/f")


def test_they_are_kept(tmp_path: Path, clock: Clock) -> None:
    with LocalAccount(tmp_path, clock=clock) as account:
        account.execute("create database d")
        sql = account.session(database="D", schema="PUBLIC")
        run(sql, "create warehouse wh", "create table t (k int, v int)", "insert into t values (1, 2)")
        run(sql, f"create dynamic table s target_lag = '1 hour' warehouse = wh as {SUMS}", "create event table e")
        run(sql, "insert into t values (2, 2)")
    with LocalAccount(tmp_path, clock=clock) as account:
        sql = account.session(database="D", schema="PUBLIC")
        assert rows(sql, "select k from s") == [1]
        clock.pass_(hours=1)
        assert rows(sql, "select k from s") == [1, 2]
        assert rows(sql, "select count(*) from e") == [0]
        assert [len(sql.execute(f"show {what} tables").rows) for what in ("dynamic", "event")] == [1, 1]


def test_materialized_views(sql: SqlSession) -> None:
    run(sql, f"create materialized view m as {SUMS}", "create secure view w as select k from t")
    run(sql, "insert into t values (3, 3)")
    assert rows(sql, "select * from m") == [(1, 3), (2, 5), (3, 3)]
    assert [row[1] for row in sql.execute("show materialized views").rows] == ["M"]
    shown = sql.execute("show views")
    place = [column.name for column in shown.columns].index("is_materialized")
    assert [(row[1], row[place]) for row in shown.rows] == [("M", "true"), ("W", "false")]
    assert rows(sql, "select table_type from information_schema.tables where table_name = 'M'") == ["MATERIALIZED VIEW"]
    assert rows(sql, "select get_ddl('view', 'm')")[0].startswith("create or replace materialized view M(")
    run(sql, "update t set v = 10 where v = 1", "delete from t where k = 2")
    assert rows(sql, "select * from m") == [(1, 12), (3, 3)]
    run(sql, "begin", "insert into t values (3, 4)")
    assert rows(sql, "select * from m") == [(1, 12), (3, 7)]
    run(sql, "rollback", "truncate table t")
    assert rows(sql, "select * from m") == []
    assert refused(sql, "insert into m values (1, 1)") == "002003"
    run(sql, "alter materialized view m rename to n", "alter materialized view n set comment = 'c'")
    assert refused(sql, "alter materialized view n suspend") == "000002"
    run(sql, "drop materialized view n")
    assert refused(sql, "select * from n") == "002003"


NOT_MATERIALIZED = [
    "select a.k from t a join t b on a.k = b.k",
    "select a.k from t a, t b",
    "select k from t where k in (select k from t)",
    "select k from t union all select k from t",
    "with c as (select k from t) select k from c",
    "select k, row_number() over (order by v) r from t",
    "select k from t order by k",
    "select k from t limit 1",
    "select k, count(*) c from t group by k having count(*) > 1",
    "select count(*) c from t group by k",
    "select k, sum(v) s from t group by rollup(k)",
    "select count(distinct k) c from t",
    "select k, median(v) m from t group by k",
    "select k, current_timestamp() now from t",
    "select k, random() r from t",
    "select k, mine(v) m from t",
    "select f.value from t, lateral flatten(array_construct(v)) f",
    "select 1 as a",
    "select k from plain",
    "select k from m",
]


@pytest.mark.parametrize("query", NOT_MATERIALIZED)
def test_what_a_materialized_view_is_not_made_of(sql: SqlSession, query: str) -> None:
    run(sql, "create view plain as select k from t", "create materialized view m as select k from t")
    run(sql, "create function mine(a int) returns int as 'a'")
    assert refused(sql, f"create materialized view n as {query}") == "002212"
    run(sql, f"create view n as {query}")


def test_an_event_table_is_a_table_that_nobody_changes(sql: SqlSession) -> None:
    run(sql, "create event table e comment = 'c' data_retention_time_in_days = 3")
    assert rows(sql, "select count(*) from e") == [0]
    for change in ("insert into e (value) select 1", "update e set value = 1", "merge into e using t on 1 = 1"
                   " when not matched then insert (value) values (1)"):  # fmt: skip
        assert refused(sql, change) == "000002", change
    run(sql, "delete from e where timestamp < current_timestamp()", "truncate table e")
    assert [row[1] for row in sql.execute("show event tables").rows] == ["E"]
    assert len(sql.execute("describe event table e").rows) == 13
    run(sql, "alter event table e set change_tracking = true", "alter event table e rename to f")
    run(sql, "create stream s on event table f")
    assert rows(sql, "select count(*) from s") == [0]
    run(sql, "create or replace event table f", "drop table if exists g", "create event table if not exists f")
    assert refused(sql, "create table f (a int)") == "002002"
    run(sql, "create schema copy clone public")
    assert rows(sql, "select count(*) from d.copy.f") == [0]
    run(sql, "drop event table d.public.f", "undrop event table d.public.f")
    assert rows(
        sql, "select table_type from information_schema.tables where table_schema = 'PUBLIC' and table_name = 'F'"
    ) == ["EVENT TABLE"]


def test_refreshes_are_told(sql: SqlSession, clock: Clock) -> None:
    run(sql, f"create dynamic table s target_lag = '1 hour' warehouse = wh as {SUMS}", "insert into t values (3, 3)")
    clock.pass_(minutes=10)
    run(sql, "alter dynamic table s refresh")
    clock.pass_(hours=2)
    run(sql, "select * from s", "alter table t rename column v to w")
    clock.pass_(minutes=1)
    assert refused(sql, "alter dynamic table s refresh") == "000904"
    told = "table(information_schema.dynamic_table_refresh_history(name => 'd.public.s'))"
    counts = "statistics:numInsertedRows::int, statistics:numDeletedRows::int"
    found = sql.execute(f"select state, refresh_trigger, refresh_action, {counts} from {told}").rows
    assert [tuple(row) for row in found] == [
        ("FAILED", "MANUAL", "FULL", None, None),
        ("SUCCEEDED", "SCHEDULED", "NO_DATA", 0, 0),
        ("SUCCEEDED", "MANUAL", "FULL", 1, 0),
        ("SUCCEEDED", "CREATION", "FULL", 2, 0),
    ]
    began = rows(sql, f"select refresh_start_time::timestamp_ntz::varchar from {told} where refresh_trigger = 'MANUAL'")
    assert [one[:16] for one in began] == ["2026-03-01 04:10", "2026-03-01 06:11"]
    failed = "information_schema.dynamic_table_refresh_history(error_only => true, name_prefix => 'D.PUBLIC')"
    (message,) = rows(sql, f"select state_message from table({failed})")
    assert "invalid identifier" in message
    since = "data_timestamp_start => '2026-03-01 13:00:00 +0000'::timestamp_tz"
    assert rows(sql, f"select count(*) from table(information_schema.dynamic_table_refresh_history({since}))") == [2]
    assert rows(sql, "select name from table(information_schema.dynamic_table_refresh_history(name => 't'))") == []
