# Generated from specs/dynamic-table.yaml by `make generate`. Do not edit.
"""A dynamic table holds the result of a query. Snowflake refreshes it in the background so that it stays within a set
lag behind the tables it reads. See https://docs.snowflake.com/en/user-guide/dynamic-tables-about.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from .common import IDENTIFIER, PointOfTime, TagAssignment, TagReference, TargetLag
from .runtime import (
    ANY,
    BOOLEAN,
    DATETIME,
    INTEGER,
    STRING,
    Array,
    Choice,
    Integer,
    Map,
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
class DynamicTableColumn(Model):
    """A column of a dynamic table.

    Args:
        name: The column's name.
        datatype: The column's SQL type, such as `NUMBER(38,0)`. Left out, it is the query's.
        comment: Free text about the column.
    """

    name: str = field(STRING)
    """The column's name."""
    datatype: str | None = field(STRING, default=None)
    """The column's SQL type, such as `NUMBER(38,0)`. Left out, it is the query's."""
    comment: str | None = field(STRING, default=None)
    """Free text about the column."""


@model
class DynamicTable(Model):
    """A table whose content follows from a query and is kept up to date by Snowflake.

    Args:
        name: The dynamic table's name, plain or in double quotes.
        kind: `TRANSIENT` tables have no Fail-safe and keep at most one day of history; `PERMANENT` is the default.
        columns: The columns, in the query's order. Left out, they are those of the query.
        target_lag: How far the content may lag behind the sources, or that the tables that read this one decide it.
        refresh_mode: `INCREMENTAL` refreshes work in what changed, `FULL` ones run the whole query; `ADAPTIVE` ones
            work in what changed until that costs much more than the whole query would. With `AUTO`, the default,
            Snowflake picks one of them when the table is created. `CUSTOM_INCREMENTAL` refreshes run statements of
            your own.
        initialize: When the table is filled for the first time. With `ON_CREATE`, the default, at once, so that
            creating it waits for the data; with `ON_SCHEDULE` at the first refresh that is due.
        warehouse: The warehouse that runs the refreshes.
        cluster_by: The clustering key, one expression per entry. Rows that agree in it are stored close together.
        query: The SELECT whose result the table holds.
        data_retention_time_in_days: For how many days Time Travel can reach back into the table, from 0 to 90.
            Transient tables and Standard Edition allow at most 1.
        max_data_extension_time_in_days: For how many days Snowflake may hold history beyond the retention time so
            that streams on the table do not become stale, from 0 to 90. Default 14.
        comment: Free text about the dynamic table.
        initialization_warehouse: The warehouse that fills the table at first and whenever it has to be built anew;
            `warehouse` then runs only the other refreshes.
        frozen_where: A condition, as an SQL expression. Once written, rows that meet it are left alone by refreshes.
            See https://docs.snowflake.com/en/user-guide/dynamic-tables/frozen-regions.
        backfill_from: A table whose rows are copied in at the start, so that the query need not compute them.
        default_ddl_collation: The collation of the text columns that name none of their own, such as `en-ci`.
        data_metric_schedule: When the table's data metric functions run.
        log_level: The lowest severity of messages about the table that go to the event table, from `TRACE` to
            `FATAL`, or `OFF`. Known values: `TRACE`, `DEBUG`, `INFO`, `WARN`, `ERROR`, `FATAL`, `OFF`.
        row_timestamp: Whether `METADATA$ROW_LAST_COMMIT_TIME` tells for each row when it was last changed. See
            https://docs.snowflake.com/en/user-guide/data-engineering/row-timestamps.

    Attributes:
        created_on (set by the server): When the dynamic table was created.
        database_name (set by the server): The database that holds the dynamic table.
        schema_name (set by the server): The schema that holds the dynamic table.
        rows (set by the server): How many rows the table holds.
        bytes (set by the server): The size of the table's data, in bytes.
        scheduling_state (set by the server): Whether refreshes are being scheduled (`RUNNING`) or not (`SUSPENDED`).
        automatic_clustering (set by the server): Whether Snowflake reorders the rows by the clustering key in the
            background.
        owner (set by the server): The role that owns the dynamic table.
        owner_role_type (set by the server): The kind of role that the owner is, such as `ROLE` or `DATABASE_ROLE`.
        budget (set by the server): The budget that watches what the dynamic table costs, if there is one.
        scheduler (set by the server): Whether Snowflake refreshes the table by itself (`ENABLE`) or only on request
            (`DISABLE`).
        cluster_by_raw (set by the server): The whole clustering key as one string.
        start_at (set by the server): The point from which the table takes in its sources, where one was set.
    """

    name: str = field(STRING)
    """The dynamic table's name, plain or in double quotes."""
    kind: Literal["PERMANENT", "TRANSIENT"] | str | None = field(Choice("PERMANENT", "TRANSIENT"), default="PERMANENT")
    """`TRANSIENT` tables have no Fail-safe and keep at most one day of history; `PERMANENT` is the default."""
    columns: list[DynamicTableColumn] | None = field(Array(Nested(DynamicTableColumn)), default=None)
    """The columns, in the query's order. Left out, they are those of the query."""
    target_lag: TargetLag = field(Nested(TargetLag))
    """How far the content may lag behind the sources, or that the tables that read this one decide it."""
    refresh_mode: Literal["AUTO", "FULL", "INCREMENTAL", "ADAPTIVE", "CUSTOM_INCREMENTAL"] | str | None = field(
        Choice("AUTO", "FULL", "INCREMENTAL", "ADAPTIVE", "CUSTOM_INCREMENTAL"), default=None
    )
    """`INCREMENTAL` refreshes work in what changed, `FULL` ones run the whole query; `ADAPTIVE` ones work in what
    changed until that costs much more than the whole query would. With `AUTO`, the default, Snowflake picks one of
    them when the table is created. `CUSTOM_INCREMENTAL` refreshes run statements of your own.
    """
    initialize: Literal["ON_CREATE", "ON_SCHEDULE"] | str | None = field(
        Choice("ON_CREATE", "ON_SCHEDULE"), default=None
    )
    """When the table is filled for the first time. With `ON_CREATE`, the default, at once, so that creating it waits
    for the data; with `ON_SCHEDULE` at the first refresh that is due.
    """
    warehouse: str = field(STRING)
    """The warehouse that runs the refreshes."""
    cluster_by: list[str] | None = field(Array(STRING), default=None)
    """The clustering key, one expression per entry. Rows that agree in it are stored close together."""
    query: str = field(STRING)
    """The SELECT whose result the table holds."""
    data_retention_time_in_days: int | None = field(INTEGER, default=None)
    """For how many days Time Travel can reach back into the table, from 0 to 90. Transient tables and Standard Edition
    allow at most 1.
    """
    max_data_extension_time_in_days: int | None = field(INTEGER, default=None)
    """For how many days Snowflake may hold history beyond the retention time so that streams on the table do not become
    stale, from 0 to 90. Default 14.
    """
    comment: str | None = field(STRING, default=None)
    """Free text about the dynamic table."""
    created_on: datetime | None = field(DATETIME, default=None, read_only=True)
    """When the dynamic table was created."""
    database_name: str | None = field(STRING, default=None, read_only=True)
    """The database that holds the dynamic table."""
    schema_name: str | None = field(STRING, default=None, read_only=True)
    """The schema that holds the dynamic table."""
    rows: int | None = field(INTEGER, default=None, read_only=True)
    """How many rows the table holds."""
    bytes: int | None = field(INTEGER, default=None, read_only=True)
    """The size of the table's data, in bytes."""
    scheduling_state: Literal["RUNNING", "SUSPENDED"] | str | None = field(
        Choice("RUNNING", "SUSPENDED"), default=None, read_only=True
    )
    """Whether refreshes are being scheduled (`RUNNING`) or not (`SUSPENDED`)."""
    automatic_clustering: bool | None = field(BOOLEAN, default=None, read_only=True)
    """Whether Snowflake reorders the rows by the clustering key in the background."""
    owner: str | None = field(STRING, default=None, read_only=True)
    """The role that owns the dynamic table."""
    owner_role_type: str | None = field(STRING, default=None, read_only=True)
    """The kind of role that the owner is, such as `ROLE` or `DATABASE_ROLE`."""
    budget: str | None = field(STRING, default=None, read_only=True)
    """The budget that watches what the dynamic table costs, if there is one."""
    scheduler: str | None = field(STRING, default=None, read_only=True)
    """Whether Snowflake refreshes the table by itself (`ENABLE`) or only on request (`DISABLE`)."""
    initialization_warehouse: str | None = field(STRING, default=None)
    """The warehouse that fills the table at first and whenever it has to be built anew; `warehouse` then runs only the
    other refreshes.
    """
    cluster_by_raw: str | None = field(STRING, default=None, read_only=True)
    """The whole clustering key as one string."""
    frozen_where: str | None = field(STRING, default=None)
    """A condition, as an SQL expression. Once written, rows that meet it are left alone by refreshes. See
    https://docs.snowflake.com/en/user-guide/dynamic-tables/frozen-regions.
    """
    backfill_from: str | None = field(STRING, default=None)
    """A table whose rows are copied in at the start, so that the query need not compute them."""
    start_at: str | None = field(STRING, default=None, read_only=True)
    """The point from which the table takes in its sources, where one was set."""
    default_ddl_collation: str | None = field(STRING, default=None)
    """The collation of the text columns that name none of their own, such as `en-ci`."""
    data_metric_schedule: dict[str, Any] | None = field(Map(ANY), default=None)
    """When the table's data metric functions run."""
    log_level: Literal["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL", "OFF"] | str | None = field(
        STRING, default=None
    )
    """The lowest severity of messages about the table that go to the event table, from `TRACE` to `FATAL`, or `OFF`.
    Known values: `TRACE`, `DEBUG`, `INFO`, `WARN`, `ERROR`, `FATAL`, `OFF`.
    """
    row_timestamp: bool | None = field(BOOLEAN, default=None)
    """Whether `METADATA$ROW_LAST_COMMIT_TIME` tells for each row when it was last changed. See
    https://docs.snowflake.com/en/user-guide/data-engineering/row-timestamps.
    """


