"""Queries: SELECT and its clauses, set operations, what stands after FROM."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

import attrs
from sqlglot import exp

from ..dialect import parse
from ..errors import EngineError, compilation, dotted, invalid_identifier, unsupported
from ..types import INTEGER, NULL, VARCHAR, DataType
from . import casts, past, tables
from .aliases import check_names
from .casts import cast, common_type, constant, need_order
from .conditions import compare, condition
from .core import (
    KNOWN,
    NULL_VALUE,
    Call,
    Column,
    Scope,
    Source,
    Translator,
    Value,
    check,
    function,
    listed,
    members_of,
    place_of,
    quote,
    rule,
)
from .protocol import Name, OutputColumn, Relation


@attrs.frozen
class Query:
    """A query in DuckDB's SQL, whose columns are called c1, c2 …"""

    sql: str
    columns: Sequence[OutputColumn]


@attrs.frozen
class CommonTable:
    """A query of a WITH clause."""

    physical: str
    columns: Sequence[OutputColumn]


def query(t: Translator, node: exp.Expr) -> Query:
    """Any query, with its own WITH, ORDER BY and LIMIT."""
    known, reach = dict(t.ctes), len(t.common)
    aggregating, t.aggregating = t.aggregating, False
    try:
        prefix = _with(t, node)
        made = _body(t, node)
        return attrs.evolve(made, sql=prefix + made.sql) if prefix else made
    finally:
        t.ctes, t.aggregating = known, aggregating
        del t.common[reach:]


def subquery(t: Translator, node: exp.Expr) -> Query:
    """A query inside an expression: it sees the columns around it."""
    _refuse_traced(t, "subqueries outside of FROM")
    while isinstance(node, (exp.Paren, exp.Subquery)) and not node.args.get("pivots"):
        node = node.this
    with t.inside(Scope(parent=t.scope)):
        return query(t, node)


def _refuse_traced(t: Translator, what: object, words: str = "") -> None:
    """Refuse what would leave a query's rows without an identity, if they need one."""
    if t.tracing and what:
        raise unsupported(f"change tracking of queries with {words or what}")


@rule(exp.Subquery)
def _scalar(t: Translator, node: exp.Expr) -> Value:
    inner = subquery(t, node)
    if len(inner.columns) != 1:
        raise compilation("002026", "Invalid subquery: it must have exactly one column.", "42601")
    return Value(f"({inner.sql})", inner.columns[0].type)


@rule(exp.Select, exp.Union)
def _bare_scalar(t: Translator, node: exp.Expr) -> Value:
    return _scalar(t, exp.Subquery(this=node))


def _body(t: Translator, node: exp.Expr) -> Query:
    if isinstance(node, exp.Select):
        return _select(t, node)
    if isinstance(node, exp.SetOperation):
        return _set_operation(t, node)
    if isinstance(node, (exp.Subquery, exp.Paren)):
        if node.args.get("pivots"):
            return _select(t, exp.select("*").from_(node))
        inner = query(t, node.this)
        return _ordered(t, node, inner)
    if isinstance(node, exp.Values):
        return _values(t, node)
    if isinstance(node, exp.Table):
        return _select(t, exp.select("*").from_(node))
    raise unsupported(f"this query: {type(node).__name__}")


# -- WITH --------------------------------------------------------------------------------------------------------------


def _with(t: Translator, node: exp.Expr) -> str:
    clause = node.args.get("with_")
    if clause is None:
        return ""
    parts: list[str] = []
    called: set[str] = set()
    recursive = False
    check(clause)
    for cte in clause.expressions:
        check(cte)
        name = t.canonical(cte.args["alias"].this)
        if name in called:
            raise compilation("002027", f"duplicate alias '{name}'", "42601")
        called.add(name)
        names = [t.canonical(c) for c in listed(cte.args["alias"], "columns")]
        physical = t.fresh("w")
        body = cte.this
        if isinstance(body, exp.Union) and _names_itself(body, name):
            recursive = True
            parts.append(_recursive(t, name, names, physical, body))
            t.common.append(parts[-1])
            continue
        with t.inside(Scope(parent=t.scope.parent)):
            made = query(t, body)
        t.ctes[name] = CommonTable(physical, _renamed(made.columns, names))
        parts.append(f"{physical} AS ({made.sql})")
        t.common.append(parts[-1])
    return f"WITH {'RECURSIVE ' if recursive else ''}{', '.join(parts)} "


def _renamed(columns: Sequence[OutputColumn], names: Sequence[str]) -> list[OutputColumn]:
    if not names:
        return list(columns)
    if len(names) > len(columns):
        raise compilation(
            "002053", f"more columns ({len(names)}) are named than the query has ({len(columns)})", "42601"
        )
    return [attrs.evolve(c, name=names[i] if i < len(names) else c.name) for i, c in enumerate(columns)]


def _names_itself(body: exp.Expr, name: str) -> bool:
    return any(
        isinstance(table.this, exp.Identifier) and table.name.upper() == name.upper() and not table.args.get("db")
        for table in body.find_all(exp.Table)
    )


def _recursive(t: Translator, name: str, names: Sequence[str], physical: str, body: exp.Union) -> str:
    with t.inside(Scope(parent=t.scope.parent)):
        anchor = query(t, body.this)
    columns = _renamed([attrs.evolve(c, type=casts.roomy(c.type), nullable=True) for c in anchor.columns], names)
    t.ctes[name] = CommonTable(physical, columns)
    with t.inside(Scope(parent=t.scope.parent)):
        step = query(t, body.expression)
    _same_width(anchor, step)
    kinds = [c.type for c in columns]
    union = "UNION" if body.args.get("distinct") else "UNION ALL"
    return f"{physical} AS ({_as_types(t, anchor, kinds)} {union} {_as_types(t, step, kinds)})"


def _as_types(t: Translator, made: Query, kinds: Sequence[DataType]) -> str:
    """The query with its columns cast to these types."""
    if [c.type for c in made.columns] == list(kinds):
        return made.sql if made.sql.startswith("SELECT") else f"SELECT * FROM ({made.sql}) AS {t.fresh()}"
    name = t.fresh()
    shown = [
        f"{cast(t, Value(f'{name}.c{i}', c.type), kind).sql if c.type != kind else f'{name}.c{i}'} AS c{i}"
        for i, (c, kind) in enumerate(zip(made.columns, kinds, strict=True), 1)
    ]
    return f"SELECT {', '.join(shown)} FROM ({made.sql}) AS {name}"


# -- set operations ----------------------------------------------------------------------------------------------------


def _same_width(left: Query, right: Query) -> None:
    if len(left.columns) != len(right.columns):
        raise compilation(
            "001789",
            "invalid number of result columns for set operator input branches, "
            f"expected {len(left.columns)}, got {len(right.columns)}",
            "42601",
        )


