"""DDL: what makes, changes and drops tables, views and sequences.

A table whose columns change is made anew in another place, with its rows, and the map flips to it: readers see it
before or after, and a process that ends in between leaves nothing behind but a place that nobody stands on.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import attrs
from sqlglot import Expr, exp

from ..dialect import DIALECT
from ..errors import AccountError, compilation, exists, missing_object, syntax, unsupported
from ..files import formats
from ..names import need_length, shown
from ..protocol import Result
from ..translate import translating
from ..translate.protocol import Translation
from ..types import DataType, parse
from . import defaults, keys, materialized, policies, staged
from .layout import HIDDEN, make, new_rows, physical, put_away
from .names import Era, Field, Identity, Path, Thing, parts_of
from .results import done, status
from .scope import converted, default_sql
from .store import run_one
from .waiting import Use

if TYPE_CHECKING:
    from .session import DuckSession

_KINDS = {"TABLE": "table", "VIEW": "view", "SEQUENCE": "sequence", "FILE FORMAT": "file format"}


def perform(session: DuckSession, statement: Expr, parameters: Any, text: str | None = None) -> Result:
    if isinstance(statement, exp.Create):
        kind = str(statement.kind).upper()
        make = {"TABLE": _create_table, "VIEW": _create_view, "SEQUENCE": _create_sequence}.get(kind)
        if make is not None:
            return make(session, statement, parameters)
        if kind == "FILE FORMAT":
            return _create_file_format(session, statement)
    if isinstance(statement, exp.Drop):
        return _drop(session, statement)
    if isinstance(statement, exp.Alter):
        return _alter(session, statement)
    if isinstance(statement, exp.TruncateTable):
        return _truncate(session, statement)
    raise unsupported(f"this statement: {statement.sql(dialect='snowflake')[:60]}")


def path_of(session: DuckSession, table: Any, statement: str) -> Path:
    path = session.path(parts_of(table), statement)
    if path[1] == "INFORMATION_SCHEMA":
        text = f"SQL access control error:\nInsufficient privileges to operate on schema '{path[1]}'."
        raise AccountError(403, "003001", "42501", text)
    for part in path:
        if len(part) > 255:
            raise compilation("000904", f"invalid identifier '{part[:60]}…': too long")
    session.scope.need_schema(path)
    return path


def canonical(name: Any) -> str:
    identifier = name.this if isinstance(name, exp.Column) else name
    return identifier.name if identifier.args.get("quoted") else identifier.name.upper()


def _properties(statement: exp.Create) -> list[Any]:
    properties: Any = statement.args.get("properties")
    return list(properties.expressions) if properties else []


def _settings(statement: exp.Create) -> list[Any]:
    """The properties that are `NAME = value`."""
    return [one for one in _properties(statement) if type(one) is exp.Property]


def _comment(statement: exp.Create) -> str:
    return next((one.this.name for one in _properties(statement) if isinstance(one, exp.SchemaCommentProperty)), "")


def _target(statement: exp.Create) -> Any:
    return statement.this.this if isinstance(statement.this, exp.Schema) else statement.this


def _settled(session: DuckSession, statement: exp.Create, kind: str, thing: Thing, path: Path) -> Result:
    """Give something new its place in the map, as the statement says."""
    need_length(path[2])
    made = session.engine.clock().isoformat(timespec="milliseconds")
    thing = attrs.evolve(thing, facts={"created_on": made, "owner": session.role, **thing.facts})
    if _is_temporary(statement):
        if ((thing.space, path)) in session.temporary:
            session.engine.let_go(session.temporary[thing.space, path])
        session.temporary[thing.space, path] = thing
    else:
        session.engine.map.add(path, thing, replace=bool(statement.args.get("replace")))
    return status(f"{kind} {shown(path[2])} successfully created.")


def _is_temporary(statement: exp.Create) -> bool:
    return any(isinstance(one, exp.TemporaryProperty) for one in _properties(statement))


def _there_already(session: DuckSession, statement: exp.Create, space: str, path: Path) -> Result | None:
    own = session.temporary.get((space, path)) if _is_temporary(statement) else None
    there = own if _is_temporary(statement) else session.names.find(space, path)
    if there is None or statement.args.get("replace"):
        return None
    if statement.args.get("exists"):
        return status(f"{shown(path[2])} already exists, statement succeeded.")
    raise exists(shown(path[2]))


# Tables


def _create_table(session: DuckSession, statement: exp.Create, parameters: Any) -> Result:
    path = path_of(session, _target(statement), "CREATE TABLE")
    if (told := _there_already(session, statement, "table", path)) is not None:
        return told
    thing = make_table(session, statement, parameters)
    return _settled(session, statement, "Table", thing, path)


def make_table(session: DuckSession, statement: exp.Create, parameters: Any) -> Thing:
    """A table that has no name yet."""
    source: Any = statement.args.get("clone") or statement.find(exp.LikeProperty)
    if source is not None:
        path, when = session.path(parts_of(source.this), "CREATE TABLE"), source.this.args.get("when")
        at = session.moment(when) if when is not None else None
        return session.engine.copy(path, session.scope.need("table", path), rows=isinstance(source, exp.Clone), at=at)
    facts: dict[str, Any] = {"comment": _comment(statement)}
    if any(isinstance(one, exp.TransientProperty) for one in _properties(statement)):
        facts["transient"] = True
    fields: list[Field] | None = None
    if isinstance(statement.this, exp.Schema):
        fields = fields_of(session, statement.this)
    query = statement.expression
    if query is None:
        if not fields:
            raise syntax("A table needs columns.")
        return _made(session, Thing("table", session.engine.store.number(), tuple(fields), facts=facts), None)
    query = staged.staged(session, query)
    translation, values = session.query(query, parameters)
    while session.take_streams():  # somebody has consumed them
        translation, values = session.query(query, parameters)
    if fields is None:
        _check_named(query)
    if fields is None or any(not field.type for field in fields):
        fields = _named_as(fields, translation)
    if len(fields) != len(translation.columns):
        text = f"Invalid column definition list: {len(fields)} columns for a query of {len(translation.columns)}"
        raise compilation("002026", f"{text}", "42601")
    _once(fields)
    sql = converted(session.scope, translation, [parse(field.type) for field in fields])
    return _made(session, Thing("table", session.engine.store.number(), tuple(fields), facts=facts), sql, values)


def _named_as(fields: list[Field] | None, translation: Translation) -> list[Field]:
    """The columns of a query, with other names if a list gives them."""
    found = [Field(column.name, _kept_type(column.type), True) for column in translation.columns]
    if fields is None:
        return found
    return [attrs.evolve(one, type=one.type or of.type) for one, of in zip(fields, found)]


def _kept_type(type_: DataType) -> str:
    return "VARCHAR(16777216)" if type_.name == "NULL" else str(type_)


def _made(session: DuckSession, thing: Thing, sql: str | None, values: list[Any] | None = None) -> Thing:
    """Make a table's place, with the rows of a query of DuckDB's as new ones."""
    try:
        with session.engine.versions.writing(session.duck) as transaction:
            make(session.duck, thing)
            if sql is not None:
                run_one(session.duck, f"INSERT INTO t{thing.number} {new_rows(sql, transaction, transaction)}", values)
                session.consume()
    finally:
        session.engine.locks.release(session)
    if sql is None:
        session.engine.counts.know(thing.number, 0)
    return attrs.evolve(thing, since=transaction)


def fields_of(session: DuckSession, schema: exp.Schema) -> list[Field]:
    required: set[str] = set()
    fields: list[Field] = []
    for line in schema.expressions:
        if isinstance(line, exp.ColumnDef):
            fields.append(field_of(session, line))
        elif isinstance(line, exp.Identifier):
            fields.append(Field(canonical(line), ""))
        for key in line.find_all(exp.PrimaryKey):
            required |= {canonical(one) for one in key.expressions}
    _once(fields)
    return [attrs.evolve(field, nullable=False) if field.name in required else field for field in fields]


def _once(fields: Sequence[Field]) -> None:
    names = [field.name for field in fields]
    for name in names:
        if names.count(name) > 1:
            raise compilation("002025", f"duplicate column name '{name}'", "42S21")


def field_of(
    session: DuckSession,
    column: exp.ColumnDef,
    check_default: Callable[[str, DataType, DataType], None] = defaults.check_new,
) -> Field:
    type_ = type_of(session, column.kind) if column.kind else ""
    field = Field(canonical(column.this), type_)
    need_length(field.name)
    for said in (exp.DefaultColumnConstraint, exp.CommentColumnConstraint, exp.AutoIncrementColumnConstraint):
        if sum(isinstance(one.kind, said) for one in column.constraints) > 1:
            raise syntax(f"column {field.name} says twice what it may say once.")
    for constraint in column.constraints:
        kind: Any = constraint.kind
        match kind:
            case exp.NotNullColumnConstraint():
                field = attrs.evolve(field, nullable=bool(kind.args.get("allow_null")))
            case exp.PrimaryKeyColumnConstraint():
                field = attrs.evolve(field, nullable=False)
            case exp.DefaultColumnConstraint() if kind.find(exp.Query):
                raise syntax(f"the default of column {field.name} is a query.")
            case exp.DefaultColumnConstraint():
                field = attrs.evolve(field, default=kind.this.sql(dialect="snowflake"))
                check_default(
                    field.name, parse(field.type), translating.default_type(field.default or "", session.scope)
                )
                default_sql(field, session.scope)  # AccountError if that is no value for it
            case exp.ComputedColumnConstraint():
                raise unsupported("columns that are computed")
            case exp.CollateColumnConstraint():
                raise unsupported("collations")
            case exp.CommentColumnConstraint():
                field = attrs.evolve(field, comment=kind.this.name)
            case exp.AutoIncrementColumnConstraint() | exp.GeneratedAsIdentityColumnConstraint():
                start, step = (_number(kind.args.get(word), 1) for word in ("start", "increment"))
                if step == 0:
                    raise compilation("002118", "Sequence increment must not be 0.", "22023")
                if not parse(type_).is_number:
                    text = f"Default value data type does not match data type for column {field.name}"
                    raise compilation("002262", text, "22000")
                ordered = kind.args.get("order") is True
                identity = Identity(start, step, session.engine.store.create_sequence(start, step), ordered)
                field = attrs.evolve(field, identity=identity)
            case _:
                pass
    return field


def type_of(session: DuckSession, kind: Any) -> str:
    plain = session.scope.parameter("TIMESTAMP_TYPE_MAPPING")
    return _kept_type(parse(kind.sql(dialect=DIALECT), timestamp=plain))


def _number(value: Any, default: int) -> int:
    if value is None:
        return default
    if not (value.this if isinstance(value, exp.Neg) else value).name.isdigit():
        raise syntax(f"syntax error: unexpected '{value.sql(dialect='snowflake')}', where a whole number is expected.")
    return -int(value.this.name) if isinstance(value, exp.Neg) else int(value.name)


# Views


def _create_view(session: DuckSession, statement: exp.Create, parameters: Any) -> Result:
    path = path_of(session, _target(statement), "CREATE VIEW")
    if (told := _there_already(session, statement, "table", path)) is not None:
        return told
    text = statement.meta.get("query") or statement.expression.sql(dialect="snowflake")
    if _is_recursive(statement, path[2]):
        named = ", ".join(shown(canonical(one)) for one in statement.this.expressions)
        text = f"WITH RECURSIVE {shown(path[2])} ({named}) AS ({text}) SELECT * FROM {shown(path[2])}"
    translation = session.translated(text, session.scope.at(path[0], path[1], None))
    fields = [Field(column.name, _kept_type(column.type)) for column in translation.columns]
    if not isinstance(statement.this, exp.Schema):
        _check_named(statement.expression)
    else:
        named = statement.this.expressions
        if len(named) != len(fields):
            raise compilation("002026", "Invalid column definition list", "42601")
        fields = [
            attrs.evolve(field, name=canonical(one.this if isinstance(one, exp.ColumnDef) else one), comment=_said(one))
            for field, one in zip(fields, named)
        ]
    _once(fields)
    facts: dict[str, Any] = {"comment": _comment(statement)}
    if any(isinstance(one, exp.MaterializedProperty) for one in _properties(statement)):
        materialized.check(session, statement.expression)
        facts["materialized"] = True
    facts["secure"] = any(isinstance(one, exp.SecureProperty) for one in _properties(statement))
    if strange := [one.name.upper() for one in _settings(statement) if one.name.upper() != "CHANGE_TRACKING"]:
        raise compilation("001420", f"invalid property '{strange[0]}' for 'VIEW'", "22023")
    if any(one.name.upper() == "CHANGE_TRACKING" and one.args["value"] == exp.true() for one in _settings(statement)):
        facts["change_tracking"] = True
    facts["written"] = statement.meta.get("written") or statement.sql(dialect="snowflake")
    kind = "Materialized view" if facts.get("materialized") else "View"
    return _settled(session, statement, kind, Thing("view", 0, tuple(fields), text, facts), path)


def _check_named(query: Any) -> None:
    """AccountError if a column of a table or view would have no name. Snowflake looks at a plain SELECT without `*`."""
    while isinstance(query, exp.Subquery):
        query = query.this
    shown: list[Any] = query.expressions if isinstance(query, exp.Select) else []
    if not any(isinstance(one, exp.Star) or one.is_star for one in shown):
        for one in shown:
            if not isinstance(one.unnest(), (exp.Alias, exp.Column, exp.ConnectByRoot)):
                raise compilation("002022", "Missing column specification", "42601")


def _is_recursive(view: exp.Create, name: str) -> bool:
    """Whether a view reads itself."""
    query: Any = view.expression
    tables: list[Any] = [] if query.find(exp.CTE) else list(query.find_all(exp.Table))
    return isinstance(view.this, exp.Schema) and any(parts_of(table) == [name] for table in tables)


def _said(column: Any) -> str:
    found = column.find(exp.CommentColumnConstraint)
    return found.this.name if found else ""


# Sequences and file formats


def _create_sequence(session: DuckSession, statement: exp.Create, parameters: Any) -> Result:
    path = path_of(session, _target(statement), "CREATE SEQUENCE")
    if (told := _there_already(session, statement, "sequence", path)) is not None:
        return told
    if (cloned := statement.args.get("clone")) is not None:
        source_path = path_of(session, cloned.this, "CREATE SEQUENCE")
        source = session.scope.need("sequence", source_path, "Sequence")
        session.scope.check("USAGE", source, source_path)
        facts = {name: source.facts[name] for name in ("start", "step", "comment", "ordered")}
        number = session.engine.store.copy_sequence(source.number, facts["start"], facts["step"])
        return _settled(session, statement, "Sequence", Thing("sequence", number, facts=facts), path)
    for one in _properties(statement):
        if type(one) is exp.Property:
            raise syntax(f"syntax error: unexpected '{one.name}'.")
    said: dict[str, Any] = {}
    for one in statement.find_all(exp.SequenceProperties):  # more than one if others stand between
        said |= {key: value for key, value in one.args.items() if value}
    _check_sequence(said)
    start, step = (_number(said.get(word), 1) for word in ("start", "increment"))
    if step == 0:
        raise compilation("002118", "Sequence increment must not be 0.", "22023")
    facts = {"start": start, "step": step, "comment": _comment(statement), "ordered": _is_ordered(said.get("options"))}
    thing = Thing("sequence", session.engine.store.create_sequence(start, step), facts=facts)
    return _settled(session, statement, "Sequence", thing, path)


def _check_sequence(said: dict[str, Any], *more: str) -> None:
    """AccountError 001003 for what other databases' sequences have. more: what may not be said here either."""
    words = {one.name.upper() for one in said.get("options") or ()}
    wrong = [word for word in ("minvalue", "maxvalue", "cache", "owned", *more) if said.get(word)]
    if wrong := [*wrong, *sorted(words - {"ORDER", "NOORDER"})]:
        raise syntax(f"syntax error: unexpected '{wrong[0].upper()}'.")
    if words == {"ORDER", "NOORDER"}:
        raise syntax("syntax error: ORDER and NOORDER exclude each other.")


