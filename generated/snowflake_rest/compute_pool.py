# Generated from specs/compute-pool.yaml by `make generate`. Do not edit.
"""Compute pools are the virtual machines that run services and jobs of Snowpark Container Services. Snowflake adds and
removes nodes as the load asks for. See
https://docs.snowflake.com/en/developer-guide/snowpark-container-services/working-with-compute-pool.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from .common import IDENTIFIER, TagAssignment, TagReference
from .runtime import (
    BOOLEAN,
    DATETIME,
    INTEGER,
    NUMBER,
    STRING,
    Array,
    Choice,
    Integer,
    Model,
    Nested,
    Operation,
    Resource,
    argument,
    body,
    field,
    model,
    segment,
)


@model
class ComputePool(Model):
    """A compute pool.

    Args:
        name: The name of the compute pool.
        min_nodes: How many nodes the pool has at least, while it runs; 1 or more.
        max_nodes: How many nodes the pool may grow to; `min_nodes` or more.
        instance_family: The type of machine of each node; `list_instance_families()` tells which ones the account
            can have. Known values: `CPU_X64_XS`, `CPU_X64_S`, `CPU_X64_M`, `CPU_X64_SL`, `CPU_X64_L`,
            `HIGHMEM_X64_S`, `HIGHMEM_X64_M`, `HIGHMEM_X64_SL`, `HIGHMEM_X64_L`, `GPU_NV_XS`, `GPU_NV_S`,
            `GPU_NV_SM`, `GPU_NV_M`, `GPU_NV_2M`, `GPU_NV_3M`, `GPU_NV_SL`, `GPU_NV_L`.
        auto_resume: Whether a service or job that starts resumes the pool when it is suspended; default true.
        comment: Text that describes the compute pool.
        auto_suspend_secs: After how many seconds without services and jobs the pool suspends; 0 for never, default
            3600.

    Attributes:
        state (set by the server): What the pool is doing. It is `ACTIVE` with services or jobs and `IDLE` without.
            One of `UNKNOWN`, `STARTING`, `IDLE`, `ACTIVE`, `STOPPING`, `SUSPENDED`, `RESIZING`.
        num_services (set by the server): The number of services and jobs on the pool.
        num_jobs (set by the server): The number of jobs on the pool.
        active_nodes (set by the server): The number of nodes that run something.
        idle_nodes (set by the server): The number of nodes that run nothing.
        target_nodes (set by the server): The number of nodes that Snowflake is scaling the pool to.
        created_on (set by the server): When the compute pool was created.
        resumed_on (set by the server): When the compute pool was last resumed.
        updated_on (set by the server): When the compute pool was last changed.
        owner (set by the server): The role that owns the compute pool.
        is_exclusive (set by the server): Whether the pool is for one application alone.
        application (set by the server): The application that the pool is for, if any.
        budget (set by the server): The budget that watches the pool's spending, if any.
        error_code (set by the server): The number of the error that the pool is in, if any.
        status_message (set by the server): The state of the pool in words, such as why it isn't ready.
        desired_nodes (set by the server): The number of nodes that the pool is asked to have, if any was asked for.
        desired_nodes_expire_after (set by the server): Until when `desired_nodes` holds.
        optimize_for_capacity (set by the server): Whether the pool is optimized for capacity.
        placement_group (set by the server): The placement group of the nodes, if any.
    """

    name: str = field(IDENTIFIER, kw_only=False)
    """The name of the compute pool."""
    min_nodes: int = field(INTEGER, kw_only=False)
    """How many nodes the pool has at least, while it runs; 1 or more."""
    max_nodes: int = field(INTEGER, kw_only=False)
    """How many nodes the pool may grow to; `min_nodes` or more."""
    instance_family: (
        Literal[
            "CPU_X64_XS",
            "CPU_X64_S",
            "CPU_X64_M",
            "CPU_X64_SL",
            "CPU_X64_L",
            "HIGHMEM_X64_S",
            "HIGHMEM_X64_M",
            "HIGHMEM_X64_SL",
            "HIGHMEM_X64_L",
            "GPU_NV_XS",
            "GPU_NV_S",
            "GPU_NV_SM",
            "GPU_NV_M",
            "GPU_NV_2M",
            "GPU_NV_3M",
            "GPU_NV_SL",
            "GPU_NV_L",
        ]
        | str
    ) = field(STRING, kw_only=False)
    """The type of machine of each node; `list_instance_families()` tells which ones the account can have. Known values:
    `CPU_X64_XS`, `CPU_X64_S`, `CPU_X64_M`, `CPU_X64_SL`, `CPU_X64_L`, `HIGHMEM_X64_S`, `HIGHMEM_X64_M`,
    `HIGHMEM_X64_SL`, `HIGHMEM_X64_L`, `GPU_NV_XS`, `GPU_NV_S`, `GPU_NV_SM`, `GPU_NV_M`, `GPU_NV_2M`, `GPU_NV_3M`,
    `GPU_NV_SL`, `GPU_NV_L`.
    """
    auto_resume: bool | None = field(BOOLEAN, default=None, kw_only=False)
    """Whether a service or job that starts resumes the pool when it is suspended; default true."""
    comment: str | None = field(STRING, default=None, kw_only=False)
    """Text that describes the compute pool."""
    state: Literal["UNKNOWN", "STARTING", "IDLE", "ACTIVE", "STOPPING", "SUSPENDED", "RESIZING"] | str | None = field(
        Choice("UNKNOWN", "STARTING", "IDLE", "ACTIVE", "STOPPING", "SUSPENDED", "RESIZING"),
        default=None,
        read_only=True,
        kw_only=False,
    )
    """What the pool is doing. It is `ACTIVE` with services or jobs and `IDLE` without. One of `UNKNOWN`, `STARTING`,
    `IDLE`, `ACTIVE`, `STOPPING`, `SUSPENDED`, `RESIZING`.
    """
    num_services: int | None = field(INTEGER, default=None, read_only=True, kw_only=False)
    """The number of services and jobs on the pool."""
    num_jobs: int | None = field(INTEGER, default=None, read_only=True, kw_only=False)
    """The number of jobs on the pool."""
    auto_suspend_secs: int | None = field(INTEGER, default=None, kw_only=False)
    """After how many seconds without services and jobs the pool suspends; 0 for never, default 3600."""
    active_nodes: int | None = field(INTEGER, default=None, read_only=True, kw_only=False)
    """The number of nodes that run something."""
    idle_nodes: int | None = field(INTEGER, default=None, read_only=True, kw_only=False)
    """The number of nodes that run nothing."""
    target_nodes: int | None = field(INTEGER, default=None, read_only=True, kw_only=False)
    """The number of nodes that Snowflake is scaling the pool to."""
    created_on: datetime | None = field(DATETIME, default=None, read_only=True, kw_only=False)
    """When the compute pool was created."""
    resumed_on: datetime | None = field(DATETIME, default=None, read_only=True, kw_only=False)
    """When the compute pool was last resumed."""
    updated_on: datetime | None = field(DATETIME, default=None, read_only=True, kw_only=False)
    """When the compute pool was last changed."""
    owner: str | None = field(STRING, default=None, read_only=True, kw_only=False)
    """The role that owns the compute pool."""
    is_exclusive: bool | None = field(BOOLEAN, default=None, read_only=True, kw_only=False)
    """Whether the pool is for one application alone."""
    application: str | None = field(STRING, default=None, read_only=True, kw_only=False)
    """The application that the pool is for, if any."""
    budget: str | None = field(STRING, default=None, read_only=True, kw_only=False)
    """The budget that watches the pool's spending, if any."""
    error_code: str | None = field(STRING, default=None, read_only=True, kw_only=False)
    """The number of the error that the pool is in, if any."""
    status_message: str | None = field(STRING, default=None, read_only=True, kw_only=False)
    """The state of the pool in words, such as why it isn't ready."""
    desired_nodes: int | None = field(INTEGER, default=None, read_only=True, kw_only=False)
    """The number of nodes that the pool is asked to have, if any was asked for."""
    desired_nodes_expire_after: datetime | None = field(DATETIME, default=None, read_only=True, kw_only=False)
    """Until when `desired_nodes` holds."""
    optimize_for_capacity: bool | None = field(BOOLEAN, default=None, read_only=True, kw_only=False)
    """Whether the pool is optimized for capacity."""
    placement_group: str | None = field(STRING, default=None, read_only=True, kw_only=False)
    """The placement group of the nodes, if any."""


