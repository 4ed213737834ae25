"""Alerts: a condition, its schedule, and what to do when the condition finds rows. They are made suspended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..account.calls import Call
from .base import Content, done
from .recorded import Recorded
from .words import Words, same


class Alerts(Recorded):
    resource = what = "alert"
    words = Words(
        "ALERT",
        {
            **same("name as text", "warehouse"),
            **same("alert schedule", "schedule"),
            **same("text", "comment"),
            "IF": ("condition", "exists"),
            "THEN": ("action", "rest"),
        },
        required={"": ("IF", "THEN")},
        renamed=False,
        checked=True,
    )
    cloned = True

    def first_state(self, properties: Mapping[str, Any], query: Mapping[str, Any]) -> Mapping[str, Any]:
        return {"state": "suspended"}

    def do_resume(self, call: Call) -> Content:
        return self._turn(call, "started")

    def do_suspend(self, call: Call) -> Content:
        return self._turn(call, "suspended")

    def _turn(self, call: Call, state: str) -> Content:
        with self.account.changing:
            entry = self.existing(call)
            if entry is not None:
                self.set_state(entry, state=state)
        return done()