def _set_operation(t: Translator, node: exp.SetOperation) -> Query:
    branches: list[tuple[str, exp.Expr]] = []
    by_name = False
    current: exp.Expr = node
    while isinstance(current, exp.SetOperation) and (
        current is node or not any(current.args.get(k) for k in ("order", "limit", "offset", "with_"))
    ):
        word = (
            "UNION" if isinstance(current, exp.Union) else "EXCEPT" if isinstance(current, exp.Except) else "INTERSECT"
        )
        check(current)
        by_name = by_name or bool(current.args.get("by_name"))
        branches.append((word if current.args.get("distinct") is not False else word + " ALL", current.expression))
        current = current.this
    branches.append(("", current))
    branches.reverse()
    _refuse_traced(t, by_name or any(word not in ("", "UNION ALL") for word, _ in branches), "set operators")
    # branches: ("", first), (operator, second) … from left to right; the operator stands with the branch before it in
    # sqlglot's tree.
    made: list[tuple[str, Query]] = []
    for operator, branch in branches:
        with t.inside(Scope(parent=t.scope.parent)):
            made.append((operator, query(t, branch)))
    if t.tracing:
        made = [(operator, _apart(t, at, one)) for at, (operator, one) in enumerate(made)]
    if by_name:
        made = _by_name(t, made)
    for _, other in made[1:]:
        _same_width(made[0][1], other)
    kinds = [_set_type(t, [m.columns[i].type for _, m in made]) for i in range(len(made[0][1].columns))]
    # INTERSECT binds more closely than UNION and EXCEPT.
    groups: list[tuple[str, str]] = []
    for operator, m in made:
        sql = f"({_as_types(t, m, kinds)})"
        if operator.startswith("INTERSECT") and groups:
            before, left = groups.pop()
            groups.append((before, f"({left} {operator} {sql})"))
        else:
            groups.append((operator, sql))
    sql = groups[0][1] + "".join(f" {operator} {branch}" for operator, branch in groups[1:])
    nullable = [any(m.columns[i].nullable for _, m in made) for i in range(len(kinds))]
    columns = [OutputColumn(c.name, k, n) for c, k, n in zip(made[0][1].columns, kinds, nullable, strict=True)]
    name = t.fresh()
    if {operator for operator, _ in groups} == {"", "UNION"} and (
        keys := _distinct_on([Value(f"{name}.c{i}", kind) for i, kind in enumerate(kinds, 1)])
    ):
        every = " UNION ALL ".join(branch for _, branch in groups)
        sql = f"SELECT DISTINCT {keys}* FROM ({every}) AS {name}"
    return _ordered(t, node, Query(sql, columns))


def _apart(t: Translator, branch: int, made: Query) -> Query:
    """A branch of a UNION ALL whose rows have other identities than those of the other branches."""
    name, last = t.fresh(), len(made.columns)
    columns = "".join(f"{name}.c{i}, " for i in range(1, last))
    identity = f"'{branch}:' || {name}.c{last} AS c{last}"
    return attrs.evolve(made, sql=f"SELECT {columns}{identity} FROM ({made.sql}) AS {name}")


def _by_name(t: Translator, branches: Sequence[tuple[str, Query]]) -> list[tuple[str, Query]]:
    """The branches with all columns that any of them has, in the order in which they first appear."""
    names = list(dict.fromkeys(c.name for _, made in branches for c in made.columns))
    out: list[tuple[str, Query]] = []
    for operator, made in branches:
        alias = t.fresh()
        places = {c.name: i for i, c in reversed(list(enumerate(made.columns, 1)))}
        shown = [f"{alias}.c{places[n]} AS c{i}" if n in places else f"NULL AS c{i}" for i, n in enumerate(names, 1)]
        columns = [made.columns[places[n] - 1] if n in places else OutputColumn(n, NULL) for n in names]
        out.append((operator, Query(f"SELECT {', '.join(shown)} FROM ({made.sql}) AS {alias}", columns)))
    return out


def _set_type(t: Translator, kinds: Sequence[DataType]) -> DataType:
    return common_type(kinds)


def _ordered(t: Translator, node: exp.Expr, made: Query) -> Query:
    """The query under this node's ORDER BY and LIMIT, whose names are the query's columns."""
    order, limit = node.args.get("order"), _limit(t, node)
    _refuse_traced(t, order is not None or limit, "ORDER BY or LIMIT")
    if order is None and not limit:
        return made
    name = t.fresh()
    source = Source("", [Column(c.name, Value(f"{name}.c{i}", c.type)) for i, c in enumerate(made.columns, 1)])
    with t.inside(Scope(parent=t.scope.parent, sources=[source])):
        clause = _order_by(t, order, [c.value for c in source.columns], [])
    return Query(f"SELECT * FROM ({made.sql}) AS {name}{clause}{limit}", made.columns)


def _limit(t: Translator, node: exp.Expr) -> str:
    out = ""
    limit, offset = node.args.get("limit"), node.args.get("offset")
    if limit is not None:
        check(limit)
        options = limit.args.get("limit_options")
        if options is not None and (options.args.get("percent") or options.args.get("with_ties")):
            raise unsupported("LIMIT by percent or with ties")
        count = limit.args.get("count") if isinstance(limit, exp.Fetch) else limit.expression
        if isinstance(limit, exp.Limit) and limit.args.get("offset") is not None:
            offset = limit.args["offset"]
        if count is not None and not isinstance(count, exp.Null):
            value = t.value(count)
            if (
                not (isinstance(value.literal, Decimal) and value.literal >= 0 and value.literal % 1 == 0)
                and value.literal != ""
                and not value.sql.startswith("CAST($")
            ):
                raise compilation(
                    "001010", f"Invalid row count '{count.sql(dialect='snowflake')}' in limit clause", "42601"
                )
            if value.literal != "":
                out += f" LIMIT {casts.integer(t, value)}"
    if offset is not None:
        count = offset.expression if isinstance(offset, exp.Offset) else offset
        if not isinstance(count, exp.Null):
            out += f" OFFSET {casts.integer(t, t.value(count))}"
    return out


# -- VALUES ------------------------------------------------------------------------------------------------------------


def _values(t: Translator, node: exp.Expr) -> Query:
    _refuse_traced(t, "VALUES")
    rows: list[list[Value]] = []
    for row in node.expressions:
        cells = row.expressions if isinstance(row, exp.Tuple) else [row.this if isinstance(row, exp.Paren) else row]
        rows.append([t.value(cell) for cell in cells])
    width = len(rows[0])
    if any(len(r) != width for r in rows):
        raise compilation("001789", "invalid number of values in a row of VALUES", "42601")
    kinds: list[DataType] = []
    for i in range(width):
        column = casts.unify(t, [r[i] for r in rows])
        for r, value in zip(rows, column, strict=True):
            r[i] = value
        kinds.append(column[0].type)
    shown = ", ".join("(" + ", ".join(v.sql for v in r) + ")" for r in rows)
    name = t.fresh()
    names = ", ".join(f"c{i}" for i in range(1, width + 1))
    null = [any(row[i].may_be_null for row in rows) for i in range(width)]
    columns = [OutputColumn(f"COLUMN{i}", k, n) for i, (k, n) in enumerate(zip(kinds, null, strict=True), 1)]
    return Query(f"SELECT {names} FROM (VALUES {shown}) AS {name}({names})", columns)


# -- FROM --------------------------------------------------------------------------------------------------------------


def alias_of(t: Translator, node: exp.Expr) -> tuple[str | None, list[str]]:
    alias = node.args.get("alias")
    if alias is None or isinstance(alias, str):
        return (t.canonical(alias) if alias else None), []
    if isinstance(alias, exp.Identifier):
        return t.canonical(alias), []
    name = t.canonical(alias.this) if alias.this is not None else None
    return name, [t.canonical(c.this if isinstance(c, exp.ColumnDef) else c) for c in listed(alias, "columns")]


def _source(
    t: Translator,
    name: str,
    physical: str,
    columns: Sequence[tuple[str, str, DataType]],
    names: Sequence[str] = (),
    qualifier: Sequence[str] = (),
    present: Sequence[bool] = (),
) -> Source:
    """A source whose columns are (Snowflake's name, DuckDB's, type), renamed by `AS t(a, b)`. present: which of them
    are never NULL."""
    made: list[Column] = []
    for i, (shown, own, kind) in enumerate(columns):
        shown = names[i] if i < len(names) else shown
        t.called[f"{physical}.{own}"] = f"{name}.{shown}" if name else shown
        t.called.setdefault(own, shown)
        # A column of nothing but NULL stays a NULL that fits anywhere.
        value = Value(f"{physical}.{own}", kind, nullable=i >= len(present) or not present[i])
        made.append(Column(shown, value if kind != NULL else NULL_VALUE))
    return Source(name, made, qualifier)


