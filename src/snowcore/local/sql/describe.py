"""DESCRIBE: the columns of tables and results, the properties of what has some, a row of SHOW for other objects."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from snowcore._names import quote_identifier

from ...engine.errors import missing
from ...engine.files.formats import PROPERTIES, shown_option
from ...engine.metadata import keys_of
from ...engine.names import shown as written
from ...engine.protocol import Column, Result
from . import external_tables, kept, kept_told, policies, routines, search_optimization, show, stages, tables
from .kinds import INTEGRATION, OF, STAGE, TABLE, place, table_path, unquoted
from .listings import LISTINGS, Listing, Row, columns, shown
from .reader import Reader
from .results import TEXT, table

if TYPE_CHECKING:
    from . import SqlSession

_INSIDE = columns("created_on name kind")
_COLUMN_TITLES = (
    "name,type,kind,null?,default,primary key,unique key,check,expression,comment,policy name,privacy domain"
)
_PROPERTIES = columns("property property_type property_value property_default")
_SEARCHED = columns(
    "$placed target_lag:lag warehouse search_column attribute_columns:comma columns:comma definition comment"
    " service_query_url data_timestamp source_data_num_rows indexing_state indexing_error"
    " serving_state embedding_model<EMBEDDING_MODEL primary_key_columns<PRIMARY_KEY:comma scoring_profile_count=0"
    " full_index_build_interval_days<FULL_INDEX_BUILD_INTERVAL_DAYS"
)
_BY_WORDS = {listing.singular: listing for listing in sorted(LISTINGS, key=lambda one: -len(one.words))}


def describe(session: SqlSession, reader: Reader) -> Result | None:
    if reader.take("AS RESOURCE"):
        return _as_resource(session, reader)
    for words, make in _SPECIAL.items():
        if (reader.peek(), reader.peek(1)) != ("DATABASE", "ROLE") and reader.take(words):
            return make(session, reader)
    if what := reader.one_of("FUNCTION", "PROCEDURE"):
        return routines.describe(session, reader, what)
    if what := reader.one_of(policies.MASKING, policies.ROW_ACCESS):
        return policies.describe(session, reader, what)
    listing = next((listing for words, listing in _BY_WORDS.items() if reader.take(words)), None)
    if listing is None:
        return None
    if listing.singular == "RESOURCE MONITOR":
        reader.at = 1
        raise reader.wrong()
    if (kind := OF.get(listing.source)) is not None and (kind is INTEGRATION or kind.said.checked):
        where = place(session, listing, reader.path(), f"DESCRIBE {listing.singular}")
        reader.end()
        return kept_told.described(session, kept.resolved(session, kind, where), where, listing.columns)
    row = _fetched(session, listing, reader)
    reader.end()
    if listing.singular == "USER":
        secondary = '["ALL"]' if row.get("default_secondary_roles") == "ALL" else "[]"
        password = "********" if row.get("has_password") else None
        row = {"type": "PERSON", **row, "default_secondary_roles": secondary, "password": password}
        rows = [
            {"property": name.upper(), "value": _text(row.get(name, default)), "default": _text(default)}
            for name, default in ((name, _DEFAULTS.get(name)) for name in _OF_USERS)
        ]
        return shown(columns("property value default description"), rows)
    if listing.singular == "CORTEX SEARCH SERVICE":
        return shown(_SEARCHED, [row])
    if listing.singular == "WAREHOUSE":
        return shown(_INSIDE, [{**row, "kind": "WAREHOUSE"}])
    return shown(listing.columns, [row])


def _as_resource(session: SqlSession, reader: Reader) -> Result:
    """What REST tells of one object."""
    if what := reader.one_of("FUNCTION", "PROCEDURE"):
        return show.as_resources([routines.told(session, reader, what)])
    listing = next((listing for words, listing in _BY_WORDS.items() if reader.take(words)), None)
    if listing is None:
        raise reader.wrong()
    resource = show.resource_of(session, listing)
    where = place(session, listing, reader.path(), f"DESCRIBE {listing.singular}")
    reader.end()
    return show.as_resources([session.perform(resource, "fetch", where)])


_OF_USERS = (
    *("name", "comment", "display_name", "type", "login_name", "first_name", "middle_name", "last_name"),
    *("email", "password", "must_change_password", "disabled", "snowflake_lock", "snowflake_support"),
    *("days_to_expiry", "mins_to_unlock", "default_warehouse", "default_namespace", "default_role"),
    *("default_secondary_roles", "ext_authn_duo", "ext_authn_uid", "default_mfa_method", "has_mfa", "has_pat"),
    *("has_workload_identity", "mins_to_bypass_mfa", "mins_to_bypass_network_policy"),
    *("rsa_public_key", "rsa_public_key_fp", "rsa_public_key_last_set_time"),
    *("rsa_public_key_2", "rsa_public_key_2_fp", "rsa_public_key_2_last_set_time", "password_last_set_time"),
    *("custom_landing_page_url", "custom_landing_page_url_flush_next_ui_load", "is_from_organization_user"),
)
"""What is told of every user, whether it is known or not."""
_NO = ("must_change_password", "disabled", "snowflake_lock", "snowflake_support", "ext_authn_duo", "has_mfa", "has_pat")
_DEFAULTS: Mapping[str, Any] = {
    **dict.fromkeys((*_NO, "has_workload_identity", "custom_landing_page_url_flush_next_ui_load"), False),
    "is_from_organization_user": False,
    "default_secondary_roles": "[ALL]",
}


def _fetched(session: SqlSession, listing: Listing, reader: Reader) -> Row:
    """What SHOW tells of one object."""
    where = place(session, listing, reader.path(), f"DESCRIBE {listing.singular}")
    if reader.peek() == "(":  # the types of a function's arguments
        reader.several(reader.path)
    if listing.source.islower() and listing.source not in ("role", "database-role", "stream"):
        verb = "describe" if listing.source == "cortex-search-service" else "fetch"
        row = session.perform(listing.source, verb, where)
        return show.suspended(session, row) if listing.source == "task" else row
    if listing.depth == 2:
        session.perform("schema", "fetch", {"database": where["database"], "name": where["schema"]})
    path = {key: value for key, value in where.items() if key != "name"}
    for row in show.all_listed(session, listing, [path], False):
        if quote_identifier(row["name"]) == where["name"]:
            return row
    raise missing(listing.singular, ".".join(map(written, map(unquoted, where.values()))))


def _properties(found: Iterable[tuple[str, Any, Any]]) -> Result:
    rows: list[Row] = [
        {
            "property": name,
            "property_type": _type(value),
            "property_value": shown_option(value),
            "property_default": shown_option(default),
        }
        for name, value, default in found
    ]
    return shown(_PROPERTIES, rows)


def _type(value: Any) -> str:
    return {"bool": "Boolean", "int": "Integer", "list": "List"}.get(type(value).__name__, "String")


def _text(value: Any) -> str:
    return "null" if value is None else shown_option(value)


# Columns


def _columns_of(session: SqlSession, reader: Reader) -> Result:
    where = place(session, TABLE, reader.path(), "DESCRIBE TABLE")
    if reader.take("TYPE"):
        reader.take("=")
        if not reader.take("COLUMNS"):
            reader.expect("STAGE")
            reader.end()
            tables.described(session, table_path(where))
            return _of_stage({})
    reader.end()
    found, said = tables.described(session, table_path(where))
    keys: dict[str, set[str]] = {}
    for key in keys_of(said):
        keys.setdefault(key["constraint_type"], set()).update(key["column_names"])
    return _described(found, keys, policies.masks(session, table_path(where)))


def _described(found: Iterable[Column], keys: Mapping[str, set[str]], masks: Mapping[str, str] | None = None) -> Result:
    rows: list[list[Any]] = []
    for column in found:
        in_keys = ["Y" if column.name in keys.get(kind, ()) else "N" for kind in ("PRIMARY KEY", "UNIQUE")]
        facts = [column.name, column.type, "COLUMN", "Y" if column.nullable else "N", column.default, *in_keys]
        rows.append([*facts, None, None, column.comment or None, (masks or {}).get(column.name), None])
    return table([(title, TEXT) for title in _COLUMN_TITLES.split(",")], rows)


def _result(session: SqlSession, reader: Reader) -> Result:
    text = session.value_of(reader.rest())
    return _described(session.recalled(text or "").columns, {})


# What is described by what is in it


def _database(session: SqlSession, reader: Reader) -> Result:
    return _container(session, reader, "DATABASES", "SCHEMAS", "SCHEMA")


def _schema(session: SqlSession, reader: Reader) -> Result:
    return _container(session, reader, "SCHEMAS", "TABLES", "TABLE")


def _container(session: SqlSession, reader: Reader, words: str, inner: str, kind: str) -> Result:
    listings = {listing.words: listing for listing in LISTINGS}
    where = place(session, listings[words], reader.path(), f"DESCRIBE {words}")
    reader.end()
    session.perform(listings[words].source, "fetch", where)
    path = {**{key: value for key, value in where.items() if key != "name"}, listings[words].source: where["name"]}
    rows = [{**one, "kind": kind} for one in show.all_listed(session, listings[inner], [path], False)]
    return shown(_INSIDE, rows)


# Stages and file formats


def _file_format(session: SqlSession, reader: Reader) -> Result:
    row = _fetched(session, _BY_WORDS["FILE FORMAT"], reader)
    reader.end()
    defaults = PROPERTIES[row["file_format_type"]]
    return _properties((name, row["options"][name], default) for name, default in defaults.items())


_COPY_OPTIONS = {
    "ON_ERROR": "ABORT_STATEMENT",
    "SIZE_LIMIT": "",
    "PURGE": False,
    "RETURN_FAILED_ONLY": False,
    "ENFORCE_LENGTH": True,
    "TRUNCATECOLUMNS": False,
    "FORCE": False,
}


def _stage(session: SqlSession, reader: Reader) -> Result:
    where = place(session, STAGE, reader.path(), "DESCRIBE STAGE")
    reader.end()
    return _of_stage(stages.described(session, where))


def _of_stage(said: Mapping[str, Any]) -> Result:
    """The properties of a stage; of a table's own stage nothing is said."""
    given: Mapping[str, Any] = said.get("FILE_FORMAT") or {}
    defaults = {"FORMAT_NAME": ""} if "FORMAT_NAME" in given else PROPERTIES[given.get("TYPE", "CSV")]
    directory: Mapping[str, Any] = said.get("directory_table") or {}
    parents: dict[str, tuple[Mapping[str, Any], Mapping[str, Any]]] = {
        "STAGE_FILE_FORMAT": (defaults, given),
        "STAGE_COPY_OPTIONS": (_COPY_OPTIONS, said.get("COPY_OPTIONS") or {}),
        "STAGE_LOCATION": ({"URL": ""}, {"URL": [said["url"]] if said.get("url") else ""}),
        "STAGE_INTEGRATION": ({"STORAGE_INTEGRATION": ""}, {}),
        "DIRECTORY": ({"ENABLE": False, "AUTO_REFRESH": False}, {k.upper(): v for k, v in directory.items()}),
    }
    titles = ("parent_property", *(column.title for column in _PROPERTIES))
    rows = [
        (parent, *row)
        for parent, (every, values) in parents.items()
        for row in _properties((name, values.get(name, default), default) for name, default in every.items()).rows
    ]
    return table([(title, TEXT) for title in titles], rows)


_SPECIAL: dict[str, Callable[[SqlSession, Reader], Result]] = {
    "TABLE": _columns_of,
    "VIEW": _columns_of,
    "DYNAMIC TABLE": _columns_of,
    "EVENT TABLE": _columns_of,
    "HYBRID TABLE": _columns_of,
    "SEARCH OPTIMIZATION ON": search_optimization.describe,
    "EXTERNAL TABLE": external_tables.described,
    "MATERIALIZED VIEW": _columns_of,
    "RESULT": _result,
    "DATABASE": _database,
    "SCHEMA": _schema,
    "STAGE": _stage,
    "FILE FORMAT": _file_format,
}
