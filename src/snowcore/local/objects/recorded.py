"""Kinds of objects of which the account only keeps what was declared: nothing follows from it.

A kind of this sort is its document alone, ours or that of an installed package: one that says how objects are created
and listed, in the account, a database or a schema. Passwords, keys and tokens are checked, and then not kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from ..account.catalog import Entry
from ..account.documents import Document, Schema, documents
from .base import ObjectType

_PLACES: Mapping[tuple[str, ...], tuple[str, ...]] = {
    (): (),
    ("{database}",): ("database",),
    ("{database}", "{schema}"): ("database", "schema"),
}
"""What a collection's path may name, and the kinds that its objects are in."""


class Recorded(ObjectType):
    """A kind whose document says all that there is to it."""

    def declared(self, body: Mapping[str, Any], place: tuple[str, ...]) -> dict[str, Any]:
        schema = self.document.verbs["create"].body or {}
        return super().declared(cast("dict[str, Any]", _kept(self.document, schema, body)), place)

    def visible(self, entry: Entry) -> set[str]:
        properties = self.document.properties(self.document.object, entry.properties)
        return {name for name, schema in properties.items() if not schema.get("writeOnly")}


def _kept(document: Document, schema: Schema, value: Any) -> Any:
    """A value without its secrets."""
    schema = document.resolve(schema)
    if isinstance(value, list) and "items" in schema:
        return [_kept(document, schema["items"], item) for item in cast("list[Any]", value)]
    if not isinstance(value, dict):
        return cast("Any", value)
    given = cast("dict[str, Any]", value)
    properties = document.properties(schema, given)
    return {
        name: _kept(document, properties.get(name, {}), part)
        for name, part in given.items()
        if not _is_secret(document.resolve(properties.get(name, {})))
    }


def _is_secret(schema: Schema) -> bool:
    return schema.get("format") == "password" or bool(schema.get("writeOnly"))


def recorded(resource: str) -> type[Recorded]:
    """The kind of a resource."""
    document = documents()[resource]
    above = _PLACES[_named(document)]
    return type(
        resource.title().replace("-", ""),
        (Recorded,),
        {
            "resource": resource,
            "what": resource.replace("-", " "),
            "above": above,
            "restorable": "undrop" in document.verbs,
            "cloned": len(above) == 2,
        },
    )


def can_be_recorded(document: Document) -> bool:
    """Whether a document says how objects are created and listed."""
    return {"create", "list"} <= document.verbs.keys() and _named(document) in _PLACES


def _named(document: Document) -> tuple[str, ...]:
    """The parameters in the path of a collection."""
    return tuple(part for part in (document.collection or "").split("/") if part.startswith("{"))