def columns_of(t: Translator, made: Query, physical: str) -> Source:
    """A query's columns, as those of something called so."""
    return _source(t, "", physical, [(c.name, f"c{i}", c.type) for i, c in enumerate(made.columns, 1)])


def named_relation(t: Translator, node: exp.Table) -> Relation | None:
    """The table or view that a name means where no query can stand: the target of a change."""
    this = node.this
    if isinstance(this, exp.Anonymous) and this.name.upper() in ("IDENTIFIER", "TABLE") and len(this.expressions) == 1:
        return t.names.relation(parse_name(_text_of(t, this.expressions[0])), privilege=None)
    if isinstance(this, exp.DynamicIdentifier):
        return t.names.relation(parse_name(_text_of(t, this.this)), privilege=None)
    if not isinstance(this, exp.Identifier):
        return None
    parts = [t.part(p) for p in (node.args.get("catalog"), node.args.get("db"), this) if p]
    return t.names.relation(parts, privilege=None)


def _from_query(t: Translator, made: Query, name: str | None, names: Sequence[str]) -> tuple[str, Source]:
    physical = t.fresh()
    columns = [(c.name, f"c{i}", c.type) for i, c in enumerate(made.columns, 1)]
    present = [not c.nullable for c in made.columns]
    return f"({made.sql}) AS {physical}", _traced(t, _source(t, name or "", physical, columns, names, (), present))


def _traced(t: Translator, source: Source) -> Source:
    """A query after FROM, whose last column is the identity of its rows if those are traced."""
    if not t.tracing:
        return source
    return attrs.evolve(source, columns=source.columns[:-1], identity=source.columns[-1].value.sql)


def items(t: Translator, node: exp.Expr) -> tuple[str, list[Source]]:
    """One thing after FROM, which may be a join in parentheses, or without them: `b JOIN c ON … ON …`."""
    group = node
    while isinstance(group, exp.Subquery) and isinstance(group.this, (exp.Table, exp.Subquery)) and not _alone(group):
        group = group.this
    if not isinstance(group, (exp.Table, exp.Subquery)) or not group.args.get("joins"):
        sql, source = item(t, node)
        return sql, [source]
    outer = t.scope
    with t.inside(Scope(parent=outer.parent, pseudo=outer.pseudo)) as scope:
        sql, source = item(t, group)
        scope.sources.append(source)
        for join in listed(group, "joins"):
            sql = joined(t, sql, join)
    return f"({sql})", scope.sources


def _alone(node: exp.Subquery) -> bool:
    """Whether what is in these parentheses is seen from outside as one thing."""
    return bool(node.args.get("alias") or node.args.get("pivots") or node.args.get("joins"))


def item(t: Translator, node: exp.Expr) -> tuple[str, Source]:
    """One thing after FROM, without what is joined to it: its SQL and its columns."""
    sql, source = _plain_item(t, node)
    for pivot in listed(node, "pivots"):
        from . import pivots

        sql, source = pivots.pivot(t, sql, source, pivot)
    match = node.args.get("match") or (node.this.args.get("match") if isinstance(node.this, exp.Expr) else None)
    if match is not None:
        from . import matching

        sql, source = matching.match_recognize(t, sql, source, match)
    sample = node.args.get("sample")
    return (sql + _sample(sample), source) if sample is not None else (sql, source)


def _sample(node: exp.Expr) -> str:
    check(node)
    method = str(node.args.get("method") or "BERNOULLI").upper()
    size, percent, seed = node.args.get("size"), node.args.get("percent"), node.args.get("seed")
    repeat = f" REPEATABLE ({seed.name})" if seed is not None else ""
    if size is not None:
        if repeat or method not in ("BERNOULLI", "ROW"):
            raise compilation("001003", "A number of rows is sampled without SYSTEM, BLOCK and SEED.")
        return f" TABLESAMPLE reservoir({size.name} ROWS){repeat}"
    if percent is None:
        raise unsupported("this form of SAMPLE")
    amount = percent.name
    if not 0 <= float(amount) <= 100:
        raise compilation("001003", f"Invalid sampling probability '{amount}': 0 to 100.")
    if float(amount) == 100:
        return ""
    return f" TABLESAMPLE {'bernoulli' if method in ('BERNOULLI', 'ROW') else 'system'}({amount} PERCENT){repeat}"


def _plain_item(t: Translator, node: exp.Expr) -> tuple[str, Source]:
    if type(node) in KNOWN:
        check(node)
    name, names = alias_of(t, node)
    if isinstance(node, exp.Subquery):
        if isinstance(node.this, exp.Table):
            if node.this.args.get("joins"):
                raise unsupported("a name for several tables")
            sql, source = item(t, node.this)
            if name is None:
                return sql, source
            columns = [attrs.evolve(c, name=names[i]) if i < len(names) else c for i, c in enumerate(source.columns)]
            return sql, Source(name, columns)
        if not isinstance(node.this, (exp.Query, exp.Values, exp.Subquery, exp.Paren)):
            return item(t, node.this)
        with t.inside(Scope(parent=t.scope.parent)):
            made = _ordered(t, node, query(t, node.this))
        return _from_query(t, made, name, names)
    if isinstance(node, exp.Values):
        return _from_query(t, _values(t, node), name, names)
    if isinstance(node, exp.Lateral):
        inner = node.this
        if isinstance(inner, exp.Subquery):
            made = subquery(t, inner)
            sql, source = _from_query(t, made, name, names)
            return f"LATERAL {sql}", source
        return _table_function(t, inner, name, names)
    if isinstance(node, exp.Table):
        this = node.this
        if isinstance(this, exp.Anonymous):
            if this.name.upper() == "IDENTIFIER" and len(this.expressions) == 1:
                return _table(t, parse_name(_text_of(t, this.expressions[0])), name, names, node)
            if node.args.get("when") is not None or node.args.get("changes") is not None:
                raise compilation("001003", "syntax error: AT, BEFORE and CHANGES follow the name of a table or view.")
            if this.name.upper() == "TABLE" and len(this.expressions) == 1:
                return _table_function(t, this.expressions[0], name, names)
            return _table_function(t, this, name, names)
        if isinstance(this, (exp.Var, exp.Literal)):
            return placed(t, t.names.relation([Name(this.name)]), name or "", names)
        if isinstance(this, (exp.Parameter, exp.Placeholder)):
            return _table(t, parse_name(_text_of(t, this)), name, names, node)
        if isinstance(this, exp.DynamicIdentifier):
            return _table(t, parse_name(_text_of(t, this.this)), name, names, node)
        parts = [p for p in (node.args.get("catalog"), node.args.get("db"), this) if p is not None and p != ""]
        return _table(t, [t.part(p) for p in parts], name, names, node)
    if isinstance(node, exp.TableFromRows):
        return _table_function(t, node.this, name, names)
    if isinstance(node, exp.Paren):
        return item(t, node.this)
    raise unsupported(f"FROM {type(node).__name__}")


def _text_of(t: Translator, node: exp.Expr) -> str:
    """The constant text of a literal, a session variable or a bind, where a name is meant."""
    if isinstance(node, exp.Parameter):
        value = t.variable(node.name.upper()).value
        if isinstance(value, str):
            return value
    if isinstance(node, exp.Literal):
        return node.name
    if isinstance(node, (exp.Column, exp.Identifier)):
        return node.sql(dialect="snowflake")
    raise unsupported("IDENTIFIER of what is no constant text")


_DOTTED = re.compile(r'\s*(?:"((?:[^"]|"")*)"|([^."\s]+))\s*(\.|$)')


