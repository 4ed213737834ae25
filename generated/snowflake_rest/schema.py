# Generated from specs/schema.yaml by `make generate`. Do not edit.
"""Schemas group the tables, views, stages, tasks and other objects of a database. They can be cloned, and restored
after a drop. See https://docs.snowflake.com/en/sql-reference/sql/create-schema.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from .common import IDENTIFIER, PointOfTime, TagAssignment, TagReference
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
class Schema(Model):
    """A schema.

    Args:
        name: The name of the schema.
        kind: `PERMANENT`, or `TRANSIENT` for tables without Fail-safe and with at most one day of Time Travel.
            Default `PERMANENT`.
        comment: Text that describes the schema.
        managed_access: Whether the owner of the schema decides on privileges for all objects in it, instead of the
            owner of each object. Default `false`.
        data_retention_time_in_days: How many days back Time Travel and undrop reach, from 0 to 90; at most 1 if
            transient or without Enterprise Edition. The default is the database's value.
        default_ddl_collation: The collation of text columns that are created without one of their own, such as
            `en-ci`.
        log_level: The least severe messages that functions and procedures of the schema log to the event table,
            which is `TRACE`, `DEBUG`, `INFO`, `WARN`, `ERROR`, `FATAL`, or `OFF` for none at all.
        pipe_execution_paused: Whether the pipes of the schema are paused; default false.
        max_data_extension_time_in_days: By how many days at most Snowflake may keep data longer, so that streams on
            it don't become stale, from 0 to 90; default 14.
        suspend_task_after_num_failures: After how many failed runs in a row a task of the schema is suspended,
            unless the task has its own number; 0 never suspends it, default 10.
        trace_level: Which trace events of functions and procedures are recorded, such as `ALWAYS`, `ON_EVENT` or
            `OFF`. Known values: `ALWAYS`, `ON_EVENT`, `PROPAGATE`, `OFF`.
        user_task_managed_initial_warehouse_size: The size of the compute for the first runs of a serverless task of
            the schema, unless the task has its own; default `MEDIUM`. Known values: `XSMALL`, `SMALL`, `MEDIUM`,
            `LARGE`, `XLARGE`, `XXLARGE`.
        user_task_timeout_ms: How long a run of a task of the schema may take, in milliseconds, unless the task has
            its own limit; from 0 to 604,800,000 (seven days), default 3,600,000 (one hour).
        serverless_task_min_statement_size: The smallest warehouse size that serverless tasks of the schema may use,
            such as `XSMALL`. Known values: `XSMALL`, `SMALL`, `MEDIUM`, `LARGE`, `XLARGE`, `XXLARGE`.
        serverless_task_max_statement_size: The largest warehouse size that serverless tasks of the schema may use,
            such as `XXLARGE`. Known values: `XSMALL`, `SMALL`, `MEDIUM`, `LARGE`, `XLARGE`, `XXLARGE`.

    Attributes:
        created_on (set by the server): When the schema was created.
        is_default (set by the server): Whether it is the default schema of the user.
        is_current (set by the server): Whether it is the current schema of the session.
        database_name (set by the server): The database of the schema.
        owner (set by the server): The role that owns the schema.
        options (set by the server): Options of the schema in words, such as `TRANSIENT` or `MANAGED ACCESS`.
        retention_time (set by the server): How many days back Time Travel reaches.
        dropped_on (set by the server): When the schema was dropped; empty for one that exists.
        owner_role_type (set by the server): The kind of role that owns the schema, such as `ROLE`.
        budget (set by the server): The budget that watches the schema's spending, if any.
    """

    name: str = field(IDENTIFIER, kw_only=False)
    """The name of the schema."""
    created_on: datetime | None = field(DATETIME, default=None, read_only=True, kw_only=False)
    """When the schema was created."""
    kind: Literal["PERMANENT", "TRANSIENT"] | str | None = field(
        Choice("PERMANENT", "TRANSIENT"), default="PERMANENT", kw_only=False
    )
    """`PERMANENT`, or `TRANSIENT` for tables without Fail-safe and with at most one day of Time Travel. Default
    `PERMANENT`.
    """
    is_default: bool | None = field(BOOLEAN, default=None, read_only=True, kw_only=False)
    """Whether it is the default schema of the user."""
    is_current: bool | None = field(BOOLEAN, default=None, read_only=True, kw_only=False)
    """Whether it is the current schema of the session."""
    database_name: str | None = field(STRING, default=None, read_only=True, kw_only=False)
    """The database of the schema."""
    owner: str | None = field(STRING, default=None, read_only=True, kw_only=False)
    """The role that owns the schema."""
    comment: str | None = field(STRING, default=None, kw_only=False)
    """Text that describes the schema."""
    options: str | None = field(STRING, default=None, read_only=True, kw_only=False)
    """Options of the schema in words, such as `TRANSIENT` or `MANAGED ACCESS`."""
    managed_access: bool | None = field(BOOLEAN, default=False, kw_only=False)
    """Whether the owner of the schema decides on privileges for all objects in it, instead of the owner of each object.
    Default `false`.
    """
    retention_time: int | None = field(INTEGER, default=None, read_only=True, kw_only=False)
    """How many days back Time Travel reaches."""
    dropped_on: datetime | None = field(DATETIME, default=None, read_only=True, kw_only=False)
    """When the schema was dropped; empty for one that exists."""
    owner_role_type: str | None = field(STRING, default=None, read_only=True, kw_only=False)
    """The kind of role that owns the schema, such as `ROLE`."""
    budget: str | None = field(STRING, default=None, read_only=True, kw_only=False)
    """The budget that watches the schema's spending, if any."""
    data_retention_time_in_days: int | None = field(INTEGER, default=None, kw_only=False)
    """How many days back Time Travel and undrop reach, from 0 to 90; at most 1 if transient or without Enterprise
    Edition. The default is the database's value.
    """
    default_ddl_collation: str | None = field(STRING, default=None, kw_only=False)
    """The collation of text columns that are created without one of their own, such as `en-ci`."""
    log_level: Literal["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL", "OFF"] | str | None = field(
        STRING, default=None, kw_only=False
    )
    """The least severe messages that functions and procedures of the schema log to the event table, which is `TRACE`,
    `DEBUG`, `INFO`, `WARN`, `ERROR`, `FATAL`, or `OFF` for none at all.
    """
    pipe_execution_paused: bool | None = field(BOOLEAN, default=None, kw_only=False)
    """Whether the pipes of the schema are paused; default false."""
    max_data_extension_time_in_days: int | None = field(INTEGER, default=None, kw_only=False)
    """By how many days at most Snowflake may keep data longer, so that streams on it don't become stale, from 0 to 90;
    default 14.
    """
    suspend_task_after_num_failures: int | None = field(INTEGER, default=None, kw_only=False)
    """After how many failed runs in a row a task of the schema is suspended, unless the task has its own number; 0
    never suspends it, default 10.
    """
    trace_level: Literal["ALWAYS", "ON_EVENT", "PROPAGATE", "OFF"] | str | None = field(
        STRING, default=None, kw_only=False
    )
    """Which trace events of functions and procedures are recorded, such as `ALWAYS`, `ON_EVENT` or `OFF`. Known values:
    `ALWAYS`, `ON_EVENT`, `PROPAGATE`, `OFF`.
    """
    user_task_managed_initial_warehouse_size: (
        Literal["XSMALL", "SMALL", "MEDIUM", "LARGE", "XLARGE", "XXLARGE"] | str | None
    ) = field(STRING, default=None, kw_only=False)
    """The size of the compute for the first runs of a serverless task of the schema, unless the task has its own;
    default `MEDIUM`. Known values: `XSMALL`, `SMALL`, `MEDIUM`, `LARGE`, `XLARGE`, `XXLARGE`.
    """
    user_task_timeout_ms: int | None = field(INTEGER, default=None, kw_only=False)
    """How long a run of a task of the schema may take, in milliseconds, unless the task has its own limit; from 0 to
    604,800,000 (seven days), default 3,600,000 (one hour).
    """
    serverless_task_min_statement_size: (
        Literal["XSMALL", "SMALL", "MEDIUM", "LARGE", "XLARGE", "XXLARGE"] | str | None
    ) = field(STRING, default=None, kw_only=False)
    """The smallest warehouse size that serverless tasks of the schema may use, such as `XSMALL`. Known values:
    `XSMALL`, `SMALL`, `MEDIUM`, `LARGE`, `XLARGE`, `XXLARGE`.
    """
    serverless_task_max_statement_size: (
        Literal["XSMALL", "SMALL", "MEDIUM", "LARGE", "XLARGE", "XXLARGE"] | str | None
    ) = field(STRING, default=None, kw_only=False)
    """The largest warehouse size that serverless tasks of the schema may use, such as `XXLARGE`. Known values:
    `XSMALL`, `SMALL`, `MEDIUM`, `LARGE`, `XLARGE`, `XXLARGE`.
    """


