# Generated from specs/warehouse.yaml by `make generate`. Do not edit.
"""Warehouses are the compute that runs queries and other statements. They cost credits while they run and can suspend
and resume by themselves. See https://docs.snowflake.com/en/user-guide/warehouses-overview.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from .common import IDENTIFIER, TagAssignment, TagReference
from .runtime import (
    BOOLEAN,
    DATETIME,
    INTEGER,
    STRING,
    Array,
    Choice,
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
class Warehouse(Model):
    """A warehouse.

    Args:
        name: The name of the warehouse.
        warehouse_type: The type, such as `STANDARD` (the default), `SNOWPARK-OPTIMIZED` for more memory, or
            `ADAPTIVE`.
        warehouse_size: The size, from `XSMALL` (the default) to `X6LARGE`; each step doubles the compute and the
            credits per hour. Known values: `XSMALL`, `SMALL`, `MEDIUM`, `LARGE`, `XLARGE`, `XXLARGE`, `XXXLARGE`,
            `X4LARGE`, `X5LARGE`, `X6LARGE`.
        wait_for_completion: Whether a change of size waits until the new compute is ready; default `false`. One of
            `true`, `false`.
        max_cluster_count: How many clusters may run at once; default 1. More than 1 needs Enterprise Edition.
        min_cluster_count: How many clusters run at least, while the warehouse runs; default 1.
        scaling_policy: When clusters are added, `STANDARD` (the default) to avoid queues or `ECONOMY` to save
            credits.
        auto_suspend: After how many seconds without a statement the warehouse suspends; 0 for never, default 600.
        auto_resume: Whether a statement resumes the warehouse when it is suspended; default `true`. One of `true`,
            `false`.
        initially_suspended: Whether the new warehouse is created suspended; default `false`. One of `true`, `false`.
        resource_monitor: The resource monitor that limits the warehouse's credits; none by default.
        comment: Text that describes the warehouse.
        enable_query_acceleration: Whether parts of large queries may run on additional, serverless compute; default
            `false`. One of `true`, `false`.
        query_acceleration_max_scale_factor: How much compute acceleration may add, as a multiple of the warehouse's
            own, from 0 to 100; 0 for no limit, default 8.
        max_concurrency_level: How many statements a cluster runs at once, roughly, before others wait; default 8.
        statement_queued_timeout_in_seconds: After how many seconds of waiting a statement is cancelled; 0 for never,
            the default.
        statement_timeout_in_seconds: After how many seconds of running a statement is cancelled, from 0 to 604,800
            (seven days); default 172,800 (two days).
        type: Deprecated; use `warehouse_type`.
        size: Deprecated; use `warehouse_size`.
        warehouse_credit_limit: How many credits the warehouse may use; no limit by default.
        target_statement_size: The size meant for statements, in the names of `warehouse_size`; unset by default.
            Known values: `XSMALL`, `SMALL`, `MEDIUM`, `LARGE`, `XLARGE`, `XXLARGE`, `XXXLARGE`, `X4LARGE`,
            `X5LARGE`, `X6LARGE`.
        query_throughput_multiplier: For how many queries at the highest performance level an adaptive warehouse has
            room; 0 for no limit, default 2.
        max_query_performance_level: The most compute that an adaptive warehouse gives a query, as a warehouse size;
            default `XLARGE`. Known values: `XSMALL`, `SMALL`, `MEDIUM`, `LARGE`, `XLARGE`, `XXLARGE`, `XXXLARGE`,
            `X4LARGE`, `X5LARGE`, `X6LARGE`.

    Attributes:
        state (set by the server): What the warehouse is doing, such as `STARTED`, `SUSPENDED` or `RESIZING`. Known
            values: `STARTING`, `STARTED`, `SUSPENDING`, `SUSPENDED`, `RESIZING`, `RESUMING`.
        started_clusters (set by the server): The number of clusters that are running.
        running (set by the server): The number of statements that are running.
        queued (set by the server): The number of statements that are waiting.
        is_default (set by the server): Whether it is the default warehouse of the user.
        is_current (set by the server): Whether it is the current warehouse of the session.
        available (set by the server): The share of the compute that is ready, in percent.
        provisioning (set by the server): The share of the compute that is starting, in percent.
        quiescing (set by the server): The share of the compute that stops once its statements have ended, in
            percent.
        other (set by the server): The share of the compute that is in another state, in percent.
        created_on (set by the server): When the warehouse was created.
        resumed_on (set by the server): When the warehouse was last started.
        updated_on (set by the server): When the warehouse was last changed.
        owner (set by the server): The role that owns the warehouse.
        budget (set by the server): The budget that watches the warehouse's spending, if any.
        kind (set by the server): Deprecated. The kind of object.
        owner_role_type (set by the server): The kind of role that owns the warehouse, such as `ROLE`.
    """

    name: str = field(IDENTIFIER, kw_only=False)
    """The name of the warehouse."""
    warehouse_type: Literal["STANDARD", "SNOWPARK-OPTIMIZED", "ADAPTIVE"] | str | None = field(
        STRING, default=None, kw_only=False
    )
    """The type, such as `STANDARD` (the default), `SNOWPARK-OPTIMIZED` for more memory, or `ADAPTIVE`."""
    warehouse_size: (
        Literal["XSMALL", "SMALL", "MEDIUM", "LARGE", "XLARGE", "XXLARGE", "XXXLARGE", "X4LARGE", "X5LARGE", "X6LARGE"]
        | str
        | None
    ) = field(STRING, default=None, kw_only=False)
    """The size, from `XSMALL` (the default) to `X6LARGE`; each step doubles the compute and the credits per hour. Known
    values: `XSMALL`, `SMALL`, `MEDIUM`, `LARGE`, `XLARGE`, `XXLARGE`, `XXXLARGE`, `X4LARGE`, `X5LARGE`, `X6LARGE`.
    """
    wait_for_completion: Literal["true", "false"] | str | None = field(
        Choice("true", "false"), default=None, kw_only=False
    )
    """Whether a change of size waits until the new compute is ready; default `false`. One of `true`, `false`."""
    max_cluster_count: int | None = field(INTEGER, default=None, kw_only=False)
    """How many clusters may run at once; default 1. More than 1 needs Enterprise Edition."""
    min_cluster_count: int | None = field(INTEGER, default=None, kw_only=False)
    """How many clusters run at least, while the warehouse runs; default 1."""
    scaling_policy: Literal["STANDARD", "ECONOMY"] | str | None = field(STRING, default=None, kw_only=False)
    """When clusters are added, `STANDARD` (the default) to avoid queues or `ECONOMY` to save credits."""
    auto_suspend: int | None = field(INTEGER, default=None, kw_only=False)
    """After how many seconds without a statement the warehouse suspends; 0 for never, default 600."""
    auto_resume: Literal["true", "false"] | str | None = field(Choice("true", "false"), default=None, kw_only=False)
    """Whether a statement resumes the warehouse when it is suspended; default `true`. One of `true`, `false`."""
    initially_suspended: Literal["true", "false"] | str | None = field(
        Choice("true", "false"), default=None, kw_only=False
    )
    """Whether the new warehouse is created suspended; default `false`. One of `true`, `false`."""
    resource_monitor: str | None = field(IDENTIFIER, default=None, kw_only=False)
    """The resource monitor that limits the warehouse's credits; none by default."""
    comment: str | None = field(STRING, default=None, kw_only=False)
    """Text that describes the warehouse."""
    enable_query_acceleration: Literal["true", "false"] | str | None = field(
        Choice("true", "false"), default=None, kw_only=False
    )
    """Whether parts of large queries may run on additional, serverless compute; default `false`. One of `true`,
    `false`.
    """
    query_acceleration_max_scale_factor: int | None = field(INTEGER, default=None, kw_only=False)
    """How much compute acceleration may add, as a multiple of the warehouse's own, from 0 to 100; 0 for no limit,
    default 8.
    """
    max_concurrency_level: int | None = field(INTEGER, default=None, kw_only=False)
    """How many statements a cluster runs at once, roughly, before others wait; default 8."""
    statement_queued_timeout_in_seconds: int | None = field(INTEGER, default=None, kw_only=False)
    """After how many seconds of waiting a statement is cancelled; 0 for never, the default."""
    statement_timeout_in_seconds: int | None = field(INTEGER, default=None, kw_only=False)
    """After how many seconds of running a statement is cancelled, from 0 to 604,800 (seven days); default 172,800 (two
    days).
    """
    type: str | None = field(STRING, default=None, kw_only=False, deprecated="Deprecated; use `warehouse_type`.")
    """Deprecated; use `warehouse_type`."""
    size: str | None = field(STRING, default=None, kw_only=False, deprecated="Deprecated; use `warehouse_size`.")
    """Deprecated; use `warehouse_size`."""
    state: Literal["STARTING", "STARTED", "SUSPENDING", "SUSPENDED", "RESIZING", "RESUMING"] | str | None = field(
        STRING, default=None, read_only=True, kw_only=False
    )
    """What the warehouse is doing, such as `STARTED`, `SUSPENDED` or `RESIZING`. Known values: `STARTING`, `STARTED`,
    `SUSPENDING`, `SUSPENDED`, `RESIZING`, `RESUMING`.
    """
    started_clusters: int | None = field(INTEGER, default=None, read_only=True, kw_only=False)
    """The number of clusters that are running."""
    running: int | None = field(INTEGER, default=None, read_only=True, kw_only=False)
    """The number of statements that are running."""
    queued: int | None = field(INTEGER, default=None, read_only=True, kw_only=False)
    """The number of statements that are waiting."""
    is_default: bool | None = field(BOOLEAN, default=None, read_only=True, kw_only=False)
    """Whether it is the default warehouse of the user."""
    is_current: bool | None = field(BOOLEAN, default=None, read_only=True, kw_only=False)
    """Whether it is the current warehouse of the session."""
    available: str | None = field(STRING, default=None, read_only=True, kw_only=False)
    """The share of the compute that is ready, in percent."""
    provisioning: str | None = field(STRING, default=None, read_only=True, kw_only=False)
    """The share of the compute that is starting, in percent."""
    quiescing: str | None = field(STRING, default=None, read_only=True, kw_only=False)
    """The share of the compute that stops once its statements have ended, in percent."""
    other: str | None = field(STRING, default=None, read_only=True, kw_only=False)
    """The share of the compute that is in another state, in percent."""
    created_on: datetime | None = field(DATETIME, default=None, read_only=True, kw_only=False)
    """When the warehouse was created."""
    resumed_on: datetime | None = field(DATETIME, default=None, read_only=True, kw_only=False)
    """When the warehouse was last started."""
    updated_on: datetime | None = field(DATETIME, default=None, read_only=True, kw_only=False)
    """When the warehouse was last changed."""
    owner: str | None = field(STRING, default=None, read_only=True, kw_only=False)
    """The role that owns the warehouse."""
    budget: str | None = field(STRING, default=None, read_only=True, kw_only=False)
    """The budget that watches the warehouse's spending, if any."""
    kind: str | None = field(STRING, default=None, read_only=True, kw_only=False)
    """Deprecated. The kind of object."""
    owner_role_type: str | None = field(STRING, default=None, read_only=True, kw_only=False)
    """The kind of role that owns the warehouse, such as `ROLE`."""
    warehouse_credit_limit: int | None = field(INTEGER, default=None, kw_only=False)
    """How many credits the warehouse may use; no limit by default."""
    target_statement_size: (
        Literal["XSMALL", "SMALL", "MEDIUM", "LARGE", "XLARGE", "XXLARGE", "XXXLARGE", "X4LARGE", "X5LARGE", "X6LARGE"]
        | str
        | None
    ) = field(STRING, default=None, kw_only=False)
    """The size meant for statements, in the names of `warehouse_size`; unset by default. Known values: `XSMALL`,
    `SMALL`, `MEDIUM`, `LARGE`, `XLARGE`, `XXLARGE`, `XXXLARGE`, `X4LARGE`, `X5LARGE`, `X6LARGE`.
    """
    query_throughput_multiplier: int | None = field(INTEGER, default=None, kw_only=False)
    """For how many queries at the highest performance level an adaptive warehouse has room; 0 for no limit, default 2.
    """
    max_query_performance_level: (
        Literal["XSMALL", "SMALL", "MEDIUM", "LARGE", "XLARGE", "XXLARGE", "XXXLARGE", "X4LARGE", "X5LARGE", "X6LARGE"]
        | str
        | None
    ) = field(STRING, default=None, kw_only=False)
    """The most compute that an adaptive warehouse gives a query, as a warehouse size; default `XLARGE`. Known values:
    `XSMALL`, `SMALL`, `MEDIUM`, `LARGE`, `XLARGE`, `XXLARGE`, `XXXLARGE`, `X4LARGE`, `X5LARGE`, `X6LARGE`.
    """


