# Generated from specs/managed-account.yaml by `make generate`. Do not edit.
"""A managed account belongs to the account that creates it and pays for it. The only kind are reader accounts, in which
people who are no customers of Snowflake read what is shared with them. See
https://docs.snowflake.com/en/sql-reference/sql/create-managed-account.
"""

from snowcore._generated.managed_account import (
    ManagedAccount,
    ManagedAccountCollection,
    ManagedAccountModel,
    ManagedAccountResource,
)

__all__ = [
    "ManagedAccount",
    "ManagedAccountCollection",
    "ManagedAccountModel",
    "ManagedAccountResource",
]
