"""What the SQL of a task or an alert can learn of the run that it is in, and a task say to those after it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import attrs

from ...engine.errors import invalid
from ...engine.names import split


@attrs.define
class TaskRunContext:
    """`session.task`, while a session runs a task."""

    name: str
    """The task's own canonical name."""
    root_name: str
    run_id: int
    scheduled_time: str
    config: str | None = None
    """The graph's configuration, a JSON text."""
    predecessors: Mapping[str, str | None] = attrs.field(factory=dict[str, "str | None"])
    """What each predecessor returned, by its canonical name."""
    root_id: str = ""
    last_successful: tuple[int, str] | None = None
    """The id and the scheduled time of the graph's last run that succeeded."""
    return_value: str | None = None

    def predecessor_return_value(self, name: str | None) -> str | None:
        """What a predecessor returned; without a name, the only one."""
        if name is None:
            if len(self.predecessors) != 1:
                raise invalid(f"Task {self.name} has {len(self.predecessors)} predecessors; say which one is meant.")
            return next(iter(self.predecessors.values()))
        predecessor = split(name)[-1]
        if predecessor not in self.predecessors:
            raise invalid(f"Task {self.name} has no predecessor {name}.")
        return self.predecessors[predecessor]

    def set_return_value(self, value: str) -> None:
        self.return_value = value


@attrs.define
class AlertRunContext:
    """`session.alert`, while a session evaluates an alert."""

    scheduled_time: datetime
    last_successful_scheduled_time: datetime
    """Of the last run that had no error; when the alert was made, if there was none."""
    condition_query_id: str
