"""The account's clock: the time of a source, and how far ahead of that the clock was moved.

Whoever moves the clock goes from one due moment to the next, and waits at each until nobody is at work any more: until
all runs of tasks have ended, or wait for a later moment themselves.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta

import attrs

_AGES = 10**10
"""Seconds after which nobody waits any more."""


@attrs.define(eq=False)
class _Wait:
    until: float
    """As `seconds` tells it."""
    moment: datetime
    """The same end, as the clock tells it."""
    works: bool
    """Whether who waits is at work as soon as the wait is over."""
    over: bool = False
    """Whether the clock was moved past its end."""


class AccountClock:
    """Called, it tells the time, with a zone."""

    def __init__(self, source: Callable[[], datetime]) -> None:
        self._source = source
        self.ahead = timedelta()
        """How far ahead of its source the clock is."""
        self._changed = threading.Condition()
        self._waits: set[_Wait] = set()
        self._at_work = 0

    def __call__(self) -> datetime:
        return self._source() + self.ahead

    def seconds(self) -> float:
        """Seconds since some moment, for lengths of time: they pass as the machine's do, and as the clock is moved."""
        return time.monotonic() + self.ahead.total_seconds()

    def sleep(self, seconds: float, ended: threading.Event, *, worked: bool = False, works: bool = False) -> bool:
        """Wait; whether all of the time has passed. Who sets `ended` calls `wake`.

        worked: whether who waits is counted as at work, which is not so during the wait. works: whether that is so
        once the time has passed.
        """
        with self._changed:
            wait = _Wait(self.seconds() + seconds, self() + timedelta(seconds=min(seconds, _AGES)), works)
            self._waits.add(wait)
            self._count(-worked)
            while not (wait.over or ended.is_set()) and (left := wait.until - self.seconds()) > 0:
                self._changed.wait(min(left, threading.TIMEOUT_MAX))
            self._waits.discard(wait)
            passed = wait.over or not ended.is_set()
            if not wait.over:
                self._count(works if passed else worked)
            return passed

    def wake(self) -> None:
        """Have those who sleep look at whether their waits have ended."""
        with self._changed:
            self._changed.notify_all()

    def begin_work(self) -> None:
        """Something is at work for which a clock that is being moved waits, until `end_work`."""
        with self._changed:
            self._count(1)

    def end_work(self) -> None:
        with self._changed:
            self._count(-1)

    def _count(self, more: int) -> None:
        self._at_work += more
        self._changed.notify_all()

    def settle(self) -> None:
        """Wait until nobody is at work."""
        with self._changed:
            self._changed.wait_for(lambda: self._at_work == 0)

    @property
    def next_wait(self) -> datetime | None:
        """When the first of those who sleep will have waited long enough."""
        with self._changed:
            return min((wait.moment for wait in self._waits if not wait.over), default=None)

    def put(self, ahead: timedelta) -> None:
        """Be so far ahead of the source, though that may be less than before."""
        with self._changed:
            self.ahead = ahead
            self._changed.notify_all()

    def move(self, moment: datetime) -> None:
        """Go on to a moment, unless it has passed."""
        with self._changed:
            self.ahead += max(moment - self(), timedelta())
            for wait in self._waits:
                if wait.moment <= moment and not wait.over:
                    wait.over = True
                    self._count(wait.works)
            self._changed.notify_all()
