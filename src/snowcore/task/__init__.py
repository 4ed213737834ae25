"""Tasks: statements that run on a schedule, after one another, or on demand.

See https://docs.snowflake.com/en/user-guide/tasks-intro.
"""

from __future__ import annotations

from ._resource import TaskCollection, TaskResource, TaskRun
from ._schedule import Cron
from ._stored_procedure_call import StoredProcedureCall
from ._task import OverlapPolicy, Task

__all__ = [
    "Cron",
    "OverlapPolicy",
    "StoredProcedureCall",
    "Task",
    "TaskCollection",
    "TaskResource",
    "TaskRun",
]
