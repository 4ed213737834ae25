"""How sessions wait for each other, where DuckDB would fail instead."""

from __future__ import annotations

import threading
from collections.abc import Generator, Hashable
from contextlib import contextmanager


class Gate:
    """Many may be inside at a time, or one alone."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._inside = 0
        self._alone = False

    @contextmanager
    def shared(self) -> Generator[None]:
        with self._changed:
            self._changed.wait_for(lambda: not self._alone)
            self._inside += 1
        try:
            yield
        finally:
            with self._changed:
                self._inside -= 1
                self._changed.notify_all()

    @contextmanager
    def alone(self) -> Generator[None]:
        with self._changed:
            self._changed.wait_for(lambda: not self._alone)
            self._alone = True  # whoever comes now waits, so that this one can't starve
            self._changed.wait_for(lambda: self._inside == 0)
        try:
            yield
        finally:
            with self._changed:
                self._alone = False
                self._changed.notify_all()


class TableLocks:
    """Whose turn it is to change a table's rows. An owner keeps its locks until its transaction ends."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._owners: dict[Hashable, object] = {}

    def acquire(self, table: Hashable, owner: object, timeout: float) -> bool:
        with self._changed:
            if not self._changed.wait_for(lambda: self._owners.get(table, owner) is owner, timeout):
                return False
            self._owners[table] = owner
            return True

    def release(self, owner: object) -> None:
        with self._changed:
            for table in [table for table, holder in self._owners.items() if holder is owner]:
                del self._owners[table]
            self._changed.notify_all()
