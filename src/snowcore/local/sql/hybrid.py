"""Hybrid tables in statements: CREATE HYBRID TABLE, whose keys the engine holds, and the statements on indexes.

See https://docs.snowflake.com/en/sql-reference/sql/create-hybrid-table.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs
from sqlglot import exp

from snowcore._names import quote_identifier

from ...engine.errors import AccountError, EngineError, compilation, exists, syntax
from ...engine.names import shown, split
from ...engine.protocol import HeldKey, Result, TablePath
from ..objects import securables
from . import declared
from .kinds import TABLE, above, place, table_path
from .reader import Reader
from .results import status

if TYPE_CHECKING:
    from . import SqlSession

_LATE = "Unique and foreign-key constraints can only be defined at table creation time."


def refused(feature: str) -> EngineError:
    return EngineError("391411", "0A000", f"This feature is not supported for hybrid tables: '{feature}'.")


def check(session: SqlSession, statement: exp.Create, path: TablePath) -> None:
    """AccountError for what a hybrid table can't be."""
    if statement.find(exp.TransientProperty):
        raise refused("TRANSIENT")
    if statement.find(exp.Cluster, exp.ClusterProperty):
        raise refused("CLUSTER BY")
    if statement.args.get("clone"):
        raise refused("CLONE")
    for resource, name in (("database", path.database), ("schema", path.schema)):
        where = {"name": quote_identifier(name)}
        where |= {"database": quote_identifier(path.database)} if resource == "schema" else {}
        if session.perform(resource, "fetch", where).get("kind") == "TRANSIENT":
            raise refused("TRANSIENT")
    if statement.find(exp.LikeProperty) is None and not isinstance(statement.this, exp.Schema):
        raise syntax("a hybrid table's columns can't be taken from its query.")


def keys_of(session: SqlSession, path: TablePath, statement: exp.Create, facts: declared.Facts) -> list[HeldKey]:
    """The keys and indexes that a CREATE HYBRID TABLE says. AccountError if there is no primary key."""
    found: list[HeldKey] = []
    for key in facts.get("constraints", ()):
        kind, columns = key["constraint_type"], [_plain(name) for name in key["column_names"]]
        if kind == "PRIMARY KEY":
            name = f"SYS_INDEX_{path.name}_PRIMARY"
            found.insert(0, HeldKey(kind, name, columns))
        elif kind == "UNIQUE":
            found.append(HeldKey(kind, "_".join([f"SYS_INDEX_{path.name}_UNIQUE", *columns]), columns))
        else:
            of = table_path(place(session, TABLE, split(key["referenced_table_name"]), "FOREIGN KEY"))
            of_columns = [_plain(name) for name in key["referenced_column_names"]]
            name = "_".join([f"SYS_INDEX_{path.name}_FOREIGN_KEY", *columns, of.name, *of_columns])
            found.append(HeldKey(kind, name, columns, of, of_columns))
    if not found or found[0].kind != "PRIMARY KEY":
        raise syntax("a hybrid table needs a primary key.")
    lines: list[Any] = statement.this.expressions if isinstance(statement.this, exp.Schema) else []
    for line in lines:
        if isinstance(line, exp.Index):
            parameters: Any = line.args["params"]
            columns, included = (
                [declared.canonical(one) for one in parameters.args.get(part) or ()] for part in ("columns", "include")
            )
            found.append(HeldKey("INDEX", declared.canonical(line.this), columns, included=included))
    return found


def like(session: SqlSession, path: TablePath, model: TablePath) -> list[HeldKey]:
    """The keys of a table that is like another hybrid one."""
    held = session.account.engine.held_keys(model)
    if not held:
        raise compilation("391411", f"Table {shown(model.name)} is no hybrid table.", "0A000")
    begins = f"SYS_INDEX_{model.name}_"
    renamed = [one.name.replace(begins, f"SYS_INDEX_{path.name}_", 1) for one in held]
    return [attrs.evolve(one, name=name) for one, name in zip(held, renamed)]


