# Generated from specs and from src/snowcore by `make generate`. Do not edit.
"""What is in `snowcore`, under the name that it has in Snowflake's SDK."""

from snowcore.stage import (
    AwsCredentials,
    AzureCredentials,
    Credentials,
    FileTransferMaterial,
    PresignedUrlRequest,
    Stage,
    StageCollection,
    StageDirectoryTable,
    StageEncryption,
    StageFile,
    StageResource,
)

__all__ = [
    "AwsCredentials",
    "AzureCredentials",
    "Credentials",
    "FileTransferMaterial",
    "PresignedUrlRequest",
    "Stage",
    "StageCollection",
    "StageDirectoryTable",
    "StageEncryption",
    "StageFile",
    "StageResource",
]
