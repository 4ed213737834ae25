"""Tags in statements: ALTER … SET TAG of objects and columns, the values that a tag may have, SYSTEM$GET_TAG."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import attrs
from sqlglot import exp

from snowcore._names import quote_identifier, quote_literal

from ...engine.errors import invalid, missing
from ...engine.names import shown, split
from ...engine.protocol import Result, TablePath
from ..objects import securables
from ..objects.base import checked_tag, level_of
from ..objects.stated import tagged
from ..objects.tags import TagName, every_value, set_on_column, value_of
from .declared import canonical, parts
from .kinds import TABLE, TAG, SqlObject, place, unquoted
from .reader import Reader
from .results import status

if TYPE_CHECKING:
    from ..account.catalog import Entry
    from . import SqlSession

_DONE = "Statement executed successfully."
_Values = Mapping[TagName, str | None]


_NO_COLUMN = ("(", "PRIMARY KEY", "FOREIGN KEY")
"""What comes after ALTER where it is about several columns, or a constraint: neither has tags."""


def alter(
    session: SqlSession, reader: Reader, kind: SqlObject, where: Mapping[str, str], query: Mapping[str, Any]
) -> Result | None:
    """ALTER … SET TAG and UNSET TAG, from behind the object's name; None if the statement is another one."""
    begun, column = reader.at, None
    if kind is TABLE and reader.one_of("MODIFY COLUMN", "ALTER COLUMN", "MODIFY", "ALTER"):
        column = reader.path()[-1] if reader.peek() not in _NO_COLUMN else None
    verb = reader.one_of("SET TAG", "UNSET TAG")
    if verb is None:
        reader.at = begun
        return None
    given = values(session, reader, sets=verb == "SET TAG")
    reader.end()
    session.engine.commit()
    account, context = session.account, session.context
    if column is None:
        body = [_as_rest(tag, value) for tag, value in given.items()]
        account.perform(kind.resource, verb.lower().replace(" ", "_") + "s", where, query, body, context=context)
        return status(_DONE)
    table = securables.need(account, securables.KINDS["TABLE"], [unquoted(name) for name in where.values()])
    session.rights.need_to_reach(table)
    if not session.rights.may("APPLY TAG", securables.THE_ACCOUNT):
        session.rights.need("OWNERSHIP", table)
    entry = account.catalog.get(table.id)
    if column not in {one["name"] for one in entry.properties["columns"]}:
        raise invalid(f"SQL compilation error:\ninvalid identifier '{shown(column)}'", "000904", "42000")
    set_on_column(account, context, entry, column, given)
    return status(_DONE)


def read(session: SqlSession, reader: Reader) -> _Values:
    """What WITH TAG says in a CREATE, and is cut out of what is read. AccountError if that can't be set."""
    here, begun = reader.at, reader.find("TAG", before="AS")
    if begun is None:
        return {}
    reader.at = begun + 1
    given = values(session, reader, sets=True)
    begun -= begun > here and reader.tokens[begun - 1].text.upper() == "WITH"
    del reader.tokens[begun : reader.at]
    reader.at = here
    return _checked(session, given)


def give(session: SqlSession, kind: SqlObject, where: Mapping[str, str], values: _Values) -> None:
    """Set the tags of a new object."""
    if values:
        body = [_as_rest(tag, value) for tag, value in values.items()]
        session.account.perform(kind.resource, "set_tags", where, {}, body, context=session.context)


def take(session: SqlSession, statement: exp.Create | exp.Alter) -> tuple[_Values, dict[str, _Values]]:
    """What WITH TAG says of a table and of its columns, in CREATE TABLE or ADD COLUMN; the statement loses it."""
    of_table: dict[TagName, str | None] = {}
    of_columns: dict[str, _Values] = {}
    for said in list(statement.find_all(exp.Tags)):
        values = {_tag(session, parts(one.this)): one.args["value"].name for one in said.expressions}
        column = said.find_ancestor(exp.ColumnDef)
        if column is None:
            of_table |= values
            said.pop()
        else:
            of_columns[canonical(column.this)] = values
            said.find_ancestor(exp.ColumnConstraint).pop()  # pyright: ignore[reportOptionalMemberAccess]
        _checked(session, values)
    return of_table, of_columns


def give_columns(session: SqlSession, path: tuple[str, ...], values: Mapping[str, _Values]) -> None:
    """Set the tags of the columns of a new table."""
    for column, tags in values.items():
        entry = session.account.kinds["table"].need_at(path)
        set_on_column(session.account, session.context, entry, column, tags)