@model
class DynamicTableClone(Model):
    """The dynamic table to make as a clone of another.

    Args:
        name: The clone's name.
        target_lag: The clone's target lag; the source's when left out.
        warehouse: The warehouse that refreshes the clone; the source's when left out.
        point_of_time: The moment whose state is cloned; now when left out.
    """

    name: str = field(STRING)
    """The clone's name."""
    target_lag: TargetLag | None = field(Nested(TargetLag), default=None)
    """The clone's target lag; the source's when left out."""
    warehouse: str | None = field(STRING, default=None)
    """The warehouse that refreshes the clone; the source's when left out."""
    point_of_time: PointOfTime | None = field(Nested(PointOfTime), default=None)
    """The moment whose state is cloned; now when left out."""


_SHOW_LIMIT = Integer(minimum=1, maximum=10000)
_DYNAMIC_TABLE_LIST = Array(Nested(DynamicTable))
_CREATE_MODE = Choice("errorIfExists", "orReplace", "ifNotExists")
_DYNAMIC_TABLE = Nested(DynamicTable)
_DYNAMIC_TABLE_CLONE = Nested(DynamicTableClone)
_TAG_ASSIGNMENT_LIST = Array(Nested(TagAssignment))
_TAG_REFERENCE_LIST = Array(Nested(TagReference))


