"""`snowcore serve` as its users start it: a process of its own, found through connections.toml."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import attrs
import httpx
import orjson
import pytest

CLIENTS = Path(__file__).parent / "clients"


@attrs.frozen
class Served:
    process: subprocess.Popen[str]
    text: str
    """What it printed: a connections.toml."""
    user: str
    password: str
    url: str
    sessions: list[Sql] = attrs.field(factory=list["Sql"])

    def stop(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(60)

    def login(self, version: str = "") -> Sql:
        """version: of the driver; 5 and later put files by URL."""
        self.sessions.append(Sql(self, version))
        return self.sessions[-1]


class Sql:
    """A session of SQL, by the drivers' protocol."""

    def __init__(self, served: Served, version: str = "") -> None:
        self.http = httpx.Client(base_url=served.url, timeout=60, trust_env=False)
        data: dict[str, Any] = {"LOGIN_NAME": served.user, "PASSWORD": served.password, "CLIENT_APP_VERSION": version}
        data["SESSION_PARAMETERS"] = {"PYTHON_CONNECTOR_QUERY_RESULT_FORMAT": "JSON"}
        answer = self.http.post("/session/v1/login-request", json={"data": data}).json()
        self.http.headers["Authorization"] = f'Snowflake Token="{answer["data"]["token"]}"'

    def __call__(self, text: str) -> list[list[str | None]]:
        return self.run(text)["rowset"]

    def run(self, text: str) -> dict[str, Any]:
        """What the driver is told."""
        answer = orjson.loads(self.http.post("/queries/v1/query-request", json={"sqlText": text}).content)
        assert answer["success"], (text, answer)
        return answer["data"]


class Servers:
    """Those that were started."""

    def __init__(self) -> None:
        self.started: list[Served] = []

    def start(self, *options: str, env: dict[str, str] | None = None) -> Served:
        command = [sys.executable, "-W", "error", "-m", "snowcore", "serve", "--port", "0", *options]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, **(env or {})})
        try:
            text = first_lines(process)
        except BaseException:
            end(process)
            raise
        values = dict(line.split(" = ") for line in text.splitlines() if " = " in line)
        user, password, host = (orjson.loads(values[name]) for name in ("user", "password", "host"))
        self.started.append(Served(process, text, user, password, f"http://{host}:{values['port']}"))
        return self.started[-1]

    def end(self) -> None:
        """End those that still run, and let go of all."""
        for served in self.started:
            for session in served.sessions:
                session.http.close()
            end(served.process)
        self.started.clear()


def end(process: subprocess.Popen[str]) -> None:
    if process.poll() is None:
        process.kill()
    process.wait()
    assert process.stdout is not None
    process.stdout.close()


@pytest.fixture
def serve() -> Iterator[Callable[..., Served]]:
    """Starts servers, and ends those that still run."""
    servers = Servers()
    yield servers.start
    servers.end()


def first_lines(process: subprocess.Popen[str]) -> str:
    """What a server prints before it serves; it must come within a minute."""
    assert process.stdout is not None
    watch = threading.Timer(60, process.kill)
    watch.start()
    lines: list[str] = []
    for line in process.stdout:
        lines.append(line)
        if sum(line.startswith("protocol") for line in lines) == 2:
            break
    watch.cancel()
    assert lines, f"the server ended with {process.wait()}"
    return "".join(lines)


def environment(served: Served, home: Path) -> dict[str, str]:
    """The variables of a client that finds a server by the connections.toml in its home."""
    home.mkdir(exist_ok=True)
    connections = home / "connections.toml"
    connections.write_text(served.text)
    connections.chmod(0o600)
    # Not the drivers' own variables: connections.toml alone must do.
    env = {name: value for name, value in os.environ.items() if not name.startswith("SNOWFLAKE_")}
    return {**env, "SNOWFLAKE_HOME": str(home), "NO_PROXY": "127.0.0.1"}


@pytest.fixture
def run_client(tmp_path: Path) -> Callable[..., str]:
    """Runs one of the clients against a server, with an interpreter; what it printed."""

    def run(served: Served, script: str, python: str = sys.executable, arguments: Sequence[str] = ()) -> str:
        done = subprocess.run(
            [python, str(CLIENTS / script), *arguments],
            env=environment(served, tmp_path / "home"),
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=240,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return run