def parse_name(text: str) -> list[Name]:
    """The parts of a dotted name in a text."""
    parts: list[Name] = []
    at = 0
    while at < len(text):
        found = _DOTTED.match(text, at)
        if found is None:
            raise compilation("001003", f"syntax error: '{text}' is no name.")
        quoted = found[1] is not None
        parts.append(Name(found[1].replace('""', '"') if quoted else found[2].upper(), quoted))
        at = found.end()
    return parts


def _named(t: Translator, text: str, name: str | None, names: Sequence[str]) -> tuple[str, Source]:
    return _table(t, parse_name(text), name, names)


def _table(
    t: Translator, parts: Sequence[Name], name: str | None, names: Sequence[str], node: exp.Table | None = None
) -> tuple[str, Source]:
    """node: where the name was written, perhaps with AT, BEFORE or CHANGES."""
    then = past.past(t, node) if node is not None else None
    if len(parts) == 1 and then is None:
        common = t.ctes.get(parts[0].text)
        if isinstance(common, CommonTable):
            physical = t.fresh()
            columns = [(c.name, f"c{i}", c.type) for i, c in enumerate(common.columns, 1)]
            shown = ", ".join(f"c{i}" for i in range(1, len(columns) + 1))
            present = [not c.nullable for c in common.columns]
            source = _source(t, name or parts[0].text, physical, columns, names, (), present)
            return f"{common.physical} AS {physical}({shown})", _traced(t, source)
        if parts[0].text == "DUAL":
            return f"(SELECT 1 AS dual) AS {t.fresh()}", Source(name or "DUAL", [])
    relation = t.names.relation(parts, then)
    if then is not None:  # when its columns may have been others
        relation = attrs.evolve(relation, columns=[attrs.evolve(c, nullable=True) for c in relation.columns])
    qualifier = () if name else [p.text for p in parse_name(relation.name)[:-1] or parts[:-1]]
    return placed(t, relation, name or parts[-1].text, names, qualifier)


def placed(
    t: Translator, relation: Relation, name: str, names: Sequence[str] = (), qualifier: Sequence[str] = ()
) -> tuple[str, Source]:
    physical = t.fresh()
    columns = [(c.name, c.physical, c.type) for c in relation.seen_columns or relation.columns]
    present = [] if relation.seen else [not c.nullable for c in relation.columns]
    source = _source(t, name, physical, columns, names, qualifier, present)
    if t.tracing:
        _refuse_traced(t, not relation.row_id, f"{relation.name}, whose rows have no identity")
        source = attrs.evolve(source, identity=f"CAST({physical}.{relation.row_id} AS VARCHAR)")
    return f"{relation.seen or relation.source} AS {physical}", source


# -- table functions ---------------------------------------------------------------------------------------------------


def call_of(t: Translator, node: exp.Expr) -> Call:
    """A call with its named arguments apart."""
    plain = [n for n in node.expressions if not isinstance(n, exp.Kwarg)]
    named = {n.this.name.upper(): n.expression for n in node.expressions if isinstance(n, exp.Kwarg)}
    return Call(t, node.name.upper(), plain, named=named)


def _table_function(t: Translator, node: exp.Expr, name: str | None, names: Sequence[str]) -> tuple[str, Source]:
    if isinstance(node, (exp.Parameter, exp.Literal, exp.Column, exp.Placeholder)):
        return _named(t, _text_of(t, node), name, names)
    over = node if isinstance(node, exp.Window) else None
    if over is not None:
        node = over.this
        if isinstance(node, exp.Anonymous):
            return _foreign_function(t, [Name(node.name.upper())], call_of(t, node), name, names, over)
    if isinstance(node, exp.Dot) and isinstance(node.expression, exp.Anonymous):
        return _foreign_function(
            t, [*_place(t, node), Name(node.expression.name.upper())], call_of(t, node.expression), name, names, over
        )
    if not isinstance(node, exp.Anonymous):
        raise unsupported(f"TABLE of {type(node).__name__}")
    c = call_of(t, node)
    if len(c) < (least := _LEAST.get(c.name, 0)):
        text = f"not enough arguments for function [{c.name}], expected {least}, got {len(c)}"
        raise compilation("000938", text, "22023")
    if c.name == "IDENTIFIER":
        return _named(t, _text_of(t, c.nodes[0]), name, names)
    if c.name == "TO_QUERY":
        with t.inside(Scope(parent=t.scope.parent)):
            return _from_query(t, query(t, _query_of(t, c)), name, names)
    if c.name == "FLATTEN":
        return tables.flatten(t, c, name, names)
    if c.name == "GENERATOR":
        return tables.generator(t, c, name)
    if c.name == "GETNEXTVAL":
        sequence = parse_name(c.nodes[0].sql(dialect="snowflake"))
        return tables.next_values(t, t.names.next_value(sequence), name, names)
    if c.name in ("SPLIT_TO_TABLE", "STRTOK_SPLIT_TO_TABLE"):
        return tables.split_to_table(t, c, name, names)
    return _foreign_function(t, [Name(c.name)], c, name, names)


_LEAST = {"IDENTIFIER": 1, "GETNEXTVAL": 1, "SPLIT_TO_TABLE": 2, "STRTOK_SPLIT_TO_TABLE": 1}
"""How many arguments table functions need that go without names."""


def _foreign_function(
    t: Translator,
    parts: Sequence[Name],
    c: Call,
    name: str | None,
    names: Sequence[str],
    over: exp.Window | None = None,
) -> tuple[str, Source]:
    from .routines import rows_of

    for node in c.nodes if parts[-1].text == "DIRECTORY" else ():
        node.meta.pop("stage", None)
    if (relation := rows_of(t, parts, c)) is not None:
        sql, source = placed(t, relation, name or parts[-1].text, names)
        if relation.source in t.partitions:
            t.partitioned[sql] = over
        return sql, source
    if over is not None:
        raise unsupported(f"OVER after the table function {parts[-1].text}")
    given: list[tuple[str | None, exp.Expr]] = [*((None, n) for n in c.nodes), *c.named.items()]
    unknown = compilation("002141", f"Unknown table function {'.'.join(p.text for p in parts)}", "42601")
    try:
        with t.inside(Scope()):  # which no column of the query is in
            arguments = [(key, _constant_argument(t, node)) for key, node in given]
    except EngineError as error:
        raise error if len(parts) > 1 else unknown from None
    if (relation := t.names.table_function(parts, arguments)) is None:
        raise unknown
    return placed(t, relation, name or "", names)


def _query_of(t: Translator, c: Call) -> exp.Expr:
    """The query in the text that TO_QUERY is given, with its other arguments where they are bound."""
    given = [*c.nodes, *(node for key, node in c.named.items() if key == "SQL")]
    found = parse(str(_constant_argument(t, given[0]) if given else ""))
    if not isinstance(found, exp.Query):
        raise compilation("001003", "TO_QUERY takes a query.")
    for bind in list(found.find_all(exp.Placeholder)):
        if (value := c.named.get(bind.name.upper())) is not None:
            bind.replace(value.copy())
    return found


def _constant_argument(t: Translator, node: exp.Expr) -> object:
    if isinstance(node, exp.Anonymous) and node.name.upper() == "LAST_QUERY_ID":
        index = node.expressions[0].sql() if node.expressions else "-1"
        return t.names.context(f"LAST_QUERY_ID({index})")
    if isinstance(node, exp.Parameter):
        return t.variable(node.name.upper()).value
    if node.find(exp.Placeholder):
        raise unsupported("binds in the arguments of a table function")
    value = t.value(node)
    if value.is_literal:
        return value.literal
    rows = t.names.rows(f"SELECT {casts.to_text(t, value).sql}")
    return rows[0][0] if rows else None


# -- joins -------------------------------------------------------------------------------------------------------------


