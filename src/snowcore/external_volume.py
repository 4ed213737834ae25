# Generated from specs/external-volume.yaml by `make generate`. Do not edit.
"""An external volume is an object of the account that holds the way to cloud storage of your own, and the rights to use
it. Iceberg tables keep their data and metadata there. See
https://docs.snowflake.com/en/sql-reference/sql/create-external-volume.
"""

from snowcore._generated.external_volume import (
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
