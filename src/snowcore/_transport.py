"""What a transport is: requests out, answers in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any, Protocol, TypeVar, cast
from urllib.parse import SplitResult, urlsplit

import attrs
import orjson

from snowflake_rest.runtime import Request

T = TypeVar("T")


@attrs.frozen
class Timeout:
    """How long to wait, in seconds.

    connect: for a connection, default 30. read: for each piece of the answer, default 300. total: for the whole of it,
    default 600.
    """

    connect: float = attrs.field(default=30.0, converter=float)
    read: float = attrs.field(default=300.0, converter=float)
    total: float = attrs.field(default=600.0, converter=float)


class Concealed(dict[str, T]):
    """Headers or settings by name. No repr shows what they hold, as some are tokens, keys or passwords."""

    def __repr__(self) -> str:
        return f"<{', '.join(self)}: not shown>"


class Hidden(str):
    """Text that no repr shows, as it is a password or may hold one."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "<not shown>"


@attrs.frozen
class Response:
    """An answer, whole.

    status: its number. headers: by name in lower case. content: the body.
    """

    status: int
    headers: Mapping[str, str] = attrs.field(factory=dict[str, str])
    content: bytes = b""

    @property
    def reason(self) -> str:
        """The phrase that belongs to the status."""
        try:
            return HTTPStatus(self.status).phrase
        except ValueError:
            return "Unknown status"

    @property
    def text(self) -> str:
        """The body as text."""
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
    """No answer.

    sent: whether the server may have received the request, and so may have acted on it. final: whether another attempt
    can't succeed either, as with a certificate that is not trusted. reason: why, without any secret; users read it.
    """

    def __init__(self, reason: str, *, sent: bool, final: bool = False) -> None:
        super().__init__(reason)
        self.reason, self.sent, self.final = reason, sent, final


class Transport(Protocol):
    """Carries requests to one host. Raises TransportError and nothing else.

    A transport that has a `base_url` (`https://host:port`) lets answers name their host in `Location` and `Link`.
    """

    def send(self, request: Request, timeout: Timeout) -> Response:
        """Send a request and give the whole answer. Raises TransportError."""
        ...

    async def send_async(self, request: Request, timeout: Timeout) -> Response:
        """The same on the running event loop."""
        ...

    def close(self) -> None:
        """Close what is open."""
        ...


class Stream(Protocol):
    """An answer whose head is there and whose body arrives. Header names are in lower case.

    Reading gives the next piece, and nothing at the end. Either way of reading may be used from any thread, and
    `read_async` in any event loop. Raises TransportError and nothing else.
    """

    status: int
    headers: Mapping[str, str]

    def read(self) -> bytes:
        """The next piece of the body; empty at its end."""
        ...

    async def read_async(self) -> bytes:
        """The same on the running event loop."""
        ...

    def close(self) -> None:
        """Close what is open."""
        ...


class StreamingTransport(Transport, Protocol):
    """A transport that gives an answer before it has it whole."""

    def stream(self, request: Request, timeout: Timeout) -> Stream:
        """Send a request and give the answer when its head is there. Raises TransportError."""
        ...

    async def stream_async(self, request: Request, timeout: Timeout) -> Stream:
        """The same on the running event loop."""
        ...


def parse_base_url(text: str) -> SplitResult:
    """The address of a server. ValueError for what is none; passwords in it are not shown."""
    if "@" in text:
        raise ValueError("base_url: credentials don't belong into the URL, which logs and reprs show")
    try:
        url = urlsplit(text.rstrip("/"))
        proper = url.scheme in ("http", "https") and bool(url.hostname) and url.port != 0 and not any(url[2:])
    except ValueError:
        raise ValueError("base_url: expected http(s)://host[:port]") from None
    if not proper:
        raise ValueError(f"base_url: expected http(s)://host[:port], not {str(text)!r}")
    return url


def default_port(scheme: str) -> int:
    """The port that an address of this scheme means when it names none."""
    return {"https": 443, "http": 80}.get(scheme, 1080)


def join_address(host: str, port: int) -> str:
    """`host:port`, as URLs and messages write it."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def join_headers(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Headers by their names in lower case; what comes several times is joined, as a list is."""
    joined: dict[str, str] = {}
    for name, value in pairs:
        name = name.lower()
        joined[name] = f"{joined[name]}, {value}" if name in joined else value
    return joined


class AnswersRequests(Protocol):
    """A connection that answers requests by itself, in this process, such as the embedded account."""

    def handle_request(
        self, method: str, target: str, headers: Mapping[str, str], content: bytes | None
    ) -> tuple[int, Mapping[str, str], bytes]: ...


class InProcessTransport:
    """Requests handed to an object in this process: no socket, no server."""

    def __init__(self, account: AnswersRequests) -> None:
        self._account = account

    def __repr__(self) -> str:
        return f"<InProcessTransport {self._account!r}>"

    def send(self, request: Request, timeout: Timeout) -> Response:
        status, headers, content = self._account.handle_request(
            request.method, request.target, request.headers, request.content
        )
        return Response(status, join_headers(headers.items()), content)

    async def send_async(self, request: Request, timeout: Timeout) -> Response:
        import asyncio

        return await asyncio.to_thread(self.send, request, timeout)

    def close(self) -> None:
        """The account belongs to whoever made it."""
