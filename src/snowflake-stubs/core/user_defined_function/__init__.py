# Generated from specs and from src/snowcore by `make generate`. Do not edit.
"""What is in `snowcore`, under the name that it has in Snowflake's SDK."""

from snowcore.user_defined_function import (
    Argument,
    BaseLanguage,
    ColumnType,
    FunctionLanguage,
    JavaFunction,
    JavaScriptFunction,
    PythonFunction,
    ReturnDataType,
    ReturnTable,
    ReturnType,
    ScalaFunction,
    SQLFunction,
    UserDefinedFunction,
    UserDefinedFunctionArgument,
    UserDefinedFunctionCollection,
    UserDefinedFunctionResource,
)

__all__ = [
    "Argument",
    "BaseLanguage",
    "ColumnType",
    "FunctionLanguage",
    "JavaFunction",
    "JavaScriptFunction",
    "PythonFunction",
    "ReturnDataType",
    "ReturnTable",
    "ReturnType",
    "SQLFunction",
    "ScalaFunction",
    "UserDefinedFunction",
    "UserDefinedFunctionArgument",
    "UserDefinedFunctionCollection",
    "UserDefinedFunctionResource",
]