def list_dynamic_tables(
    database: str,
    schema: str,
    *,
    like: str | None = None,
    starts_with: str | None = None,
    show_limit: int | None = None,
    from_name: str | None = None,
    deep: bool | None = None,
) -> Operation[list[DynamicTable]]:
    """The dynamic tables of the schema.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        like: Only the objects whose name matches this SQL pattern (`%` any text, `_` one character), whatever the
            case.
        starts_with: Only the objects whose name starts with this text, in exactly this case.
        show_limit: At most this many objects, from 1 to 10,000.
        from_name: Only the objects that follow the first one whose name starts with this text, in exactly this case.
        deep: Also return what each table depends on.
    """
    return Operation(
        id="listDynamicTables",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/dynamic-tables",
        query={
            "like": argument("like", STRING, like),
            "startsWith": argument("starts_with", STRING, starts_with),
            "showLimit": argument("show_limit", _SHOW_LIMIT, show_limit),
            "fromName": argument("from_name", STRING, from_name),
            "deep": argument("deep", BOOLEAN, deep),
        },
        answer=_DYNAMIC_TABLE_LIST,
    )


def create_dynamic_table(
    database: str,
    schema: str,
    dynamic_table: DynamicTable,
    *,
    create_mode: Literal["errorIfExists", "orReplace", "ifNotExists"] | str | None = None,
) -> Operation[None]:
    """Create a dynamic table.

    See https://docs.snowflake.com/en/sql-reference/sql/create-dynamic-table.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        dynamic_table: A table whose content follows from a query and is kept up to date by Snowflake.
        create_mode: What to do when an object of this name exists; fail, replace it, or leave it as it is. The
            server's default is `errorIfExists`.
    """
    return Operation(
        id="createDynamicTable",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/dynamic-tables",
        query={"createMode": argument("create_mode", _CREATE_MODE, create_mode)},
        body=body("dynamic_table", _DYNAMIC_TABLE, dynamic_table, required=True),
    )


