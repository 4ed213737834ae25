"""`snowcore graph`."""

from __future__ import annotations

from collections.abc import Callable
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
