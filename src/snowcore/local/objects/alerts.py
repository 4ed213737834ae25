"""Alerts: a condition, its schedule, and what to do when the condition finds rows. They are made suspended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...engine.errors import invalid
from ..account.calls import Call
from ..account.catalog import Entry
from ..tasks import schedule
from .base import Content, done
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

    def do_resume(self, call: Call) -> Content:
        return self._turn(call, state="started", last_committed_on=self.catalog.now())

    def do_suspend(self, call: Call) -> Content:
        return self._turn(call, state="suspended")

    def _turn(self, call: Call, **state: Any) -> Content:
        with self.account.changing:
            entry = self.existing(call)
            if entry is not None and entry.state.get("state") != state["state"]:
                self.set_state(entry, **state)
        return done()
