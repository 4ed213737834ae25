"""Procedures in Python, whose workers have a real Snowpark session on the account that calls them; Snowpark's own
registration of functions and procedures, as it is."""

from __future__ import annotations

import datetime
import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from snowflake.snowpark import Session
from snowflake.snowpark.functions import call_function, col, lit, sproc, udf
from snowflake.snowpark.types import IntegerType, StringType, StructField, StructType, Variant

from snowcore.engine.errors import AccountError
from snowcore.local import LocalAccount
from snowcore.local.doors.server import LocalServer
from snowcore.local.sql import SqlSession

from ..conftest import eventually
from .conftest import Api
from .test_code import PYTHON, VERSION
from .test_routines import error, one

SNOWPARK = f"{PYTHON} packages = ('snowflake-snowpark-python') handler = 'm'"
pytestmark = pytest.mark.filterwarnings("ignore")  # of Snowpark's own


@pytest.fixture(scope="module")
def caller() -> Iterator[SqlSession]:
    with LocalAccount() as account:
        session = account.session()
        session.execute("create database d")
        session.execute("create table t (i int)")
        session.execute(
            f"create procedure run(text varchar) returns variant {SNOWPARK} execute as caller as "
            "$$def m(session, text): return [list(row) for row in session.sql(text).collect()]$$"
        )
        yield session


def test_a_procedure_is_a_part_of_its_callers_transaction(caller: SqlSession) -> None:
    caller.execute("begin")
    caller.execute("insert into t values (1)")
    assert one(caller, "call run('select count(*) from t')") == "[\n  [\n    1\n  ]\n]"
    caller.execute("call run('insert into t values (2)')")
    assert one(caller, "select sum(i) from t") == 3
    other = caller.account.session(database="D")
    assert one(other, "select count(*) from t") == 0
    other.close()
    caller.execute("rollback")
    assert one(caller, "select count(*) from t") == 0


def test_a_procedure_has_its_callers_temporary_objects_and_parameters(caller: SqlSession) -> None:
    caller.execute("create or replace temporary table own (i int) as select 7")
    caller.execute("alter session set timezone = 'Europe/Berlin'")
    assert "7" in one(caller, "call run('select i from own')")
    assert "Europe/Berlin" in one(caller, "call run($$select to_char(1) || 'Europe/Berlin'$$)")
    caller.execute("call run('create temporary table made as select 8 as i')")
    assert one(caller, "select i from made") == 8
    caller.execute("alter session unset timezone")


def test_what_a_procedure_returns(caller: SqlSession) -> None:
    for type_, value, answer in (
        ("varchar", "'x'", "x"),
        ("int", "3", 3),
        ("float", "1.5", 1.5),
        ("boolean", "True", True),
        ("date", "datetime.date(2020, 1, 2)", datetime.date(2020, 1, 2)),
        ("timestamp_ntz", "datetime.datetime(2020, 1, 2, 3)", datetime.datetime(2020, 1, 2, 3)),
        ("binary", "b'a'", b"a"),
        ("variant", "{'a': 1}", '{\n  "a": 1\n}'),
        ("array", "[]", "[]"),
        ("int", "None", None),
    ):
        source = f"import datetime\ndef m(session): return {value}"
        result = caller.execute(f"with p as procedure () returns {type_} {SNOWPARK} as $${source}$$ call p()")
        assert list(result.rows) == [(answer,)] and result.columns[0].name == "P"


def test_a_procedure_returns_the_rows_of_a_query(caller: SqlSession) -> None:
    source = "def m(session, n): return session.create_dataframe([[n, 'a'], [n + 1, None]], schema=['p', 'q'])"
    caller.execute(
        f"create or replace procedure rows_of(n int) returns table (x int, y varchar) {SNOWPARK} as $${source}$$"
    )
    result = caller.execute("call rows_of(3)")
    assert [column.name for column in result.columns] == ["X", "Y"]
    assert list(result.rows) == [(3, "a"), (4, None)]
    assert one(caller, "select sum(x) from table(result_scan(last_query_id()))") == 7
    source = "def m(session): return session.sql('select 1 as one')"
    result = caller.execute(f"with p as procedure () returns table () {SNOWPARK} as $${source}$$ call p()")
    assert [column.name for column in result.columns] == ["ONE"] and list(result.rows) == [(1,)]
    source = "def m(session): return session.sql('select 1 as one')"
    text = f"with p as procedure () returns table (a int, b int) {SNOWPARK} as $${source}$$ call p()"
    assert error(caller, text)[0] == "002056"


