"""States of approximations that are kept and combined: HLL_ACCUMULATE, MINHASH and their kin.

The account has time to be exact: a state holds the hashes, values or counts themselves, and what is estimated of it is
no estimate. MINHASH alone is one, as its size is asked for.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import attrs

from ..errors import compilation
from ..types import ARRAY, BINARY, FLOAT, OBJECT, number
from . import variants
from .aggregates import expanded
from .casts import as_binary, constant_integer, double, integer, to_variant
from .core import Call, Value, function
from .generation import hashed
from .runtime import python

# -- distinct values -------------------------------------------------------------------------------


@function("HLL_ACCUMULATE", args=(1, None), aggregate=True)
def _hll_accumulate(c: Call) -> Value:
    return Value(f"sf_hashes_state(list(DISTINCT {hashed(c.t, expanded(c))}){c.window()})", BINARY)


@python("UBIGINT[]", "BLOB")
def _hashes_state(hashes: list[int | None]) -> bytes:
    return _packed(h for h in hashes if h is not None)


def _packed(hashes: Iterable[int]) -> bytes:
    return b"".join(h.to_bytes(8, "big") for h in sorted(set(hashes)))


@function("HLL_COMBINE", args=(1, 1), aggregate=True)
def _hll_combine(c: Call) -> Value:
    return Value(f"sf_hashes_union(list({as_binary(c.t, c[0])}){c.window()})", BINARY)


@python("BLOB[]", "BLOB")
def _hashes_union(states: list[bytes | None]) -> bytes:
    return _packed(int.from_bytes(s[i : i + 8], "big") for s in states if s for i in range(0, len(s), 8))


@function("HLL_ESTIMATE", args=(1, 1))
def _hll_estimate(c: Call) -> Value:
    return Value(f"CAST(octet_length({as_binary(c.t, c[0])}) // 8 AS DECIMAL(18,0))", number(18, 0))


# -- percentiles -----------------------------------------------------------------------------------


def _state(kind: str, state: list[Any]) -> str:
    return variants.dump({"state": state, "type": kind, "version": 1})


def _states(states: list[str | None]) -> list[list[Any]]:
    return [variants.load(s)["state"] for s in states if s is not None]


@function("APPROX_PERCENTILE_ACCUMULATE", args=(1, 1), aggregate=True)
def _percentile_accumulate(c: Call) -> Value:
    return Value(f"sf_values_state(list({double(c.t, c[0])}){c.window()})", OBJECT)


@python("DOUBLE[]", "VARCHAR")
def _values_state(values: list[float | None]) -> str:
    # A value and its weight, again and again, as Snowflake has it.
    return _state("tdigest", [part for v in sorted(v for v in values if v is not None) for part in (v, 1.0)])


@function("APPROX_PERCENTILE_COMBINE", args=(1, 1), aggregate=True)
def _percentile_combine(c: Call) -> Value:
    return Value(f"sf_values_union(list({to_variant(c.t, c[0]).sql}){c.window()})", OBJECT)


@python("VARCHAR[]", "VARCHAR")
def _values_union(states: list[str | None]) -> str:
    return _values_state([v for state in _states(states) for v in state[::2]])


@function("APPROX_PERCENTILE_ESTIMATE", args=(2, 2))
def _percentile_estimate(c: Call) -> Value:
    share = c[1].literal
    if not isinstance(share, Decimal) or not 0 <= share <= 1:
        raise compilation("001023", f"The second argument of {c.name} must be a constant between 0 and 1.", "22023")
    return Value(f"list_aggregate(sf_state_values({to_variant(c.t, c[0]).sql}), 'quantile_cont', {share})", FLOAT)


@python("VARCHAR", "DOUBLE[]")
def _state_values(state: str) -> list[float]:
    return [float(v) for v in variants.load(state)["state"][::2]]


# -- the most frequent values ----------------------------------------------------------------------


@function("APPROX_TOP_K_ACCUMULATE", args=(1, 2), aggregate=True)
def _top_k_accumulate(c: Call) -> Value:
    return Value(f"sf_counts_state(list({to_variant(c.t, c[0]).sql}){c.window()})", OBJECT)


def _counts(counts: Counter[str]) -> list[list[Any]]:
    best = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [[variants.load(value), times] for value, times in best]


@python("VARCHAR[]", "VARCHAR")
def _counts_state(values: list[str | None]) -> str:
    return _state("topk", _counts(Counter("null" if v is None else v for v in values)))


@function("APPROX_TOP_K_COMBINE", args=(1, 2), aggregate=True)
def _top_k_combine(c: Call) -> Value:
    return Value(f"sf_counts_union(list({to_variant(c.t, c[0]).sql}){c.window()})", OBJECT)


@python("VARCHAR[]", "VARCHAR")
def _counts_union(states: list[str | None]) -> str:
    counts: Counter[str] = Counter()
    for state in _states(states):
        for value, times in state:
            counts[variants.dump(value)] += times
    return _state("topk", _counts(counts))


@function("APPROX_TOP_K_ESTIMATE", args=(1, 2))
def _top_k_estimate(c: Call) -> Value:
    size = integer(c.t, c[1]) if len(c) > 1 else "1"
    return Value(f"sf_state_counts({to_variant(c.t, c[0]).sql}, {size})", ARRAY)


@python("VARCHAR BIGINT", "VARCHAR")
def _state_counts(state: str, size: int) -> str:
    return variants.dump(variants.load(state)["state"][:size])


# -- similarity of sets ----------------------------------------------------------------------------


@function("MINHASH", args=(2, None), aggregate=True)
def _minhash(c: Call) -> Value:
    size = constant_integer(c, 0, 0)
    if not 1 <= size <= 1024:
        raise compilation(
            "001023", f"The number of hash functions of MINHASH must be between 1 and 1024, not {size}.", "22023"
        )
    rest = attrs.evolve(c, nodes=c.nodes[1:], values={})
    return Value(f"sf_minhash_state(list(DISTINCT {hashed(c.t, expanded(rest))}){c.window()}, {size})", OBJECT)


@python("UBIGINT[] BIGINT", "VARCHAR")
def _minhash_state(hashes: list[int | None], size: int) -> str:
    known = [h.to_bytes(8, "big") for h in hashes if h is not None]
    return _state("minhash", [min((_nth_hash(h, i) for h in known), default=0) for i in range(size)])


def _nth_hash(value: bytes, index: int) -> int:
    return int.from_bytes(hashlib.blake2b(value, digest_size=7, salt=index.to_bytes(2, "big")).digest(), "big")


@function("MINHASH_COMBINE", args=(1, 1), aggregate=True)
def _minhash_combine(c: Call) -> Value:
    return Value(f"sf_minhash_union(list({to_variant(c.t, c[0]).sql}){c.window()})", OBJECT)


@python("VARCHAR[]", "VARCHAR")
def _minhash_union(states: list[str | None]) -> str:
    return _state("minhash", [min(column) for column in zip(*_states(states), strict=False)])


@function("APPROXIMATE_SIMILARITY", "APPROXIMATE_JACCARD_INDEX", args=(1, 1), aggregate=True)
def _similarity(c: Call) -> Value:
    return Value(f"sf_similarity_of(list({to_variant(c.t, c[0]).sql}){c.window()})", FLOAT)


@python("VARCHAR[]", "DOUBLE")
def _similarity_of(states: list[str | None]) -> float | None:
    columns = list(zip(*_states(states), strict=False))
    return sum(len(set(column)) == 1 for column in columns) / len(columns) if columns else None
