"""Rows in DuckDB, and names in the account's SQLite file. DuckDB is known to nobody above this package."""

from __future__ import annotations

from .engine import DuckEngine

__all__ = ["DuckEngine"]