def _create_file_format(session: DuckSession, statement: exp.Create) -> Result:
    path = path_of(session, _target(statement), "CREATE FILE FORMAT")
    if (told := _there_already(session, statement, "file format", path)) is not None:
        return told
    options: dict[str, Any] = {}
    for one in _properties(statement):
        if isinstance(one, exp.SchemaCommentProperty):
            options["comment"] = one.this.name
        elif isinstance(one, exp.Property) and not isinstance(one, exp.TemporaryProperty):
            options[one.name.upper()] = _option(one.args["value"])
    options["TYPE"] = str(options.get("TYPE", "CSV")).upper()
    formats.check(options["TYPE"], {name: value for name, value in options.items() if name.isupper()})
    return _settled(session, statement, "File format", Thing("file format", 0, facts=options), path)


def _option(value: Any) -> Any:
    if isinstance(value, (exp.Tuple, exp.Array)):
        return [_option(one) for one in value.expressions]
    if isinstance(value, exp.Paren):
        return [_option(value.this)]
    if isinstance(value, exp.Boolean):
        return value.this
    if isinstance(value, exp.Neg):
        return f"-{value.name}"
    if isinstance(value, exp.Literal) and not value.is_string:
        return int(value.name)
    return value.name


# Dropping


def _drop(session: DuckSession, statement: exp.Drop) -> Result:
    kind = _KINDS.get(str(statement.args["kind"]).upper())
    if kind is None:
        raise unsupported(f"DROP {statement.args['kind']}")
    tables: list[Any] = statement.args.get("tables") or [statement.this]
    table = tables[0]
    path = path_of(session, table, f"DROP {kind.upper()}")
    space = "table" if kind == "view" else kind
    own = session.temporary.get((space, path))
    thing = own or session.names.find(space, path)
    if thing is None:
        if statement.args.get("exists"):
            return status(f"Drop statement executed successfully ({shown(path[2])} already dropped).")
        raise _missing(kind, path)
    if thing.kind != kind:
        text = f"Object found is of type '{thing.kind.upper()}', not specified type '{kind.upper()}'."
        raise compilation("002203", f"{text}", "02000")
    if own is not None:
        del session.temporary[space, path]
        session.engine.let_go(own)
    else:
        session.engine.map.remove(space, path)
        session.engine.let_go(thing)
    return status(f"{shown(path[2])} successfully dropped.")


