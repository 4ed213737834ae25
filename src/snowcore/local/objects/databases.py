"""Databases: each begins with the schemas PUBLIC and INFORMATION_SCHEMA, and takes all that it holds along."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NoReturn

from ...engine.errors import unsupported
from ...engine.protocol import Moment
from ..account.calls import Call, Context
from ..account.catalog import Entry
from .base import Maker, Swapped, lasting
from .past import of_schemas
from .tables import forget_hybrid, refuse_if_referred_to
from .words import CONTAINER, Words


class Databases(Swapped):
    resource = what = "database"
    words = Words("DATABASE", CONTAINER)
    above = ()
    restorable = True
    defaults = {"is_default": False, "origin": "", "options": "", "retention_time": 1}

    def details(self, entry: Entry, context: Context) -> Mapping[str, Any]:
        return container_details(entry, None, context.database)

    def maker(self, properties: Mapping[str, Any]) -> Maker:
        def make(path: tuple[str, ...]) -> None:
            self.engine.create_database(path[0])
            self.engine.create_schema(path[0], "PUBLIC")

        return make

    def cloner(self, source: Entry, at: Moment | None) -> Maker:
        schemas = self.catalog.children(source.id, "schema")
        then = of_schemas(self.catalog, schemas, at, self.engine.time_of(at) if at is not None else None)
        return lambda path: self.engine.clone_database(source.name, path[0], then)

    def born(self, entry: Entry, source: Entry | None, at: datetime | None = None) -> None:
        if source is not None:
            self.copy_children(source, entry, at)
            return
        for name in ("INFORMATION_SCHEMA", "PUBLIC"):
            said = lasting(entry, "schema", {})
            self.catalog.add("schema", entry.id, name, said, {}, entry.owner if name == "PUBLIC" else "")

    def adopt(self, parent: Entry | None, name: str) -> None:
        if "PUBLIC" not in self.engine.schemas(name):
            self.engine.create_schema(name, "PUBLIC")
        super().adopt(parent, name)

    def may_drop(self, entry: Entry, call: Call) -> None:
        if call.query.get("restrict"):
            refuse_if_referred_to(self.catalog, entry)

    def restored(self, entry: Entry) -> None:
        forget_hybrid(self.account, entry)

    def put_away(self, path: tuple[str, ...], kept: str) -> None:
        self.engine.drop_database(path[0], kept)

    def bring_back(self, kept: str, path: tuple[str, ...]) -> None:
        self.engine.restore_database(kept, path[0])

    def _no_other_accounts(self, call: Call) -> NoReturn:
        raise unsupported("shares, replication and failover, since it knows no other accounts")

    do_from_share = do_replication_enable = do_replication_disable = do_replication_refresh = _no_other_accounts
    do_failover_enable = do_failover_disable = do_failover_primary = _no_other_accounts


_PARAMETERS: Mapping[str, Any] = {
    "data_retention_time_in_days": 1,
    "suspend_task_after_num_failures": 10,
    "user_task_managed_initial_warehouse_size": "MEDIUM",
    "user_task_timeout_ms": 3_600_000,
    "serverless_task_min_statement_size": "XSMALL",
    "serverless_task_max_statement_size": "X2LARGE",
}
"""The parameters that a database and its schemas tell, with what holds where nothing is said."""


def container_details(entry: Entry, above: Entry | None, current: str | None) -> dict[str, Any]:
    """What follows from the properties of a database or schema, from those of the database above it, and from the
    session that asks."""
    said = {**_PARAMETERS, **(above.properties if above is not None else {}), **entry.properties}
    out: dict[str, Any] = {name: said[name] for name in _PARAMETERS}
    out |= {"is_current": entry.name == current, "retention_time": said["data_retention_time_in_days"]}
    if options := [
        *(["TRANSIENT"] if entry.properties.get("kind") == "TRANSIENT" else []),
        *(["MANAGED ACCESS"] if entry.properties.get("managed_access") else []),
    ]:
        out["options"] = ", ".join(options)
    return out
