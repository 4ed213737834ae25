"""Conversions between types, asked for or implied."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from typing import Any

from sqlglot import exp

from .. import types
from ..dialect import DIALECT
from ..errors import EngineError, Inconvertible, Mistyped, carry, compilation, too_large, unsupported
from ..types import (
    ARRAY,
    BINARY,
    BOOLEAN,
    DATE,
    DECFLOAT,
    EXACT,
    FLOAT,
    INTEGER,
    NULL,
    OBJECT,
    TIMESTAMP_NTZ,
    VARCHAR,
    VARIANT,
    DataType,
    number,
    varchar,
)
from . import formats, variants
from .core import Call, Translator, Value, quote, rule
from .runtime import python

# -- constants ---------------------------------------------------------------------------------------------------------


def text(value: str) -> Value:
    """A constant text."""
    return Value(quote(value), varchar(max(len(value), 1)), value)


def constant(value: Decimal | int) -> Value:
    """A constant NUMBER, with as many digits as it has."""
    value = Decimal(value)
    _, digits, exponent = value.as_tuple()
    scale = max(0, -int(exponent))
    precision = max(len(digits) + max(0, int(exponent)), scale, 1)
    if precision > 38 or scale > 37:
        return Value(f"CAST({float(value)!r} AS DOUBLE)", FLOAT)
    return exactly(value, number(precision, scale))


def exactly(value: Decimal, kind: DataType) -> Value:
    """A constant NUMBER of a type that has room for it. DuckDB reads digits with a point quicker than a CAST."""
    written = f"{value:f}"
    whole = kind.scale == 0 and written.isdigit() and len(written) == kind.precision
    return Value(f"{written}." if whole else f"CAST({written} AS {kind.physical})", kind, value)


def boolean(value: bool) -> Value:
    return Value("TRUE" if value else "FALSE", BOOLEAN, value)


def raising(error: EngineError, kind: DataType) -> Value:
    """A value that is an error when it is asked for."""
    return Value(f"CAST(sf_raise({quote(carry(error.code, error.sqlstate, error.message))}) AS {kind.physical})", kind)


@python("VARCHAR", "VARCHAR")
def _raise(carried: str) -> str:
    raise ValueError(carried)


def data_type(t: Translator, node: exp.Expr) -> DataType:
    """The type that a node of sqlglot's means."""
    words = node.sql(dialect=DIALECT)
    if isinstance(node, exp.DataType) and node.this == exp.DType.DECIMAL and not node.expressions:
        return INTEGER
    return types.parse(words, timestamp=t.parameter("TIMESTAMP_TYPE_MAPPING").upper())


# -- timestamps --------------------------------------------------------------------------------------------------------


def microseconds(packed: str) -> str:
    """SQL of the TIMESTAMP that a packed NTZ, or LTZ in UTC, is."""
    return f"make_timestamp(CAST({packed} >> 10 AS BIGINT))"


def below(packed: str) -> str:
    """SQL of the nanoseconds below the microsecond."""
    return f"CAST({packed} - ({packed} >> 10) * 1024 AS BIGINT)"


def packed(timestamp: str, nanoseconds: str = "0") -> str:
    """SQL of the packed form of a TIMESTAMP of DuckDB's."""
    return (
        f"(CAST(epoch_us({timestamp}) AS HUGEINT) * 1024 + {nanoseconds})"
        if nanoseconds != "0"
        else f"(CAST(epoch_us({timestamp}) AS HUGEINT) * 1024)"
    )


def is_utc(zone: str) -> bool:
    return zone.upper() in ("UTC", "ETC/UTC", "ETC/UCT", "ZULU")


def to_local(timestamp: str, zone: str) -> str:
    """SQL of the local time of a zone, from the TIMESTAMP of UTC."""
    if is_utc(zone):
        return timestamp
    formats.zone(zone)
    return f"timezone({quote(zone)}, timezone('UTC', {timestamp}))"


def to_utc(timestamp: str, zone: str) -> str:
    """SQL of the TIMESTAMP of UTC, from the local time of a zone."""
    if is_utc(zone):
        return timestamp
    formats.zone(zone)
    return f"timezone('UTC', timezone({quote(zone)}, {timestamp}))"


def local(t: Translator, value: Value) -> str:
    """SQL of a date's or timestamp's wall clock, as a TIMESTAMP of DuckDB's."""
    name, sql = value.type.name, value.sql
    if name == "DATE":
        return f"CAST({sql} AS TIMESTAMP)"
    if name == "TIMESTAMP_NTZ":
        return microseconds(sql)
    if name == "TIMESTAMP_LTZ":
        return to_local(microseconds(sql), t.parameter("TIMEZONE"))
    if name == "TIMESTAMP_TZ":
        return f"({microseconds(f'({sql} >> 12)')} + to_minutes({offset(t, value)}))"
    if name == "TIME":
        return f"make_timestamp(CAST({sql} // 1000 AS BIGINT))"
    raise Mistyped


def offset(t: Translator, value: Value) -> str:
    """SQL of the minutes that a timestamp's wall clock is ahead of UTC."""
    if value.type.name == "TIMESTAMP_TZ":
        return f"CAST({value.sql} - ({value.sql} >> 12) * 4096 - 2048 AS INTEGER)"
    zone = t.parameter("TIMEZONE")
    if value.type.name == "TIMESTAMP_LTZ" and not is_utc(zone):
        utc = microseconds(value.sql)
        return f"CAST(date_diff('minute', {utc}, {to_local(utc, zone)}) AS INTEGER)"
    if value.type.name in ("TIMESTAMP_NTZ", "DATE") and not is_utc(zone):
        wall = local(t, value)
        return f"CAST(date_diff('minute', {to_utc(wall, zone)}, {wall}) AS INTEGER)"
    return "0"


