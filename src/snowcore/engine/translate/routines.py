"""Calls of users' functions. The body of one in SQL is written out, with the arguments in the place of their names: it
sees these and what is in its own database and schema, and nothing of the query that calls it. Those that are not in
SQL are called (`code`).
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager

import attrs
from sqlglot import exp

from ..dialect import parse
from ..errors import compilation
from ..protocol import Code, Routine
from ..types import ARRAY, VARCHAR, DataType
from ..types import parse as parse_type
from .casts import cast
from .core import Call, Column, Partitions, Scope, Source, Translator, Value, listed
from .protocol import Name, Names, Relation, RelationColumn
from .relations import ordered, subquery


def value_of(t: Translator, parts: Sequence[Name], call: Call) -> Value | None:
    """What a call comes to; None if there is no such function."""
    found = t.names.function(parts, [value.type for value in call.values], list(call.named))
    if found is None:
        return None
    routine, names = found
    if routine.returns is None:
        raise compilation("002141", f"Unknown function {routine.path[2]}: a table function stands after FROM.", "42601")
    values = _arguments(t, routine, names, call)
    kind = parse_type(routine.returns)
    if routine.is_aggregate and routine.code is not None:
        return _aggregate(t, routine, routine.code, [value for _, value in values], call)
    if routine.code is not None:
        row = ", ".join([str(t.names.number(routine.code)), *(value.sql for _, value in values)])
        made = _from_text(t, f"sf_code_get(sf_code_put({row}))", kind)
    else:
        with _inside(t, names, values):
            made = cast(t, t.value(_body(routine)), kind)
    nulls = [f"({value.sql}) IS NULL" for _, value in values] if routine.strict else []
    return Value(f"CASE WHEN NOT ({' OR '.join(nulls)}) THEN {made.sql} END", kind) if nulls else made


def _aggregate(t: Translator, routine: Routine, code: Code, values: Sequence[Value], call: Call) -> Value:
    """What a function makes of a group's rows, which it is given as one list."""
    if call.over is not None:
        raise compilation("002074", f"Function {routine.path[2]} does not support windows.")
    t.aggregating = True
    distinct = "DISTINCT " if call.distinct else ""
    present = " AND ".join(f"{value.sql} IS NOT NULL" for value in values)
    only = f" FILTER (WHERE {present})" if routine.strict and values else ""
    rows = f"list({distinct}{_struct('a', values)}){only}"
    return _from_text(t, f"sf_code_get(sf_code_put({t.names.number(code)}, {rows}))", parse_type(routine.returns or ""))


def rows_of(t: Translator, parts: Sequence[Name], call: Call) -> Relation | None:
    """What a table function gives; None if there is no such function."""
    if parts[-1].text == "RESULT_SCAN" or any(part.text == "INFORMATION_SCHEMA" for part in parts):
        return None
    found = t.names.function(parts, [value.type for value in call.values], list(call.named))
    if found is None or found[0].returns is not None:
        return None
    routine, names = found
    values = _arguments(t, routine, names, call)
    if routine.code is not None:
        return _rows_of_code(t, routine, routine.code, [value for _, value in values])
    with _inside(t, names, values):
        made = subquery(t, parse(routine.body))
    if len(made.columns) != len(routine.columns):
        text = f"Declared return columns of function {routine.path[2]} are {len(routine.columns)}"
        raise compilation("002056", f"{text}, its query has {len(made.columns)}.")
    inner, columns, told = t.fresh(), list[str](), list[RelationColumn]()
    for at, (has, (name, type_)) in enumerate(zip(made.columns, routine.columns, strict=True), 1):
        value = cast(t, Value(f"{inner}.c{at}", has.type), parse_type(type_))
        columns.append(f"{value.sql} AS c{at}")
        told.append(RelationColumn(name, f"c{at}", value.type))
    return Relation(f"(SELECT {', '.join(columns)} FROM ({made.sql}) AS {inner})", told, "FUNCTION", "", "")


def _rows_of_code(t: Translator, routine: Routine, code: Code, values: Sequence[Value]) -> Relation:
    number, row = t.names.number(code), _struct("a", values)
    columns = [RelationColumn(name, f"c{at}", parse_type(type_)) for at, (name, type_) in enumerate(routine.columns, 1)]
    told = [f"{_from_text(t, f'r[{at + 1}]', one.type).sql} AS c{at}" for at, one in enumerate(columns, 1)]
    shown = ", ".join(told)
    sql = f"(SELECT {shown} FROM (SELECT unnest(sf_code_rows({number}, [{row}])) AS r) AS {t.fresh()})"
    t.partitions[sql] = Partitions(number, row, shown)
    return Relation(sql, columns, "FUNCTION", "", "")