@model
class ComputePoolInstanceFamily(Model):
    """A type of machine for the nodes of compute pools.

    Args:
        name: The name of the family, for `instance_family` of a compute pool.
        description: What the family is meant for.
        vcpu: The virtual CPUs of a node.
        memory_gib: The memory of a node, in GiB.
        storage_gib: The storage of a node, in GiB.
        gpu: The model of the GPUs, if any.
        gpu_count: The GPUs of a node.
        gpu_memory_gib: The memory of a GPU, in GiB.
        current_node_usage: The nodes of the family that are in use now.
        message: What else there is to know of the family, if anything.
    """

    name: str | None = field(STRING, default=None)
    """The name of the family, for `instance_family` of a compute pool."""
    description: str | None = field(STRING, default=None)
    """What the family is meant for."""
    vcpu: int | None = field(INTEGER, default=None)
    """The virtual CPUs of a node."""
    memory_gib: int | None = field(INTEGER, default=None)
    """The memory of a node, in GiB."""
    storage_gib: float | None = field(NUMBER, default=None)
    """The storage of a node, in GiB."""
    gpu: str | None = field(STRING, default=None)
    """The model of the GPUs, if any."""
    gpu_count: int | None = field(INTEGER, default=None)
    """The GPUs of a node."""
    gpu_memory_gib: int | None = field(INTEGER, default=None)
    """The memory of a GPU, in GiB."""
    current_node_usage: int | None = field(INTEGER, default=None)
    """The nodes of the family that are in use now."""
    message: str | None = field(STRING, default=None)
    """What else there is to know of the family, if anything."""


