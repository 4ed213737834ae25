"""Rows of a result in Arrow. Only who asks for Arrow imports this module: pyarrow takes longer to import than the rest
of the account together.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from typing import Any

import pyarrow as _untyped_arrow  # pyright: ignore[reportMissingTypeStubs]

from ...engine.protocol import Result
from ...engine.translate.variants import show
from ...engine.types import DataType
from .rows import moment_parts, typed_columns

_arrow: Any = _untyped_arrow


def arrow_rows(result: Result, described: list[dict[str, Any]]) -> str:
    """The rows as an Arrow stream in base64; empty if there are none, as drivers expect."""
    if not len(result.rows):
        return ""
    columns = [_arrow_column(type_, values) for type_, values in typed_columns(result)]
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
    parts = [moment_parts(type_, value or 0) for value in values]
    arrays = {
        "epoch": _arrow.array([seconds for seconds, _, _ in parts], _arrow.int64()),
        "fraction": _arrow.array([nanoseconds for _, nanoseconds, _ in parts], _arrow.int32()),
    }
    if type_.name == "TIMESTAMP_TZ":
        arrays["timezone"] = _arrow.array([offset for _, _, offset in parts], _arrow.int32())
    fields = [_arrow.field(name, part.type, nullable=False) for name, part in arrays.items()]
    mask = _arrow.array([value is None for value in values], _arrow.bool_())
    return _arrow.StructArray.from_arrays(list(arrays.values()), fields=fields, mask=mask)
