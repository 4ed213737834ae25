"""Statements on tables: the engine makes what they say, and the catalog hears what they declare."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import attrs
from sqlglot import exp

from snowcore._names import quote_identifier

from ...engine.errors import AccountError, compilation, exists, syntax, unsupported
from ...engine.names import qualified, shown
from ...engine.protocol import Column, HeldKey, Result, TablePath
from ..account.catalog import NEW, Entry
from ..account.grants import Grant
from ..objects import securables, tagging
from ..objects.base import check_ranges, lasting, need_as_lasting
from ..objects.tables import refresh_table
from . import declared, hybrid, iceberg, policies, tags
from .kinds import TABLE
from .results import status

if TYPE_CHECKING:
    from . import SqlSession

_DONE = "Statement executed successfully."


def path_of(session: SqlSession, table: Any, statement: str) -> TablePath:
    """The whole name of a table in a statement."""
    if not isinstance(table, exp.Table):
        raise unsupported(f"{statement} of this")
    given = (table.args.get("catalog"), table.args.get("db"), table.this)
    parts = [declared.canonical(part) for part in given if part]
    if len(parts) < 2:
        parts.insert(0, session.need_schema(statement))
    if len(parts) < 3:
        parts.insert(0, session.need_database(statement))
    return TablePath(*parts)


def rest_path(path: TablePath) -> dict[str, str]:
    return {
        "database": quote_identifier(path.database),
        "schema": quote_identifier(path.schema),
        "name": quote_identifier(path.name),
    }


def described(session: SqlSession, path: TablePath) -> tuple[list[Column], dict[str, Any]]:
    """A table's columns, and what REST says of it; of a view or a temporary table, the columns alone."""
    columns = session.columns(path)
    if session.engine.is_temporary(path) or path.name not in session.account.engine.tables(path.database, path.schema):
        return columns, {}
    said = fetched(session, path)
    comments = {column["name"]: column.get("comment") for column in said["columns"]}
    return [attrs.evolve(one, comment=comments.get(one.name) or one.comment) for one in columns], said


def fetched(session: SqlSession, path: TablePath) -> dict[str, Any]:
    """What REST says of a table, with all that was declared of its keys."""
    said: dict[str, Any] = session.perform("table", "fetch", rest_path(path))
    kept = session.account.kinds["table"].need_at((path.database, path.schema, path.name)).properties
    own = {column["name"]: column["constraints"] for column in kept["columns"] if "constraints" in column}
    columns = [{**one, "constraints": own[one["name"]]} if one["name"] in own else one for one in said["columns"]]
    return {**said, "columns": columns, "constraints": kept.get("constraints", [])}


def target(statement: exp.Create) -> Any:
    """What a CREATE makes."""
    return statement.this.this if isinstance(statement.this, exp.Schema) else statement.this


def create_or_alter(session: SqlSession, statement: exp.Create) -> Result:
    path = path_of(session, target(statement), "CREATE TABLE")
    if statement.find(*policies.SAID, exp.Tags):
        raise unsupported("CREATE OR ALTER TABLE with tags or policies, as Snowflake doesn't")
    if statement.expression is not None or statement.args.get("clone") or statement.find(exp.LikeProperty):
        raise unsupported("CREATE OR ALTER TABLE of a query or another table, as Snowflake doesn't")
    body = {**declared.of_create(statement), "name": quote_identifier(path.name)}
    return status(session.perform("table", "create_or_alter", rest_path(path), body=body))


def from_template(session: SqlSession, statement: exp.Create) -> exp.Create:
    """CREATE TABLE … USING TEMPLATE, with the columns that the template's query names."""
    template = statement.find(exp.UsingTemplateProperty)
    if template is None:
        return statement
    query: Any = template.this
    found = session.engine.execute(query.this if isinstance(query, exp.Subquery) else query).rows
    written = found[0][0] if found else None
    columns: Any = json.loads(written) if isinstance(written, str) and written.startswith("[") else []
    if not columns or not all(hasattr(one, "keys") and {"COLUMN_NAME", "TYPE"} <= {*one.keys()} for one in columns):
        raise syntax("a template is an array of objects with COLUMN_NAME and TYPE.")
    lines = [
        f"{quote_identifier(one['COLUMN_NAME'])} {one['TYPE']}{'' if one.get('NULLABLE', True) else ' NOT NULL'}"
        for one in sorted(columns, key=lambda one: one.get("ORDER_ID", 0))
    ]
    made: Any = session.engine.parse(f"CREATE TABLE t ({', '.join(lines)})")
    template.pop()
    statement.set("this", exp.Schema(this=statement.this, expressions=made.this.expressions))
    return statement


