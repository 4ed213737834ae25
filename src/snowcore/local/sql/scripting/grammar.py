"""The grammar of Snowflake Scripting: a block's tokens become a tree of statements. What is SQL in it stays as written,
and is parsed when it runs."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import ClassVar

import attrs

from ....engine.parsing import Token, TokenType
from ....engine.types import DataType, parse
from ...tasks.definitions import BEGINNINGS
from ..reader import Reader

_OPENING = {TokenType.L_PAREN, TokenType.L_BRACKET, TokenType.L_BRACE, TokenType.CASE}
_CLOSING = {TokenType.R_PAREN, TokenType.R_BRACKET, TokenType.R_BRACE, TokenType.END}
_ENDS = ("END", "ELSE", "ELSEIF", "WHEN", "EXCEPTION", "UNTIL")
_TRANSACTION = ("", ";", "TRANSACTION", "WORK", "NAME")

Piece = tuple[Token, ...]
"""An expression or a statement of SQL."""


@attrs.frozen(eq=False)
class Statement:
    """What runs. line from 1 and column from 0: where it begins, for messages."""

    line: int
    column: int


@attrs.frozen(eq=False)
class Declaration(Statement):
    """DECLARE and LET. kind: variable, cursor, resultset, exception or procedure."""

    name: str
    kind: str
    type: DataType | None = None
    value: Piece | None = None
    number: int = -20000
    message: str = ""


@attrs.frozen(eq=False)
class Handler:
    names: list[str]
    goes_on: bool
    body: list[Statement]


@attrs.frozen(eq=False)
class Block(Statement):
    declared: list[Statement]
    body: list[Statement]
    handlers: list[Handler]


@attrs.frozen(eq=False)
class Assignment(Statement):
    name: str
    value: Piece


Branch = tuple[Piece, list[Statement]]
"""A condition, and what runs if it holds."""


@attrs.frozen(eq=False)
class Choice(Statement):
    """IF and CASE. operand: what the conditions of a simple CASE are compared with."""

    operand: Piece | None
    branches: list[Branch]
    otherwise: list[Statement]


@attrs.frozen(eq=False)
class Loop(Statement):
    """LOOP, and WHILE and REPEAT with their condition."""

    label: str
    body: list[Statement]
    before: Piece | None = None
    until: Piece | None = None


@attrs.frozen(eq=False)
class Count(Loop):
    """FOR over whole numbers."""

    name: str = ""
    first: Piece = ()
    last: Piece = ()
    reverse: bool = False


@attrs.frozen(eq=False)
class Each(Loop):
    """FOR over the rows of a cursor or a RESULTSET."""

    name: str = ""
    source: str = ""


@attrs.frozen(eq=False)
class Leave(Statement):
    """BREAK and CONTINUE."""

    again: bool
    label: str


@attrs.frozen(eq=False)
class Open(Statement):
    cursor: str
    using: list[Piece]


@attrs.frozen(eq=False)
class Fetch(Statement):
    cursor: str
    into: list[str]


@attrs.frozen(eq=False)
class Close(Statement):
    cursor: str


@attrs.frozen(eq=False)
class Start(Statement):
    """ASYNC."""

    text: Piece


@attrs.frozen(eq=False)
class Await(Statement):
    """AWAIT of a RESULTSET's statement, or of all."""

    name: str


@attrs.frozen(eq=False)
class Return(Statement):
    value: Piece


@attrs.frozen(eq=False)
class Raise(Statement):
    name: str


@attrs.frozen(eq=False)
class Sql(Statement):
    """A statement of SQL, with the variables that its one row goes to. cut: where these are said in the text."""

    text: Piece
    into: list[str]
    cut: tuple[int, int] | None = None


@lru_cache(500)
def parsed(text: str) -> Block:
    """The one block of a text."""
    reader = Grammar(text)
    block = reader.block()
    while reader.take(";"):
        pass
    reader.end()
    return block


def begins_block(tokens: list[Token], at: int = 0) -> bool:
    """Whether a block begins here, and not a transaction."""
    word, after = (token.text.upper() if token else "" for token in (*tokens[at : at + 2], None, None)[:2])
    if at < len(tokens) and tokens[at].token_type == TokenType.IDENTIFIER:
        return False
    return word == "DECLARE" or (word == "BEGIN" and after not in _TRANSACTION)


def end_of_block(tokens: list[Token], at: int) -> int:
    """The place of the token after the block that begins at one."""
    grammar = Grammar("", tokens)
    grammar.at = at
    grammar.block()
    return grammar.at


