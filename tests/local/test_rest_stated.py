"""Views and sequences over REST."""

from __future__ import annotations

from .conftest import Api

VIEW = {
    "name": "v",
    "columns": [{"name": "x", "comment": "the first"}, {"name": '"a b"'}],
    "query": "select a, b from t",
}
PLACE = {"database_name": "D", "schema_name": "PUBLIC", "owner": "ACCOUNTADMIN", "owner_role_type": "ROLE"}


def made(row: dict[str, object]) -> dict[str, object]:
    """What an answer says, without when the object was made."""
    assert str(row.pop("created_on")).startswith("20")
    return row


def test_a_view_is_made_read_listed_and_dropped(api: Api, home: str) -> None:
    api.account.execute("create table d.public.t (a int, b varchar(5))")
    api.account.execute("insert into d.public.t values (1, 'one')")
    api("POST", f"{home}/views", {**VIEW, "comment": "it's"})
    assert made(api("GET", f"{home}/views/V")) == {
        **PLACE,
        "name": "V",
        "comment": "it's",
        "secure": False,
        "kind": "PERMANENT",
        "columns": [
            {"name": "X", "datatype": "NUMBER(38,0)", "comment": "the first"},
            {"name": "a b", "datatype": "VARCHAR(5)"},
        ],
        "query": "select a, b from t",
    }
    assert api.account.execute('select x, "a b" from d.public.v') == [(1, "one")]
    assert api.error("POST", f"{home}/views", VIEW)[:2] == (409, "002002")
    api("POST", f"{home}/views", {**VIEW, "query": "select 1, 2"}, createMode="ifNotExists")
    assert api("GET", f"{home}/views/v")["query"] == "select a, b from t"
    api("POST", f"{home}/views", {**VIEW, "query": "select 1, 2", "secure": True}, createMode="orReplace")
    assert api("GET", f"{home}/views/v")["secure"] is True
    api("POST", f"{home}/views", {**VIEW, "name": '"it\'s"'})
    names = [row["name"] for row in api("GET", f"{home}/views")]
    assert names == ["V", "it's"]
    assert [row["name"] for row in api("GET", f"{home}/views", like="IT%")] == ["it's"]
    assert [row["name"] for row in api("GET", f"{home}/views", startsWith="V")] == ["V"]
    assert [row["name"] for row in api("GET", f"{home}/views", showLimit=1, fromName="V")] == ["it's"]
    api("DELETE", f"{home}/views/v")
    assert api.error("GET", f"{home}/views/v")[:2] == (404, "002003")
    assert api.error("DELETE", f"{home}/views/v")[:2] == (404, "002003")
    api("DELETE", f"{home}/views/v", ifExists="true")


def test_a_view_that_cannot_be_is_refused_and_nothing_is_made(api: Api, home: str) -> None:
    for body in (
        {**VIEW, "query": "select 1"},  # one column, and two names
        {**VIEW, "query": "select a from missing"},
        {**VIEW, "query": "select 1, 2; drop table t"},
        {**VIEW, "columns": []},
        {**VIEW, "name": "a b"},
        {**VIEW, "kind": "TEMPORARY"},
    ):
        assert api.error("POST", f"{home}/views", body)[0] in (400, 404), body
    assert api("GET", f"{home}/views") == []


def test_a_sequence_is_made_cloned_renamed_and_dropped(api: Api, home: str) -> None:
    api("POST", f"{home}/sequences", {"name": "q", "start": 5, "increment": -2, "ordered": True, "comment": "of keys"})
    told = {**PLACE, "name": "Q", "start": 5, "increment": -2, "ordered": True, "comment": "of keys"}
    assert made(api("GET", f"{home}/sequences/q")) == told
    assert api.account.execute("select d.public.q.nextval") == [(5,)]
    api("POST", f"{home}/sequences/q:clone", {"name": "copy"})
    assert api.account.execute("select d.public.copy.nextval") == [(3,)]
    api("POST", f"{home}/sequences/q:rename", targetName="moved")
    assert [row["name"] for row in api("GET", f"{home}/sequences")] == ["COPY", "MOVED"]
    assert [row["name"] for row in api("GET", f"{home}/sequences", like="mo%")] == ["MOVED"]
    assert api.error("GET", f"{home}/sequences/q")[:2] == (404, "002003")
    api("DELETE", f"{home}/sequences/moved")
    assert api.error("POST", f"{home}/sequences", {"name": "z", "increment": 0})[0] == 400


def test_a_clone_of_a_sequence_goes_on_from_where_the_first_one_is(api: Api, home: str) -> None:
    for statement in (
        "create sequence d.public.s start 10 increment 10 comment = 'tens' order",
        "select d.public.s.nextval",
        "create sequence d.public.s2 clone d.public.s",
    ):
        api.account.execute(statement)
    assert api.account.execute("select d.public.s2.nextval, d.public.s.nextval") == [(20, 20)]
    shown = api("GET", f"{home}/sequences/s2")
    assert (shown["increment"], shown["comment"], shown["ordered"]) == (10, "tens", True)


def test_what_lists_and_answers_tell_as_snowflake_does(api: Api) -> None:
    inside = "databases/d/schemas/public"
    api("POST", "databases", {"name": "d"}, createMode="ifNotExists")
    returned = {"arguments": [{"name": "x", "datatype": "INT"}], "return_type": {"datatype": "INT", "type": "DATATYPE"}}
    function = {"name": "plus_1", **returned, "language_config": {"language": "SQL"}, "body": "x + 1"}
    api("POST", f"{inside}/user-defined-functions", function)
    for pattern in ("PLUS_1", "plus%"):  # without the arguments, which are a part of the name
        assert [one["name"] for one in api("GET", f"{inside}/user-defined-functions", like=pattern)] == ["PLUS_1"]
    api("POST", f"{inside}/stages", {"name": "st"})
    assert api("GET", f"{inside}/stages/st")["directory_table"] == {"enable": False, "auto_refresh": False}
    api("POST", "users", {"name": "u", "login_name": "Ann@example.com"})
    assert api("GET", "users/u")["login_name"] == "ANN@EXAMPLE.COM"
    pool = {"name": "p", "min_nodes": 1, "max_nodes": 1, "instance_family": "CPU_X64_XS"}
    api("POST", "compute-pools", pool)
    assert api.error("POST", "compute-pools/p:resume")[0] == 409
