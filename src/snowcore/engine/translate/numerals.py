"""Numbers and their texts by a format such as `$9,990.00`, `S0XXX` or `TM9`: TO_CHAR, TO_NUMBER and their kin."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation, localcontext

import attrs

from .. import types
from ..errors import EngineError, compilation, unsupported
from ..types import DECFLOAT, FLOAT, DataType
from .casts import as_text, cast, untriable
from .core import Call, Value, function, quote
from .runtime import python

# -- formats ---------------------------------------------------------------------------------------

_ELEMENTS = re.compile(r'"((?:[^"]|"")*)"|(TM9|TME|TM|FM|MI|E{1,5}|[$.,09BDGSX])|(.)', re.IGNORECASE | re.DOTALL)
_SYMBOLS = " ;:-=/()"
"""What stands for itself in a format, without quotation marks."""


@attrs.frozen
class Format:
    """A format taken apart."""

    before: str
    """The text in front of the number."""
    elements: tuple[str, ...]
    """In upper case, but for x; a piece of text begins with a quotation mark."""
    after: str
    compact: bool
    """FM: without blanks and without zeros that say nothing."""

    def count(self, *wanted: str) -> int:
        return sum(e in wanted for e in self.elements)

    @property
    def exponent(self) -> int:
        """How many letters E there are."""
        return next((len(e) for e in self.elements if set(e) == {"E"}), 0)

    def split(self) -> tuple[list[str], list[str]]:
        """The elements before and after the decimal point, without those of the exponent."""
        body = [e for e in self.elements if set(e) != {"E"}]
        point = next((i for i, e in enumerate(body) if e in (".", "D")), len(body))
        return body[:point], body[point + 1 :]


@functools.lru_cache(256)
def parse(pattern: str) -> Format:
    found: list[str] = []
    compact = False
    for literal, element, other in _ELEMENTS.findall(pattern):
        if element.upper() == "FM":
            compact = not compact
        elif element:
            found.append(element if element == "x" else element.upper())
        elif other and other not in _SYMBOLS:
            raise EngineError("100140", "22007", f"Invalid number format '{pattern}'")
        else:
            found.append('"' + literal.replace('""', '"') + other)
    first = next((i for i, e in enumerate(found) if e[0] != '"'), len(found))
    last = next((i for i in range(len(found), first, -1) if found[i - 1][0] != '"'), first)
    if first == len(found):
        raise EngineError("100140", "22007", f"Invalid number format '{pattern}'")
    before, after = ("".join(e[1:] for e in part) for part in (found[:first], found[last:]))
    return Format(before, tuple(found[first:last]), after, compact)


# -- writing ---------------------------------------------------------------------------------------


def shown(value: Decimal, pattern: str) -> str:
    """A number's text by a format; `#` in place of digits that it has no room for."""
    f = parse(pattern)
    if f.elements[0] in ("TM", "TM9"):
        body = f"{value:f}"
    elif f.elements[0] == "TME":
        body = _scientific(value)
    elif f.count("X", "x"):
        body = _hexadecimal(value, f)
    else:
        with localcontext() as context:
            context.prec = 400
            body = _fixed(value, f)
    return f.before + body + f.after


def _scientific(value: Decimal) -> str:
    if not value:
        return "0E0"
    sign, digits, _ = value.normalize().as_tuple()
    text = "".join(map(str, digits))
    return ("-" if sign else "") + text[0] + ("." + text[1:] if len(text) > 1 else "") + f"E{value.adjusted()}"


def _hexadecimal(value: Decimal, f: Format) -> str:
    whole = int(value.to_integral_value(ROUND_HALF_UP))
    width = f.count("X", "x", "0")
    signed = "S" in f.elements
    if not signed and whole < 0:
        whole += 16**width
    digits = f"{abs(whole):x}" if "x" in f.elements else f"{abs(whole):X}"
    if len(digits) > width or (whole < 0 and not signed):
        digits = "#" * width
    zeros = next(e for e in f.elements if e in ("X", "x", "0")) == "0"
    digits = digits.rjust(width, "0" if zeros else " ")
    sign = ("-" if whole < 0 else "+") if signed else ""
    return sign + digits.strip() if f.compact else (sign + digits.lstrip()).rjust(width + len(sign))


