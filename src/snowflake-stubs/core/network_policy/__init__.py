# Generated from specs and from src/snowcore by `make generate`. Do not edit.
"""What is in `snowcore`, under the name that it has in Snowflake's SDK."""

from snowcore.network_policy import NetworkPolicy, NetworkPolicyCollection, NetworkPolicyResource

__all__ = [
    "NetworkPolicy",
    "NetworkPolicyCollection",
    "NetworkPolicyResource",
]
