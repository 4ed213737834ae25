"""What DuckDB gives, as results: Snowflake's types, and rows that stay in Arrow until somebody looks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, overload

import pyarrow as _untyped_pyarrow  # pyright: ignore[reportMissingTypeStubs]
from sqlglot import exp

from ..engine import Column, Result
from .repairs import merge_parts

pyarrow: Any = _untyped_pyarrow

_TYPES = {
    "BOOLEAN": "BOOLEAN",
    "DATE": "DATE",
    "TIME": "TIME(9)",
    **dict.fromkeys(("TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS"), "TIMESTAMP_NTZ(9)"),
    "TIMESTAMP WITH TIME ZONE": "TIMESTAMP_TZ(9)",
    "BLOB": "BINARY(8388608)",
    "JSON": "VARIANT",
    **dict.fromkeys(("DOUBLE", "FLOAT"), "FLOAT"),
    **dict.fromkeys(("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT"), "NUMBER(38,0)"),
    **dict.fromkeys(("UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT"), "NUMBER(38,0)"),
}
_DECIMAL = re.compile(r"DECIMAL\((\d+), ?(\d+)\)")


def snowflake_type(duck: str, length: int | None = None) -> str:
    """Snowflake's name of a type of DuckDB."""
    if found := _DECIMAL.fullmatch(duck):
        return f"NUMBER({found[1]},{found[2]})"
    if duck.endswith("]"):
        return "ARRAY"
    if duck.startswith(("STRUCT", "MAP")):
        return "OBJECT"
    return _TYPES.get(duck, f"VARCHAR({length or 16777216})")


def from_arrow(table: Any, types: Sequence[tuple[str, str]] | None = None, rowcount: int | None = None) -> Result:
    """A result of an Arrow table, or of rows. types: names and DuckDB's types of the columns; without them texts."""
    if isinstance(table, list):
        table = pyarrow.Table.from_pylist(table)
    if types is None:
        types = [(name, "VARCHAR") for name in table.column_names]
    columns = [Column(name, snowflake_type(type_)) for name, type_ in types]
    return Result(columns, ArrowRows(table), table.num_rows if rowcount is None else rowcount, native=table)


def as_arrow(result: Result) -> Any:
    if isinstance(result.native, pyarrow.Table):
        return result.native
    columns = [pyarrow.array([row[at] for row in result.rows]) for at in range(len(result.columns))]
    return pyarrow.Table.from_arrays(columns, names=[column.name for column in result.columns])


def merged(statement: exp.Merge, actions: Any) -> Result:
    """How many rows a MERGE inserted, updated and deleted."""
    done: list[str] = actions.column(0).to_pylist()
    parts = merge_parts(statement)
    columns = [Column(f"number of rows {part.lower().removesuffix('e')}ed", "NUMBER(38,0)") for part in parts]
    return Result(columns, [tuple(done.count(part) for part in parts)], len(done))


def succeeded() -> Result:
    return Result([Column("status", "VARCHAR(16777216)")], [("Statement executed successfully.",)], 1)


class ArrowRows(Sequence[tuple[Any, ...]]):
    """Rows that are unpacked when somebody looks at them: a door that passes Arrow on never does."""

    def __init__(self, table: Any) -> None:
        self._table = table
        self._rows: list[tuple[Any, ...]] | None = None

    def _unpacked(self) -> list[tuple[Any, ...]]:
        if self._rows is None:
            self._rows = list(zip(*(_values(column) for column in self._table.columns), strict=True))
        return self._rows

    def __len__(self) -> int:
        return self._table.num_rows

    @overload
    def __getitem__(self, index: int) -> tuple[Any, ...]: ...
    @overload
    def __getitem__(self, index: slice) -> list[tuple[Any, ...]]: ...
    def __getitem__(self, index: int | slice) -> Any:
        return self._unpacked()[index]

    def __eq__(self, other: object) -> bool:
        return self._unpacked() == (other._unpacked() if isinstance(other, ArrowRows) else other)

    def __repr__(self) -> str:
        return repr(self._unpacked())


def _values(column: Any) -> list[Any]:
    """Python's values; whole numbers that DuckDB holds as DECIMAL(n, 0) are int, as Snowflake's drivers give them."""
    values: list[Any] = column.to_pylist()
    whole = getattr(column.type, "scale", None) == 0
    return [int(value) if whole and isinstance(value, Decimal) else value for value in values]
