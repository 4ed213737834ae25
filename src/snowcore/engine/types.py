"""Snowflake's data types: how they are written, what holds their values in DuckDB, how a value is given to clients.

DuckDB's types are too narrow for some of Snowflake's values, so these have forms of their own, chosen by measuring:

NUMBER(p,s) is DECIMAL(p,s): 38 digits; integers are NUMBER(38,0), never BIGINT.
TIME is a BIGINT, nanoseconds since midnight: nine digits.
TIMESTAMP_NTZ and _LTZ are a HUGEINT, microseconds since 1970 * 1024 + nanoseconds below them: nine digits and the years
1 to 9999 in one number that orders and compares at the speed of a number; `>> 10` gives microseconds back.
TIMESTAMP_TZ is a HUGEINT, (the same, of UTC) * 4096 + minutes of the offset + 2048: `>> 12` is the instant, which alone
counts in comparisons.
VARIANT, OBJECT and ARRAY are a VARCHAR, JSON in one spelling (sorted keys, no spaces): DuckDB's JSON functions read it,
and equal values have equal text. What JSON lacks is a text that begins with U+0001 and a letter for its type.
DECFLOAT is a VARCHAR, the number as Snowflake prints it: 38 digits with any exponent.
GEOGRAPHY and GEOMETRY are a VARCHAR, the shape as EWKT.
VECTOR is an array of 32-bit numbers, of as many as the type says.
"""

from __future__ import annotations

import datetime
import re
import zoneinfo
from decimal import Context, Decimal
from typing import cast

import attrs

from .errors import EngineError, unsupported

EXACT = Context(prec=80)
"""For calculations with NUMBER in Python, which lose no digit."""
MAX_VARCHAR = 134217728
DEFAULT_VARCHAR = 16777216
MAX_BINARY = 67108864
DEFAULT_BINARY = 8388608
MAX_VECTOR = 4096

SHAPES = frozenset({"GEOGRAPHY", "GEOMETRY"})
_PHYSICAL = {
    **dict.fromkeys(("VARCHAR", "DECFLOAT", "VARIANT", "OBJECT", "ARRAY", "MAP", "NULL"), "VARCHAR"),
    **dict.fromkeys(SHAPES, "VARCHAR"),
    **dict.fromkeys(("TIMESTAMP_NTZ", "TIMESTAMP_LTZ", "TIMESTAMP_TZ"), "HUGEINT"),
    "FLOAT": "DOUBLE",
    "BINARY": "BLOB",
    "BOOLEAN": "BOOLEAN",
    "DATE": "DATE",
    "TIME": "BIGINT",
}

_TEXT = {
    *("VARCHAR", "CHAR", "CHARACTER", "NCHAR", "STRING", "TEXT", "NVARCHAR", "NVARCHAR2"),
    *("CHAR VARYING", "NCHAR VARYING"),
}
_INTEGERS = {"INT", "INTEGER", "BIGINT", "SMALLINT", "TINYINT", "BYTEINT"}
_SYNONYMS = {
    **dict.fromkeys(("DECIMAL", "DEC", "NUMERIC"), "NUMBER"),
    **dict.fromkeys(("FLOAT4", "FLOAT8", "DOUBLE", "DOUBLE PRECISION", "REAL"), "FLOAT"),
    **dict.fromkeys(("DATETIME", "TIMESTAMPNTZ", "TIMESTAMP WITHOUT TIME ZONE"), "TIMESTAMP_NTZ"),
    **dict.fromkeys(("TIMESTAMPLTZ", "TIMESTAMP WITH LOCAL TIME ZONE"), "TIMESTAMP_LTZ"),
    **dict.fromkeys(("TIMESTAMPTZ", "TIMESTAMP WITH TIME ZONE"), "TIMESTAMP_TZ"),
    "VARBINARY": "BINARY",
}
_NOT_EMULATED = {"FILE", "UUID", "INTERVAL"}

