"""`snowcore sql`: run statements, in one session, and print what they answer."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any, NamedTuple

import attrs
import click

from .._statements import AGENT, read_moment
from ..exceptions import APIError
from . import explain
from .accounts import Opened, on_account
from .tables import FORMAT, choose, print_list, print_rows, to_objects

_LONGEST = 604_800.0
"""Seconds that a statement may take in Snowflake."""


class Answer(NamedTuple):
    """What one statement answers. The rows can be walked once."""

    names: Sequence[str]
    rows: Iterator[Sequence[Any]]


@click.command()
@click.argument("statement", required=False)
@click.option("-f", "--file", type=click.File(encoding="utf-8"), help="Read the statements from a file; - for stdin.")
@FORMAT
@on_account(must_exist=False)
def sql(opened: Opened, statement: str | None, file: Any, **form: Any) -> None:
    """Run SQL and print what it answers.

    STATEMENT, or what a file or stdin has. Several statements are separated by semicolons, and run in one session.
    JSON is an array with an object for each row; of several statements, an array of such arrays.
    """
    if statement is not None and file is not None:
        raise click.UsageError("STATEMENT and --file are two scripts")
    if statement is None and file is None and sys.stdin.isatty():
        raise click.UsageError("give a STATEMENT, or --file")
    given = file or sys.stdin
    try:
        text = given.read() if statement is None else statement
    except UnicodeDecodeError:
        raise ValueError(f"{given.name}: this is no text in UTF-8") from None
    chosen, answers = choose(**form), list(execute(opened, text))
    if chosen == "json" and len(answers) > 1:
        print_list(list(to_objects(*one)) for one in answers)
        return
    for answer in answers:
        print_rows(chosen, answer.names, answer.rows)


def execute(opened: Opened, text: str) -> Iterator[Answer]:
    """Run statements: by the SQL API, or by the connector if the account was opened by that."""
    connection = opened.root.connection
    if hasattr(connection, "execute_string"):
        number = 0
        try:
            for number, cursor in enumerate(connection.execute_string(text), 1):  # noqa: B007 - told where one fails
                yield Answer([column.name for column in cursor.description], iter(cursor))
        except connection.ProgrammingError as error:
            raise _name_failed(number + 1, error) from error
        return
    from snowflake_rest import sqlapi as rest
    from snowflake_rest.runtime import ANY

    from .._client import Client
    from .._names import unquote

    ask = partial(rest.get_statement_status, user_agent=AGENT)
    given = opened.root.client
    patient = attrs.evolve(given.options.timeout, total=_LONGEST)
    client = Client(given.transport, given.auth, attrs.evolve(given.options, timeout=patient, accept_accepted=True))
    parameters = rest.SubmitStatementBodyParameters(multi_statement_count=0)
    body = rest.SubmitStatementBody(statement=text, parameters=parameters)
    body = attrs.evolve(body, **{name: unquote(value) for name, value in opened.context.items()})
    handle = client.send(rest.submit_statement(body, user_agent=AGENT, async_=True)).statement_handle or ""
    try:
        told: dict[str, Any] = client.send(ask(handle).returning(ANY))
    except KeyboardInterrupt:
        client.send(rest.cancel_statement(handle, user_agent=AGENT))
        raise
    except APIError as error:
        begun = json.loads(error.body or "{}").get("statementHandles") or [handle]
        raise _name_failed(len(begun), error) from error
    for part in told.get("statementHandles") or [handle]:
        first = told if part == handle else client.send(ask(part).returning(ANY))
        columns: list[dict[str, Any]] = first["resultSetMetaData"]["rowType"]
        rows = _read(lambda n, part=part: client.send(ask(part, partition=n)).data, columns, first)
        yield Answer([column["name"] for column in columns], rows)


def _name_failed(number: int, error: Exception) -> Exception:
    """The error of a statement, with the number that it has if it isn't the first one."""
    return ValueError(f"statement {number}: {explain(error)}") if number > 1 else error


def _read(fetch: Callable[[int], Any], columns: list[dict[str, Any]], first: dict[str, Any]) -> Iterator[list[Any]]:
    """The rows of all partitions, each fetched when it is reached."""
    for number in range(len(first["resultSetMetaData"].get("partitionInfo") or [0])):
        data = fetch(number) if number else first["data"]
        for row in data or ():
            yield [None if text is None else _decode(column, text) for column, text in zip(columns, row)]


def _decode(column: dict[str, Any], text: str) -> Any:
    """A value as JSON has it. Decimals stay texts, which keep their digits, and so do moments, as ISO 8601 has them."""
    match column["type"]:
        case "fixed":
            return int(text) if not column.get("scale") else text
        case "real":
            return number if math.isfinite(number := float(text)) else text
        case "boolean":
            return text == "true"
        case "date":
            return str(date(1970, 1, 1) + timedelta(days=int(text)))
        case "time" | "timestamp_ntz" | "timestamp_ltz" | "timestamp_tz" as kind:
            return _show_moment(kind, text)
        case "variant" | "object" | "array":
            try:
                return json.loads(text)
            except ValueError:
                return text  # such as `undefined`, which JSON lacks
        case _:
            return text


def _show_moment(kind: str, text: str) -> str:
    """A day and a time, or one of these, with up to nine decimals, and in a zone with its offset."""
    moment, nanoseconds = read_moment(text)
    written, decimals = moment.isoformat(), f".{nanoseconds:09d}".rstrip("0").rstrip(".")
    plain = f"{written[:19]}{decimals}"
    return {"time": plain[11:], "timestamp_ntz": plain}.get(kind, plain + written[19:])