_WAREHOUSE_LIST = Array(Nested(Warehouse))
_CREATE_MODE = Choice("errorIfExists", "orReplace", "ifNotExists")
_WAREHOUSE = Nested(Warehouse)
_TAG_ASSIGNMENT_LIST = Array(Nested(TagAssignment))
_TAG_REFERENCE_LIST = Array(Nested(TagReference))


def list_warehouses(*, like: str | None = None) -> Operation[list[Warehouse]]:
    """The warehouses of the account.

    Args:
        like: Only the objects whose name matches this SQL pattern (`%` any text, `_` one character), whatever the
            case.
    """
    return Operation(
        id="listWarehouses",
        method="GET",
        path="/api/v2/warehouses",
        query={"like": argument("like", STRING, like)},
        answer=_WAREHOUSE_LIST,
    )


def create_warehouse(
    warehouse: Warehouse, *, create_mode: Literal["errorIfExists", "orReplace", "ifNotExists"] | str | None = None
) -> Operation[None]:
    """Create a warehouse.

    It starts right away unless `initially_suspended` is set. See
    https://docs.snowflake.com/en/sql-reference/sql/create-warehouse.

    Args:
        warehouse: A warehouse.
        create_mode: What to do when an object of this name exists; fail, replace it, or leave it as it is. The
            server's default is `errorIfExists`.
    """
    return Operation(
        id="createWarehouse",
        method="POST",
        path="/api/v2/warehouses",
        query={"createMode": argument("create_mode", _CREATE_MODE, create_mode)},
        body=body("warehouse", _WAREHOUSE, warehouse, required=True),
    )


