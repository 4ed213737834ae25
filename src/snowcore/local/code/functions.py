"""A function in another language than SQL, as the engine calls it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs

from ...engine.types import DataType
from .values import inward, outward
from .workers import Program, Worker, Workers


@attrs.frozen(eq=False)
class CodeFunction:
    """A session's use of a function; `engine.protocol.Code`."""

    program: Program
    takes: Sequence[DataType]
    gives: Sequence[DataType]
    zone: str
    workers: Workers
    busy: set[Worker]
    """The workers that run for the session now."""
    is_aggregate: bool = False
    """Whether a row of arguments is the rows of a group, each a struct whose first field is not an argument."""

    @property
    def key(self) -> object:
        return self.program.key

    def values(self, rows: Sequence[Sequence[Any]]) -> list[str | None]:
        carry, back = outward(self.takes, self.zone), inward(self.gives, self.zone)
        if self.is_aggregate:
            do, given = "aggregates", [[carry([*row.values()][1:]) for row in group or ()] for (group,) in rows]
        else:
            do, given = "values", [carry(row) for row in rows]
        with self.workers.lend(self.program, self.busy) as worker:
            made = worker.ask(do, given)
        if not isinstance(made, list) or len(made) != len(rows):  # pyright: ignore[reportUnknownArgumentType]
            raise self.program.failed("The process that ran the code gave no answer.")
        return [back([value])[0] for value in made]  # pyright: ignore[reportUnknownVariableType]

    def rows(self, partition: Sequence[Sequence[Any]]) -> list[list[str | None]]:
        carry, back = outward(self.takes, self.zone), inward(self.gives, self.zone)
        with self.workers.lend(self.program, self.busy) as worker:
            made: list[list[Any]] = worker.ask("rows", [carry(row) for row in partition])
        return [[None if row[0] is None else str(row[0]), *back(row[1:])] for row in made]
