"""`snowcore ls`, `get` and `describe`: what an account has. The specifications say which kinds there are."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any

import click

from .._names import quote_literal, spell_identifier, split_name, unquote
from .accounts import Opened, on_account
from .sql import execute
from .tables import FORMAT, choose, print_list, print_object, print_rows, print_text

if TYPE_CHECKING:
    from ..plan._kinds import Address, Kind, Names
    from ..plan._reading import Reading

_SHOWN = ("state", "warehouse_size", "rows", "schedule", "owner", "created_on", "comment")
"""The properties that a list has columns for, where any object has them."""


def complete_kinds(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """The kinds of objects that begin so, for shells."""
    from ..plan._kinds import find_kinds

    names = (kind.plural if ctx.command.name == "ls" else kind.name for kind in find_kinds().values())
    return [name for name in names if name.startswith(incomplete)]


_KIND = click.argument("kind", shell_complete=complete_kinds)


@click.command()
@click.argument("what", nargs=-1, metavar="[KIND] [PLACE]", shell_complete=complete_kinds)
@FORMAT
@on_account()
def ls(opened: Opened, what: tuple[str, ...], **form: Any) -> None:
    """List what is in an account, a database or a schema.

    PLACE is a database, or a schema as DB.SCHEMA; the account when left out. KIND, such as tables or warehouses, lists
    all of that kind in the place, and in what is in it.
    """
    from ..plan._exporting import read_scope
    from ..plan._kinds import find_children
    from ..plan._reading import Reading

    kind = _find_kind(what[0], needed=len(what) > 1) if what else None
    scope, reading = what[1 if kind else 0 :], Reading(opened.root)
    place = read_scope(scope[0]) if scope else _find_context(opened, kind.level) if kind else ()
    found = _find_places(reading, place, kind.level if kind else len(place))
    asked = [(each, one) for one in found for each in ([kind] if kind else find_children(one))]
    reading.list(asked)
    if kind in reading.unknown:
        raise ValueError(reading.unknown[kind])
    rows = [(one, row) for each in asked for one, row in reading.get_list(*each).items()]
    if (chosen := choose(**form)) == "json":
        print_list({"resource": one.kind.name, **row, "name": one.spelled} for one, row in rows)
        return
    columns = [name for name in _SHOWN if any(row.get(name) is not None for _, row in rows)]
    table: list[list[Any]] = []
    for one, row in rows:
        name = ".".join([*map(spell_identifier, one.place[len(place) :]), one.spelled])
        table.append([one.kind.words, name, *map(row.get, columns)])
    print_rows(chosen, ["resource", "name", *columns], table, null="")


@click.command()
@_KIND
@click.argument("name")
@FORMAT
@on_account()
def get(opened: Opened, kind: str, name: str, **form: Any) -> None:
    """Show one object, as the REST API tells it.

    NAME is as SQL spells it: `t`, `s.t` or `db.s.t`, functions and procedures with their types.
    """
    from ..plan._kinds import call
    from ..plan._reading import Reading

    address = find_address(opened, kind, name)
    if "get" in address.kind.verbs:
        value: Any = opened.root.client.send(call(address, "GET"))
    elif (value := Reading(opened.root).get(address)) is None:
        raise ValueError(f"there is no {address}, or the role may not see it")
    print_object(choose(**form), value)


@click.command()
@_KIND
@click.argument("name")
@click.option("--ddl", is_flag=True, help="Print the statement that makes the object (GET_DDL).")
@FORMAT
@on_account()
def describe(opened: Opened, kind: str, name: str, ddl: bool, **form: Any) -> None:
    """Show what SQL's DESCRIBE tells of an object.

    Such as the columns of a table. NAME is as SQL spells it: `t`, `s.t` or `db.s.t`.
    """
    address = find_address(opened, kind, name)
    sql, named = address.kind.sql, address.qualified
    told = f"SELECT GET_DDL({quote_literal(sql)}, {quote_literal(named)}, TRUE)" if ddl else f"DESCRIBE {sql} {named}"
    (answer,) = execute(opened, told)
    if ddl:
        print_text(next(answer.rows)[0])
    else:
        print_rows(choose(**form), answer.names, answer.rows)


def _find_kind(text: str, *, needed: bool = True) -> Kind | None:
    """The kind that is meant, in the singular or plural. UsageError if there is none and one is needed."""
    from ..plan._kinds import find_kinds

    known = {name: kind for kind in find_kinds().values() for name in (kind.name, kind.plural)}
    word = text.lower().replace("-", "_").replace(" ", "_")
    if word not in known and needed:
        near = difflib.get_close_matches(word, known, n=1)
        more = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(find_kinds())}"
        raise click.UsageError(f"{text!r} is no kind of objects; {more}")
    return known.get(word)


def _find_context(opened: Opened, level: int) -> Names:
    """The database, and the schema, in which names count that don't say more, as deep as a level."""
    named = [opened.context.get(name) for name in ("database", "schema")][:level]
    return tuple(unquote(name) for name in named if name) if named and named[0] else ()


def find_address(opened: Opened, word: str, name: str) -> Address:
    """Which object is meant. UsageError for what can't be one."""
    from ..plan._kinds import Address, find_stored

    kind, parts = _find_kind(word), split_name(name)
    assert kind is not None
    given = find_stored(parts)
    names = (*_find_context(opened, kind.level + 1 - len(given)), *given) if len(given) <= kind.level else given
    if len(names) != kind.level + 1:
        whole = ("NAME", "DB.NAME", "DB.SCHEMA.NAME")[kind.level]
        raise click.UsageError(f"{name!r} is no {whole}, as a {kind.words} has; see --database and --schema")
    if kind.by_signature and parts.signature is None:
        raise click.UsageError(f"a {kind.words} is named with the types of its arguments, as in {name}(NUMBER)")
    last = f"{names[-1]}\0{(parts.signature or '')[1:-1].strip()}" if kind.by_signature else names[-1]
    return Address(kind, (*names[:-1], last))


def find_handle(opened: Opened, word: str, name: str) -> Any:
    """The handle of an object, by its kind and name."""
    from ..plan._kinds import CONTAINERS

    address, place = find_address(opened, word, name), opened.root
    for container, inner in zip(CONTAINERS, address.place):
        place = getattr(place, container)[spell_identifier(inner)]
    return getattr(place, address.kind.plural)[address.spelled]


def _find_places(reading: Reading, place: Names, level: int) -> list[Names]:
    """The places of a level in a place, or around it. ValueError for a place that isn't there."""
    from ..plan._kinds import CONTAINERS, Address, find_kinds

    containers, places = [find_kinds()[name] for name in CONTAINERS], [()]
    for depth, kind in enumerate(containers[:level]):
        if depth < len(place):
            wanted = Address(kind, place[: depth + 1])
            if not reading.is_there(wanted):
                raise ValueError(f"there is no {wanted}, or the role may not see it")
            places = [wanted.names]
        else:
            reading.list((kind, one) for one in places)
            places = [found.names for one in places for found in reading.get_list(kind, one)]
    return [one for one in places if one[1:] != ("INFORMATION_SCHEMA",)]
