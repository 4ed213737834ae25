"""The engine over DuckDB: databases, schemas and tables as wholes. A session runs statements (`session`).

All rows lie in one DuckDB file, in tables that are called by numbers (`store`); the map of names (`names`) says what
they are. Most of what happens to a whole database, schema or table is a change of the map, and moves no row. What is
made is first made in DuckDB, and then recorded: what no record stands on goes at the next opening.
"""

from __future__ import annotations

import itertools
import logging
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import duckdb

from .. import forks
from ..errors import AccountError, Locked
from ..files.stages import NAMED, TABLES, earlier_folder
from ..late import late
from ..living import Living
from ..metadata import Account, Nobody
from ..names import shown
from ..protocol import (
    Column,
    DynamicSource,
    EarlierCatalog,
    HeldKey,
    Made,
    Moment,
    Past,
    Policy,
    PolicyUse,
    Refresh,
    Stage,
    StreamFacts,
    StreamSource,
    TablePath,
)
from . import dynamic, keys, migration, policies, snapshots, streams
from .counts import RowCounts
from .keeping import Translations
from .layout import EVENT, make, physical
from .mark import MARK, Mark
from .names import Field, Map, Names, Record, Schema, Thing, places, things_of
from .names import Path as Name
from .results import columns_of
from .session import DuckSession
from .snapshots import Snapshot
from .store import FILE, Store, run_one
from .versions import Instant, Versions
from .waiting import TableLocks, Use

if TYPE_CHECKING:
    from . import definitions, exports, staged
else:
    late(globals(), ".definitions .exports .staged")

_log = logging.getLogger("snowcore")
_ROOMS = ("stages", "temporary", "spill")
"""The folders of which DuckDB may know."""
_RETENTION = ("data_retention_time_in_days", 1.0)
_EXTENSION = ("max_data_extension_time_in_days", 14.0)


def _utc_now() -> datetime:
    return datetime.now(UTC)


