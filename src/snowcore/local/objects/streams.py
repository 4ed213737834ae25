"""Streams: what each follows, and how, is declared; up to where it was consumed is the engine's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import attrs

from ...engine.errors import invalid, missing, unsupported
from ...engine.names import canonical, shown, split
from ...engine.protocol import StreamSource, TablePath
from ..account.calls import Call, Context
from ..account.catalog import Entry, stamp
from . import securables
from .base import Content, Maker, ObjectType, new_name
from .past import moment
from .stages import Stages
from .tables import track_changes
from .words import Words, same

_KINDS = ("table", "view", "external_table", "stage")


class Streams(ObjectType):
    resource = what = "stream"
    words = Words("STREAM", same("text", "comment"))
    cloned = True
    defaults = {"type": "DELTA", "invalid_reason": "N/A"}

    def declared(self, body: Mapping[str, Any], place: tuple[str, ...]) -> dict[str, Any]:
        out = super().declared(body, place)
        if source := dict(out.get("stream_source") or {}):
            kind = source.get("src_type")
            if kind not in _KINDS:
                raise unsupported(f"streams on {kind}")
            if kind == "external_table" and not source.get("insert_only"):
                raise invalid("A stream on an external table has INSERT_ONLY = TRUE.", "001420")
            if "name" not in source:
                raise invalid("stream_source: the name is missing.")
            for key, default in (("name", ""), ("schema_name", place[1]), ("database_name", place[0])):
                source[key] = canonical(source[key]) if source.get(key) else default
            out["stream_source"] = source
        return out

    def details(self, entry: Entry, context: Context) -> Mapping[str, Any]:
        facts, source = self.engine.stream(_table(entry.path)), entry.properties["stream_source"]
        shown = {key: value for key, value in source.items() if key not in ("point_of_time", "show_initial_rows")}
        shown |= zip(("database_name", "schema_name", "name"), split(facts.follows))  # as they are called by now
        if source["src_type"] == "view":
            shown["base_tables"] = list(facts.bases)
        return {
            "stream_source": shown,
            "table_name": split(facts.follows)[-1],
            "stale": facts.is_stale,
            "stale_after": stamp(facts.stale_after),
            "mode": next((mode.upper() for mode in ("append_only", "insert_only") if source.get(mode)), "DEFAULT"),
        }

    def maker(self, properties: Mapping[str, Any]) -> Maker:
        source = properties.get("stream_source")
        if not source:
            raise invalid("A stream needs its stream_source.")
        of = TablePath(source["database_name"], source["schema_name"], source["name"])
        appended = bool(source.get("append_only") or source.get("insert_only"))
        initial, at = bool(source.get("show_initial_rows")), moment(source.get("point_of_time"))
        kind = {"view": "view", "stage": "directory"}.get(source["src_type"], "table")
        said = StreamSource(of, kind, appended, initial, at)

        def make(path: tuple[str, ...]) -> None:
            if kind == "directory":
                cast("Stages", self.account.kinds["stage"]).follow(attrs.astuple(of))
            self.engine.create_stream(_table(path), said)
            if kind == "directory":
                return
            for base in self.engine.stream(_table(path)).bases:  # whoever has a stream has change tracking
                track_changes(self.account, TablePath(*split(base)))

        return make

    def do_create(self, call: Call) -> Content:
        schema = self.parent(call.path)
        source = self.declared(call.body, schema.path if schema is not None else ()).get("stream_source")
        if source:
            path = source["database_name"], source["schema_name"], source["name"]
            rights = self.account.access.of(call.context)
            if source["src_type"] == "stage":
                stage = securables.need(self.account, securables.KINDS["STAGE"], path)
                if not rights.may("USAGE", stage):
                    rights.need("READ", stage)
                return super().do_create(call)
            found = securables.need_first(self.account, securables.LIKE_TABLES, path)
            is_external = path[2] in self.engine.of_resource("external-table", path[0], path[1])
            if is_external != (source["src_type"] == "external_table"):
                raise missing(source["src_type"].replace("_", " "), ".".join(map(shown, path)))
            rights.need("SELECT", found)
        return super().do_create(call)

    def do_clone(self, call: Call) -> Content:
        source, name = self.entry(call), new_name(call.body["name"])
        parent = self.target(call, source)
        said = {key: value for key, value in call.body.items() if key in ("comment",)}
        properties = {**source.properties, **said}

        def make(path: tuple[str, ...]) -> None:
            self.engine.clone_stream(_table(source.path), _table(path))

        return self.settle(call, parent, name, properties, make)

    def put_away(self, path: tuple[str, ...], kept: str) -> None:
        self.engine.drop_table(_table(path), kept)

    def bring_back(self, kept: str, path: tuple[str, ...]) -> None:
        self.engine.restore_table(kept, _table(path))

    def retire(self, entry: Entry) -> None:
        super().retire(entry)
        self.engine.purge(entry.kept)


def _table(path: tuple[str, ...]) -> TablePath:
    return TablePath(*path)
