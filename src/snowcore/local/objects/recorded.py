"""Kinds of objects of which the account only keeps what was declared: nothing follows from it.

Passwords, keys and tokens are checked, and then not kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from ..account.catalog import Entry
from ..account.documents import Document, Schema, documents
from .base import ObjectType

_RESOURCES = """
    alert api-integration artifact-repository catalog-integration code-bundle external-volume network-policy
    network-rule notebook notification-integration password-policy pipe secret streamlit
"""
RESOURCES = _RESOURCES.split()


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
    above = {0: (), 1: ("database",), 2: ("database", "schema")}[(document.collection or "").count("{")]
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


def others(kinds: Iterable[type[ObjectType]]) -> Iterator[type[ObjectType]]:
    """The kinds of the documents that installed packages bring, of objects that nothing follows from."""
    known = {kind.resource for kind in kinds}
    for resource, document in documents().items():
        own = document.package == "snowflake_rest"
        if not own and resource not in known and {"create", "list"} <= document.verbs.keys():
            yield recorded(resource)
