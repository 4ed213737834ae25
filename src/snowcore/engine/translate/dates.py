"""Dates and times: their parts, adding and comparing them, cutting them off."""

from __future__ import annotations

import calendar
import datetime
import re

from sqlglot import exp

from ..errors import EngineError, compilation, unsupported
from ..types import DATE, INTEGER, TIMESTAMP_NTZ, VARCHAR, DataType, number
from . import casts
from .arguments import check_moment
from .casts import as_moment, as_text, constant_integer, from_local, instant, integer, local, nanoseconds
from .core import Call, Translator, Value, function
from .runtime import python
from .text import count

# -- parts -----------------------------------------------------------------------------------------

_SPELLINGS = {
    "YEAR": "Y YY YYY YYYY YR YEARS YRS",
    "QUARTER": "Q QTR QTRS QUARTERS",
    "MONTH": "MM MON MONS MONTHS",
    "WEEK": "W WK WEEKS WEEKOFYEAR WOY WY",
    "WEEKISO": "WEEK_ISO WEEKOFYEARISO WEEKOFYEAR_ISO",
    "DAY": "D DD DAYS DAYOFMONTH",
    "DAYOFWEEK": "WEEKDAY DOW DW",
    "DAYOFWEEKISO": "WEEKDAY_ISO DOW_ISO DW_ISO DAYOFWEEK_ISO",
    "DAYOFYEAR": "YEARDAY DOY DY",
    "YEAROFWEEK": "",
    "YEAROFWEEKISO": "",
    "HOUR": "H HH HR HOURS HRS",
    "MINUTE": "M MI MIN MINUTES MINS",
    "SECOND": "S SEC SECONDS SECS",
    "MILLISECOND": "MS MSEC MILLISECONDS",
    "MICROSECOND": "US USEC MICROSECONDS",
    "NANOSECOND": "NS NSEC NANOSEC NSECOND NANOSECONDS NANOSECS NSECONDS",
    "EPOCH_SECOND": "EPOCH EPOCH_SECONDS",
    "EPOCH_MILLISECOND": "EPOCH_MILLISECONDS",
    "EPOCH_MICROSECOND": "EPOCH_MICROSECONDS",
    "EPOCH_NANOSECOND": "EPOCH_NANOSECONDS",
    "TIMEZONE_HOUR": "TZH",
    "TIMEZONE_MINUTE": "TZM",
}
_PARTS = {spelling: part for part, others in _SPELLINGS.items() for spelling in (part, *others.split())}

_MICROSECONDS = {
    "HOUR": 3_600_000_000,
    "MINUTE": 60_000_000,
    "SECOND": 1_000_000,
    "MILLISECOND": 1000,
    "MICROSECOND": 1,
}
_MONTHS = {"YEAR": 12, "QUARTER": 3, "MONTH": 1}
_DAYS = {"WEEK": 7, "DAY": 1}


def part_of(word: str, name: str) -> str:
    """A part by any of its spellings. name: the function, for the message."""
    found = _PARTS.get(word.strip().upper())
    if found is None:
        raise compilation("001023", f"'{word}' is not a valid date/time component for function {name}.", "22023")
    return found


def whole_down(sql: str, by: int) -> str:
    """SQL of a whole number divided, towards minus infinity."""
    return f"(({sql} - (({sql} % {by}) + {by}) % {by}) // {by})"


def week_start(t: Translator) -> int:
    """The day on which weeks begin: 1 for Monday to 7."""
    return int(t.parameter("WEEK_START")) or 1


def start_of_week(t: Translator, day: str) -> str:
    """SQL of the DATE on which a DATE's week begins."""
    first = week_start(t)
    return f"({day} - CAST((isodow({day}) + {7 - first}) % 7 AS INTEGER))"


def _week(t: Translator, day: str, *, of_year: bool) -> str:
    """SQL of a DATE's week (of_year: of its week's year) by WEEK_START and WEEK_OF_YEAR_POLICY."""
    first = start_of_week(t, day)
    if t.parameter("WEEK_OF_YEAR_POLICY") == "1":
        january = f"make_date(year({day}), 1, 1)"
        return f"year({day})" if of_year else f"((({first}) - {start_of_week(t, january)}) // 7 + 1)"
    if week_start(t) == 1:
        return f"isoyear({day})" if of_year else f"week({day})"
    middle = f"({first} + 3)"
    return f"year({middle})" if of_year else f"((dayofyear({middle}) - 1) // 7 + 1)"


