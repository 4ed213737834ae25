"""Connecting to a host that may have several addresses, one of which may not answer."""

from __future__ import annotations

import errno
import os
import selectors
import socket
import time
from collections import deque
from itertools import chain, zip_longest
from typing import Any

STAGGER = 0.25
"""Seconds after which the next address is tried while the one before has not answered."""
_UNDER_WAY = frozenset({errno.EINPROGRESS, errno.EWOULDBLOCK, getattr(errno, "WSAEWOULDBLOCK", errno.EINPROGRESS)})


def connect(address: tuple[str, int], timeout: float) -> socket.socket:
    """A connected socket with TCP's keepalive. The addresses of a host are tried in turn, each a little later.

    OSError if none of them answers, TimeoutError if none does in time.
    """
    found = socket.getaddrinfo(*address, type=socket.SOCK_STREAM)
    families = {family: [info for info in found if info[0] == family] for family, *_ in found}
    waiting = deque(info for info in chain(*zip_longest(*families.values())) if info is not None)
    deadline = time.monotonic() + timeout
    failure: OSError = TimeoutError("timed out")
    with selectors.DefaultSelector() as trying:
        try:
            while waiting or trying.get_map():
                if waiting:
                    try:
                        trying.register(_begin(waiting.popleft()), selectors.EVENT_WRITE)
                    except OSError as error:
                        failure = error
                        continue
                left = deadline - time.monotonic()
                if left <= 0:
                    raise TimeoutError("timed out")
                for key, _ in trying.select(min(left, STAGGER) if waiting else left):
                    sock: Any = key.fileobj
                    trying.unregister(sock)
                    number = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
                    if number == 0:
                        sock.settimeout(timeout)
                        return sock
                    sock.close()
                    failure = _error(number)
            raise failure
        finally:
            for key in list(trying.get_map().values()):
                key.fileobj.close()  # type: ignore[union-attr]


def _begin(info: Any) -> socket.socket:
    family, kind, protocol, _, address = info
    sock = socket.socket(family, kind, protocol)
    try:
        keep_alive(sock)
        sock.setblocking(False)
        number = sock.connect_ex(address)
        if number and number not in _UNDER_WAY:
            raise _error(number)
    except BaseException:
        sock.close()
        raise
    return sock


def keep_alive(sock: socket.socket) -> None:
    """Have the system ask now and then whether the other side is still there."""
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in (("TCP_KEEPIDLE", 30), ("TCP_KEEPINTVL", 10), ("TCP_KEEPCNT", 3)):
        if hasattr(socket, name):
            sock.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)


def _error(number: int) -> OSError:
    return OSError(number, os.strerror(number))
