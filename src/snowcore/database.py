# Generated from specs/database.yaml by `make generate`. Do not edit.
"""Databases hold schemas, and through them tables and everything else. They can be cloned, made from shares of other
accounts, replicated, and restored after a drop. See https://docs.snowflake.com/en/sql-reference/sql/create-database.
"""

from snowcore._generated.database import Database, DatabaseCollection, DatabaseModel, DatabaseResource

__all__ = [
    "Database",
    "DatabaseCollection",
    "DatabaseModel",
    "DatabaseResource",
]
