"""SHOW: what REST and INFORMATION_SCHEMA list, in Snowflake's columns."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import attrs

from snowcore._names import quote_identifier

from ...engine.errors import AccountError, compilation, missing, syntax, unsupported
from ...engine.metadata import numbering
from ...engine.names import like
from ...engine.names import shown as written
from ...engine.parameters import PARAMETERS
from ...engine.protocol import Result, TablePath
from ..objects import git_repositories, session_parameters, this_account
from ..objects.kept import BY_SQL_ALONE, INTEGRATIONS
from . import (
    ddl,
    grants,
    kept_told,
    policies,
    routines,
    service_functions,
    services,
    shares,
    streams,
    user_tokens,
    versions,
)
from .kinds import OF, TABLE, TASK, SqlObject, place, table_path, unquoted
from .listings import (
    DROPPED,
    FUNCTIONS,
    INDEXES,
    KEYS,
    LISTINGS,
    TERSE,
    Listing,
    Row,
    columns,
    shown,
    terse_of,
)
from .reader import Reader
from .results import TEXT, table
from .tables import rest_path

if TYPE_CHECKING:
    from . import SqlSession


def show(session: SqlSession, reader: Reader) -> Result:
    terse, as_resource = reader.take("TERSE"), reader.take("AS RESOURCE")
    if reader.take("INDEXES"):
        return _show_indexes(session, reader, terse)
    special = next((make for words, make in _SPECIAL.items() if reader.take(words)), None)
    if special is not None:
        return special(session, reader)
    jobs = True if (reader.peek(), reader.peek(1)) == ("JOB", "SERVICES") and reader.take("JOB") else None
    listing = next((one for one in LISTINGS if reader.take(one.words)), None)
    if listing is None:
        raise _unknown(reader)
    if listing.source == "service" and reader.take("EXCLUDE JOBS"):
        jobs = False
    history = reader.take("HISTORY")
    pattern = reader.string() if reader.take("LIKE") else "%"
    scope = _scope(session, reader, listing.depth, listing.words)
    if as_resource:
        resource = resource_of(session, listing)
        every: list[Row] = [row for path in scope for row in session.perform(resource, "list", path)]
        if resource == "dynamic-table":  # of which lists leave the columns out, and all answers what isn't set
            nothing: Row = dict.fromkeys(session.account.kinds[resource].document.model)
            paths = [TablePath(row["database_name"], row["schema_name"], row["name"]) for row in every]
            every = [nothing | session.perform(resource, "fetch", rest_path(path)) for path in paths]
            for row in every:
                row["columns"] = [{"comment": None, **column} for column in row["columns"]]
        return as_resources(_asked_for(every, pattern, reader))
    rows = all_listed(session, listing, scope, history)
    rows = [row for row in rows if jobs in (None, row.get("is_job"))]
    rows.sort(key=lambda row: (row.get("database_name") or "", row.get("schema_name") or "", row["name"]))
    found = listing.columns
    if jobs is not None:
        found = [column for column in found if column.title not in ("is_job", "is_async_job")]
    if terse:
        found = terse_of(listing)
    elif history:  # after the retention, as Snowflake has it, or at the end
        at = next((at for at, one in enumerate(found, 1) if one.title == "retention_time"), len(found))
        found = found[:at] + DROPPED + found[at:]
    return shown(found, _asked_for(rows, pattern, reader))


_NOT_HERE = ("APPLICATION PACKAGE", "APPLICATION", "MODEL", "DBT PROJECT", "FAILOVER GROUP", "REPLICATION GROUP")
"""Kinds of which the account has none."""


def _unknown(reader: Reader) -> AccountError:
    """What to say of a SHOW of what isn't listed: what it is in isn't there, or it isn't emulated."""
    words = reader.until("LIKE", "IN", "LIMIT", "STARTS").upper()
    if reader.take("LIKE"):
        reader.string()
    if reader.take("IN") and (what := reader.one_of(*_NOT_HERE)) is not None:
        return missing(what, ".".join(map(written, reader.path())))
    return unsupported(f"SHOW {words}")


