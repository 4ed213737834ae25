"""The pages of objects, queries, services and roles: what SHOW and its like tell whoever looks."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping, Sequence
from typing import Any

from starlette.datastructures import QueryParams

from .._names import quote_identifier, quote_literal, spell_identifier
from ..engine.names import qualified
from ..local.sql.listings import LISTINGS, Listing
from .door import TAG, Door, Login
from .values import Failure, Link, Page, Part, Table, url

Path = tuple[str, ...]
_ROUTINES = ("FUNCTION", "PROCEDURE")
_ELSEWHERE = re.compile("ROLES|USERS|OBJECTS|USER .+|(HYBRID|MATERIALIZED) .+|.+ INTEGRATIONS|REGIONS|GLOBAL .+|DEL.+")
"""What has pages of its own, or is among others."""
_FIRST = ("DATABASE", "SCHEMA", "TABLE", "VIEW")
_KINDS = {
    kind.singular: kind
    for kind in sorted(LISTINGS, key=lambda kind: (kind.singular not in _FIRST, kind.words))
    if kind.source != "-" and not _ELSEWHERE.fullmatch(kind.words)
}
"""The kinds of objects, by their words in SQL."""
_ROUTINE = re.compile(r'"(?:[^"]|"")+"\([\w ,()]*\)')
_PREVIEWED = 100
"""How many rows of a table its page shows."""
_IN_TREE = 200
"""How many objects of a kind the tree shows; their own page has all."""
_LINES = "200"
"""How many lines of a container's log its page shows."""
_IN_ADDRESS = 10_000
"""How long a text in an address may be."""
_OF_QUERY = (
    "QUERY_TEXT, EXECUTION_STATUS, START_TIME, TOTAL_ELAPSED_TIME, ROWS_PRODUCED, ERROR_MESSAGE, ERROR_CODE, USER_NAME,"
    " ROLE_NAME, WAREHOUSE_NAME, QUERY_ID"
)


async def look(door: Door, login: Login, asked: QueryParams) -> Page:
    """An object, or the objects of a kind in a place."""
    at = tuple(asked.getlist("at"))
    kind = _KINDS.get(asked.get("kind") or ("DATABASE", "DATABASE", "SCHEMA")[min(len(at), 2)])
    if kind is None or len(at) not in (kind.depth, kind.depth + 1):
        raise Failure(404, "There is no such object.")
    common: dict[str, Any] = {"crumbs": [Link("account", url("objects")), *way(at[: kind.depth])]}
    common["tree"] = await _tree(door, login, kind, at)
    inside = [one for one in _KINDS.values() if one.depth == len(at) < 2]
    common["actions"] = [Link(one.words.capitalize(), _url(one, at)) for one in inside]
    if len(at) == kind.depth:
        found = await door.sql(login, _show(kind, at, f"%{_escaped(asked.get('find', ''))}%"))
        table = found.listed(link=lambda row: _url(kind, (*at, _name(kind, row))))
        return Page(title=kind.words.capitalize(), parts=[(kind.words.capitalize(), table)], checks={}, **common)
    whole, has_rows = _sql(kind, at), kind.singular.endswith(("TABLE", "VIEW", "STREAM"))
    if has_rows:
        query = url("worksheet", text=f"select * from {whole} limit {_PREVIEWED}")
        common["actions"] = [Link("Query in the worksheet", query)]
    elif kind.singular in ("TASK", "SERVICE"):
        common["actions"] = [Link("Its runs or logs", url("graphs" if kind.singular == "TASK" else "services", at=at))]
    elif kind.singular in _FIRST[:2]:
        ddl = url("worksheet", text=_call("GET_DDL", kind.singular, whole))
        common["actions"] = [*common["actions"], Link("Statements of all that is in it", ddl)]
    parts = await _parts(door, login, kind, at, has_rows=has_rows)
    return Page(title=at[-1], what=kind.singular.lower(), parts=parts, **common)


