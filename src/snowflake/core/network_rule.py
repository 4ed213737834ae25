"""Network rules: what network policies are made of. See https://docs.snowflake.com/en/user-guide/network-rules."""

from __future__ import annotations

from collections.abc import Iterator

from snowflake_rest import network_rule as rest
from snowflake_rest.network_rule import NetworkRule
from snowflake_rest.runtime import Steps

from ._client import Listing
from ._common import CreateMode, wire_mode
from ._reference import Dropped, Fetched, SchemaObject, SchemaObjects, named, one_limit, remote, twin

__all__ = ["NetworkRule", "NetworkRuleCollection", "NetworkRuleResource"]


class NetworkRuleResource(SchemaObject, Fetched[NetworkRule], Dropped):
    """A network rule."""

    _rest = rest.RESOURCE


class NetworkRuleCollection(SchemaObjects[NetworkRuleResource]):
    """The network rules of a schema."""

    _handle = NetworkRuleResource

    @remote
    def create(self, network_rule: NetworkRule, mode: CreateMode | str | None = None) -> Steps[NetworkRuleResource]:
        """Create a network rule. ConflictError if one of this name exists, unless `mode` says otherwise."""
        network_rule = named(NetworkRule, network_rule)
        yield from rest.create_network_rule(*self.path, network_rule, create_mode=wire_mode(mode))
        return self[network_rule.name]

    @remote
    def iter(
        self,
        *,
        like: str | None = None,
        starts_with: str | None = None,
        limit: int | None = None,
        from_name: str | None = None,
        show_limit: int | None = None,
    ) -> Steps[Iterator[NetworkRule]]:
        """The network rules.

        like: only those whose name matches this SQL pattern, in any case. starts_with: only those whose name starts
        with this, in this case. limit: at most so many, up to 10,000. from_name: only those after the first whose name
        starts with this. show_limit: deprecated, use limit.
        """
        limit = one_limit(limit, show_limit)
        return Listing(
            rest.list_network_rules(
                *self.path, like=like, starts_with=starts_with, show_limit=limit, from_name=from_name
            )
        )

    create_async = twin(create)
    iter_async = twin(iter)
