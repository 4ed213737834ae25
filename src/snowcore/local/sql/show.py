"""SHOW and DESCRIBE: what REST lists and fetches, in Snowflake's columns."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from snowcore._names import quote_identifier

from ...engine.errors import AccountError, unsupported
from ...engine.names import like
from ...engine.protocol import Result
from .kinds import KINDS, SCHEMA, STAGE, TABLE, SqlObject, kind_of, place, table_path, unquoted
from .parameters import DEFAULTS
from .reader import Reader
from .results import TEXT, TIME, WHOLE, table

if TYPE_CHECKING:
    from . import SqlSession

Row = dict[str, Any]
Shown = tuple[str, Callable[[Row], Any]]
"""A column: its title, and what it shows of an answer of REST."""

VIEW = SqlObject("VIEW", "view", 2, {}, "VIEWS")
OBJECT = SqlObject("OBJECT", "object", 2, {}, "OBJECTS")


def show(session: SqlSession, reader: Reader) -> Result:
    terse = reader.take("TERSE")
    kind = next((kind for kind in [*KINDS, VIEW, OBJECT] if reader.take(kind.plural)), None)
    if kind is None:
        special = next((make for words, make in _SPECIAL.items() if reader.take(words)), None)
        if special is None:
            raise unsupported(f"SHOW {reader.peek()}")
        return special(session, reader)
    history = reader.take("HISTORY")
    pattern = reader.string() if reader.take("LIKE") else "%"
    rows = _all_listed(session, kind, _scope(session, reader, kind), history)
    rows.sort(key=lambda row: (row.get("database_name") or "", row.get("schema_name") or "", row["name"]))
    columns = _COLUMNS[kind.resource]
    if terse:
        columns = [column for title in _TERSE for column in columns if column[0] == title]
    if history:
        columns = [*columns, _same("dropped_on")]
    return _result(columns, _asked_for(rows, pattern, reader))


def describe(session: SqlSession, reader: Reader) -> Result | None:
    if reader.take("VIEW") or reader.take("TABLE"):
        return _columns_of(session, place(session, TABLE, reader.path(), "DESCRIBE TABLE"))
    kind = kind_of(reader)
    if kind is None:
        return None
    where = place(session, kind, reader.path(), f"DESCRIBE {kind.words}")
    reader.end()
    if kind is STAGE:
        raise unsupported("DESCRIBE STAGE")
    row: Row = session.perform(kind.resource, "fetch", where)
    if kind.resource not in ("database", "schema"):
        return _result(_COLUMNS[kind.resource], [row])
    # A database is described by its schemas, a schema by its tables.
    inner = SCHEMA if kind.resource == "database" else TABLE
    path = {**{key: value for key, value in where.items() if key != "name"}, kind.resource: where["name"]}
    rows = [{**one, "kind": inner.words} for one in _listed(session, inner, path, False)]
    return _result([_same("created_on"), _same("name"), _same("kind")], rows)


# What is listed


def _scope(session: SqlSession, reader: Reader, kind: SqlObject) -> list[dict[str, str]]:
    """The collections that a statement means."""
    present = [part for part in (session.database, session.schema) if part is not None]
    if not kind.depth:
        reader.take("IN ACCOUNT")
        return [{}]
    if not reader.take("IN"):
        parts = present
    elif reader.take("ACCOUNT"):
        parts = []
    elif reader.take("DATABASE"):
        parts = [session.need_database("SHOW")] if _goes_on(reader) else reader.path()
    elif reader.take("SCHEMA") and _goes_on(reader):
        parts = [session.need_database("SHOW"), session.need_schema("SHOW")]
    else:
        parts = reader.path()
        if len(parts) < kind.depth:
            parts = [session.need_database("SHOW"), *parts]
    databases = parts[:1] or [row["name"] for row in session.perform("database", "list", {})]
    if kind.depth == 1:
        return [{"database": quote_identifier(database)} for database in databases]
    return [
        {"database": quote_identifier(database), "schema": quote_identifier(schema)}
        for database in databases
        for schema in parts[1:2] or _schemas(session, database)
    ]


def _goes_on(reader: Reader) -> bool:
    return reader.done or reader.peek() in ("STARTS", "LIMIT")


def _schemas(session: SqlSession, database: str) -> list[str]:
    return [row["name"] for row in session.perform("schema", "list", {"database": quote_identifier(database)})]


def _all_listed(session: SqlSession, kind: SqlObject, paths: list[dict[str, str]], history: bool) -> list[Row]:
    rows: list[Row] = []
    for path in paths:
        try:
            rows += _listed(session, kind, path, history)
        except AccountError as error:
            if error.status != 404 or len(paths) == 1:
                raise  # else somebody dropped it meanwhile
    return rows


def _listed(session: SqlSession, kind: SqlObject, path: Mapping[str, str], history: bool) -> list[Row]:
    if kind is VIEW:
        return _views(session, path)
    if kind is OBJECT:
        return [*_listed(session, TABLE, path, False), *_views(session, path)]
    rows: list[Row] = session.perform(kind.resource, "list", path, {"history": True} if history else {})
    if kind is STAGE:
        place_ = {"database_name": unquoted(path["database"]), "schema_name": unquoted(path["schema"])}
        temporary = [stage.row for stage in session.temporary_stages.values() if place_.items() <= stage.row.items()]
        rows = [*({**row, **place_} for row in rows), *temporary]  # REST doesn't say where a stage is
    return rows


def _views(session: SqlSession, path: Mapping[str, str]) -> list[Row]:
    place_ = {"database_name": unquoted(path["database"]), "schema_name": unquoted(path["schema"])}
    names = session.account.engine.views(*place_.values())
    return [{"name": name, **place_, "owner": "ACCOUNTADMIN", "kind": "VIEW"} for name in names]


def _asked_for(rows: list[Row], pattern: str, reader: Reader) -> list[Row]:
    """LIKE, STARTS WITH and LIMIT … FROM."""
    matches = like(pattern).fullmatch
    rows = [row for row in rows if matches(row["name"])]
    if reader.take("STARTS WITH"):
        start = reader.string()
        rows = [row for row in rows if row["name"].startswith(start)]
    if reader.take("LIMIT"):
        count = reader.integer()
        if reader.take("FROM"):
            after = reader.string()
            at = next((at for at, row in enumerate(rows) if row["name"].startswith(after)), None)
            rows = rows[at + 1 :] if at is not None else [row for row in rows if row["name"] > after]
        rows = rows[:count]
    reader.end()
    return rows


# Columns of tables


def _columns_of(session: SqlSession, where: Mapping[str, str]) -> Result:
    """A table's columns as they were declared; those of a view or a temporary table as the engine has them."""
    path = table_path(where)
    real = session.columns(path)
    declared: dict[str, Row] = {}
    keys: dict[str, set[str]] = {}
    if not session.engine.is_temporary(path) and path.name in session.account.engine.tables(path.database, path.schema):
        fetched: dict[str, list[Row]] = session.perform("table", "fetch", where)
        declared = {column["name"]: column for column in fetched["columns"]}
        for key in [*fetched["constraints"], *(key for one in declared.values() for key in one.get("constraints", []))]:
            keys.setdefault(key["constraint_type"], set()).update(key["column_names"])
    rows: list[list[Any]] = []
    for column in real:
        said = declared.get(column.name, {})
        nullable = "Y" if said.get("nullable", column.nullable) else "N"
        in_keys = ["Y" if column.name in keys.get(kind, ()) else "N" for kind in ("PRIMARY KEY", "UNIQUE")]
        facts = [column.name, said.get("datatype") or column.type, "COLUMN", nullable, said.get("default"), *in_keys]
        rows.append([*facts, None, None, said.get("comment"), None, None])
    titles = "name,type,kind,null?,default,primary key,unique key,check,expression,comment,policy name,privacy domain"
    return table([(title, TEXT) for title in titles.split(",")], rows)