def nanoseconds(value: Value) -> str:
    """SQL of a timestamp's nanoseconds below the microsecond."""
    if value.type.name == "DATE":
        return "0"
    if value.type.name == "TIME":
        return f"CAST({value.sql} % 1000 AS BIGINT)"
    return below(f"({value.sql} >> 12)" if value.type.name == "TIMESTAMP_TZ" else value.sql)


def from_local(t: Translator, wall: str, nanos: str, like: Value, kind: DataType | None = None) -> Value:
    """The value whose wall clock is this, of the type of `like` (a TIMESTAMP_TZ keeps its offset), or of another
    type."""
    kind = kind or like.type
    if kind.name == "DATE":
        return Value(f"CAST({wall} AS DATE)", DATE)
    if kind.name == "TIME":
        return Value(f"(epoch_us({wall}) % 86400000000 * 1000 + {nanos})", kind)
    if kind.name == "TIMESTAMP_NTZ":
        return Value(packed(wall, nanos), kind)
    if kind.name == "TIMESTAMP_LTZ":
        return Value(packed(to_utc(wall, t.parameter("TIMEZONE")), nanos), kind)
    minutes = offset(t, like)
    return Value(f"({packed(f'({wall} - to_minutes({minutes}))', nanos)} * 4096 + {minutes} + 2048)", kind)


def instant(t: Translator, value: Value) -> str:
    """SQL of a packed timestamp in UTC, by which timestamps of different types compare."""
    if value.type.name == "TIMESTAMP_TZ":
        return f"({value.sql} >> 12)"
    if value.type.name == "TIMESTAMP_LTZ":
        return value.sql
    return cast(t, value, types.TIMESTAMP_LTZ).sql


# -- functions that DuckDB calls ---------------------------------------------------------------------------------------


@python("VARCHAR VARCHAR VARCHAR BIGINT", "DATE")
def _read_date(value: str, pattern: str, zone: str, century: int) -> Any:
    return _read(value, pattern, "DATE", zone, century)


@python("VARCHAR VARCHAR VARCHAR BIGINT", "BIGINT")
def _read_time(value: str, pattern: str, zone: str, century: int) -> Any:
    return _read(value, pattern, "TIME", zone, century)


@python("VARCHAR VARCHAR VARCHAR BIGINT", "HUGEINT")
def _read_timestamp_ntz(value: str, pattern: str, zone: str, century: int) -> Any:
    return _read(value, pattern, "TIMESTAMP_NTZ", zone, century)


@python("VARCHAR VARCHAR VARCHAR BIGINT", "HUGEINT")
def _read_timestamp_ltz(value: str, pattern: str, zone: str, century: int) -> Any:
    return _read(value, pattern, "TIMESTAMP_LTZ", zone, century)


@python("VARCHAR VARCHAR VARCHAR BIGINT", "HUGEINT")
def _read_timestamp_tz(value: str, pattern: str, zone: str, century: int) -> Any:
    return _read(value, pattern, "TIMESTAMP_TZ", zone, century)


def _read(value: str, pattern: str, kind: str, zone: str, century: int) -> Any:
    found = formats.pack(value, pattern, kind, zone, century)
    if found is None:
        raise formats.error(kind, value, pattern)
    return found


@python("VARCHAR", "BOOLEAN")
def _text_boolean(value: str) -> bool:
    try:
        found = variants.as_boolean(value)
    except EngineError:
        found = None
    if found is None:
        raise EngineError("100037", "22018", f"Boolean value '{value}' is not recognized")
    return found


@python("DOUBLE", "VARCHAR")
def _float_text(value: float) -> str:
    return variants.float_text(value)


@python("DOUBLE", "VARCHAR")
def _float_json(value: float) -> str:
    return variants.dump(value)


@python("VARCHAR", "VARCHAR")
def _no_number(value: str) -> str:
    raise EngineError("100038", "22018", f"Numeric value '{value}' is not recognized")


@python("VARCHAR", "VARCHAR")
def _float_word(value: str) -> str:
    """A text that DuckDB takes for a DOUBLE; a function can't give a DOUBLE itself, since NaN would become NULL."""
    word = value.strip().lower()
    try:
        if "_" not in word:
            return repr(float(word))
    except ValueError:
        pass
    raise EngineError("100038", "22018", f"Numeric value '{value}' is not recognized")


@python("VARCHAR", "VARCHAR")
def _decfloat(value: str) -> str:
    return decfloat(value)


_DECFLOAT = Context(prec=38, rounding=ROUND_HALF_UP)


def decfloat(value: str) -> str:
    """A number as a DECFLOAT prints: at most 38 digits, an exponent where a plain number would be long."""
    try:
        made = _DECFLOAT.create_decimal(value.strip())
    except InvalidOperation:
        raise EngineError("100038", "22018", f"Numeric value '{value}' is not recognized") from None
    if not made:
        return "0"
    sign, digits, exponent = made.normalize(_DECFLOAT).as_tuple()
    shown = "".join(map(str, digits))
    adjusted = len(shown) + int(exponent) - 1
    if -7 < adjusted < 38:
        return f"{made.normalize(_DECFLOAT):f}"
    return ("-" if sign else "") + shown[0] + ("." + shown[1:] if len(shown) > 1 else "") + f"e{adjusted}"


@python("VARCHAR", "VARCHAR")
def _decfloat_key(value: str) -> str:
    """A text by which DECFLOATs compare and are ordered."""
    return variants.sort_key(Decimal(value))


