"""Schemas lead to what they hold, and are created empty or as clones."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from snowflake_rest import schema as rest
from snowflake_rest.runtime import Steps
from snowflake_rest.schema import Schema, SchemaClone

from .._collections import DatabaseObjects
from .._common import Clone, CreateMode, describe_clone, encode_mode
from .._generated.places import SchemaPlaces
from .._handles import DatabaseObject
from .._methods import build_model, deprecate_name, remote, twin

if TYPE_CHECKING:
    from ..schema import SchemaResource


class SchemaMethods(SchemaPlaces, DatabaseObject):
    """A handle that leads to what the schema holds, and whose `create_or_alter` gives the handle."""

    @remote
    def create_or_alter(self, schema: Schema) -> Steps[SchemaResource]:
        """Make the schema as described: create it, or change what differs. What is not given gets its default.

        It is the one that the description names, whatever the name of this handle.
        """
        schema = build_model(Schema, schema)
        yield from rest.create_or_alter_schema(self.database.name, schema.name, schema)
        return cast("SchemaResource", self)

    create_or_alter_async = twin(create_or_alter)
    create_or_update = deprecate_name("create_or_update", create_or_alter)


class SchemaCreation(DatabaseObjects["SchemaResource"]):
    """Ways to create one."""

    @remote
    def create(
        self,
        schema: Schema,
        *,
        clone: str | Clone | None = None,
        mode: CreateMode = CreateMode.error_if_exists,
    ) -> Steps[SchemaResource]:
        """Create a schema. ConflictError if it exists, unless `mode` is `or_replace` or `if_not_exists`.

        clone: the schema to copy, as `schema` or `database.schema`, as it is or as it was at some time; else empty.
        """
        schema = build_model(Schema, schema)
        create_mode = encode_mode(mode)
        if clone is None:
            yield from rest.create_schema(*self.path, schema, create_mode=create_mode)
        else:
            source, body = describe_clone(SchemaClone, schema, clone)
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
