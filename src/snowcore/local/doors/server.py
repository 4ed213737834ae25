"""One port for everything: REST under /api/v2, and the protocol of Snowflake's drivers beside it."""

from __future__ import annotations

import asyncio
import secrets
import socket
import threading
import uuid
from collections.abc import AsyncGenerator, Callable, Coroutine, Generator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import orjson
import uvicorn
from starlette.applications import Starlette
from starlette.convertors import PathConvertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from ...engine.errors import AccountError, unforeseen
from ..account.calls import Events
from ..objects.this_account import VERSION
from .answers import Body, failure, succeeded
from .bodies import Refused, a_record, malformed
from .bounds import IDLE_SECONDS, Connection, Guard, content
from .logins import MASTER_SECONDS, TOKEN_SECONDS, Login, Logins
from .queries import THREADS, Owner, Queries, Query, in_progress
from .rest import failed
from .stage_files import PATH as STAGE_FILES
from .stage_files import StageFiles

if TYPE_CHECKING:
    from ..account.catalog import Entry
    from ..local_account import LocalAccount
    from ..sql import SqlSession

__all__ = ["LocalServer", "serve"]

T = TypeVar("T")

_METHODS = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE"]
"""Those of REST, and others, so that REST says in JSON which of them it allows."""

_PATIENCE = 45.0
"""Seconds until a driver that waits for a query is told to ask again."""

_LOOPBACK = ("127.0.0.1", "::1", "localhost")

_GRACE = 1.0
"""Seconds that what runs has to end by itself when the server is asked to stop, before it is interrupted."""
_LAST = 1.5
"""Seconds that it has then, before its clients are told that there will be no answer."""

# What drivers are told of the session. The threshold keeps arrays of bound values in the request, not in a stage.
_PARAMETERS: dict[str, Any] = {
    "AUTOCOMMIT": True,
    "CLIENT_SESSION_KEEP_ALIVE_HEARTBEAT_FREQUENCY": 3600,
    "CLIENT_STAGE_ARRAY_BINDING_THRESHOLD": 0,
    "CLIENT_TELEMETRY_ENABLED": False,
    "QUERY_CONTEXT_CACHE_SIZE": 0,
}


class _Anything(PathConvertor):
    regex = "(?s:.*)"  # names may hold line breaks


register_url_convertor("anything", _Anything())


