"""Rows of a result in Arrow, as drivers ask for them."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any

import nanoarrow.ipc as _untyped_ipc  # pyright: ignore[reportMissingTypeStubs]

from ...engine.arrow import (
    arrow,
    make_column,
    make_dates,
    make_decimals,
    make_field,
    make_rows,
    make_struct,
    make_vectors,
)
from ...engine.protocol import Result
from ...engine.types import DataType
from .rows import moment_parts, typed_columns

_ipc: Any = _untyped_ipc


def arrow_rows(result: Result, described: list[dict[str, Any]]) -> str:
    """The rows as an Arrow stream in base64; empty if there are none, as drivers expect."""
    if not len(result.rows):
        return ""
    columns = [_arrow_column(type_, values) for type_, values in typed_columns(result)]
    fields = [_field(column, facts) for column, facts in zip(columns, described, strict=True)]
    stream = BytesIO()
    with _ipc.StreamWriter.from_writable(stream) as writer:
        writer.write_array(make_rows(columns, fields))
    return b64encode(stream.getvalue()).decode()


def _field(column: Any, facts: dict[str, Any]) -> Any:
    return make_field(
        column,
        facts["name"],
        logicalType=facts["type"].upper(),
        precision=str(facts["precision"] or 38),
        scale=str(facts["scale"] or 0),
        charLength=str(facts["length"] or 0),
        **({"byteLength": "8"} if facts["type"] == "timestamp_tz" and facts["scale"] <= _SHORT else {}),
    )


_SHORT = 3
"""Up to how many digits of a second a moment with an offset is one number of its last digit."""


_WIDEST = 2**63


def _arrow_column(type_: DataType, values: Sequence[Any]) -> Any:
    if type_.is_timestamp:
        return _moments(type_, values)
    if type_.name == "NUMBER":
        if type_.scale == 0 and all(value is None or -_WIDEST <= value < _WIDEST for value in values):
            return make_column([None if value is None else int(value) for value in values], arrow.int64())
        return make_decimals(values, 38, type_.scale)
    if type_.name == "TIME":
        unit = 10 ** (9 - type_.scale)
        return make_column([None if value is None else value // unit for value in values], arrow.int64())
    if type_.name == "DATE":
        return make_dates(values)
    if type_.name == "VECTOR":
        return make_vectors(values, type_)
    if type_.name == "DECFLOAT":
        return _decfloats(values)
    plain = {"FLOAT": arrow.float64, "BOOLEAN": arrow.bool_, "BINARY": arrow.binary}
    return make_column(values, plain.get(type_.name, arrow.string)())


def _decfloats(values: Sequence[Any]) -> Any:
    """Whole numbers, big-endian, with the power of ten that they are multiplied by."""
    numbers = [Decimal(value or 0).as_tuple() for value in values]
    wholes = [int(Decimal((one.sign, one.digits, 0))).to_bytes(16, "big", signed=True) for one in numbers]
    powers = make_column([int(one.exponent) for one in numbers], arrow.int16())
    return make_struct({"exponent": powers, "significand": make_column(wholes, arrow.binary())}, values)


def _moments(type_: DataType, values: Sequence[Any]) -> Any:
    """Seconds and nanoseconds, with a mask for what is NULL: without it that would be 1970. Without an offset and more
    than six digits of a second, moments are whole numbers of their last digit."""
    if type_.name != "TIMESTAMP_TZ" and type_.scale <= 6:
        unit = 10 ** (6 - type_.scale)
        return make_column([None if value is None else (value >> 10) // unit for value in values], arrow.int64())
    moments = [moment_parts(type_, value or 0) for value in values]
    if type_.name == "TIMESTAMP_TZ" and type_.scale <= _SHORT:
        last = 10**type_.scale
        whole = [seconds * last + nanoseconds * last // 10**9 for seconds, nanoseconds, _ in moments]
        offsets = make_column([offset for _, _, offset in moments], arrow.int32())
        return make_struct({"epoch": make_column(whole, arrow.int64()), "timezone": offsets}, values)
    parts = {
        "epoch": make_column([seconds for seconds, _, _ in moments], arrow.int64()),
        "fraction": make_column([nanoseconds for _, nanoseconds, _ in moments], arrow.int32()),
    }
    if type_.name == "TIMESTAMP_TZ":
        parts["timezone"] = make_column([offset for _, _, offset in moments], arrow.int32())
    return make_struct(parts, values)
