# Generated from specs/task.yaml by `make generate`. Do not edit.
# Subclasses narrow fields of their bases:
# pyright: reportIncompatibleVariableOverride=false
"""Tasks run a statement on a schedule, after other tasks, or on demand. Tasks that follow one another form a graph,
which starts at its root task. See https://docs.snowflake.com/en/user-guide/tasks-intro.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from .common import IDENTIFIER, TagAssignment, TagReference
from .runtime import (
    ANY,
    BOOLEAN,
    DATETIME,
    INTEGER,
    STRING,
    Array,
    Choice,
    Integer,
    Map,
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
class TaskRun(Model):
    """A run of a task graph.

    Attributes:
        root_task_name (set by the server): The name of the graph's root task.
        database_name (set by the server): The database of the graph.
        schema_name (set by the server): The schema of the graph.
        state (set by the server): How far the run is. A current run is `SCHEDULED` or `EXECUTING`, the other values
            are final. One of `SCHEDULED`, `EXECUTING`, `SUCCEEDED`, `FAILED`, `CANCELLED`, `SKIPPED`.
        first_error_task_name (set by the server): The name of the first task that failed, if any did.
        first_error_code (set by the server): The error number of the first task that failed.
        first_error_message (set by the server): The error message of the first task that failed.
        scheduled_time (set by the server): When the root task was due.
        query_start_time (set by the server): When the root task began to execute.
        next_scheduled_time (set by the server): When the root task is due next.
        completed_time (set by the server): When the last task of the run ended.
        root_task_id (set by the server): The identifier of the root task.
        graph_version (set by the server): The version of the graph that the run is of.
        run_id (set by the server): The identifier of the run, the same for all its tasks.
    """

    root_task_name: str = field(STRING, read_only=True)
    """The name of the graph's root task."""
    database_name: str = field(STRING, read_only=True)
    """The database of the graph."""
    schema_name: str = field(STRING, read_only=True)
    """The schema of the graph."""
    state: Literal["SCHEDULED", "EXECUTING", "SUCCEEDED", "FAILED", "CANCELLED", "SKIPPED"] | str = field(
        Choice("SCHEDULED", "EXECUTING", "SUCCEEDED", "FAILED", "CANCELLED", "SKIPPED"), read_only=True
    )
    """How far the run is. A current run is `SCHEDULED` or `EXECUTING`, the other values are final. One of `SCHEDULED`,
    `EXECUTING`, `SUCCEEDED`, `FAILED`, `CANCELLED`, `SKIPPED`.
    """
    first_error_task_name: str | None = field(STRING, default=None, read_only=True)
    """The name of the first task that failed, if any did."""
    first_error_code: int | None = field(INTEGER, default=None, read_only=True)
    """The error number of the first task that failed."""
    first_error_message: str | None = field(STRING, default=None, read_only=True)
    """The error message of the first task that failed."""
    scheduled_time: datetime = field(DATETIME, read_only=True)
    """When the root task was due."""
    query_start_time: datetime | None = field(DATETIME, default=None, read_only=True)
    """When the root task began to execute."""
    next_scheduled_time: datetime = field(DATETIME, read_only=True)
    """When the root task is due next."""
    completed_time: datetime | None = field(DATETIME, default=None, read_only=True)
    """When the last task of the run ended."""
    root_task_id: str = field(STRING, read_only=True)
    """The identifier of the root task."""
    graph_version: int = field(INTEGER, read_only=True)
    """The version of the graph that the run is of."""
    run_id: int = field(INTEGER, read_only=True)
    """The identifier of the run, the same for all its tasks."""


@model
class TaskSchedule(Model):
    """When a task runs."""

    schedule_type: str | None = field(STRING, default=None, init=False)
    """How the schedule is given."""


