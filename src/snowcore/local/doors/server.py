"""One port for everything: REST under /api/v2, and the protocol of Snowflake's drivers beside it."""

from __future__ import annotations

import gzip
import secrets
import socket
import threading
import time
import uuid
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import orjson
import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.convertors import PathConvertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ...engine.errors import AccountError
from ..sql.context import VERSION
from .answers import Body, failure, succeeded
from .logins import MASTER_SECONDS, TOKEN_SECONDS, Login, Logins
from .queries import Queries, in_progress
from .uploads import PATH as UPLOADS
from .uploads import Uploads

if TYPE_CHECKING:
    from ..local_account import LocalAccount

__all__ = ["LocalServer", "serve"]

_PATIENCE = 45.0
"""Seconds until a driver that waits for a query is told to ask again."""

# What drivers are told of the session. The threshold keeps arrays of bound values in the request, not in a stage.
_PARAMETERS: dict[str, Any] = {
    "AUTOCOMMIT": True,
    "CLIENT_SESSION_KEEP_ALIVE_HEARTBEAT_FREQUENCY": 3600,
    "CLIENT_STAGE_ARRAY_BINDING_THRESHOLD": 0,
    "CLIENT_TELEMETRY_ENABLED": False,
    "QUERY_CONTEXT_CACHE_SIZE": 0,
    "TIMEZONE": "Etc/UTC",
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
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.account = account
        self.user, self.password = user, password or secrets.token_urlsafe(24)
        self._logins = Logins(account, self.user, self.password, clock)
        self._socket = _listening(host, port)
        self.host, self.port = host, int(self._socket.getsockname()[1])
        self._uploads = Uploads()
        self._queries = Queries(self._uploads, self.url)
        config = uvicorn.Config(
            self.app,
            log_config=None,
            log_level="warning",
            lifespan="off",
            timeout_graceful_shutdown=3,
            timeout_keep_alive=120,  # clients may send just when an idle connection is closed, so let it be rare
        )
        self._uvicorn = uvicorn.Server(config)
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        return f"http://{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}"

    def run(self) -> None:
        try:
            self._uvicorn.run(sockets=[self._socket])
        finally:
            self._queries.close()
            self._logins.close_all()
            self._socket.close()

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

    # Routes

    @property
    def app(self) -> Starlette:
        post, get = ["POST"], ["GET"]
        return Starlette(
            routes=[
                Route("/api/v2/{path:anything}", self._rest, methods=["GET", "POST", "PUT", "DELETE", "PATCH"]),
                Route("/session/v1/login-request", self._driver(self._login), methods=post),
                Route("/session/token-request", self._driver(self._renew), methods=post),
                Route("/session/heartbeat", self._driver(self._heartbeat), methods=post),
                Route("/session", self._driver(self._session), methods=["POST", "DELETE"]),
                Route("/queries/v1/query-request", self._driver(self._query), methods=post),
                Route("/queries/v1/abort-request", self._driver(self._abort), methods=post),
                Route("/queries/{id}/result", self._driver(self._result), methods=get),
                Route("/queries/{id}/abort-request", self._driver(self._abort), methods=post),
                Route("/monitoring/queries/{id:path}", self._driver(self._monitor), methods=get),
                Route(f"{UPLOADS}/{{token}}/{{name}}", self._upload, methods=["PUT", "HEAD"]),
                Route("/telemetry/send", self._driver(self._telemetry), methods=post),
            ]
        )

    async def _rest(self, request: Request) -> Response:
        target = request.scope["raw_path"].decode()
        if request.url.query:
            target += f"?{request.url.query}"
        try:
            self._logins.check(request.headers.get("authorization"))
        except AccountError as error:
            request_id = str(uuid.uuid4())
            body = {"message": error.message, "code": error.code, "error_code": error.code, "request_id": request_id}
            return _json(body, error.status, {"X-Snowflake-Request-ID": request_id})
        content = await _content(request)
        status, headers, body = await run_in_threadpool(
            self.account.handle_request, request.method, target, dict(request.headers), content
        )
        return Response(body, status, headers)

    def _driver(self, answer: Callable[[Request, Mapping[str, Any]], Any]) -> Callable[[Request], Any]:
        """A route of the drivers: JSON in, JSON out. What fails is told in it, with 200."""

        async def handle(request: Request) -> Response:
            try:
                content = await _content(request)
                return _json(await answer(request, orjson.loads(content) if content else {}))
            except orjson.JSONDecodeError:
                return _json(failure(AccountError(400, "391917", "22023", "The request is not JSON.")), 400)
            except AccountError as error:
                return _json(failure(error))

        return handle

    # Logins

    async def _login(self, request: Request, body: Mapping[str, Any]) -> Body:
        login = await run_in_threadpool(self._logins.open, body.get("data") or {}, dict(request.query_params))
        sql = login.sql
        place = {"databaseName": sql.database, "schemaName": sql.schema, "warehouseName": sql.warehouse}
        data: dict[str, Any] = {
            "token": login.token,
            "validityInSeconds": TOKEN_SECONDS,
            "masterToken": login.master,
            "masterValidityInSeconds": MASTER_SECONDS,
            "displayUserName": sql.user,
            "serverVersion": VERSION,
            "firstLogin": False,
            "sessionId": sql.id,
            "parameters": [{"name": name, "value": value} for name, value in (_PARAMETERS | sql.parameters).items()],
            "sessionInfo": {**place, "roleName": sql.role},
        }
        return succeeded(data)

    async def _renew(self, request: Request, body: Mapping[str, Any]) -> Body:
        login = self._logins.renew(request.headers.get("authorization"))
        return succeeded(
            {
                "sessionToken": login.token,
                "validityInSecondsST": TOKEN_SECONDS,
                "masterToken": login.master,
                "validityInSecondsMT": MASTER_SECONDS,
                "sessionId": login.sql.id,
            }
        )

    async def _heartbeat(self, request: Request, body: Mapping[str, Any]) -> Body:
        self._of(request)
        return succeeded(None)

    async def _session(self, request: Request, body: Mapping[str, Any]) -> Body:
        login = self._of(request)
        if request.method == "DELETE" or request.query_params.get("delete"):
            self._logins.forget(login)
            threading.Thread(target=login.sql.close).start()  # which waits for what is running
        return succeeded(None)

    async def _telemetry(self, request: Request, body: Mapping[str, Any]) -> Body:
        return succeeded("Log Received")

    def _of(self, request: Request) -> Login:
        return self._logins.find(request.headers.get("authorization"))

    # Queries

    async def _query(self, request: Request, body: Mapping[str, Any]) -> Body:
        login = self._of(request)
        request_id = request.query_params.get("requestId") or str(uuid.uuid4())
        query = self._queries.start(login, request_id, dict(body))
        if body.get("asyncExec"):
            return in_progress(query, asynchronous=True)
        return await self._queries.answer(query, _PATIENCE)

    async def _result(self, request: Request, body: Mapping[str, Any]) -> Body:
        self._of(request)
        return await self._queries.answer(self._queries.get(request.path_params["id"]), _PATIENCE)

    async def _abort(self, request: Request, body: Mapping[str, Any]) -> Body:
        self._queries.stop(self._of(request), body.get("requestId"), request.path_params.get("id"))
        return succeeded(None)

    async def _monitor(self, request: Request, body: Mapping[str, Any]) -> Body:
        self._of(request)
        try:
            query = self._queries.get(request.path_params["id"].strip("/"))  # connector 5 writes two slashes
        except AccountError:
            return succeeded({"queries": []})
        facts: dict[str, Any] = {"id": query.id, "status": query.status, "sessionId": query.login.sql.id}
        if query.status == "FAILED_WITH_ERROR":
            answer = query.answer.result()
            facts |= {"errorCode": answer["code"], "errorMessage": answer["message"]}
        return succeeded({"queries": [{**facts, "sqlText": query.text}]})

    async def _upload(self, request: Request) -> Response:
        """A file for a stage. The token in the URL is what allows it."""
        if request.method == "HEAD":  # to see whether it is there already
            return Response(status_code=404)
        content, path = await request.body(), request.path_params
        saved = await run_in_threadpool(self._uploads.save, path["token"], path["name"], content)
        return Response(status_code=200 if saved else 403)


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


def _listening(host: str, port: int) -> socket.socket:
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


def _json(body: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    headers = {"X-Snowflake-Request-ID": str(uuid.uuid4()), **(headers or {})}
    return Response(orjson.dumps(body), status, headers, "application/json")


async def _content(request: Request) -> bytes:
    content = await request.body()
    return gzip.decompress(content) if request.headers.get("content-encoding") == "gzip" else content
