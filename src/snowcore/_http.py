"""HTTP: the only module that knows what carries it.

Blocking calls go over connections of our own, background ones through aiohttp. Both were chosen by measuring: per call,
httpx takes four times the processor time of the one, and answers a tenth of the calls per second of the other.
"""

from __future__ import annotations

import io
import os
import socket
import ssl
import time
import weakref
from collections import deque
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

import attrs

from snowflake_rest.runtime import Request

from ._connect import keep_alive
from ._failures import BROKEN, fail_answer, fail_connect
from ._http_answer import AnswerReader
from ._http_connection import Connection, encode_head
from ._packing import unpack, unpack_async, unpack_stream
from ._polling import leave_to_parent
from ._proxy import Proxy, find_proxy
from ._tls import ClientCert, check_tls_settings, make_context
from ._transport import Response, Timeout, TransportError, default_port, join_address, parse_base_url

if TYPE_CHECKING:
    import asyncio

    import aiohttp

    from ._httpx import HttpxTransport
    from ._transport import Stream

    _Place = tuple[int, asyncio.AbstractEventLoop]  # a process, as its children inherit its loops, and a loop

_IDLE = 64  # connections kept open for reuse
_IDLE_SECONDS = 30.0  # for so long: networks forget connections that nothing travels on
_ALWAYS = {"Accept-Encoding": "gzip"}


