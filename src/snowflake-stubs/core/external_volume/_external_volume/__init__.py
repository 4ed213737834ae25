# Generated from specs and from src/snowcore by `make generate`. Do not edit.
"""What is in `snowcore`, under the name that it has in Snowflake's SDK."""

from snowcore.external_volume import (
    Encryption,
    ExternalVolume,
    ExternalVolumeCollection,
    ExternalVolumeResource,
    StorageLocation,
    StorageLocationAzure,
    StorageLocationGcs,
    StorageLocationS3,
    StorageLocationS3Gov,
)

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
