"""Whose turn it is to change a table, where DuckDB would fail instead of waiting."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from enum import Enum
from typing import Any

import attrs


class Use(Enum):
    """What a statement does to a table. Those who add rows don't mind each other, nor who changes other rows."""

    ADD = 1
    CHANGE = 2
    SHAPE = 3


@attrs.define
class _Held:
    adding: set[object] = attrs.field(factory=set[object])
    changing: object | None = None
    shaping: object | None = None

    def allows(self, use: Use, owner: object) -> bool:
        return not self.before(use, owner)

    def before(self, use: Use, owner: object) -> set[object]:
        """Those for whom the owner must wait."""
        found = {self.shaping}
        if use is not Use.ADD:
            found.add(self.changing)
        if use is Use.SHAPE:
            found |= self.adding
        return found - {None, owner}

    def take(self, use: Use, owner: object) -> None:
        if use is Use.ADD:
            self.adding.add(owner)
        elif use is Use.CHANGE:
            self.changing = owner
        else:
            self.shaping = owner

    def has(self, owner: object) -> bool:
        return owner in self.adding or owner in (self.changing, self.shaping)

    def free(self, owner: object) -> bool:
        """Whether nobody has it any more."""
        self.adding.discard(owner)
        self.changing = None if self.changing is owner else self.changing
        self.shaping = None if self.shaping is owner else self.shaping
        return not self.adding and self.changing is None and self.shaping is None


class TableLocks:
    """An owner keeps what it has until its transaction ends."""

    def __init__(self, tell: Callable[[Any], None] = lambda _: None) -> None:
        """tell: what is called with a table when somebody takes it, and when somebody lets go of it."""
        self._changed, self._tell = threading.Condition(), tell
        self._tables: dict[Hashable, _Held] = {}
        self._waiting: dict[object, tuple[Hashable, Use]] = {}

    def acquire(
        self, table: Hashable, use: Use, owner: object, timeout: float, given_up: Callable[[], bool] = lambda: False
    ) -> bool:
        """Whether the owner has it now. given_up: whether the owner waits no longer, looked at when it is woken.

        Who would wait for somebody who waits for the owner doesn't wait at all.
        """
        with self._changed:
            free = self.wait(table, use, owner, 0 if self._in_a_circle(table, use, owner) else timeout, given_up)
            if free:
                self._tables.setdefault(table, _Held()).take(use, owner)
                self._tell(table)
            return free

    def wait(
        self, table: Hashable, use: Use, owner: object, timeout: float, given_up: Callable[[], bool] = lambda: False
    ) -> bool:
        """Whether it is free for the owner within so many seconds, without taking it."""
        with self._changed:
            self._waiting[owner] = table, use
            try:
                self._changed.wait_for(lambda: given_up() or self._held(table).allows(use, owner), timeout)
            finally:
                del self._waiting[owner]
            return self._held(table).allows(use, owner)

    def held(self, owner: object) -> set[Hashable]:
        with self._changed:
            return {table for table, held in self._tables.items() if held.has(owner)}

    def release(self, owner: object) -> None:
        with self._changed:
            for table, held in list(self._tables.items()):
                if held.has(owner):
                    self._tell(table)
                    if held.free(owner):
                        del self._tables[table]
            self._changed.notify_all()

    def is_held(self, table: Hashable) -> bool:
        return table in self._tables

    def wake(self) -> None:
        """Have those who wait look whether they have given up."""
        with self._changed:
            self._changed.notify_all()

    def _in_a_circle(self, table: Hashable, use: Use, owner: object) -> bool:
        reached, ahead = set[object](), [(table, use, owner)]
        while ahead:
            for holder in self._held(ahead[-1][0]).before(*ahead.pop()[1:]) - reached:
                if holder is owner:
                    return True
                reached.add(holder)
                if holder in self._waiting:
                    ahead.append((*self._waiting[holder], holder))
        return False

    def _held(self, table: Hashable) -> _Held:
        return self._tables.get(table) or _Held()
