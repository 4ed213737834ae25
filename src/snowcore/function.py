# Generated from specs/function.yaml by `make generate`. Do not edit.
"""A service function lets SQL call an endpoint of a service in Snowpark Container Services. Functions with code of
their own are user-defined functions. See https://docs.snowflake.com/en/sql-reference/sql/create-function-spcs.
"""

from snowcore._generated.function import (
    Function,
    FunctionArgument,
    FunctionCollection,
    FunctionResource,
    ServiceFunction,
)

__all__ = [
    "Function",
    "FunctionArgument",
    "FunctionCollection",
    "FunctionResource",
    "ServiceFunction",
]
