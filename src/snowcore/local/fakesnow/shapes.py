"""What a table looks like to DuckDB: to copy it, or to make it anew where DuckDB can't alter it."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from typing import Any

import attrs

from snowcore._names import quote_identifier

from ..engine import TablePath
from ..names import literal, qualified, split

Rows = Callable[..., list[Any]]
"""Runs SQL of DuckDB with the values that follow it."""

_LENGTH = re.compile(r'length\((?:"((?:[^"]|"")+)"|(\w+))\) <= (\d+)')


@attrs.frozen
class Shape:
    name: str
    type: str
    nullable: bool = True
    default: str | None = None
    length: int | None = None
    """Of a VARCHAR. DuckDB knows no lengths, so that a CHECK stands for it."""

    def sql(self) -> str:
        words = [quote_identifier(self.name), self.type]
        if not self.nullable:
            words.append("NOT NULL")
        if self.default is not None:
            words.append(f"DEFAULT {self.default}")
        if self.length is not None:
            words.append(f"CHECK (length({quote_identifier(self.name)}) <= {self.length})")
        return " ".join(words)


LOWEST, HIGHEST = -(2**63), 2**63 - 1
"""DuckDB's sequences count from 1 upwards, or from -1 downwards, unless told how far they may go."""


def create_sequence(rows: Rows, name: str, start: int, step: int) -> None:
    rows(f"CREATE SEQUENCE {name} START {start} INCREMENT {step} MINVALUE {LOWEST} MAXVALUE {HIGHEST}")


def qualified_path(table: TablePath) -> str:
    return qualified(table.database, table.schema, table.name)


def shapes(rows: Rows, table: TablePath) -> list[Shape]:
    """A table's or a view's columns; none if it isn't there."""
    where = "WHERE database_name = ? AND schema_name = ? AND table_name = ?"
    place = (table.database, table.schema, table.name)
    checks = rows(f"SELECT expression FROM duckdb_constraints() {where} AND constraint_type = 'CHECK'", *place)
    found = [match for (check,) in checks if (match := _LENGTH.search(check))]
    lengths = {(one[1] or one[2]).replace('""', '"'): int(one[3]) for one in found}
    columns = rows(
        f"SELECT column_name, data_type, is_nullable, column_default FROM duckdb_columns() {where}"
        " ORDER BY column_index",
        *place,
    )
    return [Shape(name, type_, nullable, default, lengths.get(name)) for name, type_, nullable, default in columns]


def create(rows: Rows, table: TablePath, columns: list[Shape], home: str) -> None:
    # Defaults name their sequences without a schema: DuckDB shall look for them where the table is.
    rows(f"USE {qualified(table.database, table.schema)}")
    rows(f"CREATE TABLE {qualified_path(table)} ({', '.join(column.sql() for column in columns)})")
    rows(f"USE {home}")


def with_numbers_of_its_own(rows: Rows, source: TablePath, target: TablePath, columns: list[Shape]) -> list[Shape]:
    """The columns for a copy: what numbers the rows of the source goes on by itself in the copy."""
    out: list[Shape] = []
    for column in columns:
        found = _NEXT.fullmatch(column.default or "")
        *elsewhere, sequence = split(found[1].replace("''", "'")) if found else [""]
        numbers = _sequence(rows, source, sequence) if sequence and not elsewhere else None
        if numbers and sequence.startswith(OWN):
            name = f"{OWN}{secrets.token_hex(8)}"
            create_sequence(rows, qualified(target.database, target.schema, name), *numbers)
            column = attrs.evolve(column, default=_next_of(name))
        elif numbers and _sequence(rows, target, sequence) is None:
            column = attrs.evolve(column, default=_next_of(source.database, source.schema, sequence))
        out.append(column)
    return out


def _next_of(*sequence: str) -> str:
    return f"nextval({literal(qualified(*sequence))})"


OWN = "_FS_SEQ_"
"""How the names of the sequences behind an AUTOINCREMENT begin."""
_NEXT = re.compile(r"nextval\('((?:[^']|'')+)'\)")


def sequences(rows: Rows, database: str, schema: str) -> list[tuple[str, int, int]]:
    """Those that somebody made: names, next numbers and steps."""
    return rows(
        f"SELECT sequence_name, coalesce(last_value + increment_by, start_value), increment_by FROM duckdb_sequences()"
        f" WHERE database_name = ? AND schema_name = ? AND NOT starts_with(sequence_name, '{OWN}')",
        database,
        schema,
    )


def _sequence(rows: Rows, table: TablePath, name: str) -> tuple[int, int] | None:
    """The next number and the step of a sequence beside a table."""
    found = rows(
        "SELECT coalesce(last_value + increment_by, start_value), increment_by FROM duckdb_sequences()"
        " WHERE database_name = ? AND schema_name = ? AND upper(sequence_name) = upper(?)",
        table.database,
        table.schema,
        name,
    )
    return found[0] if found else None


def remake(rows: Rows, table: TablePath, columns: list[Shape], home: str) -> None:
    """Give a table other columns, and its rows to the columns of the same name."""
    before = {column.name for column in shapes(rows, table)}
    remade = attrs.evolve(table, name=f"_fs_remade_{table.name}")
    kept = [column for column in columns if column.name in before]
    create(rows, remade, columns, home)
    rows(
        f"INSERT INTO {qualified_path(remade)} ({', '.join(quote_identifier(column.name) for column in kept)})"
        f" SELECT {', '.join(f'CAST({quote_identifier(column.name)} AS {column.type})' for column in kept)}"
        f" FROM {qualified_path(table)}"
    )
    rows(f"DROP TABLE {qualified_path(table)}")
    rows(f"ALTER TABLE {qualified_path(remade)} RENAME TO {quote_identifier(table.name)}")
