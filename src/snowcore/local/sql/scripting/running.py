"""Runs blocks: a statement at a time, with a scope of names for each block and loop."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import attrs

from snowcore._names import quote_identifier, quote_literal

from ....engine.errors import AccountError, compilation, unsupported
from ....engine.parsing import Token, TokenType, tokens_of
from ....engine.protocol import Column, Result
from ....engine.types import BOOLEAN, INTEGER, VARCHAR, DataType, Typed, number, parse
from ..results import table
from . import grammar
from .grammar import Piece, canonical

if TYPE_CHECKING:
    from .. import SqlSession

_TEXTS = {TokenType.STRING, TokenType.RAW_STRING, TokenType.HEREDOC_STRING, TokenType.NATIONAL_STRING}
_BEFORE_PATH = {TokenType.VAR, TokenType.IDENTIFIER, TokenType.R_PAREN, TokenType.R_BRACKET, TokenType.STRING}
_FINAL = {"000002", "000603", "000604", "000630"}
"""Errors that no handler gets: what is not emulated or is broken here, and the end of the statement's time."""
_DML = {"INSERT", "UPDATE", "DELETE", "MERGE"}
_COUNTS = ("SQLROWCOUNT", "SQLFOUND", "SQLNOTFOUND")


class _Raised(Exception):
    """An exception of the script on its way to a handler."""

    def __init__(self, name: str, code: str, sqlstate: str, message: str, at: grammar.Statement) -> None:
        super().__init__(message)
        self.name, self.code, self.sqlstate, self.message, self.at = name, code, sqlstate, message, at

    def uncaught(self) -> AccountError:
        place = f"on line {self.at.line} at position {self.at.column}"
        text = f"Uncaught exception of type '{self.name}' {place} : {self.message}"
        return AccountError(400, self.code, self.sqlstate, text)


@attrs.define
class _Variable:
    type: DataType | None
    value: Any = None


@attrs.define
class _Cursor:
    query: Piece
    rows: Iterator[list[Any]] | None = None
    result: Result | None = None


@attrs.define
class _Rows:
    """A RESULTSET. failed: what AWAIT raises of its ASYNC statement."""

    result: Result | None = None
    failed: _Raised | None = None


@attrs.frozen
class _Procedure:
    """A procedure that the block declares: its definition, ready for a CALL behind it."""

    definition: str


@attrs.frozen
class _Returned:
    result: Result


@attrs.frozen
class _Left:
    again: bool
    label: str


