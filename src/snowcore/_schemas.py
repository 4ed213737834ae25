"""Schemas of the OpenAPI documents as functions that hold values against them.

Each schema is worked out once. A value that is as it should be costs a look at each of its fields and makes nothing
new; only what is wrong is told, without the value, which may be a secret.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, cast

from ._documents import resolve

Schema = Mapping[str, Any]


class Finding(NamedTuple):
    """What is wrong with a part of a value. `where` is a JSON pointer to it."""

    rule: str
    where: str
    what: str


Check = Callable[[Any], "list[Finding] | None"]
"""What is wrong with a value; None or nothing if all is well."""

_TYPES: dict[str, tuple[type, ...]] = {
    "array": (list,),
    "boolean": (bool,),
    "integer": (int,),
    "null": (type(None),),
    "number": (int, float),
    "object": (dict,),
    "string": (str,),
}
_NAMES = {kind: name for name, kinds in _TYPES.items() for kind in kinds} | {int: "integer"}
_TOLD = {"type", "description", "example", "default", "deprecated", "readOnly", "writeOnly", "title"}
_PLAIN = _TOLD | {"x-default", "x-derived", "x-known"}
"""What a schema may say without any value of its type being wrong."""
_TIME = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)").fullmatch


class Schemas:
    """The checks of one document, for values on one way.

    sent: whether the values are sent by the client, which may not set what only the server sets. Otherwise they are
    read: null counts as left out then, and a variant that is not known is noted as an unknown field is.
    """

    def __init__(self, document: Mapping[str, Any], *, sent: bool) -> None:
        self._document, self._sent = document, sent
        self._made: dict[str, Check] = {}

    def resolve(self, node: Mapping[str, Any]) -> dict[str, Any]:
        """A part itself where it is only referred to, with what stands beside the reference."""
        return resolve(self._document, node)

    def check(self, schema: Schema) -> Check:
        """The check of a schema."""
        if "$ref" in schema:
            return self._refer(schema["$ref"])
        if "anyOf" in schema:
            return _check_any_of([self.check(option) for option in schema["anyOf"]])
        if "allOf" in schema or "properties" in schema:
            return self._check_variants(schema) if "discriminator" in schema else self._check_object(schema)
        kinds, inner = self._find_classes(schema), self._check_inner(schema)
        wrong = f"expected {' or '.join(dict.fromkeys(_NAMES[kind] for kind in kinds))}"
        if rules := _read_rules(schema):
            return _check_rules(kinds, wrong, rules)
        if not kinds:
            return inner or _accept

        def check(value: Any) -> list[Finding] | None:
            if type(value) not in kinds:
                return [Finding("type", "", f"{wrong}, not {_name_type(value)}")]
            return inner(value) if inner and value is not None else None

        return check

    def _find_classes(self, schema: Schema) -> tuple[type, ...]:
        """The classes of the values that a schema allows by its type; none where it allows all."""
        given = schema.get("type", ())
        return tuple(kind for name in ([given] if isinstance(given, str) else given) for kind in _TYPES[name])

    def _refer(self, ref: str) -> Check:
        if ref not in self._made:
            self._made[ref] = lambda value: self._made[ref](value)  # a schema may contain itself
            self._made[ref] = self.check(self.resolve({"$ref": ref}))
        return self._made[ref]

    def _check_inner(self, schema: Schema) -> Check | None:
        """The check of what is in a list, or in an object of which only the values are described."""
        if "items" in schema:
            return _check_items(self.check(schema["items"]), schema.get("enum"))
        if isinstance(values := schema.get("additionalProperties"), dict):
            return _check_fields({}, {}, frozenset(), frozenset(), self.check(cast(Schema, values)), "")
        return None

    def find_properties(self, schema: Schema) -> dict[str, Schema]:
        """The properties of an object, those of its bases first."""
        schema = self.resolve(schema)
        out: dict[str, Schema] = {}
        for part in schema.get("allOf", ()):
            out |= self.find_properties(part)
        return out | schema.get("properties", {})

    def find_halves(self, schema: Schema) -> list[Schema]:
        """An object as it is described itself, and the bases of which it is made up."""
        schema = self.resolve(schema)
        return [schema, *(half for part in schema.get("allOf", ()) for half in self.find_halves(part))]

    def _check_object(self, schema: Schema) -> Check:
        halves, fields, plain = self.find_halves(schema), dict[str, Check](), dict[str, type]()
        required = {name for half in halves for name in half.get("required", ())}
        for name, part in self.find_properties(schema).items():
            told = self.resolve(part)
            if told.get("readOnly" if self._sent else "writeOnly"):
                required.discard(name)
            if self._sent and told.get("readOnly"):
                fields[name] = _refuse_read_only
                continue
            fields[name] = self.check(part)
            if told.keys() <= _PLAIN and len(kinds := self._find_classes(told)) == 1:
                plain[name] = kinds[0]
        rest = [half["additionalProperties"] for half in halves if "additionalProperties" in half]
        others = _accept if True in rest or not fields else _report_unknown
        for values in rest:
            others = self.check(cast(Schema, values)) if isinstance(values, dict) else others
        optional = frozenset[str]() if self._sent else frozenset(fields) - required
        return _check_fields(fields, plain, frozenset(required), optional, others, "object")

    def _check_variants(self, schema: Schema) -> Check:
        tag, mapping = schema["discriminator"]["propertyName"], schema["discriminator"]["mapping"]
        whole = self._check_object(schema)
        rule = "variant" if self._sent else "unknown_variant"

        def check(value: Any) -> list[Finding] | None:
            chosen: Any = cast("dict[str, Any]", value).get(tag) if isinstance(value, dict) else None
            ref = mapping.get(chosen) if isinstance(chosen, str) else None
            if ref is not None:
                return self._refer(ref)(value)
            found = whole(value)
            if chosen is not None:
                return [*(found or ()), Finding(rule, f"/{tag}", f"expected one of {', '.join(mapping)}")]
            return found

        return check


_BOUNDS: dict[str, Callable[[Any, Any], bool]] = {
    "minLength": lambda value, bound: len(value) >= bound,
    "maxLength": lambda value, bound: len(value) <= bound,
    "minimum": lambda value, bound: value >= bound,
    "maximum": lambda value, bound: value <= bound,
}


def _name_type(value: object) -> str:
    return _NAMES.get(type(value), "this")


def _accept(value: Any) -> None:
    return None


def _report_unknown(value: Any) -> list[Finding]:
    return [Finding("unknown_field", "", "not a field that is declared")]


def _refuse_read_only(value: Any) -> list[Finding]:
    return [Finding("read_only", "", "only the server sets it")]


_Rule = tuple[str, str, Callable[[Any], Any]]


def _read_rules(schema: Schema) -> list[_Rule]:
    """What a value of the right type must be besides: the rule, what is told where it isn't held, and the test."""
    rules: list[_Rule] = []
    if "enum" in schema and "items" not in schema:
        rules.append(("enum", f"expected one of {', '.join(schema['enum'])}", frozenset(schema["enum"]).__contains__))
    if "pattern" in schema:
        rules.append(("pattern", f"expected what matches {schema['pattern']}", re.compile(schema["pattern"]).search))
    if schema.get("format") == "date-time":
        rules.append(("format", "expected a time as of RFC 3339", _TIME))
    for word, ok in _BOUNDS.items():
        if (bound := schema.get(word)) is not None:
            rules.append(("bound", f"expected {word} {bound}", lambda value, ok=ok, bound=bound: ok(value, bound)))
    return rules


