# ruff: noqa: E501 (a definition and its answer are a line)
"""Functions and procedures in SQL, by SQL and by REST."""

from __future__ import annotations

from typing import Any

import pytest

from snowcore.engine.errors import AccountError
from snowcore.local.sql import SqlSession

from .conftest import Api

FUNCTIONS: list[tuple[str, str, Any]] = [
    ("f(x int) returns int as 'x + 1'", "f(2)", 3),
    ("f(x int) returns int as $$ x * x $$", "f(f(3))", 81),
    ("f() returns float as 'pi()'", "round(f(), 2)", 3.14),
    ("f(x int, y int default 10) returns int as 'x + y'", "f(1)", 11),
    ("f(x int, y int default 10) returns int as 'x + y'", "f(y => 5, x => 1)", 6),
    ("f(x varchar) returns varchar as 'upper(x) || ''!'''", "f('a')", "A!"),
    ("f(x number(10, 2)) returns number(10, 2) as 'x * 2'", "f(1.255)", "2.52"),
    ("f(x int) returns varchar as 'x'", "f(7) || 'k'", "7k"),
    ("f(x int) returns int language sql strict as 'coalesce(x, 5)'", "f(null)", None),
    ("f(x int) returns int called on null input as 'coalesce(x, 5)'", "f(null)", 5),
    ("f(x int) returns int immutable memoizable comment = 'c' as 'x'", "f(3)", 3),
    ("f(x int) returns int as 'select max(i) from t where i <= x'", "f(2)", 2),
    ("f(x int) returns varchar as 'select s from t where i = x'", "f(3)", "three"),
    ("f(x int) returns int as 'case when x > 1 then 1 else 0 end'", "f(2)", 1),
    ("f(v variant) returns int as 'v:a::int'", "f(parse_json('{\"a\": 4}'))", 4),
    ("f(x array) returns int as 'array_size(x)'", "f([1, 2])", 2),
    ("f(x object) returns object as $$ {'k': x:k} $$", "f({'k': 1}):k::int", 1),
    ('"mixed Name"("a" int) returns int as \'"a" + 1\'', '"mixed Name"(1)', 2),
    ("d.public.f(x int) returns int as 'x'", "d.public.f(1)", 1),
]


def one(session: SqlSession, text: str, parameters: Any = None) -> Any:
    return session.execute(text, parameters).rows[0][0]


def error(session: SqlSession, text: str) -> tuple[str, str]:
    with pytest.raises(AccountError) as caught:
        session.execute(text)
    return caught.value.code, caught.value.message


def named(session: SqlSession, text: str) -> list[dict[str, Any]]:
    result = session.execute(text)
    return [dict(zip([column.name for column in result.columns], row, strict=True)) for row in result.rows]


@pytest.mark.parametrize(("definition", "call", "answer"), FUNCTIONS)
def test_a_function_answers_as_in_snowflake(session: SqlSession, definition: str, call: str, answer: Any) -> None:
    session.execute(f"create function {definition}")
    value = one(session, f"select {call}")
    assert (value if type(value) is type(answer) else str(value)) == answer


def test_a_function_of_every_row(session: SqlSession) -> None:
    session.execute("create function f(x int) returns int as '(select count(*) from t where i < x)'")
    assert list(session.execute("select i, f(i) from t where f(i) > 0 order by f(i) desc").rows) == [(3, 2), (2, 1)]
    session.execute("create view v as select f(i) k from t")
    session.execute("create schema elsewhere")
    assert one(session, "select sum(k) from d.public.v") == 3
    assert one(session, "select f(3)") == 2
    assert one(session, "select d.public.f(3)") == 2


def test_overloads_are_chosen_by_their_arguments(session: SqlSession) -> None:
    session.execute("create function f(x int) returns varchar as '''number'''")
    session.execute("create function f(x varchar) returns varchar as '''text'''")
    session.execute("create function f(x varchar, y int) returns varchar as '''two'''")
    assert list(session.execute("select f(1), f('a'), f('a', 1)").rows) == [("number", "text", "two")]
    assert error(session, "select f()")[0] == "001044"
    session.execute("drop function f(int)")
    assert error(session, "drop function f(int)")[0] == "002003"
    session.execute("drop function if exists f(number)")
    assert one(session, "select f('a')") == "text"


