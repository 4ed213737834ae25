"""From a bundled document to the intermediate form.

openapi-python-client names things, finds their types and resolves `allOf`; what its parser hides (order of enums,
patterns, bounds, read-only, descriptions, marks) is taken from the document beside it. This is the only module that
knows it, and what it would lose in silence is an error here.
"""

from __future__ import annotations

import copy
import json
import keyword
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData, properties
from openapi_python_client.parser.errors import GeneratorError
from openapi_python_client.parser.openapi import Endpoint
from openapi_python_client.strings import ClassName, PythonIdentifier, snake_case

from . import ir
from .bundle import Bundle, operations
from .rules import Part, walk
from .runtime.model import Model
from .spec import BYTES, EVENTS, JSON, TEXT, Key, SpecError, Specs, own_properties

ANY, STRING = ir.Scalar("ANY", "Any"), ir.Scalar("STRING", "str")
SUCCESS = Key("common.yaml", "responses", "Success")
STREAMS = {EVENTS: ir.Scalar("EVENTS", "Any"), BYTES: ir.Scalar("BYTES", "bytes"), TEXT: ir.Scalar("TEXT", "str")}
_FORMATS = {"password": ir.Scalar("SECRET", "str"), "byte": ir.Scalar("BINARY", "bytes")}
_UNBOUND = ("date", "date-time", *_FORMATS)
"""The formats of values for which Python has a type of its own, which no pattern or length bounds."""
_TAKEN = frozenset(dir(Model))
_OTHERS = ir.Field(
    "additional_properties", "*", ir.Map(ANY), "What the object has beside the other fields.", default={}, others=True
)
_BOUNDS = {
    "pattern": "pattern",
    "minLength": "min_length",
    "maxLength": "max_length",
    "minimum": "minimum",
    "maximum": "maximum",
}
_SCALARS: dict[type, ir.Scalar] = {
    properties.AnyProperty: ANY,
    properties.BooleanProperty: ir.Scalar("BOOLEAN", "bool"),
    properties.DateProperty: ir.Scalar("DATE", "date"),
    properties.DateTimeProperty: ir.Scalar("DATETIME", "datetime"),
    properties.FloatProperty: ir.Scalar("NUMBER", "float"),
    properties.IntProperty: ir.Scalar("INTEGER", "int"),
    properties.StringProperty: STRING,
    properties.UuidProperty: STRING,
}
_IN_UNIONS = (
    properties.AnyProperty,
    properties.BooleanProperty,
    properties.FloatProperty,
    properties.IntProperty,
    properties.StringProperty,
)


def parse(specs: Specs, bundle: Bundle) -> ir.Document:
    """The document that becomes one module. SpecError if the parser complains or anything would be lost."""
    return _Parser(specs, bundle).document()


_NO_FILES = {"con", "prn", "aux", "nul", *(f"{port}{i}" for port in ("com", "lpt") for i in range(1, 10))}
"""What no file may be called on Windows, whatever follows a dot."""


def module_name(file: str) -> str:
    """The generated module of a file of specifications. What can't be one gets a trailing underscore."""
    name = file.removesuffix(".yaml").replace("-", "_")
    return f"{name}_" if keyword.iskeyword(name) or name in _NO_FILES else name


def identifier(wire: str, taken: frozenset[str] = frozenset()) -> str:
    """The Python name of something, in snake case. A keyword, or what is `taken`, gets a trailing underscore."""
    name = snake_case(re.sub(r"\W", " ", wire))
    return f"{name}_" if keyword.iskeyword(name) or name == "self" or name in taken else name


