"""Programmatic access tokens of users: of each, its SHA-256 alone is kept, in the state of the user's entry.

See https://docs.snowflake.com/en/user-guide/programmatic-access-tokens.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from ...engine.errors import AccountError, exists, invalid, missing
from ...engine.names import canonical, shown
from ..account.catalog import Entry
from .passwords import has_passed

if TYPE_CHECKING:
    from ..account.account import Account

Token = Mapping[str, Any]
Held = tuple[Entry, Token]
"""A user, and one of the user's tokens."""
_MOST = 15
_DAYS, _MOST_DAYS = 15, 365


def of(user: Entry) -> dict[str, Token]:
    """The tokens of a user, by name."""
    return {name: token for name, token in user.state.get("tokens", {}).items() if token is not None}


def add(account: Account, user: Entry, name: str, by: str, given: Mapping[str, Any]) -> str:
    """A new token, which nobody is told again. given: what was declared of it."""
    tokens, role, days = of(user), given.get("ROLE_RESTRICTION"), given.get("DAYS_TO_EXPIRY", _DAYS)
    if name in tokens:
        raise exists(shown(name))
    if len(tokens) >= _MOST:
        raise invalid(f"User {shown(user.name)} has {_MOST} programmatic access tokens, which are the most.")
    if not 1 <= days <= _MOST_DAYS:
        raise invalid(f"Invalid value of DAYS_TO_EXPIRY: {days}; it is from 1 to {_MOST_DAYS}.")
    if role is None and user.properties.get("type") == "SERVICE":
        raise invalid("A programmatic access token of a user of type SERVICE needs ROLE_RESTRICTION.")
    if role is not None and canonical(role) not in account.access.available(user.name):
        raise missing("role", shown(canonical(role)))
    secret = secrets.token_urlsafe(48)
    token = {
        "role_restriction": canonical(role) if role is not None else None,
        "comment": given.get("COMMENT"),
        "created_by": by,
        "mins_to_bypass_network_policy_requirement": given.get("MINS_TO_BYPASS_NETWORK_POLICY_REQUIREMENT"),
    }
    _keep(account, user, {**tokens, name: {**token, **_fresh(account, secret, days)}})
    return secret


def rotate(account: Account, user: Entry, name: str, hours: int) -> tuple[str, str]:
    """Another secret for a token, and the name under which the one before is good for some more hours."""
    tokens, token = of(user), need(user, name)
    now, secret = account.clock(), secrets.token_urlsafe(48)
    before = f"{name}_ROTATED_{int(now.timestamp() * 1000)}"
    ends = min(token["expires_at"], (now + timedelta(hours=hours)).isoformat())
    fresh = _fresh(account, secret, token["days"])
    _keep(
        account, user, {**tokens, before: {**token, "expires_at": ends, "rotated_to": name}, name: {**token, **fresh}}
    )
    return secret, before


def change(account: Account, user: Entry, name: str, values: Mapping[str, Any], to: str | None = None) -> None:
    """Give a token other properties, and perhaps another name."""
    token, tokens = need(user, name), of(user)
    if to is not None and to in tokens:
        raise exists(shown(to))
    del tokens[name]
    _keep(account, user, {**tokens, to or name: {**token, **values}})


def remove(account: Account, user: Entry, name: str) -> None:
    need(user, name)
    _keep(account, user, {other: token for other, token in of(user).items() if other != name})


def need(user: Entry, name: str) -> Token:
    """AccountError 002003 if the user has no such token."""
    token = of(user).get(name)
    if token is None:
        raise missing("programmatic access token", shown(name))
    return token


def status_of(account: Account, user: Entry, token: Token) -> str:
    if has_passed(token["expires_at"], account.clock()):
        return "EXPIRED"
    return "DISABLED" if token.get("disabled") or user.properties.get("disabled") else "ACTIVE"


def hashes(account: Account, user: Entry) -> list[str]:
    """Of the tokens that are good now."""
    return [token["hash"] for token in of(user).values() if status_of(account, user, token) == "ACTIVE"]


def holder(account: Account, secret: str) -> Held | None:
    """The user of a token that is good now."""
    hash_ = _hash(secret)
    for user in account.catalog.children(0, "user"):
        for token in of(user).values():
            if token["hash"] == hash_:
                return (user, token) if status_of(account, user, token) == "ACTIVE" else None
    return None


INVALID = AccountError(401, "394400", "08001", "Programmatic access token is invalid.")


def _fresh(account: Account, secret: str, days: int) -> Token:
    now = account.clock()
    expires = (now + timedelta(days=days)).isoformat()
    return {"hash": _hash(secret), "created_on": now.isoformat(), "expires_at": expires, "days": days}


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()


def _keep(account: Account, user: Entry, tokens: Mapping[str, Token]) -> None:
    with account.changing:
        account.kinds["user"].set_state(account.catalog.get(user.id), tokens=tokens)
