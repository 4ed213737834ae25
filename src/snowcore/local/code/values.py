"""Values on their way to workers and back: JSON, from the forms of the engine (`engine.types`) and to them."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from ...engine.translate import geography, variants
from ...engine.types import DataType, pack_timestamp, pack_timestamp_tz, unpack_timestamp, unpack_timestamp_tz

_EPOCH = datetime(1970, 1, 1)
_MICROSECOND = timedelta(microseconds=1)

Carry = Callable[[Any], Any]


def kind(type_: DataType) -> str:
    """What messages call a type."""
    if type_.name == "NUMBER":
        return "DECIMAL" if type_.scale else "NUMBER"
    if type_.is_shape:
        return "OBJECT"
    return {"MAP": "OBJECT", "DECFLOAT": "DECIMAL"}.get(type_.name, type_.name)


def outward(types: Sequence[DataType], zone: str) -> Callable[[Sequence[Any]], list[Any]]:
    """What makes a message's row of one of the engine's. zone: the session's, for TIMESTAMP_LTZ."""
    carry = [_outward(type_, ZoneInfo(zone)) for type_ in types]

    def carried(row: Sequence[Any]) -> list[Any]:
        return [value if value is None or do is None else do(value) for do, value in zip(carry, row, strict=True)]

    return carried


def _outward(type_: DataType, zone: ZoneInfo) -> Carry | None:
    if type_.is_shape:
        return lambda value: geography.shown(value, "GEOJSON")

    def local(packed: int) -> int:
        return _microseconds(unpack_timestamp(packed)[0].replace(tzinfo=UTC).astimezone(zone))

    table: Mapping[str, Carry] = {
        "NUMBER": int,
        "VECTOR": list,
        "DECIMAL": str,
        "BINARY": lambda value: base64.b64encode(value).decode(),
        "DATE": str,
        "TIME": lambda value: value // 1000,
        "TIMESTAMP_NTZ": lambda value: _microseconds(unpack_timestamp(value)[0]),
        "TIMESTAMP_LTZ": local,
        "TIMESTAMP_TZ": _with_offset,
        **dict.fromkeys(("VARIANT", "OBJECT", "ARRAY"), _json),
    }
    return table.get(kind(type_))


def inward(types: Sequence[DataType], zone: str) -> Callable[[Sequence[Any]], list[str | None]]:
    """What makes texts, which the engine casts to its forms of the types, of a message's row."""
    carry = [_inward(type_, ZoneInfo(zone)) for type_ in types]

    def carried(row: Sequence[Any]) -> list[str | None]:
        return [None if value is None else do(value) for do, value in zip(carry, row, strict=True)]

    return carried


def _inward(type_: DataType, zone: ZoneInfo) -> Callable[[Any], str | None]:
    if type_.is_shape:
        return lambda value: geography.as_ewkt(value, 4326 if type_.name == "GEOGRAPHY" else 0)

    def local(microseconds: int) -> str:
        moment = (_EPOCH + microseconds * _MICROSECOND).replace(tzinfo=zone)
        return str(pack_timestamp(moment.astimezone(UTC)))

    table: Mapping[str, Callable[[Any], str | None]] = {
        "TIME": lambda value: str(value * 1000),
        "TIMESTAMP_NTZ": lambda value: str(pack_timestamp(_EPOCH + value * _MICROSECOND)),
        "TIMESTAMP_LTZ": local,
        "TIMESTAMP_TZ": lambda value: str(
            pack_timestamp_tz(pack_timestamp(_EPOCH + value[0] * _MICROSECOND), value[1])
        ),
        **dict.fromkeys(("VARIANT", "OBJECT", "ARRAY"), variants.parse),
    }
    return table.get(kind(type_), str)


def from_text(type_: DataType, text: str) -> object:
    """A value in the engine's form, of what it would cast."""
    form = {"NUMBER": Decimal, "FLOAT": float, "BINARY": bytes.fromhex, "DATE": date.fromisoformat, "TIME": int}
    if type_.name == "BOOLEAN":
        return text == "true"
    return int(text) if type_.is_timestamp else form.get(type_.name, str)(text)


def _microseconds(moment: datetime) -> int:
    return (moment.replace(tzinfo=None) - _EPOCH) // _MICROSECOND


def _with_offset(packed: int) -> list[int]:
    moment, _, offset = unpack_timestamp_tz(packed)
    return [_microseconds(moment), offset]


def _json(text: str) -> str:
    """A value of ours as JSON; what JSON lacks is a string in it."""
    return variants.dump(_untagged(variants.load(text))) if "\\u0001" in text else text


def _untagged(value: Any) -> Any:
    if isinstance(value, str):
        return None if value == variants.UNDEFINED else variants.untagged(value)
    if variants.is_object(value):
        return {key: _untagged(inner) for key, inner in value.items()}
    return [_untagged(inner) for inner in value] if variants.is_array(value) else value
