"""A session that its caller lends to a procedure in another language than SQL, as long as the procedure runs.

Its statements come by a door, in other threads; they run in the thread that called the procedure, which waits for them:
so they are in the same transaction, see the same temporary objects, and nobody else has a turn between them.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any, TypeVar

from ...engine.errors import AccountError
from ...engine.protocol import Batch, Result

if TYPE_CHECKING:
    from . import SqlSession

T = TypeVar("T")
_Work = tuple[Callable[[], Any], "Future[Any]"]


class Lent:
    """What a door takes for a session."""

    def __init__(self, session: SqlSession) -> None:
        self._session = session
        self._asked: SimpleQueue[_Work | None] = SimpleQueue()
        self._over = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._session, name)

    def wait_for(self, work: Callable[[], T]) -> T:
        """What the work in another thread comes to, of which the session's statements are a part."""
        done: Future[T] = Future()

        def run() -> None:
            try:
                done.set_result(work())
            except BaseException as error:
                done.set_exception(error)
            self._asked.put(None)

        thread = Thread(target=run, name="snowcore-procedure", daemon=True)
        before, self._session.lent, self._session.remote = self._session.remote, True, True
        thread.start()
        try:
            while (asked := self._asked.get()) is not None:
                _answer(*asked)
            return done.result()
        finally:
            self._over, self._session.lent, self._session.remote = True, False, before
            thread.join()
            while not self._asked.empty():
                if (asked := self._asked.get()) is not None:
                    asked[1].set_exception(_ended())

    def _here(self, work: Callable[[], Any]) -> Any:
        """Have the caller's thread do something."""
        if self._over:
            raise _ended()
        answer: Future[Any] = Future()
        self._asked.put((work, answer))
        return answer.result()

    def execute(
        self, sql: str, parameters: Any = None, *, query_id: str | None = None, count: int | None = None
    ) -> Result:
        return self._here(lambda: self._session.execute(sql, parameters, query_id=query_id, count=count))

    def execute_batch(self, sql: str, batch: Batch, *, query_id: str) -> Result:
        return self._here(lambda: self._session.execute_batch(sql, batch, query_id=query_id))

    def describe(self, sql: str) -> Result:
        return self._here(lambda: self._session.describe(sql))

    def interrupt(self) -> None:
        """Stop the statement that runs, but not the procedure."""
        self._session.engine.interrupt()

    def close(self) -> None:
        """The caller goes on with the session."""


def _answer(work: Callable[[], Any], answer: Future[Any]) -> None:
    try:
        answer.set_result(work())
    except BaseException as error:
        answer.set_exception(error)


def _ended() -> AccountError:
    return AccountError(401, "390111", "08003", "The procedure to which this session was lent has ended.")
