"""Comparisons, conditions, patterns, and functions that choose."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlglot import exp

from ..errors import compilation, unsupported
from ..types import BOOLEAN, VARCHAR, DataType
from . import variants
from .casts import (
    as_boolean,
    as_number,
    as_text,
    boolean,
    cast,
    comparable_type,
    constant,
    instant,
    need_order,
    to_boolean,
    unify,
)
from .core import COMPARISONS, NULL_VALUE, Call, Translator, Value, check, function, members_of, rule
from .runtime import python

if TYPE_CHECKING:
    from .relations import Query


@rule(exp.Null)
def _null(t: Translator, node: exp.Expr) -> Value:
    return NULL_VALUE


@rule(exp.Boolean)
def _boolean(t: Translator, node: exp.Expr) -> Value:
    return boolean(bool(node.this))


# -- comparisons -------------------------------------------------------------------------------------------------------


def comparable(t: Translator, values: Sequence[Value]) -> list[str]:
    """SQL of the values in a form that DuckDB compares as Snowflake does."""
    kinds = {v.type.name for v in values if not v.is_null} - {"NULL"}
    if len(kinds) <= 1 and not kinds & {"TIMESTAMP_TZ", "VARIANT", "DECFLOAT"}:
        return [v.sql for v in values]
    if kinds == {"VARIANT"} or (kinds and kinds <= {"VARIANT", "OBJECT", "ARRAY"}):
        return [f"sf_variant_key({v.sql})" for v in values]
    if kinds & {"VARIANT", "OBJECT", "ARRAY"}:
        # A variant is compared as what it is compared with.
        others = [v.type for v in values if not v.type.is_semistructured and v.type.name != "NULL"]
        kind = comparable_type(others)
        if kind.name == "NUMBER":
            return [
                f"CAST(sf_variant_number({v.sql}) AS DECIMAL(38,{max(kind.scale, 9)}))"
                if v.type.is_semistructured
                else v.sql
                for v in values
            ]
        kind = VARCHAR if kind.is_text else kind  # however long the text in the variant is
        return [cast(t, v, kind).sql for v in values]
    if "DECFLOAT" in kinds:
        return [f"sf_decfloat_key({cast(t, v, DataType('DECFLOAT')).sql})" for v in values]
    if kinds & {"TIMESTAMP_TZ"} or len(kinds & {"TIMESTAMP_NTZ", "TIMESTAMP_LTZ"}) == 2:
        kind = comparable_type([v.type for v in values])
        return [instant(t, cast(t, v, v.type if v.type.is_timestamp else kind)) for v in values]
    if "NUMBER" in kinds and kinds - {"NUMBER"} == {"VARCHAR"}:
        return [as_number(t, v).sql for v in values]
    kind = comparable_type([v.type for v in values])
    return [cast(t, v, kind).sql for v in values]


@python("VARCHAR", "VARCHAR")
def _variant_alike(value: str) -> str:
    return variants.dump(_exact(variants.load(value)))


def _exact(value: Any) -> Any:
    """The value with each finite FLOAT as the decimal number that it is equal to."""
    if isinstance(value, float) and math.isfinite(value):
        return Decimal(repr(value))
    if variants.is_array(value):
        return [_exact(v) for v in value]
    return {k: _exact(v) for k, v in value.items()} if variants.is_object(value) else value


@python("VARCHAR", "VARCHAR")
def _variant_key(value: str) -> str:
    return variants.sort_key(variants.load(value))


def compare(t: Translator, operator: str, a: Value, b: Value) -> Value:
    if operator[0] in "<>" and operator != "<>":
        need_order(a.type)
    x, y = comparable(t, [a, b])
    return Value(f"({x} {operator} {y})", BOOLEAN)


def _row(node: exp.Expr) -> list[exp.Expr] | None:
    return list(node.expressions) if isinstance(node, exp.Tuple) else None


_OPERATORS: dict[type, str] = {
    **COMPARISONS,
    exp.NullSafeEQ: "IS NOT DISTINCT FROM",
    exp.NullSafeNEQ: "IS DISTINCT FROM",
}


_UNEQUAL = {"<>": "=", "IS DISTINCT FROM": "IS NOT DISTINCT FROM"}


def compare_rows(t: Translator, operator: str, left: Sequence[exp.Expr], right: Sequence[exp.Expr]) -> str:
    """The first pair that differs decides an order; all of them decide whether rows are the same."""
    if len(left) != len(right):
        raise compilation("001044", f"Invalid argument types for function '{operator}'", "42P13")
    pairs = [(t.value(a), t.value(b)) for a, b in zip(left, right, strict=True)]
    if operator not in ("<", "<=", ">", ">="):
        same = " AND ".join(compare(t, _UNEQUAL.get(operator, operator), a, b).sql for a, b in pairs)
        return f"(NOT ({same}))" if operator in _UNEQUAL else f"({same})"
    sql = compare(t, operator, *pairs.pop()).sql
    for a, b in reversed(pairs):
        sql = f"({compare(t, operator[0], a, b).sql} OR ({compare(t, '=', a, b).sql} AND {sql}))"
    return sql


@rule(*_OPERATORS)
def _compare(t: Translator, node: exp.Expr) -> Value:
    operator = _OPERATORS[type(node)]
    left, right = node.this, node.expression
    if isinstance(right, (exp.Any, exp.All)):
        return _quantified(t, operator, left, right)
    a, b = _row(left), _row(right)
    if a is not None and b is not None:
        return Value(compare_rows(t, operator, a, b), BOOLEAN)
    return compare(t, operator, t.value(left), t.value(right))


def _quantified(t: Translator, operator: str, left: exp.Expr, right: exp.Expr) -> Value:
    query = right.this
    while isinstance(query, (exp.Paren, exp.Subquery)) and isinstance(query.this, (exp.Query, exp.Paren, exp.Subquery)):
        query = query.this
    from . import relations

    word = "ANY" if isinstance(right, exp.Any) else "ALL"
    (shown,), inner = _beside(t, [t.value(left)], relations.subquery(t, query))
    return Value(f"({shown} {operator} {word} ({inner}))", BOOLEAN)


def _beside(t: Translator, values: Sequence[Value], query: Query) -> tuple[list[str], str]:
    """SQL of values, and of the query whose rows they are compared with, in a form that DuckDB compares as Snowflake
    does."""
    if len(values) != len(query.columns):
        text = f"Invalid subquery: {len(values)} columns are compared with {len(query.columns)}."
        raise compilation("002026", text, "42601")
    name = t.fresh()
    columns = [Value(f"{name}.c{i}", c.type) for i, c in enumerate(query.columns, 1)]
    pairs = [comparable(t, [a, b]) for a, b in zip(values, columns, strict=True)]
    shown, theirs = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    if theirs == [column.sql for column in columns]:
        return shown, query.sql
    return shown, f"SELECT {', '.join(theirs)} FROM ({query.sql}) AS {name}"


@rule(exp.Between)
def _between(t: Translator, node: exp.Expr) -> Value:
    if node.args.get("symmetric"):
        raise compilation("001003", "syntax error: unexpected 'SYMMETRIC'.")
    value, low, high = t.value(node.this), t.value(node.args["low"]), t.value(node.args["high"])
    return Value(f"({compare(t, '>=', value, low).sql} AND {compare(t, '<=', value, high).sql})", BOOLEAN)


@rule(exp.In)
def _in(t: Translator, node: exp.Expr) -> Value:
    from . import relations

    check(node)
    query = node.args.get("query")
    if query is not None:
        inner = relations.subquery(t, query.this if isinstance(query, exp.Subquery) else query)
        left = _row(node.this)
        values = [t.value(n) for n in left] if left is not None else [t.value(node.this)]
        shown, inner_sql = _beside(t, values, inner)
        left_sql = shown[0] if len(shown) == 1 else "(" + ", ".join(shown) + ")"
        return Value(f"({left_sql} IN ({inner_sql}))", BOOLEAN)
    members = members_of(node.expressions)
    if not node.expressions:
        raise compilation("001003", "syntax error: unexpected ')'.")
    left = _row(node.this)
    if left is not None:
        rows = [compare_rows(t, "=", left, _row(m) or [m]) for m in members]
        return Value("(" + " OR ".join(rows) + ")", BOOLEAN)
    values = [t.value(node.this), *(t.value(m) for m in members)]
    shown = comparable(t, values)
    return Value(f"({shown[0]} IN ({', '.join(shown[1:])}))", BOOLEAN)


@rule(exp.Is)
def _is(t: Translator, node: exp.Expr) -> Value:
    value = t.value(node.this)
    right = node.expression
    if isinstance(right, exp.Null):
        return Value(f"({value.sql} IS NULL)", BOOLEAN, nullable=False)
    if isinstance(right, exp.Boolean):
        return Value(f"({as_boolean(t, value)} IS {'TRUE' if right.this else 'FALSE'})", BOOLEAN)
    raise unsupported("this form of IS")


@rule(exp.And, exp.Or)
def _and_or(t: Translator, node: exp.Expr) -> Value:
    kind = type(node)
    parts: list[str] = []
    pending = [node]
    while pending:
        part = pending.pop()
        if type(part) is kind:
            pending += [part.expression, part.this]
        else:
            parts.append(as_boolean(t, t.value(part)))
    return Value("(" + (" AND " if kind is exp.And else " OR ").join(parts) + ")", BOOLEAN)


@rule(exp.Not)
def _not(t: Translator, node: exp.Expr) -> Value:
    return Value(f"(NOT {as_boolean(t, t.value(node.this))})", BOOLEAN)


@rule(exp.Exists)
def _exists(t: Translator, node: exp.Expr) -> Value:
    from . import relations

    return Value(f"EXISTS ({relations.subquery(t, node.this).sql})", BOOLEAN, nullable=False)


# -- patterns ----------------------------------------------------------------------------------------------------------


def _like(t: Translator, operator: str, value: Value, pattern: exp.Expr, escape: exp.Expr | None) -> str:
    escaped = f" ESCAPE {as_text(t, t.value(escape))}" if escape is not None else ""
    text = as_text(t, value)
    if isinstance(pattern, (exp.Any, exp.All)):
        members = pattern.this
        while isinstance(members, exp.Paren):
            members = members.this
        patterns = members.expressions if isinstance(members, exp.Tuple) else [members]
        joined = (" OR " if isinstance(pattern, exp.Any) else " AND ").join(
            f"{text} {operator} {as_text(t, t.value(p))}{escaped}" for p in patterns
        )
        return f"({joined})"
    return f"({text} {operator} {as_text(t, t.value(pattern))}{escaped})"


@rule(exp.Like, exp.ILike)
def _like_rule(t: Translator, node: exp.Expr) -> Value:
    operator = "LIKE" if isinstance(node, exp.Like) else "ILIKE"
    return Value(_like(t, operator, t.value(node.this), node.expression, None), BOOLEAN)


@rule(exp.Escape)
def _escape(t: Translator, node: exp.Expr) -> Value:
    like = node.this
    operator = "LIKE" if isinstance(like, exp.Like) else "ILIKE"
    return Value(_like(t, operator, t.value(like.this), like.expression, node.expression), BOOLEAN)


@function("LIKE", "ILIKE", args=(2, 3))
def _like_function(c: Call) -> Value:
    return Value(_like(c.t, c.name, c[0], c.nodes[1], c.nodes[2] if len(c) > 2 else None), BOOLEAN)


@function("LIKE_ANY", "LIKE_ALL", args=(2, None))
def _like_any(c: Call) -> Value:
    joined = (" OR " if c.name == "LIKE_ANY" else " AND ").join(
        f"{as_text(c.t, c[0])} LIKE {as_text(c.t, v)}" for v in c.values[1:]
    )
    return Value(f"({joined})", BOOLEAN)


# -- CASE and the like -------------------------------------------------------------------------------------------------


def _choose(t: Translator, conditions: Sequence[str], results: Sequence[Value]) -> Value:
    """CASE WHEN … of conditions and their results; the last result is ELSE's."""
    results = unify(t, results)
    whens = " ".join(f"WHEN {c} THEN {r.sql}" for c, r in zip(conditions, results, strict=False))
    return Value(f"CASE {whens} ELSE {results[-1].sql} END", results[-1].type)


