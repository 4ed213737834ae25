"""What others hold, to go through while more come and some go. A WeakSet fails if another thread adds to it then."""

from __future__ import annotations

import weakref
from collections.abc import Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class Living(Generic[T]):
    """Those that were added, until somebody takes them out or nobody else has them any more."""

    def __init__(self) -> None:
        self._found: dict[int, weakref.ref[T]] = {}

    def add(self, one: T) -> None:
        key = id(one)
        self._found[key] = weakref.ref(one, lambda _: self._found.pop(key, None))

    def discard(self, one: T) -> None:
        self._found.pop(id(one), None)

    def __iter__(self) -> Iterator[T]:
        """Those that are there now."""
        every = [ref() for ref in list(self._found.values())]
        return iter([one for one in every if one is not None])