class HttpTransport:
    """HTTP/1.1 to one host, with connections kept open for reuse. Any number of threads may share it.

    in_flight: how many background requests may be under way at once; the others wait their turn. proxy, ssl_context,
    client_cert: see `RootConfiguration`; without them HTTPS_PROXY, HTTP_PROXY and NO_PROXY name proxies, SSL_CERT_FILE
    further certificate authorities. A proxy of another kind than http:// is reached by httpx.
    """

    base_url = ""

    def __init__(
        self,
        base_url: str,
        *,
        in_flight: int = 100,
        proxy: str | None = None,
        ssl_context: ssl.SSLContext | None = None,
        client_cert: ClientCert | None = None,
    ) -> None:
        self._url = parse_base_url(base_url)
        self.base_url = base_url.rstrip("/")
        self.in_flight = in_flight
        self._host, self._port = self._url.hostname or "", self._url.port or default_port(self._url.scheme)
        check_tls_settings()
        self._given_proxy, self._context, self._client_cert = proxy, ssl_context, client_cert
        self._idle: deque[Connection] = deque()
        self._sessions: dict[_Place, aiohttp.ClientSession] = {}
        self._others: dict[int, HttpxTransport] = {}
        self._finalizer = weakref.finalize(self, _close_all, self._idle, self._sessions)

    def __repr__(self) -> str:
        return f"<HttpTransport {self.base_url}>"

    def close(self) -> None:
        """Close what is open. The transport can be used again."""
        _close_all(self._idle, self._sessions)
        while self._others:
            self._others.popitem()[1].close()

    @cached_property
    def _proxy(self) -> Proxy | None:
        return find_proxy(self._url, self._given_proxy)

    @property
    def _other(self) -> HttpxTransport | None:
        """What reaches a proxy that this transport can't: over SOCKS, or over TLS. Each process has its own."""
        if self._proxy is None or self._proxy.scheme == "http":
            return None
        if os.getpid() not in self._others:
            from ._httpx import reach_proxy

            self._others[os.getpid()] = reach_proxy(self.base_url, self._proxy, self._trust())
        return self._others[os.getpid()]

    def _trust(self) -> ssl.SSLContext:
        if self._context is None:
            self._context = make_context(self._client_cert)
        return self._context

    # Blocking

    def send(self, request: Request, timeout: Timeout) -> Response:
        if self._other is not None:
            return self._other.send(request, timeout)
        connection, answer = self._begin(request, timeout)
        try:
            content = connection.read_body(answer)
        except BaseException as error:
            connection.close()  # half an answer would be taken for the next one
            if isinstance(error, BROKEN):
                raise self._failure(error, sent=True) from None
            raise
        deadline = connection.deadline
        self._give_back(connection, answer)
        return unpack(Response(answer.status, answer.headers, content), deadline)

    def stream(self, request: Request, timeout: Timeout) -> Stream:
        """The answer as soon as its head is there. Only the wait for each piece of its body is bounded."""
        from ._http_stream import BlockingStream

        if self._other is not None:
            return self._other.stream(request, timeout)
        connection, answer = self._begin(_refuse_packed(request), timeout)
        failed = partial(self._failure, sent=True)
        take, ended = partial(connection.read_piece, answer), partial(self._give_back, connection, answer)
        return unpack_stream(BlockingStream(answer.status, answer.headers, take, ended, connection.close, failed))

    def _begin(self, request: Request, timeout: Timeout) -> tuple[Connection, AnswerReader]:
        """Send, and read the head of the answer."""
        proxy, secure = self._proxy, self._url.scheme == "https"
        sent, cut, connection = False, False, self._take_idle() or Connection()
        used, deadline = connection.is_open, time.monotonic() + timeout.total
        try:
            target, headers = request.target, {"Host": self._named, **_ALWAYS, **request.headers}
            if request.content is not None or request.method in ("POST", "PUT", "PATCH"):
                headers["Content-Length"] = str(len(request.content or b""))
            if proxy is not None and not secure:
                target, headers = self.base_url + target, {**headers, **proxy.credentials}
            head = encode_head(request.method, target, headers)
            if not connection.is_open:
                connecting = min(timeout.connect, timeout.total)
                connection.open(self._host, self._port, connecting, proxy, self._trust() if secure else None)
            sent = True
            connection.deadline, connection.wait = deadline, timeout.read
            try:
                connection.send(head, request.content)
            except ConnectionError:  # the server may have answered without reading all
                cut = True
            answer = connection.read_head(request.method)
            answer.closes |= cut
            return connection, answer
        except BaseException as error:
            connection.close()
            if not isinstance(error, BROKEN):
                raise
            failure = self._failure(error, sent=sent)
            stale = used and isinstance(error, ConnectionError) and request.method in ("GET", "HEAD")
        left = deadline - time.monotonic()
        if not stale or left <= 0:
            raise failure  # out here, so that no error holds the other
        return self._begin(request, attrs.evolve(timeout, total=left))  # the server was faster to close than we to ask

    @cached_property
    def _named(self) -> str:
        """The host as requests name it."""
        host = f"[{self._host}]" if ":" in self._host else self._host.encode("idna").decode()
        return host if self._port == default_port(self._url.scheme) else f"{host}:{self._port}"

    def _take_idle(self) -> Connection | None:
        while self._idle:
            try:
                connection = self._idle.pop()
            except IndexError:  # another thread was faster
                break
            if time.monotonic() - connection.idle_since <= _IDLE_SECONDS and connection.usable:
                return connection
            connection.close()
        return None

    def _give_back(self, connection: Connection, answer: AnswerReader) -> None:
        connection.idle_since = time.monotonic()
        if len(self._idle) < _IDLE and not answer.closes:
            self._idle.append(connection)
        else:
            connection.close()

    # Background

    async def send_async(self, request: Request, timeout: Timeout) -> Response:
        from ._http_loop import BROKEN_IN_LOOP, ConnectorError

        if self._other is not None:
            return await self._other.send_async(request, timeout)
        deadline = time.monotonic() + timeout.total
        try:
            async with self._ask(request, timeout, timeout.total) as answer:
                packed = Response(answer.status, dict(answer.headers), await answer.read())
            return await unpack_async(packed, deadline)
        except BROKEN_IN_LOOP as error:
            failure = self._failure(error, sent=not isinstance(error, ConnectorError))
        raise failure  # out here, as errors of aiohttp hold the headers that were sent

    async def stream_async(self, request: Request, timeout: Timeout) -> Stream:
        """The answer as soon as its head is there. Only the wait for each piece of its body is bounded."""
        import asyncio

        from ._http_loop import BROKEN_IN_LOOP, ConnectorError
        from ._http_stream import LoopStream

        if self._other is not None:
            return await self._other.stream_async(request, timeout)
        try:
            async with asyncio.timeout(timeout.total):
                answer = leave_to_parent(await self._ask(_refuse_packed(request), timeout, None))
            headers = dict(answer.headers)
            failed = partial(self._failure, sent=True)
            take, leave = answer.content.readany, answer.close
            return unpack_stream(LoopStream(answer.status, headers, take, timeout.read, leave, failed))
        except BROKEN_IN_LOOP as error:
            failure = self._failure(error, sent=not isinstance(error, ConnectorError))
        raise failure  # out here, as in `send_async`

    def _ask(self, request: Request, timeout: Timeout, total: float | None) -> Any:
        import aiohttp
        from yarl import URL

        proxy, headers = self._proxy, {**_ALWAYS, **request.headers}
        absolute = self._url.scheme == "http"
        if proxy is not None and absolute:
            headers |= proxy.credentials
        return self._session().request(
            request.method,
            URL(self.base_url + request.target, encoded=True),
            headers=headers,
            data=_split_content(request.content),
            timeout=aiohttp.ClientTimeout(total=total, sock_connect=timeout.connect, sock_read=timeout.read),
            allow_redirects=False,
            proxy=None if proxy is None else str(proxy),
            # aiohttp tells the address of a proxy in its messages, so the credentials travel beside it
            proxy_headers=proxy.credentials if proxy is not None and not absolute else None,
            ssl=self._trust() if self._url.scheme == "https" else True,
        )

    def _session(self) -> aiohttp.ClientSession:
        import asyncio

        import aiohttp

        loop = asyncio.get_running_loop()
        session = self._sessions.get((os.getpid(), loop))
        if session is None or session.closed:
            for place in [place for place in self._sessions if place[1].is_closed()]:
                del self._sessions[place]
            from ._http_loop import StrictConnector

            session = aiohttp.ClientSession(
                connector=StrictConnector(
                    limit=self.in_flight, keepalive_timeout=_IDLE_SECONDS, socket_factory=_socket_of
                ),
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
            )
            leave_to_parent(session)
            self._sessions[os.getpid(), loop] = session
        return session

    # Either

    def _failure(self, error: BaseException, *, sent: bool) -> TransportError:
        there = join_address(self._host, self._port) + (f" through the proxy {self._proxy}" if self._proxy else "")
        return (fail_answer if sent else fail_connect)(there, error)


def _split_content(content: bytes | None) -> Any:
    """A large body in pieces, so that sending it leaves the loop free for others."""
    return io.BytesIO(content) if content is not None and len(content) > 2**20 else content


def _refuse_packed(request: Request) -> Request:
    return attrs.evolve(request, headers={**request.headers, "Accept-Encoding": "identity"})


def _socket_of(info: Any) -> socket.socket:
    """A socket for an address, as aiohttp asks for it."""
    sock = socket.socket(*info[:3])
    keep_alive(sock)
    return sock


def _close_all(idle: deque[Connection], sessions: dict[_Place, Any]) -> None:
    while idle:
        idle.pop().close()
    if not sessions:
        return
    import asyncio

    for place, session in list(sessions.items()):
        pid, loop = place
        if pid != os.getpid():
            continue  # its loop runs in the process that this one was forked from, and closes it there
        sessions.pop(place, None)
        if not loop.is_running():
            continue
        closing = asyncio.run_coroutine_threadsafe(session.close(), loop)
        try:
            here = asyncio.get_running_loop()
        except RuntimeError:
            here = None
        if here is not loop:
            try:
                closing.result(timeout=2)
            except TimeoutError:
                closing.cancel()
