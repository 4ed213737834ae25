"""Aggregates: functions of many rows, which with OVER are window functions, too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import attrs
from sqlglot import exp

from ..errors import carry, compilation
from ..types import ARRAY, BOOLEAN, FLOAT, OBJECT, VARCHAR, DataType, number
from . import variants
from .casts import as_boolean, as_number, as_text, cast, constant_integer, double, need_order, to_variant
from .core import Call, Translator, Value, function, quote
from .numbers import divide
from .runtime import python
from .text import count


def _distinct(c: Call) -> str:
    return "DISTINCT " if c.distinct else ""


def order_of(c: Call) -> str:
    """` ORDER BY …` of WITHIN GROUP, for the inside of a call."""
    from .relations import ordered

    if c.order is None:
        return ""
    return " ORDER BY " + ", ".join(ordered(c.t, item, c.t.value(item.this)) for item in c.order.expressions)


def key_of(t: Translator, value: Value) -> str:
    """SQL by which values of a type are ordered."""
    from .relations import order_key

    return cast(t, value, FLOAT).sql if value.type.name == "DECFLOAT" else order_key(t, value)


# -- counting --------------------------------------------------------------------------------------


def _present(c: Call) -> str:
    """SQL of the condition that no argument is NULL."""
    return " AND ".join(f"{v.sql} IS NOT NULL" for v in expanded(c))


def expanded(c: Call) -> list[Value]:
    """The arguments, with `*` and `t.*` as the columns that they stand for."""
    from .relations import star_columns

    values: list[Value] = []
    for i, node in enumerate(c.nodes):
        if isinstance(node, exp.Star) or (isinstance(node, exp.Column) and isinstance(node.this, exp.Star)):
            values += [value for _, value in star_columns(c.t, node)]
        else:
            values.append(c[i])
    return values


@function("COUNT", args=(1, None), aggregate=True)
def _count(c: Call) -> Value:
    return attrs.evolve(_counted(c), nullable=False)


def _counted(c: Call) -> Value:
    if isinstance(c.nodes[0], exp.Star) and not c.distinct and not any(c.nodes[0].args.values()):
        return count(f"count(*){c.window()}")
    values = expanded(c)
    if len(values) == 1:
        return count(f"count({_distinct(c)}{_comparable(c.t, values[0])}){c.window()}")
    counted = f"DISTINCT row({', '.join(_comparable(c.t, v) for v in values)})" if c.distinct else "*"
    return count(f"count({counted}) FILTER (WHERE {_present(c)}){c.window()}")


def _comparable(t: Translator, value: Value) -> str:
    if value.type.name == "TIMESTAMP_TZ":
        return f"({value.sql} >> 12)"
    return key_of(t, value) if value.type.is_semistructured or value.type.name == "DECFLOAT" else value.sql


@function("COUNT_IF", args=(1, 1), aggregate=True)
def _count_if(c: Call) -> Value:
    return count(f"count(*) FILTER (WHERE {as_boolean(c.t, c[0])}){c.window()}")


@function("APPROX_COUNT_DISTINCT", "HLL", args=(1, None), aggregate=True)
def _hll(c: Call) -> Value:
    return _count(attrs.evolve(c, distinct=True))


@function("GROUPING", "GROUPING_ID", args=(1, None), aggregate=True)
def _grouping(c: Call) -> Value:
    return count(f"grouping({', '.join(v.sql for v in c.values)})")


# -- sums and averages -----------------------------------------------------------------------------


def _total(c: Call, value: Value) -> Value:
    kind = number(38, value.type.scale)
    return Value(f"CAST(sum({_distinct(c)}{value.sql}){c.window()} AS {kind.physical})", kind)


def _exact(c: Call) -> Value:
    """The argument as a number, of which sums are made; a text is a FLOAT."""
    value = c[0] if c[0].type.is_text else as_number(c.t, c[0])
    return cast(c.t, value, FLOAT) if value.type.name in ("DECFLOAT", "VARCHAR") else value


@function("SUM", args=(1, 1), aggregate=True)
def _sum(c: Call) -> Value:
    value = _exact(c)
    if value.type.name == "FLOAT":
        return Value(f"sum({_distinct(c)}{value.sql}){c.window()}", FLOAT)
    return _total(c, value)


@function("AVG", args=(1, 1), aggregate=True)
def _avg(c: Call) -> Value:
    value = _exact(c)
    if value.type.name == "FLOAT":
        return Value(f"avg({_distinct(c)}{value.sql}){c.window()}", FLOAT)
    rows = Value(f"CAST(nullif(count({_distinct(c)}{value.sql}){c.window()}, 0) AS DECIMAL(18,0))", number(18, 0))
    made = divide(c.t, _total(c, value), rows)
    if c.over is None:
        return made
    # As a window function it has three digits more than its argument, and what is beyond them is cut off.
    scale = value.type.scale + 3
    kind = number(38, scale)
    unit = f"CAST({Decimal(1).scaleb(-scale):f} AS DECIMAL({scale + 1},{scale}))"
    return Value(f"CAST({made.sql} - {made.sql} % {unit} AS {kind.physical})", kind)


# -- smallest, largest, any ------------------------------------------------------------------------


@function("MIN", "MAX", args=(1, 1), aggregate=True)
def _extreme(c: Call) -> Value:
    value = c[0]
    need_order(value.type)
    if value.type.is_semistructured or value.type.name == "DECFLOAT":
        return Value(f"arg_{c.name.lower()}({value.sql}, {key_of(c.t, value)}){c.window()}", value.type)
    return Value(f"{c.name.lower()}({value.sql}){c.window()}", value.type)


@function("ANY_VALUE", args=(1, 1), aggregate=True)
def _any_value(c: Call) -> Value:
    return Value(f"any_value({c[0].sql}){c.window()}", c[0].type)


@function("MIN_BY", "MAX_BY", args=(2, 3), aggregate=True)
def _by(c: Call) -> Value:
    name, key = f"arg_{c.name[:3].lower()}", key_of(c.t, c[1])
    if len(c) < 3:
        return Value(f"{name}_null({c[0].sql}, {key}){c.window()}", c[0].type)
    size = constant_integer(c, 2, 1)
    if size < 1:
        raise compilation("001044", f"Argument 3 of {c.name} must be positive.", "42P13")
    return Value(f"sf_array_of({name}({to_variant(c.t, c[0]).sql}, {key}, {size}){c.window()})", ARRAY)


@function("MODE", args=(1, 1), aggregate=True)
def _mode(c: Call) -> Value:
    return Value(f"mode({c[0].sql}){c.window()}", c[0].type)


# -- statistics ------------------------------------------------------------------------------------


def _finer(value: Value) -> DataType:
    """The type of a number between two others."""
    return (
        number(min(38, value.type.precision + 3), min(37, value.type.scale + 3))
        if value.type.name == "NUMBER"
        else FLOAT
    )


@function("MEDIAN", args=(1, 1), aggregate=True)
def _median(c: Call) -> Value:
    value = _exact(c)
    kind = _finer(value)
    return Value(f"CAST(quantile_cont({cast(c.t, value, kind).sql}, 0.5){c.window()} AS {kind.physical})", kind)


def _ordered_by(c: Call) -> tuple[Value, bool]:
    """What WITHIN GROUP orders by, and whether downwards."""
    if c.order is None or len(c.order.expressions) != 1:
        raise compilation("000938", f"{c.name} needs WITHIN GROUP (ORDER BY …) with one expression.", "42601")
    item = c.order.expressions[0]
    return c.t.value(item.this), bool(item.args.get("desc"))


def _share(c: Call) -> Decimal:
    value = c[0].literal
    if not isinstance(value, Decimal) or not 0 <= value <= 1:
        raise compilation("001023", f"The argument of {c.name} must be a constant between 0 and 1.", "22023")
    return value


@function("PERCENTILE_CONT", args=(1, 1), aggregate=True)
def _percentile_cont(c: Call) -> Value:
    value, down = _ordered_by(c)
    value = as_number(c.t, value)
    kind, share = _finer(value), _share(c)
    at = 1 - share if down else share
    return Value(f"CAST(quantile_cont({cast(c.t, value, kind).sql}, {at}){c.window()} AS {kind.physical})", kind)


@function("PERCENTILE_DISC", args=(1, 1), aggregate=True)
def _percentile_disc(c: Call) -> Value:
    value, down = _ordered_by(c)
    order = f"ORDER BY {value.sql}{' DESC' if down else ''}"
    listed = f"list({value.sql} {order}) FILTER (WHERE {value.sql} IS NOT NULL){c.window()}"
    at = f"greatest(1, ceil({_share(c)} * count({value.sql}){c.window()}))"
    return Value(f"list_extract({listed}, CAST({at} AS BIGINT))", value.type)


@function("APPROX_PERCENTILE", args=(2, 2), aggregate=True)
def _approx_percentile(c: Call) -> Value:
    share = c[1].literal
    if not isinstance(share, Decimal) or not 0 <= share <= 1:
        raise compilation(
            "001023", "The second argument of APPROX_PERCENTILE must be a constant between 0 and 1.", "22023"
        )
    return Value(f"quantile_cont({double(c.t, c[0])}, {share}){c.window()}", FLOAT)


@function("APPROX_TOP_K", args=(1, 3), aggregate=True)
def _approx_top_k(c: Call) -> Value:
    size = constant_integer(c, 1, 1)
    return Value(f"sf_most_frequent(list({to_variant(c.t, c[0]).sql}){c.window()}, {size})", ARRAY)


@python("VARCHAR[] BIGINT", "VARCHAR")
def _most_frequent(values: list[str | None], size: int) -> str:
    counts = Counter("null" if v is None else v for v in values)
    best = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:size]
    return variants.dump([[variants.load(value), times] for value, times in best])


def _spread(names: tuple[str, ...], call: str, exact: bool) -> None:
    """Standard deviations and variances. exact: the result is a NUMBER if the argument is one."""

    @function(*names, args=(1, 1), aggregate=True)
    def translate(c: Call) -> Value:  # pyright: ignore[reportUnusedFunction]
        value = _exact(c)
        made = f"{call}({_distinct(c)}{double(c.t, value)}){c.window()}"
        if exact and value.type.name == "NUMBER":
            kind = number(38, min(12, value.type.scale * 2 + 6))
            return Value(f"CAST({made} AS {kind.physical})", kind)
        return Value(made, FLOAT)


_spread(("STDDEV", "STDDEV_SAMP"), "stddev_samp", False)
_spread(("STDDEV_POP",), "stddev_pop", False)
_spread(("VARIANCE", "VAR_SAMP", "VARIANCE_SAMP"), "var_samp", True)
_spread(("VAR_POP", "VARIANCE_POP"), "var_pop", True)
_spread(("SKEW",), "skewness", False)
_spread(("KURTOSIS",), "kurtosis", False)


def _pairs(name: str, call: str) -> None:
    @function(name, args=(2, 2), aggregate=True)
    def translate(c: Call) -> Value:  # pyright: ignore[reportUnusedFunction]
        sql = f"{call}({double(c.t, c[0])}, {double(c.t, c[1])}){c.window()}"
        return Value(f"nullif({sql}, 'NaN'::DOUBLE)", FLOAT)


for _name in (
    "CORR",
    "COVAR_POP",
    "COVAR_SAMP",
    "REGR_AVGX",
    "REGR_AVGY",
    "REGR_INTERCEPT",
    "REGR_R2",
    "REGR_SLOPE",
    "REGR_SXX",
    "REGR_SXY",
    "REGR_SYY",
):
    _pairs(_name, _name.lower())


@function("REGR_COUNT", args=(2, 2), aggregate=True)
def _regr_count(c: Call) -> Value:
    return count(f"regr_count({double(c.t, c[0])}, {double(c.t, c[1])}){c.window()}")


@function("REGR_VALX", "REGR_VALY", args=(2, 2))
def _regr_val(c: Call) -> Value:
    kept, other = (c[1], c[0]) if c.name == "REGR_VALX" else (c[0], c[1])
    return Value(f"CASE WHEN {other.sql} IS NOT NULL THEN {double(c.t, kept)} END", FLOAT)


# -- truth  ----------------------------------------------------------------------------------------


@function("BOOLAND_AGG", "BOOLOR_AGG", args=(1, 1), aggregate=True)
def _bool_agg(c: Call) -> Value:
    call = "bool_and" if c.name == "BOOLAND_AGG" else "bool_or"
    return Value(f"{call}({as_boolean(c.t, c[0])}){c.window()}", BOOLEAN)


@function("BOOLXOR_AGG", args=(1, 1), aggregate=True)
def _boolxor_agg(c: Call) -> Value:
    truth = as_boolean(c.t, c[0])
    over = c.window()
    return Value(f"CASE WHEN count({truth}){over} > 0 THEN count(*) FILTER (WHERE {truth}){over} = 1 END", BOOLEAN)


# -- text and structures ---------------------------------------------------------------------------


def _listed(c: Call, value: Value, shown: Callable[[Value], str]) -> str:
    """SQL of the list of the values that aren't NULL, each as `shown` has it, in the order of WITHIN GROUP."""
    if not c.distinct:
        return f"list({shown(value)}{order_of(c)}) FILTER (WHERE {value.sql} IS NOT NULL){c.window()}"
    # DISTINCT goes by the values themselves, so they are shown afterwards.
    name = c.t.fresh("x")
    inner = f"list(DISTINCT {value.sql}{order_of(c)}) FILTER (WHERE {value.sql} IS NOT NULL){c.window()}"
    return f"list_transform({inner}, lambda {name}: {shown(Value(name, value.type))})"