def test_table_functions_give_rows(session: SqlSession) -> None:
    session.execute("create function g(x int) returns table (k int, n varchar) as 'select i, s from t where i >= x'")
    assert list(session.execute("select * from table(g(2)) order by k").rows) == [(2, "two"), (3, "three")]
    assert list(session.execute("select n from table(g(x => 3)) as a").rows) == [("three",)]
    rows = session.execute("select t.i, a.k from t, table(g(t.i)) a where t.i > 1 order by 1, 2").rows
    assert list(rows) == [(2, 2), (2, 3), (3, 3)]
    session.execute("create or replace function tf() returns table (a int, b varchar) as 'select i, s from t'")
    assert len(session.execute("select * from table(tf())").rows) == 3


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("create function f(x int) returns int as 'nope + 1'", "000904"),
        ("create function f(x nonsense) returns int as '1'", "002040"),
        ("create function f(x int) returns int language java handler = 'F.f' as 'x'", "000002"),
        ("create function f(x int) returns int language scala handler = 'F.f' as 'x'", "000002"),
        ("create procedure p() returns int language sql as 'begin return 1'", "001003"),
        ("create procedure p() language sql as 'begin return 1; end'", "001003"),
        ("create procedure p() returns int language sql as 'begin retrn 1; end'", "001003"),
        (
            "create procedure p() returns int language sql execute as restricted caller as 'begin return 1; end'",
            "000002",
        ),
        ("create procedure p() returns int language sql execute as nobody as 'begin return 1; end'", "001003"),
        ("create function given(a int) returns int as 'a'", "000949"),  # which another one's default allows for
        ("select given(b => 1)", "001044"),
        ("call nowhere()", "002140"),
        ("select nowhere(1)", "002140"),
        ("select * from table(nowhere(1))", "002141"),
    ],
)
def test_what_is_wrong_is_refused(session: SqlSession, text: str, code: str) -> None:
    session.execute("create function given(a int, b int default 1) returns int as 'a + b'")
    session.execute("create function given(a varchar) returns int as '1'")
    assert error(session, text)[0] == code


def test_a_function_may_not_call_itself_for_ever(session: SqlSession) -> None:
    session.execute("create function f(x int) returns int as 'x'")
    session.execute("create or replace function f(x int) returns int as 'f(x) + 1'")
    assert error(session, "select f(1)")[0] == "002057"


def test_procedures_are_called(session: SqlSession) -> None:
    session.execute(
        "create procedure p(a int, b varchar default 'z') returns varchar language sql as $$ begin return a || b; end $$"
    )
    result = session.execute("call p(1)")
    assert [column.name for column in result.columns] == ["P"]
    assert list(result.rows) == [("1z",)]
    assert one(session, "call d.public.p(?, ?)", [2, "y"]) == "2y"
    assert one(session, "call p(b => 'n', a => 3)") == "3n"
    assert one(session, "call p(1 + 1, upper('q'))") == "2Q"
    assert one(session, "begin let x := 5; let r varchar; call p(:x, 'k') into :r; return r; end") == "5k"
    assert (
        one(session, "begin let r resultset := (call p(4)); let c cursor for r; for x in c do return x.p; end for; end")
        == "4z"
    )
    assert error(session, "call p()")[0] == "001044"


def test_a_procedure_without_dollars_and_one_that_gives_a_table(session: SqlSession) -> None:
    session.execute(
        "create or replace procedure q(least int) returns table () language sql as declare r resultset default "
        "(select i from t where i >= :least order by i); begin return table(r); end"
    )
    assert list(session.execute("call q(2)").rows) == [(2,), (3,)]


def test_a_procedure_changes_tables_and_knows_no_variable_of_its_caller(session: SqlSession) -> None:
    session.execute(
        "create procedure p(a int) returns int language sql as 'begin insert into t (i) values (:a); "
        "let n int := (select count(*) from t); return n; end'"
    )
    assert one(session, "call p(9)") == 4
    session.execute("create procedure r() returns int language sql as 'begin return x; end'")
    assert "invalid identifier" in error(session, "begin let x := 1; call r(); end")[1]


def test_errors_in_a_procedure_have_their_place(session: SqlSession) -> None:
    session.execute("create procedure p() returns int language sql as $$\nbegin\n  select 1/0;\nend $$")
    assert error(session, "call p()") == (
        "100051",
        "Uncaught exception of type 'STATEMENT_ERROR' on line 3 at position 2 : Division by zero",
    )
    assert one(session, "begin call p(); exception when other then return 'caught'; end") == "caught"


def test_calls_inside_of_each_other_have_an_end(session: SqlSession) -> None:
    session.execute(
        "create procedure p(n int) returns int language sql as 'begin if (n = 0) then return 0; end if; let r int; "
        "call p(:n - 1) into :r; return r + 1; end'"
    )
    assert one(session, "call p(4)") == 4
    assert error(session, "call p(99)")[0] == "090183"
    assert one(session, "call p(1)") == 1


def test_a_transaction_ends_with_its_procedure(session: SqlSession) -> None:
    session.execute(
        "create procedure p() returns int language sql as 'begin begin transaction; delete from t; return 1; end'"
    )
    assert error(session, "call p()")[0] == "090232"
    assert one(session, "select count(*) from t") == 3


