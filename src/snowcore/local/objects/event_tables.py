"""Event tables: tables with the columns that Snowflake gives them, which nobody here writes into."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...engine.protocol import TablePath
from ..account.calls import Call, Context
from ..account.catalog import Entry
from .base import Content, Maker
from .datatypes import described
from .tables import Stored
from .words import Words, same


class EventTables(Stored):
    resource, what = "event-table", "event table"
    words = Words(
        "EVENT TABLE",
        {
            **same("integer", "data_retention_time_in_days", "max_data_extension_time_in_days"),
            **same("boolean", "change_tracking"),
            **same("text", "comment", "default_ddl_collation"),
            "CLUSTER BY": ("cluster_by", "expressions"),
        },
    )
    defaults = {
        "change_tracking": False,
        "search_optimization": False,
    }

    def maker(self, properties: Mapping[str, Any]) -> Maker:
        return lambda path: self.engine.create_event_table(TablePath(*path))

    def details(self, entry: Entry, context: Context) -> Mapping[str, Any]:
        clustering = bool(entry.properties.get("cluster_by"))
        return {**self.rows(entry), **self.kept_for(entry), "automatic_clustering": clustering}

    def do_fetch(self, call: Call) -> Content:
        entry = self.entry(call)
        columns = self.engine.columns(TablePath(*entry.path)) or ()
        shown = [{"name": one.name, "datatype": described(one.type), "nullable": one.nullable} for one in columns]
        return {**self.shown(entry, call.context), "columns": shown}
