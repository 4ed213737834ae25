"""How a table lies in DuckDB: `t` and a number, its columns `c` and a number, so that no name of a user is there.

NOT NULL and the length of a VARCHAR are DuckDB's to enforce; keys are only recorded, as in Snowflake.
"""

from __future__ import annotations

from ..errors import carry
from ..types import parse
from .names import Field, Thing


def physical(at: int) -> str:
    """What DuckDB calls the column at a place, counted from 0."""
    return f"c{at + 1}"


def create_table(thing: Thing) -> str:
    columns = ", ".join(_definition(at, field) for at, field in enumerate(thing.fields))
    return f"CREATE TABLE t{thing.number} ({columns})"


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
