"""What the catalog knows of objects beside their names and columns, for INFORMATION_SCHEMA."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import orjson

from ...engine.metadata import Nobody
from ...engine.protocol import Declared
from .catalog import Catalog

_IN_DATABASE = {
    "database": "o.name = ?",
    "schema": "p.name = ? AND p.dropped_on IS NULL",
}
_IN_SCHEMA = "g.name = ? AND p.dropped_on IS NULL AND g.dropped_on IS NULL"


class CatalogFacts(Nobody):
    """What there is, whoever asks."""

    def __init__(self, catalog: Catalog, packages: Callable[[], Iterable[tuple[str, str, str]]]) -> None:
        """packages: those that code may use, as names, versions and versions of Python."""
        self._catalog, self._packages = catalog, packages

    def facts(self, kind: str, database: str) -> Mapping[tuple[str, ...], Mapping[str, Any]]:
        """What was declared of the objects of a kind in a database, by their names in it."""
        if kind == "package":
            return {package: {} for package in self._packages()}
        where = f"o.kind = ? AND {_IN_DATABASE.get(kind, _IN_SCHEMA)}"
        return {
            entry.path[1:]: {**entry.properties, "owner": entry.owner, "created_on": entry.created_on}
            for entry in self._catalog.select(where, kind, database)
        }


class Before:
    """What was declared in an account of an earlier release, by what its objects are in."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def live(self, parent: int, name: str) -> Declared:
        return self._found("parent = ? AND name = ? AND dropped_on IS NULL", parent, name)

    def numbered(self, id: int) -> Declared:
        return self._found("id = ?", id)

    def _found(self, where: str, *values: Any) -> Declared:
        kinds = "kind IN ('database', 'schema', 'table')"
        rows = self._catalog.rows(f"SELECT id, properties FROM objects WHERE {kinds} AND {where}", *values)
        return Declared(rows[0][0], orjson.loads(rows[0][1])) if rows else Declared()
