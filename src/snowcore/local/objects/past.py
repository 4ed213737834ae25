"""Clones of the past: the moment that a body names, and what was there then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from ...engine.errors import invalid, unsupported
from ...engine.protocol import Moment, Past
from ..account.catalog import Catalog, Entry


def moment(point: Mapping[str, Any] | None) -> Moment | None:
    """What a body's `point_of_time` means; None stands for the present."""
    if not point:
        return None
    kind, before = str(point["point_of_time_type"]).upper(), str(point.get("reference", "at")).lower() == "before"
    value: Any = point.get(kind.lower())
    if value is None:
        raise invalid(f"point_of_time: {kind.lower()} is missing.")
    try:
        if kind == "OFFSET":
            return Moment(kind, float(value), before)
        if kind == "TIMESTAMP":
            time = datetime.fromisoformat(value)
            return Moment(kind, time if time.tzinfo else time.replace(tzinfo=UTC), before)
    except ValueError:
        raise invalid(f"point_of_time: '{value}' is no {kind.lower()}.") from None
    if kind not in ("STATEMENT", "STREAM"):
        raise unsupported(f"the point of time {kind.lower()}")
    return Moment(kind, str(value), before)


def said(moment: Moment) -> dict[str, str]:
    """A moment as a body names it."""
    value = moment.value.isoformat() if isinstance(moment.value, datetime) else str(moment.value)
    kind = moment.kind.lower()
    return {"point_of_time_type": kind, "reference": "before" if moment.before else "at", kind: value}


def there(entries: Iterable[Entry], at: datetime) -> list[Entry]:
    """Those of some objects that were in their places at a time."""

    def was(entry: Entry) -> bool:
        dropped = entry.dropped_on
        return datetime.fromisoformat(entry.created_on) <= _rounded(at) and (
            dropped is None or datetime.fromisoformat(dropped) > at
        )

    return list({entry.name: entry for entry in entries if was(entry)}.values())


def _rounded(at: datetime) -> datetime:
    """A time in the milliseconds in which the catalog has times."""
    return at.replace(microsecond=at.microsecond // 1000 * 1000)


def of_schemas(catalog: Catalog, schemas: Sequence[Entry], at: Moment | None, time: datetime | None) -> Past | None:
    """What the engine must know of schemas that are cloned as they were."""
    if at is None or time is None:
        return None
    dropped: dict[tuple[str, str], list[str]] = {}
    for schema in schemas:
        gone = [entry for entry in catalog.children(schema.id, "table", dropped=True) if entry.dropped_on is not None]
        for entry in sorted(there(gone, time), key=lambda one: one.dropped_on or ""):
            dropped.setdefault((schema.name, entry.name), []).append(entry.kept)
    return Past(at, frozenset(schema.name for schema in there(schemas, time)), dropped)