def create(session: SqlSession, statement: exp.Create, parameters: Any) -> Result:
    path, engine = path_of(session, target(statement), "CREATE TABLE"), session.account.engine
    replaces = bool(statement.args.get("replace"))
    if not replaces and engine.columns(path) is not None:
        if statement.args.get("exists"):
            return status(f"{shown(path.name)} already exists, statement succeeded.")
        raise exists(shown(path.name))
    session.perform(
        "schema", "fetch", {"database": quote_identifier(path.database), "name": quote_identifier(path.schema)}
    )
    session.engine.commit()
    # It is made aside: what it replaces may be what it is made from, and nobody shall meet a part of it.
    made = attrs.evolve(path, name=f"{NEW}{uuid.uuid4().hex}")
    kept = _kept_grants(session, statement, path)
    of_files, is_hybrid = iceberg.taken(statement), statement.find(exp.HybridProperty) is not None
    if of_files is not None and of_files["catalog"] != "SNOWFLAKE":
        return iceberg.of_another_catalog(
            session, rest_path(path), "orReplace" if replaces else "errorIfExists", of_files
        )
    if is_hybrid:
        hybrid.check(session, statement, path)
    held: list[HeldKey] = []
    of_table, of_columns = tags.take(session, statement)
    under = policies.take(session, statement)
    if is_hybrid:
        held = _held_keys(session, statement, path)
    model = _model(session, statement)
    facts = _make(session, statement, made, parameters)
    try:
        if of_files is not None:
            iceberg.check(session, of_files, made, whole=not isinstance(statement.this, exp.Schema))
            facts |= of_files
        with session.account.changing, engine.in_one_step():
            if replaces:
                session.perform("table", "drop", rest_path(path), {"ifExists": True})
            engine.rename_table(made, path)
            if held:
                session.engine.hold_keys(path, held)
                facts |= {"table_type": "HYBRID"}
            refresh_table(session.account, path, facts, session.role)
            _copy_grants(session, path, kept)
            if model is not None:
                tagging.copy(session.account, model, session.account.kinds["table"].need_at(attrs.astuple(path)))
            policies.put_under(session, path, under)
            tags.give(session, TABLE, rest_path(path), of_table)
            tags.give_columns(session, attrs.astuple(path), of_columns)
    except AccountError:
        _forget(session, made)
        raise
    return status(f"Table {shown(path.name)} successfully created.")


def _model(session: SqlSession, statement: exp.Create) -> Entry | None:
    """The table that is cloned, or is to be like the new one."""
    source: Any = statement.args.get("clone") or statement.find(exp.LikeProperty)
    if source is None:
        return None
    path = path_of(session, source.this, "CREATE TABLE")
    found = securables.find(session.account, securables.KINDS["TABLE"], attrs.astuple(path))
    return session.account.catalog.get(found.id) if found is not None else None


def _held_keys(session: SqlSession, statement: exp.Create, path: TablePath) -> list[HeldKey]:
    model: Any = statement.find(exp.LikeProperty)
    if model is not None:
        return hybrid.like(session, path, path_of(session, model.this, "CREATE TABLE"))
    return hybrid.keys_of(session, path, statement, declared.of_create(statement))


def _kept_grants(session: SqlSession, statement: exp.Create, path: TablePath) -> list[Grant]:
    """What COPY GRANTS takes over from the table that is cloned, or replaced."""
    if statement.find(exp.CopyGrantsProperty) is None:
        return []
    source: Any = statement.args.get("clone") or statement.find(exp.LikeProperty)
    model = path if source is None else path_of(session, source.this, "CREATE TABLE")
    found = securables.find(session.account, securables.KINDS["TABLE"], attrs.astuple(model))
    return session.account.catalog.grants.on(found.id) if found is not None else []


def _copy_grants(session: SqlSession, path: TablePath, grants: list[Grant]) -> None:
    found = securables.find(session.account, securables.KINDS["TABLE"], attrs.astuple(path)) if grants else None
    if found is not None:
        session.account.catalog.grants.give_all(attrs.evolve(one, securable=found.id) for one in grants)


def _check_references(session: SqlSession, statement: exp.Create) -> None:
    """AccountError 002003 if a foreign key refers to a table that is not there. A table may refer to itself."""
    for reference in statement.find_all(exp.Reference):
        to: Any = reference.this
        path = path_of(session, to.this if isinstance(to, exp.Schema) else to, "FOREIGN KEY")
        if path != path_of(session, target(statement), "CREATE TABLE") and not session.engine.is_temporary(path):
            session.perform("table", "fetch", rest_path(path))


