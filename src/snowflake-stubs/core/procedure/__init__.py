# Generated from specs and from src/snowcore by `make generate`. Do not edit.
"""What is in `snowcore`, under the name that it has in Snowflake's SDK."""

from snowcore.procedure import (
    Argument,
    CallArgument,
    CallArgumentList,
    ColumnType,
    ErrorResponse,
    JavaFunction,
    JavaScriptFunction,
    Procedure,
    ProcedureCollection,
    ProcedureResource,
    PythonFunction,
    ReturnDataType,
    ReturnTable,
    ReturnType,
    ScalaFunction,
    SQLFunction,
)

__all__ = [
    "Argument",
    "CallArgument",
    "CallArgumentList",
    "ColumnType",
    "ErrorResponse",
    "JavaFunction",
    "JavaScriptFunction",
    "Procedure",
    "ProcedureCollection",
    "ProcedureResource",
    "PythonFunction",
    "ReturnDataType",
    "ReturnTable",
    "ReturnType",
    "SQLFunction",
    "ScalaFunction",
]
