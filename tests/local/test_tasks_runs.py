"""Running graphs: order, conditions, failure, retries, finalizers, return values, and what is remembered of it all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from snowcore.local import LocalAccount

from ..conftest import eventually
from .conftest import Api, Clock

EVERY_5 = {"schedule_type": "MINUTES_TYPE", "minutes": 5}


class Graph:
    """Tasks that write their names to a log."""

    def __init__(self, api: Api, home: str) -> None:
        self.api, self.tasks = api, f"{home}/tasks"
        session = api.account.session(database="D", schema="PUBLIC")
        session.execute("create table log (n int autoincrement, name varchar)")
        session.close()

    def add(self, name: str, *after: str, started: bool = True, **more: Any) -> None:
        body = {"name": name, "definition": f"insert into log (name) values ('{name}')", **more}
        if after:
            body["predecessors"] = list(after)
        self.api("POST", self.tasks, body)
        if started:
            self.api("POST", f"{self.tasks}/{name}:resume")

    def change(self, name: str, **more: Any) -> None:
        task = self.api("GET", f"{self.tasks}/{name}")
        self.api("PUT", f"{self.tasks}/{name}", {**task, **more})

    def execute(self, name: str = "root", **query: Any) -> None:
        self.api.run(f"{self.tasks}/{name}", **query)

    @property
    def log(self) -> list[str]:
        return [name for (name,) in self.api.account.execute("select name from d.public.log order by n")]

    def runs(self, name: str = "root") -> list[dict[str, Any]]:
        return self.api("GET", f"{self.tasks}/{name}/complete-graphs", errorOnly=False)

    def outcomes(self, run: dict[str, Any]) -> dict[str, str]:
        outcomes = self.api.account.runs.history.outcomes(run["run_id"])
        return {name: outcome.state for name, outcome in outcomes.items()}


@pytest.fixture
def graph(api: Api, home: str) -> Graph:
    return Graph(api, home)


def test_tasks_run_after_their_predecessors(graph: Graph) -> None:
    graph.add("root", started=False)
    for name, *after in (("a", "root"), ("b", "root"), ("join", "a", "b"), ("end", "join")):
        graph.add(name, *after)
    graph.execute()
    log = graph.log
    assert (log[0], set(log[1:3]), log[3:]) == ("root", {"a", "b"}, ["join", "end"])
    (run,) = graph.runs()
    assert run["state"] == "SUCCEEDED"
    assert not {key for key in run if key.startswith("first_error")}
    assert run["run_id"] == 1772366400000
    assert run["root_task_id"] == graph.api("GET", f"{graph.tasks}/root")["id"]
    assert graph.api("GET", f"{graph.tasks}/root")["last_committed_on"] == "2026-03-01T12:00:00.000+00:00"


def test_only_a_root_can_be_executed(graph: Graph) -> None:
    graph.add("root", started=False)
    graph.add("child", "root")
    graph.add("last", finalize="root")
    for name in ("child", "last"):
        status, _, message = graph.api.error("POST", f"{graph.tasks}/{name}:execute")
        assert (status, "only root tasks can be executed" in message) == (400, True)
    assert graph.api("GET", f"{graph.tasks}/child/complete-graphs") == []


def test_suspended_children_are_left_out(graph: Graph) -> None:
    graph.add("root", started=False)
    graph.add("off", "root", started=False)
    graph.add("on", "root")
    graph.add("behind_off", "off")
    graph.add("behind_both", "off", "on")
    graph.execute()
    assert graph.log == ["root", "on", "behind_both"]
    assert graph.runs()[0]["state"] == "SUCCEEDED"


def test_nothing_runs_after_a_failure_but_what_did_not_wait_for_it(graph: Graph) -> None:
    graph.add("root", started=False)
    graph.add("bad", "root", definition="select * from nowhere")
    graph.add("good", "root")
    graph.add("behind_bad", "bad")
    graph.add("behind_both", "bad", "good")
    graph.add("far_behind", "behind_bad", "good")
    graph.execute()
    assert sorted(graph.log) == ["good", "root"]
    (run,) = graph.api("GET", f"{graph.tasks}/root/complete-graphs")
    assert (run["state"], run["first_error_task_name"]) == ("FAILED", "BAD")
    assert run["first_error_code"] == 2003
    assert "does not exist or not authorized" in run["first_error_message"]
    assert graph.outcomes(run) == {"ROOT": "SUCCEEDED", "BAD": "FAILED", "GOOD": "SUCCEEDED"}


def test_a_false_condition_skips_a_task_and_what_waits_for_it_alone(graph: Graph) -> None:
    graph.add("root", started=False)
    graph.add("no", "root", condition="1 = 2 -- never")
    graph.add("null", "root", condition="null")
    graph.add("yes", "root", condition="'a' = 'a'")
    graph.add("behind_no", "no", "null")
    graph.add("behind_both", "no", "yes")
    graph.execute()
    assert graph.log == ["root", "yes", "behind_both"]
    (run,) = graph.runs()
    assert run["state"] == "SUCCEEDED"
    skipped = {name for name, state in graph.outcomes(run).items() if state == "SKIPPED"}
    assert skipped == {"NO", "NULL", "BEHIND_NO"}


def test_a_root_whose_condition_is_false_skips_the_run(graph: Graph) -> None:
    graph.add("root", started=False, condition="false")
    graph.add("child", "root")
    graph.execute()
    assert (graph.log, graph.runs()[0]["state"]) == ([], "SKIPPED")


def test_a_condition_that_is_no_sql_fails_the_task(graph: Graph) -> None:
    graph.add("root", started=False, condition="this is not sql")
    graph.execute()
    assert graph.runs()[0]["state"] == "FAILED"


def test_the_finalizer_runs_last_whatever_happened(graph: Graph) -> None:
    graph.add("root", started=False)
    graph.add("bad", "root", definition="select * from nowhere")
    graph.add("last", finalize="root")
    graph.execute()
    assert graph.log == ["root", "last"]
    graph.change("bad", definition="insert into log (name) values ('mended')")
    graph.execute()
    assert graph.log == ["root", "last", "root", "mended", "last"]
    graph.api("POST", f"{graph.tasks}/last:suspend")
    graph.execute()
    assert graph.log[-1] == "mended"


def test_values_are_returned_to_the_tasks_that_follow(graph: Graph) -> None:
    graph.add("root", started=False, config={"where": {"to": "there"}}, definition="call system$set_return_value('r')")
    said = "insert into log (name) select {}"
    graph.add("a", "root", definition=said.format("system$get_predecessor_return_value('ROOT')"))
    graph.add("b", "a", definition=said.format("system$get_task_graph_config('where.to')"))
    graph.add("c", "b", condition="system$get_predecessor_return_value() = 'x'")
    graph.execute()
    assert graph.log == ["r", "there"]


def test_failed_tasks_are_retried_as_a_new_attempt(graph: Graph) -> None:
    """The task succeeds once its log has two lines; each attempt writes one first."""
    graph.add("root", started=False, task_auto_retry_attempts=3)
    graph.add("note", "root")
    graph.add("bad", "note", definition="insert into log (name) select case when count(*) > 2 then 'ok' end from log")
    graph.api.account.execute("alter table d.public.log alter column name set not null")
    graph.execute()
    first, *_ = reversed(graph.runs())
    assert first["first_error_task_name"] == "BAD"
    states = [run["state"] for run in graph.runs()]
    assert states == ["FAILED"] * 4
    assert {run["run_id"] for run in graph.runs()} == {first["run_id"]}
    assert graph.log == ["root", "note"]
    graph.api.account.execute("insert into d.public.log (name) values ('now')")
    graph.execute(retryLast=True)
    assert graph.log == ["root", "note", "now", "ok"]
    assert graph.runs()[0]["state"] == "SUCCEEDED"


def test_only_a_run_that_failed_can_be_retried(graph: Graph) -> None:
    graph.add("root", started=False)
    message = "Cannot perform retry: no suitable run of graph with root task ROOT to retry."
    assert graph.api.error("POST", f"{graph.tasks}/root:execute", retryLast=True)[::2] == (400, message)
    graph.execute()
    assert "had no failures" in graph.api.error("POST", f"{graph.tasks}/root:execute", retryLast=True)[2]
    graph.change("root", definition="select * from nowhere")
    graph.execute()
    graph.change("root", definition="select 1")
    assert graph.api.error("POST", f"{graph.tasks}/root:execute", retryLast=True)[2] == message


def test_a_task_is_stopped_when_its_time_is_over(graph: Graph) -> None:
    numbers = "select row_number() over (order by 1) as n from table(generator(rowcount => 100000))"
    graph.api.account.execute(f"create table d.public.many as {numbers}")
    endless = "select count(*) from many a, many b, many c where a.n + b.n + c.n = 7"
    graph.add("root", started=False, definition=endless, user_task_timeout_ms=50)
    graph.execute()
    (run,) = graph.runs()
    assert (run["first_error_code"], run["first_error_message"]) == (
        630,
        "Statement reached its statement or warehouse timeout of 0.05 second(s) and was canceled.",
    )


def test_a_task_may_execute_a_task(graph: Graph) -> None:
    graph.add("other", started=False)
    graph.add("root", started=False, definition="execute task other")
    graph.execute()
    assert graph.runs()[0]["state"] == "SUCCEEDED"
    graph.execute("other")
    assert graph.log == ["other", "other"]


def test_the_history_is_of_the_past_hour_newest_first(graph: Graph, clock: Clock) -> None:
    graph.add("root", started=False, schedule=EVERY_5)
    graph.execute()
    clock.pass_(minutes=30)
    graph.execute()
    graph.execute()
    times = [run["scheduled_time"] for run in graph.runs()]
    assert times == ["2026-03-01T12:30:00.000+00:00"] * 2 + ["2026-03-01T12:00:00.000+00:00"]
    assert graph.runs()[0]["next_scheduled_time"] == "2026-03-01T12:35:00.000+00:00"
    assert len({run["run_id"] for run in graph.runs()}) == 3
    assert len(graph.api("GET", f"{graph.tasks}/root/complete-graphs", errorOnly=False, resultLimit=2)) == 2
    assert graph.api("GET", f"{graph.tasks}/root/complete-graphs") == []
    clock.pass_(minutes=31)
    assert len(graph.runs()) == 2
    clock.pass_(minutes=31)
    assert graph.runs() == []
    assert graph.api.error("GET", f"{graph.tasks}/root/complete-graphs", resultLimit=0)[0] == 400


def test_a_graph_has_versions(graph: Graph) -> None:
    graph.add("root", started=False)
    graph.execute()
    graph.add("child", "root")
    graph.execute()
    new, old = graph.runs()
    assert new["graph_version"] > old["graph_version"]


def test_a_resumed_root_is_due_by_its_schedule(graph: Graph) -> None:
    graph.add("root", schedule=EVERY_5)
    graph.api.account.advance(minutes=12)
    assert [run["scheduled_time"][11:16] for run in graph.runs()] == ["12:10", "12:05"]
    (due,) = graph.api("GET", f"{graph.tasks}/root/current-graphs")
    assert (due["state"], due["scheduled_time"]) == ("SCHEDULED", "2026-03-01T12:15:00.000+00:00")
    assert due["next_scheduled_time"] == "2026-03-01T12:20:00.000+00:00"
    graph.api("POST", f"{graph.tasks}/root:suspend")
    assert graph.api("GET", f"{graph.tasks}/root/current-graphs") == []


# Runs that take long: a task waits for a row that another session has changed.


class Held:
    def __init__(self, graph: Graph) -> None:
        self.graph, self.account = graph, graph.api.account
        self.account.execute("create table d.public.gate as select 1::int as n")
        self.session = self.account.session(database="D", schema="PUBLIC")
        self.hold()

    def hold(self) -> None:
        self.session.execute("begin")
        self.session.execute("update gate set n = n + 1")

    def release(self) -> None:
        self.session.execute("commit")


@pytest.fixture
def held(graph: Graph) -> Iterator[Held]:
    held = Held(graph)
    graph.add("root", started=False, definition="update gate set n = n * 10")
    yield held
    held.session.close()


def test_a_run_is_not_waited_for(held: Held) -> None:
    api, tasks = held.graph.api, held.graph.tasks
    assert api("POST", f"{tasks}/root:execute")["status"] == "Task ROOT is scheduled to run immediately."
    (run,) = api("GET", f"{tasks}/root/current-graphs")
    assert run["state"] in ("SCHEDULED", "EXECUTING")
    assert run["scheduled_time"] == "2026-03-01T12:00:00.000+00:00"
    held.release()
    api.wait(f"{tasks}/root")
    assert held.account.execute("select n from d.public.gate") == [(20,)]
    assert api("GET", f"{tasks}/root/current-graphs") == []


def test_who_asks_for_a_handle_gets_one(graph: Graph) -> None:
    graph.add("root", started=False)
    reply = graph.api.ask("POST", f"{graph.tasks}/root:execute", asyncExec=True)
    assert (reply.status, reply.body["resultHandler"] in reply.headers["Location"]) == (202, True)
    said = graph.api("GET", reply.headers["Location"].removeprefix("/api/v2/"))
    assert said["status"] == "Task ROOT is scheduled to run immediately."


@pytest.mark.parametrize("policy", ["NO_OVERLAP", "ALLOW_CHILD_OVERLAP"])
def test_runs_of_a_root_that_may_not_overlap_wait_for_each_other(held: Held, policy: str) -> None:
    graph = held.graph
    graph.change("root", overlap_policy=policy, allow_overlapping_execution=None)
    for _ in range(2):
        graph.api("POST", f"{graph.tasks}/root:execute")
    states = [run["state"] for run in graph.api("GET", f"{graph.tasks}/root/current-graphs")]
    assert states[0] == "SCHEDULED"
    held.release()
    graph.api.wait(f"{graph.tasks}/root")
    assert [run["state"] for run in graph.runs()] == ["SUCCEEDED", "SUCCEEDED"]
    assert held.account.execute("select n from d.public.gate") == [(200,)]


def test_runs_that_may_overlap_do(held: Held) -> None:
    graph = held.graph
    graph.change("root", overlap_policy="ALLOW_ALL_OVERLAP", allow_overlapping_execution=None)
    graph.api("POST", f"{graph.tasks}/root:execute")
    api_task = {"definition": "insert into log (name) values ('second')", "name": "root"}
    graph.api("PUT", f"{graph.tasks}/root", {**api_task, "overlap_policy": "ALLOW_ALL_OVERLAP"})
    graph.api("POST", f"{graph.tasks}/root:execute")
    eventually(lambda: graph.log == ["second"])
    held.release()
    graph.api.wait(f"{graph.tasks}/root")


def test_closing_waits_for_the_statement_and_starts_nothing_more(clock: Clock, tmp_path: Any) -> None:
    account = LocalAccount(tmp_path, clock=clock)
    api = Api(account)
    api("POST", "databases", {"name": "d"})
    graph = Graph(api, "databases/d/schemas/public")
    held = Held(graph)
    graph.add("root", started=False, definition="update gate set n = n * 10")
    graph.add("child", "root")
    api("POST", f"{graph.tasks}/root:execute")
    eventually(lambda: api("GET", f"{graph.tasks}/root/current-graphs")[0]["state"] == "EXECUTING")
    account.runs.stop()
    held.release()
    held.session.close()
    account.close()
    with LocalAccount(tmp_path, clock=clock) as account:
        graph.api = Api(account)
        assert graph.runs()[0]["state"] == "CANCELLED"
        assert graph.log == []