def date_part(t: Translator, part: str, value: Value) -> Value:
    """A part of a date or time as a whole number."""
    check_moment("EXTRACT", value)
    value = as_moment(t, value)
    if part.startswith("EPOCH"):
        return Value(f"CAST({_epoch(t, part, value)} AS DECIMAL(38,0))", INTEGER)
    if part.startswith("TIMEZONE"):
        minutes = casts.offset(t, value)
        return count(f"{minutes} // 60" if part == "TIMEZONE_HOUR" else f"abs({minutes}) % 60")
    wall = value.sql if value.type.name == "DATE" else local(t, value)
    day = f"CAST({wall} AS DATE)"
    if value.type.name == "TIME" and part not in (*_MICROSECONDS, "NANOSECOND"):
        raise compilation("001023", f"'{part}' is not a valid date/time component for a TIME.", "22023")
    if part in ("YEAR", "QUARTER", "MONTH", "DAY", "DAYOFYEAR"):
        return count(f"{part.lower()}({wall})")
    if part in ("HOUR", "MINUTE", "SECOND"):
        return count(f"{part.lower()}({local(t, value)})")
    if part == "NANOSECOND":
        return count(f"(epoch_us({local(t, value)}) % 1000000 + 1000000) % 1000000 * 1000 + {nanoseconds(value)}")
    if part == "DAYOFWEEKISO":
        return count(f"isodow({wall})")
    if part == "DAYOFWEEK":
        if t.parameter("WEEK_START") == "0":
            return count(f"isodow({wall}) % 7")
        return count(f"(isodow({wall}) + {7 - week_start(t)}) % 7 + 1")
    if part == "WEEKISO":
        return count(f"week({wall})")
    if part == "YEAROFWEEKISO":
        return count(f"isoyear({wall})")
    if part in ("WEEK", "YEAROFWEEK"):
        return count(_week(t, day, of_year=part == "YEAROFWEEK"))
    raise compilation("001023", f"'{part}' is not a valid date/time component for function DATE_PART.", "22023")


def _epoch(t: Translator, part: str, value: Value) -> str:
    if value.type.name in ("TIMESTAMP_LTZ", "TIMESTAMP_TZ"):
        at = instant(t, value)
        micros, below = f"CAST({at} >> 10 AS BIGINT)", casts.below(at)
    else:
        micros, below = f"epoch_us({local(t, value)})", nanoseconds(value)
    if part == "EPOCH_NANOSECOND":
        return f"(CAST({micros} AS HUGEINT) * 1000 + {below})"
    by = {"EPOCH_SECOND": 1_000_000, "EPOCH_MILLISECOND": 1000, "EPOCH_MICROSECOND": 1}[part]
    return micros if by == 1 else whole_down(micros, by)


@function("DATE_PART", "EXTRACT", args=(2, 2))
def _date_part(c: Call) -> Value:
    return date_part(c.t, part_of(c.word(0), c.name), c[1])


def _part_function(name: str, part: str) -> None:
    @function(name, args=(1, 1))
    def translate(c: Call) -> Value:  # pyright: ignore[reportUnusedFunction]
        return date_part(c.t, part, c[0])


for _name in (
    "YEAR", "QUARTER", "MONTH", "WEEK", "WEEKISO", "WEEK_ISO", "WEEKOFYEAR", "YEAROFWEEK", "YEAROFWEEKISO", "DAY",
    "DAYOFMONTH", "DAYOFWEEK", "DAYOFWEEKISO", "DAYOFWEEK_ISO", "DAYOFYEAR", "HOUR", "MINUTE", "SECOND",
):  # fmt: skip
    _part_function(_name, part_of(_name, _name))


@function("MONTHNAME", "DAYNAME", args=(1, 1))
def _name_of(c: Call) -> Value:
    code = "%b" if c.name == "MONTHNAME" else "%a"
    return Value(f"strftime({local(c.t, as_moment(c.t, c[0]))}, '{code}')", VARCHAR)


# -- adding ----------------------------------------------------------------------------------------


