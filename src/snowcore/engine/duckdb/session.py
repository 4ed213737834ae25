"""One connection: runs statements, and keeps transactions as Snowflake does.

DuckDB gives up a transaction as soon as a statement in it fails. Snowflake undoes that statement only. So the changes
of an open transaction are kept as what they did (the rows that went into which table, and the rows that left it), and
are done again in a new transaction of DuckDB's. The same is done when others have committed since the last statement,
so that each statement sees what was committed when it began, as in Snowflake; but not after many changed rows, when a
transaction goes on to see what was committed at its last change.
"""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any

import attrs
import duckdb

from ..errors import (
    AccountError,
    Locked,
    canceled,
    compilation,
    dotted,
    exists,
    from_duckdb,
    missing,
    missing_object,
    unsupported,
)
from ..files import formats
from ..files.sheets import Sheets
from ..late import late
from ..metadata import Account
from ..names import shown
from ..protocol import (
    Batch,
    Code,
    Column,
    HeldKey,
    Moment,
    PipeLoad,
    Policy,
    Result,
    Routine,
    Stage,
    TablePath,
    running,
)
from ..translate.protocol import Change, Relation, Translation, Variable
from ..types import DataType
from . import dynamic, keys, policies
from .changes import Applied, apply
from .keeping import Asked, Kept, kept
from .names import Field, Names, Path, Thing
from .results import columns_of, counted, done, queried
from .scope import Scope, default_sql
from .store import Ready, read_one
from .streams import Offset, Offsets, Reading
from .versions import Instant, Past, Span
from .waiting import Use

if TYPE_CHECKING:
    from sqlglot import Expr
    from sqlglot import expressions as exp

    from .. import parsing
    from ..translate import code, moments, runtime, translating
    from . import definitions, inferring, loading, reading, staged, transfers, unloading
    from .engine import DuckEngine
else:
    late(globals(), "..parsing", exp="sqlglot.expressions")
    late(globals(), "..translate.code ..translate.moments ..translate.runtime ..translate.translating")
    late(globals(), ".definitions .inferring .loading .reading .staged .transfers .unloading")

_DONE_AGAIN = 10_000
"""How many rows a transaction may have changed and yet see at each statement what others have committed."""


