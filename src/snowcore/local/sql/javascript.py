"""What a procedure in JavaScript asks of the session that called it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from ...engine.errors import AccountError
from ...engine.protocol import Result
from ...engine.types import DataType, parse
from ..code.values import kind, outward

if TYPE_CHECKING:
    from . import SqlSession

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_COUNTED = ("inserted", "updated", "deleted")
_FAILED = {"code": "100183", "state": "P0000"}
"""What an exception of JavaScript has of every statement that fails."""


def answer(session: SqlSession, asked: Mapping[str, Any]) -> dict[str, Any]:
    """What a statement gives, or its error."""
    zone = session.parameters.told("TIMEZONE") or "UTC"
    try:
        result = session.execute(asked["sql"], [_bound(one, zone) for one in asked["binds"]], count=1)
    except AccountError as error:
        if session.interrupted.is_set():
            raise
        return {"error": {**_FAILED, "message": error.message}}
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
    counts = {
        word: sum(row[0] for row in rows) if result.statement and f"number of rows {word}" in names else None
        for names in ({one.name: at for at, one in enumerate(result.columns)},)
        for word in _COUNTED
    }
    carry = outward(types, zone)
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
    changed = any(one is not None for one in counts.values())
    return {
        "columns": columns,
        "rows": [carry(row) for row in fetched],
        "texts": [[_text(one) for one in row] for row in rows],
        "rowCount": result.rowcount,
        "affected": result.rowcount if changed else 0,
        "queryId": result.query_id,
        **{word: count or 0 for word, count in counts.items()},
    }


_TYPES = {"NUMBER": "number", "FLOAT": "number", "VARCHAR": "string"}


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.hex().upper() if isinstance(value, bytes) else str(value)