_WORDS = re.compile(
    r"\s*([A-Za-z][A-Za-z0-9_]*(?:\s+[A-Za-z][A-Za-z0-9_]*)*)\s*(?:\(\s*(\d+)\s*(?:,\s*(\d+)\s*)?\))?\s*$"
)


@attrs.frozen
class Part:
    """A part of a structured type: a key of an OBJECT, the elements of an ARRAY, the keys or the values of a MAP."""

    key: str
    type: DataType
    nullable: bool = True


@attrs.frozen
class DataType:
    """A data type with its length, precision or scale."""

    name: str
    """Snowflake's name of it: NUMBER, FLOAT, VARCHAR …; NULL for a bare NULL, which takes any type."""
    precision: int = 0
    """Digits of a NUMBER; characters of a VARCHAR; bytes of a BINARY; elements of a VECTOR."""
    scale: int = 0
    """Digits after the point: of a NUMBER, or of the seconds of a TIME or TIMESTAMP."""
    parts: tuple[Part, ...] = ()
    """Of a structured ARRAY, OBJECT or MAP."""
    of: str = ""
    """What the elements of a VECTOR are: FLOAT or INT, of 32 bits."""
    is_bare: bool = attrs.field(default=False, eq=False)
    """Whether it is known that no underscore is in its texts."""

    def __str__(self) -> str:
        if self.parts:
            return f"{self.name}({', '.join(map(_spoken, self.parts))})"
        if self.name == "VECTOR":
            return f"VECTOR({self.of}, {self.precision})"
        if self.name == "NUMBER":
            return f"NUMBER({self.precision},{self.scale})"
        if self.name in ("VARCHAR", "BINARY"):
            return f"{self.name}({self.precision})"
        if self.name == "TIME" or self.name.startswith("TIMESTAMP"):
            return f"{self.name}({self.scale})"
        return "VARCHAR" if self.name == "NULL" else self.name

    @property
    def physical(self) -> str:
        """The type of DuckDB that holds its values."""
        if self.name == "NUMBER":
            return f"DECIMAL({self.precision},{self.scale})"
        if self.name == "VECTOR":
            return f"{'INTEGER' if self.of == 'INT' else 'FLOAT'}[{self.precision}]"
        return _PHYSICAL[self.name]

    @property
    def is_number(self) -> bool:
        return self.name in ("NUMBER", "FLOAT", "DECFLOAT")

    @property
    def is_text(self) -> bool:
        return self.name == "VARCHAR"

    @property
    def is_timestamp(self) -> bool:
        return self.name.startswith("TIMESTAMP")

    @property
    def is_semistructured(self) -> bool:
        return self.name in ("VARIANT", "OBJECT", "ARRAY", "MAP")

    @property
    def is_shape(self) -> bool:
        return self.name in SHAPES


@attrs.frozen
class Typed:
    """A value with its type, to be bound as it is. value: in DuckDB's form of the type."""

    type: DataType
    value: object

    def __str__(self) -> str:
        return str(self.value)


def _spoken(part: Part) -> str:
    kind = "VARCHAR" if part.type == VARCHAR else str(part.type)
    return " ".join(word for word in (part.key, kind, "" if part.nullable else "NOT NULL") if word)


def number(precision: int = 38, scale: int = 0) -> DataType:
    return DataType("NUMBER", precision, scale)


def varchar(length: int = DEFAULT_VARCHAR) -> DataType:
    return DataType("VARCHAR", length)


def vector(of: str, length: int) -> DataType:
    return DataType("VECTOR", length, of=of)


