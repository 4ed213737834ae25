"""The bundled documents, read for tests: every operation, and what a request or an answer may hold."""

from __future__ import annotations

import importlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import snowflake_rest
from codegen.parse import identifier, module_name
from snowflake_rest.runtime import Operation

Schema = dict[str, Any]

FOLDER = Path(snowflake_rest.__file__).parent / "openapi"
METHODS = ("get", "put", "post", "patch", "delete")


class Document:
    """One bundled document."""

    def __init__(self, name: str, raw: dict[str, Any]) -> None:
        self.name, self.raw = name, raw

    def resolve(self, node: Any) -> Any:
        """A part itself where it is only referred to, with what stands beside the reference."""
        while isinstance(node, dict) and "$ref" in node:
            target: Any = self.raw
            for part in node["$ref"].removeprefix("#/").split("/"):
                target = target[part]
            node = {**target, **{key: value for key, value in node.items() if key != "$ref"}}
        return node

    def properties(self, schema: Schema) -> dict[str, Schema]:
        """The properties of an object, those of its bases first."""
        schema = self.resolve(schema)
        out: dict[str, Schema] = {}
        for part in schema.get("allOf", ()):
            out |= self.properties(part)
        return out | schema.get("properties", {})

    def open(self, schema: Schema) -> bool:
        """Whether an object may have other properties, which are kept then."""
        schema = self.resolve(schema)
        return schema.get("additionalProperties") is True or any(map(self.open, schema.get("allOf", ())))

    def find_required(self, schema: Schema) -> set[str]:
        schema = self.resolve(schema)
        return set(schema.get("required", ())).union(*(self.find_required(part) for part in schema.get("allOf", ())))

    def tags(self, name: str) -> dict[str, list[str]]:
        """The discriminating properties of a schema, and the values that its bases know it by, the usual one first."""
        out: dict[str, list[str]] = {}
        for schema in self.raw["components"]["schemas"].values():
            for value, target in variants(schema).items():
                if target == f"#/components/schemas/{name}":
                    out.setdefault(schema["discriminator"]["propertyName"], []).append(value)
        return out

    def choose(self, schema: Schema, value: Any) -> Schema:
        """The schema of the variant that an object says it is, or the one that is given."""
        resolved = self.resolve(schema)
        choice = resolved.get("discriminator")
        if choice is None or not isinstance(value, dict):
            return schema
        tag = value.get(choice["propertyName"])
        target = choice["mapping"].get(tag) if isinstance(tag, str) else None
        return schema if target is None else {"$ref": target}

    @cached_property
    def calls(self) -> list[Call]:
        found: list[Call] = []
        for path, item in self.raw["paths"].items():
            for method in METHODS:
                if method in item:
                    found.append(Call(self, method.upper(), path, item, item[method]))
        return found


def variants(schema: Schema) -> dict[str, str]:
    """The values of the discriminating property, and the schemas that they stand for."""
    return schema.get("discriminator", {}).get("mapping", {})


class Call:
    """One operation of a document."""

    def __init__(self, document: Document, method: str, path: str, item: dict[str, Any], raw: dict[str, Any]) -> None:
        self.document, self.method, self.path, self._item, self.raw = document, method, path, item, raw

    def __repr__(self) -> str:
        return f"{self.document.name}-{self.raw['operationId']}"

    @property
    def id(self) -> str:
        return self.raw["operationId"]

    @property
    def function(self) -> Callable[..., Operation[Any]]:
        """The generated function that builds the operation."""
        module = importlib.import_module(f"snowflake_rest.{module_name(self.document.name)}")
        return getattr(module, identifier(self.id))

    def operation(self, parameters: Mapping[tuple[str, str], Any], body: Any = None) -> Operation[Any]:
        """The operation that the function builds of parameters, by place and name, and a body."""
        path = [parameters["path", name] for name in self.pattern.groupindex]
        named = {identifier(name): value for (place, name), value in parameters.items() if place != "path"}
        return self.function(*path, *([body] if self.body else []), **named)

    @property
    def parameters(self) -> dict[tuple[str, str], dict[str, Any]]:
        """By place and name on the wire; the operation's own count more than those of its path."""
        declared = (*self._item.get("parameters", ()), *self.raw.get("parameters", ()))
        return {(p["in"], p["name"]): p for p in map(self.document.resolve, declared)}

    @property
    def body(self) -> tuple[str, Schema, bool] | None:
        """Content type, schema, and whether there must be a body; None where there may be none."""
        body = self.document.resolve(self.raw.get("requestBody"))
        if body is None:
            return None
        ((content_type, media),) = body["content"].items()
        return content_type, media["schema"], body.get("required", False)

    @property
    def answers(self) -> dict[str, Schema]:
        """What a 200 may hold, by content type."""
        content = self.document.resolve(self.raw["responses"]["200"]).get("content", {})
        return {content_type: media.get("schema", {}) for content_type, media in content.items()}

    @property
    def answer(self) -> Schema | None:
        """What a 200 tells in JSON; None where it only says that the work is done."""
        done = self.raw["responses"]["200"].get("$ref") == "#/components/responses/Success"
        return None if done else self.answers.get("application/json")

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The path as a pattern for paths on the wire. What separates parts is never inside a parameter."""
        parts = re.split(r"{(\w+)}", self.path)
        named = (f"(?P<{part}>[^/:?]+)" if i % 2 else re.escape(part) for i, part in enumerate(parts))
        return re.compile("".join(named))

    def in_path(self, path: str) -> dict[str, str] | None:
        """The parameters of a path on the wire, decoded; None if it is another operation's."""
        found = self.pattern.fullmatch(path)
        return None if found is None else {name: unquote(value) for name, value in found.groupdict().items()}


@cache
def documents() -> dict[str, Document]:
    paths = sorted(FOLDER.glob("*.json"))
    return {path.stem: Document(path.stem, json.loads(path.read_text("utf-8"))) for path in paths}


def calls() -> Iterator[Call]:
    """Every operation of every document."""
    for document in documents().values():
        yield from document.calls


def call_of(method: str, path: str) -> Call:
    """The operation that a request on the wire means: that with the fewest parameters, as a server chooses."""
    found = [call for call in calls() if call.method == method and call.in_path(path) is not None]
    if not found:
        raise AssertionError(f"no document has {method} {path}")
    return min(found, key=lambda call: call.path.count("{"))
