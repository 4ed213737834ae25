"""Requests out, answers in. The only module that imports httpx."""

from __future__ import annotations

import asyncio
import os
import ssl
import threading
from collections.abc import Mapping
from functools import cached_property
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Protocol, cast

import attrs
import orjson
from snowflake_rest.runtime import Request

if TYPE_CHECKING:
    import httpx


@attrs.frozen
class Timeout:
    """How long to wait, in seconds: for a connection, and for each piece of the answer."""

    connect: float = 30.0
    read: float = 300.0


@attrs.frozen
class Response:
    """An answer, whole. Header names are in lower case."""

    status: int
    headers: Mapping[str, str] = attrs.field(factory=dict[str, str])
    content: bytes = b""

    @property
    def reason(self) -> str:
        try:
            return HTTPStatus(self.status).phrase
        except ValueError:
            return "Unknown status"

    @property
    def text(self) -> str:
        return self.content.decode("utf-8", "replace")

    @property
    def json_object(self) -> dict[str, Any]:
        """The body, if it is a JSON object; else an empty one."""
        try:
            body: Any = orjson.loads(self.content)
        except orjson.JSONDecodeError:
            return {}
        return cast("dict[str, Any]", body) if isinstance(body, dict) else {}


class TransportError(Exception):
    """No answer. `sent` tells whether the server may have received the request, and so may have acted on it."""

    def __init__(self, reason: str, *, sent: bool) -> None:
        super().__init__(reason)
        self.reason, self.sent = reason, sent


class Transport(Protocol):
    """Carries requests to one host. Raises TransportError and nothing else."""

    def send(self, request: Request, timeout: Timeout) -> Response: ...

    async def send_async(self, request: Request, timeout: Timeout) -> Response: ...

    def close(self) -> None: ...


class HttpTransport:
    """HTTP to one host, with connections kept open for reuse.

    Proxies come from HTTPS_PROXY, HTTP_PROXY and NO_PROXY, further certificate authorities from SSL_CERT_FILE.
    """

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url.rstrip("/")
        self._lock = threading.Lock()
        self._loops: dict[asyncio.AbstractEventLoop, httpx.AsyncClient] = {}

    def __repr__(self) -> str:
        return f"<HttpTransport {self.base_url}>"

    @cached_property
    def _httpx_client(self) -> httpx.Client:
        import httpx

        return httpx.Client(verify=_trusted(), follow_redirects=False)

    @property
    def _client(self) -> httpx.Client:
        with self._lock:
            return self._httpx_client

    def _async_client(self) -> httpx.AsyncClient:
        import httpx

        loop = asyncio.get_running_loop()
        with self._lock:
            if loop not in self._loops:
                limits = httpx.Limits(max_connections=100, max_keepalive_connections=100)
                self._loops[loop] = httpx.AsyncClient(verify=_trusted(), follow_redirects=False, limits=limits)
            return self._loops[loop]

    def _outgoing(self, client: httpx.Client | httpx.AsyncClient, request: Request, timeout: Timeout) -> httpx.Request:
        return client.build_request(
            request.method,
            self.base_url + request.target,
            headers=dict(request.headers),
            content=request.content,
            timeout=(timeout.connect, timeout.read, timeout.read, None),
        )

    def send(self, request: Request, timeout: Timeout) -> Response:
        try:
            client = self._client
            answer = client.send(self._outgoing(client, request, timeout))
        except Exception as error:
            raise _translated(error) from error
        return Response(answer.status_code, {k.lower(): v for k, v in answer.headers.items()}, answer.content)

    async def send_async(self, request: Request, timeout: Timeout) -> Response:
        try:
            client = self._async_client()
            answer = await client.send(self._outgoing(client, request, timeout))
        except Exception as error:
            raise _translated(error) from error
        return Response(answer.status_code, {k.lower(): v for k, v in answer.headers.items()}, answer.content)

    def close(self) -> None:
        """Close what is open. The transport can be used again."""
        with self._lock:
            if client := self.__dict__.pop("_httpx_client", None):
                client.close()
            for loop, client in self._loops.items():
                if loop.is_running():
                    asyncio.run_coroutine_threadsafe(client.aclose(), loop)
            self._loops.clear()


def _trusted() -> ssl.SSLContext:
    import httpx

    bundle = os.environ.get("SSL_CERT_FILE") or os.environ.get("ssl_cert_file")  # noqa: SIM112
    return ssl.create_default_context(cafile=bundle) if bundle else httpx.create_ssl_context()


def _translated(error: Exception) -> TransportError:
    import httpx

    sent = not isinstance(
        error,
        (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, httpx.UnsupportedProtocol),
    )
    if isinstance(error, httpx.TimeoutException):
        return TransportError("connecting took too long" if not sent else "the answer took too long", sent=sent)
    what = "the connection broke" if sent else "could not connect"
    return TransportError(f"{what}: {str(error) or type(error).__name__}", sent=sent)


class AnswersRequests(Protocol):
    """A connection that answers requests by itself, in this process, such as the embedded account."""

    def handle_request(
        self, method: str, target: str, headers: Mapping[str, str], content: bytes | None
    ) -> tuple[int, Mapping[str, str], bytes]: ...


class InProcessTransport:
    """Requests handed to an object in this process: no socket, no server."""

    def __init__(self, account: AnswersRequests) -> None:
        self._account = account

    def send(self, request: Request, timeout: Timeout) -> Response:
        status, headers, content = self._account.handle_request(
            request.method, request.target, request.headers, request.content
        )
        return Response(status, {k.lower(): v for k, v in headers.items()}, content)

    async def send_async(self, request: Request, timeout: Timeout) -> Response:
        return await asyncio.to_thread(self.send, request, timeout)

    def close(self) -> None:
        """The account belongs to whoever made it."""
