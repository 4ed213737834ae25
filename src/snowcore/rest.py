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
from collections.abc import AsyncIterator, Generator, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import attrs

if TYPE_CHECKING:
    from typing import Self

_LINE_END = re.compile(r"\r\n|\n|\r(?=[^\n])")  # of a CR at the end of a piece, the LF may be still to come

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
        self._feed = _choose_reader(event_source)(codecs.lookup(char_enc).name).feed
        self._found = deque[Event]()
        self._pieces: Iterator[bytes] | None = None
        self._arriving: AsyncIterator[bytes] | None = None
        self._over = False

    def events(self) -> Generator[Event, None, None]:
        """The events that are still to come. Waits for each."""
        while self._found or not self._over:
            if self._found:
                yield self._found.popleft()
                continue
            if self._pieces is None:
                # an answer of urllib3 that was given its body whole has no file to read from, and fails when iterated
                given_whole = getattr(self._source, "_fp", self) is None
                self._pieces = iter([self._source.data] if given_whole else self._source)
            with self._closing_on_error():
                self._add(next(self._pieces, None))

    def __iter__(self) -> Iterator[Event]:
        return self.events()

    async def __aiter__(self) -> AsyncIterator[Event]:
        while self._found or not self._over:
            if self._found:
                yield self._found.popleft()
                continue
            with self._closing_on_error():
                self._arriving = self._arriving or aiter(self._source)
                self._add(await anext(self._arriving, None))

    def _add(self, piece: bytes | None) -> None:
        found = list(self._feed(piece))
        if piece is None:
            self.close()
        self._found.extend(found)

    @contextmanager
    def _closing_on_error(self) -> Generator[None]:
        try:
            yield
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Take no more events."""
        self._over = True
        self._found.clear()
        if hasattr(self._source, "close"):
            self._source.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __del__(self) -> None:
        with suppress(Exception):
            self.close()


class EventReader:
    """Makes events of the pieces of a stream."""

    def __init__(self, encoding: str) -> None:
        encoding = "utf-8-sig" if encoding == "utf-8" else encoding  # which takes off a byte order mark
        self._decode = codecs.getincrementaldecoder(encoding)("replace").decode
        self._text, self._id = "", None
        self._data, self._type, self._retry = list[str](), "", None

    def feed(self, piece: bytes | None) -> Iterator[Event]:
        """The events that this piece completes; None is the end, at which a stream may lack the last line ends."""
        text = self._text + self._decode(piece or b"", piece is None) + ("\n\n" if piece is None else "")
        *lines, self._text = _LINE_END.split(text)
        for line in lines:
            name, _, value = line.partition(":")
            value = value.removeprefix(" ")
            if name == "data":
                self._data.append(value)
            elif name == "event":
                self._type = value
            elif name == "id" and "\0" not in value:
                self._id = value or None
            elif name == "retry" and value.isascii() and value.isdigit() and len(value) < 10:
                self._retry = int(value)
            elif not line:
                if data := "\n".join(self._data):  # else it only keeps the connection alive
                    yield Event(self._id, self._type or "message", data, retry=self._retry)
                self._data, self._type, self._retry = [], "", None


class _Document:
    """Makes one event of all pieces."""

    def __init__(self, encoding: str) -> None:
        self._encoding, self._pieces = encoding, list[bytes]()

    def feed(self, piece: bytes | None) -> Iterator[Event]:
        if piece is None:
            yield Event(data=b"".join(self._pieces).decode(self._encoding, "replace"))
        else:
            self._pieces.append(piece)


def _choose_reader(source: Any) -> type[EventReader | _Document]:
    header = source.getheader("content-type", "") if hasattr(source, "getheader") else "text/event-stream"
    media = media_type(header)
    if media == "text/event-stream":
        return EventReader
    if media == "application/json":
        return _Document
    raise ValueError(f"expected an answer of type text/event-stream or application/json, not {header!r}")


def media_type(header: str) -> str:
    """The type that a Content-Type header names, without its parameters."""
    return header.partition(";")[0].strip().lower()