def _missing(kind: str, path: Path) -> AccountError:
    return missing_object(kind.capitalize(), ".".join(map(shown, path)))


_NOT_TRUNCATED = ("dynamic-table", "external-table")


def _truncate(session: DuckSession, statement: exp.TruncateTable) -> Result:
    path = path_of(session, statement.expressions[0], "TRUNCATE TABLE")
    thing = session.scope.thing("table", path)
    if thing is None or thing.kind != "table" or thing.resource in _NOT_TRUNCATED:
        if statement.args.get("exists"):
            return done()
        raise _missing("table", path)
    try:
        thing = session.turn_at(path, Use.CHANGE)
        keys.need_unreferred(session.names, thing)
        with session.engine.versions.writing(session.duck) as transaction:
            run_one(session.duck, put_away(thing.number, transaction))
            run_one(session.duck, f"DELETE FROM t{thing.number}")
            run_one(session.duck, f"DELETE FROM loads WHERE place = {thing.home} AND pipe IS NULL")
    finally:
        session.engine.locks.release(session)
    return done()


# Altering

Change = Callable[[list[Field]], list[Field]]


def _alter(session: DuckSession, statement: exp.Alter) -> Result:
    kind = str(statement.args.get("kind") or "TABLE").upper()
    path = path_of(session, statement.this, f"ALTER {kind}")
    space = kind.lower() if kind in ("SEQUENCE", "FILE FORMAT") else "table"
    thing = session.scope.thing(space, path)
    if thing is None:
        if statement.args.get("exists"):
            return done()
        raise _missing(kind.lower(), path)
    actions: list[Any] = statement.args.get("actions") or []
    if kind == "VIEW":
        return _alter_view(session, path, thing, actions)
    if thing.kind == "stream" or thing.resource != "table":
        raise _missing("table", path)
    if space != "table":
        return _alter_named(session, path, thing, actions)
    try:
        thing = session.turn_at(path, Use.SHAPE)
        fields, before = list(thing.fields), {field.name: field.name for field in thing.fields}
        for action in actions:
            fields = _altered(session, path, fields, before, action)
        thing = keys.followed(policies.followed(thing, fields, before), fields, before)
        reshape(session, path, thing, fields, before)
    finally:
        session.engine.locks.release(session)
    return done()