_Signal = _Returned | _Left | None
_Scope = dict[str, Any]


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
        self._given: Sequence[Any] = parameters if isinstance(parameters, (list, tuple)) else ()  # pyright: ignore
        arguments: _Scope = {key: _Variable(type_, value) for key, (type_, value) in (variables or {}).items()}
        self._scopes: list[_Scope] = [arguments]
        self._handlers: list[list[grammar.Handler]] = []
        self._caught: list[_Raised] = []
        self._jobs: list[_Rows] = []
        self._facts: dict[str, Any] = dict.fromkeys((*_COUNTS, "SQLID"))
        marks = [token.start for token in tokens_of(text) if token.token_type == TokenType.PLACEHOLDER]
        self._marks = {start: at for at, start in enumerate(marks)}

    def run(self) -> Result:
        """What the block returns. AccountError for an exception that nothing in it caught."""
        try:
            signal = self._block(grammar.parsed(self._text))
        except _Raised as raised:
            raise raised.uncaught() from None
        return signal.result if isinstance(signal, _Returned) else self._one_value(None)

    def variable(self, name: str) -> Any:
        """An argument's value at the end."""
        return self._scopes[0][name].value

    # Statements

    def _block(self, block: grammar.Block) -> _Signal:
        self._scopes.append({})
        self._handlers.append(block.handlers)
        depth = len(self._scopes)
        try:
            try:
                return self._declare(block) or self._all(block.body)
            except _Raised as raised:
                handler = _handler(block.handlers, raised)
                if handler is None:
                    raise
                del self._scopes[depth:]
                self._handlers[-1] = []
                return self._handle(handler, raised)
        finally:
            del self._scopes[depth - 1 :]
            self._handlers.pop()

    def _declare(self, block: grammar.Block) -> _Signal:
        for one in block.declared:
            self._one(one)
        return None

    def _handle(self, handler: grammar.Handler, raised: _Raised) -> _Signal:
        self._caught.append(raised)
        try:
            return self._all(handler.body)
        finally:
            self._caught.pop()

    def _all(self, statements: Sequence[grammar.Statement]) -> _Signal:
        for one in statements:
            try:
                signal = self._one(one)
            except _Raised as raised:
                handler = _handler(self._handlers[-1], raised)
                if handler is None or not handler.goes_on:
                    raise
                signal = self._handle(handler, raised)
            if signal is not None:
                return signal
        return None

    def _one(self, one: grammar.Statement) -> _Signal:
        if self._session.interrupted.is_set():
            raise AccountError(408, "000604", "57014", "SQL execution canceled")
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
                return _Left(one.again, one.label)
            case grammar.Open():
                cursor = self._named(one.cursor, _Cursor, "cursor", one)
                self._open(cursor, [self._value(piece, one) for piece in one.using], one)
            case grammar.Fetch():
                self._fetch(one)
            case grammar.Close():
                cursor = self._named(one.cursor, _Cursor, "cursor", one)
                self._opened(cursor, one.cursor, one)
                cursor.rows = cursor.result = None
            case grammar.Start():
                self._start(one.text, _Rows(), one)
            case grammar.Await():
                self._await(one)
            case grammar.Return():
                return _Returned(self._return(one))
            case grammar.Raise():
                self._raise(one)
            case grammar.Sql():
                self._sql(one)
            case _:
                raise unsupported(f"the statement {type(one).__name__} in a block")
        return None

    def _new(self, one: grammar.Declaration) -> None:
        if one.kind == "exception":
            made: Any = _Raised(one.name, str(one.number), "P0001", one.message, one)
        elif one.kind == "cursor":
            made = _Cursor(one.value or ())
        elif one.kind == "resultset":
            made = _Rows()
            if one.value:
                self._fill(made, one.value, one)
        elif one.kind == "procedure":
            made = _Procedure(self._definition(one.name, one.value or ()))
        else:
            value = self._value(one.value, one, one.type) if one.value else None
            made = _Variable(one.type or _widened(value), value)
        self._scopes[-1][one.name] = made

    def _assign(self, one: grammar.Assignment) -> None:
        thing = self._find(one.name)
        if isinstance(thing, _Rows):
            self._fill(thing, one.value, one)
        else:
            variable = self._named(one.name, _Variable, "variable", one)
            variable.value = self._value(one.value, one, variable.type)
            variable.type = variable.type or _widened(variable.value)

    def _store(self, name: str, value: Any, at: grammar.Statement) -> None:
        """Put a value that SQL gave into a variable, in the variable's type."""
        variable = self._named(name, _Variable, "variable", at)
        if variable.type is not None and not (isinstance(value, Typed) and value.type == variable.type):
            value = self._ask(f"SELECT CAST(? AS {variable.type})", [value], at)
        variable.value = value

    def _choose(self, one: grammar.Choice) -> _Signal:
        operand = None if one.operand is None else self._value(one.operand, one)
        for condition, body in one.branches:
            if operand is None:
                holds = self._holds(condition, one)
            else:
                text, values = self._bound(condition, bare=True)
                holds = _plain(self._ask(f"SELECT :{len(values) + 1} = ({text}\n)", [*values, operand], one))
            if holds:
                return self._scoped({}, body)
        return self._scoped({}, one.otherwise)

    def _scoped(self, names: _Scope, body: Sequence[grammar.Statement]) -> _Signal:
        self._scopes.append(names)
        try:
            return self._all(body)
        finally:
            self._scopes.pop()

    # Loops

    def _loop(self, one: grammar.Loop) -> _Signal:
        while one.before is None or self._holds(one.before, one):
            signal = self._scoped({}, one.body)
            if (ended := _ends(signal, one)) is not None:
                return _beyond(ended, one)
            if one.until is not None and self._holds(one.until, one):
                return None
        return None

    def _count(self, one: grammar.Count) -> _Signal:
        first, last = (int(_plain(self._value(piece, one, INTEGER))) for piece in (one.first, one.last))
        numbers = range(first, last + 1)
        return self._over(one, (Typed(INTEGER, at) for at in (reversed(numbers) if one.reverse else numbers)))

    def _each(self, one: grammar.Each) -> _Signal:
        thing = self._find(one.source)
        if isinstance(thing, _Rows):
            result = self._filled(thing, one.source, one)
            return self._over(one, _records(result, iter(_rows(result))))
        cursor = self._named(one.source, _Cursor, "cursor", one)
        if cursor.rows is None:
            self._open(cursor, [], one)
        rows = self._opened(cursor, one.source, one)
        cursor.rows = None
        return self._over(one, _records(cursor.result, rows))

    def _over(self, one: grammar.Count | grammar.Each, values: Iterator[Any]) -> _Signal:
        for value in values:
            named = _Variable(INTEGER, value) if isinstance(value, Typed) else value
            if (ended := _ends(self._scoped({one.name: named}, one.body), one)) is not None:
                return _beyond(ended, one)
        return None

    # Cursors and results

    def _open(self, cursor: _Cursor, using: list[Any], at: grammar.Statement) -> None:
        if cursor.rows is not None:
            raise self._failed("090236", "24000", "The cursor is open already.", at)
        first = cursor.query[0]
        thing = self._find(canonical(first)) if len(cursor.query) == 1 else None
        if isinstance(thing, _Rows):
            cursor.result = self._filled(thing, canonical(first), at)
        else:
            text, values = self._bound(cursor.query, bare=False, marks=using)
            cursor.result = self._run(text, values, at)
        cursor.rows = iter(_rows(cursor.result))

    def _opened(self, cursor: _Cursor, name: str, at: grammar.Statement) -> Iterator[list[Any]]:
        if cursor.rows is None:
            raise self._failed("090237", "24000", f"The cursor {name} is not open.", at)
        return cursor.rows

    def _fetch(self, one: grammar.Fetch) -> None:
        cursor = self._named(one.cursor, _Cursor, "cursor", one)
        row = next(self._opened(cursor, one.cursor, one), None)
        self._spread([None] * len(one.into) if row is None else row, one.into, one)

    def _spread(self, values: list[Any], names: list[str], at: grammar.Statement) -> None:
        if len(values) != len(names):
            text = f"{len(values)} columns can't be put into {len(names)} variables."
            raise self._failed("001003", "42000", f"SQL compilation error:\n{text}", at)
        for name, value in zip(names, values, strict=True):
            self._store(name, value, at)

    def _fill(self, rows: _Rows, piece: Piece, at: grammar.Statement) -> None:
        if piece[0].text.upper() == "ASYNC":
            self._start(piece[1:], rows, at)
        else:
            rows.result = self._queried(piece, at)

    def _start(self, piece: Piece, rows: _Rows, at: grammar.Statement) -> None:
        """An ASYNC statement. It runs at once, which is one of the orders that Snowflake may choose; AWAIT tells what
        became of it."""
        before = {key: self._facts[key] for key in _COUNTS}
        rows.result = rows.failed = None
        try:
            rows.result = self._queried(piece, at)
        except _Raised as raised:
            rows.failed = raised
        self._facts |= before
        self._jobs.append(rows)

    def _await(self, one: grammar.Await) -> None:
        if one.name:
            rows = self._named(one.name, _Rows, "RESULTSET", one)
            jobs = [job for job in self._jobs if job is rows]
            if rows.result is not None:
                self._count_rows(rows.result)
        else:
            jobs = self._jobs
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
        if len(piece) == 1 and isinstance(other := self._find(canonical(piece[0])), _Rows):
            return self._filled(other, canonical(piece[0]), at)
        return self._perform(piece, at)

    def _filled(self, rows: _Rows, name: str, at: grammar.Statement) -> Result:
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
                cursor = self._named(name, _Cursor, "cursor", one)
                self._opened(cursor, name, one)
                return cursor.result or self._one_value(None)
            return self._filled(self._named(name, _Rows, "RESULTSET", one), name, one)
        value = self._value(one.value, one, self._returns)
        return self._one_value(value)

    def _one_value(self, value: Any) -> Result:
        if not isinstance(value, Typed):
            return table([(self._name, str(self._returns or VARCHAR))], [(value,)])
        result = self._session.run(f"SELECT CAST(? AS {value.type})", [value])
        return attrs.evolve(result, columns=[Column(self._name, result.columns[0].type)])

    def _raise(self, one: grammar.Raise) -> None:
        if not one.name:
            if not self._caught:
                raise compilation("001003", "syntax error: RAISE without a name stands outside of a handler.")
            raise self._caught[-1]
        made = self._named(one.name, _Raised, "exception", one)
        raise _Raised(made.name, made.code, made.sqlstate, made.message, one)

    def _failed(self, code: str, sqlstate: str, message: str, at: grammar.Statement) -> _Raised:
        return _Raised("STATEMENT_ERROR", code, sqlstate, message, at)

    # Names

    def _find(self, name: str) -> Any:
        return next((scope[name] for scope in reversed(self._scopes) if name in scope), None)

    def _named(self, name: str, kind: type[Any], what: str, at: grammar.Statement) -> Any:
        found = self._find(name)
        if not isinstance(found, kind):
            text = f"error line {at.line} at position {at.column}\ninvalid identifier '{name}'"
            raise compilation("000904", f"{text}: no {what} of this name is declared.")
        return found

    def _known(self, name: str) -> Any:
        """What a name stands for in an expression, as a one-value list; empty if it stands for nothing."""
        found = self._find(name)
        if isinstance(found, _Variable):
            return [found.value if found.value is not None else Typed(found.type or VARCHAR, None)]
        if found is None and name in self._facts:
            return [self._facts[name]]
        if found is None and name in ("SQLCODE", "SQLERRM", "SQLSTATE"):
            caught = self._caught[-1] if self._caught else None
            if caught is None:
                return [None]
            return [{"SQLCODE": int(caught.code), "SQLERRM": caught.message, "SQLSTATE": caught.sqlstate}[name]]
        return []

    # SQL

    def _sql(self, one: grammar.Sql) -> None:
        result = self._perform(one.text, one, one.cut)
        if one.into:
            rows = _rows(result)
            if one.text[0].text.upper() != "CALL" and len(rows) != 1:
                text = f"SELECT INTO statement expects exactly 1 returned row, but got {len(rows)}."
                raise self._failed("091002", "P0000", text, one)
            self._spread(rows[0], one.into, one)

    def _perform(self, piece: Piece, at: grammar.Statement, cut: tuple[int, int] | None = None) -> Result:
        words = [token.text.upper() for token in piece[:2]]
        if words == ["EXECUTE", "IMMEDIATE"] and len(piece) > 2 and piece[2].text.upper() != "FROM":
            return self._immediate(piece[2:], at)
        text, values = self._bound(piece, bare=False, arguments=words[0] == "CALL", cut=cut)
        own = self._find(canonical(piece[1])) if words[0] == "CALL" and len(piece) > 1 else None
        return self._run(f"{own.definition} {text}" if isinstance(own, _Procedure) else text, values, at)

    def _immediate(self, piece: Piece, at: grammar.Statement) -> Result:
        """EXECUTE IMMEDIATE text [USING (…)]."""
        depth, end = 0, len(piece)
        for index, token in enumerate(piece):
            depth += {"(": 1, ")": -1}.get(token.text, 0) if token.token_type not in _TEXTS else 0
            if token.token_type == TokenType.USING and not depth:
                end = index
        text = _plain(self._value(piece[:end], at, VARCHAR))
        if text is None:
            raise self._failed("000900", "42601", "SQL compilation error:\nEmpty SQL statement.", at)
        return self._run(text, self._arguments(piece[end + 1 :], at), at)

    def _arguments(self, piece: Piece, at: grammar.Statement) -> list[Any]:
        return [self._value(one, at) for one in _expressions(piece)]

    def _run(self, text: str, values: list[Any], at: grammar.Statement) -> Result:
        self._facts |= dict.fromkeys(_COUNTS)
        try:
            result = self._session.run(text, values)
        except AccountError as error:
            raise self._told(error, "STATEMENT_ERROR", at) from None
        self._facts["SQLID"] = result.query_id
        self._count_rows(result)
        return result

    def _count_rows(self, result: Result) -> None:
        if result.statement in _DML:
            count = result.rowcount
            self._facts |= {"SQLROWCOUNT": count, "SQLFOUND": count > 0, "SQLNOTFOUND": count == 0}

    def _value(self, piece: Piece, at: grammar.Statement, type_: DataType | None = None) -> Any:
        """What an expression comes to, in a type if one is asked for."""
        text, values = self._bound(piece, bare=True)
        return self._ask(f"SELECT CAST(({text}\n) AS {type_})" if type_ else f"SELECT ({text}\n)", values, at)

    def _holds(self, piece: Piece, at: grammar.Statement) -> bool:
        return _plain(self._value(piece, at, BOOLEAN)) is True

    def _ask(self, query: str, values: list[Any], at: grammar.Statement) -> Any:
        try:
            result = self._session.run(query, values, remembered=False)
        except AccountError as error:
            raise self._told(error, "EXPRESSION_ERROR", at) from None
        return _rows(result)[0][0]

    def _told(self, error: AccountError, kind: str, at: grammar.Statement) -> Exception:
        if error.code in _FINAL or self._session.interrupted.is_set():
            return error
        return _Raised(kind, error.code, error.sqlstate, error.message, at)

    def _bound(
        self,
        piece: Piece,
        *,
        bare: bool,
        marks: Sequence[Any] | None = None,
        arguments: bool = False,
        cut: tuple[int, int] | None = None,
    ) -> tuple[str, list[Any]]:
        """The text of a piece with its variables as binds, and their values.

        bare: whether names mean variables without a colon, too, as in expressions. arguments: only in brackets. marks:
        the values of `?`, if not the block's. cut: what of the text is left out.
        """
        out, end, values = list[str](), piece[0].start, list[Any]()
        opened = list[bool]()  # for each bracket that is open, whether a query is in it

        def put(start: int, past: int, value: Any) -> None:
            nonlocal end
            values.append(value)
            out.append(f"{self._text[end:start]}:{len(values)}")
            end = past

        at, seen = 0, 0
        while at < len(piece):
            token, before = piece[at], piece[at - 1] if at else None
            after = piece[at + 1] if at + 1 < len(piece) else None
            at += 1
            if cut is not None and end <= cut[0] < token.start:
                out.append(self._text[end : cut[0]])
                end = cut[1]
            if token.token_type in _TEXTS:
                continue
            if token.text == "(":
                opened.append(after is not None and after.token_type in (TokenType.SELECT, TokenType.WITH))
            elif token.text == ")" and opened:
                opened.pop()
            elif token.token_type == TokenType.PLACEHOLDER:
                given = self._given if marks is None else marks
                index = self._marks[token.start] if marks is None else seen
                seen += 1
                if index >= len(given):
                    raise compilation("002049", "Bind variable ? not set.", "42601")
                put(token.start, token.end + 1, given[index])
            elif token.text == ":" and after is not None and not _is_path(before, token):
                value, used = self._of_tokens(piece[at:], after)
                if used:
                    put(token.start, piece[at + used - 1].end + 1, value)
                    at += used
            elif (bare or (arguments and opened)) and not any(opened if bare else opened[1:]):
                if before is not None and before.text == ":" and piece[at - 3].token_type in _TEXTS:
                    before = None  # the value of an OBJECT's key
                if _is_name(token, before, after):
                    value, used = self._of_tokens(piece[at - 1 :], token)
                    if used:
                        put(token.start, piece[at + used - 2].end + 1, value)
                        at += used - 1
        return "".join(out) + self._text[end : piece[-1].end + 1], values

    def _of_tokens(self, piece: Piece, token: Token) -> tuple[Any, int]:
        """The value that some tokens stand for, and how many of them; 0 if they stand for nothing."""
        if token.text.isdigit():
            index = int(token.text) - 1
            return (self._given[index], 1) if 0 <= index < len(self._given) else (None, 0)
        found = self._find(canonical(token))
        if isinstance(found, dict):
            name = canonical(piece[2]) if len(piece) > 2 and piece[1].text == "." else None
            return (found[name], 3) if name in found else (None, 0)  # pyright: ignore[reportUnknownVariableType]
        known = self._known(canonical(token))
        return (known[0], 1) if known else (None, 0)


