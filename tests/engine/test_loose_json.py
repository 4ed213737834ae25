"""JSON that the standard refuses and Snowflake reads, and what is said of a text that can't be read."""

from __future__ import annotations

import json
import math

import pytest

from snowcore.engine.errors import EngineError
from snowcore.engine.translate import variants

READ = {
    "[{r:255,g:12},{null:1}]": '[{"g":12,"r":255},{"null":1}]',
    "{'a':'say \"x\"'}": '{"a":"say \\"x\\""}',
    '{"a":TRUE,}': '{"a":true}',
    "[ ]": "[]",
    "01": "1",
    "+1": "1",
    "1.": "1",
    ".5": "0.5",
    "  ": None,
}
REFUSED = {
    "cdefg": 'unknown keyword "cdefg", pos 6',
    "\n  cdefg": 'unknown keyword "cdefg", line 2, pos 8',
    "{a:b:1}": 'unknown keyword "b", pos 5',
    "-a": 'unknown keyword "-a", pos 3',
    '{"Malformed -- Missing value": }': "misplaced }, pos 32",
    "{bad}": "misplaced }, pos 5",
    "[1}": "misplaced }, pos 3",
    '{"a":1,,}': "misplaced comma, pos 8",
    "{a[b:1}": "misplaced [, pos 3",
    '{"a":1': "incomplete object value, pos 7",
    '{"a":[1,2': "incomplete array value, pos 10",
    "{": "incomplete object value, pos 2",
    '"abc': "unfinished string, pos 5",
    "[1,2 3]": "missing comma, pos 6",
    '{"a" 1}': "missing colon, pos 6",
    "{a-b:1}": "missing colon, pos 3",
    "{1a:1}": "object attribute name cannot be a number, pos 2",
    '{"a":1,"a":2}': 'duplicate object attribute "a", pos 10',
    "{a:1,a:2}": 'duplicate object attribute "a", pos 7',
    "#": "invalid character outside of a string: '#', pos 1",
    "{aä:1}": "invalid character outside of a string: U+00E4, pos 4",
    "-": "no number after a sign, pos 2",
    "--1": "stray minus sign, pos 2",
    "1e+": "missing decimal exponent digits: '1e+', pos 4",
    "1a": "garbage in the numeric literal: 1a , pos 3",
    "{} {}": "more than one document in the input",
    "1 2": "garbage after valid input document",
    ",1": "garbage after valid input document",
}


@pytest.mark.parametrize("text", READ)
def test_read(text: str) -> None:
    assert variants.parse(text) == READ[text]


@pytest.mark.parametrize("text", REFUSED)
def test_refused(text: str) -> None:
    with pytest.raises(EngineError) as refused:
        variants.parse(text)
    assert (refused.value.code, refused.value.message) == ("100069", "Error parsing JSON: " + REFUSED[text])


def test_members_that_are_left_out() -> None:
    shown = variants.show(variants.parse("[1,,3,]") or "", 0)
    assert shown == "[1,undefined,3,undefined]"
    assert math.isnan(json.loads(variants.parse("nan") or ""))


def test_a_key_twice_if_the_last_counts() -> None:
    assert variants.parse("{a:1,a:2}", variants.LAST_COUNTS) == '{"a":2}'
