# Generated from specs and from src/snowcore by `make generate`. Do not edit.
"""What is in `snowcore`, under the name that it has in Snowflake's SDK."""

from snowcore.table import Constraint, ForeignKey, PrimaryKey, Table, TableColumn, UniqueKey
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
from snowflake_rest.table import TableAsSelect, TableClone, TableLike, TableUsingTemplate

from ...._models import offer_modules

__all__ = [
    "Constraint",
    "ForeignKey",
    "PrimaryKey",
    "Table",
    "TableColumn",
    "UniqueKey",
    "TableAsSelect",
    "TableClone",
    "TableLike",
    "TableUsingTemplate",
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
