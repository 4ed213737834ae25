"""How SQL calls a kind of object, and which of its properties SQL declares.

A kind says so in its module; how each form of a value is read says `snowcore.local.sql.kinds`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import attrs

Form = Literal[
    "text",
    "texts",
    "word",
    "integer",
    "boolean",
    "truth as text",
    "json",
    "name",
    "name as text",
    "secondary roles",
    "names",
    "whole name",
    "whole names",
    "schedule",
    "condition",
    "lag",
    "expressions",
    "rest",
    "options",
    "options of REST",
    "file format",
    "specification",
    "of external stages",
]


@attrs.frozen
class Words:
    """How SQL calls a kind, and its properties."""

    kind: str
    """As after CREATE, such as `COMPUTE POOL`."""
    properties: Mapping[str, tuple[str, Form]] = attrs.field(factory=dict[str, tuple[str, Form]])
    """A property's words in SQL; its name in JSON, and the form of its value."""


def same(form: Form, *names: str) -> dict[str, tuple[str, Form]]:
    """Properties that SQL and REST call the same."""
    return {name.upper(): (name, form) for name in names}


SERVERLESS = same(
    "word",
    "user_task_managed_initial_warehouse_size",
    "serverless_task_min_statement_size",
    "serverless_task_max_statement_size",
)
CONTAINER = {
    **same("text", "comment", "default_ddl_collation"),
    **same("integer", "data_retention_time_in_days", "max_data_extension_time_in_days"),
    **same("integer", "suspend_task_after_num_failures", "user_task_timeout_ms"),
    **same("word", "log_level", "trace_level"),
    **SERVERLESS,
}
"""What databases and schemas have."""
