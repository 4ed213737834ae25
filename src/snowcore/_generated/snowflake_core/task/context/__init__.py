# Generated from specs and from src/snowcore by `make generate`. Do not edit.
"""What is in `snowcore.task.context`, under the name that it has in Snowflake's SDK."""

from snowcore.task.context import TaskContext

__all__ = [
    "TaskContext",
]