def _from(t: Translator, node: exp.Expr) -> str:
    """FROM and its joins; the sources go into the scope."""
    scope = t.scope
    clause = node.args.get("from_")
    if clause is None:
        return ""
    sql, sources = items(t, clause.this)
    scope.sources += sources
    for join in listed(node, "joins"):
        sql = joined(t, sql, join)
    for lateral in listed(node, "laterals"):
        more, source = item(t, lateral)
        sql = _beside(t, sql, more) or f"{sql} CROSS JOIN {more}"
        scope.sources.append(source)
    if len(scope.sources) > 1:
        check_names(t, [clause.this, *(join.this for join in listed(node, "joins")), *listed(node, "laterals")])
    if node.args.get("connect") is not None:
        from . import hierarchies

        sql = hierarchies.connect(t, sql, node)
    match = node.args.get("match")
    if match is not None:
        from . import matching

        if len(scope.sources) != 1:
            raise unsupported("MATCH_RECOGNIZE over a join")
        sql, source = matching.match_recognize(t, sql, scope.sources[0], match)
        scope.sources[:] = [source]
    return " FROM " + sql


def _marked(t: Translator, node: exp.Expr) -> exp.Expr | None:
    """A SELECT whose outer joins of the old kind (`a.id = b.id (+)`) are LEFT JOINs; None if it has none."""
    where = node.args.get("where")
    parts = list(where.this.flatten()) if where is not None and isinstance(where.this, exp.And) else []
    if where is not None and not parts:
        parts = [where.this]
    of: dict[str, list[exp.Expr]] = {}
    plain: list[exp.Expr] = []
    for part in parts:
        columns = [c for c in part.find_all(exp.Column) if c.args.get("join_mark")]
        tables = {t.canonical(c.args["table"]) if c.args.get("table") else "" for c in columns}
        if not tables:
            plain.append(part)
            continue
        if len(tables) > 1 or "" in tables:
            raise unsupported("(+) at columns that don't say whose they are, or of several tables at once")
        made = part.copy()
        for column in made.find_all(exp.Column):
            column.set("join_mark", None)
        of.setdefault(tables.pop(), []).append(made)
    if not of:
        return None
    joins = listed(node, "joins")
    if any(j.args.get(key) for j in joins for key in ("on", "using", "side", "kind", "method")):
        raise unsupported("(+) beside JOIN")
    things = [node.args["from_"].this, *(j.this for j in joins)]
    names = [alias_of(t, thing)[0] or t.canonical(thing.this) for thing in things]
    first = [thing for thing, name in zip(things, names, strict=True) if name not in of]
    if not first or set(of) - set(names):
        raise unsupported("this use of (+)")
    rebuilt = node.copy()
    rebuilt.set("from_", exp.From(this=first[0].copy()))
    outer = [(name, thing) for thing, name in zip(things, names, strict=True) if name in of]
    placed_names = {name for name in names if name not in of}
    made_joins: list[exp.Expr] = [exp.Join(this=thing.copy()) for thing in first[1:]]
    while outer:
        ready = next((o for o in outer if _tables(t, of[o[0]]) - {o[0]} <= placed_names), None)
        if ready is None:
            raise unsupported("(+) of tables that wait for each other")
        outer.remove(ready)
        placed_names.add(ready[0])
        made_joins.append(exp.Join(this=ready[1].copy(), side="LEFT", on=exp.and_(*of[ready[0]], copy=False)))
    rebuilt.set("joins", made_joins)
    rebuilt.set("where", exp.Where(this=exp.and_(*(p.copy() for p in plain), copy=False)) if plain else None)
    rebuilt.meta["order"] = names
    return rebuilt


def _tables(t: Translator, parts: Sequence[exp.Expr]) -> set[str]:
    return {t.canonical(c.args["table"]) for p in parts for c in p.find_all(exp.Column) if c.args.get("table")}


def _beside(t: Translator, left: str, right: str, *, outer: bool = False) -> str | None:
    """Rows beside those that are made of them; None if the right side makes nothing of the left."""
    if right in t.unnested:
        return tables.unnested_rows(t, left, right, outer=outer)
    if right in t.partitioned and not outer:
        from .routines import partitioned

        return partitioned(t, left, right)
    return None


def _perhaps(source: Source) -> Source:
    """What is after FROM and has no row for some of the others', in an outer join."""
    columns = [attrs.evolve(c, value=attrs.evolve(c.value, nullable=True)) for c in source.columns]
    return attrs.evolve(source, columns=columns)


def joined(t: Translator, left: str, join: exp.Expr) -> str:
    check(join)
    scope = t.scope
    before = list(scope.sources)
    right, added = items(t, join.this)
    side = str(join.args.get("side") or "").upper()
    kind = str(join.args.get("kind") or "").upper()
    method = str(join.args.get("method") or "").upper()
    using = [t.canonical(c) for c in listed(join, "using")]
    _refuse_traced(t, side or kind in ("SEMI", "ANTI") or method == "ASOF", "outer joins")
    on = join.args.get("on")
    if kind == "CROSS" and on is not None:
        raise compilation("001003", "syntax error: unexpected 'ON'.")
    always = on is None or (isinstance(on, exp.Boolean) and bool(on.this))
    plain = not t.changing and not (using or method) and (not side or (side == "LEFT" and always))
    if plain and (beside := _beside(t, left, right, outer=bool(side))) is not None:
        left = beside
        scope.sources += [_perhaps(source) for source in added] if side else added
        return left if on is None or always else f"{left} JOIN (SELECT 1) AS {t.fresh()} ON {condition(t, on)}"
    if method == "NATURAL":
        seen = {c.name for s in before for c in s.columns}
        using = [c.name for s in added for c in s.columns if c.name in seen]
    conditions: list[str] = []
    if using:
        merged: list[Column] = []
        hidden = frozenset(using)
        for name in using:
            a = t.column(name)
            b = next((c.value for s in added for c in s.columns if c.name == name and name not in s.hidden), None)
            if b is None:
                raise invalid_identifier(name)
            conditions.append(compare(t, "=", a, b).sql)
            if side == "FULL":
                merged.append(Column(name, Value(f"coalesce({a.sql}, {b.sql})", common_type([a.type, b.type]))))
        if side == "FULL":
            scope.sources[:] = [attrs.evolve(s, hidden=s.hidden | hidden) for s in before]
            scope.sources.insert(0, Source("", merged))
            added = [attrs.evolve(s, hidden=s.hidden | hidden) for s in added]
        elif side == "RIGHT":
            scope.sources[:] = [attrs.evolve(s, hidden=s.hidden | hidden) for s in before]
        else:
            added = [attrs.evolve(s, hidden=s.hidden | hidden) for s in added]
    if side in ("RIGHT", "FULL"):
        scope.sources[:] = [_perhaps(source) for source in scope.sources]
    scope.sources += [_perhaps(source) for source in added] if side in ("LEFT", "FULL") or method == "ASOF" else added
    match = join.args.get("match_condition")
    if method == "ASOF" and match is None:
        raise compilation("001003", "syntax error: an ASOF JOIN needs MATCH_CONDITION.")
    if match is not None:
        conditions.append(t.value(match.this if isinstance(match, exp.Paren) else match).sql)
    if on is not None:
        conditions.append(condition(t, on))
    if method == "ASOF":
        return f"{left} ASOF LEFT JOIN {right} ON {' AND '.join(conditions)}"
    if isinstance(join.this, exp.Lateral) or right.startswith("LATERAL"):
        if side == "LEFT":
            return f"{left} LEFT JOIN {right} ON {' AND '.join(conditions) or 'TRUE'}"
        return f"{left} CROSS JOIN {right}" if not conditions else f"{left} JOIN {right} ON {' AND '.join(conditions)}"
    if not conditions:
        if side:
            raise (
                compilation("000904", "An outer join requires a join condition.")
                if side != "FULL"
                else unsupported("FULL JOIN without a condition")
            )
        return f"{left} CROSS JOIN {right}"
    word = {"LEFT": "LEFT JOIN", "RIGHT": "RIGHT JOIN", "FULL": "FULL JOIN"}.get(side, "JOIN")
    if kind in ("SEMI", "ANTI"):
        raise unsupported(f"{kind} JOIN")
    return f"{left} {word} {right} ON {' AND '.join(conditions)}"


