"""What SQL tells of kinds of which the account only keeps what was declared: SHOW, DESCRIBE and GET_DDL."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, cast

import orjson

from snowcore._names import quote_literal

from ...engine.protocol import Result
from ..account.documents import Document
from ..objects.kept import BY_SQL_ALONE, INTEGRATIONS
from ..objects.versions import VERSIONED
from . import semantic_views, shares
from .kinds import OF, SqlObject
from .listings import Row, Shown, columns, schedule
from .listings import shown as listed

if TYPE_CHECKING:
    from . import SqlSession


def sql_side(kind: SqlObject, row: Row) -> dict[str, Any]:
    """What an answer of REST says, by the names of SQL."""
    found = {name: value for name, (path, _) in kind.properties.items() if (value := _at(row, path)) is not None}
    if (variants := kind.said.variants) is not None:
        said = tuple(_at(row, path) or "" for path in variants.rest)
        sql = next((sql for sql, rest in variants.rows if rest == said), ())
        found |= {name: value for name, value in zip(variants.sql, sql) if value}
    return found


def _at(row: Row, path: str) -> Any:
    found: Any = row
    for part in path.split(".") if path else ("",):
        found = cast(Row, found).get(part) if isinstance(found, dict) else None
    return found


def is_there(document: Document, known: Mapping[str, Any], path: list[str], body: Row, before: Row) -> bool:
    """Whether there is a property in the variant that a body is, or that an object was before."""
    first, *rest = path
    if first not in known or not rest:
        return first in known
    within: Row = {**(before.get(first) or {}), **(body.get(first) or {})}
    return is_there(document, document.properties(known[first], within), rest, within, {})


def as_listed(session: SqlSession, kind: SqlObject, row: Row) -> Row:
    """A row of SHOW."""
    if kind.resource in INTEGRATIONS:
        category = kind.words.removesuffix(" INTEGRATION").replace(" ", "_")
        types = {"API": "EXTERNAL_API", "CATALOG": "CATALOG", "EXTERNAL_ACCESS": "EXTERNAL_ACCESS"}
        type_ = types.get(category) or _type_of(sql_side(kind, row))
        return {"enabled": False, **row, "type": type_, "category": category}
    if kind.resource == "resource-monitor":
        used = [
            one["name"]
            for one in session.perform("warehouse", "list", {})
            if one.get("resource_monitor") == row["name"]
        ]
        return {**row, **_meter(row), "level": "WAREHOUSE" if used else None}
    if kind.resource == "external-volume":
        return {"allow_writes": True, **row}
    return row


def _type_of(said: Mapping[str, Any]) -> str:
    """An integration's type, with what says more of it: `QUEUE - AWS_SNS`."""
    more = ("NOTIFICATION_PROVIDER", "OAUTH_CLIENT", "EXTERNAL_OAUTH_TYPE", "SCIM_CLIENT")
    return " - ".join([said["TYPE"], *(said[name] for name in more if name in said)])


def _meter(row: Row) -> Row:
    """What a resource monitor has measured: nothing, since nothing here costs credits."""
    quota = row.get("credit_quota")
    at: dict[str, list[str]] = {}
    for one in cast("list[Row]", row.get("triggers") or []):
        at.setdefault(one["action"], []).append(f"{one['percent']}%")
    return {
        "credit_quota": None if quota is None else f"{quota}.00",
        "remaining_credits": None if quota is None else f"{quota}.00",
        "frequency": row.get("frequency", "MONTHLY"),
        "start_time": row.get("start_timestamp") or row["created_on"],
        "end_time": row.get("end_timestamp"),
        "notify_at": ",".join(at.get("NOTIFY", [])),
        "suspend_at": ",".join(at.get("SUSPEND", [])),
        "suspend_immediately_at": ",".join(at.get("SUSPEND_IMMEDIATE", [])),
        "notify_users": ", ".join(row.get("notify_users") or []),
    }


