"""Users: who can log in. See https://docs.snowflake.com/en/user-guide/admin-user-management."""

from __future__ import annotations

from collections.abc import Iterator

from snowflake_rest import user as rest
from snowflake_rest.runtime import Steps
from snowflake_rest.user import ContainingScope, Grant, Securable, User

from ._client import Listing
from ._collections import AccountObjects
from ._common import CreateMode, DeleteMode, wire_mode
from ._grants import Grantee
from ._handles import AccountObject, Dropped, Fetched, Tagged
from ._methods import build_model, deprecate_name, remote, twin

UserModel = User

__all__ = ["ContainingScope", "Grant", "Securable", "User", "UserCollection", "UserModel", "UserResource"]


class UserResource(AccountObject, Grantee[Grant, Securable], Fetched[User], Dropped, Tagged):
    """A user."""

    _rest = rest.RESOURCE
    _grants = rest

    @remote
    def create_or_alter(self, user: User) -> Steps[None]:
        """Make the user as described: create it, or change what differs. What is not given gets its default.

        It is the one that the description names, whatever the name of this handle.
        """
        user = build_model(User, user)
        return rest.create_or_alter_user(user.name, user)

    create_or_alter_async = twin(create_or_alter)
    delete = deprecate_name("delete", Dropped.drop)

    def _give(self, grant: Grant) -> Steps[None]:
        return rest.grant(*self.path, grant)

    def _take(self, grant: Grant, mode: DeleteMode | str | None = None) -> Steps[None]:
        return rest.revoke_grants(*self.path, grant)


class UserCollection(AccountObjects[UserResource]):
    """The users of the account."""

    _handle = UserResource

    @remote
    def create(self, user: User, *, mode: CreateMode = CreateMode.error_if_exists) -> Steps[UserResource]:
        """Create a user. ConflictError if it exists, unless `mode` is `or_replace` or `if_not_exists`."""
        user = build_model(User, user)
        yield from rest.create_user(user, create_mode=wire_mode(mode))
        return self[user.name]

    @remote
    def iter(
        self,
        like: str | None = None,
        limit: int | None = None,
        starts_with: str | None = None,
        from_name: str | None = None,
    ) -> Steps[Iterator[User]]:
        """The users.

        like: only those whose name matches this SQL pattern, in any case. starts_with: only those whose name starts
        with this, in this case. limit: at most so many, up to 10,000. from_name: only those after the first whose name
        starts with this.
        """
        return Listing(rest.list_users(like=like, starts_with=starts_with, show_limit=limit, from_name=from_name))

    create_async = twin(create)
    iter_async = twin(iter)
