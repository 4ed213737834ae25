"""Rows as a table for people, and as JSON or CSV for programs."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from typing import Any

import click

from . import has_colours, printable
from .accounts import options

FORMAT = options(
    click.option(
        "--format", "form", type=click.Choice(["table", "json", "csv"]), help="A table in a terminal, else JSON."
    ),
    click.option("--json", "as_json", is_flag=True, help="The same as --format json."),
)
"""The options that `choose` takes."""


def choose(form: str | None, as_json: bool) -> str:
    """The format that is meant."""
    return "json" if as_json else form or ("table" if sys.stdout.isatty() else "json")


def print_rows(form: str, names: Sequence[str], rows: Iterable[Sequence[Any]], null: str = "NULL") -> None:
    """Print rows. null: what a table has where there is nothing."""
    if form == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(names)
        writer.writerows([_to_text(value, "") for value in row] for row in rows)
    elif form == "json":
        print_list(to_objects(names, rows))
    else:
        _print_table(names, [[printable(_to_text(value, null)) for value in row] for row in rows])


def to_objects(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[dict[str, Any]]:
    """Rows as JSON's objects, of which a name can be but once in each: the second `A` is `A_2`."""
    keys: list[str] = []
    for name in names:
        others = (f"{name}_{number}" for number in count(2))
        keys.append(name if name not in keys else next(one for one in others if one not in (*keys, *names)))
    return (dict(zip(keys, row)) for row in rows)


def print_list(items: Iterable[object]) -> None:
    """Print a JSON array, an item a line, as they come."""
    separator = "["
    for item in items:
        click.echo(f"{separator}\n{json.dumps(item, ensure_ascii=False, default=str)}", nl=False)
        separator = ","
    click.echo("[]" if separator == "[" else "\n]")


def print_object(form: str, value: dict[str, Any]) -> None:
    """Print one object: its properties, or JSON."""
    if form == "json":
        click.echo(json.dumps(value, indent=2, ensure_ascii=False, default=str))
    else:
        print_rows(form, ("property", "value"), [item for item in value.items() if item[1] is not None])


def print_text(text: str) -> None:
    """Print a text: as it is for programs, and for terminals with its control characters shown."""
    click.echo(printable(text) if sys.stdout.isatty() else text, color=True)


def _to_text(value: object, null: str) -> str:
    if value is None or isinstance(value, str):
        return null if value is None else value
    structured = isinstance(value, (bool, dict, list))
    return json.dumps(value, ensure_ascii=False, default=str) if structured else str(value)


def _print_table(names: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table, or where the terminal is too narrow for its columns, each row as a list."""
    from rich.box import ROUNDED
    from rich.console import Console
    from rich.measure import Measurement
    from rich.table import Column, Table
    from rich.text import Text

    console = Console(color_system="auto" if has_colours() else None, highlight=False)
    table = Table(*(Column(Text(printable(name)), overflow="fold") for name in names), box=ROUNDED)
    for row in rows:
        table.add_row(*map(Text, row))
    needed = Measurement.get(console, console.options.update(max_width=10_000), table).maximum
    if not rows or len(names) < 3 or needed <= console.width:
        console.print(table)
        return
    for number, row in enumerate(rows, 1):
        record = Table("", "", box=None, show_header=False, title=f"── {number} ──", title_justify="left")
        for name, value in zip(names, row):
            record.add_row(Text(printable(name), "bold"), Text(value))
        console.print(record)