def add(t: Translator, part: str, amount: str, value: Value) -> Value:
    """A date or time moved by a whole number (SQL of a BIGINT) of parts."""
    value = as_moment(t, value)
    kind = value.type
    if part == "WEEKISO":
        part = "WEEK"
    if part in _MONTHS or part in _DAYS:
        if kind.name == "TIME":
            raise compilation("001023", f"'{part}' is not a valid date/time component for a TIME.", "22023")
        unit, by = ("to_months", _MONTHS[part]) if part in _MONTHS else ("to_days", _DAYS[part])
        shift = f"{unit}(CAST({amount if by == 1 else f'{amount} * {by}'} AS INTEGER))"
        if kind.name == "DATE":
            return Value(f"CAST({value.sql} + {shift} AS DATE)", DATE)
        return from_local(t, f"({local(t, value)} + {shift})", nanoseconds(value), value)
    if part not in _MICROSECONDS and part != "NANOSECOND":
        raise compilation("001023", f"'{part}' is not a valid date/time component for function DATEADD.", "22023")
    if kind.name == "DATE":
        value, kind = casts.cast(t, value, TIMESTAMP_NTZ), TIMESTAMP_NTZ
    if kind.name == "TIME":
        step = _MICROSECONDS.get(part, 0) * 1000 or 1
        moved, day = f"(CAST({value.sql} AS HUGEINT) + CAST({amount} AS HUGEINT) * {step})", 86_400_000_000_000
        return Value(f"CAST(({moved} % {day} + {day}) % {day} AS BIGINT)", kind)
    packed = f"({value.sql} >> 12)" if kind.name == "TIMESTAMP_TZ" else value.sql
    if part == "NANOSECOND":
        total = f"(({packed} >> 10) * 1000 + {casts.below(packed)} + {amount})"
        moved = f"({whole_down(total, 1000)} * 1024 + (({total} % 1000) + 1000) % 1000)"
    else:
        moved = f"({packed} + CAST({amount} AS HUGEINT) * {_MICROSECONDS[part] * 1024})"
    if kind.name == "TIMESTAMP_TZ":
        return Value(f"({moved} * 4096 + ({value.sql} - ({value.sql} >> 12) * 4096))", kind)
    return Value(moved, kind)


@function("DATEADD", "TIMEADD", "TIMESTAMPADD", args=(3, 3))
def _dateadd(c: Call) -> Value:
    return add(c.t, part_of(c.word(0), c.name), integer(c.t, c[1]), c[2])


@function("ADD_MONTHS", args=(2, 2))
def _add_months(c: Call) -> Value:
    value = as_moment(c.t, c[0])
    wall = local(c.t, value)
    moved = f"({wall} + to_months(CAST({integer(c.t, c[1])} AS INTEGER)))"
    # The last day of a month stays the last day.
    ended = f"(CAST(last_day(CAST({moved} AS DATE)) AS TIMESTAMP) + ({moved} - date_trunc('day', {moved})))"
    day = f"CAST({wall} AS DATE)"
    return from_local(
        c.t, f"CASE WHEN {day} = last_day({day}) THEN {ended} ELSE {moved} END", nanoseconds(value), value
    )


_AMOUNTS = re.compile(r"\s*([+-]?\d+)(?:\s*([A-Za-z_]+))?\s*(?:,|$)")


def interval_parts(node: exp.Interval) -> list[tuple[int, str]]:
    """The amounts of an INTERVAL constant, each with its part."""
    word = node.this
    if not isinstance(word, exp.Literal):
        raise unsupported("an INTERVAL that is no constant")
    unit = node.args.get("unit")
    text = f"{word.name} {unit.name}" if unit is not None else word.name
    parts: list[tuple[int, str]] = []
    at = 0
    while at < len(text):
        found = _AMOUNTS.match(text, at)
        if found is None:
            raise compilation("001009", f"syntax error: invalid interval literal '{text}'.", "22007")
        parts.append((int(found[1]), part_of(found[2] or "second", "INTERVAL")))
        at = found.end()
    return parts


def add_interval(t: Translator, value: Value, node: exp.Interval, sign: int) -> Value:
    """A date or time moved by the parts of an INTERVAL constant, one after the other. sign: 1 or -1."""
    for amount, part in interval_parts(node):
        value = add(t, part, str(sign * amount), value)
    return value


