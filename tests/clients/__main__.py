"""`python -m tests.clients`: do clients as people use them keep working against a served account?

Each client has an environment of its own under .clients/, made when it is missing or its requirements changed, a server
of its own, and programs that check answers and print what held. It ends with 1 if any of them failed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import attrs

from ..e2e.conftest import CLIENTS as SMALL
from ..e2e.conftest import Served, Servers, environment

HERE = Path(__file__).parent
MADE = HERE.parent.parent / ".clients"
LONGEST = 600
"""Seconds that a program has."""


@attrs.frozen
class Client:
    requirements: tuple[str, ...]
    """What pip installs; for Node, npm."""
    programs: tuple[Path, ...]

    @property
    def is_node(self) -> bool:
        return self.programs[0].suffix == ".js"


FRAMES = HERE / "with_pandas.py"
CLIENTS = {
    "connector4": Client(
        ("snowflake-connector-python[pandas]>=4,<5",), (SMALL / "connector.py", HERE / "with_connector.py", FRAMES)
    ),
    "connector5": Client(
        ("snowflake-connector-python[pandas]>=5,<6",), (SMALL / "connector.py", HERE / "with_connector.py", FRAMES)
    ),
    "sqlalchemy": Client(("snowflake-sqlalchemy>=1.7", "pandas"), (HERE / "with_sqlalchemy.py",)),
    "snowpark": Client(
        ("snowflake-snowpark-python[pandas]>=1.40",), (SMALL / "snowpark.py", HERE / "with_snowpark.py")
    ),
    # dbt-core 1.11 and later fetch a part of themselves from GitHub as they are installed.
    "dbt": Client(("dbt-core>=1.10,<1.11", "dbt-snowflake>=1.10,<1.11"), (HERE / "with_dbt.py",)),
    "dlt": Client(("dlt[snowflake]>=1.10",), (HERE / "with_dlt.py",)),
    "snow": Client(("snowflake-cli>=3.10",), (HERE / "with_snow.py",)),
    "node": Client(("snowflake-sdk@^3",), (HERE / "with_node.js",)),
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


def ran(served: Served, folder: Path, program: Path, home: Path) -> bool:
    """Run a program of a client's; whether all that it checks held."""
    interpreter = "node" if program.suffix == ".js" else str(folder / "bin" / "python")
    env = {**environment(served, home), "NODE_PATH": str(folder / "node_modules"), "PYTHONUNBUFFERED": "1"}
    env["PATH"] = os.pathsep.join([str(folder / "bin"), env["PATH"]])
    work = home / "work"
    work.mkdir()
    try:
        done = subprocess.run([interpreter, str(program)], env=env, cwd=work, timeout=LONGEST)
    except subprocess.TimeoutExpired:
        print(f"  {program.name} took longer than {LONGEST} seconds", flush=True)
        return False
    return done.returncode == 0


def main() -> int:
    """Try the clients that were named, or all; 1 if one failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.clients", description=main.__doc__)
    parser.add_argument("clients", nargs="*", choices=[*CLIENTS, []], help="which of them; all, if none is named")
    failed: list[str] = []
    for name in parser.parse_args().clients or CLIENTS:
        client = CLIENTS[name]
        if client.is_node and shutil.which("npm") is None:
            print(f"{name}: npm is not here", flush=True)
            failed.append(name)
            continue
        folder = made(name, client)
        for program in client.programs:
            print(f"{name}: {program.name}", flush=True)
            began, servers = time.monotonic(), Servers()
            with tempfile.TemporaryDirectory(prefix="snowcore-clients-") as home:
                try:
                    well = ran(servers.start(), folder, program, Path(home))
                finally:
                    servers.end()
            print(f"  {'done' if well else 'FAILED'} in {time.monotonic() - began:.0f} s", flush=True)
            if not well:
                failed.append(f"{name} ({program.name})")
    print(f"failed: {', '.join(failed)}" if failed else "all held")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
