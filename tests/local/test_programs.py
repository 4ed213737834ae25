"""Programs as people publish them: behind `-->` stands what a statement answers, or `error` and its number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from snowcore.local import LocalAccount
from snowcore.local.sql import SqlSession, scripts

from ..conftest import eventually
from .test_routines import error

PROGRAMS = sorted((Path(__file__).parent / "programs").glob("*.sql"))


def parts(text: str) -> Iterator[tuple[str, str]]:
    """What is run, and what is expected of its last statement."""
    run = ""
    for line in text.splitlines(keepends=True):
        if line.startswith("--> "):
            yield run, line.removeprefix("--> ").strip()
            run = ""
        else:
            run += line
    yield run, ""


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_a_program_of_other_people(path: Path) -> None:
    with LocalAccount() as account:
        session = account.session()
        for text, expected in parts(path.read_text()):
            statements = [one for one in scripts.statements(text) if re.sub(r"--.*", "", one).strip()]
            last = (
                statements.pop() if statements and expected and not expected.startswith(("advance", "finish")) else None
            )
            for statement in statements:
                session.execute(statement)
            match expected.split():
                case ["error", number]:
                    assert last is not None and error(session, last)[0] == number, (last, error(session, last))
                case ["advance", minutes]:
                    account.advance(minutes=int(minutes))
                case ["finish", task]:
                    wait_for(session, task)
                case [] | [""]:
                    assert last is None
                case _:
                    assert last is not None
                    rows = [tuple(row) for row in session.execute(last).rows]
                    assert rows == eval(expected, {"Decimal": Decimal}), last


def wait_for(session: SqlSession, task: str) -> None:
    """Until a graph that was executed by hand has ended, its retries among it."""
    ended = f"select 1 from table(information_schema.complete_task_graphs(root_task_name => '{task}'))"
    eventually(lambda: session.execute(f"{ended} where state = 'SUCCEEDED'").rows, "the graph doesn't end")
