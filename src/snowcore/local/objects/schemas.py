"""Schemas, and INFORMATION_SCHEMA, which every database has and nobody can change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ...engine.errors import AccountError
from ...engine.protocol import Moment
from ..account.calls import Call, Context
from ..account.catalog import Entry
from .base import Maker, Swapped, full
from .databases import container_details
from .past import of_schemas
from .tables import forget_hybrid, need_standard, refuse_if_referred_to
from .words import CONTAINER, Words, same


class Schemas(Swapped):
    resource = what = "schema"
    words = Words("SCHEMA", {**CONTAINER, **same("boolean", "pipe_execution_paused")})
    above = ("database",)
    restorable = cloned = True
    defaults = {"is_default": False, "options": "", "retention_time": 1}

    def details(self, entry: Entry, context: Context) -> Mapping[str, Any]:
        here = entry.path[0] == context.database
        return container_details(entry, self.catalog.get(entry.parent), context.schema if here else None)

    def maker(self, properties: Mapping[str, Any]) -> Maker:
        return lambda path: self.engine.create_schema(*path)

    def cloner(self, source: Entry, at: Moment | None) -> Maker:
        for table in self.catalog.children(source.id, "table"):
            need_standard(table, "CLONE")
        then = of_schemas(self.catalog, [source], at, self.engine.time_of(at) if at is not None else None)
        return lambda path: self.engine.clone_schema(source.path[0], source.name, path[0], path[1], then)

    def born(self, entry: Entry, source: Entry | None, at: datetime | None = None) -> None:
        if source is not None:
            self.copy_children(source, entry, at)

    def check(self, path: tuple[str, ...], properties: Mapping[str, Any], old: Entry | None) -> None:
        if path[1] == "INFORMATION_SCHEMA":
            raise AccountError(403, "003001", "42501", f"Schema {full(path)} can't be changed.")

    def may_drop(self, entry: Entry, call: Call) -> None:
        self.check(entry.path, {}, entry)
        if call.query.get("restrict"):
            refuse_if_referred_to(self.catalog, entry)

    def restored(self, entry: Entry) -> None:
        forget_hybrid(self.account, entry)

    def put_away(self, path: tuple[str, ...], kept: str) -> None:
        self.engine.drop_schema(path[0], path[1], kept)

    def bring_back(self, kept: str, path: tuple[str, ...]) -> None:
        self.engine.restore_schema(kept, path[0], path[1])
