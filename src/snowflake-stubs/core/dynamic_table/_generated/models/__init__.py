# Generated from specs and from src/snowcore by `make generate`. Do not edit.
"""What is in `snowcore`, under the name that it has in Snowflake's SDK."""

from snowcore.dynamic_table import (
    DownstreamLag,
    DynamicTable,
    DynamicTableClone,
    DynamicTableColumn,
    ErrorResponse,
    PointOfTime,
    PointOfTimeOffset,
    PointOfTimeStatement,
    PointOfTimeTimestamp,
    SuccessAcceptedResponse,
    SuccessResponse,
    TargetLag,
    UserDefinedLag,
)
from snowflake_rest.common import Parameter, TagAssignment, TagReference

from ...._models import offer_modules

__all__ = [
    "DownstreamLag",
    "DynamicTable",
    "DynamicTableClone",
    "DynamicTableColumn",
    "ErrorResponse",
    "PointOfTime",
    "PointOfTimeOffset",
    "PointOfTimeStatement",
    "PointOfTimeTimestamp",
    "SuccessAcceptedResponse",
    "SuccessResponse",
    "TargetLag",
    "UserDefinedLag",
    "Parameter",
    "TagAssignment",
    "TagReference",
]

offer_modules(__name__, globals())
