# A task in Python terms narrows and widens fields of the task on the wire.
# pyright: reportIncompatibleVariableOverride=false
"""The task itself, in the terms that Python programs use."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import attrs

from snowflake_rest import task as rest
from snowflake_rest.runtime import ANY, BOOLEAN, STRING, Kind, Map, field, model

from ._schedule import Cron, Interval, Schedule
from ._stored_procedure_call import StoredProcedureCall

if TYPE_CHECKING:
    from typing import Self


class OverlapPolicy(StrEnum):
    """Whether runs of a task graph may overlap."""

    NO_OVERLAP = "NO_OVERLAP"
    """A run starts when the one before is over."""
    ALLOW_CHILD_OVERLAP = "ALLOW_CHILD_OVERLAP"
    """A run may start while child tasks of the one before still run."""
    ALLOW_ALL_OVERLAP = "ALLOW_ALL_OVERLAP"
    """A run may start at any time."""


class _Definition(Kind):
    def check(self, value: Any, where: str) -> Any:
        if isinstance(value, StoredProcedureCall) or (callable(value) and not isinstance(value, type)):
            return value if isinstance(value, StoredProcedureCall) else StoredProcedureCall(value)
        return STRING.check(value, where)


class _Scalars(Kind):
    """A map from names to strings, numbers and booleans."""

    def check(self, value: Any, where: str) -> Any:
        given: dict[str, Any] = Map(ANY).check(value, where)
        for key, item in given.items():
            if not isinstance(item, (str, int, float, bool)):
                raise TypeError(
                    f"{where} is a dict. The value of this dict must be one of str, int, float, or bool. "
                    f"{key!r} is {item!r}"
                )
        return given


class _Policy(Kind):
    plain = False

    def check(self, value: Any, where: str) -> Any:
        try:
            return OverlapPolicy(value)
        except ValueError:
            allowed = ", ".join(repr(policy.value) for policy in OverlapPolicy)
            raise ValueError(f"{where}: expected one of {allowed}, not {value!r}") from None

    def decode(self, value: Any) -> Any:
        return OverlapPolicy(value) if isinstance(value, str) and value in OverlapPolicy.__members__ else value

    def encode(self, value: Any, hide_readonly: bool = True) -> Any:
        return str(value)


def translate_policy(policy: OverlapPolicy | str | None) -> bool | None:
    """What a policy is as `allow_overlapping_execution`; None where that can't say it."""
    said: dict[str | None, bool] = {OverlapPolicy.ALLOW_CHILD_OVERLAP: True, OverlapPolicy.NO_OVERLAP: False}
    return said.get(policy) if isinstance(policy, str) else None


def translate_allowed(allowed: bool | None) -> OverlapPolicy | None:
    """What `allow_overlapping_execution` is as a policy."""
    return OverlapPolicy.ALLOW_CHILD_OVERLAP if allowed else None if allowed is None else OverlapPolicy.NO_OVERLAP


def check_overlap(policy: OverlapPolicy | str | None, allowed: bool | None) -> None:
    """ValueError if the two ways to speak of overlap contradict each other."""
    if policy is not None and allowed is not None and translate_policy(policy) is not allowed:
        raise ValueError(f"overlap_policy {policy} contradicts allow_overlapping_execution {allowed}: give one of them")


def _set_both(task: Any, attribute: Any, value: Any) -> Any:
    """Overlap is said by either of two fields: setting one sets the other, and the one that was set is sent."""
    task._said = attribute.name
    if attribute.name == "overlap_policy":
        object.__setattr__(task, "allow_overlapping_execution", translate_policy(value))
    else:
        object.__setattr__(task, "overlap_policy", translate_allowed(value))
    return value


