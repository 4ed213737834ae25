"""DuckDB's and fakesnow's errors, as Snowflake would put them."""

from __future__ import annotations

import re
from typing import Any

import duckdb
import snowflake.connector.errors
import sqlglot.errors

from ..errors import AccountError, unsupported
from ..parsing import syntax_error

ABORTED = "A statement failed in this transaction. The embedded account can't go on, unlike Snowflake: roll back."

# DuckDB's text, Snowflake's code, and Snowflake's text with the groups of the match.
_KNOWN = [
    (re.compile(pattern), code, text)
    for pattern, code, text in (
        (r'because schema "(.+?)" does not exist', "002043", "Schema '{0}' does not exist or not authorized."),
        (r'(?:Table|View) with name "?(.+?)"? does not', "002003", "Object '{0}' does not exist or not authorized."),
        (r'Schema with name "?(.+?)"? does not exist', "002043", "Schema '{0}' does not exist or not authorized."),
        (r'Sequence with name "?(.+?)"? does not', "002043", "Sequence '{0}' does not exist or not authorized."),
        (r'Catalog "(.+?)" does not exist', "002043", "Database '{0}' does not exist or not authorized."),
        (r'Function with name "?(.+?)"? does not exist', "002140", "Unknown function {0}."),
        (r'with name "(.+?)" already exists', "002002", "Object '{0}' already exists."),
        (r'Referenced column "(.+?)" (?:was )?not found', "000904", "invalid identifier '{0}'"),
        (r"Referenced update column (.+?) not found", "000904", "invalid identifier '{0}'"),
        (r'does not have a column (?:with name|named) "(.+?)"', "000904", "invalid identifier '{0}'"),
        (r'Referenced table "(.+?)" not found', "000904", "invalid identifier '{0}'"),
        (r'Ambiguous reference to column name "(.+?)"', "002028", "ambiguous column name '{0}'"),
        (r'column "(.+?)" must appear in the GROUP BY', "000979", "[{0}] is not a valid group by expression"),
        (
            r"has (\d+) columns but (\d+) values were supplied",
            "002020",
            "Insert value list does not match column list expecting {0} but got {1}",
        ),
        (r'Existing object ".+?" is of type (\w+)', "002203", "Object found is of type '{0}', not specified type."),
        (r'syntax error at or near "(.*?)"', "001003", "syntax error: unexpected '{0}'."),
        (r"NOT NULL constraint failed: (?:.+\.)?(.+)", "100072", "NULL result in a non-nullable column '{0}'"),
        (
            r'(?s)CHECK constraint failed .*length\("?(.+?)"?\) <= (\d+)',
            "100078",
            "A string is too long for column {0}, VARCHAR({1}), and would be truncated",
        ),
        (r"cannot affect the same target row", "100090", "Duplicate row detected during DML action"),
        (r"Division by zero", "100051", "Division by zero"),
        (
            r"""string ['"](.*)['"] to (?:INT|UINT|DEC|DOUB|FLOAT|HUGE)""",
            "100038",
            "Numeric value '{0}' is not recognized",
        ),
        (r"""string ['"](.*)['"] to BOOL""", "100037", "Boolean value '{0}' is not recognized"),
        (r'value "(.+?)" to type .* out of range', "100039", "Numeric value '{0}' is out of range"),
        (r"value (\S+) can't be cast .* out of range", "100039", "Numeric value '{0}' is out of range"),
        (r'date field (?:format|value).*?"(.*?)"', "100040", "Date '{0}' is not recognized"),
        (r'timestamp field (?:format|value).*?"(.*?)"', "100035", "Timestamp '{0}' is not recognized"),
        (r'time field (?:format|value).*?"(.*?)"', "100108", "Time '{0}' is not recognized"),
        (r"Malformed JSON (.*)", "100069", "Error parsing JSON: {0}"),
        (r"[Cc]onflict", "000625", "Another session changed the same thing at the same time. Retry the statement."),
        (
            r"Current transaction is aborted",
            "000606",
            ABORTED,
        ),
        (r"Interrupted!|INTERRUPT", "000604", "SQL execution canceled"),
        (r"file system operations are disabled", "000002", "Unsupported feature: SQL can't read local files here."),
    )
]

# The SQL state and the HTTP status that go with a code.
_STATES = {
    "000002": ("0A000", 400),
    "000604": ("57014", 408),
    "000606": ("25P02", 400),
    "000625": ("57014", 409),
    "001003": ("42000", 400),
    "000904": ("42000", 400),
    "002002": ("42710", 409),
    "002003": ("42S02", 404),
    "002043": ("02000", 404),
    "002203": ("02000", 400),
    "100037": ("22018", 400),
    "100038": ("22018", 400),
    "100039": ("22003", 400),
    "100051": ("22012", 400),
    "100069": ("22P02", 400),
    "100072": ("22000", 400),
    "100078": ("22000", 400),
    "100090": ("42P18", 400),
}
_RUNNING = {"000002", "000604", "000606", "000625"}
"""Codes below 100000 that don't come from compiling a statement."""

# Where the text says nothing, the kind does.
_KINDS: list[tuple[Any, str]] = [
    (duckdb.ParserException, "001003"),
    (duckdb.BinderException, "002043"),
    (duckdb.CatalogException, "002003"),
    (duckdb.ConversionException, "100035"),
    (duckdb.ConstraintException, "100072"),
]


def readable(error: BaseException) -> AccountError:
    if isinstance(error, AccountError):
        return error
    if isinstance(error, sqlglot.errors.SqlglotError):
        return syntax_error(error)
    if isinstance(error, (NotImplementedError, AssertionError)):
        return unsupported(f"this statement ({_first_line(str(error)) or type(error).__name__})")
    if isinstance(error, snowflake.connector.errors.Error):
        return _of_fakesnow(error)
    text = str(error)
    for pattern, code, message in _KNOWN:
        if found := pattern.search(text):
            return _error(code, message.format(*found.groups()))
    for kind, code in _KINDS:
        if isinstance(error, kind):
            return _error(code, _first_line(text), 400)
    return AccountError(400, "000603", "XX000", f"The embedded account can't run this statement: {_first_line(text)}")


def _error(code: str, message: str, status: int | None = None) -> AccountError:
    sqlstate, usual = _STATES.get(code, ("22007" if code >= "100000" else "42601", 400))
    if code < "100000" and code not in _RUNNING:
        message = f"SQL compilation error:\n{message}"
    return AccountError(status or usual, code, sqlstate, message)


def _of_fakesnow(error: snowflake.connector.errors.Error) -> AccountError:
    """Its own error, or DuckDB's in its coat."""
    if isinstance(error.__cause__, duckdb.Error):
        return readable(error.__cause__)
    if isinstance(error.__context__, sqlglot.errors.SqlglotError):
        return syntax_error(error.__context__)
    message = error.raw_msg or str(error)
    if error.errno == 9999:
        return unsupported(f"this statement ({message.split(' not implemented')[0]})")
    code = f"{error.errno or 0:06d}" if (error.errno or 0) > 0 else "000002"
    status = {"002003": 404, "002043": 404, "002002": 409}.get(code, 400)
    return AccountError(status, code, error.sqlstate or "42000", message)


def _first_line(text: str) -> str:
    """Without DuckDB's own heading, hints and drawing of the place."""
    line = text.strip().split("\n")[0]
    return re.sub(r"^[A-Z][A-Za-z ]*Error: ", "", line)