def _expressions(piece: Piece) -> list[Piece]:
    """The expressions in brackets."""
    if not piece:
        return []
    reader = grammar.Grammar("", list(piece))
    reader.expect("(")
    return reader.pieces()


def _handler(handlers: Sequence[grammar.Handler], raised: _Raised) -> grammar.Handler | None:
    return next((one for one in handlers if raised.name in one.names or "OTHER" in one.names), None)


def _is_path(before: Token | None, colon: Token) -> bool:
    """Whether a colon leads into a VARIANT, or stands in an object, rather than before a variable."""
    if before is None:
        return False
    touches = before.end + 1 == colon.start
    return before.token_type in _TEXTS or (touches and before.token_type in _BEFORE_PATH)


def _is_name(token: Token, before: Token | None, after: Token | None) -> bool:
    """Whether a token in an expression may be a variable's name: it is no function's, type's or part of a path."""
    if token.token_type != TokenType.IDENTIFIER and not (token.text[:1].isalpha() or token.text[:1] == "_"):
        return False
    if (before is not None and before.text in (".", "::", ":", "$", "@")) or (before and before.text.upper() == "AS"):
        return False
    return after is None or after.text not in ("(", "=>")


def _ends(signal: _Signal, loop: grammar.Loop) -> _Signal:
    """What of a body's end goes beyond one turn of its loop."""
    if isinstance(signal, _Left) and signal.again and _is_of(signal, loop):
        return None
    return signal


