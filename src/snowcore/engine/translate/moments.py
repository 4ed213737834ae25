"""How dates and times are made: from text, numbers and parts, from another zone, and from the clock."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar

from .. import types
from ..errors import compilation
from ..types import DATE, TIME, TIMESTAMP_LTZ, TIMESTAMP_NTZ, TIMESTAMP_TZ, DataType
from . import casts, formats
from .casts import (
    as_moment,
    as_text,
    cast,
    constant_integer,
    from_local,
    integer,
    local,
    nanoseconds,
    quote,
    read_moment,
)
from .core import Call, Translator, Value, function
from .dates import whole_down
from .runtime import python

# -- from text and numbers -------------------------------------------------------------------------


def _from_text(c: Call, kind: DataType, attempt: bool) -> Value:
    value = c[0]
    if len(c) == 1:
        return read_moment(c.t, value, kind, casts.moment_format(c.t, kind, "INPUT"), attempt)
    pattern = c[1]
    if not pattern.type.is_text:
        raise c.mistyped()
    return read_moment(c.t, value, kind, pattern.literal if isinstance(pattern.literal, str) else pattern, attempt)


def _to(kind_of: Callable[[Translator], DataType], attempt: bool) -> Callable[[Call], Value]:
    def translate(c: Call) -> Value:
        kind, value = kind_of(c.t), c[0]
        if value.type.is_text:
            return _from_text(c, kind, attempt)
        if value.is_null or value.type.name == "NULL":
            return cast(c.t, value, kind)
        if attempt and not value.type.is_semistructured:
            raise casts.untriable(value, kind)
        if value.type.name == "NUMBER" and kind.is_timestamp:
            made = scaled(c.t, value, kind, constant_integer(c, 1, 0))
        elif value.type.name == "FLOAT" and kind.is_timestamp:
            made = scaled(c.t, cast(c.t, value, types.number(38, 9)), kind, constant_integer(c, 1, 0))
        elif value.type.is_semistructured and len(c) > 1:
            made = read_moment(c.t, cast(c.t, value, types.VARCHAR), kind, c.constant(1) or "AUTO")
        else:
            made = cast(c.t, value, kind)
        return Value(f"TRY({made.sql})", kind) if attempt else made

    return translate


def scaled(t: Translator, value: Value, kind: DataType, scale: int) -> Value:
    """A timestamp from a number of units after 1970. scale: 0 for seconds, 3 for milliseconds, 6, 9."""
    if not 0 <= scale <= 9:
        raise compilation("001023", f"invalid scale [{scale}] for a timestamp: 0 to 9", "22023")
    digits = value.type.scale
    unscaled = (
        f"CAST({value.sql} * CAST({10**digits} AS DECIMAL({digits + 1},0)) AS HUGEINT)"
        if digits
        else f"CAST({value.sql} AS HUGEINT)"
    )
    have = scale + digits
    total = f"({unscaled} * {10 ** (9 - have)})" if have <= 9 else whole_down(unscaled, 10 ** (have - 9))
    packed = f"({whole_down(total, 1000)} * 1024 + (({total} % 1000) + 1000) % 1000)"
    return (
        Value(packed, kind)
        if kind.name in ("TIMESTAMP_NTZ", "TIMESTAMP_LTZ")
        else cast(t, Value(packed, TIMESTAMP_LTZ), kind)
    )


def _mapped(t: Translator) -> DataType:
    """What a bare TIMESTAMP is in this session."""
    return types.parse("TIMESTAMP", timestamp=t.parameter("TIMESTAMP_TYPE_MAPPING").upper())


_MADE: dict[str, Callable[[Translator], DataType]] = {
    "DATE": lambda t: DATE,
    "TIME": lambda t: TIME,
    "TIMESTAMP": _mapped,
    "TIMESTAMP_NTZ": lambda t: TIMESTAMP_NTZ,
    "TIMESTAMP_LTZ": lambda t: TIMESTAMP_LTZ,
    "TIMESTAMP_TZ": lambda t: TIMESTAMP_TZ,
}
for _name, _kind_of in _MADE.items():
    function(f"TO_{_name}", args=(1, 2))(_to(_kind_of, False))
    function(f"TRY_TO_{_name}", args=(1, 2))(_to(_kind_of, True))
    if _name in ("DATE", "TIME"):
        function(_name, args=(1, 2))(_to(_kind_of, False))


# -- from parts ------------------------------------------------------------------------------------


def _day(c: Call, start: int = 0) -> str:
    """SQL of the TIMESTAMP of a day from its year, month and day, which may be out of their ranges."""
    year, month, day = (f"CAST({integer(c.t, c[i])} AS INTEGER)" for i in range(start, start + 3))
    return f"(CAST(make_date({year}, 1, 1) AS TIMESTAMP) + to_months({month} - 1) + to_days({day} - 1))"


@function("DATE_FROM_PARTS", "DATEFROMPARTS", args=(3, 3))
def _date_from_parts(c: Call) -> Value:
    return Value(f"CAST({_day(c)} AS DATE)", DATE)


@function("TIME_FROM_PARTS", "TIMEFROMPARTS", args=(3, 4))
def _time_from_parts(c: Call) -> Value:
    hours, minutes, seconds = (integer(c.t, c[i]) for i in range(3))
    below = integer(c.t, c[3]) if len(c) > 3 else "0"
    day = 86_400_000_000_000
    total = f"(CAST(({hours} * 60 + {minutes}) * 60 + {seconds} AS HUGEINT) * 1000000000 + {below})"
    return Value(f"CAST(({total} % {day} + {day}) % {day} AS BIGINT)", TIME)


def _from_parts(c: Call, kind: DataType) -> Value:
    if len(c) == 2:
        day, clock = cast(c.t, c[0], DATE), cast(c.t, c[1], TIME)
        wall = f"(CAST({day.sql} AS TIMESTAMP) + to_microseconds({clock.sql} // 1000))"
        return from_local(c.t, wall, f"CAST({clock.sql} % 1000 AS BIGINT)", Value("", TIMESTAMP_NTZ), kind)
    if len(c) < 6:
        raise compilation("000938", f"not enough arguments for function [{c.name}], expected 6, got {len(c)}", "22023")
    hours, minutes, seconds = (integer(c.t, c[i]) for i in range(3, 6))
    below = integer(c.t, c[6]) if len(c) > 6 else "0"
    clock = f"to_hours({hours}) + to_minutes({minutes}) + to_seconds({seconds})"
    wall = f"({_day(c)} + {clock} + to_microseconds({whole_down(below, 1000)}))"
    nanos = "0" if below == "0" else f"(({below} % 1000) + 1000) % 1000"
    if kind.name == "TIMESTAMP_TZ":
        zone = c.constant(7, c.t.parameter("TIMEZONE")) or "UTC"
        return in_zone(f"{casts.packed(casts.to_utc(wall, zone), nanos)}", quote(zone), zone)
    return from_local(c.t, wall, nanos, Value("", TIMESTAMP_NTZ), kind)


def _register_parts() -> None:
    for word, kind_of in _MADE.items():
        if word.startswith("TIMESTAMP"):

            def translate(c: Call, kind_of: Callable[[Translator], DataType] = kind_of) -> Value:
                return _from_parts(c, kind_of(c.t))

            joined = word.replace("_", "")
            function(
                f"{word}_FROM_PARTS",
                f"{joined}FROMPARTS",
                args=(2, 8 if word.endswith("_TZ") or word == "TIMESTAMP" else 7),
            )(translate)


_register_parts()


# -- zones -----------------------------------------------------------------------------------------


def _wall_in(utc: str, zone: str, constant: str | None) -> str:
    """SQL of the wall clock in a zone (SQL of its name), from the TIMESTAMP of UTC."""
    return casts.to_local(utc, constant) if constant is not None else f"timezone({zone}, timezone('UTC', {utc}))"


def in_zone(packed: str, zone: str, constant: str | None) -> Value:
    """The TIMESTAMP_TZ of an instant with the offset that a zone has then."""
    utc = casts.microseconds(packed)
    offset = f"CAST(date_diff('minute', {utc}, {_wall_in(utc, zone, constant)}) AS INTEGER)"
    return Value(f"({packed} * 4096 + {offset} + 2048)", TIMESTAMP_TZ)


def _zone(c: Call, index: int) -> tuple[str, str | None]:
    """SQL of a zone's name, and the name if it is constant."""
    value = c[index]
    if not value.type.is_text and not value.is_null:
        raise c.mistyped()
    if isinstance(value.literal, str):
        formats.zone(value.literal)
        return quote(value.literal), value.literal
    return as_text(c.t, value), None


