"""The front door of SQL. What concerns the catalog's objects becomes an operation of REST; the rest is the engine's.

`control` reads statements about objects, with `reader` as its eyes and `kinds` as its table; `show` lists them and
`describe` has more of one, both by the table of `listings`; `ddl` writes the statements that make them. `kept` and
`kept_told` do so for kinds of which the account only keeps what was declared, `shares` says what is in a share.
`tables` makes tables, and tells the catalog what is `declared` of them; `hybrid` has those whose keys are held,
`iceberg` those of files. `context` answers what a statement asks, `stages` has its files at hand, `explain` tells the
steps of a query. `parameters` is ALTER SESSION, `naming` has names that aren't what is written, `scripts` takes texts
of several statements apart, `scripting` runs blocks, `routines` makes and calls functions and procedures, `code` runs
those that are not in SQL, for which the session is `lent`, and `refused` says no.
"""

from __future__ import annotations

import os
import re
import threading
import time
import uuid
from collections import OrderedDict
from collections.abc import Generator, Iterable, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

import attrs

from ...engine.errors import AccountError, empty, missing, syntax, unforeseen, unsupported, wrong_count
from ...engine.late import late
from ...engine.latest import Latest
from ...engine.names import qualified, shown
from ...engine.protocol import Batch, Column, EngineSession, Result, TablePath, new_query_id, running
from ...engine.translate.protocol import Variable
from ...engine.types import INTEGER, VARCHAR
from ..account.calls import Context
from ..account.limits import time_limit
from ..account.secrets import without_secrets
from ..objects import granting, securables, session_parameters, this_account
from ..objects.access import context_of
from ..objects.base import check_ranges
from .naming import with_plain_names
from .parameters import Parameters
from .reader import Reader
from .results import WHOLE, status, table
from .seen import Seen

if TYPE_CHECKING:
    from sqlglot import Expr
    from sqlglot import expressions as exp

    from ...engine import parsing
    from ...engine.parsing import Token
    from ..account.account import Account
    from ..code.workers import Worker
    from ..objects.access import Rights
    from ..objects.warehouses import Warehouses
    from ..tasks.context import AlertRunContext, TaskRunContext
    from . import (
        context,
        control,
        declared,
        history,
        hybrid,
        iceberg,
        kinds,
        permitted,
        policies,
        refused,
        routines,
        scripting,
        scripts,
        stages,
        tables,
        tags,
        templates,
        versions,
    )
else:  # what statements need, for which whoever logs in need not wait
    late(globals(), "...engine.parsing", exp="sqlglot.expressions")
    late(globals(), ".context .control .declared .history .hybrid .iceberg .kinds .permitted .policies .refused")
    late(globals(), ".routines .scripting .scripts .stages .tables .tags .templates .versions")

__all__ = ["SqlSession"]

_REMEMBERED = 32
"""How many results RESULT_SCAN can still read."""

_STOPPING = 5.0
"""Seconds that a query has to end when it is stopped from another session."""

_NOTHING = nullcontext()
_COMPILATION = "SQL compilation error:\n"

_LONGEST = 20_000
_plain = Latest[str, "tuple[str, bool]"](1_000)
"""Texts that are one statement for the engine alone, which it may run as they are, with their first words, and whether
they need a warehouse. That is so whatever the session, since only the text was looked at."""

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


