"""A connection of HTTP/1.1 for blocking calls, and the answers that are read from it.

They are read strictly: where two readers could differ on what an answer says or where it ends, it is an error.
"""

from __future__ import annotations

import errno
import os
import re
import select
import socket
import ssl
import time
from collections.abc import Iterator, Mapping

import attrs

from ._connect import connect
from ._failures import BadAnswer, ProxyRefusal
from ._proxy import Proxy
from ._transport import join_headers

LARGEST_HEAD = 65536
_PIECE = 2**18
_STATUS = re.compile(rb"HTTP/1\.([01]) ([1-9]\d\d)(?: [^\x00\r]*)?")
_FIELD = re.compile(rb"([!#$%&'*+.^`|~\w-]+):([^\x00\r]*)")
_CHUNK = re.compile(rb"([\dA-Fa-f]{1,16})[ \t]*(?:;[^\x00\r]*)?")
_LENGTH = re.compile(r"\d{1,18}", re.ASCII)


class Connection:
    """A connection whose every wait is bounded: by `wait` for a piece, by `deadline` for the whole."""

    def __init__(self) -> None:
        self.deadline = self.wait = 0.0
        self.idle_since = 0.0
        self._sock: socket.socket | None = None
        self._buffer = bytearray()  # what has arrived and was not read yet
        self._pid = os.getpid()

    @property
    def is_open(self) -> bool:
        return self._sock is not None

    def open(
        self, host: str, port: int, timeout: float, proxy: Proxy | None = None, context: ssl.SSLContext | None = None
    ) -> None:
        """Connect within so many seconds. context: for TLS; then a proxy is asked to lead to the host."""
        self.deadline, self.wait = time.monotonic() + timeout, timeout
        self._sock = connect((host, port) if proxy is None else (proxy.host, proxy.port), timeout)
        if context is None:
            return
        if proxy is not None:
            there = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
            self.send(encode_head("CONNECT", there, {"Host": there, **proxy.credentials}))
            status = self._read_head()[1]
            if not 200 <= status < 300:
                raise ProxyRefusal(status)
            if self._buffer:  # which would be taken for an answer of the host
                raise BadAnswer("the proxy says more than that it is connected")
        self._sock = context.wrap_socket(self._bound_socket(), server_hostname=host)

    def close(self) -> None:
        if self._sock is not None:
            self._sock.close()
            self._sock = None

    @property
    def usable(self) -> bool:
        """Whether another request can be sent: the server has not closed the connection, and not said anything
        before it is asked. A forked child must not use its parent's.
        """
        sock = self._sock
        if sock is None or self._buffer or self._pid != os.getpid():
            return False
        try:
            return not (isinstance(sock, ssl.SSLSocket) and sock.pending()) and not is_readable(sock)
        except (OSError, ValueError):
            return False

    def send(self, head: bytes, content: bytes | None = None) -> None:
        sock = self._bound_socket()
        if content is None or len(content) < LARGEST_HEAD:
            sock.sendall(head + (content or b""))
        else:
            sock.sendall(head)
            sock.sendall(content)

    def read_answer(self, method: str) -> RawResponse:
        """The answer to a request, whose body is still to be read."""
        version, status, headers = self._read_head()
        options = {option.strip() for option in headers.get("connection", "").lower().split(",")}
        closes = "close" in options or (version == 0 and "keep-alive" not in options)
        coding, length = headers.get("transfer-encoding"), headers.get("content-length")
        if method == "HEAD" or status in (204, 304):
            body = self._read_sized(0)
        elif coding is not None:
            if coding.lower() != "chunked" or length is not None or version == 0:
                raise BadAnswer("the answer does not say clearly how long it is")
            body = self._read_chunks()
        elif length is not None:
            lengths = {text.strip() for text in length.split(",")}
            if len(lengths) != 1 or not _LENGTH.fullmatch(length := lengths.pop()):
                raise BadAnswer("the answer does not say clearly how long it is")
            body = self._read_sized(int(length))
        else:
            body, closes = self._read_to_end(), True
        return RawResponse(status, headers, body, closes)

    def read_piece(self, body: Iterator[bytes]) -> bytes:
        """The next piece of an answer's body; empty at its end. Only the wait for it is bounded."""
        self.deadline = time.monotonic() + self.wait
        return next(body, b"")

    def _read_head(self) -> tuple[int, int, dict[str, str]]:
        """HTTP's minor version, the status and the headers. What the server says before its answer is passed over."""
        left = LARGEST_HEAD
        while True:
            begun = _STATUS.fullmatch(line := self._read_line(left))
            if begun is None:
                raise BadAnswer("the answer is not HTTP/1.1")
            pairs: list[tuple[str, str]] = []
            while line := self._read_line(left := left - len(line) - 2):
                if line[:1] in b" \t" and pairs:  # the line before goes on
                    pairs[-1] = (pairs[-1][0], f"{pairs[-1][1]} {line.decode(errors='replace').strip()}")
                    continue
                field = _FIELD.fullmatch(line)
                if field is None:
                    raise BadAnswer("the answer has a header that is none")
                pairs.append((field[1].decode(), field[2].strip(b" \t").decode(errors="replace")))
            status = int(begun[2])
            if status >= 200:
                return int(begun[1]), status, join_headers(pairs)
            if status == 101:
                raise BadAnswer("the answer changes the protocol, which nobody asked for")

    def _read_sized(self, length: int) -> Iterator[bytes]:
        while length:
            piece = self._read_some(length)
            if not piece:
                raise BadAnswer("the body of the answer is cut")
            length -= len(piece)
            yield piece

    def _read_chunks(self) -> Iterator[bytes]:
        while True:
            size = _CHUNK.fullmatch(self._read_line(LARGEST_HEAD))
            if size is None:
                raise BadAnswer("the answer has a chunk without a size")
            if not (length := int(size[1], 16)):
                break
            yield from self._read_sized(length)
            if self._read_line(LARGEST_HEAD):
                raise BadAnswer("the answer has a chunk that is longer than its size")
        left = LARGEST_HEAD
        while line := self._read_line(left):  # headers behind the body, which nobody needs
            left -= len(line) + 2

    def _read_to_end(self) -> Iterator[bytes]:
        while piece := self._read_some(_PIECE):
            yield piece

    def _read_line(self, longest: int) -> bytes:
        seen = 0
        while (end := self._buffer.find(b"\n", seen, max(longest, 0))) < 0:
            seen = len(self._buffer)
            if seen >= longest:
                raise BadAnswer("the head of the answer is too large")
            piece = self._bound_socket().recv(LARGEST_HEAD)
            if not piece:
                if seen:
                    raise BadAnswer("the head of the answer is cut")
                raise ConnectionResetError(errno.ECONNRESET, "the server closed it without an answer")
            self._buffer += piece
        line = bytes(self._buffer[:end])
        del self._buffer[: end + 1]
        return line.removesuffix(b"\r")

    def _read_some(self, most: int) -> bytes:
        if not self._buffer:
            return self._bound_socket().recv(min(most, _PIECE))
        piece = bytes(self._buffer[:most])
        del self._buffer[:most]
        return piece

    def _bound_socket(self) -> socket.socket:
        """The socket, whose next operation takes no longer than is left."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        if self._sock is None:
            raise BadAnswer("the connection was closed meanwhile")
        self._sock.settimeout(min(self.wait, left))
        return self._sock


@attrs.frozen
class RawResponse:
    status: int
    headers: Mapping[str, str]
    body: Iterator[bytes]
    """Its pieces, as they arrive."""
    closes: bool
    """Whether the connection serves no other request."""


def encode_head(method: str, target: str, headers: Mapping[str, str]) -> bytes:
    """The head of a request. ValueError for what would be another request, or none."""
    head = "\r\n".join([f"{method} {target} HTTP/1.1", *map(": ".join, headers.items()), "\r\n"])
    if head.count("\n") != len(headers) + 2 or not target.isascii() or len(target.split()) != 1:
        raise ValueError("a request line or a header that can't be sent")
    return head.encode()


def is_readable(sock: socket.socket) -> bool:
    if not hasattr(select, "poll"):
        return bool(select.select([sock], [], [], 0)[0])
    poll = select.poll()  # unlike select, it can watch any number of open files
    poll.register(sock, select.POLLIN)
    return bool(poll.poll(0))
