"""Requests over clients of httpx, or httpx2: those that users bring, and ours for proxies that only they can reach.

Neither package is imported here before it is needed: what is done with a client is the same for both.
"""

from __future__ import annotations

import asyncio
import ssl
import time
from functools import partial
from typing import Any

from snowflake_rest.runtime import Request

from ._failures import fail_answer, fail_connect, name_classes
from ._http_stream import BlockingStream, LoopStream
from ._packing import unpack, unpack_async, unpack_stream
from ._proxy import Proxy
from ._tls import make_context
from ._transport import (
    Response,
    Stream,
    Timeout,
    TransportError,
    default_port,
    join_address,
    join_headers,
    parse_base_url,
)

_UNSENT = frozenset(
    {"ConnectError", "ConnectTimeout", "PoolTimeout", "ProxyError", "UnsupportedProtocol", "LocalProtocolError"}
)
_USELESS = frozenset({"UnsupportedProtocol", "LocalProtocolError", "InvalidURL", "HTTPStatusError", "TooManyRedirects"})
_OURS = frozenset({"HTTPError", "InvalidURL", "StreamError", "CookieConflict"})  # the roots of httpx's own errors


class HttpxTransport:
    """Requests over the clients of the caller, who closes them.

    client: an `httpx.Client`, for blocking calls. async_client: an `httpx.AsyncClient`, for background calls, all of
    which run in one event loop. With only the first, background calls use it in threads; with only the second, a
    blocking call is an error.
    """

    base_url = ""

    def __init__(
        self, base_url: str, client: Any = None, async_client: Any = None, *, proxy: Proxy | None = None
    ) -> None:
        url = parse_base_url(base_url)
        self.base_url = base_url.rstrip("/")
        there = join_address(url.hostname or "", url.port or default_port(url.scheme))
        self._there = there if proxy is None else f"{there} through the proxy {proxy}"
        self._client, self._async_client, self._owns = client, async_client, proxy is not None

    def __repr__(self) -> str:
        return f"<HttpxTransport {self.base_url}>"

    def close(self) -> None:
        """Clients belong to whoever made them."""
        if self._owns:
            self._client.close()

    def send(self, request: Request, timeout: Timeout) -> Response:
        deadline = time.monotonic() + timeout.total
        answer = self._ask(request, timeout)
        try:
            if answer.is_stream_consumed:  # a hook has read it, or it never was on a network
                return Response(answer.status_code, _headers(answer), answer.content)
            pieces: list[bytes] = []
            for piece in answer.iter_raw():
                pieces.append(piece)
                if time.monotonic() > deadline:
                    raise TimeoutError
            return unpack(_packed(answer, pieces), deadline)
        except TransportError:
            raise
        except Exception as error:
            failure = self._failure(error, sent=True)
        finally:
            answer.close()
        raise failure  # out here, as below

    def stream(self, request: Request, timeout: Timeout) -> Stream:
        """The answer as soon as its head is there. Only the wait for each piece of its body is bounded."""
        answer = self._ask(request, timeout)
        pieces = iter([answer.content]) if answer.is_stream_consumed else answer.iter_raw()
        take, failed = partial(next, pieces, b""), partial(self._failure, sent=True)
        return unpack_stream(
            BlockingStream(answer.status_code, _headers(answer), take, answer.close, answer.close, failed)
        )

    def _ask(self, request: Request, timeout: Timeout) -> Any:
        if self._client is None:
            raise TransportError(
                "only an async_http_client was given, which blocking calls can't use; give an http_client too, "
                "or call the methods that end in _async",
                sent=False,
                final=True,
            )
        try:
            built = self._build_request(self._client, request, timeout)
            return self._client.send(built, stream=True, auth=None, follow_redirects=False)
        except Exception as error:
            failure = self._failure(error)
        raise failure  # out here, as errors of httpx hold the request with its headers

    async def send_async(self, request: Request, timeout: Timeout) -> Response:
        if self._async_client is None:
            return await asyncio.to_thread(self.send, request, timeout)
        deadline = time.monotonic() + timeout.total
        try:
            async with asyncio.timeout(timeout.total):
                answer = await self._ask_async(request, timeout)
                try:
                    if answer.is_stream_consumed:
                        return Response(answer.status_code, _headers(answer), answer.content)
                    packed = _packed(answer, [piece async for piece in answer.aiter_raw()])
                    return await unpack_async(packed, deadline)
                finally:
                    await answer.aclose()
        except TransportError:
            raise
        except Exception as error:
            failure = self._failure(error, sent=True)
        raise failure  # out here, as above

    async def stream_async(self, request: Request, timeout: Timeout) -> Stream:
        """The answer as soon as its head is there. Only the wait for each piece of its body is bounded."""
        if self._async_client is None:
            return await asyncio.to_thread(self.stream, request, timeout)
        answer = await self._ask_async(request, timeout)
        pieces = _give_content(answer) if answer.is_stream_consumed else answer.aiter_raw()
        loop, closing = asyncio.get_running_loop(), set[Any]()

        def leave() -> None:
            task = loop.create_task(answer.aclose())
            closing.add(task)  # a loop keeps no task alive by itself
            task.add_done_callback(closing.discard)

        failed = partial(self._failure, sent=True)
        take = partial(_next, pieces)
        return unpack_stream(LoopStream(answer.status_code, _headers(answer), take, timeout.read, leave, failed))

    async def _ask_async(self, request: Request, timeout: Timeout) -> Any:
        try:
            built = self._build_request(self._async_client, request, timeout)
            return await self._async_client.send(built, stream=True, auth=None, follow_redirects=False)
        except Exception as error:
            failure = self._failure(error)
        raise failure  # out here, as errors of httpx hold the request with its headers

    def _build_request(self, client: Any, request: Request, timeout: Timeout) -> Any:
        headers = {"Accept-Encoding": "gzip", **request.headers}
        return client.build_request(
            request.method,
            self.base_url + request.target,
            headers=[(name.encode(), value.encode()) for name, value in headers.items()],
            content=request.content,
            timeout=(timeout.connect, timeout.read, timeout.read, timeout.connect),
        )

    def _failure(self, error: BaseException, *, sent: bool = False) -> TransportError:
        kinds = name_classes(error)
        of_httpx = not kinds.isdisjoint(_OURS)
        if sent or (of_httpx and kinds.isdisjoint(_UNSENT | _USELESS)) or "HTTPStatusError" in kinds:
            failure = fail_answer(self._there, error)
        else:
            failure = fail_connect(self._there, error)
        kinds |= name_classes(error.__context__)  # where an answer leads to no URL, httpx says only that it broke
        useless = not kinds.isdisjoint(_USELESS) or (not of_httpx and not isinstance(error, TimeoutError))
        return TransportError(failure.reason, sent=failure.sent, final=failure.final or useless)


