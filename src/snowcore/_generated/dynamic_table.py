# Generated from specs/dynamic-table.yaml by `make generate`. Do not edit.
"""A dynamic table holds the result of a query. Snowflake refreshes it in the background so that it stays within a set
lag behind the tables it reads. See https://docs.snowflake.com/en/user-guide/dynamic-tables-about.
"""

from __future__ import annotations

from collections.abc import Iterator

from snowcore._by_hand.dynamic_table import DynamicTableCreation
from snowcore._client import Listing
from snowcore._collections import (
    choose_limit,
)
from snowcore._common import CreateMode, encode_mode
from snowcore._handles import (
    Dropped,
    Fetched,
    Reclustered,
    SchemaObject,
    Tagged,
    Undropped,
)
from snowcore._methods import deprecate_name, remote, twin
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
        """Clone a dynamic table, as it is now or was at a moment in the past.

        The path names the source, the body the new dynamic table. The two share stored data until one of them
        changes. See https://docs.snowflake.com/en/sql-reference/sql/create-clone.

        Args:
            dynamic_table_clone: The dynamic table to make as a clone of another.
            create_mode: What to do when an object of this name exists; fail, replace it, or leave it as it is. The
                server's default is `errorIfExists`.
            copy_grants: Keep the privileges that were granted on the object that this one replaces or is made from.
                The server's default is `false`.
            target_database: The database of the target; the source's own when left out.
            target_schema: The schema of the target; the source's own when left out.
        """
        return rest.clone_dynamic_table(
            *self.path,
            dynamic_table_clone,
            create_mode=encode_mode(create_mode),
            copy_grants=copy_grants,
            target_database=target_database,
            target_schema=target_schema,
        )

    clone_async = twin(clone)

    @remote
    def suspend(self, if_exists: bool | None = None) -> Steps[None]:
        """Stop refreshing a dynamic table.

        The dynamic tables that read it stop as well. See
        https://docs.snowflake.com/en/sql-reference/sql/alter-dynamic-table.

        Args:
            if_exists: Succeed without doing anything when the object does not exist. The server's default is
                `false`.
        """
        return rest.suspend_dynamic_table(*self.path, if_exists=if_exists)

    suspend_async = twin(suspend)

    @remote
    def resume(self, if_exists: bool | None = None) -> Steps[None]:
        """Start refreshing a suspended dynamic table again.

        The dynamic tables that read it start again too, except those that were suspended on their own. See
        https://docs.snowflake.com/en/sql-reference/sql/alter-dynamic-table.

        Args:
            if_exists: Succeed without doing anything when the object does not exist. The server's default is
                `false`.
        """
        return rest.resume_dynamic_table(*self.path, if_exists=if_exists)

    resume_async = twin(resume)

    @remote
    def refresh(self, if_exists: bool | None = None) -> Steps[None]:
        """Refresh a dynamic table now.

        Does not wait for the next refresh that is due under the target lag. See
        https://docs.snowflake.com/en/sql-reference/sql/alter-dynamic-table.

        Args:
            if_exists: Succeed without doing anything when the object does not exist. The server's default is
                `false`.
        """
        return rest.refresh_dynamic_table(*self.path, if_exists=if_exists)

    refresh_async = twin(refresh)

    @remote
    def swap_with(self, to_swap_table_name: str, if_exists: bool | None = None) -> Steps[None]:
        """Swap a dynamic table with another one.

        Each takes the other's name, in one transaction.

        Args:
            to_swap_table_name: The dynamic table to swap with.
            if_exists: Succeed without doing anything when the object does not exist. The server's default is
                `false`.
        """
        return rest.swap_with_dynamic_table(*self.path, target_name=to_swap_table_name, if_exists=if_exists)

    swap_with_async = twin(swap_with)
    delete = deprecate_name("delete", Dropped.drop)
    undelete = deprecate_name("undelete", Undropped.undrop)


class DynamicTableCollection(DynamicTableCreation):
    """The dynamic tables of the schema."""

    _handle = DynamicTableResource

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
        """The dynamic tables of the schema.

        Args:
            like: Only the objects whose name matches this SQL pattern (`%` any text, `_` one character), whatever
                the case.
            starts_with: Only the objects whose name starts with this text, in exactly this case.
            limit: At most this many objects, from 1 to 10,000.
            from_name: Only the objects that follow the first one whose name starts with this text, in exactly this
                case.
            deep: Also return what each table depends on.
            show_limit: An old name of `limit`.
        """
        limit = choose_limit(limit, show_limit)
        return Listing(
            rest.list_dynamic_tables(
                *self.path, like=like, starts_with=starts_with, show_limit=limit, from_name=from_name, deep=deep
            )
        )

    iter_async = twin(iter)