@model
class MinutesSchedule(TaskSchedule):
    """A length of time; as a schedule, the interval between runs.

    Args:
        minutes: The whole minutes. The interval of a schedule is at most 11,520 minutes, which is eight days.
        seconds: The seconds beyond the whole minutes.
    """

    schedule_type: str = field(STRING, default="MINUTES_TYPE", init=False)
    minutes: int = field(INTEGER)
    """The whole minutes. The interval of a schedule is at most 11,520 minutes, which is eight days."""
    seconds: int | None = field(INTEGER, default=None)
    """The seconds beyond the whole minutes."""


@model
class Task(Model):
    """A task, which is a statement together with when and how to run it.

    Args:
        name: The name of the task.
        definition: What the task runs, which is a SQL statement, a procedure call or a block of Snowflake Scripting.
        warehouse: The warehouse that the task runs on. A task without one is serverless, on compute that Snowflake
            sizes.
        schedule: When the task runs. A task with predecessors has no schedule.
        comment: Text that describes the task.
        finalize: The root task whose graph this task finalizes. It runs after all others of the graph, even if some
            failed.
        task_auto_retry_attempts: How often a failed run of the graph is retried, from 0 to 30; default 0. For a root
            task.
        config: Values that the tasks of the graph read with SYSTEM$GET_TASK_GRAPH_CONFIG. For a root task.
        session_parameters: Session parameters for the runs of the task, by name. See
            https://docs.snowflake.com/en/sql-reference/parameters.
        predecessors: The tasks that this one runs after, at most 100, all of the same schema.
        user_task_managed_initial_warehouse_size: The size of the compute for the first runs of a serverless task,
            until Snowflake knows what it needs; default `MEDIUM`. Known values: `XSMALL`, `SMALL`, `MEDIUM`,
            `LARGE`, `XLARGE`, `XXLARGE`.
        target_completion_interval: How long a run of a serverless task should take; Snowflake sizes the compute to
            meet it.
        serverless_task_min_statement_size: The smallest warehouse size that a serverless task may use; default
            `XSMALL`. Known values: `XSMALL`, `SMALL`, `MEDIUM`, `LARGE`, `XLARGE`, `XXLARGE`.
        serverless_task_max_statement_size: The largest warehouse size that a serverless task may use; default
            `XXLARGE`. Known values: `XSMALL`, `SMALL`, `MEDIUM`, `LARGE`, `XLARGE`, `XXLARGE`.
        user_task_timeout_ms: How long a run may take, in milliseconds, from 0 to 604,800,000 (seven days); default
            3,600,000 (one hour).
        suspend_task_after_num_failures: After how many failed runs in a row the task is suspended; 0 never suspends
            it, default 10.
        condition: A SQL condition without which a due run is skipped, such as
            `SYSTEM$STREAM_HAS_DATA('ORDERS_STREAM')`.
        allow_overlapping_execution: Whether a run of the graph may start while child tasks of the last one are still
            running; default false. `overlap_policy` is the newer way to say it.
        error_integration: The notification integration that hears of failed runs.
        success_integration: The notification integration that hears of successful runs.
        overlap_policy: Whether runs of the graph may overlap. `NO_OVERLAP` (the default) forbids it,
            `ALLOW_CHILD_OVERLAP` allows it except for the root task, and `ALLOW_ALL_OVERLAP` allows it. For a root
            task.
        execute_as_user: The user as whom the task runs, instead of the system.

    Attributes:
        task_relations (set by the server): The links of the task to others of its graph, such as its predecessors
            and finalizer, as JSON text.
        created_on (set by the server): When the task was created.
        id (set by the server): The identifier of the task, given by Snowflake.
        owner (set by the server): The role that owns the task.
        owner_role_type (set by the server): The kind of role that owns the task, such as `ROLE`.
        state (set by the server): Whether the task runs when it is due (`started`) or not (`suspended`).
        last_committed_on (set by the server): When the version of the task that runs was set; empty for a task that
            was never resumed or run.
        last_suspended_on (set by the server): When the task was last suspended; empty if it never was.
        database_name (set by the server): The database of the task.
        schema_name (set by the server): The schema of the task.
    """

    name: str = field(IDENTIFIER, kw_only=False)
    """The name of the task."""
    definition: str = field(STRING, kw_only=False)
    """What the task runs, which is a SQL statement, a procedure call or a block of Snowflake Scripting."""
    warehouse: str | None = field(IDENTIFIER, default=None)
    """The warehouse that the task runs on. A task without one is serverless, on compute that Snowflake sizes."""
    schedule: TaskSchedule | None = field(Nested(TaskSchedule), default=None)
    """When the task runs. A task with predecessors has no schedule."""
    comment: str | None = field(STRING, default=None)
    """Text that describes the task."""
    finalize: str | None = field(STRING, default=None)
    """The root task whose graph this task finalizes. It runs after all others of the graph, even if some failed."""
    task_auto_retry_attempts: int | None = field(Integer(minimum=0, maximum=30), default=None)
    """How often a failed run of the graph is retried, from 0 to 30; default 0. For a root task."""
    config: dict[str, Any] | None = field(Map(ANY), default=None)
    """Values that the tasks of the graph read with SYSTEM$GET_TASK_GRAPH_CONFIG. For a root task."""
    session_parameters: dict[str, Any] | None = field(Map(ANY), default=None)
    """Session parameters for the runs of the task, by name. See https://docs.snowflake.com/en/sql-reference/parameters.
    """
    predecessors: list[str] | None = field(Array(STRING), default=None)
    """The tasks that this one runs after, at most 100, all of the same schema."""
    task_relations: str | None = field(STRING, default=None, read_only=True)
    """The links of the task to others of its graph, such as its predecessors and finalizer, as JSON text."""
    user_task_managed_initial_warehouse_size: (
        Literal["XSMALL", "SMALL", "MEDIUM", "LARGE", "XLARGE", "XXLARGE"] | str | None
    ) = field(STRING, default=None)
    """The size of the compute for the first runs of a serverless task, until Snowflake knows what it needs; default
    `MEDIUM`. Known values: `XSMALL`, `SMALL`, `MEDIUM`, `LARGE`, `XLARGE`, `XXLARGE`.
    """
    target_completion_interval: MinutesSchedule | None = field(Nested(MinutesSchedule), default=None)
    """How long a run of a serverless task should take; Snowflake sizes the compute to meet it."""
    serverless_task_min_statement_size: (
        Literal["XSMALL", "SMALL", "MEDIUM", "LARGE", "XLARGE", "XXLARGE"] | str | None
    ) = field(STRING, default=None)
    """The smallest warehouse size that a serverless task may use; default `XSMALL`. Known values: `XSMALL`, `SMALL`,
    `MEDIUM`, `LARGE`, `XLARGE`, `XXLARGE`.
    """
    serverless_task_max_statement_size: (
        Literal["XSMALL", "SMALL", "MEDIUM", "LARGE", "XLARGE", "XXLARGE"] | str | None
    ) = field(STRING, default=None)
    """The largest warehouse size that a serverless task may use; default `XXLARGE`. Known values: `XSMALL`, `SMALL`,
    `MEDIUM`, `LARGE`, `XLARGE`, `XXLARGE`.
    """
    user_task_timeout_ms: int | None = field(INTEGER, default=None)
    """How long a run may take, in milliseconds, from 0 to 604,800,000 (seven days); default 3,600,000 (one hour)."""
    suspend_task_after_num_failures: int | None = field(INTEGER, default=None)
    """After how many failed runs in a row the task is suspended; 0 never suspends it, default 10."""
    condition: str | None = field(STRING, default=None)
    """A SQL condition without which a due run is skipped, such as `SYSTEM$STREAM_HAS_DATA('ORDERS_STREAM')`."""
    allow_overlapping_execution: bool | None = field(BOOLEAN, default=None)
    """Whether a run of the graph may start while child tasks of the last one are still running; default false.
    `overlap_policy` is the newer way to say it.
    """
    error_integration: str | None = field(STRING, default=None)
    """The notification integration that hears of failed runs."""
    success_integration: str | None = field(STRING, default=None)
    """The notification integration that hears of successful runs."""
    overlap_policy: Literal["NO_OVERLAP", "ALLOW_CHILD_OVERLAP", "ALLOW_ALL_OVERLAP"] | str | None = field(
        Choice("NO_OVERLAP", "ALLOW_CHILD_OVERLAP", "ALLOW_ALL_OVERLAP"), default=None
    )
    """Whether runs of the graph may overlap. `NO_OVERLAP` (the default) forbids it, `ALLOW_CHILD_OVERLAP` allows it
    except for the root task, and `ALLOW_ALL_OVERLAP` allows it. For a root task.
    """
    execute_as_user: str | None = field(STRING, default=None)
    """The user as whom the task runs, instead of the system."""
    created_on: datetime | None = field(DATETIME, default=None, read_only=True)
    """When the task was created."""
    id: str | None = field(STRING, default=None, read_only=True)
    """The identifier of the task, given by Snowflake."""
    owner: str | None = field(STRING, default=None, read_only=True)
    """The role that owns the task."""
    owner_role_type: str | None = field(STRING, default=None, read_only=True)
    """The kind of role that owns the task, such as `ROLE`."""
    state: Literal["started", "suspended"] | str | None = field(
        Choice("started", "suspended"), default=None, read_only=True
    )
    """Whether the task runs when it is due (`started`) or not (`suspended`)."""
    last_committed_on: datetime | None = field(DATETIME, default=None, read_only=True)
    """When the version of the task that runs was set; empty for a task that was never resumed or run."""
    last_suspended_on: datetime | None = field(DATETIME, default=None, read_only=True)
    """When the task was last suspended; empty if it never was."""
    database_name: str | None = field(STRING, default=None, read_only=True)
    """The database of the task."""
    schema_name: str | None = field(STRING, default=None, read_only=True)
    """The schema of the task."""