def fetch_warehouse(name: str) -> Operation[Warehouse]:
    """Fetch a warehouse.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
    """
    return Operation(
        id="fetchWarehouse",
        method="GET",
        path=f"/api/v2/warehouses/{segment('name', name)}",
        answer=_WAREHOUSE,
    )


def create_or_alter_warehouse(name: str, warehouse: Warehouse) -> Operation[None]:
    """Create the warehouse, or change it to match the description.

    What the description leaves out goes back to its default. See
    https://docs.snowflake.com/en/sql-reference/sql/create-or-alter.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        warehouse: A warehouse.
    """
    return Operation(
        id="createOrAlterWarehouse",
        method="PUT",
        path=f"/api/v2/warehouses/{segment('name', name)}",
        body=body("warehouse", _WAREHOUSE, warehouse, required=True),
    )


def delete_warehouse(name: str, *, if_exists: bool | None = None) -> Operation[None]:
    """Drop the warehouse.

    A dropped warehouse can't be restored. See https://docs.snowflake.com/en/sql-reference/sql/drop-warehouse.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="deleteWarehouse",
        method="DELETE",
        path=f"/api/v2/warehouses/{segment('name', name)}",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
    )


def resume_warehouse(name: str, *, if_exists: bool | None = None) -> Operation[None]:
    """Resume the warehouse.

    See https://docs.snowflake.com/en/sql-reference/sql/alter-warehouse.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="resumeWarehouse",
        method="POST",
        path=f"/api/v2/warehouses/{segment('name', name)}:resume",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
    )


