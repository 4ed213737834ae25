"""How a table lies in DuckDB: `t` and a number, its columns `c` and a number, so that no name of a user is there, and
what was updated or deleted in `h` and the same number (see `versions`).

NOT NULL and the length of a VARCHAR are DuckDB's to enforce; keys are only recorded, as in Snowflake.
"""

from __future__ import annotations

from typing import Any

from ..errors import carry
from ..types import parse
from .names import Field, Thing
from .store import run_one

LAYOUT = 2
"""Which of the ways in which rows have lain in a folder is this one. In 1, tables had no versions."""

HIDDEN = ("row_id", "made")
"""What a row has behind its columns."""
EVENT = (
    *((f"{word}TIMESTAMP", "TIMESTAMP_NTZ(9)") for word in ("", "START_", "OBSERVED_")),
    *((name, "OBJECT") for name in ("TRACE", "RESOURCE", "RESOURCE_ATTRIBUTES", "SCOPE", "SCOPE_ATTRIBUTES")),
    *(("RECORD_TYPE", "VARCHAR(16777216)"), ("RECORD", "OBJECT"), ("RECORD_ATTRIBUTES", "OBJECT")),
    *(("VALUE", "VARIANT"), ("EXEMPLARS", "ARRAY")),
)
"""The columns of an event table."""


def physical(at: int) -> str:
    """What DuckDB calls the column at a place, counted from 0."""
    return f"c{at + 1}"


def make(duck: Any, thing: Thing) -> None:
    """Make a table's place, and the one of its history."""
    columns = [_definition(at, field) for at, field in enumerate(thing.fields)]
    columns += [f"{name} BIGINT" for name in HIDDEN]
    run_one(duck, f"CREATE TABLE t{thing.number} ({', '.join(columns)})")
    make_history(duck, thing.number)


def make_history(duck: Any, number: int) -> None:
    run_one(duck, f"CREATE TABLE h{number} AS SELECT *, CAST(NULL AS BIGINT) AS ended FROM t{number} WHERE false")


def put_away(number: int, transaction: int, where: str = "true") -> str:
    """SQL that copies rows which a transaction is about to change into their history."""
    return f"INSERT INTO h{number} SELECT *, {transaction} FROM t{number} WHERE made <> {transaction} AND {where}"


def first_identity(number: int) -> int:
    """Where the identities of rows begin that are inserted. number: one that `Versions` gave, for these rows alone."""
    return number << 32


def identity(first: object) -> str:
    """SQL of the identities of rows that are inserted. first: what `first_identity` says, or a bind that has it."""
    return f"{first} + row_number() OVER ()"


def new_rows(query: str, number: int, transaction: int) -> str:
    """A query of a table's columns as one of rows that a transaction inserts. number: as of `first_identity`."""
    return f"SELECT s.*, {identity(first_identity(number))}, {transaction} FROM ({query}) AS s"


def _definition(at: int, field: Field) -> str:
    type_, name = parse(field.type), physical(at)
    words = [name, type_.physical]
    if not field.nullable:
        words.append("NOT NULL")
    if type_.name == "VARCHAR":
        said = carry("100078", "22000", "String '\1' is too long and would be truncated")
        before, after = (part.replace("'", "''") for part in said.split("\1"))
        complaint = f"error('{before}' || {name} || '{after}')"
        words.append(f"CHECK (CASE WHEN length({name}) > {type_.precision} THEN {complaint} ELSE true END)")
    return " ".join(words)
