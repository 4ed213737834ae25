"""Files of texts as DuckDB is to read them. What it would read otherwise than Snowflake is written anew, in one form
that it reads well, for as long as a statement runs; most files are left as they are."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar, cast

import attrs

from ..errors import EngineError, unsupported
from ..names import literal
from .documents import read_documents
from .formats import (
    Format,
    bare_escape_of,
    compression_of,
    delimiter_of,
    enclosing_of,
    encoding_of,
    escape_of,
    nulls_of,
    record_delimiter_of,
)
from .packing import packing, unpacked
from .records import NEWLINES, Fault, Grammar, Record

T = TypeVar("T")
_HEAD = 1_000_000
"""How many bytes of a file are looked at for its first record."""
_NOWHERE = "\x1a"
"""What no field is, where none is to be NULL."""
_LONG = 900_000
"""Half of the bytes that a line may have for DuckDB to read it."""
_INVALID = re.compile("[\udc80-\udcff]")
"""What stands for a byte that is no UTF-8, in a text that was read so."""


@attrs.frozen
class Sheet:
    """A CSV file as it was written anew: a record's number, then its fields. What can't be read is left out."""

    path: Path
    records: Sequence[Record]
    longest: int
    """The most bytes that a line may have."""

    @property
    def faulty(self) -> list[Record]:
        return [one for one in self.records if one.fault is not None]


@attrs.frozen
class Look:
    """What was seen of a CSV file."""

    plain: Path | None
    """What DuckDB reads as Snowflake does: the file, or what was packed in it; None if it must be written anew."""
    width: int
    """The fields of its first record; 0 if there is none."""
    header: Sequence[str] | None
    """What its columns are called, if PARSE_HEADER says so."""
    is_bare: bool
    """Whether it is known that no underscore is in it."""


class Sheets:
    """Those of one session."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._folder: Path | None = None
        self._kept: dict[object, Any] = {}

    def clear(self) -> None:
        """The statement is over."""
        self._kept.clear()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    def look(self, format_: Format, file: Path) -> Look:
        is_bare = True

        def watched(parts: Iterable[bytes]) -> Iterator[bytes]:
            nonlocal is_bare
            for part in parts:
                is_bare = is_bare and b"_" not in part
                yield part

        def look() -> Look:
            if packing(file, compression_of(format_)) == "NONE" and _are_plain(format_, watched(_parts(file))):
                with file.open("rb") as opened:
                    content, is_plain = opened.read(_HEAD + 1), True
            else:
                content = unpacked(file, compression_of(format_))
                is_plain = _are_plain(format_, watched([content]))
            end = content.rfind(b"\n", 0, _HEAD) + 1 if is_plain and len(content) > _HEAD else len(content)
            text, grammar, titled = _decoded(format_, content[:end]), Grammar(format_), format_.is_on("PARSE_HEADER")
            titles = next(grammar.records(text, 0), None) if titled else None
            first = next(grammar.records(text, _skipped(format_)), None)
            header = [one or "" for one in titles.fields] if titles is not None else [] if titled else None
            plain = self._plain(format_, file, content) if is_plain else None
            return Look(plain, len(first.fields) if first is not None else 0, header, is_plain and is_bare)

        return self._once(look, "look", format_, file)

    def sheet(self, format_: Format, file: Path, width: int, *, strict: bool) -> Sheet:
        """A file written anew, with so many fields a record. strict: records of other widths have a fault."""

        def write() -> Sheet:
            text = _decoded(format_, unpacked(file, compression_of(format_)))
            found = Grammar(format_).records(text, _skipped(format_), width if strict else None)
            every = [_checked(one) for one in found]
            lines: list[str] = []
            for one in every:
                if one.fault is None:
                    fields = [*one.fields[:width], *[None] * (width - len(one.fields))]
                    doubled = ("" if value is None else '"' + value.replace('"', '""') + '"' for value in fields)
                    lines.append(",".join((str(one.number), *doubled)))
            return Sheet(self._write(lines), every, 4 * max(map(len, lines), default=0))

        return self._once(write, width, strict, format_, file)

    def documents(self, format_: Format, file: Path, *, up_to_error: bool = False) -> tuple[Path, bool]:
        """A JSON file as DuckDB reads it, and whether it was written anew. up_to_error: as far as it is valid."""

        def write() -> tuple[Path, bool]:
            content = unpacked(file, compression_of(format_))
            if not up_to_error and _documents_are_plain(format_, content):
                return self._plain(format_, file, content), False
            text = _decoded(format_, content)
            if (invalid := _INVALID.search(text)) is not None:
                if not up_to_error:
                    raise EngineError("100144", "22000", _invalid_text(invalid[0]))
                text = text[: invalid.start()]
            return self._write(read_documents(text, format_, up_to_error=up_to_error)), True

        return self._once(write, up_to_error, format_, file)

    def members(self, format_: Format, file: Path) -> set[str]:
        """The names of the members of the documents of a JSON file."""
        text = _decoded(format_, unpacked(file, compression_of(format_)))
        every = map(json.loads, read_documents(text, format_, up_to_error=True))
        return {name for one in every if isinstance(one, dict) for name in cast("dict[str, Any]", one)}

    def complaint(self, format_: Format, file: Path) -> EngineError | None:
        """What is wrong with a JSON file."""
        try:
            for _ in read_documents(
                _decoded(format_, unpacked(file, compression_of(format_))), format_, up_to_error=False
            ):
                pass
        except EngineError as error:
            return error
        return None

    def _once(self, do: Callable[[], T], *by: Any) -> T:
        *_, format_, file = by
        key = (*by[:-2], file, file.stat().st_mtime_ns, repr(sorted(format_.options.items())))
        if key not in self._kept:
            self._kept[key] = do()
        return self._kept[key]

    def _plain(self, format_: Format, file: Path, content: bytes) -> Path:
        if packing(file, compression_of(format_)) == "NONE":
            return file
        target = self._new()
        target.write_bytes(content)
        return target

    def _write(self, lines: Iterable[str]) -> Path:
        target = self._new()
        with target.open("w", encoding="utf-8", newline="") as out:
            out.writelines(f"{one}\n" for one in lines)
        return target

    def _new(self) -> Path:
        self._folder = self._folder or Path(tempfile.mkdtemp(dir=self._home))
        return self._folder / str(len(self._kept))