class _Parser:
    def __init__(self, specs: Specs, bundle: Bundle) -> None:
        self.specs, self.file, self.raw, self.origins = specs, bundle.file, bundle.document, bundle.origins
        self.schemas: dict[str, Any] = self.raw["components"].get("schemas", {})
        self.models: dict[str, ir.Model] = {}
        self.problems: list[str] = []
        data = self.read()
        endpoints = (e for collection in data.endpoint_collections_by_tag.values() for e in collection.endpoints)
        self.endpoints: dict[str, Endpoint] = {endpoint.name: endpoint for endpoint in endpoints}
        self.classes: dict[str, properties.ModelProperty] = {model.class_info.name: model for model in data.models}

    def read(self) -> GeneratorData:
        """What the parser has to say of the document."""
        config = Config.from_sources(
            ConfigFile(literal_enums=True), MetaType.NONE, Path(self.file), "utf-8", overwrite=True, output_path=None
        )
        data = GeneratorData.from_dict(self.feed(), config=config)
        complaints = (
            [data]
            if isinstance(data, GeneratorError)
            else [*data.errors, *(e for c in data.endpoint_collections_by_tag.values() for e in c.parse_errors)]
        )
        for complaint in complaints:
            self.lost("", " ".join(f"{complaint.header or ''} {complaint.detail or ''}".split()))
        if isinstance(data, GeneratorError) or complaints:
            raise SpecError(*self.problems)
        return data

    def feed(self) -> dict[str, Any]:
        """The document with one answer an operation, all bodies in JSON, and without null, which makes unions."""
        out = copy.deepcopy(self.raw)
        for _, _, _, operation in operations(out):
            if body := self.resolve(operation.get("requestBody")):
                operation["requestBody"] = {**body, "content": {JSON: copy.deepcopy(_media(body)[1])}}
            answer = copy.deepcopy(_media(self.answer(operation))[1])
            operation["responses"] = {"200": {"description": "", "content": {JSON: answer} if answer else None}}
        for part in walk(Part(self.file, "", "documents", out)):
            if part.sort == "schemas":
                bare = _bare(part.raw).copy()
                if types := [kind for kind in _types(bare) if kind != "null"]:
                    bare["type"] = types[0] if len(types) == 1 else types
                part.raw.clear()
                part.raw.update(bare)
        return out

    def document(self) -> ir.Document:
        constants: list[ir.Constant] = []
        for (kind, name), key in self.origins.items():
            if kind != "schemas" or key.file != self.file:
                continue
            if _is_model(self.schemas[name]):
                self.model(name, self.schemas[name], f"components.schemas.{name}")
            elif constant := self.constant(name):
                constants.append(constant)
        calls = tuple(self.operation(*each) for each in operations(self.raw))
        if not self.problems:
            self.report_forgotten()
            classes = ((name, name) for name in self.models)
            self.check_names(
                [*classes, *((f"{c.name.name} (a constant)", c.name.name) for c in constants)], "components.schemas"
            )
            self.check_names(((call.id, call.name) for call in calls), "paths")
        if self.problems:
            raise SpecError(*self.problems)
        info = self.raw["info"]
        doc, models = info.get("description", info["title"]), tuple(self.models.values())
        module = module_name(self.file)
        collection, facade = self.raw.get("x-collection"), self.raw.get("x-facade")
        attribute = collection and self.raw.get("x-attribute", collection.rpartition("/")[2].replace("-", "_"))
        service = self.raw.get("x-service")
        asked = (
            facade and ir.Facade(**_fields(facade)),
            service and ir.Service(**_fields(service)),
            self.raw.get("x-grants"),
        )
        place = info["title"], collection, attribute
        text = json.dumps(self.raw, indent=1, ensure_ascii=False) + "\n"
        version = str(info.get("version", ""))
        return ir.Document(module, self.file, doc, tuple(constants), models, calls, version, text, *place, *asked)

    def lost(self, at: str, text: str) -> None:
        self.problems.append(self.specs.problem(self.file, at, text))

    def report_forgotten(self) -> None:
        """Classes that the parser made of this file, and that nothing led to."""
        foreign = tuple(ClassName(name, "") for (_, name), key in self.origins.items() if key.file != self.file)
        seen = {ClassName(name, "") for name in self.models}
        for name, prop in self.classes.items():
            if _properties(prop) and name not in seen and not name.startswith(foreign):
                self.lost("components.schemas", f"nothing refers to {name}")

    def check_names(self, names: Iterable[tuple[str, str]], at: str) -> None:
        """The Python names of the things of one scope: they must be names, each another."""
        taken: dict[str, str] = {}
        for wire, name in names:
            if not name.isidentifier():
                self.lost(f"{at}.{wire}", "there is no Python name in it")
            elif taken.setdefault(name, wire) != wire:
                self.lost(f"{at}.{wire}", f"it becomes {name} in Python, as {taken[name]} does")

    def resolve(self, node: Any) -> Any:
        """A parameter, body or answer itself, where it may be only referred to."""
        while isinstance(node, dict) and "$ref" in node:
            _, _, kind, name = node["$ref"].split("/")
            node = self.raw["components"][kind][name]
        return node

    # Kinds of values

    def kind(self, raw: dict[str, Any], prop: properties.Property, at: str) -> ir.Kind:
        """What the parser made of a schema, with what it left out."""
        raw = _bare(raw)
        if "$ref" in raw:
            name = _last(raw["$ref"])
            if _is_model(self.schemas[name]):
                return ir.Nested(self.class_name(name))
            return self.constant(name) or self.kind(self.schemas[name], prop, at)
        match prop:
            case properties.ModelProperty() if _is_model(raw):
                name = str(prop.class_info.name)
                self.model(name, raw, at)
                return ir.Nested(ir.Name(module_name(self.file), name))
            case properties.ModelProperty():
                values = raw.get("additionalProperties", True)
                inner = self.classes.get(prop.class_info.name, prop).additional_properties
                if isinstance(values, bool) or inner is None:
                    return ir.Map(ANY)
                return ir.Map(self.item(values, inner, f"{at}.additionalProperties"))
            case properties.ListProperty() if "enum" in raw:  # of the items, then
                return ir.Array(ir.Choice(tuple(raw["enum"])))
            case properties.ListProperty():
                return ir.Array(self.item(raw["items"], prop.inner_property, f"{at}.items"))
            case properties.UnionProperty() if all(isinstance(inner, _IN_UNIONS) for inner in prop.inner_properties):
                hints = [_SCALARS[type(inner)].hint for inner in prop.inner_properties]
                return ANY if "Any" in hints else ir.Scalar("ANY", " | ".join(hints))
            case properties.UnionProperty():
                self.lost(at, "a union of other than plain types; use a schema with a discriminator")
                return ANY
            case properties.LiteralEnumProperty():
                return ir.Choice(tuple(raw["enum"]))
        if type(prop) not in _SCALARS:
            self.lost(at, f"this can't be represented (the parser makes a {type(prop).__name__} of it)")
        return _bound(raw, _SCALARS.get(type(prop), ANY))

    def item(self, raw: dict[str, Any], prop: properties.Property, at: str) -> ir.Kind:
        kind = self.kind(raw, prop, at)
        return ir.Optional(kind) if self.nullable(raw) and kind != ANY else kind

    def nullable(self, raw: dict[str, Any]) -> bool:
        if "$ref" in raw:
            return self.nullable(self.schemas[_last(raw["$ref"])])
        return raw is not _bare(raw) or "null" in _types(raw) or not raw.keys() - {"description", "readOnly"}

    def constant(self, name: str) -> ir.Constant | None:
        """A named string that carries constraints becomes a constant."""
        raw, key = self.schemas[name], self.origins["schemas", name]
        if _types(raw)[:1] != ["string"]:
            return None
        kind = ir.Choice(tuple(raw["enum"])) if "enum" in raw else _bound(raw, STRING)
        named = ir.Name(module_name(key.file), identifier(key.name).upper())
        return None if kind == STRING else ir.Constant(named, kind)

    # Models

    def model(self, name: str, raw: dict[str, Any], at: str) -> None:
        prop = self.classes.get(ClassName(name, ""))
        if prop is None:
            return self.lost(at, "the parser made no class of it")
        base = _last(raw["allOf"][0]["$ref"]) if "allOf" in raw else None
        if base is not None and (not _is_model(self.schemas[base]) or ClassName(base, "") not in self.classes):
            return self.lost(f"{at}.allOf", f"it extends {base}, which has no properties")
        inherited = {} if base is None else _properties(self.classes[ClassName(base, "")])
        declared, own, found = self.find_declared(raw), own_properties(raw), _properties(prop)
        for wire in sorted(declared.keys() ^ found.keys()):
            self.lost(f"{at}.properties.{wire}", "lost by the parser")
        tags: dict[str, str] = {}
        for wire, value in self.tags(name):
            tags.setdefault(wire, value)  # of several values that stand for it, the first is sent
        # a class that says itself which values those are may be given one
        fixed = {wire: value for wire, value in tags.items() if "enum" not in own.get(wire, ())}
        fields = [ir.Field(identifier(w, _TAKEN), w, STRING, "", default=v, fixed=True) for w, v in fixed.items()]
        for wire in [wire for wire in declared if wire in found and wire not in fixed]:
            # a subclass may make what it inherits required
            if wire in own or found[wire].required > inherited[wire].required:
                said = declared[wire] | ({"default": tags[wire]} if wire in tags else {})
                fields.append(self.field(raw, wire, said, found[wire], f"{at}.properties.{wire}"))
        if self.open(raw) and not (base and self.open(self.schemas[base])):
            fields.append(_OTHERS)
        self.check_names(((field.wire, field.name) for field in fields), f"{at}.properties")
        doc = raw.get("description", "")
        parent = None if base is None else self.class_name(base)
        narrows = any(field.wire in inherited for field in fields)
        self.models[name] = ir.Model(name, doc, parent, _order(raw, fields), self.discriminator(raw), narrows)
        return None

    def field(
        self, owner: dict[str, Any], wire: str, raw: dict[str, Any], prop: properties.Property, at: str
    ) -> ir.Field:
        said = self.resolve(_bare(raw)) | raw
        default, positional = said.get("default"), owner.get("x-positional", False)
        fixed = owner.get("discriminator", {}).get("propertyName") == wire
        must_be_said = prop.required and default is None and not fixed
        return ir.Field(
            name=identifier(wire, _TAKEN),
            wire=wire,
            kind=STRING if fixed else self.kind(raw, prop, at),
            doc=said.get("description") or _doc(said),
            required=must_be_said and not self.nullable(raw),
            default=default,
            read_only=said.get("readOnly", False),
            null=must_be_said and self.nullable(raw),
            positional=positional is True or (positional is not False and wire in positional),
            fixed=fixed,
            known=tuple(said.get("x-known", ())),
            deprecated=said.get("deprecated", False),
            facts=(*_facts(raw), *(["required"] if prop.required and (fixed or default is not None) else ())),
        )

    def open(self, raw: dict[str, Any]) -> bool:
        """Whether objects may have other properties than a schema declares, which are kept then."""
        raw = self.resolve(raw)
        return raw.get("additionalProperties") is True or any(map(self.open, raw.get("allOf", ())))

    def find_declared(self, raw: dict[str, Any]) -> dict[str, Any]:
        """The properties of a schema, those of its bases first."""
        base = self.find_declared(self.schemas[_last(raw["allOf"][0]["$ref"])]) if "allOf" in raw else {}
        return base | own_properties(raw)

    def class_name(self, name: str) -> ir.Name:
        """The class of a named schema, in the module of the file that the schema is from."""
        key = self.origins["schemas", name]
        return ir.Name(module_name(key.file), key.name)

    def tags(self, name: str) -> Iterator[tuple[str, str]]:
        """The discriminating fields of a class, and the values that a base knows it by."""
        for schema in self.schemas.values():
            for wire, value, target in _mapping(schema):
                if target == name:
                    yield wire, value

    def discriminator(self, raw: dict[str, Any]) -> ir.Discriminator | None:
        mapping = list(_mapping(raw))
        variants = tuple((value, self.class_name(target)) for _, value, target in mapping)
        return ir.Discriminator(mapping[0][0], variants) if mapping else None

    # Operations

    def operation(self, path: str, item: dict[str, Any], method: str, raw: dict[str, Any]) -> ir.Operation:
        at = f"paths.{path}.{method}"
        endpoint = self.endpoints[PythonIdentifier(raw["operationId"], "")]
        parameters = list(self.parameters(path, item, raw, endpoint, at))
        content_type = None
        if body := self.resolve(raw.get("requestBody")):
            content_type, media = _media(body)
            sent = self.body(raw, body, content_type, media["schema"], endpoint, f"{at}.requestBody.schema")
            parameters.insert(path.count("{"), sent)
        self.check_names(((p.wire, p.name) for p in parameters), at)
        answer, accept = self.find_answer(raw, endpoint, at)
        return ir.Operation(
            id=raw["operationId"],
            name=identifier(raw["operationId"]),
            method=method.upper(),
            path=path,
            doc="\n\n".join(raw[part] for part in ("summary", "description") if part in raw),
            parameters=tuple(parameters),
            content_type=None if content_type == JSON else content_type,
            answer=answer,
            accept=accept,
            deprecated=raw.get("deprecated", False),
            statuses=tuple(sorted(status for status in raw["responses"] if status.startswith("2"))),
        )

    def parameters(
        self, path: str, item: dict[str, Any], raw: dict[str, Any], endpoint: Endpoint, at: str
    ) -> Iterator[ir.Parameter]:
        found: dict[tuple[str, str], tuple[dict[str, Any], str]] = {}
        for where, owner in ((f"paths.{path}", item), (at, raw)):
            for i, parameter in enumerate(map(self.resolve, owner.get("parameters", ()))):
                found[parameter["in"], parameter["name"]] = parameter, f"{where}.parameters[{i}].schema"
        props = {(str(place), _wire(prop)): prop for place, prop in endpoint.iter_all_parameters()}
        in_path = [key for key in props if key[0] == "path"]

        def in_call(key: tuple[str, str]) -> int:
            return in_path.index(key) if key in in_path else len(in_path) + (not props[key].required)

        for place, wire in sorted(found, key=in_call):
            parameter, where = found[place, wire]
            schema = parameter["schema"]
            yield ir.Parameter(
                name=identifier(wire),
                wire=wire,
                place=place,
                kind=self.kind(schema, props[place, wire], where),
                required=parameter.get("required", False),
                default=schema.get("default", self.resolve(schema).get("default")),
                doc=_doc(parameter),
                deprecated=parameter.get("deprecated", False),
                facts=tuple(_facts(schema)),
            )

    def body(
        self, raw: dict[str, Any], body: dict[str, Any], content_type: str, schema: Any, endpoint: Endpoint, at: str
    ) -> ir.Parameter:
        return ir.Parameter(
            name=raw.get("x-body-name") or (identifier(_last(schema["$ref"])) if "$ref" in schema else "body"),
            wire="requestBody",
            place="body",
            kind=STREAMS.get(content_type) or self.kind(schema, endpoint.bodies[0].prop, at),
            required=body.get("required", False),
            default=None,
            doc=body.get("description") or self.resolve(schema).get("description", ""),
        )

    def answer(self, raw: dict[str, Any]) -> dict[str, Any]:
        """The answer of an operation that is done."""
        return self.resolve(raw["responses"][_find_status(raw)])

    def find_answer(self, raw: dict[str, Any], endpoint: Endpoint, at: str) -> tuple[ir.Kind | None, str | None]:
        """What an operation answers with, and what it accepts if that is not simply JSON."""
        status = _find_status(raw)
        content = self.answer(raw).get("content", {})
        reference = raw["responses"][status].get("$ref")
        if not content or (reference and self.origins["responses", _last(reference)] == SUCCESS):
            return None, None
        content_type, media = _media(self.answer(raw))
        if content_type != JSON:
            return STREAMS[content_type], content_type
        prop = endpoint.responses.patterns[0].prop
        kind = self.kind(media["schema"], prop, f"{at}.responses.{status}")
        return kind, ", ".join(content) if len(content) > 1 else None


