"""INSERT, UPDATE, DELETE and MERGE as queries whose rows say what to do with which row of which table (see
`protocol.Change`)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import attrs
from sqlglot import exp

from ..errors import compilation, invalid_identifier, unsupported
from ..types import INTEGER
from . import relations
from .aliases import check_names
from .casts import assign
from .conditions import condition
from .core import Scope, Source, Translator, Value, check, listed
from .protocol import Change, Clause, OutputColumn, Relation, Translation


def change(t: Translator, node: exp.Expr) -> Change:
    t.changing = True
    check(node)
    return _RULES[type(node)](t, node)


def _done(t: Translator, kind: str, sql: str, clauses: Sequence[Clause], *, overwrite: bool = False) -> Change:
    width = max((len(c.columns) for c in clauses), default=0)
    columns = [OutputColumn(f"C{i}", INTEGER) for i in range(1, width + 3)]
    return Change(kind, Translation(sql, columns, t.called), clauses, overwrite)


# -- targets -----------------------------------------------------------------------------------------------------------


def _target(t: Translator, node: exp.Expr) -> tuple[Relation, str, Source]:
    """The table that changes: what it is, its SQL after FROM, its columns."""
    if not isinstance(node, exp.Table):
        raise unsupported(f"changing {type(node).__name__}")
    if node.args.get("when") is not None or node.args.get("changes") is not None:
        raise compilation("001003", "syntax error: only the present can be changed.")
    name, _ = relations.alias_of(t, node)
    relation = relations.named_relation(t, node)
    if relation is None:
        raise unsupported("changing what is no table")
    if relation.kind != "TABLE" or not relation.row_id:
        raise compilation("002003", f"Object '{relation.name}' is not a table, or can't be changed.", "42601")
    sql, source = relations.placed(t, relation, name or relation.name.rpartition(".")[2].strip('"'))
    if name is None:
        parts = [t.canonical(p) for p in (node.args.get("catalog"), node.args.get("db"), node.this) if p]
        source = attrs.evolve(source, name=parts[-1], qualifier=parts[:-1])
    return relation, sql, source


def _column(t: Translator, relation: Relation, node: exp.Expr) -> int:
    """The place of a column that gets a value."""
    name = t.canonical(node.this if isinstance(node, exp.Column) else node)
    for at, column in enumerate(relation.columns):
        if column.name == name:
            return at
    raise invalid_identifier(name)


def _columns(t: Translator, relation: Relation, nodes: Sequence[exp.Expr] | None) -> list[int]:
    if not nodes:
        return list(range(len(relation.columns)))
    found = [_column(t, relation, n) for n in nodes]
    for at in found:
        if found.count(at) > 1:
            raise compilation("002025", f"duplicate column name '{relation.columns[at].name}'", "42S21")
    return found


def _is_default(node: exp.Expr) -> bool:
    if isinstance(node, exp.Column) and not node.args.get("table"):
        node = node.this
    return (
        isinstance(node, (exp.Var, exp.Identifier)) and not node.args.get("quoted") and node.name.upper() == "DEFAULT"
    )


def _put(t: Translator, node: exp.Expr, relation: Relation, at: int) -> str:
    """SQL of what a column gets."""
    column = relation.columns[at]
    if _is_default(node):
        return column.default or f"CAST(NULL AS {column.type.physical})"
    return assign(t, t.value(node), column.type, column.name).sql


# -- INSERT ------------------------------------------------------------------------------------------------------------


def _insert(t: Translator, node: exp.Expr) -> Change:
    target, listed = node.this, None
    if isinstance(target, exp.Schema):
        target, listed = target.this, target.expressions
    relation, _, _ = _target(t, target)
    columns = _columns(t, relation, listed)
    source = node.expression
    if source is None:
        raise compilation("001003", "syntax error: an INSERT needs VALUES or a query.")
    with_ = node.args.get("with_")
    if with_ is not None and isinstance(source, exp.Query):
        source.set("with_", with_)
    if t.batch:
        sql = _insert_batch(t, relation, columns, _one_row(node) or [], in_values=isinstance(source, exp.Values))
    elif isinstance(source, exp.Values) and not source.args.get("alias"):
        sql = _insert_values(t, relation, columns, source)
    else:
        made = relations.query(t, source)
        if node.args.get("by_name"):
            columns = _columns(t, relation, [exp.to_identifier(c.name, quoted=True) for c in made.columns])
        sql = _insert_query(t, relation, columns, made)
    clause = Clause("INSERT", relation, columns)
    return _done(t, "INSERT", sql, [clause], overwrite=bool(node.args.get("overwrite")))


def _insert_values(t: Translator, relation: Relation, columns: Sequence[int], source: exp.Values) -> str:
    rows: list[str] = []
    for row in source.expressions:
        rows.append(f"(0, NULL, {', '.join(_row(t, relation, columns, _cells(row), in_values=True))})")
    names = ", ".join(f"c{i}" for i in range(1, len(columns) + 3))
    return f"SELECT {names} FROM (VALUES {', '.join(rows)}) AS {t.fresh()}({names})"


def _cells(row: exp.Expr) -> list[exp.Expr]:
    """The values of a row after VALUES."""
    return row.expressions if isinstance(row, exp.Tuple) else [row.this if isinstance(row, exp.Paren) else row]


def takes_batch(node: exp.Expr) -> bool:
    """Whether a statement can run once for many rows of binds: an INSERT of one row, by VALUES or by SELECT."""
    return isinstance(node, exp.Insert) and _one_row(node) is not None


def _one_row(node: exp.Expr) -> list[exp.Expr] | None:
    """The values of an INSERT of one row, each of which is worked out by itself."""
    source = node.expression
    if any(node.args.get(more) for more in ("with_", "by_name", "overwrite")):
        return None
    if isinstance(source, exp.Values) and not source.args.get("alias") and len(source.expressions) == 1:
        return _cells(source.expressions[0])
    alone = isinstance(source, exp.Select) and {name for name, value in source.args.items() if value} == {"expressions"}
    return None if not alone or source.find(exp.AggFunc, exp.Window, exp.Star) else source.expressions


def _row(
    t: Translator, relation: Relation, columns: Sequence[int], cells: Sequence[exp.Expr], *, in_values: bool
) -> list[str]:
    """SQL of what the columns get. in_values: whether the cells stand after VALUES."""
    if len(cells) != len(columns):
        raise _wrong_count(len(columns), len(cells))
    if in_values:
        for cell in cells:
            _refuse_in_values(cell)
    return [_put(t, cell, relation, at) for cell, at in zip(cells, columns, strict=True)]


def _insert_batch(
    t: Translator, relation: Relation, columns: Sequence[int], cells: Sequence[exp.Expr], *, in_values: bool
) -> str:
    """One row of cells, for each of the values that the binds stand for."""
    values = _row(t, relation, columns, cells, in_values=in_values)
    lists = [f"unnest(CAST(${n} AS {type_.physical}[])) AS b{n}" for n, type_ in enumerate(t.binds, 1)]
    shown = ["0 AS c1", "CAST(NULL AS BIGINT) AS c2", *(f"{value} AS c{at}" for at, value in enumerate(values, 3))]
    return f"SELECT {', '.join(shown)} FROM (SELECT {', '.join(lists)}) AS {t.batch}"


_NOT_IN_VALUES = {
    "PARSE_JSON",
    "ARRAY_CONSTRUCT",
    "OBJECT_CONSTRUCT",
    "TO_VARIANT",
    "TO_ARRAY",
    "TO_OBJECT",
    "PARSE_XML",
}


def _refuse_in_values(cell: exp.Expr) -> None:
    """VALUES takes no function that makes a VARIANT, and no subquery."""
    if (isinstance(cell, exp.Anonymous) and cell.name.upper() in _NOT_IN_VALUES) or isinstance(cell, exp.Subquery):
        text = cell.meta.get("text") or cell.sql(dialect="snowflake")
        raise compilation("002014", f"Invalid expression [{text}] in VALUES clause", "22000")


def _wrong_count(want: int, got: int) -> Exception:
    return compilation(
        "002020", f"Insert value list does not match column list expecting {want} but got {got}", "21S01"
    )


def _insert_query(t: Translator, relation: Relation, columns: Sequence[int], made: relations.Query) -> str:
    if len(made.columns) != len(columns):
        raise _wrong_count(len(columns), len(made.columns))
    name = t.fresh()
    values: list[str] = []
    for i, (column, at) in enumerate(zip(made.columns, columns, strict=True), 1):
        to = relation.columns[at]
        values.append(f"{assign(t, Value(f'{name}.c{i}', column.type), to.type, to.name).sql} AS c{i + 2}")
    return f"SELECT 0 AS c1, CAST(NULL AS BIGINT) AS c2, {', '.join(values)} FROM ({made.sql}) AS {name}"


# -- UPDATE, DELETE ----------------------------------------------------------------------------------------------------


def _rows(
    t: Translator,
    node: exp.Expr,
    others: Sequence[exp.Expr],
    joins: Sequence[exp.Expr],
    where: exp.Expr | None,
    values: Callable[[Relation], list[str]],
) -> tuple[str, Relation]:
    with t.inside(Scope()):
        relation, sql, source = _target(t, node)
        row = _row_of(t, sql, relation)
        t.scope.sources.append(source)
        for other in others:
            more, found = relations.items(t, other)
            t.scope.sources += found
            sql = f"{sql} CROSS JOIN {more}"
            for join in joins:
                sql = relations.joined(t, sql, join)
        if others:
            check_names(t, [node, *others, *(join.this for join in joins)])
        shown = ["0 AS c1", f"{row} AS c2"]
        shown += [f"{v} AS c{i}" for i, v in enumerate(values(relation), 3)]
        clause = f" WHERE {condition(t, where.this)}" if where is not None else ""
    return f"SELECT {', '.join(shown)} FROM {sql}{clause}", relation


def _row_of(t: Translator, sql: str, relation: Relation) -> str:
    """The identity of a row of the table that changes, for which messages have Snowflake's name."""
    t.called[relation.row_id] = "PSEUDOCOLUMN(VOL_ID)"
    return f"{_physical(sql)}.{relation.row_id}"


