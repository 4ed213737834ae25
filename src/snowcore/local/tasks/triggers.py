"""Tasks that run when a stream has something: those with such a condition and no schedule.

See https://docs.snowflake.com/en/user-guide/tasks-triggered.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from ...engine.errors import AccountError
from ..account.calls import Context
from ..account.catalog import Entry
from .graph import is_root

if TYPE_CHECKING:
    from ..account.account import Account, Session

_log = logging.getLogger("snowcore")
_INTERVAL = 30
"""Seconds between two runs, if the task says nothing else."""


def is_triggered(task: Entry) -> bool:
    condition = task.properties.get("condition") or ""
    return is_root(task) and "schedule" not in task.properties and "SYSTEM$STREAM_HAS_DATA" in condition.upper()


def due_by_stream(account: Account, task: Entry) -> datetime | None:
    """When a triggered task may run, if its condition holds now."""
    database, schema, _ = task.path
    who = Context(warehouse=task.properties.get("warehouse"), role=task.owner, user="SYSTEM", fixed=True)
    try:
        with account.open_session(who, database=database, schema=schema) as session:
            if not holds(session, task):
                return None
    except AccountError as error:
        _log.warning("The condition of task %s can't be evaluated: %s", ".".join(task.path), error.message)
        return None
    now, last = account.clock(), account.runs.history.last(task)
    if last is None:
        return now
    seconds = task.properties.get("USER_TASK_MINIMUM_TRIGGER_INTERVAL_IN_SECONDS", _INTERVAL)
    return max(now, datetime.fromisoformat(last[1]["scheduled_time"]) + timedelta(seconds=seconds))


def holds(session: Session, task: Entry) -> bool:
    """Whether a task has no condition, or one that is true."""
    condition = task.properties.get("condition")
    return condition is None or bool(session.execute(f"SELECT (\n{condition}\n)::BOOLEAN").rows[0][0])
