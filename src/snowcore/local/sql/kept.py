"""What SQL says of kinds of which the account only keeps what was declared, by `objects.kept`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from ...engine.errors import AccountError, compilation, missing, syntax, unsupported
from ...engine.names import shown, split
from ..objects.kept import INTEGRATIONS
from ..tasks.new_rows import NO_SCHEDULE
from . import semantic_views
from .kept_told import is_there, sql_side
from .kinds import INTEGRATION, OF, SqlObject, nested, place, unquoted
from .listings import Row
from .reader import Reader

if TYPE_CHECKING:
    from . import SqlSession

Body = dict[str, Any]


def resolved(session: SqlSession, kind: SqlObject, where: Mapping[str, str], *, if_exists: Any = False) -> SqlObject:
    """The kind itself, or that of the integration of this name, if the statement didn't say which."""
    if kind is not INTEGRATION:
        return kind
    for resource in INTEGRATIONS:
        if session.account.catalog.find(resource, 0, unquoted(where["name"])) is not None:
            return OF[resource]
    if not if_exists:
        raise missing("integration", shown(unquoted(where["name"])))
    return OF[INTEGRATIONS[0]]  # of which there is none either


# What is declared


def created(session: SqlSession, reader: Reader, kind: SqlObject) -> Body:
    """What a CREATE says, as REST takes it."""
    given = _given(session, reader, kind)
    if given.get("API_PROVIDER") == "PYPI":  # which has one place
        given.setdefault("API_ALLOWED_PREFIXES", [])
    needed = [name for name in kind.said.required.get("", ()) if (kind.resource, name) != ("alert", "SCHEDULE")]
    for name in kind.said.allowed:
        needed += kind.said.required.get(given.get(name, ""), ())
    if left := [name for name in dict.fromkeys(needed) if name not in given]:
        raise syntax(f"Missing option(s): [{', '.join(left)}]")
    if kind.resource == "semantic-view":
        semantic_views.check(session, given)
    body = _body(session, kind, given, _variant(kind, given))
    return {**body, **NO_SCHEDULE} if kind.resource == "alert" and "schedule" not in body else body


def altered(
    session: SqlSession, reader: Reader, kind: SqlObject, where: Mapping[str, str], query: Mapping[str, Any]
) -> Body:
    """What an ALTER says, as REST takes it. query: whether the object need not be there."""
    if kind.resource == "alert" and reader.take("MODIFY"):
        if reader.take("ACTION"):
            return {"action": reader.rest()}
        reader.expect("CONDITION EXISTS")
        reader.expect("(")
        condition = reader.until(")")
        reader.expect(")")
        return {"condition": condition}
    try:
        before = session.perform(kind.resource, "describe", where)
    except AccountError as error:
        if error.status != 404 or not query:
            raise
        reader.rest()
        return {}
    if verb := reader.one_of("ADD", "REMOVE"):
        return _more_or_less(session, reader, kind, before, adds=verb == "ADD")
    if reader.take("UNSET"):
        names: list[str] = reader.several(lambda: _name(reader, kind))
        if kind.resource == "alert" and "SCHEDULE" in names:
            return {**_body(session, kind, dict.fromkeys(set(names) - {"SCHEDULE"}), {}, before), **NO_SCHEDULE}
        return _body(session, kind, dict.fromkeys(names), {}, before)
    reader.expect("SET")
    if reader.done:
        raise reader.wrong()
    given = _given(session, reader, kind)
    if kind.resource == "semantic-view" and (fixed := given.keys() - {"COMMENT"}):
        raise compilation("001420", f"invalid property '{min(fixed)}' for '{kind.words}'", "22023")
    variants = kind.said.variants
    if variants is not None and given.keys() & {*variants.sql}:
        kept = sql_side(kind, before)
        if any(kept.get(name) != given[name] for name in variants.sql if name in given):
            raise compilation("001420", f"invalid property '{variants.sql[0]}' for '{kind.words}'", "22023")
        given = {name: value for name, value in given.items() if name not in variants.sql}
    body = _body(session, kind, given, {}, before)
    return {**body, "NEW_ROWS": False} if kind.resource == "alert" and "schedule" in body else body


