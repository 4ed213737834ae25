"""What table functions ask of Python: FLATTEN's rows."""

from __future__ import annotations

from typing import Any

from . import variants
from .runtime import python


@python(
    "VARCHAR VARCHAR BOOLEAN BOOLEAN VARCHAR",
    "STRUCT(k VARCHAR, p VARCHAR, i BIGINT, v VARCHAR, t VARCHAR)[]",
    nulls=True,
)
def _flatten(value: str | None, path: str | None, outer: bool, recursive: bool, mode: str) -> list[dict[str, Any]]:
    return [dict(zip("kpivt", row, strict=True)) for row in variants.flatten(value, path, outer, recursive, mode)]
