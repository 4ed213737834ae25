"""FILTER, TRANSFORM and REDUCE: what is done with each member of an array."""

from __future__ import annotations

from sqlglot import exp

from ..errors import compilation, unsupported
from ..types import ARRAY, FLOAT, INTEGER, VARIANT, DataType, Part
from . import variants
from .casts import as_boolean, cast, common_type, raising, roomy, to_variant
from .core import Call, Column, Scope, Source, Value, function, quote
from .runtime import python
from .semistructured import array


@python("VARCHAR", "VARCHAR[]")
def _members(value: str) -> list[str] | None:
    found = variants.load(value)
    return [variants.dump(v) for v in found] if variants.is_array(found) else None


def _apply(c: Call, index: int, *kinds: DataType) -> tuple[str, Value]:
    """The parameters of an argument that is a lambda, and its body, in DuckDB's SQL.

    kinds: the types of the parameters, whose values are given as VARIANTs.
    """
    count = len(kinds)
    node = c.nodes[index]
    if not isinstance(node, exp.Lambda) or len(node.expressions) != count:
        raise compilation(
            "001044",
            f"Argument {index + 1} of {c.name} must be a lambda expression with {count} parameter(s).",
            "42P13",
        )
    physical = [c.t.fresh("x") for _ in range(count)]
    missing = quote(variants.dump(variants.UNDEFINED))
    given = [
        cast(c.t, Value(f"nullif({name}, {missing})", VARIANT), kind)
        for name, kind in zip(physical, kinds, strict=True)
    ]
    columns = [Column(c.t.canonical(p), value) for p, value in zip(node.expressions, given, strict=True)]
    with c.t.inside(Scope(parent=c.t.scope, sources=[Source("", columns)])):
        return ", ".join(physical), c.t.value(node.this)


def _member(c: Call) -> DataType:
    return c[0].type.parts[0].type if c[0].type.parts else VARIANT


def _joined(c: Call, members: str, kind: DataType | None = None) -> Value:
    """An ARRAY of a list of variants, which is structured if the one before it was. `members`: SQL."""
    made = Value(f"('[' || array_to_string({members}, ',') || ']')", ARRAY)
    if not c[0].type.parts:
        return made
    return cast(c.t, made, c[0].type if kind is None else DataType("ARRAY", parts=(Part("", roomy(kind)),)))


@function("FILTER", args=(2, 2))
def _filter(c: Call) -> Value:
    names, body = _apply(c, 1, _member(c))
    return _joined(c, f"list_filter(sf_members({array(c, 0)}), lambda {names}: {as_boolean(c.t, body)})")


@function("TRANSFORM", args=(2, 2))
def _transform(c: Call) -> Value:
    names, body = _apply(c, 1, _member(c))
    missing = quote(variants.dump(variants.UNDEFINED))
    each = f"lambda {names}: coalesce({to_variant(c.t, body).sql}, {missing})"
    return _joined(c, f"list_transform(sf_members({array(c, 0)}), {each})", body.type)


@function("REDUCE", args=(3, 3))
def _reduce(c: Call) -> Value:
    """The accumulator has one type: that of the first value and of the body together.

    The sum of a whole number and of members of an array is a FLOAT here, and a whole number in Snowflake.
    """
    first = roomy(c[1].type)
    names, body = _apply(c, 2, first, _member(c))
    if (kind := roomy(common_type([first, body.type]))) != first:
        names, body = _apply(c, 2, kind, _member(c))
    start, step = (to_variant(c.t, cast(c.t, v, kind)).sql for v in (c[1], body))
    made = cast(c.t, Value(f"list_reduce(sf_members({array(c, 0)}), lambda {names}: {step}, {start})", VARIANT), kind)
    if kind == FLOAT and first == INTEGER:
        no = raising(unsupported("REDUCE of numbers that aren't whole to a whole first value"), INTEGER).sql
        whole = f"CASE WHEN x <> floor(x) THEN {no} ELSE CAST(x AS {INTEGER.physical}) END"
        return Value(f"list_transform([{made.sql}], lambda x: {whole})[1]", INTEGER)
    return made
