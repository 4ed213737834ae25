"""Compute pools: machines that aren't there, counted and metered as if they were. Their services run on this one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ...engine.errors import AccountError, invalid
from ..account.calls import Call, Context
from ..account.catalog import Entry
from ..compute import rates
from ..compute.services import WANTED
from .base import Content, done, full, need_plain
from .metered import Metered
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


class ComputePools(Metered):
    resource, what = "compute-pool", "compute pool"
    least, stopped = rates.POOL_LEAST, {"suspended": True}
    words = Words(
        "COMPUTE POOL",
        {
            **same("text", "comment"),
            **same("integer", "min_nodes", "max_nodes", "auto_suspend_secs"),
            **same("word", "instance_family"),
            **same("boolean", "auto_resume", "initially_suspended"),
        },
    )
    defaults = {"auto_resume": True, "auto_suspend_secs": 3600, "is_exclusive": False}

    def check(self, path: tuple[str, ...], properties: Mapping[str, Any], old: Entry | None) -> None:
        need_plain(path[-1], "a compute pool")
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

    def details(self, entry: Entry, context: Context) -> Mapping[str, Any]:
        entry = self.settled(entry)
        active = self.active(entry)
        jobs = sum(bool(one.properties.get("is_job")) for one in active)
        nodes = 0 if entry.state["suspended"] else entry.properties["min_nodes"]
        return {
            **entry.state,
            "state": "SUSPENDED" if not nodes else "ACTIVE" if active else "IDLE",
            "num_services": len(active) - jobs,
            "num_jobs": jobs,
            "active_nodes": min(nodes, len(active)),
            "idle_nodes": nodes - min(nodes, len(active)),
            "target_nodes": nodes,
        }

    def active(self, pool: Entry) -> list[Entry]:
        """The services and jobs that keep a pool running."""
        return [s for s in self._on(pool) if s.state["status"] not in ("SUSPENDED", "DONE", "FAILED")]

    def _on(self, pool: Entry) -> list[Entry]:
        return [s for s in self.catalog.all("service") if s.properties["compute_pool"] == pool.name]

    def may_drop(self, entry: Entry, call: Call) -> None:
        if services := [s for s in self._on(entry) if s.state["status"] not in ("DONE", "FAILED")]:
            names = ", ".join(full(s.path) for s in services)
            text = f"Compute pool {full(entry.path)} can't be dropped, since it has services: {names}. Drop them first."
            raise AccountError(409, "392503", "55000", text)

    # Starting and suspending

    def rate(self, properties: Mapping[str, Any]) -> float:
        return rates.of_pool(properties)

    def runs(self, entry: Entry) -> bool:
        return not entry.state["suspended"]

    def idle_since(self, entry: Entry) -> datetime | None:
        seconds = entry.properties.get("auto_suspend_secs", self.defaults["auto_suspend_secs"])
        return self.account.usage.suspended(entry, seconds) if not self.active(entry) else None

    def freed(self, service: Entry) -> None:
        """A service has ended, and its pool is perhaps idle since."""
        pool = self.catalog.find(self.resource, 0, service.properties["compute_pool"])
        if pool is not None:
            self.account.usage.end(pool)
            with self.account.changing:
                for there in self.catalog.select("o.id = ?", pool.id):
                    self.set_state(there, used_on=self.catalog.now())

    def do_resume(self, call: Call) -> Content:
        entry = self.settled(self.entry(call))
        if self.runs(entry):
            raise self.unresumed(entry)
        return self._turn(call, suspended=False)

    def do_suspend(self, call: Call) -> Content:
        return self._turn(call, suspended=True)

    def _turn(self, call: Call, *, suspended: bool) -> Content:
        with self.account.changing, self.catalog.transaction():
            entry = self.settled(self.entry(call))
            if entry.state["suspended"] != suspended:
                self.turn(entry, suspended=suspended)
        return done()

    def turn(self, pool: Entry, *, suspended: bool) -> None:
        """Suspend a pool and its services, jobs excepted, or resume it for those that wait for it."""
        now, services = self.catalog.now(), self.account.kinds["service"]
        self.set_state(pool, suspended=suspended, updated_on=now, **({} if suspended else {"resumed_on": now}))
        if suspended:
            self.account.meter.ended(pool)
        else:
            self.meter(pool)
        for service in self.active(pool):
            if suspended and not service.properties.get("is_job"):
                services.set_state(service, status="SUSPENDED", suspended_on=now, updated_on=now)
            elif not suspended and service.state["status"] == "PENDING":
                services.set_state(service, status=WANTED, updated_on=now)

    def do_stop_all_services(self, call: Call) -> Content:
        with self.account.changing, self.catalog.transaction():
            for service in self._on(self.entry(call)):
                self.account.kinds["service"].retire(service)
        return done()

    def do_instance_families(self, call: Call) -> list[Content]:
        families = [dict(zip(_FIELDS, family)) for family in _FAMILIES]
        used = [pool.properties["instance_family"] for pool in self.catalog.all("compute-pool")]
        return [{**family, "current_node_usage": used.count(family["name"]), "message": None} for family in families]
