# Generated from specs/network-rule.yaml by `make generate`. Do not edit.
"""A network rule is a list of addresses, hosts or private endpoints. It takes effect in a network policy, which allows
or blocks what comes in, or in an external access integration, which allows what goes out. See
https://docs.snowflake.com/en/sql-reference/sql/create-network-rule.
"""

from snowcore._generated.network_rule import NetworkRule, NetworkRuleCollection, NetworkRuleResource

__all__ = [
    "NetworkRule",
    "NetworkRuleCollection",
    "NetworkRuleResource",
]
