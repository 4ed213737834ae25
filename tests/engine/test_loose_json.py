"""JSON that the standard refuses and Snowflake reads, and what is said of a text that can't be read."""

from __future__ import annotations

import pytest

from snowcore.engine.errors import EngineError
from snowcore.engine.translate import variants

READ = {
    "[{r:255,g:12},{null:1}]": '[{"g":12,"r":255},{"null":1}]',
    '{a : "b:c", "d": Null}': '{"a":"b:c","d":null}',
    '[TRUE, "x, true:"]': '[true,"x, true:"]',
    "[ ]": "[]",
    "  ": None,
}
REFUSED = {
    "cdefg": 'unknown keyword "cdefg", pos 6',
    " cdefg": 'unknown keyword "cdefg", pos 7',
    "-a": 'unknown keyword "-a", pos 3',
    '{"Malformed -- Missing value": }': "misplaced }, pos 32",
    "{bad}": "misplaced }, pos 5",
    '{"a":}': "misplaced }, pos 6",
    '{"a":1': "incomplete object value, pos 7",
    "[1,2": "incomplete array value, pos 5",
    '"abc': "unfinished string, pos 5",
    "{} {}": "more than one document in the input",
    "1 2": "garbage after valid input document",
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


def test_a_key_twice() -> None:
    with pytest.raises(EngineError, match='duplicate object attribute "a"'):
        variants.parse("{a:1,a:2}")
    assert variants.parse("{a:1,a:2}", variants.LAST_COUNTS) == '{"a":2}'