# -- SELECT ------------------------------------------------------------------------------------------------------------


@attrs.frozen
class _Output:
    name: str
    value: Value
    aggregates: bool
    alias: bool


def _star(t: Translator, node: exp.Expr, table: str | None, qualifier: Sequence[str]) -> list[_Output]:
    star = node.this if isinstance(node, exp.Column) else node
    columns: list[tuple[str, Value]] = []
    found = False
    for source in t.scope.sources:
        if table is not None and (
            source.name != table or (qualifier and tuple(source.qualifier[-len(qualifier) :]) != tuple(qualifier))
        ):
            continue
        found = True
        columns += [(c.name, c.value) for c in source.columns if table is not None or c.name not in source.hidden]
    if table is not None and not found:
        raise compilation("000904", f"invalid identifier '{dotted(table)}.*'")
    if not t.scope.sources:
        raise compilation("002057", "SELECT * needs a FROM clause.", "42601")

    def names(key: str) -> list[exp.Expr]:
        found = star.args.get(key)
        return listed(star, key) if isinstance(found, list) else [found] if found is not None else []

    like = star.args.get("ilike")
    if like is not None:
        pattern = re.compile(re.escape(like.name).replace("%", ".*").replace("_", "."), re.IGNORECASE | re.DOTALL)
        columns = [c for c in columns if pattern.fullmatch(c[0])]
    dropped = {t.canonical(n.this if isinstance(n, exp.Column) else n) for n in names("except_")}
    for name in dropped - {c[0] for c in columns}:
        raise invalid_identifier(name)
    columns = [c for c in columns if c[0] not in dropped]
    replaced = {t.canonical(n.args["alias"]): t.value(n.this) for n in names("replace")}
    renamed = {
        t.canonical(n.this.this if isinstance(n.this, exp.Column) else n.this): t.canonical(n.args["alias"])
        for n in names("rename")
    }
    for name in {*replaced, *renamed} - {c[0] for c in columns}:
        raise invalid_identifier(name)
    return [_Output(renamed.get(n, n), replaced.get(n, v), False, False) for n, v in columns]


def is_star(node: exp.Expr) -> bool:
    """Whether this is `*` or `t.*`."""
    return isinstance(node, exp.Star) or (isinstance(node, exp.Column) and isinstance(node.this, exp.Star))


def star_columns(t: Translator, node: exp.Expr) -> list[tuple[str, Value]]:
    """The columns that `*` or `t.*` means, as an argument."""
    table = node.args.get("table")
    qualifier = [t.canonical(p) for p in (node.args.get("catalog"), node.args.get("db")) if p]
    return [(o.name, o.value) for o in _star(t, node, t.canonical(table) if table else None, qualifier)]


def _outputs(t: Translator, node: exp.Expr) -> list[_Output]:
    outputs: list[_Output] = []
    for item in node.expressions:
        if isinstance(item, exp.Star):
            outputs += _star(t, item, None, ())
            continue
        if isinstance(item, exp.Column) and isinstance(item.this, exp.Star):
            qualifier = [t.canonical(p) for p in (item.args.get("catalog"), item.args.get("db")) if p]
            outputs += _star(t, item, t.canonical(item.args["table"]), qualifier)
            continue
        before, t.aggregating = t.aggregating, False
        if isinstance(item, exp.Alias):
            name = t.canonical(item.args["alias"])
            t.scope.open.add(name)
            try:
                value = t.value(item.this)
            finally:
                t.scope.open.discard(name)
            if not isinstance(t.scope.aliases.get(name), Value):
                t.scope.aliases[name] = value
        else:
            name, value = _own_name(t, item), t.value(item)
        outputs.append(_Output(name, value, t.aggregating, isinstance(item, exp.Alias)))
        t.aggregating = t.aggregating or before
    return outputs


def _own_name(t: Translator, item: exp.Expr) -> str:
    """What a column without an alias is called."""
    if isinstance(item, exp.Column) and isinstance(item.this, exp.Identifier):
        return t.canonical(item.this)
    if isinstance(item, exp.Parameter) and item.name.isdigit():
        return "$" + item.name
    text = item.meta.get("text")
    return str(text if text else item.sql(dialect="snowflake")).upper()


def _select(t: Translator, node: exp.Expr) -> Query:
    check(node)
    if not node.expressions:
        raise compilation("001003", "syntax error: SELECT without columns.")
    for clause in ("group", "having", "qualify", "distinct", "order", "limit", "offset", "connect", "sample"):
        _refuse_traced(t, node.args.get(clause), clause.upper())
    scope = Scope(parent=t.scope.parent if not t.scope.sources else t.scope)
    outer = t.scope
    marked = _marked(t, node) if t.marks else None
    if marked is not None:
        node = marked
    with t.inside(scope):
        source = _from(t, node)
        if marked is not None:
            order = {n: i for i, n in enumerate(marked.meta["order"])}
            scope.sources.sort(key=lambda s: order.get(s.name, len(order)))
        scope.home = _home(t, node, source)
        for item in node.expressions:
            if isinstance(item, exp.Alias):
                scope.aliases.setdefault(t.canonical(item.args["alias"]), item.this)
        where = node.args.get("where")
        filters = [condition(t, where.this)] if where is not None else []
        t.aggregating = False
        outputs = _outputs(t, node)
        if scope.drawn and any(o.aggregates for o in outputs):
            # One row of all rows: what is drawn beside aggregates is drawn for that row.
            outputs = [o if o.aggregates else attrs.evolve(o, value=_drawn_here(scope, o.value)) for o in outputs]
        values = [o.value for o in outputs]
        keys: list[Value] = []
        group_sql = _group_by(t, node.args.get("group"), outputs, keys)
        having, qualify = node.args.get("having"), node.args.get("qualify")
        if not group_sql and any(o.aggregates for o in outputs) and all(o.value.literal is not None for o in outputs):
            group_sql = " GROUP BY ()"  # what SYSTEM$TYPEOF says of an aggregate is still said of one row
        having_sql = condition(t, having.this) if having is not None else ""
        if having_sql and not group_sql and not t.aggregating:  # nothing makes groups: it filters rows as WHERE does
            filters, having_sql = [*filters, having_sql], ""
        where_sql = f" WHERE {' AND '.join(f'({one})' for one in filters)}" if filters else ""
        having_sql = f" HAVING {having_sql}" if having_sql else ""
        qualify_sql = f" QUALIFY {condition(t, qualify.this)}" if qualify is not None else ""
        distinct = node.args.get("distinct")
        if distinct is not None and distinct.args.get("on") is not None:
            raise compilation("001003", "syntax error: unexpected 'ON'.")
        order_sql = _order_by(t, node.args.get("order"), values, outputs, shown_only=distinct is not None)
    if scope.drawn:
        drawn = ", ".join(f"{sql} AS {name}" for name, sql in scope.drawn.items())
        source = (
            f" FROM (SELECT *, {drawn}{source}) AS {scope.home}"
            if source
            else f" FROM (SELECT {drawn}) AS {scope.home}"
        )
    merged = {k.sql: alike(k) for k in keys if alike(k) != k.sql}
    plain = not any(word in group_sql for word in ("ROLLUP", "CUBE", "GROUPING SETS"))
    shown = ", ".join(f"{_one_of(o, merged, plain)} AS c{i}" for i, o in enumerate(outputs, 1))
    if t.tracing:
        shown += f", {_identity(t, scope, outputs)} AS c{len(outputs) + 1}"
    group_sql, having_sql, qualify_sql, order_sql = (
        _merged(sql, merged) for sql in (group_sql, having_sql, qualify_sql, order_sql)
    )
    with t.inside(outer):
        limit_sql = _limit(t, node)
    word = "SELECT DISTINCT " if distinct is not None else "SELECT "
    if distinct is not None:
        word += _distinct_on(values)
    if not outputs:
        raise compilation("002050", "SELECT with no columns", "42601")
    columns = [OutputColumn(o.name, o.value.type, o.value.may_be_null or not plain) for o in outputs]
    columns += [OutputColumn("METADATA$ROW_ID", VARCHAR)] if t.tracing else []
    sample = node.args.get("sample")
    if sample is not None:
        source += _sample(sample)
    if distinct is not None and "(c" in order_sql:
        # A key made of a shown column can be taken from the outside alone, where only shown columns have names.
        order_sql = f") AS {t.fresh()}{order_sql}"
        word = "SELECT * FROM (" + word
    sql = word + shown + source + where_sql + group_sql + having_sql + qualify_sql + order_sql + limit_sql
    return Query(sql, columns)


