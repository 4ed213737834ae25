"""Values that a driver binds to a statement."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

from ...engine.errors import AccountError
from ...engine.protocol import Batch
from .bodies import a_record, malformed

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


def _is_place(name: str) -> bool:
    """Whether it is a place among `?`, and no name."""
    return name.isdecimal() and len(name) < 10


def check_bindings(binds: Mapping[str, Any]) -> None:
    """Refused if binds aren't types and values under names, or 1, 2 and so on; arrays must be of one length."""
    for name, bind in binds.items():
        told = a_record(bind, f"The binding {name!r}")
        if not isinstance(told.get("type"), str) or "value" not in told:
            raise malformed(f"The binding {name!r} must have a type and a value.")
    if all(_is_place(name) for name in binds) and sorted(map(int, binds)) != [*range(1, len(binds) + 1)]:
        raise malformed("The bindings must be numbered from 1.")
    lengths = {len(bind["value"]) if isinstance(bind["value"], list) else None for bind in binds.values()}
    if len(lengths) > 1 or 0 in lengths:
        raise malformed("The bindings must all be arrays of one length, not empty, or none of them an array.")


def bound(binds: Mapping[str, Mapping[str, Any]]) -> tuple[Any, Batch | None]:
    """The parameters of a statement: a list or a dict; or else many rows of them."""
    if not all(_is_place(name) for name in binds):
        return {name: _value(bind["type"], bind["value"]) for name, bind in binds.items()}, None
    ordered = [binds[str(at)] for at in range(1, len(binds) + 1)]
    if any(isinstance(bind["value"], list) for bind in ordered):
        columns = [[_value(bind["type"], value) for value in bind["value"]] for bind in ordered]
        return None, Batch(columns)
    return [_value(bind["type"], bind["value"]) for bind in ordered], None


def _value(type_: str, value: Any) -> Any:
    if value is None or type_ not in _READ:
        return value
    try:
        return _READ[type_](value)
    except (ValueError, ArithmeticError, TypeError, AttributeError):
        text = f"The value {value!r} can't be bound: it is no {type_}."
        raise AccountError(400, "100038", "22018", text) from None
