# Generated from specs/alert.yaml by `make generate`. Do not edit.
# Subclasses narrow fields of their bases:
# pyright: reportIncompatibleVariableOverride=false
"""An alert evaluates a condition on a schedule, and runs a SQL statement whenever the condition finds rows. See
https://docs.snowflake.com/en/sql-reference/sql/create-alert.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from .common import TagAssignment, TagReference
from .runtime import (
    BOOLEAN,
    DATETIME,
    INTEGER,
    STRING,
    Array,
    Choice,
    Integer,
    Model,
    Nested,
    Operation,
    Resource,
    argument,
    body,
    field,
    model,
    segment,
)


@model
class Schedule(Model):
    """When an alert is evaluated."""

    schedule_type: str | None = field(STRING, default=None, init=False)
    """`CRON_TYPE` for a cron expression, `SCHEDULE_TYPE` for an interval."""


@model
class Alert(Model):
    """A condition that is checked on a schedule, and what to do when it holds.

    Args:
        name: The name, unique within the schema.
        comment: A comment on the alert.
        schedule: When the condition is evaluated.
        warehouse: The warehouse that runs condition and action. Without one, Snowflake runs them on serverless
            compute.
        condition: The query to evaluate, a `SELECT`, `SHOW` or `CALL`. The action runs when it returns at least one
            row.
        action: The SQL statement to run when the condition holds, such as a call that sends a notification.

    Attributes:
        created_on (set by the server): When the alert was created.
        database_name (set by the server): The database that holds the alert.
        schema_name (set by the server): The schema that holds the alert.
        owner (set by the server): The role that owns the alert.
        owner_role_type (set by the server): The kind of role that the owner is, such as `ROLE`.
        state (set by the server): Whether the schedule is in force, `started` or `suspended`.
    """

    name: str = field(STRING)
    """The name, unique within the schema."""
    comment: str | None = field(STRING, default=None)
    """A comment on the alert."""
    schedule: Schedule = field(Nested(Schedule))
    """When the condition is evaluated."""
    warehouse: str | None = field(STRING, default=None)
    """The warehouse that runs condition and action. Without one, Snowflake runs them on serverless compute."""
    condition: str = field(STRING)
    """The query to evaluate, a `SELECT`, `SHOW` or `CALL`. The action runs when it returns at least one row."""
    action: str = field(STRING)
    """The SQL statement to run when the condition holds, such as a call that sends a notification."""
    created_on: datetime | None = field(DATETIME, default=None, read_only=True)
    """When the alert was created."""
    database_name: str | None = field(STRING, default=None, read_only=True)
    """The database that holds the alert."""
    schema_name: str | None = field(STRING, default=None, read_only=True)
    """The schema that holds the alert."""
    owner: str | None = field(STRING, default=None, read_only=True)
    """The role that owns the alert."""
    owner_role_type: str | None = field(STRING, default=None, read_only=True)
    """The kind of role that the owner is, such as `ROLE`."""
    state: str | None = field(STRING, default=None, read_only=True)
    """Whether the schedule is in force, `started` or `suspended`."""


@model
class CronSchedule(Schedule):
    """A schedule at the times that a cron expression names.

    Args:
        cron_expr: The five fields minute, hour, day of month, month and day of week, such as `0 9 * * MON-FRI`. `L`
            stands for the last day.
        timezone: The time zone of the expression by its IANA name, such as `Europe/Zurich` or `UTC`.
    """

    schedule_type: str = field(STRING, default="CRON_TYPE", init=False)
    cron_expr: str = field(STRING)
    """The five fields minute, hour, day of month, month and day of week, such as `0 9 * * MON-FRI`. `L` stands for the
    last day.
    """
    timezone: str = field(STRING)
    """The time zone of the expression by its IANA name, such as `Europe/Zurich` or `UTC`."""


@model
class MinutesSchedule(Schedule):
    """A schedule at even intervals.

    Args:
        minutes: The minutes between two evaluations, from 1 to 11,520 (eight days).
    """

    schedule_type: str = field(STRING, default="SCHEDULE_TYPE", init=False)
    minutes: int = field(INTEGER)
    """The minutes between two evaluations, from 1 to 11,520 (eight days)."""


@model
class PointOfTime(Model):
    """A moment in the past of an object, for clones with Time Travel. See
    https://docs.snowflake.com/en/user-guide/data-time-travel.

    Args:
        reference: `at` to include what happened at the moment, `before` to leave it out.
    """

    point_of_time_type: str | None = field(STRING, default=None, init=False)
    """How the moment is given: `timestamp`, `offset` or `statement`."""
    reference: Literal["at", "before"] | str = field(Choice("at", "before"))
    """`at` to include what happened at the moment, `before` to leave it out."""


@model
class AlertClone(Model):
    """The copy to create of an alert.

    Args:
        name: The copy's name.
        point_of_time: The moment of the original to copy; now when left out.
    """

    name: str = field(STRING)
    """The copy's name."""
    point_of_time: PointOfTime | None = field(Nested(PointOfTime), default=None)
    """The moment of the original to copy; now when left out."""


