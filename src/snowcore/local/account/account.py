"""The state of an account, and the one place where operations happen.

What is built on the account is given to it: the kinds of objects, the runs of tasks, and who runs SQL for them.
"""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, Protocol

import attrs

from ...engine import forks
from ...engine.errors import AccountError, Locked
from ...engine.living import Living
from ...engine.protocol import EngineSession, Result, SqlEngine
from . import purging
from .buckets import Buckets
from .calls import Call, Context
from .catalog import Catalog, Entry
from .clock import AccountClock
from .cortex import Cortex
from .emails import Email
from .gate import Gate
from .scoped_tokens import ScopedTokens

if TYPE_CHECKING:
    from ..code.workers import Workers
    from ..compute.meter import Meter
    from ..compute.services import Services
    from ..compute.usage import Usage
    from ..objects.access import Access
    from ..objects.base import ObjectType
    from ..sql import SqlSession
    from ..sql.history import Ran
    from ..tasks.context import AlertRunContext, TaskRunContext
    from ..tasks.runs import Runs


_PATIENCE = 60.0
"""Seconds that an operation waits for another session's transaction on a table that it changes."""


class Session(AbstractContextManager["Session"], Protocol):
    """What tasks and objects need of a session of SQL, which closes at the end of a `with`."""

    task: TaskRunContext | None
    """The run that the session's statements belong to."""
    alert: AlertRunContext | None

    @property
    def engine(self) -> EngineSession: ...

    def execute(self, sql: str, parameters: Any = None, *, query_id: str | None = None) -> Result:
        """Run one statement, or one BEGIN … END block, perhaps by a query id that is known before. AccountError if it
        fails."""
        ...

    def describe(self, sql: str) -> Result:
        """The columns that a statement would give, without running it. AccountError if it couldn't."""
        ...

    def set_parameter(self, name: str, value: Any) -> None:
        """Set one of the session's parameters. AccountError if it can't be so."""
        ...

    def interrupt(self) -> None:
        """Stop the statement that runs, from another thread."""
        ...

    def cancel(self, query_id: str | None = None) -> bool:
        """Stop the query that runs, from another session: this one, or any. Whether there was one."""
        ...

    def close(self) -> None: ...


class OpenSession(Protocol):
    """Opens a session of SQL for who asks. Names are canonical; what is left out, the session doesn't have."""

    def __call__(self, who: Context, *, database: str | None = None, schema: str | None = None) -> Session: ...


@attrs.frozen
class Door:
    """Where a session can be reached that was lent, on this machine."""

    host: str
    port: int
    user: str
    password: str


class Account:
    """kinds, access, runs, services: what makes them for an account. refused: why there is no such resource or
    operation of one, to be read after "does not support". code: who runs what is not SQL. buckets: what external stages
    read. meter, usage: what compute would cost, and who uses it. open_session: who runs SQL for tasks and objects.
    """

    def __init__(
        self,
        catalog: Catalog,
        engine: SqlEngine,
        clock: AccountClock,
        *,
        kinds: Iterable[Callable[[Account], ObjectType]],
        access: Callable[[Account], Access],
        refused: Callable[[str, str], AccountError],
        code: Workers,
        runs: Callable[[Account], Runs],
        services: Callable[[Account], Services],
        buckets: Buckets,
        meter: Meter,
        usage: Usage,
        open_session: OpenSession,
    ) -> None:
        self.process = os.getpid()
        """The one that may use the account."""
        self.closed = False
        self.catalog, self.engine, self.clock, self.open_session = catalog, engine, clock, open_session
        self.scoped_tokens = ScopedTokens(clock)
        self.outbox: list[Email] = []
        """The e-mails that SYSTEM$SEND_EMAIL was told to send, which are sent nowhere."""
        self.patience = 30.0
        """How many seconds REST waits for what takes long, before it answers where the result will be."""
        self.sessions: Living[SqlSession] = Living()
        """The sessions of SQL that are open."""
        self.statements: deque[Ran] = deque(maxlen=10_000)
        """The last that ended since the account was opened."""
        self.changing = threading.RLock()
        """Held by who changes the account, from looking at what there is until the change is recorded."""
        self._purged = clock() - purging.BETWEEN
        self.gate = Gate()
        """Within it is who is at work here."""
        self.code, self.buckets = code, buckets
        self.cortex = Cortex()
        """The functions that answer for Cortex."""
        self.meter, self.usage = meter, usage
        self._refused = refused
        self.kinds = {kind.resource: kind for kind in (make(self) for make in kinds)}
        self.access = access(self)
        self.runs = runs(self)
        self.services = services(self)

    def inherited(self, entry: Entry, name: str, default: Any) -> Any:
        """What an object says of a property, or else its schema or its database."""
        while name not in entry.properties:
            if not entry.parent:
                return default
            entry = self.catalog.get(entry.parent)
        return entry.properties[name]

    def lend(self, session: Session) -> AbstractContextManager[Door]:
        """Let a driver use a session of SQL, for as long. Who puts the account together says how."""
        raise NotImplementedError

    def admit(self, service: Entry) -> AbstractContextManager[Door]:
        """Let the programs of a service open sessions as its owner, by a password of their own, for as long."""
        raise NotImplementedError

    def purge_dropped(self) -> None:
        """Have what no UNDROP brings back any longer leave the disk, if nobody did so of late."""
        now = self.clock()
        if not self._purged <= now < self._purged + purging.BETWEEN:
            self._purged = now
            purging.purge_dropped(self)

    def check_open(self) -> None:
        """AccountError (409) if the account was closed, or belongs to the process that this one was forked from."""
        forks.check(self.process)
        if self.closed:
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
        Without a context the account itself asks, which may do everything.
        """
        self.check_open()
        with self.gate:
            return self._performed(resource, verb, path, query, body, context)

    def _performed(
        self,
        resource: str,
        verb: str,
        path: Mapping[str, str],
        query: Mapping[str, Any] | None,
        body: Any,
        context: Context | None,
    ) -> Any:
        kind = self.kinds.get(resource)
        do = getattr(kind, f"do_{verb}", None)
        if kind is None or do is None:
            raise self._refused(resource, verb)
        if (operation := kind.document.verbs.get(verb)) is not None:
            query, body = operation.query(query or {}), operation.content(body)
        until, waited = time.monotonic() + _PATIENCE, None
        try:
            while True:
                try:
                    call = Call(path, query or {}, body, context or Context())
                    if context is not None:
                        kind.permit(verb, call)
                    return do(call)
                except Locked as locked:  # nothing has happened, and while we wait here we are in nobody's way
                    waited = locked
                    if not locked.wait(max(until - time.monotonic(), 0)):
                        raise
                    self.check_open()  # which may have been the end of the wait
        finally:
            if waited is not None:
                waited.leave()
