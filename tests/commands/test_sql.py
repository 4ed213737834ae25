"""`snowcore sql`."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

import snowflake
from snowcore.local.doors.server import LocalServer

from ..conftest import eventually
from .conftest import PASSWORD, Run, run_process, write_profile

Sql = Callable[[str], Any]
VALUES = """
select 1 i, 12345678901234567890123::number(38,0) big, 1.50::number(10,2) n, 1.5::float f, 'inf'::float inf, true b,
'x' t, null u, '2024-02-29'::date d, '01:02:03.5'::time ti, '1969-12-31 23:59:59.25'::timestamp_ntz ntz,
'0001-01-01 00:00:00.000000001'::timestamp_ntz early, '2024-01-01 00:00:00 +0530'::timestamp_tz tz,
parse_json('{"a": [1, null]}') v, to_binary('AB') y
"""


def test_values_keep_what_they_are(sql: Sql) -> None:
    assert sql(VALUES) == [
        {
            "I": 1, "BIG": 12345678901234567890123, "N": "1.50", "F": 1.5, "INF": "inf", "B": True, "T": "x", "U": None,
            "D": "2024-02-29", "TI": "01:02:03.5", "NTZ": "1969-12-31T23:59:59.25",
            "EARLY": "0001-01-01T00:00:00.000000001", "TZ": "2024-01-01T00:00:00+05:30", "V": {"a": [1, None]},
            "Y": "AB",
        }
    ]  # fmt: skip


def test_statements_share_a_session(sql: Sql, run: Run, account: tuple[str, str], tmp_path: Path) -> None:
    answers = sql(
        "create database d; use schema d.public; create table t as select 1 a; select * from t; select 2 a, 3 a"
    )
    assert answers[3:] == [[{"A": 1}], [{"A": 2, "A_2": 3}]]
    (tmp_path / "script.sql").write_text("select 'é' as x;\n-- the end\n")
    assert run("sql", "-f", "script.sql", *account).json == [{"X": "é"}]
    assert run("sql", "select a from t", "--database", "d", "--schema", "public", *account).json == [{"A": 1}]
    assert run("sql", "select current_role() r", "--role", "sysadmin", *account).json == [{"R": "SYSADMIN"}]


def test_the_statement_that_fails_is_named(run: Run, account: tuple[str, str]) -> None:
    said = run("sql", "select 1; select 2; select * from no.such.thing; select 3", *account)
    assert (said.status, said.out, said.err[:23]) == (1, "", "snowcore: statement 3: ")
    assert "statement" not in run("sql", "use database nix", *account).err


def test_forms(run: Run, account: tuple[str, str]) -> None:
    two = "select 1 a, 'x,\ny' b union all select 2, null order by 1"
    assert run("sql", two, "--format", "csv", *account).out == 'A,B\n1,"x,\ny"\n2,\n'
    assert run("sql", two, "--format", "table", *account).out.splitlines() == [
        "╭───┬──────╮", "│ A │ B    │", "├───┼──────┤", "│ 1 │ x,   │", "│   │ y    │", "│ 2 │ NULL │", "╰───┴──────╯",
    ]  # fmt: skip
    assert run("sql", "select 1 a where false", "--json", *account).out == "[]\n"


def test_rows_beyond_the_first_partition(run: Run, account: tuple[str, str]) -> None:
    rows = run("sql", "select seq4() i from table(generator(rowcount => 25000)) order by 1", *account).json
    assert [row["I"] for row in rows] == list(range(25000))


def test_a_narrow_terminal_gets_a_list(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    out = run("sql", "select 'aaaaaaaaaaaa' a, 'bbbbbbbbbbbb' b, 'c' c", "--format", "table", "--local", "x").out
    assert [line.strip() for line in out.splitlines()] == ["── 1 ──", "A  aaaaaaaaaaaa", "B  bbbbbbbbbbbb", "C  c"]


def test_no_text_commands_the_terminal(run: Run) -> None:
    out = run("sql", r"select '\x1b[31m[red]x[/red]\x07' a", "--format", "table", "--local", "x").out
    assert r"│ \x1b[31m[red]x[/red]\x07 │" in out


def test_stdin(tmp_path: Path) -> None:
    assert run_process("sql", "--local", "a", folder=tmp_path, given="select 1 a").json == [{"A": 1}]
    assert run_process("sql", "-f", "-", "--local", "a", folder=tmp_path, given="select 1 a").json == [{"A": 1}]


def test_errors(run: Run, account: tuple[str, str]) -> None:
    status, out, err = run("sql", "select 1; select * from nowhere.x.y", *account)
    assert (status, out) == (1, "")
    assert err.startswith("snowcore: ") and "(002003)" in err and "Traceback" not in err
    assert run("sql", "select 1", "-f", "x", *account).status == 1
    assert run("sql", "select 1", "--local", "a", "--connection", "b") == (
        1, "", "snowcore: --connection and --local name two accounts (see snowcore sql --help)\n",
    )  # fmt: skip


def test_who_has_a_password_needs_the_connector(run: Run, server: LocalServer, tmp_path: Path) -> None:
    write_profile(tmp_path, server, authenticator="snowflake", user=server.user, password=PASSWORD, token="")
    assert run("sql", "select 1 a; select 'x' b", "-c", "mine").json == [[{"A": 1}], [{"B": "x"}]]
    assert run("ls", "roles", "-c", "mine").status == 0
    write_profile(tmp_path, server, authenticator="snowflake", user=server.user, password="wrong-secret", token="")
    status, _, err = run("sql", "select 1", "-c", "mine")
    assert (status, "Traceback" in err, "wrong-secret" in err) == (1, False, False)


def test_a_missing_connector_is_named(
    run: Run, server: LocalServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "snowflake.connector", None)
    monkeypatch.delattr(snowflake, "connector", raising=False)
    write_profile(tmp_path, server, authenticator="snowflake", user=server.user, password=PASSWORD, token="")
    status, out, err = run("sql", "select 1", "-c", "mine")
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert "needs the connector" in err and "pip install" in err


def test_a_server_that_is_not_there_is_told_once(run: Run, server: LocalServer, tmp_path: Path) -> None:
    write_profile(tmp_path, server)
    profile = tmp_path / "connections.toml"
    profile.write_text(profile.read_text().replace(f"port = {server.port}", "port = 1"))
    status, out, err = run("ls", "-c", "mine")
    assert (status, out, err.count("attempt 2"), err.count("\n")) == (1, "", 1, 2)
    assert err.startswith("snowcore: warning: ") and "Connection refused" in err.splitlines()[1]


def test_ctrl_c_ends_the_statement_too(server: LocalServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_profile(tmp_path, server)
    seen: list[str] = []
    answer = server.account.answer
    monkeypatch.setattr(
        server.account, "answer", lambda *asked: (seen.append(f"{asked[0]} {asked[1]}"), answer(*asked))[1]
    )
    command = [sys.executable, "-m", "snowcore", "sql", "select system$wait(600)", "-c", "mine"]
    env = {**os.environ, "SNOWFLAKE_HOME": str(tmp_path)}
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            eventually(lambda: any(one.startswith("GET") for one in seen))
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=240)
        finally:
            process.kill()
    assert (process.returncode, out, err) == (130, "", "snowcore: stopped\n")
    assert seen[-1].startswith("POST") and seen[-1].endswith("/cancel")
    handle = seen[-1].split("/")[-2]
    bearer = {"Authorization": f"Bearer {PASSWORD}"}
    ended = httpx.get(f"{server.url}/api/v2/statements/{handle}", headers=bearer, trust_env=False, timeout=60)
    assert (ended.status_code, ended.json()["code"]) == (422, "000604")


def test_who_stops_reading_hears_nothing_more(tmp_path: Path) -> None:
    script = f"{sys.executable} -m snowcore sql --local a 'select seq4() from table(generator(rowcount => 100000))'"
    done = subprocess.run(
        ["bash", "-c", f"{script} | head -2; echo ${{PIPESTATUS[0]}}"],
        cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert (done.stdout.splitlines()[-1], done.stderr) == ("141", "")


def test_a_file_that_is_no_text_is_told(run: Run, account: tuple[str, str], tmp_path: Path) -> None:
    (tmp_path / "a.sql").write_bytes(b"select '\xe9'")
    assert run("sql", "-f", "a.sql", *account) == (1, "", "snowcore: a.sql: this is no text in UTF-8\n")