def _fields(mark: dict[str, Any] | str) -> dict[str, Any]:
    """What a mark says, by the names of the fields it is for: nothing if it is only a word."""
    return {name.replace("-", "_"): value for name, value in mark.items()} if isinstance(mark, dict) else {}


def _order(raw: dict[str, Any], fields: list[ir.Field]) -> tuple[ir.Field, ...]:
    """Fields that the constructor takes by position come first, those that must be given before the others."""
    named = raw.get("x-positional")

    def place(field: ir.Field) -> tuple[bool, bool, int]:
        order = named.index(field.wire) if field.positional and isinstance(named, list) else 0
        return not field.positional, field.positional and not field.required, order

    return tuple(sorted(fields, key=place))


def _doc(raw: dict[str, Any]) -> str:
    """What is said of a field or a parameter."""
    said = raw.get("description", "")
    return f"{said} Deprecated.".strip() if raw.get("deprecated") and "deprecated" not in said.lower() else said


def _facts(raw: dict[str, Any]) -> Iterator[str]:
    """What is said of values beside their kind."""
    if "null" in _types(raw) or _bare(raw) is not raw:
        yield "null"
    if raw.get("writeOnly"):
        yield "write-only"
    if raw.get("format") not in (None, *_UNBOUND):
        yield f"{raw['format']}"
    held = () if raw.get("format") in _UNBOUND else _BOUNDS
    words = [word for word in (*_BOUNDS, "minItems", "maxItems", "uniqueItems") if word not in held]
    yield from (f"{word} {raw[word]}" for word in words if word in raw)
    if isinstance(items := raw.get("items"), dict):
        yield from (f"items {fact}" for fact in _facts(items) if fact != "null")


