"""Declare what an account has, see what would change, and change exactly that.

    made = plan(root, "account/")
    print(show(made))
    apply(made)

See docs/plan.md. It works on any `Root`, and knows of each kind of objects what its document says.
"""

from .applying import ApplyError, Report, apply
from .comparing import Change
from .exporting import export
from .files import DeclarationError, Declarations, Fault, read
from .planning import Plan, diff, plan
from .showing import show
from .steps import Action, Risk, Step

__all__ = [
    "Action",
    "ApplyError",
    "Change",
    "DeclarationError",
    "Declarations",
    "Fault",
    "Plan",
    "Report",
    "Risk",
    "Step",
    "apply",
    "diff",
    "export",
    "plan",
    "read",
    "show",
]
