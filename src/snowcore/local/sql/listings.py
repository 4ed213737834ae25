"""What SHOW lists: for each kind where its rows come from, and Snowflake's columns in their order.

A column is `title`, or `title<key` if the row calls it otherwise, `title:way` if it is shown in some way of `_WAYS`,
`title=text` if it is the same in every row (~ is a blank). For a new kind, add a line to `LISTINGS`, or its
words to the line of kinds with the same columns.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any, cast

import attrs

from ...engine.protocol import Result
from .results import TEXT, TIME, WHOLE, table

Row = dict[str, Any]


@attrs.frozen
class Shown:
    """A column."""

    title: str
    type: str
    value: Callable[[Row], Any]


@attrs.frozen
class Listing:
    """What SHOW and these words list."""

    words: str
    source: str
    """A resource of REST; in capitals a view of INFORMATION_SCHEMA; a hyphen if the account has none of this kind."""
    depth: int
    """0 for what is in the account, 1 in a database, 2 in a schema."""
    columns: list[Shown]

    @property
    def singular(self) -> str:
        return self.words[:-3] + "Y" if self.words.endswith("IES") else self.words[:-1]


def shown(columns: list[Shown], rows: list[Row]) -> Result:
    values = [[_fitted(column.value(row), column.type) for column in columns] for row in rows]
    return table([(column.title, column.type) for column in columns], values)


def _fitted(value: Any, type_: str) -> Any:
    if value is _NULL or value is None or value == "":
        return "" if type_ == TEXT and value is not _NULL else None
    if type_ == TIME:
        return datetime.fromisoformat(value) if isinstance(value, str) else value
    if type_ == WHOLE:
        return int(value)
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def schedule(schedule: Any) -> str | None:
    """A task's schedule as SQL writes it."""
    if schedule is None:
        return None
    if schedule["schedule_type"] == "CRON_TYPE":
        return f"USING CRON {schedule['cron_expr']} {schedule['timezone']}"
    seconds = schedule["minutes"] * 60 + (schedule.get("seconds") or 0)
    return f"{seconds} SECONDS" if seconds % 60 else f"{seconds // 60} MINUTE"


def lag(said: Any) -> str:
    """A dynamic table's target lag as SQL writes it."""
    if said["type"] == "DOWNSTREAM":
        return "DOWNSTREAM"
    for unit, seconds in (("day", 86400), ("hour", 3600), ("minute", 60), ("second", 1)):
        count, rest = divmod(said["seconds"], seconds)
        if not rest:
            return f"{count} {unit}{'s' if count > 1 else ''}"
    return ""


def _yes(yes: str, no: str, *values: str) -> Callable[[Any], str]:
    return lambda value: yes if value in (values or (True, "true", "YES")) else no


_NULL = object()
"""For texts of which there are none, where they aren't empty ones."""

_WAYS: dict[str, Callable[[Any], Any]] = {
    "Y": _yes("Y", "N"),
    "true": _yes("true", "false"),
    "ON": _yes("ON", "OFF"),
    "json": lambda value: None if value is None else json.dumps(value),
    "list": lambda value: json.dumps(value or []),
    "comma": lambda value: None if value is None else ",".join(value),
    "count": lambda value: len(cast("list[Any]", value or [])),
    "schedule": schedule,
    "lag": lag,
    "scheduling": lambda state: "ACTIVE" if state == "RUNNING" else state,
    "clustering": lambda keys: f"LINEAR({', '.join(keys)})" if keys else "",
    "table": lambda kind: kind if kind in ("TEMPORARY", "TRANSIENT", "VIEW") else "TABLE",
    "object": lambda kind: kind if kind == "VIEW" else "TABLE",
    "person": lambda said: said or "PERSON",
    "roles": lambda said: '["ALL"]' if said == "ALL" else "[]",
    "days": lambda days: 1 if days is None else days,
    "hybrid": _yes("Y", "N", "HYBRID"),
    "iceberg": _yes("Y", "N", "ICEBERG"),
    "bracket": lambda names: f"[{', '.join(cast('list[str]', names or []))}]",
    "null": lambda value: value or _NULL,
    "word": lambda value: value or "null",
    "enabled": lambda said: "Y" if cast(Row, said or {}).get("enable") else "N",
}
_NUMBERS = re.compile(
    "rows|bytes|running|queued|entries_in_.+|auto_suspend(_secs)?|num_.+|(min|max)_num_arguments|next_value|interval|key_sequence|"
    ".+_(count|clusters|nodes|instances|factor)|source_data_num_rows|full_index_build_interval_days"
)
_WORD = re.compile(r"(?P<title>[\w?]+)(<(?P<key>\w+))?(:(?P<way>\w+))?(=(?P<text>\S*))?")


