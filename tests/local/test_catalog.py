"""The catalog on disk, and the account that opens it again, however the last process ended."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from snowcore.local import AccountError, LocalAccount
from snowcore.local.account.catalog import Catalog

from .conftest import Api, Clock

INT = {"name": "a", "datatype": "int"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "account"


# The catalog itself


@pytest.fixture
def catalog(clock: Clock) -> Iterator[Catalog]:
    with closing(Catalog(None, clock)) as opened:
        yield opened


def test_what_fails_in_a_transaction_did_not_happen(catalog: Catalog) -> None:
    with pytest.raises(ZeroDivisionError), catalog.transaction():
        entry = catalog.add("database", 0, "D", {}, {}, "ME")
        with catalog.transaction():
            catalog.set_tag(entry, ("A", "B", "C"), "v")
        raise ZeroDivisionError
    assert catalog.children(0, "database") == []
    assert catalog.rows("SELECT * FROM tags") == []


def test_what_is_removed_takes_along_what_is_in_it(catalog: Catalog) -> None:
    database = catalog.add("database", 0, "D", {}, {}, "ME")
    schema = catalog.add("schema", database.id, "S", {}, {}, "ME")
    table = catalog.add("table", schema.id, "T", {}, {}, "ME")
    catalog.set_tag(table, ("A", "B", "C"), "v")
    assert catalog.get(table.id).path == ("D", "S", "T")
    catalog.remove(database)
    assert catalog.rows("SELECT * FROM objects") == catalog.rows("SELECT * FROM tags") == []


def test_two_objects_can_swap_their_names(catalog: Catalog) -> None:
    one, two = (catalog.add("warehouse", 0, name, {}, {}, "ME") for name in ("ONE", "TWO"))
    catalog.move((one, 0, "TWO"), (two, 0, "ONE"))
    assert (catalog.get(one.id).name, catalog.get(two.id).name) == ("TWO", "ONE")


# The folder


def test_the_account_is_kept_for_its_owner_alone(folder: Path) -> None:
    with LocalAccount(folder) as account:
        account.perform("warehouse", "create", {}, body={"name": "w"})
        assert folder.stat().st_mode & 0o777 == 0o700
        for file in folder.glob("catalog*"):
            assert file.stat().st_mode & 0o777 == 0o600, file


def test_a_second_account_on_the_folder_is_refused(folder: Path) -> None:
    with LocalAccount(folder):
        with pytest.raises(AccountError, match="in use by another process"):
            LocalAccount(folder)
        code = f"import snowcore.local as s\ntry: s.LocalAccount({str(folder)!r})\nexcept s.AccountError as e: print(e)"
        told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        assert "in use by another process" in told
    LocalAccount(folder).close()


def test_the_account_of_another_version_is_refused(folder: Path) -> None:
    LocalAccount(folder).close()
    with sqlite3.connect(folder / "catalog.sqlite") as connection:
        connection.execute("UPDATE account SET version = 99")
    connection.close()
    with pytest.raises(AccountError, match="another version of snowcore: 99"):
        LocalAccount(folder)


def test_everything_is_there_again(folder: Path, clock: Clock) -> None:
    with LocalAccount(folder, clock=clock) as account:
        api = Api(account)
        api("POST", "databases", {"name": "d", "comment": "c"})
        api("POST", "databases/d/schemas/public/tables", {"name": "t", "columns": [INT]})
        api("POST", "databases/d/schemas/public/tasks", {"name": "k", "definition": "select 1"})
        api.run("databases/d/schemas/public/tasks/k")
        api("POST", "warehouses", {"name": "w"})
        account.execute("insert into d.public.t values (1)")
        api("POST", "databases", {"name": "dropped"})
        api("DELETE", "databases/dropped")
        paths = ["databases", "databases/d/schemas/public/tables/t", "databases/d/schemas/public/tasks/k", "warehouses"]
        paths.append("databases/d/schemas/public/tasks/k/complete-graphs?errorOnly=false")
        before = [api("GET", path) for path in paths]
    with LocalAccount(folder, clock=clock) as account:
        assert [Api(account)("GET", path) for path in paths] == before
        Api(account)("POST", "databases/dropped:undrop")


# Ends without notice

OPEN = """
import os, sys
from snowcore.local import LocalAccount
account = LocalAccount(sys.argv[1])
path = {"database": "d", "schema": "public"}
column = {"name": "a", "datatype": "int"}
def perform(*arguments, **more):
    return account.perform(*arguments, **more)