def _alter_view(session: DuckSession, path: Path, view: Thing, actions: list[Any]) -> Result:
    for action in actions:
        if isinstance(action, exp.AlterRename):
            parts = parts_of(action.this)
            session.engine.map.move("table", path, session.path(parts, "ALTER VIEW"))
        elif (comment := _new_comment(action)) is not None:
            session.engine.map.change(path, attrs.evolve(view, facts={**view.facts, "comment": comment}))
        elif (secure := _secured(action)) is not None:
            session.engine.map.change(path, attrs.evolve(view, facts={**view.facts, "secure": secure}))
        elif (tracked := _tracked(action)) is not None:
            session.engine.map.change(path, attrs.evolve(view, facts={**view.facts, "change_tracking": tracked}))
        elif isinstance(action, exp.AlterColumn) and action.args.get("comment"):
            fields = list(view.fields)
            at = _find(fields, canonical(action.this))
            fields[at] = attrs.evolve(fields[at], comment=action.args["comment"].name)
            view = attrs.evolve(view, fields=tuple(fields))
            session.engine.map.change(path, view)
        else:
            raise unsupported(f"ALTER VIEW … {action.sql(dialect='snowflake')}")
    return done()


def _alter_named(session: DuckSession, path: Path, thing: Thing, actions: list[Any]) -> Result:
    """A sequence or a file format."""
    session.commit()
    facts, number = dict(thing.facts), thing.number
    for action in actions:
        match action:
            case exp.AlterRename():
                session.engine.map.move(thing.space, path, session.path(parts_of(action.this), "ALTER"))
                return done()
            case exp.SchemaCommentProperty():
                facts["comment"] = action.this.name
            case exp.SequenceProperties():
                _check_sequence(action.args, "start")
                facts["ordered"] = _is_ordered(action.args.get("options"), facts["ordered"])
                if (step := _number(action.args.get("increment"), facts["step"])) == 0:
                    raise compilation("002118", "Sequence increment must not be 0.", "22023")
                if step != facts["step"]:
                    # The number that comes next was chosen before: the new step counts from there.
                    number, facts["step"] = session.engine.store.copy_sequence(number, facts["start"], step), step
            case exp.Property() if action.name.upper() != "TYPE":
                facts[action.name.upper()] = _option(action.args["value"])
            case _:
                raise unsupported(f"ALTER {thing.kind.upper()} … {action.sql(dialect='snowflake')}")
    if thing.kind == "file format":
        formats.check(facts["TYPE"], {name: value for name, value in facts.items() if name.isupper()})
    session.engine.map.change(path, attrs.evolve(thing, number=number, facts=facts))
    return done()


