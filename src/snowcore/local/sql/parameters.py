"""ALTER SESSION: what a session keeps, and what it refuses because results would be other than it says."""

from __future__ import annotations

import zoneinfo
from typing import Any

from ...engine.errors import AccountError, invalid, unsupported
from ...engine.protocol import EngineSession, Result
from .reader import Reader
from .results import status

DEFAULTS: dict[str, str] = {
    "ABORT_DETACHED_QUERY": "false",
    "AUTOCOMMIT": "true",
    "BINARY_INPUT_FORMAT": "HEX",
    "BINARY_OUTPUT_FORMAT": "HEX",
    "CLIENT_RESULT_COLUMN_CASE_INSENSITIVE": "false",
    "CLIENT_SESSION_KEEP_ALIVE": "false",
    "CLIENT_TIMESTAMP_TYPE_MAPPING": "TIMESTAMP_LTZ",
    "DATE_INPUT_FORMAT": "AUTO",
    "DATE_OUTPUT_FORMAT": "YYYY-MM-DD",
    "ERROR_ON_NONDETERMINISTIC_MERGE": "true",
    "ERROR_ON_NONDETERMINISTIC_UPDATE": "false",
    "JSON_INDENT": "2",
    "LOCK_TIMEOUT": "43200",
    "LOG_LEVEL": "OFF",
    "MULTI_STATEMENT_COUNT": "1",
    "PYTHON_CONNECTOR_QUERY_RESULT_FORMAT": "ARROW",
    "QUERY_TAG": "",
    "QUOTED_IDENTIFIERS_IGNORE_CASE": "false",
    "ROWS_PER_RESULTSET": "0",
    "STATEMENT_QUEUED_TIMEOUT_IN_SECONDS": "0",
    "STATEMENT_TIMEOUT_IN_SECONDS": "172800",
    "STRICT_JSON_OUTPUT": "false",
    "TIMESTAMP_DAY_IS_ALWAYS_24H": "false",
    "TIMESTAMP_INPUT_FORMAT": "AUTO",
    "TIMESTAMP_LTZ_OUTPUT_FORMAT": "",
    "TIMESTAMP_NTZ_OUTPUT_FORMAT": "YYYY-MM-DD HH24:MI:SS.FF3",
    "TIMESTAMP_OUTPUT_FORMAT": "YYYY-MM-DD HH24:MI:SS.FF3 TZHTZM",
    "TIMESTAMP_TYPE_MAPPING": "TIMESTAMP_NTZ",
    "TIMESTAMP_TZ_OUTPUT_FORMAT": "",
    "TIMEZONE": "UTC",
    "TIME_INPUT_FORMAT": "AUTO",
    "TIME_OUTPUT_FORMAT": "HH24:MI:SS",
    "TRACE_LEVEL": "OFF",
    "TRANSACTION_ABORT_ON_ERROR": "false",
    "TRANSACTION_DEFAULT_ISOLATION_LEVEL": "READ COMMITTED",
    "TWO_DIGIT_CENTURY_START": "1970",
    "UNSUPPORTED_DDL_ACTION": "ignore",
    "USE_CACHED_RESULT": "true",
    "WEEK_OF_YEAR_POLICY": "0",
    "WEEK_START": "0",
}
"""What ALTER SESSION knows, with the values of a new session."""

