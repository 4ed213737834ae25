"""`snowcore graph` and `run`: task graphs drawn, and run."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from . import has_colours, printable
from .accounts import Opened, on_account
from .objects import find_handle
from .tables import FORMAT, choose, print_rows

if TYPE_CHECKING:
    from ..waiting import Status

_TOLD = ("name", "state", "attempt", "started", "ended", "error_code", "error_message", "return_value")
_FORMS = {".svg": "svg", ".mmd": "mermaid", ".mermaid": "mermaid"}


@click.command()
@click.argument("task")
@click.option("--format", "form", type=click.Choice(["text", "svg", "mermaid", "timeline"]), help="Text when left out.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="A file, whose suffix tells the format.")
@on_account()
def graph(opened: Opened, task: str, form: str | None, output: Path | None) -> None:
    """Draw a task graph.

    That of TASK, its root, with the states of its last run, if there was one. A timeline is an SVG of that run.
    """
    from ..pictures import draw_mermaid, draw_svg, draw_text, draw_timeline, fetch_run

    handle = find_handle(opened, "task", task)
    run = fetch_run(handle) or None
    terminal = output is None and sys.stdout.isatty()
    form = form or _FORMS.get(output.suffix.lower() if output else "", "text")
    if form == "text":
        ascii_only = output is None and not sys.stdout.encoding.lower().startswith("utf")
        drawn = draw_text(handle, run, color=terminal and has_colours(), ascii=ascii_only)
    elif form == "timeline":
        drawn = draw_timeline(run or [], handle)
    else:
        drawn = (draw_svg if form == "svg" else draw_mermaid)(handle, run)
    if output is None:
        click.echo(drawn.rstrip("\n"))
    else:
        output.write_text(drawn, encoding="utf-8")


@click.command()
@click.argument("task")
@click.option("--timeout", type=float, metavar="SECONDS", help="How long to wait for the end; an hour when left out.")
@click.option("--retry-last", is_flag=True, help="Run again what failed in the last run, and what comes after that.")
@FORMAT
@on_account()
def run(opened: Opened, task: str, timeout: float | None, retry_last: bool, **form: Any) -> None:
    """Run a task graph, and wait for its end.

    That of TASK, its root, with a line on stderr for each task that ends. Exit status 1 if the run fails.
    """
    from snowflake_rest.task import execute_task

    from ..waiting import WaitError, follow_run

    handle, told = find_handle(opened, "task", task), set[str]()

    def tell(status: Status) -> None:
        for one in status.attempts:
            line = printable(f"{one.name} {one.state} {one.why}".rstrip())
            if one.ended and line not in told and not sys.stderr.isatty():  # where waiting shows them itself
                told.add(line)
                click.echo(line, err=True)

    begin, failure = execute_task(*handle.path, retry_last=retry_last or None), None
    try:
        status = opened.root.client.run(follow_run(handle, begin, timeout, tell))
    except WaitError as error:
        status, failure = error.status, error
    rows = ([getattr(one, name) for name in _TOLD] for one in status.attempts)
    shown = [[value.isoformat() if isinstance(value, datetime) else value for value in row] for row in rows]
    print_rows(choose(**form), _TOLD, shown, null="")
    if failure is not None:
        raise failure