def _is_ordered(options: Any, default: bool = False) -> bool:
    words = [one.name.upper() for one in options or ()]
    return "ORDER" in words or (default and "NOORDER" not in words)


def _new_comment(action: Any) -> str | None:
    """The comment that SET COMMENT or UNSET COMMENT gives; None for any other action."""
    match action:
        case exp.Set() if action.args.get("unset") and [one.name.upper() for one in action.expressions] == ["COMMENT"]:
            return ""
        case exp.AlterSet(expressions=[exp.Properties(expressions=[exp.SchemaCommentProperty(this=said)])]):
            return str(said.name)
        case _:
            return None


def _tracked(action: Any) -> bool | None:
    """What SET CHANGE_TRACKING says; None for any other action."""
    match action:
        case exp.AlterSet(expressions=[exp.Properties(expressions=[exp.Property() as said])]):
            value: Any = said.args["value"]
            known = said.name.upper() == "CHANGE_TRACKING" and isinstance(value, exp.Boolean)
            return bool(value.this) if known else None
        case _:
            return None


def _secured(action: Any) -> bool | None:
    """Whether SET SECURE or UNSET SECURE makes a view secure; None for any other action."""
    if isinstance(action, exp.AlterSet) and action.find(exp.SecureProperty) is not None:
        return True
    unset = isinstance(action, exp.Set) and action.args.get("unset")
    return False if unset and [one.name.upper() for one in action.expressions] == ["SECURE"] else None


