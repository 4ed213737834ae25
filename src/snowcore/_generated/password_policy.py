# Generated from specs/password-policy.yaml by `make generate`. Do not edit.
"""A password policy says what passwords have to look like, how long they last, and when failed logins lock a user. It
does nothing until it is set on the account or a user. See
https://docs.snowflake.com/en/sql-reference/sql/create-password-policy.
"""

from __future__ import annotations

from collections.abc import Iterator

from snowcore._client import Listing
from snowcore._collections import (
    SchemaObjects,
    choose_limit,
)
from snowcore._common import CreateMode, encode_mode
from snowcore._handles import (
    Dropped,
    Fetched,
    Renamed,
    Tagged,
)
from snowcore._methods import build_model, remote, twin
from snowflake_rest import password_policy as rest
from snowflake_rest.password_policy import PasswordPolicy
from snowflake_rest.runtime import Steps

__all__ = [
    "PasswordPolicy",
    "PasswordPolicyCollection",
    "PasswordPolicyResource",
]


class PasswordPolicyResource(Renamed, Fetched[PasswordPolicy], Dropped, Tagged):
    """A password policy."""

    _rest = rest.RESOURCE


class PasswordPolicyCollection(SchemaObjects[PasswordPolicyResource]):
    """The password policies of the schema."""

    _handle = PasswordPolicyResource

    @remote
    def create(
        self, password_policy: PasswordPolicy, mode: CreateMode | str | None = None
    ) -> Steps[PasswordPolicyResource]:
        """Create a password policy.

        See https://docs.snowflake.com/en/sql-reference/sql/create-password-policy.

        Args:
            password_policy: What to create; a dict with the fields of PasswordPolicy will do, too.
            mode: What to do if one of this name exists: `error_if_exists` (the default) raises ConflictError,
                `or_replace` replaces it, `if_not_exists` leaves it as it is.
        """
        password_policy = build_model(PasswordPolicy, password_policy)
        yield from rest.create_password_policy(*self.path, password_policy, create_mode=encode_mode(mode))
        return self[password_policy.name]

    create_async = twin(create)

    @remote
    def iter(
        self,
        *,
        like: str | None = None,
        starts_with: str | None = None,
        limit: int | None = None,
        show_limit: int | None = None,
    ) -> Steps[Iterator[PasswordPolicy]]:
        """The password policies of the schema.

        Args:
            like: Only the objects whose name matches this SQL pattern (`%` any text, `_` one character), whatever
                the case.
            starts_with: Only the objects whose name starts with this text, in exactly this case.
            limit: At most this many objects, from 1 to 10,000.
            show_limit: An old name of `limit`.
        """
        limit = choose_limit(limit, show_limit)
        return Listing(rest.list_password_policies(*self.path, like=like, starts_with=starts_with, show_limit=limit))

    iter_async = twin(iter)
