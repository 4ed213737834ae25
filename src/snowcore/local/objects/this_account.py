"""The account as an object that statements are about: its tags, and the parameters with which all sessions begin.

See https://docs.snowflake.com/en/sql-reference/sql/alter-account.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..account.catalog import Entry
from ..account.facts import tagged_account
from .base import checked_tag
from .tags import TagName

if TYPE_CHECKING:
    from ..account.account import Account
    from ..account.calls import Context

VERSION = "10.10.0"
"""The release of Snowflake that the account tells."""
ALONE = ("CORTEX_ENABLED_CROSS_REGION", "CORTEX_MODELS_ALLOWLIST", "EVENT_TABLE", "NETWORK_POLICY")
"""Parameters that only the account has, from which nothing follows here: which models there are, the user's function
says, and nobody writes into an event table or is kept out."""


def parameters(account: Account) -> Mapping[str, Any]:
    """What the sessions of all users begin with."""
    entry = tagged_account(account.catalog)
    return entry.properties if entry is not None else {}


def set_parameters(account: Account, values: Mapping[str, Any]) -> None:
    """Set parameters for the sessions that begin from now on; None takes what was set off."""
    with account.changing:
        entry = _made(account)
        told = {name: value for name, value in {**entry.properties, **values}.items() if value is not None}
        account.catalog.update(entry, properties=told)


def set_tags(account: Account, context: Context, values: Mapping[TagName, str | None]) -> None:
    """Set tags on the account, which everything in it then has; None takes one off."""
    with account.changing, account.catalog.transaction():
        for tag, value in values.items():
            checked_tag(account, context, tag, value)
            account.catalog.set_tag(_made(account), tag, value)


def _made(account: Account) -> Entry:
    found = tagged_account(account.catalog)
    return found or account.catalog.add("this-account", 0, "", {}, {}, "ACCOUNTADMIN")
