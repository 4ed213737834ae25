"""File formats: what TYPE = CSV and its like say of a file, and how DuckDB is told to read it."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import attrs

from ..errors import EngineError, compilation, unsupported
from ..names import literal
from ..types import DataType
from .packing import ENDINGS

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
PARQUET TRIM_SPACE:false NULL_IF:[] COMPRESSION:"AUTO" SNAPPY_COMPRESSION:true BINARY_AS_TEXT:true
    REPLACE_INVALID_CHARACTERS:false USE_LOGICAL_TYPE:false USE_VECTORIZED_SCANNER:false
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

    def is_on(self, name: str) -> bool:
        return self.get(name) is True


def file_format(options: Options) -> Format:
    given = {name.upper(): value for name, value in options.items()}
    type_ = str(given.get("TYPE", "CSV")).upper()
    check(type_, given)
    if type_ not in _READ:
        raise unsupported(f"files of type {type_}")
    return Format(type_, given)


def check(type_: str, given: Options) -> None:
    """EngineError if there is no such type of files, or it has no such properties or values of them."""
    if type_ not in PROPERTIES:
        raise compilation("001008", f"invalid value '{type_}' for property 'TYPE'", "22023")
    for name, value in given.items():
        if name == "COMMENT":
            continue
        if name not in PROPERTIES[type_]:
            raise compilation("001420", f"invalid property '{name}' for 'FILE_FORMAT'", "22023")
        if not _fits(type_, name, value):
            raise compilation("001008", f"invalid value '{shown_option(value)}' for property '{name}'", "22023")
    if type_ == "CSV" and given.get("PARSE_HEADER") is True and given.get("SKIP_HEADER"):
        raise compilation("001003", "PARSE_HEADER = TRUE can't be combined with SKIP_HEADER.")


_ENCODINGS = {
    "BIG5": "big5",
    "EUCJP": "euc_jp",
    "EUCKR": "euc_kr",
    "GB18030": "gb18030",
    "KOI8R": "koi8_r",
    "IBM949": "cp949",
    "ISO2022JP": "iso2022_jp",
    "ISO2022KR": "iso2022_kr",
    "SHIFTJIS": "shift_jis",
    **{f"ISO8859{part}": f"iso8859_{part}" for part in (1, 2, 5, 6, 7, 8, 9, 15)},
    **{
        f"UTF{width}{order}": f"utf_{width}{order and f'_{order.lower()}'}"
        for width in (16, 32)
        for order in ("", "BE", "LE")
    },
    **{f"WINDOWS125{part}": f"cp125{part}" for part in range(7)},
    "WINDOWS949": "cp949",
    "UTF8": "utf_8",
}
"""The words of ENCODING, and Python's."""
_STRANGE = ("IBM420", "IBM424", "ISO2022CN")
"""Those that Python doesn't know."""
_WORDS: dict[str, Collection[str]] = {
    "COMPRESSION": ("AUTO", *ENDINGS),
    "BINARY_FORMAT": ("HEX", "BASE64", "UTF8", "UTF-8"),
    "ENCODING": (*_ENCODINGS, *_STRANGE),
}
_SINGLE = ("ESCAPE", "ESCAPE_UNENCLOSED_FIELD", "FIELD_OPTIONALLY_ENCLOSED_BY")
_OF_PARQUET = ("AUTO", "GZIP", "LZO", "SNAPPY", "NONE")
"""What Parquet files may be packed with: what is documented, and GZIP, which the connector's write_pandas says."""


def _fits(type_: str, name: str, value: Any) -> bool:
    default = PROPERTIES[type_][name]
    if isinstance(default, bool):
        return isinstance(value, bool)
    if isinstance(default, int):
        return not isinstance(value, bool) and str(value).isdigit()
    if name == "FIELD_OPTIONALLY_ENCLOSED_BY":
        return str(value).upper() == "NONE" or sign(str(value)) in ("'", '"', "")
    if name in _SINGLE:
        return str(value).upper() == "NONE" or len(sign(str(value)).encode()) == 1
    if name not in _WORDS:
        return True
    word = re.sub(r"[-_]", "", str(value).upper()) if name == "ENCODING" else str(value).upper()
    return word in (_OF_PARQUET if type_ == "PARQUET" and name == "COMPRESSION" else _WORDS[name])


ONE_COLUMN = (
    "JSON file format can produce one and only one column of type variant or object or array. "
    "Use CSV file format if you want to load more than one column."
)


# What the options of CSV mean


def _sign_of(format_: Format, name: str, default: str) -> str:
    written = str(format_.get(name, default))
    return "" if written.upper() == "NONE" else sign(written)


def delimiter_of(format_: Format) -> str:
    """What stands between fields; empty if a record is one field."""
    return _sign_of(format_, "FIELD_DELIMITER", ",")


def record_delimiter_of(format_: Format) -> str:
    """What stands between records; empty if a file is one record."""
    return _sign_of(format_, "RECORD_DELIMITER", "\n")


def enclosing_of(format_: Format) -> str:
    return _sign_of(format_, "FIELD_OPTIONALLY_ENCLOSED_BY", "NONE")


def escape_of(format_: Format) -> str:
    return _sign_of(format_, "ESCAPE", "NONE")


def bare_escape_of(format_: Format) -> str:
    """What escapes in fields that nothing encloses: ESCAPE, if it is given, or else a sign of their own."""
    return escape_of(format_) or _sign_of(format_, "ESCAPE_UNENCLOSED_FIELD", "\\")


def nulls_of(format_: Format) -> list[str]:
    """The texts that mean NULL."""
    given: Any = format_.get("NULL_IF", ["\\N"] if format_.type == "CSV" else [])
    return [str(one) for one in (cast("list[Any]", given) if isinstance(given, list) else [given])]


def compression_of(format_: Format) -> str:
    return str(format_.get("COMPRESSION", "AUTO")).upper()


def encoding_of(format_: Format) -> str:
    word = re.sub(r"[-_]", "", str(format_.get("ENCODING", "UTF8")).upper())
    if word in _STRANGE:
        raise unsupported(f"ENCODING = {word}")
    return _ENCODINGS[word]


def parquet_reader(files: Sequence[Path]) -> str:
    """DuckDB's reader of Parquet files, whose columns are found by name."""
    return f"read_parquet([{', '.join(literal(str(file)) for file in files)}], union_by_name = true)"


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


def sign(written: str) -> str:
    """A delimiter, which may be written as an escape, or as its bytes in hexadecimal or octal digits."""
    known = {"\\t": "\t", "\\n": "\n", "\\r": "\r", "\\r\\n": "\r\n", "\\\\": "\\", "\\'": "'", '\\"': '"'}
    if re.fullmatch(r"\\[0-7]{3}", written):
        return chr(int(written[1:], 8))
    if written.startswith(("\\x", "0x")):
        try:
            return bytes.fromhex(written[2:].replace("\\x", "").replace("0x", "")).decode()
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
