"""Runs on a line of time, and lists of models as tables."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from snowcore import LocalAccount, Root
from snowcore.exceptions import NotFoundError
from snowcore.local.doors.server import LocalServer
from snowcore.pictures import TaskAttempt, draw_timeline, fetch_run, tabulate
from snowcore.schema import SchemaResource
from snowcore.task import Task, TaskResource
from snowcore.task.dagv1 import DAGOperation
from snowcore.user import User
from tests.conftest import Script, answer
from tests.plan.conftest import connect

NS = "{http://www.w3.org/2000/svg}"
START = datetime(2026, 1, 1, tzinfo=UTC)


def groups(svg: str, kind: str) -> list[ET.Element]:
    return [g for g in ET.fromstring(svg).iter(f"{NS}g") if g.get("class", "").startswith(kind)]


def titles(svg: str, kind: str) -> list[str]:
    return [group.findtext(f"{NS}title") or "" for group in groups(svg, kind)]


def test_a_run_has_each_attempt_at_each_task(task: TaskResource):
    run = fetch_run(task)
    assert [(a.name, a.state, a.attempt) for a in run if a.name in ("NIGHTLY", "NIGHTLY$REPORT", "NIGHTLY$FIN")] == [
        ("NIGHTLY", "SUCCEEDED", 1),
        ("NIGHTLY$REPORT", "FAILED", 1),
        ("NIGHTLY$FIN", "SUCCEEDED", 1),
        ("NIGHTLY$REPORT", "FAILED", 2),
        ("NIGHTLY$FIN", "SUCCEEDED", 2),
    ]
    (graph_run, *_) = task.get_complete_graphs(error_only=False)
    assert {a.run_id for a in run} == {graph_run.run_id} and {a.scheduled for a in run} == {graph_run.scheduled_time}
    failed = next(a for a in run if a.state == "FAILED")
    assert failed.why == "100051 Division by zero" and 0 <= failed.seconds < 5


def test_an_earlier_run_is_found_by_its_number_and_an_unknown_one_is_empty(
    account: LocalAccount, schema: SchemaResource, task: TaskResource
):
    (first, *_) = task.get_complete_graphs(error_only=False)
    DAGOperation(schema).run("nightly")
    account.advance(minutes=1)
    assert {a.run_id for a in fetch_run(task, first.run_id)} == {first.run_id}
    assert fetch_run(task)[0].run_id > first.run_id and fetch_run(task, 1) == []
    with pytest.raises(NotFoundError):
        fetch_run(schema.tasks["nowhere"])


def test_a_run_is_fetched_over_http_for_names_that_need_quotes(account: LocalAccount):
    account.execute('create database "lower db"')
    account.execute('create schema "lower db"."s"')
    account.execute("""create task "lower db"."s"."it's" as select 1""")
    with LocalServer(account, port=0, user="SNOWCORE", password="not-for-logs-123") as server:
        root = connect(server).with_context(warehouse="w")
        task = root.databases['"lower db"'].schemas['"s"'].tasks['"it\'s"']
        task.execute()
        account.advance(seconds=5)
        assert [(a.name, a.state) for a in fetch_run(task)] == [("it's", "SUCCEEDED")]
        root.client.close()


def test_a_timeline_shows_attempts_waits_errors_and_retries(task: TaskResource):
    svg = draw_timeline(task)
    bars = titles(svg, "task")
    assert sum(bar.startswith("NIGHTLY$REPORT") for bar in bars) == 2
    assert any("attempt 2" in bar and "100051 Division by zero" in bar for bar in bars)
    text = " ".join(ET.fromstring(svg).itertext())
    assert "REPORT" in text and "2 attempts" in text and "✘ FAILED" in text
    assert "↷ SKIPPED" in text


def test_the_latest_run_is_one_that_has_begun(script: Callable[..., tuple[Root, Script]]):
    names = ["NAME", "STATE", "RUN_ID", "SCHEDULED_TIME", "QUERY_START_TIME"]
    data = [["R", "SCHEDULED", "9", "9.5", None], ["R", "EXECUTING", "5", "5.000000000", "5.25"]]
    told = {"rowType": [{"name": name, "type": "text"} for name in names], "partitionInfo": [{}, {}]}
    first = answer(200, {"resultSetMetaData": told, "data": data, "statementHandle": "h"})
    more = answer(200, {"data": [["R$A", "FAILED_AND_AUTO_SUSPENDED", "5", "5.0", "5.5"]]})
    root, account = script(answer(200, {"name": "R", "definition": "select 1", "id": "it's"}), first, more)
    run = fetch_run(root.databases["d"].schemas["s"].tasks["r"])
    assert [(a.name, a.run_id, a.started.timestamp()) for a in run] == [("R", 5, 5.25), ("R$A", 5, 5.5)]
    assert "ROOT_TASK_ID => 'it''s'" in account.bodies[1]["statement"]
    assert account.lines[2].startswith("GET /api/v2/statements/h?partition=1")
    assert "#c62828" in draw_timeline(run) and "✘ FAILED_AND_AUTO_SUSPENDED" in draw_timeline(run)


def attempt(name: str, start: float, end: float, state: str = "SUCCEEDED", number: int = 1) -> TaskAttempt:
    return TaskAttempt(
        name, state, 1, number, START, START + timedelta(seconds=start), START + timedelta(seconds=end), None, None
    )


def test_bars_are_as_long_as_the_tasks_took_and_begin_when_these_did():
    svg = draw_timeline([attempt("A", 0, 10), attempt("B", 15, 20), attempt("C", 10, 15, "EXECUTING")])
    a, c, b = (group.find(f"{NS}rect") for group in groups(svg, "task"))
    left, width = float(a.get("x")), float(a.get("width"))
    assert float(c.get("x")) == pytest.approx(left + width, abs=0.2) and float(c.get("width")) == pytest.approx(
        width / 2
    )
    assert float(b.get("x")) == pytest.approx(left + width * 1.5, abs=0.2)


def test_a_task_waited_for_the_last_of_those_before_it_and_a_finalizer_for_all():
    graph = [
        Task("A", ""),
        Task("B", "", predecessors=["A"]),
        Task("C", "", predecessors=["A", "B"]),
        Task("F", "", finalize="A"),
    ]
    run = [attempt("A", 0, 1), attempt("B", 2, 8), attempt("C", 9, 10), attempt("F", 12, 13)]
    waits = ["B waited for A", "C waited for B", "F waited for C"]
    assert titles(draw_timeline(run, graph), "line") == waits
    assert titles(draw_timeline(run), "line") == [f"{name} waited for its turn" for name in "BCF"]


def test_rows_of_the_history_are_taken_as_they_come(account: LocalAccount, task: TaskResource):
    names = "name state run_id attempt_number scheduled_time query_start_time completed_time error_code error_message"
    rows = account.execute(
        f"select {names.replace(' ', ', ')} from table(d.information_schema.task_history()) where run_id is not null"
    )
    svg = draw_timeline([dict(zip(names.split(), row, strict=True)) for row in rows], task)
    assert svg == draw_timeline(task)


def test_a_run_that_has_not_begun_says_so():
    assert "Nothing has begun yet." in draw_timeline([])
    assert "Nothing has begun yet." in draw_timeline([TaskAttempt("A", "SCHEDULED")])


def test_names_and_errors_can_not_break_out_of_a_timeline():
    evil = "<script>alert(1)</script>\x00\x1b]]>\"'"
    svg = draw_timeline([TaskAttempt(evil, "FAILED", 1, 1, START, START, START, evil, evil)])
    assert {e.tag.removeprefix(NS) for e in ET.fromstring(svg).iter()} <= {"svg", "title", "g", "rect", "text", "path"}


def test_models_are_a_table_of_what_they_have_values_for(account: LocalAccount):
    root = Root(account)
    account.execute("create warehouse x comment = '<b>&'")
    table = tabulate(root.warehouses.iter())
    assert len(table) == 2 and table.columns[0] == "name" and "budget" not in table.columns
    html = table._repr_html_()
    assert html.count("<tr>") == 3 and "<td>&lt;b&gt;&amp;</td>" in html and "<b>" not in html
    frame = table.to_pandas()
    assert list(frame.columns) == table.columns and frame["auto_suspend"].sum() == 1200
    assert frame["created_on"].dt.tz is not None


def test_runs_of_graphs_are_a_table_too_and_secrets_are_not_shown(schema: SchemaResource, task: TaskResource):
    runs = DAGOperation(schema).get_complete_dag_runs("nightly", error_only=False)
    assert tabulate(runs).to_pandas()["state"].tolist() == ["FAILED", "FAILED"]
    table = tabulate([User("u", password="hunter2-hunter2")])
    assert "hunter2" not in table._repr_html_() + table.to_pandas().to_string()
    assert len(tabulate([])) == 0 and tabulate([]).to_pandas().empty


def test_a_notebook_shows_at_most_two_hundred_rows():
    html = tabulate(Task(f"t{i}", "select 1") for i in range(1234))._repr_html_()
    assert html.count("<tr>") == 201 and "1,034 more" in html
