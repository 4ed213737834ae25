"""The plugin for pytest, in projects of users: fresh for each test, lazy, with warnings as errors, with xdist, and on
an account behind a connection profile."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from snowcore.local import LocalAccount
from snowcore.local.doors.server import LocalServer

_CONFTEST = """
import pytest


@pytest.fixture(scope="session")
def snowcore_setup():
    def setup(execute, schema):
        execute("create table people (name varchar)")
        execute("insert into people values ('Ada'), ('Bo')")
        assert [table.name for table in schema.tables.iter()] == ["PEOPLE"]

    return setup
"""

_TESTS = """
import pytest


def names(connection):
    return [name for (name,) in connection.cursor().execute("select name from people order by 1").fetchall()]


@pytest.mark.parametrize("time", range(3))
def test_connection(snowcore_connection, time):
    assert names(snowcore_connection) == ["Ada", "Bo"]
    snowcore_connection.cursor().execute("insert into people values ('Cy')")
    snowcore_connection.cursor().execute("create table more (n int)")
    assert names(snowcore_connection) == ["Ada", "Bo", "Cy"]


@pytest.mark.parametrize("time", range(2))
def test_session(snowcore_session, time):
    frame = snowcore_session.create_dataframe([(time,)], schema=["n"])
    frame.write.save_as_table("made")
    assert snowcore_session.table("made").count() == 1
    assert snowcore_session.table("people").count() == 2


@pytest.mark.parametrize("time", range(2))
def test_root(snowcore_root, snowcore_schema, snowcore_connection, time):
    assert [table.name for table in snowcore_schema.tables.iter()] == ["PEOPLE"]
    snowcore_schema.tables["people"].drop()
    again = snowcore_root.databases[snowcore_schema.database.name].schemas[snowcore_schema.name]
    assert list(again.tables.iter()) == []
    place = snowcore_connection.cursor().execute("select current_database(), current_schema()").fetchone()
    assert place == (snowcore_schema.database.name.strip('"'), snowcore_schema.name)
"""

_EMBEDDED = """
import pytest
from snowcore import Root


@pytest.mark.parametrize("time", range(2))
def test_account(snowcore_account, time):
    assert snowcore_account.execute("show databases like 'OTHER'") == []
    snowcore_account.execute("create database other")
    snowcore_account.advance(days=1)


def test_server(snowcore_server, snowcore_account):
    assert snowcore_server.url.startswith("http://127.0.0.1:")
    assert snowcore_server.account is snowcore_account
"""


_WITHOUT = [part for name in ("cacheprovider", "asyncio", "schemathesis") for part in ("-p", f"no:{name}")]
"""Plugins that projects of users need not have. pytest-asyncio warns unless it is configured."""


_NOTHING = """
import sys


def test_nothing():
    assert [one for one in ("duckdb", "sqlglot", "snowflake.connector") if one in sys.modules] == []
    assert {one for one in sys.modules if one.startswith("snowcore.")} == {"snowcore._pytest", "snowcore.version"}
"""


class Project:
    """A project of a user."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.write("pytest.ini", "[pytest]\n")

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text)

    def run(self, *arguments: str, **variables: str) -> str:
        """What pytest says, which has succeeded, with its status before."""
        command = [sys.executable, "-W", "error", "-m", "pytest", "-W", "error", *_WITHOUT, *arguments]
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
        ran = subprocess.run(
            command, cwd=self.folder, env={**kept, **variables}, capture_output=True, text=True, timeout=300
        )
        return f"{ran.returncode}\n{ran.stdout}\n{ran.stderr}"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "project").mkdir()
    return Project(tmp_path / "project")


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[tuple[LocalAccount, dict[str, str]]]:
    """An account that is served, and the environment in which the connections `nightly` and `variables` lead there."""
    with LocalAccount() as account, LocalServer(account) as server:
        account.execute('create database "Nightly tests"')
        (tmp_path / "home").mkdir()
        told = {"user": server.user, "password": server.password, "host": server.host, "port": str(server.port)}
        told |= {"account": "local", "protocol": "http", "database": '"Nightly tests"'}
        who = f'account = "local"\nuser = "{server.user}"\npassword = "{server.password}"\nprotocol = "http"\n'
        who += f'host = "{server.host}"\nport = {server.port}\n'
        profiles = tmp_path / "home" / "connections.toml"
        profiles.touch(0o600)
        profiles.write_text(f'[nightly]\n{who}database = "\\"Nightly tests\\""\n[nowhere]\n{who}')
        variables = {f"SNOWFLAKE_CONNECTIONS_VARIABLES_{name.upper()}": value for name, value in told.items()}
        yield account, {"SNOWFLAKE_HOME": str(tmp_path / "home"), **variables}


