"""The table functions of INFORMATION_SCHEMA: which statements ran since the account was opened, what was loaded, and
what `task_history` tells."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import attrs
from sqlglot import exp

from ...engine.errors import invalid, unsupported
from ...engine.protocol import Result, TablePath
from ..objects import securables
from ..objects.securables import THE_ACCOUNT
from . import directories, metering, policies, refreshes, tags, task_history
from .results import TEXT, TIME, WHOLE, moment, table
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
    size: tuple[str, str] | None
    """Of the warehouse that it ran on, with its type; None if it needed none."""
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
            "WAREHOUSE_SIZE": self.size and self.size[0],
            "WAREHOUSE_TYPE": self.size and self.size[1],
            "CLUSTER_NUMBER": self.size and 1,
            "QUERY_TAG": self.tag,
            "EXECUTION_STATUS": "FAILED_WITH_ERROR" if self.error else "SUCCESS",
            "ERROR_CODE": self.error and self.error[0],
            "ERROR_MESSAGE": self.error and self.error[1],
            "START_TIME": self.started,
            "END_TIME": self.ended,
            "TOTAL_ELAPSED_TIME": elapsed,
            "EXECUTION_TIME": elapsed,
            "COMPILATION_TIME": 0,
            **dict.fromkeys(_NO_TIME, 0),
            "ROWS_PRODUCED": self.rows,
        }


_NO_TIME = ("QUEUED_PROVISIONING_TIME", "QUEUED_REPAIR_TIME", "QUEUED_OVERLOAD_TIME", "TRANSACTION_BLOCKED_TIME")
"""What takes no time here."""


def asked(session: SqlSession, name: str, arguments: Sequence[tuple[str | None, Any]]) -> Result | None:
    """What a table function gives, given its arguments and their names; None for what is none of these."""
    if name == "DIRECTORY" and len(arguments) == 1:
        return directories.rows(session, str(arguments[0][1]))
    if name not in _FUNCTIONS:
        return None
    columns, order, rows = _FUNCTIONS[name]
    order = (*order, task_history.EVER)
    given = {(key or order[at]).upper(): value for at, (key, value) in enumerate(arguments) if key or at < len(order)}
    if len(given) < len(arguments) or not given.keys() <= {*order}:
        raise unsupported(f"these arguments of {name}")
    most = int(given.get("RESULT_LIMIT", 10_000 if name == "TASK_DEPENDENTS" else 100))
    if not 1 <= most <= 10_000:
        raise invalid(f"Invalid value of RESULT_LIMIT: {most} is not from 1 to 10,000.")
    named = [column.partition(":") for column in columns.split()]
    types = {"": TEXT, "n": WHOLE, "t": TIME, "d": "NUMBER(38,9)", "v": "VARIANT"}
    told = rows(session, given)[: None if task_history.EVER in given else most]
    found = [[row.get(title) for title, _, _ in named] for row in told]
    return table([(title, types[kind]) for title, _, kind in named], found)


def _statements(keep: Callable[[SqlSession, Given, Ran], bool]) -> Callable[[SqlSession, Given], list[Row]]:
    def rows(session: SqlSession, given: Given) -> list[Row]:
        first, last = (moment(given.get(f"END_TIME_RANGE_{word}")) for word in ("START", "END"))
        others = session.rights.may("MONITOR EXECUTION", THE_ACCOUNT)
        return [
            ran.row()
            for ran in reversed(session.account.statements)
            if (others or session.is_of(ran.user))
            if keep(session, given, ran) and (not first or ran.ended >= first) and (not last or ran.ended <= last)
        ]

    return rows


def _copies(session: SqlSession, given: Given) -> list[Row]:
    """What COPY INTO loaded into a table, or into all of them for ACCOUNT_USAGE."""
    named = given.get("TABLE_NAME")
    chosen = path_of(session, exp.to_table(named, dialect="snowflake"), "COPY_HISTORY") if named else None
    first, last = moment(given.get("START_TIME")), moment(given.get("END_TIME"))
    databases = [chosen.database] if chosen else [one["name"] for one in session.perform("database", "list", {})]
    found: list[Row] = []
    for row in [row for name in databases for row in session.engine.metadata("LOAD_HISTORY", name)]:
        at, place = row["LAST_LOAD_TIME"], TablePath(row["TABLE_CATALOG"], row["SCHEMA_NAME"], row["TABLE_NAME"])
        if chosen in (None, place) and (not first or at >= first) and (not last or at <= last):
            location, _, file = row["FILE_NAME"].rpartition("/")
            state = row["STATUS"].replace("_", " ").capitalize()
            told = {"STAGE_LOCATION": location, "FILE_NAME": file, "STATUS": state, **_by_pipe(session, row)}
            where = {"TABLE_CATALOG_NAME": place.database, "TABLE_SCHEMA_NAME": place.schema}
            error = {
                "FIRST_ERROR_CHARACTER_POS": row["FIRST_ERROR_CHARACTER_POSITION"],
                "FIRST_ERROR_COLUMN_NAME": row["FIRST_ERROR_COL_NAME"],
            }
            found.append({**row, **told, **where, **error})
    return found[::-1]


def _by_pipe(session: SqlSession, row: Row) -> Row:
    pipe = next((one for one in session.account.catalog.all("pipe") if one.id == row["PIPE_ID"]), None)
    if pipe is None:
        return {}
    named = dict(zip(("PIPE_CATALOG_NAME", "PIPE_SCHEMA_NAME", "PIPE_NAME"), pipe.path))
    return {**named, "PIPE_RECEIVED_TIME": row["LAST_LOAD_TIME"], "FIRST_COMMIT_TIME": row["LAST_LOAD_TIME"]}


_OF_STATEMENT = (
    "QUERY_ID QUERY_TEXT DATABASE_NAME SCHEMA_NAME QUERY_TYPE SESSION_ID:n USER_NAME ROLE_NAME WAREHOUSE_NAME"
    " WAREHOUSE_SIZE WAREHOUSE_TYPE CLUSTER_NUMBER:n QUERY_TAG EXECUTION_STATUS ERROR_CODE ERROR_MESSAGE START_TIME:t"
    " END_TIME:t TOTAL_ELAPSED_TIME:n BYTES_SCANNED:n ROWS_PRODUCED:n COMPILATION_TIME:n EXECUTION_TIME:n"
    " QUEUED_PROVISIONING_TIME:n QUEUED_REPAIR_TIME:n QUEUED_OVERLOAD_TIME:n TRANSACTION_BLOCKED_TIME:n"
)
_OF_COPY = (
    "FILE_NAME STAGE_LOCATION LAST_LOAD_TIME:t ROW_COUNT:n ROW_PARSED:n FILE_SIZE:n FIRST_ERROR_MESSAGE"
    " FIRST_ERROR_LINE_NUMBER:n FIRST_ERROR_CHARACTER_POS:n FIRST_ERROR_COLUMN_NAME ERROR_COUNT:n ERROR_LIMIT:n STATUS"
    " TABLE_CATALOG_NAME TABLE_SCHEMA_NAME TABLE_NAME PIPE_CATALOG_NAME PIPE_SCHEMA_NAME PIPE_NAME PIPE_RECEIVED_TIME:t"
    " FIRST_COMMIT_TIME:t"
)
_OF_TAG = (
    "TAG_DATABASE TAG_SCHEMA TAG_NAME TAG_VALUE APPLY_METHOD LEVEL OBJECT_DATABASE OBJECT_SCHEMA OBJECT_NAME DOMAIN"
    " COLUMN_NAME"
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
    "POLICY_REFERENCES": (
        "POLICY_DB POLICY_SCHEMA POLICY_NAME POLICY_KIND REF_DATABASE_NAME REF_SCHEMA_NAME REF_ENTITY_NAME"
        " REF_ENTITY_DOMAIN REF_COLUMN_NAME REF_ARG_COLUMN_NAMES TAG_DATABASE TAG_SCHEMA TAG_NAME POLICY_STATUS",
        ("POLICY_NAME", "REF_ENTITY_NAME", "REF_ENTITY_DOMAIN"),
        policies.references,
    ),
    "TAG_REFERENCES": (_OF_TAG, ("OBJECT_NAME", "OBJECT_DOMAIN"), tags.references),
    "TAG_REFERENCES_ALL_COLUMNS": (_OF_TAG, ("OBJECT_NAME", "OBJECT_DOMAIN"), tags.references_of_columns),
    **metering.FUNCTIONS,
    **refreshes.FUNCTIONS,
    **task_history.FUNCTIONS,
}
"""The columns of each, the order of its arguments, and its rows, the newest first."""
NAMES = tuple(_FUNCTIONS)
