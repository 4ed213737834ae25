"""Declare what an account has, see what would change, and change exactly that.

    made = plan(root, "account/")
    print(show(made))
    apply(made)

See docs/plan.md. It works on any `Root`, and knows of each kind of objects what its document says.
"""

from ._applying import ApplyError, Report, apply
from ._comparing import Change
from ._exporting import export
from ._files import DeclarationError, Declarations, Declared, read
from ._kinds import Address
from ._planning import Plan, diff, plan
from ._showing import show
from ._steps import Action, Risk, Step
from ._yaml import Fault, Spot

__all__ = [
    "Action",
    "Address",
    "ApplyError",
    "Change",
    "DeclarationError",
    "Declarations",
    "Declared",
    "Fault",
    "Plan",
    "Report",
    "Risk",
    "Spot",
    "Step",
    "apply",
    "diff",
    "export",
    "plan",
    "read",
    "show",
]
