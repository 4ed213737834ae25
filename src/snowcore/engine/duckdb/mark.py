"""The version of the last commit, in a file of its own beside DuckDB's.

DuckDB's log may lose its end, such as by a copy that was cut off. DuckDB opens without a word as of before, so the
account must notice itself. The file costs a commit less than a microsecond: it is memory of the kernel's, which a
process that is killed leaves whole.
"""

from __future__ import annotations

import mmap
import os
import struct
from pathlib import Path

MARK = "rows/committed"
_NUMBER = struct.Struct("<q")


class Mark:
    def __init__(self, file: Path | None) -> None:
        """file: None for an account in memory, whose end nobody outlives."""
        self._memory: mmap.mmap | None = None
        if file is not None:
            number = os.open(file, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
            try:
                os.ftruncate(number, _NUMBER.size)
                self._memory = mmap.mmap(number, _NUMBER.size)
            finally:
                os.close(number)

    def read(self) -> int:
        """The version that was set last; 0 before the first."""
        number: int = 0 if self._memory is None else _NUMBER.unpack_from(self._memory)[0]
        return number if 0 < number < 1 << 60 else 0  # else the file is damaged itself

    def set(self, version: int) -> None:
        if self._memory is not None:
            _NUMBER.pack_into(self._memory, 0, version)

    def close(self) -> None:
        if self._memory is not None:
            self._memory.close()
            self._memory = None
