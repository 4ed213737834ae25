"""Graphs in trouble: time limits of the whole, finalizers of each attempt, what is stopped, taken up again, given away.

What they do is told in https://docs.snowflake.com/en/user-guide/tasks-graphs and on the page of EXECUTE TASK.
"""

from __future__ import annotations

from typing import Any

import pytest

from snowcore.engine.errors import AccountError
from snowcore.local import LocalAccount

from .conftest import Run, note

WAIT = "begin call system$wait({}, 'minutes'); {}; end"


def log(run: Run) -> list[str]:
    return [f"{at:%H:%M} {name}" for at, name in run("select at, name from log order by n")]


def history(run: Run, columns: str = "name, state") -> list[tuple[Any, ...]]:
    asked = f"select {columns} from table(information_schema.task_history(result_limit => 1000))"
    return run(f"{asked} where state <> 'SCHEDULED' order by run_id, attempt_number, completed_time, name")


def error(run: Run, statement: str) -> tuple[str, str]:
    with pytest.raises(AccountError) as failed:
        run(statement)
    return failed.value.code, failed.value.message


def test_a_finalizer_mends_what_the_next_attempt_needs(account: LocalAccount, run: Run) -> None:
    run(f"create task root schedule = '60 MINUTES' task_auto_retry_attempts = 2 as {note('root')}")
    run("create task child after root as insert into demo select 1")
    run(f"create task after_child after child as {note('after_child')}")
    run("create task last finalize = root as create table if not exists demo (i int)")
    run("select system$task_dependents_enable('root')")
    account.advance(minutes=61)
    assert history(run, "name, state, attempt_number") == [
        ("CHILD", "FAILED", 1),
        ("LAST", "SUCCEEDED", 1),
        ("ROOT", "SUCCEEDED", 1),
        ("AFTER_CHILD", "SUCCEEDED", 2),
        ("CHILD", "SUCCEEDED", 2),
        ("LAST", "SUCCEEDED", 2),
    ]
    assert log(run) == ["13:00 root", "13:00 after_child"]
    complete = "select state, attempt_number from table(information_schema.complete_task_graphs()) order by 2"
    assert run(complete) == [("FAILED", 1), ("SUCCEEDED", 2)]


def test_nothing_is_finalized_of_a_root_that_is_skipped(account: LocalAccount, run: Run) -> None:
    run(f"create task root schedule = '60 MINUTES' when false as {note('root')}")
    run(f"create task last finalize = root as {note('last')}")
    run("select system$task_dependents_enable('root')")
    account.advance(minutes=61)
    assert (log(run), history(run)) == ([], [("ROOT", "SKIPPED")])


def test_a_root_that_fails_is_finalized(account: LocalAccount, run: Run) -> None:
    run("create task root as select * from nowhere")
    run(f"create task child after root as {note('child')}")
    run(f"create task last finalize = root as {note('last')}")
    run("select system$task_dependents_enable('root')")
    run("alter task root suspend")
    run("execute task root")
    account.advance()
    assert history(run) == [("LAST", "SUCCEEDED"), ("ROOT", "FAILED")]


def test_the_time_limit_of_a_root_is_that_of_its_graph(account: LocalAccount, run: Run) -> None:
    run(f"create task root schedule = '60 MINUTES' user_task_timeout_ms = 1800000 as {WAIT.format(20, note('root'))}")
    run(f"create task child after root as {WAIT.format(20, note('child'))}")
    run(f"create task own after root user_task_timeout_ms = 3000000 as {WAIT.format(30, note('own'))}")
    run("select system$task_dependents_enable('root')")
    account.advance(hours=1, minutes=59)
    assert log(run) == ["13:20 root", "13:50 own"]
    text = "Statement reached its statement or warehouse timeout of 1800 second(s) and was canceled."
    ended = "name, state, error_message, to_char(completed_time, 'HH24:MI')"
    assert sorted(history(run, ended), key=str) == [
        ("CHILD", "FAILED", text, "13:30"),
        ("OWN", "SUCCEEDED", None, "13:50"),
        ("ROOT", "SUCCEEDED", None, "13:20"),
    ]


