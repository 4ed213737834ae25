"""Dynamic tables: results of queries that Snowflake keeps up to date. See https://docs.snowflake.com/en/user-guide/dynamic-tables-about."""

from __future__ import annotations

from collections.abc import Iterator

from snowflake_rest import dynamic_table as rest
from snowflake_rest.common import (
    DownstreamLag,
    ErrorResponse,
    PointOfTime,
    PointOfTimeOffset,
    PointOfTimeStatement,
    PointOfTimeTimestamp,
    SuccessAcceptedResponse,
    SuccessResponse,
    TargetLag,
    UserDefinedLag,
)
from snowflake_rest.dynamic_table import DynamicTable, DynamicTableClone, DynamicTableColumn
from snowflake_rest.runtime import Steps

from ._client import Listing
from ._collections import SchemaObjects, choose_limit
from ._common import Clone, CreateMode, cloned, wire_mode
from ._handles import Dropped, Fetched, Reclustered, SchemaObject, Tagged, Undropped
from ._methods import build_model, deprecate_name, remote, twin

__all__ = [
    "DownstreamLag",
    "DynamicTable",
    "DynamicTableClone",
    "DynamicTableCollection",
    "DynamicTableColumn",
    "DynamicTableResource",
    "ErrorResponse",
    "PointOfTime",
    "PointOfTimeOffset",
    "PointOfTimeStatement",
    "PointOfTimeTimestamp",
    "SuccessAcceptedResponse",
    "SuccessResponse",
    "TargetLag",
    "UserDefinedLag",
]


class DynamicTableResource(SchemaObject, Fetched[DynamicTable], Dropped, Undropped, Reclustered, Tagged):
    """A dynamic table."""

    _rest = rest.RESOURCE

    @remote
    def clone(
        self,
        dynamic_table_clone: DynamicTableClone,
        create_mode: CreateMode | str | None = None,
        copy_grants: bool | None = None,
        target_database: str | None = None,
        target_schema: str | None = None,
    ) -> Steps[None]:
        """Create a copy of this table; the collection's `create` does it from the other end.

        copy_grants: with the privileges on it. target_database, target_schema: where the copy goes; here when left out.
        """
        return rest.clone_dynamic_table(
            *self.path,
            dynamic_table_clone,
            create_mode=wire_mode(create_mode),
            copy_grants=copy_grants,
            target_database=target_database,
            target_schema=target_schema,
        )

    @remote
    def refresh(self, if_exists: bool | None = None) -> Steps[None]:
        """Bring the table up to date now."""
        return rest.refresh_dynamic_table(*self.path, if_exists=if_exists)

    @remote
    def suspend(self, if_exists: bool | None = None) -> Steps[None]:
        """Stop the refreshes, also of the dynamic tables that read this one."""
        return rest.suspend_dynamic_table(*self.path, if_exists=if_exists)

    @remote
    def resume(self, if_exists: bool | None = None) -> Steps[None]:
        """Start the refreshes again, also of the dynamic tables that stopped with this one."""
        return rest.resume_dynamic_table(*self.path, if_exists=if_exists)

    @remote
    def swap_with(self, to_swap_table_name: str, if_exists: bool | None = None) -> Steps[None]:
        """Exchange the names of two dynamic tables of the schema, at once."""
        return rest.swap_with_dynamic_table(*self.path, target_name=to_swap_table_name, if_exists=if_exists)

    clone_async = twin(clone)
    refresh_async = twin(refresh)
    suspend_async = twin(suspend)
    resume_async = twin(resume)
    swap_with_async = twin(swap_with)
    delete = deprecate_name("delete", Dropped.drop)
    undelete = deprecate_name("undelete", Undropped.undrop)


class DynamicTableCollection(SchemaObjects[DynamicTableResource]):
    """The dynamic tables of a schema."""

    _handle = DynamicTableResource

    @remote
    def create(
        self,
        table: DynamicTable | DynamicTableClone | str,
        *,
        clone_table: str | Clone | None = None,
        copy_grants: bool | None = False,
        mode: CreateMode = CreateMode.error_if_exists,
    ) -> Steps[DynamicTableResource]:
        """Create a dynamic table. ConflictError if it exists, unless `mode` is `or_replace` or `if_not_exists`.

        table: its description. For a clone a DynamicTableClone or the name is enough, and only name, target lag and
        warehouse count. clone_table: a dynamic table that it is a copy of, as it is or as it was at some time.
        copy_grants: give a clone the privileges of its source.
        """
        create_mode = wire_mode(mode)
        if clone_table is not None:
            copy = DynamicTableClone(name=table) if isinstance(table, str) else build_model(DynamicTableClone, table)
            source, body = cloned(DynamicTableClone, copy, clone_table)
            yield from rest.clone_dynamic_table(
                *self.path_of(source),
                body,
                create_mode=create_mode,
                copy_grants=copy_grants,
                target_database=self.database.name,
                target_schema=self.schema.name,
            )
            return self[copy.name]
        if isinstance(table, (DynamicTableClone, str)):
            raise ValueError("table: a DynamicTableClone or a name is only enough for a clone")
        table = build_model(DynamicTable, table)
        yield from rest.create_dynamic_table(*self.path, table, create_mode=create_mode)
        return self[table.name]

    @remote
    def iter(
        self,
        *,
        like: str | None = None,
        starts_with: str | None = None,
        limit: int | None = None,
        from_name: str | None = None,
        deep: bool | None = None,
        show_limit: int | None = None,
    ) -> Steps[Iterator[DynamicTable]]:
        """The dynamic tables.

        like: only those whose name matches this SQL pattern, in any case. starts_with: only those whose name starts
        with this, in this case. limit: at most so many, up to 10,000. from_name: only those after the first whose name
        starts with this. deep: with what they depend on. show_limit: an old name of `limit`.
        """
        return Listing(
            rest.list_dynamic_tables(
                *self.path,
                like=like,
                starts_with=starts_with,
                show_limit=choose_limit(limit, show_limit),
                from_name=from_name,
                deep=deep,
            )
        )

    create_async = twin(create)
    iter_async = twin(iter)