def columns(written: str) -> list[Shown]:
    out: list[Shown] = []
    for word in written.split():
        if word in _SHARED:
            out += columns(_SHARED[word])
        elif (found := _WORD.fullmatch(word)) is not None:
            out.append(_column(**found.groupdict()))
    return out


def _column(title: str, key: str | None, way: str | None, text: str | None) -> Shown:
    is_time = title.endswith("_on") and not title.startswith("grant")
    type_ = TIME if is_time else WHOLE if _NUMBERS.fullmatch(title) else TEXT
    if text is not None:
        return Shown(title, type_, lambda _: text.replace("~", " "))
    change = _WAYS.get(way or "")
    return Shown(title, type_, lambda row: row.get(key or title) if change is None else change(row.get(key or title)))


_SHARED = {
    "$placed": "created_on name database_name schema_name",
    "$integration": "name type category enabled:true comment created_on",
    "$policy": "created_on name database_name schema_name kind owner comment owner_role_type options",
    "$key": "created_on database_name schema_name table_name column_name key_sequence constraint_name rely:true"
    " comment",
    "$foreign": "created_on pk_database_name pk_schema_name pk_table_name pk_column_name fk_database_name"
    " fk_schema_name fk_table_name fk_column_name key_sequence update_rule delete_rule fk_name"
    " pk_name deferrability=NOT~DEFERRABLE rely:true comment",
    "$routine": "created_on name schema_name is_builtin is_aggregate is_ansi=N min_num_arguments max_num_arguments"
    " arguments description catalog_name is_table_function valid_for_clustering=N is_secure secrets"
    " external_access_integrations",
    "$listing": "global_name name title subtitle profile created_on updated_on published_on state review_state comment"
    " owner owner_role_type regions target_accounts is_monetized is_application is_targeted",
    "$group": "snowflake_region created_on account_name name type comment is_primary primary object_types"
    " allowed_integration_types allowed_accounts organization_name account_locator replication_schedule secondary_state"
    " next_scheduled_refresh owner",
    "$function": "$routine is_external_function=N language is_memoizable is_data_metric=N",
}
"""Columns that several kinds have."""