def resource_of(session: SqlSession, listing: Listing) -> str:
    """What REST calls what is listed, for AS RESOURCE, by which Snowpark's catalog asks. AccountError if it doesn't."""
    resource = {"VIEWS": "view"}.get(listing.words, listing.source)
    if resource in session.account.kinds and resource not in BY_SQL_ALONE:
        return resource
    raise unsupported(f"{listing.words} AS RESOURCE")


def as_resources(rows: Iterable[Row]) -> Result:
    """Objects as REST tells of them."""
    return table([("As Resource", TEXT)], [(json.dumps(row, default=str),) for row in rows])


# What is listed


_PLAIN = ("TABLES", "VIEWS", "STAGES", "FILE FORMATS", "DYNAMIC TABLES", "OBJECTS", "SCHEMAS")
"""Kinds of which SHOW doesn't name the database or schema that is missing."""


def _scope(session: SqlSession, reader: Reader, depth: int, words: str = "") -> list[Mapping[str, str]]:
    """The collections that a statement means."""
    present = [part for part in (session.database, session.schema) if part is not None]
    if not depth:
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
        if len(parts) < depth:
            parts = [session.need_database("SHOW"), *parts]
    if parts[:2] == ["SNOWFLAKE", "IMAGES"]:
        return []  # where Snowflake keeps its own images, of which there are none here
    if parts[:depth]:
        names = [quote_identifier(part) for part in parts[:depth]]
        path = {"name": names[-1]} | ({"database": names[0]} if len(names) == 2 else {})
        need(session, "schema" if len(names) == 2 else "database", path, named=words not in _PLAIN)
    databases = parts[:1] or [row["name"] for row in session.perform("database", "list", {})]
    if depth == 1:
        return [{"database": quote_identifier(database)} for database in databases]
    return [
        {"database": quote_identifier(database), "schema": quote_identifier(schema)}
        for database in databases
        for schema in parts[1:2] or _schemas(session, database)
    ]


def need(session: SqlSession, resource: str, path: Mapping[str, str], *, named: bool = False) -> None:
    """AccountError if there is no such object: 002043, or 002003 if the message shall name it."""
    try:
        session.perform(resource, "fetch", path)
    except AccountError as error:
        if error.status != 404 or named:
            raise
        raise nothing_there() from None


def nothing_there() -> AccountError:
    return compilation("002043", "Object does not exist, or operation cannot be performed.", "02000")


def _goes_on(reader: Reader) -> bool:
    return reader.done or reader.peek() in ("STARTS", "LIMIT")


def _schemas(session: SqlSession, database: str) -> list[str]:
    return [row["name"] for row in session.perform("schema", "list", {"database": quote_identifier(database)})]


def all_listed(session: SqlSession, listing: Listing, paths: list[Mapping[str, str]], history: bool) -> list[Row]:
    rows: list[Row] = []
    if listing.source in (policies.MASKING, policies.ROW_ACCESS):
        return [row for path in paths for row in policies.listed(session, listing.source, path)]
    if listing.source.isupper():
        found = _from_metadata(session, listing.source, paths)
        return [row for row in found if row["is_materialized"]] if listing.words == "MATERIALIZED VIEWS" else found
    for path in paths:
        try:
            rows += _listed(session, listing.source, path, history)
        except AccountError as error:
            if error.status != 404 or len(paths) == 1:
                raise  # else somebody dropped it meanwhile
    return rows


def _is_in(row: Row, path: Mapping[str, str]) -> bool:
    return {f"{part}_name": unquoted(name) for part, name in path.items()}.items() <= row.items()


def _in_capitals(properties: Mapping[str, Any]) -> Row:
    return {name: value for name, value in properties.items() if name.isupper()}


