"""What a change costs, and what can't be changed at all in an object that is there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from ._comparing import Change, normalize_type
from ._kinds import Address, Kind
from ._steps import Action, Risk

_HOLDS = frozenset(
    [
        "artifact_repository",
        "code_bundle",
        "database",
        "dynamic_table",
        "event_table",
        "iceberg_table",
        "image_repository",
        "notebook",
        "schema",
        "sequence",
        "stage",
        "stream",
        "streamlit",
        "table",
        "user",
    ]
)
"""The kinds whose objects hold more than what is declared of them: rows, files, versions, a position."""
_RUNS = frozenset(("compute_pool", "cortex_search_service", "dynamic_table", "service"))
"""The kinds whose objects use compute from the moment that they are made."""
_EXPENSIVE = {
    "warehouse": ("warehouse_size", "warehouse_type", "min_cluster_count", "max_cluster_count", "auto_suspend"),
    "compute_pool": ("min_nodes", "max_nodes", "auto_suspend_secs"),
    "service": ("min_instances", "max_instances", "spec"),
    "table": ("cluster_by",),
}
_SIZE = re.compile(r"([A-Z_]+)\((\d+)(?:,(\d+))?\)")


def judge(action: Action, address: Address, changes: Iterable[Change] = ()) -> Risk:
    """What a step may cost."""
    kind = address.kind
    if action in (Action.DROP, Action.MAKE_WAY, Action.REPLACE):
        if kind.name in _HOLDS:
            return Risk.DESTRUCTIVE if "undrop" in kind.verbs else Risk.IRREVERSIBLE
        return Risk.SAFE if action is Action.REPLACE and kind.copies_grants else Risk.DESTRUCTIVE
    if action is Action.CREATE:
        return Risk.EXPENSIVE if kind.name in _RUNS else Risk.SAFE
    found = [_judge_change(kind, change) for change in changes]
    return max(found, key=list(Risk).index, default=Risk.SAFE)


def _judge_change(kind: Kind, change: Change) -> Risk:
    if change.field == "data_retention_time_in_days":
        shorter = _as_number(change.new, 1) < _as_number(change.old, 1)
        return Risk.IRREVERSIBLE if shorter else Risk.EXPENSIVE  # what is older than that goes at once
    if change.field.startswith("columns.") and change.field.count(".") == 1 and change.new is None:
        return Risk.DESTRUCTIVE
    return Risk.EXPENSIVE if change.field in _EXPENSIVE.get(kind.name, ()) else Risk.SAFE


def _as_number(value: Any, default: int) -> int:
    return value if isinstance(value, int) else default


def explain_refusals(kind: Kind, changes: Iterable[Change]) -> list[str]:
    """Why an object can't become what is declared without being made anew; nothing if it can.

    See https://docs.snowflake.com/en/sql-reference/sql/create-table and
    https://docs.snowflake.com/en/sql-reference/sql/alter-table-column for the columns of tables.
    """
    reasons: list[str] = []
    properties = kind.find_properties(kind.body, {})
    for change in changes:
        first, _, rest = change.field.partition(".")
        if kind.schemas.resolve(properties.get(first, {})).get("x-immutable"):
            reasons.append(f"{first} can't be changed")
        elif change.field == "columns (order)":
            reasons.append("columns can only be added at the end, and none changes its place")
        elif first == "columns" and (said := _explain_column(rest.rpartition(".")[0], rest.rpartition(".")[2], change)):
            reasons.append(said)
    if not reasons and "put" not in kind.verbs and any(change.field != "comment" for change in changes):
        reasons.append("the API can only make objects of this kind anew")
    return reasons


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