@rule(exp.Case)
def _case(t: Translator, node: exp.Expr) -> Value:
    operand = t.value(node.this) if node.this is not None else None
    conditions: list[str] = []
    results: list[Value] = []
    for branch in node.args["ifs"]:
        value = t.value(branch.this)
        conditions.append(compare(t, "=", operand, value).sql if operand is not None else as_boolean(t, value))
        results.append(t.value(branch.args["true"]))
    default = node.args.get("default")
    results.append(t.value(default) if default is not None else NULL_VALUE)
    return _choose(t, conditions, results)


@function("IFF", args=(3, 3))
def _iff(c: Call) -> Value:
    return _choose(c.t, [as_boolean(c.t, c[0])], [c[1], c[2]])


@function("IFNULL", "NVL", args=(2, 2))
@function("COALESCE", args=(2, None))
def _coalesce(c: Call) -> Value:
    values = unify(c.t, c.values)
    return Value(f"coalesce({', '.join(v.sql for v in values)})", values[0].type)


@function("NVL2", args=(3, 3))
def _nvl2(c: Call) -> Value:
    return _choose(c.t, [f"{c[0].sql} IS NOT NULL"], [c[1], c[2]])


@function("NULLIF", args=(2, 2))
def _nullif(c: Call) -> Value:
    same = compare(c.t, "=", c[0], c[1])
    return Value(f"CASE WHEN {same.sql} THEN NULL ELSE {c[0].sql} END", c[0].type)


