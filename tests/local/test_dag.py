"""Task graphs from the first line to the last run, on an account in this process."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from snowcore import CreateMode, Root
from snowcore.database import Database
from snowcore.exceptions import APIError, ConflictError, NotFoundError
from snowcore.local import LocalAccount
from snowcore.schema import SchemaResource
from snowcore.task.dagv1 import DAG, DAGOperation, DAGTask, DAGTaskBranch

from ..conftest import eventually


@pytest.fixture
def schema(account: LocalAccount) -> SchemaResource:
    root = Root(account)
    root.databases.create(Database("d"))
    session = account.session(database="D", schema="PUBLIC")
    session.execute("create table log (n int autoincrement, name varchar)")
    session.close()
    return root.databases["d"].schemas["public"]


@pytest.fixture
def log(account: LocalAccount) -> Callable[[], list[str]]:
    return lambda: [name for (name,) in account.execute("select name from d.public.log order by n")]


def run(operation: DAGOperation, dag: DAG | str, **how: Any) -> None:
    """Run a graph, and wait for the end of the run."""
    operation.run(dag, **how)
    now = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
    eventually(lambda: not any(one.scheduled_time <= now for one in operation.get_current_dag_runs(dag)))


def note(name: str) -> str:
    return f"insert into log (name) values ('{name}')"


def diamond(name: str = "dag", **arguments: Any) -> DAG:
    with DAG(name, **arguments) as dag:
        a, b, c, d = (DAGTask(name, note(name)) for name in "abcd")
        a >> [b, c]
        [b, c] >> d
        DAGTask("last", note("last"), is_finalizer=True)
    return dag


def names(schema: SchemaResource) -> list[str]:
    return sorted(task.name for task in schema.tasks.iter())


def state(schema: SchemaResource, name: str) -> str | None:
    return schema.tasks[name].fetch().state


@pytest.mark.parametrize("name", ["dag", '"My dag"'])
def test_a_graph_is_deployed_run_and_dropped(schema: SchemaResource, log: Callable[[], list[str]], name: str) -> None:
    operation, dag = DAGOperation(schema), diamond(name)
    operation.deploy(dag)
    assert len(names(schema)) == 6
    run(operation, dag)
    ran = log()
    assert (ran[0], set(ran[1:3]), ran[3:]) == ("a", {"b", "c"}, ["d", "last"])
    [done] = operation.get_complete_dag_runs(dag, error_only=False)
    assert (done.state, done.database_name, done.first_error_task_name) == ("SUCCEEDED", "D", None)
    assert operation.get_complete_dag_runs(dag) == []
    assert operation.iter_dags(like="%dag") == [done.dag_name if name == "dag" else name]
    operation.drop(dag, drop_finalizer=True)
    assert names(schema) == []


def test_a_finalizer_that_is_kept_stands_alone(schema: SchemaResource) -> None:
    operation = DAGOperation(schema)
    operation.deploy(diamond())
    with pytest.warns(DeprecationWarning, match="finalizer"):
        operation.drop("dag")
    assert names(schema) == ["DAG$LAST"]


def test_branches_choose_by_their_return_values(schema: SchemaResource, log: Callable[[], list[str]]) -> None:
    with DAG("dag") as dag:
        choose = DAGTaskBranch("choose", "call system$set_return_value('right')")
        chosen = [DAGTask(name, note(name)) for name in ("left", "right")]
        choose >> chosen
        chosen[1] >> DAGTask("after", note("after"))
    DAGOperation(schema).deploy(dag)
    run(DAGOperation(schema), dag)
    assert log() == ["right", "after"]


def test_a_failing_task_is_in_the_history_and_can_be_retried(
    schema: SchemaResource, account: LocalAccount, log: Callable[[], list[str]]
) -> None:
    operation = DAGOperation(schema)
    with DAG("dag") as dag:
        DAGTask("a", note("a")) >> DAGTask("b", "insert into missing values (1)")
    operation.deploy(dag)
    run(operation, dag)
    [ran] = operation.get_complete_dag_runs(dag)
    assert (ran.state, ran.first_error_task_name) == ("FAILED", "DAG$B") and "MISSING" in str(ran).upper()
    account.execute("create table d.public.missing (n int)")
    run(operation, dag, retry_last=True)
    assert log() == ["a"]
    assert account.execute("select count(*) from d.public.missing") == [(1,)]


def test_every_mode_on_a_graph_that_exists(schema: SchemaResource) -> None:
    operation = DAGOperation(schema)
    operation.deploy(diamond(schedule=timedelta(hours=1)))
    assert state(schema, "dag") == state(schema, "dag$a") == "started"
    with pytest.raises(ConflictError, match="Nothing of the task graph dag was deployed"):
        operation.deploy(diamond())
    before = {task.name: task.id for task in schema.tasks.iter()}

    more = diamond(schedule=timedelta(hours=1))
    DAGTask("e", note("e"), dag=more)
    operation.deploy(more, mode=CreateMode.if_not_exists)
    assert {n: i for n, i in {t.name: t.id for t in schema.tasks.iter()}.items() if n != "DAG$E"} == before
    assert state(schema, "dag") == state(schema, "dag$e") == "started"

    with DAG("dag", schedule=timedelta(hours=2)) as other:
        DAGTask("d", note("d")) >> DAGTask("a", note("new"))
        DAGTask("final", note("final"), is_finalizer=True)
    operation.deploy(other, mode=CreateMode.or_replace)
    assert names(schema) == ["DAG", "DAG$A", "DAG$D", "DAG$FINAL"]
    root = schema.tasks["dag"].fetch()
    assert (root.state, root.schedule) == ("started", timedelta(hours=2))
    assert "FINAL" in json.loads(root.task_relations or "{}")["FinalizerTask"]
    a = schema.tasks["dag$a"].fetch()
    assert a.definition == note("new") and [p.endswith("DAG$D") for p in a.predecessors or ()] == [True]


def test_a_redeployment_that_fails_half_way_leaves_a_graph_that_runs(
    schema: SchemaResource, log: Callable[[], list[str]]
) -> None:
    operation = DAGOperation(schema)
    operation.deploy(diamond(schedule=timedelta(hours=1)))
    broken = diamond(schedule=timedelta(hours=1))
    broken.tasks[1].user_task_timeout_ms = 10**12
    with pytest.raises(APIError, match=r"deployed: dag, dag\$a.*Failed: dag\$b.*Not reached: dag\$d, dag\$last"):
        operation.deploy(broken, mode=CreateMode.or_replace)
    assert state(schema, "dag") == "suspended"
    schema.tasks["dag"].resume()
    run(operation, "dag")
    assert sorted(log()) == ["a", "b", "c", "d", "last"]
    with pytest.raises(NotFoundError):
        operation.run("no_such_dag")
