"""Values that a driver binds to a statement."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _number(text: str) -> Any:
    return int(text) if text.lstrip("+-").isdigit() else Decimal(text)


def _moment(text: str) -> datetime:
    return _EPOCH + timedelta(microseconds=int(text) // 1000)


def _zoned(text: str) -> datetime:
    nanoseconds, _, offset = text.partition(" ")
    return _moment(nanoseconds).astimezone(timezone(timedelta(minutes=int(offset or 1440) - 1440)))


_READ: dict[str, Callable[[str], Any]] = {
    "FIXED": _number,
    "REAL": float,
    "BOOLEAN": lambda text: text.lower() in ("true", "1"),
    "BINARY": bytes.fromhex,
    "DATE": lambda text: _moment(f"{text}000000").date(),
    "TIME": lambda text: _moment(text).time(),
    "TIMESTAMP_NTZ": lambda text: _moment(text).replace(tzinfo=None),
    "TIMESTAMP_LTZ": _moment,
    "TIMESTAMP_TZ": _zoned,
}


def bound(binds: Mapping[str, Mapping[str, Any]]) -> tuple[Any, list[list[Any]] | None]:
    """The parameters of a statement: a list or a dict; or else the rows of them for a statement that runs for each."""
    if not all(name.isdigit() for name in binds):
        return {name: _value(bind["type"], bind["value"]) for name, bind in binds.items()}, None
    ordered = [binds[str(at)] for at in range(1, len(binds) + 1)]
    if any(isinstance(bind["value"], list) for bind in ordered):
        columns = [[_value(bind["type"], value) for value in bind["value"]] for bind in ordered]
        return None, [list(row) for row in zip(*columns, strict=True)]
    return [_value(bind["type"], bind["value"]) for bind in ordered], None


def _value(type_: str, value: Any) -> Any:
    return value if value is None or type_ not in _READ else _READ[type_](value)