@python("VARCHAR", "VARCHAR")
def _variant_text(value: str) -> str | None:
    return variants.as_text(variants.load(value))


@python("VARCHAR", "VARCHAR")
def _variant_number(value: str) -> str | None:
    return variants.as_number(variants.load(value))


@python("VARCHAR", "VARCHAR")
def _variant_float(value: str) -> str | None:
    found = variants.as_float(variants.load(value))
    return None if found is None else repr(found)


@python("VARCHAR", "BOOLEAN")
def _variant_boolean(value: str) -> bool | None:
    return variants.as_boolean(variants.load(value))


@python("VARCHAR VARCHAR", "DATE")
def _variant_date(value: str, zone: str) -> Any:
    return variants.as_moment(variants.load(value), "DATE", zone)


@python("VARCHAR VARCHAR", "BIGINT")
def _variant_time(value: str, zone: str) -> Any:
    return variants.as_moment(variants.load(value), "TIME", zone)


@python("VARCHAR VARCHAR VARCHAR", "HUGEINT")
def _variant_timestamp(value: str, kind: str, zone: str) -> Any:
    return variants.as_moment(variants.load(value), kind, zone)


@python("VARCHAR", "BLOB")
def _variant_binary(value: str) -> bytes | None:
    found = variants.load(value)
    if found is None:
        return None
    try:
        return bytes.fromhex(found[2:] if found[:2] == "\x01B" else found)
    except (TypeError, ValueError):
        raise variants.failed_cast(found, "BINARY") from None


@python("VARCHAR", "VARCHAR")
def _to_array(value: str) -> str | None:
    found = variants.load(value)
    return value if isinstance(found, list) else None if found is None else variants.dump([found])


@python("VARCHAR", "VARCHAR")
def _to_object(value: str) -> str | None:
    found = variants.load(value)
    if found is None:
        return None
    if not isinstance(found, dict) and not (isinstance(found, str) and found.startswith(variants.MARKUP)):
        raise variants.failed_cast(found, "OBJECT")
    return value


@python("VARCHAR", "BLOB")
def _hex_bytes(value: str) -> bytes:
    try:
        return bytes.fromhex(value.strip()) if " " not in value.strip() else bytes.fromhex("x")
    except ValueError:
        raise EngineError(
            "100115", "22000", f"The following string is not a legal hex-encoded value: '{value}'"
        ) from None


@python("HUGEINT VARCHAR BIGINT VARCHAR", "VARCHAR")
def _show_moment(value: int, kind: str, minutes: int, pattern: str) -> str:
    """A timestamp's text by a format that isn't constant. The value is the wall clock, packed."""
    moment, nanos = types.unpack_timestamp(value)
    return formats.shown(pattern, moment, nanos, minutes)


# -- casts -------------------------------------------------------------------------------------------------------------


def moment_format(t: Translator, kind: DataType, use: str) -> str:
    """The session's format for reading (INPUT) or showing (OUTPUT) a type."""
    if kind.name in ("DATE", "TIME"):
        return t.parameter(f"{kind.name}_{use}_FORMAT")
    if use == "OUTPUT":
        own = t.parameter(f"{kind.name}_OUTPUT_FORMAT")
        return own or t.parameter("TIMESTAMP_OUTPUT_FORMAT")
    return t.parameter("TIMESTAMP_INPUT_FORMAT")


def show_moment(t: Translator, value: Value, pattern: str) -> Value:
    """A date's, time's or timestamp's text by a constant format."""
    return Value(formats.written(pattern, local(t, value), nanoseconds(value), offset(t, value)), VARCHAR)


def read_moment(t: Translator, value: Value, kind: DataType, pattern: Value | str, attempt: bool = False) -> Value:
    """A text as a date, time or timestamp, by a format (`AUTO`: whatever Snowflake detects)."""
    zone, century = t.parameter("TIMEZONE"), t.parameter("TWO_DIGIT_CENTURY_START")
    made: Value
    if isinstance(pattern, str) and isinstance(value.literal, str):
        found = formats.pack(value.literal, pattern, kind.name, zone, int(century))
        if found is None:
            made = Value("NULL", kind) if attempt else raising(formats.error(kind.name, value.literal, pattern), kind)
        elif kind.name == "DATE":
            made = Value(f"CAST('{found}' AS DATE)", kind)
        else:
            made = Value(f"CAST({found} AS {kind.physical})", kind)
    else:
        by = quote(pattern) if isinstance(pattern, str) else pattern.sql
        sql = f"sf_read_{kind.name.lower()}({value.sql}, {by}, {quote(zone)}, {century})"
        sql = f"TRY({sql})" if attempt else sql
        usual = _usual_form(t, value.sql, kind) if isinstance(pattern, str) and pattern.upper() == "AUTO" else None
        made = Value(sql if usual is None else f"coalesce({usual}, {sql})", kind)
    return round_seconds(made, kind.scale)


