"""External volumes: cloud storage for Iceberg tables. See https://docs.snowflake.com/en/sql-reference/sql/create-external-volume."""

from __future__ import annotations

from collections.abc import Iterator

from snowflake_rest import external_volume as rest
from snowflake_rest.external_volume import (
    Encryption,
    ExternalVolume,
    StorageLocationAzure,
    StorageLocationGcs,
    StorageLocationS3,
    StorageLocationS3Gov,
)
from snowflake_rest.runtime import Steps

from ._client import Listing
from ._common import CreateMode, wire_mode
from ._reference import AccountObject, AccountObjects, Dropped, Fetched, Undropped, named, remote, twin

__all__ = [
    "Encryption",
    "ExternalVolume",
    "ExternalVolumeCollection",
    "ExternalVolumeResource",
    "StorageLocationAzure",
    "StorageLocationGcs",
    "StorageLocationS3",
    "StorageLocationS3Gov",
]


class ExternalVolumeResource(AccountObject, Fetched[ExternalVolume], Dropped, Undropped):
    """An external volume."""

    _rest = rest.RESOURCE


class ExternalVolumeCollection(AccountObjects[ExternalVolumeResource]):
    """The external volumes of the account."""

    _handle = ExternalVolumeResource

    @remote
    def create(
        self, external_volume: ExternalVolume, mode: CreateMode | str | None = None
    ) -> Steps[ExternalVolumeResource]:
        """Create an external volume. ConflictError if one of this name exists, unless `mode` says otherwise."""
        external_volume = named(ExternalVolume, external_volume)
        yield from rest.create_external_volume(external_volume, create_mode=wire_mode(mode))
        return self[external_volume.name]

    @remote
    def iter(self, *, like: str | None = None) -> Steps[Iterator[ExternalVolume]]:
        """The external volumes.

        like: only those whose name matches this SQL pattern, in any case.
        """
        return Listing(rest.list_external_volumes(like=like))

    create_async = twin(create)
    iter_async = twin(iter)
