"""What exists in the account: one SQLite file, in which every acknowledged change survives the end of the process.

Objects are found from above: a database by its name, a schema in its database, a table in its schema. What is dropped
stays under its parent, out of sight, and so leaves and comes back together with it.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Collection, Generator, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import attrs
import orjson

from ...engine import forks
from ...engine.errors import AccountError
from .grants import Grants
from .secrets import row_without_values

VERSION = 1
_FILE = "catalog.sqlite"

NEW = "SNOWCORE_NEW_"
"""How the names begin of tables that are made aside, to take their places in one step."""

_SCHEMA = """
CREATE TABLE account (version INTEGER NOT NULL);
CREATE TABLE objects (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    parent INTEGER NOT NULL,
    name TEXT NOT NULL,
    properties TEXT NOT NULL,
    state TEXT NOT NULL,
    owner TEXT NOT NULL,
    created_on TEXT NOT NULL,
    dropped_on TEXT
);
CREATE UNIQUE INDEX live ON objects (parent, kind, name) WHERE dropped_on IS NULL;
CREATE INDEX dropped ON objects (parent, kind, name) WHERE dropped_on IS NOT NULL;
CREATE INDEX finalizers ON objects (parent, json_extract(properties, '$.finalize')) WHERE kind = 'task';
CREATE TABLE tags (
    object INTEGER NOT NULL REFERENCES objects (id) ON DELETE CASCADE,
    database TEXT NOT NULL,
    schema TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (object, database, schema, name)
) WITHOUT ROWID;
CREATE TABLE graph_runs (
    run_id INTEGER NOT NULL,
    attempt INTEGER NOT NULL,
    root INTEGER NOT NULL,
    state TEXT NOT NULL,
    row TEXT NOT NULL,
    completed_time TEXT,
    PRIMARY KEY (run_id, attempt)
) WITHOUT ROWID;
CREATE INDEX runs_of_root ON graph_runs (root, run_id);
CREATE TABLE task_runs (
    run_id INTEGER NOT NULL,
    attempt INTEGER NOT NULL,
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    row TEXT NOT NULL,
    PRIMARY KEY (run_id, attempt, name)
) WITHOUT ROWID;
"""

_MASKING = "kind = 'tag' AND json_extract(state, '$.masking') IS NOT NULL"
_ADDED = (
    f"CREATE INDEX IF NOT EXISTS masking ON objects (id) WHERE {_MASKING}",
    "CREATE TABLE IF NOT EXISTS clock (ahead INTEGER NOT NULL)",
    "CREATE TABLE IF NOT EXISTS alert_runs ("
    " id INTEGER PRIMARY KEY, alert INTEGER NOT NULL, state TEXT NOT NULL, row TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS compute_runs (id INTEGER PRIMARY KEY, object INTEGER NOT NULL, kind TEXT NOT NULL,"
    " name TEXT NOT NULL, rate REAL NOT NULL, least INTEGER NOT NULL, started TEXT NOT NULL, ended TEXT)",
)
"""What catalogs of an earlier release don't have. clock: how many microseconds it was moved ahead, in one row.
compute_runs: when warehouses and compute pools ran, credits an hour, seconds that are paid for at least."""

_SELECT = """
SELECT o.id, o.kind, o.parent, g.name, p.name, o.name, o.properties, o.state, o.owner, o.created_on, o.dropped_on
FROM objects o LEFT JOIN objects p ON p.id = o.parent LEFT JOIN objects g ON g.id = p.parent
"""


@attrs.frozen
class Entry:
    """An object as the catalog has it."""

    id: int
    kind: str
    parent: int
    """The id of the database or schema that it is in, 0 for the account."""
    path: tuple[str, ...]
    """Its canonical name, after those of its database and schema."""
    properties: dict[str, Any]
    """What was declared: what a body said, normalised."""
    state: dict[str, Any] = attrs.field(repr=False)
    """What became of it since, with what is in it if it is a secret."""
    owner: str
    created_on: str
    dropped_on: str | None = None

    @property
    def name(self) -> str:
        return self.path[-1]

    @property
    def kept(self) -> str:
        """The key under which the engine keeps it while it isn't in its place."""
        return f"{self.kind}_{self.id}"


def is_there(folder: Path) -> bool:
    """Whether there is an account in a folder."""
    return (folder / _FILE).exists()


