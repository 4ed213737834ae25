"""Alerts: a condition, its schedule, and what to do when the condition finds rows. They are made suspended;
`snowcore.local.tasks` evaluates those that are resumed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...engine.errors import invalid
from ...engine.names import shown
from ..account.calls import Call
from ..account.catalog import Entry
from ..tasks import schedule
from .base import Content, done, status
from .recorded import Recorded


class Alerts(Recorded):
    resource = what = "alert"
    cloned = True
    defaults = {"state": "suspended"}

    def check(self, path: tuple[str, ...], properties: Mapping[str, Any], old: Entry | None) -> None:
        schedule.check(properties["schedule"])
        if schedule.interval(properties["schedule"]) and properties["schedule"]["minutes"] < 1:
            raise invalid("Invalid value of 'schedule': the interval of an alert is from 1 to 11,520 minutes.")

    def first_state(self, properties: Mapping[str, Any], query: Mapping[str, Any]) -> Mapping[str, Any]:
        return {"state": "suspended"}

    def changed_state(self, entry: Entry, properties: Mapping[str, Any]) -> Mapping[str, Any]:
        """The interval of another schedule begins now."""
        self.account.runs.scheduler.changed()
        changed = properties["schedule"] != entry.properties["schedule"]
        return {**entry.state, "last_committed_on": self.catalog.now()} if changed else entry.state

    def retire(self, entry: Entry) -> None:
        super().retire(entry)
        self.account.runs.scheduler.changed()

    def do_resume(self, call: Call) -> Content:
        return self._turn(call, state="started", last_committed_on=self.catalog.now())

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
        self.account.runs.alerts.start_due(entry, self.account.clock())
        return status(f"Alert {shown(entry.name)} is scheduled to run immediately.")
