"""Statements that are deeply nested work, or end in a true message."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from .conftest import Rows

NESTED = {
    "parentheses": "(" * 500 + "1" + ")" * 500,
    "sums": "(1 + " * 500 + "1" + ")" * 500,
    "calls": "abs(" * 500 + "1" + ")" * 500,
    "cases": "case when true then " * 300 + "1" + " end" * 300,
    "a chain": " + ".join(["1"] * 2000),
    "a chain of conditions": " and ".join(["true"] * 2000),
    "not": "not " * 1000 + "true",
}


@pytest.mark.parametrize("name", NESTED)
def test_what_is_deeply_nested_works(run: Callable[..., Rows], name: str) -> None:
    before = sys.getrecursionlimit()
    assert len(run(f"select {NESTED[name]}")) == 1
    assert sys.getrecursionlimit() == before


def test_two_hundred_subqueries_work(run: Callable[..., Rows]) -> None:
    assert run("select * from " + "(select * from " * 200 + "(select 1)" + ")" * 200) == [(1,)]


@pytest.mark.parametrize("depth", [1_001, 50_000])
def test_what_is_too_deeply_nested_is_refused(refused: Callable[[str], str], depth: int) -> None:
    said = refused("select " + "(" * depth + "1" + ")" * depth)
    assert said == "001003 SQL compilation error:\nThe statement is too deeply nested."


def test_what_only_operators_nest_too_deeply_is_refused(refused: Callable[[str], str]) -> None:
    assert refused("select " + "not " * 6_000 + "true").endswith("The statement is too deeply nested.")


def test_a_statement_that_takes_all_memory_is_refused(refused: Callable[[str], str]) -> None:
    assert refused("select 1" + " union all select 1" * 6_000).startswith("000002")


def test_aliases_of_aliases_have_an_end(run: Callable[..., Rows], refused: Callable[[str], str]) -> None:
    doubled = [f"a{i} + a{i} a{i + 1}" for i in range(40)]
    assert run("select " + ", ".join(["1 a0", *doubled[:8]]))[0][-1] == 256
    assert refused("select " + ", ".join(["1 a0", *doubled])).startswith("000002")
