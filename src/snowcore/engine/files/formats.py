"""File formats: what TYPE = CSV and its like say of a file, and how DuckDB is told to read it."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO, cast

import attrs

from ..errors import EngineError, compilation, unsupported
from ..names import literal
from ..types import DataType

Options = Mapping[str, Any]

_READ = {"CSV", "JSON", "PARQUET"}
_PROPERTIES = r"""
CSV RECORD_DELIMITER:"\n" FIELD_DELIMITER:"," FILE_EXTENSION:"" SKIP_HEADER:0 PARSE_HEADER:false DATE_FORMAT:"AUTO"
    TIME_FORMAT:"AUTO" TIMESTAMP_FORMAT:"AUTO" BINARY_FORMAT:"HEX" ESCAPE:"NONE" ESCAPE_UNENCLOSED_FIELD:"\\"
    TRIM_SPACE:false FIELD_OPTIONALLY_ENCLOSED_BY:"NONE" NULL_IF:["\\N"] COMPRESSION:"AUTO"
    ERROR_ON_COLUMN_COUNT_MISMATCH:true VALIDATE_UTF8:true SKIP_BLANK_LINES:false REPLACE_INVALID_CHARACTERS:false
    EMPTY_FIELD_AS_NULL:true SKIP_BYTE_ORDER_MARK:true ENCODING:"UTF8" MULTI_LINE:true
JSON FILE_EXTENSION:"" DATE_FORMAT:"AUTO" TIME_FORMAT:"AUTO" TIMESTAMP_FORMAT:"AUTO" BINARY_FORMAT:"HEX"
    TRIM_SPACE:false NULL_IF:[] COMPRESSION:"AUTO" ENABLE_OCTAL:false ALLOW_DUPLICATE:false STRIP_OUTER_ARRAY:false
    STRIP_NULL_VALUES:false IGNORE_UTF8_ERRORS:false REPLACE_INVALID_CHARACTERS:false SKIP_BYTE_ORDER_MARK:true
    MULTI_LINE:true
PARQUET TRIM_SPACE:false NULL_IF:[] COMPRESSION:"AUTO" BINARY_AS_TEXT:true REPLACE_INVALID_CHARACTERS:false
    USE_LOGICAL_TYPE:false USE_VECTORIZED_SCANNER:false
AVRO TRIM_SPACE:false NULL_IF:[] COMPRESSION:"AUTO" REPLACE_INVALID_CHARACTERS:false
ORC TRIM_SPACE:false NULL_IF:[] REPLACE_INVALID_CHARACTERS:false
XML COMPRESSION:"AUTO" IGNORE_UTF8_ERRORS:false PRESERVE_SPACE:false STRIP_OUTER_ELEMENT:false
    DISABLE_AUTO_CONVERT:false REPLACE_INVALID_CHARACTERS:false SKIP_BYTE_ORDER_MARK:true
"""


def _properties(written: str) -> tuple[str, dict[str, Any]]:
    type_, *words = written.split()
    pairs = (word.partition(":") for word in words)
    return type_, {"TYPE": type_, **{name: json.loads(value) for name, _, value in pairs}}


PROPERTIES = dict(map(_properties, _PROPERTIES.strip().replace("\n    ", " ").splitlines()))
"""What a file format of each type says, and what it says by default."""


def shown_option(value: Any) -> str:
    """A property's value as DESCRIBE has it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(map(shown_option, cast('list[Any]', value)))}]"
    return str(value).replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")


@attrs.frozen
class Format:
    """How a file is written."""

    type: str
    options: Options

    def get(self, name: str, default: Any = None) -> Any:
        return self.options.get(name, default)


def file_format(options: Options) -> Format:
    given = {name.upper(): value for name, value in options.items()}
    type_ = str(given.get("TYPE", "CSV")).upper()
    check(type_, given)
    if type_ not in _READ:
        raise unsupported(f"files of type {type_}")
    return Format(type_, given)


def check(type_: str, given: Iterable[str]) -> None:
    """EngineError if there is no such type of files, or it has no such properties."""
    if type_ not in PROPERTIES:
        raise compilation("001008", f"invalid value '{type_}' for property 'TYPE'", "22023")
    for name in given:
        if name not in PROPERTIES[type_] and name != "COMMENT":
            raise compilation("001420", f"invalid property '{name}' for 'FILE_FORMAT'", "22023")


