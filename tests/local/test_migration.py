"""A folder that the release before kept, with a DuckDB file for each database: it opens, with all that was in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from snowcore.local import AccountError, LocalAccount
from snowcore.local.objects.access import context_of

EARLIER = Path(__file__).with_name("account_of_an_earlier_release.zip")
KEPT = datetime(2026, 11, 26, 2, tzinfo=UTC)
"""Soon after the folder was kept: what had been dropped can be restored for a day."""
BEFORE_ROLES = Path(__file__).with_name("account_before_roles.zip")
"""Of a release that recorded what REST granted, and asked for nothing."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.unpack_archive(EARLIER, tmp_path / "account")
    return tmp_path / "account"


@pytest.fixture
def account(folder: Path) -> Iterator[LocalAccount]:
    with LocalAccount(folder, clock=lambda: KEPT) as account:
        yield account


def test_rows_and_columns_are_there(account: LocalAccount) -> None:
    first, second = account.execute("select * from d.public.t order by i")
    assert first[:7] == (1, "abc", Decimal("1.25"), 1.5, True, date(2020, 1, 2), time(3, 4, 5))
    assert first[7:10] == (
        datetime(2020, 1, 2, 3, 4, 5, 123000),
        datetime(2020, 1, 2, 1, 4, 5, tzinfo=UTC),
        datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC),
    )
    assert ["".join(value.split()) for value in first[11:14]] == ['{"a":[1,null,"x"]}', '{"k":1}', '[1,"a",null]']
    assert (first[10], first[14]) == (b"\xff", 1)
    assert second == (2, "q", *[None] * 12, 2)
    described = {row[0]: row for row in account.execute("describe table d.public.t")}
    assert [described["V"][at] for at in (1, 3, 4, 9)] == ["VARCHAR(7)", "Y", "'q'", "cc"]
    assert [described[name][1] for name in ("TZ", "J", "O", "A")] == ["TIMESTAMP_TZ(9)", "VARIANT", "OBJECT", "ARRAY"]
    assert account.execute('select "Col a", "b""c" from d.public."mixed Case"') == [(7, "seven")]
    assert account.execute("select * from d.other.big") == [(12345678901234567, Decimal("1.50000"))]


def test_what_counts_goes_on(account: LocalAccount) -> None:
    account.execute("insert into d.public.t (i) values (9)")
    assert account.execute("select i, v, k from d.public.t where i = 9") == [(9, "q", 3)]
    assert account.execute("select d.public.sq.nextval") == [(11,)]


def test_views_read_what_they_read(account: LocalAccount) -> None:
    assert account.execute("select * from d.public.w") == [(1, "abc")]
    assert account.execute('select x, "y" from d.public.w2 order by 1') == [(1, "abc"), (2, "q")]


def test_what_was_dropped_can_be_restored(account: LocalAccount) -> None:
    for kind, name, table in (
        ("table", "d.other.gone", ""),
        ("schema", "d.dropped", ".y"),
        ("database", "e", ".public.x"),
    ):
        account.execute(f"undrop {kind} {name}")
        assert len(account.execute(f"select * from {name}{table}")) == 1


def test_files_and_objects_are_there(account: LocalAccount) -> None:
    assert [row[0] for row in account.execute("list @d.public.st")] == ["st/f.csv"]
    assert account.execute("select * from d.public.loaded order by i") == [(1, "x"), (2, "y")]
    assert [row[1] for row in account.execute("show tasks in account")] == ["TK"]


def test_the_old_files_are_set_aside(folder: Path) -> None:
    for _ in range(2):
        with LocalAccount(folder) as account:
            assert len(account.execute("select * from d.public.t")) == 2
    assert {one.name for one in folder.iterdir() if one.is_dir()} == {"before", "rows", "spill", "stages"}
    assert (folder / "before" / "databases" / "D.db").exists()


def test_a_process_that_ends_in_between_begins_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rename, renamed = Path.rename, list[str]()

    def breaks(path: Path, target: Any) -> Path:
        renamed.append(path.name)
        if len(renamed) == 2:
            raise OSError("the process ends here")
        return rename(path, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", breaks)
        with pytest.raises(OSError, match="ends here"):
            LocalAccount(folder)
    with LocalAccount(folder, clock=lambda: KEPT) as account:
        assert len(account.execute("select * from d.public.t")) == 2
        account.execute("undrop database e")
        assert account.execute("select * from e.public.x") == [("e",)]


def test_grants_that_were_recorded_are_carried_over(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    shutil.unpack_archive(BEFORE_ROLES, tmp_path)
    for _ in range(2):
        with LocalAccount(tmp_path) as account:
            told = {(row[1], row[2], row[3], row[6]) for row in account.execute("show grants to role reader")}
            assert told == {
                ("USAGE", "DATABASE", "D", "false"),
                ("USAGE", "SCHEMA", "D.PUBLIC", "false"),
                ("SELECT", "TABLE", "D.PUBLIC.T", "true"),
                ("INSERT", "TABLE", "D.PUBLIC.T", "true"),
            }
            (future,) = account.execute("show future grants to role reader")
            assert future[1:4] == ("SELECT", "VIEW", "D.PUBLIC.<VIEW>")
            assert [row[3] for row in account.execute("show grants to user u")] == ["BOSS"]
            assert {row[3] for row in account.execute("show grants to database role d.dr")} == {"D", "D.PUBLIC.T"}
            user = account._open_session(context_of(account, "U"))  # pyright: ignore[reportPrivateUsage]
            assert user.execute("select * from d.public.t").rows == [(1,)]
            with pytest.raises(AccountError, match="does not exist or not authorized"):
                user.execute("select * from d.public.by_ghost")
            for name, value in (("by_ghost", 2), ("view_of_ghost", 3)):  # of a role that wasn't there
                assert account.execute(f"select * from d.public.{name}") == [(value,)]
    (warning,) = [text for text in caplog.messages if "carried over" in text]
    assert warning.startswith("READER's FLY could not be carried over: ")
