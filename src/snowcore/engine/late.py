"""Modules that are imported when something of them is first used, so that a start doesn't wait for what few need."""

from __future__ import annotations

from importlib import import_module
from importlib.util import resolve_name
from typing import Any


class Late:
    """What stands for a module among the globals of another one, until something is asked of it."""

    def __init__(self, here: dict[str, Any], name: str, module: str) -> None:
        self._here, self._name, self._module = here, name, module

    def __getattr__(self, name: str) -> Any:
        module = self._here[self._name] = import_module(self._module)
        return getattr(module, name)


def late(here: dict[str, Any], modules: str = "", **named: str) -> None:
    """Have modules among the globals of another one, each by its last name, or by the one given. They are written as
    after `from`, with blanks between. Where types are checked, the same ones are imported."""
    for name, module in {**{module.rpartition(".")[2]: module for module in modules.split()}, **named}.items():
        here[name] = Late(here, name, resolve_name(module, here["__package__"]))