def _physical(sql: str) -> str:
    """The alias of what stands alone after FROM."""
    return sql.rpartition(" AS ")[2]


def _sets(t: Translator, relation: Relation, expressions: Sequence[exp.Expr], places: list[int]) -> list[str]:
    """SQL of the values that SET gives; the columns go into `places`."""
    values: list[str] = []
    for one in expressions:
        at = _column(t, relation, one.this)
        if at in places:
            raise compilation("002025", f"duplicate column name '{relation.columns[at].name}'", "42S21")
        places.append(at)
        values.append(_put(t, one.expression, relation, at))
    return values


def _update(t: Translator, node: exp.Expr) -> Change:
    places: list[int] = []
    clause = node.args.get("from_")
    others = [clause.this] if clause is not None else []
    where = node.args.get("where")
    sets = listed(node, "expressions")
    sql, relation = _rows(t, node.this, others, listed(node, "joins"), where, lambda r: _sets(t, r, sets, places))
    return _done(t, "UPDATE", sql, [Clause("UPDATE", relation, places)])


def _delete(t: Translator, node: exp.Expr) -> Change:
    sql, relation = _rows(t, node.this, listed(node, "using"), (), node.args.get("where"), lambda r: [])
    return _done(t, "DELETE", sql, [Clause("DELETE", relation, [])])