def _listed(session: SqlSession, source: str, path: Mapping[str, str], history: bool) -> list[Row]:
    if source == "-":
        return []
    if source == "object":
        return [*_listed(session, "table", path, False), *_from_metadata(session, "VIEWS", [path])]
    if source == "integration":
        return [row for one in INTEGRATIONS for row in _listed(session, one, path, False)]
    if source == "hybrid":
        return [row for row in _listed(session, "table", path, history) if row.get("table_type") == "HYBRID"]
    query = {"history": True} if history else {}
    rows: list[Row] = session.perform(source, "list", path, query)
    if source == "table":
        for kind in ("dynamic", "event"):
            rows += [{**row, f"is_{kind}": True} for row in session.perform(f"{kind}-table", "list", path, query)]
        rows = _with_temporary(session, rows, path)
    if source == "stage":
        where = {f"{part}_name": unquoted(name) for part, name in path.items()}
        temporary = [stage.row for stage in session.temporary_stages.values() if _is_in(stage.row, path)]
        # REST doesn't say where a stage is
        return [{**row, **where, "type": _type_of_stage(row)} for row in (*rows, *temporary)]
    if source in ("dynamic-table", "cortex-search-service"):
        names = [{**path, "name": quote_identifier(row["name"])} for row in rows]
        found = [session.perform(source, "describe", name) for name in names]
        if source == "dynamic-table":
            return [{**row, "text": ddl.dynamic_table(row["name"], row)} for row in found]
        return found
    if source == "warehouse":  # with what REST doesn't tell
        kind = session.account.kinds[source]
        return [{**row, "GENERATION": "1", **_in_capitals(kind.need(None, row["name"]).properties)} for row in rows]
    if source == "task":
        return [suspended(session, row) for row in rows]
    if source == "share":
        kind = session.account.kinds[source]
        return [{**row, "database_name": shares.database_of(session, kind.need(None, row["name"]))} for row in rows]
    if source == "stream":
        return [{**row, **streams.listed(session, row)} for row in rows]
    if source in ("procedure", "user-defined-function"):
        own = [row for key, row in session.temporary_routines.items() if key[0] == source and _is_in(row, path)]
        own += service_functions.rows(session, path) if source == "user-defined-function" else []
        return [routines.as_listed(row) for row in (*rows, *own)]
    return [kept_told.as_listed(session, OF[source], row) for row in rows] if source in OF else rows


def suspended(session: SqlSession, task: Row) -> Row:
    """A task with why it was suspended, which REST doesn't tell."""
    path = (task["database_name"], task["schema_name"], task["name"])
    state = session.account.kinds["task"].need_at(path).state
    return {**task, "last_suspended_reason": state.get("last_suspended_reason")}


def _with_temporary(session: SqlSession, rows: list[Row], path: Mapping[str, str]) -> list[Row]:
    """Tables with the session's own temporary ones, which hide others of their names."""
    found = {row["name"]: row for row in _from_metadata(session, "TABLES", [path]) if row["is_temporary"] == "YES"}
    own = [
        {**row, "kind": "TEMPORARY", "rows": row["row_count"], "data_retention_time_in_days": row["retention_time"]}
        for row in found.values()
    ]
    return (
        sorted([*(row for row in rows if row["name"] not in found), *own], key=lambda row: row["name"]) if own else rows
    )


def _from_metadata(session: SqlSession, view: str, paths: list[Mapping[str, str]]) -> list[Row]:
    """The rows of a view of INFORMATION_SCHEMA, called as SHOW does."""
    prefix, kind = "TABLE" if view == "VIEWS" else view.removesuffix("S"), view.removesuffix("S").replace("_", " ")
    wanted = {tuple(map(unquoted, path.values())) for path in paths}
    rows: list[Row] = []
    for row in (row for one in sorted({path[0] for path in wanted}) for row in session.engine.metadata(view, one)):
        place = {f"{what}_name": row[f"{prefix}_{part}"] for what, part in _PLACE.items()}
        if tuple(place.values()) in wanted:
            own: Row = {"name": row[f"{prefix}_NAME"], "owner": row[f"{prefix}_OWNER"], "created_on": row["CREATED"]}
            rows.append({title.lower(): value for title, value in row.items()} | place | own | {"kind": kind})
    return rows


_PLACE = {"database": "CATALOG", "schema": "SCHEMA"}


def _type_of_stage(row: Row) -> str:
    return ("EXTERNAL" if row.get("url") else "INTERNAL") + (" TEMPORARY" if row.get("kind") == "TEMPORARY" else "")