@model
class PointOfTimeTimestamp(PointOfTime):
    """The moment given as a time.

    Args:
        reference: `at` to include what happened at the moment, `before` to leave it out.
        timestamp: The time, as a timestamp that SQL understands.
    """

    point_of_time_type: str = field(STRING, default="timestamp", init=False)
    timestamp: str = field(STRING)
    """The time, as a timestamp that SQL understands."""


@model
class PointOfTimeOffset(PointOfTime):
    """The moment given as a distance from now.

    Args:
        reference: `at` to include what happened at the moment, `before` to leave it out.
        offset: The distance from now in seconds, negative for the past, such as `-300`.
    """

    point_of_time_type: str = field(STRING, default="offset", init=False)
    offset: str = field(STRING)
    """The distance from now in seconds, negative for the past, such as `-300`."""


@model
class PointOfTimeStatement(PointOfTime):
    """The moment when a statement ran.

    Args:
        reference: `at` to include what happened at the moment, `before` to leave it out.
        statement: The query ID of the statement.
    """

    point_of_time_type: str = field(STRING, default="statement", init=False)
    statement: str = field(STRING)
    """The query ID of the statement."""


Schedule.discriminate(
    "schedule_type",
    {
        "CRON_TYPE": CronSchedule,
        "SCHEDULE_TYPE": MinutesSchedule,
    },
)
PointOfTime.discriminate(
    "point_of_time_type",
    {
        "timestamp": PointOfTimeTimestamp,
        "offset": PointOfTimeOffset,
        "statement": PointOfTimeStatement,
    },
)

_SHOW_LIMIT = Integer(minimum=1, maximum=10000)
_ALERT_LIST = Array(Nested(Alert))
_CREATE_MODE = Choice("errorIfExists", "orReplace", "ifNotExists")
_ALERT = Nested(Alert)
_ALERT_CLONE = Nested(AlertClone)
_TAG_ASSIGNMENT_LIST = Array(Nested(TagAssignment))
_TAG_REFERENCE_LIST = Array(Nested(TagReference))


def list_alerts(
    database: str,
    schema: str,
    *,
    like: str | None = None,
    starts_with: str | None = None,
    show_limit: int | None = None,
    from_name: str | None = None,
) -> Operation[list[Alert]]:
    """The alerts of the schema.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        like: Only the objects whose name matches this SQL pattern (`%` any text, `_` one character), whatever the
            case.
        starts_with: Only the objects whose name starts with this text, in exactly this case.
        show_limit: At most this many objects, from 1 to 10,000.
        from_name: Only the objects that follow the first one whose name starts with this text, in exactly this case.
    """
    return Operation(
        id="listAlerts",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/alerts",
        query={
            "like": argument("like", STRING, like),
            "startsWith": argument("starts_with", STRING, starts_with),
            "showLimit": argument("show_limit", _SHOW_LIMIT, show_limit),
            "fromName": argument("from_name", STRING, from_name),
        },
        answer=_ALERT_LIST,
    )