def check_altered(statement: exp.Alter) -> None:
    """AccountError for what an ALTER TABLE can't say of a hybrid table."""
    actions: list[Any] = statement.args.get("actions") or []
    for action in actions:
        if isinstance(action, (exp.AddConstraint, exp.Drop)) and getattr(action, "kind", "") != "COLUMN":
            raise compilation("391411", _LATE, "0A000")
        if isinstance(action, exp.ColumnDef) and any(_is_key(one.kind) for one in action.constraints):
            raise compilation("391411", _LATE, "0A000")
        if isinstance(action, (exp.Cluster, exp.ClusterProperty)):
            raise refused("CLUSTER BY")


def _is_key(kind: Any) -> bool:
    return isinstance(kind, (exp.PrimaryKeyColumnConstraint, exp.UniqueColumnConstraint, exp.Reference))


def _plain(name: str) -> str:
    return name[1:-1].replace('""', '"')


# Indexes


def create_index(session: SqlSession, reader: Reader, mode: str | None) -> Result:
    """CREATE INDEX, from behind its words."""
    if_absent = reader.take("IF NOT EXISTS")
    name = reader.path()[-1]
    reader.expect("ON")
    path, held = _of_table(session, reader.path(), "CREATE INDEX")
    columns = [one[-1] for one in reader.several(reader.path)]
    included = [one[-1] for one in reader.several(reader.path)] if reader.take("INCLUDE") else []
    reader.end()
    if any(one.name == name for one in held):
        if if_absent:
            return status(f"{shown(name)} already exists, statement succeeded.")
        if mode != "OR REPLACE":
            raise exists(shown(name))
    left = [one for one in held if one.name != name]
    _change(session, path, [*left, HeldKey("INDEX", name, columns, included=included)])
    return status(f"Index {shown(name)} successfully created.")


def drop_index(session: SqlSession, reader: Reader) -> Result:
    """DROP INDEX table.index, from behind its words."""
    if_exists = reader.take("IF EXISTS")
    *table, name = reader.path()
    reader.end()
    if not table:
        raise syntax("an index is named with its table: DROP INDEX table.index")
    try:
        path, held = _of_table(session, table, "DROP INDEX")
        if not any(one.name == name for one in held):
            raise AccountError(404, "002003", "02000", _lost(name))
    except AccountError as error:
        if error.status == 404 and if_exists:
            return status(f"Drop statement executed successfully ({shown(name)} already dropped).")
        raise
    if any(one.name == name and one.kind != "INDEX" for one in held):
        raise compilation("391411", f"Index {shown(name)} can't be dropped: a constraint needs the index.", "0A000")
    _change(session, path, [one for one in held if one.name != name])
    return status(f"{shown(name)} successfully dropped.")


def _change(session: SqlSession, path: TablePath, held: list[HeldKey]) -> None:
    session.engine.commit()  # as all DDL
    with session.account.changing:
        session.engine.hold_keys(path, held)


def _lost(name: str) -> str:
    return f"SQL compilation error:\nIndex '{shown(name)}' does not exist or not authorized."


def _of_table(session: SqlSession, parts: list[str], statement: str) -> tuple[TablePath, list[HeldKey]]:
    """A hybrid table, which is the session's own, and its keys and indexes."""
    where: Mapping[str, str] = place(session, TABLE, parts, statement)
    path = table_path(where)
    session.perform("schema", "fetch", {"database": above(where)["database"], "name": above(where)["schema"]})
    session.rights.need("OWNERSHIP", securables.need(session.account, securables.KINDS["TABLE"], attrs.astuple(path)))
    if not (held := session.account.engine.held_keys(path)):
        raise compilation("391411", f"Indexes are of hybrid tables only, which {shown(path.name)} is not.", "0A000")
    return path, held