def _usual_form(t: Translator, text: str, kind: DataType) -> str | None:
    """SQL of a date or time from a text in ISO's form, which DuckDB reads a hundred times faster; NULL for others.

    A text that DuckDB would write just so is in that form; this is quicker to see than by a pattern. Quicker still is
    to read a timestamp of whole seconds, the commonest, by its format: in 19 characters of a year of four digits
    nothing else has room that Snowflake reads otherwise.
    """
    day, clock = r"\d{4}-\d\d-\d\d", r"([01]\d|2[0-3]):\d\d:\d\d(\.\d{1,6})?"
    if kind.name == "DATE":
        read, form, bounds = f"TRY_CAST({text} AS DATE)", day, ("DATE '0001-01-01'", "DATE '9999-12-31'")
        made = read
    elif kind.name == "TIME":
        read, form, bounds = f"TRY_CAST({text} AS TIME)", clock, ("TIME '00:00:00'", "TIME '23:59:59.999999'")
        made = f"(epoch_us({read}) * 1000)"
    elif kind.name in ("TIMESTAMP_NTZ", "TIMESTAMP_LTZ"):
        zone = None if kind.name == "TIMESTAMP_NTZ" else t.parameter("TIMEZONE")
        exact, read = f"try_strptime({text}, '%Y-%m-%d %H:%M:%S')", f"TRY_CAST({text} AS TIMESTAMP)"
        exactly, made = (packed(one if zone is None else to_utc(one, zone)) for one in (exact, read))
        return (
            f"CASE WHEN {exact} >= TIMESTAMP '1000-01-01' AND strlen({text}) = 19 THEN {exactly}"
            f" WHEN regexp_full_match({text}, '{day}[T ]{clock}') AND {text} >= '0001' THEN {made} END"
        )
    else:
        return None
    return (
        f"CASE WHEN {read} BETWEEN {' AND '.join(bounds)} AND {text} = CAST({read} AS VARCHAR) THEN {made}"
        f" WHEN regexp_full_match({text}, '{form}') AND {text} >= '0001' THEN {made} END"
    )


def round_seconds(value: Value, scale: int) -> Value:
    """A time or timestamp with no more digits of a second than this."""
    kind = value.type
    if scale == 9 or kind.name not in ("TIME", "TIMESTAMP_NTZ", "TIMESTAMP_LTZ", "TIMESTAMP_TZ"):
        return value
    cut = 10 ** (9 - scale)
    if kind.name == "TIME":
        return Value(f"({value.sql} - {value.sql} % {cut})", kind)
    base = f"({value.sql} >> 12)" if kind.name == "TIMESTAMP_TZ" else value.sql
    if scale >= 6:
        sql = f"({base} - ({base} - ({base} >> 10) * 1024) % {cut})"
    else:
        cut //= 1000
        micros = f"CAST({base} >> 10 AS BIGINT)"
        sql = f"(CAST({micros} - (({micros} % {cut}) + {cut}) % {cut} AS HUGEINT) * 1024)"
    if kind.name == "TIMESTAMP_TZ":
        sql = f"({sql} * 4096 + {value.sql} - ({value.sql} >> 12) * 4096)"
    return Value(sql, kind)


def _digits(value: Value) -> str:
    """SQL of a NUMBER as text."""
    text = f"CAST({value.sql} AS VARCHAR)"
    if value.type.scale and value.type.scale == value.type.precision:  # DuckDB writes .5
        return rf"regexp_replace({text}, '^(-?)\.', '\10.')"
    return text


def to_text(t: Translator, value: Value) -> Value:
    """A value as VARCHAR."""
    kind, sql = value.type, value.sql
    if kind.name in ("VARCHAR", "NULL"):
        return value
    if isinstance(value.literal, Decimal):
        return text(f"{value.literal:f}")
    if kind.name == "NUMBER":
        return Value(_digits(value), varchar(kind.precision + 2))
    if kind.name == "FLOAT":
        return Value(f"sf_float_text({sql})", VARCHAR)
    if kind.name == "BOOLEAN":
        return Value(f"CAST({sql} AS VARCHAR)", varchar(5))
    if kind.name == "DECFLOAT":
        return Value(sql, VARCHAR)
    if kind.name == "BINARY":
        form = t.parameter("BINARY_OUTPUT_FORMAT").upper()
        return Value(f"to_base64({sql})" if form == "BASE64" else f"hex({sql})", VARCHAR)
    if kind.is_semistructured:
        return Value(f"sf_variant_text({sql})", VARCHAR)
    if kind.name == "VECTOR":
        raise _invalid(kind, VARCHAR)
    if kind.is_shape:
        return Value(f"sf_shape_text({sql}, {quote(t.parameter(kind.name + '_OUTPUT_FORMAT').upper())})", VARCHAR)
    return show_moment(t, value, moment_format(t, kind, "OUTPUT"))


@python("DOUBLE", "VARCHAR")
def _float_number(value: float) -> str:
    return f"{Decimal(value):f}"


def to_number(t: Translator, value: Value, kind: DataType) -> Value:
    """A value as a NUMBER of this precision and scale, rounded half away from zero."""
    name, sql = value.type.name, value.sql
    if name == "NUMBER" and value.type == kind:
        return value
    if isinstance(value.literal, str):
        try:
            Decimal(value.literal.strip() if "_" not in value.literal else "")
        except InvalidOperation:
            return raising(EngineError("100038", "22018", f"Numeric value '{value.literal}' is not recognized"), kind)
    if (
        isinstance(value.literal, Decimal)
        and value.type.scale <= kind.scale
        and value.type.precision - value.type.scale <= kind.precision - kind.scale
    ):
        literal = value.literal.quantize(Decimal(1).scaleb(-kind.scale), context=EXACT)
        return exactly(literal, kind)
    if name == "BOOLEAN":
        sql = f"CAST({sql} AS INTEGER)"
    elif value.type.is_semistructured:
        sql = f"sf_variant_number({sql})"
    elif name == "VARCHAR" and value.is_literal:
        sql = f"trim({sql})"
    elif name == "VARCHAR":
        # DuckDB takes 1_000 for a number.
        if not value.type.is_bare:
            sql = f"CASE WHEN contains({sql}, '_') THEN sf_no_number({sql}) ELSE {sql} END"
    elif name == "FLOAT" and kind.scale > 9:  # DuckDB multiplies it
        sql = f"sf_float_number(CAST({sql} AS DOUBLE))"
    elif name not in ("NUMBER", "FLOAT", "DECFLOAT", "NULL"):
        raise _invalid(value.type, kind)
    return Value(f"CAST({sql} AS {kind.physical})", kind)


