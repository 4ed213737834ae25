"""Masking and row access policies: what readers see of a table or a view.

A table or view that has policies is read as a query that applies them: each column under a masking policy is what the
policy makes of it, and a row is there if the row access policy is true for it. So whatever a statement compares, joins
or writes elsewhere is what its session may see. Which policies there are on a thing is among its facts, by the names of
columns; a policy is a thing itself, found by its path. See
https://docs.snowflake.com/en/user-guide/security-column-intro.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import attrs

from ..errors import compilation, missing_object, unsupported
from ..late import late
from ..names import shown
from ..protocol import Policy, PolicyUse, Routine, TablePath
from ..translate.protocol import Relation, RelationColumn, Translation
from ..types import INTEGER, DataType, parse
from .names import Field, Names, Path, Thing

if TYPE_CHECKING:
    from sqlglot import expressions as exp

    from .engine import DuckEngine
    from .session import DuckSession
else:
    late(globals(), exp="sqlglot.expressions")

MASKING, ROW_ACCESS = "masking policy", "row access policy"
_ROW = "SNOWCORE$ROW"
"""What the identity of a row is called in the query that applies policies."""

Placed = tuple[Path, Sequence[str]]
"""A policy's path, and the columns that it is given."""
TagMasks = Mapping[str | None, Sequence[Mapping[str, Any]]]
"""Where the masking policies of tags are, the nearest tag's first: by column, and with None for all columns."""


# Which there are


@attrs.frozen
class Under:
    """The policies that a table or view is under."""

    masks: Mapping[str, Placed] = attrs.field(factory=dict[str, Placed])
    """By column."""
    rows: Placed | None = None


def under(names: Names, thing: Thing, by_tags: TagMasks | None = None) -> Under:
    """by_tags: the masking policies of the tags that are on it."""
    said: Mapping[str, Any] = thing.facts.get("masking") or {}
    masks = {column: _placed(names, MASKING, one) for column, one in said.items()}
    for field in thing.fields if by_tags else ():
        if field.name not in masks and (found := _of_tags(names, field, by_tags or {})) is not None:
            masks[field.name] = found, [field.name]
    rows = thing.facts.get("row_access")
    return Under(masks, _placed(names, ROW_ACCESS, rows) if rows else None)


def _placed(names: Names, kind: str, said: Mapping[str, Any]) -> Placed:
    """Where a policy is now, which may have been renamed since it was set."""
    found = names.wherever(kind, said["policy"])
    database, schema, name = said["policy"]["path"] if found is None else found[0]
    return (database, schema, name), said["columns"]


def _of_tags(names: Names, field: Field, by_tags: TagMasks) -> Path | None:
    """The masking policy that a column has by its tags: the first for values of its type."""
    for place in (*by_tags.get(field.name, ()), *by_tags.get(None, ())):
        found = names.wherever(MASKING, place)
        if found is not None and parse(found[1].fields[0].type).name == parse(field.type).name:
            return found[0]
    return None


def uses(names: Names, on: Path | None = None) -> Iterator[tuple[str, PolicyUse]]:
    """Where each policy is, with the policy's kind; those on one table or view without a look at the others."""
    placed = names.placed()
    if on is not None:
        found = names.find("table", on)
        placed = [(on, found)] if found is not None else []
    for path, thing in placed:
        found = under(names, thing)
        for column, (policy, columns) in found.masks.items():
            use = PolicyUse(TablePath(*policy), TablePath(*path), thing.kind, column, tuple(columns[1:]))
            yield MASKING, use
        if found.rows is not None:
            yield (
                ROW_ACCESS,
                PolicyUse(TablePath(*found.rows[0]), TablePath(*path), thing.kind, None, tuple(found.rows[1])),
            )


def moved(thing: Thing, ids: Mapping[int, tuple[Path, int]]) -> Thing:
    """A copy of a table or view, under copies of its policies. ids: where copies are, by the ids of their models."""

    def place(said: Mapping[str, Any]) -> Mapping[str, Any]:
        found = ids.get(said["policy"]["id"])
        return said if found is None else {**said, "policy": {"path": list(found[0]), "id": found[1]}}

    facts = dict(thing.facts)
    if facts.get("masking"):
        facts["masking"] = {column: place(said) for column, said in facts["masking"].items()}
    if facts.get("row_access"):
        facts["row_access"] = place(facts["row_access"])
    return attrs.evolve(thing, facts=facts)


# Making and changing


