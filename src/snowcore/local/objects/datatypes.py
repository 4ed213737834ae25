"""Types of columns, under the names that DESCRIBE gives them."""

from __future__ import annotations

import re

from ...engine.errors import invalid
from ...engine.types import parse

_SPOKEN = re.compile(r"\s*([a-zA-Z_][a-zA-Z0-9_]*(?:\s+[a-zA-Z_]+)*)\s*(?:\(([\w\s,]*)\))?\s*")
_STRUCTURED = re.compile(r"\s*(ARRAY|OBJECT|MAP|VECTOR)\s*\(", re.IGNORECASE)
_NUMBER = ["NUMBER", "DECIMAL", "DEC", "NUMERIC"]
_INTEGER = ["INT", "INTEGER", "BIGINT", "SMALLINT", "TINYINT", "BYTEINT"]
_FLOAT = ["FLOAT", "FLOAT4", "FLOAT8", "DOUBLE", "DOUBLE PRECISION", "REAL"]
_TEXT = ["VARCHAR", "STRING", "TEXT", "NVARCHAR", "NVARCHAR2", "CHAR VARYING", "NCHAR VARYING"]
_CHAR = ["CHAR", "CHARACTER", "NCHAR"]
_MOMENT = {
    "TIME": "TIME",
    **dict.fromkeys(["DATETIME", "TIMESTAMP", "TIMESTAMP_NTZ", "TIMESTAMPNTZ"], "TIMESTAMP_NTZ"),
    **dict.fromkeys(["TIMESTAMP WITHOUT TIME ZONE"], "TIMESTAMP_NTZ"),
    **dict.fromkeys(["TIMESTAMP_LTZ", "TIMESTAMPLTZ", "TIMESTAMP WITH LOCAL TIME ZONE"], "TIMESTAMP_LTZ"),
    **dict.fromkeys(["TIMESTAMP_TZ", "TIMESTAMPTZ", "TIMESTAMP WITH TIME ZONE"], "TIMESTAMP_TZ"),
}
_PLAIN = ["BOOLEAN", "DATE", "VARIANT", "OBJECT", "ARRAY", "GEOGRAPHY", "GEOMETRY"]


def described(written: str) -> str:
    """`int` is NUMBER(38,0), `string` is VARCHAR(16777216)."""
    found = _SPOKEN.fullmatch(written)
    if _STRUCTURED.match(written):
        return str(parse(written))
    if found is None:
        raise invalid(f"SQL compilation error:\nUnsupported data type '{written}'.", "002040", "42601")
    name = " ".join(found[1].upper().split())
    size = ",".join(part.strip().upper() for part in found[2].split(",")) if found[2] else ""
    if name in _NUMBER:
        return f"NUMBER({size if ',' in size else f'{size},0' if size else '38,0'})"
    if name in _INTEGER:
        return "NUMBER(38,0)"
    if name in _FLOAT:
        return "FLOAT"
    if name in _TEXT:
        return f"VARCHAR({size or 16777216})"
    if name in _CHAR:
        return f"VARCHAR({size or 1})"
    if name in ("BINARY", "VARBINARY"):
        return f"BINARY({size or 8388608})"
    if name in _MOMENT:
        return f"{_MOMENT[name]}({size or 9})"
    if name in _PLAIN:
        return "BOOLEAN" if name == "BOOL" else name
    return f"{name}({size})" if size else name


def family(described_type: str) -> str:
    """What an engine surely tells apart: neither lengths, nor the kinds of semi-structured data, nor of time zones."""
    name = described_type.partition("(")[0]
    return {**dict.fromkeys(("OBJECT", "ARRAY", "MAP"), "VARIANT"), "TIMESTAMP_LTZ": "TIMESTAMP_TZ"}.get(name, name)
