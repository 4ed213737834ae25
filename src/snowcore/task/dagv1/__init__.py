"""Task graphs: tasks that run after one another.

    with DAG("nightly", schedule=Cron("0 2 * * *", "UTC"), warehouse="wh") as dag:
        load = DAGTask("load", "call load()")
        load >> [DAGTask("report", "call report()"), DAGTask("clean", "call clean()")]
    DAGOperation(root.databases["db"].schemas["public"]).deploy(dag)

See https://docs.snowflake.com/en/user-guide/tasks-graphs.
"""

from __future__ import annotations

from ..._common import CreateMode
from .._schedule import Cron
from .._stored_procedure_call import StoredProcedureCall
from .._task import OverlapPolicy, Task
from ._graph import DAG, DAGTask, DAGTaskBranch, SQLConvertible
from ._graph import dag_context_stack as _dag_context_stack
from ._operation import DAGOperation, DAGRun

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
