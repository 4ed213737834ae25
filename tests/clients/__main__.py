"""`python -m tests.clients`: do clients as people use them keep working against a served account?

Each client has an environment of its own under .clients/, made when it is missing or its requirements changed, a server
of its own, and programs whose checks print `passed` or `failed` and why. What came of them goes to docs/clients.md. It
ends with 1 if a check failed.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import attrs

from ..e2e.conftest import CLIENTS as SMALL
from ..e2e.conftest import Served, Servers, environment
from . import page

HERE = Path(__file__).parent
MADE = HERE.parent.parent / ".clients"
LONGEST = 3600
"""Seconds that a program has."""
ROOM = 4 * 2**30
"""Bytes that must be free on the disk, or a client's environment goes when its programs have ended."""


@attrs.frozen
class Client:
    requirements: tuple[str, ...]
    """What pip installs; for Node, npm."""
    programs: tuple[Path, ...]
    told_host: bool = True
    """False for a tool that has no option for a host: the connector's defaults are then the served account."""
    has_code: bool = False
    """Whether it brings Python to the account, which then runs it where Snowpark and pandas are installed."""

    @property
    def is_node(self) -> bool:
        return self.programs[0].suffix == ".js"


def tool(*requirements: str, program: str, told_host: bool = True, has_code: bool = False) -> Client:
    return Client(requirements, (HERE / program,), told_host, has_code)


FRAMES = HERE / "with_pandas.py"
CLIENTS = {
    "connector4": Client(
        ("snowflake-connector-python[pandas]>=4,<5",), (SMALL / "connector.py", HERE / "with_connector.py", FRAMES)
    ),
    "connector5": Client(
        ("snowflake-connector-python[pandas]>=5,<6",), (SMALL / "connector.py", HERE / "with_connector.py", FRAMES)
    ),
    "snowpark": Client(
        ("snowflake-snowpark-python[pandas]>=1.40", "snowflake.core"),
        (SMALL / "snowpark.py", HERE / "with_snowpark.py"),
        has_code=True,
    ),
    "node": tool("snowflake-sdk@^3", program="with_node.js"),
    "sqlalchemy": tool("snowflake-sqlalchemy>=1.7", "pandas", "pyarrow", program="with_sqlalchemy.py"),
    "alembic": tool("alembic>=1.13", "snowflake-sqlalchemy>=1.7", program="with_alembic.py"),
    # dbt-core 1.11 and later fetch a part of themselves from GitHub as they are installed.
    "dbt": tool("dbt-snowflake>=1.10,<1.11", "dbt-core>=1.10,<1.11", program="with_dbt.py", has_code=True),
    "dlt": tool("dlt[snowflake,parquet]>=1.10", program="with_dlt.py"),
    "sqlmesh": tool("sqlmesh[snowflake]>=0.200", program="with_sqlmesh.py", told_host=False),
    "ibis": tool("ibis-framework[snowflake]>=10", "snowflake-connector-python<5", "sqlglot<29", program="with_ibis.py"),
    "great_expectations": tool("great_expectations[snowflake]>=1.3", program="with_great_expectations.py"),
    "schemachange": tool("schemachange>=4", program="with_schemachange.py", told_host=False),
    "snow": tool("snowflake-cli>=3.10", program="with_snow.py", has_code=True),
    "snowddl": tool("snowddl>=0.50", program="with_snowddl.py", told_host=False),
    "snowcap": tool("snowcap>=1", program="with_snowcap.py", told_host=False),
    "permifrost": tool(
        "permifrost>=0.15", "sqlalchemy<2", "snowflake-sqlalchemy>=1.5", program="with_permifrost.py", told_host=False
    ),
    "target": tool("meltanolabs-target-snowflake>=0.17", program="with_target.py", told_host=False),
}


