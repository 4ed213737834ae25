"""What fires when it is due: resumed root tasks by their schedules or their streams, and resumed alerts.

One thread sleeps until the next due moment, or until something changes that may be due sooner. While the account's
clock is moved by `advance`, that takes the thread's place, so that each moment comes in its order. What was due while
the account wasn't open is not made up for.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import attrs

from ..account.catalog import Entry
from .graph import is_root
from .new_rows import due_by_rows, is_on_new_rows
from .schedule import next_time
from .triggers import due_by_stream, is_triggered

if TYPE_CHECKING:
    from ..account.account import Account

_log = logging.getLogger("snowcore")
_LONGEST_SLEEP = 60.0
"""Seconds until the thread looks at the clock again, which may have been set, or gone on while the machine slept."""
_THERE = "p.dropped_on IS NULL AND g.dropped_on IS NULL AND json_extract(o.state, '$.state') = 'started'"
_RESUMED = f"o.kind IN ('task', 'alert') AND {_THERE} ORDER BY o.id"
_FRESH = -1
"""The version of the rows of which a triggered task hasn't been asked about any."""


@attrs.define
class _Plan:
    """Something that is resumed."""

    entry: Entry
    resumed: datetime
    """When that was."""
    due: datetime | None
    """None for a task that waits for its stream, an alert that waits for rows, and for what is never due."""
    triggered: bool
    seen: int = _FRESH
    """The version of the rows as of which a triggered task was asked whether it is due."""


class Scheduler:
    def __init__(self, account: Account, fire: Mapping[str, Callable[[Entry, datetime], None]]) -> None:
        """fire: what starts what is due, by its kind."""
        self._account, self._fire, self._opened = account, fire, account.clock()
        self._plans: dict[int, _Plan] = {}
        self._stale, self._closed, self._halting = True, False, False
        self._woken = threading.Event()
        self._turn = threading.Lock()
        """Held by who decides what comes next."""
        self._thread: threading.Thread | None = None
        self._starting = threading.Lock()

    def changed(self) -> None:
        """What is resumed, or how, has changed. The thread begins when there is something to wait for."""
        self._stale = True
        if self._thread is None and not self._resumed():
            return
        with self._starting:
            if self._thread is None and not self._closed:
                self._account.engine.on_commit(self._rows_changed)
                self._thread = threading.Thread(target=self._run, name="snowcore-scheduler", daemon=True)
                self._thread.start()
        self._woken.set()

    def close(self) -> None:
        """Fire nothing more."""
        with self._starting:
            self._closed = True
        self._woken.set()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join()

    @contextmanager
    def halted(self, stop: Callable[[], None]) -> Generator[None]:
        """Within it nothing fires, and afterwards all is looked at anew. stop: what ends the statements of its turn."""
        self._halting = True
        try:
            while not self._turn.acquire(timeout=0.01):
                stop()
            try:
                yield
            finally:
                self._plans, self._opened = {}, self._account.clock()
                self._turn.release()
        finally:
            self._halting = False
        self.changed()

    def next_time(self, entry: Entry, after: datetime | None = None) -> datetime | None:
        """When a resumed task or alert is due next, by its schedule, after a moment or now."""
        if entry.state.get("state") != "started" or is_on_new_rows(entry):
            return None
        return next_time(entry.properties.get("schedule"), _resumed_on(entry), after or self._account.clock())

    def advance(self, amount: timedelta) -> None:
        """Move the account's clock on, and fire what is due until then, each at its moment."""
        clock = self._account.clock
        with self._turn:
            target = clock() + amount
            while True:
                clock.settle()
                due = min(filter(None, (self._next_due(), clock.next_wait)), default=None)
                if due is None or due > target or self._closed or self._halting:
                    break
                self._move(due)
                self._fire_first()
            self._move(target)
        self._woken.set()

    def _move(self, moment: datetime) -> None:
        self._account.clock.move(moment)
        self._account.catalog.keep_ahead(self._account.clock.ahead)

    def ended(self, root: Entry) -> None:
        """A run of a graph or an alert has ended, and perhaps left something in the stream that triggers it."""
        plan = self._plans.get(root.id)
        if plan is not None and plan.triggered:
            plan.seen = _FRESH
            self._woken.set()

    # In the scheduler's own thread

    def _run(self) -> None:
        while not self._closed:
            self._woken.clear()
            with self._turn:
                seconds = self._fire_all()
            self._woken.wait(seconds)

    def _fire_all(self) -> float | None:
        """Fire what is due; how many seconds the next is away."""
        while not self._closed and self._fire_first():
            pass
        due = self._next_due()
        return None if due is None else min(max((due - self._account.clock()).total_seconds(), 0.001), _LONGEST_SLEEP)

    def _rows_changed(self) -> None:
        """In a thread that has committed."""
        if any(plan.triggered for plan in list(self._plans.values())):
            self._woken.set()

    # In its turn

    def _fire_first(self) -> bool:
        """Fire what has been due for longest; whether there was something."""
        plans = self._planned()
        now = self._account.clock()
        waiting = [(plan.due, plan.entry.id, plan) for plan in plans if plan.due and plan.due <= now]
        if not waiting:
            return False
        due, _, first = min(waiting)
        first.due = self.next_time(first.entry, max(due, now))
        try:
            for entry in self._account.catalog.select(f"o.id = ? AND {_THERE}", first.entry.id):
                self._fire[entry.kind](entry, due)
        except Exception:
            _log.exception("%s failed to start", ".".join(first.entry.path))
        return True

    def _next_due(self) -> datetime | None:
        return min((plan.due for plan in self._planned() if plan.due), default=None)

    def _planned(self) -> list[_Plan]:
        """What is resumed, with its next moment."""
        if self._stale:
            self._stale = False
            self._plans = {entry.id: self._plan(entry) for entry in self._resumed()}
        for plan in self._plans.values():
            if plan.triggered and plan.seen != self._account.engine.version:
                plan.seen = self._account.engine.version
                plan.due = self._due_by_rows(plan.entry)
        return list(self._plans.values())

    def _due_by_rows(self, entry: Entry) -> datetime | None:
        if entry.kind == "task":
            return due_by_stream(self._account, entry)
        if self._account.runs.alerts.is_going(entry):
            return None  # it is looked at again when that has ended
        [alert] = self._account.catalog.select("o.id = ?", entry.id)  # with what it has seen
        return due_by_rows(self._account, alert)

    def _plan(self, entry: Entry) -> _Plan:
        old, resumed = self._plans.get(entry.id), _resumed_on(entry)
        if old is not None and old.resumed == resumed and old.entry.properties == entry.properties:
            return old
        due = self.next_time(entry, max(resumed, self._opened))
        return _Plan(entry, resumed, due, is_triggered(entry) or is_on_new_rows(entry))

    def _resumed(self) -> list[Entry]:
        return [entry for entry in self._account.catalog.select(_RESUMED) if entry.kind != "task" or is_root(entry)]


def _resumed_on(entry: Entry) -> datetime:
    return datetime.fromisoformat(entry.state.get("last_committed_on") or entry.created_on)
