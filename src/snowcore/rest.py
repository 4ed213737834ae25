"""Server-sent events, as Cortex streams its answers.

    for event in root.cortex_inference_service.complete(request):
        print(event.data)

The format is https://html.spec.whatwg.org/multipage/server-sent-events.html, which httpx-sse decodes.
"""

from __future__ import annotations

import codecs
import io
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Coroutine, Generator, Iterator, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import attrs

if TYPE_CHECKING:
    from typing import Self

__all__ = ["Event", "RESTResponse", "SSEClient"]


@attrs.define
class Event:
    """One server-sent event.

    id: the last that the stream has named. event: its type. data: its text, often JSON. retry: after how many
    milliseconds to connect anew, if the server says. comment: what the stream says beside its events.
    """

    id: str | None = None
    event: str | None = "message"
    data: str | None = ""
    comment: str | None = None
    retry: int | None = None

    def __str__(self) -> str:
        number = f" {self.id}" if self.id else ""
        return f"{self.event}{number}: {self.data or 'no data'}"


class RESTResponse(io.IOBase):
    """An answer whose body may still be arriving. Iterating gives the body in pieces, as they arrive.

    resp: an answer with `status`, `headers`, and a `read()` that gives the next piece of the body, or nothing at its
    end.
    """

    def __init__(self, resp: Any) -> None:
        self._resp = resp
        self.status: int = resp.status
        self.reason: str | None = getattr(resp, "reason", None)

    def getheaders(self) -> Mapping[str, str]:
        """The headers."""
        return self._resp.headers

    def getheader(self, name: str, default: Any = None) -> Any:
        """A header, by its name in any case."""
        return next((value for key, value in self.getheaders().items() if key.lower() == name.lower()), default)

    @property
    def data(self) -> bytes:
        """What is left of the body, whole."""
        return b"".join(self)

    def __iter__(self) -> Iterator[bytes]:  # type: ignore[override]
        while piece := self._resp.read():
            yield piece

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while piece := await self._resp.read_async():
            yield piece

    def close(self) -> None:
        """Take no more of the body."""
        if not self.closed:
            self._resp.close()
        super().close()


class SSEClient:
    """The events of a stream, as they arrive: in `for event in client`, in `async for`, or from `events()`.

    An answer that is one JSON document is one event, whose data it is. The stream is closed at its end; to leave it
    earlier, close it, or use it in a `with` block.

    event_source: the answer, or anything that gives bytes when it is iterated. char_enc: the encoding of the text.
    ValueError for an answer of another type.
    """

    def __init__(self, event_source: Any, char_enc: str = "utf-8") -> None:
        self._source = event_source
        self._pieces = _Pieces(event_source)
        self._found = _choose_reader(event_source)(self._pieces, codecs.lookup(char_enc).name)
        self._over = False

    def events(self) -> Generator[Event, None, None]:
        """The events that are still to come. Waits for each."""
        while event := _finish_at_once(self._next(awaited=False)):
            yield event

    def __iter__(self) -> Iterator[Event]:
        return self.events()

    async def __aiter__(self) -> AsyncIterator[Event]:
        while event := await self._next(awaited=True):
            yield event

    async def _next(self, awaited: bool) -> Event | None:
        if self._over:
            return None
        self._pieces.awaited = awaited
        try:
            event = await anext(self._found, None)
        except BaseException:
            self.close()
            raise
        if event is None:
            self.close()
        return event

    def close(self) -> None:
        """Take no more events."""
        self._over = True
        if hasattr(self._source, "close"):
            self._source.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __del__(self) -> None:
        with suppress(Exception):
            self.close()


class _Pieces:
    """The pieces of a body, from its iterator or its asynchronous one: whoever reads the next event says from which."""

    def __init__(self, source: Any) -> None:
        self._source = source
        self._blocking: Iterator[bytes] | None = None
        self._awaited: AsyncIterator[bytes] | None = None
        self.awaited = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while (piece := await self._next()) is not None:
            yield piece

    async def _next(self) -> bytes | None:
        if self.awaited:
            self._awaited = self._awaited or aiter(self._source)
            return await anext(self._awaited, None)
        if self._blocking is None:
            # an answer of urllib3 that was given its body whole has no file to read from, and fails when it is iterated
            given_whole = getattr(self._source, "_fp", self) is None
            self._blocking = iter([self._source.data] if given_whole else self._source)
        return next(self._blocking, None)


# Asynchronous for both ways of reading, so that one goes on in the middle of an event where the other has stopped.
async def _read_events(pieces: _Pieces, encoding: str) -> AsyncGenerator[Event, None]:
    import httpx  # here, as it takes 60 ms to load
    import httpx_sse

    async def end() -> AsyncIterator[bytes]:
        async for piece in pieces:
            yield piece
        yield "\n\n".encode(encoding)  # a stream that ends properly may still lack the last line end

    response = httpx.Response(
        200,
        headers={"content-type": "text/event-stream"},
        content=end(),
        default_encoding="utf-8-sig" if encoding == "utf-8" else encoding,  # which takes off a byte order mark
    )
    async for event in httpx_sse.EventSource(response).aiter_sse():
        if event.data:  # else it only keeps the connection alive
            yield Event(event.id or None, event.event, event.data, retry=event.retry)


async def _read_document(pieces: _Pieces, encoding: str) -> AsyncGenerator[Event, None]:
    yield Event(data=b"".join([piece async for piece in pieces]).decode(encoding, "replace"))


def _choose_reader(source: Any) -> Callable[[_Pieces, str], AsyncGenerator[Event, None]]:
    header = source.getheader("content-type", "") if hasattr(source, "getheader") else "text/event-stream"
    media = media_type(header)
    if media == "text/event-stream":
        return _read_events
    if media == "application/json":
        return _read_document
    raise ValueError(f"expected an answer of type text/event-stream or application/json, not {header!r}")


def _finish_at_once(step: Coroutine[Any, Any, Event | None]) -> Event | None:
    """The result of a coroutine that never has to wait for an event loop."""
    try:
        step.send(None)
    except StopIteration as done:
        return done.value
    raise RuntimeError("the coroutine waits for an event loop")


def media_type(header: str) -> str:
    """The type that a Content-Type header names, without its parameters."""
    return header.partition(";")[0].strip().lower()