def _invalid(source: DataType, kind: DataType) -> EngineError:
    return Inconvertible(f"CAST({source} AS {kind})", "DOUBLE" if kind == FLOAT else kind.name)


def to_variant(t: Translator, value: Value) -> Value:
    """A value in a VARIANT."""
    kind, sql = value.type, value.sql
    if kind.is_semistructured:
        return Value(sql, VARIANT)
    if kind.name == "NULL":
        return Value("CAST(NULL AS VARCHAR)", VARIANT)
    if kind.name == "VARCHAR":
        return Value(f"CAST(to_json({sql}) AS VARCHAR)", VARIANT)
    if kind.name == "NUMBER":
        shown = _digits(value)
        return Value(f"rtrim(rtrim({shown}, '0'), '.')" if kind.scale else shown, VARIANT)
    if kind.name == "FLOAT":
        return Value(f"sf_float_json({sql})", VARIANT)
    if kind.name == "BOOLEAN":
        return Value(f"CAST({sql} AS VARCHAR)", VARIANT)
    if kind.name == "DECFLOAT":
        return Value(sql, VARIANT)
    if kind.name == "VECTOR":
        raise _invalid(kind, VARIANT)
    if kind.is_shape:
        return Value(f"sf_shape_text({sql}, 'GEOJSON')", VARIANT)
    tag = variants.TAG_OF[kind.name]
    if kind.name == "BINARY":
        inner = f"hex({sql})"
    else:
        pattern = {"DATE": "YYYY-MM-DD", "TIME": "HH24:MI:SS.FF9"}.get(kind.name, "YYYY-MM-DD HH24:MI:SS.FF9")
        inner = show_moment(t, value, pattern + ("TZH:TZM" if kind.name[-3:] in ("_TZ", "LTZ") else "")).sql
    return Value(f"""('"\\u0001{tag}' || {inner} || '"')""", VARIANT)


def to_moment(t: Translator, value: Value, kind: DataType) -> Value:
    """A value as a DATE, TIME or timestamp."""
    source = value.type
    zone = quote(t.parameter("TIMEZONE"))
    if source.name == kind.name:
        return (
            round_seconds(Value(value.sql, kind), kind.scale) if kind.scale < source.scale else Value(value.sql, kind)
        )
    if source.name == "VARCHAR":
        return read_moment(t, value, kind, moment_format(t, kind, "INPUT"))
    if source.is_semistructured:
        if kind.name in ("DATE", "TIME"):
            return Value(f"sf_variant_{kind.name.lower()}({value.sql}, {zone})", kind)
        return Value(f"sf_variant_timestamp({value.sql}, {quote(kind.name)}, {zone})", kind)
    if source.name == "NUMBER" and kind.is_timestamp:
        return from_number(t, value, kind, source.scale)
    if source.name == "NUMBER" and kind.name == "DATE":
        return to_moment(t, from_number(t, value, TIMESTAMP_NTZ, 0), kind)
    if source.name in ("DATE",) or source.is_timestamp:
        if source.name == "DATE" and kind.name == "TIME":
            return Value("CAST(0 AS BIGINT)", kind)
        if source.name == "TIMESTAMP_LTZ" and kind.name == "TIMESTAMP_TZ":
            return Value(f"({value.sql} * 4096 + {offset(t, value)} + 2048)", kind)
        if source.name == "TIMESTAMP_TZ" and kind.name == "TIMESTAMP_LTZ":
            return Value(f"({value.sql} >> 12)", kind)
        return round_seconds(from_local(t, local(t, value), nanoseconds(value), value, kind), kind.scale)
    if source.name == "TIME" and kind.name in ("TIMESTAMP_NTZ", "TIMESTAMP_LTZ"):
        return from_local(t, local(t, value), nanoseconds(value), value, kind)
    raise _invalid(source, kind)


def from_number(t: Translator, value: Value, kind: DataType, scale: int | None) -> Value:
    """A timestamp from seconds since 1970, or (scale) from smaller units."""
    if scale is None:
        scale = 0
    whole = (
        f"CAST({value.sql} * CAST({10**value.type.scale} AS DECIMAL(38,0)) AS HUGEINT)"
        if value.type.scale
        else f"CAST({value.sql} AS HUGEINT)"
    )
    scale = scale if not value.type.scale else value.type.scale
    if scale <= 6:
        sql = f"({whole} * {10 ** (6 - scale)} * 1024)"
    else:
        cut = 10 ** (scale - 6)
        unit = 10 ** (9 - scale) if scale <= 9 else 1
        rest = f"(({whole} % {cut}) + {cut}) % {cut}"
        sql = f"(({whole} - {rest}) // {cut} * 1024 + {rest} * {unit})"
    utc = Value(sql, types.TIMESTAMP_LTZ)
    if kind.name == "TIMESTAMP_NTZ":
        return Value(sql, kind)
    return to_moment(t, utc, kind)


