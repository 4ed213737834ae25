"""Steps: what a plan does to one object each, and in what order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

import attrs

from ._comparing import Change
from ._kinds import Address
from ._references import Bodies, find_needs, find_tasks_before, sort_by_need


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
    steps = list(steps)
    changes = (Action.CREATE, Action.ALTER, Action.REPLACE)
    ranks = {Action.SUSPEND: 0, Action.RENAME: 1, Action.MAKE_WAY: 2, Action.DROP: 4, Action.RESUME: 5}
    made = _find_turns((step.address for step in steps if step.action in changes), wanted)
    dropped = _find_turns((step.address for step in steps if step.action is Action.DROP), found)

    def find_rank(step: Step) -> tuple[int, int, bool]:
        address, turn, second = step.address, 0, False
        match step.action:
            case Action.SUSPEND:
                second = bool(find_tasks_before(found[address]))  # after the root of its graph
            case Action.RENAME:
                turn, second = len(address.names), bool(step.column)
            case Action.DROP:
                turn = -dropped[address]
            case Action.RESUME:
                second = not find_tasks_before(wanted[address])
            case _:
                turn = made.get(address, 0)
        return ranks.get(step.action, 3), turn, second

    groups: dict[tuple[int, int, bool], list[Step]] = {}
    for step in steps:
        groups.setdefault(find_rank(step), []).append(step)
    return [groups[rank] for rank in sorted(groups)]


def _find_turns(addresses: Iterable[Address], bodies: Bodies) -> dict[Address, int]:
    """When each object may be made, so that what it needs is there."""
    groups = sort_by_need(find_needs({one: bodies[one] for one in addresses}))
    return {one: turn for turn, group in enumerate(groups) for one in group}
