"""How SQL calls a kind of object, and which of its properties SQL declares.

A kind says so in its module; how each form of a value is read says `snowcore.local.sql.kinds`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import attrs

Form = Literal[
    "text",
    "place",
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
    "values",
    "secret",
    "word or text",
    "names as text",
    "nested",
    "nested ones",
    "pairs",
    "triggers",
    "alert schedule",
    "exists",
]


@attrs.frozen
class Variants:
    """What REST says in a discriminator, and SQL in other properties."""

    sql: tuple[str, ...]
    rest: tuple[str, ...]
    rows: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    """Values of those of SQL, and of those of REST. An empty one isn't said."""


@attrs.frozen
class Words:
    """How SQL calls a kind, and its properties."""

    kind: str
    """As after CREATE, such as `COMPUTE POOL`."""
    properties: Mapping[str, tuple[str, Form]] = attrs.field(factory=dict[str, tuple[str, Form]])
    """A property's words in SQL; its name in JSON, with dots where it is in another one, and the form of its value."""
    required: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict[str, tuple[str, ...]])
    """Properties that CREATE must have, by the value of TYPE or its like with which it must; by "" those that it always
    must. Only of kinds whose properties are checked in SQL."""
    allowed: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict[str, tuple[str, ...]])
    """The words that a property may be, for those of which there are only some."""
    ranges: Mapping[str, range] = attrs.field(factory=dict[str, range])
    named: Mapping[str, str] = attrs.field(factory=dict[str, str])
    """The resource whose objects a property names."""
    variants: Variants | None = None
    renamed: bool = True
    """Whether ALTER … RENAME TO is of the kind."""
    checked: bool = False
    """Whether SQL's properties are held against the document: unknown ones, missing ones, those of other variants."""


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
_UNSUPPORTED = """
    BASE_LOCATION_PREFIX CATALOG CATALOG_SYNC CLASSIFICATION_PROFILE CONTACT DEFAULT_NOTEBOOK_COMPUTE_POOL_CPU
    DEFAULT_NOTEBOOK_COMPUTE_POOL_GPU DEFAULT_PYTHON_ARTIFACT_REPOSITORY DEFAULT_STREAMLIT_NOTEBOOK_WAREHOUSE
    ENABLE_CONSOLE_OUTPUT ENABLE_DATA_COMPACTION EVENT_TABLE EXTERNAL_VOLUME ICEBERG_VERSION_DEFAULT LOG_EVENT_LEVEL
    METRIC_LEVEL OBJECT_VISIBILITY QUOTED_IDENTIFIERS_IGNORE_CASE REPLACE_INVALID_CHARACTERS
    STORAGE_SERIALIZATION_POLICY TASK_AUTO_RETRY_ATTEMPTS USER_TASK_MINIMUM_TRIGGER_INTERVAL_IN_SECONDS
"""
UNSUPPORTED = frozenset(_UNSUPPORTED.split())
"""What databases and schemas have in Snowflake, and not here."""
