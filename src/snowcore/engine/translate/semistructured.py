"""VARIANT, OBJECT and ARRAY: paths, literals, and their functions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import attrs
from sqlglot import exp

from ..errors import EngineError, compilation, unsupported
from ..types import ARRAY, BOOLEAN, FLOAT, INTEGER, OBJECT, VARCHAR, VARIANT, DataType, Part
from . import structures, variants
from .casts import as_text, cast, constant, constant_integer, integer, roomy, text, to_text, to_variant
from .core import Call, Translator, Value, function, quote, rule, spread
from .runtime import python

# -- functions that DuckDB calls ---------------------------------------------------------------------------------------


@python("VARCHAR VARCHAR", "VARCHAR")
def _get_text(value: str, key: str) -> str | None:
    return _found(variants.get(variants.load(value), key))


@python("VARCHAR BIGINT", "VARCHAR")
def _get_index(value: str, index: int) -> str | None:
    return _found(variants.get(variants.load(value), index))


@python("VARCHAR VARCHAR", "VARCHAR")
def _get_path(value: str, path: str) -> str | None:
    return _found(variants.walk(variants.load(value), variants.path_steps(path)))


@python("VARCHAR VARCHAR", "VARCHAR")
def _get_ignoring_case(value: str, key: str) -> str | None:
    found = variants.load(value)
    if not variants.is_object(found):
        return None
    if key in found:
        return _found(found[key])
    return next((_found(v) for k, v in sorted(found.items()) if k.lower() == key.lower()), None)


def _found(value: Any) -> str | None:
    return None if value == variants.UNDEFINED else variants.dump(value)


@python("VARCHAR", "VARCHAR")
def _parse_json(value: str) -> str | None:
    return variants.parse(value)


@python("VARCHAR", "VARCHAR")
def _check_json(value: str) -> str | None:
    try:
        variants.parse(value)
    except EngineError as error:
        return error.message.removeprefix("Error parsing JSON: ")
    return None


@python("VARCHAR", "VARCHAR")
def _to_json(value: str) -> str | None:
    return variants.dump(variants.load(value), show_tags=True)


@python("VARCHAR", "VARCHAR")
def _type_of(value: str) -> str:
    return variants.type_of(variants.load(value))


# -- paths -------------------------------------------------------------------------------------------------------------


def path(t: Translator, value: Value, steps: Sequence[str | int]) -> Value:
    """`value:a.b[0]`: what there is at the end of a path, or NULL."""
    if not value.type.is_semistructured and not value.is_null:
        raise compilation("001044", f"Invalid argument types for function 'GET': ({value.type}, VARCHAR)", "42P13")
    if value.type.parts:
        for step in steps:
            value = get(t, value, text(step) if isinstance(step, str) else constant(step))
        return value
    if len(steps) == 1:
        step = steps[0]
        sql = (
            f"sf_get_index({value.sql}, {step})"
            if isinstance(step, int)
            else f"sf_get_text({value.sql}, {quote(step)})"
        )
        return Value(sql, VARIANT)
    written = "".join(f"[{s}]" if isinstance(s, int) else "['" + s.replace("'", "''") + "']" for s in steps)
    return Value(f"sf_get_path({value.sql}, {quote(written)})", VARIANT)


@rule(exp.JSONExtract)
def _extract(t: Translator, node: exp.Expr) -> Value:
    steps: list[str | int] = []
    found = node.expression
    if not isinstance(found, exp.JSONPath):
        return Value(f"sf_get_path({t.value(node.this).sql}, {as_text(t, t.value(found))})", VARIANT)
    for part in found.expressions:
        if isinstance(part, exp.JSONPathRoot):
            continue
        if isinstance(part, (exp.JSONPathKey, exp.JSONPathSubscript)) and isinstance(part.this, (str, int)):
            steps.append(part.this)
        else:
            raise unsupported("this path into a VARIANT")
    return path(t, t.value(node.this), steps)


@rule(exp.Bracket)
def _bracket(t: Translator, node: exp.Expr) -> Value:
    if len(node.expressions) != 1 or isinstance(node.expressions[0], exp.Slice):
        raise unsupported("this form of [ ]")
    return get(t, t.value(node.this), t.value(node.expressions[0]))


def get(t: Translator, value: Value, key: Value) -> Value:
    """GET: by the name of a key, or by an index."""
    if not value.type.is_semistructured and not value.is_null:
        raise compilation("001044", f"Invalid argument types for function 'GET': ({value.type}, {key.type})", "42P13")
    if value.type.name == "MAP":
        key = to_text(t, key)
    if key.type.is_text:
        found = Value(f"sf_get_text({value.sql}, {key.sql})", VARIANT)
    else:
        found = Value(f"sf_get_index({value.sql}, {integer(t, key)})", VARIANT)
    return cast(t, found, structures.part_of(value.type, key)) if value.type.parts else found


@function("GET", args=(2, 2))
def _get(c: Call) -> Value:
    return get(c.t, c[0], c[1])


@function("GET_IGNORE_CASE", args=(2, 2))
def _get_ignore_case(c: Call) -> Value:
    return Value(f"sf_get_ignoring_case({to_variant(c.t, c[0]).sql}, {as_text(c.t, c[1])})", VARIANT)


@function("GET_PATH", args=(2, 2))
def _get_path_function(c: Call) -> Value:
    return Value(f"sf_get_path({cast(c.t, c[0], VARIANT).sql}, {as_text(c.t, c[1])})", VARIANT)


@function("JSON_EXTRACT_PATH_TEXT", args=(2, 2))
def _path_text(c: Call) -> Value:
    text = as_text(c.t, c[0])
    return Value(f"sf_variant_text(sf_get_path(sf_parse_json({text}), {as_text(c.t, c[1])}))", VARCHAR)


# -- making and showing ------------------------------------------------------------------------------------------------


@python("VARCHAR", "VARCHAR")
def _parse_json_last(value: str) -> str | None:
    return variants.parse(value, variants.LAST_COUNTS)


def _parsed(c: Call) -> str:
    """SQL of PARSE_JSON. Its second argument: `s`, a key may be there once; `d`, the last of its values counts."""
    mode = (c.constant(1, "s") or "s").lower()
    if mode not in ("s", "d"):
        raise compilation("001023", f"invalid value [{mode}] for the parameter of {c.name}", "22023")
    return f"sf_parse_json{'_last' if mode == 'd' else ''}({as_text(c.t, c[0])})"


@function("PARSE_JSON", args=(1, 2))
def _parse_json_function(c: Call) -> Value:
    return Value(_parsed(c), VARIANT)


@function("TRY_PARSE_JSON", args=(1, 2))
def _try_parse_json(c: Call) -> Value:
    return Value(f"TRY({_parsed(c)})", VARIANT)


@function("CHECK_JSON", args=(1, 1))
def _check_json_function(c: Call) -> Value:
    return Value(f"sf_check_json({as_text(c.t, c[0])})", VARCHAR)


@function("STRIP_NULL_VALUE", args=(1, 1))
def _strip_null_value(c: Call) -> Value:
    return Value(f"nullif({to_variant(c.t, c[0]).sql}, 'null')", VARIANT)


@function("TO_JSON", args=(1, 1))
def _to_json_function(c: Call) -> Value:
    return Value(f"sf_to_json({to_variant(c.t, c[0]).sql})", VARCHAR)


@function("TO_VARIANT", args=(1, 1))
def _to_variant(c: Call) -> Value:
    return to_variant(c.t, c[0])


@function("TO_ARRAY", args=(1, 1))
def _to_array(c: Call) -> Value:
    return cast(c.t, c[0], ARRAY)


@function("TO_OBJECT", args=(1, 1))
def _to_object(c: Call) -> Value:
    return cast(c.t, c[0], OBJECT)


@function("TYPEOF", args=(1, 1))
def _typeof(c: Call) -> Value:
    return Value(f"sf_type_of({to_variant(c.t, c[0]).sql})", VARCHAR)


def _is(*kinds: str) -> Callable[[Call], Value]:
    listed = ", ".join(quote(k) for k in kinds)

    def translate(c: Call) -> Value:
        return Value(f"(sf_type_of({to_variant(c.t, c[0]).sql}) IN ({listed}))", BOOLEAN)

    return translate


_IS: dict[str, tuple[str, ...]] = {
    "IS_ARRAY": ("ARRAY",),
    "IS_OBJECT": ("OBJECT",),
    "IS_BOOLEAN": ("BOOLEAN",),
    "IS_VARCHAR": ("VARCHAR",),
    "IS_CHAR": ("VARCHAR",),
    "IS_INTEGER": ("INTEGER",),
    "IS_DECIMAL": ("INTEGER", "DECIMAL"),
    "IS_DOUBLE": ("INTEGER", "DECIMAL", "DOUBLE"),
    "IS_REAL": ("INTEGER", "DECIMAL", "DOUBLE"),
    "IS_DATE": ("DATE",),
    "IS_DATE_VALUE": ("DATE",),
    "IS_TIME": ("TIME",),
    "IS_BINARY": ("BINARY",),
    "IS_TIMESTAMP_NTZ": ("TIMESTAMP_NTZ",),
    "IS_TIMESTAMP_LTZ": ("TIMESTAMP_LTZ",),
    "IS_TIMESTAMP_TZ": ("TIMESTAMP_TZ",),
}
for _name, _of in _IS.items():
    function(_name, args=(1, 1))(_is(*_of))


def _as(kind: DataType, *kinds: str) -> Callable[[Call], Value]:
    listed = ", ".join(quote(k) for k in kinds)

    def translate(c: Call) -> Value:
        value = to_variant(c.t, c[0])
        made = cast(c.t, value, kind)
        return Value(f"CASE WHEN sf_type_of({value.sql}) IN ({listed}) THEN {made.sql} END", kind)

    return translate


def _as_decimal(c: Call) -> Value:
    from .. import types

    kind = types.parse(f"NUMBER({constant_integer(c, 1, 38)}, {constant_integer(c, 2, 0)})")
    return _as(kind, "INTEGER", "DECIMAL")(c)


_AS: dict[str, tuple[DataType, tuple[str, ...]]] = {
    "AS_ARRAY": (ARRAY, ("ARRAY",)),
    "AS_OBJECT": (OBJECT, ("OBJECT",)),
    "AS_BOOLEAN": (BOOLEAN, ("BOOLEAN",)),
    "AS_VARCHAR": (VARCHAR, ("VARCHAR",)),
    "AS_CHAR": (VARCHAR, ("VARCHAR",)),
    "AS_INTEGER": (INTEGER, ("INTEGER",)),
    "AS_DOUBLE": (FLOAT, ("INTEGER", "DECIMAL", "DOUBLE")),
    "AS_REAL": (FLOAT, ("INTEGER", "DECIMAL", "DOUBLE")),
    "AS_DATE": (DataType("DATE"), ("DATE",)),
    "AS_TIME": (DataType("TIME", scale=9), ("TIME",)),
    "AS_BINARY": (DataType("BINARY", 8388608), ("BINARY",)),
    "AS_TIMESTAMP_NTZ": (DataType("TIMESTAMP_NTZ", scale=9), ("TIMESTAMP_NTZ",)),
    "AS_TIMESTAMP_LTZ": (DataType("TIMESTAMP_LTZ", scale=9), ("TIMESTAMP_LTZ",)),
    "AS_TIMESTAMP_TZ": (DataType("TIMESTAMP_TZ", scale=9), ("TIMESTAMP_TZ",)),
}
for _name, (_kind, _of) in _AS.items():
    function(_name, args=(1, 1))(_as(_kind, *_of))
function("AS_DECIMAL", "AS_NUMBER", args=(1, 3))(_as_decimal)


# -- arrays ------------------------------------------------------------------------------------------------------------


def _list(t: Translator, values: Sequence[Value]) -> str:
    """SQL of a list of variants as texts; NULL stays NULL."""
    return "CAST([" + ", ".join(to_variant(t, v).sql for v in values) + "] AS VARCHAR[])"


@python("VARCHAR[]", "VARCHAR")
def _array_of(values: list[str | None]) -> str:
    return variants.dump([variants.UNDEFINED if v is None else variants.load(v) for v in values])


@python("VARCHAR[]", "VARCHAR")
def _array_of_present(values: list[str | None]) -> str:
    return variants.dump([variants.load(v) for v in values if v is not None])


@rule(exp.Array)
def _array_literal(t: Translator, node: exp.Expr) -> Value:
    if not any(spread(n) for n in node.expressions):
        return Value(f"sf_array_of({_list(t, [t.value(n) for n in node.expressions])})", ARRAY)
    made = Value("'[]'", ARRAY)
    for item in node.expressions:
        more = spread(item) or exp.Array(expressions=[item])
        made = t.call(Call(t, "ARRAY_CAT", [item, more], values={0: made, 1: t.value(more)}))
    return made


@function("ARRAY_CONSTRUCT", args=(0, None))
def _array_construct(c: Call) -> Value:
    return Value(f"sf_array_of({_list(c.t, c.values)})", ARRAY)


@function("ARRAY_CONSTRUCT_COMPACT", args=(0, None))
def _array_construct_compact(c: Call) -> Value:
    return Value(f"sf_array_of_present({_list(c.t, c.values)})", ARRAY)


def array(c: Call, index: int) -> str:
    """SQL of an argument that is an ARRAY."""
    value = c[index]
    if value.type.name not in ("ARRAY", "VARIANT", "NULL"):
        raise c.mistyped()
    return "CAST(NULL AS VARCHAR)" if value.is_null else value.sql


def loaded(value: str) -> list[Any] | None:
    found = variants.load(value)
    return found if variants.is_array(found) else None


def _keys(values: Sequence[Any]) -> list[str]:
    return [variants.sort_key(v) for v in values]


@python("VARCHAR", "BIGINT")
def _array_size(value: str) -> int | None:
    found = loaded(value)
    return None if found is None else len(found)


@python("VARCHAR VARCHAR", "BOOLEAN", nulls=True)
def _array_contains(value: str | None, array: str | None) -> bool | None:
    found = None if array is None else loaded(array)
    if found is None:
        return None
    if value is None:
        return True if variants.UNDEFINED in found else None
    return variants.sort_key(variants.load(value)) in _keys([v for v in found if v != variants.UNDEFINED])


@python("VARCHAR VARCHAR", "BIGINT", nulls=True)
def _array_position(value: str | None, array: str | None) -> int | None:
    found = None if array is None else loaded(array)
    if found is None:
        return None
    wanted = variants.sort_key(variants.UNDEFINED if value is None else variants.load(value))
    return next((i for i, key in enumerate(_keys(found)) if key == wanted), None)


@python("VARCHAR VARCHAR", "VARCHAR")
def _array_cat(a: str, b: str) -> str | None:
    x, y = loaded(a), loaded(b)
    return None if x is None or y is None else variants.dump(x + y)


@python("VARCHAR VARCHAR", "VARCHAR", nulls=True)
def _array_append(a: str | None, value: str | None) -> str | None:
    x = None if a is None else loaded(a)
    return None if x is None else variants.dump([*x, variants.UNDEFINED if value is None else variants.load(value)])


@python("VARCHAR VARCHAR", "VARCHAR", nulls=True)
def _array_prepend(a: str | None, value: str | None) -> str | None:
    x = None if a is None else loaded(a)
    return None if x is None else variants.dump([variants.UNDEFINED if value is None else variants.load(value), *x])


@python("VARCHAR BIGINT VARCHAR", "VARCHAR", nulls=True)
def _array_insert(a: str | None, at: int | None, value: str | None) -> str | None:
    x = None if a is None else loaded(a)
    if x is None or at is None:
        return None
    at = max(at + len(x), 0) if at < 0 else at
    padded = x + [variants.UNDEFINED] * (at - len(x))
    return variants.dump([*padded[:at], variants.UNDEFINED if value is None else variants.load(value), *padded[at:]])


@python("VARCHAR", "VARCHAR")
def _array_compact(a: str) -> str | None:
    x = loaded(a)
    return None if x is None else variants.dump([v for v in x if v is not None and v != variants.UNDEFINED])


@python("VARCHAR", "VARCHAR")
def _array_reversed(a: str) -> str | None:
    x = loaded(a)
    return None if x is None else variants.dump(x[::-1])


@python("VARCHAR", "VARCHAR")
def _array_distinct(a: str) -> str | None:
    x = loaded(a)
    return (
        None
        if x is None
        else variants.dump(list(dict(zip(reversed(_keys(x)), reversed(x), strict=True)).values())[::-1])
    )


@python("VARCHAR", "VARCHAR")
def _array_flatten(a: str) -> str | None:
    x = loaded(a)
    if x is None or any(v == variants.UNDEFINED or v is None for v in x):
        return None
    if any(not variants.is_array(v) for v in x):
        raise EngineError("100107", "22000", "Not an array: ARRAY_FLATTEN needs an array of arrays")
    return variants.dump([inner for v in x for inner in v])


@python("VARCHAR BIGINT BIGINT", "VARCHAR")
def _array_slice(a: str, start: int, end: int) -> str | None:
    x = loaded(a)
    return None if x is None else variants.dump(x[slice(start, end)])


@python("VARCHAR VARCHAR", "VARCHAR")
def _array_to_string(a: str, by: str) -> str | None:
    x = loaded(a)
    if x is None:
        return None
    return by.join("" if v == variants.UNDEFINED or v is None else variants.as_text(v) or "" for v in x)


@python("VARCHAR BOOLEAN BOOLEAN", "VARCHAR")
def _array_sort(a: str, ascending: bool, nulls_first: bool) -> str | None:
    x = loaded(a)
    if x is None:
        return None
    nulls = [v for v in x if v == variants.UNDEFINED]
    rest = sorted((v for v in x if v != variants.UNDEFINED), key=variants.sort_key, reverse=not ascending)
    return variants.dump([*nulls, *rest] if nulls_first else [*rest, *nulls])


@python("VARCHAR VARCHAR", "VARCHAR")
def _array_except(a: str, b: str) -> str | None:
    return _of_two(a, b, keep_common=False)


@python("VARCHAR VARCHAR", "VARCHAR")
def _array_intersection(a: str, b: str) -> str | None:
    return _of_two(a, b, keep_common=True)


def _of_two(a: str, b: str, *, keep_common: bool) -> str | None:
    """Members of one array that are, or are not, in another; each as often as the other has it."""
    x, y = loaded(a), loaded(b)
    if x is None or y is None:
        return None
    left = _keys(y)
    kept: list[Any] = []
    for value, key in zip(x, _keys(x), strict=True):
        common = key in left
        if common:
            left.remove(key)
        if common == keep_common:
            kept.append(value)
    return variants.dump(kept)


@python("VARCHAR VARCHAR", "BOOLEAN")
def _arrays_overlap(a: str, b: str) -> bool | None:
    x, y = loaded(a), loaded(b)
    return None if x is None or y is None else bool(set(_keys(x)) & set(_keys(y)))


@python("VARCHAR VARCHAR", "VARCHAR", nulls=True)
def _array_remove(a: str | None, value: str | None) -> str | None:
    x = None if a is None else loaded(a)
    if x is None or value is None:
        return None
    key = variants.sort_key(variants.load(value))
    return variants.dump([v for v in x if variants.sort_key(v) != key])


@python("VARCHAR BIGINT", "VARCHAR")
def _array_remove_at(a: str, at: int) -> str | None:
    x = loaded(a)
    if x is None:
        return None
    at = at + len(x) if at < 0 else at
    return variants.dump([v for i, v in enumerate(x) if i != at])


@python("VARCHAR BOOLEAN", "VARCHAR")
def _array_extreme(a: str, largest: bool) -> str | None:
    there = [v for v in loaded(a) or [] if v != variants.UNDEFINED]
    x = [v for v in there if v is not None] or there  # of JSON's nulls alone, null
    return variants.dump((max if largest else min)(x, key=variants.sort_key)) if x else None


@python("VARCHAR VARCHAR", "VARCHAR")
def _arrays_object(keys: str, values: str) -> str | None:
    x, y = loaded(keys), loaded(values)
    if x is None or y is None:
        return None
    if len(x) != len(y):
        raise EngineError("100107", "22000", "Key array and value array had unequal lengths in ARRAYS_TO_OBJECT")
    return variants.dump({k: v for k, v in zip(x, y, strict=True) if isinstance(k, str) and k != variants.UNDEFINED})


@python("VARCHAR[]", "VARCHAR", nulls=True)
def _arrays_zip(arrays: list[str | None]) -> str | None:
    if any(a is None for a in arrays):
        return None
    lists = [loaded(a) or [] for a in arrays if a is not None]
    longest = max((len(x) for x in lists), default=0)
    if not longest:
        return "[{}]"
    rows = [{f"${i}": x[at] if at < len(x) else None for i, x in enumerate(lists, 1)} for at in range(longest)]
    return variants.dump(rows)


def _of_array(name: str, kind: DataType, template: str, most: int = 1) -> None:
    @function(name, args=(most, most))
    def translate(c: Call) -> Value:  # pyright: ignore[reportUnusedFunction]
        return Value(template.format(*(array(c, i) for i in range(most))), kind)


_of_array("ARRAY_REVERSE", ARRAY, "sf_array_reversed({0})")
_of_array("ARRAY_COMPACT", ARRAY, "sf_array_compact({0})")
_of_array("ARRAY_DISTINCT", ARRAY, "sf_array_distinct({0})")
_of_array("ARRAY_FLATTEN", ARRAY, "sf_array_flatten({0})")
_of_array("ARRAY_SIZE", INTEGER, "CAST(sf_array_size({0}) AS DECIMAL(38,0))")
_of_array("ARRAY_MAX", VARIANT, "sf_array_extreme({0}, TRUE)")
_of_array("ARRAY_MIN", VARIANT, "sf_array_extreme({0}, FALSE)")
_of_array("ARRAY_CAT", ARRAY, "sf_array_cat({0}, {1})", 2)
_of_array("ARRAY_EXCEPT", ARRAY, "sf_array_except({0}, {1})", 2)
_of_array("ARRAY_INTERSECTION", ARRAY, "sf_array_intersection({0}, {1})", 2)
_of_array("ARRAYS_OVERLAP", BOOLEAN, "sf_arrays_overlap({0}, {1})", 2)
_of_array("ARRAYS_TO_OBJECT", OBJECT, "sf_arrays_object({0}, {1})", 2)


@function("ARRAY_CONTAINS", args=(2, 2))
def _array_contains_function(c: Call) -> Value:
    return Value(f"sf_array_contains({to_variant(c.t, c[0]).sql}, {array(c, 1)})", BOOLEAN)


@function("ARRAY_POSITION", args=(2, 2))
def _array_position_function(c: Call) -> Value:
    return Value(f"CAST(sf_array_position({to_variant(c.t, c[0]).sql}, {array(c, 1)}) AS DECIMAL(38,0))", INTEGER)


@function("ARRAY_APPEND", "ARRAY_PREPEND", "ARRAY_REMOVE", args=(2, 2))
def _array_append_function(c: Call) -> Value:
    return Value(f"sf_{c.name.lower()}({array(c, 0)}, {to_variant(c.t, c[1]).sql})", ARRAY)


@function("ARRAY_INSERT", args=(3, 3))
def _array_insert_function(c: Call) -> Value:
    return Value(f"sf_array_insert({array(c, 0)}, {integer(c.t, c[1])}, {to_variant(c.t, c[2]).sql})", ARRAY)


@function("ARRAY_REMOVE_AT", args=(2, 2))
def _array_remove_at_function(c: Call) -> Value:
    return Value(f"sf_array_remove_at({array(c, 0)}, {integer(c.t, c[1])})", ARRAY)


@function("ARRAY_SLICE", args=(3, 3))
def _array_slice_function(c: Call) -> Value:
    return Value(f"sf_array_slice({array(c, 0)}, {integer(c.t, c[1])}, {integer(c.t, c[2])})", ARRAY)


@function("ARRAY_TO_STRING", args=(2, 2))
def _array_to_string_function(c: Call) -> Value:
    return Value(f"sf_array_to_string({array(c, 0)}, {as_text(c.t, c[1])})", VARCHAR)


@function("ARRAY_SORT", args=(1, 3))
def _array_sort_function(c: Call) -> Value:
    ascending = c[1].sql if len(c) > 1 else "TRUE"
    first = c[2].sql if len(c) > 2 else f"NOT {ascending}"
    return Value(f"sf_array_sort({array(c, 0)}, {ascending}, {first})", ARRAY)


@function("ARRAY_GENERATE_RANGE", args=(2, 3))
def _array_generate_range(c: Call) -> Value:
    step = integer(c.t, c[2]) if len(c) > 2 else "1"
    step = f"sf_array_range_step({step})"
    return Value(f"CAST(to_json(range({integer(c.t, c[0])}, {integer(c.t, c[1])}, {step})) AS VARCHAR)", ARRAY)


@python("BIGINT", "BIGINT")
def _array_range_step(step: int) -> int:
    if step == 0:
        raise EngineError("100183", "22023", "The step of ARRAY_GENERATE_RANGE can't be 0")
    return step


@function("ARRAYS_ZIP", args=(1, None))
def _arrays_zip_function(c: Call) -> Value:
    return Value(f"sf_arrays_zip(CAST([{', '.join(array(c, i) for i in range(len(c)))}] AS VARCHAR[]))", ARRAY)


# -- objects -----------------------------------------------------------------------------------------------------------


@python("VARCHAR[] VARCHAR[] BOOLEAN", "VARCHAR")
def _object_of(keys: list[str | None], values: list[str | None], keep: bool) -> str:
    made: dict[str, Any] = {}
    for key, value in zip(keys, values, strict=True):
        if key is None or (value is None and not keep):
            continue
        if key in made:
            raise EngineError("100103", "22000", f"Duplicate field key '{key}'")
        made[key] = None if value is None else variants.load(value)
    return variants.dump(made)


def _object(t: Translator, keys: Sequence[str], values: Sequence[Value], keep: bool) -> Value:
    listed = "CAST([" + ", ".join(keys) + "] AS VARCHAR[])"
    return Value(f"sf_object_of({listed}, {_list(t, values)}, {'TRUE' if keep else 'FALSE'})", OBJECT)


@rule(exp.Struct)
def _object_literal(t: Translator, node: exp.Expr) -> Value:
    from .relations import is_star, star_columns

    keys: list[str] = []
    values: list[Value] = []
    made: list[str] = []
    for item in node.expressions:
        if (inner := spread(item)) is not None:
            made += [_object(t, keys, values, False).sql, t.value(inner).sql]
            keys, values = [], []
            continue
        if is_star(item):
            for name, value in star_columns(t, item):
                keys.append(quote(name))
                values.append(value)
            continue
        if not isinstance(item, (exp.PropertyEQ, exp.Slice, exp.Kwarg)):
            raise unsupported("this object constant")
        keys.append(quote(item.this.name))
        values.append(t.value(item.expression))
    last = _object(t, keys, values, False)
    return Value(f"sf_merged([{', '.join([*made, last.sql])}])", OBJECT) if made else last


@python("VARCHAR[]", "VARCHAR", nulls=True)
def _merged(objects: list[str | None]) -> str:
    """One object of several; of a key that is in two, the last."""
    return variants.dump({key: value for one in objects if one for key, value in variants.load(one).items()})


@function("OBJECT_CONSTRUCT", "OBJECT_CONSTRUCT_KEEP_NULL", args=(0, None))
def _object_construct(c: Call) -> Value:
    keep = c.name.endswith("KEEP_NULL")
    from .relations import is_star, star_columns

    if len(c) == 1 and is_star(c.nodes[0]):
        columns = star_columns(c.t, c.nodes[0])
        return _object(c.t, [quote(n) for n, _ in columns], [v for _, v in columns], keep)
    if len(c) % 2:
        raise compilation(
            "000938", f"not enough arguments for function [{c.name}], expected {len(c) + 1}, got {len(c)}", "22023"
        )
    return _object(c.t, [as_text(c.t, v) for v in c.values[::2]], c.values[1::2], keep)


def _members(value: str) -> dict[str, Any] | None:
    found = variants.load(value)
    return found if variants.is_object(found) else None


@python("VARCHAR VARCHAR VARCHAR BOOLEAN", "VARCHAR", nulls=True)
def _object_insert(value: str | None, key: str | None, new: str | None, update: bool | None) -> str | None:
    found = None if value is None else _members(value)
    if found is None or key is None:
        return None
    if key in found and not update:
        raise EngineError("100103", "22000", f"Duplicate field key '{key}'")
    made = {k: v for k, v in found.items() if k != key}
    if new is not None:
        made[key] = variants.load(new)
    return variants.dump(made)


@python("VARCHAR VARCHAR[]", "VARCHAR")
def _object_delete(value: str, keys: list[str]) -> str | None:
    found = _members(value)
    return None if found is None else variants.dump({k: v for k, v in found.items() if k not in keys})


@python("VARCHAR VARCHAR[]", "VARCHAR")
def _object_pick(value: str, keys: list[str]) -> str | None:
    found = _members(value)
    return None if found is None else variants.dump({k: v for k, v in found.items() if k in keys})


@python("VARCHAR", "VARCHAR[]")
def _array_texts(value: str) -> list[str] | None:
    found = loaded(value)
    return None if found is None else [v for v in found if isinstance(v, str)]


@python("VARCHAR", "VARCHAR")
def _object_keys(value: str) -> str | None:
    found = _members(value)
    return None if found is None else variants.dump(sorted(found))


@function("OBJECT_INSERT", args=(3, 4))
def _object_insert_function(c: Call) -> Value:
    update = c[3].sql if len(c) > 3 else "FALSE"
    kind, value = c[0].type, c[2]
    if kind.parts:
        if part := _part(c, 1, update.upper() == "TRUE"):
            value = cast(c.t, value, part.type)
        else:
            part = Part(c.constant(1) or "", roomy(value.type), c.nodes[2].find(exp.Column) is not None)
            kind = attrs.evolve(kind, parts=(*kind.parts, part))
    new = to_variant(c.t, value).sql
    made = f"sf_object_insert({cast(c.t, c[0], OBJECT).sql}, {as_text(c.t, c[1])}, {new}, {update})"
    return Value(made, kind if kind.parts else OBJECT)


def _part(c: Call, index: int, there: bool) -> Part | None:
    """The part of a structured object that an argument names. there: whether it has to be there, or must not be."""
    key = c.constant(index)
    found = next((part for part in c[0].type.parts if part.key == key), None)
    if (found is not None) != there:
        code, is_not = ("093201", ("", " not")) if there else ("093202", (" not", ""))
        said = f"expected structured object to{is_not[0]} contain field {key} but it did{is_not[1]}."
        raise EngineError(code, "23001", f"Function {c.name}: {said}")
    return found


@function("OBJECT_DELETE", "OBJECT_PICK", args=(2, None))
def _object_delete_function(c: Call) -> Value:
    name = c.name.lower()
    if c[1].type.is_semistructured:
        keys = f"sf_array_texts({c[1].sql})"
    else:
        keys = "CAST([" + ", ".join(as_text(c.t, v) for v in c.values[1:]) + "] AS VARCHAR[])"
    kind = OBJECT
    if parts := c[0].type.parts:
        named = [part for i in range(1, len(c)) if (part := _part(c, i, there=True))]
        kept = named if c.name == "OBJECT_PICK" else [part for part in parts if part not in named]
        kind = attrs.evolve(c[0].type, parts=tuple(kept))
    return Value(f"sf_{name}({cast(c.t, c[0], OBJECT).sql}, {keys})", kind)


@function("OBJECT_KEYS", args=(1, 1))
def _object_keys_function(c: Call) -> Value:
    return Value(f"sf_object_keys({cast(c.t, c[0], VARIANT).sql})", ARRAY)
