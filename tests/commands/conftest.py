"""Commands, run in this process or in one of their own, on an account that is served and on one in a folder."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from snowcore.cli import main
from snowcore.local import LocalAccount
from snowcore.local.doors.server import LocalServer

PASSWORD = "not-for-logs-123"


class Said(NamedTuple):
    """What became of a command."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        assert (self.status, self.err) == (0, "")
        return json.loads(self.out)


Run = Callable[..., Said]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command in this process, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SNOWFLAKE_HOME", str(tmp_path))

    def run(*arguments: str) -> Said:
        capfd.readouterr()
        return Said(main(arguments), *capfd.readouterr())

    return run


def run_process(*arguments: str, folder: Path, given: str = "", env: Mapping[str, str] | None = None) -> Said:
    """Run a command in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "snowcore", *arguments],
        cwd=folder, input=given, capture_output=True, text=True, check=False, timeout=120,
        env={**os.environ, "SNOWFLAKE_HOME": str(folder), **(env or {})},
    )  # fmt: skip
    return Said(done.returncode, done.stdout, done.stderr)


def run_in_terminal(*arguments: str, folder: Path, **env: str) -> tuple[int, str]:
    """Run a command in a terminal of 100 columns: its exit status, and what it showed."""
    ours, theirs = pty.openpty()
    given = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "TERM", "FORCE_COLOR")}
    shell = {"SNOWFLAKE_HOME": str(folder), "TERM": "xterm", "COLUMNS": "100"}
    process = subprocess.Popen(
        [sys.executable, "-m", "snowcore", *arguments],
        cwd=folder, stdin=theirs, stdout=theirs, stderr=theirs, env={**given, **shell, **env},
    )  # fmt: skip
    os.close(theirs)
    shown = b""
    try:
        while part := os.read(ours, 4096):
            shown += part
    except OSError:  # of Linux, when the other end is closed
        pass
    os.close(ours)
    return process.wait(60), shown.decode().replace("\r\n", "\n")


@pytest.fixture
def server() -> Iterator[LocalServer]:
    with LocalAccount() as account, LocalServer(account, port=0, user="SNOWCORE", password=PASSWORD) as server:
        yield server


def write_profile(folder: Path, server: LocalServer, **more: str) -> None:
    """A connections.toml with the profile `mine`."""
    settings = {"authenticator": "PROGRAMMATIC_ACCESS_TOKEN", "token": server.password, **more}
    lines = [f'{name} = "{value}"' for name, value in settings.items()]
    file = folder / "connections.toml"
    address = f'host = "{server.host}"\nport = {server.port}\nprotocol = "http"\n'
    file.write_text(f'[mine]\naccount = "local"\n{address}' + "\n".join(lines))
    file.chmod(0o600)


@pytest.fixture(params=["--local", "--connection"])
def account(request: pytest.FixtureRequest, run: Run, tmp_path: Path) -> tuple[str, str]:
    """The options that lead to an account: one in a folder, or one that is served."""
    if request.param == "--local":
        return "--local", "account"
    write_profile(tmp_path, request.getfixturevalue("server"))
    return "--connection", "mine"


@pytest.fixture
def sql(run: Run, account: tuple[str, str]) -> Callable[[str], Any]:
    """Runs SQL on the account: the rows of one statement, or those of each."""
    return lambda text: run("sql", text, *account).json
