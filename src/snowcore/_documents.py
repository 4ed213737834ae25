"""The OpenAPI documents that generated packages carry, and which operation a request means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.metadata import entry_points
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Generic, TypeVar, cast
from urllib.parse import unquote

import orjson

T = TypeVar("T")

METHODS = ("get", "put", "post", "delete", "patch")


def find_documents(*packages: str) -> Iterator[tuple[str, str, Traversable]]:
    """The package, the resource (`compute-pool`) and the file of each document.

    packages: generated packages to read beside our own and those that are mounted by an entry point.
    """
    seen: set[str] = set()
    mounted = {point.module.partition(".")[0] for point in entry_points(group="snowcore.resources")}
    for package in ("snowflake_rest", *(f"{name}.rest" for name in sorted({*mounted, *packages}))):
        folder = files(package) / "openapi"
        listed = folder.iterdir() if folder.is_dir() else ()  # a package may have been built without its data
        for name in sorted(file.name for file in listed if file.name.endswith(".json")):
            if name not in seen:
                seen.add(name)
                yield package, name.removesuffix(".json"), folder / name


def read_document(file: Traversable) -> dict[str, Any]:
    return cast("dict[str, Any]", orjson.loads(file.read_bytes()))


def resolve(document: Mapping[str, Any], node: Mapping[str, Any]) -> dict[str, Any]:
    """A part of a document itself where it is only referred to, with what stands beside the reference."""
    while "$ref" in node:
        target: Any = document
        for name in node["$ref"].removeprefix("#/").split("/"):
            target = target[name]
        node = {**target, **{word: part for word, part in node.items() if word != "$ref"}}
    return cast("dict[str, Any]", node)


class Routes(Generic[T]):
    """A tree of paths, segment by segment. An action such as `:undrop` belongs to its segment."""

    def __init__(self) -> None:
        self.operations: dict[str, T] = {}
        """What each method, in capitals, means at this path."""
        self._literal: dict[str, Routes[T]] = {}
        self._named: dict[str, Routes[T]] = {}

    def add(self, method: str, path: str, operation: T) -> None:
        """Know an operation by its method and path, whose parameters are in braces."""
        route = self
        for segment in path.removeprefix("/").split("/"):
            if segment.startswith("{"):
                route = route._named.setdefault(segment.partition("}")[2], Routes())
            else:
                route = route._literal.setdefault(segment, Routes())
        route.operations[method] = operation

    def find(self, path: str) -> tuple[Routes[T] | None, list[str]]:
        """Where a path on the wire leads, and the values of its parameters; None where there is nothing."""
        return self._find(path.removeprefix("/").split("/"), [])

    def _find(self, segments: list[str], values: list[str]) -> tuple[Routes[T] | None, list[str]]:
        if not segments:
            return (self if self.operations else None), values
        first, *rest = segments
        if first in self._literal:
            found, all_values = self._literal[first]._find(rest, values)
            if found is not None:
                return found, all_values
        name, colon, action = first.partition(":")
        named = self._named.get(colon + action)
        return (None, values) if named is None or not name else named._find(rest, [*values, unquote(name)])
