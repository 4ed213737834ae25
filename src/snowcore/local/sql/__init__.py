"""The front door of SQL. What concerns the catalog's objects becomes an operation of REST; the rest is the engine's.

`control` reads statements about objects, with `reader` as its eyes and `kinds` as its table; `show` lists them.
`tables` makes tables, and tells the catalog what is `declared` of them. `context` answers what a statement asks of its
session, `columns` names what it selects, `stages` has its files at hand. `parameters` is ALTER SESSION, `scripts` takes
texts of several statements apart, and `refused` says no.
"""

from __future__ import annotations

import logging
import os
import threading
import uuid
from collections import OrderedDict
from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import attrs
from sqlglot import Expr, exp

from ...engine.errors import AccountError, missing, syntax, unsupported
from ...engine.names import qualified, shown
from ...engine.parsing import Token, TokenType, tokens_of, wrong_count
from ...engine.protocol import Column, EngineSession, Result, TablePath
from . import control, refused, scripts, stages, tables
from .context import answered
from .parameters import Parameters
from .reader import Reader
from .results import TEXT, WHOLE, status, table
from .scripts import again

if TYPE_CHECKING:
    from ..account.account import Account
    from ..tasks.context import TaskRunContext

__all__ = ["SqlSession"]

_log = logging.getLogger("snowcore")

_REMEMBERED = 32
"""How many results RESULT_SCAN can still read."""

_COMPILATION = "SQL compilation error:\n"

# What statements that change rows give, to those who only want to know what they would give.
_CHANGES = {
    word: table([(f"number of rows {done}", WHOLE) for done in every], [])
    for word, every in (
        ("INSERT", ["inserted"]),
        ("UPDATE", ["updated", "multi-joined rows updated"]),
        ("DELETE", ["deleted"]),
        ("MERGE", ["inserted", "updated"]),
    )
}


