"""The accounts in which users' tests run: an embedded one, or a real one of a connection profile.

Each test finds what the tests' setup has made, and nothing that another test did. In the embedded account that is a
snapshot to which the account goes back; in a real one, a schema that is a clone of another one. Every process of
pytest-xdist has an account, or schemas, of its own.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from contextlib import ExitStack, closing
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ._names import spell_identifier

if TYPE_CHECKING:
    from .local.doors.server import LocalServer
    from .schema import SchemaResource

_DATABASE, _SCHEMA = "TESTS", "PUBLIC"
_TEMPLATE, _TEST = "SNOWCORE_TEMPLATE_", "SNOWCORE_TEST_"

Setup = Callable[[Callable[[str], Any], "SchemaResource"], None]


def begin_with(place: Path | None, then: Setup | None) -> Setup:
    """What makes all that is in the schema of each test: the SQL scripts of a place, then a setup of the user's."""

    def setup(execute: Callable[[str], Any], schema: SchemaResource) -> None:
        if place is not None:
            from .local.beginning import run_script, scripts

            for file in scripts(place):
                run_script(execute, file)
        if then is not None:
            then(execute, schema)

    return setup


class Embedded:
    """An account in this process. schema: that of the test, of the root, as of the others."""

    def __init__(self, setup: Setup, opened: ExitStack) -> None:
        """opened: what is closed when all tests are over."""
        from ._root import Root
        from .local import LocalAccount

        self._opened, self.account = opened, opened.enter_context(LocalAccount())
        self.root = Root(self.account)
        self.schema = self.root.databases[_DATABASE].schemas[_SCHEMA]
        self.account.execute(f"CREATE DATABASE {_DATABASE}")
        with closing(self.account.session(database=_DATABASE, schema=_SCHEMA)) as session:
            setup(lambda sql: session.execute(sql).rows, self.schema)
        self._snapshot = self.account.snapshot()

    def begin(self) -> None:
        """A test begins, for which all is as it was at first."""
        self.account.restore(self._snapshot)

    def end(self) -> None: ...

    @cached_property
    def server(self) -> LocalServer:
        """The account on a port of this machine, from when somebody first asks for it."""
        from .local.doors.server import LocalServer

        server = LocalServer(self.account)
        server.start()
        self._opened.callback(server.stop)
        return server

    def connect(self) -> Any:
        """A new connection of Snowflake's connector, in the schema of the test."""
        login = {name: getattr(self.server, name) for name in ("host", "port", "user", "password")}
        return _connect(account="local", protocol="http", database=_DATABASE, schema=_SCHEMA, **login)


class Real:
    """An account that a connection profile leads to, and there the profile's database."""

    def __init__(self, name: str, setup: Setup, opened: ExitStack) -> None:
        from ._profile import Profile
        from ._root import Root

        self._settings = Profile.load(name, {}).settings
        self._connection = opened.enter_context(closing(_connect(**self._settings)))
        self.root = Root(self._connection)
        if not self._connection.database:
            raise ValueError(f"The connection {name!r} needs a database, in which the tests make their schemas.")
        self._database = spell_identifier(self._connection.database)
        self._test = self._template = self._make(_TEMPLATE)
        opened.callback(self._drop, self._template)
        setup(self._execute, self.schema)

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


Tested = Embedded | Real
"""Where tests run."""


def _connect(**settings: Any) -> Any:
    connector: Any = import_module("snowflake.connector")
    return connector.connect(**settings)
