"""Statements by the SQL API, for what REST has no operation for, and what they answer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

from snowflake_rest import sqlapi
from snowflake_rest.runtime import Steps

from ._names import unquote
from .version import __version__

if TYPE_CHECKING:
    from ._client import Client

AGENT = f"snowcore/{__version__}"


def ask(client: Client, statement: str) -> Steps[list[dict[str, Any]]]:
    """Steps that run a statement with the role and warehouse of a client, and give its rows: texts by columns."""
    warehouse, role = (client.options.headers.get(f"X-Snowflake-{what}") for what in ("Warehouse", "Role"))
    body = sqlapi.SubmitStatementBody(
        statement=statement,
        warehouse=warehouse and unquote(warehouse),
        role=role and unquote(role),
        parameters=sqlapi.SubmitStatementBodyParameters(timezone="UTC"),
    )
    result = yield from sqlapi.submit_statement(body, user_agent=AGENT)
    told = result.result_set_meta_data or sqlapi.ResultSetResultSetMetaData()
    names = [column.name or "" for column in told.row_type or ()]
    rows = list(result.data or ())
    for partition in range(1, len(told.partition_info or ())):
        handle = result.statement_handle or ""
        more = yield from sqlapi.get_statement_status(handle, user_agent=AGENT, partition=partition)
        rows += more.data or ()
    return [dict(zip(names, row, strict=True)) for row in rows]


def read_moment(text: str) -> tuple[datetime, int]:
    """A moment, to the second, and its nanoseconds, as answers tell it: seconds since 1970, perhaps an offset behind.

    The offset is in minutes, counted from -24 hours; the moment is in UTC where there is none.
    """
    seconds, _, offset = text.partition(" ")
    whole, _, fraction = seconds.partition(".")
    since, nanoseconds = divmod(int(f"{whole}{fraction:0<9}"), 1_000_000_000)
    zone = timezone(timedelta(minutes=int(offset) - 1440)) if offset else UTC
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=since)).astimezone(zone), nanoseconds
