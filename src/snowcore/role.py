# Generated from specs/role.yaml by `make generate`. Do not edit.
"""An account role collects privileges. It is granted to users, who work with them, and to other roles, which inherit
them. See https://docs.snowflake.com/en/user-guide/security-access-control-overview.
"""

from snowcore._generated.role import (
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
