"""What the account answers when something can't be done, with Snowflake's number, SQLSTATE and message."""

from __future__ import annotations

import re


class AccountError(Exception):
    """An operation or a statement that failed.

    status: the HTTP status of the REST door. code and sqlstate: Snowflake's numbers, as all doors report them.
    """

    def __init__(self, status: int, code: str, sqlstate: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code, self.sqlstate, self.message = status, code, sqlstate, message


_STATUS = {"002003": 404, "002043": 404, "002002": 409, "000625": 409, "000604": 408, "003001": 403}


class EngineError(AccountError):
    """A statement that failed, with the HTTP status that belongs to its number."""

    def __init__(self, code: str, sqlstate: str, message: str) -> None:
        super().__init__(_STATUS.get(code, 400), code, sqlstate, message)


def missing(what: str, name: str) -> AccountError:
    return AccountError(404, "002003", "02000", f"{what.capitalize()} '{name}' does not exist or not authorized.")


def exists(name: str) -> AccountError:
    return AccountError(409, "002002", "42710", f"Object '{name}' already exists.")


def invalid(message: str, code: str = "391917", sqlstate: str = "22023") -> AccountError:
    return AccountError(400, code, sqlstate, message)


def unsupported(what: str) -> EngineError:
    """For what is not emulated: a clear no is better than a wrong answer."""
    return EngineError("000002", "0A000", f"Unsupported feature: the embedded account does not support {what}.")


def syntax(message: str) -> EngineError:
    return compilation("001003", message)


def compilation(code: str, text: str, sqlstate: str = "42000") -> EngineError:
    return EngineError(code, sqlstate, f"SQL compilation error:\n{text}")


_PLAIN = re.compile(r"[A-Z_][A-Z0-9_$]*")


def dotted(*parts: str) -> str:
    """A dotted name as messages have it: in quotes where it needs them."""
    return ".".join(p if _PLAIN.fullmatch(p) else '"' + p.replace('"', '""') + '"' for p in parts)


def invalid_identifier(*parts: str, position: tuple[int, int] | None = None) -> EngineError:
    """parts: of the dotted name. position: the line (from 1) and the column (from 0) where it stands."""
    place = "\n" if position is None else f" error line {position[0]} at position {position[1]}\n"
    return EngineError("000904", "42000", f"SQL compilation error:{place}invalid identifier '{dotted(*parts)}'")


def missing_object(what: str, name: str) -> EngineError:
    """what: Object, Table, View, Schema …"""
    return compilation("002003", f"{what} '{name}' does not exist or not authorized.", "02000")


def too_large(value: str) -> EngineError:
    """For a result with more digits than a NUMBER has."""
    return EngineError("100046", "22003", f"Number out of representable range: type FIXED[SB16](38,0), value {value}")


# An error inside a running query carries Snowflake's numbers in its text, since DuckDB passes on nothing but text.
_CARRIED = re.compile(r"SF\[(\d{6})\|(\w{5})\|(.*?)\]FS", re.DOTALL)


def carry(code: str, sqlstate: str, message: str) -> str:
    """The text to raise with, from a function that DuckDB calls."""
    return f"SF[{code}|{sqlstate}|{message}]FS"


def is_carried(text: str) -> bool:
    """Whether `carry` made a text."""
    return _CARRIED.match(text) is not None


# DuckDB's text, Snowflake's code and SQLSTATE, Snowflake's text with the groups of the match.
_KNOWN = [
    (re.compile(pattern, re.DOTALL), code, state, text)
    for pattern, code, state, text in (
        (r"Division by zero", "100051", "22012", "Division by zero"),
        (
            r"""string ['"](.*)['"] to (?:INT|UINT|DEC|DOUB|FLOAT|HUGE|BIGINT)""",
            "100038",
            "22018",
            "Numeric value '{0}' is not recognized",
        ),
        (r"""string ['"](.*)['"] to BOOL""", "100037", "22018", "Boolean value '{0}' is not recognized"),
        (
            r"""(?:value|Casting value) "?(\S+?)"? (?:to type \S+ failed|.*?out of range)""",
            "100039",
            "22003",
            "Numeric value '{0}' is out of range",
        ),
        (r"Could not cast value (\S+) to DECIMAL", "100039", "22003", "Numeric value '{0}' is out of range"),
        (
            r"Overflow in (?:multiplication|addition|subtraction) of \w+ \((.+?)\)",
            "100046",
            "22003",
            "Number out of representable range: type FIXED, value {0}",
        ),
        (r"[Oo]verflow|out of range", "100046", "22003", "Number out of representable range"),
        (r"date field (?:format|value).*?\"(.*?)\"", "100040", "22007", "Date '{0}' is not recognized"),
        (
            r"More than one row returned by a subquery",
            "090150",
            "22000",
            "Single-row subquery returns more than one row.",
        ),
        (
            r'column "(.+?)" must appear in the GROUP BY',
            "000979",
            "42601",
            "SQL compilation error:\n[{0}] is not a valid group by expression",
        ),
        (
            r"WHERE clause cannot contain aggregates",
            "002035",
            "42601",
            "SQL compilation error:\nInvalid aggregate function in where clause",
        ),
        (
            r"aggregate function calls cannot be nested",
            "002034",
            "42601",
            "SQL compilation error:\nAggregate functions cannot be nested",
        ),
        (
            r"(WHERE|HAVING|GROUP BY) clause cannot contain window functions",
            "002303",
            "0A000",
            "SQL compilation error:\nA window function appears outside of SELECT, QUALIFY, and ORDER BY clauses.",
        ),
        (
            r"GROUP BY clause cannot contain aggregates",
            "000979",
            "42601",
            "SQL compilation error:\nAn aggregate function is not a valid group by expression",
        ),
        (
            r"at least one window function must appear",
            "002079",
            "42601",
            "SQL compilation error:\nQUALIFY requires at least one window function.",
        ),
        (
            r"GROUPING statement cannot be used without groups",
            "000979",
            "42601",
            "SQL compilation error:\nGROUPING needs a GROUP BY.",
        ),
        (
            r"No function matches the given name and argument types '(?:sf_)?(\w+)\(",
            "001044",
            "42P13",
            "SQL compilation error:\nInvalid argument types for function '{0}'",
        ),
        (r"Unknown TimeZone '(.*?)'", "000200", "22023", "Unknown timezone: '{0}'"),
        (r"Invalid escape string", "100225", "22025", "An escape must be a single character."),
        (r"NOT NULL constraint failed: (?:.+\.)?(.+)", "100072", "22000", "NULL result in a non-nullable column '{0}'"),
        (r"Interrupted!|INTERRUPT", "000604", "57014", "SQL execution canceled"),
        (
            r"[Cc]onflict",
            "000625",
            "57014",
            "Another session changed the same thing at the same time. Retry the statement.",
        ),
        (
            r"max expression depth|[Mm]aximum recursion|too deep",
            "001003",
            "42000",
            "SQL compilation error:\nThe statement is too deeply nested.",
        ),
        (
            r"[Ff]ile system operations are disabled",
            "000002",
            "0A000",
            "Unsupported feature: SQL can't read local files here.",
        ),
    )
]


_POINTED = re.compile(r"^(LINE \d+: .*)\n( *)\^", re.MULTILINE)


def _pointed_at(text: str) -> str:
    """The name that a message of DuckDB's points at, with what qualifies it."""
    found = _POINTED.search(text)
    name = re.match(r"[\w.]+", found[1][len(found[2]) :]) if found else None
    return name[0] if name else ""


def from_duckdb(error: Exception, names: dict[str, str] | None = None) -> EngineError:
    """DuckDB's error as Snowflake would put it. names: how the translation called columns, to Snowflake's names."""
    text = str(error)
    carried = _CARRIED.search(text)
    if carried:
        return EngineError(carried[1], carried[2], carried[3])
    for pattern, code, state, message in _KNOWN:
        found = pattern.search(text)
        if found:
            known = names or {}
            there = _pointed_at(text)
            groups = [
                known.get(there, "") if there.endswith(f".{g}") else known.get(g or "", g or "") for g in found.groups()
            ]
            return EngineError(code, state, message.format(*groups))
    kind, _, said = text.partition(" Error: ")
    said = said.partition("\n")[0]
    if kind in ("Conversion", "Invalid Input", "Out of Range") and not said.startswith("Python"):
        return EngineError("100183", "22023", said)
    if kind in ("Binder", "Catalog", "Parser", "Not implemented"):
        return unsupported(f"this statement, as far as it is: {said}")
    return EngineError("000603", "XX000", f"SQL execution internal error: {text}")