def _asked_for(rows: list[Row], pattern: str, reader: Reader) -> list[Row]:
    """LIKE, STARTS WITH and LIMIT … FROM."""
    matches = like(pattern).fullmatch
    rows = [row for row in rows if matches(row["name"])]
    if reader.take("STARTS WITH"):
        start = reader.string()
        rows = [row for row in rows if row["name"].startswith(start)]
    if reader.take("LIMIT"):
        count = reader.integer()
        if not 0 < count <= 10_000:
            raise syntax(f"invalid value [{count}] for parameter 'LIMIT'")
        if reader.take("FROM"):
            after = reader.string()
            at = next((at for at, row in enumerate(rows) if row["name"].startswith(after)), None)
            rows = rows[at + 1 :] if at is not None else [row for row in rows if row["name"] > after]
        rows = rows[:count]
    reader.end()
    return rows


# What belongs to tables


def _tables(session: SqlSession, reader: Reader) -> tuple[set[str], Callable[[str, str, str], bool]]:
    """The databases in which a statement looks that may end with IN TABLE, SCHEMA, DATABASE or ACCOUNT, and whether it
    means a table there, by its database, schema and name."""
    if reader.peek() != "IN" or reader.peek(1) in ("ACCOUNT", "DATABASE", "SCHEMA"):
        scope = {tuple(map(unquoted, path.values())) for path in _scope(session, reader, 2)}

        def within(database: str, schema: str, name: str) -> bool:
            return (database, schema) in scope

        return {database for database, _ in scope}, within
    reader.expect("IN")
    reader.one_of("TABLE", "VIEW")
    path = table_path(place(session, TABLE, reader.path(), "SHOW"))
    session.columns(path)  # AccountError if there is no such table
    return {path.database}, lambda database, schema, name: TablePath(database, schema, name) == path


def _show_columns(session: SqlSession, reader: Reader) -> Result:
    matches = like(reader.string() if reader.take("LIKE") else "%").fullmatch
    databases, meant = _tables(session, reader)
    reader.end()
    rows: list[Row] = []
    for found in (row for database in sorted(databases) for row in session.engine.metadata("COLUMNS", database)):
        row = {title.lower(): value for title, value in found.items()}
        if meant(row["table_catalog"], row["table_schema"], row["table_name"]) and matches(row["column_name"]):
            default, nullable = row["column_default"] or "", row["is_nullable"] == "YES"
            row |= {"schema_name": row["table_schema"], "database_name": row["table_catalog"], "kind": "COLUMN"}
            row |= {"data_type": _json_type(row, nullable), "null?": "true" if nullable else "NOT_NULL"}
            rows.append(row | {"default": default, "autoincrement": _numbering(row)})
    titles = "table_name schema_name column_name data_type null? default kind expression comment database_name"
    return shown(columns(f"{titles} autoincrement schema_evolution_record"), rows)


def _numbering(row: Row) -> str:
    if row["is_identity"] != "YES":
        return ""
    return numbering(row["identity_start"], row["identity_increment"], ordered=row["identity_ordered"] == "YES")


def _json_type(row: Row, nullable: bool) -> str:
    names = {"NUMBER": "FIXED", "FLOAT": "REAL"}
    facts: Row = {"type": names.get(row["data_type"], row["data_type"])}
    if row["data_type"] == "NUMBER":
        facts |= {"precision": row["numeric_precision"], "scale": row["numeric_scale"]}
    elif (size := row["character_maximum_length"] or row["character_octet_length"]) is not None:
        facts |= {"length": size, "byteLength": row["character_octet_length"]}
    elif row["datetime_precision"] is not None:
        facts |= {"precision": 0, "scale": row["datetime_precision"]}
    facts["nullable"] = nullable
    if "length" in facts:
        facts["fixed"] = row["data_type"] == "BINARY"
    return json.dumps(facts, separators=(",", ":"))


def _placed(path: Iterable[str], column: str, prefix: str) -> Row:
    parts = zip(("database_name", "schema_name", "table_name", "column_name"), (*path, column), strict=True)
    return {f"{prefix}{title}": part for title, part in parts}


