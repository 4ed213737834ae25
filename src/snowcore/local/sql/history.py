"""The table functions of INFORMATION_SCHEMA: which statements ran since the account was opened, and runs of tasks."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import attrs
import orjson
from sqlglot import exp

from ...engine.errors import unsupported
from ...engine.protocol import Result, TablePath
from ..objects import securables
from ..objects.securables import THE_ACCOUNT
from .results import TEXT, TIME, WHOLE, table
from .tables import path_of

if TYPE_CHECKING:
    from . import SqlSession

_TASK = securables.KINDS["TASK"]
Row = Mapping[str, Any]
Given = Mapping[str, Any]


@attrs.frozen
class Ran:
    """A statement that has ended, by its text. Times are the account's clock's."""

    text: str
    query_id: str
    query_type: str
    session_id: int
    place: tuple[str | None, str | None]
    """The database and the schema in use."""
    user: str
    role: str
    warehouse: str | None
    tag: str
    started: datetime
    ended: datetime
    rows: int
    error: tuple[str, str] | None
    """Its number and message."""

    def row(self) -> Row:
        elapsed = round((self.ended - self.started).total_seconds() * 1000)
        return {
            "QUERY_ID": self.query_id,
            "QUERY_TEXT": self.text,
            "DATABASE_NAME": self.place[0],
            "SCHEMA_NAME": self.place[1],
            "QUERY_TYPE": self.query_type,
            "SESSION_ID": self.session_id,
            "USER_NAME": self.user,
            "ROLE_NAME": self.role,
            "WAREHOUSE_NAME": self.warehouse,
            "QUERY_TAG": self.tag,
            "EXECUTION_STATUS": "FAILED_WITH_ERROR" if self.error else "SUCCESS",
            "ERROR_CODE": self.error and self.error[0],
            "ERROR_MESSAGE": self.error and self.error[1],
            "START_TIME": self.started,
            "END_TIME": self.ended,
            "TOTAL_ELAPSED_TIME": elapsed,
            "EXECUTION_TIME": elapsed,
            "ROWS_PRODUCED": self.rows,
        }


def asked(session: SqlSession, name: str, arguments: Sequence[tuple[str | None, Any]]) -> Result | None:
    """What a table function gives, given its arguments and their names; None for what is none of these."""
    if name not in _FUNCTIONS:
        return None
    columns, order, rows = _FUNCTIONS[name]
    given = {(key or order[at]).upper(): value for at, (key, value) in enumerate(arguments) if key or at < len(order)}
    if len(given) < len(arguments) or not given.keys() <= {*order}:
        raise unsupported(f"these arguments of {name}")
    most = int(given.get("RESULT_LIMIT") or 100)
    named = [column.partition(":") for column in columns.split()]
    types = {"": TEXT, "n": WHOLE, "t": TIME}
    found = [[row.get(title) for title, _, _ in named] for row in rows(session, given)[:most]]
    return table([(title, types[kind]) for title, _, kind in named], found)


def _statements(keep: Callable[[SqlSession, Given, Ran], bool]) -> Callable[[SqlSession, Given], list[Row]]:
    def rows(session: SqlSession, given: Given) -> list[Row]:
        first, last = (_moment(given.get(f"END_TIME_RANGE_{word}")) for word in ("START", "END"))
        others = session.rights.may("MONITOR EXECUTION", THE_ACCOUNT)
        return [
            ran.row()
            for ran in reversed(session.account.statements)
            if (others or session.is_of(ran.user))
            if keep(session, given, ran) and (not first or ran.ended >= first) and (not last or ran.ended <= last)
        ]

    return rows


def _tasks(session: SqlSession, given: Given) -> list[Row]:
    account, found = session.account, list[Row]()
    every = session.rights.may("MONITOR EXECUTION", THE_ACCOUNT)
    for run, outcome, name in session.account.catalog.rows(
        "SELECT g.row, t.row, t.name FROM task_runs t JOIN graph_runs g USING (run_id, attempt)"
        " ORDER BY run_id DESC, attempt DESC"
    ):
        row = {**orjson.loads(run), **orjson.loads(outcome), "name": name}
        task = None if every else securables.find(account, _TASK, (row["database_name"], row["schema_name"], name))
        if not every and (task is None or not session.rights.sees(task)):
            continue
        if given.get("TASK_NAME", name).upper() != name.upper():
            continue
        if given.get("ERROR_ONLY") and row["state"] not in ("FAILED", "CANCELLED"):
            continue
        times = {key: _moment(row.get(key)) for key in row if key.endswith("_time")}
        found.append({key.upper(): value for key, value in {**row, **times}.items()})
    return found


def _copies(session: SqlSession, given: Given) -> list[Row]:
    """What COPY INTO loaded into a table, or into all of them for ACCOUNT_USAGE."""
    named = given.get("TABLE_NAME")
    chosen = path_of(session, exp.to_table(named, dialect="snowflake"), "COPY_HISTORY") if named else None
    first, last = _moment(given.get("START_TIME")), _moment(given.get("END_TIME"))
    databases = [chosen.database] if chosen else [one["name"] for one in session.perform("database", "list", {})]
    found: list[Row] = []
    for row in [row for name in databases for row in session.engine.metadata("LOAD_HISTORY", name)]:
        at, place = row["LAST_LOAD_TIME"], TablePath(row["TABLE_CATALOG"], row["SCHEMA_NAME"], row["TABLE_NAME"])
        if chosen in (None, place) and (not first or at >= first) and (not last or at <= last):
            location, _, file = row["FILE_NAME"].rpartition("/")
            told = {"STAGE_LOCATION": location, "FILE_NAME": file, "STATUS": row["STATUS"].capitalize()}
            where = {"TABLE_CATALOG_NAME": place.database, "TABLE_SCHEMA_NAME": place.schema}
            found.append({**row, **told, **where})
    return found[::-1]


def _moment(text: str | None) -> datetime | None:
    """A moment in ISO's form, or in that of the session: `2026-01-02 03:04:05.000 -0800`."""
    if not text:
        return None
    try:
        found = datetime.fromisoformat(re.sub(r" ([+-]\d)", r"\1", text))
    except ValueError:
        raise unsupported(f"the moment '{text}' here") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


