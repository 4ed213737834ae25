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
    PythonFunction,
    ReturnDataType,
    ReturnTable,
    ReturnType,
    ScalaFunction,
    SQLFunction,
)
from snowflake_rest.common import (
    DownstreamLag,
    Parameter,
    PointOfTime,
    PointOfTimeOffset,
    PointOfTimeStatement,
    PointOfTimeTimestamp,
    SuccessAcceptedResponse,
    SuccessResponse,
    TagAssignment,
    TagReference,
    TargetLag,
    UserDefinedLag,
)
from snowflake_rest.procedure import BaseLanguage, FunctionLanguage

from ...._models import offer_modules

__all__ = [
    "Argument",
    "CallArgument",
    "CallArgumentList",
    "ColumnType",
    "ErrorResponse",
    "JavaFunction",
    "JavaScriptFunction",
    "Procedure",
    "PythonFunction",
    "ReturnDataType",
    "ReturnTable",
    "ReturnType",
    "SQLFunction",
    "ScalaFunction",
    "BaseLanguage",
    "FunctionLanguage",
    "DownstreamLag",
    "Parameter",
    "PointOfTime",
    "PointOfTimeOffset",
    "PointOfTimeStatement",
    "PointOfTimeTimestamp",
    "SuccessAcceptedResponse",
    "SuccessResponse",
    "TagAssignment",
    "TagReference",
    "TargetLag",
    "UserDefinedLag",
]

offer_modules(__name__, globals())
