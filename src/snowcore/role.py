"""Account roles: what users may do. See https://docs.snowflake.com/en/user-guide/security-access-control-overview."""

from __future__ import annotations

from collections.abc import Iterator

from snowflake_rest import role as rest
from snowflake_rest.role import ContainingScope, Grant, GrantOf, GrantOn, Role, Securable
from snowflake_rest.runtime import Steps

from ._client import Listing
from ._collections import AccountObjects, Listed
from ._common import CreateMode, wire_mode
from ._grants import Privileged
from ._handles import AccountObject, Dropped, Tagged
from ._methods import build_model, deprecate_name, remote, twin

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


class RoleResource(AccountObject, Privileged[Grant, Securable, ContainingScope], Dropped, Tagged):
    """A role."""

    _rest = rest.RESOURCE
    _grants = rest

    @remote
    def iter_grants_of(self, show_limit: int | None = None) -> Steps[Iterator[GrantOf]]:
        """Who has the role.

        show_limit: at most so many, up to 10,000.
        """
        return Listing(rest.list_grants_of(*self.path, show_limit=show_limit))

    @remote
    def iter_grants_on(self, show_limit: int | None = None) -> Steps[Iterator[GrantOn]]:
        """Who has privileges on the role.

        show_limit: at most so many, up to 10,000.
        """
        return Listing(rest.list_grants_on(*self.path, show_limit=show_limit))

    iter_grants_of_async = twin(iter_grants_of)
    iter_grants_on_async = twin(iter_grants_on)
    delete = deprecate_name("delete", Dropped.drop)


class RoleCollection(AccountObjects[RoleResource], Listed[RoleResource, Role]):
    """The roles of the account."""

    _handle = RoleResource

    @remote
    def create(self, role: Role, *, mode: CreateMode = CreateMode.error_if_exists) -> Steps[RoleResource]:
        """Create a role. ConflictError if it exists, unless `mode` is `or_replace` or `if_not_exists`."""
        role = build_model(Role, role)
        yield from rest.create_role(role, create_mode=wire_mode(mode))
        return self[role.name]

    create_async = twin(create)
