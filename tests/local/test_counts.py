"""The numbers of rows that lists tell, which are remembered, are those of the rows that there are."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from snowcore.engine.errors import AccountError
from snowcore.local import LocalAccount

CHANGES = (
    *("insert into a values (1), (2)", "insert into b select * from a", "delete from a where x = 1", "delete from b"),
    *("truncate table a", "update a set x = x + 1", "begin", "commit", "rollback"),
    "insert overwrite into b values (7)",
    *("merge into a using b on a.x = b.x when matched then delete when not matched then insert values (b.x)",),
    *("create or replace table a (x int)", "create or replace table b as select * from a", "drop table if exists b"),
    *("create or replace table c clone a", "alter table a swap with b"),
    *("undrop table b", "alter table a add column y int"),
    *("alter table a drop column y", "insert into a (x) values ('no number')", "create table if not exists b (x int)"),
)  # fmt: skip


def listed(account: LocalAccount) -> dict[str, Any]:
    session = account.session(database="D")
    found = session.execute("show tables")
    at = [column.name for column in found.columns].index("rows")
    told = {row[1]: row[at] for row in found.rows}
    viewed = dict(session.execute("select table_name, row_count from information_schema.tables").rows)
    session.close()
    assert {name: count for name, count in viewed.items() if name in told} == told
    return told


def counted(account: LocalAccount) -> dict[str, Any]:
    return {name: account.execute(f"select count(*) from d.public.{name}")[0][0] for name in listed(account)}


@pytest.mark.parametrize("seed", range(3))
def test_whatever_changes(seed: int, tmp_path: Path) -> None:
    draw = random.Random(seed)
    with LocalAccount(tmp_path) as account:
        account.execute("create database d")
        sessions = [account.session(database="D") for _ in range(2)]
        for session in sessions:
            session.engine.lock_timeout = 0.02
        sessions[0].execute("create table a (x int)")
        for _ in range(80):
            sql = draw.choice(CHANGES)
            try:
                draw.choice(sessions).execute(sql)
            except AccountError:
                continue
            assert listed(account) == counted(account), sql
    with LocalAccount(tmp_path) as account:
        assert listed(account) == counted(account)


def test_many_tables_are_counted_together() -> None:
    with LocalAccount() as account:
        session = account.session()
        session.execute("create database d")
        for number in range(60):
            session.execute(f"create table t{number} as select 1 as x from table(generator(rowcount => {number}))")
        session.execute("delete from t7")
        told = listed(account)
        assert told["T0"] == told["T7"] == 0 and told["T59"] == 59
        assert sum(told.values()) == sum(range(60)) - 7
