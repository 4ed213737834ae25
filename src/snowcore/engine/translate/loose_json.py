"""JSON that the standard refuses and Snowflake reads, and what Snowflake says of a text that it can't read."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, NoReturn

_BLANK = re.compile(r"[ \t\r\n]*")
_WORD = re.compile(r"[A-Za-z_]\w*", re.ASCII)
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"' + r"|'(?:[^'\\]|\\.)*'", re.DOTALL)
_CONSTANTS: dict[str, Any] = {"true": True, "false": False, "null": None, "nan": float("nan")}


def read(text: str, undefined: str, number: Callable[[str], Any], last_counts: bool) -> Any:
    """The value of a text. ValueError says what is wrong, and where.

    undefined: what stands for a member that an array leaves out: `[1, , 3]`. number: reads a number of JSON.
    last_counts: whether an object may have a key twice.
    """
    return _Reader(text, undefined, number, last_counts).document()


class _Reader:
    def __init__(self, text: str, undefined: str, number: Callable[[str], Any], last_counts: bool) -> None:
        self.text, self.at = text, 0
        self.undefined, self.number, self.last_counts = undefined, number, last_counts

    def fail(self, what: str, at: int, wide: int = 1) -> NoReturn:
        """at: from 0. Snowflake counts the bytes of the line from 1, and names each line but the first.

        wide: how many bytes the character has that is meant; its last one counts."""
        before = self.text[:at]
        column = len(before[before.rfind("\n") + 1 :].encode()) + wide
        line = before.count("\n") + 1
        raise ValueError(f"{what}, line {line}, pos {column}" if line > 1 else f"{what}, pos {column}")

    def look(self) -> str:
        """The next character that is no blank, or nothing."""
        found = _BLANK.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return self.text[self.at : self.at + 1]

    def refuse(self) -> NoReturn:
        """The next character can stand nowhere here."""
        next_ = self.text[self.at]
        if next_ in "{}[],":
            self.fail(f"misplaced {'comma' if next_ == ',' else next_}", self.at)
        shown = f"'{next_}'".replace("\\", "\\\\") if next_.isascii() else f"U+{ord(next_):04X}"
        self.fail(f"invalid character outside of a string: {shown}", self.at, len(next_.encode()))

    def document(self) -> Any:
        if self.look() != ",":
            made = self.value("value")
            if not self.look():
                return made
        more = self.text[self.at] in '{["'
        raise ValueError("more than one document in the input" if more else "garbage after valid input document")

    def value(self, inside: str) -> Any:
        next_ = self.look()
        if not next_:
            self.fail(f"incomplete {inside}", self.at)
        if next_ == "{":
            return self.object()
        if next_ == "[":
            return self.array()
        if next_ in "\"'":
            return self.string()
        if next_ in "+-.0123456789":
            return self.numeral()
        word = _WORD.match(self.text, self.at)
        if word is None:
            self.refuse()
        self.at = word.end()
        if word[0].lower() not in _CONSTANTS:
            self.fail(f'unknown keyword "{word[0]}"', self.at)
        return _CONSTANTS[word[0].lower()]

    def object(self) -> dict[str, Any]:
        made: dict[str, Any] = {}
        self.at += 1
        while (next_ := self.look()) != "}":
            if not next_:
                self.fail("incomplete object value", self.at)
            if next_.isdecimal():
                self.fail("object attribute name cannot be a number", self.at)
            word = _WORD.match(self.text, self.at)
            if word is None and next_ not in "\"'":
                self.refuse()
            key = word[0] if word else self.string()
            self.at = word.end() if word else self.at
            if key in made and not self.last_counts:
                self.fail(f'duplicate object attribute "{key}"', self.at - (word is None))
            if (colon := self.look()) != ":":
                if not colon:
                    self.fail("incomplete object value", self.at)
                if colon.isascii() and (colon.isalnum() or colon in "+-.\"'_"):
                    self.fail("missing colon", self.at)
                self.refuse()
            self.at += 1
            made[key] = self.value("object value")
            self.separated("}", "incomplete object value")
        self.at += 1
        return made

    def array(self) -> list[Any]:
        made: list[Any] = []
        self.at += 1
        while (next_ := self.look()) != "]" or made:
            made.append(self.undefined if next_ and next_ in ",]" else self.value("array value"))
            if not self.separated("]", "incomplete array value"):
                break
        self.at += 1
        return made

    def separated(self, end: str, incomplete: str) -> bool:
        """Goes beyond a comma. False: the container ends."""
        next_ = self.look()
        if next_ == ",":
            self.at += 1
            return True
        if next_ == end:
            return False
        if not next_:
            self.fail(incomplete, self.at)
        return self.refuse() if next_ in "}]" else self.fail("missing comma", self.at)

    def string(self) -> str:
        found = _STRING.match(self.text, self.at)
        if found is None:
            self.fail("unfinished string", len(self.text))
        inner = found[0][1:-1]
        if found[0][0] == "'":
            inner = inner.replace("\\'", "'").replace('"', '\\"')
        try:
            made = json.loads(f'"{inner}"', strict=False)
        except json.JSONDecodeError as wrong:
            self.fail(wrong.msg[:1].lower() + wrong.msg[1:], self.at + wrong.pos)
        self.at = found.end()
        return made

    def numeral(self) -> Any:
        start, found = self.at, _NUMBER.match(self.text, self.at)
        if found is None:
            word = _WORD.match(self.text, start + 1)
            self.at = word.end() if word else start + 1
            if word:
                self.fail(f'unknown keyword "{self.text[start : self.at]}"', self.at)
            minus = self.text[start] == "-" == self.text[self.at : self.at + 1]
            self.fail("stray minus sign" if minus else "no number after a sign", self.at)
        self.at = found.end()
        if exponent := re.compile(r"[eE][+-]?").match(self.text, self.at):
            self.at = exponent.end()
            self.fail(f"missing decimal exponent digits: '{self.text[start : self.at]}'", self.at)
        if self.text[self.at : self.at + 1].isalpha():
            self.at += 1
            self.fail(f"garbage in the numeric literal: {self.text[start : self.at]} ", self.at)
        sign, digits = ("-", found[0][1:]) if found[0][0] == "-" else ("", found[0].lstrip("+"))
        whole, point, rest = digits.partition(".")
        if point and not rest[:1].isdecimal():
            point = ""
        return self.number(sign + (whole.lstrip("0") or "0") + point + rest)