# Parameters that change results, of which the embedded account knows only these values.
_FIXED: dict[str, tuple[str, ...]] = {
    "QUOTED_IDENTIFIERS_IGNORE_CASE": ("FALSE",),
    "DATE_INPUT_FORMAT": ("AUTO",),
    "DATE_OUTPUT_FORMAT": ("YYYY-MM-DD",),
    "TIME_INPUT_FORMAT": ("AUTO",),
    "TIME_OUTPUT_FORMAT": ("HH24:MI:SS",),
    "ROWS_PER_RESULTSET": ("0",),
    "JSON_INDENT": ("2",),
    "TRANSACTION_ABORT_ON_ERROR": ("FALSE",),
    "ERROR_ON_NONDETERMINISTIC_MERGE": ("TRUE",),
    "ERROR_ON_NONDETERMINISTIC_UPDATE": ("FALSE",),
    "TIMESTAMP_DAY_IS_ALWAYS_24H": ("FALSE",),
}
_ALLOWED: dict[str, tuple[str, ...]] = {
    "WEEK_START": tuple("01234567"),
    "WEEK_OF_YEAR_POLICY": ("0", "1"),
    "TIMESTAMP_TYPE_MAPPING": ("TIMESTAMP_NTZ", "TIMESTAMP_LTZ"),
    "TWO_DIGIT_CENTURY_START": tuple(str(year) for year in range(1900, 2101)),
    "BINARY_INPUT_FORMAT": ("HEX", "BASE64", "UTF8", "UTF-8"),
    "BINARY_OUTPUT_FORMAT": ("HEX", "BASE64"),
    "AUTOCOMMIT": ("TRUE", "FALSE"),
}
_OF_ENGINE = {
    *("TIMEZONE", "WEEK_START", "WEEK_OF_YEAR_POLICY", "TWO_DIGIT_CENTURY_START", "TIMESTAMP_TYPE_MAPPING"),
    *("TIMESTAMP_INPUT_FORMAT", "TIMESTAMP_OUTPUT_FORMAT", "TIMESTAMP_NTZ_OUTPUT_FORMAT", "BINARY_INPUT_FORMAT"),
    *("TIMESTAMP_LTZ_OUTPUT_FORMAT", "TIMESTAMP_TZ_OUTPUT_FORMAT", "BINARY_OUTPUT_FORMAT"),
}


class Parameters(dict[str, Any]):
    """The parameters that a session was given, by name."""

    def __init__(self, engine: EngineSession) -> None:
        super().__init__()
        self._engine = engine

    def put(self, name: str, value: Any) -> None:
        """Set a parameter. Names that aren't known are kept: drivers send theirs as they log in."""
        name, text = name.upper(), str(value).upper()
        if name in _FIXED and text not in _FIXED[name]:
            raise unsupported(f"the session parameter {name} = {value}")
        if name in _ALLOWED and text not in _ALLOWED[name]:
            raise _wrong(name, value)
        if name == "TIMEZONE":
            value = _zone(str(value))
        elif name == "AUTOCOMMIT":
            self._engine.set_autocommit(text == "TRUE")
        elif name == "LOCK_TIMEOUT":
            if not text.isdigit():
                raise _wrong(name, value)
            self._engine.lock_timeout = float(value)
        if name in _OF_ENGINE:
            self._engine.put_parameter(name, text if name in _ALLOWED else value)
        self[name] = value

    def unset(self, name: str) -> None:
        self.pop(name, None)
        if name == "AUTOCOMMIT":
            self._engine.set_autocommit(True)
        if name in _OF_ENGINE:
            self._engine.put_parameter(name, None)

    def alter(self, reader: Reader) -> Result:
        if reader.take("UNSET"):
            for path in reader.several(reader.path):
                self.unset(_known(path[0]))
            return status("Statement executed successfully.")
        reader.expect("SET")
        while not reader.done:
            name = _known(reader.path()[0])
            reader.expect("=")
            self.put(name, reader.string() if reader.is_string() else reader.word())
            reader.take(",")
        return status("Statement executed successfully.")


def _known(name: str) -> str:
    if name not in DEFAULTS:
        raise invalid(f"SQL compilation error:\ninvalid property '{name}' for 'SESSION'", "001420", "22023")
    return name


def _wrong(name: str, value: Any) -> AccountError:
    return invalid(f"invalid value [{value}] for parameter '{name}'", "001008", "22023")


def _zone(name: str) -> str:
    try:
        return zoneinfo.ZoneInfo(name).key
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise _wrong("TIMEZONE", name) from None
