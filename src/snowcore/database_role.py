# Generated from specs/database-role.yaml by `make generate`. Do not edit.
"""A database role collects privileges on objects of one database. It takes effect by being granted to account roles; a
session can't use it by itself. See https://docs.snowflake.com/en/sql-reference/sql/create-database-role.
"""

from snowcore._generated.database_role import (
    ContainingScope,
    DatabaseRole,
    DatabaseRoleCollection,
    DatabaseRoleResource,
    Grant,
    Securable,
)

__all__ = [
    "ContainingScope",
    "DatabaseRole",
    "DatabaseRoleCollection",
    "DatabaseRoleResource",
    "Grant",
    "Securable",
]
