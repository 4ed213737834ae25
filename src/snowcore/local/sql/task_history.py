"""The table functions of INFORMATION_SCHEMA that tell of tasks and alerts: what ran, what runs, what is due next.

See https://docs.snowflake.com/en/sql-reference/functions/task_history and the pages beside that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import orjson

from ...engine.errors import invalid
from ...engine.names import split
from ..objects.securables import KINDS, THE_ACCOUNT, find
from ..tasks.graph import is_root
from ..tasks.history import CURRENT
from .kinds import TASK, place
from .listings import LISTINGS
from .results import moment

if TYPE_CHECKING:
    from . import SqlSession

Row = Mapping[str, Any]
Given = Mapping[str, Any]
EVER = "EVER"
"""An argument that only ACCOUNT_USAGE gives: what has ended, of all time."""
_TOLD = timedelta(days=7)
_AHEAD = timedelta(days=8)
"""How far back and ahead the functions of INFORMATION_SCHEMA look."""
_CONDITION_FALSE = 40003


def tasks(session: SqlSession, given: Given) -> list[Row]:
    account, now = session.account, session.account.clock()
    found: list[Row] = []
    for task in account.catalog.all("task"):
        due = account.runs.due(task) if is_root(task) else None
        if due is not None and due["scheduled_time"] <= (now + _AHEAD).isoformat():
            said = {"query_text": task.properties["definition"], "condition_text": task.properties.get("condition")}
            found.append({**due, **said, "name": task.name, "run_id": None})
    since = 0 if EVER in given else int((now - _TOLD).timestamp() * 1000)
    for run, attempt, task, name in account.catalog.rows(
        "SELECT g.row, g.attempt, t.row, t.name FROM task_runs t JOIN graph_runs g USING (run_id, attempt)"
        " WHERE run_id >= ? ORDER BY run_id DESC, attempt DESC",
        since,
    ):
        found.append({**orjson.loads(run), **orjson.loads(task), "name": name, "attempt_number": attempt})
    name, root = given.get("TASK_NAME"), given.get("ROOT_TASK_ID")
    return [
        row
        for row in _asked_for(session, "TASK", given, map(_of_columns, found))
        if name is None or split(name)[-1].upper() == row["NAME"].upper()
        if root is None or root == row["ROOT_TASK_ID"]
        if not _is_on(given, "ERROR_ONLY", default=False) or row["STATE"] in ("FAILED", "CANCELLED")
    ]


def current_graphs(session: SqlSession, given: Given) -> list[Row]:
    runs = session.account.runs
    return _graphs(row for root in _roots(session, given) for row in runs.current(root))


def complete_graphs(session: SqlSession, given: Given) -> list[Row]:
    """Those that have ended within the past hour, or ever; with ERROR_ONLY those that failed."""
    history = session.account.runs.history
    now = None if EVER in given else session.account.clock()
    errors_only = _is_on(given, "ERROR_ONLY", default=False)
    found = (history.complete(root, now, errors_only=errors_only) for root in _roots(session, given))
    return _graphs(row for rows in found for row in rows)


def _graphs(found: Iterable[Row]) -> list[Row]:
    return sorted(map(_of_columns, found), key=lambda row: row["SCHEDULED_TIME"], reverse=True)


def _roots(session: SqlSession, given: Given) -> Iterable[Any]:
    name = given.get("ROOT_TASK_NAME")
    for root in session.account.catalog.all("task"):
        if is_root(root) and (name is None or split(name)[-1].upper() == root.name.upper()):
            place: Row = dict(zip(("DATABASE_NAME", "SCHEMA_NAME", "NAME"), root.path, strict=True))
            if _is_seen(session, "TASK", place):
                yield root


def dependents(session: SqlSession, given: Given) -> list[Row]:
    if not given.get("TASK_NAME"):
        raise invalid("TASK_DEPENDENTS needs a task: TASK_NAME => 'mydb.myschema.mytask'.")
    where = place(session, TASK, split(given["TASK_NAME"]), "TASK_DEPENDENTS")
    found = session.perform("task", "dependents", where, {"recursive": _is_on(given, "RECURSIVE")})
    return [{column.title.upper(): column.value(task) for column in _TASKS.columns} for task in found]


def alerts(session: SqlSession, given: Given) -> list[Row]:
    account, now = session.account, session.account.clock()
    found: list[Row] = []
    for alert in account.catalog.all("alert"):
        due = account.runs.scheduler.next_time(alert)
        if due is not None and due <= now + _AHEAD:
            database, schema, name = alert.path
            said = {key: alert.properties[key] for key in ("condition", "action")}
            place = {"name": name, "database_name": database, "schema_name": schema}
            found.append({**place, **said, "state": "SCHEDULED", "scheduled_time": due.isoformat()})
    found += account.runs.alerts.rows()
    name = given.get("ALERT_NAME")
    rows = _asked_for(session, "ALERT", given, map(_of_columns, found))
    return [row for row in rows if name is None or split(name)[-1].upper() == row["NAME"].upper()]


def _asked_for(session: SqlSession, kind: str, given: Given, every: Iterable[Row]) -> list[Row]:
    """Those of what the session's roles see that were scheduled in the range of time."""
    rows = [row for row in every if _is_seen(session, kind, row)]
    now, zone = session.account.clock(), session.parameters.told("TIMEZONE")
    first, last = (moment(given.get(f"SCHEDULED_TIME_RANGE_{word}"), zone) for word in ("START", "END"))
    if EVER in given:
        return [row for row in rows if row["STATE"] not in CURRENT]
    if first is not None and first < now - _TOLD:
        raise invalid("SCHEDULED_TIME_RANGE_START must be within the last 7 days.")
    since = first or now - _TOLD
    return [row for row in rows if row["SCHEDULED_TIME"] >= since and (not last or row["SCHEDULED_TIME"] <= last)]


