"""Files of texts as DuckDB is to read them. What it would read otherwise than Snowflake is written anew, in one form
that it reads well, for as long as a statement runs; most files are left as they are."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

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

_HEAD = 1_000_000
"""How many bytes of a file are looked at for its first record."""
_NOWHERE = "\x1a\x1a"
"""What no field is, where none is to be NULL."""
_LONG = 900_000
"""Half of the bytes that a line may have for DuckDB to read it."""
_BY_DUCKDB = {"NONE": "none", "GZIP": "gzip", "ZSTD": "zstd"}
_INVALID = re.compile("[\udc80-\udcff]")
"""What stands for a byte that is no UTF-8, in a text that was read so."""


@attrs.frozen
class Sheet:
    """A CSV file as it was written anew: a record's number, then its fields. What can't be read is left out."""

    path: Path
    faults: Sequence[tuple[Record, Fault]]
    parsed: int
    """How many records there are, those with faults among them."""
    longest: int
    records: Sequence[Record] = ()


@attrs.frozen
class Look:
    """What was seen of a CSV file."""

    as_it_is: bool
    """Whether DuckDB reads it as Snowflake does."""
    width: int
    """The fields of its first record; 0 if there is none."""
    header: Sequence[str] | None
    """What its columns are called, if PARSE_HEADER says so."""


_Key = tuple[Path, int, str, int | None]


class Sheets:
    """Those of one session."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._folder: Path | None = None
        self._looks: dict[_Key, Look] = {}
        self._sheets: dict[_Key, Sheet] = {}
        self._documents: dict[_Key, Path] = {}

    def clear(self) -> None:
        """The statement is over."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None
        for kept in (self._looks, self._sheets, self._documents):
            kept.clear()

    def look(self, format_: Format, file: Path) -> Look:
        key = _key(format_, file, None)
        if key not in self._looks:
            self._looks[key] = _look(format_, file)
        return self._looks[key]

    def sheet(self, format_: Format, file: Path, width: int, *, strict: bool) -> Sheet:
        """A file written anew, with so many fields a record. strict: records of other widths have a fault."""
        key = _key(format_, file, width if strict else -width)
        if key not in self._sheets:
            text = text_of(format_, file)
            every = [
                _checked(one) for one in Grammar(format_).records(text, _skipped(format_), width if strict else None)
            ]
            target = self._new()
            longest = 0
            with target.open("w", encoding="utf-8", newline="") as out:
                for one in every:
                    if one.fault is None:
                        fields = [*one.fields[:width], *[None] * (width - len(one.fields))]
                        quoted = ("" if value is None else '"' + value.replace('"', '""') + '"' for value in fields)
                        line = ",".join((str(one.number), *quoted))
                        longest = max(longest, len(line))
                        out.write(line + "\n")
            faults = [(one, one.fault) for one in every if one.fault is not None]
            self._sheets[key] = Sheet(target, faults, len(every), longest, every)
        return self._sheets[key]

    def documents(self, format_: Format, file: Path, *, up_to_error: bool = False) -> Path:
        """A JSON file as DuckDB reads it: one document a line. up_to_error: as far as it is valid."""
        key = _key(format_, file, int(up_to_error))
        if key not in self._documents:
            if not up_to_error and _documents_are_plain(format_, file):
                return file
            target = self._new()
            text = text_of(format_, file)
            if (invalid := _INVALID.search(text)) is not None:
                if not up_to_error:
                    raise EngineError("100144", "22000", invalid_text(invalid[0]))
                text = text[: invalid.start()]
            found = read_documents(text, format_, up_to_error=up_to_error)
            with target.open("w", encoding="utf-8", newline="") as out:
                out.writelines(f"{one}\n" for one in found)
            self._documents[key] = target
        return self._documents[key]

    def _new(self) -> Path:
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(dir=self._home))
        return self._folder / str(len(self._sheets) + len(self._documents))


def _key(format_: Format, file: Path, width: int | None) -> _Key:
    return file, file.stat().st_mtime_ns, repr(sorted(format_.options.items())), width


def _skipped(format_: Format) -> int:
    return 1 if format_.is_on("PARSE_HEADER") else int(format_.get("SKIP_HEADER", 0))


def text_of(format_: Format, file: Path) -> str:
    """What is in a file. A byte that is no UTF-8 is what `_INVALID` finds, unless it shall be replaced."""
    content = unpacked(file, compression_of(format_))
    return _decoded(format_, content)


def _decoded(format_: Format, content: bytes) -> str:
    coding = encoding_of(format_)
    if format_.type == "JSON":
        coding = next((word for mark, word in _MARKS if content.startswith(mark)), coding)
    try:
        text = content.decode(coding, errors="surrogateescape")
    except UnicodeError:
        raise EngineError("100144", "22000", f"The file isn't encoded in {coding.upper().replace('_', '-')}.") from None
    if format_.is_on("REPLACE_INVALID_CHARACTERS") or format_.is_on("IGNORE_UTF8_ERRORS"):
        text = _INVALID.sub("\ufffd", text)
    return text.removeprefix("\ufeff") if format_.get("SKIP_BYTE_ORDER_MARK", True) is not False else text


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
    fault = Fault("100144", invalid_text(record.fields[at] or ""), record.places[at], at)
    return attrs.evolve(record, fault=fault, raw=_INVALID.sub("\ufffd", record.raw))


def invalid_text(value: str) -> str:
    shown = _INVALID.sub(lambda one: f"0x{ord(one[0]) - 0xDC00:02X}", value)
    return f"Invalid UTF8 detected in string '{shown}'"


# What DuckDB may read as it is


def _look(format_: Format, file: Path) -> Look:
    content = unpacked(file, compression_of(format_))
    as_it_is = _is_as_duckdb_reads(format_, file, content)
    head = (
        content if len(content) <= _HEAD or not as_it_is else content[: content.rfind(b"\n", 0, _HEAD) + 1] or content
    )
    text, grammar = _decoded(format_, head), Grammar(format_)
    header: list[str] | None = None
    if format_.is_on("PARSE_HEADER"):
        found = next(grammar.records(text, 0), None)
        header = [one or "" for one in found.fields] if found is not None else []
    first = next(grammar.records(text, _skipped(format_)), None)
    return Look(as_it_is, len(first.fields) if first is not None else 0, header)


def _is_as_duckdb_reads(format_: Format, file: Path, content: bytes) -> bool:
    delimiter, quote = delimiter_of(format_), enclosing_of(format_)
    if encoding_of(format_) != "utf_8" or packing(file, compression_of(format_)) not in _BY_DUCKDB:
        return False
    if escape_of(format_) or record_delimiter_of(format_) not in NEWLINES or len(delimiter.encode()) != 1:
        return False
    if not content.isascii():
        try:
            content.decode()
        except UnicodeDecodeError:
            return False
    escape = bare_escape_of(format_).encode()
    if (
        content.startswith(b"\xef\xbb\xbf")
        or b"\0" in content
        or _NOWHERE.encode() in content
        or (escape and escape in content)
    ):
        return False
    returns = content.count(b"\r")
    if returns and not returns == content.count(b"\r\n") == content.count(b"\n"):
        return False
    if b"\n\n" in content or b"\n\r\n" in content or content.startswith((b"\n", b"\r\n")):
        return False
    if any(content.find(b"\n", at, at + _LONG) < 0 for at in range(0, len(content) - _LONG, _LONG)):
        return False
    if not quote or quote.encode() not in content:
        return not (quote and format_.is_on("TRIM_SPACE"))
    mark, between = re.escape(quote.encode()), re.escape(delimiter.encode())
    field = rb"(?:%b(?:[^%b]++|%b%b)*+%b|[^%b%b\r\n]*+)" % (mark, mark, mark, mark, mark, mark, between)
    whole = rb"(?:%b(?:%b%b)*+(?:\r?\n|\Z))*+" % (field, between, field)
    return not format_.is_on("TRIM_SPACE") and re.fullmatch(whole, content) is not None


def _documents_are_plain(format_: Format, file: Path) -> bool:
    if format_.is_on("ENABLE_OCTAL"):
        raise unsupported("ENABLE_OCTAL")
    if format_.is_on("STRIP_NULL_VALUES") or format_.is_on("ALLOW_DUPLICATE"):
        return False
    if packing(file, compression_of(format_)) not in _BY_DUCKDB:
        return False
    content = unpacked(file, compression_of(format_))
    if content.startswith((b"\xef\xbb\xbf", *(mark for mark, _ in _MARKS))):
        return False
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


# DuckDB's readers


def _settings(settings: dict[str, str]) -> str:
    return ", ".join(f"{name} = {value}" for name, value in settings.items())


def _fields(width: int) -> str:
    return ", ".join(f"{literal(f'c{at}')}: 'VARCHAR'" for at in range(1, width + 1))


def csv_reader(format_: Format, files: Sequence[Path], width: int, *, padded: bool) -> str:
    """DuckDB's reader of CSV files as they are: so many fields, all of them texts, called c1, c2 ….

    padded: whether fields that a record doesn't have are NULL, and those that it has beyond don't matter.
    """
    quote = enclosing_of(format_)
    packings = {_BY_DUCKDB[packing(file, compression_of(format_))] for file in files}
    settings = {
        "columns": f"{{{_fields(width)}}}",
        "auto_detect": "false",
        "header": "false",
        "skip": str(_skipped(format_)),
        "delim": literal(delimiter_of(format_)),
        "quote": literal(quote),
        "escape": literal(quote),
        "nullstr": "['']" if format_.get("EMPTY_FIELD_AS_NULL", True) is not False else f"[{literal(_NOWHERE)}]",
        "null_padding": str(padded).lower(),
        "parallel": str(not padded).lower(),
        "allow_quoted_nulls": "false",
        "strict_mode": str(not padded).lower(),
        "compression": literal(packings.pop() if len(packings) == 1 else "auto"),
    }
    if not padded:
        del settings["parallel"]
    listed = ", ".join(literal(str(file)) for file in files)
    trimmed = "trim({0}, ' \t')" if format_.is_on("TRIM_SPACE") else "{0}"
    nulls = [one for one in nulls_of(format_) if one]
    if format_.is_on("TRIM_SPACE") and format_.get("EMPTY_FIELD_AS_NULL", True) is not False:
        nulls.append("")
    if "" in nulls_of(format_):
        nulls.append("")
    values = [trimmed.format(f"c{at}") for at in range(1, width + 1)]
    if nulls and not (nulls == ["\\N"] and bare_escape_of(format_) == "\\"):  # which no such file has
        same = ", ".join(map(literal, nulls))
        values = [f"CASE WHEN {one} NOT IN ({same}) THEN {one} END" for one in values]
    named = ", ".join(f"{one} AS c{at}" for at, one in enumerate(values, 1))
    return f"(SELECT {named} FROM read_csv([{listed}], {_settings(settings)}))"


def sheet_reader(sheet: Sheet, width: int) -> str:
    """DuckDB's reader of a sheet: the records' numbers, called n, and their fields."""
    line = max(2_000_000, 4 * sheet.longest + 1_000)
    settings = {
        "columns": f"{{'n': 'BIGINT', {_fields(width)}}}",
        "auto_detect": "false",
        "header": "false",
        "delim": "','",
        "quote": "'\"'",
        "escape": "'\"'",
        "nullstr": "['']",
        "allow_quoted_nulls": "false",
        "strict_mode": "false",
        "compression": "'none'",
        "max_line_size": str(line),
        "parallel": "false",
    }
    return f"read_csv([{literal(str(sheet.path))}], {_settings(settings)})"


def json_reader(format_: Format, files: Sequence[Path], *, lines: bool) -> str:
    """DuckDB's reader of files of JSON: a document a row, as text, called c1. lines: they were written anew."""
    listed = ", ".join(literal(str(file)) for file in files)
    packings = {_BY_DUCKDB[packing(file, "AUTO" if lines else compression_of(format_))] for file in files}
    packed = f"compression = {literal(packings.pop() if len(packings) == 1 else 'auto')}"
    how = "array" if format_.is_on("STRIP_OUTER_ARRAY") and not lines else "unstructured"
    return f"(SELECT CAST(json AS VARCHAR) AS c1 FROM read_json_objects([{listed}], format = '{how}', {packed}))"
