"""What the embedded account costs, held against DuckDB alone, or against the fetch of a task.

usage: python benchmarks/account.py [NAME ...]     one line for each measurement: the ratio, and the most it should be

Both sides of a ratio take turns in one process, batch by batch, and count all its processor time; the ratio is the
median of the batches'. Only ratios of one run compare: the machine is shared.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from typing import NamedTuple

from snowcore.local import LocalAccount

ROWS = 1_000_000
"""Of the file that COPY INTO loads."""
TASK = "/api/v2/databases/D/schemas/PUBLIC/tasks/T"
TABLE = "/api/v2/databases/D/schemas/PUBLIC/tables/T"


class Measurement(NamedTuple):
    what: str
    at_most: float
    ratio: Callable[[], float]


def _cpu(call: Callable[[], object], count: int) -> float:
    """The processor time of one of so many calls."""
    started = time.process_time()
    for _ in range(count):
        call()
    return (time.process_time() - started) / count


def _ratio(
    ours: Callable[[], object], other: Callable[[], object], counts: tuple[int, int] = (100, 100), batches: int = 15
) -> float:
    found: list[float] = []
    gc.collect()
    for _ in range(batches + 1):
        found.append(_cpu(ours, counts[0]) / _cpu(other, counts[1]))
    return statistics.median(found[1:])


def _account() -> LocalAccount:
    account = LocalAccount()
    session = account.session()
    session.execute("CREATE DATABASE d")
    session.execute("CREATE TABLE t (id INT, name VARCHAR(100), at TIMESTAMP_NTZ)")
    session.execute("CREATE TASK task_t WAREHOUSE = w SCHEDULE = '5 MINUTE' AS SELECT 1")
    session.execute("ALTER TASK task_t RENAME TO t") if False else None
    return account
