"""FILTER, TRANSFORM and REDUCE: what is done with each member of an array."""

from __future__ import annotations

from typing import Any, cast

from sqlglot import exp

from ..errors import compilation
from ..types import ARRAY, VARIANT
from . import variants
from .casts import as_boolean, to_variant
from .core import Call, Column, Scope, Source, Value, function, quote
from .runtime import python
from .semistructured import array


@python("VARCHAR", "VARCHAR[]")
def _members(value: str) -> list[str] | None:
    found = variants.load(value)
    return [variants.dump(v) for v in cast("list[Any]", found)] if isinstance(found, list) else None


def _apply(c: Call, index: int, count: int) -> tuple[str, Value]:
    """The parameters of an argument that is a lambda, and its body, in DuckDB's SQL. A parameter is a VARIANT."""
    node = c.nodes[index]
    if not isinstance(node, exp.Lambda) or len(node.expressions) != count:
        raise compilation(
            "001044",
            f"Argument {index + 1} of {c.name} must be a lambda expression with {count} parameter(s).",
            "42P13",
        )
    physical = [c.t.fresh("x") for _ in range(count)]
    columns = [
        Column(c.t.canonical(p), Value(name, VARIANT)) for p, name in zip(node.expressions, physical, strict=True)
    ]
    with c.t.inside(Scope(parent=c.t.scope, sources=[Source("", columns)])):
        return ", ".join(physical), c.t.value(node.this)


def _joined(members: str) -> Value:
    """An ARRAY of a list of variants. `members`: SQL."""
    return Value(f"('[' || array_to_string({members}, ',') || ']')", ARRAY)


@function("FILTER", args=(2, 2))
def _filter(c: Call) -> Value:
    names, body = _apply(c, 1, 1)
    return _joined(f"list_filter(sf_members({array(c, 0)}), lambda {names}: {as_boolean(c.t, body)})")


@function("TRANSFORM", args=(2, 2))
def _transform(c: Call) -> Value:
    names, body = _apply(c, 1, 1)
    missing = quote(variants.dump(variants.UNDEFINED))
    return _joined(
        f"list_transform(sf_members({array(c, 0)}), lambda {names}: coalesce({to_variant(c.t, body).sql}, {missing}))"
    )


@function("REDUCE", args=(3, 3))
def _reduce(c: Call) -> Value:
    names, body = _apply(c, 2, 2)
    start = to_variant(c.t, c[1]).sql
    return Value(
        f"list_reduce(sf_members({array(c, 0)}), lambda {names}: {to_variant(c.t, body).sql}, {start})", VARIANT
    )