def _bound(raw: dict[str, Any], kind: ir.Scalar) -> ir.Scalar:
    """A kind with the bounds that a schema sets, or that which the schema's format stands for."""
    bounds = tuple((name, raw[keyword]) for keyword, name in _BOUNDS.items() if keyword in raw)
    return _FORMATS.get(raw.get("format", "")) or replace(kind, bounds=() if raw.get("format") in _UNBOUND else bounds)


def _is_model(raw: dict[str, Any]) -> bool:
    return "allOf" in raw or bool(raw.get("properties"))


def _bare(raw: dict[str, Any]) -> dict[str, Any]:
    """A schema without `anyOf: [it, {type: "null"}]` around it, which is how a reference may be null."""
    match raw.get("anyOf"):
        case [bare, {"type": "null"}]:
            return bare
    return raw


def _types(raw: dict[str, Any]) -> list[str]:
    found = raw.get("type", [])
    return found if isinstance(found, list) else [found]


def _mapping(raw: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """The discriminating property, and each value with the schema it stands for."""
    for value, target in raw.get("discriminator", {}).get("mapping", {}).items():
        yield raw["discriminator"]["propertyName"], value, _last(target)


def _properties(prop: properties.ModelProperty) -> dict[str, properties.Property]:
    return {_wire(p): p for p in (*(prop.required_properties or ()), *(prop.optional_properties or ()))}


def _wire(prop: properties.Property) -> str:
    return prop.name.get_untrusted_value()


def _last(ref: str) -> str:
    return ref.rpartition("/")[2]


def _find_status(operation: dict[str, Any]) -> str:
    """The status of an operation that is done: the lowest success but 202, which says that it is not."""
    return min(status for status in operation["responses"] if status.startswith("2") and status != "202")


def _media(node: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The content type of a body or an answer that counts, and what it is; JSON where there is a choice."""
    content = node.get("content", {})
    content_type = JSON if JSON in content or not content else next(iter(content))
    return content_type, content.get(content_type, {})
