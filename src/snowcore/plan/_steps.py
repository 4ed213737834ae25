"""Steps: what a plan does to one object each, what that costs, and in what order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

import attrs

from .._schemas import Schema
from ._comparing import Change, normalize_type
from ._kinds import Address, Kind
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


CHANGING = (Action.CREATE, Action.ALTER, Action.REPLACE)
"""After which an object is as it is declared."""


@attrs.frozen(eq=False)
class Step:
    """One step of a plan. action: what it does. address: to which object. changes: of which properties."""

    action: Action
    address: Address
    changes: tuple[Change, ...] = ()
    notes: tuple[str, ...] = ()
    """What else there is to know, in sentences."""
    source: str = ""
    """The old name of what is renamed, as SQL spells it."""
    column: str = ""
    """The new name of the column that is renamed, if it is one."""
    carried: Mapping[str, Any] = attrs.field(factory=dict[str, Any], repr=False)
    """What the account worked out for itself, and keeps through the change."""

    lacking: str = ""
    """The privilege that the caller's roles lack for it, if the account tells that they do."""

    @property
    def risk(self) -> Risk:
        """What it may cost."""
        kind = self.address.kind
        if self.action in (Action.DROP, Action.MAKE_WAY, Action.REPLACE):
            if kind.holds:
                return Risk.DESTRUCTIVE if "undrop" in kind.verbs else Risk.IRREVERSIBLE
            return Risk.SAFE if self.action is Action.REPLACE and kind.copies_grants else Risk.DESTRUCTIVE
        if self.action is Action.CREATE:
            return Risk.EXPENSIVE if kind.runs else Risk.SAFE
        return find_worst(_judge_change(kind, change) for change in self.changes)

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
        name = {"name": self.address.qualified, "column": self.column, "from": self.source}
        return {
            "action": self.action.value,
            "kind": self.address.kind.name,
            **{word: part for word, part in name.items() if part},
            "risk": self.risk.value,
            "changes": [attrs.asdict(change) for change in self.changes],
            "notes": list(self.notes),
            **({"lacking": self.lacking} if self.lacking else {}),
        }


def put_in_order(steps: Iterable[Step], wanted: Bodies, found: Bodies) -> list[list[Step]]:
    """The steps in groups. Those of a group may be done at the same time, after all of the groups before.

    wanted, found: what is declared of the objects, and what the account has of them; that names what they need.
    """
    steps = list(steps)
    made = _find_turns((step.address for step in steps if step.action in CHANGING), wanted)
    dropped = _find_turns((step.address for step in steps if step.action is Action.DROP), found)

    columns: Counter[Address] = Counter()

    def find_turn(step: Step) -> tuple[int, ...]:
        address = step.address
        match step.action:
            case Action.SUSPEND:
                return 0, bool(find_tasks_before(found[address]))  # roots of graphs first
            case Action.RENAME:
                columns[address] += bool(step.column)  # one by one, since one may take the name of another
                return 1, len(address.names), columns[address]
            case Action.MAKE_WAY:
                return (2,)
            case Action.CREATE | Action.ALTER | Action.REPLACE:
                return 3, made[address]
            case Action.DROP:
                used = not (address.place or address.kind.is_container or dropped[address])
                return 4, used, -dropped[address]  # a compute pool, say, after the databases with its services
            case Action.RESUME:
                return 5, not find_tasks_before(wanted[address])  # roots of graphs last

    groups: dict[tuple[int, ...], list[Step]] = {}
    for step in steps:
        groups.setdefault(find_turn(step), []).append(step)
    return [groups[turn] for turn in sorted(groups)]


def _find_turns(addresses: Iterable[Address], bodies: Bodies) -> dict[Address, int]:
    """When each object may be made, so that what it needs is there."""
    groups = sort_by_need(find_needs({one: bodies[one] for one in addresses}))
    return {one: turn for turn, group in enumerate(groups) for one in group}


_SIZE = re.compile(r"([A-Z_]+)\((\d+)(?:,(\d+))?\)")


def find_worst(risks: Iterable[Risk]) -> Risk:
    """The worst of several risks."""
    return max(risks, key=list(Risk).index, default=Risk.SAFE)


def _judge_change(kind: Kind, change: Change) -> Risk:
    if change.field == "data_retention_time_in_days":
        old, new = (days if isinstance(days, int) else 1 for days in (change.old, change.new))
        return Risk.IRREVERSIBLE if new < old else Risk.EXPENSIVE  # what is older than that goes at once
    if change.field.startswith("columns.") and change.field.count(".") == 1 and change.new is None:
        return Risk.DESTRUCTIVE
    return Risk.EXPENSIVE if _find_property(kind, change).get("x-expensive") else Risk.SAFE


def _find_property(kind: Kind, change: Change) -> Schema:
    """What the document says of the property that changes, or of that in which the change is."""
    return kind.find_properties(kind.body, {}).get(change.field.partition(".")[0], {})


def explain_refusals(kind: Kind, changes: Iterable[Change]) -> list[str]:
    """Why an object can't become what is declared without being made anew; nothing if it can.

    See https://docs.snowflake.com/en/sql-reference/sql/create-table and
    https://docs.snowflake.com/en/sql-reference/sql/alter-table-column for the columns of tables.
    """
    reasons: list[str] = []
    for change in changes:
        first, _, rest = change.field.partition(".")
        if _find_property(kind, change).get("x-immutable"):
            reasons.append(f"{first} can't be changed")
        elif change.field == "columns (order)":
            reasons.append("columns can only be added at the end, and none changes its place")
        elif first == "columns" and (said := _explain_column(rest.rpartition(".")[0], rest.rpartition(".")[2], change)):
            reasons.append(said)
    if not reasons and "put" not in kind.verbs and any(change.field != "comment" for change in changes):
        reasons.append("the API can only make objects of this kind anew")
    return list(dict.fromkeys(reasons))


def _explain_column(name: str, field: str, change: Change) -> str:
    if not name or field in ("comment", "nullable"):
        return ""
    if field == "datatype":
        old, new = normalize_type(str(change.old)), normalize_type(str(change.new))
        return "" if _can_become(old, new) else f"column {name} can't go from {old} to {new}"
    if field == "default" and change.new is None:
        return ""
    return f"the {field.replace('_', ' ')} of column {name} can't be changed"


def _can_become(old: str, new: str) -> bool:
    """Whether the type of a column can be altered: texts and bytes may become longer, numbers keep their scale."""
    one, other = _SIZE.fullmatch(old), _SIZE.fullmatch(new)
    if one is None or other is None or one[1] != other[1]:
        return False
    if one[1] == "NUMBER":
        return one[3] == other[3]
    return one[1] in ("VARCHAR", "BINARY") and int(other[2]) >= int(one[2])
