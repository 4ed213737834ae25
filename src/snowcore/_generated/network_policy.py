# Generated from specs/network-policy.yaml by `make generate`. Do not edit.
"""A network policy says from which networks Snowflake accepts logins and requests. It does nothing until it is set on
the account, a user or a security integration. See https://docs.snowflake.com/en/user-guide/network-policies.
"""

from __future__ import annotations

from collections.abc import Iterator

from snowcore._client import Listing
from snowcore._collections import (
    AccountObjects,
)
from snowcore._common import CreateMode, encode_mode
from snowcore._handles import (
    AccountObject,
    Dropped,
    Fetched,
    Tagged,
)
from snowcore._methods import build_model, remote, twin
from snowflake_rest import network_policy as rest
from snowflake_rest.network_policy import NetworkPolicy
from snowflake_rest.runtime import Steps

__all__ = [
    "NetworkPolicy",
    "NetworkPolicyCollection",
    "NetworkPolicyResource",
]


class NetworkPolicyResource(AccountObject, Fetched[NetworkPolicy], Dropped, Tagged):
    """A network policy."""

    _rest = rest.RESOURCE


class NetworkPolicyCollection(AccountObjects[NetworkPolicyResource]):
    """The network policies of the account."""

    _handle = NetworkPolicyResource

    @remote
    def create(
        self, network_policy: NetworkPolicy, mode: CreateMode | str | None = None
    ) -> Steps[NetworkPolicyResource]:
        """Create a network policy.

        See https://docs.snowflake.com/en/sql-reference/sql/create-network-policy.

        Args:
            network_policy: What to create; a dict with the fields of NetworkPolicy will do, too.
            mode: What to do if one of this name exists: `error_if_exists` (the default) raises ConflictError,
                `or_replace` replaces it, `if_not_exists` leaves it as it is.
        """
        network_policy = build_model(NetworkPolicy, network_policy)
        yield from rest.create_network_policy(network_policy, create_mode=encode_mode(mode))
        return self[network_policy.name]

    create_async = twin(create)

    @remote
    def iter(self) -> Steps[Iterator[NetworkPolicy]]:
        """The network policies of the account."""
        return Listing(rest.list_network_policies())

    iter_async = twin(iter)