_SHOW_LIMIT = Integer(minimum=1, maximum=10000)
_COMPUTE_POOL_LIST = Array(Nested(ComputePool))
_CREATE_MODE = Choice("errorIfExists", "orReplace", "ifNotExists")
_COMPUTE_POOL = Nested(ComputePool)
_COMPUTE_POOL_INSTANCE_FAMILY_LIST = Array(Nested(ComputePoolInstanceFamily))
_TAG_ASSIGNMENT_LIST = Array(Nested(TagAssignment))
_TAG_REFERENCE_LIST = Array(Nested(TagReference))


def list_compute_pools(
    *, like: str | None = None, starts_with: str | None = None, show_limit: int | None = None
) -> Operation[list[ComputePool]]:
    """The compute pools of the account.

    Args:
        like: Only the objects whose name matches this SQL pattern (`%` any text, `_` one character), whatever the
            case.
        starts_with: Only the objects whose name starts with this text, in exactly this case.
        show_limit: At most this many objects, from 1 to 10,000.
    """
    return Operation(
        id="listComputePools",
        method="GET",
        path="/api/v2/compute-pools",
        query={
            "like": argument("like", STRING, like),
            "startsWith": argument("starts_with", STRING, starts_with),
            "showLimit": argument("show_limit", _SHOW_LIMIT, show_limit),
        },
        answer=_COMPUTE_POOL_LIST,
    )


def create_compute_pool(
    compute_pool: ComputePool,
    *,
    create_mode: Literal["errorIfExists", "orReplace", "ifNotExists"] | str | None = None,
    initially_suspended: bool | None = None,
) -> Operation[None]:
    """Create a compute pool.

    Its nodes start right away. See https://docs.snowflake.com/en/sql-reference/sql/create-compute-pool.

    Args:
        compute_pool: A compute pool.
        create_mode: What to do when an object of this name exists; fail, replace it, or leave it as it is. The
            server's default is `errorIfExists`.
        initially_suspended: Create the compute pool suspended, without nodes; default false.
    """
    return Operation(
        id="createComputePool",
        method="POST",
        path="/api/v2/compute-pools",
        query={
            "createMode": argument("create_mode", _CREATE_MODE, create_mode),
            "initiallySuspended": argument("initially_suspended", BOOLEAN, initially_suspended),
        },
        body=body("compute_pool", _COMPUTE_POOL, compute_pool, required=True),
    )


def fetch_compute_pool(name: str) -> Operation[ComputePool]:
    """Fetch a compute pool.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
    """
    return Operation(
        id="fetchComputePool",
        method="GET",
        path=f"/api/v2/compute-pools/{segment('name', name)}",
        answer=_COMPUTE_POOL,
    )


