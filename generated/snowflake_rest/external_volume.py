# Generated from specs/external-volume.yaml by `make generate`. Do not edit.
# Subclasses narrow fields of their bases:
# pyright: reportIncompatibleVariableOverride=false
"""An external volume is an object of the account that holds the way to cloud storage of your own, and the rights to use
it. Iceberg tables keep their data and metadata there. See
https://docs.snowflake.com/en/sql-reference/sql/create-external-volume.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from .runtime import (
    BOOLEAN,
    DATETIME,
    STRING,
    Array,
    Choice,
    Model,
    Nested,
    Operation,
    Resource,
    String,
    argument,
    body,
    field,
    model,
    segment,
)


@model
class StorageLocation(Model):
    """A place in cloud storage.

    Args:
        name: The name of the location, which no other location of the volume may have.
    """

    name: str = field(STRING)
    """The name of the location, which no other location of the volume may have."""
    storage_provider: str | None = field(STRING, default=None, init=False)
    """Whose storage it is. `S3GOV` is S3 in the government regions of AWS."""


@model
class ExternalVolume(Model):
    """Cloud storage for Iceberg tables, and the rights to use it.

    Args:
        name: The external volume's name, plain or in double quotes.
        storage_locations: The places in cloud storage. Only one of them is in use at a time.
        allow_writes: Whether Snowflake may write to the storage. Tables that have Snowflake as their catalog need
            it. Default true.
        comment: Free text about the external volume.

    Attributes:
        created_on (set by the server): When the external volume was created.
        owner (set by the server): The role that owns the external volume.
        owner_role_type (set by the server): The kind of role that the owner is, such as `ROLE` or `DATABASE_ROLE`.
    """

    name: str = field(String(pattern='^("([^"]|"")+"|[a-zA-Z_][a-zA-Z0-9_$]*)$'))
    """The external volume's name, plain or in double quotes."""
    storage_locations: list[StorageLocation] = field(Array(Nested(StorageLocation)))
    """The places in cloud storage. Only one of them is in use at a time."""
    allow_writes: bool | None = field(BOOLEAN, default=None)
    """Whether Snowflake may write to the storage. Tables that have Snowflake as their catalog need it. Default true."""
    comment: str | None = field(STRING, default=None)
    """Free text about the external volume."""
    created_on: datetime | None = field(DATETIME, default=None, read_only=True)
    """When the external volume was created."""
    owner: str | None = field(String(pattern='^("([^"]|"")+"|[a-zA-Z_][a-zA-Z0-9_$]*)$'), default=None, read_only=True)
    """The role that owns the external volume."""
    owner_role_type: str | None = field(
        String(pattern='^("([^"]|"")+"|[a-zA-Z_][a-zA-Z0-9_$]*)$'), default=None, read_only=True
    )
    """The kind of role that the owner is, such as `ROLE` or `DATABASE_ROLE`."""


@model
class Encryption(Model):
    """How the cloud provider encrypts files at rest.

    Args:
        type: `AWS_SSE_S3` uses keys of the bucket, `AWS_SSE_KMS` and `GCS_SSE_KMS` a key of the key management
            service, `NONE` asks for nothing.
        kms_key_id: The key, for the types with a key management service; the bucket's default key when left out.
    """

    type: Literal["NONE", "AWS_SSE_S3", "AWS_SSE_KMS", "GCS_SSE_KMS"] | str = field(
        Choice("NONE", "AWS_SSE_S3", "AWS_SSE_KMS", "GCS_SSE_KMS")
    )
    """`AWS_SSE_S3` uses keys of the bucket, `AWS_SSE_KMS` and `GCS_SSE_KMS` a key of the key management service, `NONE`
    asks for nothing.
    """
    kms_key_id: str | None = field(STRING, default=None)
    """The key, for the types with a key management service; the bucket's default key when left out."""


@model
class StorageLocationS3(StorageLocation):
    """A place in an S3 bucket.

    Args:
        name: The name of the location, which no other location of the volume may have.
        storage_aws_role_arn: The ARN of the IAM role that Snowflake takes on to reach the bucket.
        storage_base_url: The URL of the place, such as `s3://my-bucket/tables/`.
        storage_aws_external_id: The external ID that the role's trust policy expects of Snowflake; Snowflake makes
            one up when left out.
        encryption: How the bucket encrypts what Snowflake writes.
    """

    storage_provider: str = field(STRING, default="S3", init=False)
    storage_aws_role_arn: str = field(STRING)
    """The ARN of the IAM role that Snowflake takes on to reach the bucket."""
    storage_base_url: str = field(STRING)
    """The URL of the place, such as `s3://my-bucket/tables/`."""
    storage_aws_external_id: str | None = field(STRING, default=None)
    """The external ID that the role's trust policy expects of Snowflake; Snowflake makes one up when left out."""
    encryption: Encryption | None = field(Nested(Encryption), default=None)
    """How the bucket encrypts what Snowflake writes."""


