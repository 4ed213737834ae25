# Generated from specs/account.yaml by `make generate`. Do not edit.
"""The accounts of an organization. Creating, dropping and listing them takes a role that administers the organization,
such as ORGADMIN. See https://docs.snowflake.com/en/user-guide/organizations.
"""

from __future__ import annotations

from datetime import datetime

from .common import IDENTIFIER
from .runtime import (
    BOOLEAN,
    DATETIME,
    INTEGER,
    SECRET,
    STRING,
    Array,
    Integer,
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
class Account(Model):
    """An account of the organization. The fields about its administrator only count when it is created.

    Args:
        name: The name, unique within the organization: letters, digits and `_`, beginning with a letter.
        edition: The Snowflake edition: `STANDARD`, `ENTERPRISE` or `BUSINESS_CRITICAL`.
        admin_name: The login name of the first user, who gets the ACCOUNTADMIN role.
        email: The first user's e-mail address, to which Snowflake sends notices about the account.
        region_group: The group of regions that `region` is in. Only organizations that span several groups need it;
            by default that of the account in use.
        region: The Snowflake region, such as `AWS_US_WEST_2`. By default that of the account in use.
        comment: A comment on the account.
        admin_password: The first user's password. Needed unless there is a public key.
        admin_rsa_public_key: The first user's RSA public key, for key-pair authentication. Needed unless there is a
            password.
        admin_user_type: The type of the first user: `PERSON`, `SERVICE` or `LEGACY_SERVICE`.
        first_name: The first user's given name.
        last_name: The first user's family name.
        must_change_password: Make the first user choose a new password at the first login. Default: false.
        polaris: Create a Snowflake Open Catalog account instead of an ordinary one. Default: false.

    Attributes:
        organization_name (set by the server): The organization that the account belongs to.
        created_on (set by the server): When the account was created.
        account_url (set by the server): The preferred URL of the account, made of the names of organization and
            account.
        account_locator (set by the server): The identifier that Snowflake gave the account.
        account_locator_url (set by the server): The older form of URL, made of locator and region.
        managed_accounts (set by the server): How many managed accounts this account has created.
        consumption_billing_entity_name (set by the server): The billing entity that pays for consumption.
        marketplace_consumer_billing_entity_name (set by the server): The billing entity for what the account buys on
            the Marketplace.
        marketplace_provider_billing_entity_name (set by the server): The billing entity for what the account sells
            on the Marketplace.
        old_account_url (set by the server): The URL from before the account was renamed, while it is still kept.
        is_org_admin (set by the server): Whether the ORGADMIN role is enabled in the account.
        retention_time (set by the server): For how many days history is kept for Time Travel.
        dropped_on (set by the server): When the account was dropped.
        scheduled_deletion_time (set by the server): When a dropped account will be deleted for good.
        restored_on (set by the server): When the account was last restored.
        account_old_url_saved_on (set by the server): When the URL from before the renaming was saved.
        account_old_url_last_used (set by the server): When the URL from before the renaming was last used.
        organization_old_url (set by the server): The URL from before the account changed its organization, while it
            is still kept.
        organization_old_url_saved_on (set by the server): When the URL from before the change of organization was
            saved.
        organization_old_url_last_used (set by the server): When the URL from before the change of organization was
            last used.
        organization_url_expiration_on (set by the server): When the URL from before the change of organization stops
            working.
        moved_on (set by the server): When the account was moved to another organization.
        is_events_account (set by the server): Whether the account collects the events that installed applications
            share.
        moved_to_organization (set by the server): The organization that the account was moved to.
    """

    name: str = field(IDENTIFIER, kw_only=False)
    """The name, unique within the organization: letters, digits and `_`, beginning with a letter."""
    edition: str = field(STRING, kw_only=False)
    """The Snowflake edition: `STANDARD`, `ENTERPRISE` or `BUSINESS_CRITICAL`."""
    admin_name: str | None = field(STRING, default=None, null=True, kw_only=False)
    """The login name of the first user, who gets the ACCOUNTADMIN role."""
    email: str | None = field(STRING, default=None, null=True, kw_only=False)
    """The first user's e-mail address, to which Snowflake sends notices about the account."""
    organization_name: str | None = field(STRING, default=None, read_only=True, kw_only=False)
    """The organization that the account belongs to."""
    region_group: str | None = field(STRING, default=None, kw_only=False)
    """The group of regions that `region` is in. Only organizations that span several groups need it; by default that of
    the account in use.
    """
    region: str | None = field(STRING, default=None, kw_only=False)
    """The Snowflake region, such as `AWS_US_WEST_2`. By default that of the account in use."""
    created_on: datetime | None = field(DATETIME, default=None, read_only=True, kw_only=False)
    """When the account was created."""
    account_url: str | None = field(STRING, default=None, read_only=True, kw_only=False)
    """The preferred URL of the account, made of the names of organization and account."""
    account_locator: str | None = field(STRING, default=None, read_only=True, kw_only=False)
    """The identifier that Snowflake gave the account."""
    account_locator_url: str | None = field(STRING, default=None, read_only=True, kw_only=False)
    """The older form of URL, made of locator and region."""
    managed_accounts: int | None = field(INTEGER, default=None, read_only=True, kw_only=False)
    """How many managed accounts this account has created."""
    consumption_billing_entity_name: str | None = field(STRING, default=None, read_only=True, kw_only=False)
    """The billing entity that pays for consumption."""
    marketplace_consumer_billing_entity_name: str | None = field(STRING, default=None, read_only=True, kw_only=False)
    """The billing entity for what the account buys on the Marketplace."""
    marketplace_provider_billing_entity_name: str | None = field(STRING, default=None, read_only=True, kw_only=False)
    """The billing entity for what the account sells on the Marketplace."""
    old_account_url: str | None = field(STRING, default=None, read_only=True, kw_only=False)
    """The URL from before the account was renamed, while it is still kept."""
    comment: str | None = field(STRING, default=None, kw_only=False)
    """A comment on the account."""
    is_org_admin: bool | None = field(BOOLEAN, default=None, read_only=True, kw_only=False)
    """Whether the ORGADMIN role is enabled in the account."""
    retention_time: int | None = field(INTEGER, default=None, read_only=True, kw_only=False)
    """For how many days history is kept for Time Travel."""
    dropped_on: datetime | None = field(DATETIME, default=None, read_only=True, kw_only=False)
    """When the account was dropped."""
    scheduled_deletion_time: datetime | None = field(DATETIME, default=None, read_only=True, kw_only=False)
    """When a dropped account will be deleted for good."""
    restored_on: datetime | None = field(DATETIME, default=None, read_only=True, kw_only=False)
    """When the account was last restored."""
    account_old_url_saved_on: datetime | None = field(DATETIME, default=None, read_only=True, kw_only=False)
    """When the URL from before the renaming was saved."""
    account_old_url_last_used: datetime | None = field(DATETIME, default=None, read_only=True, kw_only=False)
    """When the URL from before the renaming was last used."""
    organization_old_url: str | None = field(STRING, default=None, read_only=True, kw_only=False)
    """The URL from before the account changed its organization, while it is still kept."""
    organization_old_url_saved_on: datetime | None = field(DATETIME, default=None, read_only=True, kw_only=False)
    """When the URL from before the change of organization was saved."""
    organization_old_url_last_used: datetime | None = field(DATETIME, default=None, read_only=True, kw_only=False)
    """When the URL from before the change of organization was last used."""
    organization_url_expiration_on: datetime | None = field(
        DATETIME, default=None, wire="organization_URL_expiration_on", read_only=True, kw_only=False
    )
    """When the URL from before the change of organization stops working."""
    moved_on: datetime | None = field(DATETIME, default=None, read_only=True, kw_only=False)
    """When the account was moved to another organization."""
    is_events_account: bool | None = field(BOOLEAN, default=None, read_only=True, kw_only=False)
    """Whether the account collects the events that installed applications share."""
    moved_to_organization: str | None = field(STRING, default=None, read_only=True, kw_only=False)
    """The organization that the account was moved to."""
    admin_password: str | None = field(SECRET, default=None, kw_only=False)
    """The first user's password. Needed unless there is a public key."""
    admin_rsa_public_key: str | None = field(SECRET, default=None, kw_only=False)
    """The first user's RSA public key, for key-pair authentication. Needed unless there is a password."""
    admin_user_type: str | None = field(STRING, default=None, kw_only=False)
    """The type of the first user: `PERSON`, `SERVICE` or `LEGACY_SERVICE`."""
    first_name: str | None = field(STRING, default=None, kw_only=False)
    """The first user's given name."""
    last_name: str | None = field(STRING, default=None, kw_only=False)
    """The first user's family name."""
    must_change_password: bool | None = field(BOOLEAN, default=False, kw_only=False)
    """Make the first user choose a new password at the first login. Default: false."""
    polaris: bool | None = field(BOOLEAN, default=False, kw_only=False)
    """Create a Snowflake Open Catalog account instead of an ordinary one. Default: false."""


_SHOW_LIMIT = Integer(minimum=1, maximum=10000)
_ACCOUNT_LIST = Array(Nested(Account))
_ACCOUNT = Nested(Account)


def list_accounts(
    *, like: str | None = None, show_limit: int | None = None, history: bool | None = None
) -> Operation[list[Account]]:
    """The accounts of the organization, without managed accounts.

    See https://docs.snowflake.com/en/sql-reference/sql/show-accounts.

    Args:
        like: Only the objects whose name matches this SQL pattern (`%` any text, `_` one character), whatever the
            case.
        show_limit: At most this many objects, from 1 to 10,000.
        history: Include accounts that were dropped and can still be restored.
    """
    return Operation(
        id="listAccounts",
        method="GET",
        path="/api/v2/accounts",
        query={
            "like": argument("like", STRING, like),
            "showLimit": argument("show_limit", _SHOW_LIMIT, show_limit),
            "history": argument("history", BOOLEAN, history),
        },
        answer=_ACCOUNT_LIST,
    )


def create_account(account: Account) -> Operation[None]:
    """Create an account in the organization.

    The first administrator logs in with `admin_name`, and needs a password or a public key. See
    https://docs.snowflake.com/en/sql-reference/sql/create-account.

    Args:
        account: An account of the organization. The fields about its administrator only count when it is created.
    """
    return Operation(
        id="createAccount",
        method="POST",
        path="/api/v2/accounts",
        body=body("account", _ACCOUNT, account, required=True),
    )


def delete_account(name: str, *, grace_period_in_days: int, if_exists: bool | None = None) -> Operation[None]:
    """Drop the account.

    Its users are locked out at once. Until the grace period ends it can be restored; then Snowflake deletes it for
    good. See https://docs.snowflake.com/en/sql-reference/sql/drop-account.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        grace_period_in_days: How many days the account can still be restored, from 3 to 90.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="deleteAccount",
        method="DELETE",
        path=f"/api/v2/accounts/{segment('name', name)}",
        query={
            "gracePeriodInDays": argument("grace_period_in_days", INTEGER, grace_period_in_days, required=True),
            "ifExists": argument("if_exists", BOOLEAN, if_exists),
        },
    )


def undrop_account(name: str) -> Operation[None]:
    """Restore a dropped account whose grace period has not ended.

    See https://docs.snowflake.com/en/sql-reference/sql/undrop-account.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
    """
    return Operation(
        id="UndropAccount",
        method="POST",
        path=f"/api/v2/accounts/{segment('name', name)}:undrop",
    )


RESOURCE = Resource(
    name="account",
    collection="/api/v2/accounts",
    model=Account,
    list=list_accounts,
    create=create_account,
    drop=delete_account,
    undrop=undrop_account,
)
