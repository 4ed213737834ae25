"""Work in the background: one event loop in one thread, whatever the number of operations."""

from __future__ import annotations

import os
import threading
import weakref
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


_lock = threading.Lock()
_loop: asyncio.AbstractEventLoop | None = None
_alive: weakref.WeakSet[Any] = weakref.WeakSet()
_of_the_parent: list[Any] = []


def leave_to_parent(connected: T) -> T:
    """Have forked children keep this as it is: to close it, or only to collect it, would tell the parent's event loop
    to watch its sockets no more, and the server, over TLS, that no more will come.
    """
    _alive.add(connected)
    return connected


def _begin_anew() -> None:
    global _lock, _loop
    _of_the_parent.extend([_loop, *_alive])
    _lock, _loop = threading.Lock(), None


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_begin_anew)


def background_loop() -> asyncio.AbstractEventLoop:
    """The event loop of this process's background work, in a thread of its own."""
    global _loop
    with _lock:
        if _loop is None:
            import asyncio

            _loop = asyncio.new_event_loop()
            threading.Thread(target=_loop.run_forever, name="snowflake-core", daemon=True).start()
        return _loop


def start(work: Coroutine[Any, Any, T]) -> PollingOperation[T]:
    """Run a coroutine in the background."""
    import asyncio

    return PollingOperation(asyncio.run_coroutine_threadsafe(work, background_loop()))
