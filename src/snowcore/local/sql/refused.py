"""What would be answered wrongly, or not at all: refused by name."""

from __future__ import annotations

import re

from sqlglot import Expr, TokenType, exp

from ...engine.errors import syntax, unsupported
from ...engine.parsing import parsed
from .kinds import KINDS
from .listings import LISTINGS
from .reader import Reader

# Statements by their first words, and objects that CREATE, ALTER, DROP and so on may not be about.
_STATEMENTS = {"BACKUP", "DECLARE"}
_MADE = {
    *(kind.words for kind in KINDS),
    "HYBRID TABLE",
    "ICEBERG TABLE",
    "VIEW",
    "MATERIALIZED VIEW",
    "SEQUENCE",
    "FILE FORMAT",
}
_OBJECTS = [
    *(listing.singular for listing in LISTINGS if listing.singular not in (*_MADE, "OBJECT")),
    *("AGGREGATE FUNCTION", "ACCOUNT", "ORGANIZATION"),
]
_MODIFIERS = ("OR REPLACE", "OR ALTER", "SECURE", "TEMPORARY", "TEMP", "TRANSIENT", "SCOPED")

_RUN = (
    *(exp.Query, exp.Values, exp.Insert, exp.Update, exp.Delete, exp.Merge, exp.Create, exp.Drop, exp.Alter),
    *(exp.TruncateTable, exp.Comment, exp.Transaction, exp.Commit, exp.Rollback, exp.Copy, exp.Put, exp.Get),
    *(exp.ListStage, exp.MultitableInserts),
)
_COMMANDS = ("REMOVE", "RM", "COPY FILES")
_CREATED = ("TABLE", "VIEW", "SEQUENCE", "FILE FORMAT")


def check(reader: Reader) -> None:
    """AccountError if the statement, which no one has read so far, is one of those."""
    first = reader.peek()
    if "SEMANTIC_VIEW" in reader.text.upper() and any(
        token.text.upper() == "SEMANTIC_VIEW" and token.token_type != TokenType.STRING for token in reader.tokens
    ):
        raise unsupported("queries of semantic views")
    if first in _STATEMENTS:
        raise unsupported(first)
    reader.at += 1
    if first == "COPY":
        reader.take("FILES")
        reader.expect("INTO")  # DuckDB copies in other ways, too
    if first in ("CREATE", "ALTER", "DROP", "UNDROP", "DESCRIBE", "DESC", "EXECUTE"):
        while reader.one_of(*_MODIFIERS):
            pass
        for words in sorted(_OBJECTS, key=len, reverse=True):
            if reader.take(words):
                raise unsupported(f"{first} {words}")
    reader.at = 0


def check_parsed(statement: Expr, text: str) -> None:
    """AccountError if the engine must not see it. text: what was parsed."""
    if isinstance(statement, exp.Command) and str(statement.this).upper() in _COMMANDS:
        return
    if not isinstance(statement, _RUN):
        if isinstance(statement, exp.Command) and str(statement.this).upper() == "CREATE":
            _check_query(text)
        text = statement.sql(dialect="snowflake")
        if isinstance(statement, (exp.Column, exp.Alias, exp.Literal, exp.Func)):
            raise syntax(f"syntax error line 1 at position 0 unexpected '{text.split()[0]}'.")
        raise unsupported(f"this statement: {text[:60]}")
    kind = str(statement.args.get("kind") or "").upper()
    if isinstance(statement, (exp.Create, exp.Drop)) and kind not in _CREATED:
        raise unsupported(f"{statement.key.upper()} {kind}")


def _check_query(text: str) -> None:
    """AccountError 001003 for a CREATE of which the query is wrong, and not what stands before AS."""
    reader = Reader(text)
    reader.until("AS")
    if reader.take("AS") and not reader.done:
        # In the place where it stands, which the message tells.
        rest = reader.rest()
        parsed(re.sub(r"\S", " ", text[: text.rindex(rest)]) + rest)
