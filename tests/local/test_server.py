"""The server, over a real socket: tokens, the drivers' protocol, REST."""

from __future__ import annotations

import gzip
import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest

from snowcore.local import LocalAccount
from snowcore.local.doors.logins import MASTER_SECONDS, TOKEN_SECONDS
from snowcore.local.doors.server import LocalServer

from ..conftest import eventually

PASSWORD = "a 'secret' \"pässword\""


class Seconds:
    """A clock that a test moves."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


class Driver:
    """Speaks the drivers' protocol."""

    def __init__(self, server: LocalServer, clock: Seconds) -> None:
        self.server, self.clock = server, clock
        self.http = httpx.Client(base_url=server.url, trust_env=False, timeout=60)
        self.token = self.master = ""

    def post(self, path: str, body: Any = None, token: str | None = None, **query: str) -> dict[str, Any]:
        header = {"Authorization": f'Snowflake Token="{self.token if token is None else token}"'}
        content = gzip.compress(orjson.dumps(body or {}))
        reply = self.http.post(path, content=content, headers={**header, "Content-Encoding": "gzip"}, params=query)
        assert (reply.status_code, reply.headers["Content-Type"]) == (200, "application/json"), reply.text
        assert len(reply.headers["X-Snowflake-Request-ID"]) == 36
        return reply.json()

    def get(self, path: str) -> dict[str, Any]:
        return self.http.get(path, headers={"Authorization": f'Snowflake Token="{self.token}"'}).json()

    def login(self, query: dict[str, str] | None = None, **data: Any) -> dict[str, Any]:
        given = {"LOGIN_NAME": "me", "PASSWORD": PASSWORD, **data}
        answer = self.post("/session/v1/login-request", {"data": given}, **(query or {}))
        if answer["success"]:
            self.token, self.master = answer["data"]["token"], answer["data"]["masterToken"]
        return answer

    def query(self, sql: str, **body: Any) -> dict[str, Any]:
        return self.post("/queries/v1/query-request", {"sqlText": sql, **body})

    def rows(self, sql: str, **body: Any) -> list[list[str | None]]:
        answer = self.query(sql, **body)
        assert answer["success"], answer
        return answer["data"]["rowset"]


@pytest.fixture
def driver() -> Iterator[Driver]:
    clock = Seconds()
    with LocalAccount() as account, LocalServer(account, user="me", password=PASSWORD, clock=clock) as server:
        driver = Driver(server, clock)
        driver.login(SESSION_PARAMETERS={"PYTHON_CONNECTOR_QUERY_RESULT_FORMAT": "JSON"})
        driver.rows("create database d")
        yield driver
        driver.http.close()


# Who may


def test_drivers_are_told_parameters_in_their_types(driver: Driver) -> None:
    given = {"CLIENT_PREFETCH_THREADS": 2, "CLIENT_SESSION_KEEP_ALIVE": False, "QUERY_TAG": "5"}
    told = {one["name"]: one["value"] for one in driver.login(SESSION_PARAMETERS=given)["data"]["parameters"]}
    assert given.items() <= told.items()
    assert told["TIMEZONE"] == "America/Los_Angeles"


@pytest.mark.parametrize("wrong", [{"PASSWORD": "no"}, {"PASSWORD": None}, {"LOGIN_NAME": "you"}, {"TOKEN": "no"}])
def test_only_the_right_login_opens(driver: Driver, wrong: dict[str, Any]) -> None:
    answer = driver.login(**wrong)
    assert (answer["success"], answer["code"]) == (False, "390100")


def test_a_token_is_as_good_as_a_password(driver: Driver) -> None:
    assert driver.login(PASSWORD=None, TOKEN=PASSWORD, AUTHENTICATOR="PROGRAMMATIC_ACCESS_TOKEN")["success"]
    assert driver.login(LOGIN_NAME=None, PASSWORD=None, TOKEN=PASSWORD, AUTHENTICATOR="OAUTH")["success"]


def test_tokens_expire_and_are_renewed(driver: Driver) -> None:
    old = driver.token
    driver.clock.now += TOKEN_SECONDS
    assert driver.query("select 1")["code"] == "390112"
    renewed = driver.post("/session/token-request", {"oldSessionToken": old}, token=driver.master)["data"]
    driver.token, driver.master = renewed["sessionToken"], renewed["masterToken"]
    assert driver.rows("select current_database()") == [["D"]]
    assert driver.post("/session/heartbeat")["success"]
    assert driver.post("/session/heartbeat", token=old)["code"] == "390112"
    driver.clock.now += MASTER_SECONDS
    assert driver.post("/session/token-request", token=driver.master)["code"] == "390114"
    assert driver.post("/session/token-request", token=driver.token)["code"] == "390115"


