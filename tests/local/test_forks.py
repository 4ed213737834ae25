"""A forked child is refused, and neither it nor its end takes anything from the parent."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from snowcore.local import LocalAccount

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system doesn't fork")

SCRIPT = """
import os, sys
from snowcore.local import AccountError, LocalAccount

def refused(call):
    try:
        call()
    except AccountError as error:
        assert error.status == 409 and str(os.getppid()) in error.message, error.message
    else:
        raise AssertionError("not refused")

def child():
    refused(lambda: account.execute("insert into d.public.t values (99)"))
    refused(lambda: session.execute("insert into t values (99)"))
    refused(lambda: session.describe("select 1"))
    refused(lambda: session.use("D"))
    refused(lambda: account.session())
    refused(lambda: account.perform("database", "list", {}))
    status, _, answer = account.handle_request("GET", "/api/v2/databases", {}, None)
    assert status == 409 and b"forked child" in answer, answer
    if folder:
        refused(lambda: account.perform("database", "create", {}, {}, {"name": "child"}))
        try:
            LocalAccount(folder)
        except AccountError as error:
            assert "in use" in error.message
        else:
            raise AssertionError("opened twice")
    with LocalAccount() as own:
        own.execute("create database mine")
        assert own.execute("select 1") == [(1,)]

def forked(end):
    process = os.fork()
    if process:
        assert os.waitpid(process, 0)[1] == 0
        return
    child()
    end()

folder = sys.argv[1] or None
with LocalAccount(folder) as account:
    session = account.session()
    session.execute("create database d")
    session.execute("create stage s")
    session.execute(f"put file://{__file__} @s")
    session.execute("create table t (i int) comment = 'kept'")
    open_transaction = account.session(database="D", schema="PUBLIC")
    open_transaction.execute("begin")
    open_transaction.execute("insert into t values (0)")

    def end_by_closing():
        session.close()
        account.close()
        sys.exit(0)

    def end_by_forgetting():
        globals().update(account=None, session=None, open_transaction=None)
        sys.exit(0)

    def raise_and_leave_the_with():
        raise SystemExit(0)

    for number, end in enumerate([end_by_closing, end_by_forgetting, raise_and_leave_the_with, lambda: os._exit(0)]):
        forked(end)
        session.execute(f"create table t{number} (i int) comment = 'number {number}'")
        session.execute(f"insert into t{number} values ({number})")
        assert len(session.execute("list @s").rows) == 1
    open_transaction.execute("commit")
    assert list(session.execute("select * from t").rows) == [(0,)]
print("done")
"""


def run(tmp_path: Path, folder: str) -> None:
    script = tmp_path / "forking.py"
    script.write_text(SCRIPT)
    command = [sys.executable, "-W", "error", "-W", "ignore::DeprecationWarning", str(script), folder]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stdout) == (0, "done\n"), done.stderr
    assert "Traceback" not in done.stderr  # but for what DuckDB says of the connections that are left open on purpose


def test_an_account_in_memory(tmp_path: Path) -> None:
    run(tmp_path, "")


def test_an_account_in_a_folder_loses_nothing(tmp_path: Path) -> None:
    run(tmp_path, str(tmp_path / "account"))
    with LocalAccount(tmp_path / "account") as account:
        tables = account.perform("table", "list", {"database": "d", "schema": "public"})
        assert [(table["name"], table["comment"], table["rows"]) for table in tables] == [
            ("T", "kept", 1),
            *((f"T{number}", f"number {number}", 1) for number in range(4)),
        ]
        assert len(account.execute("list @d.public.s")) == 1