ONE_COLUMN = (
    "JSON file format can produce one and only one column of type variant or object or array. "
    "Use CSV file format if you want to load more than one column."
)


def header_of(format_: Format, file: str) -> list[str] | None:
    """What the columns of a CSV file are called by its first line, if PARSE_HEADER says so."""
    if format_.get("PARSE_HEADER") is not True:
        return None
    quoted = format_.get("FIELD_OPTIONALLY_ENCLOSED_BY")
    delimiter = sign(str(format_.get("FIELD_DELIMITER", ",")))
    with _opened(file) as lines:
        if quoted in (None, "NONE"):
            return next(lines, "").rstrip("\r\n").split(delimiter)
        return next(csv.reader(lines, delimiter=delimiter, quotechar=str(quoted)), list[str]())


def columns_of(format_: Format, file: str) -> int:
    """How many fields the first record of a file has; 1 for what is no CSV, 0 for an empty file."""
    if format_.type != "CSV":
        return 1
    quoted = format_.get("FIELD_OPTIONALLY_ENCLOSED_BY")
    delimiter = sign(str(format_.get("FIELD_DELIMITER", ",")))
    with _opened(file) as lines:
        for _ in range(int(format_.get("SKIP_HEADER", 0))):
            next(lines, None)
        if quoted in (None, "NONE") or len(delimiter) != 1:
            first = next(lines, None)
            return 0 if first is None else first.count(delimiter) + 1
        return len(next(csv.reader(lines, delimiter=delimiter, quotechar=str(quoted)), list[str]()))


_SIGNS = {b"\x1f\x8b": "gzip", b"\x28\xb5": "zstd"}
"""How packed files begin."""


def _packing(file: str) -> str:
    with Path(file).open("rb") as opened:
        return _SIGNS.get(opened.read(2), "none")


def _compression(format_: Format, files: Sequence[str]) -> str:
    """How files are packed, in DuckDB's words: as they are declared, or else as they begin."""
    declared = str(format_.get("COMPRESSION", "AUTO")).lower()
    if declared in ("gzip", "zstd", "none"):
        return declared
    found = set(map(_packing, files))
    return found.pop() if len(found) == 1 else "auto"


def _opened(file: str) -> TextIO:
    if _packing(file) == "gzip":
        return gzip.open(file, "rt", encoding="utf-8", errors="replace")
    return Path(file).open(encoding="utf-8", errors="replace")


def json_reader(format_: Format, files: Sequence[str]) -> str:
    """DuckDB's reader of files of JSON: a document a row, as text, called c1."""
    listed = ", ".join(literal(file) for file in files)
    packed = f"compression = {literal(_compression(format_, files))}"
    how = "array" if format_.get("STRIP_OUTER_ARRAY") is True else "unstructured"
    return f"(SELECT CAST(json AS VARCHAR) AS c1 FROM read_json_objects([{listed}], format = '{how}', {packed}))"


def parquet_reader(files: Sequence[str]) -> str:
    """DuckDB's reader of Parquet files, whose columns are found by name."""
    return f"read_parquet([{', '.join(literal(file) for file in files)}], union_by_name = true)"


_MICROSECONDS = "CAST(epoch_us({0}) AS HUGEINT) * 1024"
_NANOSECONDS = f"({_MICROSECONDS} + (epoch_ns({{0}}) % 1000 + 1000) % 1000)"
_PARQUET: dict[str, tuple[str, str]] = {
    **dict.fromkeys(("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT"), ("NUMBER(38,0)", "{0}")),
    **dict.fromkeys(("USMALLINT", "UINTEGER", "UBIGINT", "HUGEINT"), ("NUMBER(38,0)", "{0}")),
    **dict.fromkeys(("FLOAT", "DOUBLE"), ("FLOAT", "{0}")),
    **{name: (name, "{0}") for name in ("BOOLEAN", "DATE")},
    "BLOB": ("BINARY(8388608)", "{0}"),
    "TIME": ("TIME(9)", "(epoch_us({0}) * 1000)"),
    "TIME_NS": ("TIME(9)", "epoch_ns({0})"),
    **dict.fromkeys(("TIMESTAMP", "TIMESTAMP_MS", "TIMESTAMP_S"), ("TIMESTAMP_NTZ(9)", _MICROSECONDS)),
    "TIMESTAMP_NS": ("TIMESTAMP_NTZ(9)", _NANOSECONDS),
    "TIMESTAMP WITH TIME ZONE": ("TIMESTAMP_LTZ(9)", _MICROSECONDS),
    "TIMESTAMPTZ_NS": ("TIMESTAMP_LTZ(9)", _NANOSECONDS.replace("{0}", "{0} AT TIME ZONE 'UTC'")),
    "VARCHAR": ("VARCHAR(16777216)", "{0}"),
}


