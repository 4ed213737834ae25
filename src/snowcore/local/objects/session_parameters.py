"""Parameters that tasks and users give their sessions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ...engine.errors import compilation
from ...engine.parameters import PARAMETERS, UNLISTED, is_valid

if TYPE_CHECKING:
    from ..account.account import Account

OF_TASKS = "session_parameters"
OF_USERS = "SESSION_PARAMETERS"
"""The properties in which they are; REST knows only that of tasks."""


def check_names(kind: str, given: Mapping[str, Any]) -> None:
    for parameter in given:
        if parameter.upper() not in PARAMETERS and parameter.upper() not in UNLISTED:
            raise compilation("001420", f"invalid property '{parameter}' for '{kind}'", "22023")


def check_values(given: Mapping[str, Any]) -> None:
    for parameter, value in given.items():
        if parameter.upper() not in UNLISTED and value is not None and not is_valid(parameter.upper(), str(value)):
            raise compilation("001008", f"invalid value [{value}] for parameter '{parameter.upper()}'", "22023")


def of_user(account: Account, name: str) -> Mapping[str, Any]:
    """What the sessions of a user begin with."""
    entry = account.catalog.find("user", 0, name)
    return entry.properties.get(OF_USERS, {}) if entry is not None else {}
