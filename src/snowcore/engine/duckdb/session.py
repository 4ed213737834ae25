"""One connection: runs statements, and keeps transactions as Snowflake does.

DuckDB gives up a transaction as soon as a statement in it fails. Snowflake undoes that statement only. So the changes
of an open transaction are kept as what they did (the rows that went into which table, and the rows that left it), and
are done again in a new transaction of DuckDB's. DuckDB's transaction begins with the first change: what is read
before that is what others have committed by then, as in Snowflake; what is read after it is what they had committed
at that change.
"""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any

import attrs
import duckdb
from sqlglot import Expr, exp
from sqlglot.tokenizer_core import TokenType

from ..dialect import statements, tokenize
from ..errors import AccountError, EngineError, compilation, from_duckdb, missing, unsupported
from ..names import shown
from ..parsing import wrong_count
from ..protocol import Result, TablePath
from ..translate import translate
from ..translate.moments import statement_time
from ..translate.protocol import Change, Relation, Translation, Variable
from ..types import DataType
from . import definitions, reading, transfers
from .changes import Applied, apply
from .names import Field, Names, Path, Thing
from .reading import bound
from .results import counted, done, queried
from .scope import Scope, default_sql
from .store import run_one
from .waiting import Use

if TYPE_CHECKING:
    from .engine import DuckEngine

_DDL = (exp.Create, exp.Alter, exp.Drop, exp.Comment, exp.TruncateTable)
_DML = (exp.Insert, exp.Update, exp.Delete, exp.Merge, exp.MultitableInserts)


