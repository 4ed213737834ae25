"""Secrets: what is in them is told to nobody but the services that use them, and is in memory alone, so that no file of
the account has it. Who opens the account again sets it again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ..account.calls import Call
from ..account.catalog import Entry
from .base import Content
from .recorded import Recorded

_PARTS = ("username", "password", "secret_string")


class Secrets(Recorded):
    resource = what = "secret"
    cloned = True

    def do_create(self, call: Call) -> Content:
        with self.account.changing:
            self._coming: Mapping[str, Any] = call.body
            return super().do_create(call)

    def born(self, entry: Entry, source: Entry | None, at: datetime | None = None) -> None:
        self._keep(entry, self._parts(source) if source is not None else self._coming)

    def do_create_or_alter(self, call: Call) -> Content:
        with self.account.changing, self.catalog.transaction():
            answer = super().do_create_or_alter(call)
            self._keep(self.entry(call), call.body)
            return answer

    def do_alter(self, call: Call) -> Content:
        with self.account.changing, self.catalog.transaction():
            answer = super().do_alter(call)
            if (entry := self.existing(call)) is not None:
                self._keep(entry, {**self._parts(entry), **call.body})
            return answer

    def retire(self, entry: Entry) -> None:
        super().retire(entry)
        self.account.services.secrets.pop(entry.id, None)

    def _parts(self, entry: Entry) -> Mapping[str, Any]:
        return self.account.services.secrets.get(entry.id, {})

    def _keep(self, entry: Entry, body: Mapping[str, Any]) -> None:
        self.account.services.secrets[entry.id] = {
            name: body[name] for name in _PARTS if isinstance(body.get(name), str)
        }
