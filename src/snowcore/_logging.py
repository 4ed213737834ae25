"""Logging to a file, for who wants to see what is sent."""

from __future__ import annotations

import errno
import logging
import os
import stat
import tempfile
from pathlib import Path
from typing import Any


class _OwnersFile(logging.FileHandler):
    """A log for its owner's eyes only: others may have laid a link or a file of theirs where it should be."""

    def _open(self) -> Any:
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        flags |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)  # a pipe would wait for its reader
        try:
            number = os.open(self.baseFilename, flags, 0o600)
        except OSError as error:
            if error.errno == errno.ELOOP:
                raise PermissionError(f"Refusing to log to symlink {self.baseFilename}") from None
            if error.errno == errno.ENXIO:
                raise _make_error(self.baseFilename) from None
            raise
        file = os.fdopen(number, "a", encoding=self.encoding)
        try:
            _check(os.fstat(number), self.baseFilename)
        except PermissionError:
            file.close()
            raise
        if hasattr(os, "fchmod"):
            os.fchmod(number, 0o600)
        return file


def _check(found: os.stat_result, path: str) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise _make_error(path)
    if hasattr(os, "getuid") and found.st_uid != os.getuid():
        raise PermissionError(f"the log {path} is not owned by the current user")


def _make_error(path: str) -> PermissionError:
    return PermissionError(f"the log {path} must be a regular file")


def simple_file_logging(
    path: str | Path | None = None,
    *,
    level: int = logging.DEBUG,
    format: str = "%(asctime)s - %(name)s - %(levelname)s - %(message)s",
) -> None:
    """Write what `snowflake.core` logs to a file that only its owner may read.

    path: `snowflake_core.log` in the system's folder for temporary files when left out. level: what the file gets; the
    logger passes more where it did already. PermissionError for a link, a file of someone else, or no regular file.
    """
    handler = _OwnersFile(path or Path(tempfile.gettempdir()) / "snowflake_core.log", encoding="utf-8")
    handler.setLevel(level)
    handler.setFormatter(logging.Formatter(format))
    logger = logging.getLogger("snowflake.core")
    if not logger.isEnabledFor(level):
        logger.setLevel(level)
    logger.addHandler(handler)
