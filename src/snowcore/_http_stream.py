"""HTTP answers whose bodies are taken while they arrive."""

from __future__ import annotations

import asyncio
import http.client
from collections.abc import Callable, Mapping
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
        self._over = False

    def read(self) -> bytes:
        if self._over:
            return b""
        try:
            piece = self._answer.read1(_PIECE)
            if not piece and self._answer.length:  # which http.client takes for a proper end
                raise http.client.IncompleteRead(b"", self._answer.length)
        except (OSError, http.client.HTTPException, ValueError) as error:
            self.close()
            raise self._failed(error) from error
        if not piece:
            self._over = True
            if self._answer.will_close:
                self._connection.close()
            else:
                self._ended()
        return piece

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

    def read(self) -> bytes:
        if _running() is self._loop:
            raise RuntimeError("this stream arrives in the event loop that would wait for it here: use `async for`")
        return asyncio.run_coroutine_threadsafe(self._piece(), self._loop).result()

    async def read_async(self) -> bytes:
        if _running() is self._loop:
            return await self._piece()
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(self._piece(), self._loop))

    def close(self) -> None:
        with suppress(RuntimeError):  # the loop is closed, and all that ran in it
            self._loop.call_soon_threadsafe(self._answer.close)

    async def _piece(self) -> bytes:
        import aiohttp

        try:
            return await self._answer.content.readany()
        except (TimeoutError, aiohttp.ClientError, OSError, ValueError, RuntimeError) as error:
            self._answer.close()  # a RuntimeError is aiohttp's word for a connection that was closed here
            raise self._failed(error) from error


def _running() -> Any:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None
