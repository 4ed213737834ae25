"""What the code of a task can ask and say while it runs."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from .._names import quote_literal, spell_identifier, split_name, unquote
from ..exceptions import InvalidIdentifierError

if TYPE_CHECKING:
    from snowflake.snowpark import Session

__all__ = ["TaskContext"]

_TIMES = (
    "CURRENT_TASK_GRAPH_ORIGINAL_SCHEDULED_TIMESTAMP",
    "LAST_SUCCESSFUL_TASK_GRAPH_ORIGINAL_SCHEDULED_TIMESTAMP",
)


class TaskContext:
    """The task that is running. Its methods work only inside a task.

    session: the Snowpark session that the task's function gets.
    """

    def __init__(self, session: Session) -> None:
        self._session: Any = session

    def set_return_value(self, value: Any) -> None:
        """Set what the tasks that follow read with `get_predecessor_return_value`: this value as text, up to 10 kB."""
        self._session.call("system$set_return_value", str(value))

    def get_predecessor_return_value(self, task_name: str | None = None) -> str:
        """The return value of a task that came before.

        task_name: its short name in the graph, or its whole one; needed where this task follows several.
        """
        if task_name is None:
            return self._session.call("system$get_predecessor_return_value")
        wanted, prefix = unquote(task_name), self._get_root_prefix()
        if not wanted.startswith(prefix) and self._get_bare_name().startswith(prefix):
            wanted = prefix + wanted
        return self._session.call("system$get_predecessor_return_value", spell_identifier(wanted))

    def get_current_task_name(self) -> str:
        """The name of the task."""
        return self._session.call("system$current_user_task_name")

    def get_current_task_short_name(self) -> str:
        """The name of the task in its graph: what follows the root's name and `$`."""
        name = self._get_bare_name().removeprefix(self._get_root_prefix())
        return spell_identifier(name) if self.get_current_task_name().endswith('"') else name

    def get_task_graph_config(self) -> dict[str, Any] | None:
        """The configuration of the graph; None if it has none."""
        config = self._session.call("SYSTEM$GET_TASK_GRAPH_CONFIG")
        return cast("dict[str, Any]", json.loads(config)) if config else None

    def get_task_graph_config_property(self, property_name: str) -> Any:
        """One value of the configuration; None if it has no such one."""
        return (self.get_task_graph_config() or {}).get(property_name)

    def get_current_root_task_name(self) -> str:
        """The name of the graph's root."""
        return cast("str", self.get_runtime_info("CURRENT_ROOT_TASK_NAME"))

    def get_current_root_task_uuid(self) -> str:
        """The ID of the graph's root."""
        return cast("str", self.get_runtime_info("CURRENT_ROOT_TASK_UUID"))

    def get_current_task_graph_original_schedule(self) -> datetime:
        """When this run of the graph was due; of a repeated one, when its first attempt was."""
        return cast("datetime", self.get_runtime_info("CURRENT_TASK_GRAPH_ORIGINAL_SCHEDULED_TIMESTAMP"))

    def get_current_task_graph_run_group_id(self) -> str:
        """The ID that this run of the graph shares with its repetitions."""
        return cast("str", self.get_runtime_info("CURRENT_TASK_GRAPH_RUN_GROUP_ID"))

    def get_last_successful_task_graph_original_schedule(self) -> datetime | None:
        """When the last run of the graph that succeeded was due; None if none did."""
        return cast("datetime | None", self.get_runtime_info("LAST_SUCCESSFUL_TASK_GRAPH_ORIGINAL_SCHEDULED_TIMESTAMP"))

    def get_last_successful_task_graph_run_group_id(self) -> str | None:
        """The ID of the last run of the graph that succeeded; None if none did."""
        return cast("str | None", self.get_runtime_info("LAST_SUCCESSFUL_TASK_GRAPH_RUN_GROUP_ID"))

    def get_runtime_info(self, property_name: str) -> str | datetime | None:
        """What SYSTEM$TASK_RUNTIME_INFO tells of this run.

        See https://docs.snowflake.com/en/sql-reference/functions/system_task_runtime_info for the names, in any case.
        None where Snowflake has no value. ValueError for an empty name.
        """
        if not property_name:
            raise ValueError("`property_name` must be an non-empty str.")
        name = property_name.upper()
        as_type = "to_timestamp" if name in _TIMES else "to_char"
        try:
            asked = f"select {as_type}(system$task_runtime_info({quote_literal(name)}))"
            return self._session.sql(asked).collect()[0][0]
        except Exception as error:
            if "NULL result" in str(error):  # which is how Snowflake says that there is no value
                return None
            raise

    def _get_bare_name(self) -> str:
        return _strip_name(self.get_current_task_name())

    def _get_root_prefix(self) -> str:
        return _strip_name(self.get_current_root_task_name()) + "$"


def _strip_name(name: str) -> str:
    """The last part of a name that the server gave, without quotes."""
    try:
        last = split_name(name).name
    except InvalidIdentifierError:
        return name.rpartition(".")[2].strip('"')
    return unquote(last) if last.startswith('"') else last
