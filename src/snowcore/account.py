"""The accounts of an organization. See https://docs.snowflake.com/en/user-guide/organizations-manage-accounts."""

from __future__ import annotations

from collections.abc import Iterator

from snowflake_rest import account as rest
from snowflake_rest.account import Account
from snowflake_rest.runtime import Steps

from ._client import Listing
from ._collections import AccountObjects
from ._handles import AccountObject, Undropped
from ._methods import build_model, remote, twin

__all__ = ["Account", "AccountCollection", "AccountResource"]


class AccountResource(AccountObject, Undropped):
    """An account of the organization."""

    _rest = rest.RESOURCE

    @remote
    def drop(self, grace_period_in_days: int, if_exists: bool | None = None) -> Steps[None]:
        """Close the account. NotFoundError if there is none, unless `if_exists`.

        grace_period_in_days: for how long `undrop` can bring it back, from 3 to 90 days; then it is gone for good.
        """
        return rest.delete_account(*self.path, grace_period_in_days=grace_period_in_days, if_exists=if_exists)

    drop_async = twin(drop)


class AccountCollection(AccountObjects[AccountResource]):
    """The accounts of the organization. Using it takes a role such as ORGADMIN."""

    _handle = AccountResource

    @remote
    def create(self, account: Account) -> Steps[AccountResource]:
        """Create an account. ConflictError if one of this name exists."""
        account = build_model(Account, account)
        yield from rest.create_account(account)
        return self[account.name]

    @remote
    def iter(
        self, *, like: str | None = None, limit: int | None = None, history: bool | None = None
    ) -> Steps[Iterator[Account]]:
        """The accounts.

        like: only those whose name matches this SQL pattern, in any case. limit: at most so many, up to 10,000.
        history: dropped ones too, as long as they can be brought back.
        """
        return Listing(rest.list_accounts(like=like, show_limit=limit, history=history))

    create_async = twin(create)
    iter_async = twin(iter)
