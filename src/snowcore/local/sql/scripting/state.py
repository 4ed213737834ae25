"""What a block's names stand for, and how its statements end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from ....engine.errors import AccountError
from ....engine.protocol import Result
from ....engine.types import VARCHAR, DataType, Typed, number, parse
from . import grammar
from .grammar import Piece

COUNTS = ("SQLROWCOUNT", "SQLFOUND", "SQLNOTFOUND")


class Raised(Exception):
    """An exception of the script on its way to a handler."""

    def __init__(self, name: str, code: str, sqlstate: str, message: str, at: grammar.Statement) -> None:
        super().__init__(message)
        self.name, self.code, self.sqlstate, self.message, self.at = name, code, sqlstate, message, at

    def uncaught(self) -> AccountError:
        place = f"on line {self.at.line} at position {self.at.column}"
        text = f"Uncaught exception of type '{self.name}' {place}{' : ' if self.message else ''}{self.message}"
        return AccountError(400, self.code, self.sqlstate, text)


@attrs.define
class Variable:
    type: DataType | None
    value: Any = None


@attrs.frozen
class Reference:
    """A variable as an argument of CALL, whose procedure may give it another value."""

    value: Any
    variable: Variable


@attrs.define
class Cursor:
    query: Piece
    rows: Iterator[list[Any]] | None = None
    """None unless it is open."""
    result: Result | None = None


@attrs.define(eq=False)
class Rows:
    """A RESULTSET. failed: what AWAIT raises of its ASYNC statement."""

    result: Result | None = None
    failed: Raised | None = None


@attrs.frozen
class Procedure:
    """A procedure that the block declares: its definition, ready for a CALL behind it."""

    definition: str


@attrs.frozen
class Returned:
    result: Result


@attrs.frozen
class Left:
    again: bool
    label: str


Signal = Returned | Left | None
Scope = dict[str, Any]


class Names:
    """What names stand for where the block is: in its scopes, the innermost last, and of the exceptions and statements
    that have been."""

    def __init__(self, arguments: Scope) -> None:
        self.scopes: list[Scope] = [arguments]
        self.caught: list[Raised] = []
        self.facts: dict[str, Any] = dict.fromkeys((*COUNTS, "SQLID"))

    def find(self, name: str) -> Any:
        return next((scope[name] for scope in reversed(self.scopes) if name in scope), None)

    def known(self, name: str) -> Any:
        """What a name stands for in an expression, as a one-value list; empty if it stands for nothing."""
        found = self.find(name)
        if isinstance(found, Variable):
            return [found.value if found.value is not None else Typed(found.type or VARCHAR, None)]
        if found is None and name in self.facts:
            return [self.facts[name]]
        if found is None and name in ("SQLCODE", "SQLERRM", "SQLSTATE"):
            caught = self.caught[-1] if self.caught else None
            if caught is None:
                return [None]
            return [{"SQLCODE": int(caught.code), "SQLERRM": caught.message, "SQLSTATE": caught.sqlstate}[name]]
        return []


def ends(signal: Signal, loop: grammar.Loop) -> Signal:
    """What of a body's end goes beyond one turn of its loop."""
    if isinstance(signal, Left) and signal.again and _is_of(signal, loop):
        return None
    return signal


def beyond(ended: Signal, loop: grammar.Loop) -> Signal:
    """What of the end of a loop concerns those around it: no BREAK of its own."""
    return None if isinstance(ended, Left) and _is_of(ended, loop) else ended


def _is_of(left: Left, loop: grammar.Loop) -> bool:
    return left.label in ("", loop.label)


def rows_of(result: Result) -> list[list[Any]]:
    """A result's rows, with the types of their values."""
    types, fetched = getattr(result.native, "types", None), getattr(result.native, "fetched", None)
    if types is None or fetched is None:
        return [list(row) for row in result.rows]
    return [[Typed(type_, value) for type_, value in zip(types, row, strict=True)] for row in fetched]


def records(result: Result | None, rows: Iterator[list[Any]]) -> Iterator[dict[str, Any]]:
    """Rows by the names of their columns; of two columns of one name the first counts."""
    names = [column.name for column in result.columns] if result else []
    return (dict(reversed([*zip(names, row, strict=True)])) for row in rows)


def plain(value: Any) -> Any:
    return value.value if isinstance(value, Typed) else value


def widened(value: Any) -> DataType | None:
    """The type that a variable takes from its first value."""
    if not isinstance(value, Typed) or value.type.name == "NULL":
        return None
    if value.type.name == "NUMBER":
        return number(38, value.type.scale)
    return parse(value.type.name) if value.type.name in ("VARCHAR", "BINARY") else value.type