@function("CONVERT_TIMEZONE", args=(2, 3))
def _convert_timezone(c: Call) -> Value:
    if len(c) == 2:
        zone, constant = _zone(c, 0)
        value = cast(c.t, c[1], TIMESTAMP_TZ) if c[1].type.name == "VARCHAR" else as_moment(c.t, c[1])
        return in_zone(casts.instant(c.t, value), zone, constant)
    source, from_zone = _zone(c, 0)
    target, to_zone = _zone(c, 1)
    value = cast(c.t, as_moment(c.t, c[2]), TIMESTAMP_NTZ)
    wall = local(c.t, value)
    utc = casts.to_utc(wall, from_zone) if from_zone is not None else f"timezone('UTC', timezone({source}, {wall}))"
    return Value(casts.packed(_wall_in(utc, target, to_zone), nanoseconds(value)), TIMESTAMP_NTZ)


# -- the clock -------------------------------------------------------------------------------------

statement_time: ContextVar[int | None] = ContextVar("statement_time", default=None)
"""Microseconds since 1970 at which the statement in hand began, by the account's clock.

Where nobody set them, the machine's clock counts, at the beginning of DuckDB's transaction.
"""


@python("BIGINT", "HUGEINT")
def _clock(begun: int) -> int:
    # DuckDB calls this while it plans, once for each mention: all mentions in a statement must agree.
    at = statement_time.get()
    return (begun if at is None else at) // 1000 * 1000 * 1024