def _is_on(given: Given, name: str, *, default: bool = True) -> bool:
    """A truth value, which is a text if it was bound."""
    return str(given.get(name, default)).upper() == "TRUE"


def _is_seen(session: SqlSession, kind: str, row: Row) -> bool:
    rights = session.rights
    if rights.manages or rights.may("MONITOR EXECUTION", THE_ACCOUNT):
        return True
    found = find(session.account, KINDS[kind], [row[part] for part in ("DATABASE_NAME", "SCHEMA_NAME", "NAME")])
    return found is not None and rights.sees(found)


def _of_columns(row: Row) -> Row:
    """A run by the names of columns."""
    times = {key: moment(row.get(key)) for key in row if key.endswith("_time")}
    code, told = row.get("error_code"), {"graph_run_group_id": row.get("run_id")}
    if code is not None:
        told["error_code"] = f"{code:07}" if code == _CONDITION_FALSE else f"{code:06}"
    return {key.upper(): value for key, value in {"attempt_number": 1, **row, **times, **told}.items()}


_TASKS = next(listing for listing in LISTINGS if listing.words == "TASKS")
_SCHEDULED = ("SCHEDULED_TIME_RANGE_START", "SCHEDULED_TIME_RANGE_END", "RESULT_LIMIT")
_OF_TASK = (
    "QUERY_ID NAME DATABASE_NAME SCHEMA_NAME QUERY_TEXT CONDITION_TEXT STATE ERROR_CODE ERROR_MESSAGE SCHEDULED_TIME:t"
    " QUERY_START_TIME:t NEXT_SCHEDULED_TIME:t COMPLETED_TIME:t ROOT_TASK_ID GRAPH_VERSION:n RUN_ID:n RETURN_VALUE"
    " SCHEDULED_FROM ATTEMPT_NUMBER:n CONFIG QUERY_HASH QUERY_HASH_VERSION:n QUERY_PARAMETERIZED_HASH"
    " QUERY_PARAMETERIZED_HASH_VERSION:n GRAPH_RUN_GROUP_ID:n"
)
_OF_GRAPH = (
    "ROOT_TASK_NAME DATABASE_NAME SCHEMA_NAME STATE FIRST_ERROR_TASK_NAME FIRST_ERROR_CODE:n FIRST_ERROR_MESSAGE"
    " SCHEDULED_TIME:t QUERY_START_TIME:t NEXT_SCHEDULED_TIME:t COMPLETED_TIME:t ROOT_TASK_ID GRAPH_VERSION:n RUN_ID:n"
    " ATTEMPT_NUMBER:n CONFIG SCHEDULED_FROM GRAPH_RUN_GROUP_ID:n"
)
_OF_ALERT = (
    "NAME DATABASE_NAME SCHEMA_NAME ACTION ACTION_QUERY_ID CONDITION CONDITION_QUERY_ID ERROR_CODE ERROR_MESSAGE STATE"
    " SCHEDULED_TIME:t COMPLETED_TIME:t"
)
FUNCTIONS = {
    "TASK_HISTORY": (_OF_TASK, (*_SCHEDULED, "TASK_NAME", "ERROR_ONLY", "ROOT_TASK_ID"), tasks),
    "CURRENT_TASK_GRAPHS": (_OF_GRAPH, ("RESULT_LIMIT", "ROOT_TASK_NAME"), current_graphs),
    "COMPLETE_TASK_GRAPHS": (_OF_GRAPH, ("RESULT_LIMIT", "ROOT_TASK_NAME", "ERROR_ONLY"), complete_graphs),
    "TASK_DEPENDENTS": (
        " ".join(column.title.upper() for column in _TASKS.columns),
        ("TASK_NAME", "RECURSIVE"),
        dependents,
    ),
    "ALERT_HISTORY": (_OF_ALERT, (*_SCHEDULED, "ALERT_NAME"), alerts),
}
"""The columns of each, the order of its arguments, and its rows, the newest first."""
