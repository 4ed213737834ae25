"""Sessions side by side: who waits for whom, what they see of each other, and what is undone."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import attrs
import orjson
import pytest

from snowcore.local import AccountError, LocalAccount
from snowcore.local.doors.logins import Admitted, Logins
from snowcore.local.sql import SqlSession

from ..conftest import eventually


@attrs.frozen
class Together:
    account: LocalAccount
    threads: ThreadPoolExecutor

    def session(self) -> SqlSession:
        return self.account.session(database="D", schema="PUBLIC")

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return list(self.session().execute(sql).rows)

    def start(self, do: Callable[[], Any]) -> Future[Any]:
        """Begin something that has to wait for a table, and go on when it does."""
        waiting = self.account.engine.locks._waiting
        before, future = len(waiting), self.threads.submit(do)
        eventually(lambda: len(waiting) > before)
        assert not future.done()
        return future

    def run(self, sql: str) -> Future[Any]:
        return self.start(lambda: self.session().execute(sql))

    def rest(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        headers = {"Content-Type": "application/json"}
        content = None if body is None else orjson.dumps(body)
        status, _, answer = self.account.handle_request(method, f"/api/v2/{path}", headers, content)
        return status, orjson.loads(answer)


@pytest.fixture
def together() -> Iterator[Together]:
    with LocalAccount() as account, ThreadPoolExecutor(16) as threads:
        account.execute("create database d")
        for name in "abc":
            account.execute(f"create table d.public.{name} (i int)")
            account.execute(f"insert into d.public.{name} values (1)")
        yield Together(account, threads)


def test_what_waits_changes_the_table_that_is_there_then(together: Together) -> None:
    together.rows("update a set i = 0 + i")
    first = together.session()
    first.execute("begin")
    first.execute("update a set i = i + 1")
    waiting = [
        together.run(sql)
        for sql in (
            "alter table a add column j int",
            "update a set i = i + 10",
            "update a set i = 0 + i",
            "delete from a where i = 0",
            "alter table a add column k int",
            "update a set i = i + 100",
        )
    ]
    first.execute("commit")
    for future in waiting:
        future.result(60)
    assert together.rows("select * from a") == [(112, None, None)]


def test_each_statement_sees_what_others_have_committed(together: Together) -> None:
    first = together.session()
    first.execute("begin")
    first.execute("insert into a values (2)")
    together.rows("insert into b values (2)")
    assert first.execute("select count(*) from b").rows == [(2,)]
    together.rows("insert into b values (3)")
    assert first.execute("update b set i = 9").rows == [(3, 0)]
    assert together.rows("select count(*) from a") == [(1,)]
    with pytest.raises(AccountError, match="Division by zero"):
        first.execute("insert into a select 1 / 0")
    first.execute("commit")
    assert together.rows("select * from a order by 1") == [(1,), (2,)]
    assert together.rows("select distinct i from b") == [(9,)]


def test_who_waited_for_a_change_goes_on_from_it(together: Together) -> None:
    first, second = together.session(), together.session()
    for session in (first, second):
        session.execute("begin")
    first.execute("update a set i = i + 1")
    second.execute("update b set i = i + 1")
    waiting = together.start(lambda: second.execute("update a set i = i * 10"))
    first.execute("commit")
    waiting.result(60)
    second.execute("commit")
    assert together.rows("select a.i, b.i from a, b") == [(20, 2)]


def test_nobody_waits_in_a_circle(together: Together) -> None:
    first, second = together.session(), together.session()
    for session in (first, second):
        session.execute("begin")
    first.execute("update a set i = 2")
    second.execute("update b set i = 2")
    waiting = together.start(lambda: first.execute("update b set i = 3"))
    with pytest.raises(AccountError) as caught:
        second.execute("update a set i = 3")
    assert caught.value.code == "000625"
    second.execute("commit")
    waiting.result(60)
    first.execute("commit")
    assert together.rows("select a.i, b.i from a, b") == [(2, 3)]


def test_who_waits_can_be_stopped(together: Together) -> None:
    first, second = together.session(), together.session()
    first.execute("begin")
    first.execute("update a set i = 2")
    waiting = together.start(lambda: second.execute("update a set i = 3"))
    assert second.cancel()
    with pytest.raises(AccountError) as caught:
        waiting.result(60)
    assert caught.value.code == "000604"


@pytest.mark.parametrize("by_rest", [False, True])
def test_ddl_waits_only_for_what_touches_its_table(together: Together, by_rest: bool) -> None:
    first = together.session()
    first.execute("begin")
    first.execute("update a set i = 2")
    columns = [{"name": "i", "datatype": "int"}, {"name": "j", "datatype": "int"}]
    change = {"name": "a", "columns": columns}
    if by_rest:
        waiting = together.start(lambda: together.rest("PUT", "databases/d/schemas/public/tables/a", change))
    else:
        waiting = together.run("alter table a add column j int")
    for sql in (
        "create table n (i int)",
        "alter table b add column j int",
        "create or replace table c as select * from a",
        "drop table n",
        "create schema s",
        "drop schema s",
        "create database e",
        "drop database e",
    ):
        together.rows(sql)
    assert together.rest("PUT", "databases/d/schemas/public/tables/n", {**change, "name": "n"})[0] == 200
    assert not waiting.done()
    first.execute("commit")
    waiting.result(60)
    assert together.rows("select * from a") == [(2, None)]


@pytest.mark.parametrize("sql", ["drop schema d.public", "drop database d", "create or replace database d"])
def test_who_drops_a_whole_waits_for_those_who_change_a_part(together: Together, sql: str) -> None:
    first = together.session()
    first.execute("begin")
    first.execute("insert into a values (2)")
    waiting = together.run(sql)
    together.rows("create database other")  # which nobody keeps from being made
    assert not waiting.done()
    first.execute("commit")
    waiting.result(60)
    if not sql.startswith("create"):
        together.account.execute(sql.replace("drop", "undrop"))
        assert together.rows("select * from a order by 1") == [(1,), (2,)]


def test_a_long_query_of_rest_keeps_nobody_from_changing_the_account(together: Together) -> None:
    query = "databases/d/schemas/public/tables:as-select?query=select%20system$wait(2)%20as%20w"
    waiting = together.threads.submit(together.rest, "POST", query, {"name": "n"})
    first = together.session()
    first.execute("begin")
    first.execute("update a set i = 2")
    together.rows("create table other (i int)")
    first.execute("commit")
    assert waiting.result(60)[0] in (200, 400)
    names = [row["name"] for row in together.rest("GET", "databases/d/schemas/public/tables")[1]]
    assert not [name for name in names if "SNOWCORE" in name]


def test_a_table_made_by_a_query_of_rest(together: Together) -> None:
    tables = "databases/d/schemas/public/tables"
    for mode, status in (("errorIfExists", 409), ("ifNotExists", 200), ("orReplace", 200)):
        query = f"{tables}:as-select?query=select%20i%2B1%20as%20i%20from%20a&createMode={mode}"
        assert together.rest("POST", query, {"name": "a"})[0] == status
        assert together.rows("select * from a") == [(2,) if mode == "orReplace" else (1,)]
    assert together.rest("POST", f"{tables}:as-select?query=select%201%20/%200%20as%20i", {"name": "z"})[0] == 400
    names = "select table_name from information_schema.tables where table_schema = 'PUBLIC' order by 1"
    assert together.rows(names) == [("A",), ("B",), ("C",)]


def test_transactions_have_numbers(together: Together) -> None:
    session = together.session()
    assert session.execute("select current_transaction()").rows == [(None,)]
    for begin in ("begin", "begin work", "begin name x", "start transaction", "start transaction name y"):
        session.execute(begin)
        ((number,),) = session.execute("select current_transaction()").rows
        assert number.isdigit()
        session.execute("rollback")


@pytest.mark.parametrize(
    "look",
    [
        "show service containers in service s",
        "show service instances in service s",
        "show endpoints in service s",
        "show roles in service s",
        "show grants of service role s!all_endpoints_usage",
        "select system$pipe_status('p')",
        "show tasks",
        "describe pipe p",
    ],
)
def test_what_only_looks_leaves_a_transaction_open(together: Together, look: str) -> None:
    session = together.session()
    session.execute("create stage files")
    session.execute("create pipe p as copy into a from @files")
    session.execute("create compute pool cp min_nodes = 1 max_nodes = 1 instance_family = CPU_X64_XS")
    said = "spec: {containers: [{name: main, image: /d/public/r/none:1}], endpoints: [{name: web, port: 8080}]}"
    session.execute(f"create service s in compute pool cp from specification $${said}$$")
    session.execute("begin")
    session.execute("insert into a values (9)")
    session.execute(look)
    session.execute("rollback")
    assert together.rows("select * from a") == [(1,)]


def test_a_replaced_table_is_no_trap_for_who_has_changed_it(together: Together) -> None:
    first = together.session()
    first.execute("begin")
    first.execute("insert into a values (2)")
    together.rows("create or replace table a (x int)")
    together.rows("insert into a values (5)")
    with pytest.raises(AccountError, match="Division"):
        first.execute("insert into b select 1 / 0")
    first.execute("insert into b values (7)")
    first.execute("commit")
    assert together.rows("select * from a") == [(5,)]
    assert together.rows("select * from b order by 1") == [(1,), (7,)]


def test_closed_sessions_say_so(together: Together) -> None:
    session = together.session()
    session.close()
    session.interrupt()
    for use in (lambda: session.execute("begin"), lambda: session.describe("select 1"), lambda: session.use("D")):
        with pytest.raises(AccountError, match="closed"):
            use()


def test_what_sessions_alter_in_one_table_at_the_same_time_is_all_there(together: Together) -> None:
    ready = threading.Barrier(4)

    def alter(number: int) -> None:
        session = together.session()
        ready.wait()
        for count in range(8):
            name = f"x_{number}_{count}"
            session.execute(f"alter table a add constraint {name} unique (i)")
            session.execute(f"alter table a add column {name} int comment '{name}'")

    list(together.threads.map(alter, range(4)))
    said = together.account.perform("table", "fetch", {"database": "d", "schema": "public", "name": "a"})
    names = sorted(f"X_{number}_{count}" for number in range(4) for count in range(8))
    assert sorted(key["name"] for key in said["constraints"]) == names
    assert sorted(column.get("comment", "") for column in said["columns"]) == ["", *map(str.lower, names)]


def test_a_change_of_a_table_that_is_refused_leaves_nothing(together: Together) -> None:
    session = together.session()
    session.execute("truncate table a")
    session.execute("alter table a add primary key (i)")
    places = together.account.engine.store.places()
    with pytest.raises(AccountError, match="primary key already exists"):
        session.execute("alter table a add column k int primary key")
    assert session.execute("select * from a").columns[-1].name == "I"
    assert together.account.engine.store.places() == places


@pytest.fixture
def hurried() -> Iterator[None]:
    """Threads take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(before)


