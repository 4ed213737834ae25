# Generated from specs/network-policy.yaml by `make generate`. Do not edit.
"""A network policy says from which networks Snowflake accepts logins and requests. It does nothing until it is set on
the account, a user or a security integration. See https://docs.snowflake.com/en/user-guide/network-policies.
"""

from snowcore._generated.network_policy import NetworkPolicy, NetworkPolicyCollection, NetworkPolicyResource

__all__ = [
    "NetworkPolicy",
    "NetworkPolicyCollection",
    "NetworkPolicyResource",
]
