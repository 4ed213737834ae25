"""Values that a specification allows, as Hypothesis strategies, for the part of JSON Schema that specifications use."""

from __future__ import annotations

from functools import cache
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from .documents import Call, Document, Schema, variants

Value = SearchStrategy[Any]

DEPTH = 4
"""How deep objects are nested; further down they have only what they must, and lists are empty if they may be."""
INT64 = {"min_value": -(2**63), "max_value": 2**63 - 1}


def text(least: int = 0, most: int = 12) -> Value:
    """Any text, and often such as means something in a URL or in JSON."""
    return st.text(min_size=least, max_size=most) | st.text(" +%&=?#/:;.,'\"\\\n", min_size=least, max_size=most)


texts = text()
times = st.builds(
    lambda time, zone: time.isoformat() + zone, st.datetimes(), st.sampled_from(["Z", "+00:00", "-07:00", "+05:30"])
)
printable = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=12)
numbers = st.integers(**INT64) | st.floats(allow_nan=False, allow_infinity=False)
anything = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(texts, inner, max_size=2),
    max_leaves=4,
)


class Values:
    """The values of the schemas of a document.

    As a server sends them: objects may have more fields than are specified, fewer than are required, nulls, and values
    that no enum knows. As a user gives them (`given`), they keep to the specification (more fields only where it is
    open), and optional ones may be None, unless they are to be `full`; text is then such that it may also be a name.
    """

    def __init__(self, document: Document, *, given: bool, full: bool = False) -> None:
        self.document, self.given, self.full = document, given, full
        self._named: dict[tuple[str, int], Value] = {}

    def of(self, schema: Schema, depth: int = DEPTH) -> Value:
        match schema:
            case {"$ref": str(ref)}:
                if (ref, depth) not in self._named:
                    self._named[ref, depth] = self._of_name(ref, depth)
                return self._named[ref, depth]
            case {"anyOf": [*options]}:
                return st.one_of([self.of(option, depth) for option in options])
            case {"type": [*types]}:
                return st.one_of([self.of({**schema, "type": kind}, depth) for kind in types])
            case {"enum": [*values]}:
                return st.sampled_from(values) | self._unknown()
            case {"type": "null"}:
                return st.none()
            case {"type": "boolean"}:
                return st.booleans()
            case {"type": "integer"}:
                limits = {"min_value": schema.get("minimum"), "max_value": schema.get("maximum")}
                return st.integers(**INT64 | {name: limit for name, limit in limits.items() if limit is not None})
            case {"type": "number"}:
                limits = {"min_value": schema.get("minimum"), "max_value": schema.get("maximum")}
                return st.floats(allow_nan=False, allow_infinity=False, **limits)
            case {"type": "string"}:
                return self._text(schema)
            case {"type": "array"}:
                least = schema.get("minItems", 1 if self.full else 0)
                if depth <= 0 and "minItems" not in schema:
                    return st.just([])
                return st.lists(self.of(schema["items"], depth), min_size=least, max_size=max(least, 2))
            case {"type": "object"} if self.document.properties(schema):
                return self._object(schema, depth, {})
            case {"type": "object"}:
                inner = schema.get("additionalProperties", True)
                return st.dictionaries(texts, self.of({} if inner is True else inner, depth), max_size=2)
            case {"allOf": _}:
                return self._object(schema, depth, {})
        assert not schema.keys() - {"description", "readOnly", "default", "deprecated"}, f"what is {schema}?"
        return anything

    def _of_name(self, ref: str, depth: int) -> Value:
        schema, name = self.document.resolve({"$ref": ref}), ref.rpartition("/")[2]
        tags = {tag: self._tag(values) for tag, values in self.document.tags(name).items()}
        if not (found := variants(schema)):
            return self._object(schema, depth, tags) if self.document.properties(schema) else self.of(schema, depth)
        chosen = [self._of_name(target, depth) for target in dict.fromkeys(found.values()) if target != ref]
        if ref in found.values() or not self.given:
            unknown = {schema["discriminator"]["propertyName"]: self._unknown()}
            chosen.append(self._object(schema, depth, unknown | tags))
        return st.one_of(chosen)

    def _tag(self, values: list[str]) -> Value:
        """What says which variant an object is: a model sends the first of its values, and reads all of them."""
        return st.just(values[0]) if self.given else st.sampled_from(values)

    def _object(self, schema: Schema, depth: int, known: dict[str, Value]) -> Value:
        properties, required = self.document.properties(schema), self.document.find_required(schema)
        if not self.given:
            required = set(known)
        if self.full and depth > 0:
            required = set(properties)
        needed = {name: self.of(properties[name], depth - 1) for name in sorted(required) if name not in known}
        free = {
            name: self.of(part, depth - 1) | st.none()
            for name, part in properties.items()
            if name not in required and name not in known and depth > 0
        }
        objects = st.fixed_dictionaries(needed | known, optional=free)
        if self.given and not (depth > 0 and self.document.open(schema)):
            return objects
        others = st.dictionaries(texts.filter(lambda name: name not in properties), anything, max_size=1)
        return st.builds(lambda fields, more: {**more, **fields}, objects, others)

    def _text(self, schema: Schema) -> Value:
        if "pattern" in schema:
            return st.from_regex(schema["pattern"], fullmatch=True) | self._unknown()
        if schema.get("format") == "date-time":
            return times | self._unknown()
        least = schema.get("minLength", 0)
        most = min(schema.get("maxLength", 99), least + 12)
        return st.text("abc", min_size=max(least, 1), max_size=most) if self.full else text(least, most)

    def _unknown(self) -> Value:
        """What a newer server may send instead."""
        return st.nothing() if self.given else texts