def create_or_alter_compute_pool(name: str, compute_pool: ComputePool) -> Operation[None]:
    """Create the compute pool, or change it to match the description.

    See https://docs.snowflake.com/en/sql-reference/sql/alter-compute-pool.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        compute_pool: A compute pool.
    """
    return Operation(
        id="createOrAlterComputePool",
        method="PUT",
        path=f"/api/v2/compute-pools/{segment('name', name)}",
        body=body("compute_pool", _COMPUTE_POOL, compute_pool, required=True),
    )


def delete_compute_pool(name: str, *, if_exists: bool | None = None) -> Operation[None]:
    """Drop the compute pool.

    Nothing may run on it any more, see `stopAllServicesInComputePool`. See
    https://docs.snowflake.com/en/sql-reference/sql/drop-compute-pool.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="deleteComputePool",
        method="DELETE",
        path=f"/api/v2/compute-pools/{segment('name', name)}",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
    )


def resume_compute_pool(name: str) -> Operation[None]:
    """Resume the compute pool.

    See https://docs.snowflake.com/en/sql-reference/sql/alter-compute-pool.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
    """
    return Operation(
        id="resumeComputePool",
        method="POST",
        path=f"/api/v2/compute-pools/{segment('name', name)}:resume",
    )


def suspend_compute_pool(name: str) -> Operation[None]:
    """Suspend the compute pool.

    Its services are suspended at once; its nodes go when the jobs on them have ended. See
    https://docs.snowflake.com/en/sql-reference/sql/alter-compute-pool.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
    """
    return Operation(
        id="suspendComputePool",
        method="POST",
        path=f"/api/v2/compute-pools/{segment('name', name)}:suspend",
    )


def stop_all_services_in_compute_pool_deprecated(name: str) -> Operation[None]:
    """Deprecated; use `stopAllServicesInComputePool`.

    Deprecated.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
    """
    return Operation(
        id="stopAllServicesInComputePoolDeprecated",
        method="POST",
        path=f"/api/v2/compute-pools/{segment('name', name)}:stopallservices",
    )


def stop_all_services_in_compute_pool(name: str) -> Operation[None]:
    """Drop all services and cancel all jobs of the compute pool.

    The services are gone for good, not merely suspended. See
    https://docs.snowflake.com/en/sql-reference/sql/alter-compute-pool.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
    """
    return Operation(
        id="stopAllServicesInComputePool",
        method="POST",
        path=f"/api/v2/compute-pools/{segment('name', name)}:stop-all-services",
    )


def list_compute_pool_instance_families() -> Operation[list[ComputePoolInstanceFamily]]:
    """The instance families that compute pools can have."""
    return Operation(
        id="listComputePoolInstanceFamilies",
        method="GET",
        path="/api/v2/compute-pools/instance-families",
        answer=_COMPUTE_POOL_INSTANCE_FAMILY_LIST,
    )


def set_tags(name: str, tags: list[TagAssignment], *, if_exists: bool | None = None) -> Operation[None]:
    """Set tags on the object, each with a value. Tags that are not named keep their values.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="setTags",
        method="POST",
        path=f"/api/v2/compute-pools/{segment('name', name)}:set-tags",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
        body=body("tags", _TAG_ASSIGNMENT_LIST, tags, required=True),
    )


def unset_tags(name: str, tags: list[TagReference], *, if_exists: bool | None = None) -> Operation[None]:
    """Take tags off the object.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="unsetTags",
        method="POST",
        path=f"/api/v2/compute-pools/{segment('name', name)}:unset-tags",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
        body=body("tags", _TAG_REFERENCE_LIST, tags, required=True),
    )


def get_tags(name: str, *, with_lineage: bool | None = None) -> Operation[list[TagAssignment]]:
    """The tags that are set on the object.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        with_lineage: Include the tags that the object inherits from the schema, database or account around it. The
            server's default is `false`.
    """
    return Operation(
        id="getTags",
        method="GET",
        path=f"/api/v2/compute-pools/{segment('name', name)}:get-tags",
        query={"withLineage": argument("with_lineage", BOOLEAN, with_lineage)},
        answer=_TAG_ASSIGNMENT_LIST,
    )


RESOURCE = Resource(
    name="compute_pool",
    collection="/api/v2/compute-pools",
    model=ComputePool,
    list=list_compute_pools,
    create=create_compute_pool,
    fetch=fetch_compute_pool,
    create_or_alter=create_or_alter_compute_pool,
    drop=delete_compute_pool,
    set_tags=set_tags,
    unset_tags=unset_tags,
    get_tags=get_tags,
)
