"""External tables: what stands in the files of a stage, as of the last refresh, which the engine keeps as rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...engine.protocol import TablePath
from ..account.calls import Call, Context
from ..account.catalog import Entry
from ..account.documents import Document
from .base import Content, Maker, done
from .kept import document_of
from .tables import Stored


class ExternalTables(Stored):
    resource, what = "external-table", "external table"

    @classmethod
    def documented(cls) -> Document:
        return document_of(cls.resource)

    def maker(self, properties: Mapping[str, Any]) -> Maker:
        empty = ", ".join(f"NULL::{one['type']} AS {one['name']}" for one in properties["COLUMNS"])
        return lambda path: self.engine.fill_external_table(TablePath(*path), f"SELECT {empty} WHERE FALSE", {})

    def details(self, entry: Entry, context: Context) -> Mapping[str, Any]:
        return {"invalid": "false", "last_refreshed_on": entry.state.get("refreshed")}

    def do_describe(self, call: Call) -> Content:
        return {**super().do_describe(call), "files": self.entry(call).state.get("files", {})}

    def do_refresh(self, call: Call) -> Content:
        """Let the table hold the rows of a query of stages, made of these files."""
        with self.account.changing, self.engine.in_one_step():
            entry = self.entry(call)
            self.engine.fill_external_table(TablePath(*entry.path), call.body["query"], call.body["stages"])
            self.set_state(entry, files=call.body["files"], refreshed=self.account.clock().isoformat())
        return done()
