"""The fixtures for pytest. pytest finds them by their entry point, and nothing else is loaded before a test asks for
one. docs/testing.md says how they are used."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from ._client import Client
    from ._root import Root
    from ._tested import Embedded, Setup, Tested
    from .local import LocalAccount
    from .local.doors.server import LocalServer
    from .schema import SchemaResource
    from .testing import Contract

_CONNECTION, _SCRIPTS = "--snowcore-connection", "snowcore_init"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.getgroup("snowcore").addoption(
        _CONNECTION,
        metavar="NAME",
        help="run tests with snowcore's fixtures on the account of this connection profile, in schemas of their own",
    )
    parser.addini(_SCRIPTS, "SQL scripts that make what is in the schema of each test: a folder, or one script")


@pytest.fixture(scope="session")
def snowcore_setup() -> Setup | None:
    """What makes the objects that each test finds, once for all tests: `setup(execute, schema)`. Nothing by default;
    write a fixture of this name and scope in your conftest.py.

    execute: runs a statement in the schema of the tests, and gives its rows. schema: that schema, of a root.
    """
    return None


@pytest.fixture(scope="session")
def _snowcore_tested(request: pytest.FixtureRequest, snowcore_setup: Setup | None) -> Generator[Tested, None, None]:
    from ._tested import Embedded, Real, begin_with

    written: str = request.config.getini(_SCRIPTS)
    setup = begin_with(request.config.rootpath / Path(written) if written else None, snowcore_setup)
    name: str | None = request.config.getoption(_CONNECTION)
    with ExitStack() as opened:
        yield Embedded(setup, opened) if name is None else Real(name, setup, opened)


@pytest.fixture
def _snowcore_test(_snowcore_tested: Tested) -> Generator[Tested, None, None]:
    _snowcore_tested.begin()
    yield _snowcore_tested
    _snowcore_tested.end()


def _embedded(request: pytest.FixtureRequest) -> Embedded:
    """The embedded account of a test. The test is skipped where tests run on a real one."""
    if request.config.getoption(_CONNECTION) is not None:
        pytest.skip(f"{request.fixturename} is of the embedded account, and {_CONNECTION} is given")
    return request.getfixturevalue("_snowcore_test")


@pytest.fixture
def snowcore_account(request: pytest.FixtureRequest) -> LocalAccount:
    """An embedded account as the setup has left it. Skipped where tests run on a real account."""
    return _embedded(request).account


@pytest.fixture
def snowcore_server(request: pytest.FixtureRequest) -> LocalServer:
    """The embedded account on a port of this machine: `url`, `host`, `port`, `user`, `password`. Skipped where tests
    run on a real account."""
    return _embedded(request).server


@pytest.fixture
def snowcore_root(_snowcore_test: Tested) -> Root:
    """A root of the account."""
    return _snowcore_test.root


@pytest.fixture
def snowcore_schema(_snowcore_test: Tested) -> SchemaResource:
    """The schema of the test, of the root; its names are `snowcore_schema.name` and `snowcore_schema.database.name`."""
    return _snowcore_test.schema


@pytest.fixture
def snowcore_connection(_snowcore_test: Tested) -> Generator[Any, None, None]:
    """A new connection of Snowflake's connector, in the schema of the test. It needs snowflake-connector-python."""
    connection = _snowcore_test.connect()
    yield connection
    connection.close()


@pytest.fixture
def snowcore_session(snowcore_connection: Any) -> Generator[Any, None, None]:
    """A new Snowpark session, in the schema of the test, on `snowcore_connection`. It needs
    snowflake-snowpark-python."""
    from snowflake.snowpark import Session

    session = Session.builder.configs({"connection": snowcore_connection}).create()
    yield session
    session.close()


@pytest.fixture
def snowcore_contract() -> Generator[Callable[..., Contract], None, None]:
    """Hold what a root or client sends, until the end of the test, against the specifications of Snowflake's API:
    `snowcore_contract(root)`, with the arguments of `snowcore.testing.contract`."""
    with ExitStack() as blocks:

        def hold(target: Root | Client, **options: Any) -> Contract:
            from .testing import contract

            return blocks.enter_context(contract(target, **options))

        yield hold
