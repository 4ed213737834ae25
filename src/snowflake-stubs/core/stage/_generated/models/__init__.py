# Generated from specs and from src/snowcore by `make generate`. Do not edit.
"""What is in `snowcore`, under the name that it has in Snowflake's SDK."""

from snowcore.stage import (
    AwsCredentials,
    AzureCredentials,
    Credentials,
    FileTransferMaterial,
    PresignedUrlRequest,
    Stage,
    StageDirectoryTable,
    StageEncryption,
    StageFile,
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
    "AwsCredentials",
    "AzureCredentials",
    "Credentials",
    "FileTransferMaterial",
    "PresignedUrlRequest",
    "Stage",
    "StageDirectoryTable",
    "StageEncryption",
    "StageFile",
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
