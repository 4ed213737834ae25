"""An account to plan on, in this process and over REST, and a folder to declare it in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent

import pytest

from snowcore import LocalAccount, Root
from snowcore.local.doors.server import LocalServer
from snowcore.plan import Plan, Report, apply, plan


@pytest.fixture
def account() -> Iterator[LocalAccount]:
    with LocalAccount() as account:
        yield account


def connect(server: LocalServer) -> Root:
    return Root.connect(
        account="local",
        authenticator="PROGRAMMATIC_ACCESS_TOKEN",
        token=server.password,
        host=server.host,
        port=server.port,
        protocol="http",
    )


@pytest.fixture(params=["in process", "over REST"])
def root(request: pytest.FixtureRequest, account: LocalAccount) -> Iterator[Root]:
    if request.param == "in process":
        yield Root(account)
        return
    with LocalServer(account, port=0, user="SNOWCORE", password="not-for-logs-123") as server:
        root = connect(server)
        yield root
        root.client.close()


class Folder:
    """A folder of declarations on an account."""

    def __init__(self, root: Root, path: Path) -> None:
        self.root, self.path = root, path

    def write(self, text: str, name: str = "all.yaml") -> Folder:
        self.path.mkdir(exist_ok=True)
        (self.path / name).write_text(dedent(text), encoding="utf-8")
        return self

    def plan(self, text: str | None = None, *, prune: bool = False) -> Plan:
        if text is not None:
            self.write(text)
        return plan(self.root, self.path, prune=prune)

    def apply(self, text: str | None = None, *, allow_destructive: bool = False) -> Report:
        """Do what is declared, after which nothing is left to do."""
        report = apply(self.plan(text), allow_destructive=allow_destructive)
        assert lines(self.plan()) == []
        return report


@pytest.fixture
def folder(root: Root, tmp_path: Path) -> Folder:
    return Folder(root, tmp_path / "declared")


def lines(made: Plan) -> list[str]:
    """What a plan does, a line each: `alter table D.S.T: comment`."""
    return [
        f"{step.title}{': ' * bool(step.changes)}{', '.join(change.field for change in step.changes)}"
        for step in made.steps
    ]


Lines = Callable[[Plan], list[str]]