@model
class Task(rest.Task):
    """A statement and when it runs.

        Task("my_task", "insert into t select 1", schedule=timedelta(minutes=5), warehouse="my_warehouse")

    Args:
        name: The name of the task.
        definition: The SQL that it runs, or a StoredProcedureCall.
        schedule: A Cron, or a timedelta of whole seconds, at most eight days; without one the task runs after its
            predecessors, or on demand.
        warehouse: The warehouse that it runs on; without one Snowflake finds the compute.
        predecessors: The names of the tasks that it runs after, at most 100, all of its schema.
        finalize: The root task of the graph that it ends: it runs after all others, even if some failed.
        condition: A SQL condition; a run that is due while this is false is skipped.
        comment: Text that describes the task.
        config: What the tasks of the graph read with SYSTEM$GET_TASK_GRAPH_CONFIG; for a root task.
        session_parameters: Session parameters for its runs, by name.
        overlap_policy: Whether runs of the graph may overlap: `NO_OVERLAP` (the default), `ALLOW_CHILD_OVERLAP` (all
            but the root task) or `ALLOW_ALL_OVERLAP`; for a root task.
        allow_overlapping_execution: The older way to say it: True is `ALLOW_CHILD_OVERLAP`, False `NO_OVERLAP`.
        user_task_timeout_ms: How long a run may take, in milliseconds, up to seven days; default 3,600,000 (one hour).
        suspend_task_after_num_failures: After how many failed runs in a row it is suspended; 0 for never, default 10.
        task_auto_retry_attempts: How often a failed run of the graph is retried, from 0 to 30, default 0; for a root.
        error_integration: The notification integration that hears of failed runs.
        success_integration: The notification integration that hears of successful runs.
        execute_as_user: The user as whom it runs, instead of the system.
        target_completion_interval: How long a run without a warehouse should take, as a timedelta of whole seconds.
        user_task_managed_initial_warehouse_size: The size of the compute for its first runs without a warehouse, from
            `XSMALL` to `XXLARGE`; default `MEDIUM`.
        serverless_task_min_statement_size: The least compute for a run without a warehouse; default `XSMALL`.
        serverless_task_max_statement_size: The most compute for a run without a warehouse; default `XXLARGE`.

    Attributes:
        state (set by the server): Whether it runs when it is due (`started`) or not (`suspended`).
        id (set by the server): Its identifier, given by Snowflake.
        database_name (set by the server): Its database.
        schema_name (set by the server): Its schema.
        owner (set by the server): The role that owns it.
        owner_role_type (set by the server): The kind of that role, such as `ROLE`.
        task_relations (set by the server): Its links to others of the graph, as JSON text.
        created_on (set by the server): When it was created.
        last_committed_on (set by the server): When the version that runs was set.
        last_suspended_on (set by the server): When it was last suspended.
    """

    name: str = field(STRING, kw_only=False)
    definition: str | StoredProcedureCall = field(_Definition(), kw_only=False)
    schedule: Cron | timedelta | None = field(Schedule(), default=None)
    target_completion_interval: timedelta | None = field(Interval(), default=None)
    config: dict[str, Any] | None = field(_Scalars(), default=None)
    session_parameters: dict[str, Any] | None = field(_Scalars(), default=None)
    allow_overlapping_execution: bool | None = field(BOOLEAN, default=None, on_setattr=_set_both)
    overlap_policy: OverlapPolicy | None = field(_Policy(), default=None, on_setattr=_set_both)

    _said: str = attrs.field(default="overlap_policy", init=False, eq=False, repr=False)
    """Which of the two fields on overlap was set, and not worked out from the other."""

    def __attrs_post_init__(self) -> None:
        check_overlap(self.overlap_policy, self.allow_overlapping_execution)
        self._complete()

    def _complete(self) -> None:
        """Say of overlap in both ways what was said in one; if it was said in both, the policy counts."""
        put, said = object.__setattr__, "overlap_policy"  # without a check: lists of tasks are long
        if self.overlap_policy is not None:
            put(self, "allow_overlapping_execution", translate_policy(self.overlap_policy))
        elif self.allow_overlapping_execution is not None:
            put(self, "overlap_policy", translate_allowed(self.allow_overlapping_execution))
            said = "allow_overlapping_execution"
        put(self, "_said", said)

    @classmethod
    def from_dict(cls, obj: Mapping[str, Any]) -> Self:
        """The task of a decoded JSON object. Nothing is refused; what it says of overlap is said in both ways."""
        self = super().from_dict(obj)
        self._complete()
        return self

    def to_dict(self, hide_readonly_properties: bool = False) -> dict[str, Any]:
        """The JSON object, in which overlap is said in one way."""
        out = super().to_dict(hide_readonly_properties)
        out.pop("allow_overlapping_execution" if self._said == "overlap_policy" else "overlap_policy", None)
        return out

    @property
    def sql_definition(self) -> str:
        """The definition as SQL."""
        return self.definition if isinstance(self.definition, str) else self.definition.sql

    @property
    def effective_overlap_policy(self) -> OverlapPolicy:
        """What is said of overlap, as a policy; NO_OVERLAP when nothing is."""
        return self.overlap_policy or OverlapPolicy.NO_OVERLAP
