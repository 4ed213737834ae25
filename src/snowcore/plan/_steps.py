"""Steps: what a plan does to one object each, and in what order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any

import attrs

from ._comparing import Change
from ._kinds import Address
from ._references import Bodies, find_needs, sort_by_need


class Risk(StrEnum):
    """What a step may cost."""

    SAFE = "safe"
    """Nothing is lost."""
    EXPENSIVE = "expensive"
    """It starts or enlarges compute, or works through all data."""
    DESTRUCTIVE = "destructive"
    """Data, grants or a definition go, which Time Travel or the one who has them can bring back."""
    IRREVERSIBLE = "irreversible"
    """Data or history go, and nothing brings them back."""


class Action(StrEnum):
    """What a step does."""

    SUSPEND = "suspend"
    RENAME = "rename"
    MAKE_WAY = "make way"
    """Drop an object whose name an object of another kind gets."""
    CREATE = "create"
    ALTER = "alter"
    REPLACE = "replace"
    DROP = "drop"
    RESUME = "resume"


@attrs.frozen(eq=False)
class Step:
    """One step of a plan. action: what it does. address: to which object. risk: what it may cost. changes: of which
    properties.
    """

    action: Action
    address: Address
    risk: Risk = Risk.SAFE
    changes: tuple[Change, ...] = ()
    notes: tuple[str, ...] = ()
    """What else there is to know, in sentences."""
    source: str = ""
    """The old name of what is renamed, as SQL spells it."""
    column: str = ""
    """The new name of the column that is renamed, if it is one."""
    carried: Mapping[str, Any] = attrs.field(factory=dict[str, Any], repr=False)
    """What the account worked out for itself, and keeps through the change."""

    @property
    def needs_leave(self) -> bool:
        """Whether it is done only where destruction is allowed."""
        return self.risk in (Risk.DESTRUCTIVE, Risk.IRREVERSIBLE)

    @property
    def title(self) -> str:
        """What it does, in words."""
        column = f"column {self.column} of " if self.column else ""
        return f"{self.action} {column}{self.address}" + (f", so far {self.source}" if self.source else "")

    def to_dict(self) -> dict[str, Any]:
        """The step as JSON."""
        return {
            "action": self.action.value,
            "kind": self.address.kind.name,
            "name": self.address.qualified,
            **({"column": self.column} if self.column else {}),
            **({"from": self.source} if self.source else {}),
            "risk": self.risk.value,
            "changes": [attrs.asdict(change) for change in self.changes],
            "notes": list(self.notes),
        }


def put_in_order(steps: Iterable[Step], wanted: Bodies, found: Bodies) -> list[list[Step]]:
    """The steps in groups. Those of a group may be done at the same time, after all of the groups before.

    wanted, found: what is declared of the objects, and what the account has of them; that names what they need.
    """
    of: dict[Action, dict[Address, list[Step]]] = {}
    for step in steps:
        of.setdefault(step.action, {}).setdefault(step.address, []).append(step)
    changed = {a: s for action in (Action.CREATE, Action.ALTER, Action.REPLACE) for a, s in of.get(action, {}).items()}
    dropped = of.get(Action.DROP, {})
    suspended, renamed, resumed = ([*_flatten(of, one)] for one in (Action.SUSPEND, Action.RENAME, Action.RESUME))
    followed, following = _find_followers(found), _find_followers(wanted)  # which come after their roots, or before
    groups = [
        [step for step in suspended if step.address not in followed],
        [step for step in suspended if step.address in followed],
        *([s for s in renamed if (len(s.address.names), bool(s.column)) == depth] for depth in _DEPTHS),
        [*_flatten(of, Action.MAKE_WAY)],
        *_sort(changed, wanted),
        *reversed(_sort(dropped, found)),
        [step for step in resumed if step.address in following],
        [step for step in resumed if step.address not in following],
    ]
    return [group for group in groups if group]


def _flatten(of: Mapping[Action, Mapping[Address, list[Step]]], action: Action) -> Iterator[Step]:
    return (step for steps in of.get(action, {}).values() for step in steps)


def _find_followers(bodies: Bodies) -> set[Address]:
    """The tasks that are no roots."""
    return {one for one, body in bodies.items() if body.get("predecessors") or body.get("finalize")}


_DEPTHS = [(names, column) for names in (1, 2, 3) for column in (False, True)]


def _sort(steps: dict[Address, list[Step]], bodies: Bodies) -> list[list[Step]]:
    groups = sort_by_need(find_needs({one: bodies[one] for one in steps}))
    return [[step for address in group for step in steps[address]] for group in groups]