def test_a_procedure_calls_another_and_is_called_by_scripting(caller: SqlSession) -> None:
    source = "def m(session, n): return n if n == 0 else session.call('down', n - 1) + 1"
    caller.execute(f"create or replace procedure down(n int) returns int {SNOWPARK} execute as caller as $${source}$$")
    assert one(caller, "begin let r int; call down(2) into :r; return r * 10; end") == 20


def test_an_error_of_a_procedure_ends_its_statement_only(caller: SqlSession) -> None:
    code, message = error(caller, "call run('select * from nowhere')")
    assert code == "100357" and "Object 'NOWHERE' does not exist" in message
    assert str(Path(__file__).parents[2]) not in message
    source = "import os\ndef m(session): os._exit(1)"
    text = f"with p as procedure () returns int {SNOWPARK} as $${source}$$ call p()"
    assert error(caller, text)[0] == "100357"
    source = "def m(session):\n    while True: session.sql('select 1').collect()"
    caller.execute("alter session set statement_timeout_in_seconds = 6")
    text = f"with p as procedure () returns int {SNOWPARK} as $${source}$$ call p()"
    assert error(caller, text)[0] == "000630"
    caller.execute("alter session unset statement_timeout_in_seconds")
    assert one(caller, "select 1") == 1


def test_owners_rights_are_where_the_procedure_is(caller: SqlSession) -> None:
    caller.execute("create schema if not exists elsewhere")
    caller.execute("use schema public")
    source = "def m(session): return session.get_current_schema()"
    for words, schema in (("owner", "ELSEWHERE"), ("caller", "PUBLIC")):
        name = f"elsewhere.where_{words}"
        caller.execute(f"create procedure {name}() returns varchar {SNOWPARK} execute as {words} as $${source}$$")
        assert schema in one(caller, f"call {name}()")
    assert caller.schema == "PUBLIC"


def test_archives_bring_no_snowpark_of_their_own(caller: SqlSession, tmp_path: Path) -> None:
    """Nor what it needs, of which an archive holds no libraries that could be loaded."""
    with zipfile.ZipFile(tmp_path / "archive.zip", "w") as archive:
        archive.writestr("cryptography/__init__.py", "raise ImportError('of the archive')")
        archive.writestr("own_code.py", "def m(session): return session.sql('select 6').collect()[0][0]")
    caller.execute("create or replace stage code")
    caller.execute(f"put file://{tmp_path}/archive.zip @code auto_compress = false")
    made = SNOWPARK.replace("'m'", "'own_code.m'")
    caller.execute(f"create or replace procedure archived() returns int {made} imports = ('@code/archive.zip')")
    assert one(caller, "call archived()") == 6


def test_procedures_use_the_sdk_and_files_of_stages(caller: SqlSession, tmp_path: Path) -> None:
    (tmp_path / "told.txt").write_text("what it says")
    caller.execute("create or replace stage texts")
    caller.execute(f"put file://{tmp_path}/told.txt @texts auto_compress = false")
    made = SNOWPARK.replace("python'", "python', 'snowflake.core'")
    source = """
from snowflake.core import Root
from snowflake.snowpark.files import SnowflakeFile
def m(session):
    with SnowflakeFile.open("@d.public.texts/told.txt", require_scoped_url=False) as file:
        return [file.read(), Root(session).databases["d"].fetch().name]
"""
    caller.execute(f"create or replace procedure reads() returns array {made} execute as caller as $${source}$$")
    assert json.loads(one(caller, "call reads()")) == ["what it says", "D"]


def test_procedures_need_snowpark(tmp_path: Path) -> None:
    """An interpreter without it is refused when a procedure is made."""
    bare = tmp_path / "python"
    bare.write_text('#!/bin/sh\nexec python3 -S "$@"\n')
    bare.chmod(0o755)
    with LocalAccount(python=bare) as account:
        session = account.session()
        session.execute("create database d")
        version = account.code.environments[0].version
        text = f"create procedure p() returns int language python runtime_version = '{version}' handler = 'm' as 'x'"
        assert "unless snowflake-snowpark-python is installed" in error(session, text)[1]