@model
class CronSchedule(TaskSchedule):
    """A schedule given as a cron expression.

    Args:
        cron_expr: Minute, hour, day of the month, month and day of the week, such as `0 9 * * MON-FRI`.
        timezone: The time zone that the expression is in, such as `Europe/Berlin`.
    """

    schedule_type: str = field(STRING, default="CRON_TYPE", init=False)
    cron_expr: str = field(STRING)
    """Minute, hour, day of the month, month and day of the week, such as `0 9 * * MON-FRI`."""
    timezone: str = field(STRING)
    """The time zone that the expression is in, such as `Europe/Berlin`."""


TaskSchedule.discriminate(
    "schedule_type",
    {
        "CRON_TYPE": CronSchedule,
        "MINUTES_TYPE": MinutesSchedule,
    },
)

_SHOW_LIMIT = Integer(minimum=1, maximum=10000)
_TASK_LIST = Array(Nested(Task))
_CREATE_MODE = Choice("errorIfExists", "orReplace", "ifNotExists")
_TASK = Nested(Task)
_TASK_RUN_LIST = Array(Nested(TaskRun))
_TAG_ASSIGNMENT_LIST = Array(Nested(TagAssignment))
_TAG_REFERENCE_LIST = Array(Nested(TagReference))


def list_tasks(
    database: str,
    schema: str,
    *,
    root_only: bool | None = None,
    like: str | None = None,
    starts_with: str | None = None,
    show_limit: int | None = None,
    from_name: str | None = None,
) -> Operation[list[Task]]:
    """The tasks of the schema.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        root_only: Only the tasks without predecessors. The server's default is `false`.
        like: Only the objects whose name matches this SQL pattern (`%` any text, `_` one character), whatever the
            case.
        starts_with: Only the objects whose name starts with this text, in exactly this case.
        show_limit: At most this many objects, from 1 to 10,000.
        from_name: Only the objects that follow the first one whose name starts with this text, in exactly this case.
    """
    return Operation(
        id="listTasks",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/tasks",
        query={
            "rootOnly": argument("root_only", BOOLEAN, root_only),
            "like": argument("like", STRING, like),
            "startsWith": argument("starts_with", STRING, starts_with),
            "showLimit": argument("show_limit", _SHOW_LIMIT, show_limit),
            "fromName": argument("from_name", STRING, from_name),
        },
        answer=_TASK_LIST,
    )


