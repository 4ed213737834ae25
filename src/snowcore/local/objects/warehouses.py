"""Warehouses: statements run without them, but they start, suspend, refuse and are metered as Snowflake's."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from ...engine.errors import AccountError, invalid
from ..account.calls import Call, Context
from ..account.catalog import Entry, stamp
from ..compute import rates
from ..compute.usage import User
from .base import Content, done, full
from .metered import Metered
from .words import Words, same

_SIZES = {
    **{size.replace("-", "").upper(): size for size in ("X-Small", "Small", "Medium", "Large", "X-Large")},
    **{f"{n}XLARGE": f"{n}X-Large" for n in range(2, 7)},
    **{f"X{n}LARGE": f"{n}X-Large" for n in range(2, 7)},
    "XXLARGE": "2X-Large",
    "XXXLARGE": "3X-Large",
}
_WORDS = {
    "scaling_policy": ("STANDARD", "ECONOMY"),
    "warehouse_type": ("STANDARD", "SNOWPARK-OPTIMIZED", "ADAPTIVE"),
}
_STARTED = {"state": "STARTED", "started_clusters": 1}
_SUSPENDED = {"state": "SUSPENDED", "started_clusters": 0}
_DISABLED = {"state": "DISABLED", "started_clusters": 0}


class Warehouses(Metered):
    resource = what = "warehouse"
    least, stopped = rates.WAREHOUSE_LEAST, _SUSPENDED
    words = Words(
        "WAREHOUSE",
        {
            **same("text", "comment"),
            **same("word", "warehouse_type", "warehouse_size", "scaling_policy"),
            **same("integer", "max_cluster_count", "min_cluster_count", "auto_suspend", "max_concurrency_level"),
            **same("integer", "query_acceleration_max_scale_factor", "statement_queued_timeout_in_seconds"),
            **same("integer", "statement_timeout_in_seconds"),
            **same("truth as text", "auto_resume", "initially_suspended", "wait_for_completion"),
            **same("truth as text", "enable_query_acceleration"),
            **same("name", "resource_monitor"),
            "GENERATION": ("GENERATION", "word or text"),
            "RESOURCE_CONSTRAINT": ("RESOURCE_CONSTRAINT", "word or text"),
        },
    )
    ranges = {
        "max_cluster_count": (1, 300),
        "min_cluster_count": (1, 300),
        "auto_suspend": (0, 2**31 - 1),
        "query_acceleration_max_scale_factor": (0, 100),
        "max_concurrency_level": (1, 32),
        "statement_queued_timeout_in_seconds": (0, 2**31 - 1),
        "statement_timeout_in_seconds": (0, 604_800),
    }
    defaults = {
        "warehouse_type": "STANDARD",
        "warehouse_size": "X-Small",
        "max_cluster_count": 1,
        "min_cluster_count": 1,
        "scaling_policy": "STANDARD",
        "auto_suspend": 600,
        "auto_resume": "true",
        "enable_query_acceleration": "false",
        "query_acceleration_max_scale_factor": 8,
        "max_concurrency_level": 8,
        "statement_queued_timeout_in_seconds": 0,
        "statement_timeout_in_seconds": 172_800,
        "running": 0,
        "queued": 0,
        "is_default": False,
        "kind": "WAREHOUSE",
    }

    def declared(self, body: Mapping[str, Any], place: tuple[str, ...]) -> dict[str, Any]:
        out = super().declared(body, place)
        out.pop("wait_for_completion", None)  # about a change, not of the warehouse
        for old, new in (("size", "warehouse_size"), ("type", "warehouse_type")):
            value = out.pop(old, None)
            if value is not None:
                out.setdefault(new, value)
        if (size := out.get("warehouse_size")) is not None:
            out["warehouse_size"] = _SIZES.get(size.replace("-", "").upper())
            if out["warehouse_size"] is None:
                raise invalid(f"Invalid value of 'warehouse_size': {size!r} is not one of {sorted(_SIZES)}.")
        return out

    def check(self, path: tuple[str, ...], properties: Mapping[str, Any], old: Entry | None) -> None:
        if properties.get("min_cluster_count", 1) > properties.get("max_cluster_count", 1):
            raise invalid("'min_cluster_count' is greater than 'max_cluster_count'.")
        for name, words in _WORDS.items():
            if properties.get(name, words[0]) not in words:
                raise invalid(f"Invalid value of '{name}': {properties[name]!r} is not one of {list(words)}.")

    def first_state(self, properties: Mapping[str, Any], query: Mapping[str, Any]) -> Mapping[str, Any]:
        now = self.catalog.now()
        if properties.get("initially_suspended") == "true":
            return {**_SUSPENDED, "updated_on": now}
        return {**_STARTED, "resumed_on": now, "updated_on": now}

    def details(self, entry: Entry, context: Context) -> Mapping[str, Any]:
        entry = self.settled(entry)
        out: dict[str, Any] = {"is_current": entry.name == context.warehouse, "initially_suspended": None}
        out |= {**entry.state, "running": len(self.account.usage.users(entry))}
        out["size"] = entry.properties.get("warehouse_size", self.defaults["warehouse_size"])
        out["type"] = entry.properties.get("warehouse_type", self.defaults["warehouse_type"])
        if entry.state["state"] == "STARTED":
            out |= {"available": "100", "provisioning": "0", "quiescing": "0", "other": "0"}
        return out

    _known: Mapping[str, tuple[int, Entry | None]] = {}
    """The warehouse that was used last, by its name, as of a version of the catalog."""

    # Starting and suspending

    def rate(self, properties: Mapping[str, Any]) -> float:
        return rates.of_warehouse(properties)

    def runs(self, entry: Entry) -> bool:
        return entry.state["state"] == _STARTED["state"]

    def idle_since(self, entry: Entry) -> datetime | None:
        return self.account.usage.suspended(entry, entry.properties.get("auto_suspend", self.defaults["auto_suspend"]))

    @contextmanager
    def used(self, name: str, user: User) -> Generator[Entry | None]:
        """Within it, a session's statement runs on a warehouse, which resumes if it may. AccountError (000606) if it is
        suspended and may not. None if there is no such warehouse, which keeps nobody from running statements here."""
        version, entry = self._known.get(name, (-1, None))
        if version != self.catalog.version:
            version, entry = self.catalog.version, self.catalog.find(self.resource, 0, name)
            self._known = {name: (version, entry)}
        if entry is None:
            yield None
            return
        entry = self.settled(entry)
        with self.account.usage.by(user, entry):
            if not self.runs(entry):
                if entry.state["state"] == _DISABLED["state"]:
                    raise AccountError(409, "000606", "57P03", f"Warehouse '{full(entry.path)}' is disabled.")
                if entry.properties.get("auto_resume", "true") != "true":
                    raise _suspended(entry)
                self._start(entry)
            yield entry
        if self.account.usage.is_stale(entry):
            with self.account.changing:
                for there in self.catalog.select("o.id = ?", entry.id):
                    self.set_state(there, used_on=stamp(self.account.usage.last(there)))

    def _start(self, entry: Entry) -> None:
        with self.account.changing, self.catalog.transaction():
            entry, now = self.catalog.get(entry.id), self.catalog.now()
            if not self.runs(entry):
                self.set_state(entry, **_STARTED, resumed_on=now, updated_on=now)
                self.meter(entry)

    def do_resume(self, call: Call) -> Content:
        """Succeeds if it runs, as in the REST API; SQL's RESUME without IF SUSPENDED doesn't."""
        with self.account.changing:
            if (entry := self.existing(call)) is not None:
                if entry.state["state"] == _DISABLED["state"]:
                    raise self.unresumed(entry, ": it is disabled")
                entry = self.settled(entry)
                if call.context.beyond.get("IN_ANY_STATE", True) is False and self.runs(entry):
                    raise self.unresumed(entry)
                self._start(entry)
        return done()

    def do_suspend(self, call: Call) -> Content:
        with self.account.changing, self.catalog.transaction():
            if (entry := self.existing(call)) is None:
                return done()
            entry = self.settled(entry)
            if not self.runs(entry):
                text = f"Invalid state. Warehouse '{full(entry.path)}' cannot be suspended."
                raise AccountError(409, "090064", "22000", text)
            self._stop(entry, _SUSPENDED)
        return done()

    def _stop(self, entry: Entry, state: Mapping[str, Any]) -> None:
        self.set_state(entry, **state, updated_on=self.catalog.now())
        self.account.meter.ended(entry)

    def do_disable(self, call: Call) -> Content:
        """Have an adaptive warehouse refuse statements until it is enabled."""
        with self.account.changing, self.catalog.transaction():
            if (entry := self._adaptive(call)) is not None:
                self._stop(self.settled(entry), _DISABLED)
        return done()

    def do_enable(self, call: Call) -> Content:
        with self.account.changing:
            if (entry := self._adaptive(call)) is not None:
                self._start(entry)
        return done()

    def _adaptive(self, call: Call) -> Entry | None:
        entry = self.existing(call)
        if entry is not None and entry.properties.get("warehouse_type") != "ADAPTIVE":
            raise invalid(f"Warehouse '{full(entry.path)}' is not adaptive: it is suspended and resumed.")
        return entry

    def do_abort(self, call: Call) -> Content:
        """Stop the statements that run on it."""
        if (entry := self.existing(call)) is not None:
            for user in self.account.usage.users(entry):
                user.cancel()
        return done()

    def do_use(self, call: Call) -> Content:
        """Succeeds if it exists. A session is what uses a warehouse, and there is none here."""
        self.entry(call)
        return done()


def _suspended(entry: Entry) -> AccountError:
    text = (
        "No active warehouse selected in the current session.  Select an active warehouse with the 'use warehouse'"
        f" command. (Warehouse '{full(entry.path)}' is suspended, and AUTO_RESUME is FALSE.)"
    )
    return AccountError(409, "000606", "57P03", text)
