"""Compute pools: the nodes that run services. See https://docs.snowflake.com/en/developer-guide/snowpark-container-services/working-with-compute-pool."""

from __future__ import annotations

from collections.abc import Iterator

from snowflake_rest import compute_pool as rest
from snowflake_rest.compute_pool import ComputePool, ComputePoolInstanceFamily
from snowflake_rest.runtime import Steps

from ._client import Listing, Whole
from ._collections import AccountObjects
from ._common import CreateMode, wire_mode
from ._handles import AccountObject, Dropped, Fetched, Tagged
from ._methods import build_model, deprecate_name, remote, twin

ComputePoolModel = ComputePool

__all__ = [
    "ComputePool",
    "ComputePoolCollection",
    "ComputePoolInstanceFamily",
    "ComputePoolModel",
    "ComputePoolResource",
]


class ComputePoolResource(AccountObject, Fetched[ComputePool], Dropped, Tagged):
    """A compute pool."""

    _rest = rest.RESOURCE

    @remote
    def create_or_alter(self, compute_pool: ComputePool) -> Steps[None]:
        """Make the compute pool as described: create it, or change what differs. ValueError for another name."""
        compute_pool = build_model(ComputePool, compute_pool)
        self.expect(compute_pool.name, "compute_pool")
        return rest.create_or_alter_compute_pool(*self.path, compute_pool)

    @remote
    def resume(self) -> Steps[None]:
        """Start the nodes of the pool."""
        return rest.resume_compute_pool(*self.path)

    @remote
    def suspend(self) -> Steps[None]:
        """Stop the nodes of the pool, and with them the services that run there."""
        return rest.suspend_compute_pool(*self.path)

    @remote
    def stop_all_services(self) -> Steps[None]:
        """Drop every service and job of the pool."""
        return rest.stop_all_services_in_compute_pool(*self.path)

    @remote
    def list_instance_families(self) -> Steps[list[ComputePoolInstanceFamily]]:
        """The kinds of nodes that a pool can be made of."""
        return Whole(rest.list_compute_pool_instance_families())

    create_or_alter_async = twin(create_or_alter)
    resume_async = twin(resume)
    suspend_async = twin(suspend)
    stop_all_services_async = twin(stop_all_services)
    list_instance_families_async = twin(list_instance_families)
    delete = deprecate_name("delete", Dropped.drop)


class ComputePoolCollection(AccountObjects[ComputePoolResource]):
    """The compute pools of the account."""

    _handle = ComputePoolResource

    @remote
    def create(
        self,
        compute_pool: ComputePool,
        *,
        mode: CreateMode = CreateMode.error_if_exists,
        initially_suspended: bool = False,
    ) -> Steps[ComputePoolResource]:
        """Create a compute pool. ConflictError if it exists, unless `mode` is `or_replace` or `if_not_exists`.

        initially_suspended: its nodes are not started yet; default False.
        """
        compute_pool = build_model(ComputePool, compute_pool)
        yield from rest.create_compute_pool(
            compute_pool, create_mode=wire_mode(mode), initially_suspended=initially_suspended
        )
        return self[compute_pool.name]

    @remote
    def iter(
        self, *, like: str | None = None, starts_with: str | None = None, limit: int | None = None
    ) -> Steps[Iterator[ComputePool]]:
        """The compute pools.

        like: only those whose name matches this SQL pattern, in any case. starts_with: only those whose name starts
        with this, in this case. limit: at most so many, up to 10,000.
        """
        return Listing(rest.list_compute_pools(like=like, starts_with=starts_with, show_limit=limit))

    create_async = twin(create)
    iter_async = twin(iter)
