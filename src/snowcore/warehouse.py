"""Warehouses: the compute that runs queries. See https://docs.snowflake.com/en/user-guide/warehouses-overview."""

from __future__ import annotations

from snowflake_rest import warehouse as rest
from snowflake_rest.runtime import Steps
from snowflake_rest.warehouse import Warehouse

from ._collections import AccountObjects, Matched
from ._common import CreateMode, wire_mode
from ._handles import AccountObject, Dropped, Fetched, Tagged
from ._methods import build_model, deprecate_name, remote, twin

WarehouseModel = Warehouse

__all__ = ["Warehouse", "WarehouseCollection", "WarehouseModel", "WarehouseResource"]


class WarehouseResource(AccountObject, Fetched[Warehouse], Dropped, Tagged):
    """A warehouse."""

    _rest = rest.RESOURCE

    @remote
    def create_or_alter(self, warehouse: Warehouse) -> Steps[None]:
        """Make the warehouse as described: create it, or change what differs. What is not given gets its default.

        It is the one that the description names, whatever the name of this handle.
        """
        warehouse = build_model(Warehouse, warehouse)
        return rest.create_or_alter_warehouse(warehouse.name, warehouse)

    @remote
    def resume(self, if_exists: bool | None = None) -> Steps[None]:
        """Start the warehouse, unless it runs."""
        return rest.resume_warehouse(*self.path, if_exists=if_exists)

    @remote
    def suspend(self, if_exists: bool | None = None) -> Steps[None]:
        """Stop the warehouse once its queries are done. It is an error if it is stopped."""
        return rest.suspend_warehouse(*self.path, if_exists=if_exists)

    @remote
    def rename(self, new_name: str, if_exists: bool | None = None) -> Steps[None]:
        """Rename the warehouse. This handle follows."""
        yield from rest.rename_warehouse(*self.path, Warehouse(new_name), if_exists=if_exists)
        self.renamed_to(new_name)

    @remote
    def abort_all_queries(self, if_exists: bool | None = None) -> Steps[None]:
        """Cancel every query that runs or waits in the warehouse."""
        return rest.abort_all_queries_on_warehouse(*self.path, if_exists=if_exists)

    @remote
    def use_warehouse(self) -> Steps[None]:
        """Make it the warehouse of the session."""
        return rest.use_warehouse(*self.path)

    create_or_alter_async = twin(create_or_alter)
    resume_async = twin(resume)
    suspend_async = twin(suspend)
    rename_async = twin(rename)
    abort_all_queries_async = twin(abort_all_queries)
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
        """Create a warehouse. ConflictError if it exists, unless `mode` is `or_replace` or `if_not_exists`."""
        warehouse = build_model(Warehouse, warehouse)
        yield from rest.create_warehouse(warehouse, create_mode=wire_mode(mode))
        return self[warehouse.name]

    create_async = twin(create)
