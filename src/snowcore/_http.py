"""HTTP: the only module that knows what carries it.

Blocking calls go through http.client, background ones through aiohttp. Both were chosen by measuring: per call, httpx
takes four times the processor time of the one, and answers a tenth of the calls per second of the other.
"""

from __future__ import annotations

import gzip
import http.client
import io
import math
import os
import select
import ssl
import time
import urllib.request
import weakref
import zlib
from collections import deque
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, urlsplit

import attrs

from snowflake_rest.runtime import Request

from ._transport import Response, Timeout, TransportError

if TYPE_CHECKING:
    import asyncio

    import aiohttp

    from ._stream import Stream

    _Place = tuple[int, asyncio.AbstractEventLoop]  # a process, as its children inherit its loops, and a loop

_IDLE = 64  # connections kept open for reuse
_ALWAYS = {"Accept-Encoding": "gzip"}
_BROKEN = (OSError, http.client.HTTPException, ValueError)


class HttpTransport:
    """HTTP/1.1 to one host, with connections kept open for reuse. Any number of threads may share it.

    Proxies come from HTTPS_PROXY, HTTP_PROXY and NO_PROXY, further certificate authorities from SSL_CERT_FILE.
    ValueError for a URL, of the host or of a proxy, that is none, and for a password in the host's.

    in_flight: how many background requests may be under way at once; the others wait their turn.
    """

    def __init__(self, base_url: str, *, in_flight: int = 100) -> None:
        self.base_url = base_url.rstrip("/")
        self.in_flight = in_flight
        if "@" in base_url:
            raise ValueError("base_url: credentials don't belong into the URL, which logs and reprs show")
        url = _split(self.base_url)
        if url is None or url.scheme not in ("http", "https"):
            raise ValueError(f"base_url: expected http(s)://host[:port], not {base_url!r}")
        self._url = url
        self._proxy, self._proxy_headers = _proxy_for(url)
        self._context: ssl.SSLContext | None = None
        self._idle: deque[_Connection] = deque(maxlen=_IDLE)
        self._sessions: dict[_Place, aiohttp.ClientSession] = {}
        self._finalizer = weakref.finalize(self, _close_all, self._idle, self._sessions)

    def __repr__(self) -> str:
        return f"<HttpTransport {self.base_url}>"

    def close(self) -> None:
        """Close what is open. The transport can be used again."""
        _close_all(self._idle, self._sessions)

    # Blocking

    def send(self, request: Request, timeout: Timeout) -> Response:
        connection, answer = self._begin(request, timeout)
        try:
            content = answer.read()
        except BaseException as error:
            _abandon(connection, answer)
            if isinstance(error, _BROKEN):
                raise _failure(error, sent=True) from error
            raise
        if answer.will_close:
            connection.close()
        else:
            self._idle.append(connection)
        headers = {name.lower(): value for name, value in answer.getheaders()}
        return Response(answer.status, headers, _unpacked(headers, content))

    def stream(self, request: Request, timeout: Timeout) -> Stream:
        """The answer as soon as its head is there. Only the wait for each piece of its body is bounded."""
        from ._http_stream import BlockingStream

        connection, answer = self._begin(_unpacked_only(request), timeout)
        connection.deadline = math.inf
        return BlockingStream(connection, answer, partial(self._idle.append, connection), partial(_failure, sent=True))

    def _begin(self, request: Request, timeout: Timeout) -> tuple[_Connection, http.client.HTTPResponse]:
        """Send, and read the head of the answer."""
        connection = self._connection(timeout)
        connection.deadline = time.monotonic() + timeout.total
        connection.wait = timeout.read
        sent, answer = True, None
        try:
            if connection.sock is None:
                sent = False
                connection.connect()
                sent = True
            connection.bound(connection.sock)
            target = request.target if not self._absolute else self.base_url + request.target
            # as bytes, since http.client would write text in latin-1, unlike aiohttp
            headers = {name: value.encode() for name, value in self._headers(request).items()}
            connection.request(request.method, target, request.content, headers)
            answer = connection.getresponse()
            if connection.ended:  # http.client takes a head that breaks off for a whole one
                raise http.client.HTTPException("the head of the answer is cut")
        except BaseException as error:
            _abandon(connection, answer)
            if isinstance(error, _BROKEN):
                raise _failure(error, sent=sent) from error
            raise
        return connection, answer

    @property
    def _absolute(self) -> bool:
        """Whether requests go to a proxy that wants the whole URL."""
        return self._proxy is not None and self._url.scheme == "http"

    def _headers(self, request: Request) -> dict[str, str]:
        """What a request carries, with the proxy's credentials where the proxy is what reads it."""
        return {**_ALWAYS, **(self._proxy_headers if self._absolute else {}), **request.headers}

    def _connection(self, timeout: Timeout) -> _Connection:
        while self._idle:
            connection = self._idle.pop()
            if connection.usable:
                return connection
            connection.close()
        return self._new_connection(timeout.connect)

    def _new_connection(self, connect_timeout: float) -> _Connection:
        there = self._proxy or self._url
        host, port = there.hostname or "", there.port or (443 if there.scheme == "https" else 80)
        if self._url.scheme == "http":
            return _Connection(host, port, timeout=connect_timeout)
        connection = _SecureConnection(host, port, timeout=connect_timeout, context=self._trust())
        if self._proxy is not None:
            connection.set_tunnel(self._url.hostname or "", self._url.port or 443, self._proxy_headers)
        return connection

    def _trust(self) -> ssl.SSLContext:
        if self._context is None:
            self._context = _trusted()
        return self._context

    # Background

    async def send_async(self, request: Request, timeout: Timeout) -> Response:

        import aiohttp

        try:
            async with self._asked(request, timeout, timeout.total) as answer:
                content = await answer.read()
                headers = {name.lower(): value for name, value in answer.headers.items()}
                return Response(answer.status, headers, content)
        except (TimeoutError, aiohttp.ClientError, OSError, ValueError) as error:
            failure = _failure(error, sent=_was_sent(error))
        raise failure  # out here, as errors of aiohttp hold the headers that were sent

    async def stream_async(self, request: Request, timeout: Timeout) -> Stream:
        """The answer as soon as its head is there. Only the wait for each piece of its body is bounded."""

        import aiohttp

        from ._http_stream import LoopStream

        try:
            answer = await self._asked(_unpacked_only(request), timeout, None)
            return LoopStream(answer, partial(_failure, sent=True))
        except (TimeoutError, aiohttp.ClientError, OSError, ValueError) as error:
            failure = _failure(error, sent=_was_sent(error))
        raise failure  # out here, as in `send_async`

    def _asked(self, request: Request, timeout: Timeout, total: float | None) -> Any:
        import aiohttp
        from yarl import URL

        return self._session().request(
            request.method,
            URL(self.base_url + request.target, encoded=True),
            headers=self._headers(request),
            data=_streamed(request.content),
            timeout=aiohttp.ClientTimeout(total=total, sock_connect=timeout.connect, sock_read=timeout.read),
            allow_redirects=False,
            proxy=None if self._proxy is None else self._proxy.geturl(),
            proxy_headers=self._proxy_headers,
            ssl=self._trust() if self._url.scheme == "https" else True,
        )

    def _session(self) -> aiohttp.ClientSession:
        import asyncio

        import aiohttp

        loop = asyncio.get_running_loop()
        session = self._sessions.get((os.getpid(), loop))
        if session is None or session.closed:
            connector = aiohttp.TCPConnector(limit=self.in_flight)
            session = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())
            self._sessions[os.getpid(), loop] = session
        return session