def test_without_a_login_nothing_goes(driver: Driver) -> None:
    for path in ("/queries/v1/query-request", "/session/heartbeat", "/session", "/queries/v1/abort-request"):
        assert driver.post(path, {"sqlText": "select 1"}, token="made-up")["code"] == "390104"
        assert driver.http.post(path, json={}).json()["code"] == "390103"
    assert driver.post("/session", delete="true")["success"]
    assert driver.query("select 1")["code"] == "390104"


@pytest.mark.parametrize(
    ("header", "code"),
    [
        (None, "390103"),
        ('Snowflake Token="made-up"', "390104"),
        ("Bearer made-up", "390101"),
        ("Basic bWU6bWU=", "390103"),
    ],
)
def test_rest_wants_a_token(driver: Driver, header: str | None, code: str) -> None:
    reply = driver.http.get("/api/v2/databases", headers={"Authorization": header} if header else {})
    body = reply.json()
    assert (reply.status_code, body["error_code"], body["code"]) == (401, code, code)
    assert body["request_id"] == reply.headers["X-Snowflake-Request-ID"]


def test_rest_by_either_token(driver: Driver) -> None:
    bearer = f"Bearer {PASSWORD}".encode()
    for header in (f'Snowflake Token="{driver.token}"'.encode(), bearer):
        reply = driver.http.get("/api/v2/databases", params={"like": "d%"}, headers={"Authorization": header})
        assert [row["name"] for row in reply.json()] == ["D"]
    made = driver.http.post(
        "/api/v2/databases/D/schemas",
        content=gzip.compress(b'{"name": "\\"a/b %\\""}'),
        headers={"Authorization": bearer, "Content-Encoding": "gzip", "Content-Type": "application/json"},
    )
    assert made.status_code == 200, made.text
    one = driver.http.get("/api/v2/databases/D/schemas/%22a%2Fb%20%25%22", headers={"Authorization": bearer})
    assert one.json()["name"] == '"a/b %"'
    assert driver.http.get("/api/v2/nothing", headers={"Authorization": bearer}).status_code == 404
    driver.clock.now += TOKEN_SECONDS
    expired = driver.http.get("/api/v2/databases", headers={"Authorization": f'Snowflake Token="{driver.token}"'})
    assert (expired.status_code, expired.json()["code"]) == (401, "390112")


def test_files_come_only_by_a_url_that_was_given_out(driver: Driver) -> None:
    assert driver.http.put("/stage-files/made-up/a.csv", content=b"x").status_code == 403
    assert driver.http.get("/stage-files/made-up/a.csv").status_code == 403


@pytest.mark.parametrize(
    ("version", "environment", "kind"),
    [
        ("4.8.1", {}, "LOCAL_FS"),
        ("5.2.0", {}, "GCS"),
        ("1.11.1", {"PYTHON_RUNTIME": "CPython", "CORE_VERSION": "0.0.1"}, "LOCAL_FS"),  # SQLAlchemy's own version
        ("2.1.0", {"RUNTIME_NAME": "CPython", "CORE_VERSION": "0.1.0"}, "GCS"),
    ],
)
def test_a_driver_puts_files_as_it_can(
    driver: Driver, tmp_path: Path, version: str, environment: dict[str, str], kind: str
) -> None:
    driver.login(CLIENT_APP_VERSION=version, CLIENT_ENVIRONMENT=environment)
    (tmp_path / "a.csv").write_text("1")
    told = driver.query(f"put file://{tmp_path}/a.csv @~")["data"]
    assert told["stageInfo"]["locationType"] == kind