INTEGER = number()
FLOAT = DataType("FLOAT")
DECFLOAT = DataType("DECFLOAT")
VARCHAR = varchar()
BINARY = DataType("BINARY", DEFAULT_BINARY)
BOOLEAN = DataType("BOOLEAN")
DATE = DataType("DATE")
TIME = DataType("TIME", scale=9)
TIMESTAMP_NTZ = DataType("TIMESTAMP_NTZ", scale=9)
TIMESTAMP_LTZ = DataType("TIMESTAMP_LTZ", scale=9)
TIMESTAMP_TZ = DataType("TIMESTAMP_TZ", scale=9)
VARIANT = DataType("VARIANT")
OBJECT = DataType("OBJECT")
ARRAY = DataType("ARRAY")
GEOGRAPHY = DataType("GEOGRAPHY")
GEOMETRY = DataType("GEOMETRY")
NULL = DataType("NULL")


def parse(words: str, *, timestamp: str = "TIMESTAMP_NTZ") -> DataType:
    """The type that these words of SQL mean. timestamp: what a bare TIMESTAMP is (TIMESTAMP_TYPE_MAPPING).

    Raises EngineError for what is no type, for lengths out of range, and for types that are not emulated.
    """
    structured = _STRUCTURED.match(words)
    if structured:
        return _structured(structured[1].upper(), structured[2], timestamp)
    if made := _VECTOR.match(words):
        return vector(made[1].upper().removesuffix("EGER"), _length(int(made[2]), MAX_VECTOR, "VECTOR"))
    found = _WORDS.match(words)
    name = re.sub(r"\s+", " ", found[1]).upper() if found else words.strip().upper()
    base = name.split(" ")[0].split("(")[0]
    if base in _NOT_EMULATED:
        raise unsupported(f"the data type {words.strip().upper()}")
    if found is None:
        raise EngineError("001003", "42000", f"SQL compilation error:\nUnsupported data type '{words.strip()}'.")
    first, second = (int(g) if g else None for g in (found[2], found[3]))
    name = _SYNONYMS.get(name, name)
    if name in _INTEGERS:
        return INTEGER
    if name == "NUMBER":
        precision, scale = 38 if first is None else first, second or 0
        if not 1 <= precision <= 38 or scale > min(precision, 37):
            raise EngineError(
                "002263",
                "22023",
                f"SQL compilation error:\nInvalid precision or scale for NUMBER({precision},{scale}).",
            )
        return number(precision, scale)
    if name in _TEXT:
        default = 1 if name in ("CHAR", "CHARACTER", "NCHAR") else DEFAULT_VARCHAR
        return varchar(_length(default if first is None else first, MAX_VARCHAR, name))
    if name == "BINARY":
        return DataType("BINARY", _length(DEFAULT_BINARY if first is None else first, MAX_BINARY, name))
    if name == "TIMESTAMP":
        name = timestamp
    if name == "TIME" or name in ("TIMESTAMP_NTZ", "TIMESTAMP_LTZ", "TIMESTAMP_TZ"):
        scale = 9 if first is None else first
        if scale > 9:
            raise EngineError(
                "002264", "22023", f"SQL compilation error:\nInvalid scale {scale} for {name}: at most 9."
            )
        return DataType(name, scale=scale)
    if name in ("FLOAT", "DECFLOAT", "BOOLEAN", "DATE", "VARIANT", "OBJECT", "ARRAY", "GEOGRAPHY", "GEOMETRY"):
        return DataType(name)
    raise EngineError("002040", "42601", f"SQL compilation error:\nUnsupported data type '{words.strip().upper()}'.")


_VECTOR = re.compile(r"\s*VECTOR\s*\(\s*(FLOAT|INT|INTEGER)\s*,\s*(\d+)\s*\)\s*$", re.IGNORECASE)
_STRUCTURED = re.compile(r"\s*(ARRAY|OBJECT|MAP)\s*\((.*)\)\s*$", re.IGNORECASE | re.DOTALL)
_PART = re.compile(r"(?:[^,()]|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))+")
_KEY = re.compile(r'\s*("(?:[^"]|"")*"|[A-Za-z_][\w$]*)\s+(.*)', re.DOTALL)
_NOT_NULL = re.compile(r"\s+NOT\s+NULL\s*$", re.IGNORECASE)


