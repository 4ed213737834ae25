"""What translation and storage are to each other.

Translation (`snowcore.engine.translate`) makes DuckDB's SQL of a statement. It asks a `Names` for whatever the
statement names: tables, views, sequences, variables, parameters. Storage implements `Names`, runs what comes back,
and applies changes to its tables.

A query's columns are called `c1`, `c2` … in DuckDB's SQL, whatever Snowflake calls them: `Translation.columns` has
the names and types, in order. So no name of a user reaches DuckDB's SQL, except as a relation's physical names, which
storage chooses.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import attrs

from ..protocol import Code, Moment, Routine
from ..types import DataType


@attrs.frozen
class Name:
    """A part of a dotted name. text: as the catalog keeps it (upper case unless it was quoted)."""

    text: str
    quoted: bool = False


@attrs.frozen
class RelationColumn:
    name: str
    """As Snowflake has it."""
    physical: str
    """What DuckDB's SQL calls it, ready to be written after a dot."""
    type: DataType
    nullable: bool = True
    default: str | None = None
    """SQL of DuckDB that gives the value of an INSERT without one (a default, AUTOINCREMENT); NULL by default."""


@attrs.frozen
class Relation:
    """Something that can stand after FROM."""

    source: str
    """What is written there: a physical name, or a query of DuckDB's in parentheses (a view's translation)."""
    columns: Sequence[RelationColumn]
    kind: str = "TABLE"
    """TABLE, VIEW …"""
    name: str = ""
    """The full name as Snowflake has it, for messages."""
    row_id: str = ""
    """What DuckDB's SQL calls the identity of a row, for UPDATE, DELETE and MERGE. Empty if rows can't be changed."""
    keyed: int = 0
    """The id of a hybrid table, whose keys are held; 0 for anything else."""
    seen: str = ""
    """What is read instead of `source` by those for whom policies apply: a query in parentheses."""
    seen_columns: Sequence[RelationColumn] = ()
    """The columns of `seen`: what hides a value may be longer than a column's values."""


@attrs.frozen
class Variable:
    """A value from outside of the statement: a session variable or a bind."""

    type: DataType
    value: object
    """In DuckDB's form of the type (types.py)."""


@attrs.frozen
class Changes:
    """The clause CHANGES: what changed between two moments."""

    appended: bool
    """Whether only new rows count."""
    start: Moment
    end: Moment | None = None


class Names(Protocol):
    """What a statement's names mean, in a session at a moment."""

    def relation(
        self, parts: Sequence[Name], past: Moment | Changes | None = None, *, privilege: str | None = "SELECT"
    ) -> Relation:
        """The table, view or stream of this name, of one to three parts, or what it was. EngineError 002003 if there is
        none.

        privilege: what the statement needs there; None if that is asked about later, of the target of a change.
        """
        ...

    def table_function(self, parts: Sequence[Name], arguments: Sequence[tuple[str | None, object]]) -> Relation | None:
        """What `TABLE(name(arguments))` is, if storage knows it (RESULT_SCAN, INFORMATION_SCHEMA's functions);
        arguments are constants with their names, if given."""
        ...

    def function(
        self, parts: Sequence[Name], arguments: Sequence[DataType], named: Sequence[str]
    ) -> tuple[Routine, Names] | None:
        """A user's function, and the names that its body means. named: the arguments that are given by name."""
        ...

    def number(self, code: Code) -> int:
        """What `sf_code_…` calls a function by that is not in SQL, as long as the statement runs (`code`)."""
        ...

    def next_value(self, parts: Sequence[Name]) -> str:
        """SQL of DuckDB that gives a sequence's next value as DECIMAL(38,0). EngineError 002003 if there is none."""
        ...

    def parameter(self, name: str) -> str:
        """A session parameter's value: TIMEZONE, WEEK_START, DATE_OUTPUT_FORMAT … (Snowflake's default if nobody set
        it)."""
        ...

    def variable(self, name: str) -> Variable | None:
        """A session variable (upper case)."""
        ...

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        """The rows of a query of DuckDB's, for what can't be translated without them (PIVOT over ANY)."""
        ...

    def context(self, name: str) -> str | None:
        """What CURRENT_DATABASE, CURRENT_SCHEMA, CURRENT_ROLE, CURRENT_USER, CURRENT_WAREHOUSE, CURRENT_ACCOUNT,
        CURRENT_VERSION, CURRENT_SESSION … is now; also LAST_QUERY_ID, with `LAST_QUERY_ID(-2)` for others. None for
        NULL."""
        ...


@attrs.frozen
class OutputColumn:
    """A column of a result."""

    name: str
    type: DataType
    nullable: bool = True


@attrs.frozen
class Translation:
    """A query, ready for DuckDB."""

    sql: str
    columns: Sequence[OutputColumn]
    names: dict[str, str] = attrs.field(factory=dict[str, str])
    """DuckDB's names in `sql`, to Snowflake's: for messages."""


@attrs.frozen
class Clause:
    """What a change does with some of its rows."""

    action: str
    """INSERT, UPDATE or DELETE."""
    relation: Relation
    columns: Sequence[int]
    """Which of the relation's columns get a value."""


@attrs.frozen
class Change:
    """INSERT, UPDATE, DELETE or MERGE as a query whose rows say what to do; storage does it, counts, and keeps
    versions.

    A row of `query` has: `c1`, the number of the clause (from 0); `c2`, the row id of the target row (NULL for
    INSERT); then as many values as the widest clause needs, `c3` …, those of a clause first, cast to the types of its
    columns. `c2` twice with clauses of UPDATE or DELETE is error 100090 for a MERGE; an UPDATE or DELETE takes the
    first. Columns that an INSERT doesn't name get their default.
    """

    kind: str
    """INSERT, UPDATE, DELETE or MERGE."""
    query: Translation
    clauses: Sequence[Clause]
    overwrite: bool = False
    """INSERT OVERWRITE: the relations are emptied first, in the same step."""