def test_a_driver_gets_the_files_it_was_told_of(driver: Driver, tmp_path: Path) -> None:
    driver.rows("create stage st")
    plain = "file_format = (type = csv compression = none) single = true"
    for name in ("in/a b.csv", "other.csv"):
        driver.rows(f"copy into '@st/{name}' from (select 1) {plain}")
    told = driver.query(f"get @st/in 'file://{tmp_path}/x/' parallel = 3")["data"]
    assert (told["command"], told["src_locations"], told["parallel"]) == ("DOWNLOAD", ["in/a b.csv"], 3)
    assert told["localLocation"] == f"{tmp_path}/x/"
    assert str(driver.server.account.engine.stages) not in str(told["stageInfo"])
    (url,) = told["presignedUrls"]
    assert driver.http.get(url).content == b"1\n"
    assert driver.http.put(url, content=b"2").status_code == 403
    for elsewhere in ("other.csv", "in/../other.csv", "in/%2e%2e/other.csv"):
        assert driver.http.get(url.replace("in/a%20b.csv", elsewhere)).status_code == 403, elsewhere
    driver.rows("remove @st")
    assert driver.http.get(url).status_code == 403
    assert driver.query(f"get @st file://{tmp_path}")["data"]["src_locations"] == []
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_comes_as_a_link_is_not_given_out(driver: Driver, tmp_path: Path) -> None:
    driver.rows("create stage st")
    driver.rows("copy into @st/a from (select 1) file_format = (type = csv compression = none) single = true")
    (url,) = driver.query(f"get @st file://{tmp_path}")["data"]["presignedUrls"]
    (tmp_path / "secret").write_text("secret")
    (file,) = (one for one in driver.server.account.engine.stages.rglob("a") if one.is_file())
    file.unlink()
    file.symlink_to(tmp_path / "secret")
    assert driver.http.get(url).status_code == 403


def test_drivers_are_told_how_values_are_written(driver: Driver) -> None:
    def told(sql: str) -> dict[str, str]:
        return {one["name"]: one["value"] for one in driver.query(sql)["data"]["parameters"]}

    assert told("select 1")["BINARY_OUTPUT_FORMAT"] == "HEX"
    assert told("alter session set time_output_format = 'HH24:MI'")["TIME_OUTPUT_FORMAT"] == "HH24:MI"


def test_a_url_with_wildcards_begins_no_comment(driver: Driver, tmp_path: Path) -> None:
    driver.rows("create stage st")
    told = driver.query(f"put file://{tmp_path}/*.csv @st /* all of them */ parallel = 2")["data"]
    assert (told["src_locations"], told["parallel"]) == ([f"{tmp_path}/*.csv"], 2)


# Where and how


def test_a_login_says_where_it_is(driver: Driver) -> None:
    driver.rows("create warehouse w")
    for text in ("database d", "schema d.public"):
        driver.rows(f"grant usage on {text} to role sysadmin")
    place = {"databaseName": "d", "schemaName": "public", "warehouse": "w", "roleName": "sysadmin"}
    data = driver.login(place)["data"]
    assert data["sessionInfo"] == {
        "databaseName": "D",
        "schemaName": "PUBLIC",
        "warehouseName": "W",
        "roleName": "SYSADMIN",
    }
    assert isinstance(data["sessionId"], int)
    assert {"AUTOCOMMIT", "TIMEZONE"} <= {parameter["name"] for parameter in data["parameters"]}
    assert driver.login({"databaseName": "nope"})["data"]["sessionInfo"]["databaseName"] is None


def test_answers_say_what_they_hold(driver: Driver) -> None:
    data = driver.query("select 1 as a, 'x'::varchar(3) as b, 1.50::number(5,2) as c, null as d")["data"]
    assert [(column["name"], column["type"]) for column in data["rowtype"]] == [
        *(("A", "fixed"), ("B", "text"), ("C", "fixed"), ("D", "text")),
    ]
    assert (data["rowtype"][2]["precision"], data["rowtype"][2]["scale"]) == (5, 2)
    assert (data["rowset"], data["total"], data["statementTypeId"]) == ([["1", "x", "1.50", None]], 1, 0x1000)
    assert (data["finalDatabaseName"], data["finalSchemaName"], data["finalRoleName"]) == (
        "D",
        "PUBLIC",
        "ACCOUNTADMIN",
    )
    times = driver.rows("select '1969-12-31 23:59:59.25'::timestamp_ntz, '1970-01-03'::date, '01:00:01.5'::time, true")
    assert times == [["-0.750000000", "2", "3601.500000000", "1"]]


def test_changes_say_how_many_rows(driver: Driver) -> None:
    driver.rows("create table t (i int)")
    for sql, count in (("insert into t values (1), (2)", "2"), ("delete from t where i = 1", "1")):
        data = driver.query(sql)["data"]
        assert (data["rowset"], data["queryResultFormat"]) == ([[count]], "json")


def test_failed_statements_are_answers(driver: Driver) -> None:
    answer = driver.query("select * from nope")
    assert (answer["success"], answer["code"], answer["data"]["sqlState"]) == (False, "002003", "42S02")
    assert driver.post("/queries/v1/query-request", {})["success"] is False