@model
class StorageLocationS3Gov(StorageLocation):
    """A place in an S3 bucket of a government region.

    Args:
        name: The name of the location, which no other location of the volume may have.
        storage_aws_role_arn: The ARN of the IAM role that Snowflake takes on to reach the bucket.
        storage_base_url: The URL of the place, such as `s3gov://my-bucket/tables/`.
        storage_aws_external_id: The external ID that the role's trust policy expects of Snowflake; Snowflake makes
            one up when left out.
        encryption: How the bucket encrypts what Snowflake writes.
    """

    storage_provider: str = field(STRING, default="S3GOV", init=False)
    storage_aws_role_arn: str = field(STRING)
    """The ARN of the IAM role that Snowflake takes on to reach the bucket."""
    storage_base_url: str = field(STRING)
    """The URL of the place, such as `s3gov://my-bucket/tables/`."""
    storage_aws_external_id: str | None = field(STRING, default=None)
    """The external ID that the role's trust policy expects of Snowflake; Snowflake makes one up when left out."""
    encryption: Encryption | None = field(Nested(Encryption), default=None)
    """How the bucket encrypts what Snowflake writes."""


@model
class StorageLocationGcs(StorageLocation):
    """A place in a Google Cloud Storage bucket.

    Args:
        name: The name of the location, which no other location of the volume may have.
        storage_base_url: The URL of the place, such as `gcs://my-bucket/tables/`.
        encryption: How the bucket encrypts what Snowflake writes.
    """

    storage_provider: str = field(STRING, default="GCS", init=False)
    storage_base_url: str = field(STRING)
    """The URL of the place, such as `gcs://my-bucket/tables/`."""
    encryption: Encryption | None = field(Nested(Encryption), default=None)
    """How the bucket encrypts what Snowflake writes."""


@model
class StorageLocationAzure(StorageLocation):
    """A place in an Azure storage container.

    Args:
        name: The name of the location, which no other location of the volume may have.
        azure_tenant_id: The ID of the Microsoft Entra tenant that the storage account belongs to.
        storage_base_url: The URL of the place, such as `azure://account.blob.core.windows.net/container/tables/`.
    """

    storage_provider: str = field(STRING, default="AZURE", init=False)
    azure_tenant_id: str = field(STRING)
    """The ID of the Microsoft Entra tenant that the storage account belongs to."""
    storage_base_url: str = field(STRING)
    """The URL of the place, such as `azure://account.blob.core.windows.net/container/tables/`."""


StorageLocation.discriminate(
    "storage_provider",
    {
        "S3": StorageLocationS3,
        "S3GOV": StorageLocationS3Gov,
        "GCS": StorageLocationGcs,
        "AZURE": StorageLocationAzure,
    },
)

_EXTERNAL_VOLUME_LIST = Array(Nested(ExternalVolume))
_CREATE_MODE = Choice("errorIfExists", "orReplace", "ifNotExists")
_EXTERNAL_VOLUME = Nested(ExternalVolume)


def list_external_volumes(*, like: str | None = None) -> Operation[list[ExternalVolume]]:
    """The external volumes of the account.

    Args:
        like: Only the objects whose name matches this SQL pattern (`%` any text, `_` one character), whatever the
            case.
    """
    return Operation(
        id="listExternalVolumes",
        method="GET",
        path="/api/v2/external-volumes",
        query={"like": argument("like", STRING, like)},
        answer=_EXTERNAL_VOLUME_LIST,
    )


def create_external_volume(
    external_volume: ExternalVolume,
    *,
    create_mode: Literal["errorIfExists", "orReplace", "ifNotExists"] | str | None = None,
) -> Operation[None]:
    """Create an external volume.

    The cloud provider must then grant access to the identity that Snowflake uses. See
    https://docs.snowflake.com/en/sql-reference/sql/create-external-volume.

    Args:
        external_volume: Cloud storage for Iceberg tables, and the rights to use it.
        create_mode: What to do when an object of this name exists; fail, replace it, or leave it as it is. The
            server's default is `errorIfExists`.
    """
    return Operation(
        id="createExternalVolume",
        method="POST",
        path="/api/v2/external-volumes",
        query={"createMode": argument("create_mode", _CREATE_MODE, create_mode)},
        body=body("external_volume", _EXTERNAL_VOLUME, external_volume, required=True),
    )


def fetch_external_volume(name: str) -> Operation[ExternalVolume]:
    """Fetch an external volume.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
    """
    return Operation(
        id="fetchExternalVolume",
        method="GET",
        path=f"/api/v2/external-volumes/{segment('name', name)}",
        answer=_EXTERNAL_VOLUME,
    )


def delete_external_volume(name: str, *, if_exists: bool | None = None) -> Operation[None]:
    """Drop an external volume.

    Fails while Iceberg tables use it. See https://docs.snowflake.com/en/sql-reference/sql/drop-external-volume.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="deleteExternalVolume",
        method="DELETE",
        path=f"/api/v2/external-volumes/{segment('name', name)}",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
    )


def undrop_external_volume(name: str) -> Operation[None]:
    """Restore a dropped external volume.

    Brings back the external volume of this name that was dropped last, as long as the data retention time has not
    run out. Fails when the name is in use again. See
    https://docs.snowflake.com/en/sql-reference/sql/undrop-external-volume.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
    """
    return Operation(
        id="undropExternalVolume",
        method="POST",
        path=f"/api/v2/external-volumes/{segment('name', name)}:undrop",
    )


RESOURCE = Resource(
    name="external_volume",
    collection="/api/v2/external-volumes",
    model=ExternalVolume,
    list=list_external_volumes,
    create=create_external_volume,
    fetch=fetch_external_volume,
    drop=delete_external_volume,
    undrop=undrop_external_volume,
)