def test_a_task_is_stopped_by_its_name(account: LocalAccount, run: Run) -> None:
    run(f'create task "My root" as {WAIT.format(60, note("root"))}')
    run(f'create task child after "My root" as {note("child")}')
    run(f'create task last finalize = "My root" as {note("last")}')
    cancel = "select system$user_task_cancel_ongoing_executions('{}')"
    assert run(cancel.format('d.public."My root"'))[0][0].startswith(
        "Task My root has no currently running executions."
    )
    run("""select system$task_dependents_enable('"My root"')""")
    run('execute task "My root"')
    account.advance()
    ((query,),) = history(run, "query_id")
    told = "Marked 1 task runs for cancellation. It may take a few seconds for cancellation to complete."
    assert run(cancel.format('"My root"')) == [(f"{told} Query ids canceled: [{query}]",)]
    account.advance()
    assert history(run, "name, state, error_code") == [("LAST", "SUCCEEDED", None), ("My root", "CANCELLED", "000604")]
    run("create role r")
    run("grant role r to user snowcore")
    run("grant usage on database d to role r")
    run("grant usage on schema d.public to role r")
    run('grant monitor on task "My root" to role r')
    run("use role r")
    assert error(run, cancel.format('"My root"'))[0] == "003001"
    assert error(run, cancel.format("child"))[0] == "002003"


def test_a_task_that_stops_itself(account: LocalAccount, run: Run) -> None:
    stop = "select system$user_task_cancel_ongoing_executions('k')"
    run(f"create task k as begin {note('before')}; {stop}; {note('after')}; exception when other then return 1; end")
    run("execute task k")
    account.advance()
    assert [line[6:] for line in log(run)] == ["before"]
    assert history(run) == [("K", "CANCELLED")]


def test_a_configuration_for_one_run_is_merged_into_the_tasks(account: LocalAccount, run: Run) -> None:
    config = '{"environment": "production", "output_paths": {"logs": "/prod/logs", "results": "/prod/results"}}'
    run(f"create task root config = $${config}$$ as insert into log (name) select system$get_task_graph_config()")
    run("""execute task root using config = $${"output_paths": {"results": "/temp/testing"}}$$""")
    account.advance()
    merged = '{"environment":"production","output_paths":{"logs":"/prod/logs","results":"/temp/testing"}}'
    assert [line[6:] for line in log(run)] == [merged]


def test_the_last_one_asked_for_runs_next(account: LocalAccount, run: Run) -> None:
    run(f"create task root as {WAIT.format(30, 'insert into log (name) select system$get_task_graph_config()')}")
    for number in (1, 2, 3):
        run(f"""execute task root using config = '{{"run": {number}}}'""")
    account.advance(hours=3)
    assert log(run) == ['12:30 {"run":1}', '13:00 {"run":3}']
    assert history(run) == [("ROOT", "SUCCEEDED")] * 2


def test_an_earlier_run_is_taken_up_again(account: LocalAccount, run: Run) -> None:
    run("create table source (i int)")
    run(f"create task root schedule = '60 MINUTES' as {note('root')}")
    run("create task child after root as insert into log (name) select 1 / i from source")
    run("select system$task_dependents_enable('root')")
    run("insert into source values (0)")
    account.advance(minutes=61)
    run("update source set i = 1")
    account.advance(hours=1)
    ((group,),) = run(
        "select distinct graph_run_group_id from table(information_schema.task_history()) where state = 'FAILED'"
    )
    retry = "execute task root retry {}"
    assert "had no failures" in error(run, retry.format("last"))[1]
    assert "no suitable run" in error(run, retry.format("graph run group 'f00'"))[1]
    run(retry.format(f"graph run group '{group}'"))
    account.advance()
    assert log(run) == ["13:00 root", "14:00 root", "14:00 1.000000", "14:01 1.000000"]
    ended = f"name, state, attempt_number, graph_run_group_id = {group}"
    assert history(run, ended)[:3] == [
        ("CHILD", "FAILED", 1, True),
        ("ROOT", "SUCCEEDED", 1, True),
        ("CHILD", "SUCCEEDED", 2, True),
    ]
    run("update source set i = 0")
    account.advance(hours=1)
    run("alter task root suspend")
    account.advance(days=15)
    assert "no suitable run" in error(run, retry.format("last"))[1]


def test_an_alteration_is_of_the_runs_to_come(account: LocalAccount, run: Run) -> None:
    run(f"create task root schedule = '60 MINUTES' as {WAIT.format(10, note('root'))}")
    run(f"create task child after root as {note('old child')}")
    run("select system$task_dependents_enable('root')")
    account.advance(minutes=65)
    run("alter task root suspend")
    run(f"alter task child modify as {note('new child')}")
    run(f"create task other after root as {note('other')}")
    run("select system$task_dependents_enable('root')")
    account.advance(minutes=75)
    assert log(run)[:3] == ["13:10 root", "13:10 old child", "14:15 root"]
    assert sorted(log(run)[3:]) == ["14:15 new child", "14:15 other"]


