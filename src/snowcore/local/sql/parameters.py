"""ALTER SESSION: what a session keeps, and what it refuses because results would be other than it says."""

from __future__ import annotations

from typing import Any

from ..engine import Result
from ..errors import invalid, unsupported
from .reader import Reader
from .results import status

# Parameters that change results. The embedded account knows only these values of them.
_FIXED: dict[str, tuple[str, ...]] = {
    "TIMEZONE": ("UTC", "ETC/UTC"),
    "QUOTED_IDENTIFIERS_IGNORE_CASE": ("FALSE",),
    "TIMESTAMP_TYPE_MAPPING": ("TIMESTAMP_NTZ",),
    "WEEK_START": ("0",),
    "WEEK_OF_YEAR_POLICY": ("0",),
    "TWO_DIGIT_CENTURY_START": ("1970",),
    "DATE_INPUT_FORMAT": ("AUTO",),
    "TIME_INPUT_FORMAT": ("AUTO",),
    "TIMESTAMP_INPUT_FORMAT": ("AUTO",),
    "BINARY_INPUT_FORMAT": ("HEX",),
    "ROWS_PER_RESULTSET": ("0",),
}


class Parameters(dict[str, Any]):
    """The parameters of a session, by name."""

    def __init__(self, engine: Any) -> None:
        super().__init__()
        self._engine = engine

    def put(self, name: str, value: Any) -> None:
        name = name.upper()
        if name in _FIXED and str(value).upper() not in _FIXED[name]:
            raise unsupported(f"the session parameter {name} = {value}")
        if name == "AUTOCOMMIT":
            self._engine.set_autocommit(str(value).upper() == "TRUE")
        elif name == "LOCK_TIMEOUT":
            if not str(value).isdigit():
                raise invalid(f"invalid value [{value}] for parameter '{name}'", "001008", "22023")
            self._engine.lock_timeout = float(value)
        self[name] = value

    def alter(self, reader: Reader) -> Result:
        if reader.take("UNSET"):
            for path in reader.several(reader.path):
                self.pop(path[0], None)
                if path[0] == "AUTOCOMMIT":
                    self._engine.set_autocommit(True)
            return status("Statement executed successfully.")
        reader.expect("SET")
        while not reader.done:
            name = reader.path()[0]
            reader.expect("=")
            self.put(name, reader.string() if reader.is_string() else reader.word())
            reader.take(",")
        return status("Statement executed successfully.")
