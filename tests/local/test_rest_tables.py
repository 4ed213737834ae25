"""Tables: real ones, with what only the catalog knows of them."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from snowcore.engine.protocol import TablePath
from snowcore.local.objects.tables import refresh_table

from .conftest import Api, Clock

ID = {"name": "id", "datatype": "int", "autoincrement": True, "autoincrement_start": 10, "autoincrement_increment": 5}
NAME = {"name": "name", "datatype": "varchar(7)", "default": "'none'", "comment": "what it is called"}


def columns(api: Api, path: str) -> list[tuple[str, str, bool]]:
    return [(c["name"], c["datatype"], c["nullable"]) for c in api("GET", path)["columns"]]


@pytest.fixture
def tables(home: str) -> str:
    return f"{home}/tables"


@pytest.fixture
def t(api: Api, tables: str) -> str:
    """The path of a table with two rows."""
    api("POST", tables, {"name": "t", "columns": [ID, NAME], "comment": "c"})
    api.account.execute("insert into d.public.t (name) values ('a'), ('b')")
    return f"{tables}/t"


def test_a_table_has_its_columns_and_its_rows(api: Api, t: str) -> None:
    table = api("GET", t)
    assert table["columns"] == [
        {**ID, "name": "ID", "datatype": "NUMBER(38,0)", "nullable": True},
        {**NAME, "name": "NAME", "datatype": "VARCHAR(7)", "nullable": True},
    ]
    assert (table["rows"], table["comment"], table["kind"], table["table_type"]) == (2, "c", "PERMANENT", "NORMAL")
    assert table["bytes"] > 0
    assert api.account.execute("select * from d.public.t order by id") == [(10, "a"), (15, "b")]
    assert api.account.execute("insert into d.public.t (id) values (1)") and (1, "none") in api.account.execute(
        "select * from d.public.t"
    )


@pytest.mark.parametrize(
    ("written", "described"),
    [
        ("int", "NUMBER(38,0)"),
        ("decimal(10)", "NUMBER(10,0)"),
        ("NUMBER(10, 2)", "NUMBER(10,2)"),
        ("double precision", "FLOAT"),
        ("string", "VARCHAR(16777216)"),
        ("char", "VARCHAR(1)"),
        ("text(5)", "VARCHAR(5)"),
        ("boolean", "BOOLEAN"),
        ("binary", "BINARY(8388608)"),
        ("timestamp", "TIMESTAMP_NTZ(9)"),
        ("timestamp_tz(3)", "TIMESTAMP_TZ(3)"),
        ("time", "TIME(9)"),
        ("variant", "VARIANT"),
        ("array", "ARRAY"),
        ("object", "OBJECT"),
    ],
)
def test_types_are_named_as_describe_does(api: Api, tables: str, written: str, described: str) -> None:
    api("POST", tables, {"name": "t", "columns": [{"name": "c", "datatype": written}]})
    assert columns(api, f"{tables}/t") == [("C", described, True)]


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"columns": []},
        {"columns": [{"name": "a", "datatype": "int) --"}]},
        {"columns": [{"name": "a", "datatype": "int"}, {"name": "A", "datatype": "int"}]},
        {"columns": [{"name": "a", "datatype": "int", "default": "1", "autoincrement": True}]},
        {"columns": [NAME], "constraints": [{"constraint_type": "UNIQUE", "column_names": ["x"]}]},
        {"columns": [NAME], "constraints": [{"constraint_type": "UNIQUE"}]},
        {"columns": [NAME], "constraints": [{"constraint_type": "ODD", "column_names": ["name"]}]},
        {"columns": [NAME], "kind": "TEMPORARY"},
    ],
)
def test_a_table_that_can_not_be_is_refused(api: Api, tables: str, wrong: dict[str, Any]) -> None:
    assert api.error("POST", tables, {"name": "t", **wrong})[0] == 400
    assert api("GET", tables) == []


def test_keys_are_recorded_and_not_enforced(api: Api, tables: str) -> None:
    unique = {"constraint_type": "UNIQUE", "name": "u"}
    body: dict[str, Any] = {
        "name": "t",
        "columns": [{"name": "a", "datatype": "int"}, {"name": "b", "datatype": "int", "constraints": [unique]}],
        "constraints": [{"constraint_type": "PRIMARY KEY", "column_names": ["a"]}],
    }
    api("POST", tables, body)
    foreign = {
        "constraint_type": "FOREIGN KEY",
        "column_names": ["a"],
        "referenced_table_name": "t",
        "referenced_column_names": ["a"],
    }
    api("POST", tables, {"name": "f", "columns": [{"name": "a", "datatype": "int"}], "constraints": [foreign]})
    api.account.execute("insert into d.public.t values (1, 1), (1, 1)")
    api.account.execute("insert into d.public.f values (7)")
    table = api("GET", f"{tables}/t")
    assert [c["nullable"] for c in table["columns"]] == [False, True]
    assert table["columns"][1]["constraints"] == [{**unique, "name": "U", "column_names": ["B"]}]
    (primary,) = table["constraints"]
    assert (primary["constraint_type"], primary["column_names"]) == ("PRIMARY KEY", ["A"])
    assert primary["name"].startswith("SYS_CONSTRAINT_")
    (key,) = api("GET", f"{tables}/f")["constraints"]
    assert (key["referenced_table_name"], key["referenced_column_names"]) == ("T", ["A"])


def test_columns_are_listed_only_when_asked_for(api: Api, t: str, tables: str) -> None:
    (shallow,) = api("GET", tables)
    assert not {"columns", "constraints"} & shallow.keys()
    assert shallow["rows"] == 2
    assert api("GET", tables, deep=True) == [api("GET", t)]


def test_a_table_made_from_a_query(api: Api, t: str, tables: str) -> None:
    api("POST", f"{tables}:as-select", {"name": "u"}, query="select id, name from t where name = 'a'")
    assert columns(api, f"{tables}/u") == [("ID", "NUMBER(38,0)", True), ("NAME", "VARCHAR(7)", True)]
    wanted = [{"name": "n", "datatype": "number(10,2)"}, {"name": "x", "datatype": "varchar", "nullable": False}]
    api("POST", f"{tables}:as-select", {"name": "v", "columns": wanted}, query="select id, name from t")
    assert columns(api, f"{tables}/v") == [("N", "NUMBER(10,2)", True), ("X", "VARCHAR(16777216)", False)]
    assert api("GET", f"{tables}/v")["rows"] == 2
    assert api.error("POST", f"{tables}:as-select", {"name": "w", "columns": wanted}, query="select 1")[0] == 400
    assert api.error("POST", f"{tables}:as-select", {"name": "w"}, query="select nothing from nowhere")[0] == 404
    assert [row["name"] for row in api("GET", tables)] == ["T", "U", "V"]


def test_a_table_may_be_replaced_by_a_query_on_itself_and_restored(api: Api, t: str, tables: str, clock: Clock) -> None:
    clock.pass_(seconds=1)
    api("POST", f"{tables}:as-select", {"name": "t"}, query="select name from t limit 1", createMode="orReplace")
    assert api("GET", t)["rows"] == 1
    assert len(api("GET", tables, history=True)) == 2
    api("DELETE", t)
    clock.pass_(seconds=1)
    api("POST", f"{t}:undrop")
    assert api("GET", t)["rows"] == 1
    assert api.account.engine.tables("D", "PUBLIC") == ["T"]


def test_likes_and_clones(api: Api, t: str, tables: str) -> None:
    api("POST", "databases/d/schemas", {"name": "s"})
    api("POST", f"{t}:create-like", {"name": "empty"})
    api("POST", f"{t}:clone", {"name": "copy", "comment": "other"}, targetSchema="s")
    assert api("GET", f"{tables}/empty")["rows"] == 0
    copy = api("GET", "databases/d/schemas/s/tables/copy")
    assert (copy["rows"], copy["comment"], copy["columns"]) == (2, "other", api("GET", t)["columns"])
    assert "template" in api.error("POST", f"{tables}:using-template", {"name": "x"}, query="select 1")[2]


def test_two_tables_swap(api: Api, t: str, tables: str) -> None:
    api("POST", "databases/d/schemas", {"name": "s"})
    other = "databases/d/schemas/s/tables"
    api("POST", other, {"name": "u", "columns": [{"name": "x", "datatype": "date"}], "comment": "u"})
    api("POST", f"{t}:swap-with", targetName="u", targetSchema="s")
    assert (columns(api, t), api("GET", t)["comment"]) == ([("X", "DATE", True)], "u")
    assert api("GET", f"{other}/u")["rows"] == 2
    api("POST", f"{t}:swap-with", targetName="u", targetSchema="s")
    assert api("GET", t)["rows"] == 2
    assert api.error("POST", f"{t}:swap-with", targetName="nothing")[0] == 404
    api("POST", f"{tables}/nothing:swap-with", targetName="t", ifExists=True)


def test_a_table_can_be_fetched_while_it_is_swapped(api: Api, t: str, tables: str) -> None:
    api("POST", f"{t}:clone", {"name": "u"})
    swapping = threading.Thread(target=lambda: [api("POST", f"{t}:swap-with", targetName="u") for _ in range(20)])
    swapping.start()
    while swapping.is_alive():
        assert api("GET", t)["rows"] == 2
        assert [table["rows"] for table in api("GET", tables)] == [2, 2]
    swapping.join()


def test_clustering_can_be_suspended(api: Api, tables: str) -> None:
    api("POST", tables, {"name": "t", "columns": [NAME], "cluster_by": ["name"]})
    assert api("GET", f"{tables}/t")["automatic_clustering"] is True
    api("POST", f"{tables}/t:suspend-recluster")
    assert api("GET", f"{tables}/t")["automatic_clustering"] is False
    api("POST", f"{tables}/t:resume-recluster")
    assert api("GET", f"{tables}/t")["automatic_clustering"] is True


# create_or_alter


def test_columns_are_added_changed_and_dropped_without_losing_rows(api: Api, t: str) -> None:
    table = api("GET", t)
    table["columns"][1] |= {"datatype": "varchar(20)", "nullable": False}
    del table["columns"][1]["default"]
    table["columns"].append({"name": "n", "datatype": "float", "default": "1.5", "nullable": False})
    table["comment"] = None
    api("PUT", t, table)
    assert columns(api, t) == [
        ("ID", "NUMBER(38,0)", True),
        ("NAME", "VARCHAR(20)", False),
        ("N", "FLOAT", False),
    ]
    assert "comment" not in api("GET", t)
    assert api.account.execute("select * from d.public.t order by id") == [(10, "a", 1.5), (15, "b", 1.5)]
    api.account.execute("insert into d.public.t (name) values ('a longer one')")
    table["columns"] = [c for c in table["columns"] if c["name"] != "NAME"]
    api("PUT", t, table)
    assert api.account.execute("select * from d.public.t order by id") == [(10, 1.5), (15, 1.5), (20, 1.5)]


def test_an_alter_that_fails_changes_nothing(api: Api, t: str) -> None:
    before = api("GET", t)
    wrong = {"name": "t", "columns": [{"name": "extra", "datatype": "int"}, ID, {"name": "name", "datatype": "int"}]}
    assert api.error("PUT", t, wrong)[0] == 400  # 'a' is no number
    assert api.error("PUT", t, {"name": "t", "columns": [{**NAME, "autoincrement": True}]})[0] == 400
    assert api.error("PUT", t, {"name": "t"})[0] == 400
    assert api("GET", t) == before
    assert api.account.execute("select * from d.public.t order by id") == [(10, "a"), (15, "b")]


def test_what_was_fetched_can_be_put_back_whatever_the_case_of_names(api: Api, tables: str) -> None:
    body = {"name": '"t"', "columns": [{"name": '"a b"', "datatype": "int"}, {"name": '"c"', "datatype": "int"}]}
    key = {"constraint_type": "PRIMARY KEY", "name": "k", "column_names": ['"c"']}
    api("PUT", f"{tables}/%22t%22", {**body, "constraints": [key]})
    api.account.execute('insert into d.public."t" values (1, 2)')
    fetched = api("GET", f"{tables}/%22t%22")
    assert [c["name"] for c in fetched["columns"]] == ["a b", "c"]
    api("PUT", f"{tables}/%22t%22", fetched)
    assert api("GET", f"{tables}/%22t%22") == fetched
    assert fetched["rows"] == 1


# SQL


def test_what_sql_makes_of_a_table_is_recorded(api: Api, tables: str) -> None:
    engine = api.account.engine.connect("D", "PUBLIC")
    engine.execute("create table made (a int, b varchar)")
    made = TablePath("D", "PUBLIC", "MADE")
    refresh_table(api.account, made, {"columns": [{"name": "b", "datatype": "varchar(3)"}], "comment": "c"})
    assert columns(api, f"{tables}/made") == [("A", "NUMBER(38,0)", True), ("B", "VARCHAR(3)", True)]
    engine.execute("alter table made drop column a")
    refresh_table(api.account, made)
    assert columns(api, f"{tables}/made") == [("B", "VARCHAR(3)", True)]
    assert api("GET", f"{tables}/made")["comment"] == "c"
    engine.execute("drop table made")
    refresh_table(api.account, made)
    assert api("GET", tables) == []
    engine.close()