def parquet_type(type_: str) -> tuple[str, str]:
    """What a column of a Parquet file is to Snowflake, by DuckDB's type of it, and DuckDB's SQL of its value ({0}).

    Lists and the like are VARIANT, as JSON.
    """
    if type_.startswith("DECIMAL("):
        return type_.replace("DECIMAL", "NUMBER"), "{0}"
    return _PARQUET.get(type_, ("VARIANT", "CAST(to_json({0}) AS VARCHAR)"))


def csv_reader(format_: Format, files: Sequence[str], width: int, *, padded: bool) -> str:
    """DuckDB's reader of CSV files of so many fields, all of them texts, called c1, c2 ….

    padded: whether fields that a record doesn't have are NULL.
    """
    given = format_.options
    names = ", ".join(f"{literal(f'c{at}')}: 'VARCHAR'" for at in range(1, width + 1))
    quote = given.get("FIELD_OPTIONALLY_ENCLOSED_BY")
    escape = given.get("ESCAPE")
    delimiter = str(given.get("FIELD_DELIMITER", ","))
    settings = {
        "columns": f"{{{names}}}",
        "auto_detect": "false",
        "header": "false",
        "skip": str(int(given.get("SKIP_HEADER", 0)) or int(bool(given.get("PARSE_HEADER")))),
        "delim": literal(sign(delimiter)) if delimiter.upper() != "NONE" else literal("\x01"),
        "quote": literal("" if quote in (None, "NONE") else str(quote)),
        "escape": literal(
            str(escape) if escape not in (None, "NONE") else "" if quote in (None, "NONE") else str(quote)
        ),
        "nullstr": f"[{', '.join(literal(one) for one in _nulls(given))}]",
        "null_padding": str(padded).lower(),
        "parallel": str(not padded).lower(),
        "allow_quoted_nulls": "false",
        "strict_mode": "false",
        "compression": literal(_compression(format_, files)),
    }
    listed = ", ".join(literal(file) for file in files)
    return f"read_csv([{listed}], {', '.join(f'{name} = {value}' for name, value in settings.items())})"


def _nulls(given: Options) -> list[str]:
    given_nulls: Any = given.get("NULL_IF", ["\\N"])
    nulls: list[Any] = cast(Any, given_nulls) if isinstance(given_nulls, list) else [given_nulls]
    values = [str(one) for one in nulls]
    if given.get("EMPTY_FIELD_AS_NULL", True) is not False:
        values.append("")
    return values


def sign(written: str) -> str:
    """A delimiter, which may be written as an escape."""
    known = {"\\t": "\t", "\\n": "\n", "\\r": "\r", "\\\\": "\\"}
    if written.startswith(("\\x", "0x")):
        try:
            return bytes.fromhex(written[2:]).decode()
        except ValueError:
            raise EngineError("001142", "22023", f"SQL compilation error:\ninvalid delimiter '{written}'") from None
    return known.get(written, written)


def parquet_value(type_: DataType, sql: str) -> str:
    """A value in DuckDB's form of a type of Snowflake's, as a file of Parquet has it."""
    if type_.name == "TIMESTAMP_NTZ":
        return f"make_timestamp(CAST({sql} // 1024 AS BIGINT))"
    if type_.name == "TIME":
        return f"CAST(make_timestamp({sql} // 1000) AS TIME)"
    return sql
