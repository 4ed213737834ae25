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
)
from snowflake_rest.common import (
    DownstreamLag,
    ErrorResponse,
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

from ...._models import offer_modules

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
    "DownstreamLag",
    "ErrorResponse",
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
