"""DYNAMIC_TABLES of INFORMATION_SCHEMA: as of when the content of dynamic tables is, and how the last refresh ended.

See https://docs.snowflake.com/en/sql-reference/functions/dynamic_tables. Lags are not measured, so they are NULL.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs
from sqlglot import exp

from ...engine.errors import AccountError
from ...engine.names import shown
from ...engine.protocol import TablePath
from .results import moment
from .tables import path_of

if TYPE_CHECKING:
    from . import SqlSession

Row = Mapping[str, Any]
Given = Mapping[str, Any]


def _dynamic_tables(session: SqlSession, given: Given) -> list[Row]:
    named = given.get("NAME")
    chosen = path_of(session, exp.to_table(named, dialect="snowflake"), "DYNAMIC_TABLES") if named else None
    found: list[Row] = []
    for entry in session.account.catalog.all("dynamic-table"):
        path = TablePath(*entry.path)
        if chosen in (None, path):
            try:
                told = session.perform("dynamic-table", "describe", attrs.asdict(path))
            except AccountError:  # the session's roles don't see it
                continue
            found.append(_row(path, told))
    return found


def _row(path: TablePath, told: Row) -> Row:
    failure, refreshed, lag = told["refresh_failure"], told["data_timestamp"], told["target_lag"]
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
    )
}
"""The columns, the order of the arguments, and the rows."""
