"""What the console asks of its server: what a driver or a program of REST asks, and is told no more."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import attrs
import httpx
import orjson
from starlette.types import ASGIApp

from .values import Failure, Table, told

_RENEWED = "390112"
"""What a login is told whose token is too old, and that gets another."""
_OVER = ("390101", "390103", "390104", "390114", "390115")
"""What it is told when there is no such login any more."""
_MISSING = ("002003", "002043")
"""What is told of objects that aren't there."""
TAG = "snowcore console"
"""By which the history of queries knows those that only fill a page."""


class Ended(Exception):
    """Whoever asks must log in again."""


@attrs.define(eq=False)
class Login:
    """Of a driver's session, which runs what is written into the worksheet, and whose role all pages have."""

    user: str
    token: str = attrs.field(repr=False)
    master: str = attrs.field(repr=False)
    renewing: asyncio.Lock = attrs.field(factory=asyncio.Lock, init=False)


class Door:
    def __init__(self, server: ASGIApp) -> None:
        self._server = server

    async def log_in(self, user: str, password: str, address: str) -> Login:
        """address: from where, since guesses are slowed for each. Failure for who isn't let in."""
        data = {"LOGIN_NAME": user, "PASSWORD": password, "CLIENT_APP_ID": TAG}
        answer = await self._ask("POST", "/session/v1/login-request", {"data": data}, address=address)
        if not answer["success"]:
            raise Failure(429 if answer["code"] == "390102" else 401, answer["message"], answer["code"])
        given = answer["data"]
        return Login(given["displayUserName"], given["token"], given["masterToken"])

    async def log_out(self, login: Login) -> None:
        await self._ask("DELETE", "/session", None, login.token)

    async def sql(self, login: Login, text: str, *values: str) -> Table:
        """The rows of a statement that fills a page, in a session of its own with the login's role and warehouse."""
        bound = {str(at): {"type": "TEXT", "value": value} for at, value in enumerate(values, 1)}
        asked = {"statement": text, "bindings": bound, "parameters": {"QUERY_TAG": TAG}}
        answer = await self._of(login, "POST", "/api/v2/statements", asked)
        if "resultSetMetaData" not in answer:
            raise Failure(504, "It takes too long to show this here; ask for it in the worksheet.")
        described = answer["resultSetMetaData"]
        return attrs.evolve(told(described["rowType"], answer["data"], None), total=described["numRows"])

    # The worksheet's statements, in the login's own session

    async def start(self, login: Login, text: str) -> str:
        """Have statements run, one after the other. The query's id."""
        asked = {"sqlText": text, "asyncExec": True, "parameters": {"MULTI_STATEMENT_COUNT": 0}}
        return (await self._of(login, "POST", "/queries/v1/query-request", asked))["data"]["queryId"]

    async def status(self, login: Login, id_: str, patience: float = 0) -> Mapping[str, Any]:
        """What is known of a query, when it has ended or after so many seconds. Failure if nothing is."""
        until = asyncio.get_running_loop().time() + patience
        while True:
            found = (await self._of(login, "GET", f"/monitoring/queries/{quote(id_, safe='')}"))["data"]["queries"]
            if not found:
                raise Failure(404, "The result of this query is not kept any more; run it again.")
            if found[0]["status"] != "RUNNING" or asyncio.get_running_loop().time() > until:
                return found[0]
            await asyncio.sleep(0.02)

    async def result(self, login: Login, id_: str) -> Mapping[str, Any]:
        """What a query that has ended was answered. Failure."""
        answer = await self._of(login, "GET", f"/queries/{quote(id_, safe='')}/result")
        if not answer["success"]:
            raise Failure(422, answer["message"], answer["code"])
        return answer["data"]

    async def stop(self, login: Login, id_: str) -> None:
        await self._of(login, "POST", f"/queries/{quote(id_, safe='')}/abort-request", {})

    async def _of(self, login: Login, method: str, target: str, body: Any = None) -> dict[str, Any]:
        """An answer to a login, with a new token if the old one is too old. Failure of REST; Ended."""
        token = login.token
        answer = await self._ask(method, target, body, token)
        if answer.get("code") == _RENEWED:
            async with login.renewing:
                if login.token == token:
                    renewed = await self._ask("POST", "/session/token-request", {}, login.master)
                    if not renewed["success"]:
                        raise Ended
                    login.token, login.master = renewed["data"]["sessionToken"], renewed["data"]["masterToken"]
            answer = await self._ask(method, target, body, login.token)
        if answer.get("code") in _OVER:
            raise Ended
        return answer

    async def _ask(
        self, method: str, target: str, body: Any, token: str = "", *, address: str = "127.0.0.1"
    ) -> dict[str, Any]:
        """Failure for what is refused as HTTP, and not because of the token."""
        headers = {"Content-Type": "application/json", "Authorization": f'Snowflake Token="{token}"'}
        content = b"" if body is None else orjson.dumps(body)
        request = httpx.Request(method, f"http://console{target}", headers=headers, content=content)
        transport = httpx.ASGITransport(self._server, client=(address, 0))
        answer = await transport.handle_async_request(request)
        said: dict[str, Any] = orjson.loads(await answer.aread())
        if answer.status_code >= 400 and said["code"] not in (_RENEWED, *_OVER):
            status = 404 if said["code"] in _MISSING else answer.status_code
            raise Failure(status, said["message"], said["code"])
        return said
