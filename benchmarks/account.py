"""What the embedded account costs, held against DuckDB alone, or against the fetch of a task.

usage: python benchmarks/account.py [NAME ...]     a line for each: the ratio, and the most that it should be

Both sides of a ratio take turns in one process, batch by batch, and count all its processor time; the ratio is the
median of the batches'. A start from cold is the processor time of a process of its own. Only what was measured in one
run compares: the machine is shared.
"""

from __future__ import annotations

import gc
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import duckdb

from snowcore.local import LocalAccount
from snowcore.local.sql import SqlSession

Call = Callable[[], object]
ROWS = 1_000_000
"""Of the file that COPY INTO loads."""
TABLES = 1_000


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
def opened() -> Iterator[tuple[LocalAccount, SqlSession]]:
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


MEASUREMENTS: dict[str, tuple[str, float, Callable[[], float]]] = {
    "select": ("`select 1` ÷ DuckDB's", 2.3, select),
    "table": ("fetch of a table ÷ of a task", 3, table),
    "listed": (f"list of {TABLES:,} tables ÷ fetch of a task", 300, listed),
    "shown": (f"SHOW of {TABLES:,} tables ÷ fetch of a task", 300, shown),
}

if __name__ == "__main__":
    for name, (what, at_most, measure) in MEASUREMENTS.items():
        if name in sys.argv[1:] or not sys.argv[1:]:
            print(f"{name}: {what}: {measure():.3g}, at most {at_most:g}", flush=True)
