# Generated from specs/grant.yaml by `make generate`. Do not edit.
"""The names that grants are made of: who something is granted to, on what, and which privileges there are."""

from __future__ import annotations

from enum import Enum

from snowcore._by_hand.grant import NewGrantee, OneSecurable, Securable, SecurablesOfType


class Grantees:
    """Makes a Grantee of a name. Roles in a database are named with it, as `database.role`."""

    user = NewGrantee("user")
    role = NewGrantee("role")
    database_role = NewGrantee("database-role")
    share = NewGrantee("share")
    application_role = NewGrantee("application-role")
    application = NewGrantee("application")


class Securables:
    """Makes a Securable: of one object, by its name, qualified where it lies in a database or schema; or of all objects
    of a type, those that a database or schema has now (`all_…`) or those that it will have (`future_…`).
    """

    current_account = Securable("-", "account")
    database = OneSecurable("database")
    database_role = OneSecurable("database role")
    application_role = OneSecurable("application role")
    service_role = OneSecurable("service role")
    role = OneSecurable("role")
    account = OneSecurable("account")
    schema = OneSecurable("schema")
    integration = OneSecurable("integration")
    user = OneSecurable("user")
    resource_monitor = OneSecurable("RESOURCE MONITOR")
    warehouse = OneSecurable("WAREHOUSE")
    compute_pool = OneSecurable("COMPUTE POOL")
    connection = OneSecurable("CONNECTION")
    failover_group = OneSecurable("FAILOVER GROUP")
    replication_group = OneSecurable("REPLICATION GROUP")
    external_volume = OneSecurable("EXTERNAL VOLUME")
    alert = OneSecurable("ALERT")
    authentication_policy = OneSecurable("AUTHENTICATION POLICY")
    data_metric_function = OneSecurable("DATA METRIC FUNCTION")
    dynamic_table = OneSecurable("DYNAMIC TABLE")
    event_table = OneSecurable("EVENT TABLE")
    external_table = OneSecurable("EXTERNAL TABLE")
    file_format = OneSecurable("FILE FORMAT")
    function = OneSecurable("FUNCTION")
    git_repository = OneSecurable("GIT REPOSITORY")
    hybrid_table = OneSecurable("HYBRID TABLE")
    image_repository = OneSecurable("IMAGE REPOSITORY")
    iceberg_table = OneSecurable("ICEBERG TABLE")
    masking_policy = OneSecurable("MASKING POLICY")
    materialized_view = OneSecurable("MATERIALIZED VIEW")
    model = OneSecurable("MODEL")
    network_rule = OneSecurable("NETWORK RULE")
    packages_policy = OneSecurable("PACKAGES POLICY")
    password_policy = OneSecurable("PASSWORD POLICY")
    pipe = OneSecurable("PIPE")
    procedure = OneSecurable("PROCEDURE")
    projection_policy = OneSecurable("PROJECTION POLICY")
    row_access_policy = OneSecurable("ROW ACCESS POLICY")
    secret = OneSecurable("SECRET")
    service = OneSecurable("SERVICE")
    session_policy = OneSecurable("SESSION POLICY")
    sequence = OneSecurable("SEQUENCE")
    stage = OneSecurable("STAGE")
    stream = OneSecurable("STREAM")
    table = OneSecurable("TABLE")
    tag = OneSecurable("TAG")
    task = OneSecurable("TASK")
    view = OneSecurable("VIEW")
    streamlit = OneSecurable("STREAMLIT")
    notebook = OneSecurable("NOTEBOOK")

    all_aggregation_policies = SecurablesOfType("ALL", "AGGREGATION POLICIES")
    all_alerts = SecurablesOfType("ALL", "ALERTS")
    all_authentication_policies = SecurablesOfType("ALL", "AUTHENTICATION POLICIES")
    all_data_metric_functions = SecurablesOfType("ALL", "DATA METRIC FUNCTIONS")
    all_dynamic_tables = SecurablesOfType("ALL", "DYNAMIC TABLES")
    all_event_tables = SecurablesOfType("ALL", "EVENT TABLES")
    all_external_tables = SecurablesOfType("ALL", "EXTERNAL TABLES")
    all_file_formats = SecurablesOfType("ALL", "FILE FORMATS")
    all_functions = SecurablesOfType("ALL", "FUNCTIONS")
    all_git_repositories = SecurablesOfType("ALL", "GIT REPOSITORIES")
    all_hybrid_tables = SecurablesOfType("ALL", "HYBRID TABLES")
    all_image_repositories = SecurablesOfType("ALL", "IMAGE REPOSITORIES")
    all_iceberg_tables = SecurablesOfType("ALL", "ICEBERG TABLES")
    all_masking_policies = SecurablesOfType("ALL", "MASKING POLICIES")
    all_materialized_views = SecurablesOfType("ALL", "MATERIALIZED VIEWS")
    all_models = SecurablesOfType("ALL", "MODELS")
    all_network_rules = SecurablesOfType("ALL", "NETWORK RULES")
    all_packages_policies = SecurablesOfType("ALL", "PACKAGES POLICIES")
    all_password_policies = SecurablesOfType("ALL", "PASSWORD POLICIES")
    all_procedures = SecurablesOfType("ALL", "PROCEDURES")
    all_projection_policies = SecurablesOfType("ALL", "PROJECTION POLICIES")
    all_row_access_policies = SecurablesOfType("ALL", "ROW ACCESS POLICIES")
    all_schemas = SecurablesOfType("ALL", "SCHEMAS")
    all_secrets = SecurablesOfType("ALL", "SECRETS")
    all_services = SecurablesOfType("ALL", "SERVICES")
    all_session_policies = SecurablesOfType("ALL", "SESSION POLICIES")
    all_sequences = SecurablesOfType("ALL", "SEQUENCES")
    all_stages = SecurablesOfType("ALL", "STAGES")
    all_streams = SecurablesOfType("ALL", "STREAMS")
    all_tables = SecurablesOfType("ALL", "TABLES")
    all_tags = SecurablesOfType("ALL", "TAGS")
    all_tasks = SecurablesOfType("ALL", "TASKS")
    all_views = SecurablesOfType("ALL", "VIEWS")
    all_streamlits = SecurablesOfType("ALL", "STREAMLITS")
    all_notebooks = SecurablesOfType("ALL", "NOTEBOOKS")

    future_aggregation_policies = SecurablesOfType("FUTURE", "AGGREGATION POLICIES")
    future_alerts = SecurablesOfType("FUTURE", "ALERTS")
    future_authentication_policies = SecurablesOfType("FUTURE", "AUTHENTICATION POLICIES")
    future_data_metric_functions = SecurablesOfType("FUTURE", "DATA METRIC FUNCTIONS")
    future_dynamic_tables = SecurablesOfType("FUTURE", "DYNAMIC TABLES")
    future_event_tables = SecurablesOfType("FUTURE", "EVENT TABLES")
    future_external_tables = SecurablesOfType("FUTURE", "EXTERNAL TABLES")
    future_file_formats = SecurablesOfType("FUTURE", "FILE FORMATS")
    future_functions = SecurablesOfType("FUTURE", "FUNCTIONS")
    future_git_repositories = SecurablesOfType("FUTURE", "GIT REPOSITORIES")
    future_hybrid_tables = SecurablesOfType("FUTURE", "HYBRID TABLES")
    future_image_repositories = SecurablesOfType("FUTURE", "IMAGE REPOSITORIES")
    future_iceberg_tables = SecurablesOfType("FUTURE", "ICEBERG TABLES")
    future_masking_policies = SecurablesOfType("FUTURE", "MASKING POLICIES")
    future_materialized_views = SecurablesOfType("FUTURE", "MATERIALIZED VIEWS")
    future_models = SecurablesOfType("FUTURE", "MODELS")
    future_network_rules = SecurablesOfType("FUTURE", "NETWORK RULES")
    future_packages_policies = SecurablesOfType("FUTURE", "PACKAGES POLICIES")
    future_password_policies = SecurablesOfType("FUTURE", "PASSWORD POLICIES")
    future_procedures = SecurablesOfType("FUTURE", "PROCEDURES")
    future_projection_policies = SecurablesOfType("FUTURE", "PROJECTION POLICIES")
    future_row_access_policies = SecurablesOfType("FUTURE", "ROW ACCESS POLICIES")
    future_schemas = SecurablesOfType("FUTURE", "SCHEMAS")
    future_secrets = SecurablesOfType("FUTURE", "SECRETS")
    future_services = SecurablesOfType("FUTURE", "SERVICES")
    future_session_policies = SecurablesOfType("FUTURE", "SESSION POLICIES")
    future_sequences = SecurablesOfType("FUTURE", "SEQUENCES")
    future_stages = SecurablesOfType("FUTURE", "STAGES")
    future_streams = SecurablesOfType("FUTURE", "STREAMS")
    future_tables = SecurablesOfType("FUTURE", "TABLES")
    future_tags = SecurablesOfType("FUTURE", "TAGS")
    future_tasks = SecurablesOfType("FUTURE", "TASKS")
    future_views = SecurablesOfType("FUTURE", "VIEWS")
    future_streamlits = SecurablesOfType("FUTURE", "STREAMLITS")
    future_notebooks = SecurablesOfType("FUTURE", "NOTEBOOKS")


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
