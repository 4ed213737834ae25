# Generated from specs and from src/snowcore by `make generate`. Do not edit.
"""What is in `snowcore`, under the name that it has in Snowflake's SDK."""

from snowcore.warehouse import Warehouse, WarehouseCollection, WarehouseModel, WarehouseResource

__all__ = [
    "Warehouse",
    "WarehouseCollection",
    "WarehouseModel",
    "WarehouseResource",
]