@function("DECODE", args=(3, None))
def _decode(c: Call) -> Value:
    values = c.values
    rest = values[1:]
    conditions = [compare(c.t, "IS NOT DISTINCT FROM", values[0], rest[i]).sql for i in range(0, len(rest) - 1, 2)]
    results = [rest[i] for i in range(1, len(rest), 2)]
    return _choose(c.t, conditions, [*results, rest[-1] if len(rest) % 2 else NULL_VALUE])


@function("ZEROIFNULL", args=(1, 1))
def _zeroifnull(c: Call) -> Value:
    values = unify(c.t, [as_number(c.t, c[0]), constant(0)])
    return Value(f"coalesce({values[0].sql}, {values[1].sql})", values[0].type)


@function("NULLIFZERO", args=(1, 1))
def _nullifzero(c: Call) -> Value:
    value = as_number(c.t, c[0])
    return Value(f"nullif({value.sql}, 0)", value.type)


@function("EQUAL_NULL", args=(2, 2))
def _equal_null(c: Call) -> Value:
    return compare(c.t, "IS NOT DISTINCT FROM", c[0], c[1])


def _extreme(name: str, strict: bool) -> Callable[[Call], Value]:
    def translate(c: Call) -> Value:
        values = unify(c.t, c.values)
        need_order(values[0].type)
        if values[0].type.is_semistructured or values[0].type.name == "DECFLOAT":
            keyed = [
                f"CASE WHEN {value.sql} IS NOT NULL THEN {{'k': {key}, 'v': {value.sql}}} END"
                for key, value in zip(comparable(c.t, values), values, strict=True)
            ]
            inner = f"{name}({', '.join(keyed)}).v"
        else:
            inner = f"{name}({', '.join(v.sql for v in values)})"
        if not strict or len(values) == 1:
            return Value(inner, values[0].type)
        nulls = " OR ".join(f"{v.sql} IS NULL" for v in values)
        return Value(f"CASE WHEN {nulls} THEN NULL ELSE {inner} END", values[0].type)

    return translate


