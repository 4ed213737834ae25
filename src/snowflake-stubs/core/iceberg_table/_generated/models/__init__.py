# Generated from specs and from src/snowcore by `make generate`. Do not edit.
"""What is in `snowcore`, under the name that it has in Snowflake's SDK."""

from snowcore.iceberg_table import Constraint, ForeignKey, IcebergTable, IcebergTableColumn, PrimaryKey, UniqueKey
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
from snowflake_rest.iceberg_table import (
    ConvertToManagedIcebergTableRequest,
    IcebergTableAsSelect,
    IcebergTableClone,
    IcebergTableFromAWSGlueCatalog,
    IcebergTableFromDelta,
    IcebergTableFromIcebergFiles,
    IcebergTableFromIcebergRest,
    IcebergTableLike,
    RefreshIcebergTableRequest,
)

from ...._models import offer_modules

__all__ = [
    "Constraint",
    "ForeignKey",
    "IcebergTable",
    "IcebergTableColumn",
    "PrimaryKey",
    "UniqueKey",
    "ConvertToManagedIcebergTableRequest",
    "IcebergTableAsSelect",
    "IcebergTableClone",
    "IcebergTableFromAWSGlueCatalog",
    "IcebergTableFromDelta",
    "IcebergTableFromIcebergFiles",
    "IcebergTableFromIcebergRest",
    "IcebergTableLike",
    "RefreshIcebergTableRequest",
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
