"""How many rows tables have: counted once, and again when somebody has had them to change them since."""

from __future__ import annotations

import threading
from collections.abc import Iterable

from .store import Store


class RowCounts:
    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._known: dict[int, int] = {}
        self._had: dict[int, int] = {}
        """When somebody had a table last to change it, as `changes` counts."""
        self.changes = 0
        """How often somebody has begun to change a table, or ended."""

    def know(self, number: int, count: int) -> None:
        """A table was made with so many rows."""
        self._known[number] = count

    def forget(self, number: int, rows: bool = True) -> None:
        """Somebody begins to change a table, or has ended. rows: whether its rows may be others then."""
        with self._lock:
            self.changes += 1
            if rows:
                self._had[number] = self.changes
            self._known.pop(number, None)

    def go_back(self, since: int) -> None:
        """Tables that were changed since so many changes are as they were then."""
        with self._lock:
            self.changes += 1
            self._known.clear()
            self._had |= {number: since for number, last in self._had.items() if last > since}

    def changed(self, since: int) -> list[int]:
        """The tables that somebody had to change them since so many changes."""
        with self._lock:
            return [number for number, last in self._had.items() if last > since]

    def of(self, numbers: Iterable[int]) -> dict[int, int]:
        every, changes = list(numbers), self.changes
        out = {number: count for number in every if (count := self._known.get(number)) is not None}
        if len(out) < len(every):
            counted = self._store.counts([number for number in every if number not in out])
            with self._lock:
                if changes == self.changes:  # else what was counted may be of before a change
                    self._known |= counted
            out |= counted
        return out