def make(policy: Policy, owner: str, created_on: str) -> Thing:
    """A policy that has no name yet."""
    fields = tuple(Field(name, type_) for name, type_ in policy.arguments)
    facts = {"returns": policy.returns, "comment": policy.comment, "owner": owner, "created_on": created_on}
    return Thing(policy.kind, 0, fields, policy.body, facts)


def told(thing: Thing) -> Policy:
    """What was said of a policy."""
    arguments = [(field.name, field.type) for field in thing.fields]
    return Policy(thing.kind, arguments, str(thing.facts["returns"]), thing.text, str(thing.facts["comment"]))


def mask(
    session: DuckSession, path: Path, column: str, policy: Path | None, columns: Sequence[str], force: bool
) -> None:
    """Put a column under a masking policy, or with None under none."""
    engine = session.engine
    thing, types = engine.map.need_table(path), _types(session, path)
    _need_column(types, column)
    masks = dict(thing.facts.get("masking") or {})
    if policy is None:
        masks.pop(column, None)
    else:
        if column in masks and not force:
            text = "Specified column already attached to another masking policy. A column cannot be attached to"
            raise compilation("003529", f"{text} multiple masking policies. Please drop the current association first.")
        given = [column, *columns]
        place = _need_types(engine, MASKING, policy, given, types)
        masks[column] = {"policy": place, "columns": given}
    engine.map.change(path, attrs.evolve(thing, facts={**thing.facts, "masking": masks}))


def filter_rows(session: DuckSession, path: Path, policy: Path | None, columns: Sequence[str]) -> None:
    """Have a row access policy say which rows are there, or with None have all be there."""
    engine = session.engine
    thing = engine.map.need_table(path)
    said: Mapping[str, Any] | None = None
    if policy is not None:
        if thing.facts.get("row_access"):
            text = (
                f"Object {shown(path[2])} already has a ROW_ACCESS_POLICY. Only one ROW_ACCESS_POLICY is allowed at a"
            )
            raise compilation("003549", f"{text} time.")
        place = _need_types(engine, ROW_ACCESS, policy, columns, _types(session, path))
        said = {"policy": place, "columns": list(columns)}
    engine.map.change(path, attrs.evolve(thing, facts={**thing.facts, "row_access": said}))


def _types(session: DuckSession, path: Path) -> dict[str, DataType]:
    columns = session.columns(TablePath(*path)) or ()
    return {one.name: parse(one.type) for one in columns}


def _need_column(types: Mapping[str, DataType], column: str) -> None:
    if column not in types:
        raise compilation("000904", f"invalid identifier '{shown(column)}'")


def _need_types(
    engine: DuckEngine, kind: str, policy: Path, columns: Sequence[str], types: Mapping[str, DataType]
) -> dict[str, Any]:
    """Where a policy is, as facts tell it. AccountError unless the policy takes columns of these types."""
    found = engine.names.find(kind, policy)
    if found is None:
        raise missing_object(kind.title(), ".".join(map(shown, policy)))
    if len(found.fields) != len(columns):
        text = f"Policy {shown(policy[2])} takes {len(found.fields)} columns, and is given {len(columns)}."
        raise compilation("001011", text)
    for field, column in zip(found.fields, columns):
        _need_column(types, column)
        if parse(field.type).name != (has := types[column]).name:
            text = f"Column {shown(column)} is {has}, and policy {shown(policy[2])} takes {parse(field.type)} there."
            raise compilation("003553", text)
    return {"path": list(policy), "id": found.id}


def followed(thing: Thing, fields: Sequence[Field], before: Mapping[str, str]) -> Thing:
    """A table whose policies go with its columns. before: what columns were called. AccountError for a change of what a
    policy needs.
    """
    masks: Mapping[str, Any] = thing.facts.get("masking") or {}
    rows: Mapping[str, Any] | None = thing.facts.get("row_access") or None
    if not masks and rows is None:
        return thing
    now = {before[field.name]: field for field in fields if field.name in before}
    types = {field.name: parse(field.type) for field in thing.fields}
    every = [*masks.items(), *([(None, rows)] if rows else [])]
    for column in {column for _, said in every for column in said["columns"]}:
        elsewhere = any(column in said["columns"] for of, said in every if of != column)
        if column not in now and (column not in masks or elsewhere):
            text = f"Column {shown(column)} can't be dropped: a policy of the table needs the column."
            raise compilation("003554", text)
        if column in now and parse(now[column].type).name != types[column].name:
            raise compilation("003554", f"Column {shown(column)} can't get another type: a policy needs the column.")

    def renamed(said: Mapping[str, Any]) -> dict[str, Any]:
        return {**said, "columns": [now[column].name for column in said["columns"]]}

    masking = {now[column].name: renamed(said) for column, said in masks.items() if column in now}
    return attrs.evolve(thing, facts={**thing.facts, "masking": masking, "row_access": renamed(rows) if rows else None})