def _more_or_less(session: SqlSession, reader: Reader, kind: SqlObject, before: Row, *, adds: bool) -> Body:
    """ADD and REMOVE of what a property lists."""
    if kind.resource == "external-volume" and reader.take("STORAGE_LOCATION"):
        reader.take("=")
        locations: list[Row] = before["storage_locations"]
        if adds:
            return {"storage_locations": [*locations, nested(reader)]}
        gone = reader.string()
        return {"storage_locations": [one for one in locations if one["name"] != gone]}
    if kind.resource == "share":
        raise unsupported("shares with other accounts, since it knows none")
    if reader.done:
        raise reader.wrong()
    given = _given(session, reader, kind)
    body: Body = {}
    for name, values in given.items():
        path = kind.properties[name][0]
        if not isinstance(values, list) or "." in path:
            raise compilation("001420", f"invalid property '{name}' for '{kind.words}'", "22023")
        there: list[Any] = before.get(path) or []
        named = cast("list[Any]", values)
        more = [one for one in named if one not in there]
        body[path] = [*there, *more] if adds else [one for one in there if one not in named]
    return body


def _given(session: SqlSession, reader: Reader, kind: SqlObject) -> Body:
    """`NAME = value …` up to the end of the statement, by the names of SQL."""
    given: Body = {}
    while not reader.done:
        reader.take(",")
        name = _name(reader, kind)
        reader.take("=")
        if name in given:
            raise compilation("001421", f"duplicate property '{name}'; only one value is expected.", "22023")
        if name in kind.said.named:
            given[name] = _objects(session, reader, OF[kind.said.named[name]], several=name != "WEBHOOK_SECRET")
            continue
        given[name] = value = kind.properties[name][1](reader)
        allowed = kind.said.ranges.get(name) or kind.said.allowed.get(name)
        if allowed and value not in allowed:
            raise compilation("001008", f"invalid value [{value}] for parameter '{name}'", "22023")
    return given


def _name(reader: Reader, kind: SqlObject) -> str:
    for name in kind.properties:
        if reader.take(name):
            return name
    if reader.peek().isidentifier():
        raise compilation("001420", f"invalid property '{reader.peek()}' for '{kind.words}'", "22023")
    raise reader.wrong()


def _objects(session: SqlSession, reader: Reader, kind: SqlObject, *, several: bool) -> Any:
    """Objects that there are, which are written as names or as texts; of secrets also ALL or NONE."""
    if kind.resource == "secret" and (word := reader.one_of("ALL", "NONE", "( ALL )", "( NONE )")):
        return [word.strip("( )")]

    def one() -> dict[str, str]:
        parts = split(reader.string()) if reader.is_string() else reader.path()
        where = place(session, kind, parts, "this statement")
        session.perform(kind.resource, "fetch", where)
        return where

    if several:
        return [".".join(shown(unquoted(part)) for part in where.values()) for where in reader.several(one)]
    return {f"{part}_name" if part != "name" else part: name for part, name in one().items()}


def _variant(kind: SqlObject, given: Mapping[str, Any]) -> Body:
    """What REST says in a discriminator, by its paths."""
    variants = kind.said.variants
    if variants is None:
        return {}
    said = tuple(given.get(name, "") for name in variants.sql)
    for sql, rest in variants.rows:
        if sql == said:
            return {path: value for path, value in zip(variants.rest, rest, strict=True) if value}
    wrong = next((name for name in reversed(variants.sql) if given.get(name)), variants.sql[0])
    raise compilation("001008", f"invalid value [{given.get(wrong, '')}] for parameter '{wrong}'", "22023")


def _body(
    session: SqlSession,
    kind: SqlObject,
    given: Mapping[str, Any],
    variant: Mapping[str, Any],
    before: Row | None = None,
) -> Body:
    """A body of REST. AccountError for properties that this variant of the kind hasn't."""
    body: Body = {}
    paths = {kind.properties[name][0]: value for name, value in given.items()} | {**variant}
    for path, value in paths.items():
        *above, last = path.split(".")
        part = body
        for name in above:
            part = part.setdefault(name, {})
        if path:
            part[last] = value
        if path == "api_hook.allowed_authentication_secrets":
            part["allow_any_secret"] = value == ["ALL"]
    document = session.account.kinds[kind.resource].document
    whole: Row = {**(before or {}), **body}
    top = document.properties(document.verbs["create"].body or {}, whole)
    for name in given:
        path = kind.properties[name][0]
        if path and not path.isupper() and not is_there(document, top, path.split("."), whole, before or {}):
            raise compilation("001420", f"invalid property '{name}' for '{kind.words}'", "22023")
    return body
