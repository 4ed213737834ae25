# Generated from specs and from src/snowcore by `make generate`. Do not edit.
"""What is in `snowcore`, under the name that it has in Snowflake's SDK."""

from snowcore.function import Function, FunctionArgument, FunctionCollection, FunctionResource, ServiceFunction

__all__ = [
    "Function",
    "FunctionArgument",
    "FunctionCollection",
    "FunctionResource",
    "ServiceFunction",
]