def test_owners_and_callers_schemas(session: SqlSession) -> None:
    for right in ("owner", "caller"):
        session.execute(
            f"create procedure {right}_s() returns varchar language sql execute as {right} as "
            "'begin return current_schema(); end'"
        )
    session.execute("create schema s")
    assert one(session, "call d.public.owner_s()") == "PUBLIC"
    assert one(session, "call d.public.caller_s()") == "S"
    assert one(session, "select current_schema()") == "S"


def test_a_procedure_of_the_statement_itself(session: SqlSession) -> None:
    text = "with p as procedure (a int) returns int language sql as $$ begin return a * 2; end $$ call p(4)"
    assert one(session, text) == 8
    assert one(session, "with q as (select 1 k) select k from q") == 1


def test_what_show_describe_and_metadata_say(session: SqlSession) -> None:
    session.execute("create secure function f(x int, y int default 1) returns int memoizable comment = 'c' as 'x + y'")
    session.execute("create procedure p(a varchar) returns varchar execute as caller as 'begin return a; end'")
    (row,) = named(session, "show user functions")
    assert (row["name"], row["arguments"]) == ("F", "F(NUMBER, DEFAULT NUMBER) RETURN NUMBER")
    assert (row["min_num_arguments"], row["max_num_arguments"], row["is_memoizable"]) == (1, 2, "Y")
    assert row["description"] == "c" and row["is_builtin"] == "N"
    assert [row["name"] for row in named(session, "show procedures like 'P'")] == ["P"]
    assert {row["name"] for row in named(session, "show functions")} > {"F", "ABS"}
    assert dict(session.execute("desc function f(int, int)").rows)["signature"] == "(X NUMBER, Y NUMBER)"
    told = dict(session.execute("describe procedure p(varchar)").rows)
    assert (told["returns"], told["execute as"], told["body"]) == ("VARCHAR(16777216)", "CALLER", "begin return a; end")
    columns = "argument_signature, data_type, is_memoizable, is_secure"
    rows = session.execute(f"select {columns} from information_schema.functions where function_name = 'F'").rows
    assert list(rows) == [("(X NUMBER, Y NUMBER)", "NUMBER(38,0)", "YES", "YES")]
    assert one(session, "select procedure_definition from information_schema.procedures") == "begin return a; end"


def test_ddl_alter_rename_and_drop(session: SqlSession) -> None:
    session.execute("create function f(x int default 2) returns int comment = 'it''s' as 'x + 1'")
    ddl = one(session, "select get_ddl('function', 'f(int)')")
    session.execute("drop function f(int)")
    session.execute(ddl)
    assert one(session, "select f()") == 3
    session.execute("alter function f(int) set comment = 'new'")
    session.execute("alter function f(int) rename to g")
    assert one(session, "select g(1)") == 2
    assert named(session, "show user functions")[0]["description"] == "new"
    assert error(session, "select f(1)")[0] == "002140"
    session.execute("create procedure p() returns int as 'begin return 1; end'")
    assert error(session, "create procedure p() returns int as 'begin return 2; end'")[0] == "002002"
    session.execute("create procedure if not exists p() returns int as 'begin return 2; end'")
    assert one(session, "call p()") == 1
    session.execute(one(session, "select get_ddl('procedure', 'p()')"))
    assert one(session, "execute immediate 'call p()'") == 1
    assert one(session, "drop procedure p()") == "P successfully dropped."


def test_a_call_ends_in_time(session: SqlSession) -> None:
    session.execute("create procedure p() returns int as 'begin while (true) do null; end while; end'")
    session.execute("alter session set statement_timeout_in_seconds = 1")
    assert error(session, "call p()")[0] == "000630"


def test_rest_makes_calls_and_drops(api: Api, home: str) -> None:
    body = {
        "name": "p",
        "arguments": [
            {"name": "a", "datatype": "NUMBER"},
            {"name": "b", "datatype": "VARCHAR", "default_value": "'z'"},
        ],
        "return_type": {"type": "DATATYPE", "datatype": "VARCHAR"},
        "language_config": {"language": "SQL"},
        "body": "begin return a || b; end",
    }
    api("POST", f"{home}/procedures", body)
    assert api.error("POST", f"{home}/procedures", body)[:2] == (409, "002002")
    found = api("GET", f"{home}/procedures/p(NUMBER,VARCHAR)")
    assert (found["name"], found["min_num_arguments"], found["arguments"][0]["datatype"]) == ("P", 1, "NUMBER(38,0)")
    assert [row["name"] for row in api("GET", f"{home}/procedures")] == ["P"]
    arguments = {"call_arguments": [{"name": "a", "datatype": "NUMBER", "value": 3}]}
    assert api("POST", f"{home}/procedures/p:call", arguments) == [{"P": "3z"}]
    api("DELETE", f"{home}/procedures/p(NUMBER,VARCHAR)")
    assert api.error("GET", f"{home}/procedures/p(NUMBER,VARCHAR)")[0] == 404
    java = {"language": "JAVA", "runtime_version": "11", "packages": [], "handler": "F.f"}
    assert api.error("POST", f"{home}/procedures", {**body, "language_config": java})[1] == "000002"
    api("POST", f"{home}/user-defined-functions", {**body, "name": "f", "body": "a || b"})
    value = [{"name": "a", "datatype": "NUMBER", "value": 3}]
    assert api("POST", f"{home}/user-defined-functions/f:execute", value) == {"F": "3z"}


