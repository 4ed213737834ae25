"""OVER: partitions, order and frames, and the functions that need them."""

from __future__ import annotations

import itertools

import attrs
from sqlglot import exp

from ..errors import compilation, mistyped
from ..types import DATE, FLOAT, INTEGER
from .casts import as_boolean, as_moment, as_number, double, instant, integer, local, to_variant, unify
from .core import Call, Translator, Value, check, function, listed, rule
from .dates import interval
from .runtime import python

WHOLE = "ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING"


def over(t: Translator, node: exp.Window, frame: str = "") -> str:
    """` OVER (…)` of DuckDB's SQL."""
    from .relations import alike, ordered

    check(node)
    if "SEQ()" not in t.scope.pseudo and _counts_rows(node):
        # DuckDB has no window in another, so that rows are counted before.
        t.scope.pseudo["SEQ()"] = Value(t.draw("row_number() OVER () - 1"), INTEGER)
        try:
            return over(t, node, frame)
        finally:
            del t.scope.pseudo["SEQ()"]
    spec = node.args.get("spec")
    parts: list[str] = []
    partition = [alike(t.value(n)) for n in listed(node, "partition_by")]
    if partition:
        parts.append("PARTITION BY " + ", ".join(partition))
    order = node.args.get("order")
    if order is not None:
        keys = [t.value(item.this) for item in order.expressions]
        if spec is not None and spec.find(exp.Interval) is not None:
            # DuckDB moves a border by an interval only along its own dates and timestamps.
            keys = [Value(local(t, as_moment(t, key)), DATE) for key in keys]
        parts.append("ORDER BY " + ", ".join(ordered(t, item, key) for item, key in zip(order.expressions, keys)))
    if not parts and t.scope.window:
        parts.append(t.scope.window)
    if spec is not None:
        parts.append(_frame(t, spec))
    elif frame:
        parts.append(frame)
    return f" OVER ({' '.join(parts)})"


def _counts_rows(node: exp.Window) -> bool:
    """Whether partitions or order are by SEQ1() and the like."""
    keys = [*listed(node, "partition_by"), *([node.args["order"]] if node.args.get("order") is not None else [])]
    return any(call.name.upper() in ("SEQ1", "SEQ2", "SEQ4", "SEQ8") for key in keys for call in key.find_all(exp.Func))


def _frame(t: Translator, spec: exp.Expr) -> str:
    check(spec)
    kind = str(spec.args.get("kind") or "ROWS").upper()
    if kind == "GROUPS":  # which DuckDB has and Snowflake has not
        raise compilation("001003", "syntax error: unexpected 'GROUPS'.", "42000")
    start = _bound(t, spec.args.get("start"), spec.args.get("start_side"))
    end = _bound(t, spec.args.get("end"), spec.args.get("end_side"))
    return f"{kind} BETWEEN {start} AND {end}"


def _bound(t: Translator, bound: object, side: object) -> str:
    if bound is None or bound == "CURRENT ROW":
        return "CURRENT ROW"
    if isinstance(bound, str):
        return f"{bound} {side}".upper()
    if isinstance(bound, exp.Interval):
        return f"{interval(bound)} {side}".upper()
    assert isinstance(bound, exp.Expr)
    return f"{integer(t, t.value(bound))} {side}".upper()


@rule(exp.Window)
def _window(t: Translator, node: exp.Expr) -> Value:
    assert isinstance(node, exp.Window)
    call = _call(t, node.this)
    if call.distinct and (node.args.get("order") is not None or node.args.get("spec") is not None):
        raise compilation("001003", "distinct cannot be used with a window frame or an order.")
    return t.call(attrs.evolve(call, over=node))


@rule(exp.IgnoreNulls, exp.RespectNulls, exp.WithinGroup)
def _modified(t: Translator, node: exp.Expr) -> Value:
    return t.call(_call(t, node))


def _call(t: Translator, node: exp.Expr) -> Call:
    """The call inside of IGNORE NULLS and WITHIN GROUP."""
    from .relations import make_call

    if isinstance(node, exp.IgnoreNulls):
        return attrs.evolve(_call(t, node.this), ignore_nulls=True)
    if isinstance(node, exp.RespectNulls):
        return _call(t, node.this)
    if isinstance(node, exp.WithinGroup):
        return attrs.evolve(_call(t, node.this), order=node.expression)
    if not isinstance(node, exp.Anonymous):
        raise compilation("002073", "OVER must follow a function.", "42601")
    inner: list[exp.Expr] = node.expressions
    if inner and isinstance(inner[0], (exp.IgnoreNulls, exp.RespectNulls)):  # LAG(a IGNORE NULLS)
        bare = exp.Anonymous(this=node.this, expressions=[inner[0].this, *inner[1:]])
        return _call(t, type(inner[0])(this=bare))
    return make_call(t, node)


def _needs_order(c: Call) -> None:
    if c.over is not None and c.over.args.get("order") is None:
        raise compilation("001003", f"Window function type [{c.name}] requires ORDER BY in window specification.")


def _ranking(name: str) -> None:
    @function(name, args=(0, 0), window=True)
    def translate(c: Call) -> Value:  # pyright: ignore[reportUnusedFunction]
        _needs_order(c)
        call = f"{name.lower()}(){c.window()}"
        return (
            Value(call, FLOAT)
            if name in ("PERCENT_RANK", "CUME_DIST")
            else Value(f"CAST({call} AS DECIMAL(38,0))", INTEGER, nullable=False)
        )


for _name in ("ROW_NUMBER", "RANK", "DENSE_RANK", "PERCENT_RANK", "CUME_DIST"):
    _ranking(_name)


