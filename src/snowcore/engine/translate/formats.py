"""Snowflake's formats of dates and times (`YYYY-MM-DD HH24:MI:SS.FF3`): taken apart, read by, and written as SQL.

Reading a text is done here in Python, for constants while translating and for columns by a function that DuckDB
calls. Writing with a constant format becomes an expression of DuckDB's, which is much faster.
"""

from __future__ import annotations

import datetime
import functools
import re
import zoneinfo

from ..errors import EngineError

_ELEMENTS = re.compile(
    r'"([^"]*)"|(YYYY|UUUU|YY|MMMM|MON|MM|DD|DY|HH24|HH12|HH|AM|PM|MI|SS|FF[0-9]?|TZH:TZM|TZHTZM|TZH|TZM|TZISO|TZD)|(.)',
    re.IGNORECASE | re.DOTALL,
)

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_MONTH = f"(?P<b>(?i:{'|'.join(f'{name[:3]}(?:{name[3:]})?' if name[3:] else name for name in MONTHS)}))"
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@functools.lru_cache(256)
def elements(pattern: str) -> tuple[tuple[bool, str], ...]:
    """The parts of a format: (True, an element in upper case) or (False, text that stands for itself)."""
    parts: list[tuple[bool, str]] = []
    for quoted, element, other in _ELEMENTS.findall(pattern):
        if element:
            parts.append((True, element.upper()))
        elif parts and not parts[-1][0]:
            parts[-1] = (False, parts[-1][1] + quoted + other)
        else:
            parts.append((False, quoted + other))
    return tuple(parts)


# -- reading ---------------------------------------------------------------------------------------

Read = tuple[datetime.datetime, int, int | None]
"""A moment as written, the nanoseconds below its microsecond, and the offset in minutes if one was written."""

_READERS = {
    "YYYY": r"(?P<Y>\d{4})",
    "UUUU": r"(?P<Y>[+-]?\d{4})",
    "YY": r"(?P<y>\d{2})",
    "MMMM": r"(?P<B>[A-Za-z]+)",
    "MON": _MONTH,
    "MM": r"(?P<m>\d{1,2})",
    "DD": r"(?P<d>\d{1,2})",
    "DY": r"[A-Za-z]{3}",
    "HH24": r"(?P<H>\d{1,2})",
    "HH": r"(?P<H>\d{1,2})",
    "HH12": r"(?P<I>\d{1,2})",
    "AM": r"(?P<p>[AaPp][Mm])",
    "PM": r"(?P<p>[AaPp][Mm])",
    "MI": r"(?P<M>\d{1,2})",
    "SS": r"(?P<S>\d{1,2})",
    "TZH:TZM": r"(?P<z>[+-]?\d{1,2}:\d{2}|Z)",
    "TZHTZM": r"(?P<z>[+-]?\d{3,4}|Z)",
    "TZH": r"(?P<h>[+-]?\d{1,2})",
    "TZM": r"(?P<n>\d{2})",
    "TZISO": r"(?P<z>Z|[+-]\d{2}(?::?\d{2})?)",
    "TZD": r"[A-Za-z]+",
}


@functools.lru_cache(256)
def _reader(pattern: str) -> re.Pattern[str]:
    text, seen = "", set[str]()
    for is_element, part in elements(pattern):
        if not is_element:
            text += re.escape(part).replace(r"\ ", r"\s*")
        elif part.startswith("FF"):
            # The point before the fraction and the fraction itself may be missing.
            text = text[:-2] + r"(?:\.(?P<f>\d{0,9}))?" if text.endswith(r"\.") else text + r"(?P<f>\d{0,9})"
        else:
            piece = _READERS[part]
            group = piece[4:5] if piece.startswith("(?P<") else ""
            text += piece.replace(f"?P<{group}>", "?:") if group in seen else piece
            seen.add(group)
    return re.compile(text + r"$")


def _month(word: str) -> int | None:
    for i, name in enumerate(MONTHS, 1):
        if word[:3].lower() == name[:3].lower() and name.lower().startswith(word.lower()):
            return i
    return None


