# Generated from specs/stage.yaml by `make generate`. Do not edit.
"""Stages are places for files that are loaded into tables or unloaded from them. An internal stage keeps the files in
Snowflake, an external one points at cloud storage. See https://docs.snowflake.com/en/sql-reference/sql/create-stage.
"""

from snowcore._generated.stage import (
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
