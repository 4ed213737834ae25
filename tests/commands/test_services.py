"""`snowcore logs`."""

from __future__ import annotations

import sys
from pathlib import Path

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
