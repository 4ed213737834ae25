# Generated from specs/procedure.yaml by `make generate`. Do not edit.
"""A stored procedure is code in SQL, JavaScript, Python, Java or Scala that is kept in a schema and run by a call. See
https://docs.snowflake.com/en/developer-guide/stored-procedure/stored-procedures-overview.
"""

from snowcore._generated.procedure import (
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
