"""Pipes load what their stage has, once, when they are refreshed; external stages are kept, and not read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from snowcore.local import LocalAccount

from .conftest import Run, refusal, running


@pytest.fixture
def account() -> Iterator[LocalAccount]:
    with LocalAccount() as account:
        for line in (
            "create database d",
            "create stage d.public.s",
            "create table d.public.t (id int, name varchar)",
            "create table d.public.rows as select 1 id, 'a' name union all select 2, 'b'",
        ):
            account.execute(line)
        yield account


@pytest.fixture
def run(account: LocalAccount) -> Run:
    return running(account.session(database="D", schema="PUBLIC"))


@pytest.mark.parametrize("by_rest", [False, True])
def test_a_refresh_loads_each_file_once(account: LocalAccount, run: Run, by_rest: bool) -> None:
    def refresh() -> None:
        if not by_rest:
            run("alter pipe p refresh")
            return
        path = "/api/v2/databases/d/schemas/public/pipes/p:refresh"
        assert account.handle_request("POST", path, {}, None)[0] == 200

    run("create pipe p comment = 'c' as copy into t from @s", "copy into @s/one from rows")
    assert run("select * from t") == []
    refresh()
    assert run("select * from t order by 1") == [(1, "a"), (2, "b")]
    refresh()
    assert run("select count(*) from t") == [(2,)]
    run("copy into @s/two from (select 3, 'c')")
    refresh()
    assert run("select count(*) from t") == [(3,)]
    assert [(row[1], row[4]) for row in run("show pipes")] == [("P", "copy into t from @s")]
    assert "RUNNING" in run("select system$pipe_status('p')")[0][0]


def test_a_file_with_errors_is_left_out(run: Run) -> None:
    run("copy into @s/bad from (select 'no number', 'x')", "copy into @s/good from rows")
    run("create pipe p as copy into t from @s", "alter pipe p refresh")
    assert run("select count(*) from t") == [(2,)]


def test_a_pipe_loads_with_the_rights_of_its_owner(run: Run) -> None:
    run("copy into @s/one from rows", "create role r", "grant role r to user snowcore")
    run("grant usage on database d to role r", "grant all on schema public to role r", "use role r")
    run("create pipe p as copy into t from @s")
    assert refusal(run, "alter pipe p refresh") in ("002003", "003001")
    run("use role accountadmin", "grant insert on table t to role r", "grant read on stage s to role r")
    assert refusal(run, "alter pipe p refresh") == "003001"
    run("use role r", "alter pipe p refresh", "use role accountadmin")
    assert run("select count(*) from t") == [(2,)]


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("create pipe p as select 1", "391917"),
        ("create pipe p as copy into @s from t", "001003"),
        ("create pipe p auto_ingest = true as copy into t from @s", "000002"),
        ("create pipe p", "001003"),
        ("alter pipe nope refresh", "002003"),
    ],
)
def test_what_is_no_pipe(run: Run, sql: str, code: str) -> None:
    assert refusal(run, sql) == code
    assert run("show pipes") == []


def test_external_stages_are_kept_and_not_read(run: Run) -> None:
    run("create stage e url = 's3://b/p/' credentials = (aws_key_id = 'hush' aws_secret_key = 'hush')")
    (row,) = run("show stages like 'E'")
    assert (row[4], row[5], row[10]) == ("s3://b/p/", "Y", "EXTERNAL")
    assert "hush" not in str([row, *run("describe stage e")])
    for sql in ("list @e", "select $1 from @e", "copy into t from @e", "copy into @e from t", "remove @e"):
        assert refusal(run, sql) == "000002"
    assert refusal(run, "create stage f url = 'file:///etc/'") == "391917"
