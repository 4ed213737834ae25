# Generated from specs/user-defined-function.yaml by `make generate`. Do not edit.
"""A user-defined function is code in SQL, JavaScript, Python, Java or Scala that queries can call, for a value or for
rows. See https://docs.snowflake.com/en/developer-guide/udf/udf-overview.
"""

from snowcore._generated.user_defined_function import (
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