function("GREATEST", args=(1, None))(_extreme("greatest", True))
function("LEAST", args=(1, None))(_extreme("least", True))
function("GREATEST_IGNORE_NULLS", args=(1, None))(_extreme("greatest", False))
function("LEAST_IGNORE_NULLS", args=(1, None))(_extreme("least", False))


def _logic(template: str, least: int = 2) -> Callable[[Call], Value]:
    def translate(c: Call) -> Value:
        return Value(template.format(*(as_boolean(c.t, v) for v in c.values)), BOOLEAN)

    return translate


function("BOOLAND", args=(2, 2))(_logic("({0} AND {1})"))
function("BOOLOR", args=(2, 2))(_logic("({0} OR {1})"))
function("BOOLXOR", args=(2, 2))(_logic("({0} <> {1})"))
function("BOOLNOT", args=(1, 1))(_logic("(NOT {0})"))


@function("TO_BOOLEAN", args=(1, 1))
def _to_boolean(c: Call) -> Value:
    return to_boolean(c.t, c[0])


@function("TRY_TO_BOOLEAN", args=(1, 1))
def _try_to_boolean(c: Call) -> Value:
    return Value(f"TRY({to_boolean(c.t, c[0]).sql})", BOOLEAN)


@function("IS_NULL_VALUE", args=(1, 1))
def _is_null_value(c: Call) -> Value:
    return Value(f"({cast(c.t, c[0], DataType('VARIANT')).sql} = 'null')", BOOLEAN)


@rule(exp.Collate)
def _collate(t: Translator, node: exp.Expr) -> Value:
    raise unsupported("collations")


@function("COLLATE", "COLLATION", args=(1, 2))
def _collation(c: Call) -> Value:
    raise unsupported("collations")


def condition(t: Translator, node: exp.Expr) -> str:
    """SQL of what stands after WHERE, ON, HAVING …"""
    value = t.value(node)
    if value.type.name not in ("BOOLEAN", "NULL", "VARIANT"):
        raise compilation("002001", f"Invalid data type [{value.type}] for predicate [{t.shown(node)}]", "42601")
    return as_boolean(t, value)