def _make(session: SqlSession, statement: exp.Create, made: TablePath, parameters: Any) -> declared.Facts:
    """Make a table in the engine; what is declared of it."""
    facts = declared.of_create(statement)
    check_ranges(facts)
    _check_references(session, statement)
    source: Any = statement.args.get("clone") or statement.find(exp.LikeProperty)
    is_hybrid = statement.find(exp.HybridProperty) is not None
    if source is None:
        name = exp.to_table(qualified(made.database, made.schema, made.name), dialect="snowflake")
        target(statement).replace(name.copy())
        statement.set("replace", False)
        query = statement.expression if isinstance(statement.this, exp.Schema) else None
        # Columns that only have names take their types from the query: the engine makes both in one.
        if query is None or any(
            isinstance(line, exp.Identifier) or (isinstance(line, exp.ColumnDef) and line.kind is None)
            for line in statement.this.expressions
        ):
            session.engine.execute(statement, parameters)
            return facts
        # With columns of its own and a query: the columns first, so that they hold what they say.
        statement.set("expression", None)
        session.engine.execute(statement)
        try:
            session.engine.execute(exp.Insert(this=name, expression=query.copy()), parameters)
        except AccountError:
            _forget(session, made)
            raise
        return facts
    when = source.this.args.get("when")
    at = session.engine.moment(when) if when is not None else None
    of = path_of(session, source.this, "CREATE TABLE")
    if session.engine.is_temporary(of):
        if isinstance(source, exp.Clone) and facts.get("kind") != "TRANSIENT":
            text = "Temp table cannot be cloned to a permanent table; clone to a transient table instead."
            raise compilation("002119", text, "0A000")
        raise unsupported("tables that are made of a temporary one, but by a query")
    of_source = fetched(session, of)
    if of_source.get("table_type") == "HYBRID" and not is_hybrid:
        raise hybrid.refused("CLONE" if isinstance(source, exp.Clone) else "LIKE")
    if isinstance(source, exp.Clone):
        schema = session.account.kinds["schema"].need_at((made.database, made.schema))
        need_as_lasting(of_source.get("kind"), lasting(schema, "table", facts).get("kind"))
    of_files = iceberg.of_model(session, statement, rest_path(of), of_source)
    session.account.engine.clone_table(of, made, rows=isinstance(source, exp.Clone), at=at)
    return {**declared.of_clone(of_source), **of_files, **facts}


def _forget(session: SqlSession, made: TablePath) -> None:
    name = exp.to_table(qualified(made.database, made.schema, made.name), dialect="snowflake")
    session.engine.execute(exp.Drop(kind="TABLE", tables=[name]))


def alter(session: SqlSession, statement: exp.Alter, parameters: Any) -> Result:
    path = path_of(session, statement.this, "ALTER TABLE")
    if session.engine.is_temporary(path):
        if statement.find(*policies.SAID, exp.Tags):
            raise unsupported("tags and policies of temporary tables")
        return session.engine.execute(statement, parameters)
    under, (_, of_columns) = policies.take(session, statement), tags.take(session, statement)
    for column in session.engine.columns(path) or ():  # which IF NOT EXISTS leaves as they are
        under.columns.pop(column.name, None)
        of_columns.pop(column.name, None)

    def said() -> declared.Facts:
        before = fetched(session, path)
        if before.get("table_type") == "HYBRID":
            hybrid.check_altered(statement)
        elif before.get("table_type") == "ICEBERG":
            iceberg.check_altered(statement)
        facts = declared.of_alter(statement, before)
        given = {name: value for name, value in facts.items() if value is not None}  # what is unset has no range
        check_ranges({"kind": before.get("kind"), **given})
        return facts

    def recorded(show: Callable[[], None]) -> None:
        with session.account.changing:
            facts = said()  # once more: others may have changed the table until now
            with session.account.engine.in_one_step():
                show()
                refresh_table(session.account, path, facts)
                policies.put_under(session, path, under)
                tags.give_columns(session, attrs.astuple(path), of_columns)

    try:
        said()
    except AccountError as error:
        if error.status == 404 and statement.args.get("exists"):
            return status(_DONE)
        raise
    session.engine.commit()  # as all DDL
    if (of_engine := declared.beyond(statement)) is None:
        recorded(lambda: None)
        return status(_DONE)
    before, session.engine.recorded = session.engine.recorded, recorded
    try:
        session.engine.execute(of_engine, parameters)
    finally:
        session.engine.recorded = before
    return status(_DONE)


def comment(session: SqlSession, statement: exp.Comment) -> Result:
    kind, text = str(statement.args["kind"]).upper(), statement.expression.name
    if kind == "TABLE":
        path, facts = path_of(session, statement.this, "COMMENT"), {"comment": text}
    elif kind == "COLUMN":
        column: Any = statement.this
        if not column.args.get("table"):
            raise syntax(f"the column {column.name} needs its table: COMMENT ON COLUMN table.column")
        parts = {key: column.args.get(key) for key in ("catalog", "db")}
        path = path_of(session, exp.Table(this=column.args["table"], **parts), "COMMENT")
        facts = {"columns": [{"name": quote_identifier(declared.canonical(column)), "comment": text}]}
    else:
        written = f"{kind} {statement.this.sql(dialect='snowflake')}"
        return session.execute(f"ALTER {written} SET COMMENT = {exp.Literal.string(text).sql('snowflake')}")
    try:
        session.perform("table", "fetch", rest_path(path))
    except AccountError as error:
        if error.status == 404 and statement.args.get("exists"):
            return status(_DONE)
        raise
    session.engine.commit()  # as all DDL
    refresh_table(session.account, path, facts)
    return status(_DONE)