class SqlSession(AbstractContextManager["SqlSession"]):
    """A session of SQL. Its statements run one at a time, whoever calls."""

    def __init__(
        self, account: Account, who: Context, *, database: str | None = None, schema: str | None = None
    ) -> None:
        self.account = account
        self.warehouse, self.user, self.secondary = who.warehouse, who.user, who.secondary
        self.restricted = who.restricted
        self.role_is_fixed = who.fixed
        """Whether the role is that of the owner of the task or the procedure that runs, which no statement changes."""
        self.id = uuid.uuid4().int >> 76
        self.task: TaskRunContext | None = None
        self.alert: AlertRunContext | None = None
        self.remote = False
        """Whether a driver executes here, which itself takes files to a stage."""
        self.lent = False
        """Whether a procedure has it that is not in SQL, whose worker takes files to a stage and from there."""
        self._over: tuple[str, str] | None = None
        """Number and text of why nothing runs here any more."""
        self._size: tuple[str, str] | None = None
        """The size and the type of the warehouse that the statement runs on."""
        self._running: str | None = None
        """The id of the query that runs."""
        self._nested, self._depth, self._hides = False, 0, False
        """Whether the statement that runs is part of another one (of a block or an EXECUTE IMMEDIATE), how deep in
        procedures it is, and whether these hide the session's variables, as one with its owner's rights does."""
        self.interrupted = threading.Event()
        self.inner: SqlSession | None = None
        """That of the notebook that the statement runs."""
        self.busy: set[Worker] = set()
        """The workers that run code for the session now."""
        self.temporary_routines: dict[tuple[str, str, str, str], dict[str, Any]] = {}
        """Functions and procedures of the session, by resource, database, schema and name with types."""
        self.variables: dict[str, Any] = {}
        self.statement = ""  # the text of the one that asked last what its session knows
        self.temporary_stages: dict[TablePath, stages.TemporaryStage] = {}
        self.engine: EngineSession = account.engine.connect()
        self.role = who.role
        self.engine.recall = self.recalled
        self.engine.variable = self._variable
        self.engine.asked = lambda name, arguments: history.asked(self, name, arguments)
        self.engine.routine = lambda path, types, named: routines.function_of(self, path, types, named)
        self.engine.says = lambda name: context.told(self, name)
        self.engine.account = Seen(self)
        begun = {**this_account.parameters(account), **session_parameters.of_user(account, who.user)}
        self.parameters = Parameters(self.engine, begun)
        self._lock = threading.RLock()
        self._results: OrderedDict[str, Result] = OrderedDict()
        account.sessions.add(self)
        if database is not None:
            self.use(database, schema)

    def execute(
        self, sql: str, parameters: Any = None, *, query_id: str | None = None, count: int | None = None
    ) -> Result:
        """Run one statement, or one BEGIN … END block. parameters: a list for `?` and `:1`, a dict for names.

        count: how many statements it may be, 0 for any number; None for as many as MULTI_STATEMENT_COUNT says.
        """
        self._check_open()  # before a lock, which a thread of the parent may have held for ever
        with self.account.gate, self._lock:
            self._check_open()  # again, since it may have ended while the statement waited
            if not self._nested:
                self.interrupted.clear()
                self._size = None
            query_id, began = query_id or new_query_id(), self.account.clock()
            told, outer = running.set(query_id), self._running
            self._running = outer or query_id
            self.account.engine.note(query_id)
            try:
                with self._in_time():
                    result = self._execute(sql, parameters, count)
            except AccountError as error:
                found = _WORD.match(sql)  # which fails for nothing, as reading the text may have
                self._note(sql, found[1].upper() if found else "", query_id, began, 0, error)
                if self.parameters.is_on("TRANSACTION_ABORT_ON_ERROR") and self.engine.in_transaction:
                    self.engine.execute(exp.Rollback())
                self._check_open()
                raise
            except Exception as error:
                raise unforeseen(error, f"The statement {without_secrets(sql)}") from error
            finally:
                running.reset(told)
                self._running = outer
            if not self._nested and 0 < (most := self.parameters.number("ROWS_PER_RESULTSET")) < len(result.rows):
                result = attrs.evolve(result, rows=result.rows[:most], rowcount=most, native=None)
            result = self._remembered(sql, result, query_id)
            self._note(sql, result.statement, query_id, began, result.rowcount, None)
            if not self._nested and not self.engine.in_transaction:
                self.account.purge_dropped()
            return result

    def _remembered(self, sql: str, result: Result, query_id: str | None = None) -> Result:
        """A result as RESULT_SCAN finds it from now on."""
        known = _plain.get(_bare(sql))
        word = known[0] if known else _first_word(sql)
        result = result.of(query_id or new_query_id(), word)
        self._results[result.query_id] = result
        while len(self._results) > _REMEMBERED:
            self._results.popitem(last=False)
        return result

    def run(self, sql: str, values: list[Any], *, remembered: bool = True) -> Result:
        """Run one statement as a part of another one: of a block, a procedure or an EXECUTE IMMEDIATE."""
        result = self._execute(sql, values)
        return self._remembered(sql, result) if remembered else result

    def _note(self, sql: str, word: str, query_id: str, began: datetime, rows: int, error: AccountError | None) -> None:
        """Tell the account of a statement that has ended. word: its first one."""
        at = (query_id, word or "UNKNOWN", self.id, self.engine.current)
        by = (self.user, self.role, self.warehouse, self.parameters.told("QUERY_TAG"))
        why = (error.code, _TOKEN.sub("unexpected token.", without_secrets(error.message))) if error else None
        self.account.statements.append(
            history.Ran(
                without_secrets(sql[:_TOLD], failed=error is not None),
                *at,
                *by,
                began,
                self.account.clock(),
                rows,
                self._size,
                why,
            )
        )

    def execute_batch(self, sql: str, batch: Batch, *, query_id: str) -> Result:
        """Run one statement for many rows of parameters, all of it or nothing."""
        if "IDENTIFIER" not in sql.upper() and self.engine.takes_batch(self.engine.parse(sql)):
            return self.execute(sql, batch, query_id=query_id, count=1)
        with self.atomic():
            results = [self.execute(sql, row, query_id=query_id, count=1) for row in batch.rows]
        count = sum(result.rowcount for result in results)
        return attrs.evolve(results[-1], rows=[(count,)], rowcount=count, native=None)

    def _in_time(self) -> AbstractContextManager[None]:
        """Within it, AccountError 000630 for what takes longer than STATEMENT_TIMEOUT_IN_SECONDS."""
        name = "STATEMENT_TIMEOUT_IN_SECONDS"
        given = name in self.parameters and not self._nested
        return time_limit(self.account.clock, self, self.parameters.number(name)) if given else _NOTHING

    def describe(self, sql: str) -> Result:
        """The columns that a statement would give, without running it; what only reads the catalog is run."""
        self._check_open()
        with self.account.gate, self._lock:
            word = _first_word(sql)
            if word in ("SHOW", "DESCRIBE", "DESC", "LIST", "LS"):
                return attrs.evolve(self._execute(sql, None), statement=word)
            ignore = self.parameters.is_on("QUOTED_IDENTIFIERS_IGNORE_CASE")
            sql = with_plain_names(sql, None, self.variables, ignore_case=ignore)[0]
            statement: Any = self.engine.parse(sql)
            if isinstance(statement, exp.Copy):
                stages.prepare(self, parsing.tokens_of(sql))
                permitted.check(self, statement)
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
        self._check_open()
        with self._lock:
            if self.engine.transaction or not self.engine.autocommit:
                yield
                return
            self.engine.execute(exp.Transaction())
            try:
                yield
            except BaseException:
                self.engine.execute(exp.Rollback())
                raise
            self.engine.execute(exp.Commit())

    def _check_open(self) -> None:
        self.account.check_open()
        if self._over is not None:
            raise AccountError(401, self._over[0], "08003", self._over[1])

    def cancel(self, query_id: str | None = None) -> bool:
        """Stop the query that runs, from another session: this one, or any. Whether there was one."""
        running, until = self._running, time.monotonic() + _STOPPING
        if running is None or query_id not in (None, running):
            return False
        while self._running == running and time.monotonic() < until:
            self.interrupt()  # which is lost on a statement between two of its steps
            time.sleep(0.02)
        return True

    def interrupt(self) -> None:
        """Stop the statement that runs, from another thread."""
        self.interrupted.set()
        self.account.clock.wake()
        self.engine.interrupt()
        for worker in list(self.busy):
            worker.stop()
        if self.inner is not None:
            self.inner.interrupt()

    def end(self, code: str, why: str) -> None:
        """Stop what runs, from another thread, and have nothing run here any more."""
        self._over = code, why
        self.interrupt()

    def set_parameter(self, name: str, value: Any) -> None:
        """What ALTER SESSION SET does."""
        self.parameters.put(name, value)

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        if os.getpid() != self.account.process:
            return
        with self._lock:
            self._over = self._over or ("390111", "The session is closed. Open another one.")
            for path in list(self.temporary_stages):
                stages.drop_temporary(self, path)
            self.engine.close()

    # Who it is

    @property
    def role(self) -> str:
        return self.engine.role

    @role.setter
    def role(self, name: str) -> None:
        self.engine.role = name

    @property
    def rights(self) -> Rights:
        """What the session may do."""
        return self.account.access.rights(self.role, self.user, self.secondary)

    def is_of(self, user: str) -> bool:
        """Whether a user, or who may do everything, asks; not the owner of what the user has called."""
        return "ACCOUNTADMIN" in self.rights.names or (self.user == user and not self.role_is_fixed)

    def log_in(self, user: str, role: str | None, only: str | None = None) -> None:
        """Be a user from now on, with a role of the user's or the default one (see `context_of`)."""
        who = context_of(self.account, user, role, only)
        self.user, self.role, self.secondary, self.restricted = who.user, who.role, who.secondary, who.restricted

    # Where it is

    @property
    def database(self) -> str | None:
        return self.engine.current[0]

    @property
    def schema(self) -> str | None:
        return self.engine.current[1]

    def use(self, database: str, schema: str | None = None) -> None:
        """Go to a database, and there to a schema; without one to PUBLIC, if there is one."""
        self._check_open()
        rights = self.rights
        if not rights.manages:
            rights.need_to_see(securables.need(self.account, securables.KINDS["DATABASE"], [database]))
            if schema is not None:
                rights.need_to_see(securables.need(self.account, securables.KINDS["SCHEMA"], [database, schema]))
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

    def _execute(self, sql: str, parameters: Any, count: int | None = 1) -> Result:
        ignore = self.parameters.is_on("QUOTED_IDENTIFIERS_IGNORE_CASE")
        if not ignore and (known := _plain.get(bare := _bare(sql))):
            with self._on_warehouse(uses=True) if known[1] else _NOTHING:
                return self.engine.execute(bare, parameters)
        sql, tokens, parameters = with_plain_names(
            parsing.readable(sql), parameters, self.variables, ignore_case=ignore
        )
        parts = scripts.split(tokens)
        if not parts:
            raise empty()
        count = self.parameters.number("MULTI_STATEMENT_COUNT") if count is None else count
        if count not in (0, len(parts)):
            raise wrong_count(len(parts), count)
        if len(parts) > 1:
            return [self.execute(text, parameters, count=1) for text in scripts.compiled(sql)][-1]
        if scripting.begins_block(parts[0]):
            with self._inside_another():
                return scripting.Script(self, sql, parameters).run()
        if any(token.token_type == parsing.TokenType.DARROW for token in parts[0]):
            return self._flow(sql, scripts.flow(parts[0]), parameters)
        return self._statement(sql[: parts[0][-1].end + 1], parts[0], parameters)

    def _flow(self, sql: str, parts: list[list[Token]], parameters: Any) -> Result:
        """A chain of statements; what it answers is the last one's."""
        ran: list[str] = []
        for part in parts[:-1]:
            ran.append(self.execute(scripts.chained(sql, part, ran), parameters, count=1).query_id)
        return self._execute(scripts.chained(sql, parts[-1], ran), parameters)

    def _statement(self, text: str, tokens: list[Token], parameters: Any) -> Result:
        if tokens[0].text.upper() in stages.TRANSFERS and (staged := versions.as_stages(text)) != text:
            return self._statement(*scripts.again(staged), parameters)
        if (rest := scripts.without_needless_word(text, tokens)) is not None:
            return self._statement(*scripts.again(rest), parameters)
        if (told := iceberg.about(self, text, tokens)) is not None:
            return self._statement(*scripts.again(told), parameters) if isinstance(told, str) else told
        reader = Reader(text, tokens)
        if reader.take("CALL"):
            if not reader.peek().startswith("SYSTEM$"):
                return routines.call(self, reader, parameters)
            return self._statement(*scripts.again(f"SELECT {reader.rest()}"), parameters)
        if reader.take("WITH"):
            if (result := routines.with_procedure(self, reader, parameters)) is not None:
                return result
            reader.at = 0
        if reader.take("EXECUTE IMMEDIATE"):
            with self._inside_another():
                return self._immediate(reader)
        if reader.take("START TRANSACTION"):
            return self._statement(*scripts.again(f"BEGIN {reader.rest()}" if not reader.done else "BEGIN"), parameters)
        if self._hides and reader.peek() in ("SET", "UNSET"):
            said = f"Stored procedure execution error: Unsupported statement type '{reader.peek()}'."
            raise AccountError(400, "090236", "42601", said)
        if reader.take("SET"):
            return self._set(reader)
        if reader.take("UNSET"):
            for path in reader.several(reader.path):
                self.variables.pop(path[0], None)
            return status("Statement executed successfully.")
        if reader.peek(2) != "POLICY" and reader.take("ALTER SESSION"):
            return self.parameters.alter(reader)
        result = control.perform(self, reader)
        if result is None:
            reader.at = 0
            refused.check(reader)
            result = self._query(text, tokens, parameters)
        return result

    @contextmanager
    def _inside_another(self) -> Generator[None]:
        before, self._nested = self._nested, True
        try:
            yield
        finally:
            self._nested = before

    @contextmanager
    def in_procedure(self, row: Mapping[str, Any], deepest: int) -> Generator[None]:
        """Within it, a procedure runs: in its own database and schema if it has its owner's rights, with transactions
        of its own."""
        if self._depth >= deepest:
            text = f"Stored procedure execution error: more than {deepest} calls of procedures inside of each other."
            raise AccountError(400, "090183", "P0000", text)
        before, current, self._depth = self.engine.transaction, self.engine.current, self._depth + 1
        who, results = (self.role, self.secondary, self.role_is_fixed), self._results
        variables, hides = self.variables, self._hides
        try:
            with self._inside_another():
                if row.get("execute_as") != "CALLER" and "database_name" in row:
                    self.engine.use(row["database_name"], row["schema_name"])
                    self.role, self.secondary, self.role_is_fixed = row["owner"], False, True
                    self._results = OrderedDict()  # the owner's are not the caller's, nor the other way
                    self.variables, self._hides = {}, True
                yield
        finally:
            self._depth -= 1
            (self.role, self.secondary, self.role_is_fixed), self._results = who, results
            self.variables, self._hides = variables, hides
            left = self.engine.transaction is not None and before is None
            if left:
                self.engine.execute(exp.Rollback())
            if row.get("execute_as") != "CALLER" and current[0] in self.account.engine.databases():
                self.engine.use(*current)
        if left:
            text = "Scoped transaction started in stored procedure is incomplete and it was rolled back."
            raise AccountError(400, "090232", "0A000", f"Stored procedure execution error: {text}")

    def _immediate(self, reader: Reader) -> Result:
        """EXECUTE IMMEDIATE of a text, a session variable or a stage's file; USING names session variables."""
        if reader.take("FROM"):
            return self._of_file(reader)
        if reader.is_string():
            text: Any = reader.string()
        else:
            text = self._session_variable(reader)
            if not isinstance(text, str):
                raise reader.wrong()
        values = reader.several(lambda: self._session_variable(reader)) if reader.take("USING") else []
        reader.end()
        return self._execute(text, values)

    def _of_file(self, reader: Reader) -> Result:
        """Run the statements of a stage's file, one after the other; what it answers is the last one's."""
        stages.prepare(self, reader.tokens)
        place = reader.string() if reader.is_string() else reader.until("USING")
        values = dict(reader.several(lambda: self._named_value(reader))) if reader.take("USING") else {}
        reader.end()
        text = templates.made(self, self.engine.read_file(place), values)
        results = [self.run(one, []) for one in scripts.statements(text)]
        if not results:
            raise empty()
        return results[-1]

    def _named_value(self, reader: Reader) -> tuple[str, Any]:
        """`name => value`, whose name is meant as it is written."""
        name = reader.until("=>").strip('"')
        reader.expect("=>")
        return name, self._values(reader.until(",", ")"))[0]

    def _session_variable(self, reader: Reader) -> Any:
        reader.expect("$")
        if (name := reader.word()) not in self.variables:
            raise reader.wrong()
        return self.variables[name]

    def _variable(self, name: str) -> Variable | None:
        value = self.variables.get(name)
        kind = VARCHAR if isinstance(value, str) else INTEGER if isinstance(value, int) else None
        return Variable(kind, value) if kind and not isinstance(value, bool) else None

    def _set(self, reader: Reader) -> Result:
        names = [path[0] for path in reader.several(reader.path)]
        reader.expect("=")
        values = reader.rest()
        if len(names) > 1:
            values = values.removeprefix("(").removesuffix(")")
        row = self._values(values)
        if len(row) != len(names):
            raise syntax(f"{len(names)} variables are set to {len(row)} values.")
        self.variables |= dict(zip(names, row, strict=True))
        return status("Statement executed successfully.")

    def _values(self, written: str) -> tuple[Any, ...]:
        query = f"SELECT {written}"
        return self.engine.execute(self._prepared(self.engine.parse(query), query)).rows[0]

    def _query(self, text: str, tokens: list[Token], parameters: Any) -> Result:
        plain = not stages.prepare(self, tokens)
        try:
            return self._of_engine(text, parameters, plain=plain)
        except AccountError as error:
            unknown = error.code == "002141"  # a table function, so it may be a procedure
            called = routines.with_results(self, text, tokens, parameters) if unknown else None
            if called is None:
                raise
        return self._of_engine(called, parameters, plain=False)

    def _of_engine(self, text: str, parameters: Any, *, plain: bool) -> Result:
        statement = self.engine.parse(text)
        if isinstance(parameters, list) and "RESULT_SCAN" in text.upper():
            statement = context.with_named_results(statement, parameters)
        refused.check_parsed(statement, text)
        permitted.check(self, statement)
        transfers = isinstance(statement, (exp.Put, exp.Get))
        if transfers and (self._nested or self.task is not None) and not self.lent:
            # Whoever sends the statement has the files; a task or a script would touch what lies on the server.
            raise AccountError(400, "000002", "0A000", f"Unsupported statement type '{statement.key.upper()}_FILES'.")
        uses = _needs_warehouse(statement)
        with self._on_warehouse(uses):
            if (
                plain
                and isinstance(statement, (exp.Query, *parsing.DML))
                and not isinstance(statement, exp.MultitableInserts)
                and not context.asks(statement)
            ):
                if len(text) <= _LONGEST:
                    _plain.put(text, (_first_word(text), uses))
                return self.engine.execute(statement, parameters, text=text)
            return self._prepared_runs(self._prepared(statement, text, parameters), text, parameters)

    @contextmanager
    def _on_warehouse(self, uses: bool) -> Generator[None]:
        """Within it, a statement runs on the session's warehouse, if it has one and the statement needs one."""
        if self.warehouse is None or not uses:
            yield
            return
        warehouses = cast("Warehouses", self.account.kinds["warehouse"])
        with warehouses.used(self.warehouse, self) as entry:
            if entry is not None:
                said = {**warehouses.defaults, **entry.properties}
                self._size = said["warehouse_size"], said["warehouse_type"]
            yield

    def _prepared_runs(self, statement: Expr, text: str, parameters: Any) -> Result:
        transfers = isinstance(statement, (exp.Put, exp.Get))
        if isinstance(statement, exp.Create):
            return self._create(statement, text, parameters)
        if isinstance(statement, exp.Alter) and statement.args.get("kind") == "TABLE":
            return tables.alter(self, statement, parameters)
        if isinstance(statement, exp.Comment):
            return tables.comment(self, statement)
        result = self.engine.execute(statement, parameters)
        return self.engine.transfer(result) if transfers and not self.remote else result

    def _create(self, statement: exp.Create, text: str, parameters: Any) -> Result:
        kind, statement = str(statement.kind), tables.from_template(self, statement)
        temporary = self.engine.creates_temporary(statement)
        if (temporary or kind not in ("TABLE", "VIEW")) and statement.find(exp.Tags):
            raise unsupported("tags of temporary tables")
        if temporary and statement.find(*policies.SAID):
            raise unsupported("policies of temporary tables and views")
        if temporary:
            if kind == "TABLE":
                if statement.find(exp.HybridProperty):
                    raise hybrid.refused("TEMPORARY")
                check_ranges({**declared.of_create(statement), "kind": "TEMPORARY"})
            name = tables.path_of(self, tables.target(statement), f"CREATE {kind}").name
            self.engine.execute(statement, parameters)
            return status(f"{kind.capitalize()} {shown(name)} successfully created.")
        alters = Reader(text).take("CREATE OR ALTER")  # which sqlglot takes for OR REPLACE
        if alters and kind == "SEQUENCE":
            raise unsupported("CREATE OR ALTER SEQUENCE")
        if kind != "TABLE":
            return self._made(kind, statement, parameters, keeps=alters)
        if alters:
            return tables.create_or_alter(self, statement)
        return tables.create(self, statement, parameters)

    def _made(self, kind: str, statement: exp.Create, parameters: Any, *, keeps: bool) -> Result:
        """Make a view, a sequence or a file format, and give those privileges on it who are to have them.

        keeps: whether all have who have them on the one that is replaced, as with COPY GRANTS.
        """
        account, path = self.account, tables.path_of(self, tables.target(statement), f"CREATE {kind}")
        keeps = keeps or statement.find(exp.CopyGrantsProperty) is not None
        old = account.engine.find_made(kind.lower(), path) if keeps else None
        kept = account.catalog.grants.on(-old.id) if old is not None else []
        before, under = account.engine.find_made(kind.lower(), path), policies.take(self, statement)
        given, of_columns = tags.take(self, statement)
        if of_columns:
            raise unsupported("tags of columns of views")
        with account.engine.in_one_step():  # nobody shall see the view without its policies
            result = self.engine.execute(statement, parameters)
            policies.put_under(self, path, under)
        made = account.engine.find_made(kind.lower(), path)
        if made is not None and (before is None or made.id != before.id):
            account.catalog.grants.give_all(attrs.evolve(one, securable=-made.id) for one in kept)
            granting.born(account, securables.of_made(made))
            tags.give(self, kinds.VIEW, tables.rest_path(path), given)
        return result

    def _prepared(self, statement: Expr, text: str, parameters: Any = None) -> Expr:
        self.statement = text
        return context.answered(statement, self, parameters)

    # For those who help

    @property
    def context(self) -> Context:
        where = self.database, self.schema, self.warehouse
        return Context(*where, self.role, self.user, self.secondary, self.role_is_fixed, self.restricted)

    def perform(
        self,
        resource: str,
        verb: str,
        path: Mapping[str, str],
        query: Mapping[str, Any] | None = None,
        body: Any = None,
    ) -> Any:
        """Do an operation of REST as this session. What changes an object commits the open transaction, as all DDL."""
        kind = self.account.kinds.get(resource)
        if verb not in ("execute", "status") and kind is not None and not kind.looks(verb):
            self.engine.commit()
        said: dict[str, Any] = body or {}
        beyond = {name: value for name, value in said.items() if name.isupper()}
        context = attrs.evolve(self.context, beyond=beyond)
        if beyond:
            body = {name: value for name, value in said.items() if name not in beyond}
        try:
            return self.account.perform(resource, verb, path, query or {}, body, context=context)
        except AccountError as error:
            if error.code.startswith("002") and not error.message.startswith(_COMPILATION):
                error.message = _COMPILATION + error.message
            raise

    def text_of(self, value: Expr, parameters: Any = None) -> str | None:
        """What an argument of a system function is. parameters: what is bound in its statement."""
        if isinstance(value, exp.Literal):
            return value.name
        found = self.engine.execute(context.answered(exp.select(value.copy()), self), parameters).rows[0][0]
        return None if found is None else str(found)

    @property
    def query_ids(self) -> Iterable[str]:
        """The statements whose results are still known, the oldest first."""
        return self._results.keys()

    def value_of(self, text: str) -> str | None:
        """What an expression's text comes to."""
        return self.text_of(parsing.expression(text))

    def recalled(self, query_id: str) -> Result:
        """The result of an earlier statement."""
        if query_id not in self._results:
            raise AccountError(404, "000709", "02000", f"Statement {query_id} not found")
        return self._results[query_id]

    def columns(self, path: TablePath) -> list[Column]:
        """The columns of a table, a view or a temporary table."""
        permitted.need_to_see(self, path)
        if (columns := self.engine.columns(path)) is not None:
            return columns
        whole = exp.to_table(qualified(path.database, path.schema, path.name), dialect="snowflake")
        try:  # of INFORMATION_SCHEMA
            return self.engine.execute(exp.select("*").from_(whole).limit(0)).columns
        except AccountError as error:
            if error.status == 404:
                raise missing("table", shown(path.name)) from None
            raise


