"""Work in the background: one event loop in one thread, whatever the number of operations."""

from __future__ import annotations

import os
import threading
from collections.abc import AsyncIterable, AsyncIterator, Callable, Coroutine, Generator, Iterator
from concurrent.futures import CancelledError, Future
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

if TYPE_CHECKING:
    import asyncio

T = TypeVar("T")
U = TypeVar("U")


def _same(value: Any) -> Any:
    return value


class PollingOperation(Future[U], Generic[U]):
    """An operation under way: a Future for threads, and an awaitable for asyncio.

    `result()` waits and gives what the blocking method would have given, or raises what it would have raised;
    `await operation` does the same in any event loop. `cancel()` stops the work: what was not sent yet never is.
    """

    def __init__(self, delegate: Future[Any], transformer: Callable[[Any], U] = _same) -> None:
        super().__init__()
        self._delegate: Future[Any] | None = delegate
        self._transformer = transformer
        delegate.add_done_callback(self._settle)

    def _settle(self, delegate: Future[Any]) -> None:
        self._delegate = None  # it knows this one: both, and the result, would stay until the garbage collector comes
        if not self.set_running_or_notify_cancel():
            return
        try:
            result = self._transformer(delegate.result())
        except CancelledError:
            self.set_exception(CancelledError())
        except BaseException as error:
            self.set_exception(error)
        else:
            self.set_result(result)

    def cancel(self) -> bool:
        """Stop the work. False if it was over already."""
        delegate = self._delegate
        if not super().cancel():
            return False
        if delegate is not None:
            delegate.cancel()
        return True

    async def __aiter__(self: PollingOperation[Iterator[T]]) -> AsyncIterator[T]:
        """The items of a list, for `async for item in collection.iter_async()`."""
        items = await self
        if isinstance(items, AsyncIterable):
            async for item in cast("AsyncIterable[T]", items):
                yield item
        else:
            for item in items:
                yield item

    def __await__(self) -> Generator[Any, None, U]:
        import asyncio

        return asyncio.wrap_future(self).__await__()


class _Loop:
    """The event loop of this process's background work, started on first use."""

    def __init__(self) -> None:
        import asyncio

        self.pid = os.getpid()
        self.loop = asyncio.new_event_loop()
        threading.Thread(target=self._run, name="snowflake-core", daemon=True).start()

    def _run(self) -> None:
        self.loop.run_forever()


_lock = threading.Lock()
_current: _Loop | None = None


def background_loop() -> asyncio.AbstractEventLoop:
    """The loop on which asynchronous operations run; a new one in a forked child."""
    global _current
    with _lock:
        if _current is None or _current.pid != os.getpid():
            _current = _Loop()
        return _current.loop


def start(work: Coroutine[Any, Any, T]) -> PollingOperation[T]:
    """Run a coroutine in the background."""
    import asyncio

    return PollingOperation(asyncio.run_coroutine_threadsafe(work, background_loop()))