def _check_rules(kinds: tuple[type, ...], wrong: str, rules: list[_Rule]) -> Check:
    def check(value: Any) -> list[Finding] | None:
        if kinds and type(value) not in kinds:
            return [Finding("type", "", f"{wrong}, not {_name_type(value)}")]
        if value is None:
            return None
        return [Finding(rule, "", what) for rule, what, holds in rules if not holds(value)]

    return check


def _check_any_of(options: list[Check]) -> Check:
    def check(value: Any) -> list[Finding] | None:
        found = None
        for option in options:
            if not (wrong := option(value)):
                return wrong
            found = found or wrong
        return found

    return check


def _check_items(item: Check, values: list[str] | None) -> Check:
    allowed = None if values is None else frozenset(values)

    def check(value: Any) -> list[Finding] | None:
        found: list[Finding] | None = None
        for i, one in enumerate(value):
            wrong = item(one)
            if allowed is not None and not wrong and one not in allowed:
                wrong = [Finding("enum", "", f"expected one of {', '.join(values or ())}")]
            if wrong:
                found = [*(found or ()), *(f._replace(where=f"/{i}{f.where}") for f in wrong)]
        return found

    return check


_Deep = tuple[str, Check, "set[str] | None"]
"""A field to look into: its name, its check, and the texts that were as they should be: names and states come again."""


def _check_fields(
    fields: Mapping[str, Check],
    plain: Mapping[str, type],
    required: frozenset[str],
    optional: frozenset[str],
    others: Check,
    kind: str,
) -> Check:
    """plain: of what fields nothing counts but the type. optional: which may be null, though nothing says so. kind: the
    type to look for, or nothing where that was done.
    """
    shapes: dict[tuple[tuple[str, ...], tuple[type, ...]], list[_Deep]] = {}
    """Names and types of which nothing is missing or unknown, and the fields to be looked into all the same."""

    def find_deep(given: dict[str, Any]) -> list[_Deep]:
        return [
            (name, fields.get(name, others), set[str]() if type(part) is str else None)
            for name, part in given.items()
            if type(part) is not plain.get(name) and not (part is None and name in optional)
        ]

    def check(value: Any) -> list[Finding] | None:
        if kind and not isinstance(value, dict):
            return [Finding("type", "", f"expected {kind}, not {_name_type(value)}")]
        given: dict[str, Any] = value  # pyright: ignore[reportUnknownVariableType]
        shape = tuple(given), tuple(map(type, given.values()))
        if (known := shapes.get(shape)) is not None:
            return look(given, known)
        deep = find_deep(given)
        found = look(given, deep)
        if missing := sorted(required - given.keys()):
            found = [*(found or ()), *(Finding("required", f"/{name}", "missing, and required") for name in missing)]
        elif fields.keys() >= given.keys() and len(shapes) < 100:
            shapes[shape] = deep
        return found

    def look(given: dict[str, Any], deep: list[_Deep]) -> list[Finding] | None:
        found: list[Finding] | None = None
        for name, part, good in deep:
            value = given[name]
            if good is not None and value in good:
                continue
            if wrong := part(value):
                at = name.replace("~", "~0").replace("/", "~1")
                found = [*(found or ()), *(f._replace(where=f"/{at}{f.where}") for f in wrong)]
            elif good is not None and len(value) < 100:
                if len(good) > 1000:
                    good.clear()
                good.add(value)
        return found

    return check
