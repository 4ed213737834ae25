"""What compute costs, in credits an hour.

See https://docs.snowflake.com/en/user-guide/cost-understanding-compute, and the tables of
https://www.snowflake.com/legal-files/CreditConsumptionTable.pdf.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_SIZES = ("X-Small", "Small", "Medium", "Large", "X-Large", *(f"{n}X-Large" for n in range(2, 7)))
_OPTIMIZED = 1.5
"""How many times as much a Snowpark-optimized warehouse costs."""
WAREHOUSE_LEAST = 60
POOL_LEAST = 300
"""Seconds that are paid for at each start."""
_FAMILIES = {
    "CPU_X64_XS": 0.06,
    "CPU_X64_S": 0.11,
    "CPU_X64_M": 0.22,
    "CPU_X64_SL": 0.41,
    "CPU_X64_L": 0.83,
    "HIGHMEM_X64_S": 0.28,
    "HIGHMEM_X64_M": 1.11,
    "HIGHMEM_X64_SL": 2.93,
    "HIGHMEM_X64_L": 4.44,
    "GPU_NV_S": 0.57,
    "GPU_NV_M": 2.68,
    "GPU_NV_L": 14.12,
}


def of_warehouse(properties: Mapping[str, Any]) -> float:
    """Credits an hour of a warehouse that runs with its least number of clusters."""
    size = 2.0 ** _SIZES.index(properties.get("warehouse_size", "X-Small"))
    kind = _OPTIMIZED if properties.get("warehouse_type") == "SNOWPARK-OPTIMIZED" else 1
    return size * kind * properties.get("min_cluster_count", 1)


def of_pool(properties: Mapping[str, Any]) -> float:
    """Credits an hour of a compute pool that runs with its least number of nodes."""
    return _FAMILIES[properties["instance_family"]] * properties["min_nodes"]
