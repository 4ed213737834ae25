"""Tables. See https://docs.snowflake.com/en/sql-reference/ddl-table."""

from __future__ import annotations

from collections.abc import Iterator

from snowflake_rest import table as rest
from snowflake_rest.runtime import Steps
from snowflake_rest.table import (
    Constraint,
    ForeignKey,
    PrimaryKey,
    Table,
    TableAsSelect,
    TableClone,
    TableColumn,
    TableLike,
    TableUsingTemplate,
    UniqueKey,
)

from ._client import Listing
from ._collections import SchemaObjects
from ._common import Clone, CreateMode, cloned, wire_mode
from ._handles import Dropped, Fetched, Reclustered, SchemaObject, Tagged, Undropped
from ._methods import build_model, deprecate_name, one_of, remote, twin
from ._names import parts

__all__ = [
    "Constraint",
    "ForeignKey",
    "PrimaryKey",
    "Table",
    "TableCollection",
    "TableColumn",
    "TableResource",
    "UniqueKey",
]


class TableResource(SchemaObject, Fetched[Table], Dropped, Undropped, Reclustered, Tagged):
    """A table."""

    _rest = rest.RESOURCE

    @remote
    def create_or_alter(self, table: Table) -> Steps[None]:
        """Make the table as described: create it, or add, change and drop columns. Rows stay.

        See https://docs.snowflake.com/en/sql-reference/sql/create-table.
        """
        return rest.create_or_alter_table(*self.path, table)

    @remote
    def swap_with(
        self,
        to_swap_table_name: str,
        if_exists: bool | None = None,
        target_database: str | None = None,
        target_schema: str | None = None,
    ) -> Steps[None]:
        """Exchange the contents, columns and names of two tables, at once.

        target_database, target_schema: where the other table is; here when left out.
        """
        return rest.swap_with_table(
            *self.path,
            target_name=to_swap_table_name,
            if_exists=if_exists,
            target_database=target_database,
            target_schema=target_schema,
        )

    create_or_alter_async = twin(create_or_alter)
    swap_with_async = twin(swap_with)
    create_or_update = deprecate_name("create_or_update", create_or_alter)
    delete = deprecate_name("delete", Dropped.drop)
    undelete = deprecate_name("undelete", Undropped.undrop)


class TableCollection(SchemaObjects[TableResource]):
    """The tables of a schema."""

    _handle = TableResource

    @remote
    def create(
        self,
        table: Table | str,
        *,
        as_select: str | None = None,
        template: str | None = None,
        like_table: str | None = None,
        clone_table: str | Clone | None = None,
        copy_grants: bool | None = False,
        mode: CreateMode = CreateMode.error_if_exists,
    ) -> Steps[TableResource]:
        """Create a table: from its description, or from one of a query, a template, another table or a clone.

        table: its description, or only its name. as_select: a query whose result it holds. template: a query that gives
        column descriptions, as INFER_SCHEMA does. like_table: a table whose columns it gets, without the rows.
        clone_table: a table that it is a copy of, as it is or as it was at some time. copy_grants: keep the privileges
        of the table that is replaced or copied. ConflictError if it exists, unless `mode` is `or_replace`
        or `if_not_exists`.
        """
        table = Table(name=table) if isinstance(table, str) else build_model(Table, table)
        one_of(as_select=as_select, template=template, like_table=like_table, clone_table=clone_table)
        create_mode = wire_mode(mode)
        if as_select is not None:
            selected = TableAsSelect(name=table.name, columns=table.columns, cluster_by=table.cluster_by)
            yield from rest.create_table_as_select(
                *self.path, selected, query=as_select, create_mode=create_mode, copy_grants=copy_grants
            )
        elif template is not None:
            named_only = TableUsingTemplate(name=table.name)
            yield from rest.create_table_using_template(
                *self.path, named_only, query=template, create_mode=create_mode, copy_grants=copy_grants
            )
        elif like_table is not None:
            source = self.path_of(parts(like_table))
            yield from rest.create_table_like(
                *source, TableLike(name=table.name), create_mode=create_mode, copy_grants=copy_grants
            )
        elif clone_table is not None:
            name, body = cloned(TableClone, table, clone_table)
            yield from rest.clone_table(
                *self.path_of(name),
                body,
                create_mode=create_mode,
                copy_grants=copy_grants,
                target_database=self.database.name,
                target_schema=self.schema.name,
            )
        else:
            yield from rest.create_table(*self.path, table, create_mode=create_mode, copy_grants=copy_grants)
        return self[table.name]

    @remote
    def iter(
        self,
        *,
        like: str | None = None,
        starts_with: str | None = None,
        limit: int | None = None,
        from_name: str | None = None,
        history: bool = False,
        deep: bool = False,
    ) -> Steps[Iterator[Table]]:
        """The tables.

        like: only those whose name matches this SQL pattern, in any case. starts_with: only those whose name starts
        with this, in this case. limit: at most so many, up to 10,000. from_name: only those after the first whose name
        starts with this. history: dropped ones too, as long as they can be brought back. deep: with their columns and
        constraints.
        """
        return Listing(
            rest.list_tables(
                *self.path,
                like=like,
                starts_with=starts_with,
                show_limit=limit,
                from_name=from_name,
                history=history,
                deep=deep,
            )
        )

    create_async = twin(create)
    iter_async = twin(iter)
