"""An account to wait on, whose clock is moved by waiting itself."""

from __future__ import annotations

import attrs
import pytest

from snowcore import LocalAccount, Root
from snowcore.waiting import Clock


@pytest.fixture
def root(account: LocalAccount) -> Root:
    return Root(account)


@attrs.define
class Slept:
    """A clock that moves only when something sleeps, and remembers for how long that was each time."""

    account: LocalAccount | None = None
    now: float = 0.0
    pauses: list[float] = attrs.field(factory=list)

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        self.pauses.append(seconds)
        if self.account is not None:
            self.account.advance(seconds=seconds)

    @property
    def clock(self) -> Clock:
        return Clock(now=lambda: self.now, sleep=self.sleep)


@pytest.fixture
def slept(account: LocalAccount) -> Slept:
    return Slept(account)
