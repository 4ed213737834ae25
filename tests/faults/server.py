"""A server over a real socket that misbehaves exactly as told."""

from __future__ import annotations

import contextlib
import select
import socket
import ssl
import struct
import threading
from collections.abc import Callable

import orjson

Behaviour = bytes | Callable[[socket.socket], None]


def http(status: str = "200 OK", body: object = b"", **headers: str) -> bytes:
    """A well-formed answer. Header names are written with underscores; `content_length` may be wrong on purpose."""
    content = body if isinstance(body, bytes) else orjson.dumps(body)
    named = {"content-length": str(len(content))} | {k.replace("_", "-"): v for k, v in headers.items()}
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in named.items() if value)]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + content


def then_close(data: bytes) -> Behaviour:
    """Send this, then end the connection."""

    def behave(sock: socket.socket) -> None:
        sock.sendall(data)
        sock.close()

    return behave


def in_pieces(*pieces: bytes) -> Behaviour:
    """Send these one by one, so far apart that each arrives alone."""

    def behave(sock: socket.socket) -> None:
        for piece in pieces:
            sock.sendall(piece)
            threading.Event().wait(0.03 if len(pieces) > 1 else 0)

    return behave


def relay(one: socket.socket, other: socket.socket) -> None:
    """Carry bytes both ways until one side ends."""
    with contextlib.suppress(OSError, ValueError):
        while True:
            for ready in select.select([one, other], [], [])[0]:
                data = ready.recv(65536)
                if not data:
                    return
                (other if ready is one else one).sendall(data)


def tunnel_to(server: FaultyServer, beyond: bytes = b"") -> Behaviour:
    """Lead to a server, whatever host is asked for. beyond: what a proxy that lies says behind its answer."""

    def behave(sock: socket.socket) -> None:
        sock.sendall(b"HTTP/1.1 200 Connected\r\n\r\n" + beyond)
        with socket.create_connection(("127.0.0.1", server.port)) as there:
            relay(sock, there)
        sock.close()

    return behave


def reset(sock: socket.socket) -> None:
    """End the connection the rude way."""
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    sock.close()


class FaultyServer:
    """Answers one request after the other with one behaviour after the other; the last one is repeated."""

    def __init__(self, *behaviours: Behaviour, tls: ssl.SSLContext | None = None) -> None:
        self.behaviours = list(behaviours)
        self.requests: list[str] = []
        self.heads: list[str] = []
        self.connections = 0
        self.over = threading.Event()
        self._tls = tls
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=512)
        self.port = self._listener.getsockname()[1]
        self._start(self._accept)

    @property
    def url(self) -> str:
        return f"{'https' if self._tls else 'http'}://127.0.0.1:{self.port}"

    def __enter__(self) -> FaultyServer:
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._lock:
            for sock in self._open:
                with contextlib.suppress(OSError):
                    sock.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(10)

    def drip(self, data: bytes) -> Behaviour:
        """Send this, then a space at a time without end."""

        def behave(sock: socket.socket) -> None:
            sock.sendall(data)
            with contextlib.suppress(OSError):
                while not self.over.wait(0.02):
                    sock.sendall(b" ")

        return behave

    def silence(self, sock: socket.socket) -> None:
        """Say nothing until the other side gives up."""
        with contextlib.suppress(OSError):
            sock.recv(1)

    def _start(self, target: Callable[..., None], *args: object) -> None:
        thread = threading.Thread(target=target, args=args, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            self._start(self._serve, sock)

    def _serve(self, sock: socket.socket) -> None:
        try:
            if self._tls is not None:
                sock = self._tls.wrap_socket(sock, server_side=True)
            with self._lock:
                self._open.add(sock)
            while (head := self._request(sock)) is not None:
                with self._lock:
                    self.requests.append(" ".join(head.split(" ")[:2]))
                    self.heads.append(head)
                    behaviour = self.behaviours.pop(0) if len(self.behaviours) > 1 else self.behaviours[0]
                behaviour(sock) if callable(behaviour) else sock.sendall(behaviour)
        except (OSError, ValueError):
            pass
        finally:
            with self._lock:
                self._open.discard(sock)
            sock.close()

    def _request(self, sock: socket.socket) -> str | None:
        data = b""
        while b"\r\n\r\n" not in data:
            piece = sock.recv(65536)
            if not piece:
                return None
            data += piece
        head, _, body = data.partition(b"\r\n\r\n")
        length = next(
            (int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")), 0
        )
        while len(body) < length:
            piece = sock.recv(65536)
            if not piece:
                return None
            body += piece
        return head.decode("latin-1")


class SocksProxy(FaultyServer):
    """A proxy of SOCKS 5, which leads to one server whatever host is asked for. users: what each connection said."""

    def __init__(self, server: FaultyServer) -> None:
        self.users: list[bytes] = []
        self._there = server
        super().__init__()

    def _serve(self, sock: socket.socket) -> None:
        with sock, contextlib.suppress(OSError, ValueError):
            asks = sock.recv(2)
            with_password = 2 in sock.recv(asks[1])
            sock.sendall(b"\x05\x02" if with_password else b"\x05\x00")
            if with_password:
                self.users.append(sock.recv(512))
                sock.sendall(b"\x01\x00")
            sock.recv(512)
            with socket.create_connection(("127.0.0.1", self._there.port)) as there:
                sock.sendall(b"\x05\x00\x00\x01" + bytes(6))
                relay(sock, there)
