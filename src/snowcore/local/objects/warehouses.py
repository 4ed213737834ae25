"""Warehouses: compute that runs nothing here, but starts, suspends and is named as Snowflake's does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...engine.errors import AccountError, invalid
from ..account.calls import Call, Context
from ..account.catalog import Entry
from .base import Content, ObjectType, done, full
from .words import Words, same

_SIZES = {
    **{size.replace("-", "").upper(): size for size in ("X-Small", "Small", "Medium", "Large", "X-Large")},
    **{f"{n}XLARGE": f"{n}X-Large" for n in range(2, 7)},
    **{f"X{n}LARGE": f"{n}X-Large" for n in range(2, 7)},
    "XXLARGE": "2X-Large",
    "XXXLARGE": "3X-Large",
}
_STARTED = {"state": "STARTED", "started_clusters": 1}
_SUSPENDED = {"state": "SUSPENDED", "started_clusters": 0}


class Warehouses(ObjectType):
    resource = what = "warehouse"
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
    above = ()
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

    def first_state(self, properties: Mapping[str, Any], query: Mapping[str, Any]) -> Mapping[str, Any]:
        now = self.catalog.now()
        if properties.get("initially_suspended") == "true":
            return {**_SUSPENDED, "updated_on": now}
        return {**_STARTED, "resumed_on": now, "updated_on": now}

    def changed_state(self, entry: Entry, properties: Mapping[str, Any]) -> Mapping[str, Any]:
        return {**entry.state, "updated_on": self.catalog.now()}

    def details(self, entry: Entry, context: Context) -> Mapping[str, Any]:
        out: dict[str, Any] = {"is_current": entry.name == context.warehouse, "initially_suspended": None}
        out["size"] = entry.properties.get("warehouse_size", self.defaults["warehouse_size"])
        out["type"] = entry.properties.get("warehouse_type", self.defaults["warehouse_type"])
        if entry.state["state"] == "STARTED":
            out |= {"available": "100", "provisioning": "0", "quiescing": "0", "other": "0"}
        return out

    def do_resume(self, call: Call) -> Content:
        """Succeeds if it runs, as in the REST API."""
        now = self.catalog.now()
        return self._turn(call, {**_STARTED, "resumed_on": now, "updated_on": now})

    def do_suspend(self, call: Call) -> Content:
        return self._turn(call, {**_SUSPENDED, "updated_on": self.catalog.now()})

    def _turn(self, call: Call, state: Mapping[str, Any]) -> Content:
        with self.account.changing:
            entry = self.existing(call)
            if entry is None:
                return done()
            if entry.state["state"] != state["state"]:
                self.set_state(entry, **state)
            elif state["state"] == _SUSPENDED["state"]:
                text = f"Invalid state. Warehouse '{full(entry.path)}' cannot be suspended."
                raise AccountError(409, "090064", "22000", text)
        return done()

    def do_abort(self, call: Call) -> Content:
        """Succeeds: no statement runs on the warehouse itself."""
        self.existing(call)
        return done()

    def do_use(self, call: Call) -> Content:
        """Succeeds if it exists. A session is what uses a warehouse, and there is none here."""
        self.entry(call)
        return done()
