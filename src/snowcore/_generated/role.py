# Generated from specs/role.yaml by `make generate`. Do not edit.
"""An account role collects privileges. It is granted to users, who work with them, and to other roles, which inherit
them. See https://docs.snowflake.com/en/user-guide/security-access-control-overview.
"""

from __future__ import annotations

from collections.abc import Iterator

from snowcore._by_hand.role import RoleMethods
from snowcore._client import Listing
from snowcore._collections import (
    AccountObjects,
    Listed,
)
from snowcore._common import CreateMode, encode_mode
from snowcore._handles import (
    Dropped,
    Tagged,
)
from snowcore._methods import build_model, deprecate_name, remote, twin
from snowflake_rest import role as rest
from snowflake_rest.role import ContainingScope, Grant, GrantOf, GrantOn, Role, Securable
from snowflake_rest.runtime import Steps

RoleModel = Role

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


class RoleResource(RoleMethods, Dropped, Tagged):
    """A role."""

    _rest = rest.RESOURCE

    @remote
    def iter_grants_of(self, show_limit: int | None = None) -> Steps[Iterator[GrantOf]]:
        """The users and roles that the role is granted to.

        Args:
            show_limit: At most this many objects, from 1 to 10,000.
        """
        return Listing(rest.list_grants_of(*self.path, show_limit=show_limit))

    iter_grants_of_async = twin(iter_grants_of)

    @remote
    def iter_grants_on(self, show_limit: int | None = None) -> Steps[Iterator[GrantOn]]:
        """The privileges that others have on the role itself, such as OWNERSHIP.

        Args:
            show_limit: At most this many objects, from 1 to 10,000.
        """
        return Listing(rest.list_grants_on(*self.path, show_limit=show_limit))

    iter_grants_on_async = twin(iter_grants_on)
    delete = deprecate_name("delete", Dropped.drop)


class RoleCollection(AccountObjects[RoleResource], Listed[RoleResource, Role]):
    """The roles of the account."""

    _handle = RoleResource

    @remote
    def create(self, role: Role, *, mode: CreateMode = CreateMode.error_if_exists) -> Steps[RoleResource]:
        """Create a role.

        See https://docs.snowflake.com/en/sql-reference/sql/create-role.

        Args:
            role: What to create; a dict with the fields of Role will do, too.
            mode: What to do if one of this name exists: `error_if_exists` (the default) raises ConflictError,
                `or_replace` replaces it, `if_not_exists` leaves it as it is.
        """
        role = build_model(Role, role)
        yield from rest.create_role(role, create_mode=encode_mode(mode))
        return self[role.name]

    create_async = twin(create)
