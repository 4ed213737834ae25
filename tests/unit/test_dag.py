"""Task graphs: how they are drawn, what is refused, and what a deployment sends."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from snowcore import CreateMode, Root
from snowcore._transport import Response
from snowcore.exceptions import APIError, ConflictError, InvalidOperationError, NotFoundError, ServerError
from snowcore.task import Cron, OverlapPolicy, StoredProcedureCall, Task
from snowcore.task.context import TaskContext
from snowcore.task.dagv1 import DAG, DAGOperation, DAGTask, DAGTaskBranch, _dag_context_stack

from ..conftest import Answer, Script, answer

Make = Callable[..., tuple[Root, Script]]
TASKS = "/api/v2/databases/d/schemas/s/tasks"


def operation(root: Root) -> DAGOperation:
    return DAGOperation(root.databases["d"].schemas["s"])


def lines(account: Script) -> list[str]:
    """The requests, short."""
    return [
        line.replace(TASKS, "").replace("%24", "$").replace("?createMode=errorIfExists", "") for line in account.lines
    ]


class Server:
    """Tasks on a server: what it has of a graph, and what it refuses."""

    def __init__(self, *tasks: dict[str, Any], refused: tuple[str, ...] = ()) -> None:
        self.tasks = {task["name"]: {"definition": "x", **task} for task in tasks}
        self.refused = refused

    def __call__(self, method: str, target: str) -> Answer:
        line = f"{method} {target}".replace(TASKS, "").replace("%24", "$").replace("%20", " ").replace("%22", '"')
        if any(refused in line for refused in self.refused):
            return answer(500, {"message": "it failed", "error_code": "1"})
        if method != "GET":
            return answer(200, {"status": "ok"})
        name = line.removeprefix("GET /").partition("/")[0]
        if line.endswith("/dependents"):
            return answer(200, list(self.tasks.values()))
        root = next((t for n, t in self.tasks.items() if n.upper() == name.upper()), None)
        return answer(404, {"message": "no such task"}) if root is None else answer(200, root)


def diamond(**arguments: Any) -> DAG:
    with DAG("dag", warehouse="wh", **arguments) as dag:
        a, b, c, d = (DAGTask(name, f"select '{name}'") for name in "abcd")
        a >> [b, c]
        [b, c] >> d
    return dag


# Drawing


def test_tasks_join_the_graph_whose_block_is_open() -> None:
    with DAG("outer") as outer, DAG("inner") as inner:
        task = DAGTask("t", "select 1")
    assert task.dag is inner and inner.tasks == [task] and outer.tasks == []
    assert "t" in inner and "T" in inner and task in inner and "x" not in inner and task not in outer
    assert inner.get_task("T") is task and inner.get_task("x") is None
    with pytest.raises(ValueError, match="dag"):
        DAGTask("t", "select 1")
    assert repr(task) == "<DAGTask: t>" and repr(inner) == "<DAG: inner>"


def test_arrows_take_lists_and_functions_on_either_side() -> None:
    def report(session: Any) -> None: ...

    with DAG("dag", stage_location="@s") as dag:
        a, b, c, d = (DAGTask(name, "select 1") for name in "abcd")
    assert (a >> [b, c]) == [b, c]
    assert ([b, c] >> d) is d
    made = d >> report
    assert isinstance(made, DAGTask) and made.name == "report" and made.predecessors == {d}
    assert (report >> DAGTask("last", "select 1", dag=dag)).predecessors == {made}  # type: ignore[operator]
    assert b.predecessors == {a} and d.predecessors == {b, c}
    assert [task.name for task in dag.tasks] == ["a", "b", "c", "d", "report", "last"]


def test_arrows_the_other_way() -> None:
    with DAG("dag"):
        a, b, c, d = (DAGTask(name, "select 1") for name in "abcd")
    assert (d << [b, c]) == [b, c]
    assert ([b, c] << a) is a
    assert b.predecessors == {a} == c.predecessors and d.predecessors == {b, c}
    d.predecessors.clear()
    assert d.predecessors == {b, c}


def test_what_is_no_task_is_refused() -> None:
    with DAG("dag"):
        a, b = DAGTask("a", "select 1"), DAGTask("b", "select 1")
    with DAG("other"):
        foreign = DAGTask("a", "select 1")
    for wrong in (5, "b", [5]):
        with pytest.raises(TypeError, match="expected a DAGTask"):
            a >> wrong  # type: ignore[operator]
    with pytest.raises(InvalidOperationError, match="Task a belongs to a different task graph"):
        a >> foreign
    with pytest.raises(ValueError, match="itself"):
        a >> a
    with pytest.raises(ValueError, match="belongs to the task graph 'other'"):
        a.dag.add_task(foreign)
    with pytest.raises(TypeError, match="definition"):
        DAGTask("c", 5, dag=a.dag)  # type: ignore[arg-type]
    assert b.predecessors == set()
    for wrong in (foreign, a):
        with pytest.raises((InvalidOperationError, ValueError)):
            a.add_successors([b, wrong])
        assert b.predecessors == set()


@pytest.mark.parametrize("name", ["a", "A", '"A"'])
def test_two_tasks_of_one_name_are_refused(name: str) -> None:
    with DAG("dag") as dag:
        DAGTask("a", "select 1")
        with pytest.raises(InvalidOperationError, match="has a task 'a' already"):
            DAGTask(name, "select 2")
    assert len(dag.tasks) == 1


def test_a_graph_has_one_finalizer_without_neighbours() -> None:
    with DAG("dag") as dag:
        a, last = DAGTask("a", "select 1"), DAGTask("last", "select 1", is_finalizer=True)
        with pytest.raises(InvalidOperationError, match="has a finalizer already: 'last'"):
            DAGTask("another", "select 1", is_finalizer=True)
    assert dag.get_finalizer_task() is last and [t.name for t in dag.tasks] == ["a", "last"]
    with pytest.raises(InvalidOperationError, match="Finalizer task last cannot have any predecessors"):
        a >> last
    with pytest.raises(InvalidOperationError, match="Finalizer task last cannot have any successors"):
        last >> a


def test_warehouses_are_inherited_but_not_by_serverless_tasks() -> None:
    with DAG("dag", warehouse="wh"):
        assert DAGTask("a", "x").warehouse == "wh"
        assert DAGTask("b", "x", warehouse="other").warehouse == "other"
        assert DAGTask("c", "x", is_serverless=True).warehouse is None
        with pytest.raises(ValueError, match="serverless"):
            DAGTask("d", "x", is_serverless=True, warehouse="wh")


def test_each_thread_and_each_asyncio_task_has_its_own_open_graphs() -> None:
    seen: list[object] = []

    async def draw(name: str) -> list[str]:
        with DAG(name) as dag:
            for i in range(3):
                await asyncio.sleep(0)
                DAGTask(f"t{i}", "select 1")
        return [task.full_name for task in dag.tasks]

    async def both() -> list[list[str]]:
        return await asyncio.gather(draw("x"), draw("y"))

    assert asyncio.run(both()) == [["x$t0", "x$t1", "x$t2"], ["y$t0", "y$t1", "y$t2"]]
    with DAG("dag") as dag:
        thread = threading.Thread(target=lambda: seen.append(len(_dag_context_stack)))
        thread.start()
        thread.join()
        assert seen == [0] and list(_dag_context_stack) == [dag] and _dag_context_stack[-1] is dag
    assert not _dag_context_stack


def test_the_open_graphs_can_be_pushed_by_hand() -> None:
    dag = DAG("dag")
    _dag_context_stack.append(dag)
    try:
        assert DAGTask("t", "select 1").dag is dag
    finally:
        assert _dag_context_stack.pop() is dag


# What becomes of it


def test_a_graph_becomes_tasks() -> None:
    with (
        pytest.warns(DeprecationWarning, match="for a dummy root Task is deprecated"),
        DAG(
            "dag",
            schedule=Cron("0 9 * * *", "UTC"),
            warehouse="wh",
            config={"a": 1},
            overlap_policy=OverlapPolicy.ALLOW_ALL_OVERLAP,
            condition="1 = 1",
            user_task_managed_initial_warehouse_size="SMALL",
        ) as dag,
    ):
        a = DAGTask("a", "select 1", session_parameters={"TIMEZONE": "UTC"}, user_task_timeout_ms=5)
        b = DAGTask("b", "select 2", condition="2 = 2", is_serverless=True, comment="c")
        last = DAGTask("last", "select 3", is_finalizer=True, execute_as_user="me")
        a >> b
    root = dag._to_low_level_task()
    assert root.to_dict() == {
        "name": "dag",
        "definition": "select 'root of the task graph'",
        "warehouse": "wh",
        "schedule": {"schedule_type": "CRON_TYPE", "cron_expr": "0 9 * * *", "timezone": "UTC"},
        "config": {"a": 1},
        "overlap_policy": "ALLOW_ALL_OVERLAP",
        "condition": "1 = 1",
    }
    assert [task._to_low_level_task().to_dict() for task in (a, b, last)] == [
        {
            "name": "dag$a",
            "definition": "select 1",
            "warehouse": "wh",
            "predecessors": ["dag"],
            "session_parameters": {"TIMEZONE": "UTC"},
            "user_task_timeout_ms": 5,
        },
        {"name": "dag$b", "definition": "select 2", "predecessors": ["dag$a"], "condition": "2 = 2", "comment": "c"},
        {"name": "dag$last", "definition": "select 3", "warehouse": "wh", "finalize": "dag", "execute_as_user": "me"},
    ]


@pytest.mark.parametrize(
    ("dag", "task", "full"),
    [
        ("dag", "t", "dag$t"),
        ('"dag"', "t", '"dag$T"'),
        ("dag", '"a ""b"', '"DAG$a ""b"'),
        ('"DAG"', '"T"', "DAG$T"),
    ],
)
def test_quoted_names_make_quoted_full_names(dag: str, task: str, full: str) -> None:
    assert DAGTask(task, "select 1", dag=DAG(dag)).full_name == full


def test_a_branch_runs_the_successors_that_it_names() -> None:
    with DAG("dag"):
        one, two = DAGTaskBranch("one", "call choose()"), DAGTaskBranch('"t w"', "call choose()")
        plain, picky = DAGTask("it's", "x", condition=None), DAGTask("b", "x", condition="1 = 1 OR 2 = 2")
        one >> plain
        [one, two] >> picky
    assert plain._to_low_level_task().condition == "SYSTEM$GET_PREDECESSOR_RETURN_VALUE('DAG$ONE') = 'it''s'"
    assert picky._to_low_level_task().condition == (
        "SYSTEM$GET_PREDECESSOR_RETURN_VALUE('DAG$ONE') = 'b' AND "
        "SYSTEM$GET_PREDECESSOR_RETURN_VALUE('\"DAG$t w\"') = 'b' AND (1 = 1 OR 2 = 2)"
    )


def test_objects_may_bring_their_sql() -> None:
    class Job:
        def to_sql(self) -> str:
            return "execute job"

        def __call__(self) -> None: ...

    assert DAGTask("t", Job(), dag=DAG("dag"))._to_low_level_task().definition == "execute job"


def test_functions_become_procedures_of_the_graph() -> None:
    pytest.importorskip("snowflake.snowpark")

    def choose(session: Any) -> str:
        return "b"

    with DAG("dag", stage_location="@stage", imports=["@x/y.zip"], packages=["numpy"]) as dag:
        plain, branch = DAGTask("plain", choose), DAGTaskBranch("branch", choose)
        given = DAGTask("given", StoredProcedureCall(choose, stage_location="@other"))
    call = plain._to_low_level_task().definition
    assert isinstance(call, StoredProcedureCall)
    assert (call.func, call.stage_location, call.imports, call.packages) == (choose, "@stage", ["@x/y.zip"], ["numpy"])
    call = given._to_low_level_task().definition
    assert isinstance(call, StoredProcedureCall)
    assert (call.stage_location, call.imports, call.packages) == ("@other", ["@x/y.zip"], ["numpy"])
    own = StoredProcedureCall(choose, stage_location="@other", imports=[], packages=[])
    assert DAGTask("own", own, dag=dag)._to_low_level_task().definition is own
    dag.use_func_return_value = True
    for task in (plain, branch, given):
        sent = task._to_low_level_task().definition
        assert isinstance(sent, StoredProcedureCall) and sent.func is not choose
        told: list[tuple[str, ...]] = []
        session = type("Session", (), {"call": lambda self, *args, told=told: told.append(args)})()
        assert sent.func(session) == "b"
        assert told == [("SYSTEM$SET_RETURN_VALUE", "b")]


def test_overlap_of_a_graph_is_said_in_one_way() -> None:
    with pytest.raises(ValueError, match="contradicts"):
        DAG("dag", allow_overlapping_execution=True, overlap_policy=OverlapPolicy.NO_OVERLAP)
    dag = DAG("dag", allow_overlapping_execution=True)
    assert dag.effective_overlap_policy is OverlapPolicy.ALLOW_CHILD_OVERLAP
    dag.overlap_policy = OverlapPolicy.ALLOW_ALL_OVERLAP
    assert dag.allow_overlapping_execution is None
    assert dag._to_low_level_task().to_dict()["overlap_policy"] == "ALLOW_ALL_OVERLAP"
    dag.allow_overlapping_execution = False
    assert dag.overlap_policy is dag.effective_overlap_policy is OverlapPolicy.NO_OVERLAP
    assert "overlap_policy" not in dag._to_low_level_task().to_dict()


@pytest.mark.parametrize(
    ("schedule", "error"),
    [
        (5, TypeError),
        (timedelta(milliseconds=1), ValueError),
        (timedelta(0), ValueError),
        (timedelta(seconds=9), ValueError),
        (timedelta(days=8, seconds=1), ValueError),
        (Cron("0 9 * *", "UTC"), ValueError),
    ],
)
def test_schedules_that_cannot_be_are_refused(schedule: Any, error: type[Exception]) -> None:
    with pytest.raises(error, match=r"DAG\.schedule"):
        DAG("dag", schedule=schedule)


# Checks before a deployment


def cycle() -> DAG:
    dag = diamond()
    dag.tasks[3] >> dag.tasks[1]
    return dag


def wide(before: int, after: int) -> DAG:
    with DAG("dag") as dag:
        first = [DAGTask(f"b{i}", "x") for i in range(before)]
        middle = DAGTask("middle", "x")
        first >> middle
        middle >> [DAGTask(f"a{i}", "x") for i in range(after)]
    return dag


def chain(count: int) -> DAG:
    with DAG("dag") as dag:
        tasks = [DAGTask(f"t{i}", "x") for i in range(count)]
        for one, following in pairwise(tasks):
            one >> following
    return dag


@pytest.mark.parametrize(
    ("dag", "error", "says"),
    [
        (cycle(), ValueError, "There is a cycle in the task graph .*: b >> d >> b"),
        (wide(101, 0), InvalidOperationError, "'middle' has 101 predecessors"),
        (wide(1, 101), InvalidOperationError, "'middle' has 101 successors"),
        (wide(100, 100), InvalidOperationError, None),
        (chain(1000), InvalidOperationError, "has 1001 tasks"),
    ],
    ids=["cycle", "parents", "children", "allowed", "size"],
)
def test_a_graph_is_checked_whole_before_anything_is_sent(
    script: Make, dag: DAG, error: type[Exception], says: str | None
) -> None:
    root, account = script()
    if says is None:
        assert len(dag.levels()) == 3
        return
    with pytest.raises(error, match=says):
        operation(root).deploy(dag)
    with pytest.raises(error, match=says):
        operation(root).deploy_async(dag)
    assert account.requests == []


def test_the_root_has_no_more_than_a_hundred_children() -> None:
    with DAG("dag") as dag:
        for i in range(101):
            DAGTask(f"t{i}", "x")
    with pytest.raises(InvalidOperationError, match="'dag' has 101 successors"):
        dag.levels()


def test_a_task_that_cannot_be_sent_stops_all(script: Make) -> None:
    root, account = script()
    dag = diamond()
    dag.tasks[3].session_parameters = {"x": [1]}
    with pytest.raises(TypeError, match="session_parameters"):
        operation(root).deploy(dag)
    with pytest.raises(ValueError, match="mode"):
        operation(root).deploy(diamond(), mode="sometimes")
    assert account.requests == []


def test_levels_are_deterministic() -> None:
    dag = diamond()
    DAGTask("last", "x", is_finalizer=True, dag=dag)
    DAGTask("e", "x", dag=dag)
    assert [[task.name for task in level] for level in dag.levels()] == [["a", "e"], ["b", "c"], ["d"], ["last"]]


# Deploying


def test_a_deployment_goes_level_by_level(script: Make) -> None:
    root, account = script()
    dag = diamond(schedule=timedelta(hours=1))
    DAGTask("last", "x", is_finalizer=True, dag=dag)
    operation(root).deploy(dag)
    sent = lines(account)
    created = [body["name"] for body in account.bodies if isinstance(body, dict)]
    assert (created[:2], set(created[2:4]), created[4:]) == (
        ["dag", "dag$a"],
        {"dag$b", "dag$c"},
        ["dag$d", "dag$last"],
    )
    for name in created[1:]:
        assert sent.index(f"POST /{name}:resume") > created.index(name)
    assert sent[:3] == ["POST ", "POST ", "POST /dag$a:resume"] and sent[-1] == "POST /dag:resume"
    assert len(sent) == 12


def test_a_graph_without_a_schedule_is_not_resumed(script: Make) -> None:
    root, account = script()
    operation(root).deploy(diamond())
    assert "POST /dag:resume" not in lines(account)


class Slow:
    """A transport that keeps count of how many requests are under way."""

    now = most = 0

    async def send_async(self, request: Any, timeout: Any) -> Response:
        self.now += 1
        self.most = max(self.most, self.now)
        await asyncio.sleep(0.01)
        self.now -= 1
        return Response(200, {}, b"{}")

    def send(self, request: Any, timeout: Any) -> Response:
        return Response(200, {}, b"{}")

    def close(self) -> None: ...


def test_independent_tasks_are_deployed_at_the_same_time(script: Make) -> None:
    root, _ = script()
    slow = root.client.transport = Slow()
    with DAG("dag") as dag:
        for i in range(40):
            DAGTask(f"t{i}", "x")
    operation(root).deploy(dag)
    assert slow.most == 16


def test_deploying_over_a_graph_is_a_conflict_that_changes_nothing(script: Make) -> None:
    root, account = script(answer(409, {"message": "already exists"}))
    with pytest.raises(
        ConflictError, match=r"(?s)already exists.*Nothing of the task graph dag was deployed\."
    ) as caught:
        operation(root).deploy(diamond())
    assert len(account.requests) == 1 and caught.value.context.startswith("Nothing")


@pytest.mark.parametrize("mode", [CreateMode.or_replace, "orreplace", CreateMode.if_not_exists])
def test_a_graph_that_is_not_there_is_created_in_every_mode(script: Make, mode: Any) -> None:
    root, account = script(Server())
    operation(root).deploy(diamond(), mode=mode)
    wire = CreateMode[mode].value
    assert lines(account)[:3] == ["GET /dag", f"POST ?createMode={wire}", f"POST ?createMode={wire}"]
    assert sum("createMode" in line for line in account.lines) == 5


RUNNING = {"name": "DAG", "state": "started", "schedule": {"schedule_type": "MINUTES_TYPE", "minutes": 1}}


def test_if_not_exists_adds_what_is_missing(script: Make) -> None:
    root, account = script(Server(RUNNING, {"name": "DAG$A"}, {"name": "DAG$B"}, {"name": "DAG$C"}))
    operation(root).deploy(diamond(), mode=CreateMode.if_not_exists)
    assert lines(account) == [
        "GET /dag",
        "GET /dag/dependents",
        "POST /dag:suspend",
        "POST ?createMode=ifNotExists",
        "POST /dag$d:resume",
        "POST /dag:resume",
    ]
    assert account.bodies[3] == {
        "name": "dag$d",
        "definition": "select 'd'",
        "warehouse": "wh",
        "predecessors": ["dag$b", "dag$c"],
    }


def test_if_not_exists_leaves_a_whole_graph_alone(script: Make) -> None:
    root, account = script(Server(RUNNING, *({"name": f"DAG${x}"} for x in "ABCD")))
    operation(root).deploy(diamond(), mode=CreateMode.if_not_exists)
    assert lines(account) == ["GET /dag", "GET /dag/dependents"]


def test_a_running_graph_is_suspended_changed_in_place_and_resumed(script: Make) -> None:
    old = [{"name": "DAG$A", "predecessors": ["D.S.DAG"]}, {"name": '"DAG$old x"', "predecessors": ["D.S.DAG$A"]}]
    root, account = script(Server(RUNNING, *old, {"name": "DAG$FIN", "finalize": "DAG"}))
    dag = diamond(schedule=timedelta(hours=1))
    DAGTask("last", "x", is_finalizer=True, dag=dag)
    operation(root).deploy(dag, mode=CreateMode.or_replace)
    sent = lines(account)
    assert sent[:6] == [
        "GET /dag",
        "GET /dag/dependents",
        "POST /dag:suspend",
        "PUT /dag",
        "PUT /dag$a",
        "POST /dag$a:resume",
    ]
    assert set(sent[6:10]) == {"PUT /dag$b", "POST /dag$b:resume", "PUT /dag$c", "POST /dag$c:resume"}
    assert sent[10:] == [
        "PUT /dag$d",
        "POST /dag$d:resume",
        "DELETE /DAG$FIN?ifExists=true",
        "PUT /dag$last",
        "POST /dag$last:resume",
        "DELETE /%22DAG$old%20x%22?ifExists=true",
        "POST /dag:resume",
    ]


def test_a_suspended_graph_without_a_schedule_stays_suspended(script: Make) -> None:
    root, account = script(Server({**RUNNING, "state": "suspended"}))
    operation(root).deploy(diamond(), mode=CreateMode.or_replace)
    assert not {"POST /dag:suspend", "POST /dag:resume"} & set(lines(account))


# Failures half way


def test_a_failure_half_way_says_what_is_deployed(script: Make) -> None:
    root, account = script(Server(refused=("/dag$b:resume",)))
    dag = diamond()
    DAGTask("e", "x", dag=dag)
    with pytest.raises(ServerError) as caught:
        operation(root).deploy(dag, mode=CreateMode.or_replace)
    assert str(caught.value).endswith(
        "Of the task graph dag, deployed: dag, dag$a, dag$e, dag$b, dag$c. Failed: dag$b (deployed, but not resumed). "
        "Not reached: dag$d. Its root is suspended: deploy it again, or resume it as it is."
    )
    assert "it failed" in str(caught.value) and "resumeTask" in str(caught.value)
    assert "POST /dag$c:resume" in lines(account)  # its siblings are not left half made


def test_a_redeployment_that_fails_keeps_the_old_graph(script: Make) -> None:
    root, account = script(Server(RUNNING, {"name": "DAG$A"}, {"name": "DAG$OLD"}, refused=("PUT /dag$b",)))
    with pytest.raises(ServerError, match=r"Failed: dag\$b\. Not reached: dag\$d\. Its root is suspended"):
        operation(root).deploy(diamond(), mode=CreateMode.or_replace)
    assert not [line for line in account.lines if line.startswith("DELETE")]


def test_what_was_there_already_does_not_count_as_missing(script: Make) -> None:
    root, _ = script(Server(RUNNING, {"name": "DAG$A"}, refused=("/dag$c:resume",)))
    with pytest.raises(ServerError) as caught:
        operation(root).deploy(diamond(), mode=CreateMode.if_not_exists)
    assert caught.value.context.startswith(
        "Of the task graph dag, deployed: dag$b, dag$c. Failed: dag$c (deployed, but not resumed). Not reached: dag$d."
    )


@pytest.mark.parametrize(
    ("refused", "says"),
    [
        (("PUT /dag",), "Nothing of the task graph dag was deployed; it is resumed."),
        (("PUT /dag", "/dag:resume"), "Nothing of the task graph dag was deployed; its root is suspended."),
        (("/dag:suspend",), "Nothing of the task graph dag was deployed."),
    ],
)
def test_a_redeployment_that_changes_nothing_lets_the_old_graph_run_on(
    script: Make, refused: tuple[str, ...], says: str
) -> None:
    root, _ = script(Server(RUNNING, refused=refused))
    with pytest.raises(ServerError) as caught:
        operation(root).deploy(diamond(), mode=CreateMode.or_replace)
    assert caught.value.context == says


def test_a_root_that_is_not_resumed_is_told(script: Make) -> None:
    root, _ = script(Server(refused=("POST /dag:resume",)))
    with pytest.raises(ServerError, match=r"deployed: dag, dag\$a, dag\$b, dag\$c, dag\$d\. Its root is suspended"):
        operation(root).deploy(diamond(schedule=timedelta(hours=1)), mode=CreateMode.or_replace)


def test_functions_are_uploaded_before_anything_is_sent(script: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("snowflake.snowpark")
    root, account = script()
    dag = diamond()
    dag.tasks[3].definition = StoredProcedureCall(len, stage_location="@s")

    def fail(self: StoredProcedureCall, session: Any) -> str:
        raise RuntimeError("no such stage")

    monkeypatch.setattr(StoredProcedureCall, "upload", fail)
    monkeypatch.setattr(Root, "session", "a session")
    with pytest.raises(RuntimeError, match="no such stage"):
        operation(root).deploy(dag)
    assert account.requests == []


def test_graphs_may_have_a_root_of_their_own(script: Make) -> None:
    class WithRoot(DAG):
        def __init__(self, name: str, definition: str) -> None:
            super().__init__(name)
            self.definition = definition

        def _to_low_level_task(self) -> Task:
            return Task(self.name, self.definition, schedule=timedelta(hours=1))

    root, account = script()
    operation(root).deploy(WithRoot("dag", "call check()"))
    assert isinstance(account.bodies[0], dict) and account.bodies[0]["definition"] == "call check()"
    assert lines(account) == ["POST ", "POST /dag:resume"]


# The rest of the operations


def test_running_a_graph(script: Make) -> None:
    root, account = script(Server(RUNNING, {"name": "PLAIN"}))
    op = operation(root)
    op.run(diamond())
    op.run(diamond(schedule=timedelta(hours=1)), retry_last=True)
    op.run("dag")
    op.run("plain")
    assert lines(account) == [
        "POST /dag:execute?retryLast=false",
        "POST /dag:resume",
        "POST /dag:execute?retryLast=true",
        "GET /dag",
        "POST /dag:resume",
        "POST /dag:execute?retryLast=false",
        "GET /plain",
        "POST /plain:execute?retryLast=false",
    ]
    with pytest.raises(NotFoundError):
        op.run("gone")


DEPENDENTS = [
    {"name": "DAG"},
    {"name": "DAG$A", "predecessors": ["D.S.DAG"]},
    {"name": "DAG$B", "predecessors": ["D.S.DAG$A", '"D"."S"."DAG$x y"']},
    {"name": '"DAG$x y"', "predecessors": ["D.S.DAG"]},
]


@pytest.mark.parametrize("relation", ["D.S.DAG$FIN", "DAG$FIN", '"D"."S"."DAG$FIN"', None])
@pytest.mark.parametrize("listed", [True, False])
def test_a_dropped_graph_goes_from_its_end(script: Make, relation: str | None, listed: bool) -> None:
    running = {**RUNNING, "task_relations": json.dumps({"FinalizerTask": relation}) if relation else None}
    finalizer = {"name": "DAG$FIN", **({} if relation else {"finalize": "DAG"})}
    tasks = [running, *DEPENDENTS[1:], *([finalizer] if listed or not relation else [])]
    root, account = script(Server(*tasks))
    with pytest.warns(DeprecationWarning, match="finalizer"):
        operation(root).drop("dag")
    sent = lines(account)
    assert sent[:4] == ["GET /dag", "GET /dag/dependents", "POST /dag:suspend", "DELETE /DAG$B?ifExists=true"]
    assert set(sent[4:6]) == {"DELETE /DAG$A?ifExists=true", "DELETE /%22DAG$x%20y%22?ifExists=true"}
    assert sent[6:] == ["DELETE /dag?ifExists=true"]
    account.requests.clear()
    operation(root).drop(DAG("dag"), drop_finalizer=True)
    sent = [line.replace("%22", "") for line in lines(account)]
    assert "DELETE /DAG$FIN?ifExists=true" in sent and sent[-1] == "DELETE /dag?ifExists=true"


def test_a_graph_that_is_gone_needs_no_drop(script: Make) -> None:
    root, account = script(Server())
    operation(root).drop("dag", drop_finalizer=True)
    with pytest.warns(DeprecationWarning, match="use `drop`"):
        operation(root).delete("dag", drop_finalizer=True)
    with pytest.warns(DeprecationWarning, match="Setting drop_finalizer to False is deprecated") as warned:
        operation(root).drop_async("dag").result(10)
    assert warned[0].filename == __file__
    assert lines(account) == ["GET /dag"] * 3


def test_graphs_are_the_roots(script: Make) -> None:
    root, account = script(answer(200, [{"name": "DAG", "definition": "x"}]))
    assert operation(root).iter_dags(like="d%") == ["DAG"]
    assert account.lines == [f"GET {TASKS}?rootOnly=true&like=d%25"]


def test_runs_tell_how_they_went(script: Make) -> None:
    run = {
        "root_task_name": "DAG",
        "database_name": "D",
        "schema_name": "S",
        "state": "FAILED",
        "first_error_task_name": "DAG$A",
        "first_error_code": 2003,
        "first_error_message": "no table",
        "scheduled_time": "2026-01-02T03:04:05Z",
        "next_scheduled_time": "2026-01-02T04:04:05Z",
        "root_task_id": "1",
        "graph_version": 3,
        "run_id": 77,
    }
    root, account = script(answer(200, [run]))
    [found] = operation(root).get_complete_dag_runs("dag", error_only=False)
    assert (found.dag_name, found.state, found.run_id, found.graph_version) == ("DAG", "FAILED", 77, 3)
    assert isinstance(found.scheduled_time, datetime) and found.query_start_time is None
    assert "2003 no table" in str(found)
    assert operation(root).get_current_dag_runs(DAG("dag")) == [found]
    assert lines(account) == ["GET /dag/complete-graphs?errorOnly=false", "GET /dag/current-graphs"]


async def test_operations_can_be_awaited(script: Make) -> None:
    root, account = script(Server())
    await operation(root).deploy_async(diamond(), mode=CreateMode.or_replace)
    assert len(account.requests) == 10
    with pytest.raises(APIError):
        await operation(root).run_async("gone")


# Inside a task


class FakeSession:
    """A Snowpark session of a running task."""

    def __init__(self, task: str = "D.S.ROOT$ME", root: str = "D.S.ROOT", **values: Any) -> None:
        self.values = {"system$current_user_task_name": task, "CURRENT_ROOT_TASK_NAME": root, **values}
        self.said: list[Any] = []

    def call(self, name: str, *args: Any) -> Any:
        self.said.append((name, *args))
        return self.values.get(name)

    def sql(self, text: str) -> FakeSession:
        self.said.append(text)
        self.asked = text.partition("'")[2].partition("'")[0]
        return self

    def collect(self) -> list[tuple[Any]]:
        value = self.values.get(self.asked)
        if isinstance(value, Exception):
            raise value
        return [(value,)]


def context(**values: Any) -> tuple[TaskContext, FakeSession]:
    session = FakeSession(**values)
    return TaskContext(session), session  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("names", "asked", "sent"),
    [
        ({}, "x", "ROOT$X"),
        ({}, "root$x", "ROOT$X"),
        ({}, '"x y"', '"ROOT$x y"'),
        ({"task": 'D.S."ro.ot$ME"', "root": 'D.S."ro.ot"'}, "x", '"ro.ot$X"'),
        ({"task": "D.S.OTHER"}, "x", "X"),
    ],
)
def test_predecessors_are_found_by_their_short_names(names: dict[str, str], asked: str, sent: str) -> None:
    task, session = context(**names)
    task.get_predecessor_return_value(asked)
    assert session.said[-1] == ("system$get_predecessor_return_value", sent)


def test_what_a_task_can_say_and_ask() -> None:
    task, session = context(SYSTEM_GRAPH=1, **{"SYSTEM$GET_TASK_GRAPH_CONFIG": '{"a": {"b": 2}}'})
    task.set_return_value(5)
    assert session.said == [("system$set_return_value", "5")]
    task.get_predecessor_return_value()
    assert session.said[-1] == ("system$get_predecessor_return_value",)
    assert task.get_current_task_name() == "D.S.ROOT$ME" and task.get_current_task_short_name() == "ME"
    assert context(task='"ro.ot$me"', root='"ro.ot"')[0].get_current_task_short_name() == '"me"'
    assert context(task="root$me", root="root")[0].get_current_task_short_name() == "me"
    assert task.get_task_graph_config() == {"a": {"b": 2}} and task.get_task_graph_config_property("a") == {"b": 2}
    assert task.get_task_graph_config_property("z") is None
    assert context()[0].get_task_graph_config() is None and context()[0].get_task_graph_config_property("a") is None


def test_runtime_info_comes_by_name() -> None:
    due = datetime(2026, 1, 2)
    task, session = context(
        CURRENT_TASK_GRAPH_ORIGINAL_SCHEDULED_TIMESTAMP=due,
        LAST_SUCCESSFUL_TASK_GRAPH_RUN_GROUP_ID=RuntimeError("NULL result in a non-nullable column"),
        CURRENT_ROOT_TASK_UUID=RuntimeError("not in a task"),
    )
    assert task.get_current_task_graph_original_schedule() is due
    assert session.said[-1] == (
        "select to_timestamp(system$task_runtime_info('CURRENT_TASK_GRAPH_ORIGINAL_SCHEDULED_TIMESTAMP'))"
    )
    assert task.get_runtime_info("current_root_task_name") == "D.S.ROOT"
    assert task.get_last_successful_task_graph_run_group_id() is None
    with pytest.raises(RuntimeError, match="not in a task"):
        task.get_current_root_task_uuid()


@pytest.mark.parametrize(
    ("asked", "literal"), [("x\\' OR 1 -- ", r"'X\\'' OR 1 -- '"), ("it's", "'IT''S'"), ("\\", r"'\\'")]
)
def test_no_name_of_a_property_is_taken_for_sql(asked: str, literal: str) -> None:
    task, session = context()
    task.get_runtime_info(asked)
    assert session.said == [f"select to_char(system$task_runtime_info({literal}))"]


def test_runtime_info_needs_a_name() -> None:
    task, session = context()
    with pytest.raises(ValueError, match=r"^`property_name` must be an non-empty str\.$"):
        task.get_runtime_info("")
    assert session.said == []


def test_runtime_info_that_has_no_value_is_none() -> None:
    empty = RuntimeError("100072 (22000): NULL result in a non-nullable column")
    task, _ = context(CURRENT_TASK_GRAPH_ORIGINAL_SCHEDULED_TIMESTAMP=empty, CURRENT_ROOT_TASK_UUID=empty)
    assert task.get_runtime_info("CURRENT_TASK_GRAPH_ORIGINAL_SCHEDULED_TIMESTAMP") is None
    assert task.get_runtime_info("current_root_task_uuid") is None
