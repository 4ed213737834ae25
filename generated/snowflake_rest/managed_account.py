# Generated from specs/managed-account.yaml by `make generate`. Do not edit.
"""A managed account belongs to the account that creates it and pays for it. The only kind are reader accounts, in which
people who are no customers of Snowflake read what is shared with them. See
https://docs.snowflake.com/en/sql-reference/sql/create-managed-account.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from .common import IDENTIFIER
from .runtime import (
    DATETIME,
    SECRET,
    STRING,
    Array,
    Choice,
    Model,
    Nested,
    Operation,
    Resource,
    argument,
    body,
    field,
    model,
    segment,
)


@model
class ManagedAccount(Model):
    """An account that this account has created for readers of its shares.

    Args:
        name: The name of the account.
        admin_name: The login name of the first user, who administers the account.
        admin_password: The first user's password.
        account_type: The kind of managed account; `READER` is the only one. Default `READER`.
        comment: A comment on the account.

    Attributes:
        cloud (set by the server): The cloud that the account is on.
        region (set by the server): The region that the account is in.
        locator (set by the server): The identifier that Snowflake gave the account.
        created_on (set by the server): When the account was created.
        url (set by the server): The URL of the account.
        account_locator_url (set by the server): The URL that is made of locator and region.
    """

    name: str = field(IDENTIFIER, kw_only=False)
    """The name of the account."""
    admin_name: str | None = field(STRING, default=None, null=True, kw_only=False)
    """The login name of the first user, who administers the account."""
    admin_password: str | None = field(SECRET, default=None, null=True, kw_only=False)
    """The first user's password."""
    account_type: Literal["READER"] | str | None = field(Choice("READER"), default="READER", kw_only=False)
    """The kind of managed account; `READER` is the only one. Default `READER`."""
    cloud: str | None = field(STRING, default=None, read_only=True, kw_only=False)
    """The cloud that the account is on."""
    region: str | None = field(STRING, default=None, read_only=True, kw_only=False)
    """The region that the account is in."""
    locator: str | None = field(STRING, default=None, read_only=True, kw_only=False)
    """The identifier that Snowflake gave the account."""
    created_on: datetime | None = field(DATETIME, default=None, read_only=True, kw_only=False)
    """When the account was created."""
    url: str | None = field(STRING, default=None, read_only=True, kw_only=False)
    """The URL of the account."""
    account_locator_url: str | None = field(STRING, default=None, read_only=True, kw_only=False)
    """The URL that is made of locator and region."""
    comment: str | None = field(STRING, default=None, kw_only=False)
    """A comment on the account."""


_MANAGED_ACCOUNT_LIST = Array(Nested(ManagedAccount))
_MANAGED_ACCOUNT = Nested(ManagedAccount)


def list_managed_accounts(*, like: str | None = None) -> Operation[list[ManagedAccount]]:
    """The managed accounts of the account.

    Args:
        like: Only the objects whose name matches this SQL pattern (`%` any text, `_` one character), whatever the
            case.
    """
    return Operation(
        id="listManagedAccounts",
        method="GET",
        path="/api/v2/managed-accounts",
        query={"like": argument("like", STRING, like)},
        answer=_MANAGED_ACCOUNT_LIST,
    )


def create_managed_account(managed_account: ManagedAccount) -> Operation[None]:
    """Create a managed account.

    See https://docs.snowflake.com/en/sql-reference/sql/create-managed-account.

    Args:
        managed_account: An account that this account has created for readers of its shares.
    """
    return Operation(
        id="createManagedAccount",
        method="POST",
        path="/api/v2/managed-accounts",
        body=body("managed_account", _MANAGED_ACCOUNT, managed_account, required=True),
    )


def delete_managed_account(name: str) -> Operation[None]:
    """Drop the managed account.

    All that was created in it goes with it, and its users are locked out at once. See
    https://docs.snowflake.com/en/sql-reference/sql/drop-managed-account.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
    """
    return Operation(
        id="deleteManagedAccount",
        method="DELETE",
        path=f"/api/v2/managed-accounts/{segment('name', name)}",
    )


RESOURCE = Resource(
    name="managed_account",
    collection="/api/v2/managed-accounts",
    model=ManagedAccount,
    list=list_managed_accounts,
    create=create_managed_account,
    drop=delete_managed_account,
)
