"""Schemas. See https://docs.snowflake.com/en/sql-reference/ddl-database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snowflake_rest import schema as rest
from snowflake_rest.runtime import Steps
from snowflake_rest.schema import Schema, SchemaClone

from ._common import Clone, CreateMode, cloned, wire_mode
from ._reference import (
    DatabaseObject,
    DatabaseObjects,
    Dropped,
    Fetched,
    Listed,
    Tagged,
    Undropped,
    child,
    named,
    remote,
    renamed,
    twin,
)

if TYPE_CHECKING:
    from .alert import AlertCollection
    from .artifact_repository import ArtifactRepositoryCollection
    from .code_bundle import CodeBundleCollection
    from .cortex.search_service import CortexSearchServiceCollection
    from .dynamic_table import DynamicTableCollection
    from .event_table import EventTableCollection
    from .function import FunctionCollection
    from .iceberg_table import IcebergTableCollection
    from .image_repository import ImageRepositoryCollection
    from .network_rule import NetworkRuleCollection
    from .notebook import NotebookCollection
    from .password_policy import PasswordPolicyCollection
    from .pipe import PipeCollection
    from .procedure import ProcedureCollection
    from .secret import SecretCollection
    from .sequence import SequenceCollection
    from .service import ServiceCollection
    from .stage import StageCollection
    from .stream import StreamCollection
    from .streamlit import StreamlitCollection
    from .table import TableCollection
    from .tag import TagCollection
    from .task import TaskCollection
    from .user_defined_function import UserDefinedFunctionCollection
    from .view import ViewCollection

SchemaModel = Schema

__all__ = ["Schema", "SchemaCollection", "SchemaModel", "SchemaResource"]


class SchemaResource(DatabaseObject, Fetched[Schema], Dropped, Undropped, Tagged):
    """A schema, and the way to what it holds."""

    _rest = rest.RESOURCE

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

    @remote
    def create_or_alter(self, schema: Schema) -> Steps[SchemaResource]:
        """Make the schema as described: create it, or change what differs. What is not given gets its default.

        It is the one that the description names, whatever the name of this handle.
        """
        schema = named(Schema, schema)
        yield from rest.create_or_alter_schema(self.database.name, schema.name, schema)
        return self

    create_or_alter_async = twin(create_or_alter)
    create_or_update = renamed("create_or_update", create_or_alter)
    delete = renamed("delete", Dropped.drop)


class SchemaCollection(DatabaseObjects[SchemaResource], Listed[SchemaResource, Schema]):
    """The schemas of a database."""

    _handle = SchemaResource

    @remote
    def create(
        self,
        schema: Schema,
        *,
        clone: str | Clone | None = None,
        mode: CreateMode = CreateMode.error_if_exists,
    ) -> Steps[SchemaResource]:
        """Create a schema, empty or as a clone.

        clone: the schema to copy, as `schema` or `database.schema`, as it is or as it was at some time.
        """
        schema = named(Schema, schema)
        create_mode = wire_mode(mode)
        if clone is None:
            yield from rest.create_schema(*self.path, schema, create_mode=create_mode)
        else:
            source, body = cloned(SchemaClone, schema, clone)
            if source.database:
                raise ValueError(f"clone: expected the name of a schema, not {source}")
            yield from rest.clone_schema(
                source.schema or self.database.name,
                source.name,
                body,
                create_mode=create_mode,
                target_database=self.database.name,
            )
        return self[schema.name]

    create_async = twin(create)
