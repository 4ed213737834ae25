"""Modules that are imported when something of them is first used, so that a start doesn't wait for what few need."""

from __future__ import annotations

from importlib import import_module
from importlib.util import resolve_name
from typing import Any


class Late:
    """What stands for a module until something is asked of it."""

    def __init__(self, module: str) -> None:
        self.module_name = module

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(self.module_name), name)


def late(here: dict[str, Any], modules: str) -> None:
    """Have modules among the globals of another one, each by its last name. They are written as after `from`, with
    blanks between. Where types are checked, the same ones are imported."""
    for module in modules.split():
        here[module.rpartition(".")[2]] = Late(resolve_name(module, here["__package__"]))
