"""Which objects need which: what they are in, what they run after or read from, and what their texts mention."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, cast

import attrs

from .._names import SPELLING, split_name, unquote
from ..exceptions import InvalidIdentifierError
from ._kinds import Address, Names, find_above

Bodies = Mapping[Address, Mapping[str, Any]]
"""Objects with what is said of them."""

_QUALIFIED = rf"{SPELLING}(?:\.{SPELLING}){{0,2}}"
_NAME = re.compile(_QUALIFIED)
_FROM = re.compile(rf"\b(?:FROM|JOIN)\s+({_QUALIFIED})", re.IGNORECASE)
_SILENT = frozenset(("column_names", "comment", "datatype", "name"))
"""Properties whose texts name nothing that an object needs."""


@attrs.frozen
class Needs:
    """What one object needs of others."""

    surely: frozenset[Address]
    """Without these it can't be."""
    likely: frozenset[Address]
    """These are the whole value of one of its properties."""
    maybe: frozenset[Address]
    """These are mentioned somewhere in its texts, which may be by chance."""

    @property
    def all(self) -> frozenset[Address]:
        """All of them, in whatever way."""
        return self.surely | self.likely | self.maybe


def find_needs(bodies: Bodies) -> dict[Address, Needs]:
    """What each of these objects needs of the others."""
    index: dict[Names, list[Address]] = {}
    for address in bodies:
        index.setdefault((*address.place, address.name), []).append(address)
    return {address: _find_needs(address, body, index) for address, body in bodies.items()}


def _find_needs(address: Address, body: Mapping[str, Any], index: Mapping[Names, list[Address]]) -> Needs:
    surely = {one for one in find_above(address) if one in index.get(one.names, ())}
    tasks = [*(body.get("predecessors") or ()), *([body["finalize"]] if body.get("finalize") else [])]
    queries = [str(body.get("query", ""))] if address.kind.name in ("view", "dynamic_table") else []
    sources = [found[1] for query in queries for found in _FROM.finditer(query)]
    for name in [*tasks, *sources]:
        surely |= set(find_named(address.place, str(name), index))
    likely, maybe = set[Address](), set[Address]()
    for text in _find_texts(body):
        for found in _NAME.finditer(text):
            (likely if found[0] == text else maybe).update(find_named(address.place, found[0], index))
    likely, maybe, itself = likely - surely, maybe - likely - surely, {address}
    return Needs(frozenset(surely - itself), frozenset(likely - itself), frozenset(maybe - itself))


def find_named(place: Names, name: str, index: Mapping[Names, list[Address]]) -> list[Address]:
    """What a name means to an object in a place: something there, in its database, or in the account."""
    try:
        names = tuple(unquote(part) for part in split_name(name)[:3] if part)
    except InvalidIdentifierError:
        return []
    return [one for end in range(len(place), -1, -1) for one in index.get((*place[:end], *names), ())]


def _find_texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, part in cast("Mapping[str, Any]", value).items():
            if name not in _SILENT or "src_type" in value:
                yield from _find_texts(part)
    elif isinstance(value, list):
        for part in cast("list[Any]", value):
            yield from _find_texts(part)


def find_circle(needs: Mapping[Address, Needs]) -> list[Address]:
    """Objects each of which surely needs the next, and the last the first; empty if there are none."""
    done: set[Address] = set()
    for start in needs:
        trail: list[Address] = []
        stack = [(start, iter(needs[start].surely))] if start not in done else []
        trail = [start]
        while stack:
            address, rest = stack[-1]
            following = next((one for one in rest if one not in done), None)
            if following is None:
                done.add(address)
                stack.pop()
                trail.pop()
            elif following in trail:
                return trail[trail.index(following) :]
            else:
                stack.append((following, iter(needs[following].surely)))
                trail.append(following)
    return []


def sort_by_need(needs: Mapping[Address, Needs]) -> list[list[Address]]:
    """The objects in groups, each of which needs nothing but what is in the groups before.

    Where they mention one another in a circle, what is only mentioned in a text counts least, and then what is a value.
    """
    left = dict(sorted(needs.items(), key=lambda item: (len(item[0].names), str(item[0]))))
    groups: list[list[Address]] = []
    while left:
        ready = [one for one, its in left.items() if its.all.isdisjoint(left)]
        groups.append(ready or [_find_in_circle(left)])
        for one in groups[-1]:
            del left[one]
    return groups


def _find_in_circle(left: Mapping[Address, Needs]) -> Address:
    """One of the objects that are in a circle, which may go first since what it needs of the others is least sure."""
    trail: dict[Address, None] = {}
    one = next(iter(left))
    while one not in trail:
        trail[one] = None
        one = next(other for other in left if other in left[one].all)
    circle = list(trail)[list(trail).index(one) :]
    doubts = [
        0 if left[this].maybe >= {after} else 1 if left[this].likely >= {after} else 2
        for this, after in zip(circle, [*circle[1:], one])
    ]
    return circle[doubts.index(min(doubts))]