class DuckSession:
    lock_timeout = 60.0
    """Seconds to wait for another session's transaction on the same table."""

    def __init__(self, engine: DuckEngine) -> None:
        self.engine = engine
        self.duck: Any = engine.store.cursor()
        self._lock = threading.RLock()
        self.stages: Mapping[TablePath, Stage] = {}
        """The stages that the next statement names."""
        self.own_stage: FilePath | None = None
        self.pipe: PipeLoad | None = None
        self.sheets = Sheets(engine.temporary)
        """The files that the statement reads which were written anew."""
        self.account: Account = engine.account
        """Who says what INFORMATION_SCHEMA tells this session."""
        self.role = "ACCOUNTADMIN"
        """Whose the views, sequences and file formats are that are made."""
        self.temporary: dict[tuple[str, Path], Thing] = {}
        self.parameters: dict[str, Any] = {}
        self.variable: Callable[[str], Variable | None] = dict[str, Variable]().get
        self._current: tuple[str | None, str | None] = (None, None)
        self._place: tuple[int, int] = (0, 0)
        self.results: dict[str, Relation] = {}
        self.recall: Callable[[str], Result] = _forgotten
        """Who remembers the results of earlier statements, by query id."""
        self.asked: Callable[[str, Sequence[tuple[str | None, Any]]], Result | None] = _nothing
        """Who answers the table functions of INFORMATION_SCHEMA, given a name and arguments with their names."""
        self.routine: Callable[[Path, Sequence[DataType], Sequence[str]], Routine | None] = _no_routine
        """Who knows the functions of users."""
        self._code: dict[object, int] = {}
        """The functions that are not in SQL which the statement calls, and their numbers."""
        self.says: Callable[[str], str | None] = _untold
        """Who says what the session is and has, where it is asked in the text of a view."""
        self.recorded: Callable[[Callable[[], None]], None] = _unrecorded
        """Who records what ALTER TABLE makes of a table, in one step with what it is given."""
        self._fresh = itertools.count(1)
        self._changes: list[Applied] = []
        self._statements: list[str] = []
        """The query ids of those that have changed something in the open transaction."""
        self._readings: dict[int, Reading] = {}
        """What the open transaction has read of streams, by their numbers."""
        self._read: dict[int, Reading] = {}
        """What the statement reads of them."""
        self._began = engine.versions.now()
        """When the open transaction began."""
        self._seen = 0
        """How many transactions were committed when DuckDB's began."""
        self._begun = False
        """Whether DuckDB has a transaction open here."""
        self._number: int | None = None
        self.since: int | None = None
        """The version of the map with which the statement began that runs."""
        self.transaction: int | None = None
        """The number of the open transaction: the nanoseconds since 1970 when it began."""
        self._interrupted = False
        self.rejected: dict[int, list[tuple[Any, ...]]] = {}
        """What VALIDATE tells of the last load into a table, by the table's own number."""
        self.autocommit = True
        self.filling: int | None = None
        """The number of the dynamic table that the session refreshes; -1 of one that is being made."""
        self.scope = Scope(self, None, None)

    @property
    def connection(self) -> object:
        """DuckDB's own."""
        return self.duck

    @property
    def names(self) -> Names:
        return self.engine.map.read()

    def execute(self, sql: str | Expr, parameters: Any = None, *, text: str | None = None) -> Result:
        """Run a statement: its text, or what sqlglot made of it. Parameters are a list for `?` and `:1`, or a dict.

        text: what was parsed, if the statement is still just that. Its translation is kept by it.
        """
        with self._lock:
            before, self._interrupted = self.since, False
            self.since = self.names.version
            self._read.clear()
            self.scope.move(*self.current)
            now = self.engine.clock()
            begun = moments.statement_time.set(int(now.timestamp() * 1_000_000))
            try:
                if isinstance(sql, str):
                    return self._again(sql, parameters) or self._execute(self.parse(sql), parameters, sql)
                return self._execute(sql, parameters, text)
            except BaseException as error:
                if not self.in_transaction:  # nobody waits for what failed
                    self.engine.locks.release(self)
                if isinstance(error, (duckdb.Error, RecursionError)):
                    raise self.told(error) from None
                raise
            finally:
                moments.statement_time.reset(begun)
                for number in self._code.values():
                    code.end(number)
                self._code.clear()
                self.since = before
                if before is None:  # else the statement is a part of another one
                    self.sheets.clear()
                self.engine.sweep()
                if not self.in_transaction:
                    self.engine.purge_history(now)

    def told(self, error: Exception, names: dict[str, str] | None = None) -> AccountError:
        """An error as Snowflake would put it. names: what DuckDB calls columns, to Snowflake's names."""
        if isinstance(error, AccountError):
            return error
        if isinstance(error, RecursionError):
            return compilation("001003", "The statement is too deeply nested.")
        return from_duckdb(error, names)

    def parse(self, text: str) -> Expr:
        """The one statement of a text, as `execute` takes it."""
        return parsing.with_text(parsing.parsed(text), text)

    def check_policy(self, path: TablePath, policy: Policy, owner: str) -> None:
        policies.check(policy)
        self.scope.try_policy(attrs.astuple(path), policies.make(policy, owner, ""))

    def mask(
        self,
        table: TablePath,
        column: str,
        policy: TablePath | None,
        columns: Sequence[str] = (),
        *,
        force: bool = False,
    ) -> None:
        of = None if policy is None else attrs.astuple(policy)
        policies.mask(self, attrs.astuple(table), column, of, columns, force)

    def filter_rows(self, table: TablePath, policy: TablePath | None, columns: Sequence[str] = ()) -> None:
        of = None if policy is None else attrs.astuple(policy)
        policies.filter_rows(self, attrs.astuple(table), of, columns)

    def hold_keys(self, table: TablePath, held: Sequence[HeldKey]) -> None:
        with self._lock:
            keys.hold(self, attrs.astuple(table), held)

    def takes_batch(self, statement: Expr) -> bool:
        """Whether a statement can run once for many rows of parameters."""
        return translating.takes_batch(statement)

    def interrupt(self) -> None:
        """Stop the statement that runs, from another thread."""
        self._interrupted = True
        with suppress(duckdb.ConnectionException):  # closed, so nothing runs
            self.duck.interrupt()
        self.engine.locks.wake()

    def close(self) -> None:
        with self._lock:
            self.engine.forget(self)
            self._end_of_transaction(commit=False)
            for thing in self.temporary.values():
                self.engine.let_go(thing)
            self.temporary.clear()
            self.duck.close()

    # Where bare names are looked up

    @property
    def current(self) -> tuple[str | None, str | None]:
        """The database and the schema in use; None after they were dropped."""
        database, schema = self._current
        found = self.names.databases.get(database) if database is not None else None
        if found is None or found.id != self._place[0]:
            return None, None
        if schema is not None and schema != "INFORMATION_SCHEMA":
            inner = found.schemas.get(schema)
            if inner is None or inner.id != self._place[1]:
                return database, None
        return database, schema

    def use(self, database: str | None, schema: str | None) -> None:
        """Resolve bare names there from now on."""
        with self._lock:
            names = self.names
            if database is not None and database not in names.databases:
                raise missing("database", shown(database))
            here = names.databases[database] if database is not None else None
            if here is not None and schema not in (None, "INFORMATION_SCHEMA", *here.schemas):
                raise missing("schema", f"{shown(database or '')}.{shown(schema or '')}")
            inner = here.schemas.get(schema) if here is not None and schema is not None else None
            self._current, self._place = (database, schema), (here.id if here else 0, inner.id if inner else 0)

    # What translation asks of a session

    def put_parameter(self, name: str, value: Any) -> None:
        """Set a parameter of the session, such as TIMEZONE; None takes it back."""
        if value is None:
            self.parameters.pop(name.upper(), None)
        else:
            self.parameters[name.upper()] = value

    def number_of(self, called: Code) -> int:
        """What the statement calls a function by that is not in SQL."""
        if called.key not in self._code:
            self._code[called.key] = code.begin(called)
        return self._code[called.key]

    def context(self, name: str) -> str | None:
        return self.says(name)

    def translated(self, text: str | Expr, scope: Scope, *, tracing: bool = False) -> Translation:
        """A query of Snowflake's as DuckDB's; with tracing its last column is the identity of its rows."""
        found = translating.translate(text, scope, tracing=tracing)
        if not isinstance(found, Translation):
            raise unsupported("anything but a query here")
        return found

    def fresh(self) -> int:
        """A number that nothing else in the session has."""
        return next(self._fresh)

    def transfer(self, result: Result) -> Result:
        """Do what PUT or GET asks of the client."""
        return transfers.transferred(result.native)

    def read_file(self, written: str) -> str:
        return transfers.read(self, written)

    def registered(self, name: str) -> Relation:
        found = self.results.get(name)
        if found is None:
            raise missing_object("Object", name)
        return found

    def information(self, database: str, name: str) -> Relation:
        return reading.information(self, database, name)

    def of_snowflake(self, schema: str, name: str) -> Relation:
        return reading.of_snowflake(self, schema, name)

    def metadata(self, view: str, database: str) -> list[Mapping[str, Any]]:
        return reading.metadata(self, view, database)

    def functions(self) -> list[tuple[str, int, int | None, bool]]:
        return [(name, one.least, one.most, one.aggregate) for name, one in sorted(translating.FUNCTIONS.items())]

    def columns(self, table: TablePath) -> list[Column] | None:
        thing = self.find(path := attrs.astuple(table))
        if thing is None or thing.kind != "stream":
            return None if thing is None else columns_of(thing)
        found = self.scope.relation_of(path).columns
        return [Column(column.name, str(column.type), column.nullable) for column in found]

    def recalled(self, query_id: str) -> Relation:
        """The result of an earlier statement."""
        return self.registered_result(self.recall(query_id))

    def registered_result(self, result: Result) -> Relation:
        return reading.of_result(self, result)

    # Temporary tables

    def creates_temporary(self, statement: Expr) -> bool:
        return isinstance(statement, exp.Create) and statement.find(exp.TemporaryProperty) is not None

    def is_temporary(self, table: TablePath) -> bool:
        return ("table", attrs.astuple(table)) in self.temporary

    def rename_temporary(self, table: TablePath, target: TablePath) -> None:
        if self.is_temporary(target):
            raise exists(shown(target.name))
        self.commit()
        self.temporary["table", attrs.astuple(target)] = self.temporary.pop(("table", attrs.astuple(table)))

    # Transactions

    def set_autocommit(self, on: bool) -> None:
        with self._lock:
            self.commit()
            self.autocommit = on

    def commit(self) -> None:
        """Commit what is open, if anything is."""
        with self._lock:
            self._end_of_transaction(commit=True)

    @property
    def in_transaction(self) -> bool:
        return self.transaction is not None

    def begin(self) -> None:
        if self.transaction is None:
            self.transaction = int(self.engine.clock().timestamp() * 1000) * 1_000_000
            self._began = self.engine.versions.now()

    @property
    def locked(self) -> list[TablePath]:
        """The tables that the open transaction has changed."""
        held = self.engine.locks.held(self)
        return [
            TablePath(*path) for path, thing in self.names.placed() if thing.kind == "table" and thing.number in held
        ]

    def _end_of_transaction(self, *, commit: bool) -> None:
        try:
            if self._begun:
                if commit and self._number is not None:
                    self.engine.versions.commit(self.duck, self._number, self._statements)
                else:
                    self.duck.execute("COMMIT" if commit else "ROLLBACK")
                self.engine.commits += commit
        except duckdb.Error as error:
            raise from_duckdb(error) from None
        finally:
            self.transaction, self._number, self._begun = None, None, False
            self._changes.clear()
            self._statements.clear()
            self._readings.clear()
            self.engine.locks.release(self)

    def number(self) -> int:
        """That of the transaction which changes something here (see `versions`)."""
        if self._number is None:
            self._number = self.engine.versions.number()
        return self._number

    def moment(self, said: Expr) -> Moment:
        try:
            return translating.moment(said, self.scope)
        except Exception as error:  # such as DuckDB's, of a value that is none
            raise self.told(error) from None

    def refresh(self, path: Path, table: Thing) -> None:
        """Refresh a dynamic table that is about to be read, if that is due."""
        dynamic.current(self, path, table)

    def need_past(self, thing: Thing, path: Path, then: Instant) -> None:
        """AccountError 000707 if a table's rows as of a moment are past its retention, or from before it."""
        self.engine.versions.need(thing, path, then, self.engine.retention(path))

    def rows_as_of(self, thing: Thing, then: Instant) -> Past:
        """A table's rows as of a moment, without what this session has not committed yet."""
        return self.engine.versions.rows_as_of(thing, then, self.added, self.own)

    @property
    def own(self) -> int | None:
        """The number of the open transaction, if it has changed anything."""
        return self._number

    # Streams

    def reading(self, stream: int) -> Reading:
        """What the statement reads of a stream; in a transaction always the same."""
        found = self._readings.get(stream)
        if found is None:
            offset = self.engine.offsets.get(stream)
            end = self._began if self.in_transaction else self.engine.versions.now()
            end = end if end.version >= offset.at.version else offset.at
            found = Reading(Span(offset.at, end), offset.initial)
            if self.in_transaction:
                self._readings[stream] = found
        self._read[stream] = found
        return found

    def take_streams(self) -> bool:
        """Wait for others who consume the streams that the statement reads; whether some of these have moved."""
        moved = False
        for stream, was in list(self._read.items()):
            self.take_turn(stream, Use.CHANGE, "a stream")
            if self.engine.offsets.get(stream) != Offset(was.span.start, was.initial):
                self._readings.pop(stream, None)
                moved = True
        return moved

    def move_streams(self) -> None:
        """Move the streams on that a statement has read which changes no rows."""
        if self._read:
            with self.wholly():
                self.number()
                self.consume()

    def consume(self) -> None:
        """Move the streams on that the statement has read, in DuckDB's transaction."""
        for stream, was in self._read.items():
            moved = Applied([Offsets.moved(stream, was)], None)
            moved.again(self.duck)
            self.remember(moved)

    def added(self, field: Field) -> str:
        """What a column has in rows from before it was added, in DuckDB's SQL."""
        return self.default(attrs.evolve(field, identity=None))

    def _undo_statement(self) -> None:
        """Have what was done before in a new transaction of DuckDB's: the old one was given up, or doesn't see what
        others have committed since."""
        if not self._begun:
            return
        self.duck.execute("ROLLBACK")
        self._begun = False
        if self._changes:
            self._begin()
            for change in self._changes:
                change.again(self.duck)

    def _begin(self) -> None:
        self.engine.store.install_functions()
        self._seen = self.engine.commits
        self.duck.execute("BEGIN")
        self._begun = True

    def look_again(self, *, always: bool = False) -> None:
        """See what others have committed since the last statement, unless too much would have to be done again."""
        stale = self._begun and self._seen != self.engine.commits
        if stale and (always or sum(change.size for change in self._changes) <= _DONE_AGAIN):
            self._undo_statement()

    @contextmanager
    def wholly(self) -> Generator[None]:
        """All of it happens, or nothing; and in a transaction nothing of what was before is lost."""
        alone = not self.in_transaction
        if not self._begun:
            self._begin()
        kept = len(self._changes)
        try:
            yield
        except BaseException:
            del self._changes[kept:]
            if alone:
                self._end_of_transaction(commit=False)
            else:
                self._undo_statement()
            raise
        if alone:
            self._end_of_transaction(commit=True)

    def turn_at(self, path: Path, use: Use, space: str = "table") -> Thing:
        """The table of this name, when it is this session's turn. While it waited, it may have been made anew."""
        while True:
            thing = self.scope.need(space, path)
            self.take_turn(thing.number, use, dotted(*path))
            if (now := self.scope.need(space, path)).number == thing.number:
                return now

    def take_turn(self, number: int, use: Use, name: str) -> None:
        """Wait for the sessions that are at this table, for as long as the session has patience."""
        locks = self.engine.locks
        if not locks.acquire(number, use, self, self.lock_timeout, lambda: self._interrupted):
            if self._interrupted:
                raise canceled()
            raise Locked(name, lambda seconds: locks.keep(number, use, seconds), locks.leave)

    # Statements

    def _again(self, text: str, parameters: Any) -> Result | None:
        """Run a statement whose translation is kept; None if it isn't."""
        if isinstance(parameters, dict):  # the names decide what its binds are
            return None
        types, values = reading.binds(parameters or ())
        batch = isinstance(parameters, Batch)
        kept = self.engine.translations.get((text, tuple(types), batch, *self.current), self.scope)
        if kept is None:
            return None
        self.look_again()
        return self._run(
            kept, values, lambda: self._kept(reading.bound(self.parse(text), parameters)[0], types, text, batch)
        )

    def _run(self, kept: Kept, values: list[Any], renew: Callable[[], Kept]) -> Result:
        """renew: translates once more."""
        if isinstance(kept.made, Translation):
            return self._query(kept, kept.made, values)
        if not self.autocommit:
            self.begin()
        return self._change(kept, values, renew)

    def _execute(self, statement: Expr, parameters: Any, text: str | None) -> Result:
        if isinstance(statement, exp.Transaction):
            self.begin()
            return done()
        if isinstance(statement, (exp.Commit, exp.Rollback)):
            self._end_of_transaction(commit=isinstance(statement, exp.Commit))
            return done()
        if not isinstance(statement, (exp.Query, *parsing.DML)):
            self.engine.store.install_functions()
        if isinstance(statement, parsing.DDL):
            self.commit()  # Snowflake's DDL commits what is open, and itself
            staged.staged(self, statement)
            return definitions.perform(self, statement, parameters)
        if isinstance(statement, exp.Copy):
            do = unloading.unload if staged.is_stage(statement.this) else loading.copy
            return do(self, statement)
        if isinstance(statement, exp.Put):
            return transfers.put(self, statement)
        if isinstance(statement, exp.Get):
            return transfers.get(self, statement)
        if isinstance(statement, exp.ListStage):
            return transfers.list_files(self, statement)
        if isinstance(statement, exp.Command) and (do := transfers.COMMANDS.get(str(statement.this).upper())):
            return do(self, _text(statement.expression))
        self.look_again()
        inferring.answered(self, statement)
        statement, types, values = reading.bound(staged.staged(self, statement), parameters)
        text = None if isinstance(parameters, dict) else text
        batch = isinstance(parameters, Batch)
        kept = self._kept(statement, types, text, batch)
        return self._run(kept, values, lambda: self._kept(statement, types, text, batch))

    def _kept(self, statement: Expr, types: Sequence[DataType], text: str | None, batch: bool) -> Kept:
        """A statement's translation, kept by its text if it has one. batch: whether it is for many rows of binds."""
        asked = Asked(once=text is None)
        self._read.clear()
        scope = Scope(self, *self.current, asked=asked)
        made = translating.translate(statement, scope, types, batch=batch)
        if isinstance(made, Change) is not isinstance(statement, parsing.DML):
            raise unsupported("this statement")
        if isinstance(made, Change):
            _check_change(made, asked, scope)
        ready = kept(made, asked, self.read, len(types))
        self.engine.translations.put((text or "", tuple(types), batch, *self.current), ready)
        return ready

    def check_format(self, options: Mapping[str, Any]) -> None:
        """AccountError if files can't be written like this, or the file format that is named isn't there."""
        whole = staged.whole_format(self, options)
        formats.check(str(whole.get("TYPE", "CSV")).upper(), whole)

    def read(self, sql: str) -> Ready:
        """The one statement of a text of DuckDB's, ready to be run."""
        if runtime.PREFIX in sql:
            self.engine.store.install_functions()
        return read_one(self.duck, sql)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Those of a query of DuckDB's."""
        return self.read(sql).run(self.duck).fetchall()

    def translation(self, statement: Expr, types: Sequence[DataType] = ()) -> Translation | Change:
        return translating.translate(statement, self.scope, types)

    def query(self, statement: Expr, parameters: Any = None) -> tuple[Translation, list[Any]]:
        """A query as DuckDB's, and what is bound to it."""
        statement, types, values = reading.bound(statement, parameters)
        translation = self.translation(statement, types)
        if isinstance(translation, Change):
            raise unsupported("this statement as a query")
        return translation, values

    def _query(self, kept: Kept, query: Translation, values: list[Any]) -> Result:
        assert kept.ready is not None
        try:
            fetched = kept.ready.run(self.duck, values).fetchall()
        except duckdb.Error as error:
            self._undo_statement()
            raise from_duckdb(error, query.names) from None
        return queried(kept.columns, query.columns, fetched, self.scope.parameter)

    def _change(self, kept: Kept, values: list[Any], renew: Callable[[], Kept]) -> Result:
        deadline = time.monotonic() + self.lock_timeout
        while True:
            assert isinstance(kept.made, Change)
            keys.take_turns(self, keys.changed(kept.made))
            kept, change = self._in_turn(kept, renew)
            try:
                with self.wholly():
                    done = counted(apply(self, change, values, kept.ready))
                    self.consume()
                    return done
            except duckdb.TransactionException as error:
                if "onflict" not in str(error) or time.monotonic() > deadline:
                    raise
                time.sleep(0.005)

    def _in_turn(self, kept: Kept, renew: Callable[[], Kept]) -> tuple[Kept, Change]:
        """What a statement changes, when it may. While it waited, tables may have been made anew elsewhere."""
        waited_for = set[str]()
        while True:
            change = kept.made
            assert isinstance(change, Change)
            if self.take_streams():
                kept = renew()
                continue
            if {clause.relation.source for clause in change.clauses} <= waited_for:
                return kept, change
            for clause in change.clauses:
                use = Use.ADD if clause.action == "INSERT" and not change.overwrite else Use.CHANGE
                self.take_turn(int(clause.relation.source[1:]), use, clause.relation.name)
                waited_for.add(clause.relation.source)
            if not kept.asked.holds(self.scope):
                kept = renew()

    def remember(self, change: Applied) -> None:
        """What the open transaction has done, to do it again if a statement fails."""
        if self.in_transaction:
            self._changes.append(change)
            self._statements.append(running.get())

    # Beside statements

    def default(self, field: Field) -> str:
        return default_sql(field, self.scope)

    def find(self, path: Path) -> Thing | None:
        return self.scope.thing("table", path)

    def path(self, parts: Sequence[str], statement: str) -> Path:
        return self.scope.path(parts, statement)


def _nothing(name: str, arguments: Sequence[tuple[str | None, Any]]) -> Result | None:
    return None


def _unrecorded(show: Callable[[], None]) -> None:
    show()


def _forgotten(query_id: str) -> Result:
    raise AccountError(404, "000709", "02000", f"Statement {query_id} not found")


def _check_change(change: Change, asked: Asked, scope: Scope) -> None:
    """AccountError unless a statement may change what it does."""
    targets = {f"t{thing.number}": (thing, path) for (_, path), thing in asked.things.items() if thing is not None}
    for clause in change.clauses:
        if (target := targets.get(clause.relation.source)) is not None:
            if target[0].resource == "event-table" and clause.action != "DELETE":
                raise unsupported(f"{clause.action} of an event table, as Snowflake doesn't")
            for privilege in (clause.action, *(["DELETE"] if change.overwrite else [])):
                scope.check(privilege, *target)


def _untold(name: str) -> str | None:
    return None


def _no_routine(path: Path, types: Sequence[DataType], named: Sequence[str]) -> Routine | None:
    return None


def _text(expression: Any) -> str:
    if expression is None:
        raise compilation("001003", "syntax error: the statement ends where a stage is expected.")
    return expression if isinstance(expression, str) else expression.name