def _offset(text: str) -> int | None:
    if text in ("Z", "z"):
        return 0
    digits = text.lstrip("+-").replace(":", "")
    digits = digits.zfill(4) if len(digits) > 2 else digits.zfill(2) + "00"
    minutes = int(digits[:-2]) * 60 + int(digits[-2:])
    if minutes > 14 * 60 + 59:
        return None
    return -minutes if text.startswith("-") else minutes


def _build(found: re.Match[str], century: int) -> Read | None:
    g = found.groupdict()
    try:
        if g.get("Y"):
            year = int(g["Y"])
        elif g.get("y"):
            year = int(g["y"]) + century // 100 * 100
            year += 100 if year < century else 0
        else:
            year = 1970
        word = g.get("B") or g.get("b")
        month = _month(word) if word else int(g.get("m") or 1)
        if month is None:
            return None
        hour = int(g.get("H") or 0)
        if g.get("I"):
            hour = int(g["I"]) % 12 if 1 <= int(g["I"]) <= 12 else 99
        if g.get("p"):
            afternoon = g["p"].lower() == "pm"
            hour = hour + 12 if afternoon and hour < 12 else 0 if not afternoon and hour == 12 else hour
        fraction = (g.get("f") or "").ljust(9, "0")
        extra = 1 if hour == 24 and not int(g.get("M") or 0) and not int(g.get("S") or 0) else 0
        moment = datetime.datetime(
            year,
            month,
            int(g.get("d") or 1),
            0 if extra else hour,
            int(g.get("M") or 0),
            int(g.get("S") or 0),
            int(fraction[:6]),
        ) + datetime.timedelta(days=extra)
    except (ValueError, OverflowError):
        return None
    offset: int | None = None
    if g.get("z"):
        offset = _offset(g["z"])
        if offset is None:
            return None
    elif g.get("h"):
        hours = int(g["h"])
        minutes = int(g.get("n") or 0)
        offset = hours * 60 + (-minutes if g["h"].startswith("-") else minutes)
    return moment, int(fraction[6:9]), offset


def read(text: str, pattern: str, century: int = 1970) -> Read | None:
    """A text by a format; None if it doesn't have that form. century: TWO_DIGIT_CENTURY_START."""
    found = _reader(pattern).match(text.strip())
    return _build(found, century) if found else None


_ZONE = r"(?:\s*(?P<z>Z|[+-]\d{1,2}(?::?\d{2})?))?"
_CLOCK = r"(?P<H>\d{1,2})(?::(?P<M>\d{1,2})(?::(?P<S>\d{1,2})(?:\.(?P<f>\d{0,9})\d*)?)?)?"
_CLOCK12 = r"(?P<I>\d{1,2}):(?P<M>\d{2})(?::(?P<S>\d{2})(?:\.(?P<f>\d{0,9}))?)?\s*(?P<p>[AaPp][Mm])"
_AUTO = [
    re.compile(p + "$")
    for p in (
        rf"(?P<Y>\d{{4}})-(?P<m>\d{{1,2}})-(?P<d>\d{{1,2}})(?:(?:T|\s+){_CLOCK}{_ZONE})?",
        rf"(?P<m>\d{{1,2}})/(?P<d>\d{{1,2}})/(?P<Y>\d{{4}})(?:\s+{_CLOCK}{_ZONE})?",
        rf"(?P<d>\d{{1,2}})-{_MONTH}-(?P<Y>\d{{4}})(?:\s+{_CLOCK}{_ZONE})?",
        rf"[A-Za-z]{{3}},?\s+(?P<d>\d{{1,2}})\s+{_MONTH}\s+(?P<Y>\d{{4}})\s+{_CLOCK}{_ZONE}",
        rf"[A-Za-z]{{3}},?\s+(?P<d>\d{{1,2}})\s+{_MONTH}\s+(?P<Y>\d{{4}})\s+{_CLOCK12}{_ZONE}",
        rf"[A-Za-z]{{3}}\s+{_MONTH}\s+(?P<d>\d{{1,2}})\s+{_CLOCK}\s*(?P<z>[+-]\d{{4}})?\s+(?P<Y>\d{{4}})",
    )
]
_AUTO_TIME = [re.compile(p + _ZONE + "$") for p in (_CLOCK12, _CLOCK)]
_SECONDS = re.compile(r"-?\d+$")
_EPOCH = datetime.datetime(1970, 1, 1)


