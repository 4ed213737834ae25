"""What a query reads that is no table: INFORMATION_SCHEMA, ACCOUNT_USAGE, and results of earlier statements."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlglot import Expr, exp

from ..errors import EngineError, unsupported
from ..metadata import ACCOUNT_USAGE, HISTORIES, VIEWS, Asked, View
from ..names import shown
from ..protocol import Batch, Result
from ..translate.protocol import Relation, RelationColumn
from ..types import DataType, Typed, pack_timestamp, pack_timestamp_tz, parse
from .layout import EVENT, physical
from .results import Rows

if TYPE_CHECKING:
    from .session import DuckSession


_LOADS = """
SELECT place, shown, status, parsed, loaded, wrong, epoch_us(loaded_at), pipe, size, most, error, line, place_in_line,
    field
FROM loads ORDER BY loaded_at, rowid
"""


def information(session: DuckSession, database: str, name: str) -> Relation:
    view = VIEWS.get(name)
    if view is None:
        text = f"Object '{shown(database)}.INFORMATION_SCHEMA.{shown(name)}' does not exist or not authorized."
        raise EngineError("002003", "42S02", f"SQL compilation error:\n{text}")
    rows = [row for row in metadata(session, name, database) if row.get("PIPE_ID") is None]  # which LOAD_HISTORY omits
    key = f"information_schema_{name.lower()}_{session.names.databases[database].id}"  # a statement may read several
    return _shown(session, f"{shown(database)}.INFORMATION_SCHEMA.{name}", key, view, rows)


def of_snowflake(session: DuckSession, schema: str, name: str) -> Relation:
    """A view of SNOWFLAKE.ACCOUNT_USAGE, or SNOWFLAKE.TELEMETRY.EVENTS, into which nobody writes here."""
    if (schema, name) == ("TELEMETRY", "EVENTS"):
        return registered(session, "telemetry_events", [(column, parse(type_)) for column, type_ in EVENT], ())
    every = ("EVER", True) if name in HISTORIES else None
    if every and (found := session.asked(name, [every])) is not None:
        return session.registered_result(found)
    view = ACCOUNT_USAGE.get(name) if schema == "ACCOUNT_USAGE" else None
    if view is None:
        raise unsupported(f"SNOWFLAKE.{schema}.{shown(name)}")
    databases = sorted(session.names.databases)[: 1 if name == "DATABASES" else None]
    every = [row for database in databases for row in metadata(session, name, database)]
    return _shown(session, f"SNOWFLAKE.ACCOUNT_USAGE.{name}", f"account_usage_{name.lower()}", view, every)


def _shown(session: DuckSession, name: str, key: str, view: View, every: Sequence[Mapping[str, Any]]) -> Relation:
    found = [{**view.constants, **row} for row in every]
    rows = [tuple(row.get(column) for column, _ in view.columns) for row in found]
    made = registered(session, key, view.columns, rows)
    return Relation(made.source, made.columns, "VIEW", name, "")


def metadata(session: DuckSession, name: str, database: str) -> list[Mapping[str, Any]]:
    """The rows of a view of INFORMATION_SCHEMA."""
    engine = session.engine
    asked = Asked(
        database,
        session.names,
        session.account,
        engine.counts.of,
        engine.store.next_values,
        lambda: session.rows(_LOADS),
        session.temporary,
    )
    return list(VIEWS[name].rows(asked))


def of_result(session: DuckSession, result: Result) -> Relation:
    """A result as what can be read; a column of a name that was there before is `ID_1`, the next one `ID_2`."""
    names: list[str] = []
    for column in result.columns:
        again = (name for i in range(1, len(names) + 2) if (name := f"{column.name}_{i}") not in names)
        names.append(next(again) if column.name in names else column.name)
    columns = [(name, parse(column.type)) for name, column in zip(names, result.columns, strict=True)]
    name = f"result_{session.fresh()}"
    if isinstance(result.rows, Rows):
        return registered(session, name, columns, result.rows.fetched, packed=True)
    return registered(session, name, columns, list(result.rows))


def registered(
    session: DuckSession,
    name: str,
    columns: Sequence[tuple[str, DataType]],
    rows: Sequence[tuple[Any, ...]],
    *,
    packed: bool = False,
) -> Relation:
    """Rows under a name that DuckDB knows in this session."""
    from .. import arrow  # here, since only such relations need it

    kept = list(zip(*rows, strict=True)) if rows else [()] * len(columns)
    made: list[Any] = []
    for (_, type_), values in zip(columns, kept, strict=True):
        pack = None if packed else packer(type_)
        put = [None if value is None else pack(value) for value in values] if pack else values
        made.append(arrow.make_stored_column(put, type_))
    fields = [arrow.make_field(column, physical(at)) for at, column in enumerate(made)]
    session.duck.register(name, arrow.make_rows(made, fields))
    told = [RelationColumn(column, physical(at), type_) for at, (column, type_) in enumerate(columns)]
    cast = ", ".join(
        f"CAST({physical(at)} AS {type_.physical}) AS {physical(at)}" for at, (_, type_) in enumerate(columns)
    )
    return Relation(f"(SELECT {cast} FROM {name})", told, "VIEW", name, "")


def packer(type_: DataType) -> Callable[[Any], Any] | None:
    """What makes DuckDB's form of Python's values of a type; None if they are the same."""
    if type_.name == "NUMBER":
        return lambda value: value if isinstance(value, Decimal) else Decimal(value)
    if type_.name == "TIME":
        return lambda value: _nanoseconds(value) if isinstance(value, time) else value
    if type_.name == "TIMESTAMP_NTZ":
        return lambda value: Decimal(pack_timestamp(value)) if isinstance(value, datetime) else value
    if type_.name == "TIMESTAMP_LTZ":
        return lambda value: Decimal(pack_timestamp(_utc(value))) if isinstance(value, datetime) else value
    if type_.name == "TIMESTAMP_TZ":
        return lambda value: Decimal(_zoned(value)) if isinstance(value, datetime) else value
    if type_.physical == "VARCHAR":
        return lambda value: value if isinstance(value, str) else json.dumps(value, default=str)
    return None


def _nanoseconds(value: time) -> int:
    return ((value.hour * 60 + value.minute) * 60 + value.second) * 1_000_000_000 + value.microsecond * 1000


def _utc(value: datetime) -> datetime:
    return value.astimezone(UTC) if value.tzinfo else value


def _zoned(value: datetime) -> int:
    offset = value.utcoffset()
    return pack_timestamp_tz(pack_timestamp(_utc(value)), int(offset.total_seconds() // 60) if offset else 0)


def bind(value: Any) -> tuple[DataType, Any]:
    """A value of Python's as a bind: Snowflake's type of it, and DuckDB's form."""
    if value is None:
        return DataType("NULL"), None
    if isinstance(value, Typed):
        return value.type, value.value
    if isinstance(value, bool):
        return DataType("BOOLEAN"), value
    if isinstance(value, int):
        return DataType("NUMBER", 38, 0), Decimal(value)
    if isinstance(value, Decimal):
        scale = max(-int(value.as_tuple().exponent), 0)
        return DataType("NUMBER", 38, min(scale, 37)), value
    if isinstance(value, float):
        return DataType("FLOAT"), value
    if isinstance(value, (bytes, bytearray)):
        return DataType("BINARY", 8388608), bytes(value)
    if isinstance(value, datetime):
        type_ = DataType("TIMESTAMP_TZ" if value.tzinfo else "TIMESTAMP_NTZ", scale=9)
        pack = packer(type_)
        assert pack is not None
        return type_, int(pack(value))
    if isinstance(value, date):
        return DataType("DATE"), value
    if isinstance(value, time):
        return DataType("TIME", scale=9), _nanoseconds(value)
    return DataType("VARCHAR", 16777216), value if isinstance(value, str) else json.dumps(value, default=str)