def test_values_are_bound(driver: Driver) -> None:
    def bind(type_: str, value: Any) -> dict[str, Any]:
        return {"type": type_, "value": value}

    binds = [
        *(bind("FIXED", "12345678901234567890"), bind("REAL", "1.5"), bind("TEXT", "it's"), bind("BOOLEAN", "true")),
        *(bind("DATE", "86400000"), bind("TIMESTAMP_NTZ", "1500000000"), bind("TEXT", None), bind("FIXED", "1.25")),
        *(bind("BINARY", "ff"), bind("TIME", "3600000000000")),
    ]
    places = {str(at): one for at, one in enumerate(binds, 1)}
    (row,) = driver.rows(f"select {', '.join('?' for _ in binds)}", bindings=places)
    assert row == [
        *("12345678901234567890", "1.5", "it's", "1", "1", "1.500000000", None, "1.25", "FF", "3600.000000000"),
    ]
    assert driver.rows("select :x || :y", bindings={"x": bind("TEXT", "a"), "y": bind("TEXT", "b")}) == [["ab"]]


def test_arrays_of_values_are_bound_all_or_none(driver: Driver) -> None:
    driver.rows("create table t (i int, v varchar(3))")
    insert = "insert into t values (?, ?)"
    binds = {"1": {"type": "FIXED", "value": ["1", "2"]}, "2": {"type": "TEXT", "value": ["a", None]}}
    assert driver.rows(insert, bindings=binds) == [["2"]]
    binds["2"]["value"] = ["a", "too long"]
    assert driver.query(insert, bindings=binds)["code"] == "100078"
    assert driver.rows("select count(*) from t") == [["2"]]


def test_describing_runs_nothing(driver: Driver) -> None:
    driver.rows("create table t (i int)")
    data = driver.query("select i, 'x' as v from t where i = ?", describeOnly=True)["data"]
    assert ([column["name"] for column in data["rowtype"]], data["rowset"]) == (["I", "V"], [])
    data = driver.query("insert into t values (1)", describeOnly=True)["data"]
    assert (data["rowtype"][0]["name"], data["arrayBindSupported"]) == ("number of rows inserted", True)
    assert driver.query("drop table t", describeOnly=True)["success"]
    assert driver.rows("select count(*) from t") == [["0"]]


# Later


def finished(driver: Driver, query_id: str) -> str:
    def status() -> str:
        (query,) = driver.get(f"/monitoring/queries/{query_id}")["data"]["queries"]
        return query["status"]

    eventually(lambda: status() != "RUNNING", "the query doesn't end")
    return status()


def test_asynchronous_queries(driver: Driver) -> None:
    started = driver.query("select 42", asyncExec=True)
    assert (started["success"], started["code"]) == (True, "333334")
    query_id = started["data"]["queryId"]
    assert finished(driver, query_id) == "SUCCESS"
    assert driver.get(started["data"]["getResultUrl"])["data"]["rowset"] == [["42"]]
    failed = driver.query("select 1 / 0", asyncExec=True)["data"]["queryId"]
    assert finished(driver, failed) == "FAILED_WITH_ERROR"
    assert driver.get(f"/monitoring/queries/{failed}")["data"]["queries"][0]["errorCode"] == "100051"
    assert driver.get(f"/queries/{failed}/result")["code"] == "100051"
    assert driver.get("/monitoring/queries/nope")["data"]["queries"] == []
    assert driver.get("/queries/nope/result")["code"] == "000709"


