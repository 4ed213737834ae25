"""What a server bears from callers: malformed requests, long ones, slow ones, wrong hosts and guesses."""

from __future__ import annotations

import asyncio
import gzip
import socket
from collections.abc import Iterator
from typing import Any

import attrs
import httpx
import pytest

from snowcore.local import LocalAccount
from snowcore.local.doors import bounds
from snowcore.local.doors.guesses import Guesses
from snowcore.local.doors.server import LocalServer

PASSWORD = "secret"
LOGIN = b'{"data": {"LOGIN_NAME": "me", "PASSWORD": "secret"}}'


@attrs.frozen
class Caller:
    server: LocalServer
    http: httpx.Client

    def post(self, path: str, content: bytes, **headers: str) -> httpx.Response:
        reply = self.http.post(
            path, content=content, headers={name.replace("_", "-"): v for name, v in headers.items()}
        )
        assert reply.headers["Content-Type"] == "application/json"
        reply.json()
        return reply

    def token(self) -> str:
        return f'Snowflake Token="{self.post("/session/v1/login-request", LOGIN).json()["data"]["token"]}"'


@pytest.fixture(scope="module")
def caller() -> Iterator[Caller]:
    with (
        LocalAccount() as account,
        LocalServer(account, user="me", password=PASSWORD) as server,
        httpx.Client(base_url=server.url, trust_env=False, timeout=60) as http,
    ):
        yield Caller(server, http)


MALFORMED = [
    *(b"[]", b"null", b"5", b'"x"', b"{", b"\xff", b'{"a":' * 5000),
    *(b'{"sqlText": 5}', b'{"sqlText": "select 1", "parameters": "x"}'),
    b'{"sqlText": "select 1", "parameters": {"MULTI_STATEMENT_COUNT": "x"}}',
    b'{"sqlText": "select ?", "bindings": 5}',
    b'{"sqlText": "select ?", "bindings": {"1": 5}}',
    b'{"sqlText": "select ?", "bindings": {"1": {"value": "x"}}}',
    b'{"sqlText": "select ?", "bindings": {"2": {"type": "TEXT", "value": "x"}}}',
    b'{"sqlText": "select ?, ?", "bindings": {"1": {"type": "TEXT", "value": ["a"]},'
    b' "2": {"type": "TEXT", "value": ["a", "b"]}}}',
]


@pytest.mark.parametrize("body", MALFORMED)
def test_malformed_queries_are_400(caller: Caller, body: bytes, caplog: pytest.LogCaptureFixture) -> None:
    if body != b"null":  # which is as good as nothing
        reply = caller.post("/queries/v1/query-request", body, Authorization=caller.token())
        assert (reply.status_code, reply.json()["success"], reply.json()["code"]) == (400, False, "391917")
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize("body", [*MALFORMED[:7], b'{"data": "x"}', LOGIN[:-2] + b', "SESSION_PARAMETERS": "x"}}'])
def test_malformed_logins_are_400(caller: Caller, body: bytes, caplog: pytest.LogCaptureFixture) -> None:
    reply = caller.post("/session/v1/login-request", body)
    assert (reply.status_code, reply.json()["success"]) == ((400, False) if body != b"null" else (200, False))
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize(
    ("type_", "value"),
    [
        *(("FIXED", "x"), ("REAL", "x"), ("DATE", "x"), ("DATE", "9" * 30), ("BINARY", "zz")),
        *(("TIMESTAMP_TZ", "1 999999"), ("TIME", ""), ("FIXED", 5), ("TIMESTAMP_NTZ", [])),
    ],
)
def test_values_that_are_not_of_their_type_are_refused(caller: Caller, type_: str, value: Any) -> None:
    body = {"sqlText": "select ?", "bindings": {"1": {"type": type_, "value": value}}}
    reply = caller.http.post("/queries/v1/query-request", json=body, headers={"Authorization": caller.token()})
    assert reply.json()["code"] != "000603", reply.text


@pytest.mark.parametrize("path", ["/session/v1/login-request", "/api/v2/databases", "/queries/v1/query-request"])
@pytest.mark.parametrize("content", [b"xx", gzip.compress(b"{}" * 1000, mtime=0)[:-9]])
def test_what_is_packed_badly_is_400(caller: Caller, path: str, content: bytes) -> None:
    reply = caller.post(path, content, Content_Encoding="gzip", Authorization=caller.token())
    assert reply.status_code == 400
    assert caller.post(path, b"x", Content_Encoding="br", Authorization=caller.token()).status_code == 415