def test_rest_makes_and_calls_a_procedure_in_python(api: Api, home: str) -> None:
    packages = ["snowflake-snowpark-python"]
    body = {
        "name": "p",
        "arguments": [{"name": "n", "datatype": "NUMBER"}],
        "return_type": {"type": "DATATYPE", "datatype": "NUMBER"},
        "language_config": {"language": "PYTHON", "runtime_version": VERSION, "packages": packages, "handler": "m"},
        "body": "def m(session, n): return session.sql('select 40').collect()[0][0] + n",
    }
    api("POST", f"{home}/procedures", body)
    arguments = {"call_arguments": [{"name": "n", "datatype": "NUMBER", "value": 2}]}
    assert api("POST", f"{home}/procedures/p:call", arguments) == [{"P": 42}]


def test_a_session_that_was_lent_is_over_with_the_procedure() -> None:
    with LocalAccount() as account:
        session = account.session()
        session.execute("create database d")
        source = "def m(session): return [session.connection.rest.token, str(session.connection.port)]"
        text = one(session, f"with p as procedure () returns array {SNOWPARK} as $${source}$$ call p()")
        import httpx
        import orjson

        token, port = orjson.loads(text)
        reply = httpx.post(
            f"http://127.0.0.1:{port}/queries/v1/query-request",
            headers={"Authorization": f'Snowflake Token="{token}"'},
            json={"sqlText": "select 1"},
            timeout=60,
        )
        assert reply.json()["success"] is False and reply.json()["code"] == "390104"


# Snowpark's own registration


@pytest.fixture(scope="module")
def snowpark() -> Iterator[Session]:
    with LocalAccount() as account, LocalServer(account) as server:
        account.execute("create database d")
        place = {"account": "local", "host": server.host, "port": server.port, "protocol": "http"}
        login = {"user": server.user, "password": server.password, "database": "D", "schema": "PUBLIC"}
        session = Session.builder.configs({**place, **login}).create()
        session.sql("create stage perm").collect()
        session.create_dataframe([[1, "a"], [2, "b"]], schema=["n", "s"]).write.save_as_table("t")
        yield session
        session.close()


def values(session: Session, column: Any) -> list[Any]:
    return [row[0] for row in session.table("t").order_by("n").select(column).collect()]


def test_functions_are_registered_by_snowpark(snowpark: Session, tmp_path: Path) -> None:
    add = snowpark.udf.register(lambda x, y: x + y, IntegerType(), [IntegerType(), IntegerType()])
    assert values(snowpark, add(col("n"), lit(1))) == [2, 3]

    @udf(session=snowpark, name="less", is_permanent=True, stage_location="@perm", replace=True, packages=["attrs"])
    def less(x: int) -> int:
        return x - 1

    assert values(snowpark, less(col("n"))) == values(snowpark, call_function("less", col("n"))) == [0, 1]
    large = "x" * 20_000  # goes to a stage as a file

    @udf(session=snowpark)
    def longer(x: str) -> int:
        return len(large + x)

    assert values(snowpark, longer(col("s"))) == [20_001, 20_001]

    @udf(session=snowpark)
    def in_variant(x: Variant) -> Variant:
        return {"a": x}

    assert values(snowpark, in_variant(col("n")))[0] == '{\n  "a": 1\n}'
    (tmp_path / "triples.py").write_text("def triple(x: int) -> int:\n    return x * 3\n")
    triple = snowpark.udf.register_from_file(str(tmp_path / "triples.py"), "triple")
    assert values(snowpark, triple(col("n"))) == [3, 6]


def test_imports_and_packages_of_a_session(snowpark: Session, tmp_path: Path) -> None:
    (tmp_path / "imported_here.py").write_text("def h(x): return x + 100\n")
    snowpark.add_import(str(tmp_path / "imported_here.py"))

    def imported(x: int) -> int:
        import imported_here  # pyright: ignore

        return imported_here.h(x)  # pyright: ignore

    found = snowpark.udf.register(imported, IntegerType(), [IntegerType()])
    assert values(snowpark, found(col("n"))) == [101, 102]
    snowpark.clear_imports()
    snowpark.add_packages("attrs")
    assert snowpark.get_packages() == {"attrs": "attrs"}
    snowpark.clear_packages()
    with pytest.raises(RuntimeError, match="nonesuch"):
        snowpark.add_packages("nonesuch")


def test_table_functions_are_registered_by_snowpark(snowpark: Session) -> None:
    class Totals:
        def __init__(self) -> None:
            self.total = 0

        def process(self, n: int) -> Iterator[tuple[int, str]]:
            self.total += n
            yield n, "row"

        def end_partition(self) -> Iterator[tuple[int, str]]:
            yield self.total, "end"

    schema = StructType([StructField("a", IntegerType()), StructField("b", StringType())])
    totals = snowpark.udtf.register(Totals, output_schema=schema, input_types=[IntegerType()])
    assert [tuple(row) for row in snowpark.table_function(totals(lit(3))).collect()] == [(3, "row"), (3, "end")]
    joined = snowpark.table("t").join_table_function(totals(col("n")).over(partition_by=lit(1), order_by="n"))
    assert [tuple(row)[2:] for row in joined.collect()] == [(1, "row"), (2, "row"), (3, "end")]


