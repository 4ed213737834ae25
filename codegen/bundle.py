"""One self-contained document a resource: what it refers to copied in, and what every operation shares added."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .spec import Key, Specs

METHODS = ("get", "put", "post", "patch", "delete", "head", "options")
ERRORS = (400, 401, 403, 404, 405, 408, 409, 410, 429, 500, 503, 504)
_ACCEPTED = "common.yaml#/components/responses/Accepted"
_ERROR = "common.yaml#/components/responses/Error"
_REQUEST_ID = "X-Snowflake-Request-ID"


@dataclass(frozen=True)
class Bundle:
    """A bundled document, and for each of its components the file and name that it came from."""

    file: str
    document: dict[str, Any]
    origins: dict[tuple[str, str], Key]


def bundle(specs: Specs, file: str) -> Bundle:
    """The bundle of one file of specifications that keep to the rules."""
    return _Bundler(specs, file).bundle()


def operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any], str, dict[str, Any]]]:
    """Path, path item, method and operation of every operation of a document."""
    for path, item in document.get("paths", {}).items():
        for method in METHODS:
            if method in item:
                yield path, item, method, item[method]


class _Bundler:
    def __init__(self, specs: Specs, file: str) -> None:
        self.specs, self.file = specs, file
        self.names: dict[Key, str] = {}
        self.waiting: list[Key] = []

    def bundle(self) -> Bundle:
        source = self.specs.documents[self.file]
        out: dict[str, Any] = {k: v for k, v in source.items() if k not in ("paths", "components")}
        for kind, named in source.get("components", {}).items():
            for name in named if kind in ("schemas", "parameters") else ():
                self.name(Key(self.file, kind, name))
        # a path item is brought in from another file where it is only referred to
        items = {path: self.specs.follow(item, self.file) for path, item in source.get("paths", {}).items()}
        out["paths"] = {path: self.copy(item, here) for path, (item, here) in items.items()}
        for _, _, _, operation in operations(out):
            self.share(operation)

        components: dict[str, dict[str, Any]] = {}
        if out["paths"]:
            self.local(f"common.yaml#/components/headers/{_REQUEST_ID}", self.file)
        for key in self.waiting:  # grows as it goes
            components.setdefault(key.kind, {})[self.names[key]] = self.copy(self.specs.get(key), key.file)
        for response in components.get("responses", {}).values():
            identify(response)
        out["components"] = {kind: components[kind] for kind in sorted(components)}
        return Bundle(self.file, out, {(key.kind, name): key for key, name in self.names.items()})

    def share(self, operation: dict[str, Any]) -> None:
        """Add the answers that the document leaves out because every operation has them."""
        responses = operation["responses"]
        for response in responses.values():
            identify(response)
        if operation.get("x-accepted", True):
            responses.setdefault("202", {"$ref": self.local(_ACCEPTED, self.file)})
        for status in ERRORS:
            responses.setdefault(str(status), {"$ref": self.local(_ERROR, self.file)})

    def copy(self, node: Any, here: str) -> Any:
        """A deep copy of a part of the file `here`, its references made local."""
        if isinstance(node, list):
            return [self.copy(part, here) for part in node]
        if not isinstance(node, dict):
            return node
        out = {name: self.copy(part, here) for name, part in node.items()}
        if isinstance(node.get("$ref"), str):
            out["$ref"] = self.local(node["$ref"], here)
        if node.get("type") == "array" and "enum" in node:  # the published API means the items
            out["items"] = {**out["items"], "enum": out.pop("enum")}
        match node:  # the published API names all that is not declared, as if that were one property
            case {"additionalProperties": True, "properties": {"additional_properties": {"type": "object"}}}:
                del out["properties"]["additional_properties"]
        match node.get("discriminator"):
            case {"mapping": dict(mapping)}:
                targets = {value: self.local(target, here) for value, target in mapping.items()}
                out["discriminator"] = {**node["discriminator"], "mapping": targets}
        return out

    def local(self, ref: str, here: str) -> str:
        key = self.specs.key(ref, here)
        assert key is not None, ref
        return f"#/components/{key.kind}/{self.name(key)}"

    def name(self, key: Key) -> str:
        """A component's name in the bundle: its own, unless another has it, and the document's own come first."""
        if key not in self.names:
            name = key.name
            if any((other.kind, taken) == (key.kind, name) for other, taken in self.names.items()):
                name = "".join(word.capitalize() for word in key.file.removesuffix(".yaml").split("-")) + name
            self.names[key] = name
            self.waiting.append(key)
        return self.names[key]


def identify(response: dict[str, Any]) -> None:
    """Every answer carries the identifier of its request."""
    if "$ref" not in response:
        response.setdefault("headers", {}).setdefault(_REQUEST_ID, {"$ref": f"#/components/headers/{_REQUEST_ID}"})
