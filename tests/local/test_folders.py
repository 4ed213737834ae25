"""An account's folder: who can read it, and what comes of damage."""

from __future__ import annotations

import logging
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import orjson
import pytest

from snowcore.local import AccountError, LocalAccount


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One that was there already, open to all, with two databases in it."""
    folder = tmp_path / "account"
    folder.mkdir(mode=0o755)
    with LocalAccount(folder) as account:
        session = account.session()
        for database in ("d", "e"):
            session.execute(f"create database {database}")
            session.execute("create table t (i int) comment = 'c'")
            session.execute("insert into t values (1)")
            session.execute("create schema s")
            session.execute("create table dropped (i int)")
            session.execute("drop table dropped")
        session.execute("create stage st")
        session.execute(f"put file://{__file__} @st")
    return folder


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX's")
def test_others_read_nothing_of_it(folder: Path) -> None:
    (folder / "stages").chmod(0o755)  # as an earlier version left it
    with LocalAccount(folder) as account:
        account.execute("insert into d.public.t values (2)")
        reached = []
        for here, rooms, files in os.walk(folder):
            rooms[:] = [room for room in rooms if Path(here, room).stat().st_mode & stat.S_IRWXO]
            reached += [name for name in (*rooms, *files) if Path(here, name).stat().st_mode & stat.S_IRWXO]
        assert reached == []


@pytest.mark.parametrize("emptied", [True, False])
def test_a_lost_catalog_costs_no_rows(folder: Path, emptied: bool) -> None:
    for file in folder.glob("catalog.sqlite*"):
        if emptied:
            file.write_bytes(b"")
        else:
            file.unlink()
    for _ in range(2):
        with LocalAccount(folder) as account:
            assert account.execute("select * from d.public.t") == [(1,)]
            names = [row["name"] for row in account.perform("schema", "list", {"database": "e"})]
            assert names == ["INFORMATION_SCHEMA", "PUBLIC", "S"]
            account.execute("create or replace table e.s.n (i int)")
            account.execute("drop table e.s.n")
            account.execute("undrop table e.s.n")


def test_lost_rows_leave_the_rest(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    for file in folder.glob("rows/*"):
        file.unlink()
    with caplog.at_level(logging.ERROR), LocalAccount(folder) as account:
        assert "table D.PUBLIC.T is lost" in caplog.text
        assert [row["name"] for row in account.perform("database", "list", {})] == ["D", "E"]
        assert len(account.execute("list @e.s.st")) == 1
        account.execute("create table d.public.t (i int)")
        assert account.execute("select * from d.public.t") == []


def test_damaged_rows_are_told_in_words(folder: Path) -> None:
    for file in folder.glob("rows/*"):
        file.write_bytes(b"garbage" * 1000)
    with pytest.raises(AccountError, match=r"rows\.duckdb"):
        LocalAccount(folder)


def test_a_damaged_catalog_is_told_in_words(folder: Path) -> None:
    for file in folder.glob("catalog.sqlite-*"):
        file.unlink()
    kept = folder / "catalog.sqlite"
    shutil.copy(kept, folder / "copy")
    kept.write_bytes(b"garbage" * 1000)
    with pytest.raises(AccountError, match=r"catalog\.sqlite.*not a database"):
        LocalAccount(folder)
    shutil.copy(folder / "copy", kept)
    with LocalAccount(folder) as account:
        assert account.execute("select * from d.public.t") == [(1,)]


@pytest.mark.parametrize("lost", [False, True])
def test_the_end_of_a_log_is_not_lost_without_a_word(
    folder: Path, lost: bool, caplog: pytest.LogCaptureFixture
) -> None:
    """As by a copy that was cut off."""
    written = (
        "import os, sys\nfrom snowcore.local import LocalAccount\naccount = LocalAccount(sys.argv[1])\n"
        "for i in range(2, 6):\n    account.execute(f'insert into d.public.t values ({i})')\nos._exit(0)"
    )
    subprocess.run([sys.executable, "-c", written, folder], check=True)
    (log,) = folder.glob("rows/*.wal")
    if lost:
        log.write_bytes(log.read_bytes()[:-300])
    for _ in range(2):
        with LocalAccount(folder) as account:
            rows = len(account.execute("select * from d.public.t"))
            assert rows < 5 if lost else rows == 5
    told = [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR]
    assert len(told) == lost and all("is lost: DuckDB's log ended before" in text for text in told)


@pytest.mark.parametrize("part", range(20))
def test_damage_anywhere_in_the_rows_is_mended_or_told(folder: Path, part: int) -> None:
    (kept,) = folder.glob("rows/*.duckdb")
    content = bytearray(kept.read_bytes())
    at = len(content) * part // 20
    content[at : at + 1000] = bytes(255 - byte for byte in content[at : at + 1000])
    kept.write_bytes(content)
    try:
        with LocalAccount(folder) as account:
            assert account.execute("select * from d.public.t") == [(1,)]
            account.execute("create table d.public.n (i int)")
    except AccountError as error:
        assert "rows.duckdb" in error.message or "checksum" in error.message


def test_a_full_disk_is_told_in_words_and_takes_nothing(folder: Path) -> None:
    with LocalAccount(folder) as account:
        session = account.session(database="D", schema="PUBLIC")
        session.execute("begin")
        session.execute("insert into t values (2)")
        ((pages,),) = account.catalog.rows("PRAGMA page_count")
        account.catalog.rows(f"PRAGMA max_page_count = {pages}")
        wide = {"name": "w", "comment": "x" * 100_000}
        for attempt in (
            lambda: account.perform("warehouse", "create", {}, body=wide),
            lambda: account.execute(f"create or replace table d.public.t (i int) comment = '{'x' * 100_000}'"),
        ):
            with pytest.raises(Exception, match="is full"):
                attempt()
        status, _, answer = account.handle_request(
            "POST", "/api/v2/warehouses", {"Content-Type": "application/json"}, orjson.dumps(wide)
        )
        assert (status, "disk on which the account lies is full" in orjson.loads(answer)["message"]) == (500, True)
        session.execute("commit")
        account.catalog.rows("PRAGMA max_page_count = 1000000")
        account.perform("warehouse", "create", {}, body=wide)
    with LocalAccount(folder) as account:
        assert account.execute("select * from d.public.t order by 1") == [(1,), (2,)]
        assert [row[0] for row in account.execute("show warehouses")] == ["W"]
