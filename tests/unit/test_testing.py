"""Contracts: what of a program's requests and their answers is held against the specifications, and what is told."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from snowcore import Client, LocalAccount, Root
from snowcore._auth import TokenType
from snowcore._rest_connection import RESTConnection, RESTRoot
from snowcore.cortex.chat_service import ChatRequest
from snowcore.cortex.inference_service import CompleteRequest
from snowcore.database import Database
from snowcore.exceptions import UnexpectedResponseError
from snowcore.local.doors.server import LocalServer
from snowcore.schema import Schema
from snowcore.task import Cron, Task
from snowcore.testing import ContractError, Violation, contract
from snowcore.transport import Request, Response, Timeout, TransportError
from snowcore.warehouse import Warehouse
from tests.faults.server import FaultyServer

PLACE = "/api/v2/databases/D/schemas/S/tasks"
TASK = {"name": "T", "definition": "select 1"}
PASSWORD = "hunter2-hunter2"


class Script:
    """Gives the same answer to everything."""

    def __init__(self, content: Any = TASK, status: int = 200, **headers: str) -> None:
        self.content = content if isinstance(content, bytes) else json.dumps(content).encode()
        self.status, self.headers = status, {"content-type": "application/json"} | headers

    def send(self, request: Request, timeout: Timeout) -> Response:
        return Response(self.status, self.headers, self.content)

    async def send_async(self, request: Request, timeout: Timeout) -> Response:
        await asyncio.sleep(0)
        return self.send(request, timeout)

    def close(self) -> None: ...


def hold(request: Request, answer: Script | None = None, **options: Any) -> list[Violation]:
    """What is found of one exchange."""
    client = Client(answer or Script())
    with contract(client, raises=False, **options) as found:
        client.transport.send(request, Timeout())
    assert found.count == len(found.violations)
    return found.violations


def ask(method: str = "GET", target: str = f"{PLACE}/T", body: Any = None, **headers: str) -> Request:
    if body is None:
        return Request(method, target, headers)
    return Request(method, target, {"Content-Type": "application/json"} | headers, json.dumps(body).encode())


def create_task(**fields: Any) -> Request:
    return ask("POST", PLACE, TASK | fields)


DONE = Script({"status": "done"})
REQUESTS: dict[str, tuple[Request, tuple[str, str, str]]] = {
    "no such path": (ask(target="/api/v2/nothing"), ("unknown_operation", "path", "")),
    "no such method": (ask("PATCH"), ("unknown_operation", "path", "")),
    "a name that is none": (ask(target="/api/v2/databases/D/schemas/S/tasks/a%20b"), ("pattern", "path", "/name")),
    "a parameter that is not declared": (
        ask("DELETE", f"{PLACE}/T?force=true"),
        ("unknown_parameter", "query", "/force"),
    ),
    "a parameter of another type": (ask("DELETE", f"{PLACE}/T?ifExists=perhaps"), ("type", "query", "/ifExists")),
    "a value that is not allowed": (
        ask("POST", f"{PLACE}?createMode=sometimes", TASK),
        ("enum", "query", "/createMode"),
    ),
    "a parameter twice": (ask("DELETE", f"{PLACE}/T?ifExists=true&ifExists=true"), ("twice", "query", "/ifExists")),
    "a parameter out of bounds": (ask(target=f"{PLACE}?showLimit=0"), ("bound", "query", "/showLimit")),
    "no body": (ask("POST", PLACE), ("required", "body", "")),
    "a body where none is": (ask("GET", f"{PLACE}/T", {}), ("body", "body", "")),
    "no JSON": (Request("POST", PLACE, {"Content-Type": "application/json"}, b"{"), ("json", "body", "")),
    "another content type": (
        Request("POST", PLACE, {"content-type": "text/plain"}, b"x"),
        ("content_type", "body", ""),
    ),
    "a field that is missing": (ask("POST", PLACE, {"name": "T"}), ("required", "body", "/definition")),
    "a field of another type": (create_task(comment=1), ("type", "body", "/comment")),
    "null where it is not allowed": (create_task(comment=None), ("type", "body", "/comment")),
    "a field of a field": (
        create_task(schedule={"schedule_type": "MINUTES_TYPE", "minutes": "5"}),
        ("type", "body", "/schedule/minutes"),
    ),
    "an item": (create_task(predecessors=["A", 2]), ("type", "body", "/predecessors/1")),
    "a variant that is none": (
        create_task(schedule={"schedule_type": "DAILY"}),
        ("variant", "body", "/schedule/schedule_type"),
    ),
    "what only the server sets": (create_task(created_on="2026-01-01T00:00:00Z"), ("read_only", "body", "/created_on")),
    "a field that is not declared": (create_task(**{"a/b~": 1}), ("unknown_field", "body", "/a~1b~0")),
}


@pytest.mark.parametrize("what", REQUESTS)
def test_a_request_that_violates(what: str) -> None:
    request, expected = REQUESTS[what]
    answer = Script([TASK]) if "?show" in request.target else Script() if request.method == "GET" else DONE
    (found,) = hold(request, answer)
    assert (found.rule, found.part, found.where) == expected
    assert (found.method, found.path) == (request.method, request.target.partition("?")[0])
    assert found.operation.startswith("task.") or found.rule == "unknown_operation"


ANSWERS: dict[str, tuple[Script, tuple[str, str]]] = {
    "a status that is not declared": (Script(status=418), ("status", "")),
    "another content type": (Script(TASK, 200, **{"content-type": "text/html"}), ("content_type", "")),
    "no JSON": (Script(b"<html>"), ("json", "")),
    "nothing": (Script(b""), ("empty", "")),
    "another type": (Script([TASK]), ("type", "")),
    "a field that is missing": (Script({"name": "T"}), ("required", "/definition")),
    "null for what is required": (Script(TASK | {"name": None}), ("type", "/name")),
    "a field of another type": (Script(TASK | {"owner": 1}), ("type", "/owner")),
    "a value that is not allowed": (Script(TASK | {"state": "asleep"}), ("enum", "/state")),
    "a time that is none": (Script(TASK | {"created_on": "today"}), ("format", "/created_on")),
    "an error of another form": (Script({"message": 1}, status=404), ("type", "/message")),
}


@pytest.mark.parametrize("what", ANSWERS)
def test_an_answer_that_violates(what: str) -> None:
    answer, expected = ANSWERS[what]
    (found,) = hold(ask(), answer)
    assert (found.part, found.rule, found.where) == ("answer", *expected)
    assert (found.operation, found.path) == ("task.fetchTask", f"{PLACE}/T")


def test_what_a_newer_server_answers_is_noted_and_with_strict_a_violation() -> None:
    newer = Script(TASK | {"mood": "good", "schedule": {"schedule_type": "DAILY"}, "comment": None})
    client = Client(newer)
    with contract(client) as found:
        client.transport.send(ask(), Timeout())
    assert [(note.rule, note.where) for note in found.notes] == [
        ("unknown_field", "/mood"),
        ("unknown_variant", "/schedule/schedule_type"),
    ]
    assert [violation.where for violation in hold(ask(), newer, strict=True)] == ["/mood", "/schedule/schedule_type"]


def test_results_are_held_as_what_they_are_the_results_of() -> None:
    client = Client(Script({"message": "soon"}, 202, location="/api/v2/results/abc"))
    with contract(client, raises=False) as found:
        client.transport.send(ask(), Timeout())
        client.transport = found.wrap(Script({"name": 1, "definition": ""}))
        client.transport.send(ask(target="/api/v2/results/abc"), Timeout())
    assert [(each.operation, each.where) for each in found.violations] == [("result.fetchResult", "/name")]


def test_it_tells_what_where_and_by_which_call_but_no_value() -> None:
    client = Client(DONE)
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {PASSWORD}"}
    body = json.dumps({"name": PASSWORD, "password": [PASSWORD], "type": PASSWORD}).encode()
    with pytest.raises(ContractError) as error, contract(client):
        client.transport.send(Request("POST", f"/api/v2/users?createMode={PASSWORD}", headers, body), Timeout())
    assert PASSWORD not in f"{error.value!s} {error.value.violations!r}"
    assert "user.createUser (POST /api/v2/users): body /password: expected string, not array" in str(error.value)


def test_an_error_of_the_block_stays_and_is_told_of_violations() -> None:
    client = Client(DONE)
    with pytest.raises(KeyError) as error, contract(client):
        client.transport.send(ask("DELETE", f"{PLACE}/T?force=true"), Timeout())
        raise KeyError("mine")
    assert "/force" in "".join(error.value.__notes__)


class Broken(Script):
    def send(self, request: Request, timeout: Timeout) -> Response:
        raise TransportError("the connection broke", sent=True)


def test_a_request_without_an_answer_is_held() -> None:
    client = Client(Broken())
    with contract(client, raises=False) as found, pytest.raises(TransportError):
        client.transport.send(Request("GET", f"{PLACE}/T?colour=red", {}, None), Timeout())
    assert [(one.rule, one.where) for one in found.violations] == [("unknown_parameter", "/colour")]


def test_a_good_answer_is_no_longer_one_as_another_type_or_status() -> None:
    script = Script()
    client = Client(script)
    with contract(client, raises=False) as found:
        for status, kind in (200, "application/json"), (200, "text/html"), (299, "application/json"):
            script.status, script.headers = status, {"content-type": kind}
            client.transport.send(Request("GET", f"{PLACE}/T", {}, None), Timeout())
    assert [one.rule for one in found.violations] == ["content_type", "status"]


def test_threads_lose_nothing() -> None:
    client = Client(Script())
    with contract(client, raises=False) as found, ThreadPoolExecutor(8) as pool:
        request = Request("GET", f"{PLACE}/T?colour=red", {}, None)
        list(pool.map(lambda _: client.transport.send(request, Timeout()), range(999)))
    assert found.calls == {"task.fetchTask": 999}
    assert found.count == len(found.violations) == 999


def test_only_what_is_in_the_block_is_held() -> None:
    client = Client(DONE)
    before = client.transport
    with contract(client) as found:
        pass
    client.transport.send(ask("DELETE", f"{PLACE}/T?force=true"), Timeout())
    assert client.transport is before and not found.calls


def work(root: Root) -> None:
    """Calls of many kinds, blocking and in the background."""
    root.databases.create(Database(name="D"))
    tasks = root.databases["D"].schemas.create(Schema(name="S")).tasks
    root.warehouses.create(Warehouse(name="W"))
    tasks.create(Task("T", "select 1", schedule=Cron("0 * * * *", "UTC"), warehouse="W"))
    tasks["T"].create_or_alter(Task("T", "select 2"))
    waiting = [tasks["T"].fetch_async() for _ in range(20)]
    assert {task.result().name for task in waiting} == {"T"}
    assert [task.name for task in tasks.iter(like="%")] == ["T"]
    root.with_context(role="ACCOUNTADMIN").databases["D"].schemas["S"].tasks["T"].drop()


def test_the_embedded_account_in_this_process() -> None:
    with LocalAccount() as account, contract(root := Root(account), strict=True) as found:
        work(root)
    assert found.calls["task.fetchTask"] == 20 and found.calls["task.deleteTask"] == 1 and not found.notes


async def work_async(root: Root) -> None:
    """The same in asyncio."""
    tasks = root.databases["D"].schemas["S"].tasks
    await tasks.create_async(Task("T", "select 1"))
    found = await asyncio.gather(*(tasks["T"].fetch_async() for _ in range(20)))
    assert {task.name for task in found} == {"T"}


@contextmanager
def serve(account: LocalAccount) -> Generator[Root, None, None]:
    """An account behind a real socket."""
    with LocalServer(account, user="me", password=PASSWORD) as server:
        login = {"data": {"LOGIN_NAME": "me", "PASSWORD": PASSWORD}}
        answer = httpx.post(f"{server.url}/session/v1/login-request", json=login, trust_env=False, timeout=60).json()
        token = answer["data"]["token"]
        yield RESTRoot(RESTConnection("127.0.0.1", server.port, TokenType.SESSION_TOKEN, token, protocol="http"))


def test_real_http() -> None:
    with LocalAccount() as account, serve(account) as root, contract(root, strict=True) as found:
        work(root)
        asyncio.run(work_async(root))
    assert found.calls["task.fetchTask"] == 40


def test_streams_over_real_http() -> None:
    head = "HTTP/1.1 200 OK\r\nContent-Type: {}\r\nTransfer-Encoding: chunked\r\n\r\n9\r\ndata: 1\n\n\r\n0\r\n\r\n"
    answers = [head.format(media).encode() for media in ("text/event-stream;charset=utf-8", "text/csv")]
    request = ChatRequest(query="q")
    with FaultyServer(answers[0], answers[0], answers[1]) as server:
        root = RESTRoot(RESTConnection("127.0.0.1", server.port, TokenType.SESSION_TOKEN, "t", protocol="http"))
        service = root.cortex_chat_service
        with pytest.raises(UnexpectedResponseError) as error, contract(root, raises=False) as found:
            assert [event.data for event in service.chat(request)] == ["1"]
            assert [event.data for event in service.chat_async(request).result(timeout=60)] == ["1"]
            assert not found.count
            service.chat(request)
    assert sum(found.calls.values()) == 3
    assert "answer: expected text/event-stream, not text/csv" in "".join(error.value.__notes__)


EVENTS = b'data: {"id": 1}\n\ndata: [1]\n\ndata: x\n\ndata: [DONE]\n\n'


@pytest.mark.parametrize("over_http", [True, False])
def test_events_are_held_one_by_one(over_http: bool) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: %d\r\n\r\n" % len(EVENTS)
    request = CompleteRequest(model="m", messages=[])
    with FaultyServer(head + EVENTS) as server:
        client: Any = RESTConnection("127.0.0.1", server.port, TokenType.SESSION_TOKEN, "t", protocol="http")
        root = RESTRoot(client)
        if not over_http:
            root.client.transport = Script(EVENTS, **{"content-type": "text/event-stream"})
        with contract(root, raises=False) as found:
            assert len(list(root.cortex_inference_service.complete(request))) == 4
    assert [str(one).partition("answer ")[2] for one in found.violations] == [
        "/1: expected object, not array",
        "/2: it is not JSON",
    ]


def test_own_operations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "theirs" / "rest" / "openapi"
    folder.mkdir(parents=True)
    for package in (folder.parent, folder.parent.parent):
        (package / "__init__.py").write_text("")
    answer = {"content": {"application/json": {"schema": {"type": "object", "properties": {"a": {"type": "string"}}}}}}
    document = {"paths": {"/api/v2/pets": {"get": {"operationId": "pets", "responses": {"200": answer}}}}}
    (folder / "pet.json").write_text(json.dumps(document | {"components": {}}))
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    (found,) = hold(ask(target="/api/v2/pets"), Script({"a": 1}), packages=("theirs",))
    assert str(found) == "pet.pets (GET /api/v2/pets): answer /a: expected string, not integer"


FIXTURE = """
from snowcore import Client
from snowcore.transport import Response, Timeout, Request

class Script:
    def send(self, request, timeout):
        return Response(200, {"content-type": "application/json"}, b'{"name": "T", "definition": ""}')

def test_good(snowcore_contract):
    client = Client(Script())
    held = snowcore_contract(client)
    client.transport.send(Request("GET", "/api/v2/databases/D/schemas/S/tasks/T", {}), Timeout())
    assert held.calls == {"task.fetchTask": 1}

def test_bad(snowcore_contract):
    client = Client(Script())
    snowcore_contract(client)
    client.transport.send(Request("GET", "/api/v2/databases/D/schemas/S/tasks/T?x=1", {}), Timeout())
"""


def test_the_fixture(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(FIXTURE)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path)]
    run = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
    assert "2 passed, 1 error" in run.stdout and "/x: not a parameter that is declared" in run.stdout


def test_importing_the_sdk_loads_nothing_of_it() -> None:
    code = "import sys, snowcore; snowcore.Root; sys.exit('snowcore._schemas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
