# Generated from specs/network-rule.yaml by `make generate`. Do not edit.
"""A network rule is a list of addresses, hosts or private endpoints. It takes effect in a network policy, which allows
or blocks what comes in, or in an external access integration, which allows what goes out. See
https://docs.snowflake.com/en/sql-reference/sql/create-network-rule.
"""

from __future__ import annotations

from snowcore._collections import (
    SchemaObjects,
    ShowLimited,
)
from snowcore._common import CreateMode, encode_mode
from snowcore._handles import (
    Dropped,
    Fetched,
    SchemaObject,
)
from snowcore._methods import build_model, remote, twin
from snowflake_rest import network_rule as rest
from snowflake_rest.network_rule import NetworkRule
from snowflake_rest.runtime import Steps

__all__ = [
    "NetworkRule",
    "NetworkRuleCollection",
    "NetworkRuleResource",
]


class NetworkRuleResource(SchemaObject, Fetched[NetworkRule], Dropped):
    """A network rule."""

    _rest = rest.RESOURCE


class NetworkRuleCollection(SchemaObjects[NetworkRuleResource], ShowLimited[NetworkRuleResource, NetworkRule]):
    """The network rules of the schema."""

    _handle = NetworkRuleResource

    @remote
    def create(self, network_rule: NetworkRule, mode: CreateMode | str | None = None) -> Steps[NetworkRuleResource]:
        """Create a network rule.

        See https://docs.snowflake.com/en/sql-reference/sql/create-network-rule.

        Args:
            network_rule: What to create; a dict with the fields of NetworkRule will do, too.
            mode: What to do if one of this name exists: `error_if_exists` (the default) raises ConflictError,
                `or_replace` replaces it, `if_not_exists` leaves it as it is.
        """
        network_rule = build_model(NetworkRule, network_rule)
        yield from rest.create_network_rule(*self.path, network_rule, create_mode=encode_mode(mode))
        return self[network_rule.name]

    create_async = twin(create)
