"""Tokens that are good for one part of REST alone, for an hour."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

import attrs

SECONDS = 3600


@attrs.frozen
class ScopedToken:
    resource: str
    """The document whose operations it opens."""
    user: str
    role: str
    expires: datetime


class ScopedTokens:
    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._given: dict[str, ScopedToken] = {}

    def give(self, resource: str, user: str, role: str) -> str:
        now, token = self._clock(), secrets.token_urlsafe(32)
        self._given = {known: one for known, one in self._given.items() if one.expires > now}
        self._given[token] = ScopedToken(resource, user, role, now + timedelta(seconds=SECONDS))
        return token

    def find(self, token: str) -> ScopedToken | None:
        """What a token opens; None if it is none, or expired."""
        found = self._given.get(token)
        return found if found is not None and found.expires > self._clock() else None
