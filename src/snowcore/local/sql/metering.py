"""What tells which credits compute would have cost, hour by hour: of INFORMATION_SCHEMA and ACCOUNT_USAGE.

See https://docs.snowflake.com/en/sql-reference/functions/warehouse_metering_history.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ...engine.names import split
from ..objects.securables import THE_ACCOUNT
from .results import moment

if TYPE_CHECKING:
    from . import SqlSession

Row = Mapping[str, Any]
Given = Mapping[str, Any]


def _hours(*kinds: str) -> Callable[[SqlSession, Given], list[Row]]:
    """The credits of each warehouse, or compute pool, in each hour, the latest first."""

    def rows(session: SqlSession, given: Given) -> list[Row]:
        if not session.rights.may("MONITOR USAGE", THE_ACCOUNT):
            return []
        first, last = (moment(_text(given.get(f"DATE_RANGE_{word}"))) for word in ("START", "END"))
        name = given.get("WAREHOUSE_NAME")
        found: dict[tuple[datetime, str, str], float] = defaultdict(float)
        for run in session.account.meter.runs():
            if run.kind in kinds and (not name or run.name == split(name)[-1].upper()):
                for hour, credits in run.by_hours():
                    if (first is None or hour >= first) and (last is None or hour < last):
                        found[hour, run.kind, run.name] += credits
        return [_row(*key, found[key]) for key in sorted(found, reverse=True)]

    return rows


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _row(hour: datetime, kind: str, name: str, credits: float) -> Row:
    used = Decimal(credits).quantize(Decimal("0.000000001"))
    return {
        "SERVICE_TYPE": "WAREHOUSE_METERING" if kind == "warehouse" else "SNOWPARK_CONTAINER_SERVICES",
        "START_TIME": hour,
        "END_TIME": hour + timedelta(hours=1),
        "NAME": name,
        "WAREHOUSE_NAME": name,
        "COMPUTE_POOL_NAME": name,
        "CREDITS_USED": used,
        "CREDITS_USED_COMPUTE": used,
        "CREDITS_USED_CLOUD_SERVICES": Decimal(0),
    }


_CREDITS = "CREDITS_USED:d CREDITS_USED_COMPUTE:d CREDITS_USED_CLOUD_SERVICES:d"
_RANGE = ("DATE_RANGE_START", "DATE_RANGE_END")
FUNCTIONS: Mapping[str, tuple[str, tuple[str, ...], Callable[[SqlSession, Given], list[Row]]]] = {
    "WAREHOUSE_METERING_HISTORY": (
        f"START_TIME:t END_TIME:t WAREHOUSE_NAME {_CREDITS}",
        (*_RANGE, "WAREHOUSE_NAME", "RESULT_LIMIT"),
        _hours("warehouse"),
    ),
    "METERING_HISTORY": (
        f"SERVICE_TYPE START_TIME:t END_TIME:t NAME {_CREDITS}",
        (*_RANGE, "RESULT_LIMIT"),
        _hours("warehouse", "compute-pool"),
    ),
    "SNOWPARK_CONTAINER_SERVICES_HISTORY": (
        "START_TIME:t END_TIME:t COMPUTE_POOL_NAME CREDITS_USED:d",
        (*_RANGE, "RESULT_LIMIT"),
        _hours("compute-pool"),
    ),
}
"""The columns of each, the order of its arguments, and its rows."""
