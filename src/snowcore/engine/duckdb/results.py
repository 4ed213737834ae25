"""What DuckDB gives, as a result: Snowflake's columns, and rows that are unpacked when somebody looks at them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, overload

from ..late import late
from ..metadata import default_of
from ..protocol import Column, Result
from ..translate.protocol import OutputColumn
from ..types import SHAPES, DataType, to_python
from .names import Thing

if TYPE_CHECKING:
    from ..translate import geography
else:
    late(globals(), "..translate.geography")

Parameters = Callable[[str], str]
_AS_THEY_ARE = {"FLOAT", "VARCHAR", "BINARY", "BOOLEAN", "DATE", "DECFLOAT", "NULL"}
_WITHOUT_PARAMETERS = {*_AS_THEY_ARE, "NUMBER"}


def queried(
    told: Sequence[Column], columns: Sequence[OutputColumn], fetched: list[tuple[Any, ...]], parameter: Parameters
) -> Result:
    """told: the columns as the result gives them. parameter: those of the session decide how values are shown."""
    types = [column.type for column in columns]
    kinds = {type_.name for type_ in types}
    if not kinds.isdisjoint(SHAPES):
        forms = [parameter(f"{type_.name}_OUTPUT_FORMAT") if type_.is_shape else None for type_ in types]
        fetched = [
            tuple(geography.shown(v, form) if form and v else v for v, form in zip(row, forms)) for row in fetched
        ]
    plain = kinds <= _WITHOUT_PARAMETERS  # as most are, and to ask takes as long as to make the result
    rows = Rows(types, fetched, *(("UTC", 0) if plain else (parameter("TIMEZONE"), int(parameter("JSON_INDENT")))))
    return Result(list(told), rows, len(fetched), native=rows)


class Rows(Sequence[tuple[Any, ...]]):
    """Rows in DuckDB's form, given as Python's values."""

    def __init__(self, types: list[DataType], fetched: list[tuple[Any, ...]], zone: str, indent: int) -> None:
        self.types, self.fetched, self.zone, self.indent = types, fetched, zone, indent
        self._rows: list[tuple[Any, ...]] | None = None

    def _unpacked(self) -> list[tuple[Any, ...]]:
        if self._rows is None:
            readers = [_reader(type_, self.zone, self.indent) for type_ in self.types]
            if all(reader is None for reader in readers):
                self._rows = self.fetched
            else:
                columns = zip(*self.fetched, strict=True)
                read = [
                    values if reader is None else [reader(v) for v in values]
                    for reader, values in zip(readers, columns)
                ]
                self._rows = list(zip(*read, strict=True))
        return self._rows

    def __len__(self) -> int:
        return len(self.fetched)

    def __iter__(self) -> Iterator[tuple[Any, ...]]:  # that of Sequence asks for one row after the other
        return iter(self._unpacked())

    @overload
    def __getitem__(self, index: int) -> tuple[Any, ...]: ...
    @overload
    def __getitem__(self, index: slice) -> list[tuple[Any, ...]]: ...
    def __getitem__(self, index: int | slice) -> Any:
        return self._unpacked()[index]

    def __eq__(self, other: object) -> bool:
        return self._unpacked() == (other._unpacked() if isinstance(other, Rows) else other)

    def __repr__(self) -> str:
        return repr(self._unpacked())


def _reader(type_: DataType, zone: str, indent: int) -> Callable[[Any], Any] | None:
    """What makes Python's value of DuckDB's; None if they are the same."""
    if type_.name in _AS_THEY_ARE:
        return None
    if type_.name == "NUMBER":
        return _whole if type_.scale == 0 else None
    return lambda value: to_python(type_, value, zone, indent)


def _whole(value: Any) -> Any:
    return None if value is None else int(value)


def columns_of(thing: Thing) -> list[Column]:
    """The columns of a table or a view."""
    return [Column(field.name, field.type, field.nullable, default_of(field), field.comment) for field in thing.fields]


def status(text: str) -> Result:
    return Result([Column("status", "VARCHAR(16777216)")], [(text,)], 1)


def done() -> Result:
    return status("Statement executed successfully.")


def counted(what: Iterable[tuple[str, int]]) -> Result:
    """How many rows were changed, by title."""
    every = list(what)
    columns = [Column(title, "NUMBER(38,0)") for title, _ in every]
    return Result(columns, [tuple(count for _, count in every)], sum(count for _, count in every))
