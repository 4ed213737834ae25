"""Snowflake's SQL by sqlglot: tokens, statements, and errors as Snowflake puts them."""

from __future__ import annotations

import logging

from sqlglot import Expr, exp
from sqlglot.dialects.snowflake import Snowflake
from sqlglot.errors import SqlglotError
from sqlglot.tokenizer_core import Token, TokenType

from . import dialect
from .errors import AccountError, syntax

__all__ = ["Token", "TokenType", "expression", "parsed", "tokens_of", "wrong_count"]


class _Tokenizer(Snowflake.Tokenizer):
    COMMANDS = set[TokenType]()  # sqlglot would make one token of all that follows these


class _Told(logging.Filter):
    """What sqlglot can't parse, it logs; here it becomes an error anyway."""

    def filter(self, record: logging.LogRecord) -> bool:
        return "Falling back to parsing as a 'Command'" not in str(record.msg)


logging.getLogger("sqlglot").addFilter(_Told())


def tokens_of(text: str) -> list[Token]:
    try:
        return dialect.apart(_Tokenizer(dialect=Snowflake()).tokenize(text), text)
    except SqlglotError as error:
        raise dialect.syntax_error(error) from None


def parsed(text: str) -> Expr:
    """The one statement of a text."""
    statements = dialect.statements(text)
    if len(statements) != 1:
        raise wrong_count(len(statements), 1)
    return statements[0]


def expression(text: str) -> Expr:
    """The one expression of a text, such as a column's default. AccountError if the text is more than that, or less."""
    query = parsed(f"SELECT\n{text}\n")
    said = {part for part, value in query.args.items() if value}
    found: list[Expr] = query.args.get("expressions") or []
    if said != {"expressions"} or len(found) != 1 or isinstance(found[0], exp.Alias):
        raise syntax(f"syntax error: '{text}' is not an expression.")
    return found[0]


def empty() -> AccountError:
    return AccountError(400, "000900", "42601", "SQL compilation error:\nEmpty SQL statement.")


def wrong_count(actual: int, desired: int) -> AccountError:
    text = f"Actual statement count {actual} did not match the desired statement count {desired}."
    return AccountError(400, "000008", "0A000", text)
