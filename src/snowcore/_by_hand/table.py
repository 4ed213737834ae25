"""Tables are created from a description, a query, a template, another table or a clone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from snowflake_rest import table as rest
from snowflake_rest.runtime import Steps
from snowflake_rest.table import Table, TableAsSelect, TableClone, TableLike, TableUsingTemplate

from .._collections import SchemaObjects
from .._common import Clone, CreateMode, describe_clone, encode_mode
from .._handles import SchemaObject
from .._methods import build_model, check_exclusive, deprecate_name, remote, twin
from .._names import split_name

if TYPE_CHECKING:
    from ..table import TableResource


class TableMethods(SchemaObject):
    """`create_or_alter` of a table, which may be described under any name."""

    @remote
    def create_or_alter(self, table: Table) -> Steps[None]:
        """Make the table as described: create it, or add, change and drop columns. Rows stay.

        See https://docs.snowflake.com/en/sql-reference/sql/create-table.
        """
        return rest.create_or_alter_table(*self.path, table)

    create_or_alter_async = twin(create_or_alter)
    create_or_update = deprecate_name("create_or_update", create_or_alter)


class TableCreation(SchemaObjects["TableResource"]):
    """Ways to create one."""

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
        check_exclusive(as_select=as_select, template=template, like_table=like_table, clone_table=clone_table)
        options: dict[str, Any] = {"create_mode": encode_mode(mode), "copy_grants": copy_grants}
        if as_select is not None:
            selected = TableAsSelect(name=table.name, columns=table.columns, cluster_by=table.cluster_by)
            yield from rest.create_table_as_select(*self.path, selected, query=as_select, **options)
        elif template is not None:
            named_only = TableUsingTemplate(name=table.name)
            yield from rest.create_table_using_template(*self.path, named_only, query=template, **options)
        elif like_table is not None:
            source = self.locate(split_name(like_table))
            yield from rest.create_table_like(*source, TableLike(name=table.name), **options)
        elif clone_table is not None:
            name, body = describe_clone(TableClone, table, clone_table)
            yield from rest.clone_table(*self.locate(name), body, **self.target, **options)
        else:
            yield from rest.create_table(*self.path, table, **options)
        return self[table.name]

    create_async = twin(create)