def test_what_is_not_there_is_told_in_json(caller: Caller) -> None:
    for method, path, status in (
        *(("GET", "/", 404), ("PUT", "/nothing", 404), ("GET", "/session", 405), ("GET", "/api/v2", 401)),
        *(("OPTIONS", "/api/v2/databases", 401), ("TRACE", "/session/heartbeat", 405)),
    ):
        reply = caller.http.request(method, path)
        assert (reply.status_code, reply.headers["Content-Type"]) == (status, "application/json")
        assert reply.json()["message"]
    token = caller.token()
    reply = caller.http.request("PATCH", "/api/v2/databases", headers={"Authorization": token})
    assert (reply.status_code, reply.headers["Allow"]) == (405, "GET, POST")
    assert caller.http.get("/api/v2/databases/", headers={"Authorization": token}).json() == []


def test_nothing_is_unpacked_or_kept_for_strangers(caller: Caller) -> None:
    bomb = gzip.compress(bytes(50 << 20))
    assert caller.post("/session/v1/login-request", bomb, Content_Encoding="gzip").status_code == 413
    for path in ("/telemetry/send", "/queries/v1/query-request", "/session/token-request"):
        assert caller.post(path, bomb, Content_Encoding="gzip").json()["code"] in ("390103", "390115")
    assert caller.post("/session/v1/login-request", bytes(5 << 20)).status_code == 413
    chunked = caller.http.post("/session/v1/login-request", content=(bytes(1 << 16) for _ in range(50)))
    assert chunked.status_code == 413
    assert caller.http.put("/stage-files/made-up/x", content=bytes(5 << 20)).status_code == 403
    assert caller.post("/telemetry/send", bytes(5 << 20)).json()["code"] == "390103"
    long = b'{"sqlText": "select \'' + b"x" * (3 << 20) + b"'::varchar is null\"}"
    assert caller.post("/queries/v1/query-request", long, Authorization=caller.token()).json()["success"]


def test_who_is_slow_is_not_waited_for(caller: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "SECONDS", 0.2)
    for sent in (
        b"",
        b"POST /teleme",
        b"POST /session/v1/login-request HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{",
    ):
        with socket.create_connection((caller.server.host, caller.server.port), timeout=20) as connection:
            connection.sendall(sent)
            answer = connection.recv(10_000)
            assert answer == b"" or answer.startswith(b"HTTP/1.1 408")


def test_who_leaves_is_not_told_of(caller: Caller, caplog: pytest.LogCaptureFixture) -> None:
    head = b"POST /session/v1/login-request HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nabc"
    for _ in range(20):
        with socket.create_connection((caller.server.host, caller.server.port)) as connection:
            connection.sendall(head)
    caller.token()
    assert caplog.text == ""


def test_what_is_no_http_is_told_in_json(caller: Caller) -> None:
    with socket.create_connection((caller.server.host, caller.server.port)) as connection:
        connection.sendall(b"\x16\x03\x01 hello\r\n\r\n")
        assert b"application/json" in connection.recv(10_000)


@pytest.mark.parametrize(
    ("host", "ours"),
    [
        *(("127.0.0.1:1", True), ("[::1]:80", True), ("localhost", True), ("snowcore:8765", True), ("10.1.2.3", True)),
        *(("a.localhost", True), ("x.snowflakecomputing.com", True), ("host.docker.internal:1", True)),
        *(("evil.example", False), ("evil.example:80", False), ("127.0.0.1.evil.example", False), ("", False)),
    ],
)
def test_only_hosts_that_are_ours(caller: Caller, host: str, ours: bool) -> None:
    reply = caller.post("/session/v1/login-request", LOGIN, Host=host)
    assert reply.status_code == (200 if ours else 421)
    assert caller.http.get("/api/v2/databases", headers={"Host": host}).status_code == (401 if ours else 421)


async def at_once(asked: list[asyncio.Future[bool]]) -> list[asyncio.Future[bool]]:
    """Those that wait for no time."""
    for _ in range(5):
        await asyncio.sleep(0)
    return [one for one in asked if one.done()]


def test_guesses_get_slow() -> None:
    now = 0.0

    async def guess(guesses: Guesses) -> list[Any]:
        tries = [asyncio.ensure_future(guesses.told("here", False)) for _ in range(30)]
        told = await at_once(tries)
        for one in tries:
            one.cancel()
        assert await at_once([asyncio.ensure_future(guesses.told("elsewhere", True))])
        return [one.exception() or one.result() for one in told]

    guesses = Guesses(lambda: now)
    found = asyncio.run(guess(guesses))
    assert found.count(False) == 10
    assert {one.status for one in found if one is not False} == {429}

    async def guess_right() -> bool:
        (told,) = await at_once([asyncio.ensure_future(guesses.told("here", True))])
        return told.result()

    now = 1000.0
    assert asyncio.run(guess_right())
