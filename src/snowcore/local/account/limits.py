"""How long a statement may run."""

from __future__ import annotations

import threading
from collections.abc import Generator
from contextlib import contextmanager
from typing import Protocol

from ...engine.errors import AccountError
from .clock import AccountClock


class Running(Protocol):
    """What can be stopped."""

    def interrupt(self) -> None:
        """Stop the statement that runs, from another thread."""
        ...


@contextmanager
def time_limit(clock: AccountClock, session: Running, seconds: float, of: float | None = None) -> Generator[None]:
    """Stop the session's statement when the time is over on the account's clock; 0 is for ever. of: what the error
    tells, if the seconds are what is left of these.
    """
    ended, expired = threading.Event(), threading.Event()

    def watch() -> None:
        if clock.sleep(seconds, ended, works=True):
            expired.set()
            while not ended.wait(0.05):  # the first may come before the engine runs the statement
                session.interrupt()
            clock.end_work()

    watcher = threading.Thread(target=watch, name="snowcore-limit", daemon=True)
    if seconds:
        watcher.start()
    try:
        yield
    except AccountError:
        if not expired.is_set():
            raise
        text = f"Statement reached its statement or warehouse timeout of {of or seconds:g} second(s) and was canceled."
        raise AccountError(408, "000630", "57014", text) from None
    finally:
        ended.set()
        if seconds:
            clock.wake()
            watcher.join()