def _identity(t: Translator, scope: Scope, outputs: Sequence[_Output]) -> str:
    """SQL of the identity of a SELECT's rows, made of those of the rows that it joins."""
    _refuse_traced(t, any(o.aggregates for o in outputs), "aggregates")
    _refuse_traced(t, t.unnested, "table functions")
    parts = [source.identity for source in scope.sources if source.identity]
    _refuse_traced(t, not parts or len(parts) < len(scope.sources), "rows of no table")
    return parts[0] if len(parts) == 1 else f"concat_ws('/', {', '.join(parts)})"


def alike(value: Value) -> str:
    """SQL of a value in the one form that all have which are equal to it: numbers in a variant are equal whatever their
    types, and timestamps whatever their offsets."""
    sql = value.sql
    if value.type.name == "TIMESTAMP_TZ":
        return f"(({sql} >> 12) * 4096 + 2048)"
    if not value.type.is_semistructured:
        return sql
    return f"CASE WHEN contains({sql}, 'e+') OR contains({sql}, 'e-') THEN sf_variant_alike({sql}) ELSE {sql} END"


def _distinct_on(values: Sequence[Value]) -> str:
    """What follows DISTINCT, where rows are the same that don't look so."""
    keys = [alike(value) for value in values]
    return f"ON ({', '.join(keys)}) " if keys != [value.sql for value in values] else ""


def _merged(sql: str, merged: Mapping[str, str]) -> str:
    for one, form in merged.items():
        sql = sql.replace(one, form)
    return sql


def _one_of(output: _Output, merged: Mapping[str, str], plain: bool) -> str:
    """A column of a query whose GROUP BY merges values that don't look the same: a key is one of them, as it is."""
    given = {one: f"any_value({one})" for one in merged} if plain and not output.aggregates else merged
    return _merged(output.value.sql, given)


def _drawn_here(scope: Scope, value: Value) -> Value:
    sql = value.sql
    for name, drawn in scope.drawn.items():
        sql = sql.replace(f"{scope.home}.{name}", drawn)
    return attrs.evolve(value, sql=sql)


_ONE_SOURCE = re.compile(r" AS (\w+)(?:\(\w+\))?$")


def _home(t: Translator, node: exp.Expr, source: str) -> str:
    """What the one thing after FROM is called, if a SELECT of its rows can have more columns than the thing has."""
    if (
        node.args.get("group") is not None
        or node.args.get("connect") is not None
        or node.args.get("sample") is not None
    ):
        return ""
    if not source:
        return t.fresh()
    found = _ONE_SOURCE.search(source)
    alone = not any(node.args.get(key) for key in ("joins", "laterals", "match")) and len(t.scope.sources) == 1
    return found[1] if alone and found and " JOIN " not in source else ""


def _group_by(t: Translator, node: exp.Expr | None, outputs: Sequence[_Output], found: list[Value]) -> str:
    """GROUP BY. found: gets the keys."""
    if node is None:
        return ""
    check(node)
    if node.args.get("all"):
        found += [o.value for o in outputs if not o.aggregates]
        plain = [v.sql for v in found]
        return f" GROUP BY {', '.join(plain)}" if plain else ""

    def key(item: exp.Expr) -> str:
        if isinstance(item, exp.Literal) and not item.args.get("is_string"):
            position = int(item.name)
            if not 1 <= position <= len(outputs):
                raise compilation("001010", f"GROUP BY position {position} is out of range", "42601")
            if outputs[position - 1].aggregates:
                raise compilation(
                    "000979", f"[{outputs[position - 1].name}] is not a valid group by expression", "42601"
                )
            found.append(outputs[position - 1].value)
            return found[-1].sql
        if isinstance(item, exp.Tuple):
            return "(" + ", ".join(key(i) for i in item.expressions) + ")"
        if isinstance(item, exp.Paren):
            return key(item.this)
        found.append(t.value(item))
        return found[-1].sql

    def keys(items: Sequence[exp.Expr]) -> str:
        return ", ".join(key(i) for i in items)

    parts: list[str] = []
    for item in node.expressions:
        if isinstance(item, exp.Rollup):
            parts.append(f"ROLLUP ({keys(item.expressions)})")
        elif isinstance(item, exp.Cube):
            parts.append(f"CUBE ({keys(item.expressions)})")
        elif isinstance(item, exp.GroupingSets):
            sets = [
                i if isinstance(i, exp.Tuple) else exp.Tuple(expressions=[i.this if isinstance(i, exp.Paren) else i])
                for i in item.expressions
            ]
            parts.append(f"GROUPING SETS ({', '.join(key(s) for s in sets)})")
        else:
            parts.append(key(item))
    for word, kind in (("rollup", "ROLLUP"), ("cube", "CUBE")):
        for item in listed(node, word):
            parts.append(f"{kind} ({keys(item.expressions)})")
    for item in listed(node, "grouping_sets"):
        sets = [
            i if isinstance(i, exp.Tuple) else exp.Tuple(expressions=[i.this if isinstance(i, exp.Paren) else i])
            for i in item.expressions
        ]
        parts.append(f"GROUPING SETS ({', '.join(key(s) for s in sets)})")
    return f" GROUP BY {', '.join(parts)}" if parts else ""


def order_key(t: Translator, value: Value) -> str:
    """SQL by which a value is ordered."""
    need_order(value.type)
    if value.type.name == "DECFLOAT":
        return f"sf_decfloat_key({value.sql})"
    if value.type.name == "TIMESTAMP_TZ":
        return f"({value.sql} >> 12)"
    return f"sf_variant_key({value.sql})" if value.type.is_semistructured else value.sql


def ordered(t: Translator, node: exp.Expr, value: Value) -> str:
    """One key of an ORDER BY, with NULLs as Snowflake has them: last, or first if descending."""
    check(node)
    down = bool(node.args.get("desc"))
    first = node.args.get("nulls_first")
    nulls = down == (t.parameter("DEFAULT_NULL_ORDERING").upper() != "FIRST") if first is None else bool(first)
    return f"{order_key(t, value)}{' DESC' if down else ''} NULLS {'FIRST' if nulls else 'LAST'}"


def _quoted(node: exp.Expr) -> bool:
    return bool((node.this if isinstance(node, exp.Column) else node).args.get("quoted"))


