# Generated from specs and from src/snowcore by `make generate`. Do not edit.
"""What is in `snowcore`, under the name that it has in Snowflake's SDK."""

from snowcore.task.dagv1 import (
    DAG,
    CreateMode,
    Cron,
    DAGOperation,
    DAGRun,
    DAGTask,
    DAGTaskBranch,
    OverlapPolicy,
    SQLConvertible,
    StoredProcedureCall,
    Task,
    _dag_context_stack,
)

__all__ = [
    "DAG",
    "CreateMode",
    "Cron",
    "DAGOperation",
    "DAGRun",
    "DAGTask",
    "DAGTaskBranch",
    "OverlapPolicy",
    "SQLConvertible",
    "StoredProcedureCall",
    "Task",
    "_dag_context_stack",
]
