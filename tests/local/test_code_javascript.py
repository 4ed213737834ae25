# ruff: noqa: E501 (a definition and its answer are a line)
"""Functions and procedures in JavaScript, in worker processes."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from typing import Any

import pytest

from snowcore.local import LocalAccount
from snowcore.local.code import workers
from snowcore.local.code.workers import Limits
from snowcore.local.sql import SqlSession

from .conftest import Api
from .test_routines import error, one


@pytest.fixture(scope="module")
def shared() -> Iterator[SqlSession]:
    with LocalAccount() as account:
        session = account.session()
        session.execute("create database d")
        session.execute("alter session set timezone = 'Europe/Berlin'")
        yield session


def make(session: SqlSession, signature: str, source: str, more: str = "", what: str = "function") -> None:
    session.execute(f"create or replace {what} {signature} language javascript {more} as $${source}$$")


@pytest.mark.parametrize(
    ("takes", "value", "source", "told"),
    [
        ("float", "2.5", "[typeof X, X * 2]", "number,5"),
        ("float", "'inf'::float", "[X === Infinity]", "true"),
        ("float", "null", "[typeof X]", "undefined"),
        ("varchar", "'é'", "[typeof X, X]", "string,é"),
        ("boolean", "true", "[X === true]", "true"),
        ("binary", "to_binary('00ff')", "[X instanceof Uint8Array, ...X]", "true,0,255"),
        (
            "date",
            "'2024-07-01'",
            "[X instanceof Date, X.toISOString(), X.getHours()]",
            "true,2024-06-30T22:00:00.000Z,0",
        ),
        (
            "timestamp_ntz",
            "'2024-01-01 12:00:00.123456'",
            "[X.toISOString(), X.getHours()]",
            "2024-01-01T11:00:00.123Z,12",
        ),
        (
            "timestamp_ltz",
            "'2024-01-01 12:00:00 +0000'",
            "[X.toISOString(), X.getHours()]",
            "2024-01-01T12:00:00.000Z,13",
        ),
        ("timestamp_tz", "'1960-01-01 12:00:00 +0500'", "[X.toISOString()]", "1960-01-01T07:00:00.000Z"),
        ("variant", "parse_json('{\"a\": [1, null]}')", "[X.a[0], X.a[1] === null]", "1,true"),
        ("variant", "parse_json('null')", "[X === null]", "true"),
        ("variant", "null", "[X === undefined]", "true"),
        ("array", "[1, 2]", "[X.length]", "2"),
        ("object", "{'k': 'v'}", "[X.k]", "v"),
    ],
)
def test_a_value_goes_in(shared: SqlSession, takes: str, value: str, source: str, told: str) -> None:
    make(shared, f"f(x {takes}) returns varchar", f"return {source}.join()")
    assert one(shared, f"select f({value}::{takes})") == told


@pytest.mark.parametrize(
    ("gives", "source", "answer"),
    [
        ("float", "1/2", 0.5),
        ("float", "'2.5'", 2.5),
        ("float", "1/0", float("inf")),
        ("varchar", "12", "12"),
        ("varchar", "undefined", None),
        ("varchar", "null", None),
        ("boolean", "1 > 2", False),
        ("binary", "Uint8Array.from([1, 255])", b"\x01\xff"),
        ("date", "new Date(2024, 6, 1)", datetime.date(2024, 7, 1)),
        ("timestamp_ntz", "new Date(2024, 6, 1, 12)", datetime.datetime(2024, 7, 1, 12)),
        ("timestamp_ntz", "'2024-07-01T12:00:00Z'", datetime.datetime(2024, 7, 1, 14)),
        ("variant", "({a: undefined, b: null})", '{\n  "b": null\n}'),
        ("variant", "null", "null"),
        ("variant", "undefined", None),
        ("array", "[1, 'x']", '[\n  1,\n  "x"\n]'),
        ("object", "({})", "{}"),
    ],
)
def test_a_value_comes_out(shared: SqlSession, gives: str, source: str, answer: Any) -> None:
    make(shared, f"f() returns {gives}", f"return {source}")
    assert one(shared, "select f()") == answer


@pytest.mark.parametrize(
    ("gives", "source"),
    [
        ("float", "'two'"),
        ("float", "({})"),
        ("boolean", "'perhaps'"),
        ("binary", "'00'"),
        ("date", "'soon'"),
        ("array", "1"),
        ("object", "[]"),
    ],
)
def test_what_is_no_value_of_the_type_is_an_error(shared: SqlSession, gives: str, source: str) -> None:
    make(shared, f"f() returns {gives}", f"return {source}")
    code, text = error(shared, "select f()")
    assert code == "100132" and f"can't be cast to {gives.upper()}" in text


def test_null_input_and_overloads(shared: SqlSession) -> None:
    make(shared, "g(x float) returns varchar", "return 'float ' + X")
    make(shared, "g(x varchar) returns varchar", "return 'varchar ' + X", "strict")
    assert one(shared, "select g(1)") == "float 1"
    assert one(shared, "select g('a')") == "varchar a"
    assert one(shared, "select g(null::varchar)") is None
    assert one(shared, "select g(null::float)") == "float undefined"
    rows = shared.execute(
        "select count_if(g(seq4()::float) like 'float %') from table(generator(rowcount => 5000))"
    ).rows
    assert rows[0][0] == 5000


def test_numbers_and_times_are_refused_as_in_snowflake(shared: SqlSession) -> None:
    for signature in (
        "n(x int) returns float",
        "n() returns number(10,2)",
        "n() returns table (a int)",
        "n() returns time",
    ):
        code, text = error(shared, f"create function {signature} language javascript as 'return 1'")
        assert code == "000002" and "Language JAVASCRIPT does not support type" in text


def test_errors_say_where(shared: SqlSession) -> None:
    make(shared, "wrong() returns float", "\n  var a = 1;\n  return nowhere;\n")
    code, text = error(shared, "select wrong()")
    assert code == "100132"
    assert (
        text
        == "JavaScript execution error: Uncaught ReferenceError: nowhere is not defined in WRONG\nstackstrace: \nWRONG line: 3"
    )
    make(shared, "wrong() returns float", "return (;")
    assert error(shared, "select wrong()")[0] == "100131"
    make(shared, "wrong() returns float", "throw 'up'")
    assert "Uncaught up in WRONG" in error(shared, "select wrong()")[1]
    make(shared, "wrong() returns varchar", "return typeof snowflake + typeof require + typeof __ask")
    assert one(shared, "select wrong()") == "undefinedundefinedundefined"


def test_loops_and_memory_end_their_statement_only() -> None:
    with LocalAccount(limits=Limits(seconds=1, memory=2**29)) as account:
        session = account.session()
        session.execute("create database d")
        make(session, "f() returns float", "while (true) {}")
        make(session, "eats() returns float", "var a = []; while (true) a.push(new Uint8Array(1e7))")
        make(session, "deep() returns float", "function f() { return 1 + f() } return f()")
        make(session, "fine() returns float", "return 1")
        assert "time of the processor" in error(session, "select f()")[1]
        assert "out of memory" in error(session, "select eats()")[1]
        assert error(session, "select deep()")[0] == "100132"
        assert one(session, "select fine()") == 1
        session.execute("alter session set statement_timeout_in_seconds = 1")
        account.code.limits = Limits()
        make(session, "f() returns float", "for (;;) {}")
        assert error(session, "select f()")[0] == "000630"
        assert one(session, "select fine()") == 1


def test_table_functions(shared: SqlSession) -> None:
    make(
        shared,
        "words(t varchar, n float) returns table (word varchar, at float)",
        """{
        initialize: function (argumentInfo, context) { this.seen = 0; this.type = argumentInfo.T.type },
        processRow: function (row, rowWriter, context) {
            this.seen++;
            row.T.split(' ').forEach((word, at) => rowWriter.writeRow({WORD: word, AT: at * row.N}));
        },
        finalize: function (rowWriter, context) { rowWriter.writeRow({WORD: this.type, AT: this.seen}) }
        }""",
    )
    rows = shared.execute("select word, at from table(words('a b', 2::float))").rows
    assert list(rows) == [("a", 0), ("b", 2), ("VARCHAR", 1)]
    query = "select t.g, w.word, w.at from (values (1, 'x'), (1, 'y'), (2, 'z')) t (g, s), table(words(s, 1::float) over (partition by g)) w where w.word = 'VARCHAR' order by 1"
    assert [(g, at) for g, _, at in shared.execute(query).rows] == [(1, 2), (2, 1)]


@pytest.fixture(scope="module")
def caller(shared: SqlSession) -> SqlSession:
    shared.execute("create table t (i int, s varchar, at timestamp_ntz, v variant)")
    return shared


def test_a_procedure_runs_statements(caller: SqlSession) -> None:
    make(
        caller,
        "fill(n float, day timestamp_ntz) returns variant",
        """
        var into = snowflake.createStatement({sqlText: "insert into t select :1, :2, :3, parse_json('[1]') from table(generator(rowcount => 2))", binds: [N, 'x', DAY]});
        var made = into.execute();
        var read = snowflake.createStatement({sqlText: "select i, s, at, v, null as nothing, 1.50::number(5,2) as d from t"});
        var rows = read.execute(), all = [];
        while (rows.next()) all.push([rows.getColumnValue(1), rows.getColumnValue('S'), rows.AT === undefined, rows.getColumnValue('AT').getTime() === DAY.getTime(), rows.getColumnValue(4), rows.getColumnValue('nothing'), rows.getColumnValueAsString(6)]);
        return {all, count: read.getRowCount(), columns: read.getColumnCount(), name: rows.getColumnName(6), type: read.getColumnType(1),
            scale: read.getColumnScale(6), nullable: read.isColumnNullable(1), text: read.getSqlText().length > 9, id: read.getQueryId().length,
            changed: into.getNumRowsAffected(), inserted: into.getNumRowsInserted(), none: read.getNumRowsAffected()};
        """,
        what="procedure",
    )
    told = json.loads(one(caller, "call fill(7, '2024-07-01 12:00:00')"))
    assert told["all"] == [[7, "x", True, True, [1], None, "1.50"]] * 2
    assert (told["count"], told["columns"], told["name"], told["type"], told["scale"]) == (2, 6, "D", "number", 2)
    assert told["nullable"] and told["text"] and told["id"] == 36
    assert (told["changed"], told["inserted"], told["none"]) == (2, 2, 0)


def test_errors_in_a_procedure(caller: SqlSession) -> None:
    make(
        caller,
        "p() returns varchar",
        "try { snowflake.execute({sqlText: 'select * from nosuch'}) } catch (e) { return [e.code, e.state, e.message, e.stackTraceTxt].join('|') }",
        what="procedure",
    )
    told = one(caller, "call p()")
    assert (
        told.startswith("100183|P0000|SQL compilation error:\nObject 'NOSUCH' does not exist")
        and "At Snowflake.execute, line 1" in told
    )
    make(caller, "p() returns varchar", "\nsnowflake.execute({sqlText: 'select * from nosuch'})", what="procedure")
    code, text = error(caller, "call p()")
    assert code == "100183" and text.startswith("Execution error in store procedure P:") and "line 2" in text
    make(caller, "p() returns varchar", "throw new Error('boom')", what="procedure")
    assert error(caller, "call p()")[0] == "100132"
    for wrong in (
        "snowflake.execute({})",
        "snowflake.createStatement({sqlText: 'x'}).getRowCount()",
        "snowflake.execute({sqlText: 'select ?', binds: [{}]})",
    ):
        make(caller, "p() returns varchar", f"try {{ {wrong} }} catch (e) {{ return 'caught' }}", what="procedure")
        assert one(caller, "call p()") == "caught"


def test_a_procedure_is_a_part_of_its_callers_transaction(caller: SqlSession) -> None:
    make(
        caller,
        "add() returns float",
        "snowflake.execute({sqlText: 'insert into u values (1)'}); return 1",
        "execute as caller",
        "procedure",
    )
    caller.execute("create or replace table u (i int)")
    caller.execute("begin")
    caller.execute("call add()")
    caller.execute("rollback")
    assert one(caller, "select count(*) from u") == 0
    caller.execute("set mine = 5")
    make(
        caller,
        "mine() returns float",
        "var r = snowflake.execute('select $mine'); r.next(); return r.getColumnValue(1)",
        "execute as caller",
        "procedure",
    )
    assert one(caller, "call mine()") == 5


def test_anonymous_procedures(caller: SqlSession) -> None:
    text = "with a as procedure (x float) returns float language javascript as $$ return X * 2 $$ call a(2)"
    assert one(caller, text) == 4
    assert error(caller, text.replace("(x float)", "(x int)"))[0] == "000002"


def test_a_routine_is_told_as_it_was_made(shared: SqlSession) -> None:
    make(shared, "told(x float) returns varchar", "return 'x'", "strict immutable")
    text = "CREATE OR REPLACE FUNCTION TOLD(X FLOAT)\nRETURNS VARCHAR(16777216)\nLANGUAGE JAVASCRIPT\nSTRICT\nIMMUTABLE\nAS 'return ''x''';"
    assert one(shared, "select get_ddl('function', 'told(float)')") == text
    shared.execute(text)
    told = dict(shared.execute("describe function told(float)").rows)
    assert (told["language"], told["null handling"], told["body"]) == ("JAVASCRIPT", "STRICT", "return 'x'")
    shown = shared.execute("show user functions like 'told'")
    assert shown.rows[0][[one.name for one in shown.columns].index("language")] == "JAVASCRIPT"


def test_without_the_engine_the_extra_is_named(shared: SqlSession, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "find_spec", lambda _: None)
    code, text = error(shared, "create function no() returns float language javascript as 'return 1'")
    assert code == "000002" and "snowcore[javascript]" in text


def test_rest_makes_and_calls_javascript(api: Api, home: str) -> None:
    body: dict[str, Any] = {
        "name": "twice",
        "arguments": [{"name": "x", "datatype": "FLOAT"}],
        "return_type": {"type": "DATATYPE", "datatype": "FLOAT"},
        "language_config": {"language": "JAVASCRIPT"},
        "body": "return X * 2",
    }
    api("POST", f"{home}/user-defined-functions", body)
    argument = {"name": "x", "datatype": "FLOAT", "value": 2.0}
    assert api("POST", f"{home}/user-defined-functions/twice(FLOAT):execute", [argument]) == {"TWICE": 4}
    api("POST", f"{home}/procedures", body)
    assert api("POST", f"{home}/procedures/twice(FLOAT):call", {"call_arguments": [argument]}) == [{"TWICE": 4}]


def test_rights_of_owners_and_callers(shared: SqlSession) -> None:
    shared.execute("create table of_owner (i int) as select 7 as i")
    shared.execute("create role stranger")
    shared.execute("grant role stranger to role accountadmin")
    shared.execute("grant usage on database d to role stranger")
    shared.execute("grant usage on schema d.public to role stranger")
    source = """
        var rows = snowflake.execute({sqlText: "select current_role(), max(i) from of_owner"});
        rows.next();
        return rows.getColumnValue(1) + rows.getColumnValue(2);
    """
    for name, rights in (("as_owner", "owner"), ("as_caller", "caller")):
        make(shared, f"{name}() returns varchar", source, f"execute as {rights}", what="procedure")
        shared.execute(f"grant usage on procedure {name}() to role stranger")
    shared.execute("use role stranger")
    try:
        assert one(shared, "call as_owner()") == "ACCOUNTADMIN7"
        code, text = error(shared, "call as_caller()")
        assert code == "100183" and "OF_OWNER" in text
    finally:
        shared.execute("use role accountadmin")
    assert one(shared, "call as_caller()") == "ACCOUNTADMIN7"
