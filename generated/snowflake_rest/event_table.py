# Generated from specs/event-table.yaml by `make generate`. Do not edit.
"""An event table collects the log messages, trace events and metrics that functions, procedures and other code in
Snowflake send. Its columns are the same for every event table. See
https://docs.snowflake.com/en/sql-reference/sql/create-event-table.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from .common import TagAssignment, TagReference
from .runtime import (
    BOOLEAN,
    DATETIME,
    INTEGER,
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
class EventTableColumn(Model):
    """A column of an event table.

    Args:
        name: The column's name.
        datatype: The column's SQL type.
        nullable: Whether the column may hold NULL.
        default: The default value, as an SQL expression.
        primary_key: Whether the column is part of the primary key.
        unique_key: Whether the column is part of a unique key.
        check: The check constraint on the column, if there is one.
        expression: The expression that gives the value, if the column is computed.
        comment: Free text about the column.
    """

    name: str | None = field(STRING, default=None)
    """The column's name."""
    datatype: str | None = field(STRING, default=None)
    """The column's SQL type."""
    nullable: bool | None = field(BOOLEAN, default=None)
    """Whether the column may hold NULL."""
    default: str | None = field(STRING, default=None)
    """The default value, as an SQL expression."""
    primary_key: bool | None = field(BOOLEAN, default=None)
    """Whether the column is part of the primary key."""
    unique_key: bool | None = field(BOOLEAN, default=None)
    """Whether the column is part of a unique key."""
    check: str | None = field(STRING, default=None)
    """The check constraint on the column, if there is one."""
    expression: str | None = field(STRING, default=None)
    """The expression that gives the value, if the column is computed."""
    comment: str | None = field(STRING, default=None)
    """Free text about the column."""


@model
class EventTable(Model):
    """A table for the messages that code in Snowflake sends while it runs.

    Args:
        name: The event table's name, plain or in double quotes.
        cluster_by: The clustering key, one expression per entry. Rows that agree in it are stored close together.
        data_retention_time_in_days: For how many days Time Travel can reach back into the table, from 0 to 90; at
            most 1 in Standard Edition.
        max_data_extension_time_in_days: For how many days Snowflake may hold history beyond the retention time so
            that streams on the table do not become stale, from 0 to 90. Default 14.
        change_tracking: Whether the table records which rows change, as streams on it need.
        default_ddl_collation: The collation of the text columns that name none of their own, such as `en-ci`.
        comment: Free text about the event table.

    Attributes:
        created_on (set by the server): When the event table was created.
        database_name (set by the server): The database that holds the event table.
        schema_name (set by the server): The schema that holds the event table.
        owner (set by the server): The role that owns the event table.
        owner_role_type (set by the server): The kind of role that the owner is, such as `ROLE` or `DATABASE_ROLE`.
        rows (set by the server): How many rows the table holds.
        bytes (set by the server): The size of the table's data, in bytes.
        automatic_clustering (set by the server): Whether Snowflake reorders the rows by the clustering key in the
            background.
        search_optimization (set by the server): Whether the search optimization service is on for the table.
        search_optimization_progress (set by the server): How much of the table search optimization covers by now, in
            percent.
        search_optimization_bytes (set by the server): The storage that search optimization takes, in bytes.
        columns (set by the server): The columns. Snowflake defines them.
    """

    name: str = field(STRING)
    """The event table's name, plain or in double quotes."""
    cluster_by: list[str] | None = field(Array(STRING), default=None)
    """The clustering key, one expression per entry. Rows that agree in it are stored close together."""
    data_retention_time_in_days: int | None = field(INTEGER, default=None)
    """For how many days Time Travel can reach back into the table, from 0 to 90; at most 1 in Standard Edition."""
    max_data_extension_time_in_days: int | None = field(INTEGER, default=None)
    """For how many days Snowflake may hold history beyond the retention time so that streams on the table do not become
    stale, from 0 to 90. Default 14.
    """
    change_tracking: bool | None = field(BOOLEAN, default=None)
    """Whether the table records which rows change, as streams on it need."""
    default_ddl_collation: str | None = field(STRING, default=None)
    """The collation of the text columns that name none of their own, such as `en-ci`."""
    comment: str | None = field(STRING, default=None)
    """Free text about the event table."""
    created_on: datetime | None = field(DATETIME, default=None, read_only=True)
    """When the event table was created."""
    database_name: str | None = field(STRING, default=None, read_only=True)
    """The database that holds the event table."""
    schema_name: str | None = field(STRING, default=None, read_only=True)
    """The schema that holds the event table."""
    owner: str | None = field(STRING, default=None, read_only=True)
    """The role that owns the event table."""
    owner_role_type: str | None = field(STRING, default=None, read_only=True)
    """The kind of role that the owner is, such as `ROLE` or `DATABASE_ROLE`."""
    rows: int | None = field(INTEGER, default=None, read_only=True)
    """How many rows the table holds."""
    bytes: int | None = field(INTEGER, default=None, read_only=True)
    """The size of the table's data, in bytes."""
    automatic_clustering: bool | None = field(BOOLEAN, default=None, read_only=True)
    """Whether Snowflake reorders the rows by the clustering key in the background."""
    search_optimization: bool | None = field(BOOLEAN, default=None, read_only=True)
    """Whether the search optimization service is on for the table."""
    search_optimization_progress: int | None = field(INTEGER, default=None, read_only=True)
    """How much of the table search optimization covers by now, in percent."""
    search_optimization_bytes: int | None = field(INTEGER, default=None, read_only=True)
    """The storage that search optimization takes, in bytes."""
    columns: list[EventTableColumn] | None = field(Array(Nested(EventTableColumn)), default=None, read_only=True)
    """The columns. Snowflake defines them."""


