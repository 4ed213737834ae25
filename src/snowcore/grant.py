"""Privileges granted by `root.grants`: what, on what, to whom.

    root.grants.grant(
        Grant(grantee=Grantees.role("r"), securable=Securables.database("d"), privileges=[Privileges.usage])
    )

Roles, database roles and users have methods of their own for this; new programs use those.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from enum import Enum
from functools import partial
from typing import Any, cast

import attrs

from snowflake_rest import database_role, role, user
from snowflake_rest import grant as rest
from snowflake_rest.grant import Grant as GrantModel
from snowflake_rest.runtime import Operation, Steps
from snowflake_rest.runtime.kinds import show

from ._client import Listing
from ._common import DeleteMode, delete_mode
from ._methods import remote, twin
from ._names import parts
from ._services import Service
from .exceptions import SnowflakePythonError

__all__ = ["Grant", "GrantModel", "Grantee", "Grantees", "Grants", "Privileges", "Securable", "Securables"]


@attrs.frozen
class Grantee:
    """Who something is granted to."""

    name: str
    grantee_type: str
    """Such as `role`."""


@attrs.frozen
class Securable:
    """What something is granted on.

    scope: the database or schema, where all of its objects of a type are meant; the name is then `ALL` or `FUTURE`, and
    the type in the plural.
    """

    name: str
    securable_type: str
    scope: Securable | None = None


@attrs.frozen
class _NewGrantee:
    type: str

    def __call__(self, name: str) -> Grantee:
        return Grantee(name, self.type)


@attrs.frozen
class _One:
    type: str

    def __call__(self, name: str) -> Securable:
        return Securable(name, self.type)


@attrs.frozen
class _All:
    type: str

    def __call__(self, scope: Securable) -> Securable:
        return Securable("ALL", self.type, scope)


@attrs.frozen
class _Future:
    type: str

    def __call__(self, scope: Securable) -> Securable:
        return Securable("FUTURE", self.type, scope)


class Grantees:
    """Makes a Grantee of a name. Roles in a database are named with it, as `database.role`."""

    user = _NewGrantee("user")
    role = _NewGrantee("role")
    database_role = _NewGrantee("database-role")
    share = _NewGrantee("share")
    application_role = _NewGrantee("application-role")
    application = _NewGrantee("application")


class Securables:
    """Makes a Securable: of one object, by its name, qualified where it lies in a database or schema; or of all objects
    of a type, those that a database or schema has now (`all_…`) or those that it will have (`future_…`).
    """

    current_account = Securable("-", "account")
    database = _One("database")
    database_role = _One("database role")
    application_role = _One("application role")
    service_role = _One("service role")
    role = _One("role")
    account = _One("account")
    schema = _One("schema")
    integration = _One("integration")
    user = _One("user")
    resource_monitor = _One("RESOURCE MONITOR")
    warehouse = _One("WAREHOUSE")
    compute_pool = _One("COMPUTE POOL")
    connection = _One("CONNECTION")
    failover_group = _One("FAILOVER GROUP")
    replication_group = _One("REPLICATION GROUP")
    external_volume = _One("EXTERNAL VOLUME")
    alert = _One("ALERT")
    authentication_policy = _One("AUTHENTICATION POLICY")
    data_metric_function = _One("DATA METRIC FUNCTION")
    dynamic_table = _One("DYNAMIC TABLE")
    event_table = _One("EVENT TABLE")
    external_table = _One("EXTERNAL TABLE")
    file_format = _One("FILE FORMAT")
    function = _One("FUNCTION")
    git_repository = _One("GIT REPOSITORY")
    hybrid_table = _One("HYBRID TABLE")
    image_repository = _One("IMAGE REPOSITORY")
    iceberg_table = _One("ICEBERG TABLE")
    masking_policy = _One("MASKING POLICY")
    materialized_view = _One("MATERIALIZED VIEW")
    model = _One("MODEL")
    network_rule = _One("NETWORK RULE")
    packages_policy = _One("PACKAGES POLICY")
    password_policy = _One("PASSWORD POLICY")
    pipe = _One("PIPE")
    procedure = _One("PROCEDURE")
    projection_policy = _One("PROJECTION POLICY")
    row_access_policy = _One("ROW ACCESS POLICY")
    secret = _One("SECRET")
    service = _One("SERVICE")
    session_policy = _One("SESSION POLICY")
    sequence = _One("SEQUENCE")
    stage = _One("STAGE")
    stream = _One("STREAM")
    table = _One("TABLE")
    tag = _One("TAG")
    task = _One("TASK")
    view = _One("VIEW")
    streamlit = _One("STREAMLIT")
    notebook = _One("NOTEBOOK")

    all_aggregation_policies = _All("AGGREGATION POLICIES")
    all_alerts = _All("ALERTS")
    all_authentication_policies = _All("AUTHENTICATION POLICIES")
    all_data_metric_functions = _All("DATA METRIC FUNCTIONS")
    all_dynamic_tables = _All("DYNAMIC TABLES")
    all_event_tables = _All("EVENT TABLES")
    all_external_tables = _All("EXTERNAL TABLES")
    all_file_formats = _All("FILE FORMATS")
    all_functions = _All("FUNCTIONS")
    all_git_repositories = _All("GIT REPOSITORIES")
    all_hybrid_tables = _All("HYBRID TABLES")
    all_image_repositories = _All("IMAGE REPOSITORIES")
    all_iceberg_tables = _All("ICEBERG TABLES")
    all_masking_policies = _All("MASKING POLICIES")
    all_materialized_views = _All("MATERIALIZED VIEWS")
    all_models = _All("MODELS")
    all_network_rules = _All("NETWORK RULES")
    all_packages_policies = _All("PACKAGES POLICIES")
    all_password_policies = _All("PASSWORD POLICIES")
    all_procedures = _All("PROCEDURES")
    all_projection_policies = _All("PROJECTION POLICIES")
    all_row_access_policies = _All("ROW ACCESS POLICIES")
    all_schemas = _All("SCHEMAS")
    all_secrets = _All("SECRETS")
    all_services = _All("SERVICES")
    all_session_policies = _All("SESSION POLICIES")
    all_sequences = _All("SEQUENCES")
    all_stages = _All("STAGES")
    all_streams = _All("STREAMS")
    all_tables = _All("TABLES")
    all_tags = _All("TAGS")
    all_tasks = _All("TASKS")
    all_views = _All("VIEWS")
    all_streamlits = _All("STREAMLITS")
    all_notebooks = _All("NOTEBOOKS")

    future_aggregation_policies = _Future("AGGREGATION POLICIES")
    future_alerts = _Future("ALERTS")
    future_authentication_policies = _Future("AUTHENTICATION POLICIES")
    future_data_metric_functions = _Future("DATA METRIC FUNCTIONS")
    future_dynamic_tables = _Future("DYNAMIC TABLES")
    future_event_tables = _Future("EVENT TABLES")
    future_external_tables = _Future("EXTERNAL TABLES")
    future_file_formats = _Future("FILE FORMATS")
    future_functions = _Future("FUNCTIONS")
    future_git_repositories = _Future("GIT REPOSITORIES")
    future_hybrid_tables = _Future("HYBRID TABLES")
    future_image_repositories = _Future("IMAGE REPOSITORIES")
    future_iceberg_tables = _Future("ICEBERG TABLES")
    future_masking_policies = _Future("MASKING POLICIES")
    future_materialized_views = _Future("MATERIALIZED VIEWS")
    future_models = _Future("MODELS")
    future_network_rules = _Future("NETWORK RULES")
    future_packages_policies = _Future("PACKAGES POLICIES")
    future_password_policies = _Future("PASSWORD POLICIES")
    future_procedures = _Future("PROCEDURES")
    future_projection_policies = _Future("PROJECTION POLICIES")
    future_row_access_policies = _Future("ROW ACCESS POLICIES")
    future_schemas = _Future("SCHEMAS")
    future_secrets = _Future("SECRETS")
    future_services = _Future("SERVICES")
    future_session_policies = _Future("SESSION POLICIES")
    future_sequences = _Future("SEQUENCES")
    future_stages = _Future("STAGES")
    future_streams = _Future("STREAMS")
    future_tables = _Future("TABLES")
    future_tags = _Future("TAGS")
    future_tasks = _Future("TASKS")
    future_views = _Future("VIEWS")
    future_streamlits = _Future("STREAMLITS")
    future_notebooks = _Future("NOTEBOOKS")


class Privileges(Enum):
    """The privileges that there are. See https://docs.snowflake.com/en/user-guide/security-access-control-privileges."""

    add_search_optimization = "ADD SEARCH OPTIMIZATION"
    all_privileges = "ALL PRIVILEGES"
    apply = "APPLY"
    applybudget = "APPLYBUDGET"
    apply_aggregation_policy = "APPLY AGGREGATION POLICY"
    apply_authentication_policy = "APPLY AUTHENTICATION POLICY"
    apply_masking_policy = "APPLY MASKING POLICY"
    apply_packages_policy = "APPLY PACKAGES POLICY"
    apply_password_policy = "APPLY PASSWORD POLICY"
    apply_projection_policy = "APPLY PROJECTION POLICY"
    apply_row_access_policy = "APPLY ROW ACCESS POLICY"
    apply_session_policy = "APPLY SESSION POLICY"
    apply_tag = "APPLY TAG"
    attach_listing = "ATTACH LISTING"
    attach_policy = "ATTACH POLICY"
    audit = "AUDIT"
    bind_service_endpoint = "BIND SERVICE ENDPOINT"
    create_account = "CREATE ACCOUNT"
    create_aggregation_policy = "CREATE AGGREGATION POLICY"
    create_alert = "CREATE ALERT"
    create_application = "CREATE APPLICATION"
    create_projection_policy = "CREATE PROJECTION POLICY"
    create_application_package = "CREATE APPLICATION PACKAGE"
    create_authentication_policy = "CREATE AUTHENTICATION POLICY"
    create_compute_pool = "CREATE COMPUTE POOL"
    create_database = "CREATE DATABASE"
    create_database_role = "CREATE DATABASE ROLE"
    create_dataset = "CREATE DATASET"
    create_data_exchange_listing = "CREATE DATA EXCHANGE LISTING"
    create_dynamic_table = "CREATE DYNAMIC TABLE"
    create_event_table = "CREATE EVENT TABLE"
    create_external_table = "CREATE EXTERNAL TABLE"
    create_external_volume = "CREATE EXTERNAL VOLUME"
    create_failover_group = "CREATE FAILOVER GROUP"
    create_file_format = "CREATE FILE FORMAT"
    create_function = "CREATE FUNCTION"
    create_git_repository = "CREATE GIT REPOSITORY"
    create_hybrid_table = "CREATE HYBRID TABLE"
    create_iceberg_table = "CREATE ICEBERG TABLE"
    create_image_repository = "CREATE IMAGE REPOSITORY"
    create_integration = "CREATE INTEGRATION"
    create_masking_policy = "CREATE MASKING POLICY"
    create_materialized_view = "CREATE MATERIALIZED VIEW"
    create_model = "CREATE MODEL"
    create_network_policy = "CREATE NETWORK POLICY"
    create_network_rule = "CREATE NETWORK RULE"
    create_notebook = "CREATE NOTEBOOK"
    create_packages_policy = "CREATE PACKAGES POLICY"
    create_password_policy = "CREATE PASSWORD POLICY"
    create_pipe = "CREATE PIPE"
    create_procedure = "CREATE PROCEDURE"
    create_replication_group = "CREATE REPLICATION GROUP"
    create_role = "CREATE ROLE"
    create_row_access_policy = "CREATE ROW ACCESS POLICY"
    create_schema = "CREATE SCHEMA"
    create_sequence = "CREATE SEQUENCE"
    create_secret = "CREATE SECRET"
    create_service = "CREATE SERVICE"
    create_session_policy = "CREATE SESSION POLICY"
    create_share = "CREATE SHARE"
    create_snapshot = "CREATE SNAPSHOT"
    create_snowflake_core_budget = "CREATE SNOWFLAKE.CORE.BUDGET"
    create_snowflake_ml_anomaly_detection = "CREATE SNOWFLAKE.ML.ANOMALY_DETECTION"
    create_snowflake_ml_forecast = "CREATE SNOWFLAKE.ML.FORECAST"
    create_stage = "CREATE STAGE"
    create_stream = "CREATE STREAM"
    create_streamlit = "CREATE STREAMLIT"
    create_table = "CREATE TABLE"
    create_tag = "CREATE TAG"
    create_task = "CREATE TASK"
    create_user = "CREATE USER"
    create_view = "CREATE VIEW"
    create_warehouse = "CREATE WAREHOUSE"
    delete = "DELETE"
    develop = "DEVELOP"
    evolve_schema = "EVOLVE SCHEMA"
    execute_alert = "EXECUTE ALERT"
    execute_data_metric_function = "EXECUTE DATA METRIC FUNCTION"
    execute_managed_alert = "EXECUTE MANAGED ALERT"
    execute_managed_task = "EXECUTE MANAGED TASK"
    execute_task = "EXECUTE TASK"
    failover = "FAILOVER"
    import_share = "IMPORT SHARE"
    imported_privileges = "IMPORTED PRIVILEGES"
    insert = "INSERT"
    install = "INSTALL"
    manage_account_support_cases = "MANAGE ACCOUNT SUPPORT CASES"
    manage_event_sharing = "MANAGE EVENT SHARING"
    manage_grants = "MANAGE GRANTS"
    manage_listing_autofulfillment = "MANAGE LISTING AUTO FULFILLMENT"
    manage_organization_support_cases = "MANAGE ORGANIZATION SUPPORT CASES"
    manage_releases = "MANAGE RELEASES"
    manage_user_support_cases = "MANAGE USER SUPPORT CASES"
    manage_version = "MANAGE VERSION"
    manage_warehouses = "MANAGE WAREHOUSES"
    modify = "MODIFY"
    modify_log_level = "MODIFY LOG LEVEL"
    modify_session_log_level = "MODIFY SESSION LOG LEVEL"
    modify_trace_level = "MODIFY TRACE LEVEL"
    modify_session_trace_level = "MODIFY SESSION TRACE LEVEL"
    monitor = "MONITOR"
    monitor_execution = "MONITOR EXECUTION"
    monitor_security = "MONITOR SECURITY"
    monitor_usage = "MONITOR USAGE"
    operate = "OPERATE"
    override_share_restrictions = "OVERRIDE SHARE RESTRICTIONS"
    purchase_data_exchange_listing = "PURCHASE DATA EXCHANGE LISTING"
    read = "READ"
    references = "REFERENCES"
    reference_usage = "REFERENCE_USAGE"
    replicate = "REPLICATE"
    resolve_all = "RESOLVE ALL"
    select = "SELECT"
    truncate = "TRUNCATE"
    update = "UPDATE"
    use_any_role = "USE ANY ROLE"
    usage = "USAGE"
    write = "WRITE"


