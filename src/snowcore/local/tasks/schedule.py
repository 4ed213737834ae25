"""When a task is due. Cron expressions are kept, but not understood yet: nothing here starts tasks by schedule."""

from __future__ import annotations

import re
import zoneinfo
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from ...engine.errors import invalid

_LONGEST = timedelta(minutes=11_520)
_FIELDS: tuple[tuple[str, int, int, str, str], ...] = (
    ("minute", 0, 59, "", ""),
    ("hour", 0, 23, "", ""),
    ("day of the month", 1, 31, "", "L"),
    ("month", 1, 12, "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC", ""),
    ("day of the week", 0, 6, "SUN MON TUE WED THU FRI SAT", "L|[0-6]L"),
)
"""The fields of a cron line: from and to what they count, the names of these numbers, and what else they may be.
See https://docs.snowflake.com/en/sql-reference/sql/create-task."""


def interval(schedule: Mapping[str, Any] | None) -> timedelta | None:
    """The time between runs, or None if the schedule isn't given as one."""
    if schedule is None or schedule["schedule_type"] == "CRON_TYPE":
        return None
    return timedelta(minutes=schedule["minutes"], seconds=schedule.get("seconds", 0))


def check(schedule: Mapping[str, Any]) -> None:
    every = interval(schedule)
    if every is None:
        _check_cron(schedule["cron_expr"])
        try:
            zoneinfo.ZoneInfo(schedule["timezone"])
        except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
            raise invalid(f"Invalid value of 'schedule.timezone': '{schedule['timezone']}' is no time zone.") from None
    elif not timedelta(seconds=10) <= every <= _LONGEST:
        raise invalid("Invalid value of 'schedule': the interval is from 10 seconds to 11,520 minutes.")


def _check_cron(line: str) -> None:
    fields, where = line.split(), "Invalid value of 'schedule.cron_expr'"
    if len(fields) != len(_FIELDS):
        raise invalid(f"{where}: '{line}' doesn't have five fields.")
    for field, (what, least, most, names, others) in zip(fields, _FIELDS):
        for part in field.upper().split(","):
            if not (others and re.fullmatch(others, part)) and not _counts(part, least, most, names.split()):
                raise invalid(f"{where}: '{part}' is no {what}.")


def _counts(part: str, least: int, most: int, names: list[str]) -> bool:
    """Whether this is `*`, a number or from one to another, every so many or each of them."""
    span, slash, step = part.partition("/")
    if slash and not (step.isdecimal() and int(step)):
        return False
    ends = [str(names.index(end) + least) if end in names else end for end in span.split("-")]
    if span == "*" or not all(end.isdecimal() for end in ends) or len(ends) > 2:
        return span == "*"
    return least <= int(ends[0]) <= int(ends[-1]) <= most


def next_time(schedule: Mapping[str, Any] | None, since: datetime, now: datetime) -> datetime | None:
    """When a task is due next, that was resumed at some time; None if that can't be told."""
    every = interval(schedule)
    return None if every is None else since + every * ((now - since) // every + 1)
