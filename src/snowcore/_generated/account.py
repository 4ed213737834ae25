# Generated from specs/account.yaml by `make generate`. Do not edit.
"""The accounts of an organization. Creating, dropping and listing them takes a role that administers the organization,
such as ORGADMIN. See https://docs.snowflake.com/en/user-guide/organizations.
"""

from __future__ import annotations

from collections.abc import Iterator

from snowcore._client import Listing
from snowcore._collections import (
    AccountObjects,
)
from snowcore._handles import (
    AccountObject,
    Undropped,
)
from snowcore._methods import build_model, remote, twin
from snowflake_rest import account as rest
from snowflake_rest.account import Account
from snowflake_rest.runtime import Steps

__all__ = [
    "Account",
    "AccountCollection",
    "AccountResource",
]


class AccountResource(AccountObject, Undropped):
    """An account."""

    _rest = rest.RESOURCE

    @remote
    def drop(self, grace_period_in_days: int, if_exists: bool | None = None) -> Steps[None]:
        """Drop the account.

        Its users are locked out at once. Until the grace period ends it can be restored; then Snowflake deletes it
        for good. See https://docs.snowflake.com/en/sql-reference/sql/drop-account.

        Args:
            grace_period_in_days: How many days the account can still be restored, from 3 to 90.
            if_exists: Succeed without doing anything when the object does not exist. The server's default is
                `false`.
        """
        return rest.delete_account(*self.path, grace_period_in_days=grace_period_in_days, if_exists=if_exists)

    drop_async = twin(drop)


class AccountCollection(AccountObjects[AccountResource]):
    """The accounts of the organization, without managed accounts."""

    _handle = AccountResource

    @remote
    def create(self, account: Account) -> Steps[AccountResource]:
        """Create an account in the organization.

        The first administrator logs in with `admin_name`, and needs a password or a public key. See
        https://docs.snowflake.com/en/sql-reference/sql/create-account.

        ConflictError if one of this name exists.

        Args:
            account: What to create; a dict with the fields of Account will do, too.
        """
        account = build_model(Account, account)
        yield from rest.create_account(account)
        return self[account.name]

    create_async = twin(create)

    @remote
    def iter(
        self, *, like: str | None = None, limit: int | None = None, history: bool | None = None
    ) -> Steps[Iterator[Account]]:
        """The accounts of the organization, without managed accounts.

        See https://docs.snowflake.com/en/sql-reference/sql/show-accounts.

        Args:
            like: Only the objects whose name matches this SQL pattern (`%` any text, `_` one character), whatever
                the case.
            limit: At most this many objects, from 1 to 10,000.
            history: Include accounts that were dropped and can still be restored.
        """
        return Listing(rest.list_accounts(like=like, show_limit=limit, history=history))

    iter_async = twin(iter)