def _skipped(format_: Format) -> int:
    return 1 if format_.is_on("PARSE_HEADER") else int(format_.get("SKIP_HEADER", 0))


def _decoded(format_: Format, content: bytes) -> str:
    """What is in a file. A byte that is no UTF-8 is what `_INVALID` finds, unless it shall be replaced."""
    coding = encoding_of(format_)
    if format_.type == "JSON":
        coding = next((word for mark, word in _MARKS if content.startswith(mark)), coding)
    try:
        text = content.decode(coding, errors="surrogateescape")
    except UnicodeError:
        raise EngineError("100144", "22000", f"The file isn't encoded in {coding.upper().replace('_', '-')}.") from None
    if format_.is_on("REPLACE_INVALID_CHARACTERS") or format_.is_on("IGNORE_UTF8_ERRORS"):
        text = _INVALID.sub("\ufffd", text)
    return text.removeprefix(_MARK) if format_.get("SKIP_BYTE_ORDER_MARK", True) is not False else text


_MARK = "\ufeff"
_MARKS = (
    *((b"\xff\xfe\x00\x00", "utf_32"), (b"\x00\x00\xfe\xff", "utf_32")),
    *((b"\xff\xfe", "utf_16"), (b"\xfe\xff", "utf_16")),
)
"""How files begin that say their own encoding."""


def _checked(record: Record) -> Record:
    """A record with a fault if there is something in it that is no text."""
    if record.fault is not None or record.raw.isascii() or not _INVALID.search(record.raw):
        return record
    at = next((at for at, value in enumerate(record.fields) if value and _INVALID.search(value)), 0)
    fault = Fault("100144", _invalid_text(record.fields[at] or ""), record.places[at], at)
    return attrs.evolve(record, fault=fault, raw=_INVALID.sub("\ufffd", record.raw))


def _invalid_text(value: str) -> str:
    shown = _INVALID.sub(lambda one: f"0x{ord(one[0]) - 0xDC00:02X}", value)
    return f"Invalid UTF8 detected in string '{shown}'"


# What DuckDB may read as it is


def _parts(file: Path) -> Iterator[bytes]:
    """A file, some whole lines at a time: that is a third of the work of reading all at once, and takes no memory."""
    with file.open("rb") as opened:
        while part := opened.read(_HEAD):
            yield part if part.endswith(b"\n") else part + opened.readline(2 * _LONG)


def _are_plain(format_: Format, parts: Iterable[bytes]) -> bool:
    """Whether DuckDB reads a CSV file as Snowflake does, whose parts are whole lines that end in the same way."""
    ends = set[bool]()
    for part in parts:
        if not _is_plain(format_, part) or not _fields_are_plain(format_, part):
            return False
        ends.add(b"\r" in part)
    return len(ends) == 1 or (not ends and _fields_are_plain(format_, b""))


def _is_plain(format_: Format, content: bytes) -> bool:
    """Whether a text is UTF-8 without a mark."""
    if encoding_of(format_) != "utf_8" or content.startswith((_MARK.encode(), *(mark for mark, _ in _MARKS))):
        return False
    try:
        return content.isascii() or bool(content.decode())
    except UnicodeDecodeError:
        return False


