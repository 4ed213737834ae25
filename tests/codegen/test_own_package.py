"""A package of one's own, from published documents to the roots that it is mounted under."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from codegen.__main__ import main as codegen
from snowcore.cli import main

from .conftest import ROOT

EXAMPLE = ROOT / "examples" / "own_client"
OVER_HTTP = """
import httpx
from myclient.dbt_project import DbtProject
from snowcore import LocalAccount, Root
from snowcore._auth import TokenType
from snowcore._rest_connection import RESTConnection, RESTRoot
from snowcore.local.doors.server import LocalServer
from snowcore.testing import contract

with LocalAccount() as account, LocalServer(account, user="me", password="p") as server:
    account.execute("create database d")
    account.execute("create schema d.s")
    login = {"data": {"LOGIN_NAME": "me", "PASSWORD": "p"}}
    answer = httpx.post(f"{server.url}/session/v1/login-request", json=login, trust_env=False, timeout=60).json()
    token = answer["data"]["token"]
    root = RESTRoot(RESTConnection("127.0.0.1", server.port, TokenType.SESSION_TOKEN, token, protocol="http"))
    with contract(root, strict=True) as held:
        projects = root.databases["d"].schemas["s"].dbt_projects
        projects.create(DbtProject(name="p", source_location="@d.s.files/project"))
        assert projects["p"].fetch_async().result().source_location == "@d.s.files/project"
        assert [each.name for each in projects.iter()] == ["P"]
    assert held.calls["dbt-project.createDbtProject"] == 1
print("done")
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the generated package of the example, as an installer would leave it."""
    folder = tmp_path_factory.mktemp("site")
    specs, published = str(folder / "specs"), str(EXAMPLE / "published")
    assert codegen(["import", published, "--version", "1.0", "--specs", specs, "--apply"]) == 0
    given = ["--specs", specs, "--out", str(folder), "--package", "myclient"]
    assert main(["codegen", "generate", *given]) == 0
    assert main(["codegen", "check", *given]) == 0
    told = tomllib.loads((folder / "myclient" / "entry_points.toml").read_text())
    points = told["project"]["entry-points"]["snowcore.resources"]
    info = folder / "myclient-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: myclient\nVersion: 1.0\n")
    lines = [f"{name} = {value}" for name, value in points.items()]
    (info / "entry_points.txt").write_text("\n".join(["[snowcore.resources]", *lines, ""]))
    return folder


def run(site: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    code = f"import sys; sys.path.insert(0, {str(site)!r})\n"
    program = code + (Path(arguments[0]).read_text() if arguments[0].endswith(".py") else arguments[0])
    return subprocess.run(
        [sys.executable, "-c", program.replace("from __future__", "#")], capture_output=True, text=True
    )


def test_the_example_on_the_embedded_account(site: Path) -> None:
    told = run(site, str(EXAMPLE / "use.py"))
    assert told.returncode == 0, told.stderr
    assert "@d.s.files/project" in told.stdout


def test_over_http_and_held_against_its_documents(site: Path) -> None:
    told = run(site, OVER_HTTP)
    assert told.stdout == "done\n", told.stderr


def test_check_where_the_package_lies(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The order of imports must not depend on the folder in which the command runs."""
    monkeypatch.chdir(site)
    given = ["--specs", "specs", "--out", ".", "--package", "myclient"]
    assert codegen(["check", *given]) == codegen(["generate", *given]) == codegen(["check", *given]) == 0


def test_a_package_is_replaced_by_none_but_its_own(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert codegen(["generate", "--specs", str(site / "specs"), "--out", str(site), "--package", "a-b"]) == 1
    assert "a-b: not the name of a package" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["", "import", "generate", "check", "diff"])
def test_help_from_the_wheel_s_command(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["codegen", *command.split(), "--help"])
    told = capsys.readouterr().out
    assert stop.value.code == 0 and "usage: snowcore codegen" in told
    assert all(option in told for option in {"import": ("--specs", "--apply"), "generate": ("--out",)}.get(command, ()))


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        ["nothing"],
        ["import"],
        ["generate", "--spec5", "x"],
        ["diff"],
        ["check", "x"],
        ["import", "x", "--out", "y"],
    ],
)
def test_wrong_options(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["codegen", *wrong])
    assert stop.value.code == 2 and "usage: snowcore codegen" in capsys.readouterr().err


def test_folders_that_are_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for command in (["import", "nowhere"], ["generate", "--specs", "nowhere", "--out", str(tmp_path / "o")]):
        assert main(["codegen", *command]) == 1
        assert capsys.readouterr().err.startswith("nowhere: ")
    assert not list(tmp_path.iterdir())
