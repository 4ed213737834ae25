"""PIVOT and UNPIVOT."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
from sqlglot import exp

from ..errors import compilation, invalid_identifier, unsupported
from ..types import VARCHAR
from .casts import text, to_text, unify
from .conditions import compare
from .core import NULL_VALUE, Call, Column, Scope, Source, Translator, Value, check, listed, quote


def pivot(t: Translator, sql: str, source: Source, node: exp.Expr) -> tuple[str, Source]:
    """What stands after FROM, turned: its SQL and its columns."""
    check(node)
    with t.inside(Scope(parent=t.scope.parent, sources=[source])):
        made = _unpivot(t, sql, source, node) if node.args.get("unpivot") else _pivot(t, sql, source, node)
    return _renamed(t, made, node)


def _renamed(t: Translator, made: tuple[str, Source], node: exp.Expr) -> tuple[str, Source]:
    from .relations import alias_of

    name, names = alias_of(t, node)
    sql, source = made
    columns = [attrs.evolve(c, name=names[i]) if i < len(names) else c for i, c in enumerate(source.columns)]
    return sql, Source(name or source.name, columns)


def _field(t: Translator, node: exp.Expr) -> tuple[str, Sequence[exp.Expr]]:
    fields = listed(node, "fields")
    if len(fields) != 1 or not isinstance(fields[0], exp.In):
        raise unsupported("this form of PIVOT")
    this = fields[0].this
    members = listed(fields[0], "expressions")
    other = fields[0].args.get("query") or fields[0].args.get("field")
    return t.canonical(this.this if isinstance(this, exp.Column) else this), members or ([other] if other else [])


def _pivot(t: Translator, sql: str, source: Source, node: exp.Expr) -> tuple[str, Source]:
    name, members = _field(t, node)
    by = t.column(name)
    wanted = _members(t, sql, by, members)
    used = {name}
    calls: list[tuple[str, exp.Expr]] = []
    for one in node.expressions:
        call = one.this if isinstance(one, exp.Alias) else one
        if not isinstance(call, exp.Anonymous) or len(call.expressions) != 1:
            raise compilation("001003", "PIVOT needs an aggregate function of one column.")
        calls.append((t.canonical(one.args["alias"]) if isinstance(one, exp.Alias) else "", call))
        used |= {t.canonical(c.this) for c in call.find_all(exp.Column) if isinstance(c.this, exp.Identifier)}
    default = node.args.get("default_on_null")
    physical = t.fresh()
    columns: list[Column] = []
    shown: list[str] = []
    keys = [c for c in source.columns if c.name not in used]

    def put(label: str, value: Value) -> None:
        shown.append(f"{value.sql} AS c{len(shown) + 1}")
        columns.append(Column(label, Value(f"{physical}.c{len(shown)}", value.type)))

    for key in keys:
        put(key.name, key.value)
    for label, member in wanted:
        for alias, call in calls:
            argument = t.value(call.expressions[0])
            same = f"{by.sql} IS NULL" if member is NULL_VALUE else compare(t, "=", by, member).sql
            chosen = Value(f"CASE WHEN {same} THEN {argument.sql} END", argument.type)
            made = t.call(Call(t, call.name.upper(), call.expressions, values={0: chosen}))
            if isinstance(default, exp.Expr):
                made, other = unify(t, [made, t.value(default)])
                made = Value(f"coalesce({made.sql}, {other.sql})", made.type)
            put(f"{label}_{alias}" if alias else label, made)
    group = f" GROUP BY {', '.join(k.value.sql for k in keys)}" if keys else ""
    return f"(SELECT {', '.join(shown)} FROM {sql}{group}) AS {physical}", Source("", columns)


def _members(t: Translator, sql: str, by: Value, members: Sequence[exp.Expr]) -> list[tuple[str, Value]]:
    """The values that become columns, and the columns' names."""
    first = members[0]
    if isinstance(first, (exp.PivotAny, exp.Query, exp.Subquery)):
        if t.binds:
            raise unsupported("PIVOT over values that are not listed, with binds")
        if isinstance(first, exp.PivotAny):
            query = _any(t, sql, by, first)
        else:
            from .relations import subquery

            query = subquery(t, first).sql
        name = t.fresh()
        shown = to_text(t, Value(f"{name}.v", by.type)).sql
        common = f"WITH RECURSIVE {', '.join(t.common)} " if t.common else ""
        rows = t.names.rows(f"{common}SELECT {shown} FROM ({query}) AS {name}(v)")
        found = [NULL_VALUE if row[0] is None else text(str(row[0])) for row in rows]
        return [(_label(v, by), v) for v in found]
    made: list[tuple[str, Value]] = []
    for member in members:
        inner = member.this if isinstance(member, (exp.Alias, exp.PivotAlias)) else member
        value = t.value(inner)
        if inner is not member:
            alias = member.args["alias"]
            label = t.canonical(alias) if isinstance(alias, exp.Identifier) else alias.name
        elif isinstance(value.literal, str):
            label = f"'{value.literal}'"
        else:
            label = str(value.literal) if value.is_literal and not value.is_null else inner.sql(dialect="snowflake")
        made.append((label, value))
    return made


