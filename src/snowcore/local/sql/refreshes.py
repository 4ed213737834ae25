"""DYNAMIC_TABLES and DYNAMIC_TABLE_REFRESH_HISTORY of INFORMATION_SCHEMA: as of when the content of dynamic tables is,
and how their refreshes ended.

See https://docs.snowflake.com/en/sql-reference/functions/dynamic_tables and
https://docs.snowflake.com/en/sql-reference/functions/dynamic_table_refresh_history. Lags are not measured, so they are
NULL.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs
from sqlglot import exp

from ...engine.errors import AccountError
from ...engine.names import shown
from ...engine.protocol import Refresh, TablePath
from .results import moment
from .tables import path_of

if TYPE_CHECKING:
    from . import SqlSession

Row = Mapping[str, Any]
Given = Mapping[str, Any]


def _dynamic_tables(session: SqlSession, given: Given) -> list[Row]:
    return [_row(path, told) for path, told in _asked_for(session, given)]


def _refresh_history(session: SqlSession, given: Given) -> list[Row]:
    first, last = (moment(given.get(f"DATA_TIMESTAMP_{word}")) for word in ("START", "END"))
    failed, prefix = str(given.get("ERROR_ONLY")).upper() == "TRUE", str(given.get("NAME_PREFIX") or "").upper()
    found = [
        {**_row(path, told), **_refresh_row(one)}
        for path, told in _asked_for(session, given)
        if ".".join(attrs.astuple(path)).startswith(prefix)
        for one in told["refreshes"]
        if one.failure or not failed
    ]
    kept = [
        row
        for row in found
        if (not first or row["DATA_TIMESTAMP"] >= first) and (not last or row["DATA_TIMESTAMP"] <= last)
    ]
    return sorted(kept, key=lambda row: row["DATA_TIMESTAMP"], reverse=True)


def _refresh_row(one: Refresh) -> Row:
    counts = {"numInsertedRows": one.came, "numDeletedRows": one.went, "numCopiedRows": 0}
    return {
        "STATE": "FAILED" if one.failure else "SUCCEEDED",
        "STATE_MESSAGE": one.failure,
        "QUERY_ID": one.query_id,
        **dict.fromkeys(("DATA_TIMESTAMP", "REFRESH_START_TIME"), moment(one.started)),
        "REFRESH_END_TIME": moment(one.ended),
        "STATISTICS": None if one.failure else json.dumps(counts),
        "REFRESH_ACTION": "FULL" if one.came or one.went or one.failure else "NO_DATA",
        "REFRESH_TRIGGER": one.trigger,
    }


def _asked_for(session: SqlSession, given: Given) -> list[tuple[TablePath, Row]]:
    """The dynamic tables of this name, or all that the session's roles see, and what is told of them."""
    named = given.get("NAME")
    chosen = path_of(session, exp.to_table(named, dialect="snowflake"), "DYNAMIC_TABLES") if named else None
    found: list[tuple[TablePath, Row]] = []
    for entry in session.account.catalog.all("dynamic-table"):
        path = TablePath(*entry.path)
        if chosen in (None, path):
            try:
                told = session.perform("dynamic-table", "describe", attrs.asdict(path))
            except AccountError:  # the session's roles don't see it
                continue
            found.append((path, told))
    return found


def _row(path: TablePath, told: Row) -> Row:
    refreshed, lag = told["data_timestamp"], told["target_lag"]
    failure = next((one.failure for one in told["refreshes"][:1]), None)
    return {
        "NAME": path.name,
        "SCHEMA_NAME": path.schema,
        "DATABASE_NAME": path.database,
        "QUALIFIED_NAME": ".".join(map(shown, attrs.astuple(path))),
        "TARGET_LAG_SEC": lag.get("seconds"),
        "TARGET_LAG_TYPE": "USER_DEFINED" if lag.get("seconds") else "DOWNSTREAM",
        "LATEST_DATA_TIMESTAMP": moment(refreshed),
        "LAST_COMPLETED_REFRESH_STATE": "FAILED" if failure else "SUCCEEDED" if refreshed else None,
        "LAST_COMPLETED_REFRESH_STATE_MESSAGE": failure,
    }


FUNCTIONS = {
    "DYNAMIC_TABLES": (
        "NAME SCHEMA_NAME DATABASE_NAME QUALIFIED_NAME TARGET_LAG_SEC:n TARGET_LAG_TYPE MEAN_LAG_SEC:n"
        " MAXIMUM_LAG_SEC:n LATEST_DATA_TIMESTAMP:t LAST_COMPLETED_REFRESH_STATE LAST_COMPLETED_REFRESH_STATE_CODE"
        " LAST_COMPLETED_REFRESH_STATE_MESSAGE EXECUTING_REFRESH_QUERY_ID",
        ("NAME", "RESULT_LIMIT"),
        _dynamic_tables,
    ),
    "DYNAMIC_TABLE_REFRESH_HISTORY": (
        "NAME SCHEMA_NAME DATABASE_NAME STATE STATE_CODE STATE_MESSAGE QUERY_ID DATA_TIMESTAMP:t REFRESH_START_TIME:t"
        " REFRESH_END_TIME:t COMPLETION_TARGET:t QUALIFIED_NAME LAST_COMPLETED_DEPENDENCY:v STATISTICS:v REFRESH_ACTION"
        " REFRESH_TRIGGER TARGET_LAG_SEC:n GRAPH_HISTORY_VALID_FROM:t",
        ("DATA_TIMESTAMP_START", "DATA_TIMESTAMP_END", "RESULT_LIMIT", "NAME", "NAME_PREFIX", "ERROR_ONLY"),
        _refresh_history,
    ),
}
"""The columns, the order of the arguments, and the rows."""
