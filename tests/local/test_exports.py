"""Exports: an account as one file, that comes back as it was; and files of others, of which nothing runs or escapes."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest

from snowcore import Root
from snowcore.local import AccountError, LocalAccount

from .conftest import Clock
from .test_snapshots import _SETUP, put, run, state

_VALUES = """
create table d.s.every (n number(38,0), d number(38,10), f float, b boolean, t varchar, x binary, day date,
    time time(9), ntz timestamp_ntz(9), tz timestamp_tz(9), v variant, a array, o object);
insert into d.s.every select 99999999999999999999999999999999999999, -0.0000000001, 1e300, true, 'ä\\n"x"'',\\\\',
    to_binary('00FF', 'hex'), '0001-01-01'::date, '23:59:59.999999999'::time,
    '9999-12-31 23:59:59.999999999'::timestamp_ntz, '2026-01-01 00:00:00.123456789 +05:30'::timestamp_tz,
    parse_json('{"k": [1, null, "é", 1.5]}'), array_construct(1, 'a', null), object_construct('k', 1);
insert into d.s.every (f, t) values ('nan', ''), ('inf', null), (0.1, repeat('long ', 1000000));
"""


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    with LocalAccount(clock=Clock()) as account:
        run(account, _SETUP)
        put(account, tmp_path, "kept.csv", "1\n")
        account.export(tmp_path / "account.snowcore")
    return tmp_path / "account.snowcore"


@pytest.mark.parametrize("source", ["memory", "folder"])
@pytest.mark.parametrize("target", ["memory", "folder"])
def test_an_account_comes_back(tmp_path: Path, source: str, target: str) -> None:
    clock, file = Clock(), tmp_path / "export.zip"
    with LocalAccount(tmp_path / "a" if source == "folder" else None, clock=clock) as account:
        run(account, _SETUP)
        run(account, _VALUES)
        put(account, tmp_path, "kept.csv", "1\n")
        account.execute("create user u password = 'Long enough 1'")
        account.advance(hours=3)
        account.execute("delete from d.s.t where name = 'a'")
        before, rows = state(account), account.execute("select * from d.s.every")
        account.export(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []
    with LocalAccount.from_export(file, tmp_path / "b" if target == "folder" else None, clock=clock) as account:
        assert state(account) == before
        assert repr(account.execute("select * from d.s.every")) == repr(rows)
        assert account.execute("select count(*) from d.s.t at (offset => -3600)") == [(4,)]
        assert account.execute("select d.s.q.nextval") == [(10,)]
        account.execute("insert into d.s.t (name) values ('e')")
        assert account.execute("select id from d.s.t where name = 'e'") == [(5,)]
        account.execute("undrop table d.s.gone")
        account.execute("create table d.s.new as select * from d.s.t")
        assert account.clock() - clock() == timedelta(hours=3)
        assert [row[0] for row in account.execute("show users")] == ["SNOWCORE", "U"]
        account.restore(account.snapshot())
        assert account.execute("select count(*) from d.s.new") == [(4,)]
    if target == "folder":
        with LocalAccount(tmp_path / "b", clock=clock) as account:
            assert account.execute("select count(*) from d.s.new") == [(4,)]


def test_no_task_runs_unless_that_is_said(tmp_path: Path) -> None:
    file = tmp_path / "export"
    with LocalAccount(clock=Clock()) as account:
        account.execute("create database d")
        account.execute("create table d.public.t (n int)")
        account.execute("create task d.public.often schedule = '1 minute' as insert into d.public.t values (1)")
        account.execute("alter task d.public.often resume")
        account.export(file)
    for suspended in (True, False):
        with LocalAccount.from_export(file, clock=Clock(), suspended=suspended) as account:
            account.advance(minutes=3)
            assert account.execute("select count(*) from d.public.t") == [(0 if suspended else 3,)]
            task = Root(account).databases["d"].schemas["public"].tasks["often"].fetch()
            assert task.state == ("suspended" if suspended else "started")


def test_an_export_takes_the_place_of_another(exported: Path, tmp_path: Path) -> None:
    with LocalAccount() as account:
        account.export(exported)
        with pytest.raises(FileNotFoundError):
            account.export(tmp_path / "nowhere" / "export")
    with LocalAccount.from_export(exported) as account:
        assert account.execute("show databases") == []


def test_a_folder_must_be_new(exported: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    LocalAccount.from_export(exported, tmp_path / "empty").close()
    with pytest.raises(AccountError, match="already"):
        LocalAccount.from_export(exported, tmp_path / "empty")


def changed(exported: Path, change: Callable[[dict[str, bytes]], Any]) -> Path:
    """The same export with other entries."""
    with zipfile.ZipFile(exported) as old:
        entries = {name: old.read(name) for name in old.namelist()}
    change(entries)
    with zipfile.ZipFile(exported, "w") as new:
        for name, content in entries.items():
            new.writestr(name, content)
    return exported


def manifest(**facts: Any) -> Callable[[dict[str, bytes]], None]:
    def change(entries: dict[str, bytes]) -> None:
        entries["manifest.json"] = orjson.dumps({**orjson.loads(entries["manifest.json"]), **facts})

    return change


def name_facts(**facts: Any) -> Callable[[dict[str, bytes]], None]:
    """Other facts of every table."""

    def change(entries: dict[str, bytes]) -> None:
        first, *rows = [orjson.loads(line) for line in entries["catalog/names.json"].splitlines()]
        for row in rows:
            if row[2] == "table":
                row[-1] = orjson.dumps({**orjson.loads(row[-1]), **facts}).decode()
        entries["catalog/names.json"] = b"\n".join(map(orjson.dumps, [first, *rows]))

    return change


def entry(name: str, content: bytes = b"x") -> Callable[[dict[str, bytes]], None]:
    return lambda entries: entries.update({name: content})


def rows(entries: dict[str, bytes]) -> None:
    name = next(name for name in entries if name.startswith("rows/t"))
    entries[name] = entries[name].replace(b'"c1":"1"', b'"c1":"no number"')


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (entry("../escaped"), "which no export does"),
        (entry("/escaped"), "which no export does"),
        (entry("stages/link"), "which no export does"),
        (entry("catalog/restoring.json", b'["told"]\n["{}"]'), "which no export does"),
        (entry("catalog/sqlite_master.json", b'["name"]\n["x"]'), "don't fit"),
        (entry("catalog/unheard_of.json", b'["n"]\n[1]'), "later release"),
        (entry("catalog/objects.json", b'["id"]\n[[1]]'), "don't fit"),
        (manifest(files=[["%~named/../../../escaped", 0]]), "leads out"),
        (manifest(files=[["/tmp/escaped", 0]]), "leads out"),
        (manifest(files=[["a\0b", 0]]), "leads out"),
        (manifest(format=2), "another release"),
        (manifest(files=[7]), "can't be opened"),
        (name_facts(number="1; DROP TABLE names"), "can't be read"),
        (name_facts(number=-1), "can't be read"),
        (name_facts(unheard_of=1), "can't be read"),
        (name_facts(fields=[{"name": "A", "type": "int); --", "nullable": True, "identity": None}]), "."),
        (rows, "can't be read"),
        (lambda entries: entries.pop("manifest.json"), "can't be opened"),
        (lambda entries: entries.pop("rows/state.json"), "can't be read"),
        (lambda entries: entries.update({"catalog/clock.json": b'["ahead"]\n["x"]'}), "."),
    ],
)
def test_what_is_no_export_is_refused(
    exported: Path, tmp_path: Path, change: Callable[[dict[str, bytes]], Any], why: str
) -> None:
    there = sorted(tmp_path.iterdir())
    with pytest.raises(AccountError, match=why):
        LocalAccount.from_export(changed(exported, change), tmp_path / "opened")
    assert sorted(tmp_path.iterdir()) == there
    with pytest.raises(AccountError, match=why):
        LocalAccount.from_export(exported)


def test_what_is_too_much_is_refused(exported: Path, tmp_path: Path) -> None:
    with pytest.raises(AccountError, match="are allowed"):
        LocalAccount.from_export(exported, most_bytes=1000)
    exported.write_bytes(exported.read_bytes()[:-100])
    with pytest.raises(AccountError, match="BadZipFile"):
        LocalAccount.from_export(exported, tmp_path / "opened")
    with pytest.raises(FileNotFoundError):
        LocalAccount.from_export(tmp_path / "nothing", tmp_path / "opened")
    assert not (tmp_path / "opened").exists()


def test_a_size_that_lies_is_found(exported: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = zipfile.ZipFile.infolist

    def smaller(export: zipfile.ZipFile) -> Iterator[zipfile.ZipInfo]:
        for one in told(export):
            one.file_size = min(one.file_size, 10)
        return told(export)  # type: ignore[return-value]

    monkeypatch.setattr(zipfile.ZipFile, "infolist", smaller)
    with pytest.raises(AccountError):
        LocalAccount.from_export(exported)
