"""Snapshots of a whole account, and the way back to one.

A snapshot is a copy of the catalog's file, in memory, and the engine's snapshot of rows and files
(`engine/duckdb/snapshots.py`). Both are taken while nobody is at work. On the way back all sessions end, and all runs
of tasks and alerts. The first step is the catalog's: it takes its state of then as a whole, and with it the word that
the engine is to follow.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import attrs

from ...engine.protocol import EngineSnapshot

if TYPE_CHECKING:
    from ..sql.history import Ran
    from .account import Account

ENDED = (
    "390104",
    "Session no longer exists. New login required to access the service. The account was restored from a snapshot.",
)
"""Number and text of what is said to who goes on with a session of before."""


@attrs.frozen(eq=False, repr=False)
class Snapshot:
    """The state of an account at a moment, for `account.restore`, as long as the account is open."""

    catalog: sqlite3.Connection
    engine: EngineSnapshot
    statements: list[Ran]


def take(account: Account) -> Snapshot:
    with account.gate.alone(), account.changing:
        account.check_open()
        engine, catalog = account.engine.snapshot(), account.catalog.copied()
        catalog.execute("INSERT INTO restoring VALUES (?)", [engine.told])
        return Snapshot(catalog, engine, list(account.statements))


def restore(account: Account, snapshot: Snapshot) -> None:
    def stop() -> None:
        for session in account.sessions:
            session.end(*ENDED)

    account.check_open()
    account.engine.check_snapshot(snapshot.engine)
    alone = account.gate.alone(stop)
    with account.runs.halted(stop), alone, account.services.halted(), account.changing:
        for session in account.sessions:
            session.end(*ENDED)
            session.close()
        account.catalog.become(snapshot.catalog)
        try:
            account.engine.restore(snapshot.engine)
        except BaseException:
            account.closed = True  # between two states; in a folder, opening the account goes the rest of the way
            raise
        account.statements.clear()
        account.statements.extend(snapshot.statements)
        go_on(account)


def go_on(account: Account) -> None:
    """Look anew at what is told by the catalog, which has become another one."""
    account.clock.put(account.catalog.ahead())
    account.catalog.grants.changed()
    account.runs.history.fail_interrupted()
    account.runs.alerts.fail_interrupted()