_DESCRIBED = {
    "network-rule": "created_on name database_name schema_name owner comment type mode value_list:comma"
    " owner_role_type",
    "secret": "created_on name schema_name database_name owner comment secret_type<type username"
    " oauth_access_token_expiry_time oauth_refresh_token_expiry_time oauth_scopes:comma"
    " integration_name<api_authentication algorithm",
    "packages-policy": "name language allowlist:list blocklist:list additional_creation_blocklist:list comment",
    "session-policy": "created_on name session_idle_timeout_mins session_ui_idle_timeout_mins"
    " allowed_secondary_roles:list blocked_secondary_roles:list comment",
    "notebook": "title main_file query_warehouse url_id default_packages user_packages runtime_name compute_pool owner"
    " import_urls:list external_access_integrations:list external_access_secrets code_warehouse<WAREHOUSE"
    " idle_auto_shutdown_time_seconds runtime_environment_version<RUNTIME_ENVIRONMENT_VERSION name comment",
    "streamlit": "title main_file query_warehouse url_id default_packages user_packages import_urls<imports:list"
    " external_access_integrations:list external_access_secrets name comment",
    "git-repository": "$placed origin api_integration git_credentials owner owner_role_type comment last_fetched_at",
    "code-bundle": "created_on name database_name schema_name owner comment",
}
"""The columns of DESCRIBE where they are not those of SHOW."""
_VERSIONS = (
    " default_version default_version_name default_version_alias default_version_location_uri"
    " default_version_source_location_uri default_version_git_commit_hash last_version_name last_version_alias"
    " last_version_location_uri last_version_source_location_uri last_version_git_commit_hash live_version_location_uri"
)
"""Columns that DESCRIBE has of kinds with versions."""
_OBJECTS = columns("object_kind object_name parent_entity property property_value")
_SHARED = columns("kind name shared_on")
_PROPERTIES = columns("property property_type property_value property_default")
_LOCATIONS = columns("parent_property property property_type property_value property_default")
_POLICY = columns("property value default description")


def described(session: SqlSession, kind: SqlObject, where: Mapping[str, str], shown_as: list[Shown]) -> Result:
    """DESCRIBE. shown_as: the columns of SHOW."""
    row: Row = session.perform(kind.resource, "describe", where)
    if kind.resource == "share":
        return listed(_SHARED, shares.objects(session, session.account.kinds["share"].need(None, row["name"])))
    if kind.resource == "semantic-view":
        return listed(_OBJECTS, list(objects_of(session, where)))
    if kind.resource == "network-policy":
        return listed(columns("name value"), _network_policy(row))
    if kind.resource in ("password-policy", "authentication-policy"):
        return listed(_POLICY, _policy(session, kind, row))
    if kind.resource == "external-volume":
        return listed(_LOCATIONS, _locations(row))
    if kind.resource in INTEGRATIONS:
        return listed(_PROPERTIES, _integration(session, kind, row))
    found = columns(_DESCRIBED[kind.resource]) if kind.resource in _DESCRIBED else shown_as
    if kind.resource in VERSIONED:
        for which in ("default", "last"):
            details = cast(Row, row.get(f"{which}_version_details") or {})
            row |= {f"{which}_version_{name}": value for name, value in details.items()}
            row[f"{which}_version_location_uri"] = details.get("location_url")
        row.setdefault("default_version", "LAST" if row["last_version_location_uri"] else None)
        found = [*found, *columns(_VERSIONS)]
    return listed(found, [as_listed(session, kind, row)])


def objects_of(session: SqlSession, where: Mapping[str, str]) -> Iterable[Row]:
    """What is in a semantic view: a row for each property of each object."""
    kind = OF["semantic-view"]
    return semantic_views.objects(session, sql_side(kind, session.perform(kind.resource, "describe", where)))


def _network_policy(row: Row) -> list[Row]:
    rows: list[Row] = []
    for name in ("allowed_ip_list", "blocked_ip_list"):
        if row.get(name):
            rows.append({"name": name.upper(), "value": ",".join(row[name])})
    for name in ("allowed_network_rule_list", "blocked_network_rule_list"):
        if row.get(name):
            rules = [{"fullyQualifiedRuleName": rule} for rule in row[name]]
            rows.append({"name": name.upper(), "value": orjson.dumps(rules).decode()})
    return rows


_DEFAULTS = {
    "password_max_length": 256,
    "password_min_upper_case_chars": 1,
    "password_min_lower_case_chars": 1,
    "password_min_numeric_chars": 1,
    "password_min_special_chars": 0,
    "password_min_age_days": 0,
    "password_max_age_days": 90,
    "password_max_retries": 5,
    "password_lockout_time_mins": 15,
    **dict.fromkeys(("authentication_methods", "client_types", "security_integrations"), "[ALL]"),
    "mfa_authentication_methods": "[PASSWORD]",
    "mfa_enrollment": "REQUIRED",
}