def test_who_owns_a_task_must_be_able_to_run_it(account: LocalAccount, run: Run) -> None:
    for statement in (
        "create role r",
        "grant role r to user snowcore",
        "grant usage on database d to role r",
        "grant usage, create task on schema d.public to role r",
        "grant insert on table log to role r",
        "create warehouse w",
        "use role r",
        f"create task k schedule = '60 MINUTES' as {note('k')}",
    ):
        run(statement)
    lacks = "Cannot execute task, {} privilege must be granted to owner role"
    for statement in ("alter task k resume", "execute task k", "select system$task_dependents_enable('k')"):
        assert error(run, statement) == ("091089", lacks.format("EXECUTE TASK"))
    run("use role accountadmin")
    run("grant execute task on account to role r")
    run("use role r")
    run("alter task k resume")
    account.advance(minutes=61)
    assert history(run, "state, error_code, error_message") == [
        ("FAILED", "091089", lacks.format("EXECUTE MANAGED TASK"))
    ]
    run("use role accountadmin")
    run("grant execute managed task on account to role r")
    account.advance(minutes=60)
    assert log(run) == ["14:00 k"]
    run("grant role r to role accountadmin")
    run("alter task k suspend")
    run("alter task k set warehouse = w")
    run("execute task k")
    account.advance()
    text = "Cannot execute task, USAGE privilege on the task's warehouse must be granted to owner role"
    assert history(run, "error_message")[-1] == (text,)
    run("grant usage on warehouse w to role r")
    run("execute task k")
    account.advance()
    assert history(run, "state")[-1] == ("SUCCEEDED",)


def test_a_task_that_is_given_away_leaves_its_graph(account: LocalAccount, run: Run) -> None:
    run("create role r")
    for name, after in (
        ("root", ""),
        ("child", "after root"),
        ("grandchild", "after child"),
        ("last", "finalize = root"),
    ):
        run(f"create task {name} {after} as select 1")
    run("select system$task_dependents_enable('root')")
    run("alter task root suspend")
    run("grant ownership on task child to role r")

    def links() -> dict[str, tuple[str, str]]:
        run("show tasks")
        found = run('select "name", "predecessors", "state" from table(result_scan(last_query_id()))')
        return {name: (before, state) for name, before, state in found}

    assert links() == {
        "CHILD": ("[]", "suspended"),
        "GRANDCHILD": ("[]", "suspended"),
        "LAST": ("[]", "started"),
        "ROOT": ("[]", "suspended"),
    }
    run("alter task grandchild add after root")
    run("grant ownership on all tasks in schema d.public to role r")
    assert "ROOT" in links()["GRANDCHILD"][0]
    run("drop role r")
    assert "ROOT" in links()["GRANDCHILD"][0]


def test_graphs_of_all_time_are_told_to_those_who_see_them(account: LocalAccount, run: Run) -> None:
    run("create task root schedule = '60 SECONDS' as select 1")
    run("alter task root resume")
    account.advance(minutes=61)
    earlier = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 170) INSERT INTO"
    row = "json_set(row, '$.completed_time', '2025-01-01T00:00:00.000+00:00')"
    for table, columns in (
        ("graph_runs", f"run_id - i * 100000000, attempt, root, state, {row}, '2025-01-01T00:00:00.000+00:00'"),
        ("task_runs", f"run_id - i * 100000000, attempt, name, state, {row}"),
    ):
        account.catalog.rows(f"{earlier} {table} SELECT {columns} FROM {table}, n")
    for view in ("task_history", "complete_task_graphs"):
        told = run(f"select count(*) from snowflake.account_usage.{view} where state = 'SUCCEEDED'")
        assert (view, told) == (view, [(61 * 171,)])
    asked = "select count(*) from table(d.information_schema.complete_task_graphs(result_limit => 1000))"
    assert run(asked) == [(61,)]
    run("create role r")
    run("grant role r to user snowcore")
    run("grant usage on database d to role r")
    run("use role r")
    assert run(asked) == [(0,)]


def test_a_task_is_cloned(run: Run) -> None:
    run("create task root schedule = '60 MINUTES' config = '{\"a\": 1}' as select 1")
    run("create task child after root as select 2")
    run("create task other clone child")
    run("alter task child resume")
    run("create task again clone child")
    ddl = "select replace(get_ddl('task', '{}'), '{}', 'X')"
    told = {run(ddl.format(name, name.upper()))[0][0] for name in ("child", "other", "again")}
    assert len(told) == 1
    run("show tasks like 'again'")
    assert run('select "state", "predecessors" from table(result_scan(last_query_id()))') == [
        ("suspended", '["D.PUBLIC.ROOT"]')
    ]