class DuckEngine:
    def __init__(
        self,
        folder: Path | None,
        record: Record,
        account: Account | None = None,
        before: EarlierCatalog | None = None,
        clock: Callable[[], datetime] = _utc_now,
        folders: Iterable[Path] = (),
    ) -> None:
        """An engine in memory, or kept in a folder that only one process may use at a time.

        record: the account's SQLite file, in which the map of names lies. account: who says what the map doesn't know
        of objects. before: what an account of an earlier release had declared. clock: what CURRENT_TIMESTAMP tells.
        folders: those outside that stages may have.
        """
        home = folder or Path(tempfile.mkdtemp(prefix="snowcore-"))
        self._passing = forks.remove_at_the_end(self, home) if folder is None else None
        self.temporary, self.stages, self.kept_files = home / "temporary", home / "stages", home / snapshots.FOLDER
        shutil.rmtree(self.temporary, ignore_errors=True)  # of a process that was killed
        for room in _ROOMS:
            (home / room).mkdir(parents=True, exist_ok=True)
            (home / room).chmod(0o700)
        self._lock = threading.RLock()
        self._garbage: list[tuple[int, str]] = []
        self.commits = 0
        """How many transactions of sessions were committed."""
        self._sessions = Living[DuckSession]()
        self._snapshots, self._order = Living[Snapshot](), itertools.count()
        self.translations = Translations()
        self.account: Account = account or Nobody()
        self.store = Store(folder, [*folders, *(home / room for room in _ROOMS)])
        self.clock = clock
        self._mark = Mark(folder / MARK if folder is not None else None)
        self.versions, self.counts = Versions(self.store, clock, self._mark), RowCounts(self.store)
        self.offsets = streams.Offsets(self.store)
        migration.renew(self.store, self.versions)
        self.map, self.locks = Map(record, self.store if folder is not None else None), TableLocks(self.counts.forget)
        forks.leave_open_in_children(self)
        snapshots.prepare(record)
        snapshots.finish(self, record)
        if folder is not None and before is not None and migration.is_needed(folder):
            self.store.install_functions()
            migration.migrate(folder, self.store, self.versions, self.map, before)
        self._settle()
        self.offsets.forget_all_but({thing.number for thing in self.names.every() if thing.kind == "stream"})
        self.store.seal()

    def _settle(self) -> None:
        """Tables without rows' places are lost, and places without tables were being made when a process ended."""
        numbers = self.names.numbers()
        if lost := self.store.lost(numbers):
            for path, thing in list(self.names.placed()):
                if lost & places(attrs.evolve(thing, earlier=())):  # without its past it is still whole
                    _log.error("%s %s is lost: it is not in %s", thing.kind, ".".join(path), FILE)
                    self.map.remove(thing.space, path)
        self.store.sweep(numbers)
        homes = {thing.home for thing in self.names.every() if thing.kind == "table"}
        self.store.keep_loads(homes)
        self.store.rename_loads(f"{self.stages}/", "")  # an earlier release had the whole path
        for folder in (self.stages / TABLES).glob("*"):  # a new table may get the number of one that is gone
            if folder.name not in map(str, homes):
                shutil.rmtree(folder, ignore_errors=True)

    @property
    def names(self) -> Names:
        return self.map.read()

    @property
    def version(self) -> int:
        return self.versions.latest

    def on_commit(self, tell: Callable[[], None]) -> None:
        self.versions.tell = tell

    # Sessions

    def connect(self, database: str | None = None, schema: str | None = None) -> DuckSession:
        session = DuckSession(self)
        session.use(database, schema)
        self._sessions.add(session)
        return session

    def forget(self, session: DuckSession) -> None:
        """A session was closed."""
        self._sessions.discard(session)

    def close(self) -> None:
        with self._lock:
            for session in self._sessions:
                session.close()
            self.store.close()
            self._mark.close()
            for room in (self.temporary, self.kept_files):
                shutil.rmtree(room, ignore_errors=True)
            if self._passing is not None:
                self._passing()

    def interrupt(self, seconds: float) -> None:
        """Stop all statements that run, and wait so long for their end."""
        until = time.monotonic() + seconds
        while (running := [one for one in self._sessions if one.since is not None]) and time.monotonic() < until:
            for session in running:
                session.interrupt()
            time.sleep(0.05)

    # Snapshots

    def snapshot(self) -> Snapshot:
        taken = snapshots.take(self, next(self._order))
        self._snapshots.add(taken)
        return taken

    def check_snapshot(self, snapshot: Snapshot) -> None:
        if snapshot not in self._snapshots:
            raise snapshots.unknown()

    def restore(self, snapshot: Snapshot) -> None:
        for other in self._snapshots:
            if other.order > snapshot.order:
                self._snapshots.discard(other)
        snapshots.restore(self, snapshot)
        there = self.names.numbers()
        self._garbage = [(version, place) for version, place in self._garbage if place not in there]
        # An earlier snapshot may have what was purged after it was taken.
        needed = there.union(*(one.names.numbers() for one in self._snapshots))
        if self.store.last > snapshot.point.place and not self.store.sweep(needed):  # what was made since is gone
            self.store.begin_after(snapshot.point.place)

    def export(self, folder: Path) -> None:
        exports.write(self, folder)

    def take_over(self, folder: Path) -> None:
        exports.read(self, folder)

    def open_numbers(self) -> list[int]:
        """The numbers of the transactions that are open and have changed rows."""
        return [number for one in self._sessions if (number := one.own) is not None]

    def connections(self) -> list[object]:
        return [self.store.duck, *(session.connection for session in self._sessions)]

    def in_one_step(self) -> AbstractContextManager[object]:
        """What changes names in it, and the catalog, is one change to everybody."""
        return self.map.changing()

    # Stages

    def stage(self, number: int) -> Path:
        """The folder of the stage with this number, which no other stage has, nor had."""
        folder = self.stages / NAMED / str(number)
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def drop_stage(self, number: int) -> None:
        """A stage is gone, with its files."""
        shutil.rmtree(self.stages / NAMED / str(number), ignore_errors=True)

    def adopt_stage(self, stage: TablePath, made: str, number: int) -> None:
        """Take over the files that a stage had in an earlier release, if it was made at this moment."""
        before = earlier_folder(self.stages, *attrs.astuple(stage))
        told = before.with_name(f"{before.name}.edition")
        if before.is_dir() and told.exists() and told.read_text() == made:
            self.store.rename_loads(f"{before.relative_to(self.stages)}/", f"{NAMED}/{number}/")
            before.rename(self.stage(number))
            told.unlink()

    def temporary_stage(self) -> Path:
        """The folder of a new stage of one session."""
        return Path(tempfile.mkdtemp(dir=self.temporary))

    # Databases

    def databases(self) -> list[str]:
        return sorted(self.names.databases)

    def create_database(self, name: str) -> None:
        self.map.add_database(name)

    def clone_database(self, source: str, target: str, past: Past | None = None) -> None:
        database = self.names.database(source)
        copies = {
            (target, name): self._copies((source, name), schema, past)
            for name, schema in database.schemas.items()
            if past is None or name in past.schemas
        }
        with self.map.changing():
            self.map.add_database(target)
            self._add(copies)

    def drop_database(self, name: str, kept: str) -> None:
        with self._alone_in(self.names.database(name).schemas.values(), name):
            self.map.keep_database(name, kept)

    def restore_database(self, kept: str, name: str) -> None:
        self.map.restore_database(kept, name)

    @contextmanager
    def _alone_in(self, schemas: Iterable[Schema], name: str) -> Generator[None]:
        """No transaction that is open has changed a table of these schemas. Locked while one has."""
        owner = object()
        try:
            for number in (one.number for schema in schemas for one in schema.named("table").values()):
                if not self.locks.acquire(number, Use.SHAPE, owner, 0):
                    raise Locked(name, partial(self.locks.keep, number, Use.SHAPE), self.locks.leave)
            yield
        finally:
            self.locks.release(owner)

    # Schemas

    def schemas(self, database: str) -> list[str]:
        return sorted(self.names.database(database).schemas)

    def create_schema(self, database: str, name: str) -> None:
        self.map.add_schema(database, name)

    def clone_schema(
        self, database: str, name: str, target_database: str, target: str, past: Past | None = None
    ) -> None:
        things = self._copies((database, name), self.names.schema(database, name), past)
        with self.map.changing():
            self._add({(target_database, target): things})

    def drop_schema(self, database: str, name: str, kept: str) -> None:
        with self._alone_in([self.names.schema(database, name)], name):
            self.map.keep_schema(database, name, kept)

    def restore_schema(self, kept: str, database: str, name: str) -> None:
        self.map.restore_schema(kept, database, name)

    # Tables

    def tables(self, database: str, schema: str) -> list[str]:
        return self.of_resource("table", database, schema)

    def of_resource(self, resource: str, database: str, schema: str) -> list[str]:
        tables = self.names.schema(database, schema).named("table")
        return [name for name, thing in tables.items() if thing.resource == resource]

    def views(self, database: str, schema: str) -> list[str]:
        return list(self.names.schema(database, schema).named("view"))

    def streams(self, database: str, schema: str) -> list[str]:
        return list(self.names.schema(database, schema).named("stream"))

    def columns(self, table: TablePath) -> list[Column] | None:
        thing = self.names.find("table", attrs.astuple(table))
        if thing is None or thing.kind != "table":
            return None
        return columns_of(thing)

    def made(self, kind: str, database: str | None = None, schema: str | None = None) -> list[Made]:
        """Those of a kind that are no tables, everywhere or in a database or schema."""
        return [
            _made(path, thing)
            for path, thing in self.names.placed()
            if thing.kind == kind and database in (None, path[0]) and schema in (None, path[1])
        ]

    def find_made(self, kind: str, path: TablePath) -> Made | None:
        at = attrs.astuple(path)
        thing = self.names.find("table" if kind == "view" else kind, at)
        return _made(at, thing) if thing is not None and thing.kind == kind else None

    def set_owner(self, made: Made, owner: str) -> None:
        thing = self.names.find("table" if made.kind == "view" else made.kind, attrs.astuple(made.path))
        if thing is not None:
            self.map.change(attrs.astuple(made.path), attrs.evolve(thing, facts={**thing.facts, "owner": owner}))

    def count(self, table: TablePath) -> int:
        number = self.map.need_table(attrs.astuple(table)).number
        return self.counts.of([number])[number]

    def count_together(self, tables: Iterable[TablePath]) -> None:
        found = [self.names.find("table", (one.database, one.schema, one.name)) for one in tables]
        self.counts.of(thing.number for thing in found if thing is not None and thing.kind == "table")

    def clone_table(self, source: TablePath, target: TablePath, *, rows: bool = True, at: Moment | None = None) -> None:
        path: Name = attrs.astuple(source)
        thing = self.copy(path, self.map.need_table(path), rows=rows, at=at)
        self.map.add(attrs.astuple(target), thing)

    def note(self, statement: str) -> None:
        self.versions.note(statement)

    def time_of(self, moment: Moment) -> datetime:
        return self.versions.instant(moment).time - timedelta(microseconds=moment.before)

    def create_dynamic_table(self, table: TablePath, source: DynamicSource) -> None:
        path: Name = attrs.astuple(table)
        self.map.add(path, dynamic.make(self, path, source))

    def change_dynamic_table(self, table: TablePath, **facts: Any) -> None:
        dynamic.change(self, attrs.astuple(table), **facts)

    def refresh_dynamic_table(self, table: TablePath) -> None:
        dynamic.refresh(self, attrs.astuple(table), "MANUAL")

    def refreshed(self, table: TablePath) -> datetime | None:
        return dynamic.refreshed(self, table)

    def refreshes(self, table: TablePath) -> list[Refresh]:
        return dynamic.refreshes(self, table)

    def fill_external_table(self, table: TablePath, query: str, stages: Mapping[TablePath, Stage]) -> None:
        self._fill("table", table, query, stages)

    def list_files(self, stage: TablePath, query: str, *, again: bool) -> None:
        if (self.names.find("directory", attrs.astuple(stage)) is not None) is again:
            self._fill("directory", stage, query, {})

    def drop_directory(self, stage: TablePath, kept: str) -> None:
        if self.names.find("directory", attrs.astuple(stage)) is not None:
            self.map.keep(attrs.astuple(stage), kept, "directory")

    def restore_directory(self, kept: str, stage: TablePath) -> None:
        if kept in self.map.read().kept:
            self.map.restore(kept, attrs.astuple(stage))

    def _fill(self, kind: str, table: TablePath, query: str, stages: Mapping[TablePath, Stage]) -> None:
        """Have an external table, or the directory table of a stage, hold what a query gives."""
        path: Name = attrs.astuple(table)
        session = self.connect(table.database, table.schema)
        try:
            session.scope.move(*session.current)
            session.stages = stages
            made: Any = staged.staged(session, session.parse(f"CREATE TABLE t AS {query}"))
            thing = definitions.make_table(session, made, None)
        finally:
            session.sheets.clear()
            session.close()
        thing = attrs.evolve(thing, kind=kind, facts={**thing.facts, "resource": "external-table"})
        if self.names.find(kind, path) is None:
            self.map.add(path, thing)
        else:
            columns = ", ".join(map(physical, range(len(thing.fields))))
            dynamic.hold(self, path, f"SELECT {columns} FROM t{thing.number}", kind)
            self.let_go(thing)

    def create_event_table(self, table: TablePath) -> None:
        self._create(table, tuple(Field(name, type_) for name, type_ in EVENT), {"resource": "event-table"})

    def create_foreign_table(self, table: TablePath) -> None:
        self._create(table, (), {"foreign": True})

    def _create(self, table: TablePath, fields: tuple[Field, ...], facts: dict[str, Any]) -> None:
        thing = Thing("table", self.store.number(), fields, facts=facts)
        with self.store.cursor() as duck, self.versions.writing(duck) as transaction:
            make(duck, thing)
        self.map.add(attrs.astuple(table), attrs.evolve(thing, since=transaction))

    def held_keys(self, table: TablePath) -> list[HeldKey]:
        thing = self.names.find("table", attrs.astuple(table))
        return keys.told(self.names, thing) if thing is not None else []

    def forget_references(self, table: TablePath) -> list[TablePath]:
        thing = self.map.need_table(attrs.astuple(table))
        referring = keys.unreferring(self.names, thing.id)
        for path, left in referring:
            self.map.change(path, left)
        return [TablePath(*path) for path, _ in referring]

    def create_policy(self, path: TablePath, policy: Policy, owner: str, *, replace: bool) -> None:
        thing = policies.make(policy, owner, self.clock().isoformat(timespec="milliseconds"))
        self.map.add(attrs.astuple(path), thing, replace=replace)

    def policy(self, kind: str, path: TablePath) -> Policy | None:
        thing = self.names.find(kind, attrs.astuple(path))
        return policies.told(thing) if thing is not None else None

    def change_policy(self, path: TablePath, policy: Policy) -> None:
        at: Name = attrs.astuple(path)
        thing = self.names.find(policy.kind, at)
        assert thing is not None
        changed = attrs.evolve(thing, text=policy.body, facts={**thing.facts, "comment": policy.comment})
        self.map.change(at, changed)

    def drop_policy(self, kind: str, path: TablePath) -> None:
        self.map.remove(kind, attrs.astuple(path))

    def rename_policy(self, kind: str, path: TablePath, target: TablePath) -> None:
        self.map.move(kind, attrs.astuple(path), attrs.astuple(target))

    def policy_uses(self, kind: str, path: TablePath | None = None, on: TablePath | None = None) -> list[PolicyUse]:
        at: Name | None = None if on is None else attrs.astuple(on)
        return [use for of, use in policies.uses(self.names, at) if of == kind and path in (None, use.policy)]

    def forget_translations(self) -> None:
        self.translations = Translations()

    def create_stream(self, stream: TablePath, source: StreamSource) -> None:
        self.map.add(attrs.astuple(stream), streams.make(self, source))

    def clone_stream(self, source: TablePath, target: TablePath) -> None:
        thing = self.map.need_table(attrs.astuple(source))
        self.map.add(attrs.astuple(target), streams.copied(self, thing, {}))

    def stream(self, stream: TablePath) -> StreamFacts:
        return streams.facts(self, attrs.astuple(stream))

    def drop_table(self, table: TablePath, kept: str) -> None:
        self.map.keep(attrs.astuple(table), kept)

    def restore_table(self, kept: str, table: TablePath) -> None:
        self.map.restore(kept, attrs.astuple(table))

    def rename_table(self, table: TablePath, target: TablePath) -> None:
        self.map.move("table", attrs.astuple(table), attrs.astuple(target))

    def purge(self, kept: str) -> None:
        top = self.names.kept.get(kept)
        self.map.purge(kept)
        for thing in things_of(top) if top is not None else ():
            self.let_go(thing)
            if thing.kind == "table" and all(one.home != thing.home for one in self.names.every()):
                self.map.afterwards(partial(shutil.rmtree, self.stages / TABLES / str(thing.home), True))

    def let_go(self, thing: Thing) -> None:
        """Nothing is called so any more: its rows go when no statement reads them, and no transaction changes them."""
        self.counts.forget(thing.number)
        found = [f"s{thing.number}"] if thing.kind == "sequence" else []
        found += [f"{room}{number}" for number in thing.places for room in "th"] if thing.has_rows else []
        self.map.afterwards(lambda: self._throw_away(found))

    def _throw_away(self, places: list[str]) -> None:
        with self._lock:
            self._garbage += [(self.names.version, place) for place in places]
        self.sweep()

    def sweep(self) -> None:
        """Drop what was let go before the oldest statement that runs began."""
        if not self._garbage:
            return
        with self._lock:
            oldest = min((since for one in self._sessions if (since := one.since) is not None), default=None)
            kept = max((one.point.place for one in self._snapshots), default=0)
            left: list[tuple[int, str]] = []
            for version, place in self._garbage:
                number = int(place[1:])
                if (oldest is not None and oldest <= version) or number <= kept or self.locks.is_held(number):
                    left.append((version, place))
                    continue
                try:
                    self.store.drop(place)
                except duckdb.Error:  # a transaction that is open has changed it
                    left.append((version, place))
            self._garbage = left

    # History

    def retention(self, path: Name) -> timedelta:
        """How long a table's history is kept."""
        return timedelta(days=self._days(path[0], *_RETENTION)(path))

    def extension(self, path: Name) -> timedelta:
        """How long it is kept at most for streams that have not been consumed."""
        return timedelta(days=self._days(path[0], *_EXTENSION)(path))

    def purge_history(self, now: datetime) -> None:
        """Forget the history whose retention is over, if nobody did so of late, and no snapshot needs it."""
        if not self.versions.is_purge_due(now) or list(self._snapshots):
            return
        kept = {name: self._days(name, *_RETENTION) for name in self.names.databases}
        longer = {name: self._days(name, *_EXTENSION) for name in self.names.databases}
        waiting: dict[int, datetime] = {}
        """The oldest offset of the streams that follow a table, by its id."""
        for id_, offset in streams.followed(self):
            waiting[id_] = min(waiting.get(id_, offset.time), offset.time)
        since: dict[int, datetime] = {}
        for path, thing in list(self.names.placed()):
            if thing.has_rows:
                until = now - timedelta(days=kept[path[0]](path))
                if (offset := waiting.get(thing.id)) is not None:
                    until = min(until, max(offset, now - timedelta(days=longer[path[0]](path))))
                since |= dict.fromkeys(thing.places, until)
        for session in self._sessions:
            own = [thing.number for thing in list(session.temporary.values()) if thing.kind == "table"]
            since |= dict.fromkeys(own, now - timedelta(days=1))
        self.versions.purge(since)
        self._forget_eras(since)

    def _days(self, database: str, name: str, default: float) -> Callable[[Name], float]:
        """What is said in days of a table, or else of its schema, or else of its database."""
        facts = [self.account.facts(kind, database) for kind in ("table", "schema", "database")]
        facts[0] = {**facts[0], **self.account.facts("dynamic-table", database)}

        def days(path: Name) -> float:
            told = [said.get(place, {}) for said, place in zip(facts, (path[1:], path[1:2], ()))]
            found = next((float(one[name]) for one in told if one.get(name) is not None), default)
            return min(found, default) if told[0].get("kind") == "TRANSIENT" and name == _RETENTION[0] else found

        return days

    def need_tracking(self, path: Name) -> None:
        """AccountError 091930 if CHANGES may not be asked of a table."""
        said = self.account.facts("table", path[0]).get(path[1:], {})
        if not said.get("change_tracking"):
            text = "Change tracking is not enabled or has been missing for the time range requested on table"
            raise AccountError(
                400, "091930", "2F003", f"SQL compilation error:\n{text} '{'.'.join(map(shown, path))}'."
            )

    def _forget_eras(self, since: Mapping[int, datetime]) -> None:
        """Let go of the places that tables had before the time which their history covers."""
        if not any(thing.earlier for _, thing in self.names.placed()):
            return
        with self.map.changing() as names:
            for path, thing in [(path, thing) for path, thing in names.placed() if thing.earlier]:
                oldest = self.versions.at(since.get(thing.number, self.clock() - timedelta(days=1)))
                until = [*(era.since for era in thing.earlier[1:]), thing.since]
                left = tuple(era for era, end in zip(thing.earlier, until) if end > oldest)
                if len(left) < len(thing.earlier):
                    gone = thing.earlier[: len(thing.earlier) - len(left)]
                    self.map.change(path, attrs.evolve(thing, earlier=left))
                    last = attrs.evolve(thing, number=gone[-1].number, earlier=gone[:-1])
                    self.let_go(last)

    # Copies

    def _copies(self, schema: tuple[str, str], inner: Schema, past: Past | None) -> list[tuple[str, Thing]]:
        """Copies of what is in a schema, or was in it, with the ids of their models."""
        at, there = None, dict(inner.things)
        if past is not None:
            at, then = past.at, self.versions.instant(past.at)
            there = {key: thing for key, thing in there.items() if _was_there(thing, then)}
            for (of, name), keys in past.dropped.items():
                found = [one for key in keys if isinstance(one := self.names.kept.get(key), Thing)]
                was = next((one for one in found if _was_there(one, then)), None)
                if of == schema[1] and was is not None:
                    there[was.space, name] = was
        return [(name, self.copy((*schema, name), one, rows=True, at=at)) for (_, name), one in there.items()]

    def copy(self, path: Name, thing: Thing, *, rows: bool, at: Moment | None = None) -> Thing:
        """A new thing that is like another one is, or was. path: where that one is called for."""
        if thing.kind == "sequence":
            number = self.store.copy_sequence(thing.number, thing.facts["start"], thing.facts["step"])
            return attrs.evolve(thing, number=number)
        if thing.kind != "table":
            return thing
        source, was = f"t{thing.number}", thing.fields
        if at is not None:
            then = self.versions.instant(at)
            self.versions.need(thing, path, then, self.retention(path))
            past = self.versions.rows_of_era(thing, then)
            source, was = past.sql, past.fields
        fields = tuple(self._own_numbers(field) for field in was)
        copy = attrs.evolve(thing, number=self.store.number(), fields=fields, earlier=(), first=0)
        with self.store.cursor() as duck, self.versions.writing(duck) as transaction:
            make(duck, copy)
            if rows:
                run_one(duck, f"INSERT INTO t{copy.number} FROM {source}")
        return attrs.evolve(copy, since=transaction)

    def _own_numbers(self, field: Field) -> Field:
        """What numbers the rows of the source goes on by itself in the copy."""
        if field.identity is None:
            return field
        identity = field.identity
        sequence = self.store.copy_sequence(identity.sequence, identity.start, identity.step)
        return attrs.evolve(field, identity=attrs.evolve(identity, sequence=sequence))

    def _add(self, copies: Mapping[tuple[str, str], Sequence[tuple[str, Thing]]]) -> None:
        """Give copies their places, by database and schema; streams last, since they follow others."""
        every = [((*schema, name), thing) for schema, things in copies.items() for name, thing in things]
        for schema in copies:
            self.map.add_schema(*schema)
        ids = {thing.id: (path, self.map.add(path, thing).id) for path, thing in every if thing.kind != "stream"}
        of_ids = {model: id_ for model, (_, id_) in ids.items()}
        for path, thing in every:
            moved = policies.moved(keys.moved(thing, of_ids), ids) if thing.kind != "stream" else thing
            if moved != thing:
                self.map.change(path, attrs.evolve(moved, id=of_ids[thing.id]))
        for path, thing in every:
            if thing.kind == "stream":
                self.map.add(path, streams.copied(self, thing, ids))


def _made(path: Name, thing: Thing) -> Made:
    facts = thing.facts
    return Made(thing.kind, TablePath(*path), thing.id, facts.get("owner", "ACCOUNTADMIN"), facts.get("created_on", ""))


def _was_there(thing: Thing, then: Instant) -> bool:
    if thing.kind == "table":
        return min(era.since for era in (thing, *thing.earlier)) <= then.version
    made = thing.facts.get("created_on")
    return made is None or datetime.fromisoformat(made) <= then.time