@model
class SchemaClone(Schema):
    """A schema to create as a clone.

    Args:
        name: The name of the schema.
        kind: `PERMANENT`, or `TRANSIENT` for tables without Fail-safe and with at most one day of Time Travel.
            Default `PERMANENT`.
        comment: Text that describes the schema.
        managed_access: Whether the owner of the schema decides on privileges for all objects in it, instead of the
            owner of each object. Default `false`.
        data_retention_time_in_days: How many days back Time Travel and undrop reach, from 0 to 90; at most 1 if
            transient or without Enterprise Edition. The default is the database's value.
        default_ddl_collation: The collation of text columns that are created without one of their own, such as
            `en-ci`.
        log_level: The least severe messages that functions and procedures of the schema log to the event table,
            which is `TRACE`, `DEBUG`, `INFO`, `WARN`, `ERROR`, `FATAL`, or `OFF` for none at all.
        pipe_execution_paused: Whether the pipes of the schema are paused; default false.
        max_data_extension_time_in_days: By how many days at most Snowflake may keep data longer, so that streams on
            it don't become stale, from 0 to 90; default 14.
        suspend_task_after_num_failures: After how many failed runs in a row a task of the schema is suspended,
            unless the task has its own number; 0 never suspends it, default 10.
        trace_level: Which trace events of functions and procedures are recorded, such as `ALWAYS`, `ON_EVENT` or
            `OFF`. Known values: `ALWAYS`, `ON_EVENT`, `PROPAGATE`, `OFF`.
        user_task_managed_initial_warehouse_size: The size of the compute for the first runs of a serverless task of
            the schema, unless the task has its own; default `MEDIUM`. Known values: `XSMALL`, `SMALL`, `MEDIUM`,
            `LARGE`, `XLARGE`, `XXLARGE`.
        user_task_timeout_ms: How long a run of a task of the schema may take, in milliseconds, unless the task has
            its own limit; from 0 to 604,800,000 (seven days), default 3,600,000 (one hour).
        serverless_task_min_statement_size: The smallest warehouse size that serverless tasks of the schema may use,
            such as `XSMALL`. Known values: `XSMALL`, `SMALL`, `MEDIUM`, `LARGE`, `XLARGE`, `XXLARGE`.
        serverless_task_max_statement_size: The largest warehouse size that serverless tasks of the schema may use,
            such as `XXLARGE`. Known values: `XSMALL`, `SMALL`, `MEDIUM`, `LARGE`, `XLARGE`, `XXLARGE`.
        point_of_time: The moment in the source's past to clone; the present when left out.

    Attributes:
        created_on (set by the server): When the schema was created.
        is_default (set by the server): Whether it is the default schema of the user.
        is_current (set by the server): Whether it is the current schema of the session.
        database_name (set by the server): The database of the schema.
        owner (set by the server): The role that owns the schema.
        options (set by the server): Options of the schema in words, such as `TRANSIENT` or `MANAGED ACCESS`.
        retention_time (set by the server): How many days back Time Travel reaches.
        dropped_on (set by the server): When the schema was dropped; empty for one that exists.
        owner_role_type (set by the server): The kind of role that owns the schema, such as `ROLE`.
        budget (set by the server): The budget that watches the schema's spending, if any.
    """

    point_of_time: PointOfTime | None = field(Nested(PointOfTime), default=None)
    """The moment in the source's past to clone; the present when left out."""


