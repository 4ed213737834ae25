# Generated from specs by `make generate`. Do not edit.
"""Where the collections stand: the attributes of a root, a database and a schema that lead to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._reference import child

if TYPE_CHECKING:
    from .account import AccountCollection
    from .alert import AlertCollection
    from .api_integration import ApiIntegrationCollection
    from .artifact_repository import ArtifactRepositoryCollection
    from .catalog_integration import CatalogIntegrationCollection
    from .code_bundle import CodeBundleCollection
    from .code_bundle_execution import CodeBundleExecutionCollection
    from .compute_pool import ComputePoolCollection
    from .cortex.analyst_service import CortexAnalystService
    from .cortex.chat_service import CortexChatService
    from .cortex.inference_service import CortexInferenceService
    from .cortex.search_service import CortexSearchServiceCollection
    from .database import DatabaseCollection
    from .database_role import DatabaseRoleCollection
    from .dynamic_table import DynamicTableCollection
    from .event_table import EventTableCollection
    from .external_volume import ExternalVolumeCollection
    from .function import FunctionCollection
    from .iceberg_table import IcebergTableCollection
    from .image_repository import ImageRepositoryCollection
    from .managed_account import ManagedAccountCollection
    from .network_policy import NetworkPolicyCollection
    from .network_rule import NetworkRuleCollection
    from .notebook import NotebookCollection
    from .notification_integration import NotificationIntegrationCollection
    from .password_policy import PasswordPolicyCollection
    from .pipe import PipeCollection
    from .procedure import ProcedureCollection
    from .role import RoleCollection
    from .schema import SchemaCollection
    from .secret import SecretCollection
    from .sequence import SequenceCollection
    from .service import ServiceCollection
    from .stage import StageCollection
    from .stream import StreamCollection
    from .streamlit import StreamlitCollection
    from .table import TableCollection
    from .tag import TagCollection
    from .task import TaskCollection
    from .user import UserCollection
    from .user_defined_function import UserDefinedFunctionCollection
    from .view import ViewCollection
    from .warehouse import WarehouseCollection


class AccountPlaces:
    """The collections of an account."""

    if TYPE_CHECKING:
        accounts: AccountCollection
        api_integrations: ApiIntegrationCollection
        catalog_integrations: CatalogIntegrationCollection
        code_bundle_execution: CodeBundleExecutionCollection
        compute_pools: ComputePoolCollection
        cortex_analyst_service: CortexAnalystService
        cortex_chat_service: CortexChatService
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
        cortex_analyst_service = child("cortex.analyst_service", "CortexAnalystService")
        cortex_chat_service = child("cortex.chat_service", "CortexChatService")
        cortex_inference_service = child("cortex.inference_service", "CortexInferenceService")
        databases = child("database", "DatabaseCollection")
        external_volumes = child("external_volume", "ExternalVolumeCollection")
        managed_accounts = child("managed_account", "ManagedAccountCollection")
        network_policies = child("network_policy", "NetworkPolicyCollection")
        notification_integrations = child("notification_integration", "NotificationIntegrationCollection")
        roles = child("role", "RoleCollection")
        users = child("user", "UserCollection")
        warehouses = child("warehouse", "WarehouseCollection")


class DatabasePlaces:
    """The collections of a database."""

    if TYPE_CHECKING:
        database_roles: DatabaseRoleCollection
        schemas: SchemaCollection
    else:
        database_roles = child("database_role", "DatabaseRoleCollection")
        schemas = child("schema", "SchemaCollection")


class SchemaPlaces:
    """The collections of a schema."""

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