_OF_STATEMENT = (
    "QUERY_ID QUERY_TEXT DATABASE_NAME SCHEMA_NAME QUERY_TYPE SESSION_ID:n USER_NAME ROLE_NAME WAREHOUSE_NAME"
    " WAREHOUSE_SIZE WAREHOUSE_TYPE CLUSTER_NUMBER:n QUERY_TAG EXECUTION_STATUS ERROR_CODE ERROR_MESSAGE START_TIME:t"
    " END_TIME:t TOTAL_ELAPSED_TIME:n BYTES_SCANNED:n ROWS_PRODUCED:n COMPILATION_TIME:n EXECUTION_TIME:n"
)
_OF_TASK = (
    "QUERY_ID NAME DATABASE_NAME SCHEMA_NAME QUERY_TEXT CONDITION_TEXT STATE ERROR_CODE ERROR_MESSAGE SCHEDULED_TIME:t"
    " QUERY_START_TIME:t NEXT_SCHEDULED_TIME:t COMPLETED_TIME:t ROOT_TASK_ID GRAPH_VERSION:n RUN_ID:n RETURN_VALUE"
)
_OF_COPY = (
    "FILE_NAME STAGE_LOCATION LAST_LOAD_TIME:t ROW_COUNT:n ROW_PARSED:n FILE_SIZE:n FIRST_ERROR_MESSAGE"
    " FIRST_ERROR_LINE_NUMBER:n FIRST_ERROR_CHARACTER_POS:n FIRST_ERROR_COLUMN_NAME ERROR_COUNT:n ERROR_LIMIT:n STATUS"
    " TABLE_CATALOG_NAME TABLE_SCHEMA_NAME TABLE_NAME PIPE_CATALOG_NAME PIPE_SCHEMA_NAME PIPE_NAME PIPE_RECEIVED_TIME:t"
    " FIRST_COMMIT_TIME:t"
)
_ENDED = ("END_TIME_RANGE_START", "END_TIME_RANGE_END", "RESULT_LIMIT", "INCLUDE_CLIENT_GENERATED_STATEMENT")
_FUNCTIONS: dict[str, tuple[str, tuple[str, ...], Callable[[SqlSession, Given], list[Row]]]] = {
    "QUERY_HISTORY": (_OF_STATEMENT, _ENDED, _statements(lambda _session, _given, _ran: True)),
    "QUERY_HISTORY_BY_SESSION": (
        _OF_STATEMENT,
        ("SESSION_ID", *_ENDED),
        _statements(lambda session, given, ran: ran.session_id == int(given.get("SESSION_ID") or session.id)),
    ),
    "QUERY_HISTORY_BY_USER": (
        _OF_STATEMENT,
        ("USER_NAME", *_ENDED),
        _statements(lambda session, given, ran: ran.user == (given.get("USER_NAME") or session.user)),
    ),
    "QUERY_HISTORY_BY_WAREHOUSE": (
        _OF_STATEMENT,
        ("WAREHOUSE_NAME", *_ENDED),
        _statements(lambda session, given, ran: ran.warehouse == (given.get("WAREHOUSE_NAME") or session.warehouse)),
    ),
    "COPY_HISTORY": (_OF_COPY, ("TABLE_NAME", "START_TIME", "END_TIME", "RESULT_LIMIT"), _copies),
    "TASK_HISTORY": (_OF_TASK, ("RESULT_LIMIT", "TASK_NAME", "ERROR_ONLY"), _tasks),
}
"""The columns of each, the order of its arguments, and its rows, the newest first."""
NAMES = tuple(_FUNCTIONS)
