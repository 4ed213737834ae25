# Generated from specs and from src/snowcore by `make generate`. Do not edit.
"""What is in `snowcore`, under the name that it has in Snowflake's SDK."""

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
