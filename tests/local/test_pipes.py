"""Pipes load what their stage has, once, when they are refreshed; external stages are kept, and not read."""

from __future__ import annotations

import json
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
            "create table d.public.made as select 1 id, 'a' name union all select 2, 'b'",
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

    run("create pipe p comment = 'c' as copy into t from @s", "copy into @s/one from made")
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
    run("copy into @s/bad from (select 'no number', 'x')", "copy into @s/good from made")
    run("create pipe p as copy into t from @s", "alter pipe p refresh")
    assert run("select count(*) from t") == [(2,)]


def test_a_pipe_loads_with_the_rights_of_its_owner(run: Run) -> None:
    run("copy into @s/one from made", "create role r", "grant role r to user snowcore")
    run("grant usage on database d to role r", "grant all on schema public to role r", "use role r")
    assert refusal(run, "create pipe p as copy into t from @s") in ("002003", "003001")
    run("use role accountadmin", "grant select, insert on table t to role r", "grant read on stage s to role r")
    run("use role r", "create pipe p as copy into t from @s", "use role accountadmin")
    assert refusal(run, "alter pipe p refresh") == "003001"
    run("revoke insert on table t from role r", "use role r")
    assert refusal(run, "alter pipe p refresh") == "003001"
    run("use role accountadmin", "grant insert on table t to role r", "use role r")
    run("alter pipe p refresh", "use role accountadmin")
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


# What a pipe has loaded, and how it stands


def test_a_pipe_and_copy_know_nothing_of_each_other(run: Run) -> None:
    run("copy into @s/one from made", "create pipe p as copy into t from @s", "copy into t from @s")
    assert run("alter pipe p refresh") == [("s/one_0_0_0.csv.gz", "SENT")]
    assert run("alter pipe p refresh") == []
    assert run("copy into t from @s") == [("Copy executed with 0 files processed.",)]
    assert run("select count(*) from t") == [(4,)]
    run("create pipe q as copy into t from @s")
    assert len(run("alter pipe q refresh")) == 1
    run("copy into @s/one from (select 9, 'changed') overwrite = true")
    assert run("alter pipe p refresh") == []  # which goes by the name
    assert run("copy into t from @s")[0][1] == "LOADED"
    run("create or replace pipe p as copy into t from @s")
    assert len(run("alter pipe p refresh")) == 1
    run("truncate table t")
    assert run("alter pipe p refresh") == []
    assert run("copy into t from @s")[0][1] == "LOADED"


def test_a_refresh_takes_some_files(run: Run) -> None:
    run("copy into @s/a/one from made", "copy into @s/b/two from made", "create pipe p as copy into t from @s")
    assert run("alter pipe p refresh prefix = 'b/'") == [("s/b/two_0_0_0.csv.gz", "SENT")]
    assert run("alter pipe p refresh modified_after = '2999-01-01T00:00:00Z'") == []
    for wrong in ("2001-01-01", "yesterday"):
        assert refusal(run, f"alter pipe p refresh modified_after = '{wrong}'") == "391917"
    (now,) = run("select to_char(dateadd('hour', -1, sysdate()), 'YYYY-MM-DD\"T\"HH24:MI:SS')")[0]
    assert len(run(f"alter pipe p refresh prefix = '' modified_after = '{now}'")) == 1


def test_a_pipe_may_be_paused(run: Run) -> None:
    run("copy into @s/one from made", "create pipe p as copy into t from @s")
    assert json.loads(run("select system$pipe_status('p')")[0][0]) == {
        "executionState": "RUNNING",
        "pendingFileCount": 0,
    }
    run("alter pipe p set pipe_execution_paused = true")
    assert json.loads(run("select system$pipe_status('d.public.p')")[0][0])["executionState"] == "PAUSED"
    assert refusal(run, "alter pipe p refresh") == "000002"
    assert run("select count(*) from t") == [(0,)]
    assert run("select system$pipe_force_resume('p')") == [("SUCCESS",)]
    run("alter pipe p refresh")
    told = json.loads(run("select system$pipe_status('p')")[0][0])
    assert (told["executionState"], told["lastIngestedFilePath"]) == ("RUNNING", "s/one_0_0_0.csv.gz")
    assert refusal(run, "select system$pipe_status('nope')") == "002003"


def test_the_history_tells_of_pipes(run: Run) -> None:
    run("copy into @s/one from made", "copy into @s/two from (select 'no number', 'x')")
    run("create pipe p as copy into t from @s", "alter pipe p refresh", "copy into t from @s on_error = continue")
    columns = "file_name, stage_location, status, row_count, error_count, pipe_name, first_error_message"
    rows = run(f"select {columns} from table(information_schema.copy_history(table_name => 'T')) order by 1, 6")
    wrong = "Numeric value 'no number' is not recognized"
    assert rows == [
        ("one_0_0_0.csv.gz", "s", "Loaded", 2, 0, "P", None),
        ("one_0_0_0.csv.gz", "s", "Loaded", 2, 0, None, None),
        ("two_0_0_0.csv.gz", "s", "Load failed", 0, 1, "P", wrong),
        ("two_0_0_0.csv.gz", "s", "Load failed", 0, 1, None, wrong),
    ]
    assert run("select count(*) from information_schema.load_history") == [(2,)]  # of COPY alone


def test_what_makes_pipes_stages_and_formats_is_told(run: Run) -> None:
    run("create pipe p comment = 'it''s' as copy into t from @s pattern = '.*[.]csv'")
    run("create stage st file_format = (type = csv skip_header = 1 null_if = ('a', '\\\\N')) comment = 'c'")
    run("create stage e url = 's3://b/p/' credentials = (aws_key_id = 'hush' aws_secret_key = 'hush')")
    run("create file format f type = json strip_outer_array = true")
    for kind, name in (("pipe", "P"), ("stage", "ST"), ("stage", "E"), ("file_format", "F")):
        ((made,),) = run(f"select get_ddl('{kind}', '{name}')")
        assert "hush" not in made
        run(made)
        assert run(f"select get_ddl('{kind}', '{name}')") == [(made,)]
        assert f"D.PUBLIC.{name}" in run(f"select get_ddl('{kind}', '{name}', true)")[0][0]
    assert run("show pipes")[0][9] == run("describe pipe p")[0][9] == ".*[.]csv"
