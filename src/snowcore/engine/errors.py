"""What the account answers when something can't be done, with Snowflake's number, SQLSTATE and message."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable

_log = logging.getLogger("snowcore")


class AccountError(Exception):
    """An operation or a statement that failed.

    status: the HTTP status of the REST door. code and sqlstate: Snowflake's numbers, as all doors report them.
    """

    def __init__(self, status: int, code: str, sqlstate: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code, self.sqlstate, self.message = status, code, sqlstate, message


_STATUS = {"000603": 500, "002003": 404, "002043": 404, "002002": 409, "000625": 409, "000604": 408, "003001": 403}


class EngineError(AccountError):
    """A statement that failed, with the HTTP status that belongs to its number."""

    def __init__(self, code: str, sqlstate: str, message: str) -> None:
        super().__init__(_STATUS.get(code, 400), code, sqlstate, message)


class Locked(EngineError):
    """Another session's transaction has the table, and nothing has happened.

    wait: waits until the table is free, for so many seconds at most; whether it is, and is kept for this thread now.
    leave: lets others have it, if the thread doesn't come again for it.
    """

    def __init__(self, table: str, wait: Callable[[float], bool], leave: Callable[[], None]) -> None:
        text = f"The statement waited too long for another session's transaction on table {table}."
        super().__init__("000625", "57014", text)
        self.wait, self.leave = wait, leave


_FULL = "No space left on device|disk is full"
_NO_ROOM = ("000603", "XX000", "The disk on which the account lies is full. Make room, then try again.")
_CANT_WRITE = re.compile("readonly database|disk I/O error|unable to open database file|Read-only file system")


def unforeseen(error: Exception, what: str) -> AccountError:
    """What a caller is told of an exception that isn't an AccountError. what: what was to be done, for the log."""
    text = str(error)
    if isinstance(error, RecursionError):
        return compilation("001003", "The statement is too deeply nested.")
    if re.search(_FULL, text):
        told = AccountError(500, *_NO_ROOM)
    elif _CANT_WRITE.search(text):
        told = AccountError(500, "000603", "XX000", "The folder in which the account lies can't be written.")
    else:
        _log.exception("%s failed in a way that is not foreseen", what)
        return AccountError(500, "000603", "XX000", "Internal error of the embedded account; see the log.")
    _log.error("%s failed: %s", what, text)
    return told


def missing(what: str, name: str) -> AccountError:
    return AccountError(404, "002003", "02000", f"{what.capitalize()} '{name}' does not exist or not authorized.")


def exists(name: str) -> AccountError:
    return AccountError(409, "002002", "42710", f"Object '{name}' already exists.")


def invalid(message: str, code: str = "391917", sqlstate: str = "22023") -> AccountError:
    return AccountError(400, code, sqlstate, message)


def unsupported(what: str) -> EngineError:
    """For what is not emulated: a clear no is better than a wrong answer."""
    return EngineError("000002", "0A000", f"Unsupported feature: the embedded account does not support {what}.")


def need_extra(what: str, extra: str) -> EngineError:
    """For what needs packages of an extra that is not installed."""
    return unsupported(f"{what} unless the extra `{extra}` is installed: pip install 'snowcore[{extra}]'")


def syntax(message: str) -> EngineError:
    return compilation("001003", message)


def compilation(code: str, text: str, sqlstate: str = "42000", position: tuple[int, int] | None = None) -> EngineError:
    """position: the line (from 1) and the column (from 0) of what is wrong, if that is known."""
    place = "\n" if position is None else f" error line {position[0]} at position {position[1]}\n"
    return EngineError(code, sqlstate, f"SQL compilation error:{place}{text}")


class Mistyped(EngineError):
    """A value of a type that can't be meant here; the function or operator that it is given to says so (001044)."""

    def __init__(self) -> None:
        super().__init__("001044", "42P13", "SQL compilation error:\nInvalid argument types")


class Inconvertible(EngineError):
    """A conversion between types that have none (001007). kind: the type that is asked for."""

    def __init__(self, written: str, kind: str) -> None:
        self.kind = kind
        text = f"SQL compilation error:\ninvalid type [{written}] for parameter 'TO_{kind}'"
        super().__init__("001007", "22023", text)


def mistyped(name: str, kinds: Iterable[object], position: tuple[int, int] | None = None) -> EngineError:
    """For arguments of these types, which a function or operator doesn't take."""
    text = f"Invalid argument types for function '{name}': ({', '.join(map(str, kinds))})"
    return compilation("001044", text, "42P13", position)


