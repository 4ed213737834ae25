"""The SQL API: statements over REST, over a real socket and in process."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import attrs
import httpx
import orjson
import pytest

from snowcore import Client, Token
from snowcore.local import AccountError, LocalAccount
from snowcore.local.doors.server import LocalServer
from snowflake_rest.sqlapi import SubmitStatementBody, cancel_statement, get_statement_status, submit_statement

from ..conftest import eventually

PASSWORD = "secret"
WAITS = "select system$wait(1, 'hours')"


@attrs.frozen
class Api:
    account: LocalAccount
    server: LocalServer
    http: httpx.Client

    def post(self, statement: Any, *, status: int = 200, query: dict[str, str] | None = None, **body: Any) -> Any:
        asked = {"database": "D", "schema": "PUBLIC", "statement": statement, **body}
        reply = self.http.post("/api/v2/statements", json=asked, params=query)
        assert (reply.status_code, reply.headers["Content-Type"]) == (status, "application/json"), reply.text
        return reply.json()

    def rows(self, statement: str, **body: Any) -> list[list[str | None]]:
        return self.post(statement, **body)["data"]

    def get(self, told: Any, *, status: int = 200, partition: int | None = None) -> Any:
        reply = self.http.get(
            told["statementStatusUrl"], params=None if partition is None else {"partition": partition}
        )
        assert reply.status_code == status, reply.text
        return reply.json()

    def cancel(self, told: Any, *, status: int = 200) -> Any:
        reply = self.http.post(f"{told['statementStatusUrl']}/cancel")
        assert reply.status_code == status, reply.text
        return reply.json()


@pytest.fixture(scope="module")
def api() -> Iterator[Api]:
    with (
        LocalAccount() as account,
        LocalServer(account, password=PASSWORD) as server,
        httpx.Client(
            base_url=server.url, headers={"Authorization": f"Bearer {PASSWORD}"}, trust_env=False, timeout=60
        ) as http,
    ):
        account.execute("create database d")
        account.execute("create table d.public.t (i int)")
        yield Api(account, server, http)


def test_a_statement_and_its_result(api: Api) -> None:
    told = api.post("select 1 as a, 'x'::varchar(5) as \"b\", 1.50::number(9, 2) as c")
    handle = told["statementHandle"]
    assert told["statementStatusUrl"] == f"/api/v2/statements/{handle}"
    assert (told["code"], told["sqlState"]) == ("090001", "00000")
    assert told["message"] == "Statement executed successfully."
    assert abs(told["createdOn"] / 1000 - time.time()) < 60
    assert told["data"] == [["1", "x", "1.50"]]
    about = told["resultSetMetaData"]
    assert (about["numRows"], about["format"]) == (1, "jsonv2")
    assert about["partitionInfo"] == [{"rowCount": 1, "uncompressedSize": len('[["1","x","1.50"]]')}]
    assert [(one["name"], one["type"]) for one in about["rowType"]] == [("A", "fixed"), ("b", "text"), ("C", "fixed")]
    assert (about["rowType"][1]["length"], about["rowType"][2]["precision"], about["rowType"][2]["scale"]) == (5, 9, 2)
    assert api.get(told) == told


@pytest.mark.parametrize(
    ("sql", "cell"),
    [
        ("12345678901234567890123456789012345678", "12345678901234567890123456789012345678"),
        ("true", "true"),
        ("false", "false"),
        ("null::boolean", None),
        ("'1970-01-03'::date", "2"),
        ("'01:02:03.5'::time", "3723.500000000"),
        ("'01:02:03'::time(0)", "3723.000000000"),
        ("'1970-01-02'::timestamp_ntz(3)", "86400.000000000"),
        ("'1969-12-31 23:59:59.5'::timestamp_ntz", "-0.500000000"),
        ("'1970-01-02 00:00:00.123456789 +0200'::timestamp_tz", "79200.123456789 1560"),
        ("to_binary('CAFE')", "CAFE"),
        ("parse_json('{\"a\": [1, null]}'):a[0]", "1"),
        ("''", ""),
        ("1.5::float", "1.5"),
    ],
)
def test_values(api: Api, sql: str, cell: str | None) -> None:
    assert api.rows(f"select {sql}") == [[cell]]


def test_null_as_a_text(api: Api) -> None:
    told = api.post("select null, true, 'x'", query={"nullable": "false"})
    assert told["data"] == [["null", "true", "x"]]
    assert api.get(told)["data"] == [["null", "true", "x"]]
    assert api.post("select null", query={"nullable": "true"})["data"] == [[None]]


def test_values_are_bound(api: Api) -> None:
    bindings = {
        "1": {"type": "FIXED", "value": "12"},
        "2": {"type": "TEXT", "value": "it's"},
        "3": {"type": "BOOLEAN", "value": "true"},
        "4": {"type": "DATE", "value": "172800000"},
        "5": {"type": "TEXT", "value": None},
    }
    assert api.rows("select ? + 1, ?, ?, ?, ?", bindings=bindings) == [["13", "it's", "true", "2", None]]
    assert api.post("select ?", bindings={"1": {"type": "FIXED", "value": "x"}}, status=422)["code"] == "100038"
    for wrong in (5, [], {"1": 5}, {"2": {"type": "TEXT", "value": "x"}}):
        api.post("select ?", bindings=wrong, status=400)


def test_a_request_has_a_session_of_its_own(api: Api) -> None:
    api.rows("create temporary table own (i int)")
    assert api.post("select * from own", status=422)["code"] == "002003"
    place = "select current_database(), current_schema(), current_warehouse(), current_role()"
    for text in ("database d", "schema d.public"):
        api.rows(f"grant usage on {text} to role sysadmin")
    assert api.rows(place, warehouse="w", role="SYSADMIN") == [["D", "PUBLIC", "w", "SYSADMIN"]]
    assert api.rows(place, database=None, schema=None) == [[None, None, None, "ACCOUNTADMIN"]]
    assert api.post("select 1", database="d", status=422)["code"] == "002003"
    assert api.post("select 1", database=None, schema="PUBLIC", status=422)["code"] == "090105"


def test_parameters_hold_for_the_request(api: Api) -> None:
    sql = "select '2026-01-01 00:00:00 +0000'::timestamp_ltz::varchar"
    told = {"timezone": "Asia/Tokyo", "TIMESTAMP_LTZ_OUTPUT_FORMAT": "YYYY HH24 TZHTZM", "no_such": 1}
    assert api.rows(sql, parameters=told) == [["2026 09 +0900"]]
    assert api.rows(sql) != [["2026 09 +0900"]]
    assert api.post(sql, parameters={"timezone": "Mars/Base"}, status=422)["message"]
    assert api.post(sql, parameters={"multi_statement_count": "x"}, status=422)["message"]
    for wrong in ([], 5, {"timezone": {}}):
        api.post(sql, parameters=wrong, status=400)


def test_what_changes_rows_says_how_many(api: Api) -> None:
    api.rows("create or replace table changed (i int)")
    told = api.post("insert into changed values (1), (2)")
    assert (told["data"], told["stats"]) == ([["2"]], {"numRowsInserted": 2})
    stats = api.post("update changed set i = 3")["stats"]
    assert stats == {"numRowsUpdated": 2, "numDuplicateRowsUpdated": 0}
    assert api.post("delete from changed")["stats"] == {"numRowsDeleted": 2}
    assert "stats" not in api.post('select 1 as "number of rows inserted"')


def test_several_statements(api: Api) -> None:
    text = "create or replace temporary table several (i int); insert into several values (1); select * from several"
    for count in ("3", 3, 0):
        told = api.post(text, parameters={"MULTI_STATEMENT_COUNT": count})
        assert told["data"] == [["Multiple statements executed successfully."]]
        every = [api.get({"statementStatusUrl": f"/api/v2/statements/{handle}"}) for handle in told["statementHandles"]]
        assert [one["data"] for one in every[1:]] == [[["1"]], [["1"]]]
        assert every[1]["stats"] == {"numRowsInserted": 1}
    for count in (1, 2):
        assert api.post(text, parameters={"multi_statement_count": count}, status=422)["code"] == "000008"
    failed = api.post("select 1; selec 2; select 3", parameters={"MULTI_STATEMENT_COUNT": 3}, status=422)
    assert failed["code"] == "001003"


def test_a_transaction_ends_with_its_request(api: Api) -> None:
    api.rows("create or replace table left_open (i int)")
    api.post("begin; insert into left_open values (1)", parameters={"MULTI_STATEMENT_COUNT": "2"})
    assert api.rows("alter table left_open add column j int")
    assert api.rows("select count(*) from left_open") == [["0"]]
    api.post("begin; insert into left_open values (1, 2); commit", parameters={"MULTI_STATEMENT_COUNT": "3"})
    assert api.rows("select * from left_open") == [["1", "2"]]


def test_partitions(api: Api) -> None:
    reply = api.http.post(
        "/api/v2/statements", json={"statement": "select seq4() from table(generator(rowcount => 25000))"}
    )
    told = reply.json()
    assert [one["rowCount"] for one in told["resultSetMetaData"]["partitionInfo"]] == [10_000, 10_000, 5_000]
    assert told["resultSetMetaData"]["numRows"] == 25_000
    path = told["statementStatusUrl"]
    assert f'<{path}?partition=1>; rel="next"' in reply.headers["Link"]
    assert f'<{path}?partition=2>; rel="last"' in reply.headers["Link"]
    assert api.get(told, partition=0) == told
    every = [*told["data"], *(row for one in (1, 2) for row in api.get(told, partition=one)["data"])]
    assert every == [[str(number)] for number in range(25_000)]
    assert api.get(told, partition=2).keys() == {"data"}
    api.get(told, partition=3, status=404)
    for wrong in ("-1", "x"):
        assert api.http.get(path, params={"partition": wrong}).status_code == 400
    empty = api.post("select 1 where false")
    assert (empty["data"], empty["resultSetMetaData"]["partitionInfo"][0]["rowCount"]) == ([], 0)


def test_statements_run_beside_their_client(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    told = api.post(WAITS, query={"async": "true"}, status=202)
    assert (told["code"], api.get(told, status=202)["code"]) == ("333334", "333334")
    eventually(lambda: api.account.clock.next_wait)
    api.account.advance(hours=1)
    eventually(lambda: api.http.get(told["statementStatusUrl"]).status_code != 202)
    assert api.get(told)["data"] == [["waited 1 hours"]]
    monkeypatch.setattr("snowcore.local.doors.statements._PATIENCE", 0.1)
    late = api.post(WAITS, status=202)
    assert api.cancel(late)["code"] == "000604"
    gone = api.get(late, status=422)
    assert (gone["code"], gone["sqlState"], gone["message"]) == ("000604", "57014", "SQL execution canceled")
    assert gone["statementHandle"] == late["statementHandle"]
    assert api.cancel(late, status=422)["code"] == "000605"


def test_statements_that_take_too_long(api: Api) -> None:
    told = api.post(WAITS, timeout=1, status=408)
    assert (told["code"], told["sqlState"]) == ("000630", "57014")
    assert "timeout of 1 second(s)" in told["message"] and told["statementHandle"]
    assert api.get(told, status=408) == told
    assert api.post(WAITS, parameters={"statement_timeout_in_seconds": "1"}, status=408)["code"] == "000630"
    assert api.rows("select 1", timeout=0) == [["1"]]
    for wrong in (-1, "x", 1.5):
        api.post("select 1", timeout=wrong, status=400)
    session = api.account.session()
    session.execute("alter session set statement_timeout_in_seconds = 1")
    with pytest.raises(AccountError) as caught:
        session.execute(WAITS)
    assert caught.value.code == "000630"
    assert session.execute("select 1").rows == [(1,)]
    with pytest.raises(AccountError):
        session.execute("alter session set statement_timeout_in_seconds = 'soon'")


def test_errors(api: Api) -> None:
    told = api.post("select * from nothing_there", status=422)
    assert (told["code"], told["sqlState"]) == ("002003", "42S02")
    assert "NOTHING_THERE" in told["message"]
    assert api.get(told, status=422) == told
    unknown = {"statementStatusUrl": "/api/v2/statements/5aa1e4a0-0000-4000-8000-000000000000"}
    assert api.get(unknown, status=404)["code"] == "000709"
    assert api.cancel(unknown, status=404)["statementHandle"] == unknown["statementStatusUrl"].rpartition("/")[2]
    assert api.post("", status=422)["code"] == "000900"
    for wrong in (5, None, []):
        api.post(wrong, status=400)
    for content in (b"", b"[]", b"null", b"{", b'"x"'):
        headers = {"Content-Type": "application/json"}
        assert api.http.post("/api/v2/statements", content=content, headers=headers).status_code == 400
    assert api.http.post("/api/v2/statements", json={}, headers={"Authorization": "Bearer x"}).status_code == 401
    assert api.http.get("/api/v2/statements").status_code == 405


def test_a_request_that_is_sent_again_runs_once(api: Api) -> None:
    query = {"requestId": "d0a6ac1f-7d4e-4b0f-8a4c-3f8a4d5e6f70"}
    first = api.post("create schema once", query=query)
    assert api.post("create schema once", query={**query, "retry": "true"}) == first
    assert api.post("create schema once", status=422)["code"] == "002002"


def test_files_neither_come_nor_go(api: Api, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("x")
    api.rows("create or replace stage s")
    for sql in (f"put file://{tmp_path}/secret @s", f"get @s file://{tmp_path}"):
        assert api.post(sql, status=422)["code"] == "000002"
    assert api.rows("list @s") == []


def test_who_waits_is_in_nobodys_way(api: Api) -> None:
    holder = api.account.session(database="D", schema="PUBLIC")
    holder.execute("begin")
    holder.execute("update t set i = 1")
    every = [api.post("update t set i = 2", query={"async": "true"}, status=202) for _ in range(80)]
    assert api.rows("select 1") == [["1"]]
    holder.execute("commit")
    for told in every:
        eventually(lambda told=told: api.http.get(told["statementStatusUrl"]).status_code != 202)
        api.get(told)


def test_the_generated_client(api: Api) -> None:
    client = Client(api.server.url, Token(PASSWORD))
    body = SubmitStatementBody(statement="select seq4() from table(generator(rowcount => 10001))")
    found = client.send(submit_statement(body, user_agent="test/1"))
    assert found.data is not None and len(found.data) == 10_000
    assert found.statement_handle is not None
    rest = client.send(get_statement_status(found.statement_handle, user_agent="test/1", partition=1))
    assert rest.data == [["10000"]]
    told = api.post(WAITS, query={"async": "true"}, status=202)
    cancelled = client.send(cancel_statement(told["statementHandle"], user_agent="test/1"))
    assert cancelled.code == "000604"


def test_an_account_that_closes_stops_what_runs() -> None:
    with ThreadPoolExecutor(2) as threads, LocalAccount() as account:
        body = orjson.dumps({"statement": WAITS})
        answer = threads.submit(account.handle_request, "POST", "/api/v2/statements", {}, body)
        eventually(lambda: account.clock.next_wait)
        threads.submit(account.close).result(60)
        assert answer.result(60)[0] == 422
        assert account.handle_request("POST", "/api/v2/statements", {}, body)[0] == 409


def test_an_email_is_kept_where_a_test_can_read_it(account: LocalAccount) -> None:
    session = account.session()
    session.execute(
        "create notification integration mail type = email enabled = true allowed_recipients = ('a@b.c', 'd@e.f')"
    )
    sent = "call system$send_email('mail', 'a@b.c, D@e.f', 'Done', '<b>3</b> rows', 'text/html')"
    assert session.execute(sent).rows == [(True,)]
    [email] = account.outbox
    assert (email.integration, email.to, email.subject) == ("MAIL", ["a@b.c", "D@e.f"], "Done")
    assert (email.content, email.mime_type) == ("<b>3</b> rows", "text/html")
    with pytest.raises(AccountError, match=r"at indexes \[2\] are not allowed"):
        session.execute("call system$send_email('mail', 'a@b.c,x@y.z', 's', 'c')")
    with pytest.raises(AccountError, match="does not exist"):
        session.execute("call system$send_email('none', 'a@b.c', 's', 'c')")
    assert len(account.outbox) == 1