@function("LISTAGG", "STRING_AGG", args=(1, 2), aggregate=True)
def _listagg(c: Call) -> Value:
    if len(c) > 1 and c.nodes[1].find(exp.Column):
        raise compilation("001015", "argument 2 to function LISTAGG needs to be constant", "22023")
    delimiter = as_text(c.t, c[1]) if len(c) > 1 else quote("")
    listed = _listed(c, c[0], lambda v: as_text(c.t, v))
    return Value(f"coalesce(array_to_string({listed}, {delimiter}), '')", VARCHAR)


@function("ARRAY_AGG", "ARRAYAGG", args=(1, 1), aggregate=True)
def _array_agg(c: Call) -> Value:
    listed = _listed(c, c[0], lambda v: to_variant(c.t, v).sql)
    # A variant is JSON in its only spelling, so an array of them is their texts with commas between.
    return Value(f"('[' || coalesce(array_to_string({listed}, ','), '') || ']')", ARRAY)


@function("ARRAY_UNIQUE_AGG", args=(1, 1), aggregate=True)
def _array_unique_agg(c: Call) -> Value:
    return _array_agg(attrs.evolve(c, distinct=True))


@function("ARRAY_UNION_AGG", args=(1, 1), aggregate=True)
def _array_union_agg(c: Call) -> Value:
    return Value(f"sf_array_union(list({cast(c.t, c[0], ARRAY).sql}){c.window()})", ARRAY)