def interval(node: exp.Interval) -> str:
    """SQL of an INTERVAL of DuckDB's."""
    words: list[str] = []
    for amount, part in interval_parts(node):
        if part not in (*_MONTHS, *_DAYS, *_MICROSECONDS):
            raise unsupported(f"an INTERVAL of {part} here")
        words.append(f"{amount * 3} month" if part == "QUARTER" else f"{amount} {part.lower()}")
    return f"INTERVAL '{' '.join(words)}'"


# -- differences -----------------------------------------------------------------------------------


def difference(t: Translator, part: str, a: Value, b: Value) -> Value:
    """How many borders of a part lie between two dates or times."""
    a, b = as_moment(t, a), as_moment(t, b)
    zoned = {"TIMESTAMP_LTZ", "TIMESTAMP_TZ"} & {a.type.name, b.type.name}
    if part == "WEEKISO":
        part = "WEEK"
    if part == "WEEK":
        first, last = (start_of_week(t, f"CAST({local(t, v)} AS DATE)") for v in (a, b))
        return count(f"({last} - {first}) // 7")
    if part in ("YEAR", "QUARTER", "MONTH", "DAY"):
        if "TIME" in (a.type.name, b.type.name):
            raise compilation("001023", f"'{part}' is not a valid date/time component for a TIME.", "22023")
        return count(f"date_diff('{part.lower()}', {local(t, a)}, {local(t, b)})")
    if zoned:
        a, b = (Value(instant(t, v), DataType("TIMESTAMP_NTZ", scale=9)) for v in (a, b))
    if part in _MICROSECONDS:
        return count(f"date_diff('{part.lower()}', {local(t, a)}, {local(t, b)})")
    if part == "NANOSECOND":
        x, y = (f"(CAST(epoch_us({local(t, v)}) AS HUGEINT) * 1000 + {nanoseconds(v)})" for v in (a, b))
        return Value(f"CAST({y} - {x} AS DECIMAL(38,0))", INTEGER)
    raise compilation("001023", f"'{part}' is not a valid date/time component for function DATEDIFF.", "22023")


@function("DATEDIFF", "TIMEDIFF", "TIMESTAMPDIFF", args=(3, 3))
def _datediff(c: Call) -> Value:
    return difference(c.t, part_of(c.word(0), c.name), c[1], c[2])


@function("MONTHS_BETWEEN", args=(2, 2))
def _months_between(c: Call) -> Value:
    for value in c.values:
        check_moment("EXTRACT", value)
    a, b = (f"CAST(epoch_us({local(c.t, as_moment(c.t, v))}) AS BIGINT)" for v in c.values)
    return Value(f"CAST(sf_months_apart({a}, {b}) AS DECIMAL(38,6))", number(38, 6))


@python("BIGINT BIGINT", "VARCHAR")
def _months_apart(first: int, second: int) -> str:
    a, b = (datetime.datetime(1970, 1, 1) + datetime.timedelta(microseconds=at) for at in (first, second))
    months = (a.year - b.year) * 12 + a.month - b.month
    if a.day == b.day or all(at.day == calendar.monthrange(at.year, at.month)[1] for at in (a, b)):
        return str(months)
    # A month counts as 31 days where days and times differ.
    apart = (a - b.replace(year=a.year, month=a.month, day=1)).total_seconds() - (b.day - 1) * 86400
    return f"{months + apart / (31 * 86400):.6f}"


# -- cutting off -----------------------------------------------------------------------------------


def truncate(t: Translator, word: str, value: Value) -> Value:
    """A date or time at the beginning of its part."""
    part = part_of(word, "DATE_TRUNC")
    check_moment("DATE_TRUNC", value)
    value = as_moment(t, value)
    if part == "WEEKISO":
        part = "WEEK"
    if value.type.name == "DATE":
        if part == "WEEK":
            return Value(start_of_week(t, value.sql), DATE)
        if part in _MONTHS:
            return Value(f"CAST(date_trunc('{part.lower()}', {value.sql}) AS DATE)", DATE)
        if part in _DAYS or part in _MICROSECONDS or part == "NANOSECOND":
            return value
    elif part == "NANOSECOND":
        return value
    elif part == "WEEK":
        return from_local(t, f"CAST({start_of_week(t, f'CAST({local(t, value)} AS DATE)')} AS TIMESTAMP)", "0", value)
    elif part in _MONTHS or part in _DAYS or part in _MICROSECONDS:
        return from_local(t, f"date_trunc('{part.lower()}', {local(t, value)})", "0", value)
    raise compilation("001023", f"'{word}' is not a valid date/time component for function DATE_TRUNC.", "22023")


