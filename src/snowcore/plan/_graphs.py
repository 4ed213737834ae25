"""Graphs of tasks, which change only while their root is suspended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .._names import split_name, unquote
from ._comparing import Change
from ._files import Declarations
from ._kinds import Address, Names
from ._reading import Reading
from ._references import find_tasks_before
from ._steps import Action, Step

_Links = Mapping[Address, frozenset[Address]]
"""Of each task those that it runs after, the root that it finalizes among them."""


def turn_tasks(
    declared: Declarations, reading: Reading, steps: Iterable[Step], olds: Mapping[Address, Address]
) -> list[Step]:
    """The steps that suspend the roots of all graphs that these steps change, and resume what ran before.

    A task whose state is declared gets that one; another keeps its own, and a new one stays suspended.
    """
    done = {step.address: step.action for step in steps if step.address.kind.turned}
    wanted = {one.address: one for one in declared.objects.values() if one.address.kind.turned}
    places = {one.place for one in (*done, *wanted)}
    kinds = {one.kind for one in (*done, *wanted)}
    rows = {a: row for kind in kinds for place in places for a, row in _list(reading, kind, place).items()}
    news = {old: new for new, old in olds.items()}
    states = {news.get(a, a): str(row.get("state", "suspended")).lower() for a, row in rows.items()}
    before = {news.get(a, a): _find_links(news.get(a, a), row) for a, row in rows.items()}
    gone = {a for a, action in done.items() if action in (Action.DROP, Action.MAKE_WAY)}
    after = {a: links - gone for a, links in before.items() if a not in gone}
    after |= {a: _find_links(a, one.body) for a, one in wanted.items()}

    def wants(task: Address) -> str:
        return (wanted[task].state if task in wanted else None) or states.get(task, "suspended")

    turned = {task for task in wanted if wants(task) != states.get(task, "suspended")}
    touched = {*done, *turned}
    roots = {root for task in touched for links in (before, after) for root in _find_roots(task, links)}
    stopped = {root for root in roots if states.get(root) == "started"}
    stopped |= {task for task in turned if states.get(task) == "started"}
    fresh = {a for a, action in done.items() if action in (Action.CREATE, Action.REPLACE)}
    fresh |= {a for a in before if before[a] and a in after and not after[a]}  # it stands alone, and is suspended
    resumed = [
        a for a in (*roots, *touched) if a not in gone and wants(a) == "started"
        and (a in stopped or a in fresh or states.get(a, "suspended") != "started")
    ]  # fmt: skip

    def make(action: Action, task: Address, state: str) -> Step:
        old = states.get(task, "suspended")
        if task in turned and wants(task) == state:
            return Step(action, task, changes=(Change("state", old, state),))
        why = "Its graph changes." if action is Action.SUSPEND else "It was started before."
        return Step(action, task, notes=(why,))

    suspends = [make(Action.SUSPEND, olds.get(task, task), "suspended") for task in sorted(stopped, key=str)]
    return suspends + [make(Action.RESUME, task, "started") for task in sorted(set(resumed), key=str)]


def _list(reading: Reading, kind: Any, place: Names) -> dict[Address, Mapping[str, Any]]:
    return dict(reading.get_list(kind, place))


def _find_links(task: Address, said: Mapping[str, Any]) -> frozenset[Address]:
    return frozenset(Address(task.kind, (*task.place, unquote(split_name(n).name))) for n in find_tasks_before(said))


def _find_roots(task: Address, links: _Links) -> set[Address]:
    """The tasks at which the graphs of a task begin."""
    roots, seen, open_ = set[Address](), set[Address](), [task]
    while open_:
        one = open_.pop()
        if one in seen:
            continue
        seen.add(one)
        above = links.get(one, frozenset())
        open_ += above
        if not above and one in links:
            roots.add(one)
    return roots
