"""`snowcore plan`, `apply`, `export` and `diff`, as a shell sees them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import orjson
import pytest

from snowcore import LocalAccount, Root
from snowcore.local.doors.server import LocalServer

DECLARED = "warehouses: {w: {comment: a}}\n"


def run(*arguments: str, folder: Path, given: str = "", env: Mapping[str, str] | None = None) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "snowcore", *arguments],
        cwd=folder, input=given, capture_output=True, text=True, check=False, timeout=120,
        env={**os.environ, **(env or {})},
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def work(tmp_path: Path) -> Path:
    (tmp_path / "declared").mkdir()
    (tmp_path / "declared" / "a.yaml").write_text(DECLARED)
    for name in ("one", "two", "one-too"):
        LocalAccount(tmp_path / name).close()
    return tmp_path


def test_planned_applied_exported_and_compared(work: Path):
    status, out, _ = run("plan", "declared", "-c", "local:one", folder=work)
    assert (status, out) == (2, "+ create warehouse W  safe\n\n1 to create.\n")
    status, out, told = run("apply", "declared", "-c", "local:one", "--yes", folder=work)
    assert (status, told) == (0, "done: create warehouse W\n")
    assert run("plan", "declared", "-c", "local:one", folder=work)[:2] == (
        0, "Nothing to do: the account is as declared.\n",
    )  # fmt: skip
    assert run("apply", "declared", "-c", "local:one", folder=work)[0] == 0  # nothing to ask about
    assert run("export", "out", "-c", "local:one", folder=work)[:2] == (0, "out/warehouses.yaml\n")
    assert (
        work / "out" / "warehouses.yaml"
    ).read_text() == "# Written by `snowcore export`.\nwarehouses:\n  W:\n    comment: a\n"
    status, out, _ = run("diff", "local:two", "local:one", "--json", folder=work)
    assert status == 2
    assert orjson.loads(out)["groups"][0][0]["name"] == "W"
    assert run("diff", "local:one", "local:one-too", "--scope", "roles", folder=work)[0] == 0


def test_without_a_terminal_nothing_is_done_unasked(work: Path):
    status, _, told = run("apply", "declared", "-c", "local:one", folder=work)
    unheard = "snowcore: nothing was done: nobody answers here; to apply without being asked takes --yes\n"
    assert (status, told) == (1, f"Apply? [y/N]: \n{unheard}")
    status, _, told = run("apply", "declared", "-c", "local:one", given="n\n", folder=work)
    assert (status, told) == (1, "Apply? [y/N]: snowcore: nothing was done\n")
    assert run("plan", "declared", "-c", "local:one", folder=work)[0] == 2
    assert run("apply", "declared", "-c", "local:one", given="y\n", folder=work)[0] == 0


def test_a_plan_is_shown_before_it_is_asked_for_and_who_declines_has_no_account(work: Path):
    for more in ([], ["--json"]):
        status, out, told = run("apply", "declared", "-c", "local:new", *more, given="n\n", folder=work)
        assert (status, out + told) == (1, "+ create warehouse W  safe\n\n1 to create.\nApply? [y/N]: "
                                        "snowcore: nothing was done\n")  # fmt: skip
        assert not (work / "new").exists()


def test_destruction_needs_its_flag(work: Path):
    run("apply", "declared", "-c", "local:one", "--yes", folder=work)
    (work / "declared" / "a.yaml").write_text("complete: [warehouses]\n")
    status, _, told = run("apply", "declared", "-c", "local:one", "--yes", folder=work)
    assert status == 1
    assert "destruction is not allowed, and these need it: drop warehouse W (destructive); nothing was done" in told
    status, out, _ = run("apply", "declared", "-c", "local:one", "--yes", "--allow-destructive", "--json", folder=work)
    assert (status, orjson.loads(out)["done"][0]["action"]) == (0, "drop")


def test_errors_are_sentences_and_exit_with_1(work: Path):
    (work / "declared" / "a.yaml").write_text("warehouses: {w: {coment: a}}\n")
    status, out, told = run("plan", "declared", "-c", "local:one", folder=work)
    assert (status, out) == (1, "")
    assert told == "snowcore: declared/a.yaml:1:18: coment: not a property of the warehouse. Did you mean 'comment'?\n"
    assert run("plan", folder=work)[0] == 1
    (work / "file").touch()
    status, _, told = run("export", "file", "-c", "local:one", folder=work)
    assert (status, told) == (1, "snowcore: file: File exists\n")
    status, _, told = run("plan", "declared", "-c", "nowhere", folder=work, env={"SNOWFLAKE_HOME": str(work)})
    assert (status, "Traceback" in told, told.startswith("snowcore: ")) == (1, False, True)


def test_a_profile_leads_to_a_served_account(work: Path):
    with LocalAccount() as account, LocalServer(account, port=0, user="SNOWCORE", password="not-for-logs-1") as server:
        (work / "connections.toml").write_text(
            f'[mine]\naccount = "local"\nauthenticator = "PROGRAMMATIC_ACCESS_TOKEN"\ntoken = "{server.password}"\n'
            f'host = "{server.host}"\nport = {server.port}\nprotocol = "http"\n'
        )
        (work / "connections.toml").chmod(0o600)
        env = {"SNOWFLAKE_HOME": str(work)}
        assert run("apply", "declared", "-c", "mine", "--yes", folder=work, env=env)[0] == 0
        assert [one.name for one in Root(account).warehouses.iter()] == ["W"]


def test_without_the_extra_the_command_says_what_to_install(work: Path):
    (work / "click.py").write_text("raise ModuleNotFoundError(\"No module named 'click'\", name='click')\n")
    status, _, told = run("plan", "declared", folder=work, env={"PYTHONPATH": str(work)})
    assert status == 1
    assert "pip install 'snowcore[cli]' (click is missing)" in told