def _show_columns(session: SqlSession, reader: Reader) -> Result:
    matches = like(reader.string() if reader.take("LIKE") else "%").fullmatch
    reader.expect("IN")
    reader.one_of("TABLE", "VIEW")
    where = place(session, TABLE, reader.path(), "SHOW COLUMNS")
    reader.end()
    path = table_path(where)
    rows: list[list[str]] = []
    for name, type_, _, nullable, default, *_, comment, _, _ in _columns_of(session, where).rows:
        if matches(name):
            facts = [name, _json_type(type_, nullable == "Y"), "true" if nullable == "Y" else "NOT_NULL"]
            more = [default or "", "COLUMN", "", comment or "", path.database, ""]
            rows.append([path.name, path.schema, *facts, *more])
    titles = "table_name,schema_name,column_name,data_type,null?,default,kind,expression,comment,database_name"
    return table([(title, TEXT) for title in [*titles.split(","), "autoincrement"]], rows)


def _json_type(type_: str, nullable: bool) -> str:
    base, *sizes = [part for part in re.split(r"[(),]", type_) if part]
    facts: Row = {"type": {"NUMBER": "FIXED", "VARCHAR": "TEXT", "FLOAT": "REAL"}.get(base, base)}
    if base == "NUMBER":
        facts |= {"precision": int(sizes[0]), "scale": int(sizes[1])}
    elif base == "VARCHAR":
        facts |= {"length": int(sizes[0]), "byteLength": int(sizes[0]), "fixed": False}
    return json.dumps({**facts, "nullable": nullable})


