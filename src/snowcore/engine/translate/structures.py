"""Structured types: ARRAY, OBJECT and MAP whose parts have types; the functions of MAP."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from ..errors import EngineError, compilation, unsupported
from ..types import ARRAY, BOOLEAN, EXACT, VARCHAR, VARIANT, DataType, Part, parse
from . import variants
from .casts import cast, common_type, roomy, to_text, to_variant
from .core import Call, Value, function, quote
from .runtime import python
from .text import count

_parsed = functools.lru_cache(256)(parse)


def part_of(kind: DataType, key: Value) -> DataType:
    """The type of what a structured value has under a key, or at an index."""
    if kind.name != "OBJECT":
        return kind.parts[-1].type
    found = next((part for part in kind.parts if part.key == key.literal), None)
    if found is None:
        raise compilation("001044", f"{kind} has no key {key.literal}.", "42P13")
    return found.type


@python("VARCHAR VARCHAR", "VARCHAR")
def _structured(value: str, kind: str) -> str | None:
    """A variant as a structured type."""
    found = variants.load(value)
    return None if found is None else variants.dump(_converted(found, Part("", _parsed(kind))))


def _converted(value: Any, part: Part) -> Any:
    kind = part.type
    if value in (None, variants.UNDEFINED) and not (value is None and kind.is_semistructured and not kind.parts):
        if not part.nullable:
            raise EngineError("100072", "22000", f"NULL result in a non-nullable part of type {kind}")
        return variants.UNDEFINED
    if kind.name == "ARRAY" and kind.parts and variants.is_array(value):
        return [_converted(v, kind.parts[0]) for v in value]
    if kind.name == "MAP" and variants.is_object(value):
        return {str(_converted(k, kind.parts[0])): _shown(_converted(v, kind.parts[1])) for k, v in value.items()}
    if kind.name == "OBJECT" and kind.parts and variants.is_object(value):
        if value.keys() != {p.key for p in kind.parts}:
            raise variants.failed_cast(value, str(kind))
        return {p.key: _shown(_converted(value[p.key], p)) for p in kind.parts}
    if kind.parts:
        raise variants.failed_cast(value, str(kind))
    return _scalar(value, kind)


@python("VARCHAR VARCHAR[] BOOLEAN", "VARCHAR")
def _with_fields(value: str, keys: Sequence[str], rename: bool) -> str:
    """An object with other keys, for CAST … RENAME FIELDS, or with more of them, for ADD FIELDS."""
    old = variants.load(value)
    if not rename:
        return variants.dump({**dict.fromkeys(keys), **old})
    if len(old) != len(keys):
        raise variants.failed_cast(old, f"an OBJECT of {len(keys)} keys")
    return variants.dump(dict(zip(keys, old.values(), strict=True)))


def _shown(value: Any) -> Any:
    """NULL in an object is JSON's."""
    return None if value == variants.UNDEFINED else value


def _scalar(value: Any, kind: DataType) -> Any:
    if kind.name == "NUMBER":
        made = Decimal(variants.as_number(value) or 0).quantize(Decimal(1).scaleb(-kind.scale), ROUND_HALF_UP, EXACT)
        if len(made.as_tuple().digits) > kind.precision:
            raise EngineError("100039", "22003", f"Numeric value '{made}' is out of range")
        return made
    if kind.name == "VARCHAR":
        made = variants.as_text(value) or ""
        if len(made) > kind.precision:
            raise EngineError("100078", "22000", f"String '{made}' is too long and would be truncated")
        return made
    if kind.name == "DATE":
        return "\x01D" + variants.as_moment(value, "DATE", "UTC").isoformat()
    if kind.name in _SCALARS:
        return _SCALARS[kind.name](value)
    raise unsupported(f"structured types of {kind}")


_SCALARS: dict[str, Callable[[Any], Any]] = {
    "FLOAT": variants.as_float,
    "BOOLEAN": variants.as_boolean,
    "VARIANT": lambda value: value,
    "ARRAY": lambda value: value if variants.is_array(value) else [value],
    "OBJECT": lambda value: value,
}


@function("ARRAY_CONSTRUCT_STRUCTURED", args=(0, None))
def _array_construct_structured(c: Call) -> Value:
    kind = DataType("ARRAY", parts=(Part("", roomy(common_type([v.type for v in c.values]))),))
    made = c.t.call(Call(c.t, "ARRAY_CONSTRUCT", c.nodes))
    return cast(c.t, made, kind)


