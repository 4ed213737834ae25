"""Statements and expressions of a block as SQL: its variables become binds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from snowcore._names import quote_literal

from ....engine.errors import compilation
from ....engine.parsing import Token, TokenType, tokens_of
from . import grammar
from .grammar import Piece, canonical
from .state import Names, Reference, Variable, plain

TEXTS = {TokenType.STRING, TokenType.RAW_STRING, TokenType.HEREDOC_STRING, TokenType.NATIONAL_STRING}
_TO_QUERY = re.compile(r"\bTO_QUERY\s*\(\s*(?:SQL\s*=>\s*)?$", re.IGNORECASE)
_BEFORE_PATH = {TokenType.VAR, TokenType.IDENTIFIER, TokenType.R_PAREN, TokenType.R_BRACKET, TokenType.STRING}


class Binding:
    """A block's text, with the values of its `?` and `:1`, and what names stand for in it."""

    def __init__(self, text: str, parameters: Any, names: Names) -> None:
        self._text, self._names = text, names
        self._given: Sequence[Any] = parameters if isinstance(parameters, (list, tuple)) else ()  # pyright: ignore
        marks = [token.start for token in tokens_of(text) if token.token_type == TokenType.PLACEHOLDER]
        self._marks = {start: at for at, start in enumerate(marks)}

    def bound(
        self,
        piece: Piece,
        *,
        bare: bool,
        marks: Sequence[Any] | None = None,
        arguments: bool = False,
        refer: bool = False,
        cut: tuple[int, int] | None = None,
    ) -> tuple[str, list[Any]]:
        """The text of a piece with its variables as binds, and their values.

        bare: whether names mean variables without a colon, too, as in expressions. arguments: only in brackets. refer:
        whether the value of a variable is a reference to it. marks:
        the values of `?`, if not the block's. cut: what of the text is left out.
        """
        out, end, values = list[str](), piece[0].start, list[Any]()
        opened = list[bool]()  # for each bracket that is open, whether a query is in it

        def put(start: int, past: int, value: Any) -> None:
            nonlocal end
            before = self._text[end:start]
            if _TO_QUERY.search(before) and isinstance(
                text := plain(value), str
            ):  # whose text says what the statement is
                out.append(before + quote_literal(text))
            else:
                values.append(value)
                out.append(f"{before}:{len(values)}")
            end = past

        at, seen = 0, 0
        while at < len(piece):
            token, before = piece[at], piece[at - 1] if at else None
            after = piece[at + 1] if at + 1 < len(piece) else None
            at += 1
            if cut is not None and end <= cut[0] < token.start:
                out.append(self._text[end : cut[0]])
                end = cut[1]
            if token.token_type in TEXTS:
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
                value, used = self._of_tokens(piece[at:], after, refer=refer)
                if used:
                    put(token.start, piece[at + used - 1].end + 1, value)
                    at += used
            elif (bare or (arguments and opened)) and not any(opened if bare else opened[1:]):
                if before is not None and before.text == ":" and piece[at - 3].token_type in TEXTS:
                    before = None  # the value of an OBJECT's key
                if _is_name(token, before, after):
                    value, used = self._of_tokens(piece[at - 1 :], token, refer=refer)
                    if used:
                        put(token.start, piece[at + used - 2].end + 1, value)
                        at += used - 1
        return "".join(out) + self._text[end : piece[-1].end + 1], values

    def _of_tokens(self, piece: Piece, token: Token, *, refer: bool) -> tuple[Any, int]:
        """The value that some tokens stand for, and how many of them; 0 if they stand for nothing."""
        if token.text.isdigit():
            index = int(token.text) - 1
            return (self._given[index], 1) if 0 <= index < len(self._given) else (None, 0)
        found = self._names.find(canonical(token))
        if isinstance(found, dict):
            name = canonical(piece[2]) if len(piece) > 2 and piece[1].text == "." else None
            return (found[name], 3) if name in found else (None, 0)  # pyright: ignore[reportUnknownVariableType]
        known = self._names.known(canonical(token))
        if refer and isinstance(found, Variable):
            return Reference(known[0], found), 1
        return (known[0], 1) if known else (None, 0)


def expressions(piece: Piece) -> list[Piece]:
    """The expressions in brackets."""
    if not piece:
        return []
    reader = grammar.Grammar("", list(piece))
    reader.expect("(")
    return reader.pieces()


def _is_path(before: Token | None, colon: Token) -> bool:
    """Whether a colon leads into a VARIANT, or stands in an object, rather than before a variable."""
    if before is None:
        return False
    touches = before.end + 1 == colon.start
    return before.token_type in TEXTS or (touches and before.token_type in _BEFORE_PATH)


def _is_name(token: Token, before: Token | None, after: Token | None) -> bool:
    """Whether a token in an expression may be a variable's name: it is no function's, type's or part of a path."""
    if token.token_type != TokenType.IDENTIFIER and not (token.text[:1].isalpha() or token.text[:1] == "_"):
        return False
    if (before is not None and before.text in (".", "::", ":", "$", "@")) or (before and before.text.upper() == "AS"):
        return False
    return after is None or after.text not in ("(", "=>")