_SHOW_LIMIT = Integer(minimum=1, maximum=10000)
_EVENT_TABLE_LIST = Array(Nested(EventTable))
_CREATE_MODE = Choice("errorIfExists", "orReplace", "ifNotExists")
_EVENT_TABLE = Nested(EventTable)
_TAG_ASSIGNMENT_LIST = Array(Nested(TagAssignment))
_TAG_REFERENCE_LIST = Array(Nested(TagReference))


def list_event_tables(
    database: str,
    schema: str,
    *,
    like: str | None = None,
    starts_with: str | None = None,
    show_limit: int | None = None,
    from_name: str | None = None,
) -> Operation[list[EventTable]]:
    """The event tables of the schema.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        like: Only the objects whose name matches this SQL pattern (`%` any text, `_` one character), whatever the
            case.
        starts_with: Only the objects whose name starts with this text, in exactly this case.
        show_limit: At most this many objects, from 1 to 10,000.
        from_name: Only the objects that follow the first one whose name starts with this text, in exactly this case.
    """
    return Operation(
        id="listEventTables",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/event-tables",
        query={
            "like": argument("like", STRING, like),
            "startsWith": argument("starts_with", STRING, starts_with),
            "showLimit": argument("show_limit", _SHOW_LIMIT, show_limit),
            "fromName": argument("from_name", STRING, from_name),
        },
        answer=_EVENT_TABLE_LIST,
    )


def create_event_table(
    database: str,
    schema: str,
    event_table: EventTable,
    *,
    create_mode: Literal["errorIfExists", "orReplace", "ifNotExists"] | str | None = None,
    copy_grants: bool | None = None,
) -> Operation[None]:
    """Create an event table.

    Messages arrive once the table is made the event table of an account or a database. See
    https://docs.snowflake.com/en/sql-reference/sql/create-event-table.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        event_table: A table for the messages that code in Snowflake sends while it runs.
        create_mode: What to do when an object of this name exists; fail, replace it, or leave it as it is. The
            server's default is `errorIfExists`.
        copy_grants: Keep the privileges that were granted on the object that this one replaces or is made from. The
            server's default is `false`.
    """
    return Operation(
        id="createEventTable",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/event-tables",
        query={
            "createMode": argument("create_mode", _CREATE_MODE, create_mode),
            "copyGrants": argument("copy_grants", BOOLEAN, copy_grants),
        },
        body=body("event_table", _EVENT_TABLE, event_table, required=True),
    )


def fetch_event_table(database: str, schema: str, name: str) -> Operation[EventTable]:
    """Fetch an event table.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
    """
    return Operation(
        id="fetchEventTable",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/event-tables/{segment('name', name)}",
        answer=_EVENT_TABLE,
    )


def delete_event_table(database: str, schema: str, name: str, *, if_exists: bool | None = None) -> Operation[None]:
    """Drop an event table.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="deleteEventTable",
        method="DELETE",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/event-tables/{segment('name', name)}",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
    )


def rename_event_table(
    database: str, schema: str, name: str, *, target_name: str, if_exists: bool | None = None
) -> Operation[None]:
    """Rename an event table.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        target_name: The event table's new name.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="renameEventTable",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/event-tables/{segment('name', name)}:rename",
        query={
            "targetName": argument("target_name", STRING, target_name, required=True),
            "ifExists": argument("if_exists", BOOLEAN, if_exists),
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
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/event-tables/{segment('name', name)}:set-tags",
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
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/event-tables/{segment('name', name)}:unset-tags",
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
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/event-tables/{segment('name', name)}:get-tags",
        query={"withLineage": argument("with_lineage", BOOLEAN, with_lineage)},
        answer=_TAG_ASSIGNMENT_LIST,
    )


RESOURCE = Resource(
    name="event_table",
    collection="/api/v2/databases/{database}/schemas/{schema}/event-tables",
    model=EventTable,
    list=list_event_tables,
    create=create_event_table,
    fetch=fetch_event_table,
    drop=delete_event_table,
    rename=rename_event_table,
    set_tags=set_tags,
    unset_tags=unset_tags,
    get_tags=get_tags,
)
