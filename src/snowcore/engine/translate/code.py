"""Calls of functions that are not in SQL, for many rows at once, though DuckDB calls Python for each row.

DuckDB evaluates an expression for some 2,000 rows before it goes on with what is around it. So a call is two functions.
The inner one puts the arguments of a row away and gives a ticket; the first ticket that the outer one is given has all
run that wait.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Sequence
from typing import Any

from ..protocol import Code
from .runtime import python

_TICKETS = 2**40
"""More than a function is called in a statement."""


class _Running:
    def __init__(self, code: Code) -> None:
        self._code = code
        self._tickets = itertools.count()
        self._waiting: dict[int, dict[int, Sequence[Any]]] = {}
        """The arguments that wait, by thread and ticket."""
        self._answers: dict[int, str | None] = {}

    def put(self, row: Sequence[Any]) -> int:
        ticket = next(self._tickets)
        self._waiting.setdefault(threading.get_ident(), {})[ticket] = row
        return ticket

    def get(self, ticket: int) -> str | None:
        if ticket not in self._answers:
            rows = self._waiting.pop(threading.get_ident())
            self._answers.update(zip(rows, self._code.values(list(rows.values())), strict=True))
        return self._answers.pop(ticket)

    def rows(self, partition: Sequence[dict[str, Any]]) -> list[list[str | None]]:
        return [list(row) for row in self._code.rows([tuple(row.values())[1:] for row in partition])]


_running: dict[int, _Running] = {}
_numbers = itertools.count(1)


def begin(code: Code) -> int:
    """The number by which DuckDB calls a function from now on."""
    number = next(_numbers)
    _running[number] = _Running(code)
    return number


def end(number: int) -> None:
    _running.pop(number, None)


@python(None, "BIGINT", nulls=True, varies=True)
def _code_put(number: int, *arguments: Any) -> int:
    return number * _TICKETS + _running[number].put(arguments)


@python("BIGINT", "VARCHAR", varies=True)
def _code_get(ticket: int) -> str | None:
    return _running[ticket // _TICKETS].get(ticket % _TICKETS)


@python(None, "VARCHAR[][]", nulls=True, varies=True)
def _code_rows(number: int, partition: Sequence[dict[str, Any]]) -> list[list[str | None]]:
    """Each row of the partition is a struct, whose first field only is there so that there is one."""
    return _running[number].rows(partition)