class LocalServer:
    """An embedded account on a socket. Its port is taken from the start; `run` serves until `stop`."""

    def __init__(
        self,
        account: LocalAccount,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        user: str = "SNOWCORE",
        password: str | None = None,
        allow_code: bool = False,
        clock: Callable[[], float] | None = None,
        console: Callable[[ASGIApp], ASGIApp] | None = None,
    ) -> None:
        """allow_code: run functions and procedures that are not in SQL though other machines can reach the server.
        clock: by which tokens expire, in seconds; the account's by default. console: what makes the pages at /console,
        given the other doors, such as `snowcore.console.Console`.
        """
        self.account = account
        if not (allow_code or host in _LOOPBACK):
            account.code.refuse()
        self.user, self.password = user, password or secrets.token_urlsafe(24)
        self._logins = Logins(account, self.user, self.password, clock)
        self._socket = listening(host, port)
        self.host, self.port = host, int(self._socket.getsockname()[1])
        self._stage_files = StageFiles()
        self._threads = ThreadPoolExecutor(THREADS, "snowcore-request")
        self._queries = Queries(self._threads, self._transfer)
        self._over = asyncio.Event()
        """Set when those who still wait are told that there will be no answer."""
        config = uvicorn.Config(
            Guard(self._app(console), host),
            http=Connection,
            ws="none",
            log_config=None,
            log_level="error",
            lifespan="off",
            timeout_graceful_shutdown=4,
            timeout_keep_alive=int(IDLE_SECONDS),
        )
        self._uvicorn = _Uvicorn(config, self._end)
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        return f"http://{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}"

    def run(self) -> None:
        try:
            self._uvicorn.run(sockets=[self._socket])
        finally:
            self._queries.close(0)
            self._threads.shutdown(wait=False, cancel_futures=True)
            self._logins.close_all()
            self._socket.close()

    async def _end(self) -> None:
        """Let what runs end, or make it end, and have an answer for all who wait."""
        await asyncio.sleep(_GRACE if self._queries.busy or self._unfinished() else 0)
        await asyncio.to_thread(self._queries.close, _LAST)
        self._over.set()
        for connection in self._unfinished():
            connection.transport.close()

    def _unfinished(self) -> list[Connection]:
        """The connections on which a request has begun, and isn't all there."""
        every: Any = self._uvicorn.server_state.connections
        return [one for one in list(every) if one.cycle is not None and one.cycle.more_body]

    def start(self) -> None:
        """Serve in a thread."""
        self._thread = threading.Thread(target=self.run, name="snowcore-server", daemon=True)
        self._thread.start()

    def ask_to_stop(self) -> None:
        """Let requests end, and serve no more; asked again, don't wait for them."""
        self._uvicorn.force_exit = self._uvicorn.should_exit
        self._uvicorn.should_exit = True

    def stop(self) -> None:
        self.ask_to_stop()
        if self._thread is not None:
            self._thread.join()

    def join(self, timeout: float | None = None) -> bool:
        """Wait for the end; whether it came."""
        if self._thread is not None:
            self._thread.join(timeout)
        return self._thread is None or not self._thread.is_alive()

    def __enter__(self) -> LocalServer:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @contextmanager
    def lend(self, session: SqlSession) -> Generator[str]:
        """The password by which a driver uses this session and no other, for as long."""
        password = secrets.token_urlsafe(32)
        self._logins.lent[password] = session
        try:
            yield password
        finally:
            del self._logins.lent[password]
            self._logins.end(session)

    @contextmanager
    def admit(self, service: Entry) -> Generator[str]:
        """The password, or token, by which the programs of a service open sessions as its owner, for as long."""
        with self._logins.admit_service(service) as password:
            yield password

    # Routes

    def _app(self, console: Callable[[ASGIApp], ASGIApp] | None) -> Starlette:
        post, get, driver = ["POST"], ["GET"], self._driver
        app = Starlette(
            routes=[
                Route("/health", _tell_health, methods=get),
                Route("/api/v2{path:anything}", self._rest, methods=_METHODS),
                Route("/session/v1/login-request", driver(self._login, lambda _: None), methods=post),
                Route("/session/token-request", driver(self._renew, self._logins.of_master), methods=post),
                Route("/session/heartbeat", driver(self._heartbeat), methods=post),
                Route("/session", driver(self._session), methods=["POST", "DELETE"]),
                Route("/queries/v1/query-request", driver(self._query), methods=post),
                Route("/queries/v1/abort-request", driver(self._abort), methods=post),
                Route("/queries/{id}/result", driver(self._result), methods=get),
                Route("/queries/{id}/abort-request", driver(self._abort), methods=post),
                Route("/monitoring/queries/{id:path}", driver(self._monitor), methods=get),
                Route(f"{STAGE_FILES}/{{token}}/{{name:path}}", self._stage_file, methods=["PUT", "GET", "HEAD"]),
                Route("/telemetry/send", driver(self._telemetry), methods=post),
            ],
            exception_handlers={404: _nothing_there, 405: _wrong_method},
        )
        if console is not None:
            app.router.routes.append(Route("/console{path:anything}", console(app)))
        app.router.redirect_slashes = False
        return app

    async def _rest(self, request: Request) -> Response:
        target = request.scope["raw_path"].decode()
        if request.url.query:
            target += f"?{request.url.query}"
        try:
            caller = await self._logins.caller(request.headers.get("authorization"), _address(request))
            body = await content(request, known=True)
        except AccountError as error:
            return _rest_failure(error)
        headers = dict(request.headers)
        work = self._in_thread(self.account.answer, request.method, target, headers, body, caller)
        answer = await self._unless_over(work)
        if answer is None:
            return _rest_failure(AccountError(503, "390000", "57P01", "The server is stopping."))
        status, headers, text = answer
        if isinstance(text, Events):
            return StreamingResponse(self._one_by_one(text), status, headers)
        return Response(text, status, headers)

    async def _one_by_one(self, events: Events) -> AsyncGenerator[bytes]:
        """The pieces of an answer as they come, until the server ends."""
        ended = b""
        while piece := await self._unless_over(self._in_thread(lambda: next(events.pieces, ended))):
            yield piece

    async def _unless_over(self, coroutine: Coroutine[Any, Any, T]) -> T | None:
        """What comes of the work; None if the server ends before."""
        work, over = asyncio.ensure_future(coroutine), asyncio.ensure_future(self._over.wait())
        await asyncio.wait([work, over], return_when=asyncio.FIRST_COMPLETED)
        over.cancel()
        return work.result() if work.done() else None

    def _driver(
        self,
        answer: Callable[[Request, Any, dict[str, Any]], Coroutine[Any, Any, Body]],
        caller: Callable[[str | None], Login | None] | None = None,
    ) -> Callable[[Request], Any]:
        """A route of the drivers: JSON in, JSON out. What fails is told in it, with 200 unless it is wrong as HTTP.

        caller: who an Authorization header says that it is; unless it is given, who has that token.
        """
        who = caller or self._logins.find

        async def handle(request: Request) -> Response:
            try:
                login = who(request.headers.get("authorization"))
                body = await content(request, known=login is not None)
                return _json(await answer(request, login, _read(body)))
            except AccountError as error:
                return _json(failure(error), error.status if isinstance(error, Refused) else 200)

        return handle

    # Logins

    async def _login(self, request: Request, _: None, body: dict[str, Any]) -> Body:
        data = a_record(body.get("data"), "data")
        admitted = await self._logins.admit(data, _address(request))
        login = await self._in_thread(self._logins.open, admitted, data, dict(request.query_params))
        sql = login.sql
        place = {"databaseName": sql.database, "schemaName": sql.schema, "warehouseName": sql.warehouse}
        told: dict[str, Any] = {
            "token": login.token,
            "validityInSeconds": TOKEN_SECONDS,
            "masterToken": login.master,
            "masterValidityInSeconds": MASTER_SECONDS,
            "displayUserName": sql.user,
            "serverVersion": VERSION,
            "firstLogin": False,
            "sessionId": sql.id,
            "parameters": [
                {"name": name, "value": value} for name, value in (_PARAMETERS | sql.parameters.as_json()).items()
            ],
            "sessionInfo": {**place, "roleName": sql.role},
        }
        return succeeded(told)

    async def _renew(self, request: Request, login: Login, body: dict[str, Any]) -> Body:
        self._logins.renew(login)
        return succeeded(
            {
                "sessionToken": login.token,
                "validityInSecondsST": TOKEN_SECONDS,
                "masterToken": login.master,
                "validityInSecondsMT": MASTER_SECONDS,
                "sessionId": login.sql.id,
            }
        )

    async def _heartbeat(self, request: Request, login: Login, body: dict[str, Any]) -> Body:
        return succeeded(None)

    async def _session(self, request: Request, login: Login, body: dict[str, Any]) -> Body:
        if request.method == "DELETE" or request.query_params.get("delete"):
            self._logins.forget(login)
            self._threads.submit(login.sql.close)  # which waits for what is running
        return succeeded(None)

    async def _telemetry(self, request: Request, login: Login, body: dict[str, Any]) -> Body:
        return succeeded("Log Received")

    # Queries

    async def _query(self, request: Request, login: Login, body: dict[str, Any]) -> Body:
        request_id = request.query_params.get("requestId") or str(uuid.uuid4())
        query = self._queries.start(login, request_id, body)
        if body.get("asyncExec"):
            return in_progress(query, asynchronous=True)
        return await self._answer(query)

    async def _answer(self, query: Query) -> Body:
        """The answer, or that it takes longer, or that there will be none."""
        if query.answer.done():
            return query.answer.result()
        answer = await self._unless_over(self._queries.answer(query, _PATIENCE))
        return answer or failure(
            AccountError(503, "000604", "57014", "SQL execution canceled: the server is stopping.")
        )

    async def _result(self, request: Request, login: Login, body: dict[str, Any]) -> Body:
        return await self._answer(self._queries.get(request.path_params["id"], login.sql.user))

    async def _abort(self, request: Request, login: Login, body: dict[str, Any]) -> Body:
        self._queries.stop(login, str(body.get("requestId") or ""), request.path_params.get("id"))
        return succeeded(None)

    async def _monitor(self, request: Request, login: Login, body: dict[str, Any]) -> Body:
        try:
            id_ = request.path_params["id"].strip("/")  # connector 5 writes two slashes
            query = self._queries.get(id_, login.sql.user)
        except AccountError:
            return succeeded({"queries": []})
        facts: dict[str, Any] = {"id": query.id, "status": query.status, "sessionId": query.owner.sql.id}
        if query.status == "FAILED_WITH_ERROR":
            answer = query.answer.result()
            facts |= {"errorCode": answer["code"], "errorMessage": answer["message"]}
        return succeeded({"queries": [{**facts, "sqlText": query.text}]})

    def _transfer(self, login: Owner, order: dict[str, Any]) -> dict[str, Any]:
        """What PUT and GET tell a driver to do."""
        writes_files = isinstance(login, Login) and login.writes_files
        return self._stage_files.by_url(order, self.url, writes_files=writes_files)

    async def _stage_file(self, request: Request) -> Response:
        """A file for a stage, or of one. The token in the URL is what allows it."""
        path = request.path_params
        if request.method != "PUT":
            found = await self._in_thread(self._stage_files.find, path["token"], path["name"])
            missing = 404 if request.method == "HEAD" else 403
            if found is None:
                return Response(status_code=missing)
            return FileResponse(found, media_type="application/octet-stream")
        only_new = request.headers.get("x-goog-if-generation-match") == "0"
        if (refused := self._stage_files.refuses(path["token"], path["name"], only_new=only_new)) is not None:
            return Response(status_code=refused)
        try:
            body = await content(request, known=True)
        except Refused as error:
            return _rest_failure(error)
        try:
            saved = await self._in_thread(self._stage_files.save, path["token"], path["name"], body)
        except OSError as error:
            return _rest_failure(unforeseen(error, "A file for a stage"))
        return Response(status_code=200 if saved else 403)

    async def _in_thread(self, do: Callable[..., T], *arguments: Any) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, do, *arguments)


