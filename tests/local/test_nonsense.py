"""Whatever bytes come to the doors, the answer is JSON and says what is wrong; none is a failure inside."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from snowcore.local import LocalAccount
from snowcore.local.doors import guesses
from snowcore.local.doors.server import LocalServer

PASSWORD = "secret"
FEW = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
WORDS = st.sampled_from(
    [
        *("select 1", "select ?", "select 1; select 2", "", ";", "selec", "\0", "1", "FIXED", "TEXT", "DATE", "x", "²"),
        *("TIMEZONE", "LOCK_TIMEOUT", "9" * 30, "-1", "1e999", "true", "'", '"'),
    ]
)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False)
    | WORDS
    | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS | st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)
BINDINGS = st.dictionaries(
    st.sampled_from(["1", "2", "x", "²"]), VALUES | st.fixed_dictionaries({"type": WORDS, "value": VALUES}), max_size=2
)
PARAMETERS = st.dictionaries(
    st.sampled_from(["MULTI_STATEMENT_COUNT", "TIMEZONE", "LOCK_TIMEOUT", "AUTOCOMMIT", "x"]), VALUES, max_size=2
)


def record(**fields: Any) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries({}, optional={name: VALUES | likely for name, likely in fields.items()}) | VALUES


LOGINS = record(data=record(LOGIN_NAME=WORDS, PASSWORD=st.just(PASSWORD), SESSION_PARAMETERS=PARAMETERS))
QUERIES = record(
    sqlText=WORDS, bindings=BINDINGS, parameters=PARAMETERS, asyncExec=st.booleans(), describeOnly=st.booleans()
)
STATEMENTS = record(
    statement=WORDS, bindings=BINDINGS, parameters=PARAMETERS, timeout=st.integers(0, 9), database=WORDS, role=WORDS
)


class Doors:
    def __init__(self, server: LocalServer, http: httpx.Client) -> None:
        self.http = http
        login = {"data": {"LOGIN_NAME": server.user, "PASSWORD": PASSWORD}}
        token = http.post("/session/v1/login-request", json=login).json()["data"]["token"]
        self.known = {"Authorization": f'Snowflake Token="{token}"'}

    def post(self, path: str, content: bytes, **headers: str) -> Any:
        reply = self.http.post(path, content=content, headers={**self.known, **headers})
        assert reply.status_code < 500, reply.text
        assert reply.headers["Content-Type"] == "application/json"
        told = reply.json()
        assert told.get("code") != "000603", told
        return told


@pytest.fixture(scope="module")
def doors() -> Iterator[Doors]:
    with (
        pytest.MonkeyPatch.context() as patch,
        LocalAccount() as account,
        LocalServer(account, password=PASSWORD) as server,
        httpx.Client(base_url=server.url, trust_env=False, timeout=60) as http,
    ):
        patch.setattr(guesses, "_FREE_GUESSES", 100_000)  # else they get slow
        yield Doors(server, http)


PATHS = (
    *("/session/v1/login-request", "/session/token-request", "/session/heartbeat", "/session", "/telemetry/send"),
    *("/queries/v1/query-request", "/queries/v1/abort-request", "/queries/x/abort-request"),
    *("/api/v2/statements", "/api/v2/statements/x/cancel", "/api/v2/databases", "/api/v2/warehouses"),
)


@FEW
@given(path=st.sampled_from(PATHS), content=st.binary(max_size=40) | VALUES.map(orjson.dumps), packed=st.booleans())
def test_any_bytes(doors: Doors, path: str, content: bytes, packed: bool) -> None:
    doors.post(path, content, **({"Content-Encoding": "gzip"} if packed else {}))


@FEW
@given(body=LOGINS)
def test_any_login(doors: Doors, body: Any) -> None:
    doors.post("/session/v1/login-request", orjson.dumps(body))


@FEW
@given(body=QUERIES)
def test_any_query(doors: Doors, body: Any) -> None:
    doors.post("/queries/v1/query-request", orjson.dumps(body))


@FEW
@given(
    body=STATEMENTS, query=st.dictionaries(st.sampled_from(["requestId", "async", "nullable", "x"]), WORDS, max_size=2)
)
def test_any_statement(doors: Doors, body: Any, query: dict[str, str]) -> None:
    doors.post(f"/api/v2/statements?{httpx.QueryParams(query)}", orjson.dumps(body))
