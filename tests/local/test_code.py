# ruff: noqa: E501 (a definition and its answer are a line)
"""Functions in Python, in worker processes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from snowcore.engine.errors import AccountError
from snowcore.local import LocalAccount
from snowcore.local.code.workers import Limits
from snowcore.local.doors.server import LocalServer
from snowcore.local.sql import SqlSession

from ..conftest import eventually
from .conftest import Api, cancelled, runs
from .test_routines import error, one

VERSION = f"{sys.version_info[0]}.{sys.version_info[1]}"
PYTHON = f"language python runtime_version = '{VERSION}'"


def make(session: SqlSession, signature: str, source: str, more: str = "", handler: str = "f") -> None:
    session.execute(f"create or replace function {signature} {PYTHON} {more} handler = '{handler}' as $${source}$$")


@pytest.fixture(scope="module")
def shared() -> Iterator[SqlSession]:
    with LocalAccount() as account:
        session = account.session()
        session.execute("create database d")
        session.execute("create table t (i int, s varchar)")
        session.execute("insert into t values (1, 'one'), (2, 'two'), (3, 'three')")
        yield session


VALUES: list[tuple[str, str, str]] = [
    ("int", "42", "42"),
    ("number(38,0)", "99999999999999999999999999999999999999", "99999999999999999999999999999999999999"),
    ("number(10,2)", "-1.25", "Decimal('-1.25')"),
    ("float", "1.5::float", "1.5"),
    ("varchar", "'ä\\n😀'", "'ä\\n😀'"),
    ("boolean", "true", "True"),
    ("vector(int, 2)", "[1, 2]::vector(int, 2)", "[1, 2]"),
    ("vector(float, 2)", "[1.5, 2]::vector(float, 2)", "[1.5, 2.0]"),
    ("binary", "to_binary('ff00')", "b'\\xff\\x00'"),
    ("date", "'2020-01-02'::date", "datetime.date(2020, 1, 2)"),
    ("time", "'01:02:03.456'::time", "datetime.time(1, 2, 3, 456000)"),
    (
        "timestamp_ntz",
        "'0001-01-02 03:04:05.678'::timestamp_ntz",
        "datetime.datetime(1, 1, 2, 3, 4, 5, 678000)",
    ),
    ("timestamp_ltz", "'2020-07-02 03:04:05'::timestamp_ltz", "datetime.datetime(2020, 7, 2, 3, 4, 5)"),
    (
        "timestamp_tz",
        "'2020-01-02 03:04:05 +0230'::timestamp_tz",
        "datetime.datetime(2020, 1, 2, 3, 4, 5, tzinfo=datetime.timezone(datetime.timedelta(seconds=9000)))",
    ),
    ("array", "[1, 'a']", "[1, 'a']"),
    ("object", "{'a': 1.5}", "{'a': 1.5}"),
    ("variant", "parse_json('{\"a\": [true]}')", "{'a': [True]}"),
    ("variant", "'x'::variant", "'x'"),
    ("variant", "'2020-01-02'::date::variant", "'2020-01-02'"),
]


@pytest.mark.parametrize(("type_", "value", "told"), VALUES)
def test_a_value_goes_in_and_comes_out(shared: SqlSession, type_: str, value: str, told: str) -> None:
    make(shared, f"same(x {type_}) returns {type_}", "def f(x): return x")
    make(shared, f"told(x {type_}) returns varchar", "def f(x): return repr(x)")
    assert one(shared, f"select told({value})") == told
    assert one(shared, f"select same({value}) = {value}") is ("date::variant" not in value)
    assert one(shared, f"select same(null::{type_}) is null") is True


GIVEN: list[tuple[str, str, Any]] = [
    ("int", "True", 1),
    ("int", "2.5", 3),
    ("number(10, 2)", "1.255", "1.26"),
    ("float", "Decimal('0.5')", 0.5),
    ("float", "float('inf')", float("inf")),
    ("varchar", "7", "7"),
    ("varchar", "None", None),
    ("boolean", "0", False),
    ("date", "datetime.datetime(2020, 1, 2, 3)", "2020-01-02"),
    ("timestamp_ntz", "datetime.date(2020, 1, 2)", "2020-01-02 00:00:00"),
    ("variant", "None", "null"),
    ("variant", "(1, Decimal('2'), b'a', datetime.date(2020, 1, 2))", '[\n  1,\n  2,\n  "61",\n  "2020-01-02"\n]'),
    ("array(int)", "[1, 2]", "[\n  1,\n  2\n]"),
    ("object", "None", None),
]


@pytest.mark.parametrize(("type_", "value", "answer"), GIVEN)
def test_what_is_given_becomes_the_type(shared: SqlSession, type_: str, value: str, answer: Any) -> None:
    make(shared, f"given() returns {type_}", f"import datetime\nfrom decimal import Decimal\ndef f(): return {value}")
    found = one(shared, "select given()")
    assert (found if type(found) is type(answer) else str(found)) == answer


@pytest.mark.parametrize(
    ("type_", "value", "said"),
    [
        ("int", "'7'", "TypeError: a number is expected, not str"),
        ("boolean", "'true'", "TypeError: a bool is expected, not str"),
        ("binary", "'ff'", "TypeError: bytes are expected, not str"),
        ("date", "'2020-01-01'", "TypeError: a date is expected, not str"),
        ("timestamp_tz", "__import__('datetime').datetime(2020, 1, 1)", "TypeError: a datetime with a time zone"),
        ("array", "{}", "TypeError: a list is expected, not dict"),
        ("object", "[]", "TypeError: a dict is expected, not list"),
        ("variant", "object()", "TypeError: a value of object can't be a VARIANT"),
    ],
)
def test_what_is_no_value_of_the_type_is_an_error(shared: SqlSession, type_: str, value: str, said: str) -> None:
    make(shared, f"given() returns {type_}", f"def f(): return {value}")
    code, message = error(shared, "select given()")
    assert code == "100357" and said in message


def test_sql_null_and_null_of_json_are_two_in_a_variant(shared: SqlSession) -> None:
    make(
        shared,
        "null_of(x variant) returns varchar",
        """
        def f(x):
            return 'JSON null' if not x else 'SQL null' if getattr(x, 'is_sql_null', False) else 'not null'
        """,
    )
    rows = shared.execute("select null_of(null), null_of(parse_json('null')), null_of(10)").rows
    assert list(rows) == [("SQL null", "JSON null", "not null")]


def test_a_function_stands_wherever_an_expression_may(shared: SqlSession) -> None:
    make(shared, "twice(x int) returns int", "def f(x): return x * 2")
    assert one(shared, "select sum(twice(twice(i))) from t where twice(i) > 2") == 20
    rows = shared.execute("select twice(i % 2) k, count(*) from t group by twice(i % 2) order by twice(k) desc").rows
    assert list(rows) == [(2, 2), (0, 1)]
    assert one(shared, "select case when i > 5 then twice(i) else -1 end from t limit 1") == -1
    assert one(shared, "select (select max(twice(i)) from t) + coalesce(twice(1), 0)") == 8
    shared.execute("create or replace table made as select twice(i) as n from t")
    shared.execute("update made set n = twice(n) where twice(n) >= 12")
    shared.execute("create or replace view doubled as select twice(n) as n from made")
    assert sorted(n for (n,) in shared.execute("select n from made").rows) == [2, 4, 12]
    assert sorted(n for (n,) in shared.execute("select n from doubled").rows) == [4, 8, 24]
    shared.execute("create or replace function four_times(x int) returns int as 'twice(twice(x))'")
    assert one(shared, "select four_times(?)", [5]) == 20


def test_rows_go_to_a_worker_in_batches(shared: SqlSession) -> None:
    """A worker that is asked for each row would wait as often."""
    waited = "resource.getrusage(resource.RUSAGE_SELF).ru_nvcsw"
    make(shared, "next_of(x int) returns int", f"import resource\ndef f(x): return x + 1 if x >= 0 else {waited}")
    assert one(shared, "select count(distinct next_of(seq4())) from table(generator(rowcount => 100000))") == 100_000
    assert one(shared, "select next_of(-1)") < 10_000


def test_a_strict_function_is_not_called_for_null(shared: SqlSession) -> None:
    for words in ("strict", "returns null on null input"):
        make(shared, "strictly(x int, y int) returns varchar", "def f(x, y): return 'called'", words)
        assert list(shared.execute("select strictly(1, null), strictly(1, 2)").rows) == [(None, "called")]
    make(shared, "strictly(x int, y int) returns varchar", "def f(x, y): return 'called'", "called on null input")
    assert one(shared, "select strictly(1, null)") == "called"


def test_an_error_says_where_in_the_code(shared: SqlSession) -> None:
    make(shared, "wrong(x int) returns int", "\ndef g(x):\n    return 1 / x\ndef f(x):\n    return g(x)\n")
    with pytest.raises(AccountError) as caught:
        shared.execute("select wrong(i - 1) from t")
    assert (caught.value.code, caught.value.sqlstate) == ("100357", "P0000")
    assert caught.value.message == (
        "Python Interpreter Error:\nTraceback (most recent call last):\n"
        '  File "_udf_code.py", line 5, in f\n  File "_udf_code.py", line 3, in g\n'
        "ZeroDivisionError: division by zero\n in function WRONG with handler f"
    )
    assert one(shared, "select wrong(1)") == 1


@pytest.mark.parametrize(
    ("source", "handler", "said"),
    [
        ("def f(: pass", "f", "SyntaxError: invalid syntax"),
        ("def g(): pass", "f", "AttributeError: "),
        ("import nonesuch", "f", "ModuleNotFoundError: No module named 'nonesuch'"),
        ("import sys\ndef f(): sys.exit(1)", "f", "SystemExit: 1"),
        ("import os\ndef f(): os._exit(3)", "f", "ended by itself (exit code 3)"),
        ("import os\ndef f(): os.kill(os.getpid(), 11)", "f", "ended by itself (signal 11)"),
        ("def f(): return len(bytearray(10**11))", "f", "MemoryError"),
        ("import os\ndef f(): os.write(1, b'x' * 100); print('y'); return None", "f", ""),
    ],
)
def test_code_that_fails_ends_its_statement_only(shared: SqlSession, source: str, handler: str, said: str) -> None:
    make(shared, "fails() returns int", source, handler=handler)
    if said:
        code, message = error(shared, "select fails()")
        assert code == "100357" and said in message
    else:
        assert one(shared, "select fails()") is None
    make(shared, "works() returns int", "def f(): return 1")
    assert one(shared, "select works()") == 1


LOOP = "def f(x):\n    while True: pass"


def test_an_endless_loop_ends_with_the_statement(shared: SqlSession) -> None:
    make(shared, "loops(x int) returns int", LOOP)
    shared.execute("alter session set statement_timeout_in_seconds = 1")
    try:
        assert error(shared, "select loops(1)")[0] == "000630"
    finally:
        shared.execute("alter session unset statement_timeout_in_seconds")
    with cancelled(shared, lambda: shared.busy):
        assert error(shared, "select loops(1)")[0] == "000604"
    assert one(shared, "select 1") == 1


def test_time_of_the_processor_and_memory_are_limited() -> None:
    with LocalAccount(limits=Limits(seconds=1, memory=300 * 2**20)) as account:
        session = account.session()
        session.execute("create database d")
        make(session, "loops(x int) returns int", LOOP)
        assert "used all the time of the processor" in error(session, "select loops(1)")[1]
        make(session, "never() returns int", "while True: pass")
        assert "used all the time of the processor" in error(session, "select never()")[1]
        make(session, "takes(x int) returns int", "def f(x): return len(bytearray(x))")
        assert one(session, "select takes(1000000)") == 1_000_000
        assert "MemoryError" in error(session, "select takes(300000000)")[1]


PID = "import os\nseen = []\ndef f(): seen.append(1); return f'{os.getpid()} {len(seen)}'"


def ends(pid: int) -> bool:
    return eventually(lambda: not runs(pid))


def test_a_worker_is_used_again_until_the_account_closes() -> None:
    with LocalAccount() as account:
        session = account.session()
        session.execute("create database d")
        make(session, "pid() returns varchar", PID)
        first, again = one(session, "select pid()").split(), one(session, "select pid()").split()
        assert first[0] == again[0] and again[1] == "2"
        make(session, "pid() returns varchar", PID + " # another")
        other = one(session, "select pid()").split()
        assert other[0] != first[0] and other[1] == "1"
    assert ends(int(first[0])) and ends(int(other[0]))


def test_a_worker_ends_with_the_accounts_process(tmp_path: Path) -> None:
    """However it is killed, and whatever the worker is doing."""
    program = f"""
