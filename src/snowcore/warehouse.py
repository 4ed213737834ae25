# Generated from specs/warehouse.yaml by `make generate`. Do not edit.
"""Warehouses are the compute that runs queries and other statements. They cost credits while they run and can suspend
and resume by themselves. See https://docs.snowflake.com/en/user-guide/warehouses-overview.
"""

from snowcore._generated.warehouse import Warehouse, WarehouseCollection, WarehouseModel, WarehouseResource

__all__ = [
    "Warehouse",
    "WarehouseCollection",
    "WarehouseModel",
    "WarehouseResource",
]
