"""Snapshots of the rows, and the way back to one.

Rows have versions (see `versions`), so a snapshot copies none of them: it is a number, and what was numbered later is
not of then. On the way back, rows that were made since go, and those that have ended since come from their history, in
one transaction of DuckDB's. Only tables that somebody has had to change them since are looked at. As long as anybody
has a snapshot, no history is forgotten, and no table of then is dropped. What has no versions is copied: what comes
next of sequences, the small tables beside the rows, the files of stages.

The way back begins in the account's SQLite file, where the table `restoring` says where to. A process that is killed on
the way is followed by one that goes the rest of it when it opens the account.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import orjson

from .. import forks
from ..errors import AccountError
from ..files.stages import COMING
from ..latest import Latest
from .names import Names, Record
from .versions import Instant

if TYPE_CHECKING:
    from .engine import DuckEngine

FOLDER = "snapshots"
_RESTORING = "CREATE TABLE IF NOT EXISTS restoring (told TEXT NOT NULL)"
_AT_ONCE = 2
"""How many tables are brought back at the same time: each takes several small statements."""
_BESIDE = ("loads", "offsets", "forgotten")


@attrs.frozen
class Point:
    """Where a way back leads: what a later process must know of it."""

    number: int
    """The last that a transaction or a version had got."""
    open: Sequence[int]
    """The numbers of transactions that had changed rows and were not committed."""
    version: int
    """That of the last commit."""
    moment: int
    """When that was."""
    place: int
    """The last number of a table or a sequence."""
    sequences: Mapping[str, Sequence[int]]
    """What came next of each, and its step, by their numbers."""
    beside: Mapping[str, Sequence[Sequence[Any]]]
    """The rows of the tables beside the rows, as texts."""
    files: str
    """The folder with the files of stages."""

    def later(self, column: str) -> str:
        """SQL of whether a row was made or ended by a transaction that wasn't committed then."""
        return f"({' OR '.join((f'{column} > {self.number}', *(f'{column} = {one}' for one in self.open)))})"


@attrs.frozen(eq=False)
class Snapshot:
    """A point, and what only the process remembers of it."""

    point: Point
    names: Names
    readers: Latest[str, Instant]
    changes: int
    """As `RowCounts` counts them."""
    order: int

    @property
    def told(self) -> str:
        """What is put into `restoring`."""
        return orjson.dumps(attrs.asdict(self.point)).decode()


def prepare(record: Record) -> None:
    record.rows(_RESTORING)


def take(engine: DuckEngine, order: int) -> Snapshot:
    """Nobody is at work while it is taken."""
    files = Path(tempfile.mkdtemp(dir=engine.kept_files))
    ignored = shutil.ignore_patterns(f"{COMING}*")
    shutil.copytree(engine.stages, files, dirs_exist_ok=True, symlinks=True, ignore=ignored)
    versions, store = engine.versions, engine.store
    steps = {name: [following, step] for name, following, step in store.sequences()}
    beside = {table: store.run(f"SELECT CAST(COLUMNS(*) AS VARCHAR) FROM {table}") for table in _BESIDE}
    number, version, moment, readers = versions.stand()
    point = Point(number, engine.open_numbers(), version, moment, store.last, steps, beside, files.name)
    snapshot = Snapshot(point, engine.map.read(), readers, engine.counts.changes, order)
    forks.remove_at_the_end(snapshot, files)
    return snapshot


def restore(engine: DuckEngine, snapshot: Snapshot) -> None:
    """Go back to a snapshot, in whose state the SQLite file is already. Nobody is at work, and no session is open."""
    engine.map.show(snapshot.names)
    tables = snapshot.names.numbers()
    changed = sorted(one for one in engine.counts.changed(snapshot.changes) if f"t{one}" in tables)
    _go_back(engine, snapshot.point, changed)
    engine.versions.go_back(snapshot.point.version, snapshot.point.moment, snapshot.readers)
    engine.counts.go_back(snapshot.changes)


