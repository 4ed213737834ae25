"""Waiting on an embedded account and on scripted answers: states, pauses, errors, what is told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from snowcore import LocalAccount, Root, wait_for, wait_for_async
from snowcore.compute_pool import ComputePool
from snowcore.exceptions import NotFoundError, SnowflakePythonError
from snowcore.schema import SchemaResource
from snowcore.service import JobService, Service, ServiceSpec
from snowcore.task import Task
from snowcore.task.dagv1 import DAG, DAGOperation, DAGTask
from snowcore.waiting import Clock, Status, WaitError, WaitTimeoutError
from tests.conftest import Script, answer
from tests.waiting.conftest import Slept

SPEC = "spec:\n  containers:\n  - name: main\n    image: /d/s/r/{image}:1"


def spec(image: str) -> Any:
    return ServiceSpec(SPEC.format(image=image))


@pytest.fixture
def pool(account: LocalAccount, root: Root, tmp_path: Path) -> str:
    """A compute pool, and images that serve, end well, and fail with a word in the log."""
    programs = {
        "serve": "import time; time.sleep(3600)",
        "work": "print('worked')",
        "fail": "print('line one'); print('it is the disk'); raise SystemExit(3)",
    }
    for name, text in programs.items():
        file = tmp_path / f"{name}.py"
        file.write_text(text)
        account.images[f"/d/s/r/{name}:1"] = ["python", str(file)]
    account.execute("create image repository d.s.r")
    root.compute_pools.create(ComputePool("p", min_nodes=1, max_nodes=1, instance_family="CPU_X64_XS"))
    return "p"


def test_a_service_is_waited_for_until_it_runs_and_until_it_is_suspended(schema: SchemaResource, pool: str):
    service = schema.services.create(Service(name="echo", compute_pool=pool, spec=spec("serve")))
    seen: list[Status] = []
    status = wait_for(service, on_change=seen.append)
    assert (status.kind, status.name, status.state) == ("service", "d.s.echo", "RUNNING")
    assert status.model.name == "ECHO" and seen[-1] == status
    service.suspend()
    assert wait_for(service, state="suspended").state == "SUSPENDED"
    with pytest.raises(WaitError, match=r"service d\.s\.echo: SUSPENDED, not RUNNING"):
        wait_for(service)


def test_a_job_is_waited_for_until_it_is_done(schema: SchemaResource, pool: str):
    job = schema.services.execute_job(JobService(name="j", compute_pool=pool, spec=spec("work"), is_async_job=True))
    assert wait_for(job).state == "DONE"


def test_the_error_of_a_job_has_the_containers_message_and_the_last_lines_of_its_log(schema: SchemaResource, pool: str):
    job = schema.services.execute_job(JobService(name="j", compute_pool=pool, spec=spec("fail"), is_async_job=True))
    with pytest.raises(WaitError) as caught:
        wait_for(job)
    error = caught.value
    assert isinstance(error, SnowflakePythonError) and not isinstance(error, TimeoutError)
    assert error.status.kind == "job" and error.status.state == "FAILED"
    assert "main: " in error.status.message and "3" in error.status.message
    assert error.logs == ["line one", "it is the disk"]
    assert str(error) == f"job d.s.j: FAILED ({error.status.message}), not DONE\n    line one\n    it is the disk"


def test_a_service_whose_image_is_missing_times_out_and_says_why(schema: SchemaResource, pool: str, slept: Slept):
    service = schema.services.create(Service(name="echo", compute_pool=pool, spec=spec("nowhere")))
    with pytest.raises(TimeoutError) as caught:
        wait_for(service, timeout=60, clock=slept.clock)
    assert isinstance(caught.value, WaitTimeoutError)
    assert "PENDING (main: " in str(caught.value) and "not RUNNING within 60 s" in str(caught.value)
    assert slept.now == pytest.approx(60)


def test_compute_pools_and_warehouses_are_waited_for(root: Root, slept: Slept, pool: str):
    assert wait_for(root.compute_pools["p"]).state == "IDLE"
    root.compute_pools["p"].suspend()
    with pytest.raises(WaitError, match="compute pool p: SUSPENDED, not ACTIVE or IDLE"):
        wait_for(root.compute_pools["p"], clock=slept.clock)
    warehouse = root.warehouses["w"]
    assert wait_for(warehouse).model.size == "X-Small"
    status = wait_for(warehouse, state="SUSPENDED", timeout=1000, clock=slept.clock)
    assert status.state == "SUSPENDED" and 500 < slept.now < 620  # AUTO_SUSPEND is 600, of which some may have passed


def test_the_run_of_a_task_is_waited_for(account: LocalAccount, schema: SchemaResource, slept: Slept):
    task = schema.tasks.create(Task("t", "call system$wait(3)", warehouse="w"))
    task.execute()
    seen: list[Status] = []
    status = wait_for(task, on_change=seen.append, clock=slept.clock)
    assert (status.kind, status.state) == ("run of", "SUCCEEDED")
    assert [a.state for a in status.attempts] == ["SUCCEEDED"] and status.model.root_task_name == "T"
    assert [one.state for one in seen][-1] == "SUCCEEDED" and len(seen) == len({id(one) for one in seen})
    assert wait_for(task) == status  # which has ended within the hour


def test_a_run_that_failed_tells_its_first_error(schema: SchemaResource, slept: Slept):
    task = schema.tasks.create(Task("t", "select 1/0", warehouse="w"))
    task.execute()
    with pytest.raises(WaitError, match=r"run of d\.s\.t: FAILED \(T: 100051 Division by zero\), not SKIPPED or SUCC"):
        wait_for(task, clock=slept.clock)


def make_dag(name: str = "g", fails: bool = False) -> DAG:
    with DAG(name, warehouse="w") as dag:
        DAGTask("a", "select 1") >> DAGTask("b", f"select 1/{0 if fails else 1}")
        DAGTask("fin", "select 2", is_finalizer=True)
    return dag


def test_run_and_wait_shows_each_task_and_waits_for_its_own_run(account: LocalAccount, schema: SchemaResource):
    graphs = DAGOperation(schema)
    graphs.deploy(make_dag())
    first = graphs.run_and_wait(make_dag())
    seen: list[Status] = []
    second = graphs.run_and_wait("g", on_change=seen.append)
    assert second.state == "SUCCEEDED" and second.model.run_id > first.model.run_id
    assert [a.name for a in second.attempts] == ["G", "G$A", "G$B", "G$FIN"]
    assert {a.run_id for one in seen for a in one.attempts} == {second.model.run_id}
    assert asyncio.run(_run_in_background(graphs)).model.run_id > second.model.run_id


async def _run_in_background(graphs: DAGOperation) -> Status:
    return await graphs.run_and_wait_async("g", timeout=60)


def test_run_and_wait_raises_what_failed(schema: SchemaResource):
    graphs = DAGOperation(schema)
    graphs.deploy(make_dag(fails=True))
    with pytest.raises(WaitError) as caught:
        graphs.run_and_wait("g")
    assert "G$B: 100051 Division by zero" in str(caught.value)
    assert {a.name: a.state for a in caught.value.status.attempts} == {
        "G": "SUCCEEDED",
        "G$A": "SUCCEEDED",
        "G$B": "FAILED",
        "G$FIN": "SUCCEEDED",
    }
    with pytest.raises(NotFoundError):
        graphs.run_and_wait("nowhere")


def test_the_refresh_of_a_dynamic_table_is_waited_for(account: LocalAccount, schema: SchemaResource, slept: Slept):
    account.execute("create table d.s.t (n int)")
    account.execute(
        "create dynamic table d.s.v target_lag = '1 minute' warehouse = w initialize = on_schedule"
        " as select 1/n x from d.s.t"
    )
    table = schema.dynamic_tables["v"]
    with pytest.raises(WaitTimeoutError, match=r"refresh of d\.s\.v: SCHEDULED, not SUCCEEDED within 5 s"):
        wait_for(table, timeout=5, clock=slept.clock)
    table.refresh()
    assert wait_for(table).state == "SUCCEEDED"
    account.execute("insert into d.s.t values (0)")
    with pytest.raises(SnowflakePythonError):
        table.refresh()
    with pytest.raises(WaitError, match=r"refresh of d\.s\.v: FAILED .*Division by zero"):
        wait_for(table, clock=slept.clock)


def test_thousands_wait_in_the_background_without_threads(root: Root, schema: SchemaResource, pool: str):
    service = schema.services.create(Service(name="echo", compute_pool=pool, spec=spec("serve")))

    async def wait() -> list[Status]:
        waits = [wait_for_async(root.warehouses["w"]) for _ in range(20)]
        return await asyncio.gather(*waits, wait_for_async(service))

    assert {status.state for status in asyncio.run(wait())} == {"STARTED", "RUNNING"}
    cancelled = wait_for_async(service, state="SUSPENDED")
    assert cancelled.cancel()


Play = Callable[..., tuple[Root, Script]]


def warehouses(*states: str) -> list[Any]:
    return [answer(200, {"name": "W", "state": state}) for state in states]


def test_pauses_grow_are_jittered_and_begin_anew_with_a_new_state(script: Play):
    root, _ = script(*warehouses(*["STARTING"] * 12, "RESIZING", "RESIZING", "STARTED"))
    slept = Slept()
    assert wait_for(root.warehouses["w"], clock=slept.clock).state == "STARTED"
    expected = [0.5 * 1.5**i for i in range(12)]
    expected = [min(pause, 5) for pause in expected] + [0.5, 0.75]
    assert len(slept.pauses) == 14
    assert all(0.75 * most <= pause <= 1.25 * most for pause, most in zip(slept.pauses, expected, strict=True))
    assert len({round(pause / most, 6) for pause, most in zip(slept.pauses, expected, strict=True)}) > 10


def test_a_bad_state_counts_when_it_is_seen_twice(script: Play):
    root, account = script(*warehouses("SUSPENDED", "RESUMING", "STARTED"))
    assert wait_for(root.warehouses["w"], clock=Slept().clock).state == "STARTED"
    root, account = script(*warehouses("RESUMING", "SUSPENDED", "SUSPENDED", "STARTED"))
    with pytest.raises(WaitError, match="warehouse w: SUSPENDED, not STARTED"):
        wait_for(root.warehouses["w"], clock=Slept().clock)
    assert len(account.lines) == 3


def test_states_that_are_new_to_this_client_are_waited_through_and_told(script: Play):
    root, _ = script(*warehouses("THAWING", "THAWING", "STARTED"))
    seen: list[str] = []
    wait_for(root.warehouses["w"], on_change=lambda one: seen.append(one.state), clock=Slept().clock)
    assert seen == ["THAWING", "STARTED"]


def test_bad_arguments_are_refused_before_anything_is_sent(root: Root, script: Play):
    scripted, account = script()
    with pytest.raises(ValueError, match="a WarehouseResource is never RUNING"):
        wait_for(scripted.warehouses["w"], state="runing")
    with pytest.raises(ValueError, match="a WarehouseResource is never RUNING"):
        wait_for_async(scripted.warehouses["w"], state=["STARTED", "runing"])
    with pytest.raises(TypeError, match=r"handle: expected one of ServiceResource, .*not <DatabaseResource"):
        wait_for(scripted.databases["d"])
    assert account.lines == []
    with pytest.raises(NotFoundError):
        wait_for(root.warehouses["nowhere"])


def test_a_run_is_waited_for_as_a_whole_where_the_sql_api_is_refused(script: Play):
    run = {
        **dict.fromkeys(("root_task_name", "database_name", "schema_name", "root_task_id"), "T"),
        "graph_version": 1,
        **dict.fromkeys(("scheduled_time", "next_scheduled_time"), "2026-01-01T00:00:00Z"),
        "run_id": 5,
    }
    refused = answer(401, {"message": "no"})
    root, _ = script(
        *(answer(200, []), answer(200, [{**run, "state": "EXECUTING"}]), refused),
        *(answer(200, [{**run, "state": "SUCCEEDED"}]), answer(200, []), refused),
    )
    status = wait_for(root.databases["d"].schemas["s"].tasks["t"], clock=Slept().clock)
    assert status.state == "SUCCEEDED" and status.attempts == ()


def test_a_clock_of_ones_own_is_optional():
    assert Clock().now() > 0