def create_task(
    database: str,
    schema: str,
    task: Task,
    *,
    create_mode: Literal["errorIfExists", "orReplace", "ifNotExists"] | str | None = None,
) -> Operation[None]:
    """Create a task.

    A new task is suspended, also when it replaces another; resume it to start its schedule. See
    https://docs.snowflake.com/en/sql-reference/sql/create-task.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        task: A task, which is a statement together with when and how to run it.
        create_mode: What to do when an object of this name exists; fail, replace it, or leave it as it is. The
            server's default is `errorIfExists`.
    """
    return Operation(
        id="createTask",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/tasks",
        query={"createMode": argument("create_mode", _CREATE_MODE, create_mode)},
        body=body("task", _TASK, task, required=True),
    )


def fetch_task(database: str, schema: str, name: str) -> Operation[Task]:
    """Fetch a task.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
    """
    return Operation(
        id="fetchTask",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/tasks/{segment('name', name)}",
        answer=_TASK,
    )


def create_or_alter_task(database: str, schema: str, name: str, task: Task) -> Operation[None]:
    """Create the task, or change it to match the description.

    What the description leaves out goes back to its default. A task that this creates is suspended. See
    https://docs.snowflake.com/en/sql-reference/sql/create-or-alter.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        task: A task, which is a statement together with when and how to run it.
    """
    return Operation(
        id="createOrAlterTask",
        method="PUT",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/tasks/{segment('name', name)}",
        body=body("task", _TASK, task, required=True),
    )