@python("VARCHAR[]", "VARCHAR")
def _array_union(arrays: list[str | None]) -> str:
    """A member is in the union as often as in the array that has it most often."""
    made: list[Any] = []
    keys: Counter[str] = Counter()
    for array in arrays:
        seen: Counter[str] = Counter()
        members: list[Any] = [] if array is None else variants.load(array)
        for value in members:
            key = variants.sort_key(value)
            seen[key] += 1
            if seen[key] > keys[key]:
                keys[key] += 1
                made.append(value)
    return variants.dump(made)


@function("OBJECT_AGG", args=(2, 2), aggregate=True)
def _object_agg(c: Call) -> Value:
    key, value = as_text(c.t, c[0]), to_variant(c.t, c[1]).sql
    over, present = c.window(), f"FILTER (WHERE {key} IS NOT NULL AND {value} IS NOT NULL)"
    members = f"list(CAST(to_json({key}) AS VARCHAR) || ':' || {value} ORDER BY ({key} || '')) {present}{over}"
    keys = f"list({key}) {present}{over}"
    twice = quote(carry("100103", "22000", "Duplicate field key in OBJECT_AGG"))
    made = f"'{{' || coalesce(array_to_string({members}, ','), '') || '}}'"
    return Value(f"CASE WHEN len(list_distinct({keys})) < len({keys}) THEN error({twice}) ELSE {made} END", OBJECT)


@function("HASH_AGG", args=(1, None), aggregate=True)
def _hash_agg(c: Call) -> Value:
    from .generation import hashed

    # A sum doesn't forget a row that is there twice, and knows no order.
    total = f"coalesce(sum({_distinct(c)}CAST({hashed(c.t, expanded(c))} AS HUGEINT)){c.window()}, 0)"
    return Value(f"CAST(({total} + {2**63}) % {2**64} - {2**63} AS DECIMAL(19,0))", number(19, 0))
