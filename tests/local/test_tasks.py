"""Tasks as objects: what they may be, how they hang together, and when they may change."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from .conftest import Api, Clock

EVERY_5 = {"schedule_type": "MINUTES_TYPE", "minutes": 5}


@pytest.fixture
def tasks(home: str) -> str:
    return f"{home}/tasks"


def make(api: Api, tasks: str, name: str, *after: str, **more: Any) -> None:
    before = {"predecessors": list(after)} if after else {}
    api("POST", tasks, {"name": name, "definition": "select 1", **before, **more})


def names(rows: list[dict[str, Any]]) -> list[str]:
    return [row["name"] for row in rows]


def test_a_task_is_described_as_the_sdk_expects(api: Api, tasks: str) -> None:
    cron = {"schedule_type": "CRON_TYPE", "cron_expr": "0 9-17 * * SUN", "timezone": "America/Los_Angeles"}
    more = {"config": {"a": {"b": 1}}, "session_parameters": {"TIMEZONE": "UTC", "ABORT_DETACHED_QUERY": False}}
    api("POST", "warehouses", {"name": "my_wh"})
    make(api, tasks, "t", schedule=cron, warehouse="my_wh", condition="1=1", **more)
    task = api("GET", f"{tasks}/t")
    assert len(task.pop("id")) == 36
    assert orjson.loads(task.pop("task_relations")) == {"Predecessors": []}
    assert task == {
        "name": "T",
        "database_name": "D",
        "schema_name": "PUBLIC",
        "definition": "select 1",
        "schedule": cron,
        "warehouse": "MY_WH",
        "condition": "1=1",
        "comment": "",
        "predecessors": [],
        "state": "suspended",
        "overlap_policy": "NO_OVERLAP",
        "allow_overlapping_execution": False,
        "owner": "ACCOUNTADMIN",
        "owner_role_type": "ROLE",
        "created_on": "2026-03-01T12:00:00.000+00:00",
        **more,
    }


def cron(line: str, zone: str = "UTC") -> dict[str, Any]:
    return {"schedule": {"schedule_type": "CRON_TYPE", "cron_expr": line, "timezone": zone}}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"schedule": {"schedule_type": "MINUTES_TYPE", "minutes": 11_521}}, "11,520"),
        ({"schedule": {"schedule_type": "MINUTES_TYPE", "minutes": 0, "seconds": 9}}, "10 seconds"),
        ({"schedule": {"schedule_type": "CRON_TYPE", "cron_expr": "* *", "timezone": "UTC"}}, "five fields"),
        (cron("61 * * * *"), "'61' is no minute"),
        (cron("0 17-9 * * *"), "'17-9' is no hour"),
        (cron("0 9 L * 6,MOM"), "'MOM' is no day of the week"),
        (cron("*/0,1 * * * *"), "'*/0' is no minute"),
        (cron(", * * * *"), "'' is no minute"),
        (cron("0 9-17 1,L JAN-MAR,12 MON-FRI/2", "Mars/Phobos"), "'Mars/Phobos' is no time zone"),
        ({"definition": "selec 1"}, "syntax error line 1 at position 0 unexpected 'selec'"),
        ({"definition": "\n\n  insert into t valuse (1)"}, "syntax error line 3"),
        ({"definition": " "}, "Empty SQL statement"),
        ({"schedule": {"schedule_type": "DAILY"}}, "is not one of ['CRON_TYPE', 'MINUTES_TYPE']"),
        ({"task_auto_retry_attempts": 31}, "31 is greater than the maximum of 30"),
        ({"user_task_timeout_ms": -1}, "from 0 to 604800000"),
        ({"predecessors": ["nothing"]}, "Task 'D.PUBLIC.NOTHING' does not exist"),
        ({"predecessors": ["d.other.root"]}, "is not in schema D.PUBLIC"),
        ({"predecessors": ["root"], "schedule": EVERY_5}, "can't have both a schedule and predecessors"),
        ({"predecessors": ["root"], "finalize": "root"}, "both predecessors and a root task to finalize"),
        ({"predecessors": ["root"], "config": {"a": 1}}, "parameter config on non-root task"),
        ({"predecessors": ["root"], "task_auto_retry_attempts": 1}, "task_auto_retry_attempts on non-root task"),
        ({"predecessors": ["t"]}, "would run after itself"),
        ({"predecessors": ["last"]}, "is a finalizer"),
        ({"finalize": "child"}, "can only finalize a root task, which CHILD is not"),
        ({"finalize": "root"}, "already has a finalizer: D.PUBLIC.LAST"),
        ({"finalize": "nothing"}, "does not exist"),
        ({"overlap_policy": "NO_OVERLAP", "allow_overlapping_execution": True}, "contradicts"),
    ],
)
def test_a_task_that_can_not_be_is_refused(api: Api, tasks: str, wrong: dict[str, Any], said: str) -> None:
    make(api, tasks, "root")
    make(api, tasks, "child", "root")
    make(api, tasks, "last", finalize="root")
    status, _, message = api.error("POST", tasks, {"name": "t", "definition": "select 1", **wrong})
    assert status in (400, 404)
    assert said in message
    assert names(api("GET", tasks)) == ["CHILD", "LAST", "ROOT"]


def test_a_cycle_is_refused(api: Api, tasks: str) -> None:
    for name, *after in (("a",), ("b", "a"), ("c", "b")):
        make(api, tasks, name, *after)
    cycle = {"name": "b", "definition": "select 1", "predecessors": ["c"]}
    assert "would run after itself" in api.error("PUT", f"{tasks}/b", cycle)[2]


def test_links_are_told_with_whole_names(api: Api, tasks: str) -> None:
    make(api, tasks, '"a b"')
    make(api, tasks, "c", '"a b"', 'd.public."a b"')
    make(api, tasks, "f", finalize='PUBLIC."a b"')
    child, last, root = (api("GET", f"{tasks}/{name}") for name in ("c", "f", "%22a%20b%22"))
    assert root["name"] == '"a b"'
    assert child["predecessors"] == ['D.PUBLIC."a b"']
    assert orjson.loads(child["task_relations"]) == {"Predecessors": ['D.PUBLIC."a b"']}
    assert orjson.loads(root["task_relations"]) == {"Predecessors": [], "FinalizerTask": "D.PUBLIC.F"}
    assert orjson.loads(last["task_relations"]) == {"Predecessors": [], "FinalizedRootTask": 'D.PUBLIC."a b"'}
    assert last["finalize"] == '"a b"'
    assert "overlap_policy" not in child


def test_dependents_follow_their_predecessors(api: Api, tasks: str) -> None:
    make(api, tasks, "root")
    for name, *after in (("x", "root"), ("b", "root"), ("a", "x"), ("join", "a", "b"), ("other", "join")):
        make(api, tasks, name, *after)
    make(api, tasks, "last", finalize="root")
    assert names(api("GET", f"{tasks}/root/dependents")) == ["ROOT", "B", "X", "A", "JOIN", "OTHER", "LAST"]
    assert names(api("GET", f"{tasks}/root/dependents", recursive=False)) == ["ROOT", "B", "X", "LAST"]
    assert names(api("GET", f"{tasks}/a/dependents")) == ["A", "JOIN", "OTHER"]
    assert names(api("GET", tasks, rootOnly=True)) == ["ROOT"]


def test_a_task_is_resumed_and_suspended_as_often_as_one_likes(api: Api, tasks: str, clock: Clock) -> None:
    make(api, tasks, "t", schedule=EVERY_5)
    api("POST", f"{tasks}/t:suspend")
    assert "last_suspended_on" not in api("GET", f"{tasks}/t")
    api("POST", f"{tasks}/t:resume")
    clock.pass_(seconds=1)
    api("POST", f"{tasks}/t:resume")
    task = api("GET", f"{tasks}/t")
    assert (task["state"], task["last_committed_on"]) == ("started", "2026-03-01T12:00:00.000+00:00")
    api("POST", f"{tasks}/t:suspend")
    assert api("GET", f"{tasks}/t")["last_suspended_on"] == "2026-03-01T12:00:01.000+00:00"


def test_a_graph_changes_only_while_its_root_is_suspended(api: Api, tasks: str) -> None:
    make(api, tasks, "root")
    make(api, tasks, "child", "root")
    make(api, tasks, "last", finalize="root")
    api("POST", f"{tasks}/root:resume")
    task = {"definition": "select 2", "predecessors": ["root"]}
    for method, path, body in (
        ("POST", tasks, {**task, "name": "new"}),
        ("POST", f"{tasks}?createMode=orReplace", {**task, "name": "child"}),
        ("PUT", f"{tasks}/child", {**task, "name": "child"}),
        ("PUT", f"{tasks}/root", {"name": "root", "definition": "select 2"}),
        ("POST", f"{tasks}/child:resume", None),
        ("DELETE", f"{tasks}/child", None),
        ("DELETE", f"{tasks}/last", None),
        ("DELETE", f"{tasks}/root", None),
    ):
        assert api.error(method, path, body)[1:] == (
            "091421",
            "Unable to update graph with root task D.PUBLIC.ROOT since that root task is not suspended.",
        ), (method, path)
    api("POST", f"{tasks}/root:suspend")
    api("PUT", f"{tasks}/child", {**task, "name": "child"})
    api("POST", f"{tasks}/child:resume")
    assert api("GET", f"{tasks}/child")["definition"] == "select 2"


def test_a_task_alone_can_be_dropped_while_it_is_started(api: Api, tasks: str) -> None:
    make(api, tasks, "t")
    api("POST", f"{tasks}/t:resume")
    api("DELETE", f"{tasks}/t")
    assert api.error("POST", f"{tasks}/t:undrop")[0] == 404


def test_what_ran_after_a_dropped_task_does_so_no_more(api: Api, tasks: str) -> None:
    make(api, tasks, "root")
    make(api, tasks, "one", "root")
    make(api, tasks, "both", "root", "one")
    make(api, tasks, "last", finalize="root")
    api("DELETE", f"{tasks}/root")
    assert api("GET", f"{tasks}/one")["predecessors"] == []
    assert api("GET", f"{tasks}/both")["predecessors"] == ["D.PUBLIC.ONE"]
    assert "finalize" not in api("GET", f"{tasks}/last")
    assert names(api("GET", tasks, rootOnly=True)) == ["LAST", "ONE"]


def test_overlap_can_be_said_in_two_ways(api: Api, tasks: str) -> None:
    make(api, tasks, "old", allow_overlapping_execution=True)
    make(api, tasks, "new", overlap_policy="ALLOW_ALL_OVERLAP")
    old, new = api("GET", f"{tasks}/old"), api("GET", f"{tasks}/new")
    assert (old["overlap_policy"], old["allow_overlapping_execution"]) == ("ALLOW_CHILD_OVERLAP", True)
    assert (new["overlap_policy"], new["allow_overlapping_execution"]) == ("ALLOW_ALL_OVERLAP", True)
    api("PUT", f"{tasks}/old", old)


def test_create_or_alter_sets_back_what_is_left_out_and_keeps_the_task(api: Api, tasks: str) -> None:
    make(api, tasks, "t", schedule=EVERY_5, comment="c")
    before = api("GET", f"{tasks}/t")
    api("PUT", f"{tasks}/t", {"name": "t", "definition": "select 2"})
    after = api("GET", f"{tasks}/t")
    assert (after["id"], after["comment"], "schedule" in after) == (before["id"], "", False)
    api("PUT", f"{tasks}/u", {"name": "u", "definition": "select 2"})
    assert api("GET", f"{tasks}/u")["state"] == "suspended"


def test_sql_changes_single_properties(api: Api, tasks: str) -> None:
    make(api, tasks, "t", schedule=EVERY_5, comment="c")
    path = {"database": "d", "schema": "public", "name": "t"}
    api.account.perform("task", "alter", path, body={"definition": "select 3", "comment": None})
    task = api("GET", f"{tasks}/t")
    assert (task["definition"], task["comment"], task["schedule"]) == ("select 3", "", EVERY_5)