def die(*_, **__):
    os._exit(9)
"""
PREPARE = """
perform("database", "create", {}, body={"name": "d"})
perform("table", "create", path, body={"name": "t", "columns": [column], "comment": "old"})
perform("table", "create", path, body={"name": "u", "columns": [column], "comment": "other"})
account.execute("insert into d.public.t values (1)")
account.execute("insert into d.public.u values (2), (3)")
"""


def run(folder: Path, code: str, *, expected: int = 9) -> None:
    ended = subprocess.run([sys.executable, "-c", OPEN + code, str(folder)], capture_output=True, text=True)
    assert ended.returncode == expected, ended.stderr


@pytest.mark.parametrize(
    "operation",
    [
        'perform("table", "drop", {**path, "name": "t"})',
        'perform("schema", "drop", {"database": "d", "name": "public"})',
        'perform("database", "drop", {"name": "d"})',
        'perform("database", "rename", {"name": "d"}, {"targetName": "e"})',
        'perform("table", "rename", {**path, "name": "t"}, {"targetName": "v"})',
        'perform("table", "swap_with", {**path, "name": "t"}, {"targetName": "u"})',
        'perform("table", "create", path, {"createMode": "orReplace"}, {"name": "t", "columns": [column]})',
        'perform("table", "as_select", path, {"createMode": "orReplace", "query": "select 1 as a"}, {"name": "t"})',
        'perform("database", "clone", {"name": "d"}, {"createMode": "orReplace"}, {"name": "d"})',
    ],
)
@pytest.mark.parametrize("moment", ["before it is recorded", "after it is recorded"])
def test_a_change_that_is_cut_off_happened_or_did_not(folder: Path, operation: str, moment: str) -> None:
    """The process dies between the engine's change and the catalog's, or between the catalog's and the last step."""
    if moment == "before it is recorded":
        cut = "account.catalog.drop = account.catalog.move = account.catalog.add = die\n"
    else:
        cut = "for kind in account.kinds.values(): kind.bring_back = die\n"
    run(folder, PREPARE + cut + operation + "\nos._exit(9)")
    with LocalAccount(folder) as account:
        tables = {
            (schema.path[0], table["name"]): table["rows"]
            for schema in account.catalog.all("schema")
            for table in account.perform("table", "list", dict(zip(("database", "schema"), schema.path)))
        }
        real = {
            (schema.path[0], name): account.execute(f'select count(*) from "{schema.path[0]}".public."{name}"')[0][0]
            for schema in account.catalog.all("schema")
            if schema.name == "PUBLIC"
            for name in account.engine.tables(*schema.path)
        }
        assert tables == real
        whole = {("D", "T"): 1, ("D", "U"): 2}
        possible = [
            whole,
            {("D", "U"): 2},
            {},
            {("E", "T"): 1, ("E", "U"): 2},
            {("D", "V"): 1, ("D", "U"): 2},
            {("D", "T"): 2, ("D", "U"): 1},
            {("D", "T"): 0, ("D", "U"): 2},
        ]
        assert tables == whole if moment == "before it is recorded" else tables in possible


ALTERED = """
account.execute("alter table d.public.t add column b varchar(7) not null default 'x' comment 'second'")
account.execute("alter table d.public.t add constraint k primary key (a)")
"""


@pytest.mark.parametrize(
    "operation",
    [
        "account.execute(\"alter table d.public.t add column c int comment 'third'\")",
        'account.execute("alter table d.public.t rename column b to c")',
        'account.execute("alter table d.public.t drop column b")',
        'account.execute("alter table d.public.t alter column b set data type varchar(70)")',
        'perform("table", "create_or_alter", {**path, "name": "t"}, body={"name": "t", "comment": "new", "columns": '
        '[{**column, "comment": "first"}, {"name": "c", "datatype": "int", "comment": "third"}]})',
    ],
)
@pytest.mark.parametrize("moment", ["before it is recorded", "before all is written", "after all is written"])
def test_alter_table_is_one_step_with_its_record(tmp_path: Path, folder: Path, operation: str, moment: str) -> None:
    cuts = {
        "before it is recorded": "account.catalog.update = die\n",
        "before all is written": "account.catalog.update = lambda *a, update=account.catalog.update, **k: "
        "(update(*a, **k), die())\n",
        "after all is written": "account.catalog._ended = die\n",
    }
    run(folder, PREPARE + ALTERED + cuts[moment] + operation)
    done = operation if moment == "after all is written" else ""
    run(tmp_path / "other", f"{PREPARE}{ALTERED}{done}\nos._exit(0)", expected=0)
    assert _declared(folder) == _declared(tmp_path / "other")