def cast(t: Translator, value: Value, kind: DataType, attempt: bool = False) -> Value:
    """A value as another type. attempt: NULL where it can't be (TRY_CAST)."""
    if value.is_null or value.type.name == "NULL":
        return Value(f"CAST(NULL AS {kind.physical})" if kind.name != "NULL" else "NULL", kind, None)
    if attempt and kind.name == "NUMBER" and value.type.name == "VARCHAR":
        plain = f"CASE WHEN contains({value.sql}, '_') THEN NULL ELSE trim({value.sql}) END"
        return Value(f"TRY_CAST({plain} AS {kind.physical})", kind)
    if attempt:
        made = cast(t, value, kind)
        return Value(f"TRY({made.sql})", kind) if made.sql != value.sql else made
    name = kind.name
    if kind.parts:
        if not value.type.is_semistructured:
            raise _invalid(value.type, kind)
        return value if value.type == kind else Value(f"sf_structured({value.sql}, {quote(str(kind))})", kind)
    if name == "VARCHAR":
        made = to_text(t, value)
        if kind.precision < types.DEFAULT_VARCHAR and made.type.precision > kind.precision:
            return _fitted(made.sql, kind)
        return Value(made.sql, kind, made.literal)
    if name == "NUMBER":
        return to_number(t, value, kind)
    if name == "FLOAT":
        if value.type.name == "VARCHAR":
            return Value(f"CAST(sf_float_word({value.sql}) AS DOUBLE)", FLOAT)
        if value.type.is_semistructured:
            return Value(f"CAST(sf_variant_float({value.sql}) AS DOUBLE)", FLOAT)
        if value.type.name in ("NUMBER", "FLOAT", "BOOLEAN", "DECFLOAT"):
            return value if value.type.name == "FLOAT" else Value(f"CAST({value.sql} AS DOUBLE)", FLOAT)
        raise _invalid(value.type, kind)
    if name == "DECFLOAT":
        return value if value.type.name == "DECFLOAT" else Value(f"sf_decfloat({to_text(t, value).sql})", DECFLOAT)
    if name == "BOOLEAN":
        return to_boolean(t, value)
    if name == "BINARY":
        if value.type.name == "BINARY":
            return Value(value.sql, kind)
        if value.type.is_semistructured:
            return Value(f"sf_variant_binary({value.sql})", kind)
        if value.type.name == "VARCHAR":
            return Value(f"sf_hex_bytes({value.sql})", kind)
        raise _invalid(value.type, kind)
    if name == "VARIANT":
        return to_variant(t, value)
    if name == "ARRAY":
        if value.type.name == "ARRAY":
            return Value(value.sql, ARRAY)
        if value.type.name == "VECTOR":
            return Value(f"replace(CAST({value.sql} AS VARCHAR), ', ', ',')", ARRAY)
        return Value(f"sf_to_array({to_variant(t, value).sql})", ARRAY)
    if name == "OBJECT":
        if value.type.name in ("OBJECT", "MAP"):
            return Value(value.sql, OBJECT)
        if value.type.name == "VARIANT" or value.type.is_shape:
            return Value(f"sf_to_object({to_variant(t, value).sql})", OBJECT)
        raise _invalid(value.type, kind)
    if name == "NULL":
        return value
    if name == "VECTOR":
        return to_vector(value, kind)
    if kind.is_shape:
        return to_shape(t, value, kind)
    return to_moment(t, value, kind)


def to_shape(t: Translator, value: Value, kind: DataType, srid: str | None = None) -> Value:
    """A text, a document or bytes as a GEOGRAPHY or a GEOMETRY. srid: SQL of what is meant by the positions."""
    if value.type == kind and srid is None:
        return value
    if value.type.name not in _ASSIGNED[kind.name] and not value.type.is_shape:
        raise _invalid(value.type, kind)
    written = value.sql if value.type.is_shape else to_text(t, value).sql
    return Value(f"sf_as_ewkt({written}, {srid or (4326 if kind.name == 'GEOGRAPHY' else 0)})", kind)


def need_order(kind: DataType) -> None:
    """EngineError 000002 for values whose order is not emulated."""
    if kind.name == "VECTOR":
        raise unsupported("an order of values of VECTOR, which is that of their bytes")


def to_vector(value: Value, kind: DataType) -> Value:
    if value.type == kind:
        return value
    if value.type.name not in ("ARRAY", "VARIANT"):
        raise _invalid(value.type, kind)
    made = f"sf_as_vector({value.sql}, {quote(kind.of)}, {kind.precision})"
    return Value(f"CAST({made} AS {kind.physical})", kind)


_TIMESTAMPS = {"TIMESTAMP_NTZ", "TIMESTAMP_LTZ", "TIMESTAMP_TZ"}
_ASSIGNED: dict[str, set[str]] = {
    **{name: {"VARCHAR", "BINARY", "VARIANT", "OBJECT"} for name in ("GEOGRAPHY", "GEOMETRY")},
    "NUMBER": {"FLOAT", "DECFLOAT", "VARCHAR", "BOOLEAN", "VARIANT"},
    "FLOAT": {"NUMBER", "DECFLOAT", "VARCHAR", "VARIANT"},
    "DECFLOAT": {"NUMBER", "FLOAT", "VARCHAR"},
    "VARCHAR": {"NUMBER", "FLOAT", "DECFLOAT", "BOOLEAN", "DATE", "TIME", "VARIANT", *_TIMESTAMPS},
    "BOOLEAN": {"NUMBER", "VARCHAR", "VARIANT"},
    "DATE": {"VARCHAR", "VARIANT", *_TIMESTAMPS},
    "TIME": {"VARCHAR", "VARIANT", *_TIMESTAMPS},
    "BINARY": {"VARCHAR"},
    "VARIANT": {"OBJECT", "ARRAY", "NUMBER", "FLOAT", "BOOLEAN"},
    "OBJECT": {"VARIANT"},
    "ARRAY": {"VARIANT"},
    "MAP": {"OBJECT"},
    "VECTOR": set(),
    **{name: {"VARCHAR", "DATE", "VARIANT", *_TIMESTAMPS} for name in _TIMESTAMPS},
}
"""Which types a column of a type takes without a cast, beside its own."""


