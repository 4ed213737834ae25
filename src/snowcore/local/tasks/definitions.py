"""What a task runs: whether its text is a statement at all, which Snowflake asks when the task is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...engine.errors import empty, syntax
from ...engine.late import late

if TYPE_CHECKING:
    from ...engine import parsing
else:
    late(globals(), "...engine.parsing")

_PARSED = {"SELECT", "INSERT", "UPDATE", "DELETE", "MERGE"}
"""Statements whose grammar is the engine's alone."""
BEGINNINGS = {
    *_PARSED,
    *("WITH", "(", "BEGIN", "DECLARE", "CALL", "EXECUTE", "COPY", "TRUNCATE", "CREATE", "ALTER", "DROP", "UNDROP"),
    *("GRANT", "REVOKE", "SET", "UNSET", "USE", "SHOW", "DESCRIBE", "DESC", "LIST", "LS", "REMOVE", "RM", "PUT", "GET"),
    *("COMMENT", "COMMIT", "ROLLBACK", "START", "EXPLAIN", "IF", "LET", "FOR", "WHILE", "RETURN", "VALUES", "FROM"),
}
"""The first words of all statements."""


def check_condition(text: str) -> None:
    """AccountError 001003 for what is no condition."""
    parsing.parsed(f"SELECT (\n{text}\n)")


def check(text: str) -> None:
    """AccountError 001003 for what is no statement."""
    tokens = parsing.tokens_of(text)
    if not tokens:
        raise empty()
    first = tokens[0].text.upper()
    if first not in BEGINNINGS:
        line, column = tokens[0].line, text[: tokens[0].start].rpartition("\n")[2]
        raise syntax(f"syntax error line {line} at position {len(column)} unexpected '{tokens[0].text}'.")
    if first in _PARSED:
        parsing.parsed(text)
