"""Alerts without a schedule: they are evaluated when a table or view has new rows, and of these alone.

Which rows are new, the statements say that looked last, as in `CHANGES … AT (STATEMENT => …)`: the alert's state has
what it has seen (`since`, and `seen_at` for when the account was closed meanwhile) and what it is to look at (`until`).
See https://docs.snowflake.com/en/user-guide/alerts.
"""

from __future__ import annotations

import logging
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ...engine.errors import AccountError, invalid
from ...engine.protocol import new_query_id
from ..account.calls import Context
from ..account.catalog import Entry

if TYPE_CHECKING:
    from ..account.account import Account, Session

_log = logging.getLogger("snowcore")


NO_SCHEDULE: Mapping[str, Any] = {"schedule": {"schedule_type": "SCHEDULE_TYPE", "minutes": 1}, "NEW_ROWS": True}
"""What SQL says of an alert without a schedule, since REST's document knows none without."""


def is_on_new_rows(entry: Entry) -> bool:
    return entry.kind == "alert" and bool(entry.properties.get("NEW_ROWS"))


def check(condition: str) -> None:
    """AccountError if a condition isn't one that can be asked of new rows."""
    _source(condition)


def narrowed(alert: Entry) -> str:
    """The condition, of the rows that the alert has not seen yet."""
    condition, state = alert.properties["condition"], alert.state
    _, end = _source(condition)
    until = f" END (STATEMENT => '{state['until']}')"
    return f"{condition[:end]}{_since(state['since'])}{until}{condition[end:]}"


def looked(account: Account, alert: Entry) -> Mapping[str, Any]:
    """The state of an alert that waits for rows from now on. AccountError if its table doesn't track changes."""
    start, end = _source(alert.properties["condition"])
    source, id_ = alert.properties["condition"][start:end], new_query_id()
    with _session(account, alert) as session:
        session.execute(f"SELECT 1 FROM {source}{_since('OFFSET => 0')} LIMIT 0", query_id=id_)
    return _seen(account, id_)


def passed(account: Account, alert: Entry) -> Mapping[str, Any]:
    """The state of an alert that has been evaluated."""
    return _seen(account, alert.state["until"])


def due_by_rows(account: Account, alert: Entry) -> datetime | None:
    """Now, if there are rows that an alert hasn't seen."""
    start, end = _source(alert.properties["condition"])
    source, state = alert.properties["condition"][start:end], alert.state
    try:
        with _session(account, alert) as session:
            for since in (state["since"], f"TIMESTAMP => '{state['seen_at']}'::TIMESTAMP_TZ"):
                id_ = new_query_id()
                try:
                    rows = session.execute(f"SELECT count(*) FROM {source}{_since(since)}", query_id=id_).rows
                except AccountError as error:
                    if error.code != "000709":  # the statement is known until the account is closed
                        raise
                    continue
                if rows == [(0,)]:
                    return None
                account.catalog.update(alert, state={**state, "since": since, "until": id_})
                return account.clock()
    except AccountError as error:
        _log.warning("Alert %s can't look for new rows: %s", ".".join(alert.path), error.message)
    return None


def _since(moment: str) -> str:
    return f" CHANGES (INFORMATION => APPEND_ONLY) AT ({moment})"


def _seen(account: Account, id_: str) -> Mapping[str, Any]:
    return {"since": f"STATEMENT => '{id_}'", "seen_at": account.clock().isoformat()}


@contextmanager
def _session(account: Account, alert: Entry) -> Generator[Session]:
    who = Context(warehouse=alert.properties.get("warehouse"), role=alert.owner, user="SYSTEM", fixed=True)
    with account.open_session(who, database=alert.path[0], schema=alert.path[1]) as session:
        yield session


def _source(condition: str) -> tuple[int, int]:
    """Where the name of the one table stands in a condition."""
    from sqlglot import exp

    from ...engine.dialect import parse

    statement = parse(condition)
    tables = [*statement.find_all(exp.Table)]
    parts = [part.meta for part in tables[0].parts] if len(tables) == 1 else []
    plain = isinstance(statement, exp.Select) and not statement.find(exp.With, exp.Join)
    if not (plain and parts and all("start" in part for part in parts)):
        raise invalid("The condition of an alert without a schedule must be a query of one table or view.")
    return parts[0]["start"], parts[-1]["end"] + 1