def _show_keys(session: SqlSession, reader: Reader, words: str, type_: str) -> Result:
    databases, meant = _tables(session, reader)
    reader.end()
    keys = [key for one in sorted(databases) for key in session.engine.metadata("TABLE_CONSTRAINTS", one)]
    rows: list[Row] = []
    for key in keys:
        path, foreign = (key["TABLE_CATALOG"], key["TABLE_SCHEMA"], key["TABLE_NAME"]), "OF" in key
        if key["CONSTRAINT_TYPE"] != type_ or not meant(*(key["OF"] if words.startswith("EXPORTED") else path)):
            continue
        for at, column in enumerate(key["COLUMNS"], 1):
            row: Row = {"created_on": key["CREATED"], "key_sequence": at, "constraint_name": key["CONSTRAINT_NAME"]}
            row |= _placed(path, column, "fk_" if foreign else "") | {"rely": key["RELY"]}
            if foreign:
                referred = key["OF_COLUMNS"]
                row |= _placed(key["OF"], referred[at - 1] if at <= len(referred) else "", "pk_")
                row |= {"fk_name": key["CONSTRAINT_NAME"], "pk_name": key["UNIQUE_CONSTRAINT_NAME"]}
                row |= {f"{one.lower()}_rule": key[f"{one}_RULE"] for one in ("UPDATE", "DELETE")}
            rows.append(row)
    return shown(KEYS[words], rows)


def _show_indexes(session: SqlSession, reader: Reader, terse: bool) -> Result:
    pattern = reader.string() if reader.take("LIKE") else "%"
    databases, meant = _tables(session, reader)
    found = [row for database in sorted(databases) for row in session.engine.metadata("INDEXES", database)]
    rows = [
        {
            **{title.lower(): value for title, value in row.items()},
            "table": row["TABLE_NAME"],
            "created_on": row["CREATED"],
        }
        | {"database_name": row["TABLE_CATALOG"], "schema_name": row["TABLE_SCHEMA"]}
        for row in found
        if meant(row["TABLE_CATALOG"], row["TABLE_SCHEMA"], row["TABLE_NAME"])
    ]
    titles = [column for column in INDEXES if column.title in TERSE] if terse else INDEXES
    return shown([one for one in titles if terse or one.title != "kind"], _asked_for(rows, pattern, reader))


def _show_semantic(session: SqlSession, reader: Reader, kind: str) -> Result:
    """The facts, dimensions or metrics of semantic views."""
    view, pattern = OF["semantic-view"], reader.string() if reader.take("LIKE") else "%"
    if reader.peek() == "IN" and reader.peek(1) not in ("ACCOUNT", "DATABASE", "SCHEMA"):
        reader.expect("IN")
        paths = [place(session, view, reader.path(), f"SHOW SEMANTIC {kind}S")]
    else:
        paths = [
            {**path, "name": quote_identifier(row["name"])}
            for path in _scope(session, reader, 2)
            for row in session.perform("semantic-view", "list", path)
        ]
    rows: dict[tuple[str, ...], Row] = {}
    for path in paths:
        view_path = dict(zip(("database_name", "schema_name", "semantic_view_name"), map(unquoted, path.values())))
        for one in (one for one in kept_told.objects_of(session, path) if one["object_kind"] == kind):
            told = {**view_path, "table_name": one["parent_entity"] or "", "name": one["object_name"]}
            rows.setdefault(tuple(told.values()), told)[one["property"].lower()] = one["property_value"]
    titles = columns("database_name schema_name semantic_view_name table_name name data_type synonyms comment")
    return shown(titles, _asked_for([rows[key] for key in sorted(rows)], pattern, reader))


# What SHOW lists that is no object