def test_procedures_are_registered_by_snowpark(snowpark: Session) -> None:
    packages = ["snowflake-snowpark-python"]

    @sproc(session=snowpark, packages=packages)
    def next_of(session: Session, x: int) -> int:
        return session.sql(f"select {x} + 1").collect()[0][0]

    assert next_of(5) == 6 and snowpark.call(next_of.name, 6) == 7
    count: Callable[[Session, str], int] = lambda session, name: session.table(name).count()  # noqa: E731
    made: dict[str, Any] = {"is_permanent": True, "stage_location": "@perm", "replace": True}
    snowpark.sproc.register(count, IntegerType(), [StringType()], name="count_of", packages=packages, **made)
    assert snowpark.call("count_of", "t") == 2
    once = snowpark.sproc.register(count, IntegerType(), [StringType()], packages=packages, anonymous=True)
    assert once("t") == 2
    rows: Callable[[Session], Any] = lambda session: session.table("t")  # noqa: E731
    schema = StructType([StructField("x", IntegerType()), StructField("y", StringType())])
    table = snowpark.sproc.register(rows, schema, [], packages=packages)
    assert sorted(tuple(row) for row in table().collect()) == [(1, "a"), (2, "b")]


def test_a_procedure_registers_functions_of_its_own(snowpark: Session) -> None:
    def inner(session: Session) -> int:
        made = session.udf.register(lambda x: x + 1, IntegerType(), [IntegerType()])
        return session.sql(f"select {made.name}(1)").collect()[0][0]

    packages = ["snowflake-snowpark-python"]
    outer = snowpark.sproc.register(inner, IntegerType(), [], packages=packages, execute_as="caller")
    assert outer() == 2


def test_a_graph_of_python_functions_from_deploy_to_return_values(snowpark: Session) -> None:
    """As the tutorials have it: functions become anonymous procedures, one task reads what another returned."""
    from snowcore import Root
    from snowcore.task import StoredProcedureCall
    from snowcore.task.context import TaskContext
    from snowcore.task.dagv1 import DAG, DAGOperation, DAGTask

    def first(session: Session) -> str:
        session.sql("insert into log values (?)", ["first"]).collect()
        return "of the first"

    def second(session: Session) -> str:
        told = TaskContext(session).get_predecessor_return_value("FIRST")
        session.sql("insert into log values (?)", [told]).collect()
        return "of the second"

    snowpark.sql("create warehouse w").collect()
    snowpark.sql("create or replace table log (text varchar)").collect()
    packages = ["snowflake-snowpark-python"]
    options: dict[str, Any] = {"stage_location": "@perm", "packages": packages, "warehouse": "W"}
    with DAG("graph", schedule=datetime.timedelta(days=1), use_func_return_value=True, **options) as graph:
        one_ = DAGTask("FIRST", StoredProcedureCall(first, stage_location="@perm", packages=packages), warehouse="W")
        one_ >> DAGTask("SECOND", second, warehouse="W")  # pyright: ignore[reportUnusedExpression]
    operation = DAGOperation(Root(snowpark).databases["D"].schemas["PUBLIC"])
    operation.deploy(graph, mode="orReplace")
    operation.run(graph)
    runs = eventually(lambda: operation.get_complete_dag_runs(graph, error_only=False), "the graph doesn't end")
    assert [run.state for run in runs] == ["SUCCEEDED"], runs
    assert sorted(row[0] for row in snowpark.table("log").collect()) == ["first", "of the first"]
    told = snowpark.sql("select name, return_value from table(information_schema.task_history())").collect()
    assert {tuple(row) for row in told} >= {("GRAPH$FIRST", "of the first"), ("GRAPH$SECOND", "of the second")}


def test_the_packages_that_are_installed_are_listed(caller: SqlSession) -> None:
    text = "select version, language, runtime_version from information_schema.packages where package_name = 'attrs'"
    import attrs

    assert list(caller.execute(text).rows) == [(attrs.__version__, "python", VERSION)]
    with pytest.raises(AccountError):
        caller.execute("select system$nothing()")
    assert one(caller, "select system$are_anaconda_terms_acknowledged()") is True
