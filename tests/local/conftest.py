"""An embedded account and a client of its REST door, which checks every answer against the documents."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import attrs
import orjson
import pytest

from snowcore.local import AccountError, LocalAccount
from snowcore.local.account.catalog import stamp
from snowcore.local.account.documents import Endpoint, documents
from snowcore.local.sql import SqlSession

from ..conftest import eventually

Door = Callable[[str], str]
"""Runs a statement, and tells how it went: `OK`, or the number of the error."""
OK = "ok"
ERROR = {"$ref": "#/components/schemas/ErrorResponse"}


def door_of(connection: Any) -> Door:
    """A connection of a driver as a door."""
    from snowflake.connector.errors import Error

    def execute(text: str) -> str:
        try:
            connection.cursor().execute(text)
        except Error as error:
            return f"{error.errno:06}"
        return OK

    return execute


class Clock:
    """Time that passes when a test says so."""

    def __init__(self) -> None:
        self.time = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def pass_(self, **amount: float) -> None:
        self.time += timedelta(**amount)


@attrs.frozen
class Reply:
    status: int
    headers: dict[str, str]
    body: Any


class Api:
    """`api("POST", "warehouses", {...}, createMode="orReplace")`. Expects success, unless `status` says otherwise."""

    def __init__(self, account: LocalAccount) -> None:
        self.account = account

    def __call__(self, method: str, path: str, body: Any = None, *, status: int = 200, **query: Any) -> Any:
        reply = self.ask(method, path, body, **query)
        assert reply.status == status, reply.body
        return reply.body

    def error(self, method: str, path: str, body: Any = None, **query: Any) -> tuple[int, str, str]:
        """Status, error code and message of what must fail."""
        reply = self.ask(method, path, body, **query)
        assert reply.status >= 400, reply.body
        return reply.status, reply.body["error_code"], reply.body["message"]

    def ask(self, method: str, path: str, body: Any = None, **query: Any) -> Reply:
        target = f"/api/v2/{path}"
        if query:
            target += "?" + "&".join(f"{name}={quote(str(value), safe='')}" for name, value in query.items())
        content = None if body is None else orjson.dumps(body)
        status, headers, answer = self.account.handle_request(
            method, target, {"Content-Type": "application/json"}, content
        )
        reply = Reply(status, headers, orjson.loads(answer))
        self.check(method, target, reply)
        return reply

    def run(self, task: str, **query: Any) -> None:
        """Execute a task, and wait for its run as a program on a real account must."""
        self("POST", f"{task}:execute", **query)
        self.wait(task)

    def wait(self, task: str) -> None:
        """Wait until no run of a task is under way."""
        runs = f"{task}/current-graphs"
        eventually(lambda: not any(run["scheduled_time"] <= self.now for run in self("GET", runs)))

    @property
    def now(self) -> str:
        return stamp(self.account.clock())

    def check(self, method: str, target: str, reply: Reply) -> None:
        """Every answer is what its document promises."""
        assert reply.headers["Content-Type"] == "application/json"
        assert re.fullmatch(r"[0-9a-f-]{36}", reply.headers["X-Snowflake-Request-ID"])
        if reply.status == 200 and (operation := promised(method, target)) is not None:
            operation.document.check(operation.answer, reply.body, "the answer")
        if reply.status >= 400:
            documents()["database"].check(ERROR, reply.body, "the answer")
            assert reply.body["request_id"] == reply.headers["X-Snowflake-Request-ID"]
            assert "Traceback" not in reply.body["message"]


def promised(method: str, target: str) -> Endpoint | None:
    path = target.partition("?")[0]
    found = [
        operation
        for document in documents().values()
        for operation in document.operations
        if operation.method == method
        and re.fullmatch(re.sub(r"\\\{\w+\\\}", "[^/:]+", re.escape(operation.path)), path)
    ]
    return min(found, key=lambda operation: operation.path.count("{"), default=None)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def account(clock: Clock) -> Iterator[LocalAccount]:
    with LocalAccount(clock=clock) as account:
        yield account
        account.cancel(0)


@pytest.fixture
def api(account: LocalAccount) -> Api:
    return Api(account)


@pytest.fixture
def home(api: Api) -> str:
    """The path of a schema to try things in."""
    api("POST", "databases", {"name": "d"})
    return "databases/d/schemas/public"


@pytest.fixture
def session() -> Iterator[SqlSession]:
    """One with three rows in a table T."""
    with LocalAccount() as account:
        session = account.session()
        session.execute("create database d")
        session.execute("create table t (i int, s varchar)")
        session.execute("insert into t values (1, 'one'), (2, 'two'), (3, 'three')")
        yield session
        session.close()


Run = Callable[..., list[tuple[Any, ...]]]
"""Runs statements, and gives the rows of the last one."""


@pytest.fixture
def run(account: LocalAccount) -> Run:
    """Run a statement in a schema with a log, which says when in UTC."""
    session = account.session()
    session.execute("create database d")
    session.execute("alter session set timezone = 'UTC'")
    session.execute("create table log (n int autoincrement, at timestamp_ntz default sysdate(), name varchar)")
    return lambda sql, values=None: list(session.execute(sql, values).rows)


def note(name: str) -> str:
    """The statement that writes into that log."""
    return f"insert into log (name) values ('{name}')"


@contextmanager
def cancelled(session: SqlSession, begun: Callable[[], object] = lambda: True) -> Iterator[None]:
    """The statement within it is stopped from another thread, once it runs and has begun."""
    with ThreadPoolExecutor(1) as threads:
        stopped = threads.submit(lambda: eventually(lambda: begun() and session.cancel()))
        yield
        stopped.result()


def running(session: SqlSession) -> Run:
    def run(*lines: str) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = []
        for line in lines:
            rows = list(session.execute(line).rows)
        return rows

    return run


def refusal(run: Run, sql: str) -> str:
    """The number of the error that a statement ends in."""
    with pytest.raises(AccountError) as caught:
        run(sql)
    return caught.value.code


def rows(sql: SqlSession, text: str) -> list[Any]:
    """The rows, in order; of one column its values."""
    found = sorted(sql.execute(text).rows, key=repr)
    return [row[0] if len(row) == 1 else tuple(row) for row in found]


def runs(pid: int) -> bool:
    """Whether a process is there and has not ended. It may end while it is asked."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
