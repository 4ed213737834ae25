"""Bodies of requests that aren't what they should be, as every door refuses them."""

from __future__ import annotations

from typing import Any, cast

from ...engine.errors import AccountError


class Refused(AccountError):
    """A request that is wrong as HTTP, before it could be a statement or an operation."""


def malformed(message: str) -> Refused:
    return Refused(400, "391917", "22023", message)


def a_record(value: Any, what: str) -> dict[str, Any]:
    """A part of a body that has names and values; nothing if it isn't there."""
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise malformed(f"{what} must be an object.")
    return cast("dict[str, Any]", value)