def _altered(session: DuckSession, path: Path, fields: list[Field], before: dict[str, str], action: Any) -> list[Field]:
    """The columns after one action. `before` says which column of the table a column was."""
    match action:
        case exp.ColumnDef():
            new = field_of(session, action, defaults.check_added)
            if any(field.name == new.name for field in fields):
                if action.args.get("exists"):
                    return fields
                raise compilation("001430", f"column '{new.name}' already exists", "42601")
            before.pop(new.name, None)
            return [*fields, new]
        case exp.RenameColumn():
            old, new = canonical(action.this), canonical(action.args["to"])
            at = _find(fields, old)
            if any(field.name == new for field in fields):
                raise compilation("001430", f"column '{new}' already exists", "42601")
            before[new] = before.pop(old)
            return [*fields[:at], attrs.evolve(fields[at], name=new), *fields[at + 1 :]]
        case exp.Drop() if str(action.args.get("kind")).upper() == "COLUMN":
            gone = [canonical(column) for column in action.args["tables"]]
            for name in gone:
                if not action.args.get("exists"):
                    _find(fields, name)
            left = [field for field in fields if field.name not in gone]
            if not left:
                text = f"Cannot drop the only column in table {path[2]}"
                raise compilation("001431", f"{text}", "42601")
            return left
        case exp.AlterColumn():
            at = _find(fields, canonical(action.this))
            return [*fields[:at], _changed(session, fields[at], action), *fields[at + 1 :]]
        case _:
            raise unsupported(f"ALTER TABLE … {action.sql(dialect='snowflake')}")


