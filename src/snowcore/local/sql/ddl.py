"""GET_DDL: the statements that make an object, or all that is in a schema or database."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import attrs

from snowcore._names import quote_identifier, quote_literal

from ...engine.errors import missing_object, unsupported
from ...engine.metadata import keys_of
from ...engine.names import shown, split
from ...engine.protocol import HeldKey, TablePath
from ..objects import securables
from ..objects.iceberg_tables import PROPERTIES
from . import external_tables, kept_told, pipes, policies, routines, stages, streams, tags
from .kinds import KINDS, OF, TABLE, TASK, SqlObject, place, table_path, unquoted
from .listings import lag, schedule
from .tables import described, rest_path

if TYPE_CHECKING:
    from . import SqlSession

Row = Mapping[str, Any]
Named = Callable[[TablePath], str]


def get_ddl(session: SqlSession, type_: str, name: str, qualified: str = "false") -> str:
    """type_: as GET_DDL calls a kind of objects, such as FILE_FORMAT. name: as it is written in SQL."""
    kind = type_.upper().replace("_", " ")

    def named(path: TablePath) -> str:
        """An object as its statement calls it."""
        return ".".join(map(shown, attrs.astuple(path) if qualified.upper() == "TRUE" else (path.name,)))

    if kind in ("FUNCTION", "PROCEDURE"):
        return routines.ddl_of(session, kind, name, named)
    parts = split(name)

    if kind == "POLICY":
        path = table_path(place(session, TABLE, parts, "GET_DDL"))
        if (policy := policies.ddl(session, path, named(path))) is not None:
            return policy
    if kind in ("PIPE", "STAGE"):
        where = place(session, OF[kind.lower()], parts, "GET_DDL")
        return (pipes.ddl if kind == "PIPE" else stages.ddl)(session, where, named(table_path(where)))
    if kind == "STREAM":
        return streams.ddl(session, parts, named(table_path(place(session, TABLE, parts, "GET_DDL"))))
    if kind in ("DATABASE", "SCHEMA", "WAREHOUSE", "TASK"):
        of = next(one for one in KINDS if one.words == kind)
        where = place(session, of, parts, "GET_DDL")
        row = session.perform(of.resource, "describe" if kind in ("TASK", "WAREHOUSE") else "fetch", where)
        if kind == "DATABASE":
            return "\n\n".join(_database(session, row["name"], row, named))
        if kind == "SCHEMA":
            return "\n\n".join(_schema(session, row["database_name"], row, named))
        return _task(named, row) if of is TASK else _declared(of, shown(row["name"]), row)
    if kind in _KEPT:
        of = OF[_KEPT[kind][0]]
        where = place(session, of, parts, "GET_DDL")
        path = tuple(map(unquoted, where.values()))
        for one in _KEPT[kind][1:]:
            of = OF[one] if securables.find(session.account, securables.KINDS[OF[one].words], path) else of
        return kept_told.ddl(
            session, of, where, ".".join(map(shown, path if qualified.upper() == "TRUE" else path[-1:]))
        )
    path = table_path(place(session, TABLE, parts, "GET_DDL"))
    makers = {**_MAKERS, **dict.fromkeys(_TABLES, _table_or_view), "TAG": _tag}
    if kind not in makers:
        raise unsupported(f"GET_DDL of a {kind.lower()}")
    made = makers[kind](session, path, named)
    if made is None:
        raise missing_object(kind.capitalize(), named(path))
    return made


def _database(session: SqlSession, database: str, row: Row, named: Named) -> Iterator[str]:
    yield f"create or replace {_transient(row)}database {shown(database)}{_comment(row)};"
    for schema in session.perform("schema", "list", {"database": quote_identifier(database)}):
        if schema["name"] != "INFORMATION_SCHEMA":
            yield from _schema(session, database, schema, named)


def _schema(session: SqlSession, database: str, row: Row, named: Named) -> Iterator[str]:
    schema = row["name"]
    above = named(TablePath(database, schema, "")).removesuffix('""').rstrip(".")
    yield f"create or replace {_transient(row)}schema {above or shown(schema)}{_comment(row)};"
    where = {"database": quote_identifier(database), "schema": quote_identifier(schema)}

    def each(resource: str) -> Iterator[TablePath]:
        for one in session.perform(resource, "list", where):
            yield TablePath(database, schema, one["name"])

    for path in each("tag"):
        yield _tag(session, path, named)
    for kind in (policies.MASKING, policies.ROW_ACCESS):
        for one in policies.listed(session, kind, where):
            path = TablePath(database, schema, one["name"])
            yield policies.ddl(session, path, named(path)) or ""
    for view, kind in (
        ("SEQUENCES", "SEQUENCE"),
        ("FILE_FORMATS", "FILE FORMAT"),
        ("TABLES", "TABLE"),
        ("VIEWS", "VIEW"),
    ):
        prefix = "TABLE" if kind == "VIEW" else view[:-1]
        found = [one for one in session.engine.metadata(view, database) if one[f"{prefix}_SCHEMA"] == schema]
        for one in sorted(found, key=lambda one: one.get("ID", 0)):  # a view comes after what it reads
            path = TablePath(database, schema, one[f"{prefix}_NAME"])
            if one.get("TABLE_TYPE", "BASE TABLE") == "BASE TABLE" and one.get("IS_DYNAMIC") != "YES":
                yield _MAKERS[kind](session, path, named) or ""
    for resource in (_EVENT, _EXTERNAL, _DYNAMIC):
        for path in each(resource):
            yield _table_or_view(session, path, named) or ""
    for path in each("stream"):
        yield streams.ddl(session, [*attrs.astuple(path)], named(path))
    for path in each("pipe"):
        yield pipes.ddl(session, rest_path(path), named(path))
    for resource, what in (("user-defined-function", "FUNCTION"), ("procedure", "PROCEDURE")):
        for one in session.perform(resource, "list", where):
            yield routines.ddl(one, what, named)
    for task in session.perform("task", "list", where):
        yield _task(named, task)
    for resource in ("password-policy", "alert"):
        for one in session.perform(resource, "list", where):
            path = TablePath(database, schema, one["name"])
            yield kept_told.ddl(session, OF[resource], {**where, "name": quote_identifier(path.name)}, named(path))


def _rows(under: Mapping[str, str]) -> str:
    """The row access policy among the policies of a table."""
    return f" WITH ROW ACCESS POLICY {under['']}" if "" in under else ""


def _masked(name: str, under: Mapping[str, str]) -> list[str]:
    return [f"WITH MASKING POLICY {under[name]}"] if name in under else []


def _transient(row: Row) -> str:
    return "TRANSIENT " if row.get("kind") == "TRANSIENT" else ""


def _comment(row: Row) -> str:
    return f" COMMENT={quote_literal(row['comment'])}" if row.get("comment") else ""


def _table_or_view(session: SqlSession, path: TablePath, named: Named) -> str | None:
    def is_of(resource: str) -> bool:
        return path.name in session.account.engine.of_resource(resource, path.database, path.schema)

    if is_of(_DYNAMIC):
        row = session.perform(_DYNAMIC, "describe", rest_path(path))
        return dynamic_table(named(path), row, policies.written(session, path))
    if is_of(_EXTERNAL):
        return external_tables.ddl(session, rest_path(path), named(path), _rows(policies.written(session, path)))
    if is_of(_EVENT):
        said: Row = session.perform(_EVENT, "fetch", rest_path(path))
        cluster = f" cluster by ({', '.join(said['cluster_by'])})" if said.get("cluster_by") else ""
        given = [name for name in _OF_EVENTS if said.get(name) != session.account.kinds[_EVENT].defaults.get(name)]
        words = [f"{name.upper()} = {_value(said[name])}" for name in given]
        ends = f"{_comment(said)}{_rows(policies.written(session, path))};"
        return " ".join([f"create or replace EVENT TABLE {named(path)}{cluster}", *words]) + ends
    return _view(session, path, named) or _table(session, path, named)


def _table(session: SqlSession, path: TablePath, named: Named) -> str | None:
    if session.engine.columns(path) is None:
        return None
    found, said = described(session, path)
    lines: list[str] = []
    under, (of_table, of_columns) = policies.written(session, path), tags.written(session, path)
    for column in found:
        words = [shown(column.name), column.type]
        words += [] if column.nullable else ["NOT NULL"]
        if column.default is not None and column.default.startswith("IDENTITY "):
            words.append(column.default.lower().replace("identity", "autoincrement"))
        elif column.default is not None:
            words.append(f"DEFAULT {column.default}")
        words += _masked(column.name, under)
        words += [f"WITH TAG ({of_columns[column.name]})"] if column.name in of_columns else []
        words += [f"COMMENT {quote_literal(column.comment)}"] if column.comment else []
        lines.append(" ".join(words))
    lines += map(_key, keys_of(said))
    lines += [_index(one) for one in session.account.engine.held_keys(path) if one.kind == "INDEX"]
    kind = "TEMPORARY " if session.engine.is_temporary(path) else _transient(said)
    kind = "ICEBERG " if said.get("table_type") == "ICEBERG" else kind
    kind = "HYBRID " if said.get("table_type") == "HYBRID" else kind
    files: Row = session.perform("iceberg-table", "fetch", rest_path(path)) if kind == "ICEBERG " else {}
    told = [f"{name.upper()} = {_value(files[name])}" for name in PROPERTIES if files.get(name) is not None]
    body_end = f"\n {' '.join(told)}" if told else ""
    more = _rows(under)
    more += f" WITH TAG ({of_table})" if of_table else ""
    cluster = f" cluster by ({', '.join(said['cluster_by'])})" if said.get("cluster_by") else " "
    body = ",\n\t".join(lines)
    return (
        f"create or replace {kind}TABLE {named(path)}{cluster}(\n\t{body}\n){_comment(said).lstrip()}{body_end}{more};"
    )


def _tag(session: SqlSession, path: TablePath, named: Named) -> str:
    row: Row = session.perform("tag", "fetch", rest_path(path))
    allowed = (
        f" ALLOWED_VALUES {', '.join(map(quote_literal, row['allowed_values']))}" if row.get("allowed_values") else ""
    )
    propagate = f" PROPAGATE = {row['propagate']}" if row.get("propagate") else ""
    return f"create or replace tag {named(path)}{allowed}{propagate}{_comment(row)};"


def _index(index: HeldKey) -> str:
    included = f" include ({', '.join(map(shown, index.included))})" if index.included else ""
    return f"index {shown(index.name)} ({', '.join(map(shown, index.columns))}){included}"


def _key(key: Row) -> str:
    name = "" if key["name"].startswith("SYS_CONSTRAINT_") else f"constraint {shown(key['name'])} "
    text = f"{name}{key['constraint_type'].lower()} ({', '.join(map(shown, key['column_names']))})"
    if "referenced_table_name" in key:
        text += f" references {key['referenced_table_name']}"
        if key.get("referenced_column_names"):
            text += f"({', '.join(map(shown, key['referenced_column_names']))})"
    rules: Row = key.get("RULES", {})
    for event in ("delete", "update"):
        text += f" on {event} {rules[f'{event}_rule'].lower()}" if f"{event}_rule" in rules else ""
    return text + (" rely" if "rely" in rules else "")


def _row(session: SqlSession, view: str, prefix: str, path: TablePath) -> Row | None:
    rows = session.engine.metadata(view, path.database)
    return next((r for r in rows if (r[f"{prefix}_SCHEMA"], r[f"{prefix}_NAME"]) == (path.schema, path.name)), None)


def _view(session: SqlSession, path: TablePath, named: Named) -> str | None:
    row = _row(session, "VIEWS", "TABLE", path)
    if row is None:
        return None
    found, under = session.engine.columns(path) or [], policies.written(session, path)
    lines: list[str] = []
    for one in found:
        words = [shown(one.name), *_masked(one.name, under)]
        words += [f"COMMENT {quote_literal(one.comment)}"] if one.comment else []
        lines.append(" ".join(words))
    secure = "secure " if row["IS_SECURE"] == "YES" else ""
    secure += "materialized " if row["IS_MATERIALIZED"] else ""
    comment = _comment({"comment": row["COMMENT"]})
    body = ",\n\t".join(lines)
    return f"create or replace {secure}view {named(path)}(\n\t{body}\n){_rows(under)}{comment} as {row['QUERY']};"


def _sequence(session: SqlSession, path: TablePath, named: Named) -> str | None:
    row = _row(session, "SEQUENCES", "SEQUENCE", path)
    if row is None:
        return None
    order = "order" if row["ORDERED"] == "YES" else "noorder"
    numbers = f"start with {row['START_VALUE']} increment by {row['INCREMENT']}"
    return f"create or replace sequence {named(path)} {numbers} {order}{_comment({'comment': row['COMMENT']})};"


def _file_format(session: SqlSession, path: TablePath, named: Named) -> str | None:
    row = _row(session, "FILE_FORMATS", "FILE_FORMAT", path)
    if row is None:
        return None
    options = "".join(f"\n\t{name} = {_value(value)}" for name, value in row["GIVEN"].items())
    comment = f"\n\tCOMMENT = {quote_literal(row['COMMENT'])}" if row["COMMENT"] else ""
    return f"create or replace file format {named(path)}{options}{comment}\n;"


def _value(value: Any) -> str:
    if isinstance(value, list):
        return f"({', '.join(_value(one) for one in value)})"  # pyright: ignore[reportUnknownVariableType]
    plain = not isinstance(value, str) or value in ("true", "false")
    return str(value).lower() if plain else quote_literal(value)


def _declared(kind: SqlObject, name: str, row: Row) -> str:
    """A statement whose properties are those that an answer of REST has."""
    said = [(words, row[key]) for words, (key, _) in kind.properties.items() if row.get(key) not in (None, "")]
    values = " ".join(f"{words.lower()}={_value(value)}" for words, value in said)
    return f"create or replace {kind.words.lower()} {name} with {values};"


def dynamic_table(name: str, row: Row, under: Mapping[str, str] | None = None) -> str:
    """The statement that makes a dynamic table. under: its policies, if they shall be told."""
    under = under or {}
    typed = row.get("typed", ())
    told = ([one["name"], *([one["datatype"]] if one["name"] in typed else [])] for one in row["columns"])
    columns = ",\n\t".join(" ".join([shown(name), *types, *_masked(name, under)]) for name, *types in told)
    said = [f"target_lag = '{lag(row['target_lag'])}'", f"refresh_mode = {row['refresh_mode']}"]
    said += [f"initialize = {row.get('initialize', 'ON_CREATE')}", f"warehouse = {shown(row['warehouse'])}"]
    comment = f"\n COMMENT={quote_literal(row['comment'])}" if row.get("comment") else ""
    words = f"{' '.join(said)}{_rows(under)}{comment}"
    return f"create or replace dynamic table {name}(\n\t{columns}\n) {words}\n as {row['query']};"


_OF_TASK = (
    *("task_auto_retry_attempts", "user_task_timeout_ms", "suspend_task_after_num_failures"),
    *("user_task_managed_initial_warehouse_size", "serverless_task_min_statement_size"),
    *("serverless_task_max_statement_size", "USER_TASK_MINIMUM_TRIGGER_INTERVAL_IN_SECONDS", "comment"),
)
"""What GET_DDL says of a task as it was declared."""


def _task(named: Named, row: Row) -> str:
    path = TablePath(row["database_name"], row["schema_name"], row["name"])
    lines = [f"create or replace task {named(path)}"]
    names = ("warehouse", "error_integration", "success_integration")
    lines += [f"{key}={shown(row[key])}" for key in names if row.get(key)]
    if row.get("schedule"):
        lines.append(f"schedule={quote_literal(schedule(row['schedule']) or '')}")
    if row.get("target_completion_interval"):
        lines.append(f"target_completion_interval={quote_literal(schedule(row['target_completion_interval']) or '')}")
    if row.get("overlap_policy", "NO_OVERLAP") != "NO_OVERLAP":
        lines.append(f"overlap_policy={row['overlap_policy']}")
    lines += [f"{key}={_value(row[key])}" for key in _OF_TASK if row.get(key) not in (None, "")]
    if row.get("config"):
        lines.append(f"config={quote_literal(json.dumps(row['config']))}")
    lines += [f"{name.lower()}={_value(value)}" for name, value in row.get("session_parameters", {}).items()]
    if row.get("finalize"):
        lines.append(f"finalize={row['finalize']}")
    if row.get("predecessors"):
        lines.append(f"after {', '.join(row['predecessors'])}")
    if row.get("condition"):
        lines.append(f"when {row['condition']}")
    return "\n\t".join([*lines, f"as {row['definition']};"])


_EVENT, _EXTERNAL, _DYNAMIC = "event-table", "external-table", "dynamic-table"
_OF_EVENTS = ("data_retention_time_in_days", "max_data_extension_time_in_days", "change_tracking")
_TABLES = ("TABLE", "VIEW", "DYNAMIC TABLE", "EVENT TABLE", "ICEBERG TABLE", "EXTERNAL TABLE")
_KEPT = {
    "ALERT": ["alert"],
    "POLICY": ["password-policy", "session-policy", "authentication-policy"],
    "SEMANTIC VIEW": ["semantic-view"],
    "INTEGRATION": ["storage-integration"],
    "STORAGE INTEGRATION": ["storage-integration"],
}
"""What GET_DDL calls kinds that are only kept."""
_MAKERS: dict[str, Callable[[Any, TablePath, Named], str | None]] = {
    "TABLE": _table,
    "VIEW": _view,
    "SEQUENCE": _sequence,
    "FILE FORMAT": _file_format,
}
