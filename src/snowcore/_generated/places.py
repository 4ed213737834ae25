# Generated from specs by `make generate`. Do not edit.
"""Where the collections stand: the attributes of a root, a database and a schema that lead to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snowcore._collections import Places, child

if TYPE_CHECKING:
    from snowcore.account import AccountCollection
    from snowcore.alert import AlertCollection
    from snowcore.api_integration import ApiIntegrationCollection
    from snowcore.artifact_repository import ArtifactRepositoryCollection
    from snowcore.catalog_integration import CatalogIntegrationCollection
    from snowcore.code_bundle import CodeBundleCollection
    from snowcore.code_bundle_execution import CodeBundleExecutionCollection
    from snowcore.compute_pool import ComputePoolCollection
    from snowcore.cortex.analyst_service import CortexAnalystService
    from snowcore.cortex.chat_service import CortexChatService
    from snowcore.cortex.embed_service import CortexEmbedService
    from snowcore.cortex.inference_service import CortexInferenceService
    from snowcore.cortex.lite_agent_service import CortexAgentService
    from snowcore.cortex.search_service import CortexSearchServiceCollection
    from snowcore.database import DatabaseCollection
    from snowcore.database_role import DatabaseRoleCollection
    from snowcore.dynamic_table import DynamicTableCollection
    from snowcore.event_table import EventTableCollection
    from snowcore.external_volume import ExternalVolumeCollection
    from snowcore.function import FunctionCollection
    from snowcore.iceberg_table import IcebergTableCollection
    from snowcore.image_repository import ImageRepositoryCollection
    from snowcore.managed_account import ManagedAccountCollection
    from snowcore.network_policy import NetworkPolicyCollection
    from snowcore.network_rule import NetworkRuleCollection
    from snowcore.notebook import NotebookCollection
    from snowcore.notification_integration import NotificationIntegrationCollection
    from snowcore.password_policy import PasswordPolicyCollection
    from snowcore.pipe import PipeCollection
    from snowcore.procedure import ProcedureCollection
    from snowcore.role import RoleCollection
    from snowcore.schema import SchemaCollection
    from snowcore.secret import SecretCollection
    from snowcore.sequence import SequenceCollection
    from snowcore.service import ServiceCollection
    from snowcore.stage import StageCollection
    from snowcore.stream import StreamCollection
    from snowcore.streamlit import StreamlitCollection
    from snowcore.table import TableCollection
    from snowcore.tag import TagCollection
    from snowcore.task import TaskCollection
    from snowcore.user import UserCollection
    from snowcore.user_defined_function import UserDefinedFunctionCollection
    from snowcore.view import ViewCollection
    from snowcore.warehouse import WarehouseCollection


class AccountPlaces(Places):
    """The collections of an account."""

    _place = "account"

    if TYPE_CHECKING:
        accounts: AccountCollection
        api_integrations: ApiIntegrationCollection
        catalog_integrations: CatalogIntegrationCollection
        code_bundle_execution: CodeBundleExecutionCollection
        compute_pools: ComputePoolCollection
        cortex_agent_service: CortexAgentService
        cortex_analyst_service: CortexAnalystService
        cortex_chat_service: CortexChatService
        cortex_embed_service: CortexEmbedService
        cortex_inference_service: CortexInferenceService
        databases: DatabaseCollection
        external_volumes: ExternalVolumeCollection
        managed_accounts: ManagedAccountCollection
        network_policies: NetworkPolicyCollection
        notification_integrations: NotificationIntegrationCollection
        roles: RoleCollection
        users: UserCollection
        warehouses: WarehouseCollection
    else:
        accounts = child("account", "AccountCollection")
        api_integrations = child("api_integration", "ApiIntegrationCollection")
        catalog_integrations = child("catalog_integration", "CatalogIntegrationCollection")
        code_bundle_execution = child("code_bundle_execution", "CodeBundleExecutionCollection")
        compute_pools = child("compute_pool", "ComputePoolCollection")
        cortex_agent_service = child("cortex.lite_agent_service", "CortexAgentService")
        cortex_analyst_service = child("cortex.analyst_service", "CortexAnalystService")
        cortex_chat_service = child("cortex.chat_service", "CortexChatService")
        cortex_embed_service = child("cortex.embed_service", "CortexEmbedService")
        cortex_inference_service = child("cortex.inference_service", "CortexInferenceService")
        databases = child("database", "DatabaseCollection")
        external_volumes = child("external_volume", "ExternalVolumeCollection")
        managed_accounts = child("managed_account", "ManagedAccountCollection")
        network_policies = child("network_policy", "NetworkPolicyCollection")
        notification_integrations = child("notification_integration", "NotificationIntegrationCollection")
        roles = child("role", "RoleCollection")
        users = child("user", "UserCollection")
        warehouses = child("warehouse", "WarehouseCollection")


class DatabasePlaces(Places):
    """The collections of a database."""

    _place = "database"

    if TYPE_CHECKING:
        database_roles: DatabaseRoleCollection
        schemas: SchemaCollection
    else:
        database_roles = child("database_role", "DatabaseRoleCollection")
        schemas = child("schema", "SchemaCollection")


class SchemaPlaces(Places):
    """The collections of a schema."""

    _place = "schema"

    if TYPE_CHECKING:
        alerts: AlertCollection
        artifact_repositories: ArtifactRepositoryCollection
        code_bundles: CodeBundleCollection
        cortex_search_services: CortexSearchServiceCollection
        dynamic_tables: DynamicTableCollection
        event_tables: EventTableCollection
        functions: FunctionCollection
        iceberg_tables: IcebergTableCollection
        image_repositories: ImageRepositoryCollection
        network_rules: NetworkRuleCollection
        notebooks: NotebookCollection
        password_policies: PasswordPolicyCollection
        pipes: PipeCollection
        procedures: ProcedureCollection
        secrets: SecretCollection
        sequences: SequenceCollection
        services: ServiceCollection
        stages: StageCollection
        streamlits: StreamlitCollection
        streams: StreamCollection
        tables: TableCollection
        tags: TagCollection
        tasks: TaskCollection
        user_defined_functions: UserDefinedFunctionCollection
        views: ViewCollection
    else:
        alerts = child("alert", "AlertCollection")
        artifact_repositories = child("artifact_repository", "ArtifactRepositoryCollection")
        code_bundles = child("code_bundle", "CodeBundleCollection")
        cortex_search_services = child("cortex.search_service", "CortexSearchServiceCollection")
        dynamic_tables = child("dynamic_table", "DynamicTableCollection")
        event_tables = child("event_table", "EventTableCollection")
        functions = child("function", "FunctionCollection")
        iceberg_tables = child("iceberg_table", "IcebergTableCollection")
        image_repositories = child("image_repository", "ImageRepositoryCollection")
        network_rules = child("network_rule", "NetworkRuleCollection")
        notebooks = child("notebook", "NotebookCollection")
        password_policies = child("password_policy", "PasswordPolicyCollection")
        pipes = child("pipe", "PipeCollection")
        procedures = child("procedure", "ProcedureCollection")
        secrets = child("secret", "SecretCollection")
        sequences = child("sequence", "SequenceCollection")
        services = child("service", "ServiceCollection")
        stages = child("stage", "StageCollection")
        streamlits = child("streamlit", "StreamlitCollection")
        streams = child("stream", "StreamCollection")
        tables = child("table", "TableCollection")
        tags = child("tag", "TagCollection")
        tasks = child("task", "TaskCollection")
        user_defined_functions = child("user_defined_function", "UserDefinedFunctionCollection")
        views = child("view", "ViewCollection")
