"""Types of arguments that functions refuse when a statement is compiled, before any row is looked at."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from ..errors import EngineError, compilation
from ..types import SHAPES

if TYPE_CHECKING:
    from .core import Call, Value

_MOMENTS = ("DATE", "TIME", "TIMESTAMP_NTZ", "TIMESTAMP_LTZ", "TIMESTAMP_TZ")
_NUMBERS = ("NUMBER", "FLOAT", "DECFLOAT")
_NESTED = ("OBJECT", "ARRAY", "MAP")
_PLAIN = ("VARCHAR", "BINARY", *_MOMENTS, *SHAPES)
"""What is not put into a VARIANT without a cast; numbers and BOOLEAN are."""

_REFUSED: list[tuple[str, tuple[int, ...], Collection[str]]] = [
    ("TYPEOF GET GET_PATH GET_IGNORE_CASE TO_JSON TO_XML XMLGET ARRAY_POSITION ARRAY_CONTAINS", (0,), _PLAIN),
    ("ARRAY_REMOVE ARRAYS_OVERLAP", (1,), _PLAIN),
    ("OBJECT_KEYS", (0,), (*_PLAIN, *_NUMBERS, "BOOLEAN", "ARRAY")),
    ("IFF", (0,), ("VARCHAR", "BINARY", *_NUMBERS, *_MOMENTS, *_NESTED)),
    ("SUM AVG", (0,), ("BOOLEAN", "BINARY", *_MOMENTS, *_NESTED, *SHAPES)),
]
_REFUSALS: dict[str, tuple[tuple[int, ...], Collection[str]]] = {
    name: (places, kinds) for names, places, kinds in _REFUSED for name in names.split()
}

_UNORDERED = dict.fromkeys(("MIN", "MAX", "MODE"), (*_NESTED, *SHAPES))
"""Aggregates and what they can't put into an order; they take a VARIANT, whatever is in it."""


def check_arguments(call: Call) -> None:
    """EngineError 001044 or 002016 if an argument is of a type that the function doesn't take."""
    places, kinds = _REFUSALS.get(call.name, ((), ()))
    if any(call[i].type.name in kinds and not _structured(call) for i in places if i < len(call)):
        raise call.mistyped("SUM" if call.name == "AVG" and call.over is None and not call.distinct else "")
    if len(call) == 1 and call.name in _UNORDERED and call[0].type.name in _UNORDERED[call.name]:
        raise unsuitable(call.name, call[0])


def _structured(call: Call) -> bool:
    """Whether an argument is a structured ARRAY or MAP, whose elements are of a type of their own."""
    return any(value.type.parts for value in call.values)


def unsuitable(name: str, value: Value) -> EngineError:
    """For a value of a type that a function has no use for."""
    return compilation("002016", f"Function {name} does not support {value.type} argument type", "22000")


def check_moment(name: str, value: Value) -> None:
    """EngineError 002016 if what a date's part is asked of is neither a date nor a time. name: the function's."""
    if value.type.name not in (*_MOMENTS, "NULL", "VARIANT"):
        raise unsuitable(name, value)