import os, sys, threading, time
from snowcore.local import LocalAccount
account = LocalAccount()
session = account.session()
session.execute("create database d")
session.execute("create function pid() returns varchar {PYTHON} handler = 'f' as $$import os\\ndef f(): return os.getpid()$$")
session.execute("create function loops(x varchar) returns varchar {PYTHON} handler = 'f' as $$import os\\ndef f(x):\\n  open(x, 'w').write(str(os.getpid()))\\n  while True: pass$$")
print(session.execute("select pid()").rows[0][0], flush=True)
session.execute("select loops('" + sys.argv[1] + "')")
"""
    told = tmp_path / "pid"
    process = subprocess.Popen([sys.executable, "-c", program, str(told)], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        idle = int(process.stdout.readline())
        busy = int(eventually(lambda: told.exists() and told.read_text()))
        assert runs(idle) and runs(busy)
        process.kill()
        process.wait()
        assert ends(idle) and ends(busy)
    finally:
        process.kill()
        process.communicate()


def test_a_worker_has_nothing_of_the_accounts_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SNOWCORE_PASSWORD", "hidden")
    with LocalAccount() as account:
        session = account.session()
        session.execute("create database d")
        make(session, "seen() returns varchar", "import os, sys\ndef f(): return str(dict(os.environ)) + str(sys.argv)")
        assert "hidden" not in one(session, "select seen()")


def test_code_for_an_earlier_python_runs_in_the_next_one_that_is_here(shared: SqlSession) -> None:
    shared.execute(
        "create or replace function earlier() returns varchar language python runtime_version = '3.8' handler = 'f' as"
        " 'import sys\ndef f(): return str(sys.version_info[:2])'"
    )
    assert one(shared, "select earlier()") == str(sys.version_info[:2])
    shown = {row[0]: row[1] for row in shared.execute("describe function earlier()").rows}
    assert shown["runtime_version"] == "3.8"


def test_what_is_not_there_is_refused_when_a_function_is_made(shared: SqlSession) -> None:
    body = "returns int language python handler = 'f' as 'def f(): return 1'"
    assert (
        error(shared, f"create function n() {body.replace('handler', 'runtime_version = 2.7 handler')}")[0] == "000002"
    )
    assert error(shared, f"create function n() {body}")[0] == "001003"
    later = f"3.{sys.version_info.minor + 9}"
    assert (
        error(shared, f"create function n() {body.replace('handler', f'runtime_version = {later} handler')}")[0]
        == "000002"
    )
    packages = "returns int {} packages = ({}) handler = 'f' as 'def f(): return 1'"
    for package in ("'nonesuch'", "'attrs==0.0.1'", "'attrs', '!'"):
        code, message = error(shared, f"create function n() {packages.format(PYTHON, package)}")
        assert code == "391546" and "Cannot create a Python function with the specified packages" in message
    shared.execute(f"create function n() {packages.format(PYTHON, repr('attrs>=1'))}")
    assert error(shared, f"create function n2() {PYTHON} returns int")[0] == "001003"


def test_a_function_is_told_as_it_was_made(shared: SqlSession) -> None:
    make(shared, "told_of(x int) returns int", "def f(x): return x", "strict packages = ('attrs')")
    told = dict(shared.execute("describe function told_of(int)").rows)
    assert told["language"] == "PYTHON" and told["packages"] == "['attrs']" and told["handler"] == "f"
    text = one(shared, "select get_ddl('function', 'told_of(int)')")
    shared.execute("drop function told_of(int)")
    shared.execute(text)
    assert one(shared, "select told_of(3)") == 3
    rows = shared.execute(
        "select language, handler from (select function_language language, handler from information_schema.functions where function_name = 'TOLD_OF')"
    ).rows
    assert list(rows) == [("PYTHON", "f")]


TOTALS = """
class Totals:
    def __init__(self):
        self.total = 0
    def process(self, n):
        self.total += n
        for i in range(n):
            yield (i, str(n))
    def end_partition(self):
        yield self.total, 'end'