def _find(fields: list[Field], name: str) -> int:
    for at, field in enumerate(fields):
        if field.name == name:
            return at
    raise compilation("000904", f"invalid identifier '{name}'")


def _changed(session: DuckSession, field: Field, action: exp.AlterColumn) -> Field:
    args = action.args
    if kind := args.get("dtype"):
        new = type_of(session, kind)
        check_retype(field, parse(new))
        field = attrs.evolve(field, type=new)
    if "allow_null" in args:
        field = attrs.evolve(field, nullable=bool(args["allow_null"]))
    if default := args.get("default"):
        field = attrs.evolve(field, default=default.sql(dialect="snowflake"))
        session.default(field)
    elif args.get("drop") and "allow_null" not in args:
        field = attrs.evolve(field, default=None)
    if comment := args.get("comment"):
        field = attrs.evolve(field, comment=comment.name)
    return field


def check_retype(field: Field, new: DataType) -> None:
    """AccountError if Snowflake doesn't make a column's type this."""
    old = parse(field.type)
    if old == new:
        return
    if old.name != new.name:
        raise _cannot("002108", field, old, new, "")
    if new.name in ("VARCHAR", "BINARY") and new.precision < old.precision:
        what = "varchar" if new.name == "VARCHAR" else "binary"
        raise _cannot("040052", field, old, new, f" because reducing the byte-length of a {what} is not supported")
    if new.name == "NUMBER" and new.scale != old.scale:
        raise _cannot("040050", field, old, new, " because changing the scale of a number is not supported")
    if new.is_timestamp or new.name == "TIME":
        raise _cannot("002108", field, old, new, "")


