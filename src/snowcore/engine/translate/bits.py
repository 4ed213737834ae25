"""Bits of whole numbers and of BINARY, one by one; bitmaps, with which Snowflake counts distinct whole numbers."""

from __future__ import annotations

from collections.abc import Callable

from ..errors import EngineError
from ..types import BINARY, INTEGER, number
from .casts import as_binary, as_number, cast, integer
from .core import Call, Value, function, quote
from .runtime import python

# -- numbers ---------------------------------------------------------------------------------------


def _of_two(name: str, template: str) -> Callable[[Call], Value]:
    def translate(c: Call) -> Value:
        if c[0].type.name == "BINARY" or c[1].type.name == "BINARY":
            side = quote(c.constant(2, "") or "")
            return Value(f"sf_binary_bits({as_binary(c.t, c[0])}, {as_binary(c.t, c[1])}, '{name}', {side})", BINARY)
        return _whole(template.format(integer(c.t, c[0]), integer(c.t, c[1])))

    return translate


def _whole(sql: str) -> Value:
    return Value(f"CAST({sql} AS DECIMAL(38,0))", INTEGER)


for _name, _template in (("AND", "({0} & {1})"), ("OR", "({0} | {1})"), ("XOR", "xor({0}, {1})")):
    function(f"BIT{_name}", f"BIT_{_name}", args=(2, 3))(_of_two(_name, _template))


@function("BITNOT", "BIT_NOT", args=(1, 1))
def _not(c: Call) -> Value:
    if c[0].type.name == "BINARY":
        return Value(f"sf_binary_not({c[0].sql})", BINARY)
    return _whole(f"(-1 - {integer(c.t, c[0])})")


def _shift(name: str, template: str) -> None:
    @function(f"BITSHIFT{name}", f"BIT_SHIFT{name}", args=(2, 2))
    def translate(c: Call) -> Value:  # pyright: ignore[reportUnusedFunction]
        if c[0].type.name == "BINARY":
            return Value(f"sf_binary_shift({c[0].sql}, {integer(c.t, c[1])}, '{name}')", BINARY)
        return _whole(template.format(integer(c.t, c[0]), integer(c.t, c[1])))


_shift("LEFT", "(CAST({0} AS HUGEINT) * (CAST(1 AS HUGEINT) << {1}))")
_shift("RIGHT", "({0} >> {1})")


@function("GETBIT", args=(2, 2))
def _getbit(c: Call) -> Value:
    if c[0].type.name == "BINARY":
        return Value(f"CAST(sf_binary_bit({c[0].sql}, {integer(c.t, c[1])}) AS DECIMAL(1,0))", number(1, 0))
    at = f"sf_bit_at({integer(c.t, c[1])})"
    return Value(f"CAST((({integer(c.t, c[0])} >> least({at}, 63)) & 1) AS DECIMAL(1,0))", number(1, 0))


@python("BIGINT", "BIGINT")
def _bit_at(at: int) -> int:
    if at < 0:
        raise EngineError("100183", "22023", f"The position of a bit in GETBIT can't be negative: {at}")
    return at


def _aggregate(name: str) -> None:
    @function(f"BIT{name}_AGG", f"BIT{name}AGG", f"BIT_{name}_AGG", f"BIT_{name}AGG", args=(1, 1), aggregate=True)
    def translate(c: Call) -> Value:  # pyright: ignore[reportUnusedFunction]
        distinct = "DISTINCT " if c.distinct else ""
        if c[0].type.name == "BINARY":
            return Value(f"sf_binary_all(list({distinct}{c[0].sql}){c.window()}, '{name}')", BINARY)
        rounded = cast(c.t, as_number(c.t, c[0]), INTEGER).sql
        return _whole(f"bit_{name.lower()}({distinct}CAST({rounded} AS HUGEINT)){c.window()}")


for _name in ("AND", "OR", "XOR"):
    _aggregate(_name)

# -- BINARY ----------------------------------------------------------------------------------------