_LISTINGS = """
DATABASES | database | 0 | created_on name is_default:Y is_current:Y origin owner comment options
    retention_time kind=STANDARD owner_role_type object_visibility:null data_quality_monitoring_settings:null
SCHEMAS | schema | 1 | created_on name is_default:Y is_current:Y database_name owner comment options
    retention_time owner_role_type object_visibility:null is_nested=N
WAREHOUSES | warehouse | 0 | name state type size min_cluster_count max_cluster_count started_clusters running
    queued is_default:Y is_current:Y auto_suspend auto_resume available provisioning quiescing other created_on
    resumed_on updated_on owner comment enable_query_acceleration query_acceleration_max_scale_factor
    resource_monitor:word actives=0 pendings=0 failed=0 suspended=0 uuid scaling_policy owner_role_type
    resource_constraint<RESOURCE_CONSTRAINT:null
    generation<GENERATION
TASKS | task | 2 | created_on name id database_name schema_name owner comment warehouse schedule:schedule
    predecessors:list state definition condition allow_overlapping_execution:true error_integration
    last_committed_on last_suspended_on owner_role_type config:json task_relations last_suspended_reason:null
    success_integration:null scheduling_mode:null target_completion_interval:schedule execute_as_user:null
COMPUTE POOLS | compute-pool | 0 | name state min_nodes max_nodes instance_family num_services num_jobs
    auto_suspend_secs auto_resume:true active_nodes idle_nodes target_nodes created_on resumed_on updated_on owner
    comment is_exclusive:true application placement_group:null backup_instance_families:null
IMAGE REPOSITORIES | image-repository | 2 | $placed repository_url owner owner_role_type comment
STAGES | stage | 2 | $placed url has_credentials:Y has_encryption_key:Y owner comment region:null type cloud:null
    notification_channel:null storage_integration:null endpoint:null owner_role_type
    directory_enabled<directory_table:enabled
SERVICES | service | 2 | name status database_name schema_name owner compute_pool dns_name current_instances
    target_instances min_ready_instances min_instances max_instances auto_resume:true
    external_access_integrations:json created_on updated_on resumed_on suspended_on auto_suspend_secs comment
    owner_role_type query_warehouse is_job:true is_async_job:true spec_digest is_upgrading
    managing_object_domain managing_object_name
TABLES | table | 2 | $placed kind:table comment cluster_by:clustering rows bytes owner
    retention_time<data_retention_time_in_days:days automatic_clustering:ON change_tracking:ON
    search_optimization:ON search_optimization_progress:null search_optimization_bytes is_external=N
    enable_schema_evolution:Y owner_role_type is_event:Y is_hybrid<table_type:hybrid is_iceberg<table_type:iceberg
    is_dynamic:Y is_immutable=N
VIEWS | VIEWS | 2 | created_on name reserved database_name schema_name owner comment text<view_definition
    is_secure:true is_materialized:true owner_role_type=ROLE change_tracking:ON
OBJECTS | object | 2 | $placed kind:object comment cluster_by:clustering rows bytes owner
    retention_time<data_retention_time_in_days:days owner_role_type is_hybrid<table_type:hybrid is_dynamic:Y
    is_iceberg<table_type:iceberg
SEQUENCES | SEQUENCES | 2 | name database_name schema_name next_value interval<increment created_on owner comment
    owner_role_type=ROLE ordered:Y
FILE FORMATS | FILE_FORMATS | 2 | $placed type<file_format_type owner comment format_options owner_role_type=ROLE
ROLES | role | 0 | created_on name is_default:Y is_current:Y is_inherited:Y assigned_to_users granted_to_roles
    granted_roles owner comment
DATABASE ROLES | database-role | 1 | created_on name is_default:Y is_current:Y is_inherited:Y granted_to_roles
    granted_to_database_roles granted_database_roles owner comment owner_role_type
USERS | user | 0 | name created_on login_name display_name first_name last_name email mins_to_unlock days_to_expiry
    comment disabled:true must_change_password:true snowflake_lock:true default_warehouse default_namespace
    default_role default_secondary_roles:roles ext_authn_duo:true ext_authn_uid mins_to_bypass_mfa owner
    last_success_login<last_successful_login expires_at_time<expires_at locked_until_time<locked_until
    has_password:true has_rsa_public_key:true type:person has_mfa=false
    has_pat=false has_workload_identity=false is_from_organization_user=false
TAGS | tag | 2 | $placed owner comment allowed_values:json owner_role_type propagate on_conflict
SECRETS | secret | 2 | created_on name schema_name database_name owner comment secret_type<type oauth_scopes
    owner_role_type
NETWORK POLICIES | network-policy | 0 | created_on name comment entries_in_allowed_ip_list<allowed_ip_list:count
    entries_in_blocked_ip_list<blocked_ip_list:count
    entries_in_allowed_network_rules<allowed_network_rule_list:count
    entries_in_blocked_network_rules<blocked_network_rule_list:count
NETWORK RULES | network-rule | 2 | $placed owner comment type mode entries_in_valuelist<value_list:count
    owner_role_type
PASSWORD POLICIES | password-policy | 2 | $placed kind=PASSWORD_POLICY owner comment owner_role_type options
ALERTS | alert | 2 | $placed owner comment warehouse schedule:schedule state condition action owner_role_type
PIPES | pipe | 2 | $placed definition<copy_statement owner notification_channel comment integration pattern
    error_integration owner_role_type invalid_reason kind=STAGE
NOTEBOOKS | notebook | 2 | $placed comment owner query_warehouse url_id owner_role_type
    code_warehouse<WAREHOUSE
STREAMLITS | streamlit | 2 | $placed title owner comment query_warehouse url_id owner_role_type
CODE BUNDLES | code-bundle | 2 | $placed owner comment owner_role_type
EXTERNAL VOLUMES | external-volume | 0 | name allow_writes:true comment
CATALOG INTEGRATIONS | catalog-integration | 0 | $integration
API INTEGRATIONS | api-integration | 0 | $integration
NOTIFICATION INTEGRATIONS | notification-integration | 0 | $integration
INTEGRATIONS | integration | 0 | $integration
STORAGE INTEGRATIONS | storage-integration | 0 | $integration
SECURITY INTEGRATIONS | security-integration | 0 | $integration
EXTERNAL ACCESS INTEGRATIONS | external-access-integration | 0 | $integration
STREAMS | stream | 2 | $placed owner comment table_name source_type base_tables type stale mode stale_after
    invalid_reason owner_role_type
DYNAMIC TABLES | dynamic-table | 2 | $placed cluster_by:clustering rows bytes owner target_lag:lag scheduler:null
    refresh_mode refresh_mode_reason warehouse comment text automatic_clustering:ON scheduling_state:scheduling
    last_suspended_on is_clone=false is_replica=false is_iceberg=false data_timestamp owner_role_type
    immutable_where:null execute_as_user:null
MATERIALIZED VIEWS | VIEWS | 2 | created_on name reserved database_name schema_name cluster_by rows bytes
    source_database_name source_schema_name source_table_name refreshed_on compacted_on owner invalid=false
    invalid_reason behind_by=0s comment text<view_definition is_secure:true automatic_clustering=OFF
    owner_role_type=ROLE budget
EXTERNAL TABLES | external-table | 2 | $placed invalid invalid_reason owner comment stage location file_format_name
    file_format_type cloud region notification_channel last_refreshed_on table_format last_refresh_details
    owner_role_type
EVENT TABLES | event-table | 2 | $placed owner comment owner_role_type
HYBRID TABLES | hybrid | 2 | $placed owner rows bytes comment owner_role_type
ICEBERG TABLES | iceberg-table | 2 | $placed owner external_volume_name<external_volume catalog_name<catalog
    iceberg_table_type catalog_table_name catalog_namespace base_location can_write_metadata comment
    name_mapping:null owner_role_type catalog_sync_name:null auto_refresh_status:null partition_specs:null
    current_partition_spec_id:null
FUNCTIONS, USER FUNCTIONS | user-defined-function | 2 | $function
EXTERNAL FUNCTIONS, DATA METRIC FUNCTIONS | - | 2 | $function
USER PROCEDURES, PROCEDURES | procedure | 2 | $routine
SEMANTIC VIEWS | semantic-view | 2 | $placed comment owner owner_role_type extension
MODELS | - | 2 | $placed model_type comment owner default_version_name versions aliases
GIT REPOSITORIES | git-repository | 2 | $placed origin api_integration git_credentials owner owner_role_type comment
CORTEX SEARCH SERVICES | cortex-search-service | 2 | created_on name schema_name database_name warehouse target_lag:lag
    comment definition search_column attribute_columns:comma columns:comma primary_key_columns<PRIMARY_KEY:comma
    scoring_profile_count=0
MASKING POLICIES | MASKING POLICY | 2 | $policy
ROW ACCESS POLICIES | ROW ACCESS POLICY | 2 | $policy
SHARES | share | 0 | created_on kind=OUTBOUND owner_account=SNOWCORE.LOCAL name database_name to owner comment
    listing_global_name
RESOURCE MONITORS | resource-monitor | 0 | name credit_quota used_credits=0.00 remaining_credits level frequency
    start_time end_time notify_at suspend_at suspend_immediately_at created_on owner comment notify_users
SESSION POLICIES | session-policy | 2 | $placed kind=SESSION_POLICY owner comment owner_role_type options
AUTHENTICATION POLICIES | authentication-policy | 2 | created_on name comment database_name schema_name
    kind=AUTHENTICATION_POLICY owner owner_role_type options
PACKAGES POLICIES | packages-policy | 2 | $placed kind=PACKAGES_POLICY owner comment owner_role_type options
ARTIFACT REPOSITORIES | artifact-repository | 2 | $placed type api_integration owner comment owner_role_type
AGGREGATION POLICIES, PROJECTION POLICIES, JOIN POLICIES, PRIVACY POLICIES, FEATURE POLICIES,
    STORAGE LIFECYCLE POLICIES | - | 2 | $policy
DATASETS, CONTACTS, DCM PROJECTS, MODEL MONITORS, ONLINE FEATURE TABLES, WORKSPACES, TYPES
    | - | 2 | $placed owner comment owner_role_type
BACKUP POLICIES | - | 2 | $placed owner comment owner_role_type schedule expire_after_days has_retention_lock
BACKUP SETS | - | 2 | $placed object_kind object_name object_database_name object_schema_name backup_policy_name
    owner comment owner_role_type
SNAPSHOTS | - | 2 | name state database_name schema_name service_name volume_name instance size comment owner
    owner_role_type created_on updated_on
CHANNELS | - | 2 | $placed table_name client_sequencer row_sequencer offset_token
AGENTS | - | 2 | $placed owner comment profile
MCP SERVERS | - | 2 | $placed owner comment
DBT PROJECTS | - | 2 | $placed comment owner owner_role_type default_version
CLASSES | - | 2 | $placed version owner comment
APPLICATIONS | - | 0 | created_on name is_default is_current source_type source owner comment version label patch
    options retention_time
APPLICATION PACKAGES | - | 0 | created_on name is_default is_current distribution owner comment retention_time options
    dropped_on application_class
LISTINGS, AVAILABLE LISTINGS | - | 0 | $listing
DATA EXCHANGES | - | 0 | name display_name comment admins
CONNECTIONS | - | 0 | snowflake_region created_on account_name name comment is_primary primary
    failover_allowed_to_accounts connection_url organization_name account_locator
MANAGED ACCOUNTS | - | 0 | name cloud region locator created_on url account_locator_url is_reader comment region_group
REPLICATION DATABASES | - | 0 | snowflake_region created_on account_name name comment is_primary primary
    replication_allowed_to_accounts failover_allowed_to_accounts organization_name account_locator
REPLICATION GROUPS, FAILOVER GROUPS | - | 0 | $group
REGIONS | - | 0 | snowflake_region cloud region display_name
DELEGATED AUTHORIZATIONS | - | 0 | created_on name integration_name granted_roles scope status
GLOBAL ACCOUNTS | - | 0 | created_on snowflake_region account_name comment is_organization_admin
"""