def delete_task(database: str, schema: str, name: str, *, if_exists: bool | None = None) -> Operation[None]:
    """Drop the task.

    A dropped task can't be restored. See https://docs.snowflake.com/en/sql-reference/sql/drop-task.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="deleteTask",
        method="DELETE",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/tasks/{segment('name', name)}",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
    )


def execute_task(
    database: str, schema: str, name: str, *, async_exec: bool | None = None, retry_last: bool | None = None
) -> Operation[None]:
    """Run the task now, once.

    The schedule doesn't matter, nor whether the task is suspended. A root task runs its whole graph. See
    https://docs.snowflake.com/en/sql-reference/sql/execute-task.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        async_exec: Answer at once with a handle for the result, instead of waiting for it. The server's default is
            `false`.
        retry_last: Take up the last failed run of the graph where it failed, instead of starting a new one. The
            server's default is `false`.
    """
    return Operation(
        id="executeTask",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/tasks/{segment('name', name)}:execute",
        query={
            "asyncExec": argument("async_exec", BOOLEAN, async_exec),
            "retryLast": argument("retry_last", BOOLEAN, retry_last),
        },
    )


def resume_task(database: str, schema: str, name: str) -> Operation[None]:
    """Resume the task, so that it runs when it is due.

    This resumes no other task of the graph. Resume the children first and the root last. See
    https://docs.snowflake.com/en/sql-reference/sql/alter-task.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
    """
    return Operation(
        id="resumeTask",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/tasks/{segment('name', name)}:resume",
    )


def suspend_task(database: str, schema: str, name: str) -> Operation[None]:
    """Suspend the task, so that no further run starts.

    A run in progress goes on to its end. Suspend the root before changing other tasks of its graph. See
    https://docs.snowflake.com/en/sql-reference/sql/alter-task.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
    """
    return Operation(
        id="suspendTask",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/tasks/{segment('name', name)}:suspend",
    )


def fetch_task_dependents(
    database: str, schema: str, name: str, *, recursive: bool | None = None
) -> Operation[list[Task]]:
    """The task and the tasks that run after it.

    The task itself comes first. See https://docs.snowflake.com/en/sql-reference/functions/task_dependents.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        recursive: Include the children of children, down to the end of the graph. The server's default is `true`.
    """
    return Operation(
        id="fetchTaskDependents",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/tasks/{segment('name', name)}/dependents",
        query={"recursive": argument("recursive", BOOLEAN, recursive)},
        answer=_TASK_LIST,
    )


def get_current_graphs_deprecated(
    database: str, schema: str, name: str, *, result_limit: int | None = None
) -> Operation[list[TaskRun]]:
    """Deprecated; use `getCurrentGraphs`.

    Deprecated.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        result_limit: At most this many runs, from 1 to 10,000; 1,000 when left out.
    """
    return Operation(
        id="getCurrentGraphsDeprecated",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/tasks/{segment('name', name)}/current_graphs",
        query={"resultLimit": argument("result_limit", INTEGER, result_limit)},
        answer=_TASK_RUN_LIST,
    )


def get_current_graphs(
    database: str, schema: str, name: str, *, result_limit: int | None = None
) -> Operation[list[TaskRun]]:
    """The runs of the task's graph that are executing or scheduled.

    See https://docs.snowflake.com/en/sql-reference/functions/current_task_graphs.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        result_limit: At most this many runs, from 1 to 10,000; 1,000 when left out.
    """
    return Operation(
        id="getCurrentGraphs",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/tasks/{segment('name', name)}/current-graphs",
        query={"resultLimit": argument("result_limit", INTEGER, result_limit)},
        answer=_TASK_RUN_LIST,
    )


def get_complete_graphs_deprecated(
    database: str, schema: str, name: str, *, result_limit: int | None = None, error_only: bool | None = None
) -> Operation[list[TaskRun]]:
    """Deprecated; use `getCompleteGraphs`.

    Deprecated.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        result_limit: At most this many runs, from 1 to 10,000; 1,000 when left out.
        error_only: Only the runs that failed or were cancelled.
    """
    return Operation(
        id="getCompleteGraphsDeprecated",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/tasks/{segment('name', name)}/complete_graphs",
        query={
            "resultLimit": argument("result_limit", INTEGER, result_limit),
            "errorOnly": argument("error_only", BOOLEAN, error_only),
        },
        answer=_TASK_RUN_LIST,
    )


def get_complete_graphs(
    database: str, schema: str, name: str, *, result_limit: int | None = None, error_only: bool | None = None
) -> Operation[list[TaskRun]]:
    """The runs of the task's graph that ended within the past hour.

    See https://docs.snowflake.com/en/sql-reference/functions/complete_task_graphs.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        result_limit: At most this many runs, from 1 to 10,000; 1,000 when left out.
        error_only: Only the runs that failed or were cancelled.
    """
    return Operation(
        id="getCompleteGraphs",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/tasks/{segment('name', name)}/complete-graphs",
        query={
            "resultLimit": argument("result_limit", INTEGER, result_limit),
            "errorOnly": argument("error_only", BOOLEAN, error_only),
        },
        answer=_TASK_RUN_LIST,
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
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/tasks/{segment('name', name)}:set-tags",
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
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/tasks/{segment('name', name)}:unset-tags",
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
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/tasks/{segment('name', name)}:get-tags",
        query={"withLineage": argument("with_lineage", BOOLEAN, with_lineage)},
        answer=_TAG_ASSIGNMENT_LIST,
    )


RESOURCE = Resource(
    name="task",
    collection="/api/v2/databases/{database}/schemas/{schema}/tasks",
    model=Task,
    list=list_tasks,
    create=create_task,
    fetch=fetch_task,
    create_or_alter=create_or_alter_task,
    drop=delete_task,
    set_tags=set_tags,
    unset_tags=unset_tags,
    get_tags=get_tags,
)