@python("BLOB BLOB VARCHAR VARCHAR", "BLOB")
def _binary_bits(a: bytes, b: bytes, name: str, side: str) -> bytes:
    size = max(len(a), len(b))
    if len(a) != len(b):
        if side.upper() not in ("LEFT", "RIGHT"):
            said = f"do not match: first length {len(a)}, second length {len(b)}"
            raise EngineError("100544", "22026", f"The lengths of two variable-sized fields {said}")
        pad = bytes.rjust if side.upper() == "LEFT" else bytes.ljust
        a, b = pad(a, size, b"\0"), pad(b, size, b"\0")
    x, y = int.from_bytes(a, "big"), int.from_bytes(b, "big")
    made = x & y if name == "AND" else x | y if name == "OR" else x ^ y
    return made.to_bytes(size, "big")


@python("BLOB[] VARCHAR", "BLOB")
def _binary_all(values: list[bytes | None], name: str) -> bytes | None:
    made: bytes | None = None
    for value in values:
        if value is not None:
            made = value if made is None else _binary_bits(made, value, name, "")
    return made


@python("BLOB", "BLOB")
def _binary_not(value: bytes) -> bytes:
    return bytes(255 - byte for byte in value)


@python("BLOB BIGINT VARCHAR", "BLOB")
def _binary_shift(value: bytes, by: int, name: str) -> bytes:
    bits = int.from_bytes(value, "big")
    moved = bits << by if name == "LEFT" else bits >> by
    return (moved & ((1 << 8 * len(value)) - 1)).to_bytes(len(value), "big")


@python("BLOB BIGINT", "BIGINT")
def _binary_bit(value: bytes, at: int) -> int:
    return int.from_bytes(value, "big") >> at & 1


# -- bitmaps ---------------------------------------------------------------------------------------

_SIZE = 32768
"""Bits in a bucket."""


@function("BITMAP_BIT_POSITION", args=(1, 1))
def _bit_position(c: Call) -> Value:
    at = integer(c.t, c[0])
    return _whole(f"CASE WHEN {at} > 0 THEN ({at} - 1) % {_SIZE} ELSE abs({at}) % {_SIZE} END")


@function("BITMAP_BUCKET_NUMBER", args=(1, 1))
def _bucket_number(c: Call) -> Value:
    at = integer(c.t, c[0])
    return _whole(f"CASE WHEN {at} > 0 THEN ({at} - 1) // {_SIZE} + 1 ELSE {at} // {_SIZE} END")


@function("BITMAP_CONSTRUCT_AGG", args=(1, 1), aggregate=True)
def _construct(c: Call) -> Value:
    return Value(f"sf_bitmap_of(list({integer(c.t, c[0])}){c.window()})", BINARY)


@python("BIGINT[]", "BLOB")
def _bitmap_of(positions: list[int | None]) -> bytes:
    bits = 0
    for position in positions:
        if position is not None:
            bits |= 1 << (position % _SIZE)
    return _bitmap(bits)


@function("BITMAP_OR_AGG", args=(1, 1), aggregate=True)
def _or(c: Call) -> Value:
    return Value(f"sf_bitmap_union(list({as_binary(c.t, c[0])}){c.window()})", BINARY)


@python("BLOB[]", "BLOB")
def _bitmap_union(bitmaps: list[bytes | None]) -> bytes:
    bits = 0
    for bitmap in bitmaps:
        bits |= int.from_bytes(bitmap or b"", "little")
    return _bitmap(bits)


def _bitmap(bits: int) -> bytes:
    return bits.to_bytes((bits.bit_length() + 7) // 8, "little")


@function("BITMAP_COUNT", args=(1, 1))
def _bitmap_count(c: Call) -> Value:
    return Value(f"CAST(sf_bitmap_size({as_binary(c.t, c[0])}) AS DECIMAL(18,0))", number(18, 0))


@python("BLOB", "BIGINT")
def _bitmap_size(bitmap: bytes) -> int:
    return int.from_bytes(bitmap, "little").bit_count()
