# Generated from specs/dynamic-table.yaml by `make generate`. Do not edit.
"""A dynamic table holds the result of a query. Snowflake refreshes it in the background so that it stays within a set
lag behind the tables it reads. See https://docs.snowflake.com/en/user-guide/dynamic-tables-about.
"""

from snowcore._generated.dynamic_table import (
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
