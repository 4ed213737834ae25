"""AT and BEFORE in queries and clones: what was, in Snowflake's words. Times are the account's clock's."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from snowcore.engine.errors import AccountError
from snowcore.local import LocalAccount
from snowcore.local.sql import SqlSession

from .conftest import Api, Clock, rows


@pytest.fixture
def sql(account: LocalAccount) -> SqlSession:
    account.execute("create database d")
    return account.session(database="D", schema="PUBLIC")


def refused(sql: SqlSession, text: str) -> tuple[str, str, str]:
    with pytest.raises(AccountError) as caught:
        sql.execute(text)
    return caught.value.code, caught.value.sqlstate, caught.value.message


def run(sql: SqlSession, *statements: str) -> str:
    """Run statements; the query id of the last."""
    return [sql.execute(statement).query_id for statement in statements][-1]


def stamp(time: datetime) -> str:
    return f"'{time.isoformat()}'::timestamp_tz"


NO_DATA = (
    "000707",
    "02000",
    "Time travel data is not available for table T. The requested time is either beyond the allowed time travel period"
    " or before the object creation time.",
)


def test_a_moment_is_a_time_an_offset_or_a_statement(sql: SqlSession, clock: Clock) -> None:
    run(sql, "create table t (k int, v varchar)", "insert into t values (1, 'a'), (2, 'b')")
    clock.pass_(minutes=1)
    then = clock.time
    clock.pass_(minutes=1)
    update = run(sql, "update t set v = 'x' where k = 1")
    clock.pass_(minutes=1)
    delete = run(sql, "delete from t where k = 2")
    query = run(sql, "select * from t")
    clock.pass_(minutes=1)
    run(sql, "insert into t values (3, 'c')")
    first, second, third = [(1, "a"), (2, "b")], [(1, "x"), (2, "b")], [(1, "x")]
    for moment, found in (
        ("at (offset => -60*3)", first),
        ("at (offset => -119.5)", second),
        ("at (offset => -60)", third),
        (f"at (timestamp => {stamp(then)})", first),
        (f"at (timestamp => '{then:%Y-%m-%d %H:%M:%S}'::timestamp_ntz)", first),
        (f"at (timestamp => '{then:%Y-%m-%d %H:%M:%S}')", first),
        ("at (timestamp => dateadd(minute, -3, current_timestamp()))", first),
        (f"before (statement => '{update}')", first),
        (f"at (statement => '{update}')", second),
        (f"before (statement => '{delete}')", second),
        (f"at (statement => '{delete}')", third),
        (f"at (statement => '{query}')", third),
        (f"before (statement => '{query}')", third),
    ):
        assert rows(sql, f"select * from t {moment}") == found, moment
    sql.execute(f"set then = '{update}'")
    assert rows(sql, "select v from t before (statement => $then) as old where old.k = 1") == ["a"]
    sql.execute("alter session set timezone = 'America/Los_Angeles'")
    assert rows(sql, f"select * from t at (timestamp => '{then:%Y-%m-%d %H:%M:%S}'::timestamp_ntz)") == first


def test_before_a_time_leaves_out_what_happened_then(sql: SqlSession, clock: Clock) -> None:
    run(sql, "create table t (k int)")
    clock.pass_(minutes=1)
    run(sql, "insert into t values (1)")
    assert rows(sql, f"select * from t at (timestamp => {stamp(clock.time)})") == [1]
    assert rows(sql, f"select * from t before (timestamp => {stamp(clock.time)})") == []


def test_the_past_joins_the_present(sql: SqlSession, clock: Clock) -> None:
    run(sql, "create table t (k int, v int)", "insert into t values (1, 1), (2, 2)")
    clock.pass_(minutes=1)
    run(sql, "update t set v = v * 10", "insert into t values (3, 30)")
    joined = "select n.k, o.v, n.v from t n left join t at (offset => -60) o on o.k = n.k"
    assert rows(sql, joined) == [(1, 1, 10), (2, 2, 20), (3, None, 30)]
    assert rows(sql, "select k from t minus select k from t at (offset => -60)") == [3]
    assert rows(sql, "with old as (select * from t at (offset => -60)) select sum(v) from old") == [3]
    assert rows(sql, "select (select sum(v) from t at (offset => -60)) + max(v) from t") == [33]
    assert rows(sql, "select * from identifier('d.public.t') at (offset => -60) where k = 1") == [(1, 1)]
    sql.execute("insert into t select k + 10, v from t at (offset => -60)")
    assert rows(sql, "select k from t") == [1, 11, 12, 2, 3]
    sql.execute("merge into t using t at (offset => -60) o on t.k = o.k when matched then update set v = o.v")
    assert rows(sql, "select v from t where k < 3") == [1, 2]


def test_a_view_is_of_the_tables_as_they_were(sql: SqlSession, clock: Clock) -> None:
    run(sql, "create table t (k int)", "insert into t values (1)", "create view w as select k * 2 as d from t")
    run(sql, "create view outer_w as select d from w")
    clock.pass_(minutes=1)
    run(sql, "insert into t values (2)")
    assert rows(sql, "select * from outer_w at (offset => -60)") == [2]
    assert rows(sql, "select * from outer_w") == [2, 4]


def test_a_transaction_is_in_the_past_when_it_is_committed(sql: SqlSession, account: LocalAccount) -> None:
    run(sql, "create table t (k int)", "insert into t values (1)")
    first = run(sql, "begin", "insert into t values (2)")
    second = run(sql, "delete from t where k = 1")
    assert rows(sql, "select * from t at (offset => 0)") == [1]
    sql.execute("commit")
    for statement in (first, second):
        assert rows(sql, f"select * from t before (statement => '{statement}')") == [1]
        assert rows(sql, f"select * from t at (statement => '{statement}')") == [2]
    gone = run(sql, "begin", "insert into t values (3)")
    sql.execute("rollback")
    assert rows(sql, f"select * from t at (statement => '{gone}')") == [2]


def test_the_past_shows_in_the_columns_of_the_present(sql: SqlSession, clock: Clock) -> None:
    run(sql, "create table t (k int, v int, w varchar)", "insert into t values (1, 10, 'a'), (2, 20, 'b')")
    clock.pass_(minutes=1)
    drop = run(sql, "delete from t where k = 2", "alter table t drop column v")
    run(sql, "alter table t rename column w to name", "alter table t add column v varchar default 'new'")
    clock.pass_(minutes=1)
    run(sql, "update t set name = 'z'", "insert into t values (3, 'c', 'd')")
    assert rows(sql, "select * from t at (offset => -120)") == [(1, "a", "new"), (2, "b", "new")]
    assert rows(sql, "select * from t at (offset => -60)") == [(1, "a", "new")]
    # A clone is as the table was, with its columns of then.
    sql.execute(f"create table c clone t before (statement => '{drop}')")
    assert [column.name for column in sql.execute("select * from c").columns] == ["K", "V", "W"]
    assert rows(sql, "select * from c") == [(1, 10, "a")]


def test_what_nothing_brings_back_leaves_the_disk(sql: SqlSession, account: LocalAccount, clock: Clock) -> None:
    def places() -> set[str]:
        return {*account.engine.store.places(), *(str(file) for file in account.engine.stages.rglob("*.csv"))}

    run(sql, "create table kept (i int) data_retention_time_in_days = 5")
    before = places()
    run(sql, "create table t as select 1 as i", "create database e", "create table e.public.t as select 1 as i")
    run(sql, "create schema d.other", "create stage s", "create table t as select 1 as i", "use schema d.public")
    copied = "from (select 1) file_format = (type = csv compression = none) single = true"
    run(sql, f"copy into @d.other.s/in.csv {copied}", f"copy into @%t/in.csv {copied}")
    assert len(places()) > len(before) + 6
    run(sql, "drop table t", "drop table kept", "drop schema d.other", "drop database e")
    clock.pass_(minutes=60 * 25)
    run(sql, "select 1", "select 1")
    assert places() == before
    run(sql, "undrop table kept")
    assert refused(sql, "undrop schema d.other")[0] == refused(sql, "undrop database e")[0] == "002003"


def test_columns_keep_their_positions(sql: SqlSession) -> None:
    run(sql, "create table t (a int, b int, c int)", "alter table t drop column b", "alter table t add column d int")
    query = "select column_name, ordinal_position from information_schema.columns where table_name = 'T' order by 2"
    assert sql.execute(query).rows == [("A", 1), ("C", 3), ("D", 4)]


def test_what_is_made_in_what_is_transient_is_so(sql: SqlSession) -> None:
    run(sql, "create table plain (i int)", "create transient database td", "create table t (i int)")
    run(sql, "create schema s", "create table s.copied clone d.public.plain", "create temporary table s.brief (i int)")
    run(sql, "create schema brief clone d.public", "use schema s")
    of_clone = "select is_transient from information_schema.tables where table_schema = 'BRIEF'"
    assert sql.execute(of_clone).rows == [("YES",)]
    run(sql, "drop schema brief")
    query = "select table_name, is_transient from information_schema.tables where table_schema <> 'INFORMATION_SCHEMA'"
    assert sorted(sql.execute(query).rows) == [("BRIEF", "NO"), ("COPIED", "YES"), ("T", "YES")]
    assert refused(sql, "create table d.public.lasting clone td.public.t")[0] == "002120"


def test_what_was_dropped_comes_back_within_its_retention(sql: SqlSession, clock: Clock) -> None:
    run(sql, "create table t (i int)", "create table none (i int) data_retention_time_in_days = 0")
    run(sql, "create schema d.long data_retention_time_in_days = 7", "create table d.long.t (i int)")
    run(
        sql,
        "create transient table d.long.brief (i int)",
        "create table d.long.other (i int)",
        "drop table d.public.none",
    )
    assert refused(sql, "undrop table d.public.none")[0] == "002003"
    assert [row[1] for row in sql.execute("show tables history in schema d.public").rows] == ["T"]
    run(sql, *(f"drop table d.{name}" for name in ("public.t", "long.t", "long.brief")))
    clock.pass_(days=1)
    for gone in ("public.t", "long.brief"):
        code, _, message = refused(sql, f"undrop table d.{gone}")
        assert code == "002003" and message.endswith("did not exist or was purged.")
    run(sql, "undrop table d.long.t", "drop schema d.long")
    clock.pass_(days=6, hours=23)
    run(sql, "undrop schema d.long", "drop schema d.long")
    clock.pass_(days=7)
    assert refused(sql, "undrop schema d.long")[0] == "002003"


def test_truncate_overwrite_replace_swap_and_undrop(sql: SqlSession, clock: Clock) -> None:
    run(sql, "create table t (k int)", "insert into t values (1), (2)")
    clock.pass_(minutes=1)
    truncate = run(sql, "truncate table t")
    overwrite = run(sql, "insert into t values (3)", "insert overwrite into t values (4)")
    assert rows(sql, f"select * from t before (statement => '{truncate}')") == [1, 2]
    assert rows(sql, f"select * from t before (statement => '{overwrite}')") == [3]
    run(sql, "create table u (k int)", "insert into u values (9)")
    clock.pass_(minutes=1)
    run(sql, "alter table t swap with u")
    assert rows(sql, "select * from u at (offset => -120)") == [1, 2]
    assert rows(sql, "select * from t at (offset => -60)") == [9]
    run(sql, "drop table u", "undrop table u", "alter table u rename to v")
    assert rows(sql, "select * from v at (offset => -120)") == [1, 2]
    clock.pass_(minutes=1)
    run(sql, "create or replace table t as select 5 as k")
    assert refused(sql, "select * from t at (offset => -60)") == NO_DATA
    run(sql, "alter table t rename to newer", "undrop table t")
    assert rows(sql, "select * from t at (offset => -60)") == [9]


def test_retention(sql: SqlSession, clock: Clock) -> None:
    run(
        sql,
        "create table t (k int)",
        "insert into t values (1)",
        "create table z (k int) data_retention_time_in_days=0",
    )
    run(sql, "insert into z values (1)")
    clock.pass_(seconds=1)
    run(sql, "delete from t", "delete from z")
    assert rows(sql, "select * from t at (offset => -1)") == [1]
    assert refused(sql, "select * from z at (offset => -1)")[0] == "000707"
    assert rows(sql, "select * from z at (offset => 0)") == []
    clock.pass_(hours=25)
    assert refused(sql, "select * from t at (offset => -60*60*25)") == NO_DATA
    # What has gone does not come back with a longer retention.
    run(sql, "alter table t set data_retention_time_in_days = 30")
    assert refused(sql, "select * from t at (offset => -60*60*25 - 1)") == NO_DATA
    run(sql, "insert into t values (2)")
    clock.pass_(days=20)
    run(sql, "delete from t")
    assert rows(sql, "select * from t at (offset => -60)") == [2]
    clock.pass_(days=20)
    assert rows(sql, "select * from t at (offset => -60*60*24*20 - 1)") == [2]
    run(
        sql, "create schema s data_retention_time_in_days = 0", "create table s.t (k int)", "insert into s.t values (1)"
    )
    clock.pass_(seconds=1)
    run(sql, "delete from s.t")
    assert refused(sql, "select * from s.t at (offset => -1)") == NO_DATA


@pytest.mark.parametrize(
    ("query", "code", "message"),
    [
        ("select * from t at (offset => -60)", "000707", NO_DATA[2]),
        ("select * from t at (timestamp => null::timestamp)", "000707", NO_DATA[2]),
        ("select * from t at (statement => 'x')", "000709", "Statement x not found"),
        ("select * from t at (offset => 60)", "002105", "Invalid data type [60] in AT(OFFSET => 60)"),
        ("select * from t at (offset => null)", "002105", "Invalid data type [null] in AT(OFFSET => null)"),
        ("select * from t at (stream => 's')", "001003", "STREAM only after CHANGES"),
        ("select * from nothing at (offset => -60)", "002003", "'NOTHING' does not exist"),
        ("update t at (offset => -60) set k = 1", "001003", ""),
        ("create table u clone t at (offset => -60)", "000707", NO_DATA[2]),
        ("create schema s2 clone public before (statement => 'x')", "000709", "Statement x not found"),
    ],
)
def test_what_is_refused(sql: SqlSession, query: str, code: str, message: str) -> None:
    run(sql, "create table t (k int)")
    found = refused(sql, query)
    assert found[0] == code
    assert message in found[2]
    assert rows(sql, "select count(*) from information_schema.tables where table_name = 'U'") == [0]


def test_clones_of_the_past(sql: SqlSession, clock: Clock) -> None:
    run(sql, "create table t (k int) comment = 'mine'", "insert into t values (1)", "create table gone (g int)")
    run(sql, "insert into gone values (7)", "create view w as select k from t", "create sequence q")
    run(sql, "create table both as select 'old' as b")
    clock.pass_(minutes=1)
    run(sql, "insert into t values (2)", "create table young (k int)", "create schema later", "use schema public")
    run(sql, "create or replace table both as select 'new' as b")
    clock.pass_(seconds=30)
    drop = run(sql, "drop table gone")
    clock.pass_(seconds=30)
    run(sql, "create view w2 as select 1 as a")
    run(sql, "create transient table c clone t at (offset => -120)")
    assert rows(sql, "select * from c") == [1]
    run(sql, "insert into c values (8)")
    assert rows(sql, "select * from c at (offset => 0)") == [1, 8]
    assert refused(sql, "select * from c at (offset => -60)")[0] == "000707"
    run(sql, "create schema past clone public at (offset => -120)", "use schema public")
    found = "select table_name from d.information_schema.tables where table_schema = 'PAST'"
    assert rows(sql, found) == ["BOTH", "GONE", "T", "W"]
    assert rows(sql, "select * from past.both") == ["old"]
    assert rows(sql, "select * from past.gone") == [7]
    assert rows(sql, "select * from past.t") == [1]
    assert sql.execute("show tables like 'T' in schema past").rows[0][5] == "mine"
    run(sql, f"create database e clone d before (statement => '{drop}')")
    assert rows(sql, "select schema_name from e.information_schema.schemata")[1:] == ["LATER", "PUBLIC"]
    sql.execute("create database f clone d at (offset => -120)")
    assert rows(sql, "select schema_name from f.information_schema.schemata") == ["INFORMATION_SCHEMA", "PUBLIC"]
    assert rows(sql, "select * from e.public.gone") == [7]
    assert rows(sql, "select k from e.public.t") == [1, 2]


def test_clones_of_the_past_over_rest(sql: SqlSession, api: Api, clock: Clock) -> None:
    run(sql, "create table t (k int)", "insert into t values (1)")
    then = clock.time
    clock.pass_(minutes=1)
    update = run(sql, "update t set k = 2")
    for name, point in (
        ("A", {"point_of_time_type": "offset", "reference": "at", "offset": "-60"}),
        ("B", {"point_of_time_type": "timestamp", "reference": "at", "timestamp": then.isoformat()}),
        ("C", {"point_of_time_type": "statement", "reference": "before", "statement": update}),
    ):
        api("POST", "databases/d/schemas/public/tables/t:clone", {"name": name, "point_of_time": point})
        assert rows(sql, f"select * from {name}") == [1]
        assert "point_of_time" not in api("GET", f"databases/d/schemas/public/tables/{name}")
    api("POST", "databases/d/schemas/public:clone", {"name": "p", "point_of_time": point})
    assert rows(sql, "select * from p.t") == [1]
    wrong = {"point_of_time_type": "offset", "reference": "at", "offset": "soon"}
    assert (
        api.error("POST", "databases/d/schemas/public/tables/t:clone", {"name": "x", "point_of_time": wrong})[0] == 400
    )


CHANGES_AND_IS_KILLED = """
import os, signal, sys
from snowcore.local import LocalAccount

