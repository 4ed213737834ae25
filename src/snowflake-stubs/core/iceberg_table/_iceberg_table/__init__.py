# Generated from specs and from src/snowcore by `make generate`. Do not edit.
"""What is in `snowcore`, under the name that it has in Snowflake's SDK."""

from snowcore.iceberg_table import (
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