_COLUMN = re.compile(r"\w+\.\w+")


def assign(t: Translator, value: Value, kind: DataType, column: str = "") -> Value:
    """A value as it is put into a column of this type: what is too long is refused, not cut.

    column: its name, if a statement puts the value there: the statement is refused if Snowflake wants a cast, and the
    column itself refuses a text that is too long.
    """
    source = value.type
    other = kind.name == source.name == "VECTOR" and source != kind
    if column and (other or source.name not in (kind.name, "NULL", *_ASSIGNED[kind.name])):
        wrong = f"expecting {kind} but got {source} for column {column}"
        raise compilation("002023", f"Expression type does not match column data type, {wrong}", "22000")
    if kind.name == "VARCHAR" and not value.is_null:
        made = to_text(t, value)
        if made.type.precision > kind.precision and not column:
            return _fitted(made.sql, kind)
        return Value(made.sql, kind, made.literal)
    if kind.name == "BINARY" and source.name == "BINARY" and source.precision > kind.precision:
        return Value(f"sf_fitting_bytes({value.sql}, {kind.precision})", kind)
    return cast(t, value, kind)


def _fitted(text: str, kind: DataType) -> Value:
    """A text as VARCHAR(n); error 100078 if it is longer."""
    fitting = f"sf_fitting({text}, {kind.precision})"
    if _COLUMN.fullmatch(text):  # DuckDB asks Python about each text, so only about those that are too long
        fitting = f"CASE WHEN length({text}) > {kind.precision} THEN {fitting} ELSE {text} END"
    return Value(fitting, kind)


def _too_long(shown: str) -> EngineError:
    return EngineError("100078", "22000", f"String '{shown}' is too long and would be truncated")


@python("VARCHAR BIGINT", "VARCHAR")
def _fitting(value: str, length: int) -> str:
    if len(value) > length:
        raise _too_long(value)
    return value


@python("BLOB BIGINT", "BLOB")
def _fitting_bytes(value: bytes, length: int) -> bytes:
    if len(value) > length:
        raise _too_long(value.hex().upper())
    return value


def to_boolean(t: Translator, value: Value) -> Value:
    name = value.type.name
    if name in ("BOOLEAN", "NULL"):
        return value
    if isinstance(value.literal, Decimal):
        return boolean(value.literal != 0)
    if name in ("NUMBER", "FLOAT"):
        return Value(f"({value.sql} <> 0)", BOOLEAN)
    if name == "VARCHAR":
        return Value(f"sf_text_boolean({value.sql})", BOOLEAN)
    if value.type.is_semistructured:
        return Value(f"sf_variant_boolean({value.sql})", BOOLEAN)
    raise _invalid(value.type, BOOLEAN)


@rule(exp.Cast)
def _cast(t: Translator, node: exp.Expr) -> Value:
    to = node.args["to"]
    if isinstance(to, exp.DataType) and to.this == exp.DType.INTERVAL:
        raise unsupported("values of INTERVAL")
    value, kind = t.value(node.this), data_type(t, to)
    if value.type.is_number and kind.name in ("DATE", "TIME"):
        raise Inconvertible(f"CAST({t.shown(node.this)} AS {kind})", kind.name)
    if action := node.args.get("action"):
        if not (value.type.name == kind.name == "OBJECT" and value.type.parts and kind.parts):
            raise _invalid(value.type, kind)
        rename = "TRUE" if action.name == "RENAME FIELDS" else "FALSE"
        keys = ", ".join(quote(part.key) for part in kind.parts)
        value = Value(f"sf_with_fields({value.sql}, [{keys}], {rename})", types.OBJECT)
    try:
        return cast(t, value, kind)
    except Inconvertible as error:
        raise Inconvertible(f"CAST({t.shown(node.this)} AS {kind})", error.kind) from None


@rule(exp.TryCast)
def _try_cast(t: Translator, node: exp.Expr) -> Value:
    value, kind = t.value(node.this), data_type(t, node.args["to"])
    if value.type.name not in ("VARCHAR", "NULL"):
        raise untriable(value, kind)
    return try_cast(t, value, kind)


def untriable(value: Value, kind: DataType) -> EngineError:
    """For a value of another type than VARCHAR, which TRY_CAST and TRY_TO_… refuse."""
    text = f"Function TRY_CAST cannot be used with arguments of types {value.type} and {kind}"
    return compilation("001065", text, "22023")


@rule(exp.ToBoolean)
def _try_cast_to_boolean(t: Translator, node: exp.Expr) -> Value:
    return try_cast(t, t.value(node.this), BOOLEAN)


def try_cast(t: Translator, value: Value, kind: DataType) -> Value:
    """A text as another type; NULL if it can't be."""
    if value.type.name == "VARCHAR" and (kind.name in ("DATE", "TIME") or kind.is_timestamp):
        return read_moment(t, value, kind, moment_format(t, kind, "INPUT"), attempt=True)
    return cast(t, value, kind, attempt=True)


# -- common types ------------------------------------------------------------------------------------------------------

_MOMENTS = ("DATE", "TIMESTAMP_NTZ", "TIMESTAMP_LTZ", "TIMESTAMP_TZ")


def comparable_type(kinds: Iterable[DataType]) -> DataType:
    """The type in which values of these types are compared."""
    try:
        return common_type(kinds)
    except EngineError:
        raise Mistyped from None