class Grammar(Reader):
    def block(self) -> Block:
        start = self._place()
        declared: list[Statement] = []
        if self.take("DECLARE"):
            while self.peek() != "BEGIN":
                declared.append(self._declaration())
        self.expect("BEGIN")
        body = self._body()
        handlers: list[Handler] = []
        if self.take("EXCEPTION"):
            while self.peek() == "WHEN":
                handlers.append(self._handler())
            if not handlers:
                raise self.wrong()
        self.expect("END")
        return Block(*start, declared, body, handlers)

    def _handler(self) -> Handler:
        self.expect("WHEN")
        names = [self._name()]
        while self.take("OR"):
            names.append(self._name())
        goes_on = self.take("CONTINUE")
        if not goes_on:
            self.take("EXIT")
        self.expect("THEN")
        return Handler(names, goes_on, self._body())

    def _body(self) -> list[Statement]:
        found: list[Statement] = []
        while self.peek() not in _ENDS:
            if self.done:
                raise self.wrong()
            found.append(self._statement())
        if not found:
            raise self.wrong()
        return found

    def _statement(self) -> Statement:
        start = self._place()
        if begins_block(self.tokens, self.at):
            found: Statement = self.block()
        elif self.peek(1) == ":=":
            name = self._name()
            self.at += 1
            found = Assignment(*start, name, self._piece(";"))
        elif self.peek() in self._READ:
            found = self._READ[self.peek()](self)
        else:
            found = self._sql()
        self.expect(";")
        return found

    # Declarations

    def _let(self) -> Statement:
        self.at += 1
        return self._declared(*self._place())

    def _declaration(self) -> Statement:
        found = self._declared(*self._place())
        self.expect(";")
        return found

    def _declared(self, line: int, column: int) -> Statement:
        name = self._name()
        if self.take("CURSOR"):
            self.expect("FOR")
            return Declaration(line, column, name, "cursor", value=self._piece(";"))
        if self.take("EXCEPTION"):
            number, message = -20000, ""
            if self.take("("):
                number = self.integer()
                if not -20999 <= number <= -20000:
                    raise self.wrong()
                if self.take(","):
                    message = self.string()
                self.expect(")")
            return Declaration(line, column, name, "exception", number=number, message=message)
        if self.take("PROCEDURE"):
            return Declaration(line, column, name, "procedure", value=self._piece(";"))
        kind, type_ = "variable", None
        if self.take("RESULTSET"):
            kind = "resultset"
        elif self.peek() not in ("DEFAULT", ":=", ";"):
            type_ = self._type()
        value = None
        if self.one_of("DEFAULT", ":="):
            value = self._piece(";")
        elif kind == "variable" and type_ is None:
            raise self.wrong()
        return Declaration(line, column, name, kind, type_, value)

    def _type(self) -> DataType:
        return parse(" ".join(token.text for token in self._piece(";", "DEFAULT", ":=")))

    # Control

    def _if(self) -> Statement:
        start = self._place()
        self.at += 1
        branches, otherwise = self._branches("ELSEIF", [self._branch()])
        self.expect("IF")
        return Choice(*start, None, branches, otherwise)

    def _case(self) -> Statement:
        start = self._place()
        self.at += 1
        operand = None if self.peek() == "WHEN" else self._piece("WHEN")
        branches, otherwise = self._branches("WHEN", [])
        self.take("CASE")
        return Choice(*start, operand, branches, otherwise)

    def _branches(self, word: str, branches: list[Branch]) -> tuple[list[Branch], list[Statement]]:
        """Those that begin with a word, after the ones that are there already, and what follows ELSE, up to END."""
        while self.take(word):
            branches.append(self._branch())
        if not branches:
            raise self.wrong()
        otherwise = self._body() if self.take("ELSE") else []
        self.expect("END")
        return branches, otherwise

    def _branch(self) -> Branch:
        condition = self._piece("THEN")
        self.at += 1
        return condition, self._body()

    def _for(self) -> Statement:
        start = self._place()
        self.at += 1
        name = self._name()
        self.expect("IN")
        reverse = self.take("REVERSE")
        first = self._piece("TO", "DO", "LOOP")
        if self.take("TO"):
            last = self._piece("DO", "LOOP")
            body, label = self._looped("FOR", "DO", "LOOP")
            return Count(*start, label, body, name=name, first=first, last=last, reverse=reverse)
        if len(first) != 1 or reverse:
            self.at -= len(first)
            raise self.wrong()
        body, label = self._looped("FOR", "DO", "LOOP")
        return Each(*start, label, body, name=name, source=canonical(first[0]))

    def _while(self) -> Statement:
        start = self._place()
        self.at += 1
        condition = self._piece("DO", "LOOP")
        body, label = self._looped("WHILE", "DO", "LOOP")
        return Loop(*start, label, body, before=condition)

    def _looped(self, word: str, *opening: str) -> tuple[list[Statement], str]:
        """The body of a loop up to its END, and its label."""
        opened = self.one_of(*opening)
        if opened is None:
            raise self.wrong()
        body = self._body()
        self.expect("END")
        if not self.take(word):
            self.expect(opened)
        return body, self._label()

    def _loop(self) -> Statement:
        start = self._place()
        body, label = self._looped("LOOP", "LOOP")
        return Loop(*start, label, body)

    def _repeat(self) -> Statement:
        start = self._place()
        self.at += 1
        body = self._body()
        self.expect("UNTIL")
        condition = self._piece("END")
        self.expect("END")
        self.expect("REPEAT")
        return Loop(*start, self._label(), body, until=condition)

    def _label(self) -> str:
        return "" if self.peek() == ";" else self._name()

    def _leave(self) -> Statement:
        start, word = self._place(), self.peek()
        self.at += 1
        return Leave(*start, word in ("CONTINUE", "ITERATE"), self._label())

    # The rest

    def _open(self) -> Statement:
        start = self._place()
        self.at += 1
        name, using = self._name(), list[Piece]()
        if self.take("USING"):
            self.expect("(")
            using = self.pieces()
        return Open(*start, name, using)

    def pieces(self) -> list[Piece]:
        """Expressions, with the bracket that closes them."""
        found = [self._piece(",", ")")]
        while self.take(","):
            found.append(self._piece(",", ")"))
        self.expect(")")
        return found

    def _fetch(self) -> Statement:
        start = self._place()
        self.at += 1
        name = self._name()
        self.expect("INTO")
        return Fetch(*start, name, self._targets())

    def _targets(self) -> list[str]:
        found = list[str]()
        while True:
            self.take(":")
            found.append(self._name())
            if not self.take(","):
                return found

    def _close(self) -> Statement:
        start = self._place()
        self.at += 1
        return Close(*start, self._name())

    def _async(self) -> Statement:
        start = self._place()
        self.at += 1
        return Start(*start, self._piece(";"))

    def _await(self) -> Statement:
        start = self._place()
        self.at += 1
        return Await(*start, "" if self.take("ALL") else self._name())

    def _cancel(self) -> Statement:
        """CANCEL of what was started, which has run by then: it does nothing."""
        start = self._place()
        self.at += 1
        self._name()
        return Choice(*start, None, [], [])

    def _return(self) -> Statement:
        start = self._place()
        self.at += 1
        return Return(*start, () if self.peek() == ";" else self._piece(";"))

    def _raise(self) -> Statement:
        start = self._place()
        self.at += 1
        return Raise(*start, self._label())

    def _null(self) -> Statement:
        start = self._place()
        self.at += 1
        return Choice(*start, None, [], [])

    def _sql(self) -> Statement:
        start, first = self._place(), self.peek()
        if first not in BEGINNINGS and not first.startswith("SYSTEM$"):
            raise self.wrong()
        text, into, cut = self._piece(";"), list[str](), None
        if first in ("SELECT", "WITH", "CALL"):
            depth = 0
            for at, token in enumerate(text):
                depth += (token.token_type in _OPENING) - (token.token_type in _CLOSING)
                if token.token_type == TokenType.INTO and not depth:
                    targets = Grammar(self.text, list(text))
                    targets.at = at + 1
                    into = targets._targets()
                    cut = (token.start, text[targets.at - 1].end + 1)
                    text = (*text[:at], *text[targets.at :])
                    break
        return Sql(*start, text, into, cut)

    # Words

    def _name(self) -> str:
        return self._part()

    def _place(self) -> tuple[int, int]:
        token = self._token()
        if token is None:
            raise self.wrong()
        return token.line, max(token.col - (token.end - token.start + 1), 0)

    def _piece(self, *stops: str) -> Piece:
        """What stands before one of these words, outside of brackets, CASEs and blocks; it can't be empty."""
        start, depth = self.at, 0
        while depth or self.peek() not in stops:
            if self.done:
                raise self.wrong()
            token = self.tokens[self.at]
            if token.token_type == TokenType.SEMICOLON:
                raise self.wrong()
            if token.token_type == TokenType.ALIAS and begins_block(self.tokens, self.at + 1):
                self.at = end_of_block(self.tokens, self.at + 1)
                continue
            depth += (token.token_type in _OPENING) - (token.token_type in _CLOSING)
            self.at += 1
        if self.at == start:
            raise self.wrong()
        return tuple(self.tokens[start : self.at])

    _READ: ClassVar[dict[str, Callable[[Grammar], Statement]]] = {
        "LET": _let,
        "IF": _if,
        "CASE": _case,
        "FOR": _for,
        "WHILE": _while,
        "REPEAT": _repeat,
        "LOOP": _loop,
        **dict.fromkeys(("BREAK", "EXIT", "CONTINUE", "ITERATE"), _leave),
        "OPEN": _open,
        "FETCH": _fetch,
        "CLOSE": _close,
        "ASYNC": _async,
        "AWAIT": _await,
        "CANCEL": _cancel,
        "RETURN": _return,
        "RAISE": _raise,
        "NULL": _null,
    }


def canonical(token: Token) -> str:
    return token.text if token.token_type == TokenType.IDENTIFIER else token.text.upper()
