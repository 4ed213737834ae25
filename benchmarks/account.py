"""What the embedded account costs, held against DuckDB alone, or against the fetch of a task.

usage: python benchmarks/account.py [NAME ...]     a line for each: the ratio, and the most that it should be

Both sides of a ratio take turns in one process, batch by batch, and count all its processor time; the ratio is the
median of the batches'. A start from cold is the processor time of a process of its own. Only what was measured in one
run compares: the machine is shared.
"""

from __future__ import annotations

import gc
import os
import resource
import statistics
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

import duckdb
import httpx

from snowcore.engine.duckdb import changes
from snowcore.engine.protocol import Batch
from snowcore.local import LocalAccount
from snowcore.local.sql import SqlSession

Call = Callable[[], object]
ROWS = 1_000_000
"""Of the file that COPY INTO loads."""
TABLES = 1_000
ROWS_AT_ONCE = 2_000
"""Of one INSERT."""


def cpu(call: Call, count: int) -> float:
    """The processor time of one of so many calls."""
    gc.collect()
    started = time.process_time()
    for _ in range(count):
        call()
    return (time.process_time() - started) / count


def ratio(ours: Call, other: Call, counts: tuple[int, int] = (100, 100), batches: int = 11) -> float:
    found = [cpu(ours, counts[0]) / cpu(other, counts[1]) for _ in range(batches + 1)]
    return statistics.median(found[1:])


@contextmanager
def opened() -> Generator[tuple[LocalAccount, SqlSession]]:
    with LocalAccount() as account:
        session = account.session()
        session.execute("CREATE DATABASE d")
        session.execute("CREATE WAREHOUSE w")
        session.execute("CREATE TABLE things (id INT, name VARCHAR(100), at TIMESTAMP_NTZ)")
        session.execute("CREATE TASK loads WAREHOUSE = w SCHEDULE = '5 MINUTE' AS INSERT INTO things (id) VALUES (1)")
        yield account, session


def fetch(account: LocalAccount, what: str) -> Call:
    def call() -> None:
        status, _, _ = account.handle_request("GET", f"/api/v2/databases/D/schemas/PUBLIC/{what}", {}, None)
        assert status == 200

    return call


def select() -> float:
    duck = duckdb.connect()
    with opened() as (_, session):
        return ratio(lambda: list(session.execute("select 1").rows), lambda: duck.execute("select 1").fetchall())


def table() -> float:
    with opened() as (account, _):
        return ratio(fetch(account, "tables/THINGS"), fetch(account, "tasks/LOADS"))


def _many(session: SqlSession) -> None:
    for number in range(TABLES):
        session.execute(f"CREATE TABLE t{number} (id INT, name VARCHAR(100), price NUMBER(10, 2))")


def listed() -> float:
    with opened() as (account, session):
        _many(session)
        return ratio(fetch(account, "tables"), fetch(account, "tasks/LOADS"), (1, 50))


def shown() -> float:
    with opened() as (account, session):
        _many(session)
        return ratio(lambda: session.execute("SHOW TABLES"), fetch(account, "tasks/LOADS"), (1, 50))


def _inserting(many: Callable[[SqlSession], object]) -> float:
    with opened() as (_, session):
        one = "INSERT INTO things (id, name) VALUES (?, ?)"
        return ratio(lambda: many(session), lambda: session.execute(one, [1, "a name"]), (1, 30)) / ROWS_AT_ONCE


def bound() -> float:
    columns = [[*range(ROWS_AT_ONCE)], ["a name"] * ROWS_AT_ONCE]
    insert = "INSERT INTO things (id, name) VALUES (?, ?)"
    return _inserting(lambda session: session.execute_batch(insert, Batch(columns), query_id="1"))


def written() -> float:
    rows = ", ".join(f"({at}, 'a name')" for at in range(ROWS_AT_ONCE))
    return _inserting(lambda session: session.execute(f"INSERT INTO things (id, name) VALUES {rows}"))


@contextmanager
def _staged() -> Generator[tuple[Path, Call]]:
    """A file with many rows, and what loads it into a table."""
    with opened() as (_, session), TemporaryDirectory() as folder:
        file = Path(folder) / "things.csv"
        file.write_text("".join(f"{at},name {at},2026-01-01 00:00:{at % 60:02}\n" for at in range(ROWS)))
        session.execute("CREATE STAGE files")
        session.execute(f"PUT file://{file} @files AUTO_COMPRESS = FALSE")
        yield file, lambda: session.execute("COPY INTO things FROM @files FORCE = TRUE")


def loaded() -> float:
    duck = duckdb.connect()
    duck.execute("CREATE TABLE things (id BIGINT, name VARCHAR, moment TIMESTAMP)")
    with _staged() as (file, load):
        return ratio(load, lambda: duck.execute(f"COPY things FROM '{file}'"), (1, 1), 5)


