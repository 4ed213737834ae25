"""What several tests play with: a server that answers from a script, and an account with a schema in it."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pkgutil import iter_modules
from tempfile import TemporaryDirectory
from typing import TypeVar

import orjson
import pytest
from hypothesis import settings

from snowcore import LocalAccount, Root
from snowcore.engine import duckdb
from snowcore.local import sql
from snowcore.schema import SchemaResource

# What is imported with a first statement: a test's first request would wait for that, on a busy machine too long.
for _room in (duckdb, sql):
    for _module in iter_modules(_room.__path__, f"{_room.__name__}."):
        import_module(_module.name)

# Always with the same values, so that no run fails for others; `--hypothesis-seed=N` tries these.
SAME = not any(argument.startswith("--hypothesis-seed") for argument in sys.argv)
settings.register_profile("snowcore", deadline=None, derandomize=SAME, print_blob=True)
settings.load_profile("snowcore")

# What runs in the background ignores Ctrl-C, and so would all that tests begin.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

Answer = tuple[int, dict[str, str], bytes]
T = TypeVar("T")


def eventually(holds: Callable[[], T], why: object = "it doesn't come") -> T:
    """The first answer that holds, to a question asked again and again for a minute, since a machine may be busy."""
    until = time.monotonic() + 60
    while not (found := holds()):
        assert time.monotonic() < until, why() if callable(why) else why
        time.sleep(0.01)
    return found


def answer(status: int = 200, body: object = None, **headers: str) -> Answer:
    """An answer as a server would give it. Header names are written with underscores."""
    return status, {k.replace("_", "-"): v for k, v in headers.items()}, b"" if body is None else orjson.dumps(body)


@pytest.fixture(scope="session", autouse=True)
def _scratch() -> Iterator[None]:
    """What tests and the processes that they begin leave in the folder for temporary files goes when they end."""
    with pytest.MonkeyPatch.context() as patch, TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        patch.setenv("TMPDIR", folder)
        patch.setattr("tempfile.tempdir", folder)
        yield


class Script:
    """An account that gives prepared answers, one after the other, and keeps what it was asked."""

    def __init__(self, *answers: Answer | Callable[[str, str], Answer]) -> None:
        self.answers = list(answers)
        self.requests: list[tuple[str, str, Mapping[str, str], object]] = []

    def handle_request(self, method: str, target: str, headers: Mapping[str, str], content: bytes | None) -> Answer:
        self.requests.append((method, target, headers, None if content is None else orjson.loads(content)))
        given = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return given(method, target) if callable(given) else given

    @property
    def lines(self) -> list[str]:
        return [f"{method} {target}" for method, target, _, _ in self.requests]

    @property
    def bodies(self) -> list[object]:
        return [body for _, _, _, body in self.requests]


@pytest.fixture
def script() -> Callable[..., tuple[Root, Script]]:
    def make(*answers: Answer) -> tuple[Root, Script]:
        account = Script(*(answers or (answer(200, {"status": "done"}),)))
        return Root(account), account

    return make


@pytest.fixture
def account() -> Iterator[LocalAccount]:
    with LocalAccount() as account:
        for statement in ("create warehouse w", "create database d", "create schema d.s"):
            account.execute(statement)
        yield account


@pytest.fixture
def schema(account: LocalAccount) -> SchemaResource:
    return Root(account).databases["d"].schemas["s"]
