# ruff: noqa: E501 (a block and its answer are a line)
"""OUT arguments of procedures in Snowflake Scripting: what they give back to the block that called."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from snowcore.local import LocalAccount
from snowcore.local.sql import SqlSession

from .test_routines import error, one

_BOTH = "create procedure both(a int, b out varchar, c output float) returns varchar language sql as "


@pytest.fixture(scope="module")
def session() -> Iterator[SqlSession]:
    with LocalAccount() as account:
        session = account.session()
        session.execute("create database d")
        session.execute("create procedure two(x out number) returns varchar language sql as 'begin x := 2; end'")
        session.execute(_BOTH + "$$begin b := coalesce(b, 'none') || a; c := a / 2; return 'r' || a; end$$")
        session.execute(
            "create procedure more(n out int) returns int language sql as 'begin n := n + 1; return n; end'"
        )
        twice = "begin call more(:n); call more(:n); return 0; end"
        session.execute(f"create procedure twice(n out int) returns int language sql as '{twice}'")
        yield session


@pytest.mark.parametrize(
    ("block", "answer"),
    [
        ("declare x number; begin call two(:x); return x; end", 2),
        ("declare x number; begin call two(x); return x; end", 2),
        ("declare b varchar := 'in'; c float; r varchar; begin call both(7, :b, :c) into :r; return r || b || c; end", "r7in73.5"),
        ("declare b varchar; c float; begin call both(a => 1, c => :c, b => :b); return b || c; end", "none10.5"),
        ("declare k int := 5; begin call twice(:k); return k; end", 7),
        ("declare s varchar; begin call two(:s); return s || '!'; end", "2!"),
        ("declare k int; p procedure (q out int) returns int language sql as 'begin q := 9; end'; "
         "begin call p(:k); return k; end", 9),
        ("declare k int := 5; begin begin call more(:k); end; return k; end", 6),
        ("declare k int := 5; r resultset; begin r := (call more(:k)); return k; end", 6),
    ],
)  # fmt: skip
def test_a_blocks_variable_gets_what_the_procedure_gave_it(session: SqlSession, block: str, answer: Any) -> None:
    assert one(session, block) == answer


def test_a_procedure_that_fails_gives_nothing_back(session: SqlSession) -> None:
    session.execute("create procedure fails(n out int) returns int language sql as 'begin n := 1; n := 1 / 0; end'")
    block = "declare n int := 5; begin call fails(:n); exception when other then return n; end"
    assert one(session, block) == 5


def test_an_out_argument_is_a_variable_of_a_block(session: SqlSession) -> None:
    for call in ("call two(1)", "begin call two(1); end", "declare x int := 1; begin call two(:x + 1); end"):
        assert error(session, call)[0] == "002133", call
    for definition in (
        "procedure p(a out int default 1) returns int language sql as 'begin return 1; end'",
        "procedure p(a out float) returns float language javascript as 'return 1'",
        "function f(a out int) returns int as 'a'",
    ):
        assert error(session, f"create {definition}")[0] == "000002", definition


def test_out_is_told(session: SqlSession) -> None:
    told = dict(session.execute("describe procedure both(int, varchar, float)").rows)
    assert told["signature"] == "(A NUMBER, B OUT VARCHAR, C OUT FLOAT)"
    ddl = one(session, "select get_ddl('procedure', 'two(number)')")
    session.execute(ddl)
    assert one(session, "declare x number; begin call two(:x); return x; end") == 2
    session.execute("create temporary procedure own(a out int) returns int language sql as 'begin a := 3; end'")
    assert one(session, "declare x int; begin call own(:x); return x; end") == 3


def test_who_may_not_make_anything_in_a_schema_calls_what_is_there(session: SqlSession) -> None:
    """Nor may ACCOUNTADMIN, if the schema belongs to a role that it doesn't have."""
    for statement in (
        "create role owns_it",
        "create role calls_it",
        "grant role calls_it to user snowcore",
        "create schema d.of_other",
        "create function d.of_other.f(x int) returns int as 'x + 1'",
        "create procedure d.of_other.p() returns int language sql as 'begin return 7; end'",
        "grant usage on database d to role calls_it",
        "grant usage on schema d.of_other to role calls_it",
        "grant usage on function d.of_other.f(int) to role calls_it",
        "grant usage on procedure d.of_other.p() to role calls_it",
        "grant ownership on schema d.of_other to role owns_it copy current grants",
        "use role calls_it",
    ):
        session.execute(statement)
    assert one(session, "select d.of_other.f(1)") == 2
    assert one(session, "call d.of_other.p()") == 7
