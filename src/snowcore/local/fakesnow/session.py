"""One connection: runs statements, keeps transactions as Snowflake does, waits where DuckDB would fail."""

from __future__ import annotations

import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import attrs
import duckdb
from sqlglot import Expr, exp

from ..engine import Result, TablePath
from ..errors import AccountError, missing, unsupported
from ..names import literal, qualified
from ..parsing import parsed
from . import bounds
from .altering import column_change
from .failures import ABORTED, readable
from .instance import GLOBAL, stages_in, upload_files
from .repairs import mended, text_length, with_its_sequence
from .results import as_arrow, from_arrow, merged, succeeded
from .shapes import Shape
from .temporary import TemporaryTables, canonical_parts

if TYPE_CHECKING:
    from . import FakesnowEngine

_DDL = (exp.Create, exp.Alter, exp.Drop, exp.Comment, exp.TruncateTable)
_DML = (exp.Insert, exp.Update, exp.Delete, exp.Merge, exp.Copy)


class FakesnowSession:
    lock_timeout = 60.0
    """Seconds to wait for another session's transaction on the same table."""

    def __init__(self, engine: FakesnowEngine, connection: Any) -> None:
        self._engine = engine
        self._connection = connection
        self._duck: Any = connection._duck_conn
        self._lock = threading.RLock()
        self.stages: Path = engine.stages
        """The folder in which the next statement finds the files of its stage."""
        self._temporary = TemporaryTables()
        self._untouched = False  # a transaction in which nothing was changed yet can begin again
        self._failed = False  # one that DuckDB won't go on with
        self._is_lost = False  # DuckDB still looks in what was dropped
        self.in_transaction = False
        self.autocommit = True

    @property
    def connection(self) -> object:
        """DuckDB's own."""
        return self._duck.itself

    def execute(self, sql: str | Expr, parameters: Any = None) -> Result:
        """Run a statement: its text, or what sqlglot made of it. Parameters are a list for `?` and `:1`, or a dict."""
        with self._lock:
            try:
                statement = parsed(sql) if isinstance(sql, str) else sql
                if isinstance(statement, (exp.Transaction, exp.Commit, exp.Rollback)):
                    return self._transact(statement)
                bounds.check(statement, *self.current)
                return self._run(mended(statement), parameters)
            except Exception as error:
                self._failed = self.in_transaction and self._is_aborted()
                raise readable(error) from None

    names_columns = False
    """Whether a query's columns are called as in Snowflake without anybody's help."""

    def parse(self, text: str) -> Expr:
        """The one statement of a text, as `execute` takes it."""
        return parsed(text)

    def interrupt(self) -> None:
        """Stop the statement that runs, from another thread."""
        self._duck.interrupt()

    def close(self) -> None:
        with self._lock:
            self._engine.forget(self)
            self._end_of_transaction()
            self._connection.close()

    # Where bare names are looked up

    def use(self, database: str | None, schema: str | None) -> None:
        with self._lock:
            self._look_in(database, schema)
            self._remember(database, schema)

    def lose(self, schema: str | None = None) -> None:
        """The database in use, or only its schema, is no more. Another thread may say so while nothing runs here."""
        self._remember(self.current[0] if schema else None, None)
        self._is_lost = True

    def _look_in(self, database: str | None, schema: str | None) -> None:
        place = qualified(GLOBAL, "main") if database is None else qualified(database, schema or "main")
        try:
            self._duck.execute(f"SET schema = {literal(place)}")
        except duckdb.CatalogException:
            raise missing("schema" if schema else "database", ".".join(filter(None, (database, schema)))) from None
        except duckdb.Error as error:
            raise readable(error) from None

    def _remember(self, database: str | None, schema: str | None) -> None:
        connection = self._connection
        connection.database, connection._schema = database, schema
        connection.database_set, connection.schema_set = database is not None, schema is not None
        self._is_lost = False

    @property
    def current(self) -> tuple[str | None, str | None]:
        return self._connection.database, self._connection._schema

    # Beside statements

    def register(self, name: str, result: Result) -> None:
        """Make a result readable under a name, as `temp.main.name`."""
        with self._lock:
            self._duck.register(name, as_arrow(result))

    def upload(self, result: Result) -> Result:
        """Do what a PUT asks of the client."""
        with stages_in(self.stages):
            return from_arrow(upload_files(result.native))

    def creates_temporary(self, statement: Expr) -> bool:
        return self._temporary.created(statement) is not None

    def is_temporary(self, table: TablePath) -> bool:
        return self._temporary.holds(exp.to_table(qualified(*attrs.astuple(table)), dialect="snowflake"), None, None)

    # Transactions

    def set_autocommit(self, on: bool) -> None:
        with self._lock:
            self.commit()
            self.autocommit = on

    def commit(self) -> None:
        """Commit what is open, if anything is."""
        with self._lock:
            try:
                self._finish_transaction(commit=True)
            except duckdb.Error as error:
                raise readable(error) from None

    def _transact(self, statement: Expr) -> Result:
        if not isinstance(statement, exp.Transaction):
            self._finish_transaction(commit=isinstance(statement, exp.Commit))
        elif not self.in_transaction:
            self._begin()
        return succeeded()

    def _begin(self) -> None:
        self._duck.execute("BEGIN")
        self.in_transaction = self._untouched = True

    def _finish_transaction(self, *, commit: bool) -> None:
        if not self.in_transaction:
            return
        lost = commit and self._failed
        try:
            with self._engine.gate.shared():
                self._duck.execute("COMMIT" if commit and not lost else "ROLLBACK")
        finally:
            self._end_of_transaction()
        if lost:  # DuckDB would roll back without a word
            raise AccountError(400, "000606", "25P02", ABORTED)

    def _end_of_transaction(self) -> None:
        self.in_transaction = self._untouched = self._failed = False
        self._engine.locks.release(self)

    def _is_aborted(self) -> bool:
        try:
            self._duck.execute("SELECT 1")
        except duckdb.Error:
            return True
        return False

    # Statements

    def _run(self, statement: Expr, parameters: Any) -> Result:
        if isinstance(statement, _DDL):
            self._finish_transaction(commit=True)  # Snowflake's DDL commits what is open, and itself
        elif isinstance(statement, _DML) and not self.autocommit and not self.in_transaction:
            self._begin()
        if isinstance(statement, exp.Alter) and self._alter_columns(statement):
            return succeeded()
        deadline = time.monotonic() + self.lock_timeout
        with self._turn_on(_changed_table(statement), deadline):
            while True:
                try:
                    with self._engine.gate.shared():
                        result = self._attempt(statement.copy(), parameters)
                    self._untouched = self._untouched and not isinstance(statement, _DML)
                    return result
                except duckdb.TransactionException as error:
                    if "onflict" not in str(error) or time.monotonic() > deadline:
                        raise
                    if self.in_transaction and not self._untouched:
                        raise
                    if self.in_transaction:
                        self._duck.execute("ROLLBACK")
                        self._begin()
                    time.sleep(0.005)

    def _attempt(self, statement: Expr, parameters: Any) -> Result:
        if self._is_lost:
            self.use(*self.current)
        cursor = self._connection.cursor()
        statement = self._temporary.resolved(statement, *self.current)
        cursor.check_db_and_schema(statement)
        self._check_file_format(statement)
        if isinstance(statement, exp.Create):
            parts: list[Any] = with_its_sequence(statement)
        else:
            parts = [statement] if isinstance(statement, exp.Merge) else cursor._transform_explode(statement)
        several = len(parts) > 1 and isinstance(statement, _DML)
        of_duck: Any = None
        with stages_in(self.stages), self._all_or_nothing(several):
            for part in parts:
                of_duck = cursor._transform(part, parameters)
                for note in ("text_lengths", "table_comment"):  # of fakesnow's; CHECKs and the catalog have them
                    of_duck.args.pop(note, None)
                if (seed := of_duck.args.pop("seed", None)) is not None:
                    self._duck.execute(f"SELECT setseed({seed})")
                cursor._execute(of_duck, _bindings(of_duck, parameters))
        self._temporary.ran(statement)
        if isinstance(statement, exp.Merge):
            return merged(statement, cursor._arrow_table)
        if isinstance(statement, exp.Put):
            return Result([], [], 0, native=of_duck.args["put_stage_data"])
        return from_arrow(cursor._arrow_table, self._duck.types, cursor._rowcount)

    def _check_file_format(self, statement: Expr) -> None:
        """fakesnow pastes a file format's whole name and type between apostrophes."""
        if isinstance(statement, exp.Create) and statement.kind == "FILE FORMAT":
            types = [one.args["value"] for one in statement.find_all(exp.Property) if one.name.upper() == "TYPE"]
            pasted = [*self.current, *(part.name for part in [*statement.find_all(exp.Identifier), *types])]
            if any("'" in part for part in pasted if part):
                raise unsupported("an apostrophe in the name or type of a file format, or of where it is")

    def _alter_columns(self, statement: exp.Alter) -> bool:
        """Whether this was about columns, and is done."""
        table = statement.this
        change = column_change(statement, self._shape_of)
        if change is None or not isinstance(table, exp.Table) or self._temporary.holds(table, *self.current):
            return False
        self._connection.cursor().check_db_and_schema(statement)
        path = TablePath(*canonical_parts(table, *self.current))
        if self._engine.columns(path) is not None or not statement.args.get("exists"):
            self._engine.alter_columns(path, change)
        return True

    def _shape_of(self, column: Expr) -> Shape:
        """What fakesnow makes of a column's definition."""
        if column.find(exp.AutoIncrementColumnConstraint, exp.GeneratedAsIdentityColumnConstraint):
            raise unsupported("AUTOINCREMENT of a column that is added to a table")
        table = exp.Create(this=exp.Schema(this=exp.to_table("T"), expressions=[column.copy()]), kind="TABLE")
        made = self._connection.cursor()._transform(mended(table), None).find(exp.ColumnDef)
        kinds: dict[Any, Any] = {type(constraint.kind): constraint.kind for constraint in made.constraints}
        default = kinds.get(exp.DefaultColumnConstraint)
        return Shape(
            made.name,
            made.kind.sql(dialect="duckdb"),
            nullable=exp.NotNullColumnConstraint not in kinds,
            default=default and default.this.sql(dialect="duckdb"),
            length=text_length(column.args.get("kind")),
        )

    @contextmanager
    def _all_or_nothing(self, several: bool) -> Generator[None]:
        """INSERT OVERWRITE is several statements to DuckDB."""
        if not several or self.in_transaction:
            yield
            return
        self._duck.execute("BEGIN")
        try:
            yield
        except BaseException:
            self._duck.execute("ROLLBACK")
            raise
        self._duck.execute("COMMIT")

    @contextmanager
    def _turn_on(self, table: exp.Table | None, deadline: float) -> Generator[None]:
        """Changes of one table wait for each other. They wait outside of the gate, for the owner must get through."""
        if table is None:
            yield
            return
        key = canonical_parts(table, *self.current)
        if not self._engine.locks.acquire(key, self, max(deadline - time.monotonic(), 0)):
            text = f"The statement waited too long for another session's transaction on table {'.'.join(key)}."
            raise AccountError(409, "000625", "57014", text)
        try:
            yield
        finally:
            if not self.in_transaction:
                self._engine.locks.release(self)


def _bindings(statement: Expr, parameters: Any) -> Any:
    """DuckDB takes no parameters that a statement doesn't ask for."""
    if not parameters or statement.find(exp.Placeholder) is None:
        return None
    return cast(Any, parameters) if isinstance(parameters, dict) else list(parameters)


def _changed_table(statement: Any) -> exp.Table | None:
    """The table whose rows a statement changes or removes. To add rows, nobody has to wait."""
    overwrites = isinstance(statement, exp.Insert) and statement.args.get("overwrite")
    if isinstance(statement, (exp.Update, exp.Delete, exp.Merge)) or overwrites:
        return statement.this.find(exp.Table)
    return statement.expressions[0] if isinstance(statement, exp.TruncateTable) else None