def _listings(written: str) -> list[Listing]:
    words, source, depth, told = (part.strip() for part in written.split("|"))
    return [Listing(one, source, int(depth), columns(told)) for one in words.split(", ")]


_LINES = _LISTINGS.strip().replace("\n    ", " ").splitlines()
LISTINGS = [listing for line in _LINES for listing in _listings(line)]
KEYS = {
    f"{words} KEYS": columns(f"${kind}")
    for words, kind in (("PRIMARY", "key"), ("UNIQUE", "key"), ("IMPORTED", "foreign"), ("EXPORTED", "foreign"))
}
FUNCTIONS = columns("$function")
INDEXES = columns(
    "created_on name kind=KEY_VALUE_INDEX is_unique:Y columns:bracket included_columns<included:bracket table"
    " database_name schema_name owner owner_role_type=ROLE status=ACTIVE status_info"
)
TOKENS = columns(
    "name user_name role_restriction expires_at status comment created_on created_by"
    " mins_to_bypass_network_policy_requirement rotated_to"
)
"""Of programmatic access tokens."""
TERSE = ("created_on", "name", "kind", "database_name", "schema_name")
_TERSE_USERS = (
    "name created_on display_name first_name last_name email org_identity comment has_password:true"
    " has_rsa_public_key:true type:person has_mfa=false has_pat=false has_federated_workload_authentication=false"
    " is_from_organization_user=false"
)
_KINDS = {"TABLES": "=TABLE", "ICEBERG TABLES": "=ICEBERG~TABLE", "DATABASES": "<no:null", "SCHEMAS": "<no:null"}
"""What SHOW TERSE tells as the kind, where it isn't what SHOW tells."""


def terse_of(listing: Listing) -> list[Shown]:
    """The columns of SHOW TERSE."""
    if listing.words == "USERS":
        return columns(_TERSE_USERS)
    if not listing.depth and listing.words != "DATABASES":
        return [column for title in TERSE for column in listing.columns if column.title == title]
    kind = f"kind{_KINDS[listing.words]}" if listing.words in _KINDS else "kind"
    return columns(f"created_on name {kind} database_name schema_name")


DROPPED = columns("dropped_on")
