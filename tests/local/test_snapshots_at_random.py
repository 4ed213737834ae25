"""Whatever statements do between a snapshot and its restore, DuckDB's tables are then what they were, row by row."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from snowcore.local import AccountError, LocalAccount
from snowcore.local.sql import SqlSession

from .conftest import Clock

_SEED = int(os.environ.get("SEED") or random.randrange(10**6))
_TABLES = ("a", "b", "c")


def _value(chance: random.Random) -> int:
    return chance.randrange(20)


_STATEMENTS: list[Callable[[str, str, int], str]] = [
    lambda t, o, n: f"insert into {t} (k, v) values ({n}, 'x{n}'), ({n + 1}, null)",
    lambda t, o, n: f"insert into {t} (k) select seq4() from table(generator(rowcount => {n * 10}))",
    lambda t, o, n: f"insert overwrite into {t} (k) select {n}",
    lambda t, o, n: f"insert all into {t} (k) values (n) into {o} (k) values (n) select {n} as n",
    lambda t, o, n: f"update {t} set v = v || '{n}', k = k + 1 where k % 3 = {n % 3}",
    lambda t, o, n: f"delete from {t} where k % 4 = {n % 4}",
    lambda t, o, n: (
        f"merge into {t} using (select distinct k from {o}) as s on {t}.k = s.k when matched and s.k > {n} then delete"
        f" when not matched then insert (k) values (s.k)"
    ),
    lambda t, o, n: f"merge into {t} using (select {n} as k) as s on {t}.k = s.k when matched then update set v = 'm'",
    lambda t, o, n: f"truncate table {t}",
    lambda t, o, n: f"alter table {t} add column n{n % 3} int default {n}",
    lambda t, o, n: f"alter table {t} drop column n{n % 3}",
    lambda t, o, n: f"alter table {t} rename column v to w{n}",
    lambda t, o, n: f"alter table {t} swap with {o}",
    lambda t, o, n: f"create or replace table {t} (k int, v varchar, id int autoincrement)",
    lambda t, o, n: f"create or replace table {t} clone {o}",
    lambda t, o, n: f"create or replace transient table {t} (k int, v varchar) data_retention_time_in_days = 0",
    lambda t, o, n: f"drop table {t}",
    lambda t, o, n: f"undrop table {t}",
    lambda t, o, n: f"create table if not exists {t} (k int, v varchar)",
    lambda t, o, n: f"create or replace stream s_{t} on table {t}",
    lambda t, o, n: f"insert into {o} (k) select k from s_{t}",
    lambda t, o, n: f"create or replace dynamic table d_{t} target_lag = '1 minute' warehouse = w as select k from {t}",
    lambda t, o, n: f"alter dynamic table d_{t} refresh",
    lambda t, o, n: f"select count(*) from d_{t}",
    lambda t, o, n: f"create temporary table {t}_{n} as select * from {t}",
    lambda t, o, n: "select q.nextval from table(generator(rowcount => 3))",
    lambda t, o, n: "begin",
    lambda t, o, n: "commit",
    lambda t, o, n: "rollback",
    lambda t, o, n: "drop schema d.public",
    lambda t, o, n: "undrop schema d.public",
]


def play(session: SqlSession, chance: random.Random, count: int, clock: Clock) -> None:
    for _ in range(count):
        make = chance.choice(_STATEMENTS)
        if "schema" in make("a", "b", 1) and chance.random() < 0.7:
            continue
        with suppress(AccountError):
            session.execute(make(*chance.sample(_TABLES, 2), _value(chance)))
        if chance.random() < 0.1:
            clock.pass_(hours=chance.choice([0.1, 30]))


def contents(account: LocalAccount) -> dict[str, Any]:
    """All that lies in DuckDB on which something stands, tables in the order of their rows, histories sorted."""
    engine: Any = account.engine
    found: dict[str, Any] = {}
    for place in sorted(engine.names.numbers()):
        if place[0] == "s":
            continue
        found[place] = engine.store.run(f"SELECT * FROM {place}")
        if place[0] == "h":
            found[place] = sorted(found[place], key=repr)
    for table in ("commits", "offsets", "forgotten", "loads"):
        found[table] = sorted(engine.store.run(f"SELECT CAST(COLUMNS(*) AS VARCHAR) FROM {table}"), key=repr)
    found["sequences"] = [one for one in engine.store.sequences() if one[0] in engine.names.numbers()]
    found["names"] = engine.names.databases, engine.names.kept
    return found


@pytest.mark.parametrize("kept", [False, True])
@pytest.mark.parametrize("number", range(4))
def test_everything_is_as_it_was(tmp_path: Any, number: int, kept: bool) -> None:
    seed, clock = _SEED + number, Clock()
    print(f"SEED={seed}")
    chance = random.Random(seed)
    with LocalAccount(tmp_path / "account" if kept else None, clock=clock) as account:
        for sql in ("create database d", "create warehouse w", "create sequence d.public.q"):
            account.execute(sql)
        for table in _TABLES:
            account.execute(f"create table d.public.{table} (k int, v varchar, id int autoincrement)")
        session = account.session(database="D", schema="PUBLIC")
        play(session, chance, 25, clock)
        with suppress(AccountError):
            session.execute("commit")
        snapshots = [(account.snapshot(), contents(account))]
        play(session, chance, 10, clock)
        with suppress(AccountError):
            session.execute("commit")
        snapshots.append((account.snapshot(), contents(account)))
        for snapshot, before in (snapshots[1], snapshots[1], snapshots[0], snapshots[0]):
            session = account.session()
            with suppress(AccountError):
                session.execute("use schema d.public")
            play(session, chance, 15, clock)
            account.restore(snapshot)
            now = contents(account)
            assert list(now) == list(before)
            for place, rows in before.items():
                assert now[place] == rows, f"{place}, SEED={seed}"