class _Least(Values):
    """Objects with nothing but what they must have."""

    def of(self, schema: Schema, depth: int = 0) -> Value:
        return super().of(schema, depth)


@cache
def given(document: Document) -> Values:
    return Values(document, given=True)


@cache
def full(document: Document) -> Values:
    return Values(document, given=True, full=True)


@cache
def least(document: Document) -> Values:
    return _Least(document, given=True)


@cache
def sent(document: Document) -> Values:
    return Values(document, given=False)


def arguments(call: Call, depth: int = DEPTH) -> SearchStrategy[tuple[dict[tuple[str, str], Any], Any]]:
    """Parameters of an operation, by place and name, and a body; what is optional is perhaps None."""
    values = given(call.document)
    parameters: dict[tuple[str, str], Value] = {}
    for (place, name), parameter in call.parameters.items():
        value = values.of(parameter["schema"])
        if place == "path":
            value = value.filter(lambda text: text not in ("", ".", ".."))
        if place == "header":
            value = printable
        parameters[place, name] = value if parameter.get("required") else _perhaps(value, depth)
    body: Value = st.none()
    if call.body:
        content_type, schema, required = call.body
        body = values.of(schema, depth) if content_type == "application/json" else st.binary(max_size=20)
        body = body if required else _perhaps(body, depth)
    return st.tuples(st.fixed_dictionaries(parameters), body)


def _perhaps(value: Value, depth: int) -> Value:
    return value | st.none() if depth else st.none()


def answers(call: Call) -> Value:
    """What a server, perhaps a newer one, may answer in JSON."""
    return sent(call.document).of(call.answers["application/json"])


def spoil(value: Any, data: st.DataObject) -> None:
    """Replace something inside of a value, if it has an inside, by anything."""
    if not isinstance(value, (dict, list)) or not value:
        return
    key = data.draw(st.sampled_from([*value] if isinstance(value, dict) else range(len(value))))
    if isinstance(value[key], (dict, list)) and value[key] and data.draw(st.booleans()):
        spoil(value[key], data)
    else:
        value[key] = data.draw(anything, label=f"instead of {key!r}")
