"""See `snowflake.core._configuration`."""

from __future__ import annotations

from .._configuration import RootConfiguration

__all__ = ["RootConfiguration"]