def _needs_warehouse(statement: Expr) -> bool:
    """Whether a statement reads or changes rows, which a warehouse does in Snowflake."""
    if isinstance(statement, exp.Create):
        return isinstance(statement.expression, exp.Query) and str(statement.kind) == "TABLE"
    reads = isinstance(statement, exp.Query) and statement.find(exp.Table) is not None
    return reads or isinstance(statement, (exp.Copy, *parsing.DML))


def _bare(sql: str) -> str:
    """A statement without the semicolon that ends it."""
    return sql.rstrip("; \n\t")


_TOKEN = re.compile(r"unexpected '.*", re.DOTALL)
_WORD = re.compile(r"\s*([a-zA-Z]+)\b")
_TOLD = 100_000
"""Characters of a statement that its history tells."""


def _first_word(sql: str) -> str:
    if found := _WORD.match(sql):  # whose tokens would be all of a long text
        return found[1].upper()
    tokens = parsing.tokens_of(sql)
    if not tokens:
        raise empty()
    return tokens[0].text.upper()


def _no_current(what: str, code: str, statement: str) -> AccountError:
    text = f"Cannot perform {statement}. This session does not have a current {what}."
    return AccountError(400, code, "22000", f"{text} Call 'USE {what.upper()}', or use a qualified name.")