# -- MERGE -------------------------------------------------------------------------------------------------------------


@attrs.frozen
class _Branch:
    condition: str
    clause: Clause
    values: Sequence[str]


def _merge(t: Translator, node: exp.Expr) -> Change:
    with t.inside(Scope()):
        relation, target_sql, target = _target(t, node.this)
        source_sql, source = relations.item(t, node.args["using"])
        check_names(t, [node.this, node.args["using"]])
        row = _row_of(t, target_sql, relation)
        t.scope.sources += [target, source]
        on = condition(t, node.args["on"])
        branches: list[_Branch] = []
        for when in node.args["whens"].expressions:
            if when.args.get("source"):
                raise compilation("001003", "syntax error: unexpected 'BY'.")
            matched = bool(when.args.get("matched"))
            parts = [f"{row} IS {'NOT ' if matched else ''}NULL"]
            extra = when.args.get("condition")
            if extra is not None:
                parts.append(condition(t, extra))
            branches.append(_branch(t, relation, " AND ".join(parts), when.args["then"], source))
    return _classified(t, "MERGE", branches, f"{row}", f"{source_sql} LEFT JOIN {target_sql} ON {on}")


def _branch(t: Translator, relation: Relation, when: str, then: exp.Expr, source: Source) -> _Branch:
    if isinstance(then, exp.Update):
        places: list[int] = []
        if not then.expressions:
            raise compilation("001003", "syntax error: unexpected end of UPDATE, which needs SET.")
        if isinstance(then.expressions, exp.Star):
            columns, values = _by_name(t, relation, source)
            return _Branch(when, Clause("UPDATE", relation, columns), values)
        values = _sets(t, relation, then.expressions, places)
        return _Branch(when, Clause("UPDATE", relation, places), values)
    if isinstance(then, exp.Insert):
        listed = then.this
        if isinstance(listed, exp.Star):
            columns, values = _by_name(t, relation, source)
            return _Branch(when, Clause("INSERT", relation, columns), values)
        columns = _columns(
            t,
            relation,
            listed.expressions
            if isinstance(listed, (exp.Tuple, exp.Schema))
            else [listed.this]
            if isinstance(listed, exp.Paren)
            else None,
        )
        given = then.expression
        if isinstance(given, exp.Values):
            given = given.expressions[0]
        cells = (
            given.expressions
            if isinstance(given, exp.Tuple)
            else [given.this if isinstance(given, exp.Paren) else given]
        )
        if len(cells) != len(columns):
            raise _wrong_count(len(columns), len(cells))
        with t.inside(Scope(sources=[source])):
            values = [_put(t, c, relation, at) for c, at in zip(cells, columns, strict=True)]
        return _Branch(when, Clause("INSERT", relation, columns), values)
    return _Branch(when, Clause("DELETE", relation, []), [])


