"""The specifications as they are written against the classes and functions that are imported: nothing lost or invented.

On purpose, nothing of the generator is used here.
"""

from __future__ import annotations

import importlib
import inspect
import json
import keyword
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import attrs
import pytest
import yaml

import snowflake_rest

SPECS = Path(__file__).parents[2] / "specs"
FILES = {path.name: yaml.safe_load(path.read_text()) for path in sorted(SPECS.glob("*.yaml"))}
METHODS = ("get", "put", "post", "patch", "delete")
SCHEMAS = [(file, name) for file, raw in FILES.items() for name in raw.get("components", {}).get("schemas", {})]
PATHS = [(file, path) for file, raw in FILES.items() for path in raw.get("paths", {})]


class At:
    """A part of a file, and which file, so that references can be followed."""

    def __init__(self, file: str, raw: Any) -> None:
        while isinstance(raw, dict) and "$ref" in raw:
            target, _, path = raw["$ref"].partition("#/")
            beside = {key: value for key, value in raw.items() if key != "$ref"}
            file, raw = target or file, FILES[target or file]
            for part in path.split("/"):
                raw = raw[part]
            raw = {**raw, **beside}
        self.file, self.raw = file, raw

    def __getitem__(self, key: Any) -> At:
        return At(self.file, self.raw[key])

    def get(self, key: str, default: Any) -> Any:
        return self.raw.get(key, default)

    def all(self, key: str) -> Iterator[tuple[Any, At]]:
        found = self.raw.get(key, {})
        for name in found if isinstance(found, dict) else range(len(found)):
            yield name, At(self.file, found[name])

    def properties(self) -> dict[str, At]:
        out: dict[str, At] = {}
        for _, part in self.all("allOf"):
            out |= part.properties()
        return out | dict(self.all("properties"))

    def find_required(self) -> set[str]:
        return set(self.get("required", ())).union(*(part.find_required() for _, part in self.all("allOf")))

    def open(self) -> bool:
        return self.get("additionalProperties", False) is True or any(part.open() for _, part in self.all("allOf"))

    def nullable(self) -> bool:
        options = [part for _, part in self.all("anyOf")]
        return "null" in self.get("type", "") or any(part.get("type", "") == "null" for part in options)


def module_of(file: str) -> ModuleType:
    return importlib.import_module(f"snowflake_rest.{file.removesuffix('.yaml').replace('-', '_')}")


def python_name(wire: str) -> str:
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", re.sub(r"\W+", "_", wire))
    return spaced.lower() + ("_" if keyword.iskeyword(spaced) else "")


def fields_of(cls: Any) -> dict[str, Any]:
    return {field.metadata["wire"] or field.name: field for field in attrs.fields(cls)}


def models() -> Iterator[tuple[str, str, At]]:
    for file, name in SCHEMAS:
        schema = At(file, FILES[file]["components"]["schemas"][name])
        if schema.properties() or "allOf" in schema.raw:
            yield file, name, schema


MODELS = list(models())
VARIANTS = [
    (file, name, schema["discriminator"].raw["propertyName"], value, target)
    for file, name, schema in MODELS
    if "discriminator" in schema.raw
    for value, target in schema["discriminator"].raw["mapping"].items()
]


@pytest.mark.parametrize(("file", "name", "schema"), MODELS, ids=lambda x: x if isinstance(x, str) else "")
def test_model_has_the_properties_of_its_schema(file: str, name: str, schema: At) -> None:
    cls = getattr(module_of(file), name)
    fields, properties, required = fields_of(cls), schema.properties(), schema.find_required()
    if schema.open():
        assert fields.pop("additional_properties").metadata["others"]
        properties.pop("additional_properties", None)  # another name for all others
    assert fields.keys() == properties.keys()
    known = [(wire, value) for f, _, wire, value, target in VARIANTS if (f, target.rpartition("/")[2]) == (file, name)]
    tags = dict(reversed(known))
    for wire, prop in properties.items():
        field = fields[wire]
        assert field.name == python_name(wire)
        assert field.metadata["read_only"] == prop.get("readOnly", False), wire
        must = field.init and field.default is attrs.NOTHING
        free = prop.nullable() or "default" in prop.raw or not prop.raw.keys() - {"description"}
        free = free or not field.init or wire in tags
        assert must == (wire in required and not free), wire
        if not must and field.init:
            assert field.default == prop.get("default", tags.get(wire)), wire
        if "enum" in prop.raw and field.init:
            kind = field.metadata["kind"]
            assert list((kind.item if prop.get("type", "") == "array" else kind).values) == prop.raw["enum"], wire
        for keyword_, bound in (("pattern", "pattern"), ("minimum", "minimum"), ("maxLength", "max_length")):
            if keyword_ in prop.raw and field.init:
                found = getattr(field.metadata["kind"], bound)
                assert getattr(found, "pattern", found) == prop.raw[keyword_], wire


@pytest.mark.parametrize(("file", "name", "schema"), [case for case in MODELS if case[2].open()])
def test_open_model_keeps_what_is_not_declared(file: str, name: str, schema: At) -> None:
    cls = getattr(module_of(file), name)
    sent = {"$more": {"a": [None]}, "none": None, "additionalProperties": False, **sample(schema)}
    read = cls.from_dict(sent)
    assert read.to_dict() == sent
    assert read.additional_properties == {"$more": {"a": [None]}, "none": None, "additionalProperties": False}


