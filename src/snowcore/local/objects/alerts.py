"""Alerts: a condition, its schedule, and what to do when the condition finds rows. They are made suspended;
`snowcore.local.tasks` evaluates those that are resumed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from ...engine.errors import invalid
from ...engine.names import shown
from ..account.calls import Call, Context
from ..account.catalog import Entry
from ..tasks import new_rows, schedule
from .base import Content, done, status
from .recorded import Recorded


class Alerts(Recorded):
    resource = what = "alert"
    cloned = True
    defaults = {"state": "suspended"}

    def check(self, path: tuple[str, ...], properties: Mapping[str, Any], old: Entry | None) -> None:
        if properties.get("NEW_ROWS"):
            new_rows.check(properties["condition"])
            return
        schedule.check(properties["schedule"])
        if schedule.interval(properties["schedule"]) and properties["schedule"]["minutes"] < 1:
            raise invalid("Invalid value of 'schedule': the interval of an alert is from 1 to 11,520 minutes.")

    def first_state(self, properties: Mapping[str, Any], query: Mapping[str, Any]) -> Mapping[str, Any]:
        return {"state": "suspended"}

    def changed_state(self, entry: Entry, properties: Mapping[str, Any]) -> Mapping[str, Any]:
        """The interval of another schedule begins now."""
        if all(properties.get(one) == entry.properties.get(one) for one in ("schedule", "NEW_ROWS")):
            return entry.state
        waits = self._waits(attrs.evolve(entry, properties=properties))
        return {**entry.state, "last_committed_on": self.catalog.now(), **waits}

    def _waits(self, entry: Entry) -> Mapping[str, Any]:
        return new_rows.looked(self.account, entry) if new_rows.is_on_new_rows(entry) else {}

    def details(self, entry: Entry, context: Context) -> Mapping[str, Any]:
        return {"schedule": None} if new_rows.is_on_new_rows(entry) else {}

    def change(self, entry: Entry, properties: dict[str, Any], *, fixed: Mapping[str, Any]) -> Content:
        try:
            return super().change(entry, properties, fixed=fixed)
        finally:
            self.account.runs.scheduler.changed()

    def retire(self, entry: Entry) -> None:
        super().retire(entry)
        self.account.runs.scheduler.changed()

    def do_resume(self, call: Call) -> Content:
        entry = self.existing(call)
        waits: Mapping[str, Any] = self._waits(entry) if entry is not None else {}
        return self._turn(call, state="started", last_committed_on=self.catalog.now(), **waits)

    def do_suspend(self, call: Call) -> Content:
        return self._turn(call, state="suspended")

    def _turn(self, call: Call, **state: Any) -> Content:
        with self.account.changing:
            entry = self.existing(call)
            if entry is not None and entry.state.get("state") != state["state"]:
                self.set_state(entry, **state)
                self.account.runs.scheduler.changed()
        return done()

    def do_execute(self, call: Call) -> Content:
        """Evaluate it now, whatever its schedule; what comes of it, the history says."""
        entry = self.entry(call)
        if new_rows.is_on_new_rows(entry):
            raise invalid(f"Alert {shown(entry.name)} has no schedule: it is evaluated when there are new rows.")
        self.account.runs.alerts.start_due(entry, self.account.clock())
        return status(f"Alert {shown(entry.name)} is scheduled to run immediately.")