def test_a_procedure_that_returns_a_table_stands_in_a_query(session: SqlSession) -> None:
    session.execute("create or replace table seen (i int)")
    session.execute(
        "create procedure upto(most int) returns table (n int) language sql as $$ declare r resultset; begin "
        "r := (select i from (values (1), (2), (3)) v (i) where i <= :most); return table(r); end $$"
    )
    assert sorted(session.execute("select n from table(upto(2)) order by 1").rows) == [(1,), (2,)]
    query = "with a as (select * from table(d.public.upto(most => 3))) select sum(a.n), count(b.n) from a join table(upto(1)) b on a.n = b.n"
    assert list(session.execute(query).rows) == [(1, 1)]
    session.execute("create procedure single() returns int language sql as 'begin return 1; end'")
    assert error(session, "select * from table(single())")[0] == "002141"
    assert error(session, "select * from table(nowhere())")[0] == "002141"
    assert error(session, "insert into seen select * from table(upto(2))")[0] == "002141"


def test_a_routine_is_altered_as_a_whole_and_keeps_its_grants(session: SqlSession) -> None:
    session.execute("create role if not exists reader")
    session.execute("create or alter function whole(x int) returns int as 'x + 1'")
    session.execute("grant usage on function whole(int) to role reader")
    session.execute("create or alter function whole(x int) returns int as 'x + 2'")

    def grantees() -> set[str]:
        return {row["grantee_name"] for row in named(session, "show grants on function whole(int)")}

    assert one(session, "select whole(1)") == 3 and "READER" in grantees()
    session.execute("create or replace function whole(x int) copy grants returns int as 'x + 3'")
    assert one(session, "select whole(1)") == 4 and "READER" in grantees()
    session.execute("create or replace function whole(x int) returns int as 'x + 4'")
    assert "READER" not in grantees()
    session.execute("create or alter procedure whole_p() returns int language sql as 'begin return 1; end'")
    session.execute("alter procedure whole_p() set log_level = 'INFO'")
    session.execute("alter function whole(int) set trace_level = always")
    assert one(session, "call whole_p()") == 1
    text = "Drop statement executed successfully (NOPE already dropped)."
    assert one(session, "drop function if exists nope(int)") == text


def test_arguments_of_calls_have_commas_and_brackets_of_their_own(session: SqlSession) -> None:
    body = "as $$ begin return a || b || array_size(c); end $$"
    session.execute(
        f"create procedure own(a int, b varchar default ',', c array default [1, 2]) returns varchar language sql {body}"
    )
    for call, answer in (
        ("own(1)", "1,2"),
        ("own(1, c => [1, 2, 3])", "1,3"),
        ("own(1, ')', [])", "1)0"),
        ("own({'a': 1, 'b': 2}:b::int, b => [7, 8][1]::varchar)", "282"),
    ):
        assert one(session, f"call {call}") == answer


def test_session_variables_are_not_an_owners(session: SqlSession) -> None:
    session.execute("set told = 5")
    for rights in ("owner", "caller"):
        head = "returns varchar language sql execute as"
        session.execute(f"create procedure reads_{rights}() {head} {rights} as 'begin return $told; end'")
        session.execute(f"create procedure sets_{rights}() {head} {rights} as 'begin set told = 6; return 1; end'")
    assert one(session, "call reads_caller()") == "5"
    assert error(session, "call reads_owner()")[0] == "002211"
    code, text = error(session, "call sets_owner()")
    assert code == "090236" and "Unsupported statement type 'SET'" in text
    assert one(session, "select $told") == 5
    session.execute("call sets_caller()")
    assert one(session, "select $told") == 6


def test_system_functions_take_variables(session: SqlSession) -> None:
    block = """
        declare n int default 0; m varchar default 'text';
        begin
            system$log('info', m);
            system$log_info(:m || '!');
            system$set_span_attributes({'a': 1});
            call system$wait(n);
            let t varchar := (select system$typeof(:n));
            return t;
        end
    """
    assert one(session, block).startswith("NUMBER(38,0)")