def fetch_dynamic_table(database: str, schema: str, name: str) -> Operation[DynamicTable]:
    """Fetch a dynamic table.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
    """
    return Operation(
        id="fetchDynamicTable",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/dynamic-tables/{segment('name', name)}",
        answer=_DYNAMIC_TABLE,
    )


def delete_dynamic_table(database: str, schema: str, name: str, *, if_exists: bool | None = None) -> Operation[None]:
    """Drop a dynamic table.

    Undrop brings it back while its data retention time lasts.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="deleteDynamicTable",
        method="DELETE",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/dynamic-tables/{segment('name', name)}",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
    )


def clone_dynamic_table(
    database: str,
    schema: str,
    name: str,
    dynamic_table_clone: DynamicTableClone,
    *,
    create_mode: Literal["errorIfExists", "orReplace", "ifNotExists"] | str | None = None,
    copy_grants: bool | None = None,
    target_database: str | None = None,
    target_schema: str | None = None,
) -> Operation[None]:
    """Clone a dynamic table, as it is now or was at a moment in the past.

    The path names the source, the body the new dynamic table. The two share stored data until one of them changes.
    See https://docs.snowflake.com/en/sql-reference/sql/create-clone.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        dynamic_table_clone: The dynamic table to make as a clone of another.
        create_mode: What to do when an object of this name exists; fail, replace it, or leave it as it is. The
            server's default is `errorIfExists`.
        copy_grants: Keep the privileges that were granted on the object that this one replaces or is made from. The
            server's default is `false`.
        target_database: The database of the target; the source's own when left out.
        target_schema: The schema of the target; the source's own when left out.
    """
    return Operation(
        id="cloneDynamicTable",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/dynamic-tables/{segment('name', name)}:clone",
        query={
            "createMode": argument("create_mode", _CREATE_MODE, create_mode),
            "copyGrants": argument("copy_grants", BOOLEAN, copy_grants),
            "targetDatabase": argument("target_database", IDENTIFIER, target_database),
            "targetSchema": argument("target_schema", IDENTIFIER, target_schema),
        },
        body=body("dynamic_table_clone", _DYNAMIC_TABLE_CLONE, dynamic_table_clone, required=True),
    )


def undrop_dynamic_table(database: str, schema: str, name: str) -> Operation[None]:
    """Restore a dropped dynamic table.

    Brings back the dynamic table of this name that was dropped last, with what it held, as long as its data
    retention time has not run out. Fails when the name is in use again. See
    https://docs.snowflake.com/en/sql-reference/sql/undrop-dynamic-table.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
    """
    return Operation(
        id="undropDynamicTable",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/dynamic-tables/{segment('name', name)}:undrop",
    )


def suspend_dynamic_table(database: str, schema: str, name: str, *, if_exists: bool | None = None) -> Operation[None]:
    """Stop refreshing a dynamic table.

    The dynamic tables that read it stop as well. See
    https://docs.snowflake.com/en/sql-reference/sql/alter-dynamic-table.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="suspendDynamicTable",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/dynamic-tables/{segment('name', name)}:suspend",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
    )


