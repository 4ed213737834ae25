"""Server-sent events, as Cortex streams its answers.

    for event in root.cortex_inference_service.complete(request):
        print(event.data)

The format is https://html.spec.whatwg.org/multipage/server-sent-events.html.
"""

from __future__ import annotations

import codecs
import io
import re
from collections import deque
from collections.abc import AsyncIterator, Generator, Iterable, Iterator, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import attrs

if TYPE_CHECKING:
    from typing_extensions import Self

__all__ = ["Event", "RESTResponse", "SSEClient"]

_LINE_END = re.compile(r"\r\n|\n|\r")


@attrs.define
class Event:
    """One server-sent event.

    event: its type. data: its text, often JSON. retry: after how many milliseconds to connect anew, if the server says.
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
        self._decoder = _decoder_for(event_source, char_enc)
        self._pieces: Iterator[bytes] | None = None
        self._pieces_async: AsyncIterator[bytes] | None = None
        self._ready: deque[Event] = deque()
        self._over = False

    def events(self) -> Generator[Event, None, None]:
        """The events that are still to come. Waits for each."""
        self._pieces = self._pieces or iter(self._source)
        while True:
            while self._ready:
                yield self._ready.popleft()
            if self._over:
                return
            try:
                piece = next(self._pieces, None)
            except BaseException:
                self.close()
                raise
            self._take(piece)

    def __iter__(self) -> Iterator[Event]:
        return self.events()

    async def __aiter__(self) -> AsyncIterator[Event]:
        self._pieces_async = self._pieces_async or aiter(self._source)
        while True:
            while self._ready:
                yield self._ready.popleft()
            if self._over:
                return
            try:
                piece = await anext(self._pieces_async, None)
            except BaseException:
                self.close()
                raise
            self._take(piece)

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

    def _take(self, piece: bytes | None) -> None:
        if piece is None:
            self._ready.extend(self._decoder.end())
            self.close()
        else:
            self._ready.extend(self._decoder.feed(piece))


class _Events:
    """Bytes in, events out, however the bytes are cut."""

    def __init__(self, encoding: str) -> None:
        self._decode = codecs.getincrementaldecoder(encoding)("replace").decode
        self._text = ""
        self._first = True
        self._clear()

    def _clear(self) -> None:
        self._event, self._data = Event(), list[str]()

    def feed(self, piece: bytes, final: bool = False) -> Iterator[Event]:
        text = self._decode(piece, final)
        if self._first and text:
            text, self._first = text.removeprefix("\ufeff"), False
        *lines, self._text = self._lines(self._text + text, final)
        return filter(None, map(self._line, lines))

    def end(self) -> Iterable[Event]:
        # a stream that ends properly may still lack the last line end
        return [*self.feed(b"", final=True), *filter(None, map(self._line, (self._text, "")))]

    def _lines(self, text: str, final: bool) -> list[str]:
        if text.endswith("\r") and not final:  # the other half of a line end may follow
            lines = _LINE_END.split(text[:-1])
            return [*lines[:-1], lines[-1] + "\r"]
        return _LINE_END.split(text)

    def _line(self, line: str) -> Event | None:
        if not line:
            done, data = self._event, self._data
            self._clear()
            done.data = "\n".join(data)
            return done if data else None
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "data":
            self._data.append(value)
        elif name == "event":
            self._event.event = value or "message"
        elif name == "id" and "\0" not in value:
            self._event.id = value
        elif name == "retry" and value.isascii() and value.isdigit():
            self._event.retry = int(value)
        return None


class _Document:
    """A body that is one document: one event."""

    def __init__(self, encoding: str) -> None:
        self._encoding = encoding
        self._pieces: list[bytes] = []

    def feed(self, piece: bytes) -> Iterable[Event]:
        self._pieces.append(piece)
        return ()

    def end(self) -> Iterable[Event]:
        return [Event(data=b"".join(self._pieces).decode(self._encoding, "replace"))]


def _decoder_for(source: Any, encoding: str) -> _Events | _Document:
    header = source.getheader("content-type", "") if hasattr(source, "getheader") else "text/event-stream"
    media = media_type(header)
    if media == "text/event-stream":
        return _Events(encoding)
    if media == "application/json":
        return _Document(encoding)
    raise ValueError(f"expected an answer of type text/event-stream or application/json, not {header!r}")


def media_type(header: str) -> str:
    """The type that a Content-Type header names, without its parameters."""
    return header.partition(";")[0].strip().lower()