class _Connection(http.client.HTTPConnection):
    """A connection whose every wait is bounded: by `wait` for a piece, by `deadline` for the whole."""

    deadline = 0.0
    wait = 0.0
    ended = False  # whether the server closed its side

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._pid = os.getpid()

    def bound(self, sock: Any) -> None:
        """Let the next operation on the socket take no longer than is left."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        sock.settimeout(min(self.wait, left))

    def response_class(self, sock: Any, *args: Any, **kwargs: Any) -> http.client.HTTPResponse:  # type: ignore[override]
        bounded: Any = _Bounded(self, sock)
        return http.client.HTTPResponse(bounded, *args, **kwargs)

    @property
    def usable(self) -> bool:
        """Whether the server has not closed it meanwhile. It has nothing to say before it is asked.

        A forked child must not share its parent's.
        """
        if self.sock is None or self._pid != os.getpid():
            return False
        try:
            readable, _, _ = select.select([self.sock], [], [], 0)
        except (OSError, ValueError):  # ValueError: more files open than select can watch
            return False
        return not readable


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


def _failure(error: BaseException, *, sent: bool) -> TransportError:
    import asyncio

    if isinstance(error, (TimeoutError, asyncio.TimeoutError)):
        return TransportError("the answer took too long" if sent else "connecting took too long", sent=sent)
    what = "the connection broke" if sent else "could not connect"
    return TransportError(f"{what}: {_reason(error)}", sent=sent)


def _reason(error: BaseException) -> str:
    """Why something failed, in words without a URL or a header, which may hold secrets."""
    if hasattr(error, "request_info"):  # an answer that aiohttp can't take: it would name the URL, even a proxy's
        status, message = getattr(error, "status", 0), getattr(error, "message", "")
        return f"{status} {message}".strip()
    quotes = isinstance(error, (ValueError, http.client.InvalidURL)) and not isinstance(error, OSError)
    return type(error).__name__ if quotes else str(error) or type(error).__name__


def _unpacked(headers: Mapping[str, str], content: bytes) -> bytes:
    encoding = headers.get("content-encoding", "identity")
    try:
        if encoding == "gzip":
            return gzip.decompress(content)
    except (OSError, EOFError, zlib.error) as error:
        raise TransportError(f"the answer is not the gzip that it says it is: {error}", sent=True) from error
    if encoding not in ("", "identity"):
        raise TransportError(f"the answer is packed as {encoding}, which nobody asked for", sent=True)
    return content


def _split(url: str) -> SplitResult | None:
    """A URL in its parts; None if it names no host, or no port that there is."""
    try:
        parts = urlsplit(url)
        return parts if parts.hostname and parts.port != 0 else None
    except ValueError:  # whose words quote the URL
        return None


def _proxy_for(url: SplitResult) -> tuple[SplitResult | None, dict[str, str]]:
    """The proxy on the way to a host, without credentials, and the headers that hold them."""
    host = url.hostname or ""
    proxies = urllib.request.getproxies()
    proxy = proxies.get(url.scheme) or proxies.get("all")
    if not proxy or urllib.request.proxy_bypass(host if url.port is None else f"{host}:{url.port}"):
        return None, {}
    parts = _split(proxy if "://" in proxy else f"http://{proxy}")
    if parts is None:
        raise ValueError(f"the proxy for {url.scheme} that the environment names is not http://host:port")
    if parts.scheme != "http":
        raise ValueError(f"a proxy of type {parts.scheme!r} is not supported; expected http://host:port")
    return SplitResult("http", parts.netloc.rpartition("@")[2], "", "", ""), _basic(parts)


def _basic(proxy: SplitResult) -> dict[str, str]:
    if proxy.username is None:
        return {}
    from base64 import b64encode
    from urllib.parse import unquote

    pair = f"{unquote(proxy.username)}:{unquote(proxy.password or '')}"
    return {"Proxy-Authorization": f"Basic {b64encode(pair.encode()).decode()}"}


def _trusted() -> ssl.SSLContext:
    """The certificate authorities of SSL_CERT_FILE if it is set, else the system's and, where installed, certifi's."""
    bundle = os.environ.get("SSL_CERT_FILE") or os.environ.get("ssl_cert_file")  # noqa: SIM112
    if bundle:
        return ssl.create_default_context(cafile=bundle)
    context = ssl.create_default_context()
    try:
        import certifi
    except ImportError:
        return context
    context.load_verify_locations(certifi.where())
    return context


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
