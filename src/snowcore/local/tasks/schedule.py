"""When a task is due. Cron expressions are kept, but not understood yet: nothing here starts tasks by schedule."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from ...engine.errors import invalid

_LONGEST = timedelta(minutes=11_520)


def interval(schedule: Mapping[str, Any] | None) -> timedelta | None:
    """The time between runs, or None if the schedule isn't given as one."""
    if schedule is None or schedule["schedule_type"] != "MINUTES_TYPE":
        return None
    return timedelta(minutes=schedule["minutes"], seconds=schedule.get("seconds", 0))


def check(schedule: Mapping[str, Any]) -> None:
    every = interval(schedule)
    if every is None:
        if len(schedule["cron_expr"].split()) != 5:
            raise invalid(f"Invalid value of 'schedule.cron_expr': '{schedule['cron_expr']}' doesn't have five fields.")
    elif not timedelta(seconds=10) <= every <= _LONGEST:
        raise invalid("Invalid value of 'schedule': the interval is from 10 seconds to 11,520 minutes.")


def next_time(schedule: Mapping[str, Any] | None, since: datetime, now: datetime) -> datetime | None:
    """When a task is due next, that was resumed at some time; None if that can't be told."""
    every = interval(schedule)
    return None if every is None else since + every * ((now - since) // every + 1)