def _show_parameters(session: SqlSession, reader: Reader) -> Result:
    matches = like(reader.string() if reader.take("LIKE") else "%").fullmatch
    given: Mapping[str, Any] = session.parameters
    level = "SESSION"
    if reader.one_of("IN TASK", "FOR TASK"):
        task = session.perform("task", "fetch", place(session, TASK, reader.path(), "SHOW PARAMETERS"))
        given, level = {name.upper(): value for name, value in task.get("session_parameters", {}).items()}, "TASK"
    elif reader.take("IN USER") or reader.take("FOR USER"):
        where = place(session, OF["user"], reader.path(), "SHOW PARAMETERS")
        given, level = session_parameters.of_user(session.account, unquoted(where["name"])), "USER"
    elif reader.one_of("IN ACCOUNT", "FOR ACCOUNT"):
        given, level = this_account.parameters(session.account), "ACCOUNT"
    elif what := reader.one_of("IN DATABASE", "FOR DATABASE", "IN SCHEMA", "FOR SCHEMA"):
        return _parameters_inside(session, OF[what.rpartition(" ")[2].lower()], reader, matches)
    elif reader.one_of("IN WAREHOUSE", "FOR WAREHOUSE"):
        session.perform("warehouse", "fetch", place(session, OF["warehouse"], reader.path(), "SHOW PARAMETERS"))
    elif reader.one_of("IN", "FOR"):
        reader.rest()  # whosesoever they are: they are the defaults here
    reader.end()
    alone = this_account.ALONE if level == "ACCOUNT" else ()
    known = {name: attrs.asdict(one) for name, one in PARAMETERS.items()}
    known |= {name: {"default": "", "description": "", "type": "STRING"} for name in alone}
    rows: list[Row] = [
        {"key": name, "value": str(given.get(name, told["default"])), "level": level if name in given else "", **told}
        for name, told in sorted(known.items())
        if matches(name)
    ]
    return shown(columns("key value default level description type"), rows)


_OF_CONTAINERS = {
    "DATA_RETENTION_TIME_IN_DAYS": "1",
    "MAX_DATA_EXTENSION_TIME_IN_DAYS": "14",
    "DEFAULT_DDL_COLLATION": "",
    "EXTERNAL_VOLUME": "",
    "CATALOG": "",
    "LOG_LEVEL": "OFF",
    "TRACE_LEVEL": "OFF",
    "PIPE_EXECUTION_PAUSED": "false",
    "QUOTED_IDENTIFIERS_IGNORE_CASE": "false",
    "REPLACE_INVALID_CHARACTERS": "false",
    "STORAGE_SERIALIZATION_POLICY": "OPTIMIZED",
    "SUSPEND_TASK_AFTER_NUM_FAILURES": "10",
    "TASK_AUTO_RETRY_ATTEMPTS": "0",
    "USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE": "MEDIUM",
    "USER_TASK_TIMEOUT_MS": "3600000",
}
"""The parameters of databases and schemas, and what they are if nobody set them."""


def _parameters_inside(session: SqlSession, kind: SqlObject, reader: Reader, matches: Callable[[str], Any]) -> Result:
    where = place(session, kind, reader.path(), "SHOW PARAMETERS")
    reader.end()
    given: Row = session.perform(kind.resource, "fetch", where)
    rows: list[Row] = []
    for name, default in _OF_CONTAINERS.items():
        said = given.get(name.lower())
        value = default if said is None else str(said).lower() if isinstance(said, bool) else str(said)
        type_ = "NUMBER" if default.isdigit() else "BOOLEAN" if default == "false" else "STRING"
        told = {"key": name, "value": value, "default": default, "description": "", "type": type_}
        rows.append({**told, "level": kind.words if value != default else ""})
    return shown(columns("key value default level description type"), [row for row in rows if matches(row["key"])])


def _kind_of(value: Any) -> str:
    return {"bool": "boolean", "float": "real", "str": "text"}.get(type(value).__name__, "fixed")


def _show_variables(session: SqlSession, reader: Reader) -> Result:
    matches = like(reader.string() if reader.take("LIKE") else "%").fullmatch
    rows: list[Row] = [
        {
            "session_id": session.id,
            "name": name,
            "value": value,
            "type": _kind_of(value),
        }
        for name, value in sorted(session.variables.items())
        if matches(name)
    ]
    return shown(columns("session_id created_on updated_on name value type comment"), rows)


def _show_transactions(session: SqlSession, reader: Reader) -> Result:
    reader.take("IN ACCOUNT")
    reader.end()
    return shown(columns("id user session name started_on state=running scope=0"), _transactions(session))