class DuckSession:
    lock_timeout = 60.0
    """Seconds to wait for another session's transaction on the same table."""

    def __init__(self, engine: DuckEngine) -> None:
        self.engine = engine
        self.duck: Any = engine.store.cursor()
        self._lock = threading.RLock()
        self.stages: FilePath = engine.stages
        """The folder in which the next statement finds the files of its stage."""
        self.temporary: dict[tuple[str, Path], Thing] = {}
        self.parameters: dict[str, Any] = {}
        self.variables: Mapping[str, Variable] = {}
        self._current: tuple[str | None, str | None] = (None, None)
        self._place: tuple[int, int] = (0, 0)
        self.results: dict[str, Relation] = {}
        self.recall: Callable[[str], Result] = _forgotten
        """Who remembers the results of earlier statements, by query id."""
        self._fresh = itertools.count(1)
        self._changes: list[Applied] = []
        self._begun = False
        """Whether DuckDB has a transaction open here."""
        self.since: int | None = None
        """The version of the map with which the statement began that runs."""
        self.in_transaction = False
        self.autocommit = True
        self.scope = Scope(self, None, None)

    @property
    def connection(self) -> object:
        """DuckDB's own."""
        return self.duck

    @property
    def names(self) -> Names:
        return self.engine.map.read()

    def execute(self, sql: str | Expr, parameters: Any = None) -> Result:
        """Run a statement: its text, or what sqlglot made of it. Parameters are a list for `?` and `:1`, or a dict."""
        with self._lock:
            self.since = self.names.version
            self.scope.move(*self.current)
            begun = statement_time.set(int(self.engine.clock().timestamp() * 1_000_000))
            try:
                return self._execute(sql, parameters)
            except (AccountError, duckdb.Error, RecursionError) as error:
                raise self.told(error) from None
            finally:
                statement_time.reset(begun)
                self.since = None
                self.engine.sweep()

    def told(self, error: Exception, names: dict[str, str] | None = None) -> AccountError:
        """An error as Snowflake would put it. names: what DuckDB calls columns, to Snowflake's names."""
        if isinstance(error, AccountError):
            return error
        if isinstance(error, RecursionError):
            return compilation("001003", "The statement is too deeply nested.")
        return from_duckdb(error, names)

    def parse(self, text: str) -> Expr:
        """The one statement of a text, as `execute` takes it."""
        found = statements(text)
        if len(found) != 1:
            raise wrong_count(len(found), 1)
        return _with_text(found[0], text)

    def interrupt(self) -> None:
        """Stop the statement that runs, from another thread."""
        self.duck.interrupt()

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

    def variable(self, name: str) -> Variable | None:
        return self.variables.get(name)

    def context(self, name: str) -> str | None:
        return None

    def translated(self, text: str, scope: Scope) -> Translation:
        """A query of Snowflake's as DuckDB's."""
        found = translate(text, scope)
        if not isinstance(found, Translation):
            raise unsupported("anything but a query here")
        return found

    def fresh(self) -> int:
        """A number that nothing else in the session has."""
        return next(self._fresh)

    def upload(self, result: Result) -> Result:
        """Do what a PUT asks of the client."""
        return transfers.put_here(result.native)

    def registered(self, name: str) -> Relation:
        found = self.results.get(name)
        if found is None:
            raise EngineError(
                "002003", "42S02", f"SQL compilation error:\nObject '{name}' does not exist or not authorized."
            )
        return found

    def information(self, database: str, name: str) -> Relation:
        return reading.information(self, database, name)

    def recalled(self, query_id: str) -> Relation:
        """The result of an earlier statement."""
        return reading.of_result(self, self.recall(query_id))

    # Temporary tables

    def creates_temporary(self, statement: Expr) -> bool:
        return isinstance(statement, exp.Create) and statement.find(exp.TemporaryProperty) is not None

    def is_temporary(self, table: TablePath) -> bool:
        return ("table", attrs.astuple(table)) in self.temporary

    # Transactions

    def set_autocommit(self, on: bool) -> None:
        with self._lock:
            self.commit()
            self.autocommit = on

    def commit(self) -> None:
        """Commit what is open, if anything is."""
        with self._lock:
            self._end_of_transaction(commit=True)

    def begin(self) -> None:
        self.in_transaction = True

    def _end_of_transaction(self, *, commit: bool) -> None:
        try:
            if self._begun:
                self.duck.execute("COMMIT" if commit else "ROLLBACK")
        except duckdb.Error as error:
            raise from_duckdb(error) from None
        finally:
            self.in_transaction = self._begun = False
            self._changes.clear()
            self.engine.locks.release(self)

    def _undo_statement(self) -> None:
        """DuckDB gave up the transaction; have what was done before in a new one."""
        if not self._begun:
            return
        self.duck.execute("ROLLBACK")
        self._begun = False
        if self._changes:
            self.duck.execute("BEGIN")
            self._begun = True
            for change in self._changes:
                change.again(self.duck)

    @contextmanager
    def wholly(self) -> Generator[None]:
        """All of it happens, or nothing; and in a transaction nothing of what was before is lost."""
        alone = not self.in_transaction
        if not self._begun:
            self.duck.execute("BEGIN")
            self._begun = True
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

    def take_turn(self, thing: Thing, use: Use) -> None:
        """Wait for the sessions that are at this table, for as long as the session has patience."""
        if not self.engine.locks.acquire(thing.number, use, self, self.lock_timeout):
            text = "The statement waited too long for another session's transaction on the same table."
            raise AccountError(409, "000625", "57014", text)

    # Statements

    def _execute(self, sql: str | Expr, parameters: Any) -> Result:
        statement = self.parse(sql) if isinstance(sql, str) else sql
        if isinstance(statement, exp.Transaction):
            self.begin()
            return done()
        if isinstance(statement, (exp.Commit, exp.Rollback)):
            self._end_of_transaction(commit=isinstance(statement, exp.Commit))
            return done()
        if isinstance(statement, _DDL):
            self.commit()  # Snowflake's DDL commits what is open, and itself
            return definitions.perform(self, statement, parameters)
        if isinstance(statement, exp.Copy):
            return transfers.copy(self, statement)
        if isinstance(statement, exp.Put):
            return transfers.put(self, statement)
        if isinstance(statement, exp.ListStage):
            return transfers.list_files(self, statement)
        if isinstance(statement, exp.Command) and (do := _COMMANDS.get(str(statement.this).upper())):
            return do(self, _text(statement.expression))
        statement = transfers.staged(self, statement)
        if isinstance(statement, _DML):
            if not self.autocommit:
                self.begin()
            return self._change(statement, parameters)
        return self._query(statement, parameters)

    def translation(self, statement: Expr, types: Sequence[DataType] = ()) -> Translation | Change:
        return translate(statement, self.scope, types)

    def query(self, statement: Expr, parameters: Any = None) -> tuple[Translation, list[Any]]:
        """A query as DuckDB's, and what is bound to it."""
        statement, types, values = bound(statement, parameters)
        translation = self.translation(statement, types)
        if isinstance(translation, Change):
            raise unsupported("this statement as a query")
        return translation, values

    def _query(self, statement: Expr, parameters: Any) -> Result:
        translation, values = self.query(statement, parameters)
        try:
            fetched = run_one(self.duck, translation.sql, values).fetchall()
        except duckdb.Error as error:
            self._undo_statement()
            raise from_duckdb(error, translation.names) from None
        return queried(translation.columns, fetched, self.scope.parameter("TIMEZONE"))

    def _change(self, statement: Expr, parameters: Any) -> Result:
        statement, types, values = bound(statement, parameters)
        change = self.translation(statement, types)
        if not isinstance(change, Change):
            raise unsupported("this statement as a change")
        deadline = time.monotonic() + self.lock_timeout
        while True:
            try:
                return self._attempt(change, values)
            except duckdb.TransactionException as error:
                if "onflict" not in str(error) or self.in_transaction or time.monotonic() > deadline:
                    raise
                time.sleep(0.005)

    def _attempt(self, change: Change, values: list[Any]) -> Result:
        self._wait_for(change)
        with self.wholly():
            counts = apply(self, change, values)
        return counted(counts)

    def _wait_for(self, change: Change) -> None:
        for clause in change.clauses:
            use = Use.ADD if clause.action == "INSERT" and not change.overwrite else Use.CHANGE
            number = int(clause.relation.source[1:])
            if not self.engine.locks.acquire(number, use, self, self.lock_timeout):
                text = (
                    f"The statement waited too long for another session's transaction on table {clause.relation.name}."
                )
                raise AccountError(409, "000625", "57014", text)

    def remember(self, change: Applied) -> None:
        """What the open transaction has done, to do it again if a statement fails."""
        if self.in_transaction:
            self._changes.append(change)

    # Beside statements

    def default(self, field: Field) -> str:
        return default_sql(field, self.scope)

    def find(self, path: Path) -> Thing | None:
        return self.scope.thing("table", path)

    def path(self, parts: Sequence[str], statement: str) -> Path:
        return self.scope.path(parts, statement)


def _with_text(statement: Expr, text: str) -> Expr:
    """A view's query is kept as it was written."""
    if isinstance(statement, exp.Create) and str(statement.kind).upper() == "VIEW":
        statement.meta["written"] = text.strip().rstrip(";")
        tokens = tokenize(text)
        depth = 0
        for at, token in enumerate(tokens):
            depth += {"(": 1, ")": -1}.get(token.text, 0) if token.token_type != TokenType.STRING else 0
            if token.token_type == TokenType.ALIAS and not depth:
                statement.meta["query"] = text[tokens[at + 1].start :].strip().rstrip(";")
                break
    return statement


def _forgotten(query_id: str) -> Result:
    raise AccountError(404, "000709", "02000", f"Statement {query_id} not found")


_COMMANDS = {"REMOVE": transfers.remove, "RM": transfers.remove, "GET": transfers.get}


def _text(expression: Any) -> str:
    return expression if isinstance(expression, str) else expression.name
