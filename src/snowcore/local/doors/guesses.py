"""How often a caller may be wrong about a password."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from .bodies import Refused

_FREE_GUESSES = 10
_SECONDS_A_GUESS = 2.0
_MOST_WAITING = 30.0


class Guesses:
    """How often an address may try passwords: some wrong ones as fast as it likes, then one in two seconds.

    The right password waits as well, since an answer that came at once would say that it is right.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._free: dict[str, float] = {}
        """When an address will have paid for its wrong guesses."""

    async def told(self, address: str, right: bool) -> bool:
        """Whether a password is right, when this address may know. Refused if too many of it wait to know already."""
        late = self._free.get(address, 0) - (_FREE_GUESSES - 1) * _SECONDS_A_GUESS - self._clock()
        if late > _MOST_WAITING:
            raise Refused(429, "390102", "08001", "Too many wrong passwords from this address; try again later.")
        if late > 0 or not right:
            now = self._clock()
            self._free = {one: free for one, free in self._free.items() if free > now}
            self._free[address] = max(self._free.get(address, 0), now) + _SECONDS_A_GUESS
        await asyncio.sleep(max(late, 0))
        return right