def versioned() -> float:
    with _staged() as (_, load), _staged() as (_, load_without):

        def plainly() -> None:
            with mock.patch.object(changes, "identity", lambda _: "NULL"):
                load_without()

        return ratio(load, plainly, (1, 1), 7)


SUM = "SELECT count(*), sum(price), max(name) FROM many"
MANY = f"""
INSERT INTO many SELECT seq4(), 'name ' || seq4(), seq4() / 7 FROM TABLE(GENERATOR(ROWCOUNT => {ROWS}))
"""


def _change(session: SqlSession, place: int) -> None:
    """Update one row in a hundred, of all parts of a table."""
    session.execute(f"UPDATE many SET price = price + 1 WHERE id % 100 = {place}")


def updated() -> float:
    with TemporaryDirectory() as folder, LocalAccount(folder) as account:
        session = account.session()
        session.execute("CREATE DATABASE d")
        session.execute("CREATE TABLE many (id INT, name VARCHAR(100), price NUMBER(12, 2))")
        session.execute(MANY)
        places = iter(range(100))
        return ratio(lambda: _change(session, next(places)), lambda: list(session.execute(SUM).rows), (1, 1), 20)


def present() -> float:
    duck = duckdb.connect()
    plain = "SELECT range::DECIMAL(38,0) AS id, 'name ' || range AS name, (range / 7)::DECIMAL(12,2) AS price"
    duck.execute(f"CREATE TABLE many AS {plain} FROM range({ROWS})")
    with opened() as (_, session):
        session.execute("CREATE TABLE many (id INT, name VARCHAR(100), price NUMBER(12, 2))")
        session.execute(MANY)
        for place in range(5):
            _change(session, place)
        return ratio(lambda: list(session.execute(SUM).rows), lambda: duck.execute(SUM).fetchall(), (1, 1), 21)


def _first_answer(query: str | None = None) -> None:
    """Serve, log in, and run a query if there is one."""
    command = [sys.executable, "-m", "snowcore", "serve", "--port", "0", "--user", "u", "--password", "p"]
    kept = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}  # or what Python compiled would be no one's
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=kept) as server:
        try:
            assert server.stdout is not None
            port = next(int(line.split(" = ")[1]) for line in server.stdout if line.startswith("port"))
            login = {"data": {"LOGIN_NAME": "u", "PASSWORD": "p"}}
            answer = httpx.post(f"http://127.0.0.1:{port}/session/v1/login-request", json=login).json()
            assert answer["success"]
            if query is not None:
                signed = {"Authorization": f'Snowflake Token="{answer["data"]["token"]}"'}
                place = f"http://127.0.0.1:{port}/queries/v1/query-request?requestId={uuid.uuid4()}"
                assert httpx.post(place, json={"sqlText": query}, headers=signed).json()["success"]
        finally:
            server.terminate()


def _of_children(run: Call) -> float:
    """The processor time of the processes that a call runs."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _from_cold(query: str | None) -> float:
    def imports() -> object:
        return subprocess.run([sys.executable, "-c", "import duckdb, sqlglot"], check=True)

    found = [_of_children(lambda: _first_answer(query)) / _of_children(imports) for _ in range(8)]
    return statistics.median(found[1:])  # the first one writes what Python compiles


def cold() -> float:
    return _from_cold(None)


def queried() -> float:
    return _from_cold("select 1")


MEASUREMENTS: dict[str, tuple[str, float, Callable[[], float]]] = {
    "select": ("`select 1` ÷ DuckDB's", 2.3, select),
    "table": ("fetch of a table ÷ of a task", 3, table),
    "listed": (f"list of {TABLES:,} tables ÷ fetch of a task", 300, listed),
    "shown": (f"SHOW of {TABLES:,} tables ÷ fetch of a task", 300, shown),
    "loaded": (f"COPY INTO of {ROWS:,} rows of CSV ÷ DuckDB's", 1.5, loaded),
    "versioned": (f"COPY INTO of {ROWS:,} rows ÷ the same without versions of rows", 1.5, versioned),
    "updated": (f"UPDATE of 1 % of {ROWS:,} rows on disk ÷ a sum over all", 4.5, updated),
    "present": (f"a sum over {ROWS:,} rows, some of which have a past ÷ DuckDB's", 1.1, present),
    "cold": ("first answer of a server, to a login ÷ import of DuckDB and sqlglot", 2, cold),
    "queried": ("… and a query after it, which loads the parser ÷ the same", 3.5, queried),
    "bound": (f"a row of {ROWS_AT_ONCE:,} bound to an INSERT ÷ an INSERT of one", 0.1, bound),
    "written": (f"a row of {ROWS_AT_ONCE:,} after VALUES ÷ an INSERT of one", 0.1, written),
}

if __name__ == "__main__":
    for name, (what, at_most, measure) in MEASUREMENTS.items():
        if name in sys.argv[1:] or not sys.argv[1:]:
            print(f"{name}: {what}: {measure():.3g}, at most {at_most:g}", flush=True)
