# Generated from specs and from src/snowcore by `make generate`. Do not edit.
"""What is in `snowcore`, under the name that it has in Snowflake's SDK."""

from snowcore.dynamic_table import (
    DownstreamLag,
    DynamicTable,
    DynamicTableClone,
    DynamicTableCollection,
    DynamicTableColumn,
    DynamicTableResource,
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

__all__ = [
    "DownstreamLag",
    "DynamicTable",
    "DynamicTableClone",
    "DynamicTableCollection",
    "DynamicTableColumn",
    "DynamicTableResource",
    "ErrorResponse",
    "PointOfTime",
    "PointOfTimeOffset",
    "PointOfTimeStatement",
    "PointOfTimeTimestamp",
    "SuccessAcceptedResponse",
    "SuccessResponse",
    "TargetLag",
    "UserDefinedLag",
]
