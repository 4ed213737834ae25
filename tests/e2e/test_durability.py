"""What was acknowledged is there, even if the process is killed while it writes."""

from __future__ import annotations

import os
import random
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from snowcore.local import LocalAccount

from .conftest import Served

SEED = int(os.environ.get("SNOWCORE_TEST_SEED") or random.randrange(2**32))


class Writers:
    """Write as fast as they can, and note what was acknowledged, until the server is gone."""

    def __init__(self, served: Served, round_: int, until: int) -> None:
        self.served, self.round, self.until = served, round_, until
        self.rows: list[int] = []
        self.schemas: list[str] = []
        self.tables: list[str] = []
        self.dropped: list[str] = []
        self._count, self._lock = 0, threading.Lock()

    def run(self) -> None:
        works: list[Callable[[], None]] = [
            lambda: self._insert(0),
            lambda: self._insert(500),
            self._create_by_rest,
            self._create_by_sql,
        ]
        with ThreadPoolExecutor(len(works)) as threads:
            for done in [threads.submit(self._until_gone, work) for work in works]:
                done.result(120)

    def _until_gone(self, work: Callable[[], None]) -> None:
        with suppress(httpx.TransportError):
            work()

    def _acknowledged(self) -> None:
        with self._lock:
            self._count += 1
            if self._count == self.until:  # the others are in the middle of something
                self.served.process.send_signal(signal.SIGKILL)

    def _insert(self, first: int) -> None:
        sql = self.served.login()
        for value in range(self.round * 1000 + first, self.round * 1000 + first + 500):
            sql(f"insert into d.public.t values ({value})")
            self.rows.append(value)
            self._acknowledged()

    def _create_by_rest(self) -> None:
        bearer = {"Authorization": f"Bearer {self.served.password}"}
        with httpx.Client(base_url=self.served.url, headers=bearer, timeout=60, trust_env=False) as http:
            for number in range(1000):
                name = f"S_{self.round}_{number}"
                assert http.post("/api/v2/databases/d/schemas", json={"name": name}).status_code == 200
                self.schemas.append(name)
                self._acknowledged()

    def _create_by_sql(self) -> None:
        sql = self.served.login()
        for number in range(1000):
            name = f"T_{self.round}_{number}"
            sql(f"create or replace table d.public.{name} (a varchar(7) comment 'c')")
            self.tables.append(name)
            self._acknowledged()
            if number % 3 == 2:
                self.tables.remove(name)  # until it is acknowledged, either may be
                sql(f"drop table d.public.{name}")
                self.dropped.append(name)
                self._acknowledged()


def test_nothing_acknowledged_is_lost_by_a_kill(serve: Callable[..., Served], tmp_path: Path) -> None:
    print(f"SNOWCORE_TEST_SEED={SEED}")
    chance = random.Random(SEED)
    folder = tmp_path / "account"
    with LocalAccount(folder) as account:
        account.execute("create database d")
        account.execute("create table d.public.t (i int)")
    every: list[Writers] = []
    for round_ in range(3):
        writers = Writers(serve("--data", str(folder)), round_, chance.randint(20, 150))
        writers.run()
        # Another end than ours would be a crash.
        assert writers.served.process.wait(20) == -signal.SIGKILL, f"round {round_}, after {writers.until} answers"
        every.append(writers)
        with LocalAccount(folder) as account:
            check(account, every)


def check(account: LocalAccount, every: list[Writers]) -> None:
    rows = {row for (row,) in account.execute("select i from d.public.t")}
    schemas = {row["name"] for row in account.perform("schema", "list", {"database": "d"})}
    path = {"database": "d", "schema": "public"}
    tables = {row["name"] for row in account.perform("table", "list", path)}
    assert len(account.execute("select i from d.public.t")) == len(rows), "a row is there twice"
    for writers in every:
        assert set(writers.rows) <= rows
        assert set(writers.schemas) <= schemas
        assert set(writers.tables) <= tables
        assert not set(writers.dropped) & tables
        for name in writers.tables[-3:]:
            fetched = account.perform("table", "fetch", {**path, "name": name})
            assert (fetched["columns"][0]["datatype"], fetched["columns"][0]["comment"]) == ("VARCHAR(7)", "c")


def test_one_folder_is_for_one_account(tmp_path: Path) -> None:
    with LocalAccount(tmp_path), pytest.raises(Exception, match="in use"):
        LocalAccount(tmp_path)
