"""Semantic views: what they say is held against the tables that they name. They are kept, and can't be queried.

See https://docs.snowflake.com/en/sql-reference/sql/create-semantic-view.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import attrs
import orjson
from sqlglot import exp

from ...engine.errors import invalid_identifier, syntax
from ...engine.names import qualified
from ...engine.protocol import TablePath
from .kinds import TABLE, place, table_path
from .listings import Row
from .reader import Reader

if TYPE_CHECKING:
    from . import SqlSession

Said = Mapping[str, list[str]]
"""The lines of TABLES, DIMENSIONS and so on."""
_KINDS = {"FACTS": "FACT", "DIMENSIONS": "DIMENSION", "METRICS": "METRIC"}


@attrs.frozen
class _Table:
    path: TablePath
    columns: set[str]
    key: list[str]
    remarks: Mapping[str, str]


@attrs.frozen
class _Relationship:
    name: str
    table: str
    key: list[str]
    other: str
    other_key: list[str]


@attrs.frozen
class _Value:
    kind: str
    name: list[str]
    """The table's name in the view, and its own; a metric of several tables has only its own."""
    text: str
    """The expression."""
    remarks: Mapping[str, str]


def check(session: SqlSession, said: Said) -> None:
    """AccountError if a semantic view can't be like this."""
    list(objects(session, said))


def objects(session: SqlSession, said: Said) -> Iterator[Row]:
    """What DESCRIBE tells: a row for each property of each object."""
    tables = dict(_table(session, line) for line in said.get("TABLES", ()))
    for alias, table in tables.items():
        place = {"DATABASE_NAME": table.path.database, "SCHEMA_NAME": table.path.schema, "NAME": table.path.name}
        told = {f"BASE_TABLE_{title}": name for title, name in place.items()}
        yield from _rows("TABLE", alias, None, {**told, "PRIMARY_KEY": _list(table.key), **table.remarks})
    for one in (_relationship(tables, line) for line in said.get("RELATIONSHIPS", ())):
        told = {"TABLE": one.table, "REF_TABLE": one.other}
        keys = {"FOREIGN_KEY": _list(one.key), "REF_KEY": _list(one.other_key)}
        yield from _rows("RELATIONSHIP", one.name, one.table, {**told, **keys})
    values = [_value(kind, line) for part, kind in _KINDS.items() for line in said.get(part, ())]
    if not any(one.kind != "FACT" for one in values):
        raise syntax("A semantic view needs at least one dimension or metric.")
    known = {one.name[-1] for one in values}
    for one in values:
        *above, name = one.name
        if not set(above) <= tables.keys() or (not above and one.kind != "METRIC"):
            raise invalid_identifier(*one.name)
        parent = above[0] if above else None
        facts = {"TABLE": parent, "EXPRESSION": one.text, "DATA_TYPE": _type(session, tables, one, known)}
        yield from _rows(one.kind, name, parent, {**facts, **one.remarks})


def _rows(kind: str, name: str, parent: str | None, properties: Mapping[str, str | None]) -> Iterator[Row]:
    for title, value in properties.items():
        if value is not None:
            told = {"object_kind": kind, "object_name": name, "parent_entity": parent}
            yield {**told, "property": title, "property_value": value}


def _list(names: Iterable[str]) -> str | None:
    return orjson.dumps([*names]).decode() if names else None


def _table(session: SqlSession, line: str) -> tuple[str, _Table]:
    """`[alias AS] table [PRIMARY KEY (column, …)] [UNIQUE (column, …)] …`."""
    reader = Reader(line)
    path, alias = reader.path(), None
    if reader.take("AS"):
        alias, path = path[0], reader.path()
    whole = table_path(place(session, TABLE, path, "CREATE SEMANTIC VIEW"))
    columns, key = {column.name for column in session.columns(whole)}, list[str]()
    while what := reader.one_of("PRIMARY KEY", "UNIQUE"):
        named = [one[0] for one in reader.several(reader.path)]
        _check_columns(columns, named)
        key = named if what == "PRIMARY KEY" else key
    return alias or path[-1], _Table(whole, columns, key, _remarks(reader))


def _relationship(tables: Mapping[str, _Table], line: str) -> _Relationship:
    """`[name AS] table (column, …) REFERENCES table [(column, …)]`."""
    reader = Reader(line)
    table, name = reader.path()[0], None
    if reader.take("AS"):
        name, table = table, reader.path()[0]
    key = _columns(tables, table, reader)
    reader.expect("REFERENCES")
    other = reader.path()[0]
    other_key = _columns(tables, other, reader) or tables[other].key
    reader.end()
    return _Relationship(name or f"{table}_TO_{other}", table, key, other, other_key)


def _columns(tables: Mapping[str, _Table], table: str, reader: Reader) -> list[str]:
    """Columns in brackets, or none."""
    if table not in tables:
        raise invalid_identifier(table)
    named = [one[0] for one in reader.several(reader.path)] if reader.peek() == "(" else []
    _check_columns(tables[table].columns, named)
    return named


def _check_columns(columns: set[str], named: list[str]) -> None:
    for name in named:
        if name not in columns:
            raise invalid_identifier(name)


def _value(kind: str, line: str) -> _Value:
    """`[PRIVATE] table.name AS expression …`."""
    reader = Reader(line)
    reader.one_of("PRIVATE", "PUBLIC")
    name = reader.path()
    reader.expect("AS")
    text = reader.until("WITH", "COMMENT")
    return _Value(kind, name, text, _remarks(reader))


def _remarks(reader: Reader) -> dict[str, str]:
    """`WITH SYNONYMS = ('a', …) COMMENT = 'b'`, up to the end."""
    found: dict[str, str] = {}
    if reader.take("WITH SYNONYMS"):
        reader.take("=")
        found["SYNONYMS"] = _list(reader.several(reader.string)) or "[]"
    if reader.take("COMMENT"):
        reader.take("=")
        found["COMMENT"] = reader.string()
    reader.end()
    return found


def _type(session: SqlSession, tables: Mapping[str, _Table], value: _Value, known: set[str]) -> str | None:
    """The type of an expression; None if it is made of other ones."""
    query: Any = session.engine.parse(f"SELECT {value.text}")
    others = {alias for alias in tables if alias != value.name[0]}
    for column in query.find_all(exp.Column):
        parts = [part.name if part.args.get("quoted") else part.name.upper() for part in column.parts]
        if parts[-1] in known - {value.name[-1]} or {*parts[:-1]} & others:
            return None
    if len(value.name) == 1:
        return None
    table = tables[value.name[0]]
    whole = exp.to_table(qualified(table.path.database, table.path.schema, table.path.name), dialect="snowflake").as_(
        exp.to_identifier(value.name[0], quoted=True)
    )
    return session.engine.execute(query.from_(whole).limit(0)).columns[0].type