_SHOW_LIMIT = Integer(minimum=1, maximum=10000)
_SCHEMA_LIST = Array(Nested(Schema))
_CREATE_MODE = Choice("errorIfExists", "orReplace", "ifNotExists")
_SCHEMA = Nested(Schema)
_SCHEMA_CLONE = Nested(SchemaClone)
_TAG_ASSIGNMENT_LIST = Array(Nested(TagAssignment))
_TAG_REFERENCE_LIST = Array(Nested(TagReference))


def list_schemas(
    database: str,
    *,
    like: str | None = None,
    starts_with: str | None = None,
    show_limit: int | None = None,
    from_name: str | None = None,
    history: bool | None = None,
) -> Operation[list[Schema]]:
    """The schemas of the database.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        like: Only the objects whose name matches this SQL pattern (`%` any text, `_` one character), whatever the
            case.
        starts_with: Only the objects whose name starts with this text, in exactly this case.
        show_limit: At most this many objects, from 1 to 10,000.
        from_name: Only the objects that follow the first one whose name starts with this text, in exactly this case.
        history: Include dropped schemas that can still be restored. The server's default is `false`.
    """
    return Operation(
        id="listSchemas",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas",
        query={
            "like": argument("like", STRING, like),
            "startsWith": argument("starts_with", STRING, starts_with),
            "showLimit": argument("show_limit", _SHOW_LIMIT, show_limit),
            "fromName": argument("from_name", STRING, from_name),
            "history": argument("history", BOOLEAN, history),
        },
        answer=_SCHEMA_LIST,
    )