def common_type(kinds: Iterable[DataType]) -> DataType:
    """The type that values of all these types have together: of CASE's branches, UNION's columns, a list's members."""
    result = NULL
    for kind in kinds:
        result = _two(result, kind)
    return result


def _two(a: DataType, b: DataType) -> DataType:
    if a == b or b.name == "NULL":
        return a
    if a.name == "NULL":
        return b
    if a.name == b.name != "VECTOR":
        if a.name == "NUMBER":
            scale = max(a.scale, b.scale)
            return number(min(38, max(a.precision - a.scale, b.precision - b.scale) + scale), scale)
        return DataType(a.name, max(a.precision, b.precision), max(a.scale, b.scale))
    if a.is_semistructured or b.is_semistructured:
        if a.parts or b.parts or "VECTOR" in (a.name, b.name):
            raise compilation("001044", f"Incompatible types: [{a}] and [{b}]", "42P13")
        return VARIANT
    if a.is_number and b.is_number:
        return DECFLOAT if "DECFLOAT" in (a.name, b.name) else FLOAT
    if a.is_text and b.name != "VECTOR":
        return number(18, 5) if b.name == "NUMBER" and b.scale else b
    if b.is_text and a.name != "VECTOR":
        return _two(b, a)
    if a.name in _MOMENTS and b.name in _MOMENTS:
        return max((a, b), key=lambda k: _MOMENTS.index(k.name))
    if "BOOLEAN" in (a.name, b.name) and (a.is_number or b.is_number):
        return b if a.name == "BOOLEAN" else a
    raise compilation(
        "001015",
        f"inconsistent data type for result columns for set operator input branches, expected {a}, got {b}",
        "42601",
    )


def roomy(kind: DataType) -> DataType:
    """The type of what begins with a value of this one and may grow."""
    if kind.name == "NUMBER":
        return number(38, kind.scale)
    return VARCHAR if kind.name in ("VARCHAR", "NULL") else kind


def unify(t: Translator, values: Sequence[Value]) -> list[Value]:
    """The values as their common type."""
    kinds = [constant_type(v, values) for v in values]
    kind = common_type(kinds)
    return [cast(t, v, kind) if v.type != kind or v.is_null else v for v in values]


def constant_type(value: Value, among: Sequence[Value]) -> DataType:
    """A value's type; of a constant text among numbers, that of the number that it is."""
    if isinstance(value.literal, str) and any(v.type.name == "NUMBER" for v in among):
        return numeric_literal(value).type
    return value.type


_NUMERIC = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)$")


def numeric_literal(value: Value) -> Value:
    """A constant text as the NUMBER that it is."""
    assert isinstance(value.literal, str)
    stripped = value.literal.strip()
    if _NUMERIC.match(stripped):
        return constant(Decimal(stripped))
    raise EngineError("100038", "22018", f"Numeric value '{value.literal}' is not recognized")


def as_number(t: Translator, value: Value) -> Value:
    """A value where a number is expected: NUMBER, FLOAT and DECFLOAT as they are."""
    kind = value.type
    if kind.is_number:
        return value
    if isinstance(value.literal, str):
        return numeric_literal(value)
    if kind.name == "VARCHAR":
        return to_number(t, value, number(18, 5))
    if kind.name == "NULL":
        return Value("CAST(NULL AS DECIMAL(38,0))", INTEGER, None)
    if kind.name == "VARIANT":
        return Value(f"CAST(sf_variant_float({value.sql}) AS DOUBLE)", FLOAT)
    raise Mistyped


def integer(t: Translator, value: Value) -> str:
    """SQL of a value as BIGINT, for DuckDB's functions."""
    if isinstance(value.literal, Decimal):
        whole = int(value.literal.to_integral_value(rounding="ROUND_HALF_UP"))
        if -(2**63) <= whole < 2**63:
            return str(whole)
        return f"CAST({raising(too_large(str(whole)), INTEGER).sql} AS BIGINT)"
    return f"CAST({to_number(t, value, INTEGER).sql} AS BIGINT)"


def constant_integer(c: Call, index: int, default: int) -> int:
    """A constant argument that is a whole number, or the default if it wasn't given."""
    if index >= len(c):
        return default
    value = c[index].literal
    if not isinstance(value, Decimal) or value != int(value):
        raise compilation("001044", f"Argument {index + 1} of {c.name} must be a constant whole number.", "42P13")
    return int(value)


def double(t: Translator, value: Value) -> str:
    """SQL of a value as DOUBLE."""
    return cast(t, value, FLOAT).sql


def as_text(t: Translator, value: Value) -> str:
    """SQL of a value as VARCHAR."""
    if value.type.name in ("ARRAY", "OBJECT"):
        raise Mistyped
    return f"CAST({value.sql} AS VARCHAR)" if value.is_null else to_text(t, value).sql


def as_moment(t: Translator, value: Value) -> Value:
    """A value where a date or timestamp is expected; a text becomes a timestamp."""
    if value.type.name in ("DATE", "TIME") or value.type.is_timestamp:
        return value
    if value.type.is_semistructured or value.type.name in ("VARCHAR", "NULL"):
        return cast(t, value, TIMESTAMP_NTZ)
    raise Mistyped


def as_boolean(t: Translator, value: Value) -> str:
    """SQL of a condition."""
    return f"CAST({value.sql} AS BOOLEAN)" if value.type.name == "NULL" else to_boolean(t, value).sql


def as_binary(t: Translator, value: Value) -> str:
    return cast(t, value, BINARY).sql
