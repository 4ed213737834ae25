"""VARIANT, OBJECT and ARRAY as text: JSON in one spelling, and what JSON lacks.

The spelling: keys sorted, no spaces, integers and decimals without trailing zeros, a FLOAT with its exponent
(`1.500000000000000e+00`), so that values of the same type are equal where their texts are. A string that begins with
U+0001 and a letter is a value that JSON lacks (`_TAGS`).
"""

from __future__ import annotations

import datetime
import functools
import json
import math
import re
from decimal import Decimal, InvalidOperation
from typing import Any, TypeGuard
from zoneinfo import ZoneInfo

from .. import types
from ..errors import EngineError
from . import formats

_TAGS = {
    "D": "DATE",
    "T": "TIME",
    "N": "TIMESTAMP_NTZ",
    "L": "TIMESTAMP_LTZ",
    "Z": "TIMESTAMP_TZ",
    "B": "BINARY",
    "U": "UNDEFINED",
    "X": "OBJECT",
}
TAG_OF = {name: letter for letter, name in _TAGS.items() if letter != "X"}
MARKUP = "\x01X"
"""How an element of XML begins."""
UNDEFINED = "\x01U"
"""What an array has where NULL was put into it."""

_FLOAT = re.compile(r"[eE]")
_LOOSE = re.compile(
    r'"(?:[^"\\]|\\.)*"|(,\s*(?=[,\]])|\[\s*(?=,))|\b(true|false|null)\b(?!\s*:)|(?<=[{,\s])([A-Za-z_]\w*)(?=\s*:)',
    re.DOTALL | re.IGNORECASE,
)
"""A string; or where an array leaves out a member, `[1, , 3]`; or a word in any case; or a key without quotes."""


def is_object(value: Any) -> TypeGuard[dict[str, Any]]:
    return isinstance(value, dict)


def is_array(value: Any) -> TypeGuard[list[Any]]:
    return isinstance(value, list)


def _number(text: str) -> Any:
    if _FLOAT.search(text):
        return float(text)
    number = Decimal(text)
    return number if len(number.as_tuple().digits) <= 38 else float(text)


def _integer(text: str) -> Any:
    return int(text) if len(text.lstrip("-")) <= 38 else float(text)


def _no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        seen = set[str]()
        twice = next(k for k, _ in pairs if k in seen or seen.add(k))
        raise ValueError(f'duplicate object attribute "{twice}"')
    return made


def _constant(text: str) -> float:
    return {"NaN": float("nan"), "Infinity": float("inf"), "-Infinity": float("-inf")}[text]


_DECODER = json.JSONDecoder(
    object_pairs_hook=_no_doubles, parse_float=_number, parse_int=_integer, parse_constant=_constant, strict=False
)
LAST_COUNTS = json.JSONDecoder(parse_float=_number, parse_int=_integer, parse_constant=_constant, strict=False)
"""Reads objects that have a key twice: the last value counts."""


@functools.lru_cache(512)
def _loaded(text: str) -> Any:
    return _DECODER.decode(text)


def load(text: str) -> Any:
    """The value of a text in our spelling: dict, list, str, bool, None, int, Decimal, float. Not to be changed: it
    may be shared."""
    return _loaded(text) if len(text) < 20_000 else _DECODER.decode(text)


def _shown_number(value: Any) -> str:
    if isinstance(value, float):
        if value != value:
            return "NaN"
        if value in (float("inf"), float("-inf")):
            return "Infinity" if value > 0 else "-Infinity"
        return f"{value:.15e}"
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(value)