_NOW = "sf_clock(epoch_us(now()))"


def _precision(c: Call, kind: DataType) -> DataType:
    digits = constant_integer(c, 0, 9)
    if not 0 <= digits <= 9:
        raise compilation("002264", f"Invalid scale {digits} for {kind.name}: at most 9.", "22023")
    return DataType(kind.name, scale=digits)


def now(c: Call, kind: DataType) -> Value:
    """The clock as a type, with the digits of a second that the call asks for."""
    made = Value(_NOW, TIMESTAMP_LTZ)
    if kind.name == "TIMESTAMP_LTZ":
        return casts.round_seconds(Value(made.sql, _precision(c, kind)), _precision(c, kind).scale)
    return casts.round_seconds(cast(c.t, made, _precision(c, kind)), _precision(c, kind).scale)


@function("CURRENT_TIMESTAMP", "LOCALTIMESTAMP", "GETDATE", "SYSTIMESTAMP", args=(0, 1))
def _current_timestamp(c: Call) -> Value:
    return now(c, TIMESTAMP_LTZ)


@function("SYSDATE", args=(0, 0))
def _sysdate(c: Call) -> Value:
    return Value(_NOW, TIMESTAMP_NTZ)


@function("CURRENT_DATE", args=(0, 0))
def _current_date(c: Call) -> Value:
    return now(c, DATE)


@function("CURRENT_TIME", "LOCALTIME", args=(0, 1))
def _current_time(c: Call) -> Value:
    return now(c, TIME)
