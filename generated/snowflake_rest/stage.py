# Generated from specs/stage.yaml by `make generate`. Do not edit.
# Subclasses narrow fields of their bases:
# pyright: reportIncompatibleVariableOverride=false
"""Stages are places for files that are loaded into tables or unloaded from them. An internal stage keeps the files in
Snowflake, an external one points at cloud storage. See https://docs.snowflake.com/en/sql-reference/sql/create-stage.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from .common import IDENTIFIER
from .runtime import (
    BOOLEAN,
    DATETIME,
    INTEGER,
    SECRET,
    STRING,
    Array,
    Choice,
    Model,
    Nested,
    Operation,
    Resource,
    argument,
    body,
    field,
    model,
    segment,
)


@model
class PresignedUrlRequest(Model):
    """What the URL should be like.

    Args:
        expiration_time: For how many seconds the URL is valid.
    """

    expiration_time: int | None = field(INTEGER, default=None)
    """For how many seconds the URL is valid."""


@model
class FileTransferMaterial(Model):
    """What it takes to transfer a file.

    Args:
        presigned_url: The URL of the file; it needs no further credentials.
    """

    presigned_url: str | None = field(STRING, default=None)
    """The URL of the file; it needs no further credentials."""


@model
class StageFile(Model):
    """A file on a stage.

    Args:
        name: The path of the file, with the stage or its location in front.

    Attributes:
        size (set by the server): The size of the file, in bytes.
        md5 (set by the server): The MD5 checksum of the file as it is stored.
        last_modified (set by the server): When the file was last written.
    """

    name: str | None = field(STRING, default=None)
    """The path of the file, with the stage or its location in front."""
    size: str | None = field(STRING, default=None, read_only=True)
    """The size of the file, in bytes."""
    md5: str | None = field(STRING, default=None, read_only=True)
    """The MD5 checksum of the file as it is stored."""
    last_modified: str | None = field(STRING, default=None, read_only=True)
    """When the file was last written."""


@model
class Credentials(Model):
    """Credentials for cloud storage."""

    credential_type: str | None = field(STRING, default=None, init=False)
    """Which provider they are for."""


@model
class StageEncryption(Model):
    """How files on a stage are encrypted. See https://docs.snowflake.com/en/sql-reference/sql/create-stage.

    Args:
        type: The scheme. `SNOWFLAKE_FULL` (client and server side) and `SNOWFLAKE_SSE` (server side) are for
            internal stages, the others for external ones. One of `SNOWFLAKE_FULL`, `SNOWFLAKE_SSE`, `AWS_CSE`,
            `AWS_SSE_S3`, `AWS_SSE_KMS`, `GCS_SSE_KMS`, `AZURE_CSE`, `NONE`.
        master_key: The master key for client-side encryption, in Base64.
        kms_key_id: The key in the provider's key management service, for the `KMS` schemes; its default key when
            left out.
    """

    type: (
        Literal[
            "SNOWFLAKE_FULL",
            "SNOWFLAKE_SSE",
            "AWS_CSE",
            "AWS_SSE_S3",
            "AWS_SSE_KMS",
            "GCS_SSE_KMS",
            "AZURE_CSE",
            "NONE",
        ]
        | str
        | None
    ) = field(
        Choice(
            "SNOWFLAKE_FULL",
            "SNOWFLAKE_SSE",
            "AWS_CSE",
            "AWS_SSE_S3",
            "AWS_SSE_KMS",
            "GCS_SSE_KMS",
            "AZURE_CSE",
            "NONE",
        ),
        default=None,
    )
    """The scheme. `SNOWFLAKE_FULL` (client and server side) and `SNOWFLAKE_SSE` (server side) are for internal stages,
    the others for external ones. One of `SNOWFLAKE_FULL`, `SNOWFLAKE_SSE`, `AWS_CSE`, `AWS_SSE_S3`, `AWS_SSE_KMS`,
    `GCS_SSE_KMS`, `AZURE_CSE`, `NONE`.
    """
    master_key: str | None = field(SECRET, default=None)
    """The master key for client-side encryption, in Base64."""
    kms_key_id: str | None = field(STRING, default=None)
    """The key in the provider's key management service, for the `KMS` schemes; its default key when left out."""


