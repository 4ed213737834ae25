"""Translations that are used again: kept by a statement's text, the types of its binds, and the version of the names
that it used."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

from ..protocol import Change, Names, Translation
from ..types import DataType

_Key = tuple[str, tuple[DataType, ...]]


class Kept:
    """The translations of one session. Those that weren't used for longest go when there are more than `most`."""

    def __init__(self, most: int = 500, longest: int = 20_000) -> None:
        """longest: characters of a text that is kept."""
        self._most, self._longest = most, longest
        self._found: OrderedDict[_Key, tuple[int, Translation]] = OrderedDict()

    def find(self, text: str, names: Names, binds: Sequence[DataType] = ()) -> Translation | None:
        """The translation of this text, if nothing that it depends on has changed."""
        key = (text, tuple(binds))
        found = self._found.get(key)
        if found is None:
            return None
        if found[0] != names.version:
            del self._found[key]
            return None
        self._found.move_to_end(key)
        return found[1]

    def keep(self, text: str, names: Names, made: Translation | Change, binds: Sequence[DataType] = ()) -> None:
        """Remember a query's translation; nothing of a change, nor of what must be translated anew each time."""
        if isinstance(made, Change) or not made.fixed or len(text) > self._longest:
            return
        self._found[text, tuple(binds)] = (names.version, made)
        while len(self._found) > self._most:
            self._found.popitem(last=False)
