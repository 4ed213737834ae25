"""ALTER SESSION: what a session keeps, and what it refuses because results would be other than it says."""

from __future__ import annotations

import zoneinfo
from collections.abc import Mapping
from typing import Any

from ...engine.errors import AccountError, compilation, unsupported
from ...engine.parameters import PARAMETERS, is_valid
from ...engine.protocol import EngineSession, Result
from .reader import Reader
from .results import status

# Parameters that change results, of which the embedded account knows only their defaults.
_FIXED = {"TIMESTAMP_DAY_IS_ALWAYS_24H"}


_OF_VALUES = (
    *("TIMEZONE", "DATE_OUTPUT_FORMAT", "TIME_OUTPUT_FORMAT", "TIMESTAMP_OUTPUT_FORMAT", "TIMESTAMP_LTZ_OUTPUT_FORMAT"),
    *("TIMESTAMP_NTZ_OUTPUT_FORMAT", "TIMESTAMP_TZ_OUTPUT_FORMAT", "BINARY_OUTPUT_FORMAT"),
)
"""What a driver needs to write values as the session says."""


class Parameters(dict[str, Any]):
    """The parameters that a session was given, by name."""

    def __init__(self, engine: EngineSession, begun: Mapping[str, Any]) -> None:
        """begun: those of the user and the account, which UNSET brings back."""
        super().__init__()
        self._engine, self._begun = engine, {name.upper(): value for name, value in begun.items()}
        for name, value in self._begun.items():
            self.put(name, value)

    def put(self, name: str, value: Any) -> None:
        """Set a parameter. Names that aren't known are kept: drivers send theirs as they log in."""
        name, text = name.upper(), str(value)
        known = PARAMETERS.get(name)
        if known is not None:
            if not is_valid(name, text):
                raise _wrong(name, value)
            if name in _FIXED and text.upper() != known.default.upper():
                raise unsupported(f"the session parameter {name} = {value}")
            value = text.upper() if known.choices else text.lower() if known.type == "BOOLEAN" else text
        if name == "TIMEZONE":
            value = _zone(text)
        elif name == "AUTOCOMMIT":
            self._engine.set_autocommit(value == "true")
        elif name == "LOCK_TIMEOUT":
            self._engine.lock_timeout = float(value)
        self._engine.put_parameter(name, value)
        self[name] = value

    def unset(self, name: str) -> None:
        if name in self._begun:
            self.put(name, self._begun[name])
            return
        self.pop(name, None)
        self._engine.put_parameter(name, None)
        if name == "AUTOCOMMIT":
            self._engine.set_autocommit(True)

    def told(self, name: str) -> str:
        """What a known parameter is."""
        return str(self.get(name, PARAMETERS[name].default))

    def as_json(self) -> dict[str, Any]:
        """What drivers are told as they log in: how values are written, and what was set, as numbers and booleans where
        the parameters are."""
        given = {**self.of_values(), **self}
        return {name: PARAMETERS[name].as_json(value) if name in PARAMETERS else value for name, value in given.items()}

    def of_values(self) -> dict[str, str]:
        """What drivers are told beside rows: how the session writes values."""
        return {name: self.told(name) for name in _OF_VALUES}

    def number(self, name: str) -> int:
        return int(self.told(name))

    def is_on(self, name: str) -> bool:
        return self.told(name) == "true"

    def alter(self, reader: Reader) -> Result:
        if reader.take("UNSET"):
            for path in reader.several(reader.path):
                self.unset(_known(path[0]))
            return status("Statement executed successfully.")
        reader.expect("SET")
        given: dict[str, str] = {}
        while not reader.done:
            name = _known(reader.path()[0])
            reader.expect("=")
            sign = "-" if reader.take("-") else ""
            given[name] = reader.string() if reader.is_string() else sign + reader.word()
            if not is_valid(name, given[name]):
                raise _wrong(name, given[name])
            reader.take(",")
        for name, value in given.items():
            self.put(name, value)
        return status("Statement executed successfully.")


def _known(name: str) -> str:
    if name not in PARAMETERS:
        raise compilation("001420", f"invalid property '{name}' for 'SESSION'", "22023")
    return name


def _wrong(name: str, value: Any) -> AccountError:
    return compilation("001008", f"invalid value [{value}] for parameter '{name}'", "22023")


def _zone(name: str) -> str:
    try:
        return zoneinfo.ZoneInfo(name).key
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise _wrong("TIMEZONE", name) from None
