"""What a transport is: requests out, answers in."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Protocol, cast

import attrs
import orjson

from snowflake_rest.runtime import Request


@attrs.frozen
class Timeout:
    """How long to wait, in seconds: for a connection, for each piece of the answer, and for the whole of it."""

    connect: float = 30.0
    read: float = 300.0
    total: float = 600.0


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
        return Response(status, {k.lower(): v for k, v in headers.items()}, content)

    async def send_async(self, request: Request, timeout: Timeout) -> Response:
        import asyncio

        return await asyncio.to_thread(self.send, request, timeout)

    def close(self) -> None:
        """The account belongs to whoever made it."""
