"""Logging to a file, for who wants to see what is sent."""

from __future__ import annotations

import logging
from pathlib import Path


def simple_file_logging(
    path: str | Path | None = None,
    *,
    level: int = logging.DEBUG,
    format: str = "%(asctime)s - %(name)s - %(levelname)s - %(message)s",
) -> None:
    """Write what `snowflake.core` logs to a file; `snowflake_core.log` in the working directory if none is named."""
    handler = logging.FileHandler(path or "snowflake_core.log", encoding="utf-8")
    handler.setFormatter(logging.Formatter(format))
    logger = logging.getLogger("snowflake.core")
    logger.setLevel(level)
    logger.addHandler(handler)