@pytest.mark.parametrize(("file", "name", "wire", "value", "target"), VARIANTS)
def test_base_reads_every_variant(file: str, name: str, wire: str, value: str, target: str) -> None:
    module = module_of(file)
    base, variant = getattr(module, name), getattr(module, target.rpartition("/")[2])
    sent = {**sample(At(file, {"$ref": target})), wire: value}
    read = base.from_dict(sent)
    assert type(read) is variant
    assert read.to_dict() == sent
    assert variant.from_dict(sent) == read
    written = attrs.fields_dict(variant)
    made = variant(**{f.alias: getattr(read, f.name) for f in written.values() if f.init})
    if value == next(v for f, n, _, v, t in VARIANTS if (f, n, t) == (file, name, target)):
        assert made == read
    else:  # a further value is read, and the first is sent
        assert {**made.to_dict(), wire: value} == read.to_dict()


def test_there_are_variants() -> None:
    assert len(VARIANTS) > 10


@pytest.mark.parametrize(("file", "path"), PATHS)
def test_operations_of_a_path(file: str, path: str) -> None:
    item = At(file, FILES[file]["paths"][path])
    for method in METHODS:
        if method in item.raw:
            check_operation(module_of(file), path, item, method)


def check_operation(module: ModuleType, path: str, item: At, method: str) -> None:
    operation = item[method]
    function = getattr(module, python_name(operation.raw["operationId"]))
    parameters = {(p.raw["in"], p.raw["name"]): p for _, p in (*item.all("parameters"), *operation.all("parameters"))}
    signature = dict(inspect.signature(function).parameters)
    arguments: dict[str, Any] = {}
    for (place, wire), parameter in parameters.items():
        taken = signature.pop(python_name(wire))
        needed = parameter.get("required", False)
        assert (taken.default is inspect.Parameter.empty) == needed
        assert (taken.kind is inspect.Parameter.KEYWORD_ONLY) == (place != "path")
        arguments[taken.name] = sample(parameter["schema"])
    body = None
    if "requestBody" in operation.raw:
        assert len(signature) == 1
        name, taken = signature.popitem()
        assert (taken.default is inspect.Parameter.empty) == operation["requestBody"].get("required", False)
        ((content_type, media),) = operation["requestBody"]["content"].raw.items()
        body = sample(At(operation["requestBody"].file, media["schema"])) if "json" in content_type else b"bytes"
        arguments[name] = body
    assert not signature, "invented"

    call = function(**arguments)
    assert (call.id, call.method) == (operation.raw["operationId"], method.upper())
    assert call.path == re.sub(r"{(\w+)}", lambda m: arguments[python_name(m[1])], path)
    for place, sent in (("query", call.query), ("header", call.headers)):
        assert {wire for where, wire in parameters if where == place} == sent.keys()
        assert all(sent[wire] == arguments[python_name(wire)] for wire in sent)
    assert contains(call.body, body), "no more than defaults may be added"
    content = operation["responses"]["200"].get("content", {})
    if operation.raw["responses"]["200"] == {"$ref": "common.yaml#/components/responses/Success"}:
        assert call.answer is None
    elif content:
        assert call.answer is not None
        assert call.accept == ", ".join(content)
    deprecated = operation.get("deprecated", False)
    assert ("\nDeprecated.\n" in inspect.cleandoc(function.__doc__ or "") + "\n") == deprecated


def contains(sent: Any, given: Any) -> bool:
    if isinstance(given, dict):
        return all(name in sent and contains(sent[name], value) for name, value in given.items())
    if isinstance(given, list):
        return len(sent) == len(given) and all(map(contains, sent, given))
    return sent == given


def sample(schema: At) -> Any:
    """A value that the schema allows, with what is required in it."""
    raw = schema.raw
    if "anyOf" in raw:
        return sample(schema["anyOf"][0])
    if "discriminator" in raw:
        wire, mapping = raw["discriminator"]["propertyName"], raw["discriminator"]["mapping"]
        value, target = next(iter(mapping.items()))
        return {**sample(At(schema.file, {"$ref": target})), wire: value}
    if properties := schema.properties():
        writable = {wire for wire in schema.find_required() if not properties[wire].get("readOnly", False)}
        return {wire: sample(properties[wire]) for wire in properties if wire in writable}
    if "enum" in raw:
        return raw["enum"][0]
    kinds = raw.get("type", "object")
    kind = kinds[0] if isinstance(kinds, list) else kinds
    if kind == "array":
        return [sample(schema["items"])]
    if kind == "string":
        values = ("2024-05-06T07:08:09+00:00",) if raw.get("format") == "date-time" else ("name", "copy into x")
        return next(value for value in values if re.search(raw.get("pattern", ""), value))
    return {"integer": raw.get("minimum", 1), "number": 1.5, "boolean": True, "object": {}}[kind]


@pytest.mark.parametrize("file", [file for file, raw in FILES.items() if raw.get("paths")])
def test_bundle_stands_on_its_own(file: str) -> None:
    path = Path(snowflake_rest.__file__).parent / "openapi" / f"{file.removesuffix('.yaml')}.json"
    document = json.loads(path.read_text())
    for ref in re.findall(r'"\$ref": "([^"]*)"', path.read_text()):
        node = document
        for part in ref.removeprefix("#/").split("/"):
            node = node[part]
    assert document["paths"].keys() == FILES[file]["paths"].keys()
    for item in document["paths"].values():
        for operation in (item[method] for method in METHODS if method in item):
            assert {"400", "401", "403", "404", "405", "408", "409", "410"} < operation["responses"].keys()
            assert {"429", "500", "503", "504"} < operation["responses"].keys()
            assert ("202" in operation["responses"]) == operation.get("x-accepted", True)
