"""Regular expressions: REGEXP_LIKE and its kin.

DuckDB's engine and Snowflake's read the same language (no look-around, no back-references), so DuckDB does the work
where it has the function. Positions and single occurrences are found in Python.
"""

from __future__ import annotations

import functools
import re

from sqlglot import exp

from ..errors import EngineError, compilation
from ..types import BOOLEAN, VARCHAR
from .casts import as_text, constant_integer, integer
from .core import Call, Translator, Value, function, quote, rule
from .runtime import python
from .text import count, text_array


def _flags(c: Call, index: int) -> tuple[str, bool]:
    """The parameters as flags inside of a pattern, and whether `e` (groups) is among them."""
    word = c.constant(index, "c") or "c"
    insensitive, flags, extract = False, "", False
    for letter in word:
        if letter in "ci":
            insensitive = letter == "i"
        elif letter in "ms":
            flags += letter
        elif letter == "e":
            extract = True
        else:
            raise EngineError("100048", "2201B", f"Invalid regular expression parameters: '{word}'")
    flags = "".join(sorted(set(flags + ("i" if insensitive else ""))))
    return f"(?{flags})" if flags else "", extract


def _pattern(c: Call, index: int, flags: str = "") -> str:
    value = c[index]
    if isinstance(value.literal, str):
        _compiled(value.literal)
        return quote(flags + value.literal)
    shown = as_text(c.t, value)
    return f"({quote(flags)} || {shown})" if flags else shown


_UNKNOWN_TO_BOTH = re.compile(r"\(\?(?:[=!]|<[=!])")
_PIECES = re.compile(r"\\.|\[\^?\]?(?:\[:\w+:\]|\\.|[^\]\\])*\]|\$|.", re.DOTALL)
_POSIX = {
    "alpha": "a-zA-Z", "digit": "0-9", "alnum": "a-zA-Z0-9", "upper": "A-Z", "lower": "a-z", "xdigit": "0-9A-Fa-f",
    "space": r"\s", "blank": r" \t", "punct": r"!-/:-@\[-`{-~", "cntrl": r"\x00-\x1f\x7f", "word": r"\w",
    "print": r" -~", "graph": r"!-~",
}  # fmt: skip


@functools.lru_cache(512)
def _compiled(pattern: str) -> re.Pattern[str]:
    """A pattern for Python's engine. EngineError 100048 for what is none."""
    flags = 0
    options = re.match(r"\(\?([ims]+)\)", pattern)
    body = pattern[options.end() :] if options else pattern
    for letter in options[1] if options else "":
        flags |= {"i": re.IGNORECASE, "m": re.MULTILINE, "s": re.DOTALL}[letter]
    pieces: list[str] = []
    for piece in _PIECES.findall(body):
        if piece == "$" and not flags & re.MULTILINE:
            piece = r"\Z"
        elif piece[:1] == "[":
            piece = re.sub(r"\[:(\w+):\]", lambda m: _POSIX.get(m[1], m[0]), piece)
        elif re.match(r"\\[1-9]", piece):
            raise EngineError(
                "100048", "2201B", f"Invalid regular expression: '{pattern}', invalid escape sequence: {piece}"
            )
        pieces.append(piece)
    if _UNKNOWN_TO_BOTH.search(body):
        raise EngineError(
            "100048", "2201B", f"Invalid regular expression: '{pattern}', no argument for repetition operator: ?"
        )
    try:
        return re.compile("".join(pieces), flags if flags & re.IGNORECASE else flags | re.ASCII)
    except re.error as wrong:
        raise EngineError("100048", "2201B", f"Invalid regular expression: '{pattern}', {wrong.msg}") from None


def _from(c: Call, index: int) -> str:
    """SQL of the text from the position on at which the search begins."""
    text = as_text(c.t, c[0])
    if len(c) <= index or integer(c.t, c[index]) == "1":
        return text
    return f"substr({text}, sf_search_start({integer(c.t, c[index])}))"


@python("BIGINT", "BIGINT")
def _search_start(position: int) -> int:
    if position < 1:
        raise EngineError(
            "100240", "22023", f"Invalid parameter value: {position}. Reason: the position must be positive."
        )
    return position


@rule(exp.RegexpLike)
def _rlike(t: Translator, node: exp.Expr) -> Value:
    return _matches(Call(t, "RLIKE", [node.this, node.expression]))


@function("REGEXP_LIKE", "RLIKE", "REGEXP", args=(2, 3))
def _matches(c: Call) -> Value:
    flags, _ = _flags(c, 2)
    return Value(f"regexp_full_match({as_text(c.t, c[0])}, {_pattern(c, 1, flags)})", BOOLEAN)


