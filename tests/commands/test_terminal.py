"""What a terminal shows, and how commands start and end, in processes of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from snowcore.local import LocalAccount
from snowcore.local.doors.server import LocalServer

from .conftest import PASSWORD, Run, run_in_terminal, run_process, write_profile

SQL = ("sql", "select 1 a, 'x' b", "--local", "a")


def test_a_terminal_has_tables_and_colours(tmp_path: Path) -> None:
    status, shown = run_in_terminal(*SQL, folder=tmp_path)
    assert status == 0
    assert "╭───┬───╮" in shown and "│ 1 │ x │" in shown
    assert "\x1b[" in shown
    (tmp_path / "declared").mkdir()
    (tmp_path / "declared" / "a.yaml").write_text("warehouses: {w: }\n")
    status, shown = run_in_terminal("plan", "declared", "--local", "a", folder=tmp_path)
    assert (status, "\x1b[32m+\x1b[0m create warehouse W" in shown) == (2, True)


@pytest.mark.parametrize("variable", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_no_colours_where_none_are_wanted(variable: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "declared").mkdir()
    (tmp_path / "declared" / "a.yaml").write_text("warehouses: {w: }\n")
    for command in (SQL, ("plan", "declared", "--local", "a"), ("get", "role", "nix", "--local", "a")):
        _, shown = run_in_terminal(*command, folder=tmp_path, **variable)
        assert shown and "\x1b" not in shown


def test_help_starts_fast(tmp_path: Path) -> None:
    code = (
        "import sys; from snowcore.cli import main; main(['--help']);"
        "heavy = ('duckdb', 'sqlglot', 'rich', 'aiohttp', 'http.client', 'snowcore.plan._kinds', 'yaml');"
        "print([module for module in heavy if module in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
    assert "describe    Show what SQL's DESCRIBE tells of an object.\n" in done.stdout
    assert not [line for line in done.stdout.splitlines() if line.startswith("  ") and line.endswith("...")]  # cut


def test_shells_complete_commands_profiles_and_kinds(server: LocalServer, tmp_path: Path) -> None:
    write_profile(tmp_path, server)

    def complete(words: str) -> list[str]:
        asked = {"COMP_WORDS": words, "COMP_CWORD": str(words.count(" ")), "_SNOWCORE_COMPLETE": "bash_complete"}
        return [line.partition(",")[2] for line in run_process(folder=tmp_path, env=asked).out.splitlines()]

    assert complete("snowcore de") == ["describe"]
    (tmp_path / "config.toml").write_text('[connections.outranked]\naccount = "a"\n')  # by connections.toml
    assert complete("snowcore ls -c ") == ["mine"]
    assert complete("snowcore ls wareh") == ["warehouses"]
    assert complete("snowcore get warehou") == ["warehouse"]
    for shell in ("bash", "zsh", "fish"):
        assert "_SNOWCORE_COMPLETE" in run_process("completion", shell, folder=tmp_path).out


def test_no_command_tells_a_secret(server: LocalServer, tmp_path: Path) -> None:
    write_profile(tmp_path, server)
    for command in (
        ["ls"],
        ["sql", "select * from nix"],
        ["get", "user", "snowcore"],
        ["describe", "user", "snowcore"],
    ):
        told = run_process(*command, "-c", "mine", folder=tmp_path, env={"SNOWCORE_DEBUG": "1"})
        assert PASSWORD not in told.out + told.err
    write_profile(tmp_path, server, token="wrong-secret-12345")
    told = run_process("ls", "-c", "mine", folder=tmp_path)
    assert (told.status, "wrong-secret" in told.err, "Traceback" in told.err) == (1, False, False)


def test_warnings_are_sentences(server: LocalServer, tmp_path: Path) -> None:
    write_profile(tmp_path, server)
    (tmp_path / "connections.toml").chmod(0o644)
    command = [sys.executable, "-m", "snowcore", "ls", "roles", "-c", "mine"]
    env = {**os.environ, "SNOWFLAKE_HOME": str(tmp_path)}
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=240, check=False)
    assert (done.returncode, done.stderr.count("\n")) == (0, 1)
    assert done.stderr.startswith(f"snowcore: warning: {tmp_path / 'connections.toml'}")


def test_what_was_not_foreseen_is_a_sentence_too(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise KeyError("odd")

    monkeypatch.setattr("snowcore.local.LocalAccount", fail)
    assert run("sql", "select 1", "--local", "a") == (
        1, "", "snowcore: KeyError: 'odd' (SNOWCORE_DEBUG=1 shows where)\n",
    )  # fmt: skip


def test_a_folder_that_cannot_be_written_is_left_as_it_was(tmp_path: Path) -> None:
    run_process("sql", "create warehouse w; create database d", "--local", "a", folder=tmp_path)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "databases").write_text("in the way")
    (tmp_path / "out" / "old.yaml").write_text("# Written by `snowcore export`.\n")
    told = run_process("export", "out", "--local", "a", folder=tmp_path)
    assert (told.status, told.out, told.err) == (1, "", "snowcore: out/databases: File exists\n")
    assert sorted(each.name for each in (tmp_path / "out").iterdir()) == ["databases", "old.yaml"]


def test_a_folder_in_use_is_told(tmp_path: Path) -> None:
    with LocalAccount(tmp_path / "a"):
        told = run_process("ls", "--local", "a", folder=tmp_path)
    assert (told.status, "in use" in told.err, told.err.count("\n")) == (1, True, 1)


@pytest.mark.parametrize("closed", ["<&-", "<&- >&- 2>&-"])
def test_closed_streams_have_nothing_to_say_and_take_nothing(closed: str, tmp_path: Path) -> None:
    (tmp_path / "w.yaml").write_text("warehouses: {w: {}}\n")
    for command, status, told in (
        ("apply w.yaml", 1, "nobody answers here; to apply without being asked takes --yes"),
        ("apply w.yaml --yes", 0, "done: create warehouse W"),
        ("plan w.yaml", 0, ""),
    ):
        line = f"exec {sys.executable} -m snowcore {command} --local a {closed}"
        done = subprocess.run(["sh", "-c", line], cwd=tmp_path, input="", capture_output=True, text=True, check=False)
        assert (done.returncode, "2>" in closed or told in done.stderr) == (status, True), (line, done.stderr)
