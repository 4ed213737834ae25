"""The kinds of objects that SQL and REST share: how SQL calls them, where they are, and their properties."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Protocol

import attrs
import orjson

from snowcore._names import quote_identifier

from ...engine.errors import invalid_identifier, syntax, unsupported
from ...engine.names import qualified
from ...engine.protocol import TablePath
from .reader import Reader

if TYPE_CHECKING:
    from . import SqlSession

Read = Callable[[Reader], Any]


@attrs.frozen
class SqlObject:
    words: str
    resource: str
    depth: int
    """0 for what is in the account, 1 in a database, 2 in a schema."""
    properties: Mapping[str, tuple[str, Read]]
    """A property's words in SQL; its name in JSON, and what reads its value into what REST takes."""


def kind_of(reader: Reader) -> SqlObject | None:
    """The kind whose words come next."""
    if (reader.peek(), reader.peek(1)) == ("DATABASE", "ROLE"):
        return None
    return next((kind for kind in KINDS if reader.take(kind.words)), None)


class Placed(Protocol):
    """A kind of objects of which it is known what they are in."""

    @property
    def depth(self) -> int: ...


def place(session: SqlSession, kind: Placed, parts: list[str], statement: str) -> dict[str, str]:
    """Where something of this name is, as a path of REST. What the name leaves out is the session's."""
    left_out = kind.depth + 1 - len(parts)
    if left_out < 0:
        raise invalid_identifier(*parts)
    present = [session.need_database(statement)] if left_out else []
    if left_out == 2:
        present.append(session.need_schema(statement))
    keys = (*("database", "schema")[: kind.depth], "name")
    return dict(zip(keys, map(quote_identifier, present + parts), strict=True))


def above(path: Mapping[str, str]) -> dict[str, str]:
    """Where the collection is that a path goes into."""
    return {key: value for key, value in path.items() if key != "name"}


def unquoted(name: str) -> str:
    """A canonical name again, of one that stands in quotes."""
    return name[1:-1].replace('""', '"')


def table_path(path: Mapping[str, str]) -> TablePath:
    return TablePath(*map(unquoted, path.values()))


def properties(reader: Reader, kind: SqlObject) -> dict[str, Any]:
    """`NAME = value …` up to the end of the statement."""
    found: dict[str, Any] = {}
    while not reader.done:
        reader.take(",")
        name, read = property_of(reader, kind)
        reader.take("=")
        found[name] = read(reader)
    return found


def property_of(reader: Reader, kind: SqlObject) -> tuple[str, Read]:
    """The property whose words come next."""
    for words, known in kind.properties.items():
        if reader.take(words):
            return known
    raise reader.wrong()


# How values are read. What REST takes as a name stays in quotes.


def _word(reader: Reader) -> str:
    return reader.string().upper() if reader.is_string() else reader.word()


def _truth_as_text(reader: Reader) -> str:
    return "true" if reader.boolean() else "false"


def _name(reader: Reader) -> str:
    return quote_identifier(reader.path()[-1])


def _names(reader: Reader) -> list[str]:
    return reader.several(lambda: _name(reader))


def _whole_name(reader: Reader) -> str:
    return qualified(*reader.path())


def _whole_names(reader: Reader) -> list[str]:
    return reader.several(lambda: _whole_name(reader))


def _schedule(reader: Reader) -> dict[str, Any]:
    """`5 MINUTES`, `USING CRON 0 9 * * * UTC`."""
    written = reader.string()
    words = written.upper().split()
    if words[:2] == ["USING", "CRON"] and len(words) == 8:
        *cron, zone = written.split()[2:]
        return {"schedule_type": "CRON_TYPE", "cron_expr": " ".join(cron), "timezone": zone}
    unit = _UNITS.get(words[1].removesuffix("S")) if len(words) == 2 and words[0].isdigit() else None
    if unit is None:
        raise syntax(f"invalid schedule '{written}': '5 MINUTES' or 'USING CRON 0 9 * * * UTC' is expected.")
    minutes, seconds = divmod(int(words[0]) * unit, 60)
    return {"schedule_type": "MINUTES_TYPE", "minutes": minutes} | ({"seconds": seconds} if seconds else {})


_UNITS = {"SECOND": 1, "MINUTE": 60, "M": 60, "HOUR": 3600, "H": 3600}


def _json(reader: Reader) -> Any:
    written = reader.string()
    try:
        return orjson.loads(written)
    except ValueError:
        raise syntax(f"invalid value {written!r}: JSON is expected.") from None


def _directory(reader: Reader) -> dict[str, bool]:
    reader.expect("(")
    options: dict[str, bool] = {}
    while not reader.take(")"):
        option = reader.word().lower()
        reader.expect("=")
        options[option] = reader.boolean()
        reader.take(",")
    return options


