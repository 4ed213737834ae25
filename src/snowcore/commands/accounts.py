"""The account that a command works on: one of a connection profile, or an embedded one in a folder."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Generator, Mapping
from contextlib import ExitStack, contextmanager
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import attrs
import click

if TYPE_CHECKING:
    from .._root import Root

F = TypeVar("F", bound=Callable[..., Any])
_CONTEXT = ("role", "warehouse", "database", "schema")


class DeclinedError(ValueError):
    """Nothing was done, since the user didn't want it; an account that was made for it goes."""


@attrs.frozen
class Opened:
    """An account to work on. context: its role, warehouse, database and schema, as far as they are named."""

    root: Root
    context: Mapping[str, str]


def options(*given: Callable[[F], F]) -> Callable[[F], F]:
    """Several options, or arguments, at once."""

    def add(function: F) -> F:
        for option in reversed(given):
            function = option(function)
        return function

    return add


def complete_connections(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """The names of profiles that begin so, for shells."""
    from .._profile import read_connections

    found, _ = read_connections()
    return [name for name, one in found.items() if name.startswith(incomplete) and type(one) is dict]


_CONNECTION = "A profile of connections.toml or config.toml, or local:DIR. The default profile when left out."
_OPTIONS = options(
    click.option("-c", "--connection", metavar="NAME", shell_complete=complete_connections, help=_CONNECTION),
    click.option("--local", type=click.Path(file_okay=False), metavar="DIR", help="An embedded account: -c local:DIR."),
    *(click.option(f"--{name}", metavar="NAME", help=f"The {name} to work with.") for name in _CONTEXT),
)


def on_account(*, must_exist: bool = True) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Give a command the options that say which account is meant, and the account, opened, as its first argument.

    must_exist: refuse a folder in which there is no account yet, which may be mistyped; else one is made there.
    """

    def add(function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def work(connection: str | None, local: str | None, **given: Any) -> Any:
            if local is not None and connection is not None:
                raise click.UsageError("--connection and --local name two accounts")
            context = {name: value for name in _CONTEXT if (value := given.pop(name)) is not None}
            with open_account(connection if local is None else f"local:{local}", context, must_exist) as opened:
                return function(opened, **given)

        return _OPTIONS(work)

    return add


@contextmanager
def open_account(named: str | None, context: Mapping[str, str] = {}, must_exist: bool = False) -> Generator[Opened]:
    """The account that is named: a profile, the default one, or `local:DIR`. context counts more than the profile's."""
    from .._root import Root

    kind, _, folder = (named or "").partition(":")
    if kind != "local":
        root, context = _connect(named, context)
        try:
            yield Opened(root, context)
        finally:
            getattr(root.connection, "close", root.client.close)()
        return
    from ..local import LocalAccount
    from ..local.account.catalog import is_there

    if not folder:
        raise ValueError("local: needs the folder of an account, as in local:DIR")
    if must_exist and not is_there(Path(folder)):
        raise ValueError(f"there is no account in {folder}; apply, sql and serve --data make one")
    is_new = not any(Path(folder).glob("*"))
    with ExitStack() as after, LocalAccount(folder) as account:
        try:
            root = Root(account).with_context(role=context.get("role"), warehouse=context.get("warehouse"))
            yield Opened(root, context)
        except KeyboardInterrupt:
            account.cancel(0)  # rather than wait for what runs
            raise
        except DeclinedError:
            if is_new:
                after.callback(shutil.rmtree, folder)  # once it is closed
            raise


def _connect(named: str | None, context: Mapping[str, str]) -> tuple[Root, Mapping[str, str]]:
    """A root on a profile, by the connector where that is needed and there, and the context of the profile."""
    from .._profile import Profile
    from .._root import Root

    profile = Profile.load(named, context)
    where = {name: profile.settings[name] for name in _CONTEXT if profile.settings.get(name)}
    try:
        return Root(profile).with_context(**profile.context), where
    except ValueError as error:
        who, needs, _ = str(error).partition("needs the connector")
        if not needs:
            raise
        try:
            connector: Any = import_module("snowflake.connector")
        except ImportError:  # also where `snowflake` is there, which has our own `snowflake.core` in it
            install = "install it with: pip install snowflake-connector-python"
            raise ValueError(f"{who}{needs}; {install}") from None
    return Root(connector.connect(**profile.settings)), where
