"""Values made from nothing, or from seeds: sequences of a generator, random texts, hashes, UUIDs."""

from __future__ import annotations

import random
import uuid

from ..errors import EngineError, compilation
from ..types import INTEGER, VARCHAR, number, varchar
from .casts import as_number, as_text, constant_integer, double, integer, to_variant
from .core import Call, Translator, Value, function
from .runtime import python

# -- sequences -------------------------------------------------------------------------------------


def _sequence(name: str, size: int) -> None:
    @function(name, args=(0, 1))
    def translate(c: Call) -> Value:  # pyright: ignore[reportUnusedFunction]
        row = "SEQ()"
        scope = c.t.scope
        number_ = scope.pseudo[row].sql if row in scope.pseudo else "(row_number() OVER () - 1)"
        limit = 2 ** (8 * size)
        least = limit // 2 if constant_integer(c, 0, 0) else 0  # after the largest number comes the smallest, or 0
        return Value(f"CAST((CAST({number_} AS HUGEINT) + {least}) % {limit} - {least} AS DECIMAL(38,0))", INTEGER)


for _size in (1, 2, 4, 8):
    _sequence(f"SEQ{_size}", _size)


# -- random ----------------------------------------------------------------------------------------


@function("RANDSTR", args=(2, 2))
def _randstr(c: Call) -> Value:
    return Value(f"sf_random_text({integer(c.t, c[0])}, CAST({as_number(c.t, c[1]).sql} AS VARCHAR))", VARCHAR)


_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


@python("BIGINT VARCHAR", "VARCHAR")
def _random_text(size: int, seed: str) -> str:
    draw = random.Random(seed)
    return "".join(draw.choice(_LETTERS) for _ in range(size))


@function("ZIPF", args=(3, 3))
def _zipf(c: Call) -> Value:
    seed = f"CAST({as_number(c.t, c[2]).sql} AS VARCHAR)"
    return Value(f"CAST(sf_zipf_draw({double(c.t, c[0])}, {integer(c.t, c[1])}, {seed}) AS DECIMAL(38,0))", INTEGER)


@python("DOUBLE BIGINT VARCHAR", "BIGINT")
def _zipf_draw(exponent: float, size: int, seed: str) -> int:
    if not 1 <= size <= 16777215:
        raise EngineError("100211", "22023", f"Invalid number of elements for ZIPF: {size}")
    return random.Random(seed).choices(range(1, size + 1), [1 / rank**exponent for rank in range(1, size + 1)])[0]


# -- hashes and UUIDs ------------------------------------------------------------------------------


def hashed(t: Translator, values: list[Value]) -> str:
    """SQL of a hash (UBIGINT) of values; equal numbers have the same whatever their types."""
    parts: list[str] = []
    for value in values:
        if value.type.name == "FLOAT":
            parts.append(f"regexp_replace(CAST({value.sql} AS VARCHAR), '\\.0$', '')")
        elif value.type.name == "TIMESTAMP_TZ":
            parts.append(f"CAST(({value.sql} >> 12) AS VARCHAR)")
        elif value.type.is_text or value.is_null:
            parts.append(as_text(t, value))
        else:
            parts.append(to_variant(t, value).sql)
    return f"hash({', '.join(parts)})"


@function("HASH", args=(1, None))
def _hash(c: Call) -> Value:
    from .aggregates import expanded

    return Value(f"CAST(CAST({hashed(c.t, expanded(c))} AS HUGEINT) - {2**63} AS DECIMAL(19,0))", number(19, 0))


@function("UUID_STRING", args=(0, 2))
def _uuid_string(c: Call) -> Value:
    if not len(c):
        return Value(c.t.draw("CAST(uuid() AS VARCHAR)"), varchar(36))
    if len(c) != 2:
        raise compilation("000938", "not enough arguments for function [UUID_STRING], expected 2, got 1", "22023")
    return Value(f"sf_named_uuid({as_text(c.t, c[0])}, {as_text(c.t, c[1])})", varchar(36))


@python("VARCHAR VARCHAR", "VARCHAR")
def _named_uuid(space: str, name: str) -> str:
    try:
        return str(uuid.uuid5(uuid.UUID(space), name))
    except ValueError:
        raise EngineError("100212", "22023", f"Invalid UUID: '{space}'") from None
