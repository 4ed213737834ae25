"""Logging to a file, for who wants to see what is sent."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import Any


class _OwnersFile(logging.FileHandler):
    """A log for its owner's eyes only: others may have laid a link or a file of theirs where it should be."""

    def _open(self) -> Any:
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)
        number = os.open(self.baseFilename, flags, 0o600)
        if hasattr(os, "getuid") and os.fstat(number).st_uid != os.getuid():
            os.close(number)
            raise PermissionError(f"{self.baseFilename} belongs to someone else")
        if hasattr(os, "fchmod"):
            os.fchmod(number, 0o600)
        return os.fdopen(number, "a", encoding=self.encoding)


def simple_file_logging(
    path: str | Path | None = None,
    *,
    level: int = logging.DEBUG,
    format: str = "%(asctime)s - %(name)s - %(levelname)s - %(message)s",
) -> None:
    """Write what `snowflake.core` logs to a file that only its owner may read.

    path: `snowflake_core.log` in the working directory when left out. OSError for a link, or a file of someone else.
    """
    handler = _OwnersFile(path or "snowflake_core.log", encoding="utf-8")
    handler.setFormatter(logging.Formatter(format))
    logger = logging.getLogger("snowflake.core")
    logger.setLevel(level)
    logger.addHandler(handler)
