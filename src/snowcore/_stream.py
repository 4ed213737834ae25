"""Answers that are taken while they arrive."""

from __future__ import annotations

import time
from collections.abc import Generator
from typing import TYPE_CHECKING, Any, cast

import attrs

from snowflake_rest.runtime import Operation, Request

from ._client import Client
from ._links import IN_PROCESS
from ._transport import Response, Stream, StreamingTransport, Timeout, Transport, TransportError
from .exceptions import APIError, UnexpectedResponseError
from .rest import RESTResponse, SSEClient, read_media_type

if TYPE_CHECKING:
    from ._call import Answer

_EVENTS = "text/event-stream"


@attrs.frozen
class Streamed:
    """A step whose result is a stream of events.

    Everything up to the head of the answer goes by the policy of all calls: authorisation, retries, errors.
    """

    operation: Operation[Any]

    def __iter__(self) -> Generator[Streamed, SSEClient, SSEClient]:
        return (yield self)

    def run(self, client: Client) -> SSEClient:
        door = _Door(client.transport)
        return self._read_events(door, client.answer(self._ask, door))

    async def run_async(self, client: Client) -> SSEClient:
        door = _Door(client.transport)
        return self._read_events(door, await client.answer_async(self._ask, door))

    @property
    def _ask(self) -> Operation[Any]:
        return attrs.evolve(self.operation, answer=None, accept=f"{_EVENTS}, application/json")

    def _read_events(self, door: _Door, answer: Answer) -> SSEClient:
        what = f"{self.operation.id} {self.operation.method} {self.operation.path}"
        stream = door.body
        if stream is None:  # then it is JSON, which the call has looked at, whatever the header says
            if not answer.response.content:
                raise UnexpectedResponseError(None, answer.response, operation=what)
            headers = {**answer.response.headers, "content-type": "application/json"}
            stream = _Whole(attrs.evolve(answer.response, headers=headers))
        return SSEClient(RESTResponse(_Told(stream, what, door)))


class _Door:
    """A transport that keeps back the body of an answer that is a stream of events, to be read later."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self.base_url: str = getattr(transport, "base_url", IN_PROCESS)
        self.body: Stream | None = None

    def send(self, request: Request, timeout: Timeout) -> Response:
        if not hasattr(self._transport, "stream"):
            stream: Stream = _Whole(self._transport.send(request, timeout))
        else:
            stream = cast("StreamingTransport", self._transport).stream(request, timeout)
        if self._keep(stream):
            return Response(stream.status, stream.headers)
        pieces, deadline = list[bytes](), time.monotonic() + timeout.total
        while piece := stream.read():
            pieces.append(piece)
            _check_time(stream, deadline)
        return Response(stream.status, stream.headers, b"".join(pieces))

    async def send_async(self, request: Request, timeout: Timeout) -> Response:
        if not hasattr(self._transport, "stream_async"):
            stream: Stream = _Whole(await self._transport.send_async(request, timeout))
        else:
            stream = await cast("StreamingTransport", self._transport).stream_async(request, timeout)
        if self._keep(stream):
            return Response(stream.status, stream.headers)
        pieces, deadline = list[bytes](), time.monotonic() + timeout.total
        while piece := await stream.read_async():
            pieces.append(piece)
            _check_time(stream, deadline)
        return Response(stream.status, stream.headers, b"".join(pieces))

    def close(self) -> None:
        """The transport belongs to the client."""

    def _keep(self, stream: Stream) -> bool:
        if stream.status not in (200, 201) or read_media_type(stream.headers.get("content-type", "")) != _EVENTS:
            return False
        self.body = stream
        return True


def _check_time(stream: Stream, deadline: float) -> None:
    if time.monotonic() > deadline:
        stream.close()
        raise TransportError("the answer took too long", sent=True)


class _Whole:
    """A whole answer as a stream of one piece."""

    def __init__(self, response: Response) -> None:
        self.status, self.headers, self._content = response.status, response.headers, response.content

    def read(self) -> bytes:
        content, self._content = self._content, b""
        return content

    async def read_async(self) -> bytes:
        return self.read()

    def close(self) -> None:
        self._content = b""


class _Told:
    """A stream whose failures are those that users know. Its transport lives as long: it would close the connection."""

    def __init__(self, stream: Stream, what: str, door: _Door) -> None:
        self._stream, self._what, self._door = stream, what, door
        self.status, self.headers, self.close = stream.status, stream.headers, stream.close

    def read(self) -> bytes:
        try:
            return self._stream.read()
        except TransportError as error:
            raise APIError(None, 0, error.reason, operation=self._what) from error

    async def read_async(self) -> bytes:
        try:
            return await self._stream.read_async()
        except TransportError as error:
            raise APIError(None, 0, error.reason, operation=self._what) from error
