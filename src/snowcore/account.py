# Generated from specs/account.yaml by `make generate`. Do not edit.
"""The accounts of an organization. Creating, dropping and listing them takes a role that administers the organization,
such as ORGADMIN. See https://docs.snowflake.com/en/user-guide/organizations.
"""

from snowcore._generated.account import Account, AccountCollection, AccountResource

__all__ = [
    "Account",
    "AccountCollection",
    "AccountResource",
]
