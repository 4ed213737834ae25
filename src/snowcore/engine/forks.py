"""Forked children. A child has copies of its parent's connections, and would write to the parent's files if it used
them, or only closed them. So a child is refused, and what it has copied is never closed in it, not even when it ends.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import weakref
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from .errors import AccountError


class Owner(Protocol):
    def connections(self) -> Iterable[object]:
        """Everything that would write to files when it is closed, or collected."""
        ...


_owners: weakref.WeakSet[Owner] = weakref.WeakSet()


def leave_open_in_children(owner: Owner) -> None:
    _owners.add(owner)


def _keep_for_ever() -> None:
    for owner in list(_owners):
        for connection in owner.connections():
            ctypes.pythonapi.Py_IncRef(ctypes.py_object(connection))  # DuckDB tells of the leak as the child ends


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_keep_for_ever)


def check(process: int) -> None:
    """AccountError unless this is the process that opened the account."""
    if os.getpid() != process:
        text = (
            f"The account is in use by process {process}, which opened it; this is a forked child of it. "
            "Open an account in the child, or serve one for both: LocalServer, `snowcore serve`."
        )
        raise AccountError(409, "000625", "57014", text)


def remove_at_the_end(owner: object, folder: Path) -> weakref.finalize[..., object]:
    """Remove a folder when its owner is collected or this process ends, but not when a forked child does."""
    return weakref.finalize(owner, _remove, folder, os.getpid())


def _remove(folder: Path, process: int) -> None:
    if os.getpid() == process:
        shutil.rmtree(folder, ignore_errors=True)
