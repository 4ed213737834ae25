"""`snowcore plan`, `apply`, `export` and `diff`: see docs/plan.md."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from .. import plan as plans
from .accounts import DeclinedError, Opened, complete_connections, on_account, open_account, options
from .tables import print_object

_CHANGES = 2


def _read(ctx: click.Context, param: click.Parameter, folder: Path) -> plans.Declarations:
    """What a folder declares, before any account is opened, or made."""
    return plans.read(folder)


_FOLDER = click.argument("folder", type=click.Path(path_type=Path))
_DECLARED = click.argument("declared", type=click.Path(path_type=Path), callback=_read, metavar="FOLDER")
_PRUNE = click.option("--prune", is_flag=True, help="Drop what else is in the databases and schemas that are named.")
_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
_SCOPE = click.option("--scope", multiple=True, help="A database, db.schema, or a kind such as warehouses; repeatable.")


@click.command()
@options(_DECLARED, _PRUNE, _JSON)
@on_account()
def plan(opened: Opened, declared: plans.Declarations, prune: bool, as_json: bool) -> int:
    """Say what would make an account as declared.

    By the YAML files in FOLDER. Exit status 2 if there is anything.
    """
    return _tell(plans.plan(opened.root, declared, prune=prune), as_json)


@click.command()
@options(_DECLARED, _PRUNE, _JSON)
@click.option("--allow-destructive", is_flag=True, help="Also drop objects and data.")
@click.option("--yes", is_flag=True, help="Don't ask. Without a terminal it is needed.")
@on_account(must_exist=False)
def apply(
    opened: Opened, declared: plans.Declarations, prune: bool, as_json: bool, allow_destructive: bool, yes: bool
) -> int:
    """Make an account as declared.

    By the YAML files in FOLDER.
    """
    made = plans.plan(opened.root, declared, prune=prune)
    if not (as_json and yes):
        click.echo(plans.show(made, _paint), err=as_json)  # where JSON is asked for, that is the report alone
    if not made:
        return 0
    if not yes and not _confirm():
        raise DeclinedError("nothing was done")
    try:
        report = plans.apply(made, allow_destructive=allow_destructive, progress=None if as_json else _say)
    except plans.ApplyError as error:
        if as_json:
            print_object("json", error.report.to_dict())
        click.echo(f"snowcore: {error}", err=True)
        return 1
    if as_json:
        print_object("json", report.to_dict())
    return 0


@click.command()
@options(_FOLDER, _SCOPE)
@on_account()
def export(opened: Opened, folder: Path, scope: tuple[str, ...]) -> int:
    """Write an account as a folder that declares it.

    Or a part of the account. Prints the files that were written.
    """
    for file in plans.export(opened.root, folder, scope=scope or None):
        click.echo(file)
    return 0


@click.command()
@click.argument("one", shell_complete=complete_connections)
@click.argument("other", shell_complete=complete_connections)
@options(_SCOPE, _JSON)
def diff(one: str, other: str, scope: tuple[str, ...], as_json: bool) -> int:
    """Say what would make one account like another.

    The account ONE like the account OTHER. Exit status 2 if there is anything.
    Each is a connection profile, or local:DIR for an embedded account's folder.
    """
    with open_account(one, must_exist=True) as first, open_account(other, must_exist=True) as second:
        return _tell(plans.diff(first.root, second.root, scope=scope or None), as_json)


def _confirm() -> bool:
    try:
        return click.confirm("Apply?", err=True)
    except click.Abort:
        if sys.stdin.isatty():  # who has pressed Ctrl-C
            raise
    click.echo(err=True)  # after the question
    raise DeclinedError("nothing was done: nobody answers here; to apply without being asked takes --yes")


def _tell(made: plans.Plan, as_json: bool) -> int:
    if as_json:
        print_object("json", made.to_dict())
    else:
        click.echo(plans.show(made, _paint))  # which leaves out colours where there is no terminal
    return _CHANGES if made else 0


def _paint(text: str, colour: str) -> str:
    return click.style(text, fg=colour) if colour else text


def _say(step: plans.Step, state: str) -> None:
    if state != "started":
        click.echo(f"{state}: {step.title}", err=True)
