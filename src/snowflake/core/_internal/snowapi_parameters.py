"""See `snowflake.core._configuration`."""

from __future__ import annotations

from .._configuration import SnowApiParameter, SnowApiParameters

__all__ = ["SnowApiParameter", "SnowApiParameters"]