class _Uvicorn(uvicorn.Server):
    """uvicorn's server, which has something else do its part as it begins to stop."""

    def __init__(self, config: uvicorn.Config, at_the_end: Callable[[], Coroutine[Any, Any, None]]) -> None:
        super().__init__(config)
        self._at_the_end = at_the_end

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await asyncio.gather(super().shutdown(sockets), self._at_the_end())


def serve(
    account: LocalAccount,
    host: str = "127.0.0.1",
    port: int = 0,
    *,
    user: str = "SNOWCORE",
    password: str | None = None,
) -> None:
    """Serve until the process is asked to stop."""
    LocalServer(account, host=host, port=port, user=user, password=password).run()


def listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio turns Nagle's delays off only for sockets that say that they are TCP.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(128)
    except BaseException:
        listener.close()
        raise
    return listener


def _json(body: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    headers = {"X-Snowflake-Request-ID": str(uuid.uuid4()), **(headers or {})}
    return Response(orjson.dumps(body), status, headers, "application/json")


def _rest_failure(error: AccountError, headers: Mapping[str, str] | None = None) -> Response:
    """As REST tells it."""
    told = failed(error, str(uuid.uuid4()))
    return Response(told.body, told.status, {**told.headers, **(headers or {})}, "application/json")


async def _tell_health(request: Request) -> Response:
    """That the account can be used, for whoever waits for it: no token is asked for, and nothing told of it."""
    return _json({"status": "ok"})


async def _nothing_there(request: Request, error: Exception) -> Response:
    return _rest_failure(AccountError(404, "391900", "02000", f"There is nothing at {request.url.path}."))


async def _wrong_method(request: Request, error: Exception) -> Response:
    allowed: Mapping[str, str] = getattr(error, "headers", None) or {}
    text = f"{request.url.path} allows {allowed.get('Allow', 'other methods')}, not {request.method}."
    return _rest_failure(AccountError(405, "391902", "0A000", text), allowed)


def _read(content: bytes) -> dict[str, Any]:
    """The body of a driver's request."""
    try:
        return a_record(orjson.loads(content) if content else {}, "The request")
    except orjson.JSONDecodeError:
        raise malformed("The request is not JSON.") from None


def _address(request: Request) -> str:
    return request.client.host if request.client else ""