def _beyond(ended: _Signal, loop: grammar.Loop) -> _Signal:
    """What of the end of a loop concerns those around it: no BREAK of its own."""
    return None if isinstance(ended, _Left) and _is_of(ended, loop) else ended


def _is_of(left: _Left, loop: grammar.Loop) -> bool:
    return left.label in ("", loop.label)


def _rows(result: Result) -> list[list[Any]]:
    """A result's rows, with the types of their values."""
    types, fetched = getattr(result.native, "types", None), getattr(result.native, "fetched", None)
    if types is None or fetched is None:
        return [list(row) for row in result.rows]
    return [[Typed(type_, value) for type_, value in zip(types, row, strict=True)] for row in fetched]


def _records(result: Result | None, rows: Iterator[list[Any]]) -> Iterator[dict[str, Any]]:
    """Rows by the names of their columns; of two columns of one name the first counts."""
    names = [column.name for column in result.columns] if result else []
    return (dict(reversed([*zip(names, row, strict=True)])) for row in rows)


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, Typed) else value


def _widened(value: Any) -> DataType | None:
    """The type that a variable takes from its first value."""
    if not isinstance(value, Typed) or value.type.name == "NULL":
        return None
    if value.type.name == "NUMBER":
        return number(38, value.type.scale)
    return parse(value.type.name) if value.type.name in ("VARCHAR", "BINARY") else value.type
