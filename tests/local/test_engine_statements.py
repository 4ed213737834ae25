"""Statements in the engine: values, errors, transactions, sessions beside each other."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from snowcore import LocalAccount
from snowcore.engine.duckdb import DuckEngine
from snowcore.engine.duckdb.session import DuckSession
from snowcore.engine.duckdb.waiting import TableLocks, Use
from snowcore.engine.errors import AccountError, Locked
from snowcore.engine.protocol import TablePath
from snowcore.local.account.catalog import Catalog

T = TablePath("D", "S", "T")


@pytest.fixture
def engine() -> Iterator[DuckEngine]:
    with closing(Catalog(None, lambda: datetime.now(UTC))) as catalog, closing(DuckEngine(None, catalog)) as engine:
        engine.create_database("D")
        engine.create_schema("D", "S")
        yield engine


@pytest.fixture
def session(engine: DuckEngine) -> DuckSession:
    return engine.connect("D", "S")


def rows(session: DuckSession, sql: str, parameters: Any = None) -> list[tuple[Any, ...]]:
    return list(session.execute(sql, parameters).rows)


def fails(session: DuckSession, sql: str, parameters: Any = None) -> tuple[str, str]:
    with pytest.raises(AccountError) as caught:
        session.execute(sql, parameters)
    assert "Traceback" not in caught.value.message
    return caught.value.code, caught.value.message


# Values


def test_values_and_their_types(session: DuckSession) -> None:
    session.execute(
        "CREATE TABLE t (i INT, n NUMBER(10,2), f FLOAT, v VARCHAR, b BOOLEAN, d DATE, ts TIMESTAMP_NTZ, j VARIANT)"
    )
    session.execute(
        "INSERT INTO t SELECT 1, 2.5, 1.5, 'x', true, '2020-01-02', '2020-01-02 03:04:05', parse_json('{\"a\": 1}')"
    )
    session.execute("INSERT INTO t (i) VALUES (2)")
    result = session.execute("SELECT * FROM t ORDER BY i")
    assert [column.type for column in result.columns] == [
        *("NUMBER(38,0)", "NUMBER(10,2)", "FLOAT", "VARCHAR(16777216)", "BOOLEAN", "DATE", "TIMESTAMP_NTZ(9)"),
        "VARIANT",
    ]
    first, second = result.rows
    assert first[:5] == (1, Decimal("2.50"), 1.5, "x", True)
    assert first[6:] == (datetime(2020, 1, 2, 3, 4, 5), '{\n  "a": 1\n}')
    assert second == (2, *[None] * 7)
    assert (result.rowcount, len(result.rows)) == (2, 2)


def test_whole_numbers_stay_whole(session: DuckSession) -> None:
    session.execute("CREATE TABLE t (i INT)")
    session.execute("INSERT INTO t VALUES (1), (2), (2)")
    (row,) = rows(session, "SELECT sum(i), sum(DISTINCT i), count(*), 12345678901234567890123456 FROM t")
    assert row == (5, 3, 3, 12345678901234567890123456)
    assert [type(value) for value in row] == [int] * 4


@pytest.mark.parametrize("expression", ["1 / 0", "1 % 0", "i / (i - 1)", "mod(i, i - 1)"])
def test_division_by_zero_is_an_error(session: DuckSession, expression: str) -> None:
    session.execute("CREATE TABLE t AS SELECT 1 AS i")
    assert fails(session, f"SELECT {expression} FROM t") == ("100051", "Division by zero")
    assert rows(session, "SELECT CASE WHEN i <> 1 THEN 1 / (i - 1) END, 3 / 2 FROM t") == [(None, 1.5)]


def test_texts_are_as_long_as_declared(session: DuckSession, engine: DuckEngine) -> None:
    session.execute("CREATE TABLE t (v VARCHAR(3), w INT)")
    code, message = fails(session, "INSERT INTO t VALUES ('abcd', 1)")
    assert (code, message) == ("100078", "String 'abcd' is too long and would be truncated")
    assert fails(session, "SELECT 'abcd'::VARCHAR(2)")[0] == "100078"
    session.execute("ALTER TABLE t ADD COLUMN x VARCHAR(2) NOT NULL DEFAULT 'q'")
    session.execute("ALTER TABLE t ALTER COLUMN v SET DATA TYPE VARCHAR(5)")
    session.execute("INSERT INTO t (v) VALUES ('abcd')")
    assert fails(session, "INSERT INTO t (x) VALUES ('abc')")[0] == "100078"
    assert fails(session, "ALTER TABLE t ALTER COLUMN v SET DATA TYPE VARCHAR(3)")[0] == "040052"
    session.execute("ALTER TABLE t DROP COLUMN v")
    columns = engine.columns(T)
    assert columns is not None
    assert [(column.name, column.type, column.nullable) for column in columns] == [
        ("W", "NUMBER(38,0)", True),
        ("X", "VARCHAR(2)", False),
    ]


def test_keys_are_noted_and_not_minded(session: DuckSession) -> None:
    session.execute(
        "CREATE TABLE t (a INT PRIMARY KEY, b INT UNIQUE, c INT REFERENCES other (c), CONSTRAINT k UNIQUE (a, b),"
        " FOREIGN KEY (b) REFERENCES elsewhere (x)) CLUSTER BY (a)"
    )
    session.execute("INSERT INTO t VALUES (1, 1, 1), (1, 1, 1)")
    assert fails(session, "INSERT INTO t (b) VALUES (1)")[0] == "100072"


def test_merge_does_all_that_it_says(session: DuckSession) -> None:
    session.execute("CREATE TABLE t (i INT, v VARCHAR) AS SELECT * FROM VALUES (1, 'a'), (2, 'b')")
    merge = (
        "MERGE INTO t USING (SELECT * FROM VALUES (1, 'm'), (2, 'd'), (3, 'n') AS y (k, w)) s ON t.i = s.k"
        " WHEN MATCHED AND s.w = 'd' THEN DELETE WHEN MATCHED THEN UPDATE SET t.v = upper(s.w) || '!'"
        " WHEN NOT MATCHED THEN INSERT (i, v) VALUES (s.k, s.w)"
    )
    result = session.execute(merge)
    assert [column.name for column in result.columns] == [f"number of rows {x}ed" for x in ("insert", "updat", "delet")]
    assert (list(result.rows), result.rowcount) == ([(1, 1, 1)], 3)
    assert rows(session, "SELECT * FROM t ORDER BY i") == [(1, "M!"), (3, "n")]
    twice = "MERGE INTO t USING (SELECT 1 AS k UNION ALL SELECT 1) s ON t.i = s.k WHEN MATCHED THEN UPDATE SET v = 'x'"
    assert fails(session, twice)[0] == "100090"
    session.parameters["ERROR_ON_NONDETERMINISTIC_MERGE"] = False
    more = twice.replace("SELECT 1)", "SELECT 1 UNION ALL SELECT 8 UNION ALL SELECT 9)")
    told = session.execute(f"{more} WHEN NOT MATCHED THEN INSERT (i, v) VALUES (s.k, 'y')")
    assert list(told.rows) == [(2, 1)]
    assert rows(session, "SELECT * FROM t ORDER BY i") == [(1, "x"), (3, "n"), (8, "y"), (9, "y")]
    several = "UPDATE t SET v = s.k FROM (SELECT 1 AS k UNION ALL SELECT 2) s WHERE t.i = 1"
    assert list(session.execute(several).rows) == [(1, 1)]
    session.parameters["ERROR_ON_NONDETERMINISTIC_UPDATE"] = True
    assert fails(session, several)[0] == "100090"


@pytest.mark.parametrize(
    "sql", ["SELECT * FROM read_csv('/etc/passwd')", "SELECT * FROM '/etc/passwd'", "SELECT * FROM session"]
)
def test_the_machine_is_out_of_reach(session: DuckSession, sql: str) -> None:
    assert fails(session, sql)[0] in ("000002", "002003", "002141")


@pytest.mark.parametrize(
    ("sql", "code", "part"),
    [
        ("SELEC 1", "001003", "syntax error line 1 at position 6 unexpected '1'"),
        ("SELECT * FROM nope", "002003", "Object 'NOPE' does not exist or not authorized."),
        ("SELECT * FROM d.nope.t", "002003", "Schema 'NOPE' does not exist"),
        ("SELECT nope FROM t", "000904", "invalid identifier 'NOPE'"),
        ("SELECT nope(1)", "002140", "Unknown function NOPE"),
        ("CREATE TABLE t (i INT)", "002002", "Object 'T' already exists."),
        ("DROP TABLE nope", "002003", "Table 'D.S.NOPE' does not exist"),
        ("INSERT INTO t VALUES (1, 2, 3)", "002020", "expecting 2 but got 3"),
        (
            "INSERT INTO t (v) VALUES ('a')",
            "100072",
            "DML operation to table T failed on column I with error: NULL result in a non-nullable column",
        ),
        ("SELECT 'abc'::INT", "100038", "Numeric value 'abc' is not recognized"),
        ("SELECT 'abc'::BOOLEAN", "100037", "Boolean value 'abc' is not recognized"),
        ("SELECT to_date('abc')", "100040", "Date 'abc' is not recognized"),
        ("SELECT 'abc'::TIMESTAMP", "100035", "Timestamp 'abc' is not recognized"),
        ("INSERT INTO t VALUES (1, 'x'), (999999999999999999999999999999999999999, 'x')", "100039", "is out of range"),
        ("SELECT i, count(*) FROM t", "000979", "[T.I] is not a valid group by expression"),
        ("SELECT 1; SELECT 2", "000008", "Actual statement count 2"),
    ],
)
def test_errors_are_put_as_snowflake_does(session: DuckSession, sql: str, code: str, part: str) -> None:
    session.execute("CREATE TABLE t (i INT NOT NULL, v VARCHAR)")
    found, message = fails(session, sql)
    assert (found, part in message) == (code, True), message


def test_parameters_by_place_and_by_name(session: DuckSession) -> None:
    assert rows(session, "SELECT ?, ?", [1, "it's"]) == [(1, "it's")]
    assert rows(session, "SELECT :2, :1", [1, None]) == [(None, 1)]
    assert rows(session, "SELECT :x, :y", {"x": 1.5, "y": True}) == [(1.5, True)]


# Temporary tables


def test_temporary_tables_are_the_sessions_own(engine: DuckEngine, session: DuckSession) -> None:
    other = engine.connect("D", "S")
    session.execute("CREATE TABLE t (i INT)")
    session.execute("CREATE TEMPORARY TABLE d.s.t (x INT)")
    session.execute("INSERT INTO t VALUES (5)")
    session.execute("UPDATE t SET x = 6 WHERE t.x = 5")
    session.execute("CREATE OR REPLACE TEMP TABLE q AS SELECT t.x FROM d.s.t")
    assert rows(session, "SELECT t.x, q.x FROM t JOIN q ON t.x = q.x") == [(6, 6)]
    assert rows(other, "SELECT * FROM t") == []
    assert fails(other, "SELECT * FROM q")[0] == "002003"
    assert engine.tables("D", "S") == ["T"]
    session.execute("DROP TABLE t")
    assert rows(session, "SELECT i FROM t") == []


# Transactions


def test_ddl_commits_what_is_open(session: DuckSession) -> None:
    session.execute("CREATE TABLE t (i INT)")
    for last, expected in (("ROLLBACK", 0), ("COMMIT", 1)):
        session.execute("BEGIN")
        session.execute("INSERT INTO t VALUES (1)")
        session.execute(last)
        assert rows(session, "SELECT count(*) FROM t") == [(expected,)]
    session.execute("BEGIN")
    session.execute("INSERT INTO t VALUES (2)")
    session.execute("CREATE TABLE u (i INT)")
    session.execute("ROLLBACK")
    assert rows(session, "SELECT count(*) FROM t") == [(2,)]
    session.execute("COMMIT")


def test_without_autocommit_changes_wait_for_a_commit(engine: DuckEngine, session: DuckSession) -> None:
    other = engine.connect("D", "S")
    session.execute("CREATE TABLE t (i INT)")
    session.set_autocommit(False)
    session.execute("INSERT INTO t VALUES (1)")
    assert rows(other, "SELECT count(*) FROM t") == [(0,)]
    session.execute("ROLLBACK")
    session.execute("INSERT INTO t VALUES (1)")
    session.set_autocommit(True)
    assert rows(other, "SELECT count(*) FROM t") == [(1,)]


@pytest.mark.parametrize("bad", ["INSERT INTO t VALUES (NULL)", "SELECT nope", "INSERT INTO t SELECT 1 / 0"])
def test_a_failed_statement_undoes_itself_only(session: DuckSession, bad: str) -> None:
    session.execute("CREATE TABLE t (i INT NOT NULL)")
    for last, expected in (("ROLLBACK", []), ("COMMIT", [(1,), (3,)]), ("CREATE TABLE u (i INT)", [(1,), (3,)])):
        session.execute("DELETE FROM t")
        session.execute("BEGIN")
        session.execute("INSERT INTO t VALUES (1), (2)")
        session.execute("DELETE FROM t WHERE i = 2")
        assert fails(session, bad)[0] in ("100072", "000904", "100051")
        session.execute("INSERT INTO t VALUES (3)")
        session.execute(last)
        assert rows(session, "SELECT i FROM t ORDER BY i") == expected


# Sessions beside each other


def at_once(works: list[Callable[[], None]]) -> None:
    with ThreadPoolExecutor(len(works)) as threads:
        for done in [threads.submit(work) for work in works]:
            done.result(60)


def test_updates_of_one_row_wait_for_each_other(engine: DuckEngine, session: DuckSession) -> None:
    session.execute("CREATE TABLE t AS SELECT 0::INT AS i")

    def alone() -> None:
        mine = engine.connect("D", "S")
        for _ in range(20):
            mine.execute("UPDATE t SET i = i + 1")

    def in_transactions() -> None:
        mine = engine.connect("D", "S")
        for _ in range(20):
            mine.execute("BEGIN")
            mine.execute("UPDATE t SET i = i + 1")
            mine.execute("COMMIT")

    at_once([alone, alone, in_transactions, in_transactions])
    assert rows(session, "SELECT i FROM t") == [(80,)]


def test_sessions_insert_read_and_create_at_once(engine: DuckEngine, session: DuckSession) -> None:
    session.execute("CREATE TABLE t (w INT, i INT)")

    def work(number: int) -> Callable[[], None]:
        def run() -> None:
            mine = engine.connect("D", "S")
            mine.execute(f"CREATE TABLE t{number} (i INT)")
            for i in range(15):
                mine.execute("INSERT INTO t VALUES (?, ?)", [number, i])
                assert rows(mine, "SELECT count(*) FROM t WHERE w = ?", [number]) == [(i + 1,)]

        return run

    at_once([work(number) for number in range(6)])
    assert rows(session, "SELECT count(*) FROM t") == [(90,)]
    assert engine.tables("D", "S") == sorted(["T", *(f"T{number}" for number in range(6))])


def test_a_lock_is_waited_for_and_no_longer(engine: DuckEngine, session: DuckSession) -> None:
    session.execute("CREATE TABLE t AS SELECT 0::INT AS i")
    session.execute("BEGIN")
    session.execute("UPDATE t SET i = 1")
    other = engine.connect("D", "S")
    other.lock_timeout = 0
    assert fails(other, "UPDATE t SET i = 2")[0] == "000625"
    session.close()  # which ends its transaction
    other.execute("UPDATE t SET i = i + 2")
    assert rows(other, "SELECT i FROM t") == [(2,)]


def test_a_database_is_dropped_when_no_transaction_is_in_it(engine: DuckEngine, session: DuckSession) -> None:
    session.execute("CREATE TABLE t AS SELECT 0::INT AS i")
    session.execute("BEGIN")
    session.execute("INSERT INTO t VALUES (1)")
    engine.create_database("E")
    engine.drop_database("E", "k1")
    with pytest.raises(Locked):
        engine.drop_database("D", "k")
    session.execute("COMMIT")
    engine.drop_database("D", "k")
    engine.restore_database("k", "D")
    assert engine.count(T) == 2


def test_databases_come_and_go_under_running_statements(engine: DuckEngine) -> None:
    engine.create_database("E")
    engine.create_schema("E", "S")
    setup = engine.connect("E", "S")
    setup.execute("CREATE TABLE t (i INT)")
    stop = threading.Event()

    def read() -> None:
        mine = engine.connect()
        while not stop.is_set():
            try:
                mine.execute("INSERT INTO e.s.t VALUES (1)")
            except AccountError as error:
                assert error.code in ("002003", "002043")

    def drop() -> None:
        try:
            dropped = 0
            while dropped < 10:
                try:
                    engine.drop_database("E", "k")
                except Locked as locked:
                    assert locked.wait(30)
                    continue
                engine.restore_database("k", "E")
                dropped += 1
        finally:
            stop.set()

    at_once([read, read, drop])
    assert engine.count(TablePath("E", "S", "T")) > 0


def test_tables_are_the_owners_until_released() -> None:
    locks, a, b = TableLocks(), object(), object()
    assert locks.acquire("t", Use.CHANGE, a, 0)
    assert locks.acquire("t", Use.CHANGE, a, 0)
    assert not locks.acquire("t", Use.CHANGE, b, 0)
    assert locks.acquire("t", Use.ADD, b, 0)
    assert not locks.acquire("t", Use.SHAPE, a, 0)
    assert locks.acquire("u", Use.SHAPE, b, 0)
    assert not locks.acquire("u", Use.ADD, a, 0)
    locks.release(a)
    assert locks.acquire("t", Use.CHANGE, b, 0)


def test_who_waits_for_a_table_comes_in_turn() -> None:
    locks, a, b, c = TableLocks(), object(), object(), object()
    assert locks.acquire("t", Use.ADD, a, 0)
    with ThreadPoolExecutor(1) as thread:
        waits = thread.submit(locks.acquire, "t", Use.SHAPE, b, 20)
        while locks.acquire("t", Use.ADD, c, 0):  # until somebody waits who came before
            locks.release(c)
        assert locks.acquire("u", Use.CHANGE, c, 0)
        assert locks.acquire("t", Use.ADD, c, 0)  # who has something doesn't wait for those who only wait
        locks.release(a)
        assert not waits.done()
        locks.release(c)
        assert waits.result(20)
        keeps = thread.submit(locks.keep, "t", Use.CHANGE, 20)
        locks.release(b)
        assert keeps.result(20)
        assert not locks.acquire("t", Use.CHANGE, a, 0)
        assert thread.submit(locks.acquire, "t", Use.CHANGE, b, 0).result()  # the thread for which it was kept
        assert not locks.acquire("t", Use.CHANGE, a, 0)
        locks.release(b)
        assert thread.submit(locks.keep, "t", Use.SHAPE, 0).result()
        thread.submit(locks.leave).result()
        assert locks.acquire("t", Use.SHAPE, a, 0)


def test_words_of_duckdb_are_plain_names(account: LocalAccount) -> None:
    account.execute("create database words")
    account.execute("create table words.public.t (at timestamp, window int, offset int)")
    account.execute("insert into words.public.t (at, window, offset) values (null, 1, 2)")
    assert account.execute("select t.window, offset as end from words.public.t order by at limit 1") == [(1, 2)]
