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

    def minds(self, other: Use) -> bool:
        """Whether two can't do these to a table at the same time."""
        return Use.SHAPE in (self, other) or (self is Use.CHANGE and other is Use.CHANGE)


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
    """An owner keeps what it has until its transaction ends. Those who have nothing yet come in turn; who has something
    already, and so may keep others waiting, waits for nobody who only waits as well: no circle comes of the turns.
    """

    def __init__(self, tell: Callable[[Any, bool], None] = lambda _, __: None) -> None:
        """tell: what is called with a table when somebody takes it, and when somebody lets go of it, and whether they
        do so to change rows: another shape lies in another place."""
        self._changed, self._tell = threading.Condition(), tell
        self._tables: dict[Hashable, _Held] = {}
        self._waiting: dict[object, tuple[Hashable, Use]] = {}
        """In the order in which they came."""
        self._kept: dict[int, object] = {}
        """Who has a table for a thread that will come again for it."""

    def acquire(
        self, table: Hashable, use: Use, owner: object, timeout: float, given_up: Callable[[], bool] = lambda: False
    ) -> bool:
        """Whether the owner has it now. given_up: whether the owner waits no longer, looked at when it is woken.

        Who would wait for somebody who waits for the owner doesn't wait at all.
        """
        with self._changed:
            known = self._give_up(threading.get_ident())
            if self._in_a_circle(table, use, owner):
                timeout = 0
            free = (known and self._held(table).allows(use, owner)) or self._wait(table, use, owner, timeout, given_up)
            if free:
                self._tables.setdefault(table, _Held()).take(use, owner)
                self._tell(table, use is not Use.SHAPE)
            return free

    def _wait(self, table: Hashable, use: Use, owner: object, timeout: float, given_up: Callable[[], bool]) -> bool:
        """Whether it is the owner's turn within so many seconds."""
        in_turn = not any(held.has(owner) for held in self._tables.values())

        def free() -> bool:
            return self._held(table).allows(use, owner) and not (in_turn and self._behind(table, use, owner))

        self._waiting[owner] = table, use
        try:
            self._changed.wait_for(lambda: given_up() or free(), timeout)
            return free()
        finally:
            del self._waiting[owner]
            self._changed.notify_all()  # it may be the turn of those behind

    def _behind(self, table: Hashable, use: Use, owner: object) -> bool:
        """Whether somebody waits for the table who came before, and minds."""
        for other, (wanted, wish) in self._waiting.items():
            if other is owner:
                return False
            if wanted == table and wish.minds(use):
                return True
        return False

    def keep(self, table: Hashable, use: Use, timeout: float) -> bool:
        """Whether the table is free within so many seconds; then it is kept for this thread, which comes again for it,
        or says by `leave` that it doesn't."""
        with self._changed:
            self.leave()
            kept = object()
            free = self._wait(table, use, kept, timeout, lambda: False)
            if free:
                self._tables.setdefault(table, _Held()).take(use, kept)
                self._kept[threading.get_ident()] = kept
            return free

    def leave(self) -> None:
        """Let others have what is kept for this thread."""
        with self._changed:
            if self._give_up(threading.get_ident()):
                self._changed.notify_all()

    def _give_up(self, thread: int) -> bool:
        """Whether something was kept for a thread; it is no longer."""
        kept = self._kept.pop(thread, None)
        if kept is not None:
            self._free(kept)
        return kept is not None

    def held(self, owner: object) -> set[Hashable]:
        with self._changed:
            return {table for table, held in self._tables.items() if held.has(owner)}

    def release(self, owner: object) -> None:
        with self._changed:
            self._free(owner)
            self._changed.notify_all()

    def _free(self, owner: object) -> None:
        for table, held in list(self._tables.items()):
            if held.has(owner):
                self._tell(table, owner in held.adding or held.changing is owner)
                if held.free(owner):
                    del self._tables[table]

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