def create_alert(
    database: str,
    schema: str,
    alert: Alert,
    *,
    create_mode: Literal["errorIfExists", "orReplace", "ifNotExists"] | str | None = None,
) -> Operation[None]:
    """Create an alert.

    A new alert is suspended; `ALTER ALERT … RESUME` in SQL starts its schedule. See
    https://docs.snowflake.com/en/sql-reference/sql/create-alert.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        alert: A condition that is checked on a schedule, and what to do when it holds.
        create_mode: What to do when an object of this name exists; fail, replace it, or leave it as it is. The
            server's default is `errorIfExists`.
    """
    return Operation(
        id="createAlert",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/alerts",
        query={"createMode": argument("create_mode", _CREATE_MODE, create_mode)},
        body=body("alert", _ALERT, alert, required=True),
    )


def fetch_alert(database: str, schema: str, name: str) -> Operation[Alert]:
    """The alert with its properties.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
    """
    return Operation(
        id="fetchAlert",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/alerts/{segment('name', name)}",
        answer=_ALERT,
    )


def delete_alert(database: str, schema: str, name: str, *, if_exists: bool | None = None) -> Operation[None]:
    """Drop the alert.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="deleteAlert",
        method="DELETE",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/alerts/{segment('name', name)}",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
    )


def clone_alert(
    database: str,
    schema: str,
    name: str,
    alert_clone: AlertClone,
    *,
    target_database: str,
    target_schema: str,
    create_mode: Literal["errorIfExists", "orReplace", "ifNotExists"] | str | None = None,
) -> Operation[None]:
    """Create an alert as a copy of this one.

    The copy is suspended, as every new alert is. See https://docs.snowflake.com/en/sql-reference/sql/create-clone.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        alert_clone: The copy to create of an alert.
        target_database: The database in which the copy is created.
        target_schema: The schema in which the copy is created.
        create_mode: What to do when an object of this name exists; fail, replace it, or leave it as it is. The
            server's default is `errorIfExists`.
    """
    return Operation(
        id="cloneAlert",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/alerts/{segment('name', name)}:clone",
        query={
            "targetDatabase": argument("target_database", STRING, target_database, required=True),
            "targetSchema": argument("target_schema", STRING, target_schema, required=True),
            "createMode": argument("create_mode", _CREATE_MODE, create_mode),
        },
        body=body("alert_clone", _ALERT_CLONE, alert_clone, required=True),
    )


def execute_alert(database: str, schema: str, name: str) -> Operation[None]:
    """Run the alert once, now, whatever its schedule.

    See https://docs.snowflake.com/en/sql-reference/sql/execute-alert.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
    """
    return Operation(
        id="executeAlert",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/alerts/{segment('name', name)}:execute",
    )


def set_tags(
    database: str, schema: str, name: str, tags: list[TagAssignment], *, if_exists: bool | None = None
) -> Operation[None]:
    """Set tags on the object, each with a value. Tags that are not named keep their values.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="setTags",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/alerts/{segment('name', name)}:set-tags",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
        body=body("tags", _TAG_ASSIGNMENT_LIST, tags, required=True),
    )


def unset_tags(
    database: str, schema: str, name: str, tags: list[TagReference], *, if_exists: bool | None = None
) -> Operation[None]:
    """Take tags off the object.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="unsetTags",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/alerts/{segment('name', name)}:unset-tags",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
        body=body("tags", _TAG_REFERENCE_LIST, tags, required=True),
    )


def get_tags(
    database: str, schema: str, name: str, *, with_lineage: bool | None = None
) -> Operation[list[TagAssignment]]:
    """The tags that are set on the object.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        with_lineage: Include the tags that the object inherits from the schema, database or account around it. The
            server's default is `false`.
    """
    return Operation(
        id="getTags",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/alerts/{segment('name', name)}:get-tags",
        query={"withLineage": argument("with_lineage", BOOLEAN, with_lineage)},
        answer=_TAG_ASSIGNMENT_LIST,
    )


RESOURCE = Resource(
    name="alert",
    collection="/api/v2/databases/{database}/schemas/{schema}/alerts",
    model=Alert,
    list=list_alerts,
    create=create_alert,
    fetch=fetch_alert,
    drop=delete_alert,
    set_tags=set_tags,
    unset_tags=unset_tags,
    get_tags=get_tags,
)