def test_what_takes_long_is_asked_for_again(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("snowcore.local.doors.server._PATIENCE", 0.01)
    answer = driver.post("/queries/v1/query-request", {"sqlText": "select system$wait(60)"}, requestId="long")
    for _ in range(2):
        assert (answer["success"], answer["code"]) == (True, "333333")
        answer = driver.get(answer["data"]["getResultUrl"])
    url = answer["data"]["getResultUrl"]
    while answer["code"] == "333333":
        driver.post("/queries/v1/abort-request", {"requestId": "long"})
        answer = driver.get(url)
    assert answer["code"] == "000604"


def test_a_query_can_be_stopped(driver: Driver) -> None:
    endless = "with recursive x as (select 1 as n union all select n + 1 from x) select count(*) from x"
    started = driver.post("/queries/v1/query-request", {"sqlText": endless, "asyncExec": True}, requestId="r")
    query_id = started["data"]["queryId"]

    def stopped() -> bool:
        assert driver.post("/queries/v1/abort-request", {"requestId": "r"})["success"]
        return driver.get(f"/monitoring/queries/{query_id}")["data"]["queries"][0]["status"] != "RUNNING"

    eventually(stopped)
    assert driver.get(f"/queries/{query_id}/result")["code"] == "000604"
    assert driver.rows("select 1") == [["1"]]


def test_a_query_is_stopped_by_another_session(driver: Driver) -> None:
    ((number,),) = driver.rows("select current_session()")
    query_id = driver.query("select system$wait(60)", asyncExec=True)["data"]["queryId"]
    driver.login()
    wrong = "Identified SQL statement is not currently executing."
    assert driver.rows("select system$cancel_query('00000000-0000-0000-0000-000000000000')") == [[wrong]]
    told = [[wrong]]
    while told == [[wrong]]:  # it has not begun
        told = driver.rows(f"select system$cancel_query('{query_id}')")
    assert told == [[f"query [{query_id}] terminated."]]
    assert driver.get(f"/queries/{query_id}/result")["code"] == "000604"
    assert driver.rows(f"select system$cancel_all_queries({number})") == [["0 queries cancelled."]]


def test_what_waits_is_stopped_and_what_runs_is_not(driver: Driver) -> None:
    ids = {
        name: driver.post("/queries/v1/query-request", {"sqlText": sql, "asyncExec": True}, requestId=name)["data"][
            "queryId"
        ]
        for name, sql in (("first", "select system$wait(60)"), ("second", "select 2"), ("third", "select 3"))
    }
    driver.post("/queries/v1/abort-request", {"requestId": "second"})
    assert driver.get(f"/monitoring/queries/{ids['first']}")["data"]["queries"][0]["status"] == "RUNNING"
    while driver.get(f"/monitoring/queries/{ids['first']}")["data"]["queries"][0]["status"] == "RUNNING":
        driver.post("/queries/v1/abort-request", {"requestId": "first"})
    assert [driver.get(f"/queries/{ids[name]}/result")["code"] for name in ids] == ["000604", "000604", None]


def test_results_can_be_fetched_from_another_session(driver: Driver) -> None:
    query_id = driver.query("select 42", asyncExec=True)["data"]["queryId"]
    driver.login()
    assert finished(driver, query_id) == "SUCCESS"
    assert driver.get(f"/queries/{query_id}/result")["success"]


def test_a_request_that_comes_again_runs_once(driver: Driver) -> None:
    driver.rows("create table t (i int)")
    ids = [
        driver.post("/queries/v1/query-request", {"sqlText": "insert into t values (1)"}, requestId="same")["data"]
        for _ in range(2)
    ]
    assert ids[0]["queryId"] == ids[1]["queryId"]
    assert driver.rows("select count(*) from t") == [["1"]]


def test_several_statements_in_one(driver: Driver) -> None:
    answer = driver.query("select 1; select 2", parameters={"MULTI_STATEMENT_COUNT": 2})
    first, second = answer["data"]["resultIds"].split(",")
    assert driver.get(f"/queries/{first}/result")["data"]["rowset"] == [["1"]]
    assert driver.get(f"/queries/{second}/result")["data"]["rowset"] == [["2"]]
    for count, code in ((3, "000008"), (1, "000008")):
        answer = driver.query("select 1; select 2", parameters={"MULTI_STATEMENT_COUNT": count})
        assert answer["code"] == code
    answer = driver.query("select 1; select nope; select 3", parameters={"MULTI_STATEMENT_COUNT": 0})
    assert answer["code"] == "000904"


def test_the_session_says_how_many_statements_a_request_has(driver: Driver) -> None:
    driver.rows("alter session set multi_statement_count = 2")
    answer = driver.query("select 1; select 2")
    second = answer["data"]["resultIds"].split(",")[1]
    assert driver.get(f"/queries/{second}/result")["data"]["rowset"] == [["2"]]
    assert driver.query("select 1")["code"] == "000008"
    assert driver.query("select 1", parameters={"MULTI_STATEMENT_COUNT": 1})["data"]["rowset"] == [["1"]]
    with closing(driver.server.account.session()) as session:
        session.execute("alter session set multi_statement_count = 2")
        assert session.execute("select 1; select 2").rows == [(2,)]


def test_stopping_ends_what_runs(driver: Driver) -> None:
    endless = "with recursive x as (select 1 as n union all select n + 1 from x) select count(*) from x"
    assert driver.query(endless, asyncExec=True)["success"]
    driver.server.stop()
    with pytest.raises(httpx.TransportError):
        driver.http.get("/")


def test_a_port_that_is_taken_says_so() -> None:
    with LocalAccount() as account, socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(OSError, match="in use"):
            LocalServer(account, port=taken.getsockname()[1])