def resume_dynamic_table(database: str, schema: str, name: str, *, if_exists: bool | None = None) -> Operation[None]:
    """Start refreshing a suspended dynamic table again.

    The dynamic tables that read it start again too, except those that were suspended on their own. See
    https://docs.snowflake.com/en/sql-reference/sql/alter-dynamic-table.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="resumeDynamicTable",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/dynamic-tables/{segment('name', name)}:resume",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
    )


def refresh_dynamic_table(database: str, schema: str, name: str, *, if_exists: bool | None = None) -> Operation[None]:
    """Refresh a dynamic table now.

    Does not wait for the next refresh that is due under the target lag. See
    https://docs.snowflake.com/en/sql-reference/sql/alter-dynamic-table.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="refreshDynamicTable",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/dynamic-tables/{segment('name', name)}:refresh",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
    )


def suspend_recluster_dynamic_table(
    database: str, schema: str, name: str, *, if_exists: bool | None = None
) -> Operation[None]:
    """Stop the automatic clustering of a dynamic table.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="suspendReclusterDynamicTable",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/dynamic-tables/{segment('name', name)}:suspend-recluster",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
    )


def resume_recluster_dynamic_table(
    database: str, schema: str, name: str, *, if_exists: bool | None = None
) -> Operation[None]:
    """Start the automatic clustering of a dynamic table again.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="resumeReclusterDynamicTable",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/dynamic-tables/{segment('name', name)}:resume-recluster",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
    )


def swap_with_dynamic_table(
    database: str,
    schema: str,
    name: str,
    *,
    target_name: str,
    if_exists: bool | None = None,
    target_database: str | None = None,
    target_schema: str | None = None,
) -> Operation[None]:
    """Swap a dynamic table with another one.

    Each takes the other's name, in one transaction.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        target_name: The dynamic table to swap with.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
        target_database: The database of the target; the source's own when left out.
        target_schema: The schema of the target; the source's own when left out.
    """
    return Operation(
        id="swapWithDynamicTable",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/dynamic-tables/{segment('name', name)}:swap-with",
        query={
            "targetName": argument("target_name", STRING, target_name, required=True),
            "ifExists": argument("if_exists", BOOLEAN, if_exists),
            "targetDatabase": argument("target_database", IDENTIFIER, target_database),
            "targetSchema": argument("target_schema", IDENTIFIER, target_schema),
        },
    )


def set_tags(
    database: str, schema: str, name: str, tags: list[TagAssignment], *, if_exists: bool | None = None
) -> Operation[None]:
    """Set tags on the object, each with a value. Tags that are not named keep their values.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="setTags",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/dynamic-tables/{segment('name', name)}:set-tags",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
        body=body("tags", _TAG_ASSIGNMENT_LIST, tags, required=True),
    )


def unset_tags(
    database: str, schema: str, name: str, tags: list[TagReference], *, if_exists: bool | None = None
) -> Operation[None]:
    """Take tags off the object.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="unsetTags",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/dynamic-tables/{segment('name', name)}:unset-tags",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
        body=body("tags", _TAG_REFERENCE_LIST, tags, required=True),
    )


def get_tags(
    database: str, schema: str, name: str, *, with_lineage: bool | None = None
) -> Operation[list[TagAssignment]]:
    """The tags that are set on the object.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        with_lineage: Include the tags that the object inherits from the schema, database or account around it. The
            server's default is `false`.
    """
    return Operation(
        id="getTags",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/dynamic-tables/{segment('name', name)}:get-tags",
        query={"withLineage": argument("with_lineage", BOOLEAN, with_lineage)},
        answer=_TAG_ASSIGNMENT_LIST,
    )


RESOURCE = Resource(
    name="dynamic_table",
    collection="/api/v2/databases/{database}/schemas/{schema}/dynamic-tables",
    model=DynamicTable,
    list=list_dynamic_tables,
    create=create_dynamic_table,
    fetch=fetch_dynamic_table,
    drop=delete_dynamic_table,
    undrop=undrop_dynamic_table,
    suspend_recluster=suspend_recluster_dynamic_table,
    resume_recluster=resume_recluster_dynamic_table,
    set_tags=set_tags,
    unset_tags=unset_tags,
    get_tags=get_tags,
)
