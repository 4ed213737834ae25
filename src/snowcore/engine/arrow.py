"""Columns of Arrow made of Python's values, by nanoarrow: what it can't make of them is made here of bytes.

Only what needs such columns imports this module, when the first rows come.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import nanoarrow as _untyped_arrow  # pyright: ignore[reportMissingTypeStubs]

from .types import EXACT, DataType

arrow: Any = _untyped_arrow
"""nanoarrow, whose functions have no types of their own."""

_EPOCH = date(1970, 1, 1).toordinal()


def make_column(values: Sequence[Any], type_: Any) -> Any:
    """A column of numbers, texts, bytes or booleans; `None` is NULL."""
    return arrow.c_array(values, type_)


def make_stored_column(values: Sequence[Any], type_: DataType) -> Any:
    """A column of values in the form that tables keep them in."""
    if type_.physical == "DATE":
        return make_dates(values)
    if type_.physical == "HUGEINT":
        return make_decimals(values, 38, 0)
    if type_.name == "VECTOR":
        return make_vectors(values, type_)
    if type_.name == "NUMBER":
        return make_decimals(values, type_.precision, type_.scale)
    plain = {"BIGINT": arrow.int64, "DOUBLE": arrow.float64, "BLOB": arrow.binary, "BOOLEAN": arrow.bool_}
    return make_column(values, plain.get(type_.physical, arrow.string)())


def make_dates(values: Sequence[date | None]) -> Any:
    return make_column([None if value is None else value.toordinal() - _EPOCH for value in values], arrow.date32())


def make_decimals(values: Sequence[Decimal | int | None], precision: int, scale: int) -> Any:
    """A column of NUMBER: 16 bytes hold the digits of each value."""
    digits = b"".join(
        (0 if value is None else int(EXACT.scaleb(value, scale))).to_bytes(16, "little", signed=True)
        for value in values
    )
    return arrow.c_array_from_buffers(
        arrow.decimal128(precision, scale), len(values), [_present(values), digits], null_count=-1
    )


def make_vectors(values: Sequence[Sequence[float] | None], type_: DataType) -> Any:
    """A column of VECTOR: lists of as many elements as the type says."""
    element = arrow.int32() if type_.of == "INT" else arrow.float32()
    elements = make_column([one for value in values for one in value or [0] * type_.precision], element)
    schema = arrow.fixed_size_list(element, type_.precision)
    return arrow.c_array_from_buffers(schema, len(values), [_present(values)], null_count=-1, children=[elements])


def make_struct(parts: Mapping[str, Any], values: Sequence[Any]) -> Any:
    """A column of structures, NULL where `values` has `None`; the parts themselves are never NULL."""
    fields = [make_field(part, name).modify(nullable=False) for name, part in parts.items()]
    return arrow.c_array_from_buffers(
        arrow.struct(fields), len(values), [_present(values)], null_count=-1, children=list(parts.values())
    )


def make_field(column: Any, name: str, **facts: str) -> Any:
    """What Arrow tells of a column: its name, and facts for its reader."""
    return column.schema.modify(name=name, metadata=facts)


def make_rows(columns: Sequence[Any], fields: Sequence[Any]) -> Any:
    """The columns side by side, to be read as a stream of Arrow."""
    length = columns[0].length if columns else 0
    return arrow.Array(arrow.c_array_from_buffers(arrow.struct(fields), length, [None], children=columns))


def read_stream(relation: Any) -> Any:
    """What DuckDB answers to a query, as a stream of rows in Arrow; the query runs when they are read."""
    return arrow.ArrayStream(relation)


def _present(values: Sequence[Any]) -> Any:
    """Arrow's bit of each value: 0 for NULL."""
    return arrow.c_array([value is not None for value in values], arrow.bool_()).view().buffer(1)