"""


@pytest.fixture
def totals(shared: SqlSession) -> SqlSession:
    make(shared, "totals(n int) returns table (a int, b varchar)", TOTALS, handler="Totals")
    shared.execute("create or replace table p (k varchar, n int)")
    shared.execute("insert into p values ('a', 1), ('b', 1), ('a', 2)")
    return shared


TABLES: list[tuple[str, list[tuple[Any, ...]]]] = [
    ("* from table(totals(2))", [(0, "2"), (1, "2"), (2, "end")]),
    ("* from table(totals(n => 0)) as x(y, z)", [(0, "end")]),
    (
        "k, n, f.* from p, table(totals(n) over (partition by k order by n)) f order by 1, 2",
        [
            ("a", 1, 0, "1"),
            ("a", 2, 0, "2"),
            ("a", 2, 1, "2"),
            ("a", None, 3, "end"),
            ("b", 1, 0, "1"),
            ("b", None, 1, "end"),
        ],
    ),
    ("k, a from p join table(totals(p.n) over (partition by k)) on b = 'end' order by 1", [("a", 3), ("b", 1)]),
    ("a from p, lateral totals(n) where b = 'end'", [(4,)]),
    ("a from p, table(totals(n) over (partition by 1)) where b = 'end'", [(4,)]),
    ("count(*) from p, table(totals(n) over (partition by k)) where n > 5", [(0,)]),
    ("count(*) from (select * from p where n > 5) q, table(totals(q.n))", [(0,)]),
]


@pytest.mark.parametrize(("query", "rows"), TABLES)
def test_a_table_function_makes_rows(totals: SqlSession, query: str, rows: list[tuple[Any, ...]]) -> None:
    assert list(totals.execute(f"select {query}").rows) == rows


def test_a_table_function_gives_rows_as_wide_as_declared(shared: SqlSession) -> None:
    make(shared, "narrow() returns table (a int, b int)", "class H:\n def process(self): yield (1,)", handler="H")
    assert "a row of 2 values is expected, not of 1" in error(shared, "select * from table(narrow())")[1]
    make(shared, "one_column() returns table (a int)", "class H:\n def process(self): return [1, (2,)]", handler="H")
    assert list(shared.execute("select * from table(one_column())").rows) == [(1,), (2,)]
    assert error(shared, "select one_column()")[0] == "002141"


def test_files_of_stages_are_imported(shared: SqlSession, tmp_path: Path) -> None:
    (tmp_path / "helper.py").write_text("def half(x): return x // 2\n")
    (tmp_path / "data.txt").write_text("seven")
    shared.execute("create or replace stage code_files")
    for name in ("helper.py", "data.txt"):
        shared.execute(f"put 'file://{tmp_path}/{name}' @code_files/in auto_compress = false")
    source = """