account = LocalAccount(sys.argv[1])
session = account.session(database="D", schema="PUBLIC")
for k in range(int(sys.argv[2])):
    for text in (f"insert into t values ({k})", f"delete from t where k < {k}"):
        print(session.execute(text).query_id, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs kill -9")
def test_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    with LocalAccount(tmp_path) as account:
        account.execute("create database d")
        account.execute("create table d.public.t (k int)")
    command = [sys.executable, "-c", CHANGES_AND_IS_KILLED, str(tmp_path), "5"]
    ran = subprocess.run(command, capture_output=True, text=True, env={**os.environ})
    assert ran.returncode == -signal.SIGKILL
    statements = ran.stdout.split()
    assert len(statements) == 10
    with LocalAccount(tmp_path) as account:
        sql = account.session(database="D", schema="PUBLIC")
        for k, (insert, delete) in enumerate(zip(statements[::2], statements[1::2])):
            before = [k - 1] if k else []
            assert rows(sql, f"select * from t before (statement => '{insert}')") == before
            assert rows(sql, f"select * from t at (statement => '{insert}')") == [*before, k]
            assert rows(sql, f"select * from t at (statement => '{delete}')") == [k]


def test_how_long_history_is_kept_is_told_as_it_is_inherited(account: LocalAccount) -> None:
    session = account.session()
    session.execute("create database kept data_retention_time_in_days = 7")
    session.execute("create schema less data_retention_time_in_days = 3")
    for name in ("public.a (i int)", "less.b (i int)", "less.c (i int) data_retention_time_in_days = 5"):
        session.execute(f"create table {name}")
    session.execute("create transient table less.d (i int)")
    told = dict(session.execute("select table_name, retention_time from kept.information_schema.tables").rows)
    assert {name: told[name] for name in "ABCD"} == {"A": 7, "B": 3, "C": 5, "D": 1}
    session.execute("show tables in database kept")
    shown = session.execute('select "name", "retention_time" from table(result_scan(last_query_id()))').rows
    assert {name: int(days) for name, days in shown} == {"A": 7, "B": 3, "C": 5, "D": 1}
    session.execute("alter database kept set data_retention_time_in_days = 9")
    path = {"database": "kept", "schema": "public", "name": "a"}
    assert account.perform("table", "fetch", path)["data_retention_time_in_days"] == 9


def test_a_clone_may_ignore_tables_without_their_past(sql: SqlSession, clock: Clock) -> None:
    run(sql, "create schema s", "create table t as select 1 as i")
    clock.pass_(minutes=5)
    run(sql, "create schema c clone s at (offset => -60) ignore tables with insufficient data retention")
    assert sql.execute("select * from c.t").rows == [(1,)]
