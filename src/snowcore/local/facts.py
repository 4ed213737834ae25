"""What the catalog knows of objects beside their names and columns, for INFORMATION_SCHEMA."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .catalog import Catalog

_IN_DATABASE = {
    "database": "o.name = ?",
    "schema": "p.name = ? AND p.dropped_on IS NULL",
}
_IN_SCHEMA = "g.name = ? AND p.dropped_on IS NULL AND g.dropped_on IS NULL"


class CatalogFacts:
    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def facts(self, kind: str, database: str) -> Mapping[tuple[str, ...], Mapping[str, Any]]:
        """What was declared of the objects of a kind in a database, by their names in it."""
        where = f"o.kind = ? AND {_IN_DATABASE.get(kind, _IN_SCHEMA)}"
        return {
            entry.path[1:]: {**entry.properties, "owner": entry.owner, "created_on": entry.created_on}
            for entry in self._catalog.select(where, kind, database)
        }