@model
class StageDirectoryTable(Model):
    """The directory table of a stage. See https://docs.snowflake.com/en/user-guide/data-load-dirtables.

    Args:
        enable: Whether the stage has a directory table. Default `false`.
        refresh_on_create: Whether the directory table is filled when the stage is created. Default `true`.
        auto_refresh: Whether the directory table follows changes of the files by itself. Default `false`.
        notification_integration: The notification integration for `auto_refresh` on Google Cloud or Azure.
    """

    enable: bool | None = field(BOOLEAN, default=False)
    """Whether the stage has a directory table. Default `false`."""
    refresh_on_create: bool | None = field(BOOLEAN, default=True)
    """Whether the directory table is filled when the stage is created. Default `true`."""
    auto_refresh: bool | None = field(BOOLEAN, default=False)
    """Whether the directory table follows changes of the files by itself. Default `false`."""
    notification_integration: str | None = field(STRING, default=None)
    """The notification integration for `auto_refresh` on Google Cloud or Azure."""


@model
class Stage(Model):
    """A stage.

    Args:
        name: The name of the stage.
        kind: `PERMANENT`, or `TEMPORARY` for one that is dropped when the session ends. Default `PERMANENT`.
        url: The location of an external stage, such as `s3://bucket/path/`. Without it the stage is internal.
        endpoint: The endpoint of S3-compatible storage that isn't Amazon's.
        storage_integration: The storage integration that gives access to an external stage, instead of
            `credentials`.
        comment: Text that describes the stage.
        credentials: The credentials for an external stage; a storage integration is safer.
        encryption: How files are encrypted.
        directory_table: The directory table, which lists the files of the stage for queries.

    Attributes:
        created_on (set by the server): When the stage was created.
        has_credentials (set by the server): Whether the stage has credentials.
        has_encryption_key (set by the server): Whether the stage has a key of its own for encryption.
        owner (set by the server): The role that owns the stage.
        owner_role_type (set by the server): The kind of role that owns the stage, such as `ROLE`.
        region (set by the server): The cloud region of the stage.
        cloud (set by the server): The cloud provider of the stage.
    """

    name: str = field(IDENTIFIER)
    """The name of the stage."""
    kind: Literal["PERMANENT", "TEMPORARY"] | str | None = field(Choice("PERMANENT", "TEMPORARY"), default="PERMANENT")
    """`PERMANENT`, or `TEMPORARY` for one that is dropped when the session ends. Default `PERMANENT`."""
    url: str | None = field(STRING, default=None)
    """The location of an external stage, such as `s3://bucket/path/`. Without it the stage is internal."""
    endpoint: str | None = field(STRING, default=None)
    """The endpoint of S3-compatible storage that isn't Amazon's."""
    storage_integration: str | None = field(IDENTIFIER, default=None)
    """The storage integration that gives access to an external stage, instead of `credentials`."""
    comment: str | None = field(STRING, default=None)
    """Text that describes the stage."""
    credentials: Credentials | None = field(Nested(Credentials), default=None)
    """The credentials for an external stage; a storage integration is safer."""
    encryption: StageEncryption | None = field(Nested(StageEncryption), default=None)
    """How files are encrypted."""
    directory_table: StageDirectoryTable | None = field(Nested(StageDirectoryTable), default=None)
    """The directory table, which lists the files of the stage for queries."""
    created_on: datetime | None = field(DATETIME, default=None, read_only=True)
    """When the stage was created."""
    has_credentials: bool | None = field(BOOLEAN, default=None, read_only=True)
    """Whether the stage has credentials."""
    has_encryption_key: bool | None = field(BOOLEAN, default=None, read_only=True)
    """Whether the stage has a key of its own for encryption."""
    owner: str | None = field(STRING, default=None, read_only=True)
    """The role that owns the stage."""
    owner_role_type: str | None = field(STRING, default=None, read_only=True)
    """The kind of role that owns the stage, such as `ROLE`."""
    region: str | None = field(STRING, default=None, read_only=True)
    """The cloud region of the stage."""
    cloud: str | None = field(STRING, default=None, read_only=True)
    """The cloud provider of the stage."""


@model
class AwsCredentials(Credentials):
    """Credentials for Amazon S3, either a key or a role.

    Args:
        aws_key_id: The access key ID.
        aws_secret_key: The secret access key.
        aws_token: The session token of a temporary key.
        aws_role: The ARN of the role to assume.
    """

    credential_type: str = field(STRING, default="AWS", init=False)
    aws_key_id: str | None = field(SECRET, default=None)
    """The access key ID."""
    aws_secret_key: str | None = field(SECRET, default=None)
    """The secret access key."""
    aws_token: str | None = field(SECRET, default=None)
    """The session token of a temporary key."""
    aws_role: str | None = field(STRING, default=None)
    """The ARN of the role to assume."""