def written(session: SqlSession, path: TablePath) -> tuple[str, dict[str, str]]:
    """The tags of a table as GET_DDL tells them, and those of its columns."""
    found = securables.find(session.account, securables.KINDS["TABLE"], attrs.astuple(path))
    if found is None or found.id <= 0:
        return "", {}
    entry = session.account.catalog.get(found.id)

    def told(tags: Iterable[Sequence[str]]) -> str:
        return ", ".join(f"{'.'.join(map(shown, tag))}={quote_literal(value)}" for *tag, value in tags)

    of_columns: Mapping[str, list[list[str]]] = entry.state.get("column_tags") or {}
    return told(session.account.catalog.tags(entry)), {column: told(one) for column, one in of_columns.items() if one}


def _checked(session: SqlSession, values: _Values) -> _Values:
    for tag, value in values.items():
        checked_tag(session.account, session.context, tag, value)
    return values


def allowed(session: SqlSession, where: Mapping[str, str], change: str, reader: Reader) -> list[str]:
    """The values that a tag may have after ADD or DROP ALLOWED_VALUES."""
    before: list[str] = session.perform("tag", "fetch", where).get("allowed_values") or []
    named: list[str] = reader.several(reader.string)
    if change.startswith("ADD"):
        return list(dict.fromkeys([*before, *named]))
    return [one for one in before if one not in named]


def values(session: SqlSession, reader: Reader, *, sets: bool) -> dict[TagName, str | None]:
    """What stands behind SET TAG, or UNSET TAG: each tag and its value, or None."""

    def one() -> tuple[TagName, str | None]:
        tag = _tag(session, reader.path())
        if not sets:
            return tag, None
        reader.expect("=")
        return tag, reader.string()

    return dict(reader.several(one))


def _tag(session: SqlSession, path: list[str]) -> TagName:
    database, schema, name = (unquoted(part) for part in place(session, TAG, path, "this statement").values())
    return database, schema, name


def _as_rest(tag: TagName, value: str | None) -> dict[str, str]:
    database, schema, name = map(quote_identifier, tag)
    named = {"tag_database": database, "tag_schema": schema, "tag_name": name}
    return named if value is None else {**named, "tag_value": value}


def get_tag(session: SqlSession, tag: str, name: str, domain: str) -> str | None:
    """SYSTEM$GET_TAG: what a tag says of an object, by its name and kind, or of a column."""
    named = _tag(session, split(tag))
    session.account.kinds["tag"].need_at(named)
    return value_of(session.account, named, *_object(session, name, domain))


def _object(session: SqlSession, name: str, domain: str) -> tuple[Entry, str | None]:
    """The object of a name and a kind; the table and the column, if that is a column."""
    account, path, column = session.account, split(name), None
    if domain.upper() == "COLUMN":
        *path, column = path
    kind = securables.kind_of("TABLE" if column is not None else domain)
    if kind is None:
        raise invalid(f"SQL compilation error:\nInvalid object domain '{domain}'.", "001003", "42000")
    if kind.depth and len(path) <= kind.depth:
        current = [session.need_database("this function"), *([session.need_schema("this function")] * (kind.depth > 1))]
        path = [*current[: kind.depth + 1 - len(path)], *path]
    found = securables.find(account, kind, path)
    if found is None and kind.words == "TABLE":  # as which Snowflake knows views, too
        kind = securables.KINDS["VIEW"]
        found = securables.find(account, kind, path)
    if found is None or (found.id <= 0 and kind.words != "VIEW") or not session.rights.sees(found):
        raise missing(kind.words.lower(), ".".join(map(shown, path)))
    return tagged(account, found) if found.id <= 0 else account.catalog.get(found.id), column


def references(session: SqlSession, given: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Rows of INFORMATION_SCHEMA.TAG_REFERENCES: the tags of an object or a column, also by what it is in."""
    entry, column = _object(session, str(given.get("OBJECT_NAME")), str(given.get("OBJECT_DOMAIN")))
    return _references(session, entry, column)


def references_of_columns(session: SqlSession, given: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Those of INFORMATION_SCHEMA.TAG_REFERENCES_ALL_COLUMNS: of each column of a table."""
    entry, _ = _object(session, str(given.get("OBJECT_NAME")), "TABLE")
    return [row for one in entry.properties.get("columns", ()) for row in _references(session, entry, one["name"])]


def _references(session: SqlSession, entry: Entry, column: str | None) -> list[Mapping[str, Any]]:
    database, schema, name = [*entry.path[:-1], *[None] * (3 - len(entry.path)), entry.name]
    of = {"OBJECT_DATABASE": database, "OBJECT_SCHEMA": schema, "OBJECT_NAME": name, "COLUMN_NAME": column}
    return [
        {**dict(zip(("TAG_DATABASE", "TAG_SCHEMA", "TAG_NAME"), tag)), **of, "TAG_VALUE": value, "LEVEL": level}
        | {"DOMAIN": "COLUMN" if column is not None else level_of(entry.kind), "APPLY_METHOD": "MANUAL"}
        for tag, (value, level) in every_value(session.account, entry, column).items()
    ]
