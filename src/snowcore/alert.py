"""Alerts: statements that run when a condition finds rows. See https://docs.snowflake.com/en/user-guide/alerts."""

from __future__ import annotations

from snowflake_rest import alert as rest
from snowflake_rest.alert import Alert, AlertClone, CronSchedule, MinutesSchedule
from snowflake_rest.runtime import Steps

from ._collections import SchemaObjects, ShowLimited
from ._common import Clone, CreateMode, cloned, wire_mode
from ._handles import Dropped, Fetched, SchemaObject, Tagged
from ._methods import build_model, remote, twin

__all__ = ["Alert", "AlertClone", "AlertCollection", "AlertResource", "CronSchedule", "MinutesSchedule"]


class AlertResource(SchemaObject, Fetched[Alert], Dropped, Tagged):
    """An alert."""

    _rest = rest.RESOURCE

    @remote
    def execute(self) -> Steps[None]:
        """Evaluate the condition now, whatever the schedule, and run the action if it holds."""
        return rest.execute_alert(*self.path)

    execute_async = twin(execute)


class AlertCollection(SchemaObjects[AlertResource], ShowLimited[AlertResource, Alert]):
    """The alerts of a schema."""

    _handle = AlertResource
    _show_limit_warns = False

    @remote
    def create(
        self,
        alert: Alert | str,
        *,
        clone_alert: str | Clone | None = None,
        mode: CreateMode = CreateMode.error_if_exists,
    ) -> Steps[AlertResource]:
        """Create an alert, suspended. ConflictError if it exists, unless `mode` is `or_replace` or `if_not_exists`.

        alert: its description; for a clone, only its name counts and is enough. clone_alert: an alert that it is a copy
        of, as it is or as it was at some time.
        """
        create_mode = wire_mode(mode)
        if clone_alert is not None:
            copy = AlertClone(name=alert if isinstance(alert, str) else build_model(Alert, alert).name)
            source, body = cloned(AlertClone, copy, clone_alert)
            yield from rest.clone_alert(
                *self.path_of(source),
                body,
                create_mode=create_mode,
                target_database=self.database.name,
                target_schema=self.schema.name,
            )
            return self[copy.name]
        if isinstance(alert, str):
            raise ValueError("alert: a name alone is only enough for a clone")
        alert = build_model(Alert, alert)
        yield from rest.create_alert(*self.path, alert, create_mode=create_mode)
        return self[alert.name]

    create_async = twin(create)
