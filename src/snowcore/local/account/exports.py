"""A whole account as one file, which may come from others.

It is a zip with a manifest, the tables of the catalog and of the rows as lines of JSON, and the files of stages. Names
in it are ours; the paths of stages' files stand in the manifest, and none leads out of the stages' folder. Opening one
runs nothing of it: neither SQL nor code; tasks, alerts and services are suspended. What it holds is as long as it says,
and no longer than is allowed.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from ...engine.errors import AccountError
from ...engine.files.stages import can_hold
from .catalog import VERSION
from .snapshots import go_on

if TYPE_CHECKING:
    from .account import Account

FORMAT = 1
_MOST_IN_MEMORY = 512 << 20
"""How much of it may be what is read as a whole: what it says of the account, beside rows and files."""
_MOST_ENTRIES = 1_000_000
_MANIFEST = "manifest.json"
_ENTRY = re.compile(r"manifest\.json|catalog/[a-z_]{1,50}\.json|rows/[a-z0-9]{1,50}\.json|files/[0-9]{1,9}")
_NOT_TAKEN = ("account", "restoring", "sqlite_stat1")


def write(account: Account, path: Path) -> None:
    """The file is there when all of it is written, and for its owner only."""
    number, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    coming, rows = Path(name), account.engine.temporary_stage()
    try:
        with os.fdopen(number, "wb") as file:
            with account.gate.alone(), account.changing, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
                account.check_open()
                account.engine.export(rows)
                for one in sorted(rows.iterdir()):
                    out.write(one, f"rows/{one.name}")
                for table, lines in account.catalog.lines(_NOT_TAKEN):
                    out.writestr(f"catalog/{table}.json", lines)
                out.writestr(_MANIFEST, orjson.dumps(_manifest(_put_files(account.engine.stages, out))))
            file.flush()
            os.fsync(file.fileno())
        coming.replace(path)
    finally:
        coming.unlink(missing_ok=True)
        shutil.rmtree(rows, ignore_errors=True)


def _manifest(files: list[Any]) -> dict[str, Any]:
    return {"format": FORMAT, "catalog": VERSION, "snowcore": metadata.version("snowcore"), "files": files}


def _put_files(stages: Path, out: zipfile.ZipFile) -> list[Any]:
    """The paths of stages' files, and when each was modified."""
    told: list[Any] = []
    for file in sorted(one for one in stages.rglob("*") if one.is_file() and not one.is_symlink()):
        out.write(file, f"files/{len(told)}")
        told.append([file.relative_to(stages).as_posix(), file.stat().st_mtime_ns])
    return told


def read(account: Account, path: Path, *, suspended: bool, most_bytes: int) -> None:
    """Have a new account be the one in the file. AccountError if the file isn't what it should be."""
    folder = account.engine.temporary_stage()
    try:
        with zipfile.ZipFile(path) as export:
            _check(export, most_bytes)
            manifest = orjson.loads(_whole(export, _MANIFEST))
            if (manifest["format"], manifest["catalog"]) != (FORMAT, VERSION):
                text = f"it has format {manifest['format']!r}, and this release knows {FORMAT}."
                raise AccountError(400, "000603", "XX000", f"The export was made by another release: {text}")
            for name in export.namelist():
                if name.startswith("rows/"):
                    _copy(export, name, folder / name.removeprefix("rows/"))
            with account.gate.alone(), account.changing:
                _fill(account, export, suspended)
                account.engine.take_over(folder)
                for number, (inside, modified) in enumerate(manifest["files"]):
                    target = _inside(account.engine.stages, inside)
                    target.parent.mkdir(parents=True, exist_ok=True)
                    _copy(export, f"files/{number}", target)
                    os.utime(target, ns=(int(modified), int(modified)))
                go_on(account)
    except sqlite3.Error as error:
        raise _refused("what it declares is damaged") from error
    except (zipfile.BadZipFile, NotImplementedError, KeyError, TypeError, ValueError, EOFError, RuntimeError) as error:
        raise _refused(f"{type(error).__name__}: {error}") from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _fill(account: Account, export: zipfile.ZipFile, suspended: bool) -> None:
    tables = sorted(name for name in export.namelist() if name.startswith("catalog/"))
    with account.catalog.transaction():
        account.catalog.empty(_NOT_TAKEN)
        for name in tables:
            if (table := name.removeprefix("catalog/").removesuffix(".json")) in _NOT_TAKEN:
                raise ValueError(f"it holds {name}, which no export does")
            with export.open(name) as file:
                account.catalog.fill(table, _lines(file))
        if suspended:
            account.catalog.rows(
                "UPDATE objects SET state = json_set(state, '$.state', 'suspended')"
                " WHERE kind IN ('task', 'alert') AND json_extract(state, '$.state') = 'started'"
            )
            account.catalog.rows(
                "UPDATE objects SET state = json_set(state, '$.status',"
                " iif(json_extract(properties, '$.is_job'), 'FAILED', 'SUSPENDED'))"
                " WHERE kind = 'service' AND json_extract(state, '$.status') = 'RUNNING'"
            )


def _lines(file: Any) -> Iterator[Any]:
    return map(orjson.loads, file)


def _check(export: zipfile.ZipFile, most_bytes: int) -> None:
    """ValueError unless what is in an export is ours, and not too much."""
    every = export.infolist()
    names = {one.filename for one in every}
    if len(every) > _MOST_ENTRIES or len(names) < len(every):
        raise ValueError("it holds too many entries, or one twice")
    if wrong := next((name for name in names if not _ENTRY.fullmatch(name)), None):
        raise ValueError(f"it holds {wrong[:100]!r}, which no export does")
    sizes = {one.filename: one.file_size for one in every}
    told = sum(size for name, size in sizes.items() if name.startswith(("manifest", "catalog/", "rows/state")))
    for size, most in ((sum(sizes.values()), most_bytes), (told, _MOST_IN_MEMORY)):
        if size > most:
            raise ValueError(f"it holds {size:,} bytes, and {most:,} are allowed")


def _inside(stages: Path, path: str) -> Path:
    """Where a stage's file is. ValueError for a path that leads elsewhere."""
    parts = path.split("/")
    wrong = any(part in ("", ".", "..") or "\0" in part for part in parts) or not can_hold(path)
    if wrong or not (stages / path).resolve().is_relative_to(stages.resolve()):
        raise ValueError(f"the path {path[:100]!r} leads out of the stages")
    return stages / path


def _whole(export: zipfile.ZipFile, name: str) -> bytes:
    with export.open(name) as file:
        return file.read(export.getinfo(name).file_size)


def _copy(export: zipfile.ZipFile, name: str, target: Path) -> None:
    left = export.getinfo(name).file_size
    with export.open(name) as file, target.open("xb") as out:
        while piece := file.read(1 << 20):
            left -= len(piece)
            if left < 0:
                raise ValueError(f"{name} is longer than it says")
            out.write(piece)


def _refused(why: str) -> AccountError:
    return AccountError(400, "000603", "XX000", f"The export can't be opened: {why}.")
