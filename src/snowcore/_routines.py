"""What functions and procedures have in common: argument types are part of their names, and calls give values."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Protocol, cast

from ._handles import SchemaObject
from .exceptions import InvalidResultError

_INTEGERS = ("INT", "INTEGER", "BIGINT", "SMALLINT", "TINYINT", "BYTEINT")
_EXACT = ("NUMBER", "DECIMAL", "DEC", "NUMERIC", "FIXED", *_INTEGERS)
_APPROXIMATE = ("FLOAT", "FLOAT4", "FLOAT8", "DOUBLE", "DOUBLE PRECISION", "REAL")
_DOCUMENTS = ("VARIANT", "OBJECT", "ARRAY", "GEOGRAPHY", "GEOMETRY")
_YES, _NO = ("true", "t", "yes", "y", "on", "1"), ("false", "f", "no", "n", "off", "0")
_WITH_TYPES = re.compile(r'("(?:[^"]|"")*"|[^"(]*)(\(.*\))', re.DOTALL)


class _Typed(Protocol):
    @property
    def datatype(self) -> str | None: ...


def append_types(name: str, arguments: Iterable[_Typed]) -> str:
    """The name that tells a routine from others of its name, such as `area(NUMBER,NUMBER)`."""
    return f"{name}({','.join(argument.datatype or '' for argument in arguments)})"


def find_types(name: str) -> str:
    """The types in a name, with their parentheses; empty if it has none."""
    found = _WITH_TYPES.fullmatch(name)
    return found[2] if found else ""


def take_only_value(row: Any) -> Any:
    """The value of a row that has one column. InvalidResultError for anything else."""
    columns = cast("dict[str, Any]", row) if isinstance(row, dict) else {}
    if len(columns) != 1:
        raise InvalidResultError(f"expected a row of one value, not {row!r}")
    return next(iter(columns.values()))


def convert_value(value: Any, datatype: str | None) -> Any:
    """What the server sent for a value of this SQL type, as Python has it.

    Numbers become int, Decimal or float, truth values bool; VARIANT, OBJECT, ARRAY, GEOGRAPHY and GEOMETRY what their
    JSON says. Values of other types stay as they came, and so does what is not of the declared type.
    """
    kind = (datatype or "").partition("(")[0].strip().upper()
    if kind == "BOOLEAN":
        word = str(value).lower()
        return True if word in _YES else False if word in _NO else value
    try:
        if kind in _APPROXIMATE and isinstance(value, (int, str)):
            return float(value)
        if kind in _EXACT and isinstance(value, str):
            return int(value) if re.fullmatch(r"\s*[+-]?\d+\s*", value) else Decimal(value)
        if kind == "DECFLOAT" and isinstance(value, (int, float, str)):
            return Decimal(str(value))
        if kind in _DOCUMENTS and isinstance(value, str):
            return json.loads(value)
    except (ArithmeticError, ValueError):
        pass  # not what was declared, and not ours to refuse
    return value


def convert_row(row: Any, types: Mapping[str, str | None]) -> Any:
    """A row of a table, its values by the types of its columns, whose names count in any case."""
    if not isinstance(row, dict):
        return row
    return {name: convert_value(value, types.get(name.upper())) for name, value in cast("dict[str, Any]", row).items()}


class Routine(SchemaObject):
    """For handles of functions and procedures."""

    def __init__(
        self,
        name: str | None = None,
        collection: Any = None,
        *,
        name_with_args: str | None = None,
        collection_class: Any = None,
    ) -> None:
        """name, name_with_args: as SQL spells it, with the types of the arguments: `add(NUMBER, NUMBER)`.

        collection, collection_class: what it is in, such as `schema.functions`.
        """
        super().__init__(name or name_with_args or "", collection, collection_class=collection_class)

    @property
    def name_with_args(self) -> str:
        """The name, with the types of the arguments."""
        return self.name
