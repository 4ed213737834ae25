"""What is tagged stays tagged in its clones: with the clone of the tag, if that was in what was cloned."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import attrs

from ...engine.protocol import TablePath
from ..account.catalog import Entry

if TYPE_CHECKING:
    from ..account.account import Account


Path = tuple[str, ...]


def copy(account: Account, source: Entry, target: Entry, *, past: bool = False) -> None:
    """Set the tags on a clone, and on all that is in it, that its model has. past: whether the model is what was there
    once, so that it may be dropped."""

    def moved(path: Path) -> Path:
        within = source.kind in ("database", "schema") and path[: len(source.path)] == source.path
        return (*target.path, *path[len(source.path) :]) if within else path

    for model, one in _pairs(account, source, target, past):
        for *tag, value in account.catalog.tags(model):
            database, schema, name = moved(tuple(tag))
            account.catalog.set_tag(one, (database, schema, name), value)
        state = dict(one.state)
        if of_columns := model.state.get("column_tags"):
            state["column_tags"] = {
                column: [[*moved(tuple(tag)), value] for *tag, value in tags] for column, tags in of_columns.items()
            }
        if masking := model.state.get("masking"):
            state["masking"] = [_moved_policy(account, place, moved) for place in masking]
        if state != one.state:
            account.catalog.update(one, state=state)


def _pairs(account: Account, source: Entry, target: Entry, past: bool) -> Iterator[tuple[Entry, Entry]]:
    """A model and its clone, and those of all that is in them."""
    yield source, target
    for kind in account.kinds.values():
        if kind.cloned and kind.above and kind.above[-1] == source.kind:
            for model in account.catalog.children(source.id, kind.resource, dropped=past):
                if (found := account.catalog.find(kind.resource, target.id, model.name)) is not None:
                    yield from _pairs(account, model, found, past)


def _moved_policy(account: Account, place: dict[str, Any], moved: Callable[[Path], Path]) -> dict[str, Any]:
    """Where the clone of a policy is; the policy's own place if it has none."""
    kind = "masking policy"
    was = next((attrs.astuple(one.path) for one in account.engine.made(kind) if one.id == place["id"]), None)
    if was is None or moved(was) == was:
        return place
    made = account.engine.find_made(kind, TablePath(*moved(was)))
    return place if made is None else {**place, "path": list(moved(was)), "id": made.id}


def follow(account: Account, moved: Mapping[Path, Path]) -> None:
    """Have what is tagged tagged still with tags that have other names, or are in what has. moved: the paths of tags,
    schemas and databases before, to those of now."""
    catalog = account.catalog

    def now(tag: Path) -> Path:
        for depth in range(3, 0, -1):
            if (found := moved.get(tag[:depth])) is not None:
                return (*found, *tag[depth:])
        return tag

    rows = catalog.rows("SELECT object, database, schema, name, value FROM tags")
    gone = [(object_, tag, value) for object_, *tag, value in rows if now(tuple(tag)) != tuple(tag)]
    for object_, (database, schema, name), _ in gone:
        catalog.set_tag(catalog.get(object_), (database, schema, name), None)
    for object_, tag, value in gone:
        database, schema, name = now(tuple(tag))
        catalog.set_tag(catalog.get(object_), (database, schema, name), value)
    for table in catalog.all("table"):
        of_columns: dict[str, list[list[str]]] = table.state.get("column_tags") or {}
        told = {column: [[*now(tuple(tag)), value] for *tag, value in tags] for column, tags in of_columns.items()}
        if told != of_columns:
            catalog.update(table, state={**table.state, "column_tags": told})
