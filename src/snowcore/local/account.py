"""The embedded account: one catalog, one SQL engine, and the one place where operations happen."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

import attrs

from . import forks
from .catalog import Catalog, Entry
from .engine import SqlEngine
from .errors import AccountError

if TYPE_CHECKING:
    from .sql import SqlSession


@attrs.frozen
class Context:
    """Who asks, and where: what a session knows of itself. Names are canonical."""

    database: str | None = None
    schema: str | None = None
    warehouse: str | None = None
    role: str = "ACCOUNTADMIN"
    user: str = "SNOWCORE"


def _utc_now() -> datetime:
    return datetime.now(UTC)


class LocalAccount:
    """A Snowflake account in this process: in memory, or kept in a folder that one process may use at a time.

    A forked child can't use its parent's account, and gets an AccountError (409); closing it there does nothing.
    Give it to `snowcore.Root`, or use it by SQL.
    """

    def __init__(self, path: str | os.PathLike[str] | None = None, *, clock: Callable[[], datetime] = _utc_now) -> None:
        try:
            from ..engine.duckdb import DuckEngine
            from .facts import Before, CatalogFacts
            from .objects import KINDS
            from .objects.recorded import others
            from .recovery import recover
            from .rest import RestDoor
            from .tasks.runs import Runs
        except ModuleNotFoundError as error:
            raise ModuleNotFoundError(
                f"The embedded account needs the package {error.name!r}: pip install 'snowcore[local]', "
                "with Python 3.11 or later",
                name=error.name,
            ) from error

        self.process = os.getpid()
        """The one that may use the account."""
        self._closed = False
        self.clock = clock
        self.patience = 30.0
        """How many seconds REST waits for what takes long, before it answers where the result will be."""
        self.sessions: WeakSet[SqlSession] = WeakSet()
        self.changing = threading.RLock()
        """Held by who changes the account, from looking at what there is until the change is recorded."""
        folder = None if path is None else Path(path).absolute()
        if folder is not None and not folder.exists():
            folder.mkdir(mode=0o700, parents=True)
        with ExitStack() as opened:
            self.catalog = Catalog(folder, clock)
            opened.callback(self.catalog.close)
            self.engine: SqlEngine = DuckEngine(
                folder, self.catalog, CatalogFacts(self.catalog), Before(self.catalog), clock
            )
            opened.callback(self.engine.close)
            self.kinds = {kind.resource: kind(self) for kind in (*KINDS, *others(KINDS))}
            self.runs = Runs(self)
            opened.callback(self.runs.close)
            self._door = RestDoor(self)
            opened.callback(self._door.close)
            self.runs.history.cancel_interrupted()
            recover(self)
            self._opened = opened.pop_all()

    def __enter__(self) -> LocalAccount:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Wait for what is running, then let go of the folder."""
        if os.getpid() == self.process:
            self._opened.close()
            self._closed = True

    def check_open(self) -> None:
        """AccountError (409) if the account was closed, or belongs to the process that this one was forked from."""
        forks.check(self.process)
        if self._closed:
            raise AccountError(409, "000625", "57014", "The account is closed. Open it again: LocalAccount(path).")

    def perform(
        self,
        resource: str,
        verb: str,
        path: Mapping[str, str],
        query: Mapping[str, Any] | None = None,
        body: Any = None,
        *,
        context: Context | None = None,
    ) -> Any:
        """Do what a REST operation or a SQL statement asks for, such as `("task", "resume", {"database": …})`.

        Names are as the user wrote them. What comes out is what the REST operation answers, ready for JSON.
        """
        from .objects.base import Call

        self.check_open()
        kind = self.kinds.get(resource)
        do = getattr(kind, f"do_{verb}", None)
        if kind is None or do is None:
            words = f"{resource.replace('-', ' ')}: {verb.replace('_', ' ')}"
            raise AccountError(501, "000002", "0A000", f"The embedded account does not support this yet ({words}).")
        if (operation := kind.document.verbs.get(verb)) is not None:
            query, body = operation.query(query or {}), operation.content(body)
        return do(Call(path, query or {}, body, context or Context()))

    def handle_request(
        self, method: str, target: str, headers: Mapping[str, str], content: bytes | None
    ) -> tuple[int, dict[str, str], bytes]:
        """Answer one REST request: status, headers, body. `target` is the path and query as they stand on the wire."""
        return self._door.handle(method, target, headers, content)

    def session(
        self,
        *,
        database: str | None = None,
        schema: str | None = None,
        warehouse: str | None = None,
        role: str | None = None,
    ) -> SqlSession:
        from .sql import SqlSession

        self.check_open()
        return SqlSession(self, database=database, schema=schema, warehouse=warehouse, role=role)

    def execute(self, sql: str, params: Any = None) -> list[tuple[Any, ...]]:
        """The rows of one statement, in a session of its own."""
        session = self.session()
        try:
            return list(session.execute(sql, params).rows)
        finally:
            session.close()

    def refresh_table(self, database: str, schema: str, name: str, declared: Mapping[str, Any] | None = None) -> None:
        """Record what SQL made of a table, or that it is gone. Names are canonical; what was declared is as in REST."""
        from .objects.tables import Tables

        tables = self.kinds["table"]
        assert isinstance(tables, Tables)
        tables.refresh(self._schema(database, schema), name, declared)

    def _schema(self, database: str, schema: str) -> Entry:
        return self.kinds["schema"].need(self.kinds["database"].need(None, database), schema)
