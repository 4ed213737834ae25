"""VARIANT, OBJECT, ARRAY: paths, comparison, casts, functions, JSON and XML."""

# ruff: noqa: E501

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from .conftest import Rows

Run = Callable[..., Rows]
TABLE = (
    "create or replace temporary table v (id int, v variant, o object, a array)",
    """insert into v select 1, parse_json('{"a":1,"B":{"c":[1,null,"x",1.50,2e3]},"d":true,"e":null}'),
    object_construct('k', 1, 'z', null), array_construct(1, 'a', null)""",
)

VALUES: list[tuple[str, Any]] = [
    ("v:B.c[2]::varchar", "x"),
    ("v['B']['c'][0]::int", 1),
    ("v:B.c[9] is null", True),
    ("v:e is null", False),
    ("v:e::varchar", None),
    ("is_null_value(v:e)", True),
    ("v:b", None),
    ("get_ignore_case(v, 'A')::int", 1),
    ("v:a = 1 and v:a > 0 and v:a = '1'", True),
    ("v:a < v:B.c[3]", True),
    ("v:B.c[2] = 'x'", True),
    ("to_variant('longer') = 'x' or to_variant('longer') in ('x', 'y') or nullif(v, 'x') is null", False),
    ("to_json([0.5, -0.05::number(2, 2), {'a': 0.50}]) || 0.5::number(2, 2)", '[0.5,-0.05,{"a":0.5}]0.50'),
    ("case to_variant('longer') when 'x' then 1 else 2 end", 2),
    ("v:d = true", True),
    ("v:a::int + 1", 2),
    ("v:a in (1, 2)", True),
    ("typeof(v:B.c[3])", "DECIMAL"),
    ("typeof(v:B.c[4])", "DOUBLE"),
    ("typeof(v:e)", "NULL_VALUE"),
    ("typeof(v:nope)", None),
    ("typeof('2020-01-01'::date::variant)", "DATE"),
    ("parse_json('1') = parse_json('1.0')", True),
    ("[1, 2] = [1, 2]", True),
    ("{'a': 1}:a::int", 1),
    ("array_to_string(a, ',')", "1,a,"),
    ("array_contains('a'::variant, a)", True),
    ("array_size(parse_json('[]'))", 0),
    ("greatest(parse_json('10'), parse_json('9'))::int", 10),
    ("least_ignore_nulls(null, '10'::decfloat, 9)::int", 9),
    ("array_size(parse_json('[1,,2,]'))", 4),
    ("parse_json('') is null", True),
    ("try_parse_json('{bad')", None),
    ("""to_json(parse_json('{"a": FALSE, "FALSE": [True, NULL]}'))""", '{"FALSE":[true,null],"a":false}'),
    ("check_json('{}')", None),
    ("as_integer(parse_json('1.5'))", None),
    ("to_json(object_construct('b', 1, 'a', [2]))", '{"a":[2],"b":1}'),
    ("object_construct('a', null)::varchar", "{}"),
    ("coalesce(v:a::int, 0)", 1),
    ("try_cast('yes' as boolean)", True),
    ("try_cast('maybe' as boolean)", None),
    ("xmlget(parse_xml('<a><b>1</b><b>x</b></a>'), 'b', 1):\"$\"::varchar", "x"),
    ('parse_xml(\'<a k="v"/>\'):"@k"::varchar', "v"),
]


@pytest.mark.parametrize(("expression", "value"), VALUES)
def test_a_value(run: Run, expression: str, value: Any) -> None:
    ((got,),) = run(*TABLE, f"select {expression} from v")
    assert got == value


SHOWN: list[tuple[str, Any]] = [
    ('parse_json(\'{"b":[1,2.0,3.10,"a"],"a":{}}\')', {"a": {}, "b": [1, 2, 3.1, "a"]}),
    ("object_insert(object_construct('a', 1), 'a', 2, true)", {"a": 2}),
    ("object_delete(object_construct('a', 1, 'b', 2), 'a')", {"b": 2}),
    ("array_sort([3, 1, 2])", [1, 2, 3]),
    ("array_slice([1, 2, 3], -2, 3)", [2, 3]),
    ("array_distinct([1, 1.0, 2])", [1, 2]),
    ("array_intersection([1, 2, 2], [2, 3])", [2]),
    ("array_flatten([[1], [2, 3]])", [1, 2, 3]),
    ("array_generate_range(0, 3)", [0, 1, 2]),
]


@pytest.mark.parametrize(("expression", "value"), SHOWN)
def test_what_clients_are_given(run: Run, expression: str, value: Any) -> None:
    ((got,),) = run(f"select {expression}")
    assert json.loads(got) == value


REFUSED = [
    ('parse_json(\'{"a":1,"a":2}\')', '100069 Error parsing JSON: duplicate object attribute "a"'),
    ("parse_json('\"x\"')::int", '100071 Failed to cast variant value "x" to FIXED'),
    ("object_insert(object_construct('a', 1), 'a', 2)", "100103 Duplicate field key 'a'"),
    (
        "array_contains('a', [1])",
        "001044 SQL compilation error: error line 1 at position 7\nInvalid argument types for function 'ARRAY_CONTAINS'",
    ),
    ("parse_xml('<a>')", "100237 Error parsing XML"),
    ("'a' collate 'en'", "000002 Unsupported feature"),
    ("'1_000'::int", "100038 Numeric value '1_000' is not recognized"),
]


@pytest.mark.parametrize(("expression", "said"), REFUSED)
def test_what_is_refused(refused: Callable[[str], str], expression: str, said: str) -> None:
    assert refused(f"select {expression}").startswith(said)


LISTS = """create or replace temporary table p as select column1 id, parse_json(column2) j
from values (1, '{"c":[3,1,2],"d":[]}'), (2, '{"c":[9,8],"d":[1]}'), (3, null)"""


@pytest.mark.parametrize(
    ("sql", "rows"),
    [
        ("select id, f.seq, f.index, f.value::int from p, lateral flatten(input => j:c) f",
         [(1, 1, 0, 3), (1, 1, 1, 1), (1, 1, 2, 2), (2, 2, 0, 9), (2, 2, 1, 8)]),
        ("select id, g.value::int from p, lateral flatten(j:c) f, lateral flatten(p.j:d, outer => true) g where f.value > 7",
         [(2, 1), (2, 1)]),
        ("select id, f.value::int from p join lateral flatten(j:c) f on f.value > 2", [(1, 3), (2, 9), (2, 8)]),
        ("select id, f.value::int from p left join lateral flatten(j:d) f", [(1, None), (2, 1), (3, None)]),
        ("select id, (select sum(f.value::int) from table(flatten(p.j:c)) f) s from p order by 1",
         [(1, 6), (2, 17), (3, None)]),
    ],
)  # fmt: skip
def test_rows_made_of_lists_keep_their_order(run: Run, sql: str, rows: Rows) -> None:
    assert run(LISTS, sql) == rows