def _fixed(value: Decimal, f: Format) -> str:
    left, right = f.split()
    slots, places = (sum(e in ("0", "9") for e in side) for side in (left, right))
    power = 0
    magnitude = abs(value)
    if f.exponent and magnitude:
        power = magnitude.adjusted() - max(slots, 1) + 1
        magnitude = magnitude.scaleb(-power)
    magnitude = magnitude.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    if f.exponent and magnitude and magnitude.adjusted() >= max(slots, 1):
        power, magnitude = power + 1, magnitude.scaleb(-1).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    whole, _, fraction = f"{magnitude:f}".partition(".")
    if whole == "0" and ("B" in f.elements or not slots):
        whole = ""
    number = _whole_part(whole, left, slots)
    if len(whole) > slots:
        fraction = "#" * places
    if f.compact:
        keep = places - next((i for i, e in enumerate(reversed([e for e in right if e in "09"])) if e == "0"), places)
        fraction = fraction[:keep] + fraction[keep:].rstrip("0")
    if "." in f.elements or "D" in f.elements:
        number += "." + fraction
    number += "".join(e[1:] for e in right if e[0] == '"')
    if f.exponent:
        number += _power(power, f.exponent)
    return _signed(value < 0, number, f)


def _whole_part(whole: str, elements: list[str], slots: int) -> str:
    """The digits before the point in their places, without blanks in front."""
    digits = "#" * slots if len(whole) > slots else whole.rjust(slots)
    out: list[str] = []
    at = 0
    for element in elements:
        if element in ("0", "9"):
            digit = digits[at]
            # From the first 0 of the format on, there is a digit in each place.
            zero = "0" in [e for e in elements if e in "09"][: at + 1]
            out.append("0" if digit == " " and zero and whole else digit)
            at += 1
        elif element in (",", "G"):
            out.append("," if any(d != " " for d in out) else " ")
        elif element[0] == '"':
            out.append(element[1:])
    return "".join(out).lstrip()


def _power(power: int, letters: int) -> str:
    if letters <= 2:
        return f"E{power}"
    digits = letters - 2
    return f"E{power:+0{digits + 1}d}" if len(str(abs(power))) <= digits else "E" + "#" * (letters - 1)


def _signed(negative: bool, number: str, f: Format) -> str:
    """The number with its sign and `$`, as wide as the format is."""
    dollar = "$" if "$" in f.elements else ""
    explicit = next((e for e in f.elements if e in ("S", "MI")), None)
    width = sum(1 for e in f.elements if e in ("0", "9", ",", "G", ".", "D", "$"))
    width += sum(len(e) - 1 for e in f.elements if e[0] == '"') + (len(number) - number.rfind("E") if f.exponent else 0)
    if explicit is None:
        placed = ("-" if negative else "") + dollar + number
        return placed if f.compact else placed.rjust(width + 1)
    sign = "-" if negative else "+" if explicit == "S" else "" if f.compact else " "
    if f.elements[-1] == explicit:
        return (dollar + number if f.compact else (dollar + number).rjust(width)) + sign
    placed = sign + dollar + number
    return placed if f.compact else placed.rjust(width + 1)


@python("VARCHAR VARCHAR", "VARCHAR")
def _number_text(value: str, pattern: str) -> str:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    return shown(number, pattern) if number.is_finite() else value


# -- reading ---------------------------------------------------------------------------------------

_NUMBER = re.compile(r"(?P<sign>[+-]?)\s*(?P<body>[\d,]*(?:\.\d*)?)(?P<power>[eE][+-]?\d+)?\s*(?P<minus>[+-]?)$")


