# Generated from specs and from src/snowcore by `make generate`. Do not edit.
"""What is in `snowcore`, under the name that it has in Snowflake's SDK."""

from snowcore.plan import (
    Action,
    ApplyError,
    Change,
    DeclarationError,
    Declarations,
    Fault,
    Plan,
    Report,
    Risk,
    Step,
    apply,
    diff,
    export,
    plan,
    read,
    show,
)

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
