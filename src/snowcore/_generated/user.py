# Generated from specs/user.yaml by `make generate`. Do not edit.
"""A user is a person or a program that logs in to the account. What it may do follows from the roles that are granted
to it. See https://docs.snowflake.com/en/sql-reference/sql/create-user.
"""

from __future__ import annotations

from collections.abc import Iterator

from snowcore._by_hand.user import UserMethods
from snowcore._client import Listing
from snowcore._collections import (
    AccountObjects,
)
from snowcore._common import CreateMode, encode_mode
from snowcore._handles import (
    Dropped,
    Fetched,
    Tagged,
)
from snowcore._methods import build_model, deprecate_name, remote, twin
from snowflake_rest import user as rest
from snowflake_rest.runtime import Steps
from snowflake_rest.user import ContainingScope, Grant, Securable, User

UserModel = User

__all__ = [
    "ContainingScope",
    "Grant",
    "Securable",
    "User",
    "UserCollection",
    "UserModel",
    "UserResource",
]


class UserResource(UserMethods, Fetched[User], Dropped, Tagged):
    """An user."""

    _rest = rest.RESOURCE

    @remote
    def create_or_alter(self, user: User) -> Steps[None]:
        """Create the user, or change the existing one to match the definition.

        See https://docs.snowflake.com/en/sql-reference/sql/create-or-alter.

        It is the one that the description names, whatever the name of this handle.
        """
        user = build_model(User, user)
        return rest.create_or_alter_user(user.name, user)

    create_or_alter_async = twin(create_or_alter)
    delete = deprecate_name("delete", Dropped.drop)


class UserCollection(AccountObjects[UserResource]):
    """The users of the account."""

    _handle = UserResource

    @remote
    def create(self, user: User, *, mode: CreateMode = CreateMode.error_if_exists) -> Steps[UserResource]:
        """Create a user.

        See https://docs.snowflake.com/en/sql-reference/sql/create-user.

        Args:
            user: What to create; a dict with the fields of User will do, too.
            mode: What to do if one of this name exists: `error_if_exists` (the default) raises ConflictError,
                `or_replace` replaces it, `if_not_exists` leaves it as it is.
        """
        user = build_model(User, user)
        yield from rest.create_user(user, create_mode=encode_mode(mode))
        return self[user.name]

    create_async = twin(create)

    @remote
    def iter(
        self,
        like: str | None = None,
        limit: int | None = None,
        starts_with: str | None = None,
        from_name: str | None = None,
    ) -> Steps[Iterator[User]]:
        """The users of the account.

        Args:
            like: Only the objects whose name matches this SQL pattern (`%` any text, `_` one character), whatever
                the case.
            limit: At most this many objects, from 1 to 10,000.
            starts_with: Only the objects whose name starts with this text, in exactly this case.
            from_name: Only the objects that follow the first one whose name starts with this text, in exactly this
                case.
        """
        return Listing(rest.list_users(like=like, starts_with=starts_with, show_limit=limit, from_name=from_name))

    iter_async = twin(iter)