def schemas(account: LocalAccount) -> list[str]:
    return [str(row[1]) for row in account.execute('show schemas in database "Nightly tests"')]


def test_each_test_begins_anew(project: Project) -> None:
    project.write("conftest.py", _CONFTEST)
    project.write("test_both.py", _TESTS)
    project.write("test_embedded.py", _EMBEDDED)
    said = project.run()
    assert said.startswith("0\n"), said
    assert "10 passed" in said
    assert "warning" not in said.lower()


def test_processes_have_accounts_of_their_own(project: Project) -> None:
    project.write("conftest.py", _CONFTEST)
    project.write("test_both.py", _TESTS)
    said = project.run("-n", "2")
    assert said.startswith("0\n"), said
    assert "7 passed" in said


@pytest.mark.parametrize("processes", ["0", "2"])
def test_on_a_connection(project: Project, connection: tuple[LocalAccount, dict[str, str]], processes: str) -> None:
    account, variables = connection
    project.write("conftest.py", _CONFTEST)
    project.write("test_both.py", _TESTS)
    project.write("test_embedded.py", _EMBEDDED)
    said = project.run("-n", processes, "-rs", "--snowcore-connection", "nightly", **variables)
    assert said.startswith("0\n"), said
    assert "7 passed, 3 skipped" in said
    assert "snowcore_account is of the embedded account" in said
    assert schemas(account) == ["INFORMATION_SCHEMA", "PUBLIC"]


def test_a_failed_setup_leaves_nothing(project: Project, connection: tuple[LocalAccount, dict[str, str]]) -> None:
    account, variables = connection
    project.write("conftest.py", _CONFTEST.replace("insert into people", "insert into nobody"))
    project.write("test_both.py", _TESTS)
    for arguments in ([], ["--snowcore-connection", "nightly"]):
        said = project.run("-x", *arguments, **variables)
        assert said.startswith("1\n")
        assert "NOBODY" in said
    assert schemas(account) == ["INFORMATION_SCHEMA", "PUBLIC"]
    said = project.run("-x", "--snowcore-connection", "nowhere", **variables)
    assert "The connection 'nowhere' needs a database" in said


@pytest.mark.parametrize("real", [False, True])
def test_scripts_make_what_tests_find(
    project: Project, connection: tuple[LocalAccount, dict[str, str]], real: bool
) -> None:
    (project.folder / "sql").mkdir()
    project.write(
        "sql/1.sql", "create table people (name varchar);\nbegin insert into people values ('Ada'); return 1; end;"
    )
    project.write("sql/2.sql", "insert into people select 'Bo'; -- the last")
    project.write("pytest.ini", "[pytest]\nsnowcore_init = sql\n")
    project.write("test_both.py", _TESTS)
    said = project.run(*(["--snowcore-connection", "variables"] if real else []), **connection[1])
    assert said.startswith("0\n"), said
    assert "7 passed" in said


def test_who_does_not_use_it_pays_nothing(project: Project) -> None:
    project.write("test_nothing.py", _NOTHING)
    said = project.run()
    assert said.startswith("0\n"), said


def test_fixtures_are_listed(project: Project) -> None:
    said = project.run("--fixtures")
    for name in ("account", "root", "schema", "session", "connection", "server", "setup", "contract"):
        assert f"snowcore_{name}" in said
    assert "--snowcore-connection=NAME" in project.run("--help")


def test_a_test_begins_in_milliseconds(project: Project) -> None:
    project.write("conftest.py", _CONFTEST)
    project.write(
        "test_many.py",
        "import pytest\n\n@pytest.mark.parametrize('time', range(200))\ndef test_one(snowcore_account, time):\n"
        "    snowcore_account.execute(\"insert into tests.public.people values ('Cy')\")\n"
        "    assert snowcore_account.execute('select count(*) from tests.public.people') == [(3,)]\n",
    )
    began = os.times()
    said = project.run()
    took = os.times().children_user + os.times().children_system - began.children_user - began.children_system
    assert "200 passed" in said, said
    assert took < 20, f"200 tests took {took:.1f} s"
