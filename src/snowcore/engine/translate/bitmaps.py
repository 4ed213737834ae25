"""Bitmaps, with which Snowflake counts distinct whole numbers: 32,768 of them in a bucket."""

from __future__ import annotations

from ..types import BINARY, INTEGER, number
from .casts import as_binary, integer
from .core import Call, Value, function
from .runtime import python

_SIZE = 32768


@function("BITMAP_BIT_POSITION", args=(1, 1))
def _bit_position(c: Call) -> Value:
    at = integer(c.t, c[0])
    return Value(
        f"CAST(CASE WHEN {at} > 0 THEN ({at} - 1) % {_SIZE} ELSE abs({at}) % {_SIZE} END AS DECIMAL(38,0))", INTEGER
    )


@function("BITMAP_BUCKET_NUMBER", args=(1, 1))
def _bucket_number(c: Call) -> Value:
    at = integer(c.t, c[0])
    return Value(
        f"CAST(CASE WHEN {at} > 0 THEN ({at} - 1) // {_SIZE} + 1 ELSE {at} // {_SIZE} END AS DECIMAL(38,0))", INTEGER
    )


@function("BITMAP_CONSTRUCT_AGG", args=(1, 1), aggregate=True)
def _construct(c: Call) -> Value:
    return Value(f"sf_bitmap_of(list({integer(c.t, c[0])}){c.window()})", BINARY)


@python("BIGINT[]", "BLOB")
def _bitmap_of(positions: list[int | None]) -> bytes:
    bits = 0
    for position in positions:
        if position is not None:
            bits |= 1 << (position % _SIZE)
    return bits.to_bytes((bits.bit_length() + 7) // 8, "little")


@function("BITMAP_OR_AGG", args=(1, 1), aggregate=True)
def _or(c: Call) -> Value:
    return Value(f"sf_bitmap_union(list({as_binary(c.t, c[0])}){c.window()})", BINARY)


@python("BLOB[]", "BLOB")
def _bitmap_union(bitmaps: list[bytes | None]) -> bytes:
    bits = 0
    for bitmap in bitmaps:
        bits |= int.from_bytes(bitmap or b"", "little")
    return bits.to_bytes((bits.bit_length() + 7) // 8, "little")


@function("BITMAP_COUNT", args=(1, 1))
def _count(c: Call) -> Value:
    return Value(f"CAST(sf_bitmap_size({as_binary(c.t, c[0])}) AS DECIMAL(18,0))", number(18, 0))


@python("BLOB", "BIGINT")
def _bitmap_size(bitmap: bytes) -> int:
    return int.from_bytes(bitmap, "little").bit_count()
