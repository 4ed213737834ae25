# Generated from specs/alert.yaml by `make generate`. Do not edit.
"""An alert evaluates a condition on a schedule, and runs a SQL statement whenever the condition finds rows. See
https://docs.snowflake.com/en/sql-reference/sql/create-alert.
"""

from snowcore._generated.alert import Alert, AlertClone, AlertCollection, AlertResource, CronSchedule, MinutesSchedule

__all__ = [
    "Alert",
    "AlertClone",
    "AlertCollection",
    "AlertResource",
    "CronSchedule",
    "MinutesSchedule",
]