@function("NTILE", args=(1, 1), window=True)
def _ntile(c: Call) -> Value:
    _needs_order(c)
    return Value(f"CAST(ntile({integer(c.t, c[0])}){c.window()} AS DECIMAL(38,0))", INTEGER)


@function("LAG", "LEAD", args=(1, 3), window=True)
def _lag(c: Call) -> Value:
    _needs_order(c)
    value, distance = c[0], integer(c.t, c[1]) if len(c) > 1 else "1"
    if len(c) < 3:
        return Value(f"{c.name.lower()}({value.sql}, {distance}{c.nulls}){c.window()}", value.type)
    value, default = unify(c.t, [value, c[2]])
    return Value(f"{c.name.lower()}({value.sql}, {distance}, {default.sql}{c.nulls}){c.window()}", value.type)


@function("FIRST_VALUE", "LAST_VALUE", args=(1, 1), window=True)
def _first_value(c: Call) -> Value:
    _needs_order(c)
    return Value(f"{c.name.lower()}({c[0].sql}{c.nulls}){c.window(WHOLE)}", c[0].type)


@function("NTH_VALUE", args=(2, 3), window=True)
def _nth_value(c: Call) -> Value:
    _needs_order(c)
    if c[1].is_literal and c[1].literal == 0:
        raise compilation("001023", "The position of NTH_VALUE must be positive.", "22023")
    if len(c) > 2:  # FROM LAST: counted from the end of the frame
        given = f" FILTER (WHERE {c[0].sql} IS NOT NULL)" if c.ignore_nulls else ""
        return Value(f"(list({c[0].sql}){given}{c.window(WHOLE)})[-{integer(c.t, c[1])}]", c[0].type)
    return Value(f"nth_value({c[0].sql}, {integer(c.t, c[1])}{c.nulls}){c.window(WHOLE)}", c[0].type)


@function("RATIO_TO_REPORT", args=(1, 1), window=True)
def _ratio_to_report(c: Call) -> Value:
    from .numbers import divide

    value = as_number(c.t, c[0])
    if value.type.name != "NUMBER":
        return Value(f"({double(c.t, value)} / sum({double(c.t, value)}){c.window()})", FLOAT)
    total = Value(
        f"CAST(sum({value.sql}){c.window()} AS DECIMAL(38,{value.type.scale}))", attrs.evolve(value.type, precision=38)
    )
    return divide(c.t, value, Value(f"nullif({total.sql}, 0)", total.type))


_SO_FAR = "ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW"


_FROM_NOW = "ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING"


@function("INTERPOLATE_FFILL", "INTERPOLATE_BFILL", args=(1, 1), window=True)
def _filled(c: Call) -> Value:
    _needs_no_frame(c)
    if c[0].type.is_shape:
        raise mistyped(c.name, [c[0].type])
    return Value(_nearest(c, c[0].sql, c.name.endswith("FFILL")), c[0].type)


@function("INTERPOLATE_LINEAR", args=(1, 1), window=True)
def _interpolated(c: Call) -> Value:
    """On the line between the rows before and after that have a value; NULL where one of them is missing."""
    _needs_no_frame(c)
    keys = listed(c.over.args["order"], "expressions") if c.over else []
    key, value = c.t.value(keys[0].this), c[0]
    if (
        len(keys) > 1
        or not value.type.is_number
        or not (key.type.is_number or key.type.is_timestamp or key.type.name == "DATE")
    ):
        raise mistyped(c.name, [value.type, key.type])
    if key.type.is_timestamp:
        key = Value(f"({instant(c.t, key)} >> 10)", INTEGER)
    at = f"epoch({key.sql})" if key.type.name == "DATE" else f"CAST({key.sql} AS DOUBLE)"
    known = f"CASE WHEN {value.sql} IS NOT NULL THEN {at} END"
    (y1, x1), (y2, x2) = ((_nearest(c, double(c.t, value), now), _nearest(c, known, now)) for now in (True, False))
    made = f"({y1} + ({y2} - {y1}) * ({at} - {x1}) / ({x2} - {x1}))"
    return Value(f"coalesce({value.sql}, CAST({made} AS {value.type.physical}))", value.type)


def _nearest(c: Call, sql: str, before: bool) -> str:
    """SQL of the nearest value that is there, from this row on or back."""
    name, frame = ("last_value", _SO_FAR) if before else ("first_value", _FROM_NOW)
    return f"{name}({sql} IGNORE NULLS){c.window(frame)}"


def _needs_no_frame(c: Call) -> None:
    _needs_order(c)
    if c.over is not None and c.over.args.get("spec") is not None:
        raise compilation("001003", f"Window function type [{c.name}] doesn't support window frames.")


@function("CONDITIONAL_TRUE_EVENT", args=(1, 1), window=True)
def _conditional_true_event(c: Call) -> Value:
    _needs_order(c)
    return Value(f"CAST(count(*) FILTER (WHERE {as_boolean(c.t, c[0])}){c.window(_SO_FAR)} AS DECIMAL(38,0))", INTEGER)


@function("CONDITIONAL_CHANGE_EVENT", args=(1, 1), window=True)
def _conditional_change_event(c: Call) -> Value:
    _needs_order(c)
    return Value(f"CAST(sf_changes(list({to_variant(c.t, c[0]).sql}){c.window(_SO_FAR)}) AS DECIMAL(38,0))", INTEGER)


@python("VARCHAR[]", "BIGINT")
def _changes(values: list[str | None]) -> int:
    """How often a value differs from the one before it; next to NULL nothing does."""
    return sum(a is not None and b is not None and a != b for a, b in itertools.pairwise(values))
