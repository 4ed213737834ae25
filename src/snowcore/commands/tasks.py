"""`snowcore graph`: task graphs, drawn."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import click

from . import has_colours
from .accounts import Opened, on_account
from .objects import find_handle

_FORMS = {".svg": "svg", ".mmd": "mermaid", ".mermaid": "mermaid"}


@click.command()
@click.argument("task")
@click.option("--format", "form", type=click.Choice(["text", "svg", "mermaid", "timeline"]), help="Text when left out.")
@click.option(
    *("-o", "--output"), type=click.Path(path_type=Path, dir_okay=False), help="A file, whose suffix tells the format."
)
@on_account()
def graph(opened: Opened, task: str, form: str | None, output: Path | None) -> None:
    """Draw a task graph.

    That of TASK, its root, with the states of its last run, if there was one. A timeline is an SVG of that run.
    """
    from ..pictures import draw_mermaid, draw_svg, draw_text, draw_timeline, fetch_run

    handle = find_handle(opened, "task", task)
    run = fetch_run(handle) or None
    terminal = output is None and sys.stdout.isatty()
    match form or _FORMS.get(output.suffix.lower() if output else "", "text"):
        case "svg":
            drawn = str(draw_svg(handle, run))
        case "mermaid":
            drawn = str(draw_mermaid(handle, run))
        case "timeline":
            drawn = str(draw_timeline(run or [], handle))
        case _:
            width = shutil.get_terminal_size().columns if terminal else 120
            ascii_only = not (sys.stdout.encoding or "").lower().startswith("utf") and output is None
            drawn = draw_text(handle, run, color=terminal and has_colours(), ascii=ascii_only, width=width)
    if output is None:
        click.echo(drawn.rstrip("\n"))
    else:
        output.write_text(drawn, encoding="utf-8")