def finish(engine: DuckEngine, record: Record) -> None:
    """Go the rest of the way on which a process was killed."""
    for (told,) in record.rows("SELECT told FROM restoring"):
        point = Point(**orjson.loads(told))
        tables = engine.names.numbers()
        _go_back(engine, point, sorted(int(name[1:]) for name in tables if name[0] == "t"))
        engine.versions.go_back(point.version, point.moment, None)
    shutil.rmtree(engine.kept_files, ignore_errors=True)  # of processes that have ended
    engine.kept_files.mkdir(mode=0o700)


def _go_back(engine: DuckEngine, point: Point, tables: Iterable[int]) -> None:
    engine.versions.mark(point.version)  # before the commit, so that nobody takes it for a loss
    every = list(tables)
    filled = engine.store.filled() if every else set[str]()  # to look takes as long as some tables do
    with ThreadPoolExecutor(_AT_ONCE, "snowcore-restore") as threads:
        for done in [threads.submit(_bring_back, engine, every[at::_AT_ONCE], point, filled) for at in range(_AT_ONCE)]:
            done.result()
    with engine.store.cursor() as duck:
        duck.execute("BEGIN")
        duck.execute(f"DELETE FROM commits WHERE version > {point.number}")
        for table, rows in point.beside.items():
            _fill(duck, table, rows)
        duck.execute("COMMIT")
    for name, following, step in engine.store.sequences() if point.sequences else ():
        if (then := point.sequences.get(name)) is not None and list(then) != [following, step]:
            engine.store.put_sequence(name, *then)
    _put_files(engine.kept_files / point.files, engine.stages)
    engine.map.restored()


def _bring_back(engine: DuckEngine, tables: Iterable[int], point: Point, filled: set[str]) -> None:
    """Have tables and their histories be what they were."""
    made, ended = point.later("made"), point.later("ended")
    with engine.store.cursor() as duck:
        duck.execute("BEGIN")
        for number in tables:
            table, history = f"t{number}", f"h{number}"
            later = history in filled and duck.execute(f"SELECT 1 FROM {history} WHERE {ended} LIMIT 1").fetchall()
            if not later:
                duck.execute(f"DELETE FROM {table} WHERE {made}")
                continue
            was = f"SELECT * FROM {table} WHERE NOT {made} UNION ALL SELECT * EXCLUDE (ended) FROM {history}"
            was += f" WHERE {ended} AND NOT {made} ORDER BY row_id"  # in the order in which the rows once came
            duck.execute(f"CREATE OR REPLACE TEMP TABLE was AS {was}")
            duck.execute(f"DELETE FROM {table}")
            duck.execute(f"INSERT INTO {table} FROM was")
            duck.execute(f"DELETE FROM {history} WHERE {ended}")
        duck.execute("COMMIT")


def _fill(duck: Any, table: str, rows: Sequence[Sequence[Any]]) -> None:
    """Have a table hold these rows, if it doesn't."""
    found = duck.execute(f"SELECT CAST(COLUMNS(*) AS VARCHAR) FROM {table}").fetchall()
    if found != list(map(tuple, rows)):
        duck.execute(f"DELETE FROM {table}")
        if rows:
            duck.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)


def _put_files(kept: Path, stages: Path) -> None:
    """Have the folder of the stages hold what is kept of it."""
    there = {file.relative_to(kept): _print(file) for file in kept.rglob("*")}
    for file in sorted(stages.rglob("*"), reverse=True):  # what is in a folder before the folder
        inside = file.relative_to(stages)
        if file.is_dir() and not file.is_symlink():
            if inside not in there:
                file.rmdir()
        elif there.get(inside) != _print(file):
            file.unlink()
    for inside, told in there.items():
        if told is None:
            (stages / inside).mkdir(parents=True, exist_ok=True)
        elif not (stages / inside).exists():
            (stages / inside).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(kept / inside, stages / inside, follow_symlinks=False)


def _print(file: Path) -> tuple[int, int] | None:
    """What two files differ in that are not the same; None for a folder."""
    found = file.lstat()
    return None if file.is_dir() and not file.is_symlink() else (found.st_size, found.st_mtime_ns)


def unknown() -> AccountError:
    """What is said of a snapshot to which no way leads."""
    text = "The snapshot is not of this account as it is open now, or of a time that an earlier restore has taken back."
    return AccountError(409, "000625", "57014", text)
