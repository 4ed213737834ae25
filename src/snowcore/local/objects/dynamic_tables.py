"""Dynamic tables: what each holds is its query's, which the engine runs; of how and where, what was declared is kept.

Every refresh runs the whole query, so what an answer says of a table whose mode is AUTO is FULL.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import attrs

from ...engine.errors import invalid, syntax, unsupported
from ...engine.names import canonical
from ...engine.protocol import DynamicSource, TablePath
from ..account.calls import Call, Context
from ..account.catalog import Entry, stamp
from .base import Content, Maker, done
from .datatypes import described
from .tables import Stored
from .words import Words, same

_SHORTEST = 60
"""Seconds that a target lag has at least."""
_REFUSED = {"frozen_where": "frozen regions", "backfill_from": "backfilling", "row_timestamp": "row timestamps"}


class DynamicTables(Stored):
    resource, what = "dynamic-table", "dynamic table"
    words = Words(
        "DYNAMIC TABLE",
        {
            **dict.fromkeys(("TARGET_LAG", "LAG"), ("target_lag", "lag")),
            **same("name", "warehouse", "initialization_warehouse"),
            **same("word", "refresh_mode", "initialize", "log_level"),
            "SCHEDULER": ("SCHEDULER", "word"),
            **same("integer", "data_retention_time_in_days", "max_data_extension_time_in_days"),
            **same("text", "comment"),
            "CLUSTER BY": ("cluster_by", "expressions"),
            "AS": ("query", "rest"),
        },
    )
    defaults = {"scheduler": "ENABLE"}

    def declared(self, body: Mapping[str, Any], place: tuple[str, ...]) -> dict[str, Any]:
        out = super().declared(body, place)
        for name, what in _REFUSED.items():
            if out.get(name):
                raise unsupported(f"{what} of dynamic tables")
        for name in ("warehouse", "initialization_warehouse"):
            if out.get(name):
                out[name] = canonical(out[name])
        return out

    def change(self, entry: Entry, properties: dict[str, Any], *, fixed: Mapping[str, Any]) -> Content:
        if properties["query"] != entry.properties["query"]:
            raise unsupported("another query of a dynamic table; CREATE OR REPLACE makes another one")
        return super().change(entry, properties, fixed=fixed)

    def check(self, path: tuple[str, ...], properties: Mapping[str, Any], old: Entry | None) -> None:
        for name, written in (("target_lag", "TARGET_LAG"), ("warehouse", "WAREHOUSE"), ("query", "AS")):
            if not properties.get(name):
                raise syntax(f"Missing option(s): [{written}]")
        if old is None or properties["warehouse"] != old.properties["warehouse"]:
            self.account.kinds["warehouse"].need(None, properties["warehouse"])
        lag = _seconds(properties)
        if lag is not None and lag < _SHORTEST:
            raise invalid(f"Invalid value of target_lag: {lag} seconds; at least {_SHORTEST} are needed.")
        if properties.get("refresh_mode") == "CUSTOM_INCREMENTAL":
            raise unsupported("dynamic tables with refreshes of one's own")

    def details(self, entry: Entry, context: Context) -> Mapping[str, Any]:
        running = not entry.state.get("suspended")
        told: dict[str, Any] = {"scheduling_state": "RUNNING" if running else "SUSPENDED"}
        if entry.properties.get("refresh_mode", "AUTO") == "AUTO":
            told["refresh_mode"] = "FULL"
        clustering = bool(entry.properties.get("cluster_by")) and not entry.state.get("recluster_suspended")
        return {**told, "automatic_clustering": clustering, **self.rows(entry), **self.kept_for(entry)}

    def do_create(self, call: Call) -> Content:
        if call.context.beyond.get("SCHEDULER") == "DISABLE":
            raise unsupported("dynamic tables that are refreshed on request alone")
        schema, query = self.parent(call.path), call.body.get("query")
        if schema is not None and query:  # which its refreshes read with the role that will own it
            self.need_to_read(schema, attrs.evolve(call.context, secondary=False), f"SELECT * FROM ({query}\n)")
        return super().do_create(call)

    def do_fetch(self, call: Call) -> Content:
        entry = self.entry(call)
        columns = self.engine.columns(_table(entry.path)) or ()
        shown = [{"name": column.name, "datatype": described(column.type)} for column in columns]
        return {**self.shown(entry, call.context), "columns": shown}

    def listed(self, entry: Entry, call: Call) -> Content:
        return {key: value for key, value in self.shown(entry, call.context).items() if key != "columns"}

    def do_describe(self, call: Call) -> Content:
        """What `fetch` answers, as of when the content is, and its last refreshes. For SQL."""
        entry, refreshed = self.entry(call), self.engine.refreshed(_table(self.entry(call).path))
        stamped = stamp(refreshed) if refreshed is not None else None
        told: dict[str, Any] = {"data_timestamp": stamped, "refreshes": self.engine.refreshes(_table(entry.path))}
        given = {canonical(one["name"]) for one in entry.properties.get("columns") or () if one.get("datatype")}
        told["typed"] = given  # the columns whose types were declared
        return {**self.do_fetch(call), **told, "last_suspended_on": entry.state.get("suspended_on")}

    def settle(
        self,
        call: Call,
        parent: Entry | None,
        name: str,
        properties: Mapping[str, Any],
        make: Maker | None,
        **more: Any,
    ) -> Content:
        if more.get("source") is None:  # policies ask who fills it
            make = self.maker(properties, call.context.role)
        return super().settle(call, parent, name, properties, make, **more)

    def maker(self, properties: Mapping[str, Any], owner: str = "ACCOUNTADMIN") -> Maker:
        columns, query = properties.get("columns") or (), properties.get("query", "")
        names = [canonical(column["name"]) for column in columns]
        if any(column.get("datatype") for column in columns):
            types = (column.get("datatype") for column in columns)
            values = [f"CAST(${at} AS {type_})" if type_ else f"${at}" for at, type_ in enumerate(types, 1)]
            query = f"SELECT {', '.join(values)} FROM ({query}\n)"
        filled = properties.get("initialize", "ON_CREATE") != "ON_SCHEDULE"
        source = DynamicSource(query, names, _seconds(properties), filled, owner)
        return lambda path: self.engine.create_dynamic_table(_table(path), source)

    def reshape(self, entry: Entry, properties: Mapping[str, Any], record: Callable[[], object]) -> None:
        with self.engine.in_one_step():
            self.engine.change_dynamic_table(_table(entry.path), lag=_seconds(properties))
            record()

    def do_suspend(self, call: Call) -> Content:
        return self._schedule(call, suspended=True)

    def do_resume(self, call: Call) -> Content:
        return self._schedule(call, suspended=False)

    def _schedule(self, call: Call, *, suspended: bool) -> Content:
        with self.account.changing, self.engine.in_one_step():
            if (entry := self.existing(call)) is not None:
                self.engine.change_dynamic_table(_table(entry.path), active=not suspended)
                self.set_state(
                    entry, suspended=suspended, **({"suspended_on": self.catalog.now()} if suspended else {})
                )
        return done()

    def do_refresh(self, call: Call) -> Content:
        if (entry := self.existing(call)) is not None:
            self.engine.refresh_dynamic_table(_table(entry.path))
        return done()


def _seconds(properties: Mapping[str, Any]) -> int | None:
    """The target lag; None if those who read the table decide."""
    lag: Mapping[str, Any] = properties.get("target_lag") or {}
    return None if lag.get("type") == "DOWNSTREAM" else int(lag.get("seconds", _SHORTEST))


def _table(path: tuple[str, ...]) -> TablePath:
    return TablePath(*path)
