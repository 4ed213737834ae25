# Generated from specs/table.yaml by `make generate`. Do not edit.
"""Tables hold data in rows and typed columns. This is about standard tables; dynamic, event and Iceberg tables are
resources of their own. See https://docs.snowflake.com/en/sql-reference/sql/create-table.
"""

from snowcore._generated.table import (
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