def _by_name(t: Translator, relation: Relation, source: Source) -> tuple[list[int], list[str]]:
    """ALL BY NAME: each column gets the source's of its name, and both have the same names."""
    found = {c.name: c.value for c in source.columns}
    for name in {c.name for c in relation.columns} ^ found.keys():
        raise invalid_identifier(name)
    values = [assign(t, found[c.name], c.type, c.name).sql for c in relation.columns]
    return list(range(len(values))), values


def _kinds(branches: Sequence[_Branch], place: int) -> set[str]:
    return {b.clause.relation.columns[b.clause.columns[place]].type.physical for b in branches if place < len(b.values)}


def _shared(branches: Sequence[_Branch], place: int, branch: _Branch) -> str:
    """A branch's value at a place. Where the branches' types differ there, all are texts, of which storage makes the
    columns' types again."""
    if place >= len(branch.values):
        return "NULL"
    return branch.values[place] if len(_kinds(branches, place)) == 1 else f"CAST({branch.values[place]} AS VARCHAR)"


def _classified(t: Translator, kind: str, branches: Sequence[_Branch], row: str, source: str) -> Change:
    """The rows of a source, each for the first branch whose condition it meets."""
    width = max((len(b.values) for b in branches), default=0)
    number = "CASE " + " ".join(f"WHEN {b.condition} THEN {i}" for i, b in enumerate(branches)) + " END"
    shown = [f"{number} AS c1", f"{row} AS c2"]
    for place in range(width):
        chosen = " ".join(f"WHEN {b.condition} THEN {_shared(branches, place, b)}" for b in branches)
        shown.append(f"CASE {chosen} END AS c{place + 3}")
    sql = f"SELECT * FROM (SELECT {', '.join(shown)} FROM {source}) AS {t.fresh()} WHERE c1 IS NOT NULL"
    return _done(t, kind, sql, [b.clause for b in branches])


# -- INSERT ALL, INSERT FIRST ------------------------------------------------------------------------------------------


def _insert_many(t: Translator, node: exp.Expr) -> Change:
    made = relations.query(t, node.args["source"])
    first = str(node.args.get("kind")).upper() == "FIRST"
    physical, alias = t.fresh("w"), t.fresh()
    source = relations.columns_of(t, made, alias)
    branches: list[_Branch] = []
    before: list[str] = []
    current = ""
    with t.inside(Scope(sources=[source])):
        for one in node.expressions:
            when = one.args.get("expression")
            if when is not None:
                own = condition(t, when)
                current = " AND ".join([own, *(f"({b}) IS NOT TRUE" for b in before)]) if first else own
                before.append(own)
            elif one.args.get("else_"):
                current = " AND ".join(f"({b}) IS NOT TRUE" for b in before)
            insert = one.this
            target, listed = insert.this, None
            if isinstance(target, exp.Schema):
                target, listed = target.this, target.expressions
            relation, _, _ = _target(t, target)
            columns = _columns(t, relation, listed)
            given = insert.args.get("expression")
            if given is None:
                if len(made.columns) != len(columns):
                    raise _wrong_count(len(columns), len(made.columns))
                values = [
                    assign(t, c.value, relation.columns[at].type, relation.columns[at].name).sql
                    for c, at in zip(source.columns, columns, strict=True)
                ]
            else:
                values = _row(t, relation, columns, _cells(given.expressions[0]), in_values=False)
            branches.append(_Branch(current or "TRUE", Clause("INSERT", relation, columns), values))
    width = max(len(b.values) for b in branches)
    selects: list[str] = []
    for i, branch in enumerate(branches):
        values = [f"{_shared(branches, place, branch)} AS c{place + 3}" for place in range(width)]
        selects.append(
            f"SELECT {i} AS c1, CAST(NULL AS BIGINT) AS c2, {', '.join(values)} "
            f"FROM {physical} AS {alias} WHERE {branch.condition}"
        )
    sql = f"WITH {physical} AS MATERIALIZED ({made.sql}) {' UNION ALL '.join(selects)}"
    return _done(t, "INSERT", sql, [b.clause for b in branches], overwrite=bool(node.args.get("overwrite")))


_RULES: dict[type, Callable[[Translator, exp.Expr], Change]] = {
    exp.Insert: _insert,
    exp.Update: _update,
    exp.Delete: _delete,
    exp.Merge: _merge,
    exp.MultitableInserts: _insert_many,
}
