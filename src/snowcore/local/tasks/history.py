"""What is remembered of runs. A graph run that is retried keeps its id and gets another attempt."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import attrs
import orjson

from ..account.catalog import Catalog, Entry, packed, stamp

CURRENT = ("SCHEDULED", "EXECUTING")
_REMEMBERED = timedelta(hours=1)
_ENDED = (603, "The process of the account ended while the run was under way.")
"""The error of a run that nobody has ended."""


@attrs.frozen
class Outcome:
    """How a task's part in a run goes, or has ended."""

    state: str
    """SUCCEEDED, FAILED, SKIPPED or CANCELLED; EXECUTING as long as it is under way."""
    return_value: str | None = None
    error_code: int | None = None
    error_message: str | None = None
    query_start_time: str | None = None
    completed_time: str | None = None
    query_id: str | None = None
    query_text: str | None = None
    condition_text: str | None = None


class History:
    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def new_run_id(self, moment: datetime) -> int:
        """Milliseconds since 1970, or the next number that no run has."""
        ((last,),) = self._catalog.rows("SELECT coalesce(max(run_id), 0) FROM graph_runs")
        return max(int(moment.timestamp() * 1000), last + 1)

    def record(self, root: Entry, attempt: int, row: Mapping[str, Any]) -> None:
        """Keep a graph run as it now is: `row` as answers give it."""
        self._catalog.rows(
            "INSERT OR REPLACE INTO graph_runs VALUES (?, ?, ?, ?, ?, ?)",
            row["run_id"],
            attempt,
            root.id,
            row["state"],
            packed(row),
            row.get("completed_time"),
        )

    def record_task(self, run_id: int, attempt: int, name: str, outcome: Outcome) -> None:
        self._catalog.rows(
            "INSERT OR REPLACE INTO task_runs VALUES (?, ?, ?, ?, ?)",
            run_id,
            attempt,
            name,
            outcome.state,
            packed(attrs.asdict(outcome)),
        )

    def outcomes(self, run_id: int) -> dict[str, Outcome]:
        """How each task of a run ended in the last attempt that it had, by its name."""
        rows = self._catalog.rows("SELECT name, row FROM task_runs WHERE run_id = ? ORDER BY attempt", run_id)
        return {name: Outcome(**orjson.loads(row)) for name, row in rows}

    def forget(self, run_id: int) -> None:
        """Of a run that has not begun."""
        self._catalog.rows("DELETE FROM graph_runs WHERE run_id = ?", run_id)

    def last(self, root: Entry, run_id: int | None = None) -> tuple[int, dict[str, Any]] | None:
        """The last attempt and its row, of the root's latest run or of that of an id."""
        rows = self._catalog.rows(
            "SELECT attempt, row FROM graph_runs WHERE root = ? AND run_id = coalesce(?, run_id)"
            " ORDER BY run_id DESC, attempt DESC LIMIT 1",
            *(root.id, run_id),
        )
        return (rows[0][0], orjson.loads(rows[0][1])) if rows else None

    def last_successful(self, root: Entry) -> tuple[int, str] | None:
        """The id and the scheduled time of the root's latest run that succeeded."""
        rows = self._catalog.rows(
            "SELECT run_id, json_extract(row, '$.scheduled_time') FROM graph_runs"
            " WHERE root = ? AND state = 'SUCCEEDED' ORDER BY run_id DESC LIMIT 1",
            root.id,
        )
        return (rows[0][0], rows[0][1]) if rows else None

    def current(self, root: Entry) -> list[dict[str, Any]]:
        return self._runs(root, "state IN ('SCHEDULED', 'EXECUTING')")

    def complete(self, root: Entry, now: datetime | None, *, errors_only: bool) -> list[dict[str, Any]]:
        """Those that ended within the past hour, or with no time at any, newest first."""
        states = "('FAILED', 'CANCELLED')" if errors_only else "('SUCCEEDED', 'FAILED', 'CANCELLED', 'SKIPPED')"
        return self._runs(root, f"state IN {states} AND completed_time >= ?", stamp(now - _REMEMBERED) if now else "")

    def fail_interrupted(self) -> None:
        """The process ended in the middle of these."""
        now = self._catalog.now()
        with self._catalog.transaction():
            for run_id, attempt, row in self._catalog.rows(
                "SELECT run_id, attempt, row FROM graph_runs WHERE state IN ('SCHEDULED', 'EXECUTING')"
            ):
                failed: dict[str, Any] = orjson.loads(row)
                for name, task in self._catalog.rows(
                    "SELECT name, row FROM task_runs WHERE run_id = ? AND attempt = ? AND state = 'EXECUTING'",
                    *(run_id, attempt),
                ):
                    outcome = Outcome(**orjson.loads(task))
                    code, message = _ENDED
                    ended = attrs.evolve(outcome, state="FAILED", error_code=code, error_message=message)
                    self.record_task(run_id, attempt, name, attrs.evolve(ended, completed_time=now))
                    failed.setdefault("first_error_task_name", name)
                error = {"first_error_code": _ENDED[0], "first_error_message": _ENDED[1]}
                failed = {**error, **failed, "state": "FAILED", "completed_time": now}
                self._catalog.rows(
                    "UPDATE graph_runs SET state = 'FAILED', row = ?, completed_time = ?"
                    " WHERE run_id = ? AND attempt = ?",
                    *(packed(failed), now, run_id, attempt),
                )

    def _runs(self, root: Entry, condition: str, *values: Any) -> list[dict[str, Any]]:
        rows = self._catalog.rows(
            f"SELECT row FROM graph_runs WHERE root = ? AND {condition} ORDER BY run_id DESC, attempt DESC",
            root.id,
            *values,
        )
        return [orjson.loads(row) for (row,) in rows]