def _order_by(
    t: Translator,
    node: exp.Expr | None,
    values: Sequence[Value],
    outputs: Sequence[_Output],
    *,
    shown_only: bool = False,
) -> str:
    """ORDER BY of a query with these values. shown_only: it may use no other, since DISTINCT merges rows."""
    if node is None:
        return ""
    keys: list[str] = []
    shown = {v.sql: f"c{i}" for i, v in reversed(list(enumerate(values, 1)))}
    by_name: dict[str, Value] = {o.name: o.value for o in reversed(outputs) if o.alias}
    for item in node.expressions:
        inner = item.this
        if isinstance(inner, exp.Literal) and not inner.args.get("is_string"):
            position = int(inner.name)
            if not 1 <= position <= len(values):
                raise compilation("001010", f"ORDER BY position {position} is out of range", "42601")
            value = values[position - 1]
        elif isinstance(inner, exp.Identifier) or (
            isinstance(inner, exp.Column) and not inner.args.get("table") and isinstance(inner.this, exp.Identifier)
        ):
            name = t.canonical(inner.this if isinstance(inner, exp.Column) else inner)
            if name == "ALL" and not _quoted(inner) and outputs:
                keys += [ordered(t, item, Value(f"c{i}", v.type)) for i, v in enumerate(values, 1)]
                continue
            same = {o.value.sql: o.value for o in outputs if o.name == name}
            value = by_name.get(name) or (next(iter(same.values())) if len(same) == 1 else t.column(name, node=inner))
        else:
            value = t.value(inner)
            if value.is_literal:  # which orders nothing
                continue
        if value.sql in shown and outputs and (shown_only or order_key(t, value) == value.sql):
            # A bare name is one of a column that is shown; inside of a call it would be one of a table.
            value = Value(shown[value.sql], value.type)
        elif shown_only and not value.is_literal:
            written = str(item.this.meta.get("text") or item.this.sql(dialect="snowflake")).upper()
            raise compilation("000979", f"[{written}] is not a valid order by expression", "42601")
        keys.append(ordered(t, item, value))
    return " ORDER BY " + ", ".join(keys) if keys else ""


# -- names in expressions ----------------------------------------------------------------------------------------------


@rule(exp.Column)
def _column(t: Translator, node: exp.Expr) -> Value:
    this = node.this
    table = node.args.get("table")
    qualifier = [t.canonical(p) for p in (node.args.get("catalog"), node.args.get("db")) if p]
    if isinstance(this, exp.Parameter):
        return _positional(t, int(this.name), t.canonical(table) if table else None)
    if isinstance(this, exp.Star):
        raise compilation("001003", "syntax error: unexpected '*'.")
    name = t.canonical(this)
    if table is not None:
        ours = any(s.name == t.canonical(table) for s in t.scope.sources)
        if name in ("NEXTVAL", "CURRVAL") and not ours:
            if name == "CURRVAL":
                raise unsupported("CURRVAL")
            parts = [t.part(p) for p in (node.args.get("catalog"), node.args.get("db"), table) if p]
            return Value(t.names.next_value(parts), INTEGER)
        return t.column(name, t.canonical(table), qualifier, node)
    if not this.args.get("quoted") and name in ("LEVEL",) and t.scope.prior is None and "LEVEL" in t.scope.pseudo:
        return t.scope.pseudo["LEVEL"]
    if name[:1] == "$" and name[1:].isdigit() and not any(c.name == name for s in t.scope.sources for c in s.columns):
        return _positional(t, int(name[1:]), None)  # "$2" in quotes, as Snowpark writes a place
    return t.column(name, node=node)


@rule(exp.Identifier)
def _identifier(t: Translator, node: exp.Expr) -> Value:
    return t.column(t.canonical(node), node=node)


def _positional(t: Translator, position: int, table: str | None) -> Value:
    columns = [c.value for s in t.scope.sources if table is None or s.name == table for c in s.columns]
    if not 1 <= position <= len(columns):
        raise compilation("000904", f"invalid identifier '${position}'")
    return columns[position - 1]


def physical_literal(kind: DataType, value: object) -> Value:
    """A value in DuckDB's form as SQL."""
    if value is None:
        return Value(f"CAST(NULL AS {kind.physical})", kind, None)
    if isinstance(value, str):
        return (
            Value(quote(value), kind, value if kind.name == "VARCHAR" else None)
            if kind.name == "VARCHAR"
            else Value(quote(value), kind)
        )
    if isinstance(value, bool):
        return casts.boolean(value)
    if kind.name == "NUMBER" and isinstance(value, (int, Decimal)):
        return constant(value)
    if isinstance(value, (bytes, bytearray)):
        return Value(f"from_hex('{value.hex()}')", kind)
    return Value(f"CAST({quote(str(value))} AS {kind.physical})", kind)


@rule(exp.Parameter, exp.SessionParameter)
def _parameter(t: Translator, node: exp.Expr) -> Value:
    if node.name.isdigit():
        return _positional(t, int(node.name), None)
    variable = t.variable(node.name.upper())
    return physical_literal(variable.type, variable.value)


@rule(exp.Placeholder)
def _placeholder(t: Translator, node: exp.Expr) -> Value:
    name = node.text("this")
    if name and not name.isdigit():
        raise compilation("002049", f"Bind variable :{name} not set.", "42601")
    index, kind = t.bind(int(name) if name else None)
    return Value(f"{t.batch}.b{index}" if t.batch else f"CAST(${index} AS {kind.physical})", kind)


@rule(exp.Alias)
def _inner_alias(t: Translator, node: exp.Expr) -> Value:
    return t.value(node.this)


@function("IDENTIFIER", args=(1, 1))
def _identified(c: Call) -> Value:
    parts = [p.text for p in parse_name(_text_of(c.t, c.nodes[0]))]
    return c.t.column(parts[-1], parts[-2] if len(parts) > 1 else None, parts[:-2])


@rule(exp.Anonymous)
def _call(t: Translator, node: exp.Expr) -> Value:
    return t.call(make_call(t, node))


def make_call(t: Translator, node: exp.Expr) -> Call:
    start, name = node, node.name.upper() if isinstance(node.this, str) else t.canonical(node.this)
    nodes = members_of(node.expressions)
    distinct = False
    order: exp.Order | None = None
    if len(nodes) == 1 and isinstance(nodes[0], exp.Distinct):
        distinct, nodes = True, list(nodes[0].expressions)
    if nodes and isinstance(nodes[-1], exp.Order):
        order = nodes[-1]
        nodes[-1] = order.this
    named: dict[str, exp.Expr] = {n.this.name.upper(): n.expression for n in nodes if isinstance(n, exp.Kwarg)}
    nodes = [n for n in nodes if not isinstance(n, exp.Kwarg)]
    values: dict[int, Value] = {}
    if name not in _TAKE_STARS and any(is_star(n) for n in nodes):
        spread: list[exp.Expr] = []
        for node in nodes:
            for _, value in star_columns(t, node) if is_star(node) else [("", None)]:
                if value is not None:
                    values[len(spread)] = value
                spread.append(node)
        nodes = spread
    return Call(t, name, nodes, distinct, order, named=named, values=values, position=place_of(start))


def _place(t: Translator, call: exp.Expr) -> list[Name]:
    """The names before that of a function: of its database and its schema, or of the schema alone."""
    parts: list[Name] = []
    left: exp.Expr = call.this
    while isinstance(left, exp.Dot):
        parts.insert(0, t.part(left.expression))
        left = left.this
    return [t.part(left), *parts]


_TAKE_STARS = {"COUNT", "HASH", "HASH_AGG", "OBJECT_CONSTRUCT", "OBJECT_CONSTRUCT_KEEP_NULL"}
"""Functions that know themselves what `*` means as an argument; to others it is all columns."""


@rule(exp.Dot)
def _dot(t: Translator, node: exp.Expr) -> Value:
    if isinstance(node.expression, exp.Anonymous):
        call = make_call(t, node.expression)
        return t.user_function([*_place(t, node), Name(call.name)], call)
    from . import semistructured

    return semistructured.path(t, t.value(node.this), [node.expression.name])
