# Generated from specs/warehouse.yaml by `make generate`. Do not edit.
"""Warehouses are the compute that runs queries and other statements. They cost credits while they run and can suspend
and resume by themselves. See https://docs.snowflake.com/en/user-guide/warehouses-overview.
"""

from __future__ import annotations

from snowcore._by_hand.warehouse import WarehouseMethods
from snowcore._collections import (
    AccountObjects,
    Matched,
)
from snowcore._common import CreateMode, encode_mode
from snowcore._handles import (
    Dropped,
    Fetched,
    Tagged,
)
from snowcore._methods import build_model, deprecate_name, remote, twin
from snowflake_rest import warehouse as rest
from snowflake_rest.runtime import Steps
from snowflake_rest.warehouse import Warehouse

WarehouseModel = Warehouse

__all__ = [
    "Warehouse",
    "WarehouseCollection",
    "WarehouseModel",
    "WarehouseResource",
]


class WarehouseResource(WarehouseMethods, Fetched[Warehouse], Dropped, Tagged):
    """A warehouse."""

    _rest = rest.RESOURCE

    @remote
    def create_or_alter(self, warehouse: Warehouse) -> Steps[None]:
        """Create the warehouse, or change it to match the description.

        What the description leaves out goes back to its default. See
        https://docs.snowflake.com/en/sql-reference/sql/create-or-alter.

        It is the one that the description names, whatever the name of this handle.
        """
        warehouse = build_model(Warehouse, warehouse)
        return rest.create_or_alter_warehouse(warehouse.name, warehouse)

    create_or_alter_async = twin(create_or_alter)

    @remote
    def resume(self, if_exists: bool | None = None) -> Steps[None]:
        """Resume the warehouse.

        See https://docs.snowflake.com/en/sql-reference/sql/alter-warehouse.

        Args:
            if_exists: Succeed without doing anything when the object does not exist. The server's default is
                `false`.
        """
        return rest.resume_warehouse(*self.path, if_exists=if_exists)

    resume_async = twin(resume)

    @remote
    def suspend(self, if_exists: bool | None = None) -> Steps[None]:
        """Suspend the warehouse.

        Statements that are running may end first. See
        https://docs.snowflake.com/en/sql-reference/sql/alter-warehouse.

        Args:
            if_exists: Succeed without doing anything when the object does not exist. The server's default is
                `false`.
        """
        return rest.suspend_warehouse(*self.path, if_exists=if_exists)

    suspend_async = twin(suspend)

    @remote
    def abort_all_queries(self, if_exists: bool | None = None) -> Steps[None]:
        """Abort all statements that run or wait on the warehouse.

        See https://docs.snowflake.com/en/sql-reference/sql/alter-warehouse.

        Args:
            if_exists: Succeed without doing anything when the object does not exist. The server's default is
                `false`.
        """
        return rest.abort_all_queries_on_warehouse(*self.path, if_exists=if_exists)

    abort_all_queries_async = twin(abort_all_queries)

    @remote
    def use_warehouse(self) -> Steps[None]:
        """Deprecated; name the warehouse in the connection or where it is needed."""
        return rest.use_warehouse(*self.path)

    use_warehouse_async = twin(use_warehouse)
    create_or_update = deprecate_name("create_or_update", create_or_alter)
    delete = deprecate_name("delete", Dropped.drop)


class WarehouseCollection(AccountObjects[WarehouseResource], Matched[WarehouseResource, Warehouse]):
    """The warehouses of the account."""

    _handle = WarehouseResource

    @remote
    def create(
        self, warehouse: Warehouse, *, mode: CreateMode = CreateMode.error_if_exists
    ) -> Steps[WarehouseResource]:
        """Create a warehouse.

        It starts right away unless `initially_suspended` is set. See
        https://docs.snowflake.com/en/sql-reference/sql/create-warehouse.

        Args:
            warehouse: What to create; a dict with the fields of Warehouse will do, too.
            mode: What to do if one of this name exists: `error_if_exists` (the default) raises ConflictError,
                `or_replace` replaces it, `if_not_exists` leaves it as it is.
        """
        warehouse = build_model(Warehouse, warehouse)
        yield from rest.create_warehouse(warehouse, create_mode=encode_mode(mode))
        return self[warehouse.name]

    create_async = twin(create)