def _declared(folder: Path) -> tuple[object, object]:
    with LocalAccount(folder) as account:
        said = account.perform("table", "fetch", {"database": "d", "schema": "public", "name": "t"})
        rows = account.execute("select * from d.public.t")
    return {key: value for key, value in said.items() if key != "created_on"}, rows


def test_an_undrop_that_is_cut_off_can_be_done_again(folder: Path) -> None:
    drop = 'perform("database", "drop", {"name": "d"})\n'
    cut = 'account.kinds["database"].bring_back = die\nperform("database", "undrop", {"name": "d"})'
    run(folder, PREPARE + drop + cut)
    with LocalAccount(folder) as account:
        account.execute("undrop database d")
        assert account.execute("select * from d.public.t") == [(1,)]


def test_what_sql_made_and_nobody_recorded_is_recorded(folder: Path) -> None:
    made = """
account.engine.create_database("X")
account.engine.connect("D", "PUBLIC").execute("create table made as select 1 as one")
"""
    run(folder, PREPARE + made + "os._exit(9)")
    with LocalAccount(folder) as account:
        assert account.perform("table", "fetch", {"database": "d", "schema": "public", "name": "made"})["rows"] == 1
        assert [s["name"] for s in account.perform("schema", "list", {"database": "x"})] == [
            "INFORMATION_SCHEMA",
            "PUBLIC",
        ]


def test_what_the_engine_lost_is_no_longer_promised(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    run(folder, PREPARE + 'account.engine.connect("D", "PUBLIC").execute("drop table t")\nos._exit(9)')
    with LocalAccount(folder) as account:
        tables = account.perform("table", "list", {"database": "d", "schema": "public"})
        assert [table["name"] for table in tables] == ["U"]
    assert "D.PUBLIC.T is lost" in caplog.text


def test_a_run_that_was_cut_off_has_failed(folder: Path) -> None:
    code = """
perform("task", "create", path, body={"name": "k", "definition": "select 1"})
account.runs._execute = die
perform("task", "execute", {**path, "name": "k"})
import time; time.sleep(60)
"""
    run(folder, PREPARE + code)
    with LocalAccount(folder) as account:
        path = {"database": "d", "schema": "public", "name": "k"}
        (ended,) = account.perform("task", "complete_graphs", path)
        assert (ended["state"], "completed_time" in ended) == ("FAILED", True)
        assert ended["first_error_message"] == "The process of the account ended while the run was under way."
        assert account.perform("task", "current_graphs", path) == []
        asked = "select state, error_code, error_message from table(d.information_schema.task_history())"
        assert account.execute(asked) == [("FAILED", "000603", ended["first_error_message"])]
        account.execute("execute task d.public.k retry last")
        account.advance()
        assert [state for state, *_ in account.execute(asked)] == ["SUCCEEDED", "FAILED"]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs kill -9")
@pytest.mark.parametrize("moment", range(3))
def test_nothing_acknowledged_is_lost_by_kill_9(folder: Path, moment: int) -> None:
    code = """
perform("database", "create", {}, body={"name": "d"})
for i in range(100000):
    name = f"t{i}"
    perform("table", "create", path, body={"name": name, "columns": [column]})
    account.execute(f"insert into d.public.{name} values ({i})")
    if i % 3 == 0:
        perform("table", "drop", {**path, "name": name})
    print(i, flush=True)
"""
    writer = subprocess.Popen([sys.executable, "-c", OPEN + code, str(folder)], stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    acknowledged = [int(writer.stdout.readline()) for _ in range(5 + 7 * moment)]
    os.kill(writer.pid, signal.SIGKILL)
    acknowledged += [int(line) for line in writer.stdout.read().splitlines() if line]
    writer.wait()
    writer.stdout.close()
    with LocalAccount(folder) as account:
        path = {"database": "d", "schema": "public"}
        there = {table["name"]: table["rows"] for table in account.perform("table", "list", path)}
        for i in acknowledged:
            if i % 3:
                assert there[f"T{i}"] == 1
            else:
                assert f"T{i}" not in there
                account.perform("table", "undrop", {**path, "name": f"t{i}"})
                assert account.execute(f"select * from d.public.t{i}") == [(i,)]
