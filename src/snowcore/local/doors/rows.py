"""Results as drivers read them: a description of the columns, and rows in JSON (those in Arrow: `arrow.py`)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from ...engine.late import late
from ...engine.protocol import Column, Result
from ...engine.types import DataType, parse

if TYPE_CHECKING:
    from ...engine.translate import variants
else:
    late(globals(), "...engine.translate.variants")

_TYPE = re.compile(r"(\w+)(?:\((\d+)(?:, ?(\d+))?\))?")
_KINDS = {
    "NUMBER": "fixed",
    "VARCHAR": "text",
    "FLOAT": "real",
    "MAP": "object",
    **dict.fromkeys(("GEOGRAPHY", "GEOMETRY"), "object"),
}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def row_type(columns: list[Column]) -> list[dict[str, Any]]:
    return [_described(column) for column in columns]


def _described(column: Column) -> dict[str, Any]:
    found = _TYPE.fullmatch(column.type)
    base, size, scale = (found[1], found[2], found[3]) if found else (column.type.partition("(")[0], None, None)
    kind = _KINDS.get(base, base.lower())
    facts: dict[str, Any] = {"name": column.name, "database": "", "schema": "", "table": "", "collation": None}
    facts |= {"nullable": column.nullable, "type": kind, "byteLength": None, "length": None, "scale": None}
    facts["precision"] = None
    if kind == "fixed":
        facts |= {"precision": int(size or 38), "scale": int(scale or 0)}
    elif kind == "text":
        facts |= {"length": int(size or 16777216), "byteLength": min(int(size or 16777216) * 4, 16777216)}
    elif kind == "vector":
        facts |= _elements(parse(column.type))
    elif kind == "binary":
        facts |= {"length": int(size or 8388608), "byteLength": int(size or 8388608)}
    elif kind.startswith("time"):
        facts |= {"precision": 0, "scale": int(size or 9)}
    return facts


def _elements(vector: DataType) -> dict[str, Any]:
    """What drivers are told of a VECTOR: how long it is, and of what."""
    whole = vector.of == "INT"
    element = {"type": "fixed" if whole else "real", "nullable": True, "length": None, "byteLength": None}
    element |= {"precision": 38 if whole else None, "scale": 0 if whole else None}
    return {"vectorDimension": vector.precision, "fields": [element]}


def json_rows(result: Result, described: list[dict[str, Any]]) -> list[list[str | None]]:
    if result.native is not None:
        texts = [_texts(type_, column) for type_, column in typed_columns(result)]
        return [list(row) for row in zip(*texts, strict=True)]
    scales: list[int] = [facts["scale"] or 0 for facts in described]
    return [[json_value(value, scale) for value, scale in zip(row, scales, strict=True)] for row in result.rows]


def typed_columns(result: Result) -> list[tuple[DataType, Sequence[Any]]]:
    """Each column's type, and its values as the engine has them; JSON as the session shows it."""
    types: list[DataType] = result.native.types
    fetched: list[tuple[Any, ...]] = result.native.fetched
    columns = list(zip(*fetched, strict=True)) if fetched else [()] * len(types)
    show_one = partial(variants.show, indent=result.native.indent)
    return [
        (type_, [None if value is None else show_one(value) for value in column] if type_.is_semistructured else column)
        for type_, column in zip(types, columns, strict=True)
    ]


def _texts(type_: DataType, values: Sequence[Any]) -> list[str | None]:
    text: Callable[[Any], str | None]
    if type_.is_timestamp:
        text = partial(_moment_text, type_)
    elif type_.name == "TIME":
        text = partial(_decimal, scale=type_.scale)
    else:
        text = partial(json_value, scale=type_.scale)
    return [None if value is None else text(value) for value in values]


def _moment_text(type_: DataType, packed: int) -> str:
    seconds, nanoseconds, offset = moment_parts(type_, packed)
    text = _decimal(seconds * 1_000_000_000 + nanoseconds, type_.scale)
    return text if offset is None else f"{text} {offset}"


def moment_parts(type_: DataType, packed: int) -> tuple[int, int, int | None]:
    """Seconds since 1970, nanoseconds, and the offset as drivers have it: minutes, counted from -24 hours."""
    offset = None
    if type_.name == "TIMESTAMP_TZ":
        packed, offset = packed >> 12, (packed & 4095) - 2048 + 1440
    seconds, micros = divmod(packed >> 10, 1_000_000)
    return seconds, micros * 1000 + (packed & 1023), offset


def json_value(value: Any, scale: int) -> str | None:
    """Every value is a text; moments count from 1970, with as many decimals as their type says."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, datetime):
        aware = value if value.tzinfo else value.replace(tzinfo=UTC)
        return _decimal((aware - _EPOCH) // timedelta(microseconds=1) * 1000, scale)
    if isinstance(value, date):
        return str((value - _EPOCH.date()).days)
    if isinstance(value, time):
        seconds = value.hour * 3600 + value.minute * 60 + value.second
        return _decimal((seconds * 1_000_000 + value.microsecond) * 1000, scale)
    if isinstance(value, (bytes, bytearray)):
        return value.hex().upper()
    if isinstance(value, (list, dict, tuple)):
        return json.dumps(value, default=str)
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _decimal(nanoseconds: int, scale: int) -> str:
    whole, fraction = divmod(abs(nanoseconds), 1_000_000_000)
    text = f"{'-' if nanoseconds < 0 else ''}{whole}"
    return f"{text}.{fraction:09d}"[: scale - 9 or None] if scale else text
