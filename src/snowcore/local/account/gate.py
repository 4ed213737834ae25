"""Who is at work in the account, and who wants it for themselves."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager

from ...engine.errors import AccountError

_PATIENCE = 60.0
"""Seconds that who wants the account alone waits for those who are at work."""
_AGAIN = 0.01
"""Seconds until what is at work is stopped once more: it may have been between two of its steps."""


class Gate:
    """Within it, a thread is at work; a thread that is may enter it again. While somebody is alone, others wait."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._changed = threading.Condition(self._lock)
        self._inside: dict[int, int] = {}
        """How often each thread has entered."""
        self._alone: int | None = None

    def __enter__(self) -> None:
        me = threading.get_ident()
        with self._lock:
            if self._alone is not None and me not in self._inside:
                self._changed.wait_for(lambda: self._alone in (None, me))
            self._inside[me] = self._inside.get(me, 0) + 1

    def __exit__(self, *_: object) -> None:
        me = threading.get_ident()
        with self._lock:
            if self._inside[me] > 1:
                self._inside[me] -= 1
            else:
                del self._inside[me]
                if self._alone is not None:
                    self._changed.notify_all()

    @contextmanager
    def alone(self, stop: Callable[[], None] | None = None) -> Generator[None]:
        """Within it, nobody else is at work. stop: what makes those end who are. AccountError if they don't."""
        me, until = threading.get_ident(), time.monotonic() + _PATIENCE
        with self._changed:
            if me in self._inside:
                raise _busy("It can't be done from within a statement.")
            if not self._changed.wait_for(lambda: self._alone is None, _PATIENCE):
                raise _busy("Somebody else has it for themselves.")
            self._alone = me
        try:
            while True:
                with self._changed:
                    left = until - time.monotonic()
                    if self._changed.wait_for(lambda: not self._inside, 0 if stop else left):
                        break
                if stop is None or left < 0:
                    raise _busy("Statements have been running for too long.")
                stop()
                with self._changed:
                    self._changed.wait_for(lambda: not self._inside, _AGAIN)
            yield
        finally:
            with self._changed:
                self._alone = None
                self._changed.notify_all()


def _busy(why: str) -> AccountError:
    return AccountError(409, "000625", "57014", f"The account is in use. {why}")