def create_schema(
    database: str,
    schema: Schema,
    *,
    create_mode: Literal["errorIfExists", "orReplace", "ifNotExists"] | str | None = None,
    kind: str | None = None,
) -> Operation[None]:
    """Create a schema.

    See https://docs.snowflake.com/en/sql-reference/sql/create-schema.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: A schema.
        create_mode: What to do when an object of this name exists; fail, replace it, or leave it as it is. The
            server's default is `errorIfExists`.
        kind: Deprecated; use `kind` of the body. The server's default is ``.
    """
    return Operation(
        id="createSchema",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas",
        query={
            "createMode": argument("create_mode", _CREATE_MODE, create_mode),
            "kind": argument("kind", STRING, kind),
        },
        body=body("schema", _SCHEMA, schema, required=True),
    )


def clone_schema(
    database: str,
    name: str,
    schema_clone: SchemaClone,
    *,
    create_mode: Literal["errorIfExists", "orReplace", "ifNotExists"] | str | None = None,
    kind: str | None = None,
    target_database: str | None = None,
) -> Operation[None]:
    """Create a schema as a clone of this one.

    The clone has the name in the body and the data that the source has, or had at `point_of_time`. It takes no
    storage of its own until data changes. See https://docs.snowflake.com/en/sql-reference/sql/create-clone.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        schema_clone: A schema to create as a clone.
        create_mode: What to do when an object of this name exists; fail, replace it, or leave it as it is. The
            server's default is `errorIfExists`.
        kind: Deprecated; use `kind` of the body. The server's default is ``.
        target_database: The database of the target; the source's own when left out.
    """
    return Operation(
        id="cloneSchema",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('name', name)}:clone",
        query={
            "createMode": argument("create_mode", _CREATE_MODE, create_mode),
            "kind": argument("kind", STRING, kind),
            "targetDatabase": argument("target_database", IDENTIFIER, target_database),
        },
        body=body("schema_clone", _SCHEMA_CLONE, schema_clone, required=True),
    )