@attrs.frozen
class Grant:
    """A grant: privileges on an object, or a role, which is granted without privileges.

    grant_option: let the grantee pass them on.
    """

    grantee: Grantee
    securable: Securable
    privileges: list[Privileges] | None = None
    grant_option: bool = False

    def to_dict(self, hide_readonly_properties: bool = False) -> dict[str, Any]:
        """The grant in the API's terms, without the grantee."""
        given = {"privileges": self.names} if self.privileges else {}
        return {"securable_type": self.securable.securable_type, "grant_option": self.grant_option, **given}

    @property
    def names(self) -> list[str]:
        """The names of the privileges."""
        return [str(getattr(privilege, "value", privilege)) for privilege in self.privileges or ()]


class Grants(Service):
    """Grants and revokes."""

    @remote
    def grant(self, grant: Grant) -> Steps[None]:
        """Grant what a grant says."""
        _check(grant)
        body = GrantModel(privileges=grant.names or None, grant_option=grant.grant_option)
        return _on(grant, rest.grant_privilege, rest.grant_group_privilege)(body)

    @remote
    def revoke(self, grant: Grant, mode: DeleteMode = DeleteMode.restrict) -> Steps[None]:
        """Revoke what a grant says: its privileges one by one, or the role.

        mode: what to do when the grantee has passed them on; `restrict` is an error, `cascade` revokes those grants
        too.
        """
        _check(grant)
        if not grant.names:
            return _revoked_role(grant)
        revoked = _on(grant, rest.revoke_privilege, rest.revoke_group_privilege)
        return _one_by_one([revoked(name, delete_mode=delete_mode(mode)) for name in grant.names])

    @remote
    def revoke_grant_option(self, grant: Grant, mode: DeleteMode = DeleteMode.restrict) -> Steps[None]:
        """Revoke the right to pass on the privileges that a grant names. The privileges stay.

        mode: as in `revoke`.
        """
        _check(grant)
        if not grant.names:
            raise ValueError("privileges: needed to say which of them the grantee may no longer pass on")
        revoked = _on(grant, rest.revoke_privilege_grant_option, rest.revoke_group_privilege_grant_option)
        return _one_by_one([revoked(name, delete_mode=delete_mode(mode)) for name in grant.names])

    @remote
    def to(self, grantee: Grantee, limit: int | None = None) -> Steps[Iterable[GrantModel]]:
        """What a grantee has.

        limit: at most so many, up to 10,000.
        """
        if not isinstance(grantee, Grantee):  # pyright: ignore[reportUnnecessaryIsInstance] - users pass anything
            raise TypeError(f"expected a Grantee, not {show(grantee)}; such as Grantees.role(…)")
        return Listing(rest.list_grants_to(cast("Any", grantee.grantee_type), grantee.name, show_limit=limit))

    grant_async = twin(grant)
    revoke_async = twin(revoke)
    revoke_grant_option_async = twin(revoke_grant_option)
    to_async = twin(to)