def _fields_are_plain(format_: Format, content: bytes) -> bool:
    """Whether nothing is in a CSV file that DuckDB takes for something else than Snowflake."""
    delimiter, quote, escape = delimiter_of(format_).encode(), enclosing_of(format_).encode(), bare_escape_of(format_)
    if escape_of(format_) or record_delimiter_of(format_) not in NEWLINES or len(delimiter) != 1:
        return False
    if any(one in content for one in (b"\0", _NOWHERE.encode(), *([escape.encode()] if escape else ()))):
        return False
    if content.startswith((b"\n", b"\r\n")) or content.rfind(b"\n\n") >= 0:  # from the end it takes a third of the time
        return False
    if b"\r" in content and (
        b"\n\r" in content or not content.count(b"\r") == content.count(b"\r\n") == content.count(b"\n")
    ):
        return False
    if any(content.find(b"\n", at, at + _LONG) < 0 for at in range(0, len(content) - _LONG, _LONG)):
        return False
    if not quote or (quote not in content and not format_.is_on("TRIM_SPACE")):
        return True
    mark, between = re.escape(quote), re.escape(delimiter)
    field = rb"(?:%b(?:[^%b]++|%b%b)*+%b|[^%b%b\r\n]*+)" % (mark, mark, mark, mark, mark, mark, between)
    whole = rb"(?:%b(?:%b%b)*+(?:\r?\n|\Z))*+" % (field, between, field)
    return not format_.is_on("TRIM_SPACE") and re.fullmatch(whole, content) is not None


def _documents_are_plain(format_: Format, content: bytes) -> bool:
    if format_.is_on("ENABLE_OCTAL"):
        raise unsupported("ENABLE_OCTAL")
    strange = format_.is_on("STRIP_NULL_VALUES") or format_.is_on("ALLOW_DUPLICATE")
    if format_.is_on("STRIP_OUTER_ARRAY"):  # of one array DuckDB makes rows, and of nothing else
        strange = strange or re.match(rb"\s*\[", content) is None or re.search(rb"\]\s*[\[{]", content) is not None
    return not strange and _is_plain(format_, content)


# DuckDB's readers


def _listed(files: Sequence[Path]) -> str:
    return f"[{', '.join(literal(str(file)) for file in files)}]"


def _columns(width: int) -> str:
    return ", ".join(f"'c{at}': 'VARCHAR'" for at in range(1, width + 1))


_AS_SAID = "auto_detect = false, header = false, allow_quoted_nulls = false, compression = 'none'"


def csv_reader(format_: Format, files: Sequence[Path], width: int, *, padded: bool) -> str:
    """DuckDB's reader of CSV files as they are: so many fields, all of them texts, called c1, c2 ….

    padded: whether fields that a record doesn't have are NULL, and those that it has beyond don't matter.
    """
    quote, trims = literal(enclosing_of(format_)), format_.is_on("TRIM_SPACE")
    empty = format_.get("EMPTY_FIELD_AS_NULL", True) is not False
    how = "null_padding = true, parallel = false, strict_mode = false" if padded else "strict_mode = true"
    said = f"delim = {literal(delimiter_of(format_))}, quote = {quote}, escape = {quote}, skip = {_skipped(format_)}"
    nullstr = f"nullstr = [{literal('' if empty else _NOWHERE)}]"
    source = f"read_csv({_listed(files)}, columns = {{{_columns(width)}}}, {_AS_SAID}, {said}, {nullstr}, {how})"
    nulls = {*nulls_of(format_), *([""] if trims and empty else ())}
    values = [f"trim(c{at}, ' \t')" if trims else f"c{at}" for at in range(1, width + 1)]
    if nulls and (nulls != {"\\N"} or bare_escape_of(format_) != "\\"):  # else no such file has any
        same = ", ".join(map(literal, sorted(nulls)))
        values = [f"CASE WHEN {one} NOT IN ({same}) THEN {one} END" for one in values]
    return f"(SELECT {', '.join(f'{one} AS c{at}' for at, one in enumerate(values, 1))} FROM {source})"


def sheet_reader(sheet: Sheet, width: int) -> str:
    """DuckDB's reader of a sheet: the records' numbers, called n, and their fields."""
    columns = f"{{'n': 'BIGINT', {_columns(width)}}}"
    how = "delim = ',', quote = '\"', escape = '\"', nullstr = [''], parallel = false"
    most = f"strict_mode = false, max_line_size = {max(2_000_000, sheet.longest)}"
    return f"read_csv({_listed([sheet.path])}, columns = {columns}, {_AS_SAID}, {how}, {most})"


def json_reader(format_: Format, files: Sequence[Path], *, lines: bool) -> str:
    """DuckDB's reader of files of JSON: a document a row, as text, called c1. lines: they were written anew."""
    how = "newline_delimited" if lines else "array" if format_.is_on("STRIP_OUTER_ARRAY") else "unstructured"
    said = f"format = '{how}', compression = 'none'"
    return f"(SELECT CAST(json AS VARCHAR) AS c1 FROM read_json_objects({_listed(files)}, {said}))"
