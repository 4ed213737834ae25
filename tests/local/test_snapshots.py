"""Snapshots: what comes back is all that was, and nothing else; who is at work ends; a kill loses nothing."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from snowcore import Root
from snowcore.local import AccountError, LocalAccount
from snowcore.local.doors.server import LocalServer

from ..conftest import eventually
from .conftest import Clock

_SETUP = """
create database d;
create schema d.s;
create table d.s.t (id int autoincrement, name varchar, at timestamp_ntz default current_timestamp()::timestamp_ntz);
insert into d.s.t (name) values ('a'), ('b'), ('c');
update d.s.t set name = 'B' where name = 'b';
create table d.s.other as select 1 as n;
create sequence d.s.q start 10;
create stream d.s.changes on table d.s.t;
insert into d.s.t (name) values ('d');
create stage d.s.files;
create role reader;
grant usage on database d to role reader;
create view d.s.v as select name from d.s.t;
create table d.s.gone (n int);
drop table d.s.gone;
"""


@pytest.fixture(params=["memory", "folder"])
def account(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[LocalAccount]:
    with LocalAccount(tmp_path / "account" if request.param == "folder" else None, clock=Clock()) as account:
        yield account


def run(account: LocalAccount, script: str) -> None:
    session = account.session()
    for statement in script.strip().split(";\n"):
        session.execute(statement.rstrip(";\n"))
    session.close()


def put(account: LocalAccount, tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    account.execute(f"put 'file://{tmp_path / name}' @d.s.files auto_compress = false overwrite = true")


def state(account: LocalAccount) -> dict[str, Any]:
    """What a user can see of the account."""
    queries = {
        "rows": "select * from d.s.t",
        "other": "select * from d.s.other",
        "stream": "select name, metadata$action from d.s.changes",
        "view": "select * from d.s.v",
        "files": "list @d.s.files",
        "grants": "show grants to role reader",
        "objects": "show objects in account",
        "tables": "show tables history in schema d.s",
        "databases": "show databases",
    }
    return {name: account.execute(sql) for name, sql in queries.items()}


def test_everything_comes_back(account: LocalAccount, tmp_path: Path) -> None:
    run(account, _SETUP)
    put(account, tmp_path, "kept.csv", "1\n")
    put(account, tmp_path, "changed.csv", "1\n")
    before, then, snapshot = state(account), account.clock(), account.snapshot()
    for _ in range(2):
        run(
            account,
            """
            insert into d.s.t (name) values ('e');
            update d.s.t set name = upper(name);
            delete from d.s.t where name = 'A';
            truncate table d.s.other;
            create or replace table d.s.other (x varchar, y varchar);
            insert into d.s.other values ('x', 'y');
            alter table d.s.t add column more int;
            create table d.s.consumed as select name from d.s.changes;
            select d.s.q.nextval;
            undrop table d.s.gone;
            revoke usage on database d from role reader;
            create database later;
            create table later.public.t as select 1 as n;
            remove @d.s.files/kept.csv
            """,
        )
        put(account, tmp_path, "changed.csv", "2, and longer\n")
        put(account, tmp_path, "new.csv", "3\n")
        account.advance(days=10)
        run(account, "drop schema d.s")
        account.restore(snapshot)
        assert state(account) == before
        assert account.clock() == then
        assert account.execute("select d.s.q.nextval") == [(10,)]
        account.execute("insert into d.s.t (name) values ('e')")
        assert account.execute("select id from d.s.t where name = 'e'") == [(5,)]
        account.restore(snapshot)
    with pytest.raises(AccountError, match="LATER"):
        account.execute("select * from later.public.t")
    assert account.execute("undrop table d.s.gone")


def test_rows_come_back_in_their_order(account: LocalAccount) -> None:
    account.execute("create database d")
    account.execute("create table d.public.t as select seq4() as n from table(generator(rowcount => 5000))")
    snapshot = account.snapshot()
    account.execute("delete from d.public.t where n % 3 = 0")
    account.execute("update d.public.t set n = -n where n % 2 = 0")
    account.restore(snapshot)
    assert account.execute("select n from d.public.t") == [(n,) for n in range(5000)]


def test_the_past_is_as_it_was(account: LocalAccount) -> None:
    run(account, _SETUP)
    reads = account.session().execute("select count(*) from d.s.t")
    account.clock._source.pass_(minutes=5)  # type: ignore[attr-defined]
    account.execute("delete from d.s.t where name = 'a'")
    snapshot = account.snapshot()
    account.clock._source.pass_(minutes=5)  # type: ignore[attr-defined]
    session = account.session()
    later = session.execute("delete from d.s.t").query_id
    account.advance(days=30)  # past all retention
    account.execute("select 1")
    account.restore(snapshot)
    assert account.execute(f"select count(*) from d.s.t at (statement => '{reads.query_id}')") == [(4,)]
    assert account.execute("select count(*) from d.s.t at (offset => -400)") == [(4,)]
    with pytest.raises(AccountError, match="not found"):
        account.execute(f"select count(*) from d.s.t before (statement => '{later}')")
    texts = [text for (text,) in account.execute("select query_text from table(d.information_schema.query_history())")]
    assert "delete from d.s.t where name = 'a'" in texts
    assert "delete from d.s.t" not in texts


def test_what_is_purged_comes_back(account: LocalAccount) -> None:
    run(account, _SETUP)
    snapshot = account.snapshot()
    for name in ("t", "other"):
        account.execute(f"create or replace transient table d.s.{name} (n int) data_retention_time_in_days = 0")
        account.execute(f"drop table d.s.{name}")
    account.advance(days=40)
    account.execute("select 1")
    account.restore(snapshot)
    assert account.execute("select count(*) from d.s.t") == [(4,)]
    del snapshot
    account.execute("select 1")
    assert account.execute("select count(*), (select count(*) from d.s.other) from d.s.t") == [(4, 1)]


def test_what_an_earlier_snapshot_has_outlives_a_restore_of_a_later_one(account: LocalAccount) -> None:
    run(account, "create database d;\ncreate table d.public.t as select 1 as n;\ncreate table d.public.u (n int)")
    first = account.snapshot()
    run(account, "insert into d.public.t values (2);\ndrop table d.public.t")
    account.advance(days=3)  # so that no UNDROP brings it back
    account.execute("select 1")
    second = account.snapshot()
    run(account, "create table d.public.v (n int)")
    account.restore(second)
    account.restore(first)
    assert account.execute("select n from d.public.t") == [(1,)]


def test_open_transactions_are_left_out(account: LocalAccount) -> None:
    run(account, _SETUP)
    session = account.session()
    session.execute("begin")
    session.execute("insert into d.s.t (name) values ('open')")
    session.execute("delete from d.s.other")
    snapshot = account.snapshot()
    session.execute("commit")
    assert account.execute("select count(*) from d.s.t where name = 'open'") == [(1,)]
    account.restore(snapshot)
    assert account.execute("select count(*) from d.s.t where name = 'open'") == [(0,)]
    assert account.execute("select * from d.s.other") == [(1,)]


def test_sessions_end(account: LocalAccount) -> None:
    run(account, _SETUP)
    session, snapshot = account.session(), account.snapshot()
    session.execute("create temporary table d.s.mine (n int)")
    session.execute("begin")
    session.execute("insert into d.s.t (name) values ('open')")
    account.restore(snapshot)
    with pytest.raises(AccountError, match="restored from a snapshot") as caught:
        session.execute("select 1")
    assert caught.value.code == "390104"
    with pytest.raises(AccountError, match="MINE"):
        account.execute("select * from d.s.mine")
    assert account.execute("select count(*) from d.s.t") == [(4,)]
    session.close()


def test_what_runs_is_stopped(account: LocalAccount) -> None:
    account.execute("create database d")
    account.execute("create table d.public.t (n int)")
    snapshot, errors = account.snapshot(), list[AccountError]()
    running = threading.Barrier(3)

    def work(sql: str) -> None:
        session = account.session(database="D", schema="PUBLIC")
        running.wait()
        try:
            while True:
                session.execute(sql)
        except AccountError as error:
            errors.append(error)

    threads = [
        threading.Thread(target=work, args=[sql])
        for sql in (
            "call system$wait(1, 'hours')",
            "insert into t select seq8() from table(generator(rowcount => 100))",
        )
    ]
    for thread in threads:
        thread.start()
    running.wait()
    eventually(lambda: account.clock.next_wait and account.execute("select count(*) from d.public.t") > [(0,)])
    account.restore(snapshot)
    for thread in threads:
        thread.join(60)
    assert [error.code for error in errors] == ["390104", "390104"]
    assert account.execute("select count(*) from d.public.t") == [(0,)]


def test_runs_of_tasks_end(account: LocalAccount) -> None:
    account.execute("create database d")
    account.execute("create table d.public.t (n int)")
    account.execute("create task d.public.slow as call system$wait(60)")
    account.execute("create task d.public.often schedule = '10 seconds' as insert into d.public.t values (1)")
    snapshot = account.snapshot()
    account.execute("alter task d.public.often resume")
    account.execute("execute task d.public.slow")
    account.advance(seconds=25)
    account.restore(snapshot)
    account.advance(minutes=5)
    assert account.execute("select count(*) from d.public.t") == [(0,)]
    root = Root(account).databases["d"].schemas["public"].tasks["slow"]
    assert list(root.get_current_graphs()) == list(root.get_complete_graphs()) == []
    account.execute("alter task d.public.often resume")
    account.advance(seconds=25)
    assert account.execute("select count(*) from d.public.t") == [(2,)]


def test_drivers_and_rest_are_told(account: LocalAccount) -> None:
    import snowflake.connector as connector

    run(account, _SETUP)
    snapshot = account.snapshot()
    with LocalServer(account) as server:
        given: dict[str, Any] = {"host": server.host, "port": server.port, "protocol": "http", "account": "local"}
        who = {"user": server.user, "password": server.password}
        with connector.connect(**given, **who) as connection:
            connection.cursor().execute("delete from d.s.t")
            account.restore(snapshot)
            with pytest.raises(connector.errors.Error, match="Session no longer exists"):
                connection.cursor().execute("select 1")
        with connector.connect(**given, **who) as connection:
            assert connection.cursor().execute("select count(*) from d.s.t").fetchall() == [(4,)]
    assert Root(account).databases["d"].schemas["s"].tables["t"].fetch().rows == 4


def test_snapshots_of_another_time_are_refused(account: LocalAccount) -> None:
    first = account.snapshot()
    account.execute("create database d")
    second = account.snapshot()
    account.execute("create database e")
    account.restore(second)
    assert [row[1] for row in account.execute("show databases")] == ["D"]
    account.restore(first)
    with pytest.raises(AccountError, match="taken back"):
        account.restore(second)
    with LocalAccount() as other, pytest.raises(AccountError, match="not of this account"):
        other.restore(first)
    account.restore(first)
    assert account.execute("show databases") == []


def test_within_a_statement_nothing_is_restored(account: LocalAccount) -> None:
    with account.gate, pytest.raises(AccountError, match="within a statement"):
        account.snapshot()


def test_a_folder_is_whole_after_a_restore(tmp_path: Path) -> None:
    with LocalAccount(tmp_path / "account", clock=Clock()) as account:
        run(account, _SETUP)
        put(account, tmp_path, "kept.csv", "1\n")
        before, snapshot = state(account), account.snapshot()
        run(account, "delete from d.s.t;\ncreate table d.s.new as select 1 as n;\ndrop table d.s.other")
        account.restore(snapshot)
    with LocalAccount(tmp_path / "account", clock=Clock()) as account:
        assert state(account) == before
        assert account.execute("select d.s.q.nextval") == [(10,)]
    assert not (tmp_path / "account" / "snapshots").exists()


_KILLED = """
import os, sys
from pathlib import Path
from snowcore.local import LocalAccount
from snowcore.engine.duckdb import snapshots
from tests.local.conftest import Clock
from tests.local.test_snapshots import _SETUP, put, run
folder, at = Path(sys.argv[1]), sys.argv[2]
account = LocalAccount(folder / "account", clock=Clock())
run(account, _SETUP)
put(account, folder, "kept.csv", "1\\n")
snapshot = account.snapshot()
run(account, "delete from d.s.t;\\ncreate table d.s.new as select 1 as n;\\nselect d.s.q.nextval;\\n"
    "remove @d.s.files/kept.csv;\\ndrop table d.s.other")