_PLAIN = re.compile(r"[A-Z_][A-Z0-9_$]*")


def dotted(*parts: str) -> str:
    """A dotted name as messages have it: in quotes where it needs them."""
    return ".".join(p if _PLAIN.fullmatch(p) else '"' + p.replace('"', '""') + '"' for p in parts)


def invalid_identifier(*parts: str, position: tuple[int, int] | None = None) -> EngineError:
    """parts: of the dotted name. position: the line (from 1) and the column (from 0) where it stands."""
    return compilation("000904", f"invalid identifier '{dotted(*parts)}'", position=position)


def missing_object(what: str, name: str) -> EngineError:
    """what: Object, Table, View, Schema …"""
    return compilation("002003", f"{what} '{name}' does not exist or not authorized.", "02000")


CANCELED = "000604"


def canceled() -> EngineError:
    """For a statement that somebody has stopped."""
    return EngineError(CANCELED, "57014", "SQL execution canceled")


def too_large(value: str) -> EngineError:
    """For a result with more digits than a NUMBER has."""
    return EngineError("100046", "22003", f"Number out of representable range: type FIXED[SB16](38,0), value {value}")


# An error inside a running query carries Snowflake's numbers in its text, since DuckDB passes on nothing but text. Of a
# CHECK that failed DuckDB shows the expression first, and the error that came of it behind.
_CARRIED = re.compile(r"(?:CHECK constraint failed .*? \(Error: )?SF\[(\d{6})\|(\w{5})\|(.*?)\]FS", re.DOTALL)


def carry(code: str, sqlstate: str, message: str) -> str:
    """The text to raise with, from a function that DuckDB calls."""
    return f"SF[{code}|{sqlstate}|{message}]FS"


def is_carried(text: str) -> bool:
    """Whether `carry` made a text."""
    return _CARRIED.match(text) is not None


_RANGE = "Number out of representable range"
_UNDEFINED = ("100183", "22023", "Invalid floating point operation: {0}")
_NO_NUMBER = ("100038", "22018", "Numeric value '{0}' is not recognized")
_TOO_LARGE = ("100039", "22003", "Numeric value '{0}' is out of range")
_GROUPED = ("000979", "42601", "~[{0}] is not a valid group by expression")
_COMPILED = ("001003", "42000")
"""For what no public text has the number of: that of a statement that can't be compiled."""
_WINDOW = (*_COMPILED, "~A window function appears outside of SELECT, QUALIFY, and ORDER BY clauses.")
_ARGUMENTS = ("001044", "42P13", "~Invalid argument types for function '{0}'")
_NULL_RESULT = "NULL result in a non-nullable column"
_NULL = ("100072", "22000", f"DML operation to table {{table}} failed on column {{0}} with error: {_NULL_RESULT}")
_TOO_DEEP = (*_COMPILED, "~The statement is too deeply nested.")
_NO_FILES = "Unsupported feature: SQL can't read local files here."

