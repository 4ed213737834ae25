"""VECTOR, which DuckDB holds as an array of 32-bit numbers of fixed length: products, distances, sums by element."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from ..errors import EngineError, compilation, mistyped, unsupported
from ..types import FLOAT, DataType, vector
from . import variants
from .casts import constant_integer
from .core import Call, Value, function, quote
from .runtime import python

_MEASURES = {
    "VECTOR_INNER_PRODUCT": "array_inner_product({0}, {1})",
    "VECTOR_COSINE_SIMILARITY": "array_cosine_similarity({0}, {1})",
    "VECTOR_L2_DISTANCE": "array_distance({0}, {1})",
    "VECTOR_L1_DISTANCE": "list_sum([abs(p[1] - p[2]) FOR p IN list_zip({0}, {1})])",
}
_BY_ELEMENT = {"VECTOR_SUM": "sum", "VECTOR_AVG": "mean", "VECTOR_MIN": "min", "VECTOR_MAX": "max"}
"""What numpy calls the functions of many vectors."""


def _given(c: Call) -> DataType:
    """The type of the arguments, which are vectors of one kind."""
    kinds = [value.type for value in c.values]
    if len(set(kinds)) > 1 or kinds[0].name != "VECTOR":
        raise mistyped(c.name, kinds)
    return kinds[0]


@function(*_MEASURES, args=(2, 2))
def _measured(c: Call) -> Value:
    kind = _given(c)
    if kind.of == "FLOAT":  # a result has as many digits as the elements
        measured = _MEASURES[c.name].format(c[0].sql, c[1].sql)
        return Value(f"CAST(CAST(CAST({measured} AS FLOAT) AS VARCHAR) AS DOUBLE)", FLOAT)
    wide = [f"CAST({value.sql} AS DOUBLE[{kind.precision}])" for value in c.values]
    return Value(_MEASURES[c.name].format(*wide), FLOAT)


@function("VECTOR_NORMALIZE", args=(1, 1))
def _normalized(c: Call) -> Value:
    kind = vector("FLOAT", _given(c).precision)
    return Value(f"CAST(sf_normalized_elements({c[0].sql}) AS {kind.physical})", kind)


@function("VECTOR_TRUNCATE", args=(2, 2))
def _truncated(c: Call) -> Value:
    old, length = _given(Call(c.t, c.name, c.nodes[:1])), constant_integer(c, 1, 0)
    if not 1 <= length <= old.precision:
        raise compilation("001044", f"A {old} can't be truncated to {length} elements.", "42P13")
    kind = vector(old.of, length)
    return Value(f"CAST(array_slice({c[0].sql}, 1, {length}) AS {kind.physical})", kind)


@function(*_BY_ELEMENT, args=(1, 1), aggregate=True)
def _by_element(c: Call) -> Value:
    old = _given(c)
    kind = vector("FLOAT", old.precision) if c.name == "VECTOR_AVG" else old
    every = f"list({'DISTINCT ' if c.distinct else ''}{c[0].sql}) FILTER (WHERE {c[0].sql} IS NOT NULL){c.window()}"
    return Value(f"CAST(sf_elements_together({every}, {quote(_BY_ELEMENT[c.name])}) AS {kind.physical})", kind)


@python("DOUBLE[]", "DOUBLE[]")
def _normalized_elements(value: Sequence[float]) -> list[float]:
    length = sum(x * x for x in value) ** 0.5
    if not length:
        raise unsupported("VECTOR_NORMALIZE of a vector of zeros")
    return [x / length for x in value]


@python("DOUBLE[][] VARCHAR", "DOUBLE[]")
def _elements_together(values: Sequence[Sequence[float]], how: str) -> list[float]:
    import numpy

    return list(getattr(numpy, how)(numpy.array(values, "float64"), axis=0))


@python("VARCHAR VARCHAR BIGINT", "DOUBLE[]")
def _as_vector(value: str, of: str, length: int) -> list[float] | None:
    """The elements of an ARRAY, which are as many as a vector has, and numbers that it holds."""
    found = variants.load(value)
    if found is None:
        return None
    if not variants.is_array(found):
        raise variants.failed_cast(found, f"VECTOR({of}, {length})")
    if len(found) != length:
        text = "Array-like value being cast to a vector has incorrect dimension"
        raise EngineError("100354", "22000", f"{text} ({len(found)}, expected {length})")
    for one in found:
        number = isinstance(one, (int, float, Decimal)) and not isinstance(one, bool)
        if not number or (of == "INT" and not (one == int(one) and -(2**31) <= one < 2**31)):
            raise variants.failed_cast(one, of)
    return [float(one) for one in found]