def from_epoch(count: int, scale: int | None = None) -> Read | None:
    """A moment so many seconds after 1970.

    scale: digits after the point that `count` has; by its size if it is None.
    """
    if scale is None:
        size = abs(count)
        scale = 0 if size < 31536000000 else 3 if size < 31536000000000 else 6 if size < 31536000000000000 else 9
    nanoseconds = count * 10 ** (9 - scale)
    try:
        return _EPOCH + datetime.timedelta(microseconds=nanoseconds // 1000), nanoseconds % 1000, None
    except OverflowError:
        return None


def read_auto(text: str, kind: str) -> Read | None:
    """A text in any of the forms that Snowflake detects by itself. kind: DATE, TIME or one of the timestamps."""
    text = text.strip()
    if kind == "TIME":
        for pattern in _AUTO_TIME:
            found = pattern.match(text)
            if found and (found.groupdict().get("M") or found.groupdict().get("p")):
                return _build(found, 1970)
    if _SECONDS.match(text):
        return from_epoch(int(text))
    for pattern in _AUTO:
        found = pattern.match(text)
        if found:
            return _build(found, 1970)
    return None


def error(kind: str, text: str, pattern: str) -> EngineError:
    """What Snowflake says of a text that is no date, time or timestamp."""
    word = "Timestamp" if kind.startswith("TIMESTAMP") else kind.capitalize()
    if pattern.upper() != "AUTO":
        return EngineError("100096", "22007", f"Can't parse '{text}' as {word.lower()} with format '{pattern}'")
    code = {"Date": "100040", "Time": "100108", "Timestamp": "100035"}[word]
    return EngineError(code, "22007", f"{word} '{text}' is not recognized")


@functools.lru_cache(64)
def zone(name: str) -> zoneinfo.ZoneInfo:
    """A time zone. EngineError if there is none of this name."""
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise EngineError("000200", "22023", f"Unknown timezone: '{name}'") from None


def offset_of(moment: datetime.datetime, zone_name: str) -> int:
    """Minutes that the zone is ahead of UTC at this local time."""
    if zone_name.upper() in ("UTC", "ETC/UTC"):
        return 0
    offset = moment.replace(tzinfo=zone(zone_name)).utcoffset()
    return 0 if offset is None else int(offset.total_seconds() // 60)


def pack(text: str, pattern: str, kind: str, zone_name: str, century: int = 1970) -> int | datetime.date | None:
    """A text as the physical form of a DATE, a TIME or a timestamp; None if it can't be read."""
    found = read_auto(text, kind) if pattern.upper() == "AUTO" else read(text, pattern, century)
    if found is None:
        return None
    moment, below, offset = found
    if kind == "DATE":
        return moment.date()
    if kind == "TIME":
        return ((moment.hour * 60 + moment.minute) * 60 + moment.second) * 10**9 + moment.microsecond * 1000 + below
    microseconds = (moment - _EPOCH) // datetime.timedelta(microseconds=1)
    if kind == "TIMESTAMP_NTZ":
        return microseconds * 1024 + below
    if offset is None:
        offset = offset_of(moment, zone_name)
    utc = (microseconds - offset * 60_000_000) * 1024 + below
    return utc if kind == "TIMESTAMP_LTZ" else utc * 4096 + offset + 2048


# -- writing ---------------------------------------------------------------------------------------

_CODES = {
    "YYYY": "%Y",
    "UUUU": "%Y",
    "YY": "%y",
    "MMMM": "%B",
    "MON": "%b",
    "MM": "%m",
    "DD": "%d",
    "DY": "%a",
    "HH24": "%H",
    "HH": "%H",
    "HH12": "%I",
    "AM": "%p",
    "PM": "%p",
    "MI": "%M",
    "SS": "%S",
    "FF3": "%g",
    "FF6": "%f",
}


def written(pattern: str, local: str, below: str, offset: str) -> str:
    """SQL of the text, from SQL of its parts.

    local: a TIMESTAMP of DuckDB; below: nanoseconds below its microsecond; offset: minutes ahead of UTC.
    """
    pieces: list[str] = []
    codes = ""

    def flush() -> None:
        nonlocal codes
        if codes:
            pieces.append(f"strftime({local}, '{codes}')")
            codes = ""

    for is_element, part in elements(pattern):
        if not is_element:
            codes += part.replace("%", "%%").replace("'", "''")
        elif part in _CODES:
            codes += _CODES[part]
        elif part.startswith("FF"):
            digits = int(part[2:] or 9)
            flush()
            if digits > 6:
                pieces.append(f"strftime({local}, '%f') || left(lpad(CAST({below} AS VARCHAR), 3, '0'), {digits - 6})")
            elif digits:
                pieces.append(f"left(strftime({local}, '%f'), {digits})")
        elif part.startswith("TZ"):
            flush()
            sign = f"CASE WHEN {offset} < 0 THEN '-' ELSE '+' END"
            hours = f"lpad(CAST(abs({offset}) // 60 AS VARCHAR), 2, '0')"
            minutes = f"lpad(CAST(abs({offset}) % 60 AS VARCHAR), 2, '0')"
            if part == "TZISO":
                pieces.append(f"CASE WHEN {offset} = 0 THEN 'Z' ELSE {sign} || {hours} || ':' || {minutes} END")
            elif part == "TZM":
                pieces.append(minutes)
            else:
                colon = "':' || " if ":" in part else ""
                pieces.append(f"{sign} || {hours}" + (f" || {colon}{minutes}" if part != "TZH" else ""))
    flush()
    return "(" + " || ".join(pieces) + ")" if pieces else "''"


def shown(pattern: str, moment: datetime.datetime, below: int = 0, offset: int = 0) -> str:
    """The text of a moment, made in Python."""
    out: list[str] = []
    for is_element, part in elements(pattern):
        if not is_element:
            out.append(part)
        elif part in ("YYYY", "UUUU"):
            out.append(f"{moment.year:04}")
        elif part == "YY":
            out.append(f"{moment.year % 100:02}")
        elif part == "MMMM":
            out.append(MONTHS[moment.month - 1])
        elif part == "MON":
            out.append(MONTHS[moment.month - 1][:3])
        elif part == "MM":
            out.append(f"{moment.month:02}")
        elif part == "DD":
            out.append(f"{moment.day:02}")
        elif part == "DY":
            out.append(DAYS[moment.weekday()])
        elif part in ("HH24", "HH"):
            out.append(f"{moment.hour:02}")
        elif part == "HH12":
            out.append(f"{(moment.hour + 11) % 12 + 1:02}")
        elif part in ("AM", "PM"):
            out.append("AM" if moment.hour < 12 else "PM")
        elif part == "MI":
            out.append(f"{moment.minute:02}")
        elif part == "SS":
            out.append(f"{moment.second:02}")
        elif part.startswith("FF"):
            out.append(f"{moment.microsecond:06}{below:03}"[: int(part[2:] or 9)])
        else:
            sign, hours, minutes = "-" if offset < 0 else "+", f"{abs(offset) // 60:02}", f"{abs(offset) % 60:02}"
            if part == "TZISO":
                out.append("Z" if offset == 0 else f"{sign}{hours}:{minutes}")
            elif part == "TZM":
                out.append(minutes)
            else:
                out.append(sign + hours + ("" if part == "TZH" else (":" if ":" in part else "") + minutes))
    return "".join(out)
