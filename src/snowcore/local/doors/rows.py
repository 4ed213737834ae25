"""Results as drivers read them: a description of the columns, and rows in JSON or Arrow."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pyarrow as _untyped_arrow  # pyright: ignore[reportMissingTypeStubs]

from ...engine.protocol import Column, Result
from ...engine.translate.variants import show
from ...engine.types import DataType

_arrow: Any = _untyped_arrow

_TYPE = re.compile(r"(\w+)(?:\((\d+)(?:, ?(\d+))?\))?")
_KINDS = {"NUMBER": "fixed", "VARCHAR": "text", "FLOAT": "real", "MAP": "object"}
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
    elif kind == "binary":
        facts |= {"length": int(size or 8388608), "byteLength": int(size or 8388608)}
    elif kind.startswith("time"):
        facts |= {"precision": 0, "scale": int(size or 9)}
    return facts


# JSON


def json_rows(result: Result, described: list[dict[str, Any]]) -> list[list[str | None]]:
    if result.native is not None:
        texts = [_texts(type_, column) for type_, column in _columns(result)]
        return [list(row) for row in zip(*texts, strict=True)]
    scales: list[int] = [facts["scale"] or 0 for facts in described]
    return [[json_value(value, scale) for value, scale in zip(row, scales, strict=True)] for row in result.rows]


def _columns(result: Result) -> list[tuple[DataType, Sequence[Any]]]:
    """Each column's type, and its values as the engine has them."""
    types: list[DataType] = result.native.types
    fetched: list[tuple[Any, ...]] = result.native.fetched
    columns = list(zip(*fetched, strict=True)) if fetched else [()] * len(types)
    return list(zip(types, columns, strict=True))


def _texts(type_: DataType, values: Sequence[Any]) -> list[str | None]:
    text: Callable[[Any], str | None]
    if type_.is_timestamp:
        text = partial(_moment_text, type_)
    elif type_.name == "TIME":
        text = partial(_decimal, scale=type_.scale)
    elif type_.is_semistructured:
        text = show
    else:
        text = partial(json_value, scale=type_.scale)
    return [None if value is None else text(value) for value in values]


def _moment_text(type_: DataType, packed: int) -> str:
    seconds, nanoseconds, offset = _moment_parts(type_, packed)
    text = _decimal(seconds * 1_000_000_000 + nanoseconds, type_.scale)
    return text if offset is None else f"{text} {offset}"


def _moment_parts(type_: DataType, packed: int) -> tuple[int, int, int | None]:
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
    if isinstance(value, (list, dict)):
        return json.dumps(value, default=str)
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _decimal(nanoseconds: int, scale: int) -> str:
    whole, fraction = divmod(abs(nanoseconds), 1_000_000_000)
    text = f"{'-' if nanoseconds < 0 else ''}{whole}"
    return f"{text}.{fraction:09d}"[: scale - 9 or None] if scale else text


# Arrow


def arrow_rows(result: Result, described: list[dict[str, Any]]) -> str:
    """The rows as an Arrow stream in base64; empty if there are none, as drivers expect."""
    if not len(result.rows):
        return ""
    columns = [_arrow_column(type_, values) for type_, values in _columns(result)]
    fields = [_field(column, facts) for column, facts in zip(columns, described, strict=True)]
    sink: Any = _arrow.BufferOutputStream()
    schema = _arrow.schema(fields)
    with _arrow.ipc.new_stream(sink, schema) as stream:
        stream.write_table(_arrow.Table.from_arrays(columns, schema=schema))
    return b64encode(sink.getvalue()).decode()


def _field(column: Any, facts: dict[str, Any]) -> Any:
    told = {
        "logicalType": facts["type"].upper(),
        "precision": str(facts["precision"] or 38),
        "scale": str(facts["scale"] or 0),
        "charLength": str(facts["length"] or 0),
    }
    return _arrow.field(facts["name"], column.type, nullable=True, metadata=told)


_WIDEST = 2**63
_PLAIN = {
    "FLOAT": _arrow.float64(),
    "BOOLEAN": _arrow.bool_(),
    "DATE": _arrow.date32(),
    "BINARY": _arrow.binary(),
}


def _arrow_column(type_: DataType, values: Sequence[Any]) -> Any:
    if type_.is_timestamp:
        return _moments(type_, values)
    if type_.name == "NUMBER":
        if type_.scale == 0 and all(value is None or -_WIDEST <= value < _WIDEST for value in values):
            return _arrow.array([None if value is None else int(value) for value in values], _arrow.int64())
        return _arrow.array(values, _arrow.decimal128(38, type_.scale))
    if type_.name == "TIME":
        unit = 10 ** (9 - type_.scale)
        return _arrow.array([None if value is None else value // unit for value in values], _arrow.int64())
    if type_.is_semistructured:
        values = [None if value is None else show(value) for value in values]
    return _arrow.array(values, _PLAIN.get(type_.name, _arrow.string()))


def _moments(type_: DataType, values: Sequence[Any]) -> Any:
    """Seconds and nanoseconds, with a mask for what is NULL: without it that would be 1970."""
    parts = [_moment_parts(type_, value or 0) for value in values]
    arrays = {
        "epoch": _arrow.array([seconds for seconds, _, _ in parts], _arrow.int64()),
        "fraction": _arrow.array([nanoseconds for _, nanoseconds, _ in parts], _arrow.int32()),
    }
    if type_.name == "TIMESTAMP_TZ":
        arrays["timezone"] = _arrow.array([offset for _, _, offset in parts], _arrow.int32())
    fields = [_arrow.field(name, part.type, nullable=False) for name, part in arrays.items()]
    mask = _arrow.array([value is None for value in values], _arrow.bool_())
    return _arrow.StructArray.from_arrays(list(arrays.values()), fields=fields, mask=mask)
