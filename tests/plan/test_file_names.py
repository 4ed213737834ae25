"""Files named after objects are such as every system takes: Windows too, whose rules are told here."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from snowcore import LocalAccount, Root
from snowcore._names import quote_identifier
from snowcore.engine.files import stages
from snowcore.local import AccountError
from snowcore.local.account import exports
from snowcore.plan import export, plan

DEVICES = ["CON", "PRN", "AUX", "NUL", "COM1", "COM9", "LPT1", "LPT9", "COM¹", "LPT³", "CONIN$", "CONOUT$"]
NAMES = [
    *DEVICES, *map(str.lower, DEVICES), "aux.txt", "NUL.tar.gz", "con .x", "COM10", "CONSOLE",
    "ends.", "ends ", "..", " ", "a/b", "a\\b", "c:", "a<b>", 'q"q', "a|b", "a?b", "a*b", "a\nb", "a\tb", "\x01", "é",
    "ß", "SS", "case", "CASE", "Case", "\uff23\uff2f\uff2e", "~", "a~b", "L" * 255, "l" * 255, "漢" * 255, "💡",
]  # fmt: skip
_BASE = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³])", re.IGNORECASE)


def is_taken_by_windows(part: str) -> bool:
    """Microsoft's rules for the name of a file: no devices, whatever follows a dot; no signs; no dot or space last."""
    plain = not re.search(r'[<>:"/\\|?*\x00-\x1f]', part) and part[-1] not in ". "
    return plain and not _BASE.fullmatch(part.split(".")[0].rstrip())


def test_an_export_has_names_for_every_system(tmp_path: Path) -> None:
    with LocalAccount() as account:
        session = account.session()
        for name in NAMES:
            session.execute(f"create database {quote_identifier(name)}")
        for name in NAMES:
            session.execute(f"create schema {quote_identifier(NAMES[-1])}.{quote_identifier(name)}")
        session.close()
        root = Root(account)
        files = [file.relative_to(tmp_path / "out") for file in export(root, tmp_path / "out")]
        assert not plan(root, tmp_path / "out")
    assert len(files) >= 2 * len(NAMES)
    assert len({str(file).casefold() for file in files}) == len(files)
    assert [file for file in files if not all(map(is_taken_by_windows, file.parts))] == []
    assert max(len(str(file)) for file in files) < 150  # Windows has 260 for all of a path


def test_files_of_objects_are_called_by_numbers(tmp_path: Path) -> None:
    """What the account keeps by itself bears no name of anybody's."""
    with LocalAccount(tmp_path / "account") as account:
        session = account.session()
        for name in ("AUX", "aux.txt", "ends.", "C" * 255):
            quoted = quote_identifier(name)
            session.execute(f"create database {quoted}")
            session.execute(f"create stage {quoted}.public.{quoted}")
            session.execute(f"copy into @{quoted}.public.{quoted}/x.csv from (select 1)")
        session.close()
    parts = {
        part for file in (tmp_path / "account").rglob("*") for part in file.relative_to(tmp_path / "account").parts
    }
    assert [part for part in parts if not is_taken_by_windows(part) or len(part) > 60] == []


def test_on_windows_a_stage_refuses_what_the_system_lacks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    lacking = [name.replace("/", "|") for name in NAMES if not is_taken_by_windows(name)]
    assert all(map(stages.can_hold, lacking))
    monkeypatch.setattr(stages, "WINDOWS", True)
    assert [name for name in lacking if stages.can_hold(f"in/{name}/x.csv")] == []
    with pytest.raises(ValueError, match="leads out of the stages"):
        exports._inside(tmp_path, "a/aux.txt")
    with LocalAccount() as account:
        account.execute("create database d")
        account.execute("create stage d.public.s")
        with pytest.raises(AccountError, match="this machine's system has no files of that name"):
            account.execute("copy into @d.public.s/in/nul.csv from (select 1) single = true")
        assert account.execute("list @d.public.s") == []


def test_on_windows_a_stage_takes_all_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stages, "WINDOWS", True)
    taken = [n for n in NAMES if is_taken_by_windows(n)]
    assert [name for name in taken if not stages.can_hold(name)] == []
