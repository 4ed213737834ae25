"""Many rows in one statement: arrays of values that a driver binds, and the rows that it writes out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
import snowflake.connector

from snowcore.engine.protocol import Batch
from snowcore.local import LocalAccount
from snowcore.local.doors.server import LocalServer
from snowcore.local.sql import SqlSession


@pytest.fixture
def server() -> Iterator[LocalServer]:
    with LocalAccount() as account, LocalServer(account, user="me", password="a secret") as server:
        account.session().execute("CREATE DATABASE d")
        yield server


def connected(server: LocalServer, paramstyle: str) -> Any:
    host, _, port = server.url.removeprefix("http://").partition(":")
    return snowflake.connector.connect(
        host=host,
        port=int(port),
        protocol="http",
        account="local",
        database="d",
        paramstyle=paramstyle,
        user="me",
        password="a secret",
    )


@pytest.mark.parametrize(("style", "places"), [("qmark", "?, ?, ?, ?, ?"), ("numeric", ":1, :2, :3, :4, :5")])
def test_a_driver_binds_arrays(server: LocalServer, style: str, places: str) -> None:
    with connected(server, style) as connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE t (i INT, v VARCHAR(5), n NUMBER(10, 2), at TIMESTAMP_NTZ, day DATE)")
        rows = [
            (at, "even" if at % 2 == 0 else None, Decimal(at) / 4, datetime(2026, 1, 1, at % 24), None)
            for at in range(500)
        ]
        rows[7] = (None, "odd", None, None, date(2026, 2, 3))
        cursor.executemany(f"INSERT INTO t VALUES ({places})", rows)
        assert cursor.rowcount == 500
        assert cursor.execute("SELECT * FROM t").fetchall() == rows
        with pytest.raises(snowflake.connector.errors.ProgrammingError, match="too long") as caught:
            cursor.executemany(f"INSERT INTO t VALUES ({places})", [*rows[:3], (1, "too long", None, None, None)])
        assert caught.value.errno == 100078
        assert cursor.execute("SELECT count(*) FROM t").fetchone() == (500,)


def test_a_driver_writes_rows_out(server: LocalServer) -> None:
    with connected(server, "pyformat") as connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE t (i INT, v VARCHAR(20))")
        rows = [(at, f"it's {at}") for at in range(500)]
        cursor.executemany("INSERT INTO t (i, v) VALUES (%s, %s)", rows)
        assert (cursor.rowcount, cursor.execute("SELECT * FROM t").fetchall()) == (500, rows)


@pytest.fixture
def session() -> Iterator[SqlSession]:
    with LocalAccount() as account:
        session = account.session()
        session.execute("CREATE DATABASE d")
        session.execute("CREATE TABLE t (i INT DEFAULT 7, v VARCHAR(5), x VARIANT)")
        yield session


def insert(session: SqlSession, sql: str, *columns: list[Any]) -> int:
    return session.execute_batch(sql, Batch(columns), query_id="1").rowcount


def test_an_insert_of_many_rows_is_one_statement(session: SqlSession) -> None:
    session.execute("ALTER SESSION SET AUTOCOMMIT = FALSE")
    assert insert(session, "INSERT INTO t (v) VALUES (upper(?))", ["a", None, "b"]) == 3
    assert insert(session, "INSERT INTO t (i, x) SELECT ? + 1, PARSE_JSON(?)", [1, 10**30], ["[1]", None]) == 2
    session.execute("COMMIT")
    assert session.execute("SELECT i, v, x[0] FROM t").rows == [
        *((7, "A", None), (7, None, None), (7, "B", None), (2, None, "1"), (10**30 + 1, None, None)),
    ]


def test_a_single_value_of_the_same_text_is_not_taken_for_many(session: SqlSession) -> None:
    sql = "INSERT INTO t (v) VALUES (?)"
    assert [insert(session, sql, ["a", "b"]), session.execute(sql, ["c"]).rowcount, insert(session, sql, ["d"])] == [
        2,
        1,
        1,
    ]
    assert session.execute("SELECT v FROM t").rows == [("a",), ("b",), ("c",), ("d",)]


def test_what_is_no_insert_of_one_row_runs_for_each_or_not_at_all(session: SqlSession) -> None:
    insert(session, "INSERT INTO t (i, v) VALUES (?, ?)", [1, 2, 3], ["a", "b", "c"])
    assert insert(session, "UPDATE t SET v = ? WHERE i = ?", ["x", "y"], [1, 2]) == 2
    assert insert(session, "DELETE FROM t WHERE i = ?", [3, 4]) == 1
    assert insert(session, "INSERT INTO t (i) SELECT count(?) FROM t", [1, 2]) == 2
    assert insert(session, "INSERT INTO IDENTIFIER(?) (i) VALUES (?)", ["t", "t"], [5, 6]) == 2
    with pytest.raises(Exception, match="too long"):
        insert(session, "UPDATE t SET v = ? WHERE i = ?", ["z", "too long"], [1, 2])
    assert session.execute("SELECT i, v FROM t ORDER BY i, v").rows == [
        *((1, "x"), (2, "y"), (2, None), (3, None), (5, None), (6, None)),
    ]


def test_too_few_values_are_refused(session: SqlSession) -> None:
    with pytest.raises(Exception, match="expecting 2 but got 1"):
        insert(session, "INSERT INTO t (i, v) VALUES (?)", [1, 2])
    with pytest.raises(Exception, match="Invalid expression"):
        insert(session, "INSERT INTO t (x) VALUES (PARSE_JSON(?))", ["1", "2"])


@pytest.mark.parametrize("form", ["arrow", "json"])
def test_a_driver_reads_vectors(server: LocalServer, form: str) -> None:
    with connected(server, "qmark") as connection, connection.cursor() as cursor:
        cursor.execute(f"alter session set python_connector_query_result_format = '{form}'")
        cursor.execute("select [1.5, 2]::vector(float, 2), [1, 2]::vector(int, 2), null::vector(int, 3)")
        assert cursor.fetchall() == [([1.5, 2.0], [1, 2], None)]
        told: Any = cursor._description_internal  # pyright: ignore
        assert [(one.vector_dimension, one.fields[0].type_code) for one in told] == [(2, 1), (2, 0), (3, 0)]
        cursor.execute("select $1 from table(result_scan(last_query_id()))")
        assert cursor.fetchall() == [([1.5, 2.0],)]
