"""HTTP answers whose bodies are taken while they arrive."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import Future
from contextlib import suppress
from typing import Any

import attrs

from ._transport import TransportError


@attrs.define(eq=False)
class BlockingStream:
    """An answer that arrives where it is waited for. Waiting for it in an event loop takes a thread.

    take: gives the next piece, and nothing at the end. ended: called then, as the connection may serve another request.
    leave: ends the connection. failed: what a failure means to users.
    """

    status: int
    headers: Mapping[str, str]
    _take: Callable[[], bytes]
    _ended: Callable[[], object]
    _leave: Callable[[], object]
    _failed: Callable[[BaseException], TransportError]
    _pid: int = attrs.field(factory=os.getpid, init=False)
    _over: bool = attrs.field(default=False, init=False)

    def read(self) -> bytes:
        if self._pid != os.getpid():
            raise _make_fork_error()
        if self._over:
            return b""
        try:
            piece = self._take()
            if not piece:
                self._over = True
                self._ended()
            return piece
        except Exception as error:
            self.close()
            failure = self._failed(error)
        raise failure  # out here, as errors of HTTP packages hold the headers that were sent

    async def read_async(self) -> bytes:
        return await asyncio.to_thread(self.read)

    def close(self) -> None:
        if not self._over:
            self._over = True
            self._leave()


@attrs.define(eq=False)
class LoopStream:
    """An answer that arrives in the event loop that asked for it.

    take: gives the next piece, for which `wait` seconds are waited. leave: ends the connection; called in the loop.
    failed: what a failure means to users.
    """

    status: int
    headers: Mapping[str, str]
    _take: Callable[[], Awaitable[bytes]]
    _wait: float
    _leave: Callable[[], object]
    _failed: Callable[[BaseException], TransportError]
    _loop: asyncio.AbstractEventLoop = attrs.field(factory=asyncio.get_running_loop, init=False)
    _pid: int = attrs.field(factory=os.getpid, init=False)

    def read(self) -> bytes:
        if _find_running_loop() is self._loop:
            raise RuntimeError("this stream arrives in the event loop that would wait for it here: use `async for`")
        return self._start().result()

    async def read_async(self) -> bytes:
        if _find_running_loop() is self._loop:
            return await self._piece()
        return await asyncio.wrap_future(self._start())

    def close(self) -> None:
        with suppress(RuntimeError):  # the loop is closed, and all that ran in it
            self._loop.call_soon_threadsafe(self._leave)

    def _start(self) -> Future[bytes]:
        """Have the next piece read in the loop that it arrives in. Elsewhere nobody would read it, ever."""
        if self._pid != os.getpid():
            raise _make_fork_error()
        if not self._loop.is_running():
            raise TransportError("the event loop that this stream arrives in has ended", sent=True)
        return asyncio.run_coroutine_threadsafe(self._piece(), self._loop)

    async def _piece(self) -> bytes:
        try:
            async with asyncio.timeout(self._wait):
                return await self._take()
        except Exception as error:
            self._leave()
            failure = self._failed(error)
        raise failure  # out here, as above


def _make_fork_error() -> TransportError:
    """Two processes that read one stream would take pieces from each other."""
    return TransportError("this stream belongs to the process that this one was forked from", sent=True)


def _find_running_loop() -> Any:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None
