"""HTTP answers whose bodies are taken while they arrive."""

from __future__ import annotations

import asyncio
import http.client
import os
import zlib
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from ._transport import TransportError

if TYPE_CHECKING:
    import aiohttp

_PIECE = 65536


class BlockingStream:
    """An answer of http.client. Waiting for it in an event loop takes a thread.

    ended: called at the end of the body, when the connection can serve another request.
    """

    def __init__(
        self,
        connection: http.client.HTTPConnection,
        answer: http.client.HTTPResponse,
        ended: Callable[[], None],
        failed: Callable[[BaseException], TransportError],
    ) -> None:
        self.status = answer.status
        self.headers: Mapping[str, str] = {name.lower(): value for name, value in answer.getheaders()}
        self._connection, self._answer = connection, answer
        self._ended, self._failed = ended, failed
        packed = self.headers.get("content-encoding") == "gzip"  # which some servers send, though nobody asked for it
        self._gzip = zlib.decompressobj(zlib.MAX_WBITS | 16) if packed else None
        self._pid = os.getpid()
        self._over = False

    def read(self) -> bytes:
        if self._pid != os.getpid():
            raise _of_another_process()
        while not self._over:
            if piece := self._piece():
                return piece
        return b""

    def _piece(self) -> bytes:
        """What the next piece holds: nothing at the end, and now and then before it, where the body is packed."""
        try:
            piece = self._answer.read1(_PIECE)
            if not piece and self._answer.length:  # which http.client takes for a proper end
                raise http.client.IncompleteRead(b"", self._answer.length)
            if self._gzip is not None and not piece and not self._gzip.eof:
                raise http.client.HTTPException("the gzip is cut")
            unpacked = piece if self._gzip is None else self._gzip.decompress(piece)
        except (OSError, http.client.HTTPException, ValueError, zlib.error) as error:
            self.close()
            raise self._failed(error) from error
        if not piece:
            self._over = True
            self._answer.close()  # http.client may leave it open, and refuses the next request until it is closed
            if self._answer.will_close:
                self._connection.close()
            else:
                self._ended()
        return unpacked

    async def read_async(self) -> bytes:
        return await asyncio.to_thread(self.read)

    def close(self) -> None:
        if not self._over:
            self._over = True
            self._connection.close()
            self._answer.close()


class LoopStream:
    """An answer of aiohttp, which arrives in the event loop that asked for it."""

    def __init__(self, answer: aiohttp.ClientResponse, failed: Callable[[BaseException], TransportError]) -> None:
        self.status = answer.status
        self.headers: Mapping[str, str] = {name.lower(): value for name, value in answer.headers.items()}
        self._answer, self._failed = answer, failed
        self._loop = asyncio.get_running_loop()
        self._pid = os.getpid()

    def read(self) -> bytes:
        if _running() is self._loop:
            raise RuntimeError("this stream arrives in the event loop that would wait for it here: use `async for`")
        return self._start().result()

    async def read_async(self) -> bytes:
        if _running() is self._loop:
            return await self._piece()
        return await asyncio.wrap_future(self._start())

    def close(self) -> None:
        with suppress(RuntimeError):  # the loop is closed, and all that ran in it
            self._loop.call_soon_threadsafe(self._answer.close)

    def _start(self) -> Future[bytes]:
        """Have the next piece read in the loop that it arrives in. Elsewhere nobody would read it, ever."""
        if self._pid != os.getpid():
            raise _of_another_process()
        if not self._loop.is_running():
            raise TransportError("the event loop that this stream arrives in has ended", sent=True)
        return asyncio.run_coroutine_threadsafe(self._piece(), self._loop)

    async def _piece(self) -> bytes:
        import aiohttp

        try:
            return await self._answer.content.readany()
        except (TimeoutError, aiohttp.ClientError, OSError, ValueError, RuntimeError) as error:
            self._answer.close()  # a RuntimeError is aiohttp's word for a connection that was closed here
            raise self._failed(error) from error


def _of_another_process() -> TransportError:
    """Two processes that read one stream would take pieces from each other."""
    return TransportError("this stream belongs to the process that this one was forked from", sent=True)


def _running() -> Any:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None
