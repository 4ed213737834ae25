"""Results that the account itself gives."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from ...engine.errors import unsupported
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


def moment(text: str | None, zone: str = "UTC") -> datetime | None:
    """A moment in ISO's form, or in that of the session: `2026-01-02 03:04:05.000 -0800`.

    zone: where it is, if it doesn't say so.
    """
    if not text:
        return None
    try:
        found = datetime.fromisoformat(re.sub(r" ([+-]\d)", r"\1", text))
    except ValueError:
        raise unsupported(f"the moment '{text}' here") from None
    return found if found.tzinfo else found.replace(tzinfo=ZoneInfo(zone))