def bound(statement: Expr, parameters: Any) -> tuple[Expr, list[DataType], list[Any]]:
    """A statement whose binds are numbered, their types, and their values as DuckDB has them."""
    if not isinstance(parameters, dict):
        return statement, *binds(parameters or ())
    given: dict[str, Any] = {str(name).upper(): value for name, value in parameters.items()}  # pyright: ignore
    statement = statement.copy()
    order: list[str] = []
    for placeholder in list(statement.find_all(exp.Placeholder)):
        name = placeholder.name.upper()
        if name in given:
            if name not in order:
                order.append(name)
            placeholder.set("this", str(order.index(name) + 1))
    return statement, *binds([given[name] for name in order])


def binds(parameters: Sequence[Any] | Batch) -> tuple[list[DataType], list[Any]]:
    """The types of what is bound, and the values as DuckDB has them: of a Batch, lists of values."""
    if isinstance(parameters, Batch):
        columns = [_bind_column(values) for values in parameters.columns]
        return [type_ for type_, _ in columns], [values for _, values in columns]
    every = [bind(value) for value in parameters]
    return [type_ for type_, _ in every], [value for _, value in every]


def _bind_column(values: Sequence[Any]) -> tuple[DataType, list[Any]]:
    """The type that holds all the values, and DuckDB's form of them."""
    every = [bind(value) for value in values]
    types = {type_ for type_, _ in every if type_.name != "NULL"}
    if len({type_.name for type_ in types}) > 1:
        return DataType("VARCHAR", 16777216), [None if value is None else str(value) for value in values]
    widest = max(types, key=lambda type_: type_.scale or 0, default=DataType("NULL"))
    return widest, [value for _, value in every]
