"""The embedded account: Snowflake without Snowflake, for development, tests and learning."""

from __future__ import annotations

from .account import Context, LocalAccount
from .errors import AccountError

__all__ = ["AccountError", "Context", "LocalAccount"]