async def _parts(door: Door, login: Login, kind: Listing, at: Path, *, has_rows: bool) -> list[Part]:
    """What there is to an object: columns, rows, the statement that makes it, grants on it, properties."""
    whole, words = _sql(kind, at), kind.singular
    name = "%" if words in _ROUTINES else _escaped(at[-1])
    near = (await door.sql(login, _show(kind, at[:-1], name))).records
    row = next((one for one in near if _name(kind, one) == at[-1]), None)
    if row is None:
        raise Failure(404, f"{words.capitalize()} {whole} does not exist or not authorized.", "002003")
    ddl = "POLICY" if words.endswith("POLICY") else words.replace(" ", "_")
    wanted = {"Statement": _call("GET_DDL", ddl, whole), "Grants": f"SHOW GRANTS ON {words} {whole}"}
    if words in _FIRST[:2]:  # whose statements are those of all that is in them, which may be much: on demand
        del wanted["Statement"]
    if has_rows:
        columns = f"DESCRIBE {'VIEW' if words == 'VIEW' else 'TABLE'} {whole}"
        wanted = {"Columns": columns, "First rows": f"SELECT * FROM {whole} LIMIT {_PREVIEWED}", **wanted}
    found = await _answers(door, login, wanted)
    # GET_DDL doesn't know all kinds.
    parts = [part for part in found if part[0] != "Statement" or not isinstance(part[1], Failure)]
    return [*parts, ("Properties", row)]


async def _tree(door: Door, login: Login, kind: Listing, at: Path) -> list[Link]:
    """The databases, in the chosen one its schemas, in the chosen schema the kinds, of the chosen kind the objects."""

    async def links(kind: Listing, depth: int, below: Sequence[Link] = ()) -> list[Link]:
        try:
            rows = (await door.sql(login, _show(kind, at[:depth], "%"))).records
        except Failure:  # the place is not there, or not for this role
            return []
        paths = [(*at[:depth], _name(kind, row)) for row in rows]
        found = [Link(path[-1], _url(kind, path), below if path == at[: depth + 1] else ()) for path in paths]
        return [*found[:_IN_TREE], Link(f"all {len(found)} …", _url(kind, at[:depth]))] if found[_IN_TREE:] else found

    below: list[Link] = []
    if len(at) > 1:
        inner = {kind.words: await links(kind, 2)} if kind.depth == 2 else {}
        kinds = [one for one in _KINDS.values() if one.depth == 2]
        below = [Link(one.words.capitalize(), _url(one, at[:2]), inner.get(one.words, ())) for one in kinds]
    below = await links(_KINDS["SCHEMA"], 1, below) if at else below
    return await links(_KINDS["DATABASE"], 0, below)


def way(at: Sequence[str]) -> list[Link]:
    """The database and the schema of an object."""
    return [Link(name, _url(_KINDS[_FIRST[depth]], at[: depth + 1])) for depth, name in enumerate(at)]


def _url(kind: Listing, at: Sequence[str]) -> str:
    return url("objects", kind=kind.singular, at=at)


def _name(kind: Listing, row: Mapping[str, Any]) -> str:
    """The last part of an object's path: its name, of a routine as SQL calls it."""
    if kind.singular not in _ROUTINES:
        return row["name"]
    types = row["arguments"].rpartition(") RETURN")[0].removeprefix(f"{spell_identifier(row['name'])}(")
    types = types.replace("DEFAULT ", "")  # before the types of what may be left out
    return f"{quote_identifier(row['name'])}({types})"


def _sql(kind: Listing, at: Path) -> str:
    """An object's whole name, as SQL calls it."""
    if kind.singular not in _ROUTINES:
        return qualified(*at)
    if not _ROUTINE.fullmatch(at[-1]):
        raise Failure(404, "There is no such function or procedure.")
    return f"{qualified(*at[:-1])}.{at[-1]}"


def _show(kind: Listing, at: Path, pattern: str) -> str:
    """The statement that lists the objects of a kind in a place whose names are LIKE something."""
    place = f" IN {('DATABASE', 'SCHEMA')[len(at) - 1]} {qualified(*at)}" if at else ""
    return f"SHOW {kind.words} LIKE {quote_literal(pattern)}{place}"


def _escaped(name: str) -> str:
    return re.sub(r"([%_\\])", r"\\\1", name)


def _call(function: str, *arguments: str) -> str:
    return f"SELECT {function}({', '.join(map(quote_literal, arguments))})"


async def _answers(door: Door, login: Login, wanted: Mapping[str, str]) -> list[Part]:
    """What each statement tells, or what is wrong with it; of functions their texts."""

    async def answer(text: str) -> Table | str | Failure:
        try:
            found = await door.sql(login, text)
        except Failure as error:
            return error
        if text.startswith("SELECT *"):
            return found
        return str(found.rows[0][0] or "") if text.startswith("SELECT") else found.listed()

    return list(zip(wanted, await asyncio.gather(*map(answer, wanted.values()))))


