"""The accounts in which users' tests run: an embedded one, or a real one of a connection profile.

Each test finds what the tests' setup has made, and nothing that another test did. In the embedded account that is a
snapshot to which the account goes back; in a real one, a schema that is a clone of another one. Every process of
pytest-xdist has an account, or schemas, of its own.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from ._names import spell_identifier

if TYPE_CHECKING:
    from .local import LocalAccount
    from .local.doors.server import LocalServer
    from .schema import SchemaResource

_DATABASE, _SCHEMA = "TESTS", "PUBLIC"
_TEMPLATE, _TEST = "SNOWCORE_TEMPLATE_", "SNOWCORE_TEST_"


Setup = Callable[[Callable[[str], Any], "SchemaResource"], None]


@attrs.frozen
class Begin:
    """What is in the schema of each test from the beginning.

    scripts: a folder of SQL scripts, or one. setup: called with what executes SQL in the schema, and the schema.
    """

    scripts: Path | None = None
    setup: Setup | None = None

    def run(self, execute: Callable[[str], Any], schema: SchemaResource) -> None:
        if self.scripts is not None:
            from .local.beginning import run_script, scripts

            for file in scripts(self.scripts):
                run_script(execute, file)
        if self.setup is not None:
            self.setup(execute, schema)


class Embedded:
    """An account in this process. schema: that of the test, of the root, as of the others."""

    def __init__(self, begin: Begin) -> None:
        from ._root import Root
        from .local import LocalAccount

        self.account: LocalAccount = LocalAccount()
        self._server: LocalServer | None = None
        self.root = Root(self.account)
        self.schema = self.root.databases[_DATABASE].schemas[_SCHEMA]
        try:
            self.account.execute(f"CREATE DATABASE {_DATABASE}")
            session = self.account.session(database=_DATABASE, schema=_SCHEMA)
            begin.run(lambda sql: session.execute(sql).rows, self.schema)
            session.close()
            self._snapshot = self.account.snapshot()
        except BaseException:
            self.account.close()
            raise

    def begin(self) -> None:
        """A test begins, for which all is as it was at first."""
        self.account.restore(self._snapshot)

    def end(self) -> None: ...

    @property
    def server(self) -> LocalServer:
        """The account on a port of this machine, from when somebody first asks for it."""
        if self._server is None:
            from .local.doors.server import LocalServer

            self._server = LocalServer(self.account)
            self._server.start()
        return self._server

    def connect(self) -> Any:
        """A new connection of Snowflake's connector, in the schema of the test."""
        login = {name: getattr(self.server, name) for name in ("host", "port", "user", "password")}
        return _connect(account="local", protocol="http", database=_DATABASE, schema=_SCHEMA, **login)

    def close(self) -> None:
        if self._server is not None:
            self._server.stop()
        self.account.close()


class Real:
    """An account that a connection profile leads to, and there the profile's database."""

    def __init__(self, name: str, begin: Begin) -> None:
        from ._profile import Profile
        from ._root import Root

        self._settings = Profile.load(name, {}).settings
        self._connection: Any = _connect(**self._settings)
        self.root, self._template, self._test = Root(self._connection), "", ""
        try:
            if not self._connection.database:
                raise ValueError(f"The connection {name!r} needs a database, in which the tests make their schemas.")
            self._database = spell_identifier(self._connection.database)
            self._template = self._make(_TEMPLATE)
            begin.run(self._execute, self.root.databases[self._database].schemas[self._template])
        except BaseException:
            self.close()
            raise

    @property
    def schema(self) -> SchemaResource:
        return self.root.databases[self._database].schemas[self._test]

    def _execute(self, sql: str) -> Any:
        with self._connection.cursor() as cursor:
            return cursor.execute(sql).fetchall()

    def _make(self, begins: str, more: str = "") -> str:
        """Make a schema of a name that nobody has."""
        name = f"{begins}{uuid.uuid4().hex.upper()}"
        self._execute(f"CREATE SCHEMA {self._database}.{name} {more}")
        self._execute(f"USE SCHEMA {self._database}.{name}")
        return name

    def _drop(self, name: str) -> None:
        self._execute(f"DROP SCHEMA IF EXISTS {self._database}.{name}")

    def begin(self) -> None:
        self._test = self._make(_TEST, f"CLONE {self._database}.{self._template}")

    def end(self) -> None:
        self._drop(self._test)

    def connect(self) -> Any:
        return _connect(**{**self._settings, "schema": self._test})

    def close(self) -> None:
        try:
            if self._template:
                self._drop(self._template)
        finally:
            self._connection.close()


Tested = Embedded | Real
"""Where tests run."""


def _connect(**settings: Any) -> Any:
    """A connection of Snowflake's connector."""
    from snowflake import connector

    connect: Callable[..., Any] = connector.connect  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    return connect(**settings)
