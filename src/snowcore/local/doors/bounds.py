"""What a caller may cost who has not shown yet who it is: hosts, bytes and seconds (guesses: `guesses.py`).

Whoever holds a token may send more, but neither without end. What goes beyond the bounds is refused in JSON, unread.
"""

from __future__ import annotations

import asyncio
import gzip
import io
import ipaddress
import zlib
from typing import Any

import orjson
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from uvicorn.protocols.http.h11_impl import H11Protocol

from .bodies import Refused, malformed

STRANGER_BYTES = 1 << 20
"""How long a body may be, packed and unpacked, of a caller without a token."""
KNOWN_BYTES = 1 << 30
"""The same with a token."""
SECONDS = 20.0
"""How long the head of a request, a stranger's body, and each further piece of another's may take."""
IDLE_SECONDS = 120.0
"""How long a connection stays open without a request. Clients may send just when it is closed, so let it be rare."""

_JSON = "application/json"
_AT_ONCE = 1 << 16
"""What is unpacked in the event loop; more would make the others wait."""
_OURS = (".localhost", ".local", ".internal", ".snowflakecomputing.com")
"""Names that nobody from outside can have lead to this machine."""


# Hosts


def check_host(header: str, own: str) -> None:
    """Refused for a Host that a web page may have chosen, to reach this server by a name of its own.

    Addresses, names without a dot, names that nobody can register and the one that the server was told are ours.
    """
    name = header.strip().lower()
    name = name[1:].partition("]")[0] if name.startswith("[") else name.partition(":")[0]
    if name == own.lower() or (name and "." not in name) or name.endswith(_OURS):
        return
    try:
        ipaddress.ip_address(name)
    except ValueError:
        raise Refused(421, "390000", "08001", "This server doesn't answer for the host of the request.") from None


# Bodies


async def content(request: Request, *, known: bool) -> bytes:
    """The body, unpacked. known: whether the caller has shown a token."""
    most = KNOWN_BYTES if known else STRANGER_BYTES
    length = request.headers.get("content-length", "0")
    if not length.isdecimal() or int(length) > most:
        raise _too_long(most)
    packed = bytearray()
    try:
        async with asyncio.timeout(SECONDS) as limit:
            async for chunk in request.stream():
                packed += chunk
                if len(packed) > most:
                    raise _too_long(most)
                if known:
                    limit.reschedule(asyncio.get_running_loop().time() + SECONDS)
    except TimeoutError:
        raise Refused(408, "391918", "08001", "The body of the request didn't come in time.") from None
    except ClientDisconnect:
        raise Refused(400, "391917", "08001", "The client left before the end of its request.") from None
    encoding = request.headers.get("content-encoding", "identity").strip().lower()
    if encoding == "identity" or not encoding:
        return bytes(packed)
    if encoding != "gzip":
        raise Refused(415, "391903", "22023", f"The body may be packed by gzip, not by {encoding!r}.")
    if len(packed) <= _AT_ONCE and not known:
        return _unpacked(packed, most)
    return await asyncio.to_thread(_unpacked, packed, most)


def _unpacked(packed: bytearray, most: int) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(packed)) as file:
            found = file.read(most + 1)
    except (OSError, EOFError, zlib.error):
        raise malformed("The body isn't packed by gzip, or not all of it came.") from None
    if len(found) > most:
        raise _too_long(most)
    return found


def _too_long(most: int) -> Refused:
    return Refused(413, "391917", "22023", f"The body is longer than {most} bytes.")


# Connections


class Guard:
    """In front of the routes: hosts that aren't ours are refused, and who is answered before the end of its request
    is read to the end, though nothing is kept of it, since it might not look at the answer before."""

    def __init__(self, app: Any, host: str) -> None:
        self._app, self._host = app, host

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        whole = False

        async def receiving() -> Any:
            nonlocal whole
            message = await receive()
            whole = not message.get("more_body")
            return message

        async def sending(message: Any) -> None:
            if message["type"] == "http.response.start" and not whole:
                try:
                    async with asyncio.timeout(SECONDS):
                        while not whole:
                            await receiving()
                except TimeoutError:
                    message = {**message, "headers": [*message["headers"], (b"connection", b"close")]}
            await send(message)

        app = self._app
        try:
            check_host(Request(scope).headers.get("host", ""), self._host)
        except Refused as error:
            app = Response(orjson.dumps({"message": error.message, "code": error.code}), error.status, media_type=_JSON)
        await app(scope, receiving, sending)


class Connection(H11Protocol):
    """uvicorn's, but the head of a request must come in time."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._inner: Any = self.app
        self.app = self._answered
        self._watch: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._expect(SECONDS)

    def connection_lost(self, exc: Exception | None) -> None:
        self._expect(None)
        super().connection_lost(exc)

    async def _answered(self, scope: Any, receive: Any, send: Any) -> None:
        self._expect(None)
        try:
            await self._inner(scope, receive, send)
        finally:
            self._expect(IDLE_SECONDS)

    def send_400_response(self, msg: str) -> None:
        """For what is no HTTP."""
        body = orjson.dumps({"message": msg, "code": "391917"})
        head = f"HTTP/1.1 400 Bad Request\r\nContent-Type: {_JSON}\r\nContent-Length: {len(body)}\r\n"
        self.transport.write(f"{head}Connection: close\r\n\r\n".encode() + body)
        self.transport.close()

    def _expect(self, seconds: float | None) -> None:
        """Close the connection if no request has begun by then."""
        if self._watch is not None:
            self._watch.cancel()
        closing = self.transport.is_closing()
        self._watch = None if seconds is None or closing else self.loop.call_later(seconds, self.transport.close)
