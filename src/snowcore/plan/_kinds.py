"""The kinds of objects that can be declared, and what their documents say of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

import attrs

from snowflake_rest.runtime import ANY, Array, Operation, segment

from .._documents import find_documents, read_document
from .._names import Parts, spell_identifier, unquote
from .._schemas import Check, Schema, Schemas
from ._yaml import is_list, is_mapping, point

_PLACES: Mapping[tuple[str, ...], int] = {(): 0, ("{database}",): 1, ("{database}", "{schema}"): 2}

Names = tuple[str, ...]
"""Stored names, from the database down."""
Change = Callable[[str, Schema, Any], Any]
"""Of a part of a value, its JSON pointer, what the document says of it, and the part itself: what it becomes."""


@attrs.frozen(eq=False)
class Kind:
    """A kind of objects that REST creates, lists and drops."""

    name: str
    """In the singular, such as `image_repository`."""
    plural: str
    """As folders and handles have it, such as `image_repositories`."""
    collection: str
    """The path of all of them, its parents in braces."""
    level: int
    """How many names lead to where they are: 0 in the account, 1 in a database, 2 in a schema."""
    schemas: Schemas
    body: Schema
    check: Check
    """What is wrong with a body that is to be sent."""
    verbs: frozenset[str]
    """`get`, `put`, `delete`, `undrop`, `rename`, `resume` and `suspend`, as far as there are."""
    by_signature: bool
    """Whether the types of its arguments belong to the name."""
    copies_grants: bool
    """Whether privileges survive a replacement."""
    renamed_by_body: bool
    holds: bool
    """Whether its objects hold more than what is declared of them: rows, files, versions, a position."""
    runs: bool
    """Whether its objects use compute from the moment that they are made."""

    @property
    def is_container(self) -> bool:
        """Whether it is one that others are in: databases and schemas."""
        return self.plural in CONTAINERS

    @property
    def words(self) -> str:
        """The name in prose: `image repository`."""
        return self.name.replace("_", " ")

    @property
    def sql(self) -> str:
        """What SQL calls the kind."""
        return {"user_defined_function": "FUNCTION"}.get(self.name, self.words.upper())

    @property
    def turned(self) -> bool:
        """Whether its objects are started and suspended, and say so."""
        state = self.schemas.find_properties(self.body).get("state", {})
        return {"resume", "suspend"} <= self.verbs and set(state.get("enum", ())) == {"started", "suspended"}

    def find_properties(self, schema: Schema, value: object) -> Mapping[str, Schema]:
        """The properties of an object as the variant that the value is."""
        told = self._choose(schema, value)
        found: dict[str, Schema] = {}
        for option in told.get("anyOf", ()):
            found |= self.schemas.find_properties(option)
        found |= self.schemas.find_properties(told)
        return {name: self.schemas.resolve(part) if "$ref" in part else part for name, part in found.items()}

    def find_required(self, schema: Schema, value: object) -> set[str]:
        """The properties that an object as the variant that the value is can't be without."""
        halves = self.schemas.find_halves(self._choose(schema, value))
        tag = self.schemas.resolve(schema).get("discriminator", {}).get("propertyName")
        return {name for half in halves for name in half.get("required", ())} | ({tag} if tag else set())

    def _choose(self, schema: Schema, value: object) -> Schema:
        told = self.schemas.resolve(schema)
        if "discriminator" not in told or not is_mapping(value):
            return told
        tag, variants = told["discriminator"]["propertyName"], told["discriminator"]["mapping"]
        variant: str | None = variants.get(str(value.get(tag)))
        return self.schemas.resolve({"$ref": variant}) if variant else told

    def transform(self, schema: Schema, value: Any, change: Change, at: str = "") -> Any:
        """A value with each of its parts changed, from the inside. at: where it is, as a JSON pointer."""
        told = self.schemas.resolve(schema)
        if is_list(value):
            item = told.get("items", {})
            value = [self.transform(item, part, change, f"{at}/{i}") for i, part in enumerate(value)]
        elif is_mapping(value):
            known, other = self.find_properties(told, value), told.get("additionalProperties")
            other = other if is_mapping(other) else {}
            value = {n: self.transform(known.get(n, other), p, change, point(at, n)) for n, p in value.items()}
        return change(at, told, value)


def is_declared(told: Schema) -> bool:
    """Whether a property is a user's to say. Server-made and deprecated ones are not."""
    return not (told.get("readOnly") or told.get("deprecated") or told.get("x-server-made"))


def is_secret(told: Schema) -> bool:
    """Whether the values of a schema are passwords, keys or tokens."""
    return told.get("format") == "password"


