"""The embedded account, put together from its rooms."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, cast

from ..engine.duckdb import DuckEngine
from ..engine.late import late
from .account import snapshots
from .account.account import Account, Door, Session
from .account.buckets import Buckets
from .account.calls import Context, Events
from .account.catalog import Catalog, Entry, is_there
from .account.clock import AccountClock
from .account.facts import Before, CatalogFacts
from .account.recovery import recover
from .account.snapshots import Snapshot
from .code.workers import Limits, Workers
from .compute.images import Images
from .compute.meter import Meter
from .compute.services import Services
from .compute.usage import Usage
from .doors.rest import RestDoor
from .objects import access, earlier, kinds
from .objects.access import OWN_USER
from .objects.metered import Metered
from .objects.refused import refusal
from .sql import SqlSession
from .sql.seen import Everything
from .tasks.runs import Runs

if TYPE_CHECKING:
    from . import beginning
    from .doors.server import LocalServer
else:
    late(globals(), ".beginning")


def _utc_now() -> datetime:
    return datetime.now(UTC)


class LocalAccount(Account):
    """A Snowflake account in this process: in memory, or kept in a folder that one process may use at a time.

    A forked child can't use its parent's account, and gets an AccountError (409); closing it there does nothing.
    Give it to `snowcore.Root`, or use it by SQL.
    """

    def __init__(
        self,
        path: str | os.PathLike[str] | None = None,
        *,
        init: str | os.PathLike[str] | None = None,
        clock: Callable[[], datetime] = _utc_now,
        python: str | os.PathLike[str] | Sequence[str | os.PathLike[str]] = (),
        limits: Limits | None = None,
        buckets: Mapping[str, str | os.PathLike[str]] | None = None,
    ) -> None:
        """init: a folder of SQL scripts, which run in the order of their names if the account is new, or one script. An
        AccountError for the first statement that fails tells the script and the line, and nothing is left of the
        account. clock: what tells the time, with a zone; `advance` moves the account ahead of it. python: the
        interpreters in which functions and procedures in Python run, with the packages that are installed for them; by
        default the one that runs this. limits: what one call of such code may take. buckets: folders of this machine
        that stand for buckets, or for paths in them, by URLs such as `s3://bucket/path/`: what external stages read and
        write; ValueError for what is no URL or no folder.
        """
        pythons = [python] if isinstance(python, (str, os.PathLike)) else python
        folder = None if path is None else Path(path).absolute()
        if folder is not None and init is not None and not is_there(folder):
            same: dict[str, Any] = {"clock": clock, "python": python, "buckets": buckets}
            with beginning.set_aside(folder) as coming, LocalAccount(coming, **same) as begun:
                beginning.run_scripts(begun, Path(init))
        elif folder is not None and not folder.exists():
            folder.mkdir(mode=0o700, parents=True)
        self._lending, self._lender = Lock(), cast("LocalServer | None", None)
        with ExitStack() as opened:
            catalog = Catalog(folder, own := AccountClock(clock))
            opened.callback(catalog.close)
            own.ahead = catalog.ahead()
            code = Workers([os.fspath(one) for one in pythons], limits)
            opened.callback(code.close)
            facts = CatalogFacts(catalog, lambda: code.packages)
            stored = Buckets(buckets or {})
            engine = DuckEngine(folder, catalog, facts, Before(catalog), own, stored.folders)
            opened.callback(engine.close)
            super().__init__(
                catalog,
                engine,
                own,
                kinds=kinds(),
                access=access.Access,
                refused=refusal,
                code=code,
                runs=Runs,
                services=Services,
                buckets=stored,
                meter=Meter(catalog, own),
                usage=Usage(own),
                open_session=self._open_session,
            )
            self.meter.settle = self._settle
            engine.account = Everything(self)
            opened.callback(self._refuse)
            opened.callback(self.runs.close)
            opened.callback(self.services.close)
            self._door = RestDoor(self)
            opened.callback(self._door.close)
            self.runs.history.fail_interrupted()
            self.runs.alerts.fail_interrupted()
            recover(self)
            self.purge_dropped()
            with self.changing, catalog.transaction():
                if access.prepare(self, OWN_USER):
                    earlier.carry_over(self)
            self.runs.scheduler.changed()
            self._opened = opened.pop_all()
        self.services.open()
        if folder is None and init is not None:
            try:
                beginning.run_scripts(self, Path(init))
            except BaseException:
                self.close()
                raise

    def _settle(self) -> None:
        for kind in (one for one in self.kinds.values() if isinstance(one, Metered)):
            for entry in self.catalog.children(0, kind.resource):
                kind.settled(entry)

    def __enter__(self) -> LocalAccount:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def advance(
        self,
        *,
        weeks: float = 0,
        days: float = 0,
        hours: float = 0,
        minutes: float = 0,
        seconds: float = 0,
        milliseconds: float = 0,
    ) -> None:
        """Move the account's clock on by a length of time, as `timedelta` takes it.

        What is due until then, tasks and alerts, runs in order, each at its moment, and has ended when this returns,
        but for what waits for a later moment. From there the clock runs on, for every session and every door, and stays
        as far ahead when the account is opened again. ValueError for less than nothing.
        """
        amount = timedelta(
            weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds, milliseconds=milliseconds
        )
        if amount < timedelta():
            raise ValueError(f"The account's clock can't be moved back, by {-amount}.")
        self.check_open()
        self.runs.scheduler.advance(amount)

    def snapshot(self) -> Snapshot:
        """The whole state, for `restore`: what there is, rows with their history, files of stages, roles, the clock.

        It waits for the statements that run. What open transactions have changed is not in it. It is good as long as
        the account is open, and costs no copy of the rows.
        """
        self.check_open()
        return snapshots.take(self)

    def restore(self, snapshot: Snapshot) -> None:
        """Go back to a snapshot. It stays good; those that were taken after it don't.

        What runs is stopped, tasks and alerts with it. All sessions end: who goes on with one gets an AccountError
        (390104). AccountError (409) for a snapshot that isn't good here.
        """
        snapshots.restore(self, snapshot)
        self._door.forget()

    def load_sample(self) -> None:
        """Have a database SNOWFLAKE_SAMPLE_DATA, unless there is one.

        In its schema TPCH_SF1 are the tables of the TPC-H benchmark, as in Snowflake's sample database, with a
        thousandth of their rows, which are always the same.
        """
        beginning.load_sample(self)

    def export(self, path: str | os.PathLike[str]) -> None:
        """Write the whole state into one file, a zip, that only this user may read; one that is there is replaced.

        It waits for the statements that run, and what open transactions have changed is not in it. Passwords of users
        are in it as their hashes, since the account has nothing else of them; what is in secrets is left out.
        """
        from .account import exports  # here, since few accounts are exported

        self.check_open()
        exports.write(self, Path(path).absolute())

    @classmethod
    def from_export(
        cls,
        export: str | os.PathLike[str],
        path: str | os.PathLike[str] | None = None,
        *,
        suspended: bool = True,
        most_bytes: int = 4 << 30,
        **options: Any,
    ) -> LocalAccount:
        """An account as it was exported, in memory or in a folder, which must be new or empty.

        The file may come from others: nothing of it runs when it is opened, no path in it leads anywhere but into the
        account, and it holds no more than `most_bytes`. suspended: whether tasks and alerts that were resumed are
        suspended, and services that ran. options: as of `LocalAccount`. AccountError (400) for a file that isn't a
        whole export, and then nothing is left of it.
        """
        if path is None:
            account = cls(**options)
            try:
                account._take_over(Path(export), suspended, most_bytes)
                account.runs.scheduler.changed()
                account.services.open()
            except BaseException:
                account.close()
                raise
            return account
        folder = Path(path).absolute()
        with beginning.set_aside(folder) as coming, cls(coming, **options) as account:
            account._take_over(Path(export), suspended, most_bytes)
        return cls(folder, **options)

    def _take_over(self, export: Path, suspended: bool, most_bytes: int) -> None:
        from .account import exports

        exports.read(self, export, suspended=suspended, most_bytes=most_bytes)

    @property
    def images(self) -> Images:
        """The images of containers, and the commands of this machine that stand for them: `account.images[name] =
        ["python", "app.py"]`. A service whose image is not there waits for it. See docs/services.md."""
        return self.services.images

    @property
    def endpoints(self) -> dict[str, str]:
        """Where services can be reached that run: by Snowflake's name and port, such as
        `echo.public.db.snowflakecomputing.internal:8080`, the address on this machine, such as `127.0.0.1:8080`."""
        return self.services.addresses()

    def cancel(self, after: float = 1.0) -> None:
        """Begin no more runs of tasks, and stop what has not ended by itself after so many seconds. For who must close
        the account soon."""
        self.runs.cancel(after)
        self.engine.interrupt(seconds=2.0)

    def close(self) -> None:
        """Wait for what is running, then let go of the folder."""
        if os.getpid() == self.process:
            self._opened.close()

    def _refuse(self) -> None:
        """Have those who come from now on, or have waited until now, told that the account is closed."""
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
        X-Snowflake-Warehouse choose another role of the same user, and a warehouse. An answer in events is whole.
        """
        status, headers, body = self.answer(method, target, headers, content, caller or Context(user=OWN_USER))
        return status, headers, body if isinstance(body, bytes) else b"".join(body.pieces)

    def answer(
        self, method: str, target: str, headers: Mapping[str, str], content: bytes | None, caller: Context
    ) -> tuple[int, dict[str, str], bytes | Events]:
        """As `handle_request`, but for an answer in events, which come one by one."""
        return self._door.handle(method, target, headers, content, caller)

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
        session = self._open_session(Context(warehouse=warehouse, user=OWN_USER), database=database, schema=schema)
        if role is not None:
            session.log_in(OWN_USER, role)
        return session

    def _open_session(self, who: Context, *, database: str | None = None, schema: str | None = None) -> SqlSession:
        """A session of whoever it is, with whatever role: that of the owner of a task."""
        self.check_open()
        return SqlSession(self, who, database=database, schema=schema)

    @contextmanager
    def lend(self, session: Session) -> Generator[Door]:
        """Let a driver on this machine use a session, by a server that nobody else has the password of."""
        server = self._private_server()
        with server.lend(cast("SqlSession", session)) as password:
            yield Door(server.host, server.port, server.user, password)

    @contextmanager
    def admit(self, service: Entry) -> Generator[Door]:
        server = self._private_server()
        with server.admit(service) as password:
            yield Door(server.host, server.port, server.user, password)

    def _private_server(self) -> LocalServer:
        with self._lending:
            if self._lender is None:
                from .doors.server import LocalServer  # here, since few accounts need one

                self._lender = self._opened.enter_context(LocalServer(self))
            return self._lender

    def execute(self, sql: str, params: Any = None) -> list[tuple[Any, ...]]:
        """The rows of one statement, in a session of its own as ACCOUNTADMIN, without a current database. params: the
        values that are bound in it. AccountError if it fails."""
        with self.session() as session:
            return list(session.execute(sql, params).rows)