def test_sessions_begin_while_others_are_looked_through(together: Together, hurried: None) -> None:
    def clock() -> float:
        time.sleep(0)  # it is another thread's turn
        return 0.0

    logins = Logins(together.account, "u", "p", clock)

    def come(_: int) -> None:
        for _ in range(60):
            logins.open(Admitted("U"), {}, {})

    def look(_: int) -> None:
        for _ in range(300):
            together.account.engine.connections()
            list(together.account.sessions)

    list(together.threads.map(lambda do: do(0), [come, look] * 6))
    assert len(list(together.account.sessions)) >= 360


@pytest.mark.parametrize("by_rest", [False, True])
def test_who_alters_a_table_has_a_turn_among_many_who_write(together: Together, by_rest: bool) -> None:
    done = threading.Event()

    def write(_: int) -> None:
        session = together.session()
        while not done.is_set():
            session.execute("insert into a (i) values (1)")

    writers = [together.threads.submit(write, number) for number in range(8)]
    try:
        for count in range(3):
            if by_rest:
                columns = [{"name": name, "datatype": "int"} for name in ["i", *"xyz"[: count + 1]]]
                answer = together.rest("PUT", "databases/d/schemas/public/tables/a", {"name": "a", "columns": columns})
                assert answer[0] == 200, answer
            else:
                together.rows(f"alter table a add column x{count} int")
    finally:
        done.set()
    for writer in writers:
        writer.result()
    assert len(together.session().execute("select * from a limit 1").columns) == 4
    together.rows("update a set i = 2")  # nobody has it any more
