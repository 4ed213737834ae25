"""What DuckDB calls while a query runs: functions in Python for what it lacks. `install` registers them on a database.

Their names begin with `sf_`, so that they never stand in the way of a name of Snowflake's. A function that isn't
said to take NULL isn't called for one. An error is raised with Snowflake's numbers in its text (`errors.carry`), since
DuckDB passes on nothing else.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Sequence
from typing import Any, TypeVar, cast

import attrs
import duckdb

from ..errors import EngineError, carry, is_carried

PREFIX = "sf_"
"""Of the names of all functions."""
F = TypeVar("F", bound=Callable[..., Any])


@attrs.frozen
class _Entry:
    name: str
    call: Callable[..., Any]
    takes: Sequence[str] | None
    gives: str
    nulls: bool
    varies: bool


ENTRIES: dict[str, _Entry] = {}


def python(takes: str | None, gives: str, *, nulls: bool = False, varies: bool = False) -> Callable[[F], F]:
    """Register a function under `sf_` and its own name.

    takes: DuckDB's types of the arguments, separated by spaces; None for any number of any types. nulls: it is called
    for NULL, too. varies: it gives another value each time.
    """

    def register(call: F) -> F:
        name = PREFIX + call.__name__.strip("_")
        ENTRIES[name] = _Entry(name, call, None if takes is None else takes.split(), gives, nulls, varies)
        return call

    return register


@functools.cache
def _signature(count: int) -> inspect.Signature:
    kind = inspect.Parameter.POSITIONAL_ONLY
    return inspect.Signature([inspect.Parameter(f"a{i}", kind) for i in range(count)])


def _carrying(entry: _Entry) -> Callable[..., Any]:
    call, nulls = entry.call, entry.nulls

    def guarded(*arguments: Any) -> Any:
        if not nulls and None in arguments:
            return None
        try:
            return call(*arguments)
        except EngineError as error:
            raise ValueError(carry(error.code, error.sqlstate, error.message)) from None
        except RecursionError:
            raise ValueError(carry("000603", "XX000", "A value is too deeply nested.")) from None
        except (ArithmeticError, LookupError, TypeError, ValueError, AttributeError) as error:
            if is_carried(str(error)):
                raise
            name = entry.name.removeprefix(PREFIX).upper()
            raise ValueError(carry("100183", "22023", f"A value is no valid argument ({name}).")) from None

    if entry.takes is not None:
        # DuckDB only counts the parameters; evaluating the annotations of `call` would take it ten times as long.
        guarded.__signature__ = _signature(len(entry.takes))  # type: ignore[attr-defined]
    return guarded


def install(connection: duckdb.DuckDBPyConnection) -> None:
    """Make DuckDB know the functions; its other connections to the same database then know them, too."""
    kind = functools.cache(connection.type)
    create = cast("Any", connection).create_function
    for entry in ENTRIES.values():
        create(
            entry.name,
            _carrying(entry),
            None if entry.takes is None else [kind(word) for word in entry.takes],
            kind(entry.gives),
            null_handling="special",
            side_effects=entry.varies,
        )
