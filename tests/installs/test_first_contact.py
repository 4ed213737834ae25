"""What a newcomer does first, with the wheel and what it requires: pip, uv, pipx; the example; a server of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import orjson
import pytest

from .conftest import ROOT, Environment

EXAMPLE = ROOT / "examples" / "quickstart.py"
README = (ROOT / "README.md").read_text(encoding="utf-8")


def run(*command: str | Path, folder: Path, **env: str) -> str:
    done = subprocess.run(
        [str(each) for each in command],
        cwd=folder, env={**os.environ, **env}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_readme_begins_with_the_example(tmp_path: Path) -> None:
    """The first block is examples/quickstart.py, and the second what it prints, but for the seconds."""
    first, then = README.split("```python\n", 1)[1].split("```", 1)
    assert first == EXAMPLE.read_text(encoding="utf-8")
    printed = run(sys.executable, "-W", "error", EXAMPLE, folder=tmp_path)
    shown = [line.removeprefix("    ").split("  ✔")[0] for line in then.split("prints\n\n", 1)[1].splitlines()[:4]]
    assert [line.split("  ✔")[0] for line in printed.splitlines()[:4]] == shown
    assert printed.count("✔ SUCCEEDED") == 4
    drawn, shown = (ElementTree.parse(folder / "nightly.svg").getroot() for folder in (tmp_path, ROOT / "docs"))
    assert list(drawn.itertext()) == list(shown.itertext())


@pytest.fixture
def tools(tmp_path: Path, environment: Environment) -> Path:
    """The programs of an environment with uv and pipx."""
    environment.pip("install", "uv", "pipx")
    return environment.folder / "bin"


@pytest.mark.installs
def test_pip(environment: Environment, wheel: Path, tmp_path: Path) -> None:
    environment.pip("install", f"{wheel}[local]")
    assert "✔ SUCCEEDED" in environment.run("-W", "error", EXAMPLE).stdout
    environment.pip("check")
    files = [file for file in environment.folder.rglob("*") if file.is_file() and not file.is_symlink()]
    assert sum(file.stat().st_size for file in files) < 300e6  # the developers' environment has a thousand


@pytest.mark.installs
def test_uv(tools: Path, wheel: Path, tmp_path: Path) -> None:
    run(tools / "uv", "venv", "--quiet", "--python", sys.executable, tmp_path / "by-uv", folder=tmp_path)
    python = tmp_path / "by-uv" / "bin" / "python"
    index = [part for folder in find_links() for part in ("--find-links", folder)]
    run(tools / "uv", "pip", "install", "--quiet", "--python", python, *index, f"{wheel}[cli,local]", folder=tmp_path)
    command = python.with_name("snowcore")
    assert orjson.loads(run(command, "sql", "select 1 a", "--local", "account", folder=tmp_path)) == [{"A": 1}]


@pytest.mark.installs
def test_pipx(tools: Path, wheel: Path, tmp_path: Path) -> None:
    env = {"PIPX_HOME": str(tmp_path / "home"), "PIPX_BIN_DIR": str(tmp_path / "bin")}
    run(tools / "pipx", "install", "--python", sys.executable, f"{wheel}[cli,local]", folder=tmp_path, **env)
    command = tmp_path / "bin" / "snowcore"
    assert run(command, "--version", folder=tmp_path).startswith("snowcore ")
    assert orjson.loads(run(command, "sql", "select 1 a", "--local", "account", folder=tmp_path)) == [{"A": 1}]


def find_links() -> list[str]:
    return os.environ.get("PIP_FIND_LINKS", "").split()


@pytest.fixture
def served(environment: Environment, wheel: Path, tmp_path: Path) -> Iterator[Path]:
    """A home with the connections.toml of a server whose environment has the wheel, its extra `local`, and no more."""
    environment.pip("install", f"{wheel}[local]")
    home, ready = tmp_path / "home", tmp_path / "ready.json"
    home.mkdir()
    with (home / "connections.toml").open("w") as out:
        (home / "connections.toml").chmod(0o600)
        command = [environment.folder / "bin" / "snowcore", "serve", "--port", "0", "--ready-file", ready]
        with subprocess.Popen(command, stdout=out, cwd=tmp_path) as process:
            while not ready.exists():
                assert process.poll() is None
                threading.Event().wait(0.1)
            yield home
            process.send_signal(signal.SIGTERM)
            assert process.wait(20) == 0
    assert not ready.exists()


@pytest.mark.installs
def test_a_server_of_its_own_beside_any_connector(served: Path, tmp_path: Path) -> None:
    """Here the connector of these tests' environment, with which ours has nothing in common."""
    asked = (
        "import snowflake.connector as c\nwith c.connect(connection_name='myconnection') as one:\n"
        "    print(one.cursor().execute('select current_user()').fetchall())"
    )
    assert run(sys.executable, "-c", asked, folder=tmp_path, SNOWFLAKE_HOME=str(served)) == "[('SNOWCORE',)]\n"
