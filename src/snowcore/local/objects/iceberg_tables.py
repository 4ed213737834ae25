"""Iceberg tables: tables as others, with what was declared of their files. Where Snowflake is their catalog, they hold
rows; those of other catalogs are kept, and can't be read, since nothing is reached through a catalog integration.

The catalog has them among its tables, of the type ICEBERG, so that statements on tables find them. See
https://docs.snowflake.com/en/user-guide/tables-iceberg.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn

from ...engine.errors import EngineError, invalid, missing, unsupported
from ...engine.names import canonical, shown
from ...engine.protocol import TablePath
from ...engine.types import parse
from ..account.calls import Call, Context
from ..account.catalog import Entry
from .base import Content, full, new_name
from .tables import Tables

ICEBERG = "ICEBERG"
MANAGED = "SNOWFLAKE"
"""The catalog of the tables that hold rows."""
PROPERTIES = (
    *("external_volume", "catalog", "base_location", "catalog_sync", "storage_serialization_policy"),
    *("catalog_table_name", "catalog_namespace", "metadata_file_path", "replace_invalid_characters", "auto_refresh"),
)
"""What is only declared."""
_REFUSED = ("VARIANT", "OBJECT", "ARRAY", "GEOGRAPHY", "GEOMETRY", "VECTOR", "TIMESTAMP_TZ")
_DIGITS = 6
"""Of the seconds of a moment."""


class IcebergTables(Tables):
    resource, what, kept_as = "iceberg-table", "Iceberg table", "table"
    words = None
    defaults = {"change_tracking": False}

    def declared(self, body: Mapping[str, Any], place: tuple[str, ...]) -> dict[str, Any]:
        said = dict(body)
        if columns := said.get("columns"):
            said["columns"] = [_column(one) for one in columns]
        for name in ("external_volume", "catalog", "catalog_sync"):
            if said.get(name):
                said[name] = canonical(said[name])
        return {**super().declared(said, place), "table_type": ICEBERG}

    def check(self, path: tuple[str, ...], properties: Mapping[str, Any], old: Entry | None) -> None:
        super().check(path, properties, old)
        for column in properties.get("columns") or ():
            check_type(column["datatype"])
        check_places(self, properties)

    def details(self, entry: Entry, context: Context) -> Mapping[str, Any]:
        managed = entry.properties.get("catalog", MANAGED) == MANAGED
        told = {"iceberg_table_type": "MANAGED" if managed else "UNMANAGED", "catalog": MANAGED}
        return {**told, "can_write_metadata": "Y" if managed else "N", **self.kept_for(entry), **entry.properties}

    def do_fetch(self, call: Call) -> Content:
        found = super().do_fetch(call)
        return {**found, "columns": [_as_told(one) for one in found["columns"]]}

    def listed(self, entry: Entry, call: Call) -> Content:
        return {**self.shown(entry, call.context), "columns": [_as_told(one) for one in self.columns(entry)]}

    # Finding: among the tables

    def need(self, parent: Entry | None, name: str) -> Entry:
        entry = super().need(parent, name)
        if entry.properties.get("table_type") != ICEBERG:
            raise missing("Iceberg table", full(entry.path))
        return entry

    def asked_for(self, call: Call) -> list[Entry]:
        return [entry for entry in super().asked_for(call) if entry.properties.get("table_type") == ICEBERG]

    # Tables of other catalogs

    def _of_another_catalog(self, call: Call) -> Content:
        properties: dict[str, Any] = {**self.declared(call.body, ()), "columns": []}
        if properties.get("catalog", MANAGED) == MANAGED:
            raise invalid("'catalog': the catalog integration is missing.")

        def make(path: tuple[str, ...]) -> None:
            self.engine.create_foreign_table(TablePath(*path))

        return self.settle(call, self.parent(call.path), new_name(call.body["name"]), properties, make)

    do_from_aws_glue_catalog = do_from_delta = do_from_iceberg_files = do_from_iceberg_rest = _of_another_catalog

    def do_create_like(self, call: Call) -> Content:
        return self._like(call, {name: call.body[name] for name in PROPERTIES if name in call.body})

    def do_refresh(self, call: Call) -> Content:
        self.entry(call)
        raise unsupported("refreshing Iceberg tables, since it reaches no other catalog")

    def do_convert_to_managed(self, call: Call) -> NoReturn:
        self.entry(call)
        raise unsupported("converting Iceberg tables, since it reaches no other catalog")


def _column(said: Mapping[str, Any]) -> dict[str, Any]:
    """A column as tables have it."""
    column = {name: value for name, value in said.items() if name != "default_value"}
    column["datatype"] = with_digits(said["datatype"])
    return {**column, "default": said["default_value"]} if said.get("default_value") else column


def _as_told(column: Mapping[str, Any]) -> dict[str, Any]:
    told = {name: column[name] for name in ("name", "datatype", "nullable", "comment") if name in column}
    return {**told, "default_value": column["default"]} if column.get("default") else told


def with_digits(written: str) -> str:
    """A type, with the digits that a moment has in an Iceberg table if nothing is said of them."""
    type_ = parse(written)
    moment = type_.is_timestamp or type_.name == "TIME"
    return f"{type_.name}({_DIGITS})" if moment and "(" not in written else written


def check_type(written: str) -> None:
    """EngineError 091386 for a type that Iceberg tables don't have."""
    type_ = parse(written)
    moment = type_.is_timestamp or type_.name == "TIME"
    plain = type_.name in _REFUSED and not (type_.name in ("OBJECT", "ARRAY") and "(" in written)
    too_short = type_.name == "VARCHAR" and type_.precision < 16777216
    if plain or too_short or (moment and type_.scale != _DIGITS):
        text = f"SQL compilation error:\nUnsupported data type '{type_}' for iceberg tables."
        raise EngineError("091386", "0A000", text)


def check_places(tables: Tables, properties: Mapping[str, Any]) -> None:
    """AccountError 002003 for an external volume or a catalog that isn't there."""
    volume, catalog = properties.get("external_volume"), properties.get("catalog", MANAGED)
    if volume not in (None, "SNOWFLAKE_MANAGED") and tables.catalog.find("external-volume", 0, volume) is None:
        raise missing("external volume", shown(volume))
    if catalog != MANAGED and tables.catalog.find("catalog-integration", 0, catalog) is None:
        raise missing("catalog integration", shown(catalog))
