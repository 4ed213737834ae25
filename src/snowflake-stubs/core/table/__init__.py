# Generated from specs and from src/snowcore by `make generate`. Do not edit.
"""What is in `snowcore`, under the name that it has in Snowflake's SDK."""

from snowcore.table import (
    Constraint,
    ForeignKey,
    PrimaryKey,
    Table,
    TableCollection,
    TableColumn,
    TableResource,
    UniqueKey,
)

__all__ = [
    "Constraint",
    "ForeignKey",
    "PrimaryKey",
    "Table",
    "TableCollection",
    "TableColumn",
    "TableResource",
    "UniqueKey",
]
