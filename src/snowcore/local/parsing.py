"""Snowflake's SQL by sqlglot: tokens, statements, and errors as Snowflake puts them."""

from __future__ import annotations

import logging
import re
from typing import Any

import sqlglot
from sqlglot import Expr, exp
from sqlglot.dialects.snowflake import Snowflake
from sqlglot.errors import SqlglotError
from sqlglot.tokenizer_core import Token, TokenType

from .errors import AccountError, syntax

__all__ = ["Token", "TokenType", "expression", "parsed", "syntax_error", "tokens_of", "wrong_count"]


class _Tokenizer(Snowflake.Tokenizer):
    COMMANDS = set[TokenType]()  # sqlglot would make one token of all that follows these


class _Told(logging.Filter):
    """What sqlglot can't parse, it logs; here it becomes an error anyway."""

    def filter(self, record: logging.LogRecord) -> bool:
        return "Falling back to parsing as a 'Command'" not in str(record.msg)


logging.getLogger("sqlglot").addFilter(_Told())


def tokens_of(text: str) -> list[Token]:
    try:
        return _Tokenizer(dialect=Snowflake()).tokenize(text)
    except SqlglotError as error:
        raise syntax_error(error) from None


def parsed(text: str) -> Expr:
    """The one statement of a text."""
    try:
        statements = [statement for statement in sqlglot.parse(text, read="snowflake") if statement is not None]
    except SqlglotError as error:
        raise syntax_error(error) from None
    except Exception:  # sqlglot stumbles over some texts that are no SQL, and over what is nested too deeply
        raise syntax("syntax error: the statement can't be parsed.") from None
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


def wrong_count(actual: int, desired: int) -> AccountError:
    text = f"Actual statement count {actual} did not match the desired statement count {desired}."
    return AccountError(400, "000008", "0A000", text)


def syntax_error(error: SqlglotError) -> AccountError:
    every: list[Any] = getattr(error, "errors", None) or [{}]
    details = every[0]
    if not details.get("line"):
        return syntax(re.sub(r"\x1b\[\d+m", "", str(error)).split("\n")[0])
    near = details.get("highlight") or "<EOF>"
    position = max(details["col"] - len(near), 0)
    return syntax(f"syntax error line {details['line']} at position {position} unexpected '{near}'.")
