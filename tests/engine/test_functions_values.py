"""Functions of numbers, of conditions, of arrays and objects."""
# ruff: noqa: E501

from __future__ import annotations

from decimal import Decimal

import pytest

from snowcore.engine.duckdb.session import DuckSession

from .answers import Line, check, name

D = Decimal

NUMBERS: list[Line] = [
    ("sqrt(-1)", "!100183"), ("ln(0)", "!100183"), ("log(10, -1)", "!100183"), ("acos(2)", "!100183"), ("asin(1.1)", "!100183"), ("cot(0) = 'inf'::float", True),
    ("ceil(-975.975, 2)", D("-975.97")), ("floor(135.135, -2)", 100), ("trunc(-975.975, 1)", D("-975.9")), ("truncate(3.7)", 3), ("ceiling(1.1)", 2),
    ("sign(-1.35e-10)", -1), ("factorial(33)", 8683317618811886495518194401280000000), ("sqrt(4)", 2.0, "FLOAT"), ("cbrt(8)", 2.0), ("exp(0)", 1.0),
    ("ln(1)", 0.0), ("log(2, 8)", 3.0), ("pow(2, 3)", 8.0), ("power(2, 0.5)", 1.4142135623730951), ("square(1.5)", 2.25), ("pi()", 3.141592653589793),
    ("degrees(pi())", 180.0), ("radians(180)", 3.141592653589793), ("acos(0)", 1.5707963267948966), ("asin(1)", 1.5707963267948966), ("atan(1)", 0.7853981633974483),
    ("atan2(5, 5)", 0.7853981633974483), ("cos(0)", 1.0), ("cot(1)", 0.6420926159343306), ("sin(0)", 0.0), ("tan(1)", 1.5574077246549023), ("sinh(1)", 1.1752011936438014),
    ("cosh(1)", 1.5430806348152437), ("tanh(1)", 0.7615941559557649), ("acosh(2)", 1.3169578969248166), ("asinh(1)", 0.881373587019543), ("atanh(0.5)", 0.5493061443340548),
    ("haversine(40.7127, -74.0059, 34.0500, -118.2500)", 3936.385096389294), ("div0null(1, null)", 0), ("width_bucket(250, 0, 1000, 10)", 3), ("bit_and(5, 3)", 1),
]  # fmt: skip

CONDITIONS: list[Line] = [
    ("greatest_ignore_nulls(1, null, 3)", 3), ("least('a', 'b')", "a"), ("nvl(null, 1)", 1), ("nvl2(null, 1, 2)", 2), ("ifnull(null, 'a')", "a"), ("nullifzero(0)", None),
    ("zeroifnull(null)", 0), ("equal_null(null, null)", True), ("booland(1, -2)", True), ("boolor(0, null)", None), ("boolxor(2, 0)", True), ("boolnot(0)", True),
    ("decode(3, 1, 'a', 2, 'b')", None), ("decode(null, null, 'n', 'x')", "n"), ("to_boolean('off')", False), ("to_boolean('x')", "!100037"), ("try_to_boolean('x')", None),
    ("regexp_extract_all('a1b2', '[0-9]')", '["1","2"]'), ("try_base64_decode_binary('x')", None), ("try_to_timestamp_tz('x')", None), ("try_to_numeric('x')", None),
]  # fmt: skip

STRUCTURES: list[Line] = [
    ("filter([1, null, 3], x -> x is not null)", "[1,3]"), ("transform([1, null], x -> x is null)", "[false,true]"),
    ("filter(parse_json('[1, null]'), x -> x is not null)", "[1,null]"),
    ("array_append([1], 'a')", '[1,"a"]', "ARRAY"), ("array_prepend([1], 0)", "[0,1]"), ("array_cat([1], [2])", "[1,2]"), ("array_compact([1, null])", "[1]"),
    ("array_construct_compact(null, 'a')", '["a"]'), ("array_except(['A', 'B', 'B'], ['B'])", '["A","B"]'), ("array_insert([0, 1, 2], 1, 'x')", '[0,"x",1,2]'),
    ("array_max([20, 0, null])", "20", "VARIANT"), ("array_min([20, 0, null])", "0"), ("array_position('b'::variant, ['a', 'b'])", 1), ("array_remove([1, 5, 5], 5)", "[1]"),
    ("array_remove_at([1, 2, 3], -1)", "[1,2]"), ("arrays_overlap([1, 2], [2])", True), ("arrays_to_object(['k'], [1])", '{"k":1}', "OBJECT"),
    ("arrays_zip([1], ['a'])", '[{"$1":1,"$2":"a"}]'), ("as_array(parse_json('[1]'))", "[1]", "ARRAY"), ("as_varchar(1::variant)", None), ("as_char('a'::variant)", "a"),
    ("as_boolean(true::variant)", True), ("as_double(1.5::variant)", 1.5), ("as_object({'a': 1}::variant)", '{"a":1}'), ("is_array(parse_json('[1]'))", True, "BOOLEAN"),
    ("is_integer(1.5::variant)", False), ("is_decimal(1.5::variant)", True), ("is_double(1::variant)", True), ("is_varchar('a'::variant)", True), ("is_object({}::variant)", True),
    ("is_date('2024-01-01'::date::variant)", True), ("is_time('10:00'::time::variant)", True), ("is_binary(to_binary('41')::variant)", True),
    ("get_path({'a': {'b': [1, 2]}}, 'a.b[1]')", "2"), ("json_extract_path_text('{\"a\":{\"b\":\"x\"}}', 'a.b')", "x", "VARCHAR"), ("object_construct_keep_null('a', null)", '{"a":null}'),
    ("object_keys({'b': 1, 'a': 2})", '["a","b"]'), ("object_pick({'a': 1, 'b': 2}, 'a')", '{"a":1}'), ("strip_null_value(parse_json('null'))", None),
    ("to_array(1)", "[1]"), ("to_variant('x')", '"x"', "VARIANT"), ("array_flatten([[1], [2]])", "[1,2]"), ("array_slice([0, 1, 2], -2, -1)", "[1]"),
]  # fmt: skip


@pytest.mark.parametrize("line", [*NUMBERS, *CONDITIONS, *STRUCTURES], ids=name)
def test_values(session: DuckSession, line: Line) -> None:
    check(session, line)
