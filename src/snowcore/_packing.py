"""Bodies that arrive packed: undoing `Content-Encoding`, alike for every transport and within a bound."""

from __future__ import annotations

import time
import zlib
from collections.abc import Mapping

from ._transport import Response, Stream, TransportError

LARGEST = 2**28
"""An answer that unpacks to more bytes than this is refused."""
_MOST_PARTS = 1000
"""A body of more gzips than this, one behind the other, is refused: each costs, and holds nothing perhaps."""
_WINDOW = 2**14  # grows to a thousand times as much at the most
_NAMES = frozenset({"gzip", "x-gzip"})
_MAGIC = b"\x1f\x8b"


def count_packings(headers: Mapping[str, str]) -> int:
    """How often a body was packed with gzip. TransportError for any other packing, which nobody asked for."""
    encoding = headers.get("content-encoding")
    if encoding is None or encoding == "gzip":  # the two that are usual
        return 0 if encoding is None else 1
    names = [name for part in encoding.split(",") if (name := part.strip().lower()) not in ("", "identity")]
    if not _NAMES.issuperset(names) or len(names) > 2:
        raise TransportError(f"the answer is packed as {encoding[:50]!r}, which nobody asked for", sent=True)
    return len(names)


def unpack(answer: Response, deadline: float) -> Response:
    """An answer with its body unpacked before `time.monotonic` reaches the deadline; TransportError otherwise.

    An error's body that is not packed, whatever its header says, is given as it is.
    """
    content = answer.content
    for _ in range(count_packings(answer.headers) if content else 0):
        if answer.status >= 400 and not content.startswith(_MAGIC):
            break
        unpacker, pieces = Unpacker(), list[bytes]()
        for at in range(0, len(content), _WINDOW):
            if time.monotonic() > deadline:
                raise TransportError("the answer took too long, as it had to be unpacked", sent=True)
            pieces.append(unpacker.feed(content[at : at + _WINDOW]))
        unpacker.end()
        content = b"".join(pieces)
    return answer if content is answer.content else Response(answer.status, answer.headers, content)


async def unpack_async(answer: Response, deadline: float) -> Response:
    """The same for a caller in an event loop, which goes on with other work while a large body is unpacked."""
    import asyncio

    small = len(answer.content) < 2**16 or "content-encoding" not in answer.headers
    return unpack(answer, deadline) if small else await asyncio.to_thread(unpack, answer, deadline)


class Unpacker:
    """Unpacks gzip piece by piece. TransportError for what is none, is cut, or grows beyond the bound."""

    def __init__(self) -> None:
        self._gzip = zlib.decompressobj(zlib.MAX_WBITS | 16)
        self._left, self._parts = LARGEST, 1

    def feed(self, packed: bytes) -> bytes:
        pieces: list[bytes] = []
        while packed:
            if self._gzip.eof:  # one gzip may follow another; zeros behind the last mean nothing
                packed = packed.lstrip(b"\0")
                if not packed:
                    break
                self._gzip = zlib.decompressobj(zlib.MAX_WBITS | 16)
                self._parts += 1
            try:
                piece = self._gzip.decompress(packed, self._left + 1)
            except zlib.error:
                raise TransportError("the answer is not the gzip that it says it is", sent=True) from None
            self._left -= len(piece)
            if self._left < 0 or self._parts > _MOST_PARTS:
                raise TransportError(
                    f"the answer is too large: more than {LARGEST} bytes when unpacked, or very many parts",
                    sent=True,
                    final=True,
                )
            pieces.append(piece)
            packed = self._gzip.unused_data
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def end(self) -> None:
        """Called at the end of the body."""
        if not self._gzip.eof:
            raise TransportError("the answer is not the gzip that it says it is: its end is missing", sent=True)


def unpack_stream(stream: Stream) -> Stream:
    """A stream whose pieces are unpacked: some servers pack though they were asked not to."""
    try:
        count = count_packings(stream.headers)
    except TransportError:
        stream.close()
        raise
    return _Unpacked(stream, [Unpacker() for _ in range(count)]) if count else stream


class _Unpacked:
    def __init__(self, stream: Stream, unpackers: list[Unpacker]) -> None:
        self.status, self.headers, self.close = stream.status, stream.headers, stream.close
        self._stream, self._unpackers = stream, unpackers
        self._begun = self._over = False

    def read(self) -> bytes:
        piece = b""
        while not piece and not self._over:
            piece = self._unpack(self._stream.read())
        return piece

    async def read_async(self) -> bytes:
        piece = b""
        while not piece and not self._over:
            piece = self._unpack(await self._stream.read_async())
        return piece

    def _unpack(self, piece: bytes) -> bytes:
        """What a piece holds: nothing at the end, and now and then before it."""
        self._over = not piece
        if piece and not self._begun:
            self._begun = True
            if self.status >= 400 and not piece.startswith(_MAGIC[: len(piece)]):
                self._unpackers = []
        try:
            for unpacker in self._unpackers:
                piece = unpacker.feed(piece)
                if self._over and self._begun:
                    unpacker.end()
        except TransportError:
            self._over = True
            self.close()
            raise
        return piece