def undrop_schema(database: str, name: str) -> Operation[None]:
    """Restore the dropped schema.

    Of several with this name the most recently dropped comes back. It fails while a schema of the database has the
    name. See https://docs.snowflake.com/en/sql-reference/sql/undrop-schema.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
    """
    return Operation(
        id="undropSchema",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('name', name)}:undrop",
    )


def fetch_schema(database: str, name: str) -> Operation[Schema]:
    """Fetch a schema.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
    """
    return Operation(
        id="fetchSchema",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('name', name)}",
        answer=_SCHEMA,
    )


def create_or_alter_schema(database: str, name: str, schema: Schema, *, kind: str | None = None) -> Operation[None]:
    """Create the schema, or change it to match the description.

    What the description leaves out goes back to its default. See
    https://docs.snowflake.com/en/sql-reference/sql/create-or-alter.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        schema: A schema.
        kind: Deprecated; use `kind` of the body. The server's default is ``.
    """
    return Operation(
        id="createOrAlterSchema",
        method="PUT",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('name', name)}",
        query={"kind": argument("kind", STRING, kind)},
        body=body("schema", _SCHEMA, schema, required=True),
    )


def delete_schema(
    database: str, name: str, *, if_exists: bool | None = None, restrict: bool | None = None
) -> Operation[None]:
    """Drop the schema and all that it holds.

    It can be restored by `undropSchema` as long as its data is retained. See
    https://docs.snowflake.com/en/sql-reference/sql/drop-schema.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
        restrict: Fail if foreign keys outside of the schema refer to its tables. The server's default is `false`.
    """
    return Operation(
        id="deleteSchema",
        method="DELETE",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('name', name)}",
        query={
            "ifExists": argument("if_exists", BOOLEAN, if_exists),
            "restrict": argument("restrict", BOOLEAN, restrict),
        },
    )


def set_tags(database: str, name: str, tags: list[TagAssignment], *, if_exists: bool | None = None) -> Operation[None]:
    """Set tags on the object, each with a value. Tags that are not named keep their values.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="setTags",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('name', name)}:set-tags",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
        body=body("tags", _TAG_ASSIGNMENT_LIST, tags, required=True),
    )


def unset_tags(database: str, name: str, tags: list[TagReference], *, if_exists: bool | None = None) -> Operation[None]:
    """Take tags off the object.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="unsetTags",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('name', name)}:unset-tags",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
        body=body("tags", _TAG_REFERENCE_LIST, tags, required=True),
    )


def get_tags(database: str, name: str, *, with_lineage: bool | None = None) -> Operation[list[TagAssignment]]:
    """The tags that are set on the object.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        with_lineage: Include the tags that the object inherits from the schema, database or account around it. The
            server's default is `false`.
    """
    return Operation(
        id="getTags",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('name', name)}:get-tags",
        query={"withLineage": argument("with_lineage", BOOLEAN, with_lineage)},
        answer=_TAG_ASSIGNMENT_LIST,
    )


RESOURCE = Resource(
    name="schema",
    collection="/api/v2/databases/{database}/schemas",
    model=Schema,
    list=list_schemas,
    create=create_schema,
    undrop=undrop_schema,
    fetch=fetch_schema,
    create_or_alter=create_or_alter_schema,
    drop=delete_schema,
    set_tags=set_tags,
    unset_tags=unset_tags,
    get_tags=get_tags,
)
