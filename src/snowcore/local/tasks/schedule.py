"""When a task or an alert is due: every so often since it was resumed, or when a cron line says.

A cron line counts by the clock on the wall of its zone, as Snowflake says in
https://docs.snowflake.com/en/sql-reference/sql/create-task. On the day on which the hour from 1 to 2 comes twice, what
is due in it is due twice; on the day on which the hour from 2 to 3 doesn't come, what is due in it is not due.
"""

from __future__ import annotations

import re
import zoneinfo
from calendar import monthrange
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

import attrs

from ...engine.errors import invalid

_LONGEST = timedelta(minutes=11_520)
_FIELDS: tuple[tuple[str, int, int, str, str], ...] = (
    ("minute", 0, 59, "", ""),
    ("hour", 0, 23, "", ""),
    ("day of the month", 1, 31, "", "L"),
    ("month", 1, 12, "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC", ""),
    ("day of the week", 0, 6, "SUN MON TUE WED THU FRI SAT", "L|[0-6]L"),
)
"""The fields of a cron line: from and to what they count, the names of these numbers, and what else they may be."""
_A_DAY = timedelta(days=1)
_SEARCHED = 366 * 8 + 2
"""Days within which every day comes that there is: 29 February may be away for eight years."""


def interval(schedule: Mapping[str, Any] | None) -> timedelta | None:
    """The time between runs, or None if the schedule isn't given as one."""
    if schedule is None or schedule["schedule_type"] == "CRON_TYPE":
        return None
    return timedelta(minutes=schedule["minutes"], seconds=schedule.get("seconds", 0))


def check(schedule: Mapping[str, Any]) -> None:
    every = interval(schedule)
    if every is None:
        _parsed(schedule["cron_expr"])
        try:
            zoneinfo.ZoneInfo(schedule["timezone"])
        except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
            raise invalid(f"Invalid value of 'schedule.timezone': '{schedule['timezone']}' is no time zone.") from None
    elif not timedelta(seconds=10) <= every <= _LONGEST:
        raise invalid("Invalid value of 'schedule': the interval is from 10 seconds to 11,520 minutes.")


def next_time(schedule: Mapping[str, Any] | None, since: datetime, after: datetime) -> datetime | None:
    """When something is due next, after a moment, that was resumed at some time; None if it never is."""
    if schedule is None:
        return None
    every = interval(schedule)
    if every is not None:
        return since + every * ((after - since) // every + 1)
    line, zone = schedule["cron_expr"], schedule["timezone"]
    first = after.astimezone(zoneinfo.ZoneInfo(zone)).date()
    days = (first + _A_DAY * count for count in range(_SEARCHED))
    return next((moment for day in days for moment in _moments(line, zone, day) if moment > after), None)


# Cron lines


@attrs.frozen
class _Cron:
    minutes: frozenset[int]
    hours: frozenset[int]
    days: frozenset[int] | None
    """Those of the month; None for all."""
    last_day: bool
    months: frozenset[int]
    weekdays: frozenset[int] | None
    """Those of the week, from Sunday on; None for all."""
    last_weekdays: frozenset[int]
    """Those of which the last in a month is meant."""

    def names(self, day: date) -> bool:
        """Whether a day is one of the line's. If it names days of both month and week, one of the two is enough."""
        if day.month not in self.months:
            return False
        if self.days is None and self.weekdays is None:
            return True
        length, weekday = monthrange(day.year, day.month)[1], day.isoweekday() % 7
        of_month = day.day in (self.days or ()) or (self.last_day and day.day == length)
        of_week = weekday in (self.weekdays or ()) or (weekday in self.last_weekdays and day.day > length - 7)
        return of_month or of_week


@lru_cache(256)
def _moments(line: str, zone: str, day: date) -> list[datetime]:
    """When a cron line is due on a day of its zone."""
    cron, place = _parsed(line), zoneinfo.ZoneInfo(zone)
    if not cron.names(day):
        return []
    walls = [datetime(day.year, day.month, day.day, hour, minute) for hour in cron.hours for minute in cron.minutes]
    told = {(wall, wall.replace(tzinfo=place, fold=fold).astimezone(UTC)) for wall in walls for fold in (0, 1)}
    # A time that the clock on the wall doesn't show that day is none of the times that come back.
    return sorted(moment for wall, moment in told if moment.astimezone(place).replace(tzinfo=None) == wall)


@lru_cache(256)
def _parsed(line: str) -> _Cron:
    fields, where = line.upper().split(), "Invalid value of 'schedule.cron_expr'"
    if len(fields) != len(_FIELDS):
        raise invalid(f"{where}: '{line}' doesn't have five fields.")
    minutes, hours, days, months, weekdays = (_numbers(field, *_FIELDS[at], where) for at, field in enumerate(fields))
    last = {part for part in fields[4].split(",") if part.endswith("L")}
    return _Cron(
        minutes,
        hours,
        None if fields[2] == "*" else days,
        "L" in fields[2].split(","),
        months,
        None if fields[4] == "*" else weekdays | frozenset({6} if "L" in last else ()),
        frozenset(int(part[0]) for part in last - {"L"}),
    )


def _numbers(field: str, what: str, least: int, most: int, names: str, others: str, where: str) -> frozenset[int]:
    """What a field counts."""
    found: set[int] = set()
    for part in field.split(","):
        if others and re.fullmatch(others, part):
            continue
        counted = _counted(part, least, most, names.split())
        if counted is None:
            raise invalid(f"{where}: '{part}' is no {what}.")
        found.update(counted)
    return frozenset(found)


def _counted(part: str, least: int, most: int, names: list[str]) -> range | None:
    """What `*`, a number, or from one to another, every so many or each of them, stands for."""
    span, slash, step = part.partition("/")
    if slash and not (step.isdecimal() and int(step)):
        return None
    every = int(step) if slash else 1
    if span == "*":
        return range(least, most + 1, every)
    ends = [str(names.index(end) + least) if end in names else end for end in span.split("-")]
    if not all(end.isdecimal() for end in ends) or len(ends) > 2:
        return None
    first, last = int(ends[0]), most if slash and len(ends) == 1 else int(ends[-1])
    return range(first, last + 1, every) if least <= first <= last <= most else None
