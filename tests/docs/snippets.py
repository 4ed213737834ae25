"""`python -m tests.docs.snippets docs/tasks.md`: run what a page shows, from top to bottom, in the current folder.

A block of three backticks is run by its language:

- python: in one namespace for the page. One that begins with `# name.py` is written into that file instead.
- text: what the Python before it has printed.
- sql: in a session of an account that is served, to which the profiles `myconnection` and `mytoken` lead.
- console: commands after `$ `, and what they print; `…` for anything. `[2]` is the exit status if it isn't 0.
- yaml, toml, json: must be right; written into the file that a first line `# name` tells.
- sh: is not run, since it installs something or goes on until it is stopped. What it names must be there.

What is to be there first, though a reader need not see it, stands in a comment: `<!-- python` or `<!-- sql`.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import yaml

from snowcore.engine.parsing import tokens_of
from snowcore.local import LocalAccount
from snowcore.local.doors.server import LocalServer
from snowcore.local.sql import SqlSession
from snowcore.local.sql.scripts import split

ROOT = Path(__file__).parents[2]
_BLOCK = re.compile(r"^( *)(?:```(\w*)\n(.*?)^ *```|<!-- (\w+)\n(.*?)^ *-->)$", re.DOTALL | re.MULTILINE)
_FILE = re.compile(r"# ([\w./-]+\.\w+)\n")
COMMANDS = {
    "python": [sys.executable],
    "pytest": [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:asyncio"],
}
COMMANDS["snowcore"] = [sys.executable, "-m", "snowcore"]


@attrs.frozen
class Block:
    line: int
    language: str
    text: str


def blocks(page: Path) -> Iterator[Block]:
    """The blocks of a page, without what they are indented by."""
    content = page.read_text(encoding="utf-8")
    for found in _BLOCK.finditer(content):
        text = re.sub(rf"^{found[1]}", "", found[3] or found[5] or "", flags=re.MULTILINE)
        yield Block(content.count("\n", 0, found.start()) + 2, found[2] or found[4] or "", text)


@attrs.define
class Runner:
    """What the blocks of a page share."""

    page: Path
    session: SqlSession
    names: dict[str, Any] = attrs.Factory(lambda: {"__name__": "__main__"})
    printed: str = ""

    def run(self, block: Block) -> None:
        file = _FILE.match(block.text)
        if file and block.language in ("python", "yaml", "toml", "sql"):
            place = Path(file[1])
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(block.text, encoding="utf-8")
        getattr(self, f"run_{block.language or 'nothing'}")(block, file is not None)

    def run_python(self, block: Block, kept: bool) -> None:
        if kept:
            return
        out = io.StringIO()
        # the lines before keep those of an error right
        code = compile("\n" * (block.line - 1) + block.text, str(self.page), "exec")
        with contextlib.redirect_stdout(out):
            exec(code, self.names)
        self.printed = out.getvalue()

    def run_text(self, block: Block, kept: bool) -> None:
        # what is done at the same time prints in any order, and takes more or less time
        told, printed = (re.sub(r"\d+\.\d s", "0.0 s", text).splitlines() for text in (block.text, self.printed))
        _same(sorted(told), sorted(printed))

    def run_sql(self, block: Block, kept: bool) -> None:
        for part in split(tokens_of(block.text)):
            if not kept and part:
                self.session.execute(block.text[part[0].start : part[-1].end + 1])

    def run_console(self, block: Block, kept: bool) -> None:
        for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
            command, _, expected = part.partition("\n")
            program, *arguments = shlex.split(command)
            done = subprocess.run(
                [*COMMANDS[program], *arguments],
                capture_output=True, text=True, check=False, timeout=120, env={**os.environ, "PYTHONWARNINGS": "error"},
            )  # fmt: skip
            shown = done.stdout + (done.stderr if done.returncode == 1 else "")
            shown += f"[{done.returncode}]\n" if done.returncode else ""
            pattern = ".*".join(re.escape(one) for one in expected.split("…"))
            if not re.fullmatch(pattern, shown, re.DOTALL):
                raise AssertionError(f"$ {command}\nprints\n{shown}{done.stderr}\ninstead of\n{expected}")

    def run_yaml(self, block: Block, kept: bool) -> None:
        yaml.safe_load(block.text)

    def run_toml(self, block: Block, kept: bool) -> None:
        tomllib.loads(block.text)

    def run_json(self, block: Block, kept: bool) -> None:
        json.loads(block.text)

    def run_sh(self, block: Block, kept: bool) -> None:
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        for extras in re.findall(r"snowcore\[([\w,]+)\]", block.text):
            assert set(extras.split(",")) <= set(project["optional-dependencies"]), extras
        targets = (ROOT / "Makefile").read_text(encoding="utf-8")
        for target in re.findall(r"^make (\w+)", block.text, re.MULTILINE):
            assert re.search(rf"^{target}:", targets, re.MULTILINE), f"no target {target}"
        for command, options in re.findall(r"^(?:venv/bin/)?snowcore ([\w ]*\w)(.*)", block.text, re.MULTILINE):
            told = subprocess.run(
                [*COMMANDS["snowcore"], *command.split(), "--help"], capture_output=True, text=True, check=True
            )
            for option in re.findall(r"--[\w-]+", re.split("[#|>]", options)[0]):
                assert option in told.stdout, f"snowcore {command} has no {option}"


def _same(expected: Any, found: Any) -> None:
    if expected != found:
        raise AssertionError(f"{found!r} instead of {expected!r}")


def main(page: Path) -> None:
    """Run the blocks of a page. Whatever fails is raised, after a line that says where."""
    with LocalAccount() as account, LocalServer(account) as server:
        os.environ["SNOWFLAKE_HOME"] = str(home := Path("home").absolute())
        home.mkdir()
        (home / "connections.toml").touch(0o600)
        place = f'account = "local"\nhost = "{server.host}"\nport = {server.port}\nprotocol = "http"\n'
        login = f'user = "{server.user}"\npassword = "{server.password}"\n'
        token = f'authenticator = "PROGRAMMATIC_ACCESS_TOKEN"\ntoken = "{server.password}"\n'
        text = f"[myconnection]\n{place}{login}[mytoken]\n{place}{token}"
        (home / "connections.toml").write_text(text, encoding="utf-8")
        account.execute("create database mydb")
        account.execute("create schema mydb.myschema")
        session = account.session()
        session.execute("use schema mydb.myschema")
        runner = Runner(page, session)
        for block in blocks(page):
            try:
                runner.run(block)
            except BaseException:
                print(f"{page}:{block.line}: the {block.language} block here does not do what the page says")
                raise


if __name__ == "__main__":
    main(Path(sys.argv[1]))
    sys.stdout.flush()
    os._exit(0)  # connections that a page leaves open would ask a server that has ended for minutes
