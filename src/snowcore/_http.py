"""HTTP: the only module that knows what carries it.

Blocking calls go through http.client, background ones through aiohttp. Both were chosen by measuring: per call, httpx
takes four times the processor time of the one, and answers a tenth of the calls per second of the other.
"""

from __future__ import annotations

import http.client
import io
import math
import os
import select
import socket
import ssl
import time
import weakref
from collections import deque
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, cast

import attrs

from snowflake_rest.runtime import Request

from ._connect import connect, keep_alive
from ._failures import BROKEN, fail_answer, fail_connect
from ._packing import unpack, unpack_stream
from ._polling import leave_to_parent
from ._proxy import Proxy, find_proxy
from ._tls import ClientCert, check_tls_settings, make_context
from ._transport import Response, Timeout, TransportError, default_port, join_headers, parse_base_url

if TYPE_CHECKING:
    import asyncio

    import aiohttp

    from ._httpx import HttpxTransport
    from ._transport import Stream

    _Place = tuple[int, asyncio.AbstractEventLoop]  # a process, as its children inherit its loops, and a loop

_IDLE = 64  # connections kept open for reuse
_IDLE_SECONDS = 30.0  # for so long: networks forget connections that nothing travels on
_LONGEST_LINE = 65536  # of an answer's head
_ALWAYS = {"Accept-Encoding": "gzip"}


