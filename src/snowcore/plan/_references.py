"""Which objects need which: what they are in, what they run after or read from, and what their texts mention."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from enum import IntEnum
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import Any

from .._names import SPELLING, split_name
from ..exceptions import InvalidIdentifierError
from ._kinds import Address, Names, find_above, find_stored
from ._yaml import is_list, is_mapping

Bodies = Mapping[Address, Mapping[str, Any]]
"""Objects with what is said of them."""

_QUALIFIED = rf"{SPELLING}(?:\.{SPELLING}){{0,2}}"
NAME = re.compile(_QUALIFIED)
_FROM = re.compile(rf"\b(?:FROM|JOIN)\s+({_QUALIFIED})", re.IGNORECASE)
_SILENT = frozenset(("column_names", "comment", "datatype", "name"))
"""Properties whose texts name nothing that an object needs."""
_SOURCE = frozenset(("schema_name", "src_type"))
"""Properties of what tells another object by its name and the names of where it is."""


class Doubt(IntEnum):
    """Why an object seems to need another."""

    NONE = 0
    """Without the other it can't be."""
    VALUE = 1
    """The other is the whole value of one of its properties."""
    MENTION = 2
    """The other is mentioned somewhere in its texts, which may be by chance."""


Needs = dict[Address, dict[Address, Doubt]]
"""What each object needs."""


def find_needs(bodies: Bodies) -> Needs:
    """What each of these objects needs of the others."""
    index: dict[Names, list[Address]] = {}
    for address in sorted(bodies, key=str):
        index.setdefault((*address.place, address.name), []).append(address)
    return {address: _find_needs(address, body, index) for address, body in bodies.items()}


def _find_needs(
    address: Address, body: Mapping[str, Any], index: Mapping[Names, list[Address]]
) -> dict[Address, Doubt]:
    needs = {one: Doubt.NONE for one in find_above(address) if one in index.get(one.names, ())}
    queries = [str(body.get("query", ""))] if address.kind.name in ("view", "dynamic_table") else []
    sources = [found[1] for query in queries for found in _FROM.finditer(query)]
    named = [(str(name), Doubt.NONE) for name in (*find_tasks_before(body), *sources)]
    for text in _find_texts(body):
        names = (found[0] for found in NAME.finditer(text))
        named += [(name, Doubt.VALUE if name == text else Doubt.MENTION) for name in names]
    for name, doubt in named:
        for one in _find_named(address.place, name, index):
            needs[one] = min(doubt, needs.get(one, doubt))
    needs.pop(address, None)
    return needs


def find_tasks_before(body: Mapping[str, Any]) -> list[str]:
    """The names of the tasks after which a task runs, the root that it finalizes among them."""
    finalized = body.get("finalize")
    return [*(body.get("predecessors") or ()), *([finalized] if finalized else ())]


def _find_named(place: Names, name: str, index: Mapping[Names, list[Address]]) -> list[Address]:
    """What a name means to an object in a place: something there, in its database, or in the account."""
    try:
        names = find_stored(split_name(name))
    except InvalidIdentifierError:
        return []
    return [one for end in range(len(place), -1, -1) for one in index.get((*place[:end], *names), ())]


def _find_texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif is_mapping(value):
        if not _SOURCE.isdisjoint(value):
            yield ".".join(str(value[word]) for word in ("database_name", "schema_name", "name") if value.get(word))
        for name, part in value.items():
            if name not in _SILENT:
                yield from _find_texts(part)
    elif is_list(value):
        for part in value:
            yield from _find_texts(part)


def find_circle(needs: Needs) -> list[Address]:
    """Objects each of which can't be without the next, and the last is the first; empty if there are none."""
    try:
        _sort({one: [o for o, doubt in its.items() if doubt is Doubt.NONE] for one, its in needs.items()})
    except CycleError as error:
        return list(reversed(error.args[1]))
    return []


def sort_by_need(needs: Needs) -> list[list[Address]]:
    """The objects in groups, each of which needs nothing but what is in the groups before.

    Where they need one another in a circle, the need that is most in doubt counts for nothing.
    """
    left = {one: dict(its) for one, its in needs.items()}
    while True:
        try:
            return _sort(left)
        except CycleError as error:
            circle: list[Address] = error.args[1]
            first, then = max(pairwise(circle), key=lambda pair: left[pair[1]][pair[0]])
            del left[then][first]


def _sort(graph: Mapping[Address, Collection[Address]]) -> list[list[Address]]:
    """Groups of objects, each after all that its objects need. CycleError, whose second argument is the circle."""
    sorter = TopologicalSorter(graph)
    sorter.prepare()
    groups: list[list[Address]] = []
    while sorter.is_active():
        groups.append(sorted(sorter.get_ready(), key=lambda one: (len(one.names), str(one))))
        sorter.done(*groups[-1])
    return groups
