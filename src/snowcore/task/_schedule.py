"""When a task runs: at times (`Cron`) or at intervals (`timedelta`)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, NamedTuple, cast

from snowflake_rest.runtime import Kind, Model
from snowflake_rest.task import MinutesSchedule, TaskSchedule


class Cron(NamedTuple):
    """A schedule of times.

    expr: minute, hour, day of month, month, day of week, such as `0 9 * * MON`. timezone: an IANA name, such as
    `America/Los_Angeles`.
    """

    expr: str
    timezone: str


class Interval(Kind):
    """A `timedelta` of whole seconds here, minutes and seconds on the wire."""

    plain = False

    def check(self, value: Any, where: str) -> Any:
        if isinstance(value, (MinutesSchedule, dict)):
            value = self.decode(value if isinstance(value, dict) else value.to_dict())
        if not isinstance(value, timedelta):
            raise TypeError(f"{where}: expected a timedelta, not {value!r}")
        if value.microseconds or value <= timedelta(0):
            raise ValueError(f"{where}: expected a positive, whole number of seconds, not {value!r}")
        return value

    def decode(self, value: Any) -> Any:
        try:
            return timedelta(0, (value.get("minutes") or 0) * 60 + (value.get("seconds") or 0))
        except (AttributeError, OverflowError, TypeError):
            return value

    def encode(self, value: Any, hide_readonly: bool = True) -> Any:
        if isinstance(value, dict):  # longer than a timedelta can be
            value = MinutesSchedule.from_dict(cast("dict[str, Any]", value))
        if not isinstance(value, timedelta):
            return value.to_dict() if isinstance(value, Model) else value
        minutes, seconds = divmod(int(value.total_seconds()), 60)
        return MinutesSchedule(minutes=minutes, seconds=seconds).to_dict()


class Schedule(Interval):
    """A `Cron` or a `timedelta` here, a schedule object on the wire."""

    def check(self, value: Any, where: str) -> Any:
        if isinstance(value, timedelta):
            return super().check(value, where)
        if isinstance(value, (TaskSchedule, dict)):
            value = self.decode(value if isinstance(value, dict) else value.to_dict())
        if not isinstance(value, (Cron, timedelta)):
            raise TypeError(f"{where}: expected a Cron or a timedelta, not {value!r}")
        if isinstance(value, Cron) and (len(str(value.expr).split()) != 5 or not value.timezone):
            # whether the account knows the time zone, only the account knows
            raise ValueError(f"{where}: a Cron has five fields, such as `0 9 * * MON`, and a time zone; not {value!r}")
        return value

    def decode(self, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        said: dict[str, Any] = value  # pyright: ignore[reportUnknownVariableType]
        # told apart here and not by TaskSchedule, since lists of tasks are long
        kind = said.get("schedule_type")
        if kind == "CRON_TYPE":
            return Cron(said.get("cron_expr", ""), said.get("timezone", ""))
        return super().decode(said) if kind == "MINUTES_TYPE" else TaskSchedule.from_dict(said)

    def encode(self, value: Any, hide_readonly: bool = True) -> Any:
        if isinstance(value, Cron):
            return {"schedule_type": "CRON_TYPE", "cron_expr": value.expr, "timezone": value.timezone}
        return super().encode(value, hide_readonly)
