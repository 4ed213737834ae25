"""Nobody gets more than they were given by what another runs for them: tasks, procedures, dynamic tables, clones …

A user has a role that owns a database, sees the schema of another one, and has nothing in it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Any

import orjson
import pytest

from snowcore.engine.errors import AccountError
from snowcore.local import LocalAccount
from snowcore.local.account.calls import Context
from snowcore.local.objects.access import context_of
from snowcore.local.sql import SqlSession

from ..conftest import eventually

SECRET = "what nobody shall read"
VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"


@pytest.fixture
def account() -> Iterator[LocalAccount]:
    with LocalAccount() as account:
        for text in (
            "create role r",
            "create user u password = 'sesame' default_role = r",
            "grant role r to user u",
            "create warehouse w",
            "grant usage on warehouse w to role r",
            "create database mine",
            "grant ownership on schema mine.public to role r",
            "grant ownership on database mine to role r",
            "create database d",
            "create schema d.s",
            f"create table d.s.t as select 1 as a, '{SECRET}' as b",
            "grant usage on database d to role r",
            "grant usage on schema d.s to role r",
            "grant execute task, execute managed task on account to role r",
        ):
            account.execute(text)
        yield account


@pytest.fixture
def user(account: LocalAccount) -> Iterator[SqlSession]:
    session = _session(account, "U")
    session.use("MINE", "PUBLIC")
    yield session
    session.close()


def _session(account: LocalAccount, user: str) -> SqlSession:
    return account._open_session(context_of(account, user))  # pyright: ignore[reportPrivateUsage]


def _refused(session: SqlSession, text: str, code: str = "002003") -> None:
    with pytest.raises(AccountError) as refused:
        session.execute(text)
    assert (text, refused.value.code) == (text, code)


def _rest(
    account: LocalAccount, method: str, path: str, body: Any = None, who: Context | None = None
) -> tuple[int, Any]:
    content = None if body is None else orjson.dumps(body)
    status, _, answer = account.handle_request(method, path, {}, content, who or context_of(account, "U"))
    return status, orjson.loads(answer)


def _run(user: SqlSession, task: str, told: str) -> list[tuple[Any, ...]]:
    """Execute a task; what its history tells once the run has ended."""
    user.execute(f"execute task {task}")
    history = "from table(information_schema.task_history())"
    ended = f"select 1 {history} where state not in ('SCHEDULED', 'EXECUTING')"
    eventually(lambda: user.execute(ended).rows, "the run doesn't end")
    return list(user.execute(f"select {told} {history}").rows)


@pytest.mark.parametrize("words", ["role accountadmin", "secondary roles all"])
def test_a_task_keeps_to_the_role_that_owns_it(account: LocalAccount, user: SqlSession, words: str) -> None:
    stolen = "create table mine.public.stolen as select * from d.s.t"
    user.execute(f"create task k as begin use {words}; grant role accountadmin to user u; {stolen}; end")
    (run,) = _run(user, "k", "state, error_message")
    assert run[0] == "FAILED" and f"USE {words.rpartition(' ')[0].upper()}" in run[1]
    assert account.access.available("U") == ["PUBLIC", "R"]
    _refused(user, "select * from stolen")


def test_a_task_runs_as_the_system(account: LocalAccount, user: SqlSession) -> None:
    user.execute("create task k as select system$set_return_value(current_user() || ' ' || current_role())")
    assert _run(user, "k", "return_value, state, error_message") == [("SYSTEM R", "SUCCEEDED", None)]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("use role accountadmin", "000002"),
        ("use secondary roles all", "000002"),
        ("execute immediate 'use role accountadmin'", "000002"),
        ("alter user snowcore set password = 'another one'", "002003"),
        ("select * from table(result_scan(last_query_id()))", "000709"),
        ("select * from table(information_schema.query_history_by_user('SNOWCORE'))", ""),
    ],
)
def test_a_procedure_with_its_owners_rights_has_none_of_its_callers(
    account: LocalAccount, user: SqlSession, body: str, code: str
) -> None:
    account.execute("grant role r to role sysadmin")
    user.execute(
        "create procedure p() returns table () language sql as"
        f" $$ declare x resultset; begin x := ({body}); return table(x); end $$"
    )
    caller = account.session(database="MINE", schema="PUBLIC")
    caller.execute("select * from d.s.t")
    if code:
        _refused(caller, "call p()", code)
    else:
        assert caller.execute("call p()").rows == []
    assert caller.role == "ACCOUNTADMIN"


def test_what_a_procedure_of_an_owner_has_read_is_not_its_callers(account: LocalAccount, user: SqlSession) -> None:
    body = "begin select * from d.s.t; return last_query_id(); end"
    account.execute(f"create procedure d.s.p() returns varchar language sql as '{body}'")
    account.execute("grant usage on procedure d.s.p() to role r")
    ((id_,),) = user.execute("call d.s.p()").rows
    _refused(user, f"select * from table(result_scan('{id_}'))", "000709")


def test_a_callers_procedure_over_rest_has_no_other_user(account: LocalAccount, user: SqlSession) -> None:
    user.execute(
        "create procedure p() returns int language sql execute as caller as"
        " 'begin use role accountadmin; return 1; end'"
    )
    _, told = _rest(
        account, "POST", "/api/v2/databases/mine/schemas/public/procedures/p():call", {"call_arguments": []}
    )
    assert told["code"] == "003013"


def test_a_dynamic_table_reads_with_its_owners_privileges(account: LocalAccount, user: SqlSession) -> None:
    made = "create dynamic table dt target_lag = '1 minute' warehouse = w as select * from d.s.t"
    _refused(user, made)
    account.execute("grant select on table d.s.t to role r")
    user.execute(made)
    account.execute("revoke select on table d.s.t from role r")
    account.execute("insert into d.s.t values (2, 'more')")
    _refused(user, "alter dynamic table dt refresh")
    assert len(user.execute("select * from dt").rows) == 1


@pytest.mark.parametrize(
    "text",
    [
        "select * from d.s.x",
        "describe table d.s.x",
        "describe dynamic table d.s.x",
        "select get_ddl('table', 'd.s.x')",
        "show columns in table d.s.x",
        "truncate table d.s.x",
        "drop table d.s.x",
        "drop view d.s.x",
        "create table like_x like d.s.x",
    ],
)
@pytest.mark.parametrize("kind", ["dynamic table", "event table", "stream", "view"])
def test_what_is_read_as_a_table_is_hidden_like_one(
    account: LocalAccount, user: SqlSession, kind: str, text: str
) -> None:
    more = {
        "dynamic table": " target_lag = '1 minute' warehouse = w as select * from d.s.t",
        "stream": " on table d.s.t",
        "view": " as select * from d.s.t",
    }
    account.execute(f"create {kind} d.s.x{more.get(kind, '')}")
    _refused(user, text)
    for view in ("tables", "columns"):
        assert user.execute(f"select * from d.information_schema.{view} where table_name = 'X'").rows == []


@pytest.mark.parametrize("temporary", ["", "temporary "])
def test_the_columns_of_another_are_not_taken_over(account: LocalAccount, user: SqlSession, temporary: str) -> None:
    _refused(user, f"create {temporary}table u like d.s.t")
    account.execute("grant insert on table d.s.t to role r")
    _refused(user, f"create {temporary}table u like d.s.t", "003001")


def test_a_stream_needs_what_it_follows(account: LocalAccount, user: SqlSession) -> None:
    _refused(user, "create stream st on table d.s.t")
    account.execute("grant insert on table d.s.t to role r")
    _refused(user, "create stream st on table d.s.t", "003001")
    account.execute("grant select on table d.s.t to role r")
    user.execute("create stream st on table d.s.t")


def test_what_another_has_dropped_stays_dropped(account: LocalAccount, user: SqlSession) -> None:
    account.execute("drop table d.s.t")
    account.execute("grant create table on schema d.s to role r")
    _refused(user, "undrop table d.s.t")
    account.execute("undrop table d.s.t")


def test_a_default_over_rest_reads_nothing_of_others(account: LocalAccount, user: SqlSession) -> None:
    user.execute("create table x as select 1 as a")
    leak = {"name": "b", "datatype": "varchar", "default": "(select max(b) from d.s.t)"}
    body = {"name": "x", "columns": [{"name": "a", "datatype": "number(1,0)"}, leak]}
    place = "/api/v2/databases/mine/schemas/public/tables"
    assert _rest(account, "PUT", f"{place}/x", body)[1]["code"] == "002003"
    assert _rest(account, "POST", place, {**body, "name": "y"})[1]["code"] == "002003"
    assert user.execute("select * from x").rows == [(1,)]


def test_a_task_with_another_owner_waits_to_be_resumed(account: LocalAccount, user: SqlSession) -> None:
    """By GRANT OWNERSHIP, and by the end of the role that owned it."""
    for name in ("k", "l"):
        user.execute(f"create task {name} schedule = '60 minute' as grant role accountadmin to user u")
        user.execute(f"alter task {name} resume")
    account.execute("alter role r rename to s")
    place = "/api/v2/databases/mine/schemas/public/tasks/"
    own = Context()
    assert _rest(account, "GET", f"{place}k", who=own)[1]["state"] == "started"
    account.execute("grant ownership on task mine.public.k to role accountadmin")
    assert _rest(account, "GET", f"{place}k", who=own)[1]["state"] == "suspended"
    account.execute("drop role s")
    told = _rest(account, "GET", f"{place}l", who=own)[1]
    assert (told["state"], told["owner"]) == ("suspended", "ACCOUNTADMIN")


def test_every_user_has_a_stage(account: LocalAccount, user: SqlSession) -> None:
    account.execute("create user x default_role = r")
    account.execute("grant role r to user x")
    other, own = _session(account, "X"), account.session()
    for session, file in ((own, "own"), (user, "user"), (other, "other")):
        session.execute(f"copy into @~/{file}.csv from (select 1) single = true file_format = (compression = none)")
    for session, file in ((own, "own"), (user, "user"), (other, "other")):
        assert [row[0] for row in session.execute("list @~").rows] == [f"{file}.csv"]
    assert user.execute("select $1 from @~/own.csv").rows == []
    account.execute("create or replace user x default_role = r")
    account.execute("grant role r to user x")
    assert other.execute("list @~").rows == []


def test_writing_to_a_stage_takes_more_than_reading(account: LocalAccount, user: SqlSession) -> None:
    account.execute("create stage d.s.st")
    account.execute("grant read on stage d.s.st to role r")
    for target in ("@d.s.st/x", "'@d.s.st/x'"):
        _refused(user, f"copy into {target} from (select 1)", "003001")
    user.execute("list @d.s.st")


def test_nobody_stops_the_queries_of_others(account: LocalAccount, user: SqlSession) -> None:
    other = account.session(warehouse="W")
    other.execute("begin")
    other.execute("insert into d.s.t values (2, 'x')")
    assert user.execute("show transactions in account").rows == user.execute("show locks in account").rows == []
    assert len(account.session().execute("show transactions in account").rows) == 1
    with _waiting(other):
        assert user.execute(f"select system$cancel_all_queries({other.id})").rows == [("0 queries cancelled.",)]
        account.execute("grant operate on warehouse w to role r")
        assert user.execute(f"select system$cancel_all_queries({other.id})").rows == [("1 queries cancelled.",)]


@contextmanager
def _waiting(session: SqlSession) -> Iterator[None]:
    """A session runs a query that only ends when somebody stops it."""
    begun, failed = Event(), list[str]()
    clock = session.account.clock
    sleep = clock.sleep

    def sleep_and_tell(*arguments: Any, **named: Any) -> bool:
        begun.set()
        return sleep(*arguments, **named)

    def run() -> None:
        try:
            session.execute("select system$wait(60)")
        except AccountError as error:
            failed.append(error.code)

    clock.sleep = sleep_and_tell
    thread = Thread(target=run)
    thread.start()
    assert begun.wait(60)
    yield
    thread.join(60)
    clock.sleep = sleep
    assert failed == ["000604"]


def test_runs_of_tasks_are_told_to_those_who_see_the_task(account: LocalAccount, user: SqlSession) -> None:
    account.execute("create task d.s.k as select 1")
    account.execute("execute task d.s.k")
    asked = "select name from table(information_schema.task_history())"
    assert user.execute(asked).rows == []
    account.execute("grant monitor on task d.s.k to role r")
    assert user.execute(asked).rows == [("K",)]


def test_the_privileges_of_others_are_told_on_what_one_sees(account: LocalAccount, user: SqlSession) -> None:
    account.execute("create role other")
    account.execute("grant select on table d.s.t to role other")
    account.execute("grant usage on schema d.s to role other")
    for name in ("other", "accountadmin"):
        told = {row[3] for row in user.execute(f"show grants to role {name}").rows}
        assert "D.S.T" not in told and "D.S" in told
        place = f"/api/v2/roles/{name}/grants"
        assert {"T"}.isdisjoint(one["securable"]["name"] for one in _rest(account, "GET", place)[1])
    assert "D.S.T" in {row[3] for row in account.execute("show grants to role other")}
    account.execute("grant select on future tables in schema d.public to role other")
    assert user.execute("show future grants to role other").rows == []


_ASKS = """
import json, urllib.error, urllib.request
def run(session):
    connection, told = session.connection, []
    for path, body, headers in (
        ("statements", {"statement": "select 1", "role": "ACCOUNTADMIN"}, {}),
        ("statements", {"statement": "use role accountadmin"}, {}),
        ("databases", {"name": "made"}, {"X-Snowflake-Role": "ACCOUNTADMIN"}),
    ):
        headers |= {"Authorization": f'Snowflake Token="{connection.rest.token}"', "Content-Type": "application/json"}
        url = f"http://{connection.host}:{connection.port}/api/v2/{path}"
        try:
            urllib.request.urlopen(urllib.request.Request(url, json.dumps(body).encode(), headers))
            told.append("done")
        except urllib.error.HTTPError as error:
            told.append(json.loads(error.read())["code"])
    return " ".join(told)
"""


def test_a_procedure_in_python_reaches_no_other_role_of_its_callers_over_rest(
    account: LocalAccount, user: SqlSession
) -> None:
    account.execute("grant role r to role sysadmin")
    user.execute(
        f"create procedure p() returns varchar language python runtime_version = '{VERSION}'"
        f" packages = ('snowflake-snowpark-python') handler = 'run' as $${_ASKS}$$"
    )
    assert account.execute("call mine.public.p()") == [("003013 000002 003013",)]


def test_a_result_is_for_the_user_who_asked(account: LocalAccount, user: SqlSession) -> None:
    account.execute("create task d.s.k as select 1")
    own, place = Context(), "/api/v2/databases/d/schemas/s/tasks/k:execute?asyncExec=true"
    status, told = _rest(account, "POST", place, who=own)
    assert status == 202
    result = f"/api/v2/results/{told['resultHandler']}"
    assert _rest(account, "GET", result)[1]["code"] == "391918"
    assert _rest(account, "GET", result, who=own)[0] in (200, 202)
