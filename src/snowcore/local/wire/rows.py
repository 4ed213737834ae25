"""Results as drivers read them: a description of the columns, and rows in JSON or Arrow."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pyarrow as _untyped_arrow  # pyright: ignore[reportMissingTypeStubs]
import pyarrow.compute as _untyped_compute  # pyright: ignore[reportMissingTypeStubs]

from ..engine import Column, Result

_arrow: Any = _untyped_arrow
_compute: Any = _untyped_compute

_TYPE = re.compile(r"(\w+)(?:\((\d+)(?:, ?(\d+))?\))?")
_KINDS = {"NUMBER": "fixed", "VARCHAR": "text", "FLOAT": "real"}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def row_type(columns: list[Column]) -> list[dict[str, Any]]:
    return [_described(column) for column in columns]


def _described(column: Column) -> dict[str, Any]:
    found = _TYPE.fullmatch(column.type)
    base, size, scale = (found[1], found[2], found[3]) if found else (column.type, None, None)
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
    scales: list[int] = [facts["scale"] or 0 for facts in described]
    return [[json_value(value, scale) for value, scale in zip(row, scales, strict=True)] for row in result.rows]


def json_value(value: Any, scale: int) -> str | None:
    """Every value is a text; moments count from 1970, with as many decimals as their type says."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, datetime):
        aware = value if value.tzinfo else value.replace(tzinfo=UTC)
        return _decimal((aware - _EPOCH) // timedelta(microseconds=1), scale)
    if isinstance(value, date):
        return str((value - _EPOCH.date()).days)
    if isinstance(value, time):
        seconds = value.hour * 3600 + value.minute * 60 + value.second
        return _decimal(seconds * 1_000_000 + value.microsecond, scale)
    if isinstance(value, (bytes, bytearray)):
        return value.hex().upper()
    if isinstance(value, (list, dict)):
        return json.dumps(value, default=str)
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _decimal(micros: int, scale: int) -> str:
    whole, fraction = divmod(micros, 1_000_000)
    return f"{whole}.{fraction:06d}000"[: scale - 9 or None] if scale else str(whole)


# Arrow


def arrow_rows(result: Result, described: list[dict[str, Any]]) -> str:
    """The rows as an Arrow stream in base64; empty if there are none, as drivers expect."""
    table: Any = result.native
    if not table.num_rows:
        return ""
    columns = [_column(table.column(at)) for at in range(table.num_columns)]
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


def _column(column: Any) -> Any:
    kinds: Any = _arrow.types
    type_ = column.type
    if kinds.is_timestamp(type_):
        return _moments(column.combine_chunks())
    if kinds.is_time(type_):
        return _compute.multiply(column.cast(_arrow.time64("us")).cast(_arrow.int64()), 1000)
    if kinds.is_integer(type_):
        return column.cast(_arrow.int64())
    if kinds.is_floating(type_):
        return column.cast(_arrow.float64())
    if kinds.is_null(type_):
        return column.cast(_arrow.string())
    if kinds.is_nested(type_):
        texts = [None if value is None else json.dumps(value, default=str) for value in column.to_pylist()]
        return _arrow.array(texts, _arrow.string())
    return column


def _moments(moments: Any) -> Any:
    """Seconds and nanoseconds, with a mask for what is NULL: without it that would be 1970."""
    zoned = moments.type.tz is not None
    nanos = moments.cast(_arrow.timestamp("us", moments.type.tz)).cast(_arrow.int64())
    present = _compute.fill_null(nanos, 0)
    seconds = _compute.floor(_compute.divide(present.cast(_arrow.float64()), 1_000_000)).cast(_arrow.int64())
    fraction = _compute.subtract(present, _compute.multiply(seconds, 1_000_000))
    parts = {"epoch": seconds, "fraction": _compute.multiply(fraction, 1000).cast(_arrow.int32())}
    if zoned:
        parts["timezone"] = _arrow.array([1440] * len(moments), _arrow.int32())  # minutes, counted from -24 hours
    fields = [_arrow.field(name, part.type, nullable=False) for name, part in parts.items()]
    return _arrow.StructArray.from_arrays(list(parts.values()), fields=fields, mask=moments.is_null())
