# Generated from specs and from src/snowcore by `make generate`. Do not edit.
"""What is in `snowcore`, under the name that it has in Snowflake's SDK."""

from snowcore.database_role import (
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
