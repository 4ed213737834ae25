"""Who uses a warehouse or a compute pool, and since when nobody does: by that they suspend, on the account's clock.

Whether one has suspended is looked at when somebody asks for it: nobody can tell that from one that suspends by itself.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, Protocol

from ..account.catalog import Entry

KEPT_AFTER = timedelta(minutes=1)
"""How old what the catalog knows of the last use may become: so much is lost if the account's process is killed."""


class User(Protocol):
    """A session whose statement runs on a warehouse."""

    def cancel(self, query_id: str | None = None) -> bool: ...


class Usage:
    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._users: dict[int, list[User]] = defaultdict(list)
        self._used: dict[int, datetime] = {}

    def users(self, entry: Entry) -> list[User]:
        with self._lock:
            return list(self._users[entry.id])

    @contextmanager
    def by(self, user: User, entry: Entry) -> Generator[None]:
        """Within it, something is used."""
        with self._lock:
            self._users[entry.id].append(user)
        try:
            yield
        finally:
            with self._lock:
                self._users[entry.id].remove(user)
                self._used[entry.id] = self._clock()

    def end(self, entry: Entry) -> None:
        """Something was used until now."""
        with self._lock:
            self._used[entry.id] = self._clock()

    def last(self, entry: Entry) -> datetime:
        """When something was last used, or began."""
        told: list[Any] = [entry.created_on, entry.state.get("resumed_on"), entry.state.get("used_on")]
        moments = [datetime.fromisoformat(one) for one in told if one]
        return max([*moments, *([self._used[entry.id]] if entry.id in self._used else [])])

    def suspended(self, entry: Entry, seconds: int) -> datetime | None:
        """When something that runs has suspended, since nobody has used it for so many seconds; None if it has not."""
        if not seconds or self.users(entry):
            return None
        due = self.last(entry) + timedelta(seconds=seconds)
        return due if due <= self._clock() else None

    def is_stale(self, entry: Entry) -> bool:
        """Whether the catalog should be told of the last use."""
        told = entry.state.get("used_on") or entry.state.get("resumed_on") or entry.created_on
        return self.last(entry) - datetime.fromisoformat(told) >= KEPT_AFTER
