"""Modules that are imported when something of them is first used, so that a start doesn't wait for what few need."""

from __future__ import annotations

from importlib import import_module
from typing import Any


class Late:
    """A module that stands for another one until something is asked of that."""

    def __init__(self, name: str) -> None:
        self.module_name = name

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(self.module_name), name)


def late(here: dict[str, Any], names: str) -> None:
    """Have modules of a package in what a module of the package knows, by their names. Where types are checked, the
    same ones are imported."""
    here.update({name: Late(f"{here['__package__']}.{name}") for name in names.split()})
