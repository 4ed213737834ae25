"""Results that the account itself gives."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ...engine.protocol import Column, Result

TEXT = "VARCHAR(16777216)"
WHOLE = "NUMBER(38,0)"
TIME = "TIMESTAMP_LTZ(3)"


def status(answer: Any) -> Result:
    """What a statement that gives no rows says."""
    message = answer if isinstance(answer, str) else answer.get("status", "Statement executed successfully.")
    return table([("status", TEXT)], [(message,)])


def table(columns: Iterable[tuple[str, str]], rows: Sequence[Sequence[Any]]) -> Result:
    return Result([Column(name, type_) for name, type_ in columns], [tuple(row) for row in rows], len(rows))
