"""An answer of HTTP/1.1, read from bytes as they arrive: those of blocking and of background calls by the same rules.

They are read strictly: where two readers could differ on what an answer says or where it ends, it is an error.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Generator, Iterator
from io import BytesIO

from ._failures import BadAnswer
from ._transport import join_headers

LARGEST_HEAD = 65536
_STATUS = re.compile(rb"HTTP/1\.([01]) ([1-9]\d\d)(?: [^\x00\r]*)?")
_BLANK_LINE = re.compile(rb"\n\r?\n")
_FIELD = re.compile(rb"([!#$%&'*+.^`|~\w-]+):([^\x00\r]*)")
_CHUNK = re.compile(rb"([\dA-Fa-f]{1,16})[ \t]*(?:;[^\x00\r]*)?")
_ODD_LINE = "a line between the pieces of the answer does not end where it should"
_LENGTH = re.compile(r"\d{1,18}", re.ASCII)


class AnswerReader:
    """What arrives after a request. method: of the request, as the answers to some have no body.

    status, headers: 0 and none until the head is there. closes: whether the connection serves no other request.
    ended: whether the answer is there to its end. rest: what has arrived and is not read; behind an answer that has
    ended, nothing should be.
    """

    def __init__(self, method: str) -> None:
        self.status, self.headers, self.closes = 0, dict[str, str](), False
        self.ended = False
        self.rest = bytearray()
        self._is_last = False
        self._arrived = BytesIO()  # which gives a long body away without a copy, unlike a list of pieces
        self._pieces = self._read(method)

    def feed(self, data: bytes) -> None:
        """What has arrived; nothing, when the server has closed the connection. BadAnswer, or an OSError, for what is
        no answer.
        """
        self._is_last = not data
        self.rest += data
        while piece := next(self._pieces, None):
            self._arrived.write(piece)
        self.ended = piece is None

    def take(self) -> bytes:
        """What has arrived of the body and was not taken yet."""
        body = self._arrived.getvalue()
        self._arrived = BytesIO()
        return body

    # These take from `rest`, and give pieces of the body. An empty piece asks for more to arrive.

    def _read(self, method: str) -> Iterator[bytes | bytearray]:
        version, status, headers = yield from self._read_head()
        options = {option.strip() for option in headers.get("connection", "").lower().split(",")}
        closes = "close" in options or (version == 0 and "keep-alive" not in options)
        coding, length = headers.get("transfer-encoding"), headers.get("content-length")
        if method == "HEAD" or status in (204, 304) or (method == "CONNECT" and status < 300):
            body = self._read_sized(0)
        elif coding is not None:
            if coding.lower() != "chunked" or length is not None or version == 0:
                raise BadAnswer("the answer does not say clearly how long it is")
            body = self._read_chunks()
        elif length is not None:
            lengths = {text.strip(" \t") for text in length.split(",")}
            if len(lengths) != 1 or not _LENGTH.fullmatch(length := lengths.pop()):
                raise BadAnswer("the answer does not say clearly how long it is")
            body = self._read_sized(int(length))
        else:
            body, closes = self._read_to_end(), True
        self.status, self.headers, self.closes = status, headers, closes
        yield from body

    def _read_head(self) -> Generator[bytes, None, tuple[int, int, dict[str, str]]]:
        """HTTP's minor version, the status and the headers. What the server says before its answer is passed over."""
        left = LARGEST_HEAD
        while True:
            seen = 0
            while (end := _BLANK_LINE.search(self.rest, max(0, seen - 2), left)) is None:
                seen = len(self.rest)
                if seen >= left:
                    raise BadAnswer("the head of the answer is too large")
                yield b""
                if self._is_last and not self.rest:
                    raise ConnectionResetError(errno.ECONNRESET, "the server closed it without an answer")
                if self._is_last:
                    raise BadAnswer("the head of the answer is cut")
            first, *lines = [line.removesuffix(b"\r") for line in bytes(self.rest[: end.start()]).split(b"\n")]
            left -= end.end()
            del self.rest[: end.end()]
            begun = _STATUS.fullmatch(first)
            if begun is None:
                raise BadAnswer("the answer is not HTTP/1.1")
            headers = _read_fields(lines)
            status = int(begun[2])
            if status >= 200:
                return int(begun[1]), status, headers
            if status == 101:
                raise BadAnswer("the answer changes the protocol, which nobody asked for")

    def _read_sized(self, length: int) -> Iterator[bytes | bytearray]:
        while length:
            if not self.rest:
                yield from self._ask()
            if len(self.rest) <= length:
                piece, self.rest = self.rest, bytearray()  # which copies nothing
            else:
                piece = self.rest[:length]
                del self.rest[:length]
            length -= len(piece)
            yield piece

    def _read_chunks(self) -> Iterator[bytes | bytearray]:
        while True:
            size = _CHUNK.fullmatch((yield from self._read_line(LARGEST_HEAD)))
            if size is None:
                raise BadAnswer("the answer has a chunk without a size")
            if not (length := int(size[1], 16)):
                break
            yield from self._read_sized(length)
            if (yield from self._read_line(2)):
                raise BadAnswer(_ODD_LINE)
        left, lines = LARGEST_HEAD, list[bytes]()
        while line := (yield from self._read_line(left)):
            left -= len(line) + 2
            lines.append(line)
        _read_fields(lines)  # headers behind the body, which nobody needs

    def _read_to_end(self) -> Iterator[bytes]:
        while not self._is_last:
            piece = bytes(self.rest)
            self.rest.clear()
            yield piece

    def _read_line(self, longest: int) -> Generator[bytes, None, bytes]:
        """A line between chunks, which ends in CR and LF."""
        while (end := self.rest.find(b"\n", 0, max(longest, 0))) < 0:
            if len(self.rest) >= longest:
                raise BadAnswer(_ODD_LINE)
            yield from self._ask()
        line = bytes(self.rest[:end])
        del self.rest[: end + 1]
        if not line.endswith(b"\r"):
            raise BadAnswer(_ODD_LINE)
        return line[:-1]

    def _ask(self) -> Iterator[bytes]:
        yield b""
        if self._is_last:
            raise BadAnswer("the body of the answer is cut")


def _read_fields(lines: list[bytes]) -> dict[str, str]:
    pairs: list[tuple[str, str]] = []
    for line in lines:
        if line[:1] in (b" ", b"\t") and pairs:  # the line before goes on
            pairs[-1] = (pairs[-1][0], f"{pairs[-1][1]} {line.decode(errors='replace').strip()}")
            continue
        field = _FIELD.fullmatch(line)
        if field is None:
            raise BadAnswer("the answer has a header that is none")
        pairs.append((field[1].decode(), field[2].strip(b" \t").decode(errors="replace")))
    return join_headers(pairs)
