"""The SqlEngine on fakesnow: Snowflake's SQL put into DuckDB's, each database a DuckDB file or a piece of memory.

Here is what happens to whole databases, schemas and tables. `session` runs statements; `repairs` mends what fakesnow
gets wrong, `temporary` and `shapes` what DuckDB lacks; `failures` turns errors into Snowflake's, and `waiting` keeps
sessions out of each other's way.

What is dropped stays where it is, under a name that nobody sees: a table beside its schema's other tables, a schema in
its database. A dropped database on disk is a file that is not attached.
"""

from __future__ import annotations

import shutil
import tempfile
import threading
import weakref
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import duckdb

from snowcore._names import quote_identifier

from .. import forks
from ..engine import Column, TablePath
from ..errors import AccountError, exists, missing, unsupported
from ..names import literal, qualified
from .bounds import RESERVED_DATABASES, RESERVED_SCHEMAS, is_reserved
from .failures import readable
from .instance import (
    GLOBAL,
    KEPT,
    STAGES,
    database_furniture,
    moved_view,
    open_connection,
    open_instance,
    run_all,
    run_one,
)
from .results import snowflake_type
from .session import FakesnowSession
from .shapes import Shape, create, create_sequence, qualified_path, remake, sequences, shapes, with_numbers_of_its_own
from .waiting import Gate, TableLocks

__all__ = ["FakesnowEngine"]

_VIEWS = "_fs_views"
"""The table in which a copied schema remembers the views that it shall have."""