class SqlSession:
    """A session of SQL. Its statements run one at a time, whoever calls."""

    def __init__(
        self,
        account: Account,
        *,
        database: str | None = None,
        schema: str | None = None,
        warehouse: str | None = None,
        role: str | None = None,
        user: str | None = None,
    ) -> None:
        self.account = account
        self.warehouse, self.role, self.user = warehouse, role or "ACCOUNTADMIN", user or "SNOWCORE"
        self.id = uuid.uuid4().int >> 76
        self.task: TaskRunContext | None = None
        self.remote = False
        """Whether a driver executes here, which itself takes files to a stage."""
        self._nested = False
        """Whether the statement that runs is part of another one: of a block or an EXECUTE IMMEDIATE."""
        self.interrupted = threading.Event()
        self.variables: dict[str, Any] = {}
        self.temporary_stages: dict[TablePath, stages.TemporaryStage] = {}
        self.engine: EngineSession = account.engine.connect()
        self.engine.recall = self._recalled
        self.parameters = Parameters(self.engine)
        self._lock = threading.RLock()
        self._results: OrderedDict[str, Result] = OrderedDict()
        if database is not None:
            self.use(database, schema)

    def execute(self, sql: str, parameters: Any = None, *, query_id: str | None = None) -> Result:
        """Run one statement, or one BEGIN … END block. parameters: a list for `?` and `:1`, a dict for names."""
        self.account.check_open()  # before a lock, which a thread of the parent may have held for ever
        with self._lock:
            self.interrupted.clear()
            try:
                result = self._execute(sql, parameters)
            except AccountError:
                raise
            except Exception as error:
                _log.exception("A statement failed in a way that is not foreseen: %s", sql)
                raise AccountError(
                    500, "000603", "XX000", "Internal error of the embedded account; see the log."
                ) from error
            result = attrs.evolve(result, query_id=query_id or str(uuid.uuid4()), statement=_first_word(sql))
            self._results[result.query_id] = result
            while len(self._results) > _REMEMBERED:
                self._results.popitem(last=False)
            return result

    def describe(self, sql: str) -> Result:
        """The columns that a statement would give, without running it; what only reads the catalog is run."""
        self.account.check_open()
        with self._lock:
            word = _first_word(sql)
            if word in ("SHOW", "DESCRIBE", "DESC", "LIST", "LS"):
                return attrs.evolve(self._execute(sql, None), statement=word)
            statement: Any = self.engine.parse(sql)
            if not isinstance(statement, exp.Query):
                return attrs.evolve(_CHANGES.get(word, status("")), statement=word)
            for placeholder in list(statement.find_all(exp.Placeholder)):
                placeholder.replace(exp.Null())
            prepared: Any = self._prepared(statement, sql)
            result = self.engine.execute(exp.select("*").from_(prepared.subquery()).limit(0))
            return attrs.evolve(result, statement=word)

    @contextmanager
    def atomic(self) -> Generator[None]:
        """All of it or nothing, unless a transaction is open anyway."""
        self.account.check_open()
        with self._lock:
            if self.engine.in_transaction or not self.engine.autocommit:
                yield
                return
            self.engine.execute(exp.Transaction())
            try:
                yield
            except BaseException:
                self.engine.execute(exp.Rollback())
                raise
            self.engine.execute(exp.Commit())

    def interrupt(self) -> None:
        """Stop the statement that runs, from another thread."""
        self.interrupted.set()
        self.engine.interrupt()

    def close(self) -> None:
        if os.getpid() != self.account.process:
            return
        with self._lock:
            for path in list(self.temporary_stages):
                stages.drop_temporary(self, path)
            self.engine.close()

    # Where it is

    @property
    def database(self) -> str | None:
        return self.engine.current[0]

    @property
    def schema(self) -> str | None:
        return self.engine.current[1]

    def use(self, database: str, schema: str | None = None) -> None:
        """Go to a database, and there to a schema; without one to PUBLIC, if there is one."""
        self.account.check_open()
        self.engine.use(database, None)
        if schema is not None or "PUBLIC" in self.account.engine.schemas(database):
            self.engine.use(database, schema or "PUBLIC")

    def need_database(self, statement: str) -> str:
        if self.database is None:
            raise _no_current("database", "090105", statement)
        return self.database

    def need_schema(self, statement: str) -> str:
        if self.schema is None:
            raise _no_current("schema", "090106", statement)
        return self.schema

    # One statement

    def _execute(self, sql: str, parameters: Any) -> Result:
        tokens = tokens_of(sql)
        if scripts.is_block(tokens):
            return self._block(sql)
        parts = scripts.split(tokens)
        if not parts:
            raise AccountError(400, "000900", "42601", f"{_COMPILATION}Empty SQL statement.")
        if len(parts) > 1:
            raise wrong_count(len(parts), 1)
        if any(token.token_type == TokenType.DARROW for token in parts[0]):
            return self._flow(sql, scripts.flow(parts[0]), parameters)
        return self._statement(sql[: parts[0][-1].end + 1], parts[0], parameters)

    def _flow(self, sql: str, parts: list[list[Token]], parameters: Any) -> Result:
        """A chain of statements; what it answers is the last one's."""
        ran: list[str] = []
        for part in parts[:-1]:
            ran.append(self.execute(scripts.chained(sql, part, ran), parameters).query_id)
        return self._execute(scripts.chained(sql, parts[-1], ran), parameters)

    def _block(self, sql: str) -> Result:
        value: Any = None
        with self._inside_another():
            for text in scripts.block(sql):
                if text.upper().startswith("RETURN"):
                    value = self._execute(f"SELECT {text[len('RETURN') :]}", None).rows[0][0]
                    break
                self._execute(text, None)
        return table([("anonymous block", TEXT)], [(value,)])

    def _statement(self, text: str, tokens: list[Token], parameters: Any) -> Result:
        if (rest := scripts.without_needless_word(text, tokens)) is not None:
            return self._statement(*again(rest), parameters)
        reader = Reader(text, tokens)
        if reader.take("CALL"):
            if not reader.peek().startswith("SYSTEM$"):
                raise unsupported("CALL and stored procedures")
            return self._statement(*again(f"SELECT {reader.rest()}"), parameters)
        if reader.take("EXECUTE IMMEDIATE"):
            with self._inside_another():
                return self._execute(self._immediate(reader), parameters)
        if reader.take("SET"):
            return self._set(reader)
        if reader.take("UNSET"):
            for path in reader.several(reader.path):
                self.variables.pop(path[0], None)
            return status("Statement executed successfully.")
        if reader.take("ALTER SESSION"):
            return self.parameters.alter(reader)
        result = control.perform(self, reader)
        if result is None:
            reader.at = 0
            refused.check(reader)
            stages.prepare(self, tokens)
            result = self._of_engine(text, parameters)
        return result

    @contextmanager
    def _inside_another(self) -> Generator[None]:
        before, self._nested = self._nested, True
        try:
            yield
        finally:
            self._nested = before

    def _immediate(self, reader: Reader) -> str:
        if reader.is_string():
            return reader.string()
        reader.expect("$")
        value = self.variables.get(reader.word())
        if not isinstance(value, str):
            raise reader.wrong()
        return value

    def _set(self, reader: Reader) -> Result:
        names = [path[0] for path in reader.several(reader.path)]
        reader.expect("=")
        values = reader.rest()
        if len(names) > 1:
            values = values.removeprefix("(").removesuffix(")")
        query = f"SELECT {values}"
        row = self.engine.execute(self._prepared(self.engine.parse(query), query)).rows[0]
        if len(row) != len(names):
            raise syntax(f"{len(names)} variables are set to {len(row)} values.")
        self.variables |= dict(zip(names, row, strict=True))
        return status("Statement executed successfully.")

    def _of_engine(self, text: str, parameters: Any) -> Result:
        statement = self.engine.parse(text)
        refused.check_parsed(statement)
        if isinstance(statement, exp.Put) and (self._nested or self.task is not None):
            # Whoever sends the statement PUT has the file; a task or a script would read what lies on the server.
            raise AccountError(400, "000002", "0A000", "Unsupported statement type 'PUT_FILES'.")
        elsewhere = self._nested or self.remote or self.task is not None
        if elsewhere and isinstance(statement, exp.Command) and _first_word(text) == "GET":
            raise unsupported("GET but in the process of the account, which writes the file where it is")
        statement = self._prepared(statement, text)
        if isinstance(statement, exp.Create):
            return self._create(statement, text, parameters)
        if isinstance(statement, exp.Alter) and statement.args.get("kind") == "TABLE":
            return tables.alter(self, statement, parameters)
        if isinstance(statement, exp.Comment):
            return tables.comment(self, statement)
        result = self.engine.execute(statement, parameters)
        return self.engine.upload(result) if isinstance(statement, exp.Put) and not self.remote else result

    def _create(self, statement: exp.Create, text: str, parameters: Any) -> Result:
        kind = str(statement.kind)
        if self.engine.creates_temporary(statement):
            name = tables.path_of(self, tables.target(statement), f"CREATE {kind}").name
            self.engine.execute(statement, parameters)
            return status(f"{kind.capitalize()} {shown(name)} successfully created.")
        if kind != "TABLE":
            return self.engine.execute(statement, parameters)
        if Reader(text).take("CREATE OR ALTER"):  # which sqlglot takes for OR REPLACE
            return tables.create_or_alter(self, statement)
        return tables.create(self, statement, parameters)

    def _prepared(self, statement: Expr, text: str) -> Expr:
        return answered(statement, self)

    # For those who help

    def perform(
        self,
        resource: str,
        verb: str,
        path: Mapping[str, str],
        query: Mapping[str, Any] | None = None,
        body: Any = None,
    ) -> Any:
        """Do an operation of REST as this session. What changes an object commits the open transaction, as all DDL."""
        from ..account.calls import Context

        if verb not in ("fetch", "list", "execute"):
            self.engine.commit()
        context = Context(self.database, self.schema, self.warehouse, self.role, self.user)
        try:
            return self.account.perform(resource, verb, path, query or {}, body, context=context)
        except AccountError as error:
            if error.code.startswith("002") and not error.message.startswith(_COMPILATION):
                error.message = _COMPILATION + error.message
            raise

    def text_of(self, value: Expr) -> str | None:
        """What an argument of a system function is."""
        if isinstance(value, exp.Literal):
            return value.name
        found = self.engine.execute(answered(exp.select(value.copy()), self)).rows[0][0]
        return None if found is None else str(found)

    @property
    def query_ids(self) -> Iterable[str]:
        """The statements whose results are still known, the oldest first."""
        return self._results.keys()

    def _recalled(self, query_id: str) -> Result:
        """The result of an earlier statement."""
        if query_id not in self._results:
            raise AccountError(404, "000709", "02000", f"Statement {query_id} not found")
        return self._results[query_id]

    def columns(self, path: TablePath) -> list[Column]:
        """The columns of a table, a view or a temporary table."""
        if not self.engine.is_temporary(path) and (columns := self.account.engine.columns(path)) is not None:
            return columns
        whole = exp.to_table(qualified(path.database, path.schema, path.name), dialect="snowflake")
        try:
            return self.engine.execute(exp.select("*").from_(whole).limit(0)).columns
        except AccountError as error:
            if error.status == 404:
                raise missing("table", shown(path.name)) from None
            raise


def _first_word(sql: str) -> str:
    return tokens_of(sql)[0].text.upper()


def _no_current(what: str, code: str, statement: str) -> AccountError:
    text = f"Cannot perform {statement}. This session does not have a current {what}."
    return AccountError(400, code, "22000", f"{text} Call 'USE {what.upper()}', or use a qualified name.")