class HttpTransport:
    """HTTP/1.1 to one host, with connections kept open for reuse. Any number of threads may share it.

    in_flight: how many background requests may be under way at once; the others wait their turn. proxy, ssl_context,
    client_cert: see `RootConfiguration`; without them HTTPS_PROXY, HTTP_PROXY and NO_PROXY name proxies, SSL_CERT_FILE
    further certificate authorities. A proxy of another kind than http:// is reached by httpx.
    """

    def __init__(
        self,
        base_url: str,
        *,
        in_flight: int = 100,
        proxy: str | None = None,
        ssl_context: ssl.SSLContext | None = None,
        client_cert: ClientCert | None = None,
    ) -> None:
        self.base_url = base_url.rstrip("/")
        self.in_flight = in_flight
        self._url = parse_base_url(base_url)
        self._host, self._port = self._url.hostname or "", self._url.port or default_port(self._url.scheme)
        check_tls_settings()
        self._given_proxy, self._context, self._client_cert = proxy, ssl_context, client_cert
        self._idle: deque[_Connection] = deque()
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
            content = answer.read()
        except BaseException as error:
            _abandon(connection, answer)
            if isinstance(error, BROKEN):
                raise self._failure(error, sent=True) from None
            raise
        if answer.will_close:
            connection.close()
        else:
            self._give_back(connection)
        headers = join_headers(answer.getheaders())
        return Response(answer.status, headers, unpack(answer.status, headers, content))

    def stream(self, request: Request, timeout: Timeout) -> Stream:
        """The answer as soon as its head is there. Only the wait for each piece of its body is bounded."""
        from ._http_stream import BlockingStream

        if self._other is not None:
            return self._other.stream(request, timeout)
        connection, answer = self._begin(_unpacked_only(request), timeout)
        connection.deadline = math.inf
        failed = partial(self._failure, sent=True)
        return unpack_stream(BlockingStream(connection, answer, partial(self._give_back, connection), failed))

    def _begin(self, request: Request, timeout: Timeout) -> tuple[_Connection, http.client.HTTPResponse]:
        """Send, and read the head of the answer."""
        connection = self._connection(timeout)
        connection.deadline = time.monotonic() + timeout.total
        connection.wait = timeout.read
        sent, answer = True, None
        target, headers = request.target, {**_ALWAYS, **request.headers}
        if self._absolute is not None:
            target, headers = self.base_url + target, {**headers, **self._absolute.credentials}
        # bytes: http.client would take texts for latin-1
        encoded: Any = {name: value.encode() for name, value in headers.items()}
        try:
            if connection.sock is None:
                sent = False
                connection.connect()
                sent = True
            connection.bound(connection.sock)
            connection.request(request.method, target, request.content, encoded)
            answer = connection.getresponse()
            if connection.ended:  # http.client takes a head that breaks off for a whole one
                raise http.client.HTTPException("the head of the answer is cut")
        except BaseException as error:
            _abandon(connection, answer)
            if isinstance(error, BROKEN):
                raise self._failure(error, sent=sent) from None
            raise
        return connection, answer

    @property
    def _absolute(self) -> Proxy | None:
        """The proxy that requests go to if it wants the whole URL, and its credentials with each of them."""
        return self._proxy if self._url.scheme == "http" else None

    def _connection(self, timeout: Timeout) -> _Connection:
        while self._idle:
            try:
                connection = self._idle.pop()
            except IndexError:  # another thread was faster
                break
            if connection.usable:
                return connection
            connection.close()
        return self._new_connection(timeout.connect)

    def _give_back(self, connection: _Connection) -> None:
        connection.idle_since = time.monotonic()
        if len(self._idle) < _IDLE:
            self._idle.append(connection)
        else:
            connection.close()

    def _new_connection(self, connect_timeout: float) -> _Connection:
        there = (self._host, self._port) if self._proxy is None else (self._proxy.host, self._proxy.port)
        if self._url.scheme == "http":
            return _Connection(*there, timeout=connect_timeout)
        connection = _SecureConnection(*there, timeout=connect_timeout, context=self._trust())
        if self._proxy is not None:
            connection.set_tunnel(self._host, self._port, dict(self._proxy.credentials))
        return connection

    # Background

    async def send_async(self, request: Request, timeout: Timeout) -> Response:
        import aiohttp

        if self._other is not None:
            return await self._other.send_async(request, timeout)
        try:
            async with self._asked(request, timeout, timeout.total) as answer:
                content = await answer.read()
                headers = join_headers(answer.headers.items())
                return Response(answer.status, headers, unpack(answer.status, headers, content))
        except (*BROKEN, aiohttp.ClientError, RuntimeError) as error:
            failure = self._failure(error, sent=_was_sent(error))
        raise failure  # out here, as errors of aiohttp hold the headers that were sent

    async def stream_async(self, request: Request, timeout: Timeout) -> Stream:
        """The answer as soon as its head is there. Only the wait for each piece of its body is bounded."""
        import aiohttp

        from ._http_stream import LoopStream

        if self._other is not None:
            return await self._other.stream_async(request, timeout)
        try:
            answer = leave_to_parent(await self._asked(_unpacked_only(request), timeout, None))
            headers = join_headers(answer.headers.items())
            failed = partial(self._failure, sent=True)
            return unpack_stream(LoopStream(answer.status, headers, answer.content.readany, answer.close, failed))
        except (*BROKEN, aiohttp.ClientError, RuntimeError) as error:
            failure = self._failure(error, sent=_was_sent(error))
        raise failure  # out here, as in `send_async`

    def _asked(self, request: Request, timeout: Timeout, total: float | None) -> Any:
        import aiohttp
        from yarl import URL

        proxy, headers = self._proxy, {**_ALWAYS, **request.headers}
        if self._absolute is not None:
            headers |= self._absolute.credentials
        return self._session().request(
            request.method,
            URL(self.base_url + request.target, encoded=True),
            headers=headers,
            data=_streamed(request.content),
            timeout=aiohttp.ClientTimeout(total=total, sock_connect=timeout.connect, sock_read=timeout.read),
            allow_redirects=False,
            proxy=None if proxy is None else str(proxy),
            # aiohttp tells the address of a proxy in its messages, so the credentials travel beside it
            proxy_headers=proxy.credentials if proxy is not None and self._absolute is None else None,
            ssl=self._trust() if self._url.scheme == "https" else True,
        )

    def _session(self) -> aiohttp.ClientSession:
        import asyncio

        import aiohttp

        loop = asyncio.get_running_loop()
        session = self._sessions.get((os.getpid(), loop))
        if session is None or session.closed:
            connector = aiohttp.TCPConnector(
                limit=self.in_flight, keepalive_timeout=_IDLE_SECONDS, socket_factory=_socket_of
            )
            session = aiohttp.ClientSession(
                connector=connector,
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
                max_line_size=_LONGEST_LINE,
                max_field_size=_LONGEST_LINE,
            )
            leave_to_parent(session)
            self._sessions[os.getpid(), loop] = session
        return session

    # Either

    def _failure(self, error: BaseException, *, sent: bool) -> TransportError:
        there = f"{self._host}:{self._port}" + (f" through the proxy {self._proxy}" if self._proxy else "")
        return (fail_answer if sent else fail_connect)(there, error)