@function("DATE_TRUNC", args=(2, 2))
def _date_trunc(c: Call) -> Value:
    word = c.nodes[0]
    if isinstance(word, exp.Column) and not word.args.get("table") and word.name.upper() in _PARTS:
        return truncate(c.t, word.name, c[1])
    return truncate(c.t, c.word(0), c[1])


@function("LAST_DAY", args=(1, 2))
def _last_day(c: Call) -> Value:
    part = part_of(c.word(1), c.name) if len(c) > 1 else "MONTH"
    check_moment(c.name, c[0])
    day = f"CAST({local(c.t, as_moment(c.t, c[0]))} AS DATE)"
    if part in ("WEEK", "WEEKISO"):
        return Value(f"({start_of_week(c.t, day)} + 6)", DATE)
    if part not in _MONTHS:
        raise compilation("001023", f"'{part}' is not a valid date/time component for function {c.name}.", "22023")
    first = f"date_trunc('{part.lower()}', {day})"
    return Value(f"CAST({first} + to_months({_MONTHS[part]}) - to_days(1) AS DATE)", DATE)


_DAY_NAMES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@python("VARCHAR", "INTEGER")
def _day_of_name(word: str) -> int:
    head = word.strip().upper()[:2]
    if head not in _DAY_NAMES:
        raise EngineError("100210", "22023", f"Invalid day of week: '{word}'")
    return _DAY_NAMES.index(head) + 1


@function("NEXT_DAY", "PREVIOUS_DAY", args=(2, 2))
def _next_day(c: Call) -> Value:
    day, wanted = f"CAST({local(c.t, as_moment(c.t, c[0]))} AS DATE)", f"sf_day_of_name({as_text(c.t, c[1])})"
    if c.name == "NEXT_DAY":
        return Value(f"({day} + CAST(({wanted} - isodow({day}) + 6) % 7 + 1 AS INTEGER))", DATE)
    return Value(f"({day} - CAST((isodow({day}) - {wanted} + 6) % 7 + 1 AS INTEGER))", DATE)


@function("TIME_SLICE", args=(3, 4))
def _time_slice(c: Call) -> Value:
    check_moment(c.name, c[0])
    t, value, size = c.t, as_moment(c.t, c[0]), constant_integer(c, 1, 1)
    part = part_of(c.word(2), c.name)
    edge = (c.constant(3, "START") or "START").upper()
    if size < 1 or edge not in ("START", "END"):
        raise compilation("001023", f"invalid value [{size if size < 1 else edge}] for function TIME_SLICE", "22023")
    end = " + 1" if edge == "END" else ""
    wall = local(t, value)
    if part in _MONTHS:
        months = f"((year({wall}) - 1970) * 12 + month({wall}) - 1)"
        by = size * _MONTHS[part]
        made = f"(TIMESTAMP '1970-01-01' + to_months(CAST(({whole_down(months, by)}{end}) * {by} AS INTEGER)))"
    elif part in ("WEEK", "WEEKISO"):
        first = f"(DATE '1969-12-29' + {week_start(t) - 1})"
        days = f"(CAST({wall} AS DATE) - {first})"
        made = (
            f"(CAST({first} AS TIMESTAMP) + to_days(CAST(({whole_down(days, 7 * size)}{end}) * {7 * size} AS INTEGER)))"
        )
    elif part in ("DAY", "HOUR", "MINUTE", "SECOND"):
        by = size * (_MICROSECONDS.get(part) or 86_400_000_000)
        if value.type.name == "DATE" and part != "DAY":
            raise compilation(
                "001023", f"'{part}' is not a valid date/time component for TIME_SLICE of a DATE.", "22023"
            )
        made = f"make_timestamp(({whole_down(f'epoch_us({wall})', by)}{end}) * {by})"
    else:
        raise compilation("001023", f"'{part}' is not a valid date/time component for function TIME_SLICE.", "22023")
    return from_local(t, made, "0", value)