import sys, helper
def f(x):
    with open(sys._xoptions['snowflake_import_directory'] + 'data.txt') as file:
        return f'{helper.half(x)} {file.read()}'
"""
    imports = "imports = ('@code_files/in/helper.py', '@d.public.code_files/in/data.txt')"
    make(shared, "halved(x int) returns varchar", source, imports)
    assert one(shared, "select halved(8)") == "4 seven"
    shared.execute(f"create or replace function half(x int) returns int {PYTHON} {imports} handler = 'helper.half'")
    assert one(shared, "select half(8)") == 4
    (tmp_path / "helper.py").write_text("def half(x): return x / 2 + 100\n")
    shared.execute(f"put 'file://{tmp_path}/helper.py' @code_files/in auto_compress = false overwrite = true")
    assert one(shared, "select half(8)") == 104
    shared.execute("remove @code_files/in")
    assert error(shared, "select half(8)")[0] == "091016"
    assert (
        error(
            shared, f"create function nothing() returns int {PYTHON} imports = ('@code_files/no.py') handler = 'no.f'"
        )[0]
        == "091016"
    )
    assert (
        error(shared, f"create function nothing() returns int {PYTHON} imports = ('/etc/passwd') handler = 'no.f'")[0]
        == "001003"
    )


def test_a_temporary_function_is_its_sessions(shared: SqlSession) -> None:
    make(shared, "whose() returns varchar", "def f(): return 'everybody'")
    shared.execute(
        f"create temporary function whose() returns varchar {PYTHON} handler = 'f' as $$def f(): return 'mine'$$"
    )
    other = shared.account.session(database="D")
    assert one(shared, "select whose()") == "mine"
    assert one(other, "select whose()") == "everybody"
    assert error(shared, "create temporary function whose() returns varchar as '1'")[0] == "002002"
    shared.execute("comment on function whose() is 'of mine'")
    rows = shared.execute("show user functions like 'whose'").rows
    assert ["of mine" in row for row in rows] == [False, True]
    shared.execute("alter function whose() unset comment")
    assert error(shared, "alter function whose() rename to theirs")[0] == "000002"
    assert "WHOSE" in [row[1] for row in shared.execute("show user functions like 'whose'").rows]
    shared.execute("drop function whose()")
    assert one(shared, "select whose()") == "everybody"
    shared.execute("create temporary function of_sql(x int) returns int as 'x + 1'")
    assert one(shared, "select of_sql(1)") == 2
    assert error(other, "select of_sql(1)")[0] == "002140"
    other.close()


def test_vectorized_functions_need_pandas(shared: SqlSession) -> None:
    source = "from _snowflake import vectorized\nimport pandas\n@vectorized(input=pandas.DataFrame)\ndef f(df): return df[0] + df[1]"
    make(shared, "added(x int, y int) returns int", source)
    try:
        import pandas  # noqa: F401  # pyright: ignore
    except ImportError:
        assert "No module named 'pandas'" in error(shared, "select added(1, 2)")[1]
    else:
        assert [n for (n,) in shared.execute("select added(i, i) from t order by 1").rows] == [2, 4, 6]


def test_rest_makes_and_calls_a_function_in_python(api: Api, home: str) -> None:
    config = {"language": "PYTHON", "runtime_version": VERSION, "packages": [], "handler": "f"}
    body = {
        "name": "added",
        "arguments": [{"name": "x", "datatype": "NUMBER"}, {"name": "y", "datatype": "NUMBER"}],
        "return_type": {"type": "DATATYPE", "datatype": "NUMBER"},
        "language_config": config,
        "body": "def f(x, y): return x + y",
    }
    api("POST", f"{home}/user-defined-functions", body)
    told = api("GET", f"{home}/user-defined-functions/added(NUMBER,NUMBER)")
    assert told["language_config"] == config and told["body"] == body["body"]
    arguments = [{"name": name, "datatype": "NUMBER", "value": value} for name, value in (("x", 1), ("y", 2))]
    assert api("POST", f"{home}/user-defined-functions/added:execute", arguments) == {"ADDED": 3}
    missing = {**config, "packages": ["nonesuch"]}
    body |= {"name": "other", "language_config": missing}
    assert api.error("POST", f"{home}/user-defined-functions", body)[1] == "391546"


def test_a_server_for_other_machines_runs_no_code_unless_told() -> None:
    for allowed in (False, True):
        with LocalAccount() as account:
            session = account.session()
            session.execute("create database d")
            make(session, "works() returns int", "def f(): return 1")
            with LocalServer(account, host="0.0.0.0", allow_code=allowed):
                if allowed:
                    assert one(session, "select works()") == 1
                else:
                    assert error(session, "select works()")[0] == "000002"
                    assert "code of clients on other machines" in error(session, "select works()")[1]


def test_another_interpreter_can_be_named(tmp_path: Path) -> None:
    with LocalAccount(python=tmp_path / "nothing") as account:
        session = account.session()
        session.execute("create database d")
        assert "can't be run" in error(session, f"create function f() returns int {PYTHON} handler = 'f' as 'x'")[1]
    link = tmp_path / "python"
    link.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    link.chmod(0o755)
    with LocalAccount(python=[link]) as account:
        session = account.session()
        session.execute("create database d")
        make(session, "works() returns int", "def f(): return 1")
        assert one(session, "select works()") == 1