def reach_proxy(base_url: str, proxy: Proxy, context: ssl.SSLContext) -> HttpxTransport:
    """Requests through a proxy of any kind that httpx knows. TransportError where it does not."""
    try:
        import httpx

        to_proxy = make_context(None, restricted=False) if proxy.scheme == "https" else None
        client = httpx.Client(
            proxy=httpx.Proxy(proxy.url, ssl_context=to_proxy), verify=context, trust_env=False, timeout=None
        )
    except ImportError:
        raise TransportError(
            f"the proxy {proxy} can only be reached with another package: pip install 'httpx[socks]'",
            sent=False,
            final=True,
        ) from None
    except ValueError:
        raise TransportError(
            f"a proxy of the kind {proxy.scheme}:// is not supported", sent=False, final=True
        ) from None
    return HttpxTransport(base_url, client, proxy=proxy)


def _headers(answer: Any) -> dict[str, str]:
    headers = join_headers(answer.headers.multi_items())
    if answer.is_stream_consumed:
        headers.pop("content-encoding", None)  # httpx has unpacked it
    return headers


def _packed(answer: Any, pieces: list[bytes]) -> Response:
    return Response(answer.status_code, join_headers(answer.headers.multi_items()), b"".join(pieces))


async def _give_content(answer: Any) -> Any:
    yield answer.content


async def _next(pieces: Any) -> bytes:
    return await anext(pieces, b"")
