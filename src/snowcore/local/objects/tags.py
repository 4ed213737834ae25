"""Tags, as objects. Setting one on another object is what every kind can do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...engine.errors import invalid
from ..account.catalog import Entry
from .base import ObjectType


class Tags(ObjectType):
    resource = what = "tag"
    restorable = cloned = True

    def check(self, path: tuple[str, ...], properties: Mapping[str, Any], old: Entry | None) -> None:
        values = properties.get("allowed_values", [])
        if len(values) > 5000 or any(len(value) > 256 for value in values):
            raise invalid("'allowed_values' are at most 5,000 texts of at most 256 characters.")
