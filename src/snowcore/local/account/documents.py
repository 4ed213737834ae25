"""The bundled OpenAPI documents: which operations there are, and what may be asked of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache, cached_property, partial
from typing import Any, cast

import attrs

from ..._documents import METHODS, find_documents, read_document, resolve
from ...engine.errors import invalid
from .secrets import without_secrets

Schema = dict[str, Any]

_STANDARD = {"get": "fetch", "put": "create_or_alter", "delete": "drop"}
_TRUTH = {"true": True, "false": False}
_PLAIN = "[a-zA-Z_][a-zA-Z0-9_$]*"


@cache
def documents() -> Mapping[str, Document]:
    """Every document, by its resource, such as `compute-pool`; those of installed packages too."""
    return {
        resource: Document(resource, partial(read_document, file), package)
        for package, resource, file in find_documents()
    }


@attrs.frozen(eq=False)
class Endpoint:
    """One method on one path. `verb` is what it does, in the words of `LocalAccount.perform`."""

    document: Document
    method: str
    path: str
    verb: str
    parameters: dict[str, Schema]
    """Those of the query, by name."""
    body: Schema | None
    body_required: bool
    answer: Schema
    deprecated: bool
    identifiers: tuple[str, ...]
    """The properties of an answer, or of its rows, that are names of objects."""

    def query(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """The parameters as they are meant: of the right type, within bounds, with defaults; unknown ones left out."""
        out: dict[str, Any] = {}
        for name, parameter in self.parameters.items():
            schema = self.document.resolve(parameter["schema"])
            value = given.get(name)
            if value is None:
                if parameter.get("required"):
                    raise invalid(f"Parameter '{name}' is required.")
                value = schema.get("default")
            else:
                value = _typed(value, schema)
                self.document.check(parameter["schema"], value, f"parameter '{name}'")
            if value is not None:
                out[name] = value
        return out

    def content(self, body: Any) -> Any:
        """The body as it is meant: without nulls, what the server sets and what it doesn't know."""
        if self.body is None:
            return None
        if body is None:
            if self.body_required:
                raise invalid("The request needs a body.")
            return None
        return self.document.accepted(self.body, body)