# Reading


def routine_of(path: Path, policy: Thing, types: Sequence[DataType]) -> Routine:
    """A policy as a function of columns of these types, which is written out where the policy is applied."""
    arguments = [(field.name, str(type_), None) for field, type_ in zip(policy.fields, types, strict=True)]
    returns = _wide(types[0]) if policy.kind == MASKING else parse(str(policy.facts["returns"]))
    return Routine(path, arguments, str(returns), (), policy.text, False, owner=str(policy.facts["owner"]))


def _wide(type_: DataType) -> DataType:
    """The type of what a mask makes of a column: of the same kind, and as long as can be."""
    longest = {"NUMBER": 38, "VARCHAR": 16777216, "BINARY": 8388608}
    return attrs.evolve(type_, precision=longest.get(type_.name, type_.precision))


def applying(found: Under, columns: Sequence[RelationColumn], identity: bool) -> exp.Select:
    """The query that applies policies to the columns of what is under them. Policies are called as functions: `MASK$n`
    by the place of the column that is masked, `ROWS$`. identity: whether the last column is the identity of a row.
    """
    masks, rows = found.masks, found.rows
    values: list[exp.Expr] = []
    for at, column in enumerate(columns):
        if column.name not in masks:
            values.append(_column(column.name))
            continue
        value = _call(f"MASK${at}", masks[column.name][1])
        values.append(exp.alias_(value, exp.to_identifier(column.name, quoted=True)))
    if identity:
        values.append(_column(_ROW))
    query = exp.select(*values).from_(exp.Table(this=exp.to_identifier("T", quoted=True)))
    return query.where(_call("ROWS$", rows[1])) if rows is not None else query


def policies_of(found: Under, columns: Sequence[RelationColumn]) -> dict[str, tuple[str, Path, list[DataType]]]:
    """What `applying` calls, by name: the kind and path, and the types of the columns that are given."""
    masks, rows, types = found.masks, found.rows, {column.name: column.type for column in columns}

    def called(kind: str, placed: Placed) -> tuple[str, Path, list[DataType]]:
        return kind, placed[0], [types[name] for name in placed[1]]

    every = {f"MASK${at}": called(MASKING, masks[one.name]) for at, one in enumerate(columns) if one.name in masks}
    return every if rows is None else {**every, "ROWS$": called(ROW_ACCESS, rows)}


def with_identity(relation: Relation) -> Relation:
    """A relation with the identity of its rows for its last column, if they have one."""
    if not relation.row_id:
        return relation
    return attrs.evolve(relation, columns=[*relation.columns, RelationColumn(_ROW, relation.row_id, INTEGER)])


def as_seen(relation: Relation, query: Translation, *, filtered: bool) -> Relation:
    """A relation that is read by a query: that of `applying`. filtered: whether there are rows that it hides.

    DuckDB takes no condition past an OFFSET, so that those of the statement meet no row that is hidden.
    """
    names = [column.physical for column in relation.columns] + ([relation.row_id] if relation.row_id else [])
    told = ", ".join(f"c{at} AS {name}" for at, name in enumerate(names, 1))
    columns = [attrs.evolve(one, type=made.type) for one, made in zip(relation.columns, query.columns)]
    seen = f"(SELECT {told} FROM ({query.sql}){' OFFSET 0' if filtered else ''})"
    return attrs.evolve(relation, seen=seen, seen_columns=columns)


def _column(name: str) -> exp.Column:
    return exp.column(exp.to_identifier(name, quoted=True))


def _call(name: str, columns: Sequence[str]) -> exp.Anonymous:
    return exp.Anonymous(this=name, expressions=[_column(column) for column in columns])


def check(policy: Policy) -> None:
    """AccountError for a policy that Snowflake refuses whatever is in its body."""
    if policy.kind == ROW_ACCESS and parse(policy.returns).name != "BOOLEAN":
        raise compilation("001003", "A row access policy returns BOOLEAN.")
    if policy.kind == MASKING:
        first, returned = parse(policy.arguments[0][1]), parse(policy.returns)
        if first.name != returned.name:
            text = f"A masking policy returns the type of its first argument: {first}, not {returned}."
            raise compilation("003555", text)
    for _, type_ in policy.arguments:
        _need_kept(parse(type_))


def _need_kept(type_: DataType) -> None:
    if type_.name == "VECTOR":
        raise unsupported("policies of vectors")
