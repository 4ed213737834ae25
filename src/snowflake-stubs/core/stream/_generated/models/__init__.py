# Generated from specs and from src/snowcore by `make generate`. Do not edit.
"""What is in `snowcore`, under the name that it has in Snowflake's SDK."""

from snowcore.stream import (
    PointOfTimeOffset,
    PointOfTimeStatement,
    PointOfTimeStream,
    PointOfTimeTimestamp,
    Stream,
    StreamClone,
    StreamSource,
    StreamSourceStage,
    StreamSourceTable,
    StreamSourceView,
)
from snowflake_rest.common import (
    DownstreamLag,
    ErrorResponse,
    Parameter,
    SuccessAcceptedResponse,
    SuccessResponse,
    TagAssignment,
    TagReference,
    TargetLag,
    UserDefinedLag,
)
from snowflake_rest.stream import PointOfTime, StreamSourceExternalTable

from ...._models import offer_modules

__all__ = [
    "PointOfTimeOffset",
    "PointOfTimeStatement",
    "PointOfTimeStream",
    "PointOfTimeTimestamp",
    "Stream",
    "StreamClone",
    "StreamSource",
    "StreamSourceStage",
    "StreamSourceTable",
    "StreamSourceView",
    "PointOfTime",
    "StreamSourceExternalTable",
    "DownstreamLag",
    "ErrorResponse",
    "Parameter",
    "SuccessAcceptedResponse",
    "SuccessResponse",
    "TagAssignment",
    "TagReference",
    "TargetLag",
    "UserDefinedLag",
]

offer_modules(__name__, globals())
