"""CSV as Snowflake reads it: records of fields, and what is wrong with those that can't be read.

DuckDB reads most files the same way, and much faster (`sheets`); what it would read otherwise is read here.
See https://docs.snowflake.com/en/sql-reference/sql/create-file-format.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import attrs

from .formats import (
    Format,
    bare_escape_of,
    delimiter_of,
    enclosing_of,
    escape_of,
    nulls_of,
    record_delimiter_of,
)


@attrs.frozen
class Fault:
    """Why a record can't be read."""

    code: str
    text: str
    character: int
    """Where in the record, from 1."""
    column: int
    """In which of its fields, from 0."""


@attrs.frozen
class Record:
    number: int
    """From 1, headers not counted."""
    line: int
    """The line of the file on which it begins, from 1."""
    bytes: int
    """How many bytes of the text stand before it, if it is UTF-8."""
    raw: str
    fields: Sequence[str | None]
    places: Sequence[int]
    """Where in the record each field begins, from 1."""
    fault: Fault | None = None


class Grammar:
    """How the records of a format are cut into fields."""

    def __init__(self, format_: Format) -> None:
        self.delimiter, self.ending = delimiter_of(format_), record_delimiter_of(format_)
        self.quote, self.escape, self.bare_escape = enclosing_of(format_), escape_of(format_), bare_escape_of(format_)
        self.trims = format_.is_on("TRIM_SPACE")
        self.skips_blank = format_.is_on("SKIP_BLANK_LINES")
        self.empty_is_null = format_.get("EMPTY_FIELD_AS_NULL", True) is not False
        self.nulls = frozenset(nulls_of(format_))
        end = _NEWLINE.pattern if self.ending in NEWLINES else re.escape(self.ending)
        mark, inside, outside = map(re.escape, (self.quote, self.escape, self.bare_escape))
        stops = "|".join(one for one in (re.escape(self.delimiter), end) if one)
        escaped = f"{outside}.|" if outside else ""
        self._bare = re.compile(f"(?:{escaped}{f'(?!{stops})' if stops else ''}.)*+", re.DOTALL)
        escaped = f"{inside}.|" if inside else ""
        self._enclosed = re.compile(f"{mark}((?:{escaped}{mark}{mark}|(?!{mark}).)*+){mark}", re.DOTALL)
        self._end = re.compile(end or "(?!)")
        field = re.escape(self.delimiter) or "(?!)"
        self._separator = re.compile(f"(?P<field>{field})|(?P<record>{end or '(?!)'})|\\Z")
        self._unescaped = re.compile(f"{inside}(.)" if inside else "(?!)(.)", re.DOTALL)
        self._bare_unescaped = re.compile(f"{outside}(.)" if outside else "(?!)(.)", re.DOTALL)

    def records(self, text: str, skipped: int, width: int | None = None) -> Iterator[Record]:
        """The records of a text. skipped: its lines before the first of them. width: how many fields each must have."""
        at = 0
        for _ in range(skipped):
            found = _NEWLINE.search(text, at)
            at = found.end() if found else len(text)
        number, line, bytes_ = 0, skipped + 1, _length(text[:at])
        while at < len(text):
            blank = self._end.match(text, at) if self.skips_blank else None
            if blank is None:
                number += 1
                record, after = self._record(text, at, number, (line, bytes_), width)
                yield record
            else:
                after = blank.end()
            line += sum(1 for _ in _NEWLINE.finditer(text, at, after))
            bytes_ += _length(text[at:after])
            at = after

    def _record(
        self, text: str, start: int, number: int, place: tuple[int, int], width: int | None
    ) -> tuple[Record, int]:
        """A record, and where the next one begins."""
        at, fields, places, fault = start, list[str | None](), list[int](), None
        while True:
            at = self._past_spaces(text, at)
            places.append(at - start + 1)
            if self.quote and text.startswith(self.quote, at):
                if (found := self._enclosed.match(text, at)) is None:
                    fault = Fault(
                        "100066", f"Found no closing '{self.quote}' before the end of the file", places[-1], len(fields)
                    )
                    end = at = len(text)
                    break
                fields.append(self._enclosed_value(found[1]))
                at = self._past_spaces(text, found.end())
            elif (found := self._bare.match(text, at)) is not None:
                fields.append(self._bare_value(found[0]))
                at = found.end()
            if (separator := self._separator.match(text, at)) is None:
                instead = f"field delimiter '{self.delimiter}'"
                fault = Fault(
                    "100016", f"Found character '{text[at]}' instead of {instead}", at - start + 1, len(fields) - 1
                )
                ending = self._end.search(text, at)
                end, at = ending.span() if ending else (len(text), len(text))
                break
            end, at = at, separator.end()
            if separator["field"] is None:
                break
        if fault is None and width is not None and len(fields) != width:
            fault = Fault("100080", wrong_width(len(fields), width), end - start + 1, min(len(fields), width) - 1)
        return Record(number, *place, text[start:end], fields, places, fault), at

    def _past_spaces(self, text: str, at: int) -> int:
        while self.trims and at < len(text) and text[at] in " \t" and text[at] != self.delimiter:
            at += 1
        return at

    def _enclosed_value(self, written: str) -> str | None:
        value = self._unescaped.sub(r"\1", written)
        value = value if self.escape and self.escape in written else written.replace(self.quote * 2, self.quote)
        return None if value in self.nulls else value

    def _bare_value(self, written: str) -> str | None:
        written = written.strip(" \t") if self.trims else written
        if written in self.nulls or (not written and self.empty_is_null):
            return None
        return self._bare_unescaped.sub(r"\1", written)


_NEWLINE = re.compile(r"\r\n|\n|\r")
NEWLINES = ("\n", "\r\n", "\r")
"""What RECORD_DELIMITER may be for any of them to end a record, as Snowflake takes `\\n` for the end of a line."""


def _length(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode(errors="surrogateescape"))


def wrong_width(found: int, width: int) -> str:
    text = f"Number of columns in file ({found}) does not match that of the corresponding table ({width}), use"
    return text + " file format option error_on_column_count_mismatch=false to ignore this error"