class Catalog:
    def __init__(self, folder: Path | None, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._lock = threading.RLock()
        self._depth = 0
        self._waiting: list[Callable[[bool], None]] = []
        self.on_commit: Callable[[], None] = lambda: None
        """Told after each transaction."""
        self.version = 0
        """Grows with each transaction."""
        file = None if folder is None else folder / _FILE
        if file is not None and not file.exists():
            # To open and close a file that is in use would give up SQLite's locks on it.
            os.close(os.open(file, os.O_CREAT | os.O_WRONLY, 0o600))
        place = ":memory:" if file is None else str(file)
        try:
            self._connection = sqlite3.connect(place, isolation_level=None, check_same_thread=False, timeout=0)
        except sqlite3.Error as error:
            raise _damaged(place, error) from error
        forks.leave_open_in_children(self)
        try:
            # An exclusive lock from the first write on keeps a second process out.
            self._connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = FULL")
            self._connection.execute("PRAGMA foreign_keys = ON")
            self._connection.execute("BEGIN IMMEDIATE")
            self._prepare()
            self._connection.execute("COMMIT")
        except BaseException as error:
            self._connection.close()
            if isinstance(error, sqlite3.OperationalError) and "locked" in str(error):
                raise AccountError(
                    409, "000625", "57014", f"The account at {folder} is in use by another process or LocalAccount."
                ) from None
            if isinstance(error, sqlite3.Error):
                raise _damaged(place, error) from error
            raise
        self.grants = Grants(self)
        for statement in _ADDED:
            self.rows(statement)

    def _prepare(self) -> None:
        ((found,),) = self._connection.execute("PRAGMA quick_check(1)").fetchall()
        if found != "ok":
            raise sqlite3.DatabaseError(" ".join(found.split()))
        if not self._connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'account'").fetchone():
            for statement in _SCHEMA.split(";\n"):
                self._connection.execute(statement)
            self._connection.execute("INSERT INTO account VALUES (?)", (VERSION,))
        (version,) = self._connection.execute("SELECT version FROM account").fetchone()
        if version != VERSION:
            text = f"The account was made by another version of snowcore: {version}, not {VERSION}."
            raise AccountError(500, "000603", "XX000", text)

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    def copied(self) -> sqlite3.Connection:
        """A copy of the file, in memory."""
        copy = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        with self._lock:
            self._connection.backup(copy)
        return copy

    def become(self, copy: sqlite3.Connection) -> None:
        """Have the file be what a copy of it is, in one step."""
        with self._lock:
            copy.backup(self._connection)
            self.version += 1

    def lines(self, but: Collection[str]) -> Iterator[tuple[str, bytes]]:
        """Each table but some, with its rows as lines of JSON, after one with the columns. Nothing is in secrets."""
        for (table,) in self.rows("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"):
            if table not in but:
                with self._lock:
                    found = self._connection.execute(f'SELECT * FROM "{table}"')
                    columns = [column[0] for column in found.description]
                    rows = (row_without_values(columns, row) for row in found) if table == "objects" else found
                    yield table, b"\n".join(map(orjson.dumps, [columns, *rows]))

    def empty(self, but: Collection[str]) -> None:
        """Take all rows of each table but some."""
        for (table,) in self.rows("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"):
            if table not in but:
                self.rows(f'DELETE FROM "{table}"')

    def fill(self, table: str, lines: Iterator[Any]) -> None:
        """Have a table hold rows that come after the names of their columns. ValueError if it can't."""
        known = [name for _, name, *_ in self.rows("SELECT * FROM pragma_table_info(?)", table)]
        columns = next(lines)
        if not known or not set(columns) <= set(known):
            raise ValueError(f"{table} is of a later release")
        sql = f'INSERT INTO "{table}" ({", ".join(columns)}) VALUES ({", ".join("?" * len(columns))})'
        try:
            with self._lock:
                self.rows(f'DELETE FROM "{table}"')  # SQLite itself counts in one of them
                self._connection.executemany(sql, lines)
        except sqlite3.Error as error:
            raise ValueError(f"the rows of {table} don't fit: {error}") from None

    def connections(self) -> list[object]:
        return [self._connection]

    def now(self) -> str:
        return stamp(self._clock())

    def ahead(self) -> timedelta:
        """How far the account's clock was moved ahead of its source."""
        return timedelta(microseconds=next((ahead for (ahead,) in self.rows("SELECT ahead FROM clock")), 0))

    def keep_ahead(self, ahead: timedelta) -> None:
        with self.transaction():
            self.rows("DELETE FROM clock")
            self.rows("INSERT INTO clock VALUES (?)", ahead // timedelta(microseconds=1))

    @contextmanager
    def transaction(self) -> Generator[None]:
        """Everything in it happens, or nothing. One inside of another is part of it."""
        with self._lock:
            if self._depth == 0:
                self._connection.execute("BEGIN IMMEDIATE")
            self._depth += 1
            try:
                yield
            except BaseException:
                self._depth -= 1
                if self._depth == 0:
                    self._undo()
                raise
            self._depth -= 1
            if self._depth == 0:
                try:
                    self._connection.execute("COMMIT")
                except BaseException:
                    self._undo()
                    raise
                self._ended(committed=True)

    def at_end(self, tell: Callable[[bool], None]) -> None:
        """Have somebody told when the transaction that is open ends, and whether it was committed."""
        if self._depth:
            self._waiting.append(tell)

    def _undo(self) -> None:
        if self._connection.in_transaction:  # SQLite may have done so by itself, such as on a full disk
            self._connection.execute("ROLLBACK")
        self._ended(committed=False)

    def _ended(self, *, committed: bool) -> None:
        waiting, self._waiting = self._waiting, []
        for tell in waiting:
            tell(committed)
        if committed:
            self.version += 1
            self.on_commit()

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._connection.execute(sql, values).fetchall()

    # Objects

    def next_id(self) -> int:
        """The id that the next object will get, if nobody else adds one before."""
        ((last,),) = self.rows("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'objects'")
        return last + 1

    def skip_ids(self) -> None:
        """Begin with ids that no catalog before this one can have given out, one each second."""
        self.rows("INSERT INTO sqlite_sequence (name, seq) VALUES ('objects', ?)", int(self._clock().timestamp()))

    def get(self, id_: int) -> Entry:
        return _entry(self.rows(f"{_SELECT} WHERE o.id = ?", id_)[0])

    def find(self, kind: str, parent: int, name: str) -> Entry | None:
        rows = self.rows(
            f"{_SELECT} WHERE o.parent = ? AND o.kind = ? AND o.name = ? AND o.dropped_on IS NULL", parent, kind, name
        )
        return _entry(rows[0]) if rows else None

    def last_dropped(self, kind: str, parent: int, name: str) -> Entry | None:
        rows = self.rows(
            f"{_SELECT} WHERE o.parent = ? AND o.kind = ? AND o.name = ? AND o.dropped_on IS NOT NULL"
            " ORDER BY o.dropped_on DESC, o.id DESC LIMIT 1",
            parent,
            kind,
            name,
        )
        return _entry(rows[0]) if rows else None

    def children(self, parent: int, kind: str, *, dropped: bool = False) -> list[Entry]:
        """Those that live, by name; with dropped=True the others too."""
        alive = "" if dropped else " AND o.dropped_on IS NULL"
        sql = f"{_SELECT} WHERE o.parent = ? AND o.kind = ?{alive} ORDER BY o.name, o.id"
        return [_entry(row) for row in self.rows(sql, parent, kind)]

    def select(self, condition: str, *values: Any) -> list[Entry]:
        """Those that live and of which a condition holds in SQL, where they are called `o`."""
        return [_entry(row) for row in self.rows(f"{_SELECT} WHERE o.dropped_on IS NULL AND {condition}", *values)]

    def dropped(self) -> list[Entry]:
        """All that was dropped and is kept for UNDROP."""
        return [_entry(row) for row in self.rows(f"{_SELECT} WHERE o.dropped_on IS NOT NULL")]

    def below(self, entry: Entry) -> Iterator[Entry]:
        """All that is in an object, and was dropped there."""
        for row in self.rows(f"{_SELECT} WHERE o.parent = ?", entry.id):
            yield (one := _entry(row))
            yield from self.below(one)

    def all(self, kind: str) -> list[Entry]:
        """Those of every database and schema that live and whose database and schema do."""
        return self.select("o.kind = ? AND p.dropped_on IS NULL AND g.dropped_on IS NULL ORDER BY o.id", kind)

    def add(
        self,
        kind: str,
        parent: int,
        name: str,
        properties: Mapping[str, Any],
        state: Mapping[str, Any],
        owner: str,
    ) -> Entry:
        with self.transaction():
            ((id_,),) = self.rows(
                "INSERT INTO objects (kind, parent, name, properties, state, owner, created_on)"
                " VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id",
                kind,
                parent,
                name,
                packed(properties),
                packed(state),
                owner,
                self.now(),
            )
            return self.get(id_)

    def update(
        self, entry: Entry, *, properties: Mapping[str, Any] | None = None, state: Mapping[str, Any] | None = None
    ) -> Entry:
        """Replace the properties, or the state, or both."""
        with self.transaction():
            if properties is not None:
                self.rows("UPDATE objects SET properties = ? WHERE id = ?", packed(properties), entry.id)
            if state is not None:
                self.rows("UPDATE objects SET state = ? WHERE id = ?", packed(state), entry.id)
            return self.get(entry.id)

    def move(self, *moves: tuple[Entry, int, str]) -> None:
        """Give entries other parents and names, all at once, so that two can swap theirs."""
        with self.transaction():
            for entry, _, _ in moves:
                self.rows("UPDATE objects SET name = ? WHERE id = ?", f"\0{entry.id}", entry.id)
            for entry, parent, name in moves:
                self.rows("UPDATE objects SET parent = ?, name = ? WHERE id = ?", parent, name, entry.id)

    def drop(self, entry: Entry) -> None:
        with self.transaction():
            self.rows("UPDATE objects SET dropped_on = ? WHERE id = ?", self.now(), entry.id)

    def restore(self, entry: Entry) -> None:
        with self.transaction():
            self.rows("UPDATE objects SET dropped_on = NULL WHERE id = ?", entry.id)

    def remove(self, entry: Entry) -> None:
        """Forget an object for good, with all that is in it."""
        with self.transaction():
            for (id_,) in self.rows("SELECT id FROM objects WHERE parent = ?", entry.id):
                self.remove(self.get(id_))
            self.rows("DELETE FROM objects WHERE id = ?", entry.id)
            self.grants.forget(entry.id)

    def set_owner(self, entry: Entry, owner: str) -> None:
        with self.transaction():
            self.rows("UPDATE objects SET owner = ? WHERE id = ?", owner, entry.id)
            self.grants.changed()

    def replace_owner(self, owner: str, heir: str) -> None:
        """What one role owns, another one owns, and has granted what the first one did."""
        with self.transaction():
            self.rows("UPDATE objects SET owner = ? WHERE owner = ?", heir, owner)
            self.grants.regrant(owner, heir)
            self.grants.changed()

    # Tags

    def tags(self, entry: Entry) -> list[tuple[str, str, str, str]]:
        """Database, schema, name and value of the tags that are set on the object itself."""
        return [
            (database, schema, name, value)
            for database, schema, name, value in self.rows(
                "SELECT database, schema, name, value FROM tags WHERE object = ? ORDER BY 1, 2, 3", entry.id
            )
        ]

    def tags_mask(self) -> bool:
        """Whether there is a tag with masking policies."""
        return bool(self.rows(f"SELECT 1 FROM objects WHERE {_MASKING} LIMIT 1"))

    def set_tag(self, entry: Entry, tag: tuple[str, str, str], value: str | None) -> None:
        """Set a tag, or with None take it off."""
        if value is None:
            self.rows("DELETE FROM tags WHERE object = ? AND database = ? AND schema = ? AND name = ?", entry.id, *tag)
        else:
            self.rows("INSERT OR REPLACE INTO tags VALUES (?, ?, ?, ?, ?)", entry.id, *tag, value)


def _damaged(place: str, error: sqlite3.Error) -> AccountError:
    if isinstance(error, sqlite3.OperationalError):  # nothing is wrong with what is in it
        text = f"The account's catalog can't be read or written: {place}: {error}."
        return AccountError(500, "000603", "XX000", text)
    text = (
        f"The account's catalog can't be opened: {place}: {error}. If it is moved away, the account opens with its"
        " databases, schemas, tables and rows, and without what else was declared."
    )
    return AccountError(500, "000603", "XX000", text)


def stamp(moment: datetime) -> str:
    """A moment as answers give it: ISO 8601, in UTC, with its offset."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")


def packed(values: Mapping[str, Any]) -> str:
    return orjson.dumps(values).decode()


def _entry(row: tuple[Any, ...]) -> Entry:
    id_, kind, parent, *names, properties, state, owner, created_on, dropped_on = row
    path = tuple(name for name in names if name is not None)
    return Entry(id_, kind, parent, path, orjson.loads(properties), orjson.loads(state), owner, created_on, dropped_on)
