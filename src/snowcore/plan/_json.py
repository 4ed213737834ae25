"""Values of JSON, and the pointers to their parts."""

from __future__ import annotations

from typing import Any, TypeGuard


def is_mapping(value: Any) -> TypeGuard[dict[str, Any]]:
    return isinstance(value, dict)


def is_list(value: Any) -> TypeGuard[list[Any]]:
    return isinstance(value, list)


def point(at: str, name: str) -> str:
    """The JSON pointer to a part of what is at another."""
    return f"{at}/{name.replace('~', '~0').replace('/', '~1')}"
