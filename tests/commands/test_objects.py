"""`snowcore ls`, `get` and `describe`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .conftest import Run

Sql = Callable[[str], Any]
SETUP = """
create warehouse w; create database d; create schema d.s;
create table d.s.t (id int, "a b" varchar(10)) comment = 'c';
create table d.s."q.x" (id int); create view d.s.v as select 1 one;
create database d2; create table d2.public.t (i int);
create function d.s.f(x number) returns number as 'x + 1'
"""


@pytest.fixture
def here(sql: Sql, account: tuple[str, str]) -> tuple[str, str]:
    sql(SETUP)
    return account


def test_ls(run: Run, here: tuple[str, str]) -> None:
    def names(*what: str) -> list[tuple[str, str]]:
        return [(row["resource"], row["name"]) for row in run("ls", *what, *here).json]

    assert {("database", "D"), ("database", "D2"), ("warehouse", "W"), ("role", "SYSADMIN")} <= set(names())
    assert ("schema", "S") in names("d")
    assert {("table", "T"), ("table", '"q.x"'), ("view", "V")} <= set(names("d.s"))
    assert names("tables") == [("table", "T"), ("table", '"q.x"'), ("table", "T")]
    assert names("tables", "d2") == names("table", "d2.public") == [("table", "T")]
    assert names("tables", "--database", "d2") == [("table", "T")]
    assert names("image-repositories", "d.s") == []


def test_ls_for_people(run: Run, here: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    shown = run("ls", "tables", "--format", "table", *here).out
    assert [line.split("│")[2].strip() for line in shown.splitlines() if "│" in line] == [
        "name", "D.S.T", 'D.S."q.x"', "D2.PUBLIC.T",
    ]  # fmt: skip
    assert "\x1b" not in shown
    assert run("ls", "streams", "d", "--format", "csv", *here).out == "resource,name\n"
    assert run("ls", "tables", "d2", "--format", "csv", *here).out.splitlines()[0].startswith("resource,name,rows")


def test_get_and_describe(run: Run, here: tuple[str, str]) -> None:
    table = run("get", "table", "d.s.t", *here).json
    assert (table["name"], table["comment"], table["columns"][1]["name"]) == ("T", "c", "a b")
    assert run("get", "table", "t", "--database", "d", "--schema", "s", *here).json == table
    assert run("get", "warehouses", "w", *here).json["name"] == "W"
    assert run("get", "role", "sysadmin", *here).json["name"] == "SYSADMIN"
    assert run("get", "user-defined-function", "d.s.f(number)", *here).json["body"] == "x + 1"
    described = run("describe", "table", "d.s.t", *here).json
    assert [(row["name"], row["type"]) for row in described] == [("ID", "NUMBER(38,0)"), ("a b", "VARCHAR(10)")]
    assert run("describe", "table", 'd.s."q.x"', "--ddl", *here).out == (
        'create or replace TABLE D.S."q.x" (\n\tID NUMBER(38,0)\n);\n'
    )
    assert run("describe", "user_defined_function", "d.s.f(number)", *here).json[0]["property"] == "signature"


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("ls nowhere", "there is no database NOWHERE, or the role may not see it"),
        ("ls d.nowhere", "there is no schema D.NOWHERE, or the role may not see it"),
        ("ls tabels d", "'tabels' is no kind of objects; did you mean 'tables'? (see snowcore ls --help)"),
        ("get tabel d.s.t", "'tabel' is no kind of objects; did you mean 'table'? (see snowcore get --help)"),
        ("get table t", "'t' is no DB.SCHEMA.NAME, as a table has; see --database and --schema"),
        ("get table d.s.nix", "Table 'D.S.NIX' does not exist or not authorized. (002003)"),
        ("describe view d.s.nix", "'NIX' does not exist or not authorized. (002003)"),
        ("get procedure d.s.p", "a procedure is named with the types of its arguments, as in d.s.p(NUMBER)"),
        ("get table d.s.t.u.v", "'d.s.t.u.v' is not a valid identifier."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_a_sentence(run: Run, here: tuple[str, str], what: str, told: str) -> None:
    status, out, err = run(*what.split(), *here)
    assert (status, out) == (1, "")
    assert err.startswith("snowcore: ")
    assert told in err


def test_a_folder_without_an_account_is_refused_and_left_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "w.yaml").write_text("warehouses: {w: {}}\n")
    told = (1, "", "snowcore: there is no account in nowhere; apply, sql and serve --data make one\n")
    for command in (
        ["ls"], ["get", "role", "r"], ["describe", "role", "r"], ["export", "out"], ["logs", "d.s.s"],
        ["plan", "w.yaml"], ["graph", "d.s.t"], ["run", "d.s.t"],
    ):  # fmt: skip
        assert run(*command, "--local", "nowhere") == told
    assert run("diff", "local:nowhere", "local:elsewhere") == told
    assert run("ls", "-c", "local:") == (1, "", "snowcore: local: needs the folder of an account, as in local:DIR\n")
    assert [one.name for one in tmp_path.iterdir()] == ["w.yaml"]


def test_faulty_declarations_make_no_account(run: Run, tmp_path: Path) -> None:
    (tmp_path / "w.yaml").write_text("warehouses: {w: {coment: a}}\n")
    for folder, told in (("w.yaml", "w.yaml:1:18: coment: not a property"), ("nowhere", "nowhere: can't be read")):
        status, out, err = run("apply", folder, "--yes", "--local", "account")
        assert (status, out, told in err) == (1, "", True), err
    assert [one.name for one in tmp_path.iterdir()] == ["w.yaml"]


def test_a_role_sees_what_it_may(run: Run, here: tuple[str, str]) -> None:
    assert run("ls", "tables", "--role", "public", *here).json == []
    assert run("ls", "d", "--role", "public", *here).status == 1
    _, _, err = run("sql", "drop table d.s.t", "--role", "PUBLIC", *here)
    assert "does not exist or not authorized" in err
    assert "Traceback" not in err
