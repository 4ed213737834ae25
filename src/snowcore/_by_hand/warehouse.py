"""Warehouses are renamed."""

from __future__ import annotations

from snowflake_rest import warehouse as rest
from snowflake_rest.runtime import Steps
from snowflake_rest.warehouse import Warehouse

from .._handles import AccountObject
from .._methods import remote, twin


class WarehouseMethods(AccountObject):
    """A rename whose new name is a warehouse of that name."""

    @remote
    def rename(self, new_name: str, if_exists: bool | None = None) -> Steps[None]:
        """Rename the warehouse. This handle follows."""
        yield from rest.rename_warehouse(*self.path, Warehouse(new_name), if_exists=if_exists)
        self.follow_to(new_name)

    rename_async = twin(rename)
