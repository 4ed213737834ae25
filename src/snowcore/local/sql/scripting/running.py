"""Runs blocks: a statement at a time, with a scope of names for each block and loop."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import attrs

from snowcore._names import quote_identifier, quote_literal

from ....engine.errors import CANCELED, AccountError, canceled, compilation, unsupported
from ....engine.parsing import TokenType
from ....engine.protocol import Column, Result
from ....engine.types import BOOLEAN, INTEGER, VARCHAR, DataType, Typed
from ..results import table
from . import grammar, state
from .binding import TEXTS, Binding, expressions
from .grammar import Piece, canonical

if TYPE_CHECKING:
    from .. import SqlSession

_FINAL = {"000002", "000603", CANCELED, "000630"}
"""Errors that no handler gets: what is not emulated or is broken here, and the end of the statement's time."""
_DML = {"INSERT", "UPDATE", "DELETE", "MERGE"}


class Script:
    """One run of a block.

    name: of the column of what it returns. returns: the type of that, or None for whatever it is. parameters: the
    values of `?` and `:1` in the block.
    """

    def __init__(
        self,
        session: SqlSession,
        text: str,
        parameters: Any = None,
        *,
        name: str = "anonymous block",
        returns: DataType | None = None,
        variables: dict[str, tuple[DataType, Any]] | None = None,
    ) -> None:
        self._session, self._text, self._name, self._returns = session, text, name, returns
        arguments: state.Scope = {
            key: state.Variable(type_, value) for key, (type_, value) in (variables or {}).items()
        }
        self._names = state.Names(arguments)
        self._binding = Binding(text, parameters, self._names)
        self._handlers: list[list[grammar.Handler]] = []
        self._jobs: list[state.Rows] = []

    def run(self) -> Result:
        """What the block returns. AccountError for an exception that nothing in it caught."""
        try:
            signal = self._block(grammar.parsed(self._text))
        except state.Raised as raised:
            raise raised.uncaught() from None
        return signal.result if isinstance(signal, state.Returned) else self._one_value(None)

    def argument(self, name: str) -> Any:
        """An argument's value at the end."""
        return self._names.scopes[0][name].value

    # Statements

    def _block(self, block: grammar.Block) -> state.Signal:
        self._names.scopes.append({})
        self._handlers.append(block.handlers)
        depth = len(self._names.scopes)
        try:
            try:
                return self._declare(block) or self._all(block.body)
            except state.Raised as raised:
                handler = _handler(self._handlers[-1], raised)
                if handler is None:
                    raise
                del self._names.scopes[depth:]
                return self._handle(handler, raised)
        finally:
            del self._names.scopes[depth - 1 :]
            self._handlers.pop()

    def _declare(self, block: grammar.Block) -> state.Signal:
        for one in block.declared:
            self._one(one)
        return None

    def _handle(self, handler: grammar.Handler, raised: state.Raised) -> state.Signal:
        """Run a handler. What goes wrong in it is for the block around, not for the handlers beside it."""
        handlers, self._handlers[-1] = self._handlers[-1], []
        self._names.caught.append(raised)
        try:
            signal = self._all(handler.body)
        finally:
            self._names.caught.pop()
        self._handlers[-1] = handlers
        return signal

    def _all(self, statements: Sequence[grammar.Statement]) -> state.Signal:
        for one in statements:
            try:
                signal = self._one(one)
            except state.Raised as raised:
                handler = _handler(self._handlers[-1], raised)
                if handler is None or not handler.goes_on:
                    raise
                signal = self._handle(handler, raised)
            if signal is not None:
                return signal
        return None

    def _one(self, one: grammar.Statement) -> state.Signal:
        if self._session.interrupted.is_set():
            raise canceled()
        match one:
            case grammar.Block():
                return self._block(one)
            case grammar.Declaration():
                self._new(one)
            case grammar.Assignment():
                self._assign(one)
            case grammar.Choice():
                return self._choose(one)
            case grammar.Count():
                return self._count(one)
            case grammar.Each():
                return self._each(one)
            case grammar.Loop():
                return self._loop(one)
            case grammar.Leave():
                return state.Left(one.again, one.label)
            case grammar.Open():
                cursor = self._named(one.cursor, state.Cursor, "cursor", one)
                self._open(cursor, [self._value(piece, one) for piece in one.using], one)
            case grammar.Fetch():
                self._fetch(one)
            case grammar.Close():
                cursor = self._named(one.cursor, state.Cursor, "cursor", one)
                self._opened(cursor, one.cursor, one)
                cursor.rows = cursor.result = None
            case grammar.Start():
                self._start(one.text, state.Rows(), one)
            case grammar.Await():
                self._await(one)
            case grammar.Return():
                return state.Returned(self._return(one))
            case grammar.Raise():
                self._raise(one)
            case grammar.Sql():
                self._sql(one)
            case _:
                raise unsupported(f"the statement {type(one).__name__} in a block")
        return None

    def _new(self, one: grammar.Declaration) -> None:
        if one.kind == "exception":
            made: Any = state.Raised(one.name, str(one.number), "P0001", one.message, one)
        elif one.kind == "cursor":
            made = state.Cursor(one.value or ())
        elif one.kind == "resultset":
            made = state.Rows()
            if one.value:
                self._fill(made, one.value, one)
        elif one.kind == "procedure":
            made = state.Procedure(self._definition(one.name, one.value or ()))
        else:
            value = self._value(one.value, one, one.type) if one.value else None
            made = state.Variable(one.type or state.widened(value), value)
        self._names.scopes[-1][one.name] = made

    def _assign(self, one: grammar.Assignment) -> None:
        thing = self._names.find(one.name)
        if isinstance(thing, state.Rows):
            self._fill(thing, one.value, one)
        else:
            variable = self._named(one.name, state.Variable, "variable", one)
            variable.value = self._value(one.value, one, variable.type)
            variable.type = variable.type or state.widened(variable.value)

    def _store(self, name: str, value: Any, at: grammar.Statement) -> None:
        """Put a value that SQL gave into a variable, in the variable's type."""
        variable = self._named(name, state.Variable, "variable", at)
        if variable.type is not None and not (isinstance(value, Typed) and value.type == variable.type):
            value = self._ask(f"SELECT CAST(? AS {variable.type})", [value], at)
        variable.value = value

    def _choose(self, one: grammar.Choice) -> state.Signal:
        operand = None if one.operand is None else self._value(one.operand, one)
        for condition, body in one.branches:
            if operand is None:
                holds = self._holds(condition, one)
            else:
                text, values = self._binding.bound(condition, bare=True)
                holds = state.plain(self._ask(f"SELECT :{len(values) + 1} = ({text}\n)", [*values, operand], one))
            if holds:
                return self._scoped({}, body)
        return self._scoped({}, one.otherwise)

    def _scoped(self, names: state.Scope, body: Sequence[grammar.Statement]) -> state.Signal:
        self._names.scopes.append(names)
        try:
            return self._all(body)
        finally:
            self._names.scopes.pop()

    # Loops

    def _loop(self, one: grammar.Loop) -> state.Signal:
        while one.before is None or self._holds(one.before, one):
            signal = self._scoped({}, one.body)
            if (ended := state.ends(signal, one)) is not None:
                return state.beyond(ended, one)
            if one.until is not None and self._holds(one.until, one):
                return None
        return None

    def _count(self, one: grammar.Count) -> state.Signal:
        ends = [state.plain(self._value(piece, one, INTEGER)) for piece in (one.first, one.last)]
        if None in ends:
            raise state.Raised("EXPRESSION_ERROR", "100037", "22023", "The bounds of a FOR loop can't be NULL.", one)
        numbers = range(int(ends[0]), int(ends[1]) + 1)
        return self._over(one, (Typed(INTEGER, at) for at in (reversed(numbers) if one.reverse else numbers)))

    def _each(self, one: grammar.Each) -> state.Signal:
        thing = self._names.find(one.source)
        if isinstance(thing, state.Rows):
            result = self._filled(thing, one.source, one)
            return self._over(one, state.records(result, iter(state.rows_of(result))))
        cursor = self._named(one.source, state.Cursor, "cursor", one)
        is_open = cursor.rows is not None  # which it still is after the loop
        if not is_open:
            self._open(cursor, [], one)
        rows = self._opened(cursor, one.source, one)
        cursor.rows = rows if is_open else None
        return self._over(one, state.records(cursor.result, rows))

    def _over(self, one: grammar.Count | grammar.Each, values: Iterator[Any]) -> state.Signal:
        for value in values:
            named = state.Variable(INTEGER, value) if isinstance(value, Typed) else value
            if (ended := state.ends(self._scoped({one.name: named}, one.body), one)) is not None:
                return state.beyond(ended, one)
        return None

    # Cursors and results

    def _open(self, cursor: state.Cursor, using: list[Any], at: grammar.Statement) -> None:
        if cursor.rows is not None:
            raise self._failed("090236", "24000", "The cursor is open already.", at)
        first = cursor.query[0]
        thing = self._names.find(canonical(first)) if len(cursor.query) == 1 else None
        if isinstance(thing, state.Rows):
            cursor.result = self._filled(thing, canonical(first), at)
        else:
            text, values = self._binding.bound(cursor.query, bare=False, marks=using)
            cursor.result = self._run(text, values, at)
        cursor.rows = iter(state.rows_of(cursor.result))

    def _opened(self, cursor: state.Cursor, name: str, at: grammar.Statement) -> Iterator[list[Any]]:
        if cursor.rows is None:
            raise self._failed("090237", "24000", f"The cursor {name} is not open.", at)
        return cursor.rows

    def _fetch(self, one: grammar.Fetch) -> None:
        cursor = self._named(one.cursor, state.Cursor, "cursor", one)
        row = next(self._opened(cursor, one.cursor, one), None)
        self._spread([None] * len(one.into) if row is None else row, one.into, one)

    def _spread(self, values: list[Any], names: list[str], at: grammar.Statement) -> None:
        if len(values) != len(names):
            text = f"{len(values)} columns can't be put into {len(names)} variables."
            raise self._failed("001003", "42000", f"SQL compilation error:\n{text}", at)
        for name, value in zip(names, values, strict=True):
            self._store(name, value, at)

    def _fill(self, rows: state.Rows, piece: Piece, at: grammar.Statement) -> None:
        if piece[0].text.upper() == "ASYNC":
            self._start(piece[1:], rows, at)
        else:
            rows.result = self._queried(piece, at)

    def _start(self, piece: Piece, rows: state.Rows, at: grammar.Statement) -> None:
        """An ASYNC statement. It runs at once, which is one of the orders that Snowflake may choose; AWAIT tells what
        became of it."""
        before = {key: self._names.facts[key] for key in state.COUNTS}
        rows.result = rows.failed = None
        try:
            rows.result = self._queried(piece, at)
        except state.Raised as raised:
            rows.failed = raised
        self._names.facts |= before
        self._jobs.append(rows)

    def _await(self, one: grammar.Await) -> None:
        jobs = self._jobs
        if one.name:
            rows: state.Rows = self._named(one.name, state.Rows, "RESULTSET", one)
            jobs = [job for job in jobs if job is rows]
            if rows.result is not None:
                self._count_rows(rows.result)
        self._jobs = [job for job in self._jobs if job not in jobs]
        for job in jobs:
            if job.failed is not None:
                raise job.failed

    def _definition(self, name: str, piece: Piece) -> str:
        at = next(i for i, token in enumerate(piece) if token.token_type == TokenType.ALIAS) + 1
        body = piece[at:]
        text = body[0].text if len(body) == 1 else self._text[body[0].start : body[-1].end + 1]
        head = self._text[piece[0].start : body[0].start]
        return f"WITH {quote_identifier(name)} AS PROCEDURE {head}{quote_literal(text)}"

    def _queried(self, piece: Piece, at: grammar.Statement) -> Result:
        """What the statement gives that stands in brackets."""
        if piece[0].text == "(" and piece[-1].text == ")":
            piece = piece[1:-1]
        if len(piece) == 1 and isinstance(other := self._names.find(canonical(piece[0])), state.Rows):
            return self._filled(other, canonical(piece[0]), at)
        return self._perform(piece, at)

    def _filled(self, rows: state.Rows, name: str, at: grammar.Statement) -> Result:
        if rows.result is None:
            raise self._failed("090235", "02000", f"The RESULTSET {name} has no result.", at)
        return rows.result

    # The end

    def _return(self, one: grammar.Return) -> Result:
        if not one.value:
            return self._one_value(None)
        words = [token.text.upper() for token in one.value[:4]]
        if words[:2] == ["TABLE", "("]:
            name = canonical(one.value[2])
            if words[2:4] == ["RESULTSET_FROM_CURSOR", "("]:
                name = canonical(one.value[4])
                cursor = self._named(name, state.Cursor, "cursor", one)
                self._opened(cursor, name, one)
                return cursor.result or self._one_value(None)
            return self._filled(self._named(name, state.Rows, "RESULTSET", one), name, one)
        value = self._value(one.value, one, self._returns)
        return self._one_value(value)

    def _one_value(self, value: Any) -> Result:
        if not isinstance(value, Typed):
            return table([(self._name, str(self._returns or VARCHAR))], [(value,)])
        result = self._session.run(f"SELECT CAST(? AS {value.type})", [value])
        return attrs.evolve(result, columns=[Column(self._name, result.columns[0].type)])

    def _raise(self, one: grammar.Raise) -> None:
        if not one.name:
            if not self._names.caught:
                raise compilation("001003", "syntax error: RAISE without a name stands outside of a handler.")
            raise self._names.caught[-1]
        made = self._named(one.name, state.Raised, "exception", one)
        raise state.Raised(made.name, made.code, made.sqlstate, made.message, one)

    def _failed(self, code: str, sqlstate: str, message: str, at: grammar.Statement) -> state.Raised:
        return state.Raised("STATEMENT_ERROR", code, sqlstate, message, at)

    # state.Names

    def _named(self, name: str, kind: type[Any], what: str, at: grammar.Statement) -> Any:
        found = self._names.find(name)
        if not isinstance(found, kind):
            text = f"error line {at.line} at position {at.column}\ninvalid identifier '{name}'"
            raise compilation("000904", f"{text}: no {what} of this name is declared.")
        return found

    # SQL

    def _sql(self, one: grammar.Sql) -> None:
        result = self._perform(one.text, one, one.cut)
        if one.into:
            rows = state.rows_of(result)
            if one.text[0].text.upper() != "CALL" and len(rows) != 1:
                text = f"SELECT INTO statement expects exactly 1 returned row, but got {len(rows)}."
                raise self._failed("091002", "P0000", text, one)
            self._spread(rows[0], one.into, one)

    def _perform(self, piece: Piece, at: grammar.Statement, cut: tuple[int, int] | None = None) -> Result:
        words = [token.text.upper() for token in piece[:2]]
        if words == ["EXECUTE", "IMMEDIATE"] and len(piece) > 2 and piece[2].text.upper() != "FROM":
            return self._immediate(piece[2:], at)
        calls, asks = words[0] == "CALL", words[0].startswith("SYSTEM$")
        refer = calls and not words[-1].startswith("SYSTEM$")
        text, values = self._binding.bound(piece, bare=False, arguments=calls or asks, refer=refer, cut=cut)
        text = f"CALL {text}" if asks else text
        own = self._names.find(canonical(piece[1])) if calls and len(piece) > 1 else None
        return self._run(f"{own.definition} {text}" if isinstance(own, state.Procedure) else text, values, at)

    def _immediate(self, piece: Piece, at: grammar.Statement) -> Result:
        """EXECUTE IMMEDIATE text [USING (…)]."""
        depth, end = 0, len(piece)
        for index, token in enumerate(piece):
            depth += {"(": 1, ")": -1}.get(token.text, 0) if token.token_type not in TEXTS else 0
            if token.token_type == TokenType.USING and not depth:
                end = index
        text = state.plain(self._value(piece[:end], at, VARCHAR))
        if text is None:
            raise self._failed("000900", "42601", "SQL compilation error:\nEmpty SQL statement.", at)
        return self._run(text, self._arguments(piece[end + 1 :], at), at)

    def _arguments(self, piece: Piece, at: grammar.Statement) -> list[Any]:
        return [self._value(one, at) for one in expressions(piece)]

    def _run(self, text: str, values: list[Any], at: grammar.Statement) -> Result:
        self._names.facts |= dict.fromkeys(state.COUNTS)
        try:
            result = self._session.run(text, values)
        except AccountError as error:
            raise self._told(error, "STATEMENT_ERROR", at) from None
        self._names.facts["SQLID"] = result.query_id
        self._count_rows(result)
        return result

    def _count_rows(self, result: Result) -> None:
        if result.statement in _DML:
            count = result.rowcount
            self._names.facts |= {"SQLROWCOUNT": count, "SQLFOUND": count > 0, "SQLNOTFOUND": count == 0}

    def _value(self, piece: Piece, at: grammar.Statement, type_: DataType | None = None) -> Any:
        """What an expression comes to, in a type if one is asked for."""
        text, values = self._binding.bound(piece, bare=True)
        return self._ask(f"SELECT CAST(({text}\n) AS {type_})" if type_ else f"SELECT ({text}\n)", values, at)

    def _holds(self, piece: Piece, at: grammar.Statement) -> bool:
        return state.plain(self._value(piece, at, BOOLEAN)) is True

    def _ask(self, query: str, values: list[Any], at: grammar.Statement) -> Any:
        try:
            result = self._session.run(query, values, remembered=False)
        except AccountError as error:
            raise self._told(error, "EXPRESSION_ERROR", at) from None
        return state.rows_of(result)[0][0]

    def _told(self, error: AccountError, kind: str, at: grammar.Statement) -> Exception:
        if error.code in _FINAL or self._session.interrupted.is_set():
            return error
        return state.Raised(kind, error.code, error.sqlstate, error.message, at)


def _handler(handlers: Sequence[grammar.Handler], raised: state.Raised) -> grammar.Handler | None:
    return next((one for one in handlers if raised.name in one.names or "OTHER" in one.names), None)
