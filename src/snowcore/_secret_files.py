"""Files that may hold secrets: read in whatever encoding an editor or a shell left them."""

from __future__ import annotations

import codecs
import os
import stat
import sys
import warnings
from pathlib import Path

_QUIET = (  # what the connector looks at, the strongest first
    "SF_SKIP_TOKEN_FILE_PERMISSIONS_VERIFICATION",
    "SKIP_TOKEN_FILE_PERMISSIONS_VERIFICATION",
    "SF_SKIP_WARNING_FOR_READ_PERMISSIONS_ON_CONFIG_FILE",
)
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_text(path: Path) -> str:
    """The text of a file in UTF-8 or, as PowerShell's `>` writes it, UTF-16.

    Raises FileNotFoundError, and ValueError that names the file if it can't be read. No error shows what is in it.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise
    except OSError as error:
        raise ValueError(f"{path} can't be read: {error.strerror}") from None
    encoding = "utf-16" if content.startswith(_UTF16) else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        said = f"{path}: line {line} is not {encoding.upper().removesuffix('-SIG')}; save the file as UTF-8"
    raise ValueError(said)  # outside of the handler: the decoder's error holds the whole content


def warn_if_open(path: Path) -> None:
    """Warn if other users can read or change the file, unless the connector's variables say that this is known."""
    said = next((os.environ[name] for name in _QUIET if name in os.environ), "")
    if said.lower() == "true" or sys.platform == "win32":
        return
    try:
        mode = path.stat().st_mode
    except OSError:
        return
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        said = f"{path} can be read or changed by other users; chmod 0600 would keep it private"
        warnings.warn(said, UserWarning, stacklevel=4)
