"""`snowcore graph` and `run`: task graphs drawn, and run."""

from __future__ import annotations

import click

from .accounts import Opened, on_account


@click.command()
@click.argument("task")
@on_account()
def graph(opened: Opened, task: str) -> None:
    """Draw the graph of TASK, its root."""


@click.command()
@click.argument("task")
@on_account()
def run(opened: Opened, task: str) -> None:
    """Run TASK, and the graph that it is the root of, and wait for the end."""
