"""Compute pools: machines that aren't there, counted as if they were."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...engine.errors import AccountError, invalid
from ..account.calls import Call, Context
from ..account.catalog import Entry
from .base import Content, ObjectType, done, full
from .words import Words, same

# Name, vCPU, memory in GiB, storage in GiB, GPU, how many of them, memory of each in GiB, what for.
_FAMILIES = [
    ("CPU_X64_XS", 1, 6, 100, None, 0, 0, "The smallest, for trying things out"),
    ("CPU_X64_S", 3, 13, 100, None, 0, 0, "For several small services or jobs"),
    ("CPU_X64_M", 6, 28, 100, None, 0, 0, "For a stack of services"),
    ("CPU_X64_SL", 14, 54, 100, None, 0, 0, "For larger services"),
    ("CPU_X64_L", 28, 116, 100, None, 0, 0, "For much CPU"),
    ("HIGHMEM_X64_S", 6, 58, 100, None, 0, 0, "For much memory"),
    ("HIGHMEM_X64_M", 28, 240, 100, None, 0, 0, "For several services with much memory"),
    ("HIGHMEM_X64_SL", 92, 654, 100, None, 0, 0, "For very much memory"),
    ("HIGHMEM_X64_L", 124, 984, 100, None, 0, 0, "The most memory"),
    ("GPU_NV_S", 6, 27, 300, "NVIDIA A10G", 1, 24, "The smallest with a GPU"),
    ("GPU_NV_M", 44, 178, 3400, "NVIDIA A10G", 4, 24, "For several GPUs"),
    ("GPU_NV_L", 92, 1112, 6800, "NVIDIA A100", 8, 40, "The largest, for training"),
]
_FIELDS = ("name", "vcpu", "memory_gib", "storage_gib", "gpu", "gpu_count", "gpu_memory_gib", "description")


class ComputePools(ObjectType):
    resource, what = "compute-pool", "compute pool"
    words = Words(
        "COMPUTE POOL",
        {
            **same("text", "comment"),
            **same("integer", "min_nodes", "max_nodes", "auto_suspend_secs"),
            **same("word", "instance_family"),
            **same("boolean", "auto_resume", "initially_suspended"),
        },
    )
    above = ()
    defaults = {"auto_resume": True, "auto_suspend_secs": 3600, "is_exclusive": False, "num_jobs": 0}

    def check(self, path: tuple[str, ...], properties: Mapping[str, Any], old: Entry | None) -> None:
        least, most = properties["min_nodes"], properties["max_nodes"]
        if not 1 <= least <= most:
            raise invalid(f"'min_nodes' ({least}) must be 1 or more, and at most 'max_nodes' ({most}).")
        if properties["instance_family"] not in (known := [family[0] for family in _FAMILIES]):
            raise invalid(f"Invalid value of 'instance_family': {properties['instance_family']} is not one of {known}.")

    def declared(self, body: Mapping[str, Any], place: tuple[str, ...]) -> dict[str, Any]:
        out = super().declared(body, place)
        if "instance_family" in out:
            out["instance_family"] = out["instance_family"].upper()
        return out

    def first_state(self, properties: Mapping[str, Any], query: Mapping[str, Any]) -> Mapping[str, Any]:
        now = self.catalog.now()
        suspended = query.get("initiallySuspended", False)
        return {"suspended": suspended, "resumed_on": None if suspended else now, "updated_on": now}

    def changed_state(self, entry: Entry, properties: Mapping[str, Any]) -> Mapping[str, Any]:
        return {**entry.state, "updated_on": self.catalog.now()}

    def details(self, entry: Entry, context: Context) -> Mapping[str, Any]:
        services = [s for s in self.services(entry) if s.state["status"] != "SUSPENDED"]
        nodes = 0 if entry.state["suspended"] else entry.properties["min_nodes"]
        return {
            "state": "SUSPENDED" if not nodes else "ACTIVE" if services else "IDLE",
            "num_services": len(services),
            "active_nodes": min(nodes, len(services)),
            "idle_nodes": nodes - min(nodes, len(services)),
            "target_nodes": nodes,
        }

    def services(self, pool: Entry) -> list[Entry]:
        return [s for s in self.catalog.all("service") if s.properties["compute_pool"] == pool.name]

    def may_drop(self, entry: Entry, call: Call) -> None:
        if services := self.services(entry):
            names = ", ".join(full(s.path) for s in services)
            text = f"Compute pool {full(entry.path)} can't be dropped, since it has services: {names}. Drop them first."
            raise AccountError(409, "392503", "55000", text)

    def do_resume(self, call: Call) -> Content:
        return self._turn(call, suspended=False)

    def do_suspend(self, call: Call) -> Content:
        return self._turn(call, suspended=True)

    def _turn(self, call: Call, *, suspended: bool) -> Content:
        with self.account.changing, self.catalog.transaction():
            entry = self.entry(call)
            if entry.state["suspended"] != suspended:
                self.turn(entry, suspended=suspended)
        return done()

    def turn(self, pool: Entry, *, suspended: bool) -> None:
        now = self.catalog.now()
        self.set_state(pool, suspended=suspended, updated_on=now, **({} if suspended else {"resumed_on": now}))
        if suspended:
            for service in self.services(pool):
                self.account.kinds["service"].set_state(service, status="SUSPENDED", suspended_on=now, updated_on=now)

    def do_stop_all_services(self, call: Call) -> Content:
        with self.account.changing, self.catalog.transaction():
            for service in self.services(self.entry(call)):
                self.catalog.remove(service)
        return done()

    def do_instance_families(self, call: Call) -> list[Content]:
        families = [dict(zip(_FIELDS, family)) for family in _FAMILIES]
        used = [pool.properties["instance_family"] for pool in self.catalog.all("compute-pool")]
        return [{**family, "current_node_usage": used.count(family["name"]), "message": None} for family in families]
