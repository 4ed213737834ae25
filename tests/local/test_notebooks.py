"""Notebooks and code bundles run: cells of SQL in a session, cells of Python in a worker to which it is lent."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from snowcore.engine.errors import AccountError
from snowcore.local import LocalAccount
from snowcore.local.sql import SqlSession

from .conftest import Api
from .test_code import VERSION
from .test_routines import error, one

HERE = "databases/d/schemas/public"
COMPUTE = f"compute_type: warehouse\n  compute_options:\n    warehouse: w\n    runtime_version: '{VERSION}'\n"
BUNDLE = f"bundle:\n  type: custom\n  language: python\n  {COMPUTE}"


@pytest.fixture(scope="module")
def account() -> Iterator[LocalAccount]:
    with LocalAccount() as account:
        yield account


@pytest.fixture(scope="module")
def session(account: LocalAccount) -> SqlSession:
    session = account.session()
    for statement in ("warehouse w", "database d", "stage st", "table t (i int)"):
        session.execute(f"create {statement}")
    return session


@pytest.fixture(autouse=True)
def _nothing_there(session: SqlSession) -> None:
    session.execute("truncate table t")
    session.execute("remove @st")


def cell(source: str, language: str | None = None, name: str | None = None) -> dict[str, Any]:
    metadata = {key: value for key, value in (("language", language), ("name", name)) if value}
    return {"cell_type": "code", "metadata": metadata, "source": source.splitlines(keepends=True), "outputs": []}


def put(session: SqlSession, folder: Path, **files: str) -> None:
    for name, text in files.items():
        file = folder / name.replace("_", ".")
        file.write_text(text)
        session.execute(f"put file://{file} @st/app auto_compress=false overwrite=true")


def notebook(session: SqlSession, folder: Path, *cells: dict[str, Any], warehouse: str = "query_warehouse = w") -> None:
    put(session, folder, n_ipynb=json.dumps({"cells": [*cells], "nbformat": 4, "nbformat_minor": 5, "metadata": {}}))
    session.execute(f"create or replace notebook n from '@st/app' main_file = 'n.ipynb' {warehouse}")
    session.execute("alter notebook n add live version from last")


def rows(session: SqlSession) -> list[Any]:
    return [row[0] for row in session.execute("select i from t order by i").rows]


def test_cells_run_in_order_and_know_of_each_other(session: SqlSession, tmp_path: Path) -> None:
    put(session, tmp_path, more_py="def twice(n): return 2 * n\n")
    notebook(
        session,
        tmp_path,
        {"cell_type": "markdown", "metadata": {}, "source": ["# Told"]},
        cell("insert into t values (1); insert into t values (2);", "sql", "filled"),
        cell("from snowflake.snowpark.context import get_active_session\nimport more, sys\nleast = 2"),
        cell("select i from t where i >= {{least}}", "sql", "found"),
        cell(
            "get_active_session().sql(f'insert into t values ({more.twice(found.to_df().collect()[0][0])})').collect()"
        ),
        cell("%%sql\ninsert into t select {{ len(sys.argv) }} * 100 + {{ sys.argv[0] }}"),
        cell("", "sql"),
    )
    session.execute("execute notebook n('7', 'more', 3)")
    assert rows(session) == [1, 2, 4, 307]


def test_it_runs_in_a_session_of_its_own(session: SqlSession, tmp_path: Path) -> None:
    place = cell("select current_database() || current_schema() || current_warehouse()", "sql", "a")
    notebook(session, tmp_path, place, cell("assert a.to_df().collect()[0][0] == 'DPUBLICW'"))
    session.execute("create or replace database e")
    session.execute("execute notebook d.public.n()")
    assert one(session, "select current_database()") == "E"
    session.execute("use schema d.public")
    session.execute("create or replace temporary table seen (i int)")
    notebook(session, tmp_path, cell("select * from seen", "sql"))
    assert "does not exist" in error(session, "execute notebook n()")[1]


def test_an_error_of_a_cell_ends_the_run(session: SqlSession, tmp_path: Path) -> None:
    first, last = cell("insert into t values (1)", "sql"), cell("insert into t values (2)", "sql")
    notebook(session, tmp_path, first, cell("\n1 / 0", name="divided"), last)
    code, text = error(session, "execute notebook n()")
    assert code == "100357"
    assert text.splitlines()[1:] == [
        "Traceback (most recent call last):",
        '  File "divided", line 2, in <module>',
        "ZeroDivisionError: division by zero",
        " in notebook D.PUBLIC.N",
    ]
    assert rows(session) == [1]
    notebook(session, tmp_path, cell("select * from missing", "sql", "asked"), last)
    text = error(session, "execute notebook n()")[1]
    assert "asked: SQL compilation error:\nObject 'MISSING' does not exist or not authorized." in text
    assert rows(session) == [1]


def test_what_a_run_has_changed_is_gone_in_the_next(session: SqlSession, tmp_path: Path) -> None:
    notebook(session, tmp_path, cell("import json\nassert not hasattr(json, 'seen')\njson.seen = 1"))
    session.execute("execute notebook n()")
    session.execute("execute notebook n()")


def test_what_it_needs(account: LocalAccount, session: SqlSession, tmp_path: Path) -> None:
    notebook(session, tmp_path, cell("1"), warehouse="")
    assert "no query warehouse" in error(session, "execute notebook n()")[1]
    session.execute("alter notebook n set query_warehouse = w")
    session.execute("alter notebook n commit")
    assert "Live version is not found" in error(session, "execute notebook n()")[1]
    session.execute("alter notebook n add live version from last")
    session.execute("alter notebook n set main_file = '../n.ipynb'")
    assert error(session, "execute notebook n()")[0] == "002003"
    put(session, tmp_path, m_ipynb="[]")
    session.execute("alter notebook n set main_file = 'm.ipynb'")
    session.execute(f"put file://{tmp_path}/m.ipynb 'snow://notebook/d.public.n/versions/live/' auto_compress=false")
    assert "'m.ipynb' is no notebook." in error(session, "execute notebook n()")[1]
    assert error(session, "execute notebook nowhere()")[0] == "002003"
    session.execute("create role if not exists r")
    session.execute("grant usage on database d to role r")
    session.execute("grant usage on schema d.public to role r")
    session.execute("grant usage on notebook n to role r")
    other = account.session(role="ACCOUNTADMIN", database="D", schema="PUBLIC")
    other.execute("grant role r to user snowcore")
    other.execute("use role r")
    assert error(other, "execute notebook n()")[0] == "003001"


def test_over_rest(account: LocalAccount, session: SqlSession, tmp_path: Path) -> None:
    api = Api(account)
    notebook(session, tmp_path, cell("insert into t values (5)", "sql"))
    assert api("POST", f"{HERE}/notebooks/n:execute")["status"] == "Statement executed successfully."
    assert rows(session) == [5]
    notebook(session, tmp_path, cell("raise ValueError('told')"))
    status, _, answer = account.handle_request("POST", f"/api/v2/{HERE}/notebooks/n:execute", {}, None)
    assert status == 400 and b"ValueError: told" in answer
    notebook(session, tmp_path, cell("insert into t values (6)", "sql"))
    handle = api("POST", f"{HERE}/notebooks/n:execute", status=202, asyncExec=True)["resultHandler"]
    wait_for(lambda: api.ask("GET", f"results/{handle}").status == 200)
    assert rows(session) == [5, 6]


def test_a_task_runs_it(account: LocalAccount, session: SqlSession, tmp_path: Path) -> None:
    notebook(session, tmp_path, cell("insert into t values (9)", "sql"))
    session.execute("create or replace task k as execute notebook d.public.n()")
    Api(account).run(f"{HERE}/tasks/k")
    assert rows(session) == [9]


def test_it_ends_with_its_statement(account: LocalAccount, session: SqlSession, tmp_path: Path) -> None:
    notebook(session, tmp_path, cell("insert into t values (1)", "sql"), cell("import time\ntime.sleep(600)"))
    other, found = account.session(database="D", schema="PUBLIC"), list[str]()

    def run() -> None:
        try:
            other.execute("execute notebook n()")
        except AccountError as failed:
            found.append(failed.code)

    thread = threading.Thread(target=run)
    thread.start()
    wait_for(lambda: rows(session) == [1])
    assert other.cancel()
    thread.join(60)
    assert found == ["000604"]


def wait_for(true: Any) -> None:
    until = time.monotonic() + 60
    while not true():
        assert time.monotonic() < until
        time.sleep(0.02)


# Code bundles


@pytest.fixture
def bundle(session: SqlSession, tmp_path: Path) -> None:
    main = (
        "import os, sys\nfrom snowflake.snowpark.context import get_active_session\n"
        "if __name__ == '__main__':\n"
        "    number = int(sys.argv[1]) if sys.argv[1:] else int(os.environ.get('N', 0))\n"
        "    get_active_session().sql(f'insert into d.public.t values ({number})').collect()\n"
        "    sys.exit(number if number > 90 else 0)\n"
    )
    text = f"{BUNDLE}  env_vars:\n    - N: '11'\n"
    put(session, tmp_path, main_py=main, t_sql="insert into d.public.t values (3)")
    (tmp_path / "code_bundle.yml").write_text(text)
    session.execute(f"put file://{tmp_path}/code_bundle.yml @st/app auto_compress=false overwrite=true")
    session.execute("create or replace code bundle b from '@st/app'")


@pytest.mark.usefixtures("bundle")
def test_a_bundle_runs(session: SqlSession) -> None:
    found = session.execute("execute code bundle b entrypoint = 'main.py' arguments = ('4')")
    assert ([column.name for column in found.columns], list(found.rows)) == (["RETURN_VALUE"], [(None,)])
    session.execute("execute code bundle d.public.b entrypoint = 'main.py'")
    session.execute("execute code bundle from '@st/app' entrypoint = 't.sql'")
    session.execute(f"execute code bundle b entrypoint = 'main.py' with specification $${BUNDLE}$$")
    assert rows(session) == [0, 3, 4, 11]
    code, text = error(session, "execute code bundle b entrypoint = 'main.py' arguments = ('99')")
    assert (code, "main.py (exit code 99)" in text) == ("100357", True)
    assert error(session, "execute code bundle b entrypoint = '../main.py'")[0] == "002003"
    assert error(session, "execute code bundle b")[0] == "001003"


@pytest.mark.usefixtures("bundle")
@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("custom", "spark", "000002"),
        ("python", "java", "000002"),
        ("type: custom", "no: type", "391917"),
        (f"'{VERSION}'", "'2.7'", "391917"),
        ("compute_type", "secrets: [s]\n  compute_type", "000002"),
        ("compute_type", "properties:\n    requirements_file: main.txt\n  compute_type", "002003"),
    ],
)
def test_a_specification_says_how(session: SqlSession, old: str, new: str, code: str) -> None:
    text = BUNDLE.replace(old, new)
    assert error(session, f"execute code bundle b entrypoint = 'main.py' with specification $${text}$$")[0] == code


@pytest.mark.usefixtures("bundle")
def test_what_is_not_installed_is_missing(session: SqlSession, tmp_path: Path) -> None:
    text = BUNDLE.replace("compute_type", "properties:\n    requirements_file: needs.txt\n  compute_type")
    put(session, tmp_path, needs_txt="pytest  # here\nnowhere-at-all==1.0\n")
    session.execute("create or replace code bundle b from '@st/app'")
    code, said = error(session, f"execute code bundle b entrypoint = 'main.py' with specification $${text}$$")
    assert code == "391546" and "nowhere-at-all" in said


@pytest.mark.usefixtures("bundle")
def test_runs_of_bundles_over_rest(account: LocalAccount, session: SqlSession) -> None:
    api, said = Api(account), {"entrypoint": "main.py", "arguments": ["21"], "execution_name": "first"}
    assert "status" in api("POST", f"{HERE}/code-bundles/b:execute", said)
    specification = {"bundle": {"type": "custom", "language": "python", "compute_type": "warehouse"}}
    anonymous = {**said, "from_location": "@d.public.st/app", "specification": specification, "execution_name": "it's"}
    api("POST", "code-bundle-executions", anonymous)
    assert rows(session) == [21, 21]
    assert api.error("POST", "code-bundle-executions", {**anonymous, "arguments": ["97"]})[1] == "100357"
    found = api("GET", "code-bundle-executions", executionName="it's")
    assert [(run["status"], run["bundle_name"]) for run in found] == [("FAILED", ""), ("SUCCEEDED", "")]
    (run,) = api("GET", "code-bundle-executions", bundleName="b", executionName="first")
    assert (run["status"], run["bundle_name"], run["entrypoint"]) == ("SUCCEEDED", "D.PUBLIC.B", "main.py")
    assert api("GET", f"code-bundle-executions/{run['query_id']}") == [run]
    assert len(api("GET", "code-bundle-executions", resultLimit=1)) == 1
    assert api("GET", "code-bundle-executions", startTimeRangeEnd="2000-01-01") == []
    assert api("GET", "code-bundle-executions", languageTypes="scala,java") == []
    assert len(api("GET", "code-bundle-executions", languageTypes="scala,python", executionName="first")) == 1
    assert api.error("GET", "code-bundle-executions/nowhere")[0] == 404
    assert "not currently executing" in api("POST", f"code-bundle-executions/{run['query_id']}:cancel")["status"]


@pytest.mark.usefixtures("bundle")
def test_a_run_is_cancelled(account: LocalAccount, session: SqlSession, tmp_path: Path) -> None:
    put(session, tmp_path, slow_py="import time\ntime.sleep(600)\n")
    session.execute("create or replace code bundle b from '@st/app'")
    api, name = Api(account), "slow"
    said = {"entrypoint": "slow.py", "execution_name": name}
    handle = api("POST", f"{HERE}/code-bundles/b:execute", said, status=202, asyncExec=True)["resultHandler"]
    wait_for(lambda: api("GET", "code-bundle-executions", executionName=name))
    (run,) = api("GET", "code-bundle-executions", executionName=name)
    assert api("GET", f"code-bundle-executions/{run['query_id']}")[0]["status"] == "RUNNING"
    assert "terminated" in api("POST", f"code-bundle-executions/{run['query_id']}:cancel")["status"]
    wait_for(lambda: api("GET", f"code-bundle-executions/{run['query_id']}")[0]["status"] == "CANCELLED")
    wait_for(lambda: api.ask("GET", f"results/{handle}").status != 202)
    assert api.error("GET", f"results/{handle}")[1] == "000604"