@function("OBJECT_CONSTRUCT_KEEP_NULL_STRUCTURED", args=(0, None))
def _object_construct_structured(c: Call) -> Value:
    parts = tuple(Part(c.constant(i) or "", roomy(c[i + 1].type)) for i in range(0, len(c) - 1, 2))
    return cast(c.t, c.t.call(Call(c.t, "OBJECT_CONSTRUCT_KEEP_NULL", c.nodes)), DataType("OBJECT", parts=parts))


# -- MAP ---------------------------------------------------------------------------------------------------------------


@function("MAP_CONSTRUCT", args=(2, None))
def _map_construct(c: Call) -> Value:
    keys, values = ([v.type for v in c.values[start::2]] for start in (0, 1))
    kind = DataType("MAP", parts=(Part("", roomy(common_type(keys))), Part("", roomy(common_type(values)))))
    pairs = [
        v.sql if i % 2 else to_text(c.t, v).sql for i, v in enumerate(map(functools.partial(to_variant, c.t), c.values))
    ]
    return Value(f"sf_structured(sf_map_of([{', '.join(pairs)}]), {quote(str(kind))})", kind)


@python("VARCHAR[]", "VARCHAR", nulls=True)
def _map_of(pairs: Sequence[str | None]) -> str:
    return variants.dump({k: None if v is None else variants.load(v) for k, v in zip(pairs[::2], pairs[1::2]) if k})


def _map(c: Call, index: int = 0) -> Value:
    value = c[index]
    if value.type.name != "MAP":
        raise c.mistyped()
    return value


def _keys(c: Call, start: int) -> str:
    """SQL of the list of the keys from an argument on: given one by one, or as an ARRAY."""
    if len(c) == start + 1 and c[start].type.name == "ARRAY":
        return f"list_transform(sf_members({c[start].sql}), lambda x: {cast(c.t, Value('x', VARIANT), VARCHAR).sql})"
    return f"[{', '.join(to_text(c.t, c[i]).sql for i in range(start, len(c)))}]"


@function("MAP_SIZE", args=(1, 1))
def _map_size(c: Call) -> Value:
    return count(f"len(json_keys({_map(c).sql}))")


@function("MAP_KEYS", args=(1, 1))
def _map_keys(c: Call) -> Value:
    value = _map(c)
    kind = DataType("ARRAY", parts=value.type.parts[:1])
    return cast(c.t, Value(f"CAST(to_json(json_keys({value.sql})) AS VARCHAR)", ARRAY), kind)


@function("MAP_CONTAINS_KEY", args=(2, 2))
def _map_contains_key(c: Call) -> Value:
    value, key = _map(c, 1), c[0].type
    if "VARCHAR" in (names := {key.name, value.type.parts[0].type.name}) and names > {"VARCHAR"}:
        text = f"Function MAP_CONTAINS_KEY cannot be used with arguments of types {key} and {value.type}"
        raise compilation("001065", text, "22023")
    return Value(f"list_contains(json_keys({value.sql}), {to_text(c.t, c[0]).sql})", BOOLEAN)


@function("MAP_CAT", args=(2, 2))
def _map_cat(c: Call) -> Value:
    return Value(f"sf_map_changed({_map(c).sql}, {_map(c, 1).sql}, FALSE)", c[0].type)


@function("MAP_INSERT", args=(3, 4))
def _map_insert(c: Call) -> Value:
    kind = _map(c).type
    value = to_variant(c.t, cast(c.t, c[2], kind.parts[1].type)).sql
    more = f"sf_map_of([{to_text(c.t, c[1]).sql}, {value}])"
    update = c[3].sql if len(c) > 3 else "FALSE"
    return Value(f"sf_map_changed({c[0].sql}, {more}, NOT {update})", kind)


@function("MAP_DELETE", "MAP_PICK", args=(2, None))
def _map_delete(c: Call) -> Value:
    keep = "TRUE" if c.name == "MAP_PICK" else "FALSE"
    return Value(f"sf_map_chosen({_map(c).sql}, {_keys(c, 1)}, {keep})", c[0].type)


@python("VARCHAR VARCHAR BOOLEAN", "VARCHAR")
def _map_changed(value: str, more: str, strict: bool) -> str:
    """A map with the pairs of another. strict: none of its keys may be there already."""
    old, new = variants.load(value), variants.load(more)
    if strict and (twice := next((key for key in new if key in old), None)) is not None:
        raise EngineError("100107", "22000", f"Key '{twice}' already exists in the map")
    return variants.dump({**old, **new})


@python("VARCHAR VARCHAR[] BOOLEAN", "VARCHAR")
def _map_chosen(value: str, keys: Sequence[str], keep: bool) -> str:
    return variants.dump({k: v for k, v in variants.load(value).items() if (k in keys) == keep})
