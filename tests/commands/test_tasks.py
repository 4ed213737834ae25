"""`snowcore graph` and `run`."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from .conftest import Run

Sql = Callable[[str], Any]
GRAPH = """
create database d; create schema d.s; use schema d.s; create table t (i int);
create task load as insert into t values (1); create task check_it after load as select 1;
create task wrong after load as select 1 / 0; create task "<b>" after check_it as select 1;
alter task "<b>" resume; alter task check_it resume; alter task wrong resume
"""


@pytest.fixture
def here(sql: Sql, account: tuple[str, str]) -> tuple[str, str]:
    sql(GRAPH)
    return account


def test_a_graph_is_drawn(run: Run, here: tuple[str, str], tmp_path: Path) -> None:
    status, out, err = run("graph", "d.s.load", *here)
    assert (status, err) == (0, "")
    assert out.startswith("LOAD")
    assert all(name in out for name in ("CHECK_IT", "WRONG", "<b>"))
    assert run("graph", "load", "--database", "d", "--schema", "s", *here).out == out
    assert run("graph", "d.s.load", "-o", "g.svg", *here) == (0, "", "")
    svg = ElementTree.parse(tmp_path / "g.svg").getroot()
    assert svg.tag.endswith("svg") and "<b>" in "".join(svg.itertext())
    assert run("graph", "d.s.load", "--format", "mermaid", *here).out.startswith(("flowchart", "graph"))


@pytest.mark.parametrize(
    ("what", "told"),
    [
        (["d.s.nix"], "Task 'D.S.NIX' does not exist or not authorized. (002003)"),
        (["d.s.load", "-o", "none/g.svg"], "none/g.svg: No such file or directory"),
        (["d.s.load", "--format", "png"], "'png' is not one of 'text', 'svg', 'mermaid', 'timeline'"),
    ],
)
def test_what_is_wrong_is_said(run: Run, here: tuple[str, str], what: list[str], told: str) -> None:
    status, out, err = run("graph", *what, *here)
    assert (status, out) == (1, "")
    assert told in err
    assert err.count("\n") == 1


def test_a_graph_is_run(run: Run, sql: Sql, here: tuple[str, str]) -> None:
    status, out, err = run("run", "d.s.load", "--timeout", "60", *here)
    assert status == 1
    rows = {row["name"]: row for row in json.loads(out)}
    assert {name: row["state"] for name, row in rows.items()} == {
        "LOAD": "SUCCEEDED", "CHECK_IT": "SUCCEEDED", "WRONG": "FAILED", "<b>": "SUCCEEDED",
    }  # fmt: skip
    assert rows["WRONG"]["error_message"] == "Division by zero"
    assert datetime.fromisoformat(rows["LOAD"]["ended"]) >= datetime.fromisoformat(rows["LOAD"]["started"])
    *lines, last = err.splitlines()
    assert sorted(lines) == [
        "<b> SUCCEEDED",
        "CHECK_IT SUCCEEDED",
        "LOAD SUCCEEDED",
        "WRONG FAILED 100051 Division by zero",
    ]
    assert last.startswith("snowcore: run of ") and "FAILED (WRONG: 100051 Division by zero)" in last
    drawn = run("graph", "d.s.load", *here).out
    assert drawn.count("SUCCEEDED") == 3 and "FAILED" in drawn
    sql("alter task d.s.wrong modify as select 1")
    again = run("run", "d.s.load", *here)
    assert (again.status, {row["state"] for row in json.loads(again.out)}) == (0, {"SUCCEEDED"})
    assert len(sql("select * from d.s.t")) == 2


def test_a_run_that_takes_too_long_is_an_error(run: Run, sql: Sql, account: tuple[str, str]) -> None:
    sql("create database d; create task d.public.slow as select system$wait(5)")
    status, _, err = run("run", "d.public.slow", "--timeout", "0", *account)
    assert (status, "within 0 s" in err, err.count("\n")) == (1, True, 1)
