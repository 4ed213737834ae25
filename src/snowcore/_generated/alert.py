# Generated from specs/alert.yaml by `make generate`. Do not edit.
"""An alert evaluates a condition on a schedule, and runs a SQL statement whenever the condition finds rows. See
https://docs.snowflake.com/en/sql-reference/sql/create-alert.
"""

from __future__ import annotations

from snowcore._by_hand.alert import AlertCreation
from snowcore._collections import (
    QuietlyShowLimited,
)
from snowcore._handles import (
    Fetched,
    SchemaObject,
    Tagged,
)
from snowcore._methods import remote, twin
from snowflake_rest import alert as rest
from snowflake_rest.alert import (
    Alert,
    AlertClone,
    CronSchedule,
    MinutesSchedule,
)
from snowflake_rest.runtime import Steps

__all__ = [
    "Alert",
    "AlertClone",
    "AlertCollection",
    "AlertResource",
    "CronSchedule",
    "MinutesSchedule",
]


class AlertResource(SchemaObject, Fetched[Alert], Tagged):
    """An alert."""

    _rest = rest.RESOURCE

    @remote
    def drop(self, if_exists: bool = False) -> Steps[None]:
        """Drop the alert.

        Args:
            if_exists: Succeed without doing anything when the object does not exist. The server's default is
                `false`.
        """
        return rest.delete_alert(*self.path, if_exists=if_exists)

    drop_async = twin(drop)

    @remote
    def execute(self) -> Steps[None]:
        """Run the alert once, now, whatever its schedule.

        See https://docs.snowflake.com/en/sql-reference/sql/execute-alert.
        """
        return rest.execute_alert(*self.path)

    execute_async = twin(execute)


class AlertCollection(AlertCreation, QuietlyShowLimited[AlertResource, Alert]):
    """The alerts of the schema."""

    _handle = AlertResource
