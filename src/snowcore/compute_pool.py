# Generated from specs/compute-pool.yaml by `make generate`. Do not edit.
"""Compute pools are the virtual machines that run services and jobs of Snowpark Container Services. Snowflake adds and
removes nodes as the load asks for. See
https://docs.snowflake.com/en/developer-guide/snowpark-container-services/working-with-compute-pool.
"""

from snowcore._generated.compute_pool import (
    ComputePool,
    ComputePoolCollection,
    ComputePoolInstanceFamily,
    ComputePoolModel,
    ComputePoolResource,
)

__all__ = [
    "ComputePool",
    "ComputePoolCollection",
    "ComputePoolInstanceFamily",
    "ComputePoolModel",
    "ComputePoolResource",
]