# What SHOW lists that is no object


def _show_parameters(session: SqlSession, reader: Reader) -> Result:
    matches = like(reader.string() if reader.take("LIKE") else "%").fullmatch
    given = session.parameters
    rows = [
        [
            name,
            str(given.get(name, default := DEFAULTS.get(name, ""))),
            default,
            "SESSION" if name in given else "",
            "",
            "STRING",
        ]
        for name in sorted({*DEFAULTS, *given})
        if matches(name)
    ]
    return table([(title, TEXT) for title in ("key", "value", "default", "level", "description", "type")], rows)


def _show_variables(session: SqlSession, reader: Reader) -> Result:
    rows = [[session.id, name, str(value)] for name, value in sorted(session.variables.items())]
    return table([("session_id", WHOLE), ("name", TEXT), ("value", TEXT)], rows)


_SPECIAL = {"COLUMNS": _show_columns, "PARAMETERS": _show_parameters, "VARIABLES": _show_variables}


# Snowflake's columns, in their order


def _result(columns: list[Shown], rows: list[Row]) -> Result:
    types = [TIME if title.endswith("_on") else WHOLE if _NUMBERS.fullmatch(title) else TEXT for title, _ in columns]
    values = [[_value(of(row), type_) for (_, of), type_ in zip(columns, types, strict=True)] for row in rows]
    return table([(title, type_) for (title, _), type_ in zip(columns, types, strict=True)], values)


def _value(value: Any, type_: str) -> Any:
    if value is None or value == "":
        return "" if type_ == TEXT else None
    if type_ == TIME:
        return datetime.fromisoformat(value)
    if type_ == WHOLE:
        return int(value)
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def _same(title: str) -> Shown:
    """A column that REST calls the same."""
    return title, lambda row: row.get(title)


def _as_json(title: str, key: str = "", empty: Any = None) -> Shown:
    return title, lambda row: json.dumps(value) if (value := row.get(key or title, empty)) is not None else None


def _yes(title: str, yes: str = "Y", no: str = "N") -> Shown:
    return title, lambda row: yes if row.get(title) in (True, "true") else no


def _always(title: str, value: str) -> Shown:
    return title, lambda _: value


def _schedule(row: Row) -> str | None:
    schedule = row.get("schedule")
    if schedule is None:
        return None
    if schedule["schedule_type"] == "CRON_TYPE":
        return f"USING CRON {schedule['cron_expr']} {schedule['timezone']}"
    seconds = schedule["minutes"] * 60 + (schedule.get("seconds") or 0)
    return f"{seconds} SECONDS" if seconds % 60 else f"{seconds // 60} MINUTE"


def _kind_of_table(row: Row) -> str:
    return "TABLE" if row.get("kind", "PERMANENT") in ("", "PERMANENT") else str(row["kind"])


def _retention(row: Row) -> Any:
    return row.get("retention_time", row.get("data_retention_time_in_days", 1))


def _type_of_stage(row: Row) -> str:
    return ("EXTERNAL" if row.get("url") else "INTERNAL") + (" TEMPORARY" if row.get("kind") == "TEMPORARY" else "")


