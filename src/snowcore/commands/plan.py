"""`snowcore plan`, `apply`, `export` and `diff`: see docs/plan.md."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click
import orjson

from .. import plan as plans
from .._root import Root

_F = TypeVar("_F", bound=Callable[..., Any])
_CHANGES = 2


def _options(*options: Callable[[_F], _F]) -> Callable[[_F], _F]:
    def add(function: _F) -> _F:
        for option in reversed(options):
            function = option(function)
        return function

    return add


_FOLDER = click.argument("folder", type=click.Path(path_type=Path))
_ACCOUNT = click.option("-a", "--account", help="A connection profile, or local:DIR for an embedded account's folder.")
_PRUNE = click.option("--prune", is_flag=True, help="Drop what else is in the databases and schemas that are named.")
_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
_SCOPE = click.option("--scope", multiple=True, help="A database, db.schema, or a kind such as warehouses; repeatable.")


@contextmanager
def open_account(named: str | None) -> Generator[Root]:
    """A root on the account that is named: a profile, the default one, or `local:DIR`."""
    kind, _, folder = (named or "").partition(":")
    if kind != "local":
        yield Root.connect(named)
        return
    from ..local import LocalAccount

    with LocalAccount(Path(folder)) as account:
        yield Root(account)


@click.command()
@_options(_FOLDER, _ACCOUNT, _PRUNE, _JSON)
def plan(folder: Path, account: str | None, prune: bool, as_json: bool) -> int:
    """Say what would make the account as FOLDER declares it. Exit status 2 if there is anything."""
    with open_account(account) as root:
        return _tell(plans.plan(root, folder, prune=prune), as_json)


@click.command()
@_options(_FOLDER, _ACCOUNT, _PRUNE, _JSON)
@click.option("--allow-destructive", is_flag=True, help="Also drop objects and data.")
@click.option("--yes", is_flag=True, help="Don't ask. Without a terminal it is needed.")
def apply(folder: Path, account: str | None, prune: bool, as_json: bool, allow_destructive: bool, yes: bool) -> int:
    """Make the account as FOLDER declares it."""
    with open_account(account) as root:
        made = plans.plan(root, folder, prune=prune)
        if not as_json:
            _tell(made, as_json)
        if not made:
            return 0
        if not yes:
            click.confirm("Apply?", abort=True, err=True)
        try:
            report = plans.apply(made, allow_destructive=allow_destructive, progress=None if as_json else _say)
        except plans.ApplyError as error:
            if as_json:
                _print_json(error.report.to_dict())
            click.echo(f"snowcore: {error}", err=True)
            return 1
        if as_json:
            _print_json(report.to_dict())
        return 0


@click.command()
@_options(_FOLDER, _ACCOUNT, _SCOPE)
def export(folder: Path, account: str | None, scope: tuple[str, ...]) -> int:
    """Write the account, or a part of it, as a FOLDER that declares it."""
    with open_account(account) as root:
        for file in plans.export(root, folder, scope=scope or None):
            click.echo(file)
    return 0


@click.command()
@click.argument("one")
@click.argument("other")
@_options(_SCOPE, _JSON)
def diff(one: str, other: str, scope: tuple[str, ...], as_json: bool) -> int:
    """Say what would make the account ONE like the account OTHER. Exit status 2 if there is anything.

    Each is a connection profile, or local:DIR for an embedded account's folder.
    """
    with open_account(one) as first, open_account(other) as second:
        return _tell(plans.diff(first, second, scope=scope or None), as_json)


def _tell(made: plans.Plan, as_json: bool) -> int:
    if as_json:
        _print_json(made.to_dict())
    else:
        click.echo(plans.show(made, _paint))  # which leaves out colours where there is no terminal
    return _CHANGES if made else 0


def _paint(text: str, colour: str) -> str:
    return click.style(text, fg=colour) if colour else text


def _say(step: plans.Step, state: str) -> None:
    if state != "started":
        click.echo(f"{state}: {step.title}", err=True)


def _print_json(value: object) -> None:
    click.echo(orjson.dumps(value, option=orjson.OPT_INDENT_2, default=str).decode())
