# Generated from specs/compute-pool.yaml by `make generate`. Do not edit.
"""Compute pools are the virtual machines that run services and jobs of Snowpark Container Services. Snowflake adds and
removes nodes as the load asks for. See
https://docs.snowflake.com/en/developer-guide/snowpark-container-services/working-with-compute-pool.
"""

from __future__ import annotations

from collections.abc import Iterator

from snowcore._client import Listing, Whole
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
from snowcore._methods import build_model, deprecate_name, remote, twin
from snowflake_rest import compute_pool as rest
from snowflake_rest.compute_pool import ComputePool, ComputePoolInstanceFamily
from snowflake_rest.runtime import Steps

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
        """Create the compute pool, or change it to match the description.

        See https://docs.snowflake.com/en/sql-reference/sql/alter-compute-pool.

        ValueError if the description is of another name.
        """
        compute_pool = build_model(ComputePool, compute_pool)
        self.expect(compute_pool.name, "compute_pool")
        return rest.create_or_alter_compute_pool(*self.path, compute_pool)

    create_or_alter_async = twin(create_or_alter)

    @remote
    def resume(self) -> Steps[None]:
        """Resume the compute pool.

        See https://docs.snowflake.com/en/sql-reference/sql/alter-compute-pool.
        """
        return rest.resume_compute_pool(*self.path)

    resume_async = twin(resume)

    @remote
    def suspend(self) -> Steps[None]:
        """Suspend the compute pool.

        Its services are suspended at once; its nodes go when the jobs on them have ended. See
        https://docs.snowflake.com/en/sql-reference/sql/alter-compute-pool.
        """
        return rest.suspend_compute_pool(*self.path)

    suspend_async = twin(suspend)

    @remote
    def stop_all_services(self) -> Steps[None]:
        """Drop all services and cancel all jobs of the compute pool.

        The services are gone for good, not merely suspended. See
        https://docs.snowflake.com/en/sql-reference/sql/alter-compute-pool.
        """
        return rest.stop_all_services_in_compute_pool(*self.path)

    stop_all_services_async = twin(stop_all_services)

    @remote
    def list_instance_families(self) -> Steps[list[ComputePoolInstanceFamily]]:
        """The instance families that compute pools can have."""
        return Whole(rest.list_compute_pool_instance_families())

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
        """Create a compute pool.

        Its nodes start right away. See https://docs.snowflake.com/en/sql-reference/sql/create-compute-pool.

        Args:
            compute_pool: What to create; a dict with the fields of ComputePool will do, too.
            mode: What to do if one of this name exists: `error_if_exists` (the default) raises ConflictError,
                `or_replace` replaces it, `if_not_exists` leaves it as it is.
            initially_suspended: Create the compute pool suspended, without nodes; default false.
        """
        compute_pool = build_model(ComputePool, compute_pool)
        yield from rest.create_compute_pool(
            compute_pool, create_mode=encode_mode(mode), initially_suspended=initially_suspended
        )
        return self[compute_pool.name]

    create_async = twin(create)

    @remote
    def iter(
        self, *, like: str | None = None, starts_with: str | None = None, limit: int | None = None
    ) -> Steps[Iterator[ComputePool]]:
        """The compute pools of the account.

        Args:
            like: Only the objects whose name matches this SQL pattern (`%` any text, `_` one character), whatever
                the case.
            starts_with: Only the objects whose name starts with this text, in exactly this case.
            limit: At most this many objects, from 1 to 10,000.
        """
        return Listing(rest.list_compute_pools(like=like, starts_with=starts_with, show_limit=limit))

    iter_async = twin(iter)
