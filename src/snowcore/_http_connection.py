"""A connection of HTTP/1.1 for blocking calls."""

from __future__ import annotations

import os
import select
import socket
import ssl
import time
from collections.abc import Mapping

from ._connect import connect
from ._failures import BadAnswer, ProxyRefusal
from ._http_answer import LARGEST_HEAD, AnswerReader
from ._proxy import Proxy
from ._transport import join_address

_PIECE = 2**20


class Connection:
    """A connection whose every wait is bounded: by `wait` for a piece, by `deadline` for the whole."""

    def __init__(self) -> None:
        self.deadline = self.wait = 0.0
        self.idle_since = 0.0
        self._sock: socket.socket | None = None
        self._answer: AnswerReader | None = None  # the last one
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
            there = join_address(host, port)
            self.send(encode_head("CONNECT", there, {"Host": there, **proxy.credentials}))
            status = (answer := self.read_head("CONNECT")).status
            if not 200 <= status < 300:
                raise ProxyRefusal(status)
            if answer.rest:  # which would be taken for an answer of the host
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
        sock, answer = self._sock, self._answer
        if sock is None or answer is None or not answer.ended or answer.rest or self._pid != os.getpid():
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

    def read_head(self, method: str) -> AnswerReader:
        """The answer to a request, whose body is still to be read."""
        answer = self._answer = AnswerReader(method)
        while not answer.status:
            answer.feed(self._bound_socket().recv(LARGEST_HEAD))
        return answer

    def read_body(self, answer: AnswerReader) -> bytes:
        while not answer.ended:
            answer.feed(self._bound_socket().recv(_PIECE))
        return answer.take()

    def read_piece(self, answer: AnswerReader) -> bytes:
        """The next piece of a stream; empty at its end. Only the wait for the piece is bounded."""
        self.deadline = time.monotonic() + self.wait
        while not (piece := answer.take()) and not answer.ended:
            answer.feed(self._bound_socket().recv(_PIECE))
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