@function("REGEXP_COUNT", args=(2, 4))
def _count(c: Call) -> Value:
    flags, _ = _flags(c, 3)
    return count(f"len(regexp_extract_all({_from(c, 2)}, {_pattern(c, 1, flags)}))")


def _group(c: Call, index: int, extract: bool) -> int:
    if index < len(c):
        return constant_integer(c, index, 0)
    pattern = c[1].literal
    has_none = isinstance(pattern, str) and not _compiled(pattern).groups  # then `e` means nothing
    return 1 if extract and not has_none else 0


@function("REGEXP_SUBSTR", args=(2, 6))
def _substr(c: Call) -> Value:
    flags, extract = _flags(c, 4)
    group = _group(c, 5, extract)
    _check_group(c, group)
    occurrence = integer(c.t, c[3]) if len(c) > 3 else "1"
    found = f"regexp_extract_all({_from(c, 2)}, {_pattern(c, 1, flags)}{f', {group}' if group else ''})"
    return Value(f"{found}[{occurrence}]", VARCHAR)


def _check_group(c: Call, group: int) -> None:
    pattern = c[1].literal
    if isinstance(pattern, str) and group > _compiled(pattern).groups:
        raise compilation("100048", f"Invalid regular expression group number: {group}", "2201B")


@function("REGEXP_SUBSTR_ALL", "REGEXP_EXTRACT_ALL", args=(2, 6))
def _substr_all(c: Call) -> Value:
    flags, extract = _flags(c, 4)
    group = _group(c, 5, extract)
    _check_group(c, group)
    found = f"regexp_extract_all({_from(c, 2)}, {_pattern(c, 1, flags)}{f', {group}' if group else ''})"
    if len(c) > 3 and integer(c.t, c[3]) != "1":
        found = f"list_slice({found}, {integer(c.t, c[3])}, 2147483647)"
    return text_array(found)


@function("REGEXP_INSTR", args=(2, 7))
def _instr(c: Call) -> Value:
    flags, extract = _flags(c, 5)
    group = _group(c, 6, extract)
    position, occurrence, end = (
        integer(c.t, c[i]) if len(c) > i else default for i, default in ((2, "1"), (3, "1"), (4, "0"))
    )
    return count(
        f"sf_regexp_instr({as_text(c.t, c[0])}, {_pattern(c, 1, flags)}, {position}, {occurrence}, {end}, {group})"
    )


@python("VARCHAR VARCHAR BIGINT BIGINT BIGINT BIGINT", "BIGINT")
def _regexp_instr(text: str, pattern: str, position: int, occurrence: int, end: int, group: int) -> int:
    start = _search_start(position) - 1
    if occurrence < 1:
        raise EngineError(
            "100240", "22023", f"Invalid parameter value: {occurrence}. Reason: the occurrence must be positive."
        )
    for number, found in enumerate(_compiled(pattern).finditer(text[start:]), 1):
        if number == occurrence:
            if group > len(found.groups()) or found.start(group) < 0:
                return 0
            return start + (found.end(group) if end else found.start(group)) + 1
    return 0


@function("REGEXP_REPLACE", args=(2, 6))
def _replace(c: Call) -> Value:
    flags, _ = _flags(c, 5)
    by = as_text(c.t, c[2]) if len(c) > 2 else "''"
    position, occurrence = (integer(c.t, c[i]) if len(c) > i else default for i, default in ((3, "1"), (4, "0")))
    if position == "1" and occurrence == "0":
        return Value(f"regexp_replace({as_text(c.t, c[0])}, {_pattern(c, 1, flags)}, {by}, 'g')", VARCHAR)
    return Value(
        f"sf_regexp_replace_at({as_text(c.t, c[0])}, {_pattern(c, 1, flags)}, {by}, {position}, {occurrence})", VARCHAR
    )


_REFERENCE = re.compile(r"\\(\d|\\)")


@python("VARCHAR VARCHAR VARCHAR BIGINT BIGINT", "VARCHAR")
def _regexp_replace_at(text: str, pattern: str, by: str, position: int, occurrence: int) -> str:
    start = _search_start(position) - 1
    number = 0

    def replaced(found: re.Match[str]) -> str:
        nonlocal number
        number += 1
        if occurrence not in (0, number):
            return found[0]
        return _REFERENCE.sub(lambda r: "\\" if r[1] == "\\" else found[int(r[1])] or "", by)

    return text[:start] + _compiled(pattern).sub(replaced, text[start:])
