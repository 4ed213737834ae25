"""Runs of alerts: the condition is asked, and if it finds a row, the action is done. What came of it is remembered.

See https://docs.snowflake.com/en/user-guide/alerts.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

import orjson

from ...engine.errors import AccountError
from ...engine.protocol import new_query_id
from ..account.calls import Context
from ..account.catalog import Entry, packed, stamp
from . import new_rows
from .context import AlertRunContext

if TYPE_CHECKING:
    from ..account.account import Account

_log = logging.getLogger("snowcore")


class AlertRuns:
    def __init__(self, account: Account) -> None:
        self._account = account
        self._threads = ThreadPoolExecutor(4, "snowcore-alert")
        self._lock = threading.Lock()
        self._going: set[int] = set()
        """The alerts that are being evaluated."""
        self._closing = False

    def stop(self) -> None:
        """Start nothing more."""
        self._closing = True

    @contextmanager
    def halted(self, stop: Callable[[], None]) -> Generator[None]:
        """Within it nothing runs. stop: what makes the sessions end in which something runs."""
        self._closing = True
        try:
            while self._going:
                stop()
                time.sleep(0.01)
            yield
        finally:
            self._closing = False

    def close(self) -> None:
        """Wait for what is running."""
        self._threads.shutdown(wait=True)

    def start_due(self, alert: Entry, due: datetime) -> None:
        """Evaluate an alert, unless that is still going on."""
        with self._lock:
            if self._closing or alert.id in self._going:
                return
            self._going.add(alert.id)
        database, schema, name = alert.path
        said = {key: alert.properties[key] for key in ("condition", "action")}
        row = {"name": name, "database_name": database, "schema_name": schema, **said, "scheduled_time": stamp(due)}
        ((id_,),) = self._account.catalog.rows(
            "INSERT INTO alert_runs (alert, state, row) VALUES (?, 'EXECUTING', ?) RETURNING id", alert.id, packed(row)
        )
        self._account.clock.begin_work()
        self._threads.submit(self._run, alert, id_, row)

    def is_going(self, alert: Entry) -> bool:
        return alert.id in self._going

    def rows(self) -> list[dict[str, Any]]:
        """What is remembered, the newest first."""
        found = self._account.catalog.rows("SELECT state, row FROM alert_runs ORDER BY id DESC")
        return [{**orjson.loads(row), "state": state} for state, row in found]

    def _last_successful(self, alert: Entry) -> str:
        ((last,),) = self._account.catalog.rows(
            "SELECT max(json_extract(row, '$.scheduled_time')) FROM alert_runs"
            " WHERE alert = ? AND state IN ('TRIGGERED', 'CONDITION_FALSE')",
            alert.id,
        )
        return last or alert.created_on

    def fail_interrupted(self) -> None:
        """The process ended in the middle of these."""
        self._account.catalog.rows(
            "UPDATE alert_runs SET state = 'FAILED', row = json_set(row, '$.error_code', 603, '$.error_message', ?,"
            " '$.completed_time', ?) WHERE state = 'EXECUTING'",
            "The process of the account ended while the alert was evaluated.",
            self._account.catalog.now(),
        )

    def _run(self, alert: Entry, id_: int, row: dict[str, Any]) -> None:
        state = "FAILED"
        try:
            state = self._evaluate(alert, row)
        except Exception as error:
            _log.exception("Alert %s failed inside of snowcore", ".".join(alert.path))
            row |= {"error_code": 603, "error_message": f"Internal error: {error}"}
        finally:
            row["completed_time"] = self._account.catalog.now()
            self._account.catalog.rows("UPDATE alert_runs SET state = ?, row = ? WHERE id = ?", state, packed(row), id_)
            self._pass(alert)
            with self._lock:
                self._going.discard(alert.id)
            self._account.runs.scheduler.ended(alert)
            self._account.clock.end_work()

    def _pass(self, alert: Entry) -> None:
        """What an alert on new rows has been asked about is new no more."""
        if not new_rows.is_on_new_rows(alert):
            return
        with self._account.changing:
            for found in self._account.catalog.select("o.id = ?", alert.id):
                state = {**found.state, **new_rows.passed(self._account, alert)}
                self._account.catalog.update(found, state=state)

    def _evaluate(self, alert: Entry, row: dict[str, Any]) -> str:
        """What came of it; an error is put into the row."""
        database, schema, _ = alert.path
        who = Context(warehouse=alert.properties.get("warehouse"), role=alert.owner, user="SYSTEM", fixed=True)
        session = self._account.open_session(who, database=database, schema=schema)
        failed = "CONDITION_FAILED"
        try:
            row["condition_query_id"] = new_query_id()
            due, last = (datetime.fromisoformat(at) for at in (row["scheduled_time"], self._last_successful(alert)))
            session.alert = AlertRunContext(due, last, row["condition_query_id"])
            text = new_rows.narrowed(alert) if new_rows.is_on_new_rows(alert) else row["condition"]
            if not session.execute(text, query_id=row["condition_query_id"]).rows:
                return "CONDITION_FALSE"
            failed = "ACTION_FAILED"
            row["action_query_id"] = new_query_id()
            session.execute(row["action"], query_id=row["action_query_id"])
        except AccountError as error:
            row |= {"error_code": int(error.code) if error.code.isdigit() else None, "error_message": error.message}
            return failed
        finally:
            session.close()
        return "TRIGGERED"
