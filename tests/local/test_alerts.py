"""Alerts that are resumed: what they find, what they do, and what is told of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from snowcore import Root
from snowcore.alert import Alert, CronSchedule, MinutesSchedule
from snowcore.engine.errors import AccountError
from snowcore.local import LocalAccount

from ..conftest import eventually
from .conftest import Api, Clock, Run

PATH = {"database": "d", "schema": "public", "name": "a"}


@pytest.fixture
def run(run: Run) -> Run:
    run("create table readings (at timestamp_ltz default current_timestamp(), celsius int)")
    run("alter table log rename column name to text")
    return run


def make(account: LocalAccount, condition: str, action: str, schedule: Any = None, *, started: bool = True) -> None:
    alerts = Root(account).databases["d"].schemas["public"].alerts
    schedule = schedule or MinutesSchedule(minutes=60)
    alerts.create(Alert(name="a", schedule=schedule, condition=condition, action=action))
    if started:
        account.perform("alert", "resume", PATH)


def history(run: Run, columns: str = "state") -> list[tuple[Any, ...]]:
    return run(f"select {columns} from table(information_schema.alert_history()) order by scheduled_time")


def test_an_alert_acts_when_its_condition_finds_rows(account: LocalAccount, run: Run) -> None:
    make(account, "select 1 from readings where celsius > 30", "insert into log (text) values ('hot')")
    account.advance(minutes=90)
    run("insert into readings (celsius) values (20), (31)")
    account.advance(hours=2)
    assert run("select to_char(at, 'HH24:MI'), text from log order by n") == [("14:00", "hot"), ("15:00", "hot")]
    states = [state for (state,) in history(run)]
    assert states == ["CONDITION_FALSE", "TRIGGERED", "TRIGGERED", "SCHEDULED"]
    ran = "query_text in ('select 1 from readings where celsius > 30', 'insert into log (text) values (''hot'')')"
    known = f"select query_id from table(information_schema.query_history()) where {ran}"
    ids = history(run, "condition_query_id, action_query_id")
    assert {one for pair in ids for one in pair if one} == {one for (one,) in run(known)}
    account.perform("alert", "suspend", PATH)
    account.advance(days=1)
    assert len(history(run)) == 3


def test_an_alert_without_a_schedule_acts_on_new_rows(account: LocalAccount, run: Run) -> None:
    run("insert into readings (celsius) values (50)")
    run("create alert a if (exists (select celsius from readings as r where celsius > 30)) then"
        " insert into log (text) select 'hot'")  # fmt: skip
    with pytest.raises(AccountError, match=r"[Cc]hange tracking"):
        run("alter alert a resume")
    run("alter table readings set change_tracking = true")
    run("alter alert a resume")
    account.advance(hours=1)
    assert (history(run), run("show alerts")[0][7]) == ([], "")
    for _ in range(2):
        run("insert into readings (celsius) values (20)")
        account.advance(seconds=1)
        run("insert into readings (celsius) values (20), (31)")
        account.advance(seconds=1)
    run("delete from readings")
    account.advance(days=1)
    assert [state for (state,) in history(run)] == ["CONDITION_FALSE", "TRIGGERED"] * 2
    assert run("select text from log") == [("hot",)] * 2
    with pytest.raises(AccountError, match="no schedule"):
        run("execute alert a")
    run("alter alert a set schedule = '60 minutes'")
    account.advance(minutes=90)
    assert len(history(run, "state")) == 6  # and the next one, which is due
    run("alter alert a unset schedule")
    account.advance(days=1)
    assert len(history(run)) == 5
    for condition in ("select 1", "select 1 from readings, log", "with w as (select 1) select * from w"):
        with pytest.raises(AccountError, match="one table or view"):
            run(f"create alert b if (exists ({condition})) then select 1")


def test_an_alert_on_new_rows_goes_on_in_an_account_that_is_opened_again(tmp_path: Path) -> None:
    with LocalAccount(tmp_path) as account:
        account.execute("create database d")
        session = account.session(database="D", schema="PUBLIC")
        session.execute("create table t (n int) change_tracking = true")
        session.execute("create table log as select n from t")
        session.execute("create alert a if (exists (select n from t)) then insert into log select count(*) from t")
        session.execute("alter alert a resume")
        session.execute("insert into t values (1)")
        account.advance(seconds=1)
    with LocalAccount(tmp_path) as account:
        session = account.session(database="D", schema="PUBLIC")
        session.execute("insert into t values (2)")
        account.advance(seconds=1)
        assert session.execute("select n from log order by n").rows == [(1,), (2,)]


def test_an_alert_is_asked_of_the_time_between_two_runs(account: LocalAccount, run: Run) -> None:
    make(
        account,
        "select celsius from readings where at > snowflake.alert.last_successful_scheduled_time()"
        " and at <= snowflake.alert.scheduled_time()",
        "insert into log (text) select listagg(celsius, ' ') within group (order by celsius)"
        " from table(result_scan(snowflake.alert.get_condition_query_uuid()))",
        CronSchedule(cron_expr="0 * * * *", timezone="UTC"),
    )
    for celsius in (1, 2, 3, 4):
        run(f"insert into readings (celsius) values ({celsius})")
        account.advance(minutes=40)
    assert run("select text from log order by n") == [("2",), ("3",)]
    with pytest.raises(AccountError, match="must be called from within an alert"):
        run("select snowflake.alert.scheduled_time()")


def test_an_alert_that_fails(account: LocalAccount, run: Run) -> None:
    make(account, "select * from later", "insert into nowhere values (1)")
    account.advance(hours=1)
    run("create table later as select 1 i")
    account.advance(hours=1)
    told = history(run, "state, error_code, action_query_id is null")
    assert told[:2] == [("CONDITION_FAILED", "002003", True), ("ACTION_FAILED", "002003", False)]
    only = "select count(*) from table(information_schema.alert_history(alert_name => '{}', result_limit => 1))"
    assert [run(only.format(name)) for name in ("a", "b")] == [[(1,)], [(0,)]]


@pytest.mark.parametrize("by_sql", [False, True])
def test_an_alert_is_executed_at_once(account: LocalAccount, run: Run, *, by_sql: bool) -> None:
    make(account, "show tables", "insert into log (text) values ('done')", started=False)
    if by_sql:
        run("execute alert a")
    else:
        Root(account).databases["d"].schemas["public"].alerts["a"].execute()
    eventually(lambda: history(run) == [("TRIGGERED",)])
    assert run("select text from log") == [("done",)]


def test_an_alert_needs_a_schedule_that_can_be(api: Api, home: str) -> None:
    body = {"name": "a", "condition": "select 1", "action": "select 1"}
    minutes = {"schedule_type": "SCHEDULE_TYPE", "minutes": 0}
    cron = {"schedule_type": "CRON_TYPE", "cron_expr": "61 * * * *", "timezone": "UTC"}
    for schedule, message in ((minutes, "from"), (cron, "'61' is no minute")):
        assert message in api.error("POST", f"{home}/alerts", {**body, "schedule": schedule})[2]


def test_what_is_told_of_alerts_is_there_again(tmp_path: Any, clock: Clock) -> None:
    with LocalAccount(tmp_path, clock=clock) as account:
        account.execute("create database d")
        make(account, "select 1", "select 2")
        account.advance(hours=1)
    with LocalAccount(tmp_path, clock=clock) as account:
        account.advance(hours=1)
        rows = account.execute("select state from snowflake.account_usage.alert_history")
        assert rows == [("TRIGGERED",)] * 2