def _check(grant: object) -> None:
    """TypeError for what is no Grant, saying how one is made."""
    if not isinstance(grant, Grant):
        meant = "Grant(grantee=Grantees.role(…), securable=Securables.database(…), privileges=[Privileges.usage])"
        raise TypeError(f"expected a Grant, not {show(grant)}; such as {meant}")


def _on(
    grant: Grant, one: Callable[..., Operation[None]], all_of_a_type: Callable[..., Operation[None]]
) -> Callable[..., Operation[None]]:
    """One of two operations, by what a grant is on, with the names in its path filled in."""
    to, on = grant.grantee, grant.securable
    if on.scope is None:
        return partial(one, to.grantee_type, to.name, on.securable_type, on.name)
    bulk, scope = on.name.lower(), on.scope
    return partial(all_of_a_type, to.grantee_type, to.name, bulk, on.securable_type, scope.securable_type, scope.name)


def _one_by_one(operations: list[Operation[None]]) -> Generator[Any, Any, None]:
    for i, operation in enumerate(operations):
        try:
            yield from operation
        except SnowflakePythonError as error:
            error.context = f"{i} of {len(operations)} privileges were revoked."
            raise


def _revoked_role(grant: Grant) -> Operation[None]:
    """The revocation of a role, which this part of the API can't say: that of the grantee itself can."""
    kind, to = grant.securable.securable_type, grant.grantee
    if kind not in ("role", "database role"):
        raise ValueError("privileges: needed to revoke anything but a role")
    database, name = (None, grant.securable.name) if kind == "role" else _in_database(grant.securable.name)
    what = {"securable_type": kind, "securable": {"database": database, "name": name}}
    if to.grantee_type == "user":
        return user.revoke_grants(to.name, user.Grant.from_dict(what))
    if to.grantee_type == "role":
        return role.revoke_grants(to.name, role.Grant.from_dict(what))
    if to.grantee_type == "database-role":
        return database_role.revoke_grants(*_in_database(to.name), database_role.Grant.from_dict(what))
    raise ValueError(f"privileges: needed to revoke anything from {to!r}")


def _in_database(name: str) -> tuple[str, str]:
    found = parts(name)
    if found.schema is None:
        raise ValueError(f"{name!r}: expected the name of a database role with its database, as database.role")
    return found.schema, found.name