def _label(member: Value, by: Value) -> str:
    """What the column of a value that was found in the rows is called."""
    if member.is_null:
        return "NULL"
    return str(member.literal) if by.type.is_number else f"'{member.literal}'"


def _any(t: Translator, sql: str, by: Value, node: exp.Expr) -> str:
    from .relations import ordered

    order = node.this if isinstance(node.this, exp.Order) else node.args.get("order")
    keys = [by.sql] if order is None else []
    for item in order.expressions if order is not None else []:
        keys.append(ordered(t, item, t.value(item.this)))
    return f"SELECT {by.sql} FROM {sql} GROUP BY {by.sql} ORDER BY {', '.join(keys)}"


def _unpivot(t: Translator, sql: str, source: Source, node: exp.Expr) -> tuple[str, Source]:
    name, members = _field(t, node)
    this = node.expressions[0]
    value_name = t.canonical(this.this if isinstance(this, exp.Column) else this)
    used: list[str] = []
    labels: list[str] = []
    values: list[Value] = []
    for member in members:
        inner = member.this if isinstance(member, (exp.Alias, exp.PivotAlias)) else member
        column = t.canonical(inner.this if isinstance(inner, exp.Column) else inner)
        if column not in {c.name for c in source.columns}:
            raise invalid_identifier(column)
        alias = member.args["alias"] if inner is not member else None
        labels.append(
            column if alias is None else t.canonical(alias) if isinstance(alias, exp.Identifier) else alias.name
        )
        used.append(column)
        values.append(t.column(column))
    for column, value in zip(used, values, strict=True):
        if {value.type.name, values[0].type.name} - {"NULL"} not in ({value.type.name}, {values[0].type.name}):
            text = f"The type of column '{column}' conflicts with the type of other columns in the UNPIVOT list."
            raise compilation("001003", text)
    values = unify(t, values)
    keys = [c for c in source.columns if c.name not in used]
    physical, inner_name = t.fresh(), t.fresh()
    shown = [f"{k.value.sql} AS c{i}" for i, k in enumerate(keys, 1)]
    pairs = ", ".join(f"{{'n': {quote(label)}, 'v': {v.sql}}}" for label, v in zip(labels, values, strict=True))
    inner_sql = f"SELECT {''.join(s + ', ' for s in shown)}unnest([{pairs}]) AS u FROM {sql}"
    width = len(keys)
    outer = [f"{inner_name}.c{i}" for i in range(1, width + 1)]
    outer += [f"{inner_name}.u.n AS c{width + 1}", f"{inner_name}.u.v AS c{width + 2}"]
    where = "" if node.args.get("include_nulls") else f" WHERE {inner_name}.u.v IS NOT NULL"
    columns = [Column(k.name, Value(f"{physical}.c{i}", k.value.type)) for i, k in enumerate(keys, 1)]
    columns.append(Column(name, Value(f"{physical}.c{width + 1}", VARCHAR)))
    columns.append(Column(value_name, Value(f"{physical}.c{width + 2}", values[0].type)))
    return f"(SELECT {', '.join(outer)} FROM ({inner_sql}) AS {inner_name}{where}) AS {physical}", Source("", columns)
