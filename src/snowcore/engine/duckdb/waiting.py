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
        if self.shaping not in (None, owner):
            return False
        if use is not Use.ADD and self.changing not in (None, owner):
            return False
        return use is not Use.SHAPE or not self.adding - {owner}

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

    def acquire(self, table: Hashable, use: Use, owner: object, timeout: float) -> bool:
        with self._changed:
            free = self._changed.wait_for(lambda: self._held(table).allows(use, owner), timeout)
            if free:
                self._tables.setdefault(table, _Held()).take(use, owner)
                self._tell(table)
            return free

    def held(self, owner: object) -> set[Hashable]:
        with self._changed:
            mine = ({one.changing, one.shaping, *one.adding} for one in self._tables.values())
            return {table for table, owners in zip(self._tables, mine) if owner in owners}

    def release(self, owner: object) -> None:
        with self._changed:
            for table, held in list(self._tables.items()):
                if held.has(owner):
                    self._tell(table)
                    if held.free(owner):
                        del self._tables[table]
            self._changed.notify_all()

    def _held(self, table: Hashable) -> _Held:
        return self._tables.get(table) or _Held()