def _directory_enabled(row: Row) -> str:
    return "Y" if cast(Row, row.get("directory_table") or {}).get("enable") else "N"


def _clustering(row: Row) -> str:
    return f"LINEAR({', '.join(row['cluster_by'])})" if row.get("cluster_by") else ""


def _columns(*titles: str | Shown) -> list[Shown]:
    return [
        column
        for one in titles
        for column in ([one] if isinstance(one, tuple) else [_same(title) for title in one.split()])
    ]


_TERSE = ("created_on", "name", "kind", "database_name", "schema_name")
_NUMBERS = re.compile(
    "rows|bytes|running|queued|auto_suspend(_secs)?|num_.+|.+_(count|clusters|nodes|instances|factor)"
)
_COLUMNS = {
    "database": _columns(
        "created_on name",
        _yes("is_default"),
        _yes("is_current"),
        "origin owner comment options",
        ("retention_time", _retention),
        "kind budget owner_role_type",
    ),
    "schema": _columns(
        "created_on name",
        _yes("is_default"),
        _yes("is_current"),
        "database_name owner comment options",
        ("retention_time", _retention),
        "owner_role_type budget",
    ),
    "warehouse": _columns(
        "name state type size min_cluster_count max_cluster_count started_clusters running queued",
        _yes("is_default"),
        _yes("is_current"),
        "auto_suspend auto_resume available provisioning quiescing other created_on resumed_on updated_on owner",
        "comment enable_query_acceleration query_acceleration_max_scale_factor resource_monitor scaling_policy budget",
        "owner_role_type",
    ),
    "task": _columns(
        "created_on name id database_name schema_name owner comment warehouse",
        ("schedule", _schedule),
        _as_json("predecessors", empty=[]),
        "state definition condition",
        _yes("allow_overlapping_execution", "true", "false"),
        "error_integration last_committed_on last_suspended_on owner_role_type",
        _as_json("config"),
        "task_relations success_integration",
    ),
    "compute-pool": _columns(
        "name state min_nodes max_nodes instance_family num_services num_jobs auto_suspend_secs",
        _yes("auto_resume", "true", "false"),
        "active_nodes idle_nodes target_nodes created_on resumed_on updated_on owner comment",
        _yes("is_exclusive", "true", "false"),
        "application",
    ),
    "image-repository": _columns(
        "created_on name database_name schema_name repository_url owner owner_role_type comment"
    ),
    "stage": _columns(
        "created_on name database_name schema_name url",
        _yes("has_credentials"),
        _yes("has_encryption_key"),
        "owner comment region",
        ("type", _type_of_stage),
        "cloud notification_channel storage_integration endpoint owner_role_type",
        ("directory_enabled", _directory_enabled),
    ),
    "service": _columns(
        "name status database_name schema_name owner compute_pool dns_name current_instances target_instances",
        "min_ready_instances min_instances max_instances",
        _yes("auto_resume", "true", "false"),
        _as_json("external_access_integrations"),
        "created_on updated_on resumed_on suspended_on auto_suspend_secs comment owner_role_type query_warehouse",
        _yes("is_job", "true", "false"),
        "spec_digest is_upgrading managing_object_domain managing_object_name",
    ),
    "table": _columns(
        "created_on name database_name schema_name",
        ("kind", _kind_of_table),
        "comment",
        ("cluster_by", _clustering),
        "rows bytes owner",
        ("retention_time", _retention),
        _yes("automatic_clustering", "ON", "OFF"),
        _yes("change_tracking", "ON", "OFF"),
        _yes("search_optimization", "ON", "OFF"),
        _always("is_external", "N"),
        _yes("enable_schema_evolution"),
        "owner_role_type",
        *(_always(title, "N") for title in ("is_event", "is_hybrid", "is_iceberg", "is_dynamic")),
    ),
    "view": _columns(
        "created_on name",
        _always("reserved", ""),
        "database_name schema_name owner comment text",
        _always("is_secure", "false"),
        _always("is_materialized", "false"),
        "owner_role_type",
    ),
    "object": _columns(
        "created_on name database_name schema_name",
        ("kind", _kind_of_table),
        "comment",
        ("cluster_by", _clustering),
        "rows bytes owner",
        ("retention_time", _retention),
        "owner_role_type",
    ),
}