def _policy(session: SqlSession, kind: SqlObject, row: Row) -> list[Row]:
    model, rows = session.account.kinds[kind.resource].document.model, list[Row]()
    own = (path for path, _ in kind.properties.values() if path != "comment")
    for name in ("name", "owner", "comment", *own):
        value, default = row.get(name), _DEFAULTS.get(name, "null")
        told = default if value is None else f"[{_told(value)}]" if isinstance(value, list) else value
        description = model[name].get("description", "")
        rows.append({"property": name.upper(), "value": told, "default": default, "description": description})
    return rows


def _locations(row: Row) -> list[Row]:
    rows = [_property("ALLOW_WRITES", row.get("allow_writes", True), True)]
    for at, location in enumerate(cast("list[Row]", row["storage_locations"]), 1):
        told: Row = {}
        for name, value in location.items():
            inner = cast(Row, value) if isinstance(value, dict) else None
            told |= {name.upper(): value} if inner is None else {f"{name}_{k}".upper(): v for k, v in inner.items()}
        one = _property(f"STORAGE_LOCATION_{at}", orjson.dumps(told).decode(), "")
        rows.append({**one, "parent_property": "STORAGE_LOCATIONS"})
    return [*rows, _property("COMMENT", row.get("comment", ""), "")]


_EMPTY: Mapping[str, Any] = {"boolean": False, "texts": [], "names": [], "names as text": []}
"""What is told of properties that weren't given, by their form."""


def _integration(session: SqlSession, kind: SqlObject, row: Row) -> list[Row]:
    """The properties that an integration has, or could have. Secrets are not among them."""
    document, said = session.account.kinds[kind.resource].document, sql_side(kind, row)
    top, rows = document.properties(document.verbs["create"].body or {}, row), list[Row]()
    form_of = {name: form for name, (_, form) in kind.said.properties.items()}
    for name, (path, _) in kind.properties.items():
        if form_of[name] == "secret" or (name == "TYPE" and kind.said.variants is None):
            continue
        if path and not path.isupper() and not is_there(document, top, path.split("."), row, {}):
            continue
        if name not in said and name not in ("ENABLED", "COMMENT") and _is_of_others(kind, path, form_of[name]):
            continue
        empty = _EMPTY.get(form_of[name], "")
        rows.append(_property(name, said.get(name, empty), empty))
    return rows


def _is_of_others(kind: SqlObject, path: str, form: str) -> bool:
    """Whether a property that isn't said is likely one of other types, clouds or providers."""
    return (
        path.isupper() or kind.resource == "security-integration" or (kind.resource in BY_SQL_ALONE and form == "text")
    )


def _property(name: str, value: Any, default: Any) -> Row:
    kinds = {"bool": "Boolean", "int": "Integer", "list": "List"}
    return {
        "property": name,
        "property_type": kinds.get(type(value).__name__, "String"),
        "property_value": _told(value),
        "property_default": "[]" if default == [] else _told(default),
    }


def _told(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return ",".join(map(_told, cast("list[Any]", value)))
    return orjson.dumps(value).decode() if isinstance(value, dict) else str(value)


# GET_DDL


def ddl(session: SqlSession, kind: SqlObject, where: Mapping[str, str], name: str) -> str:
    """The statement that makes an object."""
    row: Row = session.perform(kind.resource, "describe", where)
    lines = [f"create or replace {kind.words.lower()} {name}"]
    for words, value in sorted(sql_side(kind, row).items(), key=lambda one: one[0] != "TYPE"):
        if words not in ("IF", "THEN") and value != "":
            part = kind.resource == "semantic-view" and isinstance(value, list)
            told = f" ({', '.join(cast('list[str]', value))})" if part else f"={_written(words, value)}"
            lines.append(f"{words.lower()}{told}")
    if kind.resource == "alert":
        lines += [f"if (exists({row['condition']}))", f"then {row['action']}"]
    return "\n\t".join(lines) + ";"


def _written(words: str, value: Any) -> str:
    if words == "WAREHOUSE":
        return value
    if words == "SCHEDULE":
        return quote_literal(schedule(value) or "")
    if isinstance(value, list):
        return f"({', '.join(_written(words, one) for one in cast('list[Any]', value))})"
    if isinstance(value, dict):
        return f"({' '.join(f'{name}={_written(name, one)}' for name, one in cast(Row, value).items())})"
    return quote_literal(value) if isinstance(value, str) else str(value).lower()
