"""Tasks by SQL that live: what starts and stops them, what they know, and what is told of them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from snowcore.engine.errors import AccountError
from snowcore.local import LocalAccount

from ..conftest import eventually
from .conftest import Clock, Run, cancelled, note


def log(run: Run) -> list[str]:
    return [f"{at:%H:%M:%S} {name}" for at, name in run("select at, name from log order by n")]


def history(run: Run, columns: str = "name, state", arguments: str = "") -> list[tuple[Any, ...]]:
    """What has ended or is under way, the oldest first."""
    asked = f"select {columns} from table(information_schema.task_history({arguments}))"
    return run(f"{asked} where state <> 'SCHEDULED' order by run_id, query_start_time, name")


def settle(account: LocalAccount) -> None:
    """Wait until nothing is at work at this moment."""
    account.advance()


# What starts a task


def test_who_awaits_a_run_is_answered_when_it_has_ended(account: LocalAccount, run: Run) -> None:
    run("create task k as call system$wait(300, 'MILLISECONDS')")
    run("create task nxt after k as select 1 / 0")
    run("alter task nxt resume")
    assert run("execute task k using config = '{\"a\": 1}' await") == [("Task K is scheduled to run immediately.",)]
    assert history(run) == [("K", "SUCCEEDED"), ("NXT", "FAILED")]
    run("alter task k modify as call system$wait(600)")
    session = account.session(database="D", schema="PUBLIC")
    with cancelled(session), pytest.raises(AccountError, match="SQL execution canceled"):
        session.execute("execute task k await")
    run("select system$user_task_cancel_ongoing_executions('k')")
    with pytest.raises(AccountError, match="unexpected 'await'"):
        run("execute task k retry last await")


def test_a_stream_triggers_a_task(account: LocalAccount, clock: Clock, run: Run) -> None:
    run("create table source (i int)")
    run("create stream s on table source")
    run("create task k when system$stream_has_data('s') as insert into log (name) select 'got ' || i from s")
    run("insert into source values (1)")
    settle(account)
    assert log(run) == []
    run("alter task k resume")
    settle(account)
    assert log(run) == ["12:00:00 got 1"]
    account.advance(minutes=10)
    assert len(log(run)) == 1
    run("insert into source values (2)")
    settle(account)
    run("insert into source values (3)")
    account.advance(seconds=29)
    assert log(run)[1:] == ["12:10:00 got 2"]
    account.advance(seconds=1)
    assert log(run)[2:] == ["12:10:30 got 3"]
    assert history(run, "state, scheduled_from") == [("SUCCEEDED", "TRIGGER")] * 3
    run("alter task k suspend")
    run("insert into source values (4)")
    account.advance(hours=1)
    assert len(log(run)) == 3


def test_a_task_that_leaves_its_stream_runs_again(account: LocalAccount, run: Run) -> None:
    run("create table source (i int)")
    run("create stream s on table source")
    interval = "user_task_minimum_trigger_interval_in_seconds"
    assert "is not from 10 to" in error(
        run, f"create task k {interval} = 9 when system$stream_has_data('s') as select 1"
    )
    run(f"create task k {interval} = 20 when system$stream_has_data('s') as {note('looked')}")
    run("alter task k resume")
    run("insert into source values (1)")
    account.advance(seconds=45)
    assert log(run) == ["12:00:00 looked", "12:00:20 looked", "12:00:40 looked"]


def test_the_account_sees_a_stream_by_itself(account: LocalAccount, run: Run) -> None:
    run("create table source (i int)")
    run("create stream s on table source")
    run("create task k when system$stream_has_data('s') as insert into log (name) select 'got' from s")
    run("alter task k resume")
    run("insert into source values (1)")
    eventually(lambda: log(run) == ["12:00:00 got"])


def test_a_schedule_with_a_condition(account: LocalAccount, run: Run) -> None:
    run("create table source (i int)")
    run("create stream s on table source")
    run(
        "create task k schedule = '1 MINUTE' when system$stream_has_data('s')"
        " as insert into log (name) select 'got ' || i from s"
    )
    run("alter task k resume")
    account.advance(minutes=1)
    run("insert into source values (1)")
    account.advance(minutes=2)
    assert log(run) == ["12:02:00 got 1"]
    columns = "state, error_code, error_message, query_id is null, condition_text"
    states = [row[0] for row in run(f"select {columns} from table(information_schema.task_history())")]
    assert states == ["SCHEDULED", "SKIPPED", "SUCCEEDED", "SKIPPED"]
    skipped = run(f"select {columns} from table(information_schema.task_history()) where state = 'SKIPPED'")
    text = "Conditional expression for task evaluated to false"
    assert skipped == [("SKIPPED", "0040003", text, True, "system$stream_has_data('s')")] * 2


def test_a_condition_must_be_one(run: Run) -> None:
    with pytest.raises(AccountError) as failed:
        run("create task k when 1 + as select 1")
    assert failed.value.code == "001003"


# Runs that meet


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ("NO_OVERLAP", ["13:00 root", "14:30 child", "15:00 root"]),
        ("ALLOW_CHILD_OVERLAP", ["13:00 root", "14:00 root", "14:30 child", "15:00 root", "15:30 child"]),
    ],
)
def test_a_run_that_is_due_while_another_goes_on(
    account: LocalAccount, run: Run, policy: str, expected: list[str]
) -> None:
    run(f"create task root schedule = '60 MINUTES' overlap_policy = {policy} as {note('root')}")
    run(
        "create task child after root user_task_timeout_ms = 7200000 as"
        f" begin call system$wait(90, 'minutes'); {note('child')}; end"
    )
    run("select system$task_dependents_enable('root')")
    account.advance(hours=3, minutes=45)
    assert [f"{line[:5]} {line[9:]}" for line in log(run)] == expected


def test_a_root_that_may_overlap_itself(account: LocalAccount, run: Run) -> None:
    body = f"begin call system$wait(90, 'minutes'); {note('root')}; end"
    allowed = "user_task_timeout_ms = 7200000 overlap_policy = ALLOW_ALL_OVERLAP"
    run(f"create task root schedule = '60 MINUTES' {allowed} as {body}")
    run("alter task root resume")
    account.advance(hours=3, minutes=45)
    assert log(run) == ["14:30:00 root", "15:30:00 root"]


# What stops a task


def test_a_task_that_fails_too_often_is_suspended(account: LocalAccount, run: Run) -> None:
    run("create task root schedule = '60 MINUTES' suspend_task_after_num_failures = 3 as select * from later")
    run("alter task root resume")
    account.advance(hours=2)
    run("create table later (i int)")
    account.advance(hours=1)
    run("drop table later")
    account.advance(hours=10)
    states = [state for (state,) in history(run, "state")]
    assert states == ["FAILED", "FAILED", "SUCCEEDED", "FAILED", "FAILED", "FAILED"]
    assert state(run, "root") == "suspended"
    run("alter task root resume")
    account.advance(hours=1)
    assert state(run, "root") == "started"


def test_a_task_that_somebody_stops_is_cancelled(account: LocalAccount, run: Run) -> None:
    run("create task root as call system$wait(1, 'hours')")
    run(f"create task child after root as {note('child')}")
    run("alter task child resume")
    run("execute task root")
    settle(account)
    ((query, state),) = history(run, "query_id, state")
    assert state == "EXECUTING"
    assert run(f"select system$cancel_query('{query}')") == [(f"query [{query}] terminated.",)]
    settle(account)
    assert history(run, "name, state, error_code") == [("ROOT", "CANCELLED", "000604")]
    run("execute task root retry last")
    account.advance(hours=1)
    assert [line[9:] for line in log(run)] == ["child"]


def test_a_schema_says_how_often_its_tasks_may_fail(account: LocalAccount, run: Run) -> None:
    run("alter schema d.public set suspend_task_after_num_failures = 1")
    run("create task root schedule = '60 MINUTES' as select * from nowhere")
    run("alter task root resume")
    account.advance(hours=5)
    assert history(run) == [("ROOT", "FAILED")]


def test_tasks_that_lose_their_root_are_suspended(run: Run) -> None:
    run("create task root as select 1")
    run("create task other as select 1")
    run("create task child after root as select 1")
    run("create task both after root, other as select 1")
    run("create task last finalize = root as select 1")
    for name in ("child", "both", "last"):
        run(f"alter task {name} resume")
    run("drop task root")
    assert [state(run, name) for name in ("child", "both", "last")] == ["suspended", "started", "suspended"]
    run("alter task both remove after other")
    assert state(run, "both") == "suspended"
    run("create or replace task last finalize = other as select 1")


def test_a_graph_changes_only_while_its_root_is_suspended(run: Run) -> None:
    run("create task root schedule = '60 MINUTES' as select 1")
    run("create task child after root as select 1")
    run("alter task root resume")
    for statement in (
        "alter task root set comment = 'x'",
        "alter task root unset schedule",
        "alter task child modify as select 2",
        "alter task child set user_task_timeout_ms = 1000",
        "create task more after root as select 1",
    ):
        assert "since that root task is not suspended" in error(run, statement)


def state(run: Run, name: str) -> str:
    run(f"show tasks like '{name}' in schema d.public")
    ((found,),) = run('select "state" from table(result_scan(last_query_id()))')
    return str(found)


def error(run: Run, statement: str) -> str:
    with pytest.raises(AccountError) as failed:
        run(statement)
    return failed.value.message


# What a run knows


def test_a_warehouse_must_be_there(account: LocalAccount, run: Run) -> None:
    assert "Warehouse 'NOPE' does not exist or not authorized" in error(
        run, "create task k warehouse = nope as select 1"
    )
    run("create warehouse w")
    assert "can't have both" in error(
        run, "create task k warehouse = w user_task_managed_initial_warehouse_size = 'SMALL' as select 1"
    )
    run("create task k warehouse = w as insert into log (name) select current_warehouse()")
    assert "'NOPE' does not exist" in error(run, "alter task k set warehouse = nope")
    run("execute task k")
    settle(account)
    assert log(run) == ["12:00:00 W"]
    run("drop warehouse w")
    run("alter task k set comment = 'x'")
    run("execute task k")
    settle(account)
    assert history(run, "error_message")[-1:] == [("Warehouse 'W' does not exist or not authorized.",)]


def test_session_parameters_act_in_the_run(account: LocalAccount, run: Run) -> None:
    run(
        "create task k ALLOW_OVERLAPPING_EXECUTION = true TIMEZONE='Asia/Tokyo'"
        " SNOWPARK_REQUEST_TIMEOUT_IN_SECONDS = 100"
        " QUERY_RESULT_FORMAT='ARROW' date_output_format = 'DD.MM.YYYY' schedule = '10 minute'"
        " as insert into log (name) select current_timestamp()::varchar || ' ' || current_date()::varchar"
    )
    run("execute task k")
    settle(account)
    assert log(run) == ["12:00:00 2026-03-01 21:00:00.000 +0900 01.03.2026"]
    run("alter task k set timezone = 'UTC', comment = 'x'")
    run("alter task k unset date_output_format, comment")
    run("execute task k")
    settle(account)
    assert log(run)[1:] == ["12:00:00 2026-03-01 12:00:00.000 +0000 2026-03-01"]
    assert "invalid value [perhaps] for parameter 'AUTOCOMMIT'" in error(run, "alter task k set autocommit = 'perhaps'")
    assert error(run, "alter task k set no_such_parameter = 1")


def test_what_a_task_is_told_to_be(run: Run) -> None:
    run("create warehouse w")
    run("create task root as select 1")
    declared = {
        "k": "warehouse = w schedule = '90 SECONDS' overlap_policy = ALLOW_ALL_OVERLAP timezone = 'UTC'"
        " autocommit = true"
        ' config = $${"a": [1, "it\'s"]}$$ suspend_task_after_num_failures = 0 comment = \'c\' when 1 = 1',
        "l": "finalize = root user_task_timeout_ms = 5",
        "t": "user_task_minimum_trigger_interval_in_seconds = 12 when system$stream_has_data('s')",
    }
    for name, said in declared.items():
        run(f"create task {name} {said} as select 2")
        ((before,),) = run(f"select get_ddl('task', '{name}')")
        run(before)
        assert run(f"select get_ddl('task', '{name}')") == [(before,)]
    assert "schedule='90 SECONDS'\n\toverlap_policy=ALLOW_ALL_OVERLAP" in run("select get_ddl('task', 'k')")[0][0]
    shown = {row[0]: (row[1], row[3]) for row in run("show parameters in task k")}
    assert shown["TIMEZONE"] == ("UTC", "TASK")
    assert shown["WEEK_START"] == ("0", "")
    units = {"30 S": "30 SECONDS", "1 M": "1 MINUTE", "2 h": "120 MINUTE", "2 HOURS": "120 MINUTE"}
    for written, told in units.items():
        run(f"create or replace task s schedule = '{written}' as select 1")
        run("show tasks like 's'")
        assert run('select "schedule" from table(result_scan(last_query_id()))') == [(told,)]


def test_a_configuration_for_one_run(account: LocalAccount, run: Run) -> None:
    run(
        """create task root config = $${"a": 1, "b": {"c": "kept"}}$$ as
        insert into log (name) select system$get_task_graph_config('a') || system$get_task_graph_config('b.c')"""
    )
    run("create task child after root as insert into log (name) select system$get_task_graph_config()")
    run("alter task child resume")
    run("""execute task root using config = $${"a": 2, "d": true}$$""")
    settle(account)
    assert [line[9:] for line in log(run)] == ["2kept", '{"a":2,"b":{"c":"kept"},"d":true}']
    assert {config for (config,) in history(run, "config")} == {'{"a":2,"b":{"c":"kept"},"d":true}'}
    run("execute task root")
    settle(account)
    assert log(run)[2][9:] == "1kept"
    assert "JSON" in error(run, "execute task root using config = 'no'")
    assert "a JSON object is expected" in error(run, "execute task root using config = '[1]'")


def test_a_retry_has_the_configuration_of_its_run(account: LocalAccount, run: Run) -> None:
    run("create task root as select * from later")
    run("create task child after root as insert into log (name) select system$get_task_graph_config('a')")
    run("alter task child resume")
    run("""execute task root using config = '{"a": "once"}'""")
    settle(account)
    run("create table later (i int)")
    run("execute task root retry last")
    settle(account)
    assert [line[9:] for line in log(run)] == ["once"]
    told = history(run, "name, state, attempt_number", "error_only => true")
    assert told == [("ROOT", "FAILED", 1)]
    assert len(set(history(run, "graph_run_group_id"))) == 1


def test_what_a_run_knows_of_itself(account: LocalAccount, run: Run) -> None:
    last = "LAST_SUCCESSFUL_TASK_GRAPH_ORIGINAL_SCHEDULED_TIMESTAMP"
    facts = ("CURRENT_ROOT_TASK_NAME", "CURRENT_TASK_GRAPH_ORIGINAL_SCHEDULED_TIMESTAMP", last)
    asked = " || ' ' || ".join(f"coalesce(system$task_runtime_info('{fact}'), 'none')" for fact in facts)
    run("create task root schedule = '60 MINUTES' as select 1")
    run(f"create task child after root as insert into log (name) select {asked}")
    run("select system$task_dependents_enable('root')")
    account.advance(hours=2)
    assert [line[9:] for line in log(run)] == [
        "ROOT 2026-03-01T13:00:00.000+00:00 none",
        "ROOT 2026-03-01T14:00:00.000+00:00 2026-03-01T13:00:00.000+00:00",
    ]


def test_what_is_only_known_in_a_task(run: Run) -> None:
    text = "Function SYSTEM$SET_RETURN_VALUE must be called from within a task"
    assert text in error(run, "call system$set_return_value('x')")


# What is told


def test_the_arguments_of_the_history_are_bound(account: LocalAccount, run: Run) -> None:
    run("create task k schedule = '60 MINUTES' as select 1")
    run("alter task k resume")
    account.advance(hours=3)
    arguments = "scheduled_time_range_start => ?, result_limit => ?, task_name => ?, error_only => ?"
    asked = f"select state from table(d.information_schema.task_history({arguments})) where state <> ?"
    since = datetime(2026, 3, 1, 13, 30, tzinfo=UTC)
    for limit, count in ((10, 2), (2, 1), (10, 2)):
        assert account.execute(asked, [since, limit, "k", False, "SCHEDULED"]) == [("SUCCEEDED",)] * count
    assert account.execute(asked, [since, 10, "other", False, "SCHEDULED"]) == []
    assert account.execute(asked, [since, 10, "k", True, "SCHEDULED"]) == []


TIMES = {"A": ["14:00", "15:00"], "B": ["13:30", "15:00"]}


def test_the_history_by_its_arguments(account: LocalAccount, run: Run) -> None:
    run("create task a schedule = '60 MINUTES' as select 1")
    run("create task b schedule = '90 MINUTES' as select * from nowhere")
    for name in ("a", "b"):
        run(f"alter task {name} resume")
    account.advance(hours=3, minutes=10)
    asked = "select name, to_char(scheduled_time, 'HH24:MI'), state from table(information_schema.task_history({}))"
    hour = "dateadd('hour', -{}, current_timestamp())"
    ran = [(name, time, state) for name, state in (("A", "SUCCEEDED"), ("B", "FAILED")) for time in TIMES[name]]
    found = run(asked.format(f"scheduled_time_range_start => {hour.format(2)}"))
    assert sorted(found) == sorted([*ran, ("A", "16:00", "SCHEDULED"), ("B", "16:30", "SCHEDULED")])
    found = run(
        asked.format(f"scheduled_time_range_start=>{hour.format(2)}, scheduled_time_range_end=>current_timestamp()")
    )
    assert sorted(found) == sorted(ran)
    assert run(asked.format("'2026-03-01 12:30:00'::timestamp_ltz, '2026-03-01 13:15:00'::timestamp_ltz")) == [
        ("A", "13:00", "SUCCEEDED")
    ]
    assert [row[1] for row in run(asked.format("task_name => 'b', error_only => true"))] == ["15:00", "13:30"]
    assert len(run(asked.format("result_limit => 2"))) == 2
    run("show tasks like 'a'")
    ((root,),) = run('select "id" from table(result_scan(last_query_id()))')
    assert {row[0] for row in run(asked.format(f"root_task_id => '{root}'"))} == {"A"}
    assert "RESULT_LIMIT" in error(run, asked.format("result_limit => 0"))
    assert "within the last 7 days" in error(run, asked.format(f"scheduled_time_range_start => {hour.format(200)}"))
    account.advance(days=8)
    assert len(run("select * from snowflake.account_usage.task_history where name = 'A'")) == 3 + 24 * 8
    assert min(run("select scheduled_time from table(information_schema.task_history(result_limit => 10000))"))[0] >= (
        account.clock() - account.clock().resolution * 7 * 86_400_000_000
    )


def test_runs_of_tasks_that_a_role_does_not_see(account: LocalAccount, run: Run) -> None:
    for name in ("a", "b"):
        run(f"create task {name} as select 1")
        run(f"execute task {name}")
    settle(account)
    for statement in (
        "create role r",
        "grant role r to user snowcore",
        "grant usage on database d to role r",
        "grant usage on schema d.public to role r",
        "grant monitor on task a to role r",
    ):
        run(statement)
    run("use role r")
    assert history(run) == [("A", "SUCCEEDED")]
    run("use role accountadmin")
    run("grant monitor execution on account to role r")
    run("use role r")
    assert history(run) == [("A", "SUCCEEDED"), ("B", "SUCCEEDED")]


def test_graphs_and_dependents(account: LocalAccount, run: Run) -> None:
    run("create task root schedule = '60 MINUTES' as select 1")
    run("create task child after root as begin call system$wait(10, 'minutes'); select * from nowhere; end")
    run("create task grandchild after child as select 1")
    assert run("select system$task_dependents_enable('d.public.root')") == [(True,)]
    account.advance(minutes=65)
    columns = "root_task_name, state, to_char(scheduled_time, 'HH24:MI'), first_error_task_name"
    current = f"select {columns} from table(information_schema.current_task_graphs(root_task_name => 'ROOT'))"
    assert run(current) == [("ROOT", "SCHEDULED", "14:00", None), ("ROOT", "EXECUTING", "13:00", None)]
    complete = f"select {columns} from table(information_schema.complete_task_graphs())"
    assert run(complete) == []
    account.advance(minutes=5)
    assert run(complete) == [("ROOT", "FAILED", "13:00", "CHILD")]
    dependents = (
        "select name, predecessors, state from table(information_schema.task_dependents(task_name => 'root'{}))"
    )
    assert [row[0] for row in run(dependents.format(""))] == ["ROOT", "CHILD", "GRANDCHILD"]
    assert [row[0] for row in run(dependents.format(", recursive => false"))] == ["ROOT", "CHILD"]