class FakesnowEngine:
    def __init__(self, path: Path | str | None = None) -> None:
        """An engine in memory, or kept in a folder that only one process may use at a time."""
        self._folder = None if path is None else Path(path)
        home = self._folder or Path(tempfile.mkdtemp(prefix="snowcore-"))
        self._passing = forks.remove_at_the_end(self, home) if self._folder is None else None
        self.stages = home / "stages"
        self._temporary = home / "temporary"
        shutil.rmtree(self._temporary, ignore_errors=True)  # of a process that was killed
        self._instance = open_instance(home)
        self._admin: Any = self._instance.duck_conn
        self._lock = threading.RLock()
        self._sessions: weakref.WeakSet[FakesnowSession] = weakref.WeakSet()
        forks.leave_open_in_children(self)
        self.gate = Gate()
        self.locks = TableLocks()
        if self._folder is not None:
            for room in (self._folder / "databases", self._folder / "kept"):
                for unfinished in room.glob("*.part*"):
                    unfinished.unlink()
            for file in sorted((self._folder / "databases").glob("*.db")):
                self._attach(unquote(file.stem))

    # Sessions

    def connect(self, database: str | None = None, schema: str | None = None) -> FakesnowSession:
        session = FakesnowSession(self, open_connection(self._instance))
        session.use(database, schema)
        self._sessions.add(session)
        return session

    def forget(self, session: FakesnowSession) -> None:
        """A session was closed."""
        self._sessions.discard(session)

    def close(self) -> None:
        with self._lock:
            for session in list(self._sessions):
                session.close()
            self._admin.close()
            shutil.rmtree(self._temporary, ignore_errors=True)
            if self._passing is not None:
                self._passing()

    def connections(self) -> list[object]:
        return [self._admin, *(session.connection for session in list(self._sessions))]

    def in_one_step(self) -> AbstractContextManager[None]:
        return nullcontext()  # each change is one of its own

    # Databases

    def databases(self) -> list[str]:
        rows = self._rows("SELECT database_name FROM duckdb_databases() WHERE NOT internal")
        return sorted(name for (name,) in rows if not _hidden(name) and name.upper() not in RESERVED_DATABASES)

    def create_database(self, name: str) -> None:
        with self._lock:
            self._new_database(name)
            self._attach(name)

    def clone_database(self, source: str, target: str) -> None:
        with self._lock:
            self._need_database(source)
            self._new_database(target)
            self._copy_database(source, target, self._file("databases", target), kept_too=False)
            self._attach(target)

    def drop_database(self, name: str, kept: str) -> None:
        with self._lock, self._nobody_inside():
            self._need_database(name)
            for session in self._sessions_in(name):
                session.lose()
            here, there = self._file("databases", name), self._file("kept", kept)
            if here is None or there is None:
                self._copy_database(name, KEPT + kept, None, kept_too=True)
                self._rows(f"DETACH {quote_identifier(name)}")
            else:
                self._rows(f"FORCE CHECKPOINT {quote_identifier(name)}")
                self._rows(f"DETACH {quote_identifier(name)}")
                here.rename(there)

    def restore_database(self, kept: str, name: str) -> None:
        with self._lock:
            self._new_database(name)
            here, there = self._file("databases", name), self._file("kept", kept)
            if here is None or there is None:
                self._copy_database(KEPT + kept, name, None, kept_too=True)
                self._rows(f"DETACH {quote_identifier(KEPT + kept)}")
            elif there.exists():
                there.rename(here)
            else:
                raise missing("database", name)
            self._attach(name)

    # Schemas

    def schemas(self, database: str) -> list[str]:
        return sorted(name for name in self._names("schema", database) if not _hidden(name) and name != "main")

    def create_schema(self, database: str, name: str) -> None:
        with self._lock:
            self._new_schema(database, name)
            self._rows(f"CREATE SCHEMA IF NOT EXISTS {qualified(database, name)}")

    def clone_schema(self, database: str, name: str, target_database: str, target: str) -> None:
        with self._lock:
            self._need_schema(database, name)
            self._new_schema(target_database, target)
            with self._transaction():
                self._copy_schema(database, name, target_database, target, kept_too=False)
            self._make_views(target_database, target)

    def drop_schema(self, database: str, name: str, kept: str) -> None:
        with self._lock, self.gate.alone():
            self._need_schema(database, name)
            for session in self._sessions_in(database, name):
                session.lose(name)
            with self._transaction():
                self._copy_schema(database, name, database, KEPT + kept, kept_too=True)
                self._rows(f"DROP SCHEMA {qualified(database, name)} CASCADE")

    def restore_schema(self, kept: str, database: str, name: str) -> None:
        with self._lock:
            self._new_schema(database, name)
            with self._transaction():
                self._copy_schema(database, KEPT + kept, database, name, kept_too=True)
                self._rows(f"DROP SCHEMA {qualified(database, KEPT + kept)} CASCADE")
            self._make_views(database, name)

    # Tables

    def tables(self, database: str, schema: str) -> list[str]:
        return sorted(name for name in self._names("table", database, schema) if not _hidden(name))

    def views(self, database: str, schema: str) -> list[str]:
        return sorted(self._names("view", database, schema))

    def columns(self, table: TablePath) -> list[Column] | None:
        if table.name not in self.tables(table.database, table.schema):
            return None  # or a view
        found = shapes(self._rows, table)
        return [Column(column.name, snowflake_type(column.type, column.length), column.nullable) for column in found]

    def alter_columns(self, table: TablePath, change: Callable[[list[Shape]], list[Shape]]) -> None:
        """For what DuckDB's ALTER TABLE can't do."""
        with self._lock, self.gate.alone():
            self._need_table(table)
            with self._transaction():
                remake(self._rows, table, change(shapes(self._rows, table)), GLOBAL)

    def count(self, table: TablePath) -> int:
        self._need_table(table)
        return self._rows(f"SELECT count(*) FROM {qualified_path(table)}")[0][0]

    def clone_table(self, source: TablePath, target: TablePath, *, rows: bool = True) -> None:
        with self._lock:
            self._need_table(source)
            self._new_table(target)
            with self._transaction():
                self._copy_table(source, target, rows=rows)

    def drop_table(self, table: TablePath, kept: str) -> None:
        with self._lock:
            self._need_table(table)
            self._rows(f"ALTER TABLE {qualified_path(table)} RENAME TO {quote_identifier(KEPT + kept)}")

    def restore_table(self, kept: str, table: TablePath) -> None:
        found = self._places_of_table(KEPT + kept)
        if not found:
            raise missing("table", table.name)
        self.rename_table(found[0], table)

    def rename_table(self, table: TablePath, target: TablePath) -> None:
        with self._lock:
            self._need_table(table)
            here = (table.database, table.schema) == (target.database, target.schema)
            if not here or table.name.upper() != target.name.upper():
                self._new_table(target)
            if here:
                self._rows(f"ALTER TABLE {qualified_path(table)} RENAME TO {quote_identifier(target.name)}")
                return
            with self._transaction():
                self._copy_table(table, target, rows=True)
                if table.database == target.database:
                    self._rows(f"DROP TABLE {qualified_path(table)}")
            if table.database != target.database:  # DuckDB writes to one database in a transaction
                self._rows(f"DROP TABLE {qualified_path(table)}")

    # Stages

    def stage(self, stage: TablePath, edition: str | None) -> bool:
        """Have a stage for SQL to use; if it is another edition than before, without files. None only looks for it."""
        names = _stage_names(stage)
        with self._lock:
            if edition is None:
                where = "database_name = ? AND schema_name = ? AND name = ?"
                return bool(self._rows(f"SELECT 1 FROM {STAGES} WHERE {where}", *names))
            folder = self.stages.joinpath(*names)
            known = folder.with_name(f"{stage.name}.edition")
            if not known.exists() or known.read_text() != edition:
                shutil.rmtree(folder, ignore_errors=True)
                folder.parent.mkdir(parents=True, exist_ok=True)
                known.write_text(edition)
            self._know_stage(names)
            return True

    def temporary_stage(self, stage: TablePath) -> Path:
        """A folder that stands for `stages` to one temporary stage, so that no other of its name is in its way."""
        names = _stage_names(stage)
        with self._lock:
            self._know_stage(names)
            return Path(tempfile.mkdtemp(dir=self._temporary))

    def _know_stage(self, names: tuple[str, str, str]) -> None:
        columns = "database_name, schema_name, name, type"
        self._rows(f"INSERT OR REPLACE INTO {STAGES} ({columns}) VALUES (?, ?, ?, 'INTERNAL')", *names)

    # What was dropped

    def purge(self, kept: str) -> None:
        with self._lock:
            file = self._file("kept", kept)
            if file is not None:
                file.unlink(missing_ok=True)
            if self._rows("SELECT 1 FROM duckdb_databases() WHERE database_name = ?", KEPT + kept):
                self._rows(f"DETACH {quote_identifier(KEPT + kept)}")
            for (database,) in self._rows(
                "SELECT database_name FROM duckdb_schemas() WHERE schema_name = ?", KEPT + kept
            ):
                self._rows(f"DROP SCHEMA {qualified(database, KEPT + kept)} CASCADE")
            for table in self._places_of_table(KEPT + kept):
                self._rows(f"DROP TABLE {qualified_path(table)}")

    # How it is done

    def _rows(self, sql: str, *values: Any) -> list[Any]:
        """Run SQL of DuckDB."""
        with self._lock:
            try:
                return run_one(self._admin, sql, list(values)).fetchall()
            except duckdb.Error as error:
                raise readable(error) from None

    @contextmanager
    def _transaction(self) -> Generator[None]:
        self._rows("BEGIN")
        try:
            yield
        except BaseException:
            self._rows("ROLLBACK")
            raise
        self._rows("COMMIT")

    @contextmanager
    def _nobody_inside(self) -> Generator[None]:
        """Wait for the statements that run; a file can't be put away while a transaction is open on it."""
        with self.gate.alone():
            if any(session.in_transaction for session in list(self._sessions)):
                text = "Another session's transaction is open. Commit it or roll it back, then retry."
                raise AccountError(409, "000625", "57014", text)
            yield

    def _sessions_in(self, database: str, schema: str | None = None) -> list[FakesnowSession]:
        here = [session for session in list(self._sessions) if session.current[0] == database]
        return [session for session in here if schema in (None, session.current[1])]

    def _names(self, kind: str, database: str, schema: str | None = None) -> list[str]:
        """The schemas of a database, or the tables or views of a schema."""
        where = "database_name = ?" if schema is None else "database_name = ? AND schema_name = ?"
        values = [database] if schema is None else [database, schema]
        rows = self._rows(f"SELECT {kind}_name FROM duckdb_{kind}s() WHERE {where}", *values)
        return [name for (name,) in rows]

    def _places_of_table(self, name: str) -> list[TablePath]:
        rows = self._rows("SELECT database_name, schema_name FROM duckdb_tables() WHERE table_name = ?", name)
        return [TablePath(database, schema, name) for database, schema in rows]

    def _file(self, room: str, name: str) -> Path | None:
        return self._folder / room / f"{quote(name, safe='')}.db" if self._folder is not None else None

    def _attach(self, name: str) -> None:
        file = self._file("databases", name)
        self._rows(f"ATTACH IF NOT EXISTS {literal(file or ':memory:')} AS {quote_identifier(name)}")
        run_all(self._admin, database_furniture(name))
        for schema in self._names("schema", name):
            if not _hidden(schema):
                self._make_views(name, schema)  # of a schema that was on its way when the process ended

    def _copy_database(self, source: str, target: str, file: Path | None, *, kept_too: bool) -> None:
        """To a database that is attached in memory, or to a file that appears under its name only when it is whole."""
        part = None if file is None else file.with_name(file.name + ".part")
        self._rows(f"ATTACH {literal(part or ':memory:')} AS {quote_identifier(target)}")
        try:
            self._rows(f"COPY FROM DATABASE {quote_identifier(source)} TO {quote_identifier(target)}")
            for schema in [] if kept_too else self._names("schema", target):
                if schema.startswith(KEPT):
                    self._rows(f"DROP SCHEMA {qualified(target, schema)} CASCADE")
                    continue
                for table in self._names("table", target, schema):
                    if table.startswith(KEPT):
                        self._rows(f"DROP TABLE {qualified(target, schema, table)}")
            if part is not None:
                self._rows(f"FORCE CHECKPOINT {quote_identifier(target)}")
        except BaseException:
            self._rows(f"DETACH {quote_identifier(target)}")
            raise
        if file is not None and part is not None:
            self._rows(f"DETACH {quote_identifier(target)}")
            part.rename(file)

    def _copy_schema(self, database: str, name: str, target_database: str, target: str, *, kept_too: bool) -> None:
        self._rows(f"CREATE SCHEMA IF NOT EXISTS {qualified(target_database, target)}")
        for sequence, start, step in sequences(self._rows, database, name):
            create_sequence(self._rows, qualified(target_database, target, sequence), start, step)
        for table in self._names("table", database, name):
            if kept_too or not _hidden(table):
                self._copy_table(TablePath(database, name, table), TablePath(target_database, target, table), rows=True)
        if _VIEWS not in self._names("table", target_database, target):
            self._rows(f"CREATE TABLE {qualified(target_database, target, _VIEWS)} (sql VARCHAR)")
        self._rows(
            f"INSERT INTO {qualified(target_database, target, _VIEWS)} SELECT sql FROM duckdb_views()"
            " WHERE database_name = ? AND schema_name = ? ORDER BY view_oid",
            database,
            name,
        )

    def _make_views(self, database: str, schema: str) -> None:
        """Make the views that a copied schema remembers. One that reads what is no more ends with the old schema."""
        if _VIEWS not in self._names("table", database, schema):
            return
        remembered = qualified(database, schema, _VIEWS)
        self._rows(f"USE {qualified(database, schema)}")
        for (sql,) in self._rows(f"SELECT sql FROM {remembered}"):
            with suppress(AccountError):
                self._rows(moved_view(sql, database, schema))
        self._rows(f"USE {GLOBAL}")
        self._rows(f"DROP TABLE {remembered}")

    def _copy_table(self, source: TablePath, target: TablePath, *, rows: bool) -> None:
        columns = with_numbers_of_its_own(self._rows, source, target, shapes(self._rows, source))
        create(self._rows, target, columns, GLOBAL)
        if rows:
            self._rows(f"INSERT INTO {qualified_path(target)} FROM {qualified_path(source)}")

    def _need_database(self, name: str) -> None:
        if name not in self.databases():
            raise missing("database", name)

    def _need_schema(self, database: str, name: str) -> None:
        self._need_database(database)
        if name not in self._names("schema", database):
            raise missing("schema", f"{database}.{name}")

    def _need_table(self, table: TablePath) -> None:
        if not shapes(self._rows, table):
            raise missing("table", f"{table.database}.{table.schema}.{table.name}")

    def _new_database(self, name: str) -> None:
        if name.upper() in RESERVED_DATABASES:
            raise unsupported(f"a database called {name}")
        _need_free(name, self.databases())

    def _new_schema(self, database: str, name: str) -> None:
        if name.upper() in RESERVED_SCHEMAS:
            raise unsupported(f"a schema called {name}")
        self._need_database(database)
        _need_free(name, self._names("schema", database))

    def _new_table(self, table: TablePath) -> None:
        _need_free(table.name, self.tables(table.database, table.schema) + self.views(table.database, table.schema))


def _need_free(name: str, taken: list[str]) -> None:
    """DuckDB doesn't tell "a" from "A": better to refuse the second than to mix them up."""
    if is_reserved(name):
        raise unsupported(f"the name {quote_identifier(name)}, which it keeps for itself")
    if name in taken:
        raise exists(name)
    if other := next((other for other in taken if other.upper() == name.upper()), None):
        raise unsupported(
            f"two names that differ only in case, such as {quote_identifier(other)} and {quote_identifier(name)}"
        )


def _stage_names(stage: TablePath) -> tuple[str, str, str]:
    names = (stage.database, stage.schema, stage.name)
    if any(sign in name for name in names for sign in "./'"):
        raise unsupported(f"files in a stage with such a name: {qualified(*names)}")
    return names


def _hidden(name: str) -> bool:
    return name.startswith((KEPT, "_fs_"))
