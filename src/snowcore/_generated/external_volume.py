# Generated from specs/external-volume.yaml by `make generate`. Do not edit.
"""An external volume is an object of the account that holds the way to cloud storage of your own, and the rights to use
it. Iceberg tables keep their data and metadata there. See
https://docs.snowflake.com/en/sql-reference/sql/create-external-volume.
"""

from __future__ import annotations

from snowcore._collections import (
    AccountObjects,
    Matched,
)
from snowcore._common import CreateMode, encode_mode
from snowcore._handles import (
    AccountObject,
    Dropped,
    Fetched,
    Undropped,
)
from snowcore._methods import build_model, remote, twin
from snowflake_rest import external_volume as rest
from snowflake_rest.external_volume import (
    Encryption,
    ExternalVolume,
    StorageLocation,
    StorageLocationAzure,
    StorageLocationGcs,
    StorageLocationS3,
    StorageLocationS3Gov,
)
from snowflake_rest.runtime import Steps

__all__ = [
    "Encryption",
    "ExternalVolume",
    "ExternalVolumeCollection",
    "ExternalVolumeResource",
    "StorageLocation",
    "StorageLocationAzure",
    "StorageLocationGcs",
    "StorageLocationS3",
    "StorageLocationS3Gov",
]


class ExternalVolumeResource(AccountObject, Fetched[ExternalVolume], Dropped, Undropped):
    """An external volume."""

    _rest = rest.RESOURCE


class ExternalVolumeCollection(AccountObjects[ExternalVolumeResource], Matched[ExternalVolumeResource, ExternalVolume]):
    """The external volumes of the account."""

    _handle = ExternalVolumeResource

    @remote
    def create(
        self, external_volume: ExternalVolume, mode: CreateMode | str | None = None
    ) -> Steps[ExternalVolumeResource]:
        """Create an external volume.

        The cloud provider must then grant access to the identity that Snowflake uses. See
        https://docs.snowflake.com/en/sql-reference/sql/create-external-volume.

        Args:
            external_volume: What to create; a dict with the fields of ExternalVolume will do, too.
            mode: What to do if one of this name exists: `error_if_exists` (the default) raises ConflictError,
                `or_replace` replaces it, `if_not_exists` leaves it as it is.
        """
        external_volume = build_model(ExternalVolume, external_volume)
        yield from rest.create_external_volume(external_volume, create_mode=encode_mode(mode))
        return self[external_volume.name]

    create_async = twin(create)