@model
class AzureCredentials(Credentials):
    """Credentials for Azure storage.

    Args:
        azure_sas_token: The shared access signature (SAS) token.
    """

    credential_type: str = field(STRING, default="AZURE", init=False)
    azure_sas_token: str | None = field(SECRET, default=None)
    """The shared access signature (SAS) token."""


Credentials.discriminate(
    "credential_type",
    {
        "AWS": AwsCredentials,
        "AZURE": AzureCredentials,
    },
)

_STAGE_LIST = Array(Nested(Stage))
_CREATE_MODE = Choice("errorIfExists", "orReplace", "ifNotExists")
_STAGE = Nested(Stage)
_STAGE_FILE_LIST = Array(Nested(StageFile))
_PRESIGNED_URL_REQUEST = Nested(PresignedUrlRequest)
_FILE_TRANSFER_MATERIAL = Nested(FileTransferMaterial)


def list_stages(database: str, schema: str, *, like: str | None = None) -> Operation[list[Stage]]:
    """The stages of the schema.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        like: Only the objects whose name matches this SQL pattern (`%` any text, `_` one character), whatever the
            case.
    """
    return Operation(
        id="listStages",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/stages",
        query={"like": argument("like", STRING, like)},
        answer=_STAGE_LIST,
    )


def create_stage(
    database: str,
    schema: str,
    stage: Stage,
    *,
    create_mode: Literal["errorIfExists", "orReplace", "ifNotExists"] | str | None = None,
) -> Operation[None]:
    """Create a stage.

    It is internal unless `url` is given. See https://docs.snowflake.com/en/sql-reference/sql/create-stage.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        stage: A stage.
        create_mode: What to do when an object of this name exists; fail, replace it, or leave it as it is. The
            server's default is `errorIfExists`.
    """
    return Operation(
        id="createStage",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/stages",
        query={"createMode": argument("create_mode", _CREATE_MODE, create_mode)},
        body=body("stage", _STAGE, stage, required=True),
    )


def fetch_stage(database: str, schema: str, name: str) -> Operation[Stage]:
    """Fetch a stage.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
    """
    return Operation(
        id="fetchStage",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/stages/{segment('name', name)}",
        answer=_STAGE,
    )


def delete_stage(database: str, schema: str, name: str, *, if_exists: bool | None = None) -> Operation[None]:
    """Drop the stage.

    The files of an internal stage are deleted with it, those of an external one stay. See
    https://docs.snowflake.com/en/sql-reference/sql/drop-stage.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="deleteStage",
        method="DELETE",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/stages/{segment('name', name)}",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
    )


def list_files(database: str, schema: str, name: str, *, pattern: str | None = None) -> Operation[list[StageFile]]:
    """The files on the stage.

    See https://docs.snowflake.com/en/sql-reference/sql/list.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        pattern: Only the files whose path matches this regular expression.
    """
    return Operation(
        id="listFiles",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/stages/{segment('name', name)}/files",
        query={"pattern": argument("pattern", STRING, pattern)},
        answer=_STAGE_FILE_LIST,
    )


def get_presigned_url(
    database: str, schema: str, name: str, file_path: str, presigned_url_request: PresignedUrlRequest | None = None
) -> Operation[FileTransferMaterial]:
    """A URL by which anyone can read the file, for a limited time.

    See https://docs.snowflake.com/en/sql-reference/functions/get_presigned_url.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        file_path: The path of the file, within the stage.
        presigned_url_request: What the URL should be like.
    """
    return Operation(
        id="getPresignedUrl",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/stages/{segment('name', name)}/files/{segment('file_path', file_path)}:presigned-url",
        body=body("presigned_url_request", _PRESIGNED_URL_REQUEST, presigned_url_request),
        answer=_FILE_TRANSFER_MATERIAL,
    )


RESOURCE = Resource(
    name="stage",
    collection="/api/v2/databases/{database}/schemas/{schema}/stages",
    model=Stage,
    list=list_stages,
    create=create_stage,
    fetch=fetch_stage,
    drop=delete_stage,
)