def dump(value: Any, indent: str | None = None, *, show_tags: bool = False, depth: str = "\n") -> str:
    """The text of a value. indent: for people, one more for each level. show_tags: as Snowflake shows what JSON
    lacks."""
    if value is None:
        return "null"
    if value is True:
        return "true"
    if value is False:
        return "false"
    if isinstance(value, str):
        if show_tags and value[:1] == "\x01":
            if value.startswith(MARKUP):
                from . import markup

                if depth != "\n":
                    return dump(markup.members(value), indent, show_tags=show_tags, depth=depth)
                return markup.for_people(value, indent) if indent else untagged(value)
            shown = untagged(value)
            return shown if value[1] in "UX" else json.dumps(shown, ensure_ascii=False)
        return json.dumps(value, ensure_ascii=False)
    if is_object(value):
        if not value:
            return "{}"
        inner = depth + (indent or "")
        colon = ":" if indent is None else ": "
        items = [
            json.dumps(k, ensure_ascii=False) + colon + dump(v, indent, show_tags=show_tags, depth=inner)
            for k, v in sorted(value.items())
        ]
        return "{" + ",".join(items) + "}" if indent is None else "{" + inner + ("," + inner).join(items) + depth + "}"
    if is_array(value):
        if not value:
            return "[]"
        inner = depth + (indent or "")
        items = [dump(v, indent, show_tags=show_tags, depth=inner) for v in value]
        return "[" + ",".join(items) + "]" if indent is None else "[" + inner + ("," + inner).join(items) + depth + "]"
    return _shown_number(value)


def untagged(value: str) -> str:
    """A string as text; one that stands for a date or time as Snowflake's default formats show it."""
    if value[:1] != "\x01":
        return value
    if value == UNDEFINED:
        return "undefined"
    tag, text = value[1:2], value[2:]
    if tag in "NLZ" and text:
        head, zone = (text[:-6], text[-6:]) if tag != "N" and len(text) > 29 else (text, "")
        return head[:23] + (" " + zone.replace(":", "").strip() if zone else "")
    return text[:8] if tag == "T" else text


def show(text: str, indent: int = 2) -> str:
    """What a client is given: JSON for people, or without blanks and lines if indent is 0 (JSON_INDENT)."""
    if text[:1] not in "{[" and "\\u0001" not in text:
        return text
    return dump(load(text), " " * indent or None, show_tags=True)


def parse(text: str, decoder: json.JSONDecoder = _DECODER) -> str | None:
    """PARSE_JSON. EngineError 100069 for what is no JSON."""
    if not text.strip():
        return None
    try:
        try:
            value = decoder.decode(text)
        except ValueError:
            value = decoder.decode(_LOOSE.sub(_strictly, text))
    except ValueError as wrong:
        said = complaint(text, wrong) if isinstance(wrong, json.JSONDecodeError) else f"{wrong}, pos {len(text)}"
        raise EngineError("100069", "22P02", f"Error parsing JSON: {said}") from None
    except RecursionError:
        raise EngineError("100069", "22P02", "Error parsing JSON: too deeply nested") from None
    return dump(value)


def _strictly(loose: re.Match[str]) -> str:
    gap, word, key = loose.groups()
    return gap + json.dumps(UNDEFINED) if gap else word.lower() if word else f'"{key}"' if key else loose[0]


def complaint(text: str, wrong: json.JSONDecodeError) -> str:
    """What Snowflake says of a text. Places are counted from 1; that of a word is behind it."""
    rest, at = text[wrong.pos :], wrong.pos + 1
    if wrong.msg.startswith("Extra data"):
        return "more than one document in the input" if rest[0] in '{["' else "garbage after valid input document"
    if not rest or wrong.msg.startswith("Unterminated"):
        kind = {"{": "incomplete object value", "[": "incomplete array value"}
        return f"{kind.get(text.lstrip()[0], 'unfinished string')}, pos {len(text) + 1}"
    if word := re.match(r"-?[A-Za-z_]\w*", rest):
        stray = "property" in wrong.msg and rest[word.end() :][:1] == "}"
        return ("misplaced }" if stray else f'unknown keyword "{word[0]}"') + f", pos {at + word.end()}"
    if rest[0] in "{}[],":
        return f"misplaced {'comma' if rest[0] == ',' else rest[0]}, pos {at}"
    return f"{wrong.msg[:1].lower()}{wrong.msg[1:]}, pos {at}"


# -- types -------------------------------------------------------------------------------------------------------------


