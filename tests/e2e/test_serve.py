"""The command line: what it prints, keeps, refuses, and how it ends."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

import httpx
import orjson
import pytest

from snowcore.local import LocalAccount

from ..conftest import eventually
from .conftest import Served

Serve = Callable[..., Served]


def snowcore(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "snowcore", *arguments], capture_output=True, text=True, timeout=240)


def test_help_and_version() -> None:
    assert snowcore("--version").stdout.startswith("snowcore 0.")
    for part in ("--data", "--port", "SNOWCORE_PASSWORD", "connections.toml"):
        assert part in snowcore("serve", "--help").stdout
    assert snowcore().returncode == 1


def test_importing_it_loads_nothing_heavy() -> None:
    code = "import sys, snowcore.cli; print([m for m in ('duckdb', 'sqlglot', 'uvicorn', 'httpx') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "[]"


def test_missing_packages_are_named() -> None:
    code = "import sys; sys.modules['uvicorn'] = None; from snowcore.cli import main; sys.exit(main(['serve']))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.returncode, "pip install 'snowcore[local]'" in done.stderr) == (1, True)
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_cleanly_when_asked(serve: Serve, tmp_path: Path, number: int) -> None:
    served = serve("--data", str(tmp_path / "account"))
    sql = served.login()
    sql("create database d")
    assert served.stop(number) == 0
    again = serve("--data", str(tmp_path / "account"))
    assert again.password == served.password
    assert [row[1] for row in again.login()("show databases")] == ["D"]


def test_the_password_is_kept_for_its_owner_only(serve: Serve, tmp_path: Path) -> None:
    serve("--data", str(tmp_path / "account"))
    file = tmp_path / "account" / "password"
    assert file.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "account").stat().st_mode & 0o777 == 0o700


def test_user_and_password_can_be_given(serve: Serve) -> None:
    served = serve("--user", 'a "b" \\c', env={"SNOWCORE_PASSWORD": "of the environment"})
    assert (served.user, served.password) == ('a "b" \\c', "of the environment")
    served.login()("select 1")
    assert serve("--password", "given", env={"SNOWCORE_PASSWORD": "x"}).password == "given"


def test_a_folder_that_is_in_use_is_refused(serve: Serve, tmp_path: Path) -> None:
    serve("--data", str(tmp_path / "account"))
    done = snowcore("serve", "--port", "0", "--data", str(tmp_path / "account"))
    assert (done.returncode, "in use" in done.stderr) == (1, True)
    assert "Traceback" not in done.stderr


def test_a_port_that_is_taken_is_refused() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = snowcore("serve", "--port", str(taken.getsockname()[1]))
    assert (done.returncode, "can't listen" in done.stderr) == (1, True)
    assert "Traceback" not in done.stderr


def test_it_warns_before_it_listens_to_the_world(serve: Serve) -> None:
    served = serve("--host", "0.0.0.0")
    assert 'host = "127.0.0.1"' in served.text
    assert httpx.get(f"{served.url}/api/v2/databases", trust_env=False, timeout=60).status_code == 401


def test_what_was_under_way_at_a_kill_has_failed(serve: Serve, tmp_path: Path) -> None:
    served = serve("--data", str(tmp_path / "account"))
    sql = served.login()
    sql("create database d")
    sql("create task k schedule = '60 MINUTES' as select system$wait(300)")
    sql("alter task k resume")
    sql("execute task k")
    asked = "select state, error_message from table(d.information_schema.task_history()) where state <> 'SCHEDULED'"
    eventually(lambda: sql(asked))
    served.stop(signal.SIGKILL)
    again = serve("--data", str(tmp_path / "account")).login()
    assert again(asked) == [["FAILED", "The process of the account ended while the run was under way."]]
    again("show tasks in database d")
    assert again('select "state" from table(result_scan(last_query_id()))') == [["started"]]


@pytest.mark.parametrize("work", ["a task", "a query of REST", "half a request"])
def test_it_ends_soon_whatever_is_going_on(serve: Serve, tmp_path: Path, work: str) -> None:
    folder = tmp_path / "account"
    served = serve("--data", str(folder))
    sql = served.login()
    sql("create database d")
    sql("create task k as select system$wait(300)")
    sql("create table t as select seq4() x from table(generator(rowcount => 500000))")
    bearer, schema = {"Authorization": f"Bearer {served.password}"}, "/api/v2/databases/d/schemas/public"
    heavy = quote("select sum(sqrt(a.x * b.x)) y from d.public.t a, d.public.t b")

    with closing(HTTPConnection("127.0.0.1", httpx.URL(served.url).port, timeout=120)) as other:
        match work:
            case "a task":
                other.request("POST", f"{schema}/tasks/k:execute", headers=bearer)
                assert other.getresponse().status == 200
            case "a query of REST":
                other.request("POST", f"{schema}/tables:as-select?query={heavy}", b'{"name": "n"}', bearer)
            case _:
                other.putrequest("POST", "/session/v1/login-request")
                other.putheader("Content-Length", "9")
                other.endheaders(b"{")
        for _ in range(3):  # the server has seen then what came before
            sql("select system$wait(100, 'milliseconds')")
        assert served.stop() == 0
        if work == "a query of REST":
            answer = other.getresponse()
            assert (answer.status, orjson.loads(answer.read())["message"]) == (503, "The server is stopping.")
    with LocalAccount(folder) as account:
        assert [row[1] for row in account.execute("show tables in account")] == ["T"]
        runs = account.perform("task", "complete_graphs", {"database": "d", "schema": "public", "name": "k"})
        assert [run["state"] for run in runs] == (["CANCELLED"] if work == "a task" else [])
