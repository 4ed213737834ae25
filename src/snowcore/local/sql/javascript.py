"""What a procedure in JavaScript asks of the session that called it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from ...engine.errors import AccountError
from ...engine.protocol import Result
from ...engine.types import DataType, parse, unpack_timestamp, unpack_timestamp_tz
from ..code.values import kind, outward

if TYPE_CHECKING:
    from . import SqlSession

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DML = ("INSERT", "UPDATE", "DELETE", "MERGE")
_COUNTED = ("inserted", "updated", "deleted")


def answer(session: SqlSession, asked: Mapping[str, Any]) -> dict[str, Any]:
    """What a statement gives, or its error."""
    zone = session.parameters.told("TIMEZONE") or "UTC"
    try:
        result = session.execute(asked["sql"], [_bound(one, zone) for one in asked["binds"]], count=1)
    except AccountError as error:
        if session.interrupted.is_set():
            raise
        return {"error": {"code": "100183", "state": "P0000", "message": error.message}}
    return _told(result, zone)


def _bound(value: Any, zone: str) -> Any:
    if isinstance(value, dict):  # a Date
        moment = _EPOCH + timedelta(milliseconds=value["moment"])  # pyright: ignore[reportUnknownArgumentType]
        return moment.astimezone(ZoneInfo(zone)).isoformat(" ")
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _told(result: Result, zone: str) -> dict[str, Any]:
    types: list[DataType] = list(getattr(result.native, "types", None) or [parse(one.type) for one in result.columns])
    fetched: Any = getattr(result.native, "fetched", None)
    rows = [list(row) for row in result.rows]
    if fetched is None:  # of a listing, whose values are Python's
        types = [one if one.name in ("NUMBER", "FLOAT", "BOOLEAN") else parse("VARCHAR") for one in types]
        fetched = [
            [str(one) if type_.name == "VARCHAR" and one is not None else one for one, type_ in zip(row, types)]
            for row in rows
        ]
    counts = dict(zip([column.name for column in result.columns], rows[0])) if rows and result.statement in _DML else {}
    columns = [
        {
            "name": column.name,
            "type": _TYPES.get(type_.name, type_.name.lower()),
            "sqlType": type_.name,
            "scale": type_.scale or 0,
            "nullable": column.nullable,
            "kind": kind(type_),
        }
        for column, type_ in zip(result.columns, types, strict=True)
    ]
    return {
        "columns": columns,
        "rows": list(map(outward(types, zone), fetched)),
        "moments": [[_moment(type_, one) for type_, one in zip(types, row, strict=True)] for row in fetched],
        "texts": [[_text(one) for one in row] for row in rows],
        "RowCount": result.rowcount,
        "QueryId": result.query_id,
        "NumRowsAffected": result.rowcount if counts else 0,
        **{f"NumRows{word.capitalize()}": counts.get(f"number of rows {word}", 0) for word in _COUNTED},
    }


_TYPES = {"NUMBER": "number", "FLOAT": "number", "VARCHAR": "string"}


def _moment(type_: DataType, value: Any) -> list[int | None] | None:
    """What a Date of JavaScript can't hold of a timestamp: nanoseconds, digits, and minutes of its offset."""
    if value is None or not type_.name.startswith("TIMESTAMP"):
        return None
    offset = None
    if type_.name == "TIMESTAMP_TZ":
        moment, below, offset = unpack_timestamp_tz(value)
    else:
        moment, below = unpack_timestamp(value)
    return [moment.microsecond * 1000 + below, type_.scale, offset]


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    told = str(value).lower() if isinstance(value, bool) else str(value)
    return value.hex().upper() if isinstance(value, bytes) else told