class Document:
    """What there is to know of one resource. read: gives the content, which is asked for when something is."""

    def __init__(self, resource: str, read: Callable[[], dict[str, Any]], package: str = "snowflake_rest") -> None:
        self.resource, self._read, self.package = resource, read, package
        self._validators: dict[int, tuple[Schema, Any]] = {}

    @cached_property
    def _raw(self) -> dict[str, Any]:
        return self._read()

    @property
    def collection(self) -> str | None:
        return self._raw.get("x-collection")

    @property
    def _schemas(self) -> dict[str, Schema]:
        return self._raw["components"].get("schemas", {})

    @cached_property
    def operations(self) -> list[Endpoint]:
        return list(self._operations())

    @cached_property
    def verbs(self) -> dict[str, Endpoint]:
        """The operations by verb. A deprecated twin gives way to its successor."""
        return {o.verb: o for o in sorted(self.operations, key=lambda o: not o.deprecated)}

    @property
    def object(self) -> Schema:
        """What an answer says of one object of the resource."""
        fetch = self.verbs.get("fetch")
        return fetch.answer if fetch else self.verbs["list"].answer["items"]

    @cached_property
    def model(self) -> dict[str, Schema]:
        """The properties of the resource's objects, those it inherits included."""
        return self.properties(self.object)

    def resolve(self, schema: Schema) -> Schema:
        """A schema with what its `$ref` says added to it."""
        return resolve(self._raw, schema)

    def properties(self, schema: Schema, value: Mapping[str, Any] | None = None) -> dict[str, Schema]:
        """The properties of a schema, of the variant that the discriminator in `value` names if it names one."""
        schema = self.resolve(schema)
        out: dict[str, Schema] = {}
        for part in schema.get("allOf", ()):
            out |= self.properties(part)
        out |= schema.get("properties", {})
        choice = schema.get("discriminator")
        tag = (value or {}).get(choice["propertyName"]) if choice else None
        if choice and isinstance(tag, str) and (variant := choice["mapping"].get(tag)):
            out |= self.properties({"$ref": variant})
        return out

    def names(self, schema: Schema) -> list[str]:
        """The properties of a schema that are names of objects."""
        return [name for name, part in self.properties(schema).items() if _is_name(part)]

    def accepted(self, schema: Schema, value: Any, *, partial: bool = False) -> Any:
        """A body without what doesn't count, or AccountError if it is wrong. partial: nothing is required of it."""
        cleaned: Any = self._cleaned(schema, value)
        if partial:
            properties = self.properties(schema)
            for name, part in cleaned.items():
                self.check(properties[name], part, f"'{name}'")
        else:
            self.check(schema, cleaned, "the request body")
        return cleaned

    def check(self, schema: Schema, value: Any, what: str) -> None:
        """AccountError that says which field is wrong and what is allowed."""
        _, validator = self._validators.get(id(schema)) or self._compiled(schema)
        if not validator.is_valid(value):
            from jsonschema.exceptions import best_match  # pyright: ignore[reportUnknownVariableType]

            error = cast(Any, best_match(validator.iter_errors(value)))
            at = "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in error.absolute_path).lstrip(".")
            where = f"'{at}'" if at else what
            raise invalid(without_secrets(f"Invalid value of {where}: {error.message}."))

    def _compiled(self, schema: Schema) -> tuple[Schema, Any]:
        from jsonschema import Draft202012Validator  # takes a tenth of a second: not before a value is to be checked

        whole = {"allOf": [self._with_variants(schema)], "components": {"schemas": self._with_all_variants}}
        # The schema is kept beside its validator, so that its id stays its own.
        made = self._validators[id(schema)] = (schema, Draft202012Validator(whole))
        return made

    @cached_property
    def _with_all_variants(self) -> dict[str, Schema]:
        """The schemas, such that a value is also checked as the variant that its discriminator names.

        JSON Schema doesn't know discriminators, so what refers to such a schema refers to one beside it that does.
        """
        out: dict[str, Schema] = {name: self._with_variants(schema) for name, schema in self._schemas.items()}
        for name, schema in self._schemas.items():
            if "discriminator" in schema:
                tag, mapping = schema["discriminator"]["propertyName"], schema["discriminator"]["mapping"]
                cases = [
                    {"if": {"properties": {tag: {"const": value}}}, "then": {"$ref": variant}}
                    for value, variant in mapping.items()
                ]
                known = {"type": "object", "required": [tag], "properties": {tag: {"enum": list(mapping)}}}
                out[f"{name}~"] = {"allOf": [{"$ref": f"#/components/schemas/{name}"}, known, *cases]}
        return out

    def _with_variants(self, node: Any, *, inherited: bool = False) -> Any:
        if isinstance(node, list):
            return [self._with_variants(part, inherited=inherited) for part in cast("list[Any]", node)]
        if not isinstance(node, dict):
            return node
        out = {key: self._with_variants(part, inherited=key == "allOf") for key, part in cast(Schema, node).items()}
        ref = out.get("$ref")
        if isinstance(ref, str) and not inherited and "discriminator" in self._schemas.get(ref.rsplit("/", 1)[1], {}):
            out["$ref"] = f"{ref}~"
        return out

    def _cleaned(self, schema: Schema, value: Any) -> Any:
        schema = self.resolve(schema)
        if isinstance(value, list) and "items" in schema:
            return [self._cleaned(schema["items"], item) for item in cast("list[Any]", value)]
        if not isinstance(value, dict):
            return cast(Any, value)
        given = cast("dict[str, Any]", value)
        properties = self.properties(schema, given)
        if not properties:
            return given
        return {
            name: self._cleaned(properties[name], part)
            for name, part in given.items()
            if part is not None and name in properties and not properties[name].get("readOnly")
        }

    def _operations(self) -> Iterator[Endpoint]:
        found: dict[str, Endpoint] = {}
        later: list[tuple[Endpoint, str]] = []
        for path, item in self._raw["paths"].items():
            for method in METHODS:
                if method not in item:
                    continue
                raw = item[method]
                parameters = [self.resolve(p) for p in [*item.get("parameters", ()), *raw.get("parameters", ())]]
                body = self.resolve(raw.get("requestBody", {}))
                answer = _json_schema(self.resolve(raw["responses"]["200"])) or {}
                operation = Endpoint(
                    self,
                    method.upper(),
                    path,
                    self._verb(method, path, item),
                    {p["name"]: p for p in parameters if p["in"] == "query"},
                    _json_schema(body),
                    body.get("required", False),
                    answer,
                    raw.get("deprecated", False),
                    tuple(self.names(answer.get("items", answer))),
                )
                found[raw["operationId"]] = operation
                if successor := raw.get("x-replaced-by"):
                    later.append((operation, successor))
        twins = {
            id(old): attrs.evolve(old, verb=found[successor].verb)
            for old, successor in later
            if old.answer == found[successor].answer
        }
        for operation in found.values():
            yield twins.get(id(operation), operation)

    def _verb(self, method: str, path: str, item: Mapping[str, Any]) -> str:
        collection = self.collection or ""
        if path == collection:
            return "list" if method == "get" else "create"
        last = path.rsplit("/", 1)[1]
        if path == f"{collection}/{last}" and last.startswith("{") and last.endswith("}"):
            return _STANDARD.get(method, method)
        of, colon, action = last.partition(":")
        if colon:
            last = action if of.startswith("{") or path.startswith(f"{collection}:") else f"{of}_{action}"
        verb = last.strip("{}").replace("-", "_")
        if method == "put" and "get" in item:
            return f"use_{verb}"
        return f"list_{verb}" if method == "get" and "post" in item else verb


def _is_name(schema: Schema) -> bool:
    """Whether a schema is that of an identifier: some documents write it out."""
    return schema.get("$ref", "").endswith("/Identifier") or schema.get("pattern", "").strip("$)").endswith(_PLAIN)


def _json_schema(part: Mapping[str, Any]) -> Schema | None:
    return part.get("content", {}).get("application/json", {}).get("schema")


def _typed(value: Any, schema: Schema) -> Any:
    """A query parameter's text as the type that it stands for; as it is if it can't be."""
    if not isinstance(value, str):
        return value
    match schema.get("type"):
        case "boolean":
            return _TRUTH.get(value.lower(), value)
        case "integer":
            try:
                return int(value)
            except ValueError:
                return value
        case _:
            return value
