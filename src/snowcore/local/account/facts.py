"""What the catalog knows of objects beside their names and columns, for INFORMATION_SCHEMA."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import orjson

from ...engine.metadata import Nobody
from ...engine.protocol import Declared
from .catalog import Catalog, Entry

TagName = tuple[str, str, str]
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

    def tag_masks(self, path: tuple[str, str, str]) -> Mapping[str | None, Sequence[Mapping[str, Any]]] | None:
        if not self._catalog.tags_mask():
            return None
        masking: dict[tuple[str, ...], list[Mapping[str, Any]]] = {
            entry.path: entry.state.get("masking") or [] for entry in self._catalog.all("tag")
        }
        levels, places = self._levels(path), dict[str | None, list[Mapping[str, Any]]]({None: []})
        of_columns: Mapping[str, Any] = (levels[0].state.get("column_tags") or {}) if levels else {}
        for column, tags in of_columns.items():
            places[column] = [place for *tag, _ in tags for place in masking.get(tuple(tag), ())]
        for level in levels:
            places[None] += [place for *tag, _ in self._catalog.tags(level) for place in masking.get(tuple(tag), ())]
        return places

    def tag_value(self, path: tuple[str, str, str], column: str | None, tag: tuple[str, str, str]) -> str | None:
        levels = self._levels(path)
        found = tags_on(self._catalog, levels[0], column) if levels else ()
        return next((value for name, value, _ in found if name == tag), None)

    def _levels(self, path: tuple[str, str, str]) -> list[Entry]:
        """A table, the schema that it is in, the database and the account; none if it isn't there."""
        levels: list[Entry] = []
        for kind, name in zip(("database", "schema", "table"), path, strict=True):
            found = self._catalog.find(kind, levels[0].id if levels else 0, name)
            if found is None:
                return []
            levels.insert(0, found)
        return [*levels, *filter(None, [tagged_account(self._catalog)])]


def tagged_account(catalog: Catalog) -> Entry | None:
    """What is set on the account itself; None if nothing was ever."""
    return catalog.find("this-account", 0, "")


def above(catalog: Catalog, entry: Entry) -> Entry | None:
    """What an object is in: its schema, its database, at last the account if something is set on that."""
    if entry.parent:
        return catalog.get(entry.parent)
    return tagged_account(catalog) if entry.kind != "this-account" else None


def tags_on(catalog: Catalog, entry: Entry, column: str | None = None) -> Iterator[tuple[TagName, str, str]]:
    """The tags of an object, or of one of its columns, and of what that is in: the nearest first, each with its value
    and the kind of what has the tag."""
    of_columns: Mapping[str, Any] = entry.state.get("column_tags") or {}
    for database, schema, name, value in of_columns.get(column, ()) if column is not None else ():
        yield (database, schema, name), value, "column"
    found: Entry | None = entry
    while found is not None:
        for database, schema, name, value in catalog.tags(found):
            yield (database, schema, name), value, found.kind
        found = above(catalog, found)


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
