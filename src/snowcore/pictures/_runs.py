"""How the tasks of a graph's run went, from the account's TASK_HISTORY."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import attrs

from snowflake_rest import task as rest
from snowflake_rest.runtime import Steps

from .._names import normalize, quote_literal, unquote
from .._statements import ask, read_moment

if TYPE_CHECKING:
    from ..task import TaskResource


@attrs.frozen
class TaskAttempt:
    """An attempt at a task in a run of its graph.

    name: the task's stored name. state: SCHEDULED, EXECUTING, SUCCEEDED, FAILED, CANCELLED or SKIPPED. run_id: of the
    graph's run, for all its tasks. attempt: 1, or more for a retry. scheduled: when the root was due. started, ended:
    when it ran. error_code, error_message: why it failed or was skipped. return_value: what the task set.
    """

    name: str
    state: str
    run_id: int | None = None
    attempt: int = 1
    scheduled: datetime | None = None
    started: datetime | None = None
    ended: datetime | None = None
    error_code: str | None = None
    error_message: str | None = None
    return_value: str | None = None

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> TaskAttempt:
        """What a row of TASK_HISTORY says, by the names of its columns in any case."""
        said = {key.upper(): value for key, value in row.items()}
        return cls(
            name=unquote(said["NAME"]) if said["NAME"].startswith('"') else said["NAME"],
            state=said["STATE"],
            run_id=None if said.get("RUN_ID") is None else int(said["RUN_ID"]),
            attempt=int(said.get("ATTEMPT_NUMBER") or 1),
            scheduled=_read_time(said.get("SCHEDULED_TIME")),
            started=_read_time(said.get("QUERY_START_TIME")),
            ended=_read_time(said.get("COMPLETED_TIME")),
            error_code=said.get("ERROR_CODE"),
            error_message=said.get("ERROR_MESSAGE"),
            return_value=said.get("RETURN_VALUE"),
        )

    @property
    def why(self) -> str:
        """The error, if there was one: its number and message."""
        return " ".join(filter(None, (self.error_code, self.error_message)))

    @property
    def seconds(self) -> float | None:
        """How long it took; None as long as it isn't over."""
        return (self.ended - self.started).total_seconds() if self.started and self.ended else None


def fetch_run(task: TaskResource, run_id: int | None = None) -> list[TaskAttempt]:
    """All attempts at tasks in a run of a deployed graph, in the order in which they began.

    task: the handle of the graph's root. run_id: the run, as `get_complete_graphs` tells it; the latest one when left
    out. Empty if there is no such run within the last seven days.

    Runs of single tasks are in no resource of the REST API, so this asks TASK_HISTORY through the SQL API, with the
    user's default warehouse or that of `root.with_context`. See
    https://docs.snowflake.com/en/sql-reference/functions/task_history. NotFoundError if there is no such task.
    """
    return task.client.run(find_attempts(task, None, run_id))


def find_attempts(task: TaskResource, root_id: str | None, run_id: int | None) -> Steps[list[TaskAttempt]]:
    """Steps that look for the attempts of a run. root_id: the root's identifier, if that is known."""
    if root_id is None:
        root_id = (yield from rest.fetch_task(*task.path)).id or ""
    attempts = yield from find_history(task, root_id, "" if run_id is None else f"WHERE RUN_ID = {run_id:d}")
    if run_id is None:  # the latest that has begun; what is due next is told, too
        run_id = max((a.run_id for a in attempts if a.run_id is not None and a.state != "SCHEDULED"), default=None)
    return sort_attempts(a for a in attempts if a.run_id is not None and a.run_id == run_id)


def find_history(task: TaskResource, root_id: str, only: str = "") -> Steps[list[TaskAttempt]]:
    """Steps that read the attempts of all runs of a graph, due ones too. only: a condition in SQL."""
    function = f"{normalize(task.path[0])}.INFORMATION_SCHEMA.TASK_HISTORY"
    asked = f"ROOT_TASK_ID => {quote_literal(root_id)}, RESULT_LIMIT => 10000"
    rows = yield from ask(task.client, f"SELECT * FROM TABLE({function}({asked})) {only}")
    return [TaskAttempt.of(row) for row in rows]


def sort_attempts(attempts: Iterable[TaskAttempt]) -> list[TaskAttempt]:
    """In the order in which they began; what hasn't begun comes last."""
    last = datetime.max.replace(tzinfo=UTC)
    return sorted(attempts, key=lambda a: (a.started or a.ended or last, a.name, a.attempt))


def _read_time(value: Any) -> datetime | None:
    """A moment, which the SQL API tells as a text."""
    if value is None or isinstance(value, datetime):
        return value
    moment, nanoseconds = read_moment(str(value))
    return moment + timedelta(microseconds=nanoseconds // 1000)