def read(text: str, pattern: str) -> str:
    """The number that a text is by a format, in plain digits. EngineError 100140 if it doesn't have that form."""
    f = parse(pattern)
    inner = text.strip()
    if inner.startswith(f.before.strip()) and inner.endswith(f.after.strip()):
        inner = inner[len(f.before.strip()) : len(inner) - len(f.after.strip())].strip()
        made = _read_hexadecimal(inner, f) if f.count("X", "x") else _read_decimal(inner, f)
        if made is not None:
            return made
    raise EngineError("100140", "22007", f"Can't parse '{text}' as number with format '{pattern}'")


def _read_hexadecimal(text: str, f: Format) -> str | None:
    sign, digits = (text[:1], text[1:]) if text[:1] in ("+", "-") and "S" in f.elements else ("", text)
    if not re.fullmatch(r"[0-9A-Fa-f]+", digits) or len(digits) > f.count("X", "x", "0"):
        return None
    return f"{-int(digits, 16) if sign == '-' else int(digits, 16)}"


def _read_decimal(text: str, f: Format) -> str | None:
    if "$" in f.elements:
        text = text.replace("$", "", 1)
    found = _NUMBER.match(text)
    if found is None or not any(ch.isdigit() for ch in found["body"]) or (found["sign"] and found["minus"]):
        return None
    whole, _, fraction = found["body"].partition(".")
    if f.elements[0] not in ("TM", "TM9", "TME"):
        left, right = f.split()
        slots, places = (sum(e in ("0", "9") for e in side) for side in (left, right))
        if len(whole.replace(",", "").lstrip("0")) > slots or len(fraction) > places:
            return None
        if "," in whole and not f.count(",", "G"):
            return None
        if found["power"] and not f.exponent:
            return None
    elif "," in whole:
        return None
    negative = "-" in (found["sign"], found["minus"])
    number = Decimal(f"{whole.replace(',', '') or '0'}.{fraction or '0'}{found['power'] or ''}")
    return f"{-number if negative else number:f}"


@python("VARCHAR VARCHAR", "VARCHAR")
def _number_by_format(value: str, pattern: str) -> str:
    return read(value, pattern)


def _to_number(attempt: bool) -> Callable[[Call], Value]:
    def translate(c: Call) -> Value:
        arguments = c.values[1:]
        pattern = arguments.pop(0) if arguments and arguments[0].type.is_text else None
        digits = [int(v.literal) for v in arguments if isinstance(v.literal, Decimal)]
        if len(digits) < len(arguments):
            raise unsupported(f"{c.name} with a precision or scale that is no constant")
        kind = types.parse(f"NUMBER({', '.join(map(str, [*digits, *[38, 0][len(digits) :]]))})")
        return _converted(c, kind, pattern, attempt)

    return translate


def _converted(c: Call, kind: DataType, pattern: Value | None, attempt: bool) -> Value:
    value = c[0]
    if pattern is not None and not value.is_null:
        if not value.type.is_text and not value.type.is_semistructured:
            raise compilation("001065", f"Function {c.name} cannot be used with a format and {value.type}", "22023")
        by = quote(pattern.literal) if isinstance(pattern.literal, str) else as_text(c.t, pattern)
        made = Value(f"CAST(sf_number_by_format({as_text(c.t, value)}, {by}) AS {kind.physical})", kind)
        return Value(f"TRY({made.sql})", kind) if attempt else made
    if attempt and value.type.name not in ("VARCHAR", "NULL"):
        raise untriable(value, kind)
    return cast(c.t, value, kind, attempt)


def _to_kind(kind: DataType, attempt: bool) -> Callable[[Call], Value]:
    return lambda c: _converted(c, kind, c.get(1), attempt)


for _name in ("NUMBER", "DECIMAL", "NUMERIC"):
    function(f"TO_{_name}", args=(1, 4))(_to_number(False))
    function(f"TRY_TO_{_name}", args=(1, 4))(_to_number(True))
for _name, _kind in (("DOUBLE", FLOAT), ("DECFLOAT", DECFLOAT)):
    function(f"TO_{_name}", args=(1, 2))(_to_kind(_kind, False))
    function(f"TRY_TO_{_name}", args=(1, 2))(_to_kind(_kind, True))
