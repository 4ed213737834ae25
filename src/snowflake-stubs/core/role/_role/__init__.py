# Generated from specs and from src/snowcore by `make generate`. Do not edit.
"""What is in `snowcore`, under the name that it has in Snowflake's SDK."""

from snowcore.role import (
    ContainingScope,
    Grant,
    GrantOf,
    GrantOn,
    Role,
    RoleCollection,
    RoleModel,
    RoleResource,
    Securable,
)

__all__ = [
    "ContainingScope",
    "Grant",
    "GrantOf",
    "GrantOn",
    "Role",
    "RoleCollection",
    "RoleModel",
    "RoleResource",
    "Securable",
]
