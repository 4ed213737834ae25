"""Kinds of objects of which the account only keeps what was declared: nothing follows from it.

A kind of this sort is its document alone, ours or that of an installed package: one that says how objects are created
and listed, in the account, a database or a schema. Passwords, keys and tokens are checked, and then not kept,
but for those of `secrets`; answers have a mask for them.
SQL has those that `kept` has words for.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from ...engine.errors import exists, invalid
from ...engine.protocol import Moment
from ..account.calls import Call
from ..account.catalog import Entry
from ..account.documents import Document, Schema, documents
from .base import Content, Maker, ObjectType, done, full
from .kept import BY_SQL_ALONE, INTEGRATIONS, document_of

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

    def check(self, path: tuple[str, ...], properties: Mapping[str, Any], old: Entry | None) -> None:
        others = [one for one in INTEGRATIONS if self.resource in INTEGRATIONS and one != self.resource]
        if old is None and any(self.catalog.find(one, 0, path[-1]) for one in others):
            raise exists(full(path))

    def do_alter(self, call: Call) -> Content:
        """Change some properties and leave the others; None stands for the default. Which properties there are depends
        on the variant that the object is."""
        with self.account.changing:
            entry = self.existing(call)
            if entry is None:
                return done()
            merged = _merged(entry.properties, {**call.body, **call.context.beyond})
            schema = self.document.resolve(self.document.verbs["create"].body or {})
            known = self.document.properties(schema, merged)
            for name in call.body:
                if name not in known or (name not in merged and name in schema.get("required", ())):
                    raise invalid(f"invalid property '{name}' for '{self.what.upper()}'")
                if name in merged:
                    self.document.check(known[name], merged[name], f"'{name}'")
            return self.change(entry, self.declared(merged, entry.path[:-1]), fixed=call.body)

    def cloner(self, source: Entry, at: Moment | None) -> Maker | None:
        return None if "clone" in self.document.verbs else super().cloner(source, at)

    def visible(self, entry: Entry) -> set[str]:
        properties = self.document.properties(self.document.object, entry.properties)
        return {name for name, schema in properties.items() if not schema.get("writeOnly")}


class BySqlAlone(Recorded):
    """A kind that REST doesn't know."""

    @classmethod
    def documented(cls) -> Document:
        return document_of(cls.resource)


def _merged(before: Mapping[str, Any], change: Mapping[str, Any]) -> dict[str, Any]:
    """Properties after a change of some, also of those within one."""
    both = dict(before)
    for name, value in change.items():
        there = both.get(name)
        if value is None:
            both.pop(name, None)
        elif isinstance(value, dict) and isinstance(there, dict):
            both[name] = _merged(cast("dict[str, Any]", there), cast("dict[str, Any]", value))
        else:
            both[name] = value
    return both


def _kept(document: Document, schema: Schema, value: Any) -> Any:
    """A value with a mask for each of its secrets, and without those that no answer tells."""
    schema = document.resolve(schema)
    if schema.get("format") == "password":
        return _MASK
    if isinstance(value, list) and "items" in schema:
        return [_kept(document, schema["items"], item) for item in cast("list[Any]", value)]
    if not isinstance(value, dict):
        return cast("Any", value)
    given = cast("dict[str, Any]", value)
    properties = document.properties(schema, given)
    return {
        name: _kept(document, properties.get(name, {}), part)
        for name, part in given.items()
        if not document.resolve(properties.get(name, {})).get("writeOnly")
    }


_MASK = "********"
"""What Snowflake tells of a secret that is set."""


def is_secret(schema: Schema) -> bool:
    return schema.get("format") == "password" or bool(schema.get("writeOnly"))


def recorded(resource: str) -> type[Recorded]:
    """The kind of a resource."""
    base: type[Recorded] = BySqlAlone if resource in BY_SQL_ALONE else Recorded
    document = document_of(resource) if resource in BY_SQL_ALONE else documents()[resource]
    above = _PLACES[_named(document)]
    made = type(
        resource.title().replace("-", ""),
        (base,),
        {
            "resource": resource,
            "what": "integration" if resource in INTEGRATIONS else resource.replace("-", " "),
            "above": above,
            "restorable": "undrop" in document.verbs,
            "cloned": len(above) == 2,
            "defaults": _defaults(document) if resource == "password-policy" else {},
        },
    )
    return cast("type[Recorded]", made)


def _defaults(document: Document) -> Mapping[str, Any]:
    """What holds where nothing is said, of a kind whose answers tell that."""
    return {name: schema["x-default"] for name, schema in document.model.items() if "x-default" in schema}


def can_be_recorded(document: Document) -> bool:
    """Whether a document says how objects are created and listed."""
    return {"create", "list"} <= document.verbs.keys() and _named(document) in _PLACES


def _named(document: Document) -> tuple[str, ...]:
    """The parameters in the path of a collection."""
    return tuple(part for part in (document.collection or "").split("/") if part.startswith("{"))
