# A task in Python terms narrows and widens fields of the task on the wire.
# pyright: reportIncompatibleVariableOverride=false
"""The task itself, in the terms that Python programs use."""

from __future__ import annotations

from datetime import timedelta
from enum import Enum
from typing import Any

from snowflake_rest import task as rest
from snowflake_rest.runtime import ANY, BOOLEAN, STRING, Kind, Map, field, model

from ._schedule import Cron, Interval, Schedule
from ._stored_procedure_call import StoredProcedureCall


class OverlapPolicy(str, Enum):
    """Whether runs of a task graph may overlap."""

    NO_OVERLAP = "NO_OVERLAP"
    """A run starts when the one before is over."""
    ALLOW_CHILD_OVERLAP = "ALLOW_CHILD_OVERLAP"
    """A run may start while child tasks of the one before still run."""
    ALLOW_ALL_OVERLAP = "ALLOW_ALL_OVERLAP"
    """A run may start at any time."""

    def __str__(self) -> str:
        return self.value


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
                raise TypeError(f"{where}[{key!r}]: expected a string, a number or a boolean, not {item!r}")
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


def _the_last_one_counts(task: Any, attribute: Any, value: Any) -> Any:
    """Overlap is said by either of two fields: setting one of them unsets the other."""
    here = str(attribute.name)
    other = "allow_overlapping_execution" if here == "overlap_policy" else "overlap_policy"
    if value is not None and getattr(task, other) is not None:
        setattr(task, other, None)
    return value


@model
class Task(rest.Task):
    """A statement and when it runs.

        Task("my_task", "insert into t select 1", schedule=timedelta(minutes=5), warehouse="my_warehouse")

    definition: the SQL, or a StoredProcedureCall. schedule: a Cron, or a timedelta of whole seconds; a task without one
    runs after its predecessors, or on demand. The other fields are those of the API.
    """

    name: str = field(STRING, kw_only=False)
    definition: str | StoredProcedureCall = field(_Definition(), kw_only=False)
    schedule: Cron | timedelta | None = field(Schedule(), default=None)
    target_completion_interval: timedelta | None = field(Interval(), default=None)
    config: dict[str, Any] | None = field(_Scalars(), default=None)
    session_parameters: dict[str, Any] | None = field(_Scalars(), default=None)
    allow_overlapping_execution: bool | None = field(BOOLEAN, default=None, on_setattr=_the_last_one_counts)
    overlap_policy: OverlapPolicy | None = field(_Policy(), default=None, on_setattr=_the_last_one_counts)

    def __attrs_post_init__(self) -> None:
        if self.allow_overlapping_execution is not None and self.overlap_policy is not None:
            raise ValueError("allow_overlapping_execution and overlap_policy: only one of them can be given")

    @property
    def sql_definition(self) -> str:
        """The definition as SQL."""
        return self.definition if isinstance(self.definition, str) else self.definition.sql

    @property
    def effective_overlap_policy(self) -> OverlapPolicy:
        """What `overlap_policy` and `allow_overlapping_execution` come to; NO_OVERLAP when neither is set."""
        return effective(self.overlap_policy, self.allow_overlapping_execution)


def effective(policy: OverlapPolicy | None, allowed: bool | None) -> OverlapPolicy:
    """What the two ways to speak of overlap come to."""
    if policy is not None:
        return policy
    return OverlapPolicy.ALLOW_CHILD_OVERLAP if allowed else OverlapPolicy.NO_OVERLAP
