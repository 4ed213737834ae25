"""Text: joining, taking apart, searching, padding, and TO_CHAR."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import AnyStr

from sqlglot import exp

from .. import types
from ..errors import EngineError, compilation, unsupported
from ..types import ARRAY, BINARY, BOOLEAN, VARCHAR, DataType, number
from . import casts
from .casts import as_binary, as_text, integer
from .core import Call, Translator, Value, function, quote, rule
from .runtime import python


def natural(sql: str) -> str:
    """SQL of a number that is 0 where it would be negative. (DuckDB's greatest(NULL, 0) is 0.)"""
    return f"CASE WHEN {sql} < 0 THEN 0 ELSE {sql} END"


def count(sql: str) -> Value:
    """A whole number that DuckDB gives as BIGINT, as Snowflake's NUMBER(18,0)."""
    return Value(f"CAST({sql} AS DECIMAL(18,0))", number(18, 0))


def _text(c: Call, index: int, default: str = "NULL") -> str:
    """SQL of an argument as VARCHAR."""
    return as_text(c.t, c[index]) if index < len(c) else default


def _is_binary(c: Call, *indexes: int) -> bool:
    return any(c[i].type.name == "BINARY" for i in indexes or range(len(c)))


# -- joining ---------------------------------------------------------------------------------------


def join(t: Translator, values: list[Value]) -> Value:
    """The values one after the other; NULL if one of them is."""
    if any(v.type.name == "BINARY" for v in values):
        return Value(f"({' || '.join(as_binary(t, v) for v in values)})", BINARY)
    size = sum(v.type.precision for v in values) if all(v.type.name == "VARCHAR" for v in values) else VARCHAR.precision
    kind = DataType("VARCHAR", min(size, VARCHAR.precision))
    return Value(f"({' || '.join(as_text(t, v) for v in values)})", kind)


@rule(exp.DPipe)
def _pipe(t: Translator, node: exp.Expr) -> Value:
    parts: list[exp.Expr] = []
    current = node
    while isinstance(current, exp.DPipe):
        parts.append(current.expression)
        current = current.this
    return join(t, [t.value(part) for part in [current, *reversed(parts)]])


@function("CONCAT", args=(1, None))
def _concat(c: Call) -> Value:
    return join(c.t, c.values)


@function("CONCAT_WS", args=(2, None))
def _concat_ws(c: Call) -> Value:
    parts: list[Value] = []
    for value in c.values[1:]:
        parts += [c[0], value] if parts else [value]
    if len(parts) == 1:
        made = join(c.t, parts)
        return Value(f"CASE WHEN {c[0].sql} IS NOT NULL THEN {made.sql} END", made.type)
    return join(c.t, parts)


@function("REPEAT", args=(2, 2))
def _repeat(c: Call) -> Value:
    return Value(f"repeat({_text(c, 0)}, {natural(integer(c.t, c[1]))})", VARCHAR)


@function("SPACE", args=(1, 1))
def _space(c: Call) -> Value:
    return Value(f"repeat(' ', {natural(integer(c.t, c[0]))})", VARCHAR)


# -- characters and lengths ------------------------------------------------------------------------


@function("ASCII", args=(1, 1))
def _ascii(c: Call) -> Value:
    return count(f"sf_first_byte({_text(c, 0)})")


@python("VARCHAR", "BIGINT")
def _first_byte(value: str) -> int:
    return value.encode()[0] if value else 0


@function("UNICODE", args=(1, 1))
def _unicode(c: Call) -> Value:
    return count(natural(f"unicode({_text(c, 0)})"))


@function("CHR", "CHAR", args=(1, 1))
def _chr(c: Call) -> Value:
    return Value(f"sf_character({integer(c.t, c[0])})", types.varchar(1))


@python("BIGINT", "VARCHAR")
def _character(code: int) -> str:
    if not 0 <= code <= 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        raise EngineError("100176", "22023", f"Invalid character code {code} in the CHR input")
    return chr(code)


@function("LENGTH", "LEN", args=(1, 1))
def _length(c: Call) -> Value:
    if _is_binary(c, 0):
        return count(f"octet_length({c[0].sql})")
    return count(f"length({_text(c, 0)})")


@function("OCTET_LENGTH", args=(1, 1))
def _octet_length(c: Call) -> Value:
    return count(f"octet_length({c[0].sql})" if _is_binary(c, 0) else f"strlen({_text(c, 0)})")


@function("BIT_LENGTH", args=(1, 1))
def _bit_length(c: Call) -> Value:
    return count(f"8 * octet_length({c[0].sql})" if _is_binary(c, 0) else f"8 * strlen({_text(c, 0)})")


@function("RTRIMMED_LENGTH", args=(1, 1))
def _rtrimmed_length(c: Call) -> Value:
    return count(f"length(rtrim({_text(c, 0)}, ' '))")


# -- case ------------------------------------------------------------------------------------------


def _plain(name: str, template: str) -> None:
    """A function of one text that is one of DuckDB's."""

    @function(name, args=(1, 1))
    def translate(c: Call) -> Value:  # pyright: ignore[reportUnusedFunction]
        return Value(template.format(_text(c, 0)), VARCHAR)


for _name, _template in (("LOWER", "lower({0})"), ("UPPER", "upper(replace({0}, 'ß', 'SS'))")):
    _plain(_name, _template)

_WORD_ENDS = " \t\n\r\f\v" + '!?@"^#$&~_,.:;+-*%/|\\[](){}<>'


@function("INITCAP", args=(1, 2))
def _initcap(c: Call) -> Value:
    return Value(f"sf_initcap_by({_text(c, 0)}, {_text(c, 1, quote(_WORD_ENDS))})", VARCHAR)


@python("VARCHAR VARCHAR", "VARCHAR")
def _initcap_by(value: str, delimiters: str) -> str:
    ends = set(delimiters)
    out: list[str] = []
    starts = True
    for letter in value:
        out.append(letter if letter in ends else letter.upper() if starts else letter.lower())
        starts = letter in ends
    return "".join(out)


# -- parts -----------------------------------------------------------------------------------------


@function("LEFT", args=(2, 2))
def _left(c: Call) -> Value:
    size = natural(integer(c.t, c[1]))
    if _is_binary(c, 0):
        return Value(f"sf_binary_part({c[0].sql}, 1, {size})", BINARY)
    return Value(f"left({_text(c, 0)}, {size})", VARCHAR)


@function("RIGHT", args=(2, 2))
def _right(c: Call) -> Value:
    size = natural(integer(c.t, c[1]))
    if _is_binary(c, 0):
        whole = f"octet_length({c[0].sql})"
        return Value(f"sf_binary_part({c[0].sql}, {whole} - least({size}, {whole}) + 1, {size})", BINARY)
    return Value(f"right({_text(c, 0)}, {size})", VARCHAR)


@function("SUBSTR", "SUBSTRING", args=(2, 3))
def _substr(c: Call) -> Value:
    start = integer(c.t, c[1])
    size = integer(c.t, c[2]) if len(c) > 2 else str(2**62)
    if _is_binary(c, 0):
        return Value(f"sf_binary_part({c[0].sql}, {start}, {size})", BINARY)
    if start.isdigit() and size.isdigit():
        first = max(int(start), 1)
        return Value(f"substr({_text(c, 0)}, {first}{f', {size}' if len(c) > 2 else ''})", VARCHAR)
    return Value(f"sf_text_part({_text(c, 0)}, {start}, {size})", VARCHAR)


def _span(length: int, start: int, size: int) -> tuple[int, int]:
    """Where SUBSTR begins and ends, from 0. A negative start counts from the end."""
    first = start - 1 if start > 0 else length + start if start < 0 else 0
    if first < 0 or size <= 0:
        return 0, 0
    return first, first + size


@python("VARCHAR BIGINT BIGINT", "VARCHAR")
def _text_part(value: str, start: int, size: int) -> str:
    first, end = _span(len(value), start, size)
    return value[first:end]


@python("BLOB BIGINT BIGINT", "BLOB")
def _binary_part(value: bytes, start: int, size: int) -> bytes:
    first, end = _span(len(value), start, size)
    return value[first:end]


@function("INSERT", args=(4, 4))
def _insert(c: Call) -> Value:
    at, size = integer(c.t, c[1]), integer(c.t, c[2])
    return Value(f"sf_insert_text({_text(c, 0)}, {at}, {size}, {_text(c, 3)})", VARCHAR)


@python("VARCHAR BIGINT BIGINT VARCHAR", "VARCHAR")
def _insert_text(value: str, at: int, size: int, added: str) -> str:
    if at < 1 or size < 0:
        raise EngineError("100209", "22023", f"Invalid parameter value for INSERT: position {at}, length {size}")
    return value[: at - 1] + added + value[at - 1 + size :]


@function("REVERSE", args=(1, 1))
def _reverse(c: Call) -> Value:
    if _is_binary(c, 0):
        return Value(f"sf_reversed_binary({c[0].sql})", BINARY)
    return Value(f"sf_reversed({_text(c, 0)})", VARCHAR)


@python("VARCHAR", "VARCHAR")
def _reversed(value: str) -> str:
    return value[::-1]


@python("BLOB", "BLOB")
def _reversed_binary(value: bytes) -> bytes:
    return value[::-1]


# -- padding and trimming --------------------------------------------------------------------------


def _padding(name: str) -> Callable[[Call], Value]:
    def translate(c: Call) -> Value:
        size = integer(c.t, c[1])
        if _is_binary(c, 0):
            if len(c) < 3:
                raise compilation("000938", f"not enough arguments for function [{name}], expected 3, got 2", "22023")
            return Value(f"sf_pad_binary({c[0].sql}, {size}, {as_binary(c.t, c[2])}, {name == 'LPAD'})", BINARY)
        filler = _text(c, 2, "' '")
        if not size.isdigit() or (len(c) > 2 and not c[2].literal):
            return Value(f"sf_pad({_text(c, 0)}, {size}, {filler}, {name == 'LPAD'})", VARCHAR)
        return Value(f"{name.lower()}({_text(c, 0)}, CAST({size} AS INTEGER), {filler})", VARCHAR)

    return translate


function("LPAD", args=(2, 3))(_padding("LPAD"))
function("RPAD", args=(2, 3))(_padding("RPAD"))


@python("VARCHAR BIGINT VARCHAR BOOLEAN", "VARCHAR")
def _pad(value: str, size: int, filler: str, left: bool) -> str:
    return _fill(value, size, filler, left)


@python("BLOB BIGINT BLOB BOOLEAN", "BLOB")
def _pad_binary(value: bytes, size: int, filler: bytes, left: bool) -> bytes:
    return _fill(value, size, filler, left)


def _fill(value: AnyStr, size: int, filler: AnyStr, left: bool) -> AnyStr:
    size = max(size, 0)
    missing = size - len(value)
    if missing <= 0 or not filler:
        return value[:size]
    padding = (filler * (missing // len(filler) + 1))[:missing]
    return padding + value if left else value + padding


def _trimming(name: str) -> Callable[[Call], Value]:
    def translate(c: Call) -> Value:
        return Value(f"{name}({_text(c, 0)}, {_text(c, 1, quote(' '))})", VARCHAR)

    return translate


for _name in ("TRIM", "LTRIM", "RTRIM"):
    function(_name, args=(1, 2))(_trimming(_name.lower()))


# -- searching and replacing -----------------------------------------------------------------------


def _finding(name: str, template: str, binary: str) -> None:
    """A question about two texts, or two binaries."""

    @function(name, args=(2, 2))
    def translate(c: Call) -> Value:  # pyright: ignore[reportUnusedFunction]
        if _is_binary(c):
            return Value(binary.format(as_binary(c.t, c[0]), as_binary(c.t, c[1])), BOOLEAN)
        return Value(template.format(_text(c, 0), _text(c, 1)), BOOLEAN)


_finding("CONTAINS", "contains({0}, {1})", "(sf_find_binary({1}, {0}, 1) > 0)")
_finding("STARTSWITH", "starts_with({0}, {1})", "starts_with(hex({0}), hex({1}))")
_finding("ENDSWITH", "ends_with({0}, {1})", "ends_with(hex({0}), hex({1}))")


@function("CHARINDEX", "POSITION", args=(2, 3))
def _charindex(c: Call) -> Value:
    start = integer(c.t, c[2]) if len(c) > 2 else "1"
    if _is_binary(c, 0, 1):
        return count(f"sf_find_binary({as_binary(c.t, c[0])}, {as_binary(c.t, c[1])}, {start})")
    if start == "1":
        return count(f"strpos({_text(c, 1)}, {_text(c, 0)})")
    return count(f"sf_find_text({_text(c, 0)}, {_text(c, 1)}, {start})")


@python("VARCHAR VARCHAR BIGINT", "BIGINT")
def _find_text(part: str, value: str, start: int) -> int:
    return value.find(part, max(start - 1, 0)) + 1


@python("BLOB BLOB BIGINT", "BIGINT")
def _find_binary(part: bytes, value: bytes, start: int) -> int:
    return value.find(part, max(start - 1, 0)) + 1


@function("REPLACE", args=(2, 3))
def _replace(c: Call) -> Value:
    return Value(f"replace({_text(c, 0)}, {_text(c, 1)}, {_text(c, 2, quote(''))})", VARCHAR)


@function("TRANSLATE", args=(3, 3))
def _translate(c: Call) -> Value:
    source, target = c[1].literal, c[2].literal
    if isinstance(source, str) and isinstance(target, str) and len(target) <= len(source):
        return Value(f"translate({_text(c, 0)}, {_text(c, 1)}, {_text(c, 2)})", VARCHAR)
    return Value(f"sf_translate_by({_text(c, 0)}, {_text(c, 1)}, {_text(c, 2)})", VARCHAR)


@python("VARCHAR VARCHAR VARCHAR", "VARCHAR")
def _translate_by(value: str, source: str, target: str) -> str:
    if len(target) > len(source):
        raise EngineError("100178", "22023", "String '" + target + "' is too long and would be truncated in TRANSLATE")
    table: dict[int, str | None] = {}
    for i, letter in enumerate(source):
        table.setdefault(ord(letter), target[i] if i < len(target) else None)
    return value.translate(table)


# -- taking apart ----------------------------------------------------------------------------------


def text_array(pieces: str) -> Value:
    """An ARRAY of a list of VARCHARs of DuckDB's."""
    return Value(f"CAST(to_json({pieces}) AS VARCHAR)", ARRAY)


@function("SPLIT", args=(2, 2))
def _split(c: Call) -> Value:
    text, separator = _text(c, 0), _text(c, 1)
    if isinstance(c[1].literal, str):
        return text_array(f"string_split({text}, {separator})" if c[1].literal else f"[{text}]")
    pieces = f"CASE WHEN {separator} = '' THEN [{text}] ELSE string_split({text}, {separator}) END"
    return text_array(f"CASE WHEN {separator} IS NOT NULL THEN {pieces} END")


@function("SPLIT_PART", args=(3, 3))
def _split_part(c: Call) -> Value:
    part = integer(c.t, c[2])
    if c[1].literal and part.lstrip("-").isdigit():
        return Value(f"split_part({_text(c, 0)}, {_text(c, 1)}, {part if int(part) else 1})", VARCHAR)
    return Value(f"sf_split_part_of({_text(c, 0)}, {_text(c, 1)}, {part})", VARCHAR)


@python("VARCHAR VARCHAR BIGINT", "VARCHAR")
def _split_part_of(value: str, separator: str, part: int) -> str:
    pieces = value.split(separator) if separator else [value]
    index = part - 1 if part > 0 else len(pieces) + part if part < 0 else 0
    return pieces[index] if 0 <= index < len(pieces) else ""


def tokens(c: Call) -> str:
    """SQL of the list of tokens that STRTOK and its kin work on."""
    return f"sf_strtok_list({_text(c, 0)}, {_text(c, 1, quote(' '))})"


@python("VARCHAR VARCHAR", "VARCHAR[]")
def _strtok_list(value: str, delimiters: str) -> list[str]:
    if not delimiters:
        return [value] if value else []
    return [token for token in re.split("[" + re.escape(delimiters) + "]", value) if token]


@function("STRTOK", args=(1, 3))
def _strtok(c: Call) -> Value:
    at = integer(c.t, c[2]) if len(c) > 2 else "1"
    return Value(f"{tokens(c)}[sf_token_number({at})]", VARCHAR)


@python("BIGINT", "BIGINT")
def _token_number(part: int) -> int:
    if part < 1:
        raise EngineError(
            "100232", "22023", f"Invalid parameter value: {part} for STRTOK. Reason: the number of a token begins at 1."
        )
    return part


@function("STRTOK_TO_ARRAY", args=(1, 2))
def _strtok_to_array(c: Call) -> Value:
    return text_array(tokens(c))


# -- likeness --------------------------------------------------------------------------------------


@function("EDITDISTANCE", args=(2, 3))
def _editdistance(c: Call) -> Value:
    most = integer(c.t, c[2]) if len(c) > 2 else str(2**62)
    return count(f"sf_edit_distance({_text(c, 0)}, {_text(c, 1)}, {most})")


@python("VARCHAR VARCHAR BIGINT", "BIGINT")
def _edit_distance(a: str, b: str, most: int) -> int:
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (x != y))
    return max(min(row[-1], most), 0)


@function("JAROWINKLER_SIMILARITY", args=(2, 2))
def _jarowinkler(c: Call) -> Value:
    return count(f"sf_jaro_winkler({_text(c, 0)}, {_text(c, 1)})")


@python("VARCHAR VARCHAR", "BIGINT")
def _jaro_winkler(a: str, b: str) -> int:
    a, b = a.lower(), b.lower()
    if not a or not b:
        return 0
    reach = max(max(len(a), len(b)) // 2 - 1, 0)
    used = [False] * len(b)
    matched: list[str] = []
    for i, letter in enumerate(a):
        for j in range(max(0, i - reach), min(len(b), i + reach + 1)):
            if not used[j] and b[j] == letter:
                used[j] = True
                matched.append(letter)
                break
    if not matched:
        return 0
    others = [letter for letter, taken in zip(b, used, strict=True) if taken]
    swaps = sum(x != y for x, y in zip(matched, others, strict=True)) // 2
    m = len(matched)
    jaro = (m / len(a) + m / len(b) + (m - swaps) / m) / 3
    prefix = 0
    for x, y in zip(a[:10], b[:10], strict=False):
        if x != y:
            break
        prefix += 1
    return int((jaro + prefix * 0.1 * (1 - jaro)) * 100 + 1e-9)


_SOUNDS = {
    letter: digit
    for digit, letters in zip("123456", ("BFPV", "CGJKQSXZ", "DT", "L", "MN", "R"), strict=True)
    for letter in letters
}


def soundex(value: str, *, through_hw: bool) -> str:
    """The four characters that a word sounds like.

    through_hw: H and W between two letters of one sound don't part them.
    """
    letters = [ch for ch in unicodedata.normalize("NFKD", value).upper() if "A" <= ch <= "Z"]
    if not letters:
        return ""
    out = letters[0]
    last = _SOUNDS.get(letters[0], "")
    for letter in letters[1:]:
        digit = _SOUNDS.get(letter, "")
        if digit and digit != last:
            out += digit
        if not (through_hw and letter in "HW"):
            last = digit
    return out[:4].ljust(4, "0")


@python("VARCHAR", "VARCHAR")
def _soundex_of(value: str) -> str:
    return soundex(value, through_hw=True)


@python("VARCHAR", "VARCHAR")
def _soundex_first(value: str) -> str:
    """The variant that keeps the first letter's sound if the second has the same."""
    letters = [ch for ch in unicodedata.normalize("NFKD", value).upper() if "A" <= ch <= "Z"]
    if not letters:
        return ""
    rest = soundex("A" + "".join(letters[1:]), through_hw=True)[1:]
    return letters[0] + rest


_plain("SOUNDEX", "sf_soundex_of({0})")
_plain("SOUNDEX_P123", "sf_soundex_first({0})")


# -- TO_CHAR ---------------------------------------------------------------------------------------


@function("TO_CHAR", "TO_VARCHAR", args=(1, 2))
def _to_char(c: Call) -> Value:
    value, kind = c[0], c[0].type
    if len(c) == 1 or value.is_null or kind.is_text:
        return casts.cast(c.t, value, VARCHAR)
    pattern = c[1]
    if kind.name == "BINARY":
        return binary_text(c.t, value, c.constant(1, "HEX") or "HEX")
    if kind.is_number:
        shown = casts.to_text(c.t, value).sql
        return Value(f"sf_number_text({shown}, {as_text(c.t, pattern)})", VARCHAR)
    if kind.name == "DATE" or kind.name == "TIME" or kind.is_timestamp:
        if isinstance(pattern.literal, str):
            return casts.show_moment(c.t, value, moment_pattern(c.t, value, pattern.literal))
        wall = casts.packed(casts.local(c.t, value), casts.nanoseconds(value))
        return Value(
            f"sf_show_moment({wall}, {quote(kind.name)}, {casts.offset(c.t, value)}, {as_text(c.t, pattern)})", VARCHAR
        )
    raise unsupported(f"{c.name} of {kind} with a format")


def moment_pattern(t: Translator, value: Value, pattern: str) -> str:
    """A format for showing; AUTO is the session's own."""
    return casts.moment_format(t, value.type, "OUTPUT") if pattern.strip().upper() == "AUTO" else pattern


def binary_text(t: Translator, value: Value, form: str) -> Value:
    """A BINARY's text by one of Snowflake's three formats."""
    word = form.upper().replace("-", "")
    if word == "HEX":
        return Value(f"hex({value.sql})", VARCHAR)
    if word == "BASE64":
        return Value(f"to_base64({value.sql})", VARCHAR)
    if word == "UTF8":
        return Value(f"decode({value.sql})", VARCHAR)
    raise compilation("001023", f"invalid value [{form}] for the format of a BINARY", "22023")