def _transactions(session: SqlSession) -> list[Row]:
    """Those that are open, of the sessions that are the user's business."""
    rows: list[Row] = []
    for one in session.account.sessions:
        if session.is_of(one.user) and (number := one.engine.transaction) is not None:
            started = datetime.fromtimestamp(number / 1e9, UTC)
            row: Row = {"id": number, "user": one.user, "session": one.id, "started_on": started}
            rows.append({**row, "locked": one.engine.locked})
    return rows


def _show_locks(session: SqlSession, reader: Reader) -> Result:
    reader.take("IN ACCOUNT")
    reader.end()
    rows = [{**one, "path": ".".join(attrs.astuple(path))} for one in _transactions(session) for path in one["locked"]]
    titles = "resource<path type=PARTITIONS transaction<id transaction_started_on<started_on status=HOLDING"
    return shown(columns(f"{titles} acquired_on<started_on query_id session"), rows)


def _show_functions(session: SqlSession, reader: Reader) -> Result:
    """Those that are built in, and the users' own."""
    pattern = reader.string() if reader.take("LIKE") else "%"
    listing = next(one for one in LISTINGS if one.words == "USER FUNCTIONS")
    rows: list[Row] = all_listed(session, listing, _scope(session, reader, 2), False)
    rows += [
        {
            "name": name,
            "is_builtin": "Y",
            "is_aggregate": "Y" if aggregate else "N",
            "min_num_arguments": least,
            "max_num_arguments": most,
            "arguments": f"{name}({', '.join(['ANY'] * least)}) RETURN ANY",
            "is_table_function": "N",
            "is_secure": "N",
            "is_memoizable": "N",
            "language": "SQL",
        }
        for name, least, most, aggregate in session.engine.functions()
    ]
    return shown(FUNCTIONS, _asked_for(rows, pattern, reader))


def _show_refs(session: SqlSession, reader: Reader, kind: str) -> Result:
    """SHOW GIT BRANCHES and TAGS."""
    pattern = reader.string() if reader.take("LIKE") else "%"
    reader.expect("IN")
    reader.take("GIT REPOSITORY")
    where = place(session, OF["git-repository"], reader.path(), f"SHOW GIT {kind.upper()}")
    session.perform("git-repository", "fetch", where)
    entry = session.account.kinds["git-repository"].need_at(map(unquoted, where.values()))
    more = "checkouts commit_hash" if kind == "branches" else "commit_hash author message"
    return shown(columns(f"name path {more}"), _asked_for(git_repositories.refs(entry, kind), pattern, reader))


_SPECIAL: dict[str, Callable[[SqlSession, Reader], Result]] = {
    **services.SHOWN,
    "GRANTS": grants.show,
    "FUTURE GRANTS": grants.show_future,
    "COLUMNS": _show_columns,
    "PARAMETERS": _show_parameters,
    "VARIABLES": _show_variables,
    "TRANSACTIONS": _show_transactions,
    "LOCKS": _show_locks,
    "FUNCTIONS": _show_functions,
    "BUILTIN FUNCTIONS": _show_functions,
    "GIT BRANCHES": lambda session, reader: _show_refs(session, reader, "branches"),
    "GIT TAGS": lambda session, reader: _show_refs(session, reader, "tags"),
    "VERSIONS": versions.show,
    **dict.fromkeys(("USER PROGRAMMATIC ACCESS TOKENS", "USER PATS"), user_tokens.show),
    **{
        f"SEMANTIC {kind}S": lambda session, reader, kind=kind: _show_semantic(session, reader, kind)
        for kind in ("FACT", "DIMENSION", "METRIC")
    },
    "PRIMARY KEYS": lambda session, reader: _show_keys(session, reader, "PRIMARY KEYS", "PRIMARY KEY"),
    "UNIQUE KEYS": lambda session, reader: _show_keys(session, reader, "UNIQUE KEYS", "UNIQUE"),
    "IMPORTED KEYS": lambda session, reader: _show_keys(session, reader, "IMPORTED KEYS", "FOREIGN KEY"),
    "EXPORTED KEYS": lambda session, reader: _show_keys(session, reader, "EXPORTED KEYS", "FOREIGN KEY"),
}