def partitioned(t: Translator, left: str, right: str) -> str:
    """The rows that a table function makes of the rows before it, a partition at a time, beside what they are made of.
    A row that is made of a whole partition has nothing of its rows but what they have in common.

    right: the function's relation, as what follows AS calls it. What the sources before are called changes.
    """
    source, _, physical = right.rpartition(" AS ")
    made, over = t.partitions[source], t.partitioned[right]
    keys = [t.value(node).sql for node in listed(over, "partition_by")] if over is not None else []
    order = over.args.get("order") if over is not None else None
    sorts = [ordered(t, one, t.value(one.this)) for one in order.expressions] if order is not None else []
    kept: list[Value] = []
    shown: list[str] = []
    sources: list[Source] = []
    for before in t.scope.sources:
        columns: list[Column] = []
        for column in before.columns:
            kept.append(column.value)
            name = f"k{len(kept)}"
            common = f"p{keys.index(column.value.sql) + 1}" if column.value.sql in keys else None
            shown.append(f"{common or f'rows[CAST(r[1] AS BIGINT) + 1].k.{name}'} AS {name}")
            columns.append(Column(column.name, Value(f"{physical}.{name}", column.value.type)))
        sources.append(attrs.evolve(before, columns=columns))
    t.scope.sources[:] = sources
    both = f"{{'k': {_struct('k', kept)}, 'a': {made.row}}}"
    by = f" ORDER BY {', '.join(sorts)}" if sorts else ""
    named = "".join(f", {key} AS p{at}" for at, key in enumerate(keys, 1))
    group = f" GROUP BY {', '.join(keys)}" if keys else ""
    rows = f"SELECT list({both}{by}) AS rows{named} FROM {left}{group} HAVING count(*) > 0"
    called = f"SELECT *, unnest(sf_code_rows({made.number}, [one.a FOR one IN rows])) AS r FROM ({rows}) AS {t.fresh()}"
    return f"(SELECT {', '.join([*shown, made.shown])} FROM ({called}) AS {t.fresh()}) AS {physical}"


def _struct(letter: str, values: Sequence[Value]) -> str:
    """A struct, which needs a field even if there is nothing in it."""
    return "{" + ", ".join(["'n': 0", *(f"'{letter}{at}': {one.sql}" for at, one in enumerate(values, 1))]) + "}"


def _from_text(t: Translator, sql: str, kind: DataType) -> Value:
    """A value of code, which comes as a text."""
    if kind.name == "VARCHAR":
        return cast(t, Value(sql, VARCHAR), kind)
    if kind.name == "VECTOR":
        return cast(t, Value(sql, ARRAY), kind)
    plain = (
        kind
        if kind.name == "NUMBER"
        else DataType(kind.name, scale=9 if kind.name == "TIME" or kind.is_timestamp else 0)
    )
    text = f"from_hex({sql})" if kind.name == "BINARY" else f"CAST({sql} AS {kind.physical})"
    return cast(t, Value(text, plain), kind)


def _arguments(t: Translator, routine: Routine, names: Names, call: Call) -> list[tuple[str, Value]]:
    """The values of a function's arguments, in their types."""
    values: list[tuple[str, Value]] = []
    for at, (name, type_, default) in enumerate(routine.arguments):
        if at < len(call):
            value = call[at]
        elif name in call.named:
            value = t.value(call.named[name])
        else:
            with _inside(t, names, []):
                value = t.value(parse(f"SELECT {default}").expressions[0])
        values.append((name, cast(t, value, parse_type(type_))))
    return values


@contextmanager
def _inside(t: Translator, names: Names, arguments: Sequence[tuple[str, Value]]) -> Generator[None]:
    """Translate there: with a function's arguments for columns, and the names of its own schema."""
    outer, common, t.names, t.ctes = t.names, t.ctes, names, {}
    source = Source("", [Column(name, value) for name, value in arguments])
    try:
        with t.inside(Scope(sources=[source])):
            yield
    finally:
        t.names, t.ctes = outer, common


def _body(routine: Routine) -> exp.Expr:
    text = routine.body.strip().rstrip(";")
    node = parse(text if text.split(None, 1)[0].upper() in ("SELECT", "WITH") else f"SELECT {text}")
    return exp.Subquery(this=node) if text.split(None, 1)[0].upper() in ("SELECT", "WITH") else node.expressions[0]