async def history(door: Door, login: Login, columns: str, called: str, *values: str) -> Table:
    """What a table function of INFORMATION_SCHEMA tells, the newest first. Anyone may ask in SNOWFLAKE's.

    called: the function with its arguments, and perhaps conditions after it. values: those of its question marks.
    """
    return await door.sql(login, f"SELECT {columns} FROM TABLE(SNOWFLAKE.INFORMATION_SCHEMA.{called}", *values)


async def queries(door: Door, login: Login, asked: QueryParams) -> Page:
    """The latest statements, or one."""
    if id_ := asked.get("id"):
        called = "QUERY_HISTORY(RESULT_LIMIT => 10000)) WHERE QUERY_ID = ?"
        found = (await history(door, login, "*", called, id_)).records
        if not found:
            raise Failure(404, "There is no such query, or not for this role.")
        text = found[0].pop("QUERY_TEXT")
        actions = [Link("Copy to the worksheet", url("worksheet", text=text))] if len(text) < _IN_ADDRESS else []
        crumbs, parts = [Link("queries", url("queries"))], [("Text", text), ("Facts", found[0])]
        return Page(title="Query", crumbs=crumbs, actions=actions, parts=parts)
    where = "WHERE CONTAINS(LOWER(QUERY_TEXT), LOWER(?))"
    where += " AND ERROR_CODE IS NOT NULL" if "failed" in asked else ""
    where += "" if "own" in asked else f" AND QUERY_TAG <> '{TAG}'"
    called = f"QUERY_HISTORY(RESULT_LIMIT => 10000)) {where} ORDER BY START_TIME DESC LIMIT 200"
    found = await history(door, login, _OF_QUERY, called, asked.get("find", ""))
    table = found.listed("QUERY_TEXT", lambda row: url("queries", id=row["QUERY_ID"]))
    checks = {"failed": "Only those that failed", "own": "Also those that filled pages of the console"}
    return Page(title="Queries", parts=[("The latest that have ended", table)], checks=checks)


async def services(door: Door, login: Login, asked: QueryParams) -> Page:
    """All services, or one with its containers, and what each of these has written last."""
    at = tuple(asked.getlist("at"))
    if len(at) != 3:
        found = await door.sql(login, "SHOW SERVICES IN ACCOUNT")
        names = ("database_name", "schema_name", "name")
        table = found.listed(link=lambda row: url("services", at=[row[name] for name in names]))
        return Page(title="Services", parts=[("Services and jobs", table)])
    containers = await door.sql(login, f"SHOW SERVICE CONTAINERS IN SERVICE {qualified(*at)}")
    wanted: dict[str, str] = {}
    for row in containers.records:
        instance, name = row["instance_id"] or "0", row["container_name"] or ""
        log = _call("SYSTEM$GET_SERVICE_LOGS", qualified(*at), instance, name, _LINES)
        wanted[f"Log of {name}, instance {instance}"] = log
    parts: list[Part] = [("Containers", containers.listed("container_name")), *await _answers(door, login, wanted)]
    crumbs = [Link("services", url("services")), *way(at[:2])]
    actions = [Link("The service", _url(_KINDS["SERVICE"], at))]
    return Page(title=at[-1], what="service", crumbs=crumbs, actions=actions, parts=parts)


async def roles(door: Door, login: Login, asked: QueryParams) -> Page:
    """All roles and users, or one of these with what it has and who has it."""
    kind, name = ("USER" if asked.get("kind") == "USER" else "ROLE"), asked.get("name")
    if name:
        wanted = {"What it may" if kind == "ROLE" else "Roles": f"SHOW GRANTS TO {kind} {quote_identifier(name)}"}
        wanted |= {"Who has it": f"SHOW GRANTS OF ROLE {quote_identifier(name)}"} if kind == "ROLE" else {}
        parts = await _answers(door, login, wanted)
        if isinstance(error := parts[0][1], Failure):
            raise error
        return Page(title=name, what=kind.lower(), crumbs=[Link("roles", url("roles"))], parts=parts)

    async def listed(kind: str) -> Part:
        try:
            found = await door.sql(login, f"SHOW {kind}S")
        except Failure as error:
            return f"{kind.capitalize()}s", error
        return f"{kind.capitalize()}s", found.listed(link=lambda row: url("roles", kind=kind, name=row["name"]))

    return Page(title="Roles and users", parts=[await listed("ROLE"), await listed("USER")])
