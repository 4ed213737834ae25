"""What functions and procedures have in common: argument types are part of their names, and calls give values."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Protocol, cast

from .exceptions import InvalidResultError

_INTEGERS = ("INT", "INTEGER", "BIGINT", "SMALLINT", "TINYINT", "BYTEINT")
_EXACT = ("NUMBER", "DECIMAL", "DEC", "NUMERIC", "FIXED", *_INTEGERS)
_APPROXIMATE = ("FLOAT", "FLOAT4", "FLOAT8", "DOUBLE", "DOUBLE PRECISION", "REAL")
_TRUTH = {"true": True, "1": True, "false": False, "0": False}
_WITH_TYPES = re.compile(r'("(?:[^"]|"")*"|[^"(]*)(\(.*\))', re.DOTALL)


class _Typed(Protocol):
    @property
    def datatype(self) -> str | None: ...


def with_types(name: str, arguments: Iterable[_Typed]) -> str:
    """The name that tells a routine from others of its name, such as `area(NUMBER,NUMBER)`."""
    return f"{name}({','.join(argument.datatype or '' for argument in arguments)})"


def types_in(name: str) -> str:
    """The types in a name, with their parentheses; empty if it has none."""
    found = _WITH_TYPES.fullmatch(name)
    return found[2] if found else ""


def only(row: Any) -> Any:
    """The value of a row that has one column. InvalidResultError for anything else."""
    columns = cast("dict[str, Any]", row) if isinstance(row, dict) else {}
    if len(columns) != 1:
        raise InvalidResultError(f"expected a row of one value, not {row!r}")
    return next(iter(columns.values()))


def value_of(value: Any, datatype: str | None) -> Any:
    """What the server sent for a value of this SQL type, as Python has it.

    Numbers become int, Decimal or float, truth values bool. Values of other types stay as they came.
    """
    kind = (datatype or "").partition("(")[0].strip().upper()
    if kind == "BOOLEAN":
        return _TRUTH.get(str(value).lower(), value)
    try:
        if kind in _APPROXIMATE and isinstance(value, (int, str)):
            return float(value)
        if kind in _EXACT and isinstance(value, str):
            return int(value) if re.fullmatch(r"\s*[+-]?\d+\s*", value) else Decimal(value)
    except (ArithmeticError, ValueError):
        pass  # not what was declared, and not ours to refuse
    return value