def type_of(value: Any) -> str:
    """TYPEOF's answer."""
    if value is None:
        return "NULL_VALUE"
    if isinstance(value, bool):
        return "BOOLEAN"
    if isinstance(value, int):
        return "INTEGER"
    if isinstance(value, Decimal):
        return "INTEGER" if value == value.to_integral_value() else "DECIMAL"
    if isinstance(value, float):
        return "DOUBLE"
    if isinstance(value, str):
        return _TAGS.get(value[1:2], "VARCHAR") if value[:1] == "\x01" else "VARCHAR"
    return "OBJECT" if is_object(value) else "ARRAY"


def wrap(value: Any) -> Any:
    """A scalar of DuckDB's, given to a function with any number of arguments, as a value in a variant."""
    if isinstance(value, (bytes, bytearray)):
        return "\x01B" + value.hex().upper()
    if isinstance(value, datetime.date):
        return "\x01D" + value.isoformat()
    return value


def as_text(value: Any) -> str | None:
    """A variant cast to VARCHAR."""
    if value is None or value == UNDEFINED:
        return None
    if isinstance(value, str):
        return untagged(value)
    if isinstance(value, float):
        return float_text(value)
    return dump(value, show_tags=True)


def float_text(value: float) -> str:
    """A FLOAT as Snowflake prints it: nine digits after the point, and more where zeros stand before the first digit
    that counts; never more than fifteen digits that count."""
    if value != value:
        return "NaN"
    if value in (float("inf"), float("-inf")):
        return "inf" if value > 0 else "-inf"
    exponent = math.floor(math.log10(abs(value))) if value else 0
    return f"{value:.{max(min(exponent + 10, 15), 10)}g}"


def failed_cast(value: Any, kind: str) -> EngineError:
    shown = dump(value, show_tags=True)
    return EngineError("100071", "22000", f"Failed to cast variant value {shown} to {kind}")


def as_number(value: Any) -> str | None:
    """A variant cast to a number, as text. EngineError 100071 if it isn't one."""
    if value is None or value == UNDEFINED:
        return None
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        if value != value or value in (float("inf"), float("-inf")):
            raise failed_cast(value, "FIXED")
        return f"{Decimal(repr(value)):f}"
    if isinstance(value, (int, Decimal)):
        return f"{value:f}" if isinstance(value, Decimal) else str(value)
    if isinstance(value, str) and value[:1] != "\x01":
        try:
            number = Decimal(value.strip())
            if number.is_finite():
                return f"{number:f}"
        except InvalidOperation:
            pass
    raise failed_cast(value, "FIXED")


def as_float(value: Any) -> float | None:
    if value is None or value == UNDEFINED:
        return None
    if isinstance(value, (bool, int, Decimal, float)):
        return float(value)
    if isinstance(value, str) and value[:1] != "\x01":
        try:
            return float(value.strip())
        except ValueError:
            pass
    raise failed_cast(value, "REAL")


_TRUE = {"true", "t", "yes", "y", "on", "1"}
_FALSE = {"false", "f", "no", "n", "off", "0"}


def as_boolean(value: Any) -> bool | None:
    if value is None or value == UNDEFINED:
        return None
    if isinstance(value, bool):
        return value
    if isinstance(value, (int, Decimal, float)):
        return value != 0
    if isinstance(value, str):
        word = value.strip().lower()
        if word in _TRUE:
            return True
        if word in _FALSE:
            return False
    raise failed_cast(value, "BOOLEAN")


def as_moment(value: Any, kind: str, zone: str) -> Any:
    """A variant cast to a DATE, TIME or timestamp, in the physical form."""
    if value is None or value == UNDEFINED:
        return None
    if isinstance(value, bool) or not isinstance(value, (str, int, Decimal)):
        raise failed_cast(value, kind)
    text = value[2:] if isinstance(value, str) and value[:1] == "\x01" else str(value)
    try:
        found = formats.pack(text, "AUTO", kind, zone)
    except EngineError:
        found = None
    if found is None:
        raise failed_cast(value, kind)
    if kind == "TIMESTAMP_NTZ" and isinstance(found, int) and not isinstance(value, str):  # on the session's clocks
        moment, nanos = types.unpack_timestamp(found)
        return types.pack_timestamp(moment.replace(tzinfo=datetime.UTC).astimezone(ZoneInfo(zone)), nanos)
    return found


# -- paths -------------------------------------------------------------------------------------------------------------


