"""An engine of our own, and a session in a database of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from snowcore.engine.duckdb import DuckEngine
from snowcore.engine.duckdb.session import DuckSession
from snowcore.engine.errors import AccountError
from snowcore.local.account.catalog import Catalog

Rows = list[tuple[Any, ...]]


@pytest.fixture(scope="module")
def engine() -> Iterator[DuckEngine]:
    catalog = Catalog(None, lambda: datetime.now(UTC))
    made = DuckEngine(None, catalog)
    made.create_database("D")
    made.create_schema("D", "S")
    yield made
    made.close()
    catalog.close()


@pytest.fixture
def session(engine: DuckEngine) -> Iterator[DuckSession]:
    made = engine.connect("D", "S")
    yield made
    made.close()


@pytest.fixture
def run(session: DuckSession) -> Callable[..., Rows]:
    """Run statements; the rows of the last."""

    def run(*statements: str, binds: Any = None) -> Rows:
        rows: Rows = []
        for statement in statements:
            rows = [tuple(row) for row in session.execute(statement, binds).rows]
        return rows

    return run


@pytest.fixture
def refused(session: DuckSession) -> Callable[[str], str]:
    """Run a statement that fails; its code and message."""

    def refused(statement: str) -> str:
        with pytest.raises(AccountError) as caught:
            session.execute(statement)
        return f"{caught.value.code} {caught.value.message}"

    return refused
