"""Measure one thing with whichever `snowflake.core` this Python has: Snowflake's or ours.

usage: python measure.py NAME PORT        prints one line of JSON

PORT is where server.py listens. Time is wall time, cpu is the processor time of the whole process, both in seconds.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable
from concurrent.futures import wait
from functools import partial
from types import SimpleNamespace
from typing import Any

from snowflake.core import Root

Result = dict[str, float]


class Cursor:
    """Answers what Snowflake's SDK asks when a root is made: which versions of it are still supported."""

    def execute(self, statement: str) -> Cursor:
        return self

    def fetchone(self) -> tuple[str]:
        return ("[]",)


def session(port: int) -> Any:
    """The same stand-in for a Snowpark session, and the connection in it, for both. It sends no telemetry."""
    rest = SimpleNamespace(_protocol="http", _host="127.0.0.1", _port=port, token="token", master_token="token")
    connection = SimpleNamespace(rest=rest, cursor=Cursor, _telemetry=None)
    return SimpleNamespace(_conn=SimpleNamespace(_conn=connection), connection=connection, sql=None)


def schema(port: int, name: str = "SC") -> Any:
    return Root(session(port)).databases["DB"].schemas[name]


def repeat(call: Callable[[], object], count: int) -> Result:
    """What one call takes, when as many were made before."""
    for _ in range(count // 10):
        call()
    gc.collect()
    cpu, wall = time.process_time(), time.perf_counter()
    for _ in range(count):
        call()
    return {"cpu": (time.process_time() - cpu) / count, "time": (time.perf_counter() - wall) / count}


def root(port: int) -> Result:
    """The first root of a process."""
    given = session(port)
    cpu, wall = time.process_time(), time.perf_counter()
    Root(given)
    return {"cpu": time.process_time() - cpu, "time": time.perf_counter() - wall}


def script(port: int) -> Result:
    """The shortest program of use. What it takes is measured from outside."""
    assert schema(port).tasks["t"].fetch().name == "T000000"
    return {}


def fetch(port: int) -> Result:
    task = schema(port).tasks["t"]
    return repeat(task.fetch, 2000)


def create(port: int) -> Result:
    from datetime import timedelta

    from snowflake.core.task import Task

    tasks = schema(port).tasks

    def call() -> None:
        tasks.create(
            Task("t", "insert into a select * from b", warehouse="W", schedule=timedelta(minutes=5), comment="Loads")
        )

    return repeat(call, 2000)


def wide(port: int) -> Result:
    """A table of 1,000 columns."""
    table = schema(port).tables["wide"]
    assert len(table.fetch().columns) == 1000
    return repeat(table.fetch, 50)


def list_rows(rows: int, pages: int, port: int) -> Result:
    """A list, each of its items looked at and let go."""
    tasks = schema(port, f"{rows}_{pages}").tasks
    cpu, wall = time.process_time(), time.perf_counter()
    count = 0
    for task in tasks.iter():
        count += task.name is not None
    assert count == rows, count
    return {"cpu": time.process_time() - cpu, "time": time.perf_counter() - wall}


def keep_rows(rows: int, pages: int, port: int) -> Result:
    """A list, all of its items kept."""
    tasks = schema(port, f"{rows}_{pages}").tasks
    cpu, wall = time.process_time(), time.perf_counter()
    assert len(list(tasks.iter())) == rows
    return {"cpu": time.process_time() - cpu, "time": time.perf_counter() - wall}


def in_flight(name: str, port: int) -> Result:
    """Fetches of one task, all begun before the first is waited for."""
    count = 2000
    task = schema(port).tasks[name]
    task.fetch_async().result()
    cpu, wall = time.process_time(), time.perf_counter()
    operations = [task.fetch_async() for _ in range(count)]
    wait(operations)
    assert all(operation.result().name for operation in operations)
    wall = time.perf_counter() - wall
    return {"cpu": (time.process_time() - cpu) / count, "rate": count / wall}


MEASUREMENTS: dict[str, Callable[[int], Result]] = {
    "root": root,
    "script": script,
    "fetch": fetch,
    "create": create,
    "wide": wide,
    "list-10000-1": partial(list_rows, 10_000, 1),
    "list-10000-10": partial(list_rows, 10_000, 10),
    "list-30000-3": partial(list_rows, 30_000, 3),
    "list-100000-1": partial(list_rows, 100_000, 1),
    "list-100000-10": partial(list_rows, 100_000, 10),
    "kept-100000-1": partial(keep_rows, 100_000, 1),
    "flight-0": partial(in_flight, "t"),
    "flight-50": partial(in_flight, "slow"),
}

if __name__ == "__main__":
    print(json.dumps(MEASUREMENTS[sys.argv[1]](int(sys.argv[2]))))