def suspend_warehouse(name: str, *, if_exists: bool | None = None) -> Operation[None]:
    """Suspend the warehouse.

    Statements that are running may end first. See https://docs.snowflake.com/en/sql-reference/sql/alter-warehouse.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="suspendWarehouse",
        method="POST",
        path=f"/api/v2/warehouses/{segment('name', name)}:suspend",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
    )


def rename_warehouse(name: str, warehouse: Warehouse, *, if_exists: bool | None = None) -> Operation[None]:
    """Rename the warehouse.

    The new name is the `name` of the body. See https://docs.snowflake.com/en/sql-reference/sql/alter-warehouse.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        warehouse: A warehouse.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="renameWarehouse",
        method="POST",
        path=f"/api/v2/warehouses/{segment('name', name)}:rename",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
        body=body("warehouse", _WAREHOUSE, warehouse, required=True),
    )


def abort_all_queries_on_warehouse(name: str, *, if_exists: bool | None = None) -> Operation[None]:
    """Abort all statements that run or wait on the warehouse.

    See https://docs.snowflake.com/en/sql-reference/sql/alter-warehouse.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="abortAllQueriesOnWarehouse",
        method="POST",
        path=f"/api/v2/warehouses/{segment('name', name)}:abort",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
    )


def use_warehouse(name: str) -> Operation[None]:
    """Deprecated; name the warehouse in the connection or where it is needed.

    Deprecated.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
    """
    return Operation(
        id="useWarehouse",
        method="POST",
        path=f"/api/v2/warehouses/{segment('name', name)}:use",
    )


def enable_warehouse(name: str, *, if_exists: bool | None = None) -> Operation[None]:
    """Let the adaptive warehouse take statements again.

    See https://docs.snowflake.com/en/user-guide/warehouses-adaptive.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="enableWarehouse",
        method="POST",
        path=f"/api/v2/warehouses/{segment('name', name)}:enable",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
    )


def disable_warehouse(name: str, *, if_exists: bool | None = None) -> Operation[None]:
    """Stop the adaptive warehouse from taking statements.

    See https://docs.snowflake.com/en/user-guide/warehouses-adaptive.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="disableWarehouse",
        method="POST",
        path=f"/api/v2/warehouses/{segment('name', name)}:disable",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
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
        path=f"/api/v2/warehouses/{segment('name', name)}:set-tags",
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
        path=f"/api/v2/warehouses/{segment('name', name)}:unset-tags",
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
        path=f"/api/v2/warehouses/{segment('name', name)}:get-tags",
        query={"withLineage": argument("with_lineage", BOOLEAN, with_lineage)},
        answer=_TAG_ASSIGNMENT_LIST,
    )


RESOURCE = Resource(
    name="warehouse",
    collection="/api/v2/warehouses",
    model=Warehouse,
    list=list_warehouses,
    create=create_warehouse,
    fetch=fetch_warehouse,
    create_or_alter=create_or_alter_warehouse,
    drop=delete_warehouse,
    rename=rename_warehouse,
    set_tags=set_tags,
    unset_tags=unset_tags,
    get_tags=get_tags,
)
