"""Declare what an account has, see what would change, and change exactly that.

    made = plan(root, "account/")
    print(show(made))
    apply(made)

See docs/plan.md. It works on any `Root`, and knows of each kind of objects what its document says. Everything here is
imported when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ._applying import ApplyError, Report, apply
    from ._comparing import Change
    from ._exporting import export
    from ._files import DeclarationError, Declarations, Declared, read
    from ._kinds import Address
    from ._planning import Plan, diff, plan
    from ._showing import show
    from ._steps import Action, Risk, Step
    from ._yaml import Fault, Spot

__all__ = ["Action", "Address", "ApplyError", "Change", "DeclarationError", "Declarations", "Declared", "Fault", "Plan"]
__all__ += ["Report", "Risk", "Spot", "Step", "apply", "diff", "export", "plan", "read", "show"]

_ROOMS = ("_planning", "_applying", "_exporting", "_showing", "_yaml")
"""Where all of these names are: their own, and those that they use."""


def __getattr__(name: str) -> Any:
    for room in _ROOMS if name in __all__ else ():
        if hasattr(module := import_module(f".{room}", __name__), name):
            return globals().setdefault(name, getattr(module, name))
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