def get(value: Any, key: Any) -> Any:
    """What an object has under a key, or an array at an index (from 0); UNDEFINED if there is nothing."""
    if is_object(value) and isinstance(key, str):
        return value.get(key, UNDEFINED)
    if isinstance(value, str) and value.startswith(MARKUP) and isinstance(key, str):
        from . import markup

        return markup.member(value, key)
    if is_array(value) and isinstance(key, int) and 0 <= key < len(value):
        return value[key]
    return UNDEFINED


_STEP = re.compile(
    r'[.:]?(?:"((?:[^"]|"")*)"|([A-Za-z_][\w$]*))|\[\s*(?:(\d+)|\'((?:[^\']|\'\')*)\'|"((?:[^"]|"")*)")\s*\]'
)


def path_steps(path: str) -> list[str | int]:
    """The keys and indexes of a path such as `a.b[0]['c']`. EngineError for what is no path."""
    steps: list[str | int] = []
    at = 0
    while at < len(path):
        found = _STEP.match(path, at)
        if found is None or found.end() == at:
            raise EngineError(
                "100090", "22000", f"Invalid extraction path '{path}': unexpected character at position {at}"
            )
        quoted, word, index, single, double = found.groups()
        steps.append(
            int(index) if index is not None else next(s for s in (quoted, word, single, double) if s is not None)
        )
        at = found.end()
    return steps


def walk(value: Any, steps: list[str | int]) -> Any:
    for step in steps:
        value = get(value, step)
    return value


_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]*$")


def _path(path: str, key: Any) -> str:
    if isinstance(key, int):
        return f"{path}[{key}]"
    if _PLAIN_KEY.match(key):
        return f"{path}.{key}" if path else key
    return f"{path}['{key}']"


def flatten(
    text: str | None, path: str | None, outer: bool, recursive: bool, mode: str
) -> list[tuple[str | None, str | None, int | None, str | None, str | None]]:
    """FLATTEN's rows: key, path, index, value, this."""
    root = UNDEFINED if text is None else load(text)
    steps = path_steps(path) if path else []
    base = walk(root, steps)
    start = ""
    for step in steps:
        start = _path(start, step)
    rows: list[tuple[str | None, str | None, int | None, str | None, str | None]] = []

    def expand(value: Any, at: str) -> None:
        this = dump(value)
        if is_object(value) and mode in ("BOTH", "OBJECT"):
            for key, inner in sorted(value.items()):
                rows.append((key, _path(at, key), None, dump(inner), this))
                if recursive:
                    expand(inner, _path(at, key))
        elif is_array(value) and mode in ("BOTH", "ARRAY"):
            for index, inner in enumerate(value):
                if inner == UNDEFINED:
                    continue
                rows.append((None, _path(at, index), index, dump(inner), this))
                if recursive:
                    expand(inner, _path(at, index))
        elif recursive and is_object(value):
            for key, inner in sorted(value.items()):
                expand(inner, _path(at, key))
        elif recursive and is_array(value):
            for index, inner in enumerate(value):
                expand(inner, _path(at, index))

    if base != UNDEFINED:
        expand(base, start)
    if not rows and outer:
        rows.append((None, start, None, None, None if base == UNDEFINED else dump(base)))
    return rows


# -- order -------------------------------------------------------------------------------------------------------------


def sort_key(value: Any) -> str:
    """A text that orders as the variants do: equal numbers are equal whatever their types."""
    if isinstance(value, bool):
        return f"2{int(value)}"
    if isinstance(value, (int, float, Decimal)):
        number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
        if not number.is_finite():
            return "3z" if number > 0 else "3!"
        if number == 0:
            return "3m"
        sign, digits, _ = number.as_tuple()
        exponent = number.adjusted() + 20_000
        text = "".join(map(str, digits)).rstrip("0")
        if not sign:
            return f"3p{exponent:05}{text}"
        return f"3c{99999 - exponent:05}" + "".join(str(9 - int(d)) for d in text) + "~"
    if isinstance(value, str):
        return "5" + value
    if value is None:
        return "~"
    return ("8" if is_array(value) else "9") + dump(value)
