"""A deployed graph whose run has all that a picture can show: a failure with a retry, a condition, a finalizer."""

from __future__ import annotations

import pytest

from snowcore import LocalAccount
from snowcore.schema import SchemaResource
from snowcore.task import Cron, TaskResource
from snowcore.task.dagv1 import DAG, DAGOperation, DAGTask


def make_dag() -> DAG:
    with DAG("nightly", schedule=Cron("0 2 * * *", "UTC"), warehouse="w", task_auto_retry_attempts=1) as dag:
        load, stats = DAGTask("load", "select 1"), DAGTask("stats", "select 1")
        load >> [DAGTask("report", "select 1/0"), DAGTask("clean", "select 2", condition="1 = 0")]
        [load, stats] >> DAGTask("mail", "select 3")
        DAGTask("fin", "select 4", is_finalizer=True)
    return dag


@pytest.fixture
def task(account: LocalAccount, schema: SchemaResource) -> TaskResource:
    """The root of the deployed graph, which ran once."""
    graphs, dag = DAGOperation(schema), make_dag()
    graphs.deploy(dag)
    graphs.run(dag)
    account.advance(minutes=1)
    return schema.tasks["nightly"]
