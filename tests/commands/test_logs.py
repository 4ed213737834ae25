"""`snowcore logs`."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from snowcore.commands.logs import find_new
from snowcore.local.doors.server import LocalServer

from .conftest import Run, run_in_terminal, write_profile

POOL = "create compute pool p min_nodes = 1 max_nodes = 1 instance_family = CPU_X64_XS"
WRITES = "import sys; [print(f'{n} of {sys.argv[1]}', chr(27) + '[2J') for n in range(1, 201)]"


def test_logs(run: Run, server: LocalServer, tmp_path: Path) -> None:
    write_profile(tmp_path, server)
    account, image = server.account, "/d/public/r/image"
    account.images[image] = [sys.executable, "-c", WRITES]
    account.execute("create database d")
    session = account.session(database="D", schema="PUBLIC")
    containers = "".join(f"\n  - {{name: {name}, image: {image}, args: [{name}]}}" for name in ("one", "two"))
    for line in (
        POOL,
        "create image repository r",
        f"execute job service in compute pool p name = both from specification $$spec:\n  containers:{containers}$$",
    ):
        session.execute(line)
    session.close()
    status, out, err = run("logs", "d.public.both", "--container", "two", "-n", "2", "-c", "mine")
    assert (status, out, err) == (0, "199 of two \x1b[2J\n200 of two \x1b[2J\n", "")
    assert (
        run("logs", "both", "--container", "one", "--database", "d", "--schema", "public", "-c", "mine").out.count("\n")
        == 100
    )
    _, shown = run_in_terminal("logs", "d.public.both", "--container", "two", "-n", "1", "-c", "mine", folder=tmp_path)
    assert shown == "200 of two \\x1b[2J\n"
    for more, told in (
        ([], "name one by --container: instance 0 has one, two"),
        (["--instance", "7"], "name one by --container: instance 7 has none"),
        (["--container", "three"], "three"),
        (["--lines", "0"], "0 is not in the range x>=1"),
    ):
        status, out, err = run("logs", "d.public.both", *more, "-c", "mine")
        assert (status, out, told.lower() in err.lower(), err.count("\n")) == (1, "", True, 1), err


@pytest.fixture
def follow(tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Begins `snowcore logs --follow` on the profile `mine`, in a process of its own."""
    started: list[subprocess.Popen[str]] = []

    def start(*arguments: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "snowcore", "logs", "--follow", "-c", "mine", *arguments]
        env = {**os.environ, "SNOWFLAKE_HOME": str(tmp_path)}
        pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        started.append(subprocess.Popen(command, env=env, **pipes))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.communicate()


GOES_ON = """
import pathlib, sys, time
print("first", flush=True)
while not pathlib.Path(sys.argv[1]).exists():
    time.sleep(0.05)
print("second, and the", end=" ", flush=True)
print("last")
"""


def test_what_a_job_writes_is_followed_to_its_end(
    server: LocalServer, tmp_path: Path, follow: Callable[..., subprocess.Popen[str]]
) -> None:
    write_profile(tmp_path, server)
    account, go_on = server.account, tmp_path / "go on"
    account.images["/d/public/r/i"] = [sys.executable, "-c", GOES_ON, str(go_on)]
    spec = "spec: {containers: [{name: main, image: /d/public/r/i}]}"
    for line in (
        "create database d",
        POOL,
        "create image repository d.public.r",
        f"execute job service in compute pool p name = d.public.j async = true from specification $${spec}$$",
    ):
        account.execute(line)
    process = follow("job", "d.public.j")
    assert process.stdout is not None
    assert process.stdout.readline() == "first\n"
    go_on.touch()
    rest, err = process.communicate(timeout=120)
    assert (process.returncode, rest.replace("\n", " "), err) == (0, "second, and the last ", "")


def test_the_tasks_of_a_graph_are_followed(
    run: Run, server: LocalServer, tmp_path: Path, follow: Callable[..., subprocess.Popen[str]]
) -> None:
    write_profile(tmp_path, server)
    for line in (
        "create database d",
        "create task d.public.load as select 1",
        "create task d.public.wrong after d.public.load as select 1 / 0",
        "alter task d.public.wrong resume",
    ):
        server.account.execute(line)
    process = follow("task", "d.public.load")
    assert process.stdout is not None and process.stderr is not None
    server.account.execute("execute task d.public.load")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\S+ LOAD SUCCEEDED\n", process.stdout.readline())
    assert process.stdout.readline().endswith(" WRONG FAILED 100051 Division by zero\n")
    process.send_signal(signal.SIGINT)
    assert (process.wait(60), process.stderr.read()) == (130, "snowcore: stopped\n")
    said = run("logs", "task", "d.public.load", "-c", "mine")
    assert (said.status, said.out.count("\n"), run("logs", "task", "d.public.load", "-n1", "-c", "mine").out) == (
        0, 2, said.out.splitlines(keepends=True)[1],
    )  # fmt: skip
    for what, told in (
        ("task d.public.wrong", "WRONG runs after D.PUBLIC.LOAD; name the root"),
        ("tusk d.public.load", "'tusk d.public.load' is no service, job or task and its name"),
        ("task d.public.nix", "does not exist or not authorized"),
    ):
        status, out, err = run("logs", *what.split(), "-c", "mine")
        assert (status, out, told in err) == (1, "", True), err


@pytest.mark.parametrize(
    ("known", "text", "new"),
    [
        ("", "a\nb", "a\nb"),
        ("a\nb", "a\nb", ""),
        ("a\nb", "a\nb\nc", "c"),
        ("a\nb", "a\nb and more", " and more"),
        ("a\nb\nb", "b\nb\nc\nd", "c\nd"),
        ("a\na\na", "a\na\na\na", "a"),
        ("a\nb", "x\ny", "x\ny"),
    ],
)
def test_what_is_new_in_a_log(known: str, text: str, new: str) -> None:
    assert find_new(known, text) == new
