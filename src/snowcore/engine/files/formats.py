"""File formats: what TYPE = CSV and its like say of a file, and how DuckDB is told to read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from ...local.names import literal
from ..errors import EngineError, compilation, unsupported

Options = Mapping[str, Any]

_TYPES = {"CSV", "JSON", "PARQUET"}
_KNOWN = {
    *("TYPE", "COMPRESSION", "RECORD_DELIMITER", "FIELD_DELIMITER", "SKIP_HEADER", "PARSE_HEADER", "ESCAPE", "COMMENT"),
    *("ESCAPE_UNENCLOSED_FIELD", "FIELD_OPTIONALLY_ENCLOSED_BY", "NULL_IF", "EMPTY_FIELD_AS_NULL", "TRIM_SPACE"),
    *("ERROR_ON_COLUMN_COUNT_MISMATCH", "SKIP_BLANK_LINES", "ENCODING", "DATE_FORMAT", "TIME_FORMAT", "FILE_EXTENSION"),
    *("TIMESTAMP_FORMAT", "BINARY_FORMAT", "STRIP_OUTER_ARRAY", "STRIP_NULL_VALUES", "ALLOW_DUPLICATE", "IGNORE_UTF8_ERRORS"),
    *("REPLACE_INVALID_CHARACTERS", "SKIP_BYTE_ORDER_MARK", "USE_LOGICAL_TYPE", "BINARY_AS_TEXT", "USE_VECTORIZED_SCANNER"),
    *("ENABLE_OCTAL", "MULTI_LINE"),
}


@attrs.frozen
class Format:
    """How a file is written."""

    type: str
    options: Options

    def get(self, name: str, default: Any = None) -> Any:
        return self.options.get(name, default)


def file_format(options: Options) -> Format:
    given = {name.upper(): value for name, value in options.items()}
    for name in given:
        if name not in _KNOWN:
            raise compilation("001420", f"invalid property '{name}' for 'FILE_FORMAT'")
    type_ = str(given.get("TYPE", "CSV")).upper()
    if type_ not in _TYPES:
        raise unsupported(f"files of type {type_}")
    return Format(type_, given)


def csv_reader(format_: Format, files: Sequence[str], width: int) -> str:
    """DuckDB's reader of CSV files of so many fields, all of them texts, called c1, c2 …"""
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
        "delim": literal(_sign(delimiter)) if delimiter.upper() != "NONE" else literal("\x01"),
        "quote": literal("" if quote in (None, "NONE") else str(quote)),
        "escape": literal(str(escape) if escape not in (None, "NONE") else "" if quote in (None, "NONE") else str(quote)),
        "nullstr": f"[{', '.join(literal(one) for one in _nulls(given))}]",
        "null_padding": "true" if given.get("ERROR_ON_COLUMN_COUNT_MISMATCH") is False else "false",
        "strict_mode": "false",
    }
    if (compression := str(given.get("COMPRESSION", "AUTO")).upper()) in ("GZIP", "ZSTD", "NONE"):
        settings["compression"] = literal(compression.lower())
    listed = ", ".join(literal(file) for file in files)
    return f"read_csv([{listed}], {', '.join(f'{name} = {value}' for name, value in settings.items())})"


def _nulls(given: Options) -> list[str]:
    nulls: Any = given.get("NULL_IF", ["\\N"])
    values = [str(one) for one in (nulls if isinstance(nulls, (list, tuple)) else [nulls])]
    if given.get("EMPTY_FIELD_AS_NULL", True) is not False:
        values.append("")
    return values


def _sign(written: str) -> str:
    """A delimiter, which may be written as an escape."""
    known = {"\\t": "\t", "\\n": "\n", "\\r": "\r", "\\\\": "\\"}
    if written.startswith(("\\x", "0x")):
        try:
            return bytes.fromhex(written[2:]).decode()
        except ValueError:
            raise EngineError("001142", "22023", f"SQL compilation error:\ninvalid delimiter '{written}'") from None
    return known.get(written, written)