def _structured(name: str, inside: str, timestamp: str) -> DataType:
    parts: list[Part] = []
    for written in _PART.findall(inside):
        words, not_null = _NOT_NULL.subn("", written.strip())
        keyed = _KEY.match(words) if name == "OBJECT" else None
        kind = parse(keyed[2] if keyed else words, timestamp=timestamp)
        parts.append(Part(keyed[1].strip('"').replace('""', '"') if keyed else "", kind, not not_null))
    if len(parts) != {"ARRAY": 1, "MAP": 2}.get(name, len(parts)) or not parts:
        raise EngineError("002040", "42601", f"SQL compilation error:\nUnsupported data type '{name}({inside})'.")
    return DataType(name, parts=tuple(parts))


def _length(length: int, most: int, name: str) -> int:
    if not 1 <= length <= most:
        raise EngineError(
            "002261", "22023", f"SQL compilation error:\nInvalid length {length} for {name}: 1 to {most}."
        )
    return length


# -- values ------------------------------------------------------------------------------------------------------------

_EPOCH = datetime.datetime(1970, 1, 1)
_MICROSECOND = datetime.timedelta(microseconds=1)


def pack_timestamp(moment: datetime.datetime, nanoseconds: int = 0) -> int:
    """The physical form of a TIMESTAMP_NTZ (or, of UTC, a TIMESTAMP_LTZ). nanoseconds: 0 to 999, below the
    microsecond."""
    return (moment.replace(tzinfo=None) - _EPOCH) // _MICROSECOND * 1024 + nanoseconds


def pack_timestamp_tz(utc: int, offset: int) -> int:
    """The physical form of a TIMESTAMP_TZ from the packed UTC and the offset in minutes."""
    return utc * 4096 + offset + 2048


def unpack_timestamp(packed: int) -> tuple[datetime.datetime, int]:
    """The moment, and its nanoseconds below the microsecond."""
    try:
        return _EPOCH + datetime.timedelta(microseconds=packed >> 10), packed & 1023
    except OverflowError:
        raise EngineError("100035", "22007", "A timestamp lies outside of the years 1 to 9999.") from None


def unpack_timestamp_tz(packed: int) -> tuple[datetime.datetime, int, int]:
    """The moment of UTC, its nanoseconds below the microsecond, and the offset in minutes."""
    moment, nanoseconds = unpack_timestamp(packed >> 12)
    return moment, nanoseconds, (packed & 4095) - 2048


def to_python(kind: DataType, value: object, zone: str = "UTC", indent: int = 2) -> object:
    """A value in DuckDB's form as Python has it: int, Decimal, float, str, bytes, bool, date, time, datetime.

    zone: the session's time zone, for TIMESTAMP_LTZ. indent: JSON_INDENT. Nanoseconds below the microsecond are cut, as
    Python's datetime can't hold them.
    """
    if value is None:
        return None
    if kind.name == "NUMBER" and isinstance(value, (int, Decimal)):
        return int(value) if kind.scale == 0 else Decimal(value)
    if isinstance(value, int):
        if kind.name == "TIMESTAMP_NTZ":
            return unpack_timestamp(value)[0]
        if kind.name == "TIMESTAMP_LTZ":
            return unpack_timestamp(value)[0].replace(tzinfo=datetime.UTC).astimezone(zoneinfo.ZoneInfo(zone))
        if kind.name == "TIMESTAMP_TZ":
            moment, _, offset = unpack_timestamp_tz(value)
            of = datetime.timezone(datetime.timedelta(minutes=offset))
            return moment.replace(tzinfo=datetime.UTC).astimezone(of)
        if kind.name == "TIME":
            seconds, rest = divmod(value, 1_000_000_000)
            return datetime.time(seconds // 3600, seconds // 60 % 60, seconds % 60, rest // 1000)
    if kind.is_semistructured and isinstance(value, str):
        from .translate.variants import show

        return show(value, indent)
    return list(cast("tuple[object, ...]", value)) if isinstance(value, tuple) else value