def made(name: str, client: Client) -> Path:
    """The folder of a client's environment."""
    folder, wanted = MADE / name, "\n".join(client.requirements)
    mark = folder / ".requirements"
    if mark.exists() and mark.read_text() == wanted:
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    if client.is_node:
        (folder / "package.json").write_text("{}")
        install = ["npm", "install", "--no-audit", "--no-fund", "--silent", *client.requirements]
    else:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        pip = [folder / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        install = [*pip, *client.requirements]
    subprocess.run(install, cwd=folder, check=True, timeout=900)
    mark.write_text(wanted)
    return folder


def version_of(client: Client, folder: Path) -> str:
    """Its package and that package's version, as the page tells them."""
    name = re.split(r"[\[<>=@]", client.requirements[0])[0]
    if client.is_node:
        version = json.loads((folder / "node_modules" / name / "package.json").read_text())["version"]
    else:
        ask = "import sys, importlib.metadata as m; print(m.version(sys.argv[1]))"
        version = subprocess.check_output([folder / "bin" / "python", "-c", ask, name], text=True).strip()
    return f"{name} {version}" + ("" if client.told_host else " *")


def ran(served: Served, client: Client, folder: Path, program: Path, home: Path) -> dict[str, str]:
    """Run a program of a client's; its checks, and why each failed (empty: it passed)."""
    interpreter = "node" if program.suffix == ".js" else str(folder / "bin" / "python")
    env = {**environment(served, home), "NODE_PATH": str(folder / "node_modules"), "PYTHONUNBUFFERED": "1"}
    env["PATH"] = os.pathsep.join([str(folder / "bin"), env["PATH"]])
    env["PYTHONPATH"] = "" if client.told_host else str(HERE / "shim")
    work = home / "work"
    work.mkdir()
    checks: dict[str, str] = {}
    with subprocess.Popen([interpreter, str(program)], env=env, cwd=work, stdout=subprocess.PIPE, text=True) as process:
        watch = threading.Timer(LONGEST, process.kill)
        watch.start()
        assert process.stdout is not None
        for line in process.stdout:
            print(f"  {line}", end="", flush=True)
            outcome, _, told = line.rstrip("\n").partition(": ")
            if outcome in ("passed", "failed"):
                what, _, why = told.partition(" | ")
                checks[what] = why or outcome.removeprefix("passed")
        watch.cancel()
    if process.returncode or not checks:
        checks[f"{program.stem} runs to its end"] = f"ended with {process.returncode}" if process.returncode else ""
    return checks


def tried(client: Client, folder: Path) -> page.Outcome:
    checks: dict[str, str] = {}
    options = ("--python", str(made("snowpark", CLIENTS["snowpark"]) / "bin" / "python")) if client.has_code else ()
    for program in client.programs:
        print(f"  {program.name}", flush=True)
        began, servers = time.monotonic(), Servers()
        with tempfile.TemporaryDirectory(prefix="snowcore-clients-") as home:
            try:
                found = ran(servers.start(*options), client, folder, program, Path(home))
            finally:
                servers.end()
        checks |= found
        print(
            f"  {sum(not why for why in found.values())} of {len(found)} in {time.monotonic() - began:.0f} s",
            flush=True,
        )
    return page.Outcome(version_of(client, folder), checks)


def main() -> int:
    """Try the clients that were named, or all; 1 if a check failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.clients", description=main.__doc__)
    parser.add_argument("clients", nargs="*", choices=[*CLIENTS, []], help="which of them; all, if none is named")
    parser.add_argument("--only-make", action="store_true", help="make their environments, and try nothing")
    asked = parser.parse_args()
    failed: list[str] = []
    for name in asked.clients or CLIENTS:
        client = CLIENTS[name]
        print(name, flush=True)
        if client.is_node and shutil.which("npm") is None:
            print("  npm is not here", flush=True)
            failed.append(name)
            continue
        folder = made(name, client)
        if asked.only_make:
            continue
        outcome = tried(client, folder)
        page.write({name: outcome}, [*CLIENTS])
        failed += [f"{name} ({what})" for what, why in outcome.checks.items() if why]
        if shutil.disk_usage(MADE).free < ROOM:
            shutil.rmtree(folder)
    print(f"failed: {', '.join(failed)}" if failed else "all held")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