class _Connection(http.client.HTTPConnection):
    """A connection whose every wait is bounded: by `wait` for a piece, by `deadline` for the whole."""

    deadline = 0.0
    wait = 0.0
    ended = False  # whether the server closed its side
    idle_since = 0.0

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._create_connection = connect
        self._pid = os.getpid()

    def bound(self, sock: Any) -> None:
        """Let the next operation on the socket take no longer than is left."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        sock.settimeout(min(self.wait, left))

    def response_class(self, sock: Any, *args: Any, **kwargs: Any) -> http.client.HTTPResponse:  # type: ignore[override]
        bounded: Any = _Bounded(self, sock)
        return _Answer(bounded, *args, **kwargs)

    @property
    def usable(self) -> bool:
        """Whether the server has not closed it meanwhile. It has nothing to say before it is asked.

        A forked child must not share its parent's.
        """
        if self.sock is None or self._pid != os.getpid() or time.monotonic() - self.idle_since > _IDLE_SECONDS:
            return False
        try:
            return not _is_readable(self.sock)
        except (OSError, ValueError):
            return False


class _Answer(http.client.HTTPResponse):
    def _read_status(self) -> tuple[str, int, str]:
        """The status of the answer itself: what the server says before it (102, 103) is passed over."""
        while True:
            begun = cast("tuple[str, int, str]", super()._read_status())  # type: ignore[misc]
            if not 101 < begun[1] < 200:
                return begun
            http.client.parse_headers(self.fp)


class _SecureConnection(_Connection, http.client.HTTPSConnection):  # pyright: ignore[reportIncompatibleVariableOverride]
    pass


class _Bounded:
    """What http.client reads answers from: the socket, each read of it bounded."""

    def __init__(self, connection: _Connection, sock: Any) -> None:
        self._connection, self._sock = connection, sock

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Reader(self._connection, self._sock), 65536)


class _Reader(io.RawIOBase):
    def __init__(self, connection: _Connection, sock: Any) -> None:
        self._connection, self._sock = connection, sock
        self._raw: Any = sock.makefile("rb", buffering=0)  # keeps the socket open until it is read

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._connection.bound(self._sock)
        count = self._raw.readinto(buffer)
        self._connection.ended = count == 0
        return count

    def close(self) -> None:
        if not self.closed:
            self._raw.close()
        super().close()


def _streamed(content: bytes | None) -> Any:
    """A large body in pieces, so that sending it leaves the loop free for others."""
    return io.BytesIO(content) if content is not None and len(content) > 2**20 else content


def _abandon(connection: _Connection, answer: http.client.HTTPResponse | None) -> None:
    connection.close()  # half an answer would be taken for the next one
    if answer is not None:
        answer.close()


def _unpacked_only(request: Request) -> Request:
    return attrs.evolve(request, headers={**request.headers, "Accept-Encoding": "identity"})


def _was_sent(error: BaseException) -> bool:
    import aiohttp

    before = (
        aiohttp.ClientConnectorError,
        aiohttp.ConnectionTimeoutError,
        aiohttp.ClientHttpProxyError,
        aiohttp.InvalidURL,
    )
    return not isinstance(error, before)


def _is_readable(sock: socket.socket) -> bool:
    if not hasattr(select, "poll"):
        return bool(select.select([sock], [], [], 0)[0])
    poll = select.poll()  # unlike select, it can watch any number of open files
    poll.register(sock, select.POLLIN)
    return bool(poll.poll(0))


def _socket_of(info: Any) -> socket.socket:
    """A socket for an address, as aiohttp asks for it."""
    sock = socket.socket(*info[:3])
    keep_alive(sock)
    return sock


def _close_all(idle: deque[_Connection], sessions: dict[_Place, Any]) -> None:
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
