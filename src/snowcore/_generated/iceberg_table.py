# Generated from specs/iceberg-table.yaml by `make generate`. Do not edit.
"""An Iceberg table keeps data and metadata as files in the open Apache Iceberg format. Its catalog is Snowflake, which
then manages the table, or an external one, whose tables Snowflake reads. See
https://docs.snowflake.com/en/user-guide/tables-iceberg.
"""

from __future__ import annotations

from snowcore._by_hand.iceberg_table import IcebergTableCreation
from snowcore._collections import (
    QuietlyShowLimited,
)
from snowcore._handles import (
    Fetched,
    SchemaObject,
    Tagged,
    Undropped,
)
from snowcore._methods import remote, twin
from snowflake_rest import iceberg_table as rest
from snowflake_rest.iceberg_table import (
    Constraint,
    ConvertToManagedIcebergTableRequest,
    ForeignKey,
    IcebergTable,
    IcebergTableColumn,
    PrimaryKey,
    RefreshIcebergTableRequest,
    UniqueKey,
)
from snowflake_rest.runtime import Steps

__all__ = [
    "Constraint",
    "ForeignKey",
    "IcebergTable",
    "IcebergTableCollection",
    "IcebergTableColumn",
    "IcebergTableResource",
    "PrimaryKey",
    "UniqueKey",
]


class IcebergTableResource(SchemaObject, Fetched[IcebergTable], Undropped, Tagged):
    """An iceberg table."""

    _rest = rest.RESOURCE

    @remote
    def drop(self, if_exists: bool = False) -> Steps[None]:
        """Drop an Iceberg table.

        Undrop brings it back while its data retention time lasts. See
        https://docs.snowflake.com/en/sql-reference/sql/drop-iceberg-table.

        Args:
            if_exists: Succeed without doing anything when the object does not exist. The server's default is
                `false`.
        """
        return rest.drop_iceberg_table(*self.path, if_exists=if_exists)

    drop_async = twin(drop)

    @remote
    def resume_recluster(self, if_exists: bool = False) -> Steps[None]:
        """Start the automatic clustering of an Iceberg table again.

        Args:
            if_exists: Succeed without doing anything when the object does not exist. The server's default is
                `false`.
        """
        return rest.resume_recluster_iceberg_table(*self.path, if_exists=if_exists)

    resume_recluster_async = twin(resume_recluster)

    @remote
    def suspend_recluster(self, if_exists: bool = False) -> Steps[None]:
        """Stop the automatic clustering of an Iceberg table.

        Args:
            if_exists: Succeed without doing anything when the object does not exist. The server's default is
                `false`.
        """
        return rest.suspend_recluster_iceberg_table(*self.path, if_exists=if_exists)

    suspend_recluster_async = twin(suspend_recluster)

    @remote
    def refresh(self, metadata_file_relative_path: str | None = None, if_exists: bool = False) -> Steps[None]:
        """Bring an Iceberg table of an external catalog up to date.

        Reads the current metadata of the catalog, or a given metadata file. See
        https://docs.snowflake.com/en/sql-reference/sql/alter-iceberg-table-refresh.

        Args:
            metadata_file_relative_path: The metadata file to read, relative to the external volume's location. Only
                for tables that were made from Iceberg files.
            if_exists: Succeed without doing anything when the object does not exist. The server's default is
                `false`.
        """
        return rest.refresh_iceberg_table(
            *self.path,
            RefreshIcebergTableRequest(metadata_file_relative_path=metadata_file_relative_path),
            if_exists=if_exists,
        )

    refresh_async = twin(refresh)

    @remote
    def convert_to_managed(
        self, base_location: str | None = None, storage_serialization_policy: str | None = None, if_exists: bool = False
    ) -> Steps[None]:
        """Make Snowflake the catalog of an Iceberg table of an external catalog.

        Snowflake can then write to the table. See
        https://docs.snowflake.com/en/sql-reference/sql/alter-iceberg-table-convert-to-managed.

        Args:
            base_location: The directory of the table's files, relative to the external volume's location.
            storage_serialization_policy: How Parquet files are written, with encodings that other engines read too
                (`COMPATIBLE`) or those that suit Snowflake best (`OPTIMIZED`).
            if_exists: Succeed without doing anything when the object does not exist. The server's default is
                `false`.
        """
        return rest.convert_to_managed_iceberg_table(
            *self.path,
            ConvertToManagedIcebergTableRequest(
                base_location=base_location, storage_serialization_policy=storage_serialization_policy
            ),
            if_exists=if_exists,
        )

    convert_to_managed_async = twin(convert_to_managed)


class IcebergTableCollection(IcebergTableCreation, QuietlyShowLimited[IcebergTableResource, IcebergTable]):
    """The Iceberg tables of the schema."""

    _handle = IcebergTableResource
