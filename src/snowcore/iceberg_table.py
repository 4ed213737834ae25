# Generated from specs/iceberg-table.yaml by `make generate`. Do not edit.
"""An Iceberg table keeps data and metadata as files in the open Apache Iceberg format. Its catalog is Snowflake, which
then manages the table, or an external one, whose tables Snowflake reads. See
https://docs.snowflake.com/en/user-guide/tables-iceberg.
"""

from snowcore._generated.iceberg_table import (
    Constraint,
    ForeignKey,
    IcebergTable,
    IcebergTableCollection,
    IcebergTableColumn,
    IcebergTableResource,
    PrimaryKey,
    UniqueKey,
)

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