class Address(NamedTuple):
    """An object: its kind, and the stored names that lead to it."""

    kind: Kind
    names: Names

    @property
    def place(self) -> Names:
        """The names of what the object is in."""
        return self.names[:-1]

    @property
    def name(self) -> str:
        """The stored name, without the types of arguments."""
        return self.names[-1].partition("\0")[0]

    @property
    def comes_along(self) -> bool:
        """Whether it is a schema PUBLIC, which comes and goes with its database."""
        return self.kind.name == "schema" and self.name == "PUBLIC"

    @property
    def plain(self) -> str:
        """The last name as SQL spells it, without the types of arguments."""
        return spell_identifier(self.name)

    @property
    def spelled(self) -> str:
        """The last name as SQL and REST spell it, with the types of arguments."""
        _, separator, types = self.names[-1].partition("\0")
        return self.plain + (f"({types})" if separator else "")

    @property
    def qualified(self) -> str:
        """The whole name as SQL spells it."""
        return ".".join([*map(spell_identifier, self.place), self.spelled])

    def called(self, name: str) -> Address:
        """The same object under another name, as SQL spells it."""
        types = self.names[-1].partition("\0")[1:]
        return Address(self.kind, (*self.place, "".join((unquote(name), *types))))

    def __str__(self) -> str:
        return f"{self.kind.words} {self.qualified}"


def find_stored(parts: Parts) -> Names:
    """The names in a name as the server keeps them, from the outermost on."""
    return tuple(unquote(part) for part in parts[:3] if part)


def list_objects(kind: Kind, place: Names) -> Operation[list[dict[str, Any]]]:
    """List all objects of a kind in a place, as their JSON."""
    return Operation(id=f"list {kind.plural}", method="GET", path=_fill(kind, place), answer=Array(ANY))


def call(address: Address, verb: str, body: Any = None, **query: Any) -> Operation[Any]:
    """The operation on an object: a method of HTTP, or an action such as `resume`. POST creates the object."""
    name, content = f"{verb.lower()} {address.kind.words}", None if body is None else "application/json"
    method, action = (verb, "") if verb.isupper() else ("POST", f":{verb}")
    one = "" if verb == "POST" else f"/{segment('name', address.spelled)}{action}"
    path = _fill(address.kind, address.place) + one
    return Operation(id=name, method=method, path=path, query=query, body=body, content_type=content, answer=ANY)


def _fill(kind: Kind, place: Names) -> str:
    names = iter(place)
    parts = kind.collection.split("/")
    return "/".join(segment("name", spell_identifier(next(names))) if "{" in part else part for part in parts)


@cache
def find_kinds() -> Mapping[str, Kind]:
    """All kinds that can be declared, by what folders call them. Installed packages may add some."""
    return {kind.plural: kind for kind in sorted(_read_kinds(), key=lambda kind: (kind.level, kind.name))}


def _read_kinds() -> Iterator[Kind]:
    for _, resource, file in find_documents():
        document = read_document(file)
        collection: str = document.get("x-collection", "")
        item = document["paths"].get(collection, {})
        level = _PLACES.get(tuple(part for part in collection.split("/") if "{" in part))
        if level is None or not {"get", "post"} <= item.keys():
            continue
        schemas = Schemas(document, sent=True)
        parameters = {schemas.resolve(one)["name"] for one in item["post"].get("parameters", ())}
        below = {p[len(collection) + 1 :]: v for p, v in document["paths"].items() if p.startswith(collection + "/{")}
        alone = [v for p, v in below.items() if p.endswith("}") and "/" not in p]
        methods = {method for one in alone for method in one}
        if "createMode" not in parameters or "delete" not in methods:
            continue  # an account, say, which no plan makes or drops
        actions = {p.partition(":")[2]: v for p, v in below.items() if ":" in p}
        body = item["post"]["requestBody"]["content"]["application/json"]["schema"]
        yield Kind(
            name=resource.replace("-", "_"),
            plural=collection.rpartition("/")[2].replace("-", "_"),
            collection=collection,
            level=level,
            schemas=schemas,
            body=body,
            check=schemas.check(body),
            verbs=frozenset(methods | actions.keys()),
            by_signature=any("nameWithArgs" in path for path in below),
            copies_grants="copyGrants" in parameters,
            renamed_by_body="requestBody" in actions.get("rename", {}).get("post", {}),
            holds=document.get("x-holds", False),
            runs=document.get("x-runs", False),
        )


def find_children(place: Names) -> list[Kind]:
    """The kinds of objects that are directly in a place."""
    return [kind for kind in find_kinds().values() if kind.level == len(place)]


CONTAINERS = ("databases", "schemas")
"""The kinds, by their plurals, in which others are: of a kind of level 2 both, of one of level 1 the first."""


def find_above(address: Address) -> list[Address]:
    """The database and the schema that an object is in, as far as it is in them."""
    above = CONTAINERS[: len(address.place)]
    return [Address(find_kinds()[plural], address.names[: i + 1]) for i, plural in enumerate(above)]
