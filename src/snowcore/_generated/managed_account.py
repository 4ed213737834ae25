# Generated from specs/managed-account.yaml by `make generate`. Do not edit.
"""A managed account belongs to the account that creates it and pays for it. The only kind are reader accounts, in which
people who are no customers of Snowflake read what is shared with them. See
https://docs.snowflake.com/en/sql-reference/sql/create-managed-account.
"""

from __future__ import annotations

from snowcore._collections import (
    AccountObjects,
    Matched,
)
from snowcore._handles import (
    AccountObject,
)
from snowcore._methods import build_model, remote, twin
from snowflake_rest import managed_account as rest
from snowflake_rest.managed_account import ManagedAccount
from snowflake_rest.runtime import Steps

ManagedAccountModel = ManagedAccount

__all__ = [
    "ManagedAccount",
    "ManagedAccountCollection",
    "ManagedAccountModel",
    "ManagedAccountResource",
]


class ManagedAccountResource(AccountObject):
    """A managed account."""

    _rest = rest.RESOURCE

    @remote
    def drop(self) -> Steps[None]:
        """Drop the managed account.

        All that was created in it goes with it, and its users are locked out at once. See
        https://docs.snowflake.com/en/sql-reference/sql/drop-managed-account.
        """
        return rest.delete_managed_account(*self.path)

    drop_async = twin(drop)


class ManagedAccountCollection(AccountObjects[ManagedAccountResource], Matched[ManagedAccountResource, ManagedAccount]):
    """The managed accounts of the account."""

    _handle = ManagedAccountResource

    @remote
    def create(self, managed_account: ManagedAccount) -> Steps[ManagedAccountResource]:
        """Create a managed account.

        See https://docs.snowflake.com/en/sql-reference/sql/create-managed-account.

        ConflictError if one of this name exists.

        Args:
            managed_account: What to create; a dict with the fields of ManagedAccount will do, too.
        """
        managed_account = build_model(ManagedAccount, managed_account)
        yield from rest.create_managed_account(managed_account)
        return self[managed_account.name]

    create_async = twin(create)
