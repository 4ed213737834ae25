# Generated from specs/table.yaml by `make generate`. Do not edit.
"""Tables hold data in rows and typed columns. This is about standard tables; dynamic, event and Iceberg tables are
resources of their own. See https://docs.snowflake.com/en/sql-reference/sql/create-table.
"""

from __future__ import annotations

from collections.abc import Iterator

from snowcore._by_hand.table import TableCreation, TableMethods
from snowcore._client import Listing
from snowcore._handles import (
    Dropped,
    Fetched,
    Reclustered,
    Tagged,
    Undropped,
)
from snowcore._methods import deprecate_name, remote, twin
from snowflake_rest import table as rest
from snowflake_rest.runtime import Steps
from snowflake_rest.table import (
    Constraint,
    ForeignKey,
    PrimaryKey,
    Table,
    TableColumn,
    UniqueKey,
)

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


class TableResource(TableMethods, Fetched[Table], Dropped, Undropped, Reclustered, Tagged):
    """A table."""

    _rest = rest.RESOURCE

    @remote
    def swap_with(
        self,
        to_swap_table_name: str,
        if_exists: bool | None = None,
        target_database: str | None = None,
        target_schema: str | None = None,
    ) -> Steps[None]:
        """Swap the table with another.

        Both are renamed in one transaction, so that each takes the other's name. See
        https://docs.snowflake.com/en/sql-reference/sql/alter-table.

        Args:
            to_swap_table_name: The name of the other table.
            if_exists: Succeed without doing anything when the object does not exist. The server's default is
                `false`.
            target_database: The database of the target; the source's own when left out.
            target_schema: The schema of the target; the source's own when left out.
        """
        return rest.swap_with_table(
            *self.path,
            target_name=to_swap_table_name,
            if_exists=if_exists,
            target_database=target_database,
            target_schema=target_schema,
        )

    swap_with_async = twin(swap_with)
    delete = deprecate_name("delete", Dropped.drop)
    undelete = deprecate_name("undelete", Undropped.undrop)


class TableCollection(TableCreation):
    """The tables of the schema."""

    _handle = TableResource

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
        """The tables of the schema.

        Args:
            like: Only the objects whose name matches this SQL pattern (`%` any text, `_` one character), whatever
                the case.
            starts_with: Only the objects whose name starts with this text, in exactly this case.
            limit: At most this many objects, from 1 to 10,000.
            from_name: Only the objects that follow the first one whose name starts with this text, in exactly this
                case.
            history: Include dropped tables that can still be restored.
            deep: Include the columns and constraints of every table, which takes longer.
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

    iter_async = twin(iter)