def _cannot(code: str, field: Field, old: DataType, new: DataType, why: str) -> AccountError:
    return compilation(code, f"cannot change column {shown(field.name)} from type {old} to {new}{why}", "22000")


def reshape(session: DuckSession, path: Path, thing: Thing, fields: list[Field], before: dict[str, str]) -> None:
    """Give a table other columns, and its rows to the columns that were there."""
    places = {field.name: at for at, field in enumerate(thing.fields)}
    shapes = [_shape(field) for field in thing.fields]
    same = len(fields) == len(thing.fields) and all(
        places.get(before.get(field.name, "")) == at and _shape(field) == shapes[at] for at, field in enumerate(fields)
    )
    if same:  # only names, defaults and comments
        _flip(session, path, attrs.evolve(thing, fields=tuple(fields)))
        return
    taken = [one.position or at for at, one in enumerate(thing.fields, 1)]
    following = itertools.count(max(taken) + 1)
    for number, field in enumerate(fields):
        at = places.get(before.get(field.name, ""))
        fields[number] = attrs.evolve(field, position=taken[at] if at is not None else next(following))
    values: list[str] = []
    for field in fields:
        at = places.get(before.get(field.name, ""))
        if at is not None:
            values.append(f"CAST({physical(at)} AS {parse(field.type).physical})")
        else:
            values.append(session.default(field) or f"CAST(NULL AS {parse(field.type).physical})")
    made = attrs.evolve(thing, number=session.engine.store.number(), fields=tuple(fields), first=thing.home)
    try:
        with session.engine.versions.writing(session.duck) as transaction:
            make(session.duck, made)
            kept = ", ".join((*values, *HIDDEN))
            run_one(session.duck, f"INSERT INTO t{made.number} SELECT {kept} FROM t{thing.number}")
    except Exception as error:
        names = {physical(at): field.name for at, field in enumerate(fields)}
        raise session.told(error, names) from None
    went = {places[before[field.name]]: at for at, field in enumerate(fields) if before.get(field.name) in places}
    became = tuple(went.get(at) for at in range(len(thing.fields)))
    before_it = Era(thing.number, thing.fields, thing.since, became)
    try:
        _flip(session, path, attrs.evolve(made, since=transaction, earlier=(*thing.earlier, before_it)))
    except BaseException:  # the record is refused
        session.engine.let_go(attrs.evolve(made, earlier=()))
        raise


def _shape(field: Field) -> tuple[str, bool]:
    """What of a column DuckDB knows."""
    return (field.type, field.nullable)


def _flip(session: DuckSession, path: Path, thing: Thing) -> None:
    if ("table", path) in session.temporary:
        session.temporary["table", path] = thing
    else:
        session.recorded(lambda: session.engine.map.change(path, thing))
