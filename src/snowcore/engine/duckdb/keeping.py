"""Translations that are made once and used again, as long as all that they were made of is the same.

Translation learns what it needs by asking a session's `Scope`. So what it asked and what it was told is written down
(`Asked`), and a kept translation is used again only by a session that would be told the same: the same tables, views
and sequences, whatever happened to others; the same parameters, variables and facts of the session. What was told for
once (rows that were read, an earlier result) is not kept at all. The clock and random values are not asked for: DuckDB
makes them when it runs the statement.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import attrs

from ..latest import Latest
from ..protocol import Column, Need
from ..translate.protocol import Change, Translation, Variable
from ..types import DataType
from .changes import inserted_directly
from .names import Path, Thing
from .store import Ready

if TYPE_CHECKING:
    from .scope import Scope

MOST = 500
"""How many translations an engine keeps."""
LONGEST = 20_000
"""How many characters a statement may have whose translation is kept: a long one hardly comes again."""

Key = tuple[str, tuple[DataType, ...], bool, str | None, str | None]
"""A statement's text, the types of its binds and whether there are many rows; the database and schema in use."""


@attrs.define
class Asked:
    """What translation asked for, and what it was told."""

    things: dict[tuple[str, Path], Thing | None] = attrs.field(factory=dict[tuple[str, Path], Thing | None])
    parameters: dict[str, str] = attrs.field(factory=dict[str, str])
    variables: dict[str, Variable | None] = attrs.field(factory=dict[str, "Variable | None"])
    facts: dict[str, str | None] = attrs.field(factory=dict[str, "str | None"])
    needs: set[Need] = attrs.field(factory=set[Need])
    """The privileges that who runs it needs."""
    once: bool = False
    """Whether it was told something that no other statement will be told."""

    def holds(self, scope: Scope) -> bool:
        """Whether a session would be told the same now."""
        return (
            all(scope.thing(*key) is thing for key, thing in self.things.items())
            and all(scope.allows(need) for need in self.needs)
            and all(scope.parameter(name) == value for name, value in self.parameters.items())
            and all(scope.variable(name) == value for name, value in self.variables.items())
            and all(scope.context(name) == value for name, value in self.facts.items())
        )


@attrs.frozen
class Kept:
    """A translation, with what is made of it before DuckDB runs it."""

    made: Translation | Change
    asked: Asked
    ready: Ready | None
    """What DuckDB runs, if that is one statement."""
    columns: Sequence[Column]
    """Of a query's result."""


def kept(made: Translation | Change, asked: Asked, read: Callable[[str], Ready], binds: int) -> Kept:
    """read: has DuckDB read a statement. binds: how many values the statement takes."""
    if isinstance(made, Translation):
        columns = [Column(column.name, str(column.type), column.nullable) for column in made.columns]
        return Kept(made, asked, read(made.sql), columns)
    sql = inserted_directly(made, binds)
    return Kept(made, asked, read(sql) if sql is not None else None, ())


class Translations:
    """Those of an engine, for all its sessions."""

    def __init__(self) -> None:
        self._kept = Latest[Key, Kept](MOST)

    def get(self, key: Key, scope: Scope) -> Kept | None:
        found = self._kept.get(key)
        return found if found is not None and found.asked.holds(scope) else None

    def put(self, key: Key, made: Kept) -> None:
        if not made.asked.once and len(key[0]) <= LONGEST:
            self._kept.put(key, made)
