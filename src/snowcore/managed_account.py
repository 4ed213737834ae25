"""Managed accounts: accounts for readers of what this one shares.

See https://docs.snowflake.com/en/user-guide/data-sharing-reader-create.
"""

from __future__ import annotations

from snowflake_rest import managed_account as rest
from snowflake_rest.managed_account import ManagedAccount
from snowflake_rest.runtime import Steps

from ._collections import AccountObjects, Matched
from ._handles import AccountObject
from ._methods import build_model, remote, twin

ManagedAccountModel = ManagedAccount

__all__ = ["ManagedAccount", "ManagedAccountCollection", "ManagedAccountModel", "ManagedAccountResource"]


class ManagedAccountResource(AccountObject):
    """A managed account."""

    _rest = rest.RESOURCE

    @remote
    def drop(self) -> Steps[None]:
        """Drop the managed account with all that is in it. NotFoundError if there is none."""
        return rest.delete_managed_account(*self.path)

    drop_async = twin(drop)


class ManagedAccountCollection(AccountObjects[ManagedAccountResource], Matched[ManagedAccountResource, ManagedAccount]):
    """The managed accounts of the account."""

    _handle = ManagedAccountResource

    @remote
    def create(self, managed_account: ManagedAccount) -> Steps[ManagedAccountResource]:
        """Create a managed account. ConflictError if one of this name exists."""
        managed_account = build_model(ManagedAccount, managed_account)
        yield from rest.create_managed_account(managed_account)
        return self[managed_account.name]

    create_async = twin(create)
