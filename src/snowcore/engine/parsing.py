"""Snowflake's SQL by sqlglot: tokens, statements, and errors as Snowflake puts them."""

from __future__ import annotations

import logging
import re

from sqlglot import Expr, exp
from sqlglot.dialects.snowflake import Snowflake
from sqlglot.errors import SqlglotError
from sqlglot.tokenizer_core import Token, TokenType

from . import dialect
from .errors import syntax, wrong_count

__all__ = ["Token", "TokenType", "expression", "parsed", "readable", "tokens_of"]

DDL = (exp.Create, exp.Alter, exp.Drop, exp.Comment, exp.TruncateTable)
DML = (exp.Insert, exp.Update, exp.Delete, exp.Merge, exp.MultitableInserts)
TEXTS = {TokenType.STRING, TokenType.RAW_STRING, TokenType.HEREDOC_STRING, TokenType.NATIONAL_STRING}


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


_PUT = re.compile(r"(\s*PUT\s+)(file://\S*/\*\S*)", re.IGNORECASE)


def readable(text: str) -> str:
    """A statement with the URL in quotes, of which `/*` would else begin a comment: PUT file:///tmp/*.csv @s."""
    return _PUT.sub(r"\1'\2'", text, count=1) if "/*" in text and _PUT.match(text) else text


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


def with_text(statement: Expr, text: str) -> Expr:
    """The statement, with the text of the query if it is of a view, which is kept as it was written."""
    if isinstance(statement, exp.Create) and str(statement.kind).upper() == "VIEW":
        statement.meta["written"] = text.strip().rstrip(";")
        tokens = dialect.tokenize(text)
        depth = 0
        for at, token in enumerate(tokens):
            depth += {"(": 1, ")": -1}.get(token.text, 0) if token.token_type != TokenType.STRING else 0
            if token.token_type == TokenType.ALIAS and not depth and at + 1 < len(tokens):
                statement.meta["query"] = text[tokens[at + 1].start :].strip().rstrip(";")
                break
    return statement
