"""The embedded account, put together from its rooms."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ..engine.duckdb import DuckEngine
from .account.account import Account
from .account.calls import Context
from .account.catalog import Catalog
from .account.facts import Before, CatalogFacts
from .account.recovery import recover
from .doors.rest import RestDoor
from .objects import access, kinds
from .objects.refused import REFUSED
from .sql import SqlSession
from .tasks.runs import Runs

USER = "SNOWCORE"
"""Who uses an account in its own process, and may do everything there."""


def _utc_now() -> datetime:
    return datetime.now(UTC)


class LocalAccount(Account):
    """A Snowflake account in this process: in memory, or kept in a folder that one process may use at a time.

    A forked child can't use its parent's account, and gets an AccountError (409); closing it there does nothing.
    Give it to `snowcore.Root`, or use it by SQL.
    """

    def __init__(self, path: str | os.PathLike[str] | None = None, *, clock: Callable[[], datetime] = _utc_now) -> None:
        folder = None if path is None else Path(path).absolute()
        if folder is not None and not folder.exists():
            folder.mkdir(mode=0o700, parents=True)
        with ExitStack() as opened:
            catalog = Catalog(folder, clock)
            opened.callback(catalog.close)
            engine = DuckEngine(folder, catalog, CatalogFacts(catalog), Before(catalog), clock)
            opened.callback(engine.close)
            super().__init__(
                catalog,
                engine,
                clock,
                kinds=kinds(),
                access=access.Access,
                refused=REFUSED,
                runs=Runs,
                open_session=self._open_session,
            )
            opened.callback(self.runs.close)
            self._door = RestDoor(self)
            opened.callback(self._door.close)
            self.runs.history.cancel_interrupted()
            recover(self)
            access.prepare(self, USER)
            self._opened = opened.pop_all()

    def __enter__(self) -> LocalAccount:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Wait for what is running, then let go of the folder."""
        if os.getpid() == self.process:
            self._opened.close()
            self.closed = True

    def handle_request(
        self,
        method: str,
        target: str,
        headers: Mapping[str, str],
        content: bytes | None,
        caller: Context | None = None,
    ) -> tuple[int, dict[str, str], bytes]:
        """Answer one REST request: status, headers, body. `target` is the path and query as they stand on the wire.

        caller: who asks; the account's own user, unless it is given. The headers X-Snowflake-Role and
        X-Snowflake-Warehouse choose another role of the same user, and a warehouse.
        """
        return self._door.handle(method, target, headers, content, caller or Context(user=USER))

    def session(
        self,
        *,
        database: str | None = None,
        schema: str | None = None,
        warehouse: str | None = None,
        role: str | None = None,
    ) -> SqlSession:
        """A session of SQL. Names are canonical. Close the session when it is not needed any more.

        role: one of those of the account's own user, who may do everything; ACCOUNTADMIN by default. AccountError
        (390189) for others.
        """
        session = self._open_session(database=database, schema=schema, warehouse=warehouse)
        if role is not None:
            session.log_in(USER, role)
        return session

    def _open_session(
        self,
        *,
        database: str | None = None,
        schema: str | None = None,
        warehouse: str | None = None,
        role: str | None = None,
    ) -> SqlSession:
        """A session of the account's own, with whatever role: that of the owner of a task."""
        self.check_open()
        return SqlSession(self, database=database, schema=schema, warehouse=warehouse, role=role)

    def execute(self, sql: str, params: Any = None) -> list[tuple[Any, ...]]:
        """The rows of one statement, in a session of its own."""
        session = self.session()
        try:
            return list(session.execute(sql, params).rows)
        finally:
            session.close()
