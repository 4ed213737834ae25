"""What a specification must keep to, so that nothing in it gets lost on the way to Python.

Two passes over the files as they are written, each telling all that it finds: is everything of the shape that it should
be, and does it make sense together?
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from .bundle import METHODS
from .spec import JSON, MEDIA, Key, SpecError, Specs, own_properties

_ANYWHERE = {"default", "deprecated", "description", "example", "examples", "readOnly", "writeOnly"}
_BESIDE_REF = {"$ref", *_ANYWHERE}
_BESIDE_ALL_OF = {"allOf", "discriminator", *_ANYWHERE}
_SCHEMA = {
    *("type", "format", "enum", "const", "pattern", "minLength", "maxLength", "minimum", "maximum"),
    *("items", "minItems", "maxItems", "uniqueItems", "properties", "required", "additionalProperties"),
    *("allOf", "anyOf", "oneOf", "discriminator", *_ANYWHERE),
}
_EXTENSION = {"properties", "required", "additionalProperties"}
_TYPES = ("array", "boolean", "integer", "null", "number", "object", "string")
_ITEM = {"parameters", "summary", "description", "$ref", *METHODS}
_CLASS, _WORD = re.compile(r"[A-Z][A-Za-z0-9]*"), re.compile(r"[A-Za-z]\w*")
_NOT_PARAMETERS = {"accept", "authorization", "content-type"}


def check(specs: Specs) -> None:
    """SpecError if any of the rules is broken anywhere."""
    for one_pass in (_Shape, _Sense):
        problems: list[str] = []
        for file in specs.documents:
            checked = one_pass(specs, file)
            checked.document()
            problems += (specs.problem(file, at, text) for at, text in checked.problems)
        if problems:
            raise SpecError(*problems)
    if circle := _circle({file: _neighbours(specs, file) for file in specs.documents}):
        raise SpecError(
            specs.problem(circle[0], "", f"its schemas refer to each other in a circle: {' > '.join(circle)}")
        )


class _Pass:
    """A walk through a document. What the parts are is here; what to make of them is for the passes."""

    def __init__(self, specs: Specs, file: str) -> None:
        self.specs, self.file, self.raw = specs, file, specs.documents[file]
        self.problems: list[tuple[str, str]] = []

    def wrong(self, at: str, text: str) -> None:
        self.problems.append((at, text))

    def mapping(self, node: Any, at: str) -> dict[str, Any]:
        """The node if it is a mapping, else a complaint and an empty one, so that the walk can go on."""
        if not isinstance(node, dict):
            self.wrong(at, f"expected a mapping, not {node!r}")
            return {}
        for key in node:
            if not isinstance(key, str):
                self.wrong(at, f"{key!r} is not a string; quote it")
        return {key: value for key, value in node.items() if isinstance(key, str)}

    def document(self) -> None:
        raw = self.mapping(self.raw, "")
        for kind, named in self.mapping(raw.get("components", {}), "components").items():
            for name, node in self.mapping(named, f"components.{kind}").items():
                at = f"components.{kind}.{name}"
                match kind:
                    case "schemas":
                        self.schema(node, at, Key(self.file, kind, name))
                    case "pathItems":
                        self.item(None, node, at)
                    case _:
                        self.part(kind, node, at)
        for path, item in self.mapping(raw.get("paths", {}), "paths").items():
            self.item(path, item, f"paths.{path}")

    def item(self, path: str | None, node: Any, at: str) -> None:
        item = self.mapping(node, at)
        if "$ref" in item:
            self.reference(item, "pathItems", at)
        self.parameters(item, at)
        for method in METHODS:
            if method in item:
                self.operation(path, item, self.mapping(item[method], f"{at}.{method}"), f"{at}.{method}")

    def parameters(self, owner: dict[str, Any], at: str) -> None:
        for i, parameter in enumerate(owner.get("parameters", ())):
            self.part("parameters", parameter, f"{at}.parameters[{i}]")

    def operation(self, path: str | None, item: dict[str, Any], operation: dict[str, Any], at: str) -> None:
        self.parameters(operation, at)
        if "requestBody" in operation:
            self.part("requestBodies", operation["requestBody"], f"{at}.requestBody")
        for status, response in self.mapping(operation.get("responses", {}), f"{at}.responses").items():
            self.part("responses", response, f"{at}.responses.{status}")

    def part(self, kind: str, raw: Any, at: str) -> None:
        """A parameter, header, body or answer."""
        node = self.mapping(raw, at)
        if "$ref" in node:
            return self.reference(node, kind, at)
        if kind in ("parameters", "headers"):
            return self.schema(node.get("schema"), f"{at}.schema")
        for content_type, media in self.mapping(node.get("content", {}), f"{at}.content").items():
            media = self.mapping(media, f"{at}.content.{content_type}")
            self.schema(media.get("schema"), f"{at}.content.{content_type}.schema")
        return None

    def schema(self, raw: Any, at: str, key: Key | None = None) -> None:
        node = self.mapping(raw, at)
        for name, inner in self.mapping(node.get("properties", {}), f"{at}.properties").items():
            self.schema(inner, f"{at}.properties.{name}")
        for keyword in ("items", "additionalProperties"):
            if not isinstance(node.get(keyword, True), bool):
                self.schema(node[keyword], f"{at}.{keyword}")
        for keyword in ("allOf", "anyOf", "oneOf"):
            for i, inner in enumerate(node.get(keyword, ())):
                self.schema(inner, f"{at}.{keyword}[{i}]")

    def reference(self, node: dict[str, Any], kind: str, at: str) -> None:
        pass


class _Shape(_Pass):
    """Whether everything is what it should be, taken for itself."""

    def document(self) -> None:
        if not str(self.raw.get("openapi")).startswith("3.1."):
            self.wrong("openapi", "expected 3.1.x")
        if not isinstance(self.mapping(self.raw.get("info"), "info").get("title"), str):
            self.wrong("info.title", "expected a string")
        super().document()

    def item(self, path: str | None, node: Any, at: str) -> None:
        for keyword in node if isinstance(node, dict) else ():
            if keyword not in _ITEM and not str(keyword).startswith("x-"):
                self.wrong(f"{at}.{keyword}", "not a method")
        super().item(path, node, at)

    def operation(self, path: str | None, item: dict[str, Any], operation: dict[str, Any], at: str) -> None:
        if not _WORD.fullmatch(str(operation.get("operationId", ""))):
            self.wrong(f"{at}.operationId", "expected a word")
        statuses = self.mapping(operation.get("responses"), f"{at}.responses")
        if not any(re.fullmatch(r"2\d\d", status) and status != "202" for status in statuses):
            self.wrong(f"{at}.responses", "expected an answer to say that it is done, such as 200")
        super().operation(path, item, operation, at)

    def part(self, kind: str, raw: Any, at: str) -> None:
        node = raw if isinstance(raw, dict) and "$ref" not in raw else None
        if node is not None and kind == "parameters":
            self.parameter(node, at)
        if node is not None and kind in ("requestBodies", "responses"):
            content = node.get("content", {})
            for content_type in content if isinstance(content, dict) else ():
                if content_type not in MEDIA:
                    self.wrong(f"{at}.content.{content_type}", f"expected one of {', '.join(MEDIA)}")
            if len(content) > 1 and (kind == "requestBodies" or JSON not in content):
                self.wrong(f"{at}.content", "expected one content type")
            if kind == "requestBodies" and not content:
                self.wrong(f"{at}.content", "expected a content type")
        super().part(kind, raw, at)

    def parameter(self, node: dict[str, Any], at: str) -> None:
        name, place = str(node.get("name", "")), node.get("in")
        if place not in ("path", "query", "header"):
            self.wrong(f"{at}.in", f"expected path, query or header, not {place!r}")
        elif place == "path" and not (node.get("required") is True and re.fullmatch(r"\w+", name)):
            self.wrong(at, "a path parameter is a word and required")
        elif place == "header" and name.lower() in _NOT_PARAMETERS:
            self.wrong(at, f"{name} follows from the content types and the account; it can't be a parameter")

    def reference(self, node: dict[str, Any], kind: str, at: str) -> None:
        key = self.specs.key(str(node["$ref"]), self.file)
        if key is None or key.kind != kind:
            self.wrong(f"{at}.$ref", f"{node['$ref']} leads to nothing in {kind}")

    def schema(self, raw: Any, at: str, key: Key | None = None) -> None:
        super().schema(raw, at, key)
        if not isinstance(raw, dict):
            return
        beside = _BESIDE_REF if "$ref" in raw else _BESIDE_ALL_OF if "allOf" in raw else _SCHEMA
        for keyword in raw:
            if keyword not in beside and not str(keyword).startswith("x-"):
                other = next((f" beside {k}" for k in ("$ref", "allOf") if k in raw and keyword in _SCHEMA), "")
                self.wrong(f"{at}.{keyword}", f"this keyword is not supported{other}")
        if key and not _CLASS.fullmatch(key.name):
            self.wrong(at, "expected the name of a class, in letters and digits")
        if "$ref" in raw:
            self.reference(raw, "schemas", at)
        self.type(raw, at)
        self.all_of(raw, at, key)
        if "discriminator" in raw:
            self.discriminator(self.mapping(raw["discriminator"], f"{at}.discriminator"), f"{at}.discriminator", key)

    def type(self, raw: dict[str, Any], at: str) -> None:
        types = raw.get("type", [])
        types = types if isinstance(types, list) else [types]
        if unknown := [kind for kind in types if kind not in _TYPES]:
            self.wrong(f"{at}.type", f"expected one of {', '.join(_TYPES)}, not {unknown[0]!r}")
        if "enum" in raw and (not {"string", "array"} & set(types) or not isinstance(raw["enum"], list) or not raw["enum"]):
            self.wrong(f"{at}.enum", "expected `type: string` (or an array of them) beside it and a list of strings in it")
        elif any(not isinstance(value, str) for value in raw.get("enum", ())):
            self.wrong(f"{at}.enum", "expected strings; quote them (an unquoted `true`, `no` or `1` is none)")
        if "array" in types and "items" not in raw:
            self.wrong(at, "an array without `items`")
        if "properties" in raw and "object" not in types:
            self.wrong(at, "expected `type: object` beside `properties`")
        if raw.get("properties") and not isinstance(raw.get("additionalProperties", True), bool):
            self.wrong(f"{at}.additionalProperties", "an object has either properties or values of one kind")

    def all_of(self, raw: dict[str, Any], at: str, key: Key | None) -> None:
        match raw.get("allOf"):
            case None:
                pass
            case [{"$ref": _}, {"type": "object", **rest}] if not rest.keys() - _EXTENSION:
                if key is None:
                    self.wrong(at, "a schema that extends another needs a name of its own")
            case _:
                self.wrong(f"{at}.allOf", "expected the schema that it extends, [$ref, {type: object, properties}]")

    def discriminator(self, raw: dict[str, Any], at: str, key: Key | None) -> None:
        if key is None:
            self.wrong(at, "a schema with a discriminator needs a name of its own")
        if not isinstance(raw.get("propertyName"), str):
            self.wrong(f"{at}.propertyName", "expected the name of a property")
        mapping = self.mapping(raw.get("mapping"), f"{at}.mapping")
        for value, target in mapping.items():
            found = self.specs.key(str(target), self.file)
            if found is None or found.kind != "schemas":
                self.wrong(f"{at}.mapping.{value}", f"{target} leads to nothing in schemas")
        if len(set(map(str, mapping.values()))) < len(mapping):
            self.wrong(f"{at}.mapping", "two values stand for the same schema")


class _Sense(_Pass):
    """Whether everything goes together."""

    def document(self) -> None:
        self.ids: dict[str, str] = {}
        super().document()
        if (collection := self.raw.get("x-collection")) is not None and collection not in self.raw.get("paths", {}):
            self.wrong("x-collection", f"{collection} is not one of the paths")

    def item(self, path: str | None, node: Any, at: str) -> None:
        super().item(path, node, at)
        if path is not None and "$ref" in node:  # checked where it is written, but for what depends on this document
            key = self.specs.key(node["$ref"], self.file)
            assert key is not None
            item = self.specs.get(key)
            for method in METHODS:
                if method in item:
                    self.placed(path, item, item[method], key.file, at)

    def operation(self, path: str | None, item: dict[str, Any], operation: dict[str, Any], at: str) -> None:
        super().operation(path, item, operation, at)
        if path is not None:
            self.placed(path, item, operation, self.file, at)

    def placed(self, path: str, item: dict[str, Any], operation: dict[str, Any], file: str, at: str) -> None:
        """An operation together with its path and its document."""
        name = operation["operationId"]
        if name in self.ids:
            self.wrong(at, f"its operationId {name} is that of {self.ids[name]} too")
        self.ids.setdefault(name, at)
        declared: set[str] = set()
        for owner in (item, operation):
            seen: set[tuple[str, str]] = set()
            for i, parameter in enumerate(owner.get("parameters", ())):
                if "$ref" in parameter:
                    key = self.specs.key(parameter["$ref"], file)
                    assert key is not None
                    parameter = self.specs.get(key)
                if (key := (parameter["in"], parameter["name"])) in seen:
                    self.wrong(f"{at}.parameters[{i}]", f"{parameter['name']} is declared twice")
                seen.add(key)
            declared |= {name for place, name in seen if place == "path"}
        wanted = set(re.findall(r"{([^}]*)}", path))
        for name in sorted(wanted - declared):
            self.wrong(at, f"the path parameter {name} is not declared")
        for name in sorted(declared - wanted):
            self.wrong(at, f"the path parameter {name} is not in the path")

    def schema(self, raw: Any, at: str, key: Key | None = None) -> None:
        super().schema(raw, at, key)
        if key and any(self.specs.base(ancestor) == key for ancestor in self.specs.ancestors(key)):
            return self.wrong(f"{at}.allOf", "it extends itself")
        if at.endswith("]"):
            return None  # a part of an `allOf`, which was looked at as a whole
        declared = self.specs.declared(key) if key else own_properties(raw)
        for part in (raw, *(raw.get("allOf", ()) if key else ())):
            for name in part.get("required", ()):
                if name not in declared:
                    self.wrong(f"{at}.required", f"{name} is not one of the properties")
        if isinstance(positional := raw.get("x-positional"), list):
            for name in positional:
                if name not in declared:
                    self.wrong(f"{at}.x-positional", f"{name} is not one of the properties")
        if key and "discriminator" in raw:
            self.discriminator(raw["discriminator"], f"{at}.discriminator", key)
        return None

    def discriminator(self, raw: dict[str, Any], at: str, key: Key) -> None:
        if raw["propertyName"] not in self.specs.declared(key):
            self.wrong(f"{at}.propertyName", f"{raw['propertyName']} is not one of the properties")
        for value, target in raw["mapping"].items():
            found = self.specs.key(target, self.file)
            if (
                found == key
                or found not in self.specs.ancestors(found or key)
                or key not in self.specs.ancestors(found)
            ):
                self.wrong(f"{at}.mapping.{value}", f"{target} does not extend {key.name} by allOf")
            elif found.file != self.file:
                self.wrong(f"{at}.mapping.{value}", f"{target} is in another file than {key.name}")


def _neighbours(specs: Specs, file: str) -> set[str]:
    """The other files that the schemas of one refer to."""

    def walk(node: Any) -> Iterator[str]:
        if isinstance(node, list):
            for part in node:
                yield from walk(part)
        elif isinstance(node, dict):
            if isinstance(node.get("$ref"), str) and (key := specs.key(node["$ref"], file)):
                yield key.file
            for part in node.values():
                yield from walk(part)

    return set(walk(specs.documents[file].get("components", {}).get("schemas", {}))) - {file}


def _circle(graph: dict[str, set[str]], path: tuple[str, ...] = ()) -> tuple[str, ...]:
    """A way through the graph that ends where it began; empty if there is none."""
    for name in sorted(graph[path[-1]] if path else graph):
        if name in path:
            return (*path[path.index(name) :], name)
        if circle := _circle(graph, (*path, name)):
            return circle
    return ()