def die(*_):
    os._exit(9)
setattr(snapshots, at, die)
account.restore(snapshot)
"""


@pytest.mark.parametrize("at", ["_go_back", "_fill", "_put_files"])
def test_a_kill_on_the_way_is_followed_by_its_rest(tmp_path: Path, at: str) -> None:
    with LocalAccount(clock=Clock()) as account:
        run(account, _SETUP)
        put(account, tmp_path, "kept.csv", "1\n")
        before = state(account)
    here = Path(__file__).parents[2]
    ran = subprocess.run([sys.executable, "-c", _KILLED, tmp_path, at], cwd=here, env=os.environ, timeout=240)
    assert ran.returncode == 9
    with LocalAccount(tmp_path / "account", clock=Clock()) as account:
        found = state(account)
        assert {**found, "files": found["files"][0][:3]} == {**before, "files": before["files"][0][:3]}
        assert account.execute("select d.s.q.nextval") == [(10,)]


def test_a_hundred_tables_take_milliseconds(account: LocalAccount) -> None:
    session = account.session()
    session.execute("create database d")
    for number in range(100):
        made = f"create table d.public.t{number} as select seq4() as n, uuid_string() as u"
        session.execute(f"{made} from table(generator(rowcount => 100))")
    began = time.process_time()
    snapshot = account.snapshot()
    taken = time.process_time() - began
    for number in range(0, 100, 10):
        account.execute(f"insert into d.public.t{number} values (0, '')")
    account.execute("drop table d.public.t1")
    began = time.process_time()
    account.restore(snapshot)
    restored = time.process_time() - began
    assert account.execute("select count(*) from d.public.t0") == account.execute("select count(*) from d.public.t1")
    assert taken < 0.1, f"a snapshot took {taken * 1000:.0f} ms"
    assert restored < 0.2, f"a restore took {restored * 1000:.0f} ms"  # far less, but where others are at work, too


def test_nothing_is_left_of_a_snapshot(account: LocalAccount) -> None:
    run(account, _SETUP)
    snapshot = account.snapshot()
    folder = account.engine.kept_files  # type: ignore[attr-defined]
    assert len(list(folder.iterdir())) == 1
    account.execute("create or replace table d.s.t (n int)")
    del snapshot
    assert list(folder.iterdir()) == []
    account.advance(days=3)
    account.execute("select 1")