# DuckDB's text, Snowflake's code and SQLSTATE, Snowflake's text with the groups of the match; ~ is of compilation.
_KNOWN = [
    (pattern, code, state, text.replace("~", "SQL compilation error:\n"))
    for pattern, code, state, text in (
        (r"cannot take (square root|logarithm) of .*", *_UNDEFINED),
        (r"(A(?:SIN|COS)) is undefined outside", *_UNDEFINED),
        (r"out of range for numeric function (cotangent)", *_UNDEFINED),
        (r"Malformed JSON in file .*?, (at byte .*)", "100069", "22P02", "Error parsing JSON: {}"),
        (r"Division by zero", "100051", "22012", "Division by zero"),
        (r"""string ['"]([-+]?\d*\.?\d+)['"] to DEC""", *_TOO_LARGE),
        (r"""string ['"](.*)['"] to (?:INT|UINT|DEC|DOUB|FLOAT|HUGE|BIGINT)""", *_NO_NUMBER),
        (r"""string ['"](.*)['"] to BOOL""", "100037", "22018", "Boolean value '{0}' is not recognized"),
        (r'(?:value|Casting value) "?(\S+?)"? (?:to type \S+ failed|.*?out of range)', *_TOO_LARGE),
        (r"Could not cast value (\S+) to DECIMAL", *_TOO_LARGE),
        (r"Overflow in \w+ of \w+ \((.+?)\)", "100046", "22003", f"{_RANGE}: type FIXED, value {{0}}"),
        (r"[Oo]verflow|out of range", "100046", "22003", _RANGE),
        (r"date field (?:format|value).*?\"(.*?)\"", "100040", "22007", "Date '{0}' is not recognized"),
        (r"More than one row returned", "090150", "22000", "Single-row subquery returns more than one row."),
        (r'column "(.+?)" must appear in the GROUP BY', *_GROUPED),
        (r"WHERE clause cannot contain aggregates", *_COMPILED, "~Invalid aggregate function in where clause"),
        (r"aggregate function calls cannot be nested", *_COMPILED, "~Aggregate functions cannot be nested"),
        (r"(WHERE|HAVING|GROUP BY) clause cannot contain window functions", *_WINDOW),
        (r"(GROUP BY clause cannot contain aggregates)", *_GROUPED),
        (r"at least one window function must", *_COMPILED, "~found QUALIFY clause but no window function."),
        (r'GROUPING child "(.+?)" must be', *_GROUPED),
        (r"(GROUPING) statement cannot be used without groups", *_GROUPED),
        (r"No function matches the given name and argument types '(?:sf_)?(\w+)\(", *_ARGUMENTS),
        (r"Unknown TimeZone '(.*?)'", "000200", "22023", "Unknown timezone: '{0}'"),
        (r"Invalid escape string", "100225", "22025", "An escape must be a single character."),
        (r"NOT NULL constraint failed: (?:.+\.)?(.+)", *_NULL),
        (r"Interrupted!|INTERRUPT", "000604", "57014", "SQL execution canceled"),
        (r"[Cc]onflict", "000625", "57014", "Another session changed the same thing at the same time. Try again."),
        (_FULL, *_NO_ROOM),
        (r"[Mm]ax expression depth|[Mm]aximum recursion|too deep", *_TOO_DEEP),
        (r"[Ff]ile system operations are disabled", "000002", "0A000", _NO_FILES),
    )
]


_POINTED = re.compile(r"^(LINE \d+: .*)\n( *)\^", re.MULTILINE)


def _pointed_at(text: str) -> str:
    """The name that a message of DuckDB's points at, with what qualifies it."""
    found = _POINTED.search(text)
    name = re.match(r"[\w.]+", found[1][len(found[2]) :]) if found else None
    return name[0] if name else ""


_FOLDER = re.compile(r"""(\bfile:? ["'])[^"'\n]*[/\\]""", re.IGNORECASE)
"""Where a file lies that DuckDB names: the server's secret."""


def from_duckdb(error: Exception, names: dict[str, str] | None = None, table: str = "") -> EngineError:
    """DuckDB's error as Snowflake would put it.

    names: how the translation called columns, to Snowflake's names. table: whose rows the statement changes.
    """
    text = _FOLDER.sub(r"\1", str(error))
    carried = _CARRIED.search(text)
    if carried:
        return EngineError(carried[1], carried[2], carried[3])
    for pattern, code, state, message in _KNOWN:
        found = re.search(pattern, text, re.DOTALL)
        if found:
            known = names or {}
            there = _pointed_at(text)
            groups = [
                known.get(there, "") if there.endswith(f".{g}") else known.get(g or "", g or "") for g in found.groups()
            ]
            return EngineError(code, state, message.format(*groups, table=table))
    kind, _, said = text.partition(" Error: ")
    said = said.partition("\n")[0]
    if kind in ("Conversion", "Invalid Input", "Out of Range") and not said.startswith("Python"):
        return EngineError("100183", "22023", said)
    if kind in ("Binder", "Catalog", "Parser", "Not implemented"):
        return unsupported(f"this statement, as far as it is: {said}")
    return EngineError("000603", "XX000", f"SQL execution internal error: {text}")


def no_past(what: str, name: str) -> AccountError:
    """A moment before the beginning of an object, or of its history."""
    text = f"Time travel data is not available for {what} {name}. The requested time is either beyond the allowed"
    return AccountError(400, "000707", "02000", f"{text} time travel period or before the object creation time.")


def empty() -> AccountError:
    return AccountError(400, "000900", "42601", "SQL compilation error:\nEmpty SQL statement.")


def wrong_count(actual: int, desired: int) -> AccountError:
    text = f"Actual statement count {actual} did not match the desired statement count {desired}."
    return AccountError(400, "000008", "0A000", text)
