"""What costs credits while it runs, and suspends by itself on the account's clock: warehouses and compute pools."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, ClassVar

from ...engine.errors import AccountError
from ..account.catalog import Entry, stamp
from .base import ObjectType, full


class Metered(ObjectType):
    above = ()
    least: ClassVar[int]
    """Seconds that each run costs at least."""
    stopped: ClassVar[Mapping[str, Any]]
    """The state of one that is suspended."""

    def rate(self, properties: Mapping[str, Any]) -> float:
        """Credits an hour."""
        raise NotImplementedError

    def runs(self, entry: Entry) -> bool:
        """Whether it isn't suspended, as far as its entry says."""
        raise NotImplementedError

    def idle_since(self, entry: Entry) -> datetime | None:
        """When one that runs should have suspended; None if it is to run on."""
        raise NotImplementedError

    def changed_state(self, entry: Entry, properties: Mapping[str, Any]) -> Mapping[str, Any]:
        return {**entry.state, "updated_on": self.catalog.now()}

    def born(self, entry: Entry, source: Entry | None, at: datetime | None = None) -> None:
        if self.runs(entry):
            self.meter(entry)

    def meter(self, entry: Entry) -> None:
        """It runs from now on."""
        self.account.meter.started(entry, self.rate(entry.properties), self.least)

    def reshape(self, entry: Entry, properties: Mapping[str, Any], record: Callable[[], object]) -> None:
        with self.catalog.transaction():
            record()
            self.account.meter.changed(entry, self.rate(properties), self.least)

    def retire(self, entry: Entry) -> None:
        self.account.meter.ended(self.settled(entry))
        super().retire(entry)

    def unresumed(self, entry: Entry, why: str = "") -> AccountError:
        """For one that can't be resumed, since it runs or for another reason."""
        text = f"Invalid state. {self.what.capitalize()} '{full(entry.path)}' cannot be resumed{why}."
        return AccountError(409, "090063", "22000", text)

    def settled(self, entry: Entry) -> Entry:
        """One as it is now: suspended since nobody has used it for long enough, if that is so."""
        if not self.runs(entry) or self.idle_since(entry) is None:
            return entry
        with self.account.changing, self.catalog.transaction():
            entry = self.catalog.get(entry.id)
            if self.runs(entry) and (at := self.idle_since(entry)) is not None:
                self.account.meter.ended(entry, at)
                return self.catalog.update(entry, state={**entry.state, **self.stopped, "updated_on": stamp(at)})
        return entry