def _encryption(reader: Reader) -> dict[str, str]:
    reader.expect("( TYPE =")
    type_ = reader.string().upper()
    reader.expect(")")
    return {"type": type_}


def _specification(reader: Reader) -> dict[str, str]:
    return {"spec_type": "from_inline", "spec_text": reader.string()}


def _not_of_stages(reader: Reader) -> None:
    raise unsupported("a URL or a FILE_FORMAT of a stage in SQL; COPY INTO takes a FILE_FORMAT")


def _condition(reader: Reader) -> str:
    return reader.until("AS")


def _same(read: Read, *names: str) -> dict[str, tuple[str, Read]]:
    """Properties that SQL and REST call the same."""
    return {name.upper(): (name, read) for name in names}


_SERVERLESS = _same(
    _word,
    "user_task_managed_initial_warehouse_size",
    "serverless_task_min_statement_size",
    "serverless_task_max_statement_size",
)
_CONTAINER = {
    **_same(Reader.string, "comment", "default_ddl_collation"),
    **_same(Reader.integer, "data_retention_time_in_days", "max_data_extension_time_in_days"),
    **_same(Reader.integer, "suspend_task_after_num_failures", "user_task_timeout_ms"),
    **_same(_word, "log_level", "trace_level"),
    **_SERVERLESS,
}
_WAREHOUSE = {
    **_same(Reader.string, "comment"),
    **_same(_word, "warehouse_type", "warehouse_size", "scaling_policy"),
    **_same(Reader.integer, "max_cluster_count", "min_cluster_count", "auto_suspend", "max_concurrency_level"),
    **_same(Reader.integer, "query_acceleration_max_scale_factor", "statement_queued_timeout_in_seconds"),
    **_same(Reader.integer, "statement_timeout_in_seconds"),
    **_same(_truth_as_text, "auto_resume", "initially_suspended", "wait_for_completion", "enable_query_acceleration"),
    **_same(_name, "resource_monitor"),
}
_TASK = {
    **_same(Reader.string, "comment"),
    **_same(_name, "warehouse", "error_integration", "success_integration"),
    **_same(_schedule, "schedule", "target_completion_interval"),
    **_same(Reader.boolean, "allow_overlapping_execution"),
    **_same(Reader.integer, "task_auto_retry_attempts", "user_task_timeout_ms", "suspend_task_after_num_failures"),
    **_same(_word, "overlap_policy"),
    **_same(_json, "config"),
    **_same(_whole_name, "finalize"),
    **_SERVERLESS,
    "AFTER": ("predecessors", _whole_names),
    "WHEN": ("condition", _condition),
    "AS": ("definition", Reader.rest),
}
_COMPUTE_POOL = {
    **_same(Reader.string, "comment"),
    **_same(Reader.integer, "min_nodes", "max_nodes", "auto_suspend_secs"),
    **_same(_word, "instance_family"),
    **_same(Reader.boolean, "auto_resume"),
}
_STAGE = {
    **_same(Reader.string, "comment"),
    **_same(_encryption, "encryption"),
    "DIRECTORY": ("directory_table", _directory),
    "URL": ("url", _not_of_stages),
    "FILE_FORMAT": ("file_format", _not_of_stages),
}
_SERVICE = {
    **_same(Reader.string, "comment"),
    **_same(Reader.integer, "min_instances", "max_instances", "min_ready_instances", "auto_suspend_secs"),
    **_same(Reader.boolean, "auto_resume"),
    **_same(_name, "query_warehouse"),
    **_same(_names, "external_access_integrations"),
    "IN COMPUTE POOL": ("compute_pool", _name),
    "FROM SPECIFICATION": ("spec", _specification),
}

DATABASE = SqlObject("DATABASE", "database", 0, _CONTAINER)
SCHEMA = SqlObject("SCHEMA", "schema", 1, {**_CONTAINER, **_same(Reader.boolean, "pipe_execution_paused")})
TASK = SqlObject("TASK", "task", 2, _TASK)
STAGE = SqlObject("STAGE", "stage", 2, _STAGE)
TABLE = SqlObject("TABLE", "table", 2, {})
KINDS = [
    *(DATABASE, SCHEMA, TASK, STAGE, TABLE),
    SqlObject("WAREHOUSE", "warehouse", 0, _WAREHOUSE),
    SqlObject("COMPUTE POOL", "compute-pool", 0, _COMPUTE_POOL),
    SqlObject("IMAGE REPOSITORY", "image-repository", 2, {}),
    SqlObject("SERVICE", "service", 2, _SERVICE),
]
