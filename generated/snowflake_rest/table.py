# Generated from specs/table.yaml by `make generate`. Do not edit.
# Subclasses narrow fields of their bases:
# pyright: reportIncompatibleVariableOverride=false
"""Tables hold data in rows and typed columns. This is about standard tables; dynamic, event and Iceberg tables are
resources of their own. See https://docs.snowflake.com/en/sql-reference/sql/create-table.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from .common import IDENTIFIER, PointOfTime, TagAssignment, TagReference
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
class Constraint(Model):
    """A constraint on columns. Standard tables record keys without enforcing them. See
    https://docs.snowflake.com/en/sql-reference/constraints-overview.

    Args:
        name: The name of the constraint; made up by Snowflake when left out.
        column_names: The columns that it is on.
    """

    name: str | None = field(STRING, default=None)
    """The name of the constraint; made up by Snowflake when left out."""
    column_names: list[str] | None = field(Array(STRING), default=None)
    """The columns that it is on."""
    constraint_type: str | None = field(STRING, default=None, init=False)
    """Which kind of key it is."""


@model
class TableColumn(Model):
    """A column of a table.

    Args:
        name: The name of the column.
        datatype: The SQL type, such as `NUMBER(38,0)` or `VARCHAR`.
        nullable: Whether NULL is allowed. Default `true`.
        collate: The collation of a text column, such as `en-ci`.
        default: A SQL expression for the value where an insert gives none.
        autoincrement: Whether rows are numbered where an insert gives no value; excludes `default`.
        autoincrement_start: The first number; default 1.
        autoincrement_increment: The step between numbers; default 1.
        constraints: The constraints on this column alone.
        comment: Text that describes the column.
    """

    name: str = field(STRING)
    """The name of the column."""
    datatype: str = field(STRING)
    """The SQL type, such as `NUMBER(38,0)` or `VARCHAR`."""
    nullable: bool | None = field(BOOLEAN, default=True)
    """Whether NULL is allowed. Default `true`."""
    collate: str | None = field(STRING, default=None)
    """The collation of a text column, such as `en-ci`."""
    default: str | None = field(STRING, default=None)
    """A SQL expression for the value where an insert gives none."""
    autoincrement: bool | None = field(BOOLEAN, default=None)
    """Whether rows are numbered where an insert gives no value; excludes `default`."""
    autoincrement_start: int | None = field(INTEGER, default=None)
    """The first number; default 1."""
    autoincrement_increment: int | None = field(INTEGER, default=None)
    """The step between numbers; default 1."""
    constraints: list[Constraint] | None = field(Array(Nested(Constraint)), default=None)
    """The constraints on this column alone."""
    comment: str | None = field(STRING, default=None)
    """Text that describes the column."""


@model
class Table(Model):
    """A table.

    Args:
        name: The name of the table.
        kind: `PERMANENT`, `TRANSIENT` (without Fail-safe) or `TEMPORARY` (until the session ends). The rest are old
            spellings. One of `PERMANENT`, `TRANSIENT`, `TEMPORARY`, `transient`, `temporary`. Default `PERMANENT`.
        cluster_by: The columns or expressions by which rows that belong together are stored together.
        enable_schema_evolution: Whether loading files with other columns may change the table's to fit; default
            false.
        change_tracking: Whether changes to rows are tracked, for streams and the CHANGES clause; default false.
        data_retention_time_in_days: How many days back Time Travel and undrop reach, from 0 to 90; at most 1 if
            transient or without Enterprise Edition. The default is the schema's value.
        max_data_extension_time_in_days: By how many days at most Snowflake may keep data longer, so that streams on
            it don't become stale, from 0 to 90; default 14.
        default_ddl_collation: The collation of text columns that are created without one of their own, such as
            `en-ci`.
        columns: The columns, in order.
        constraints: The constraints of the table, over one column or several.
        comment: Text that describes the table.
        row_timestamp: Whether each row keeps the time of its last change; default false. See
            https://docs.snowflake.com/en/user-guide/data-engineering/row-timestamps.
        error_logging: Whether rows that DML can't write go to an error table, instead of failing the statement;
            default false.

    Attributes:
        created_on (set by the server): When the table was created.
        database_name (set by the server): The database of the table.
        schema_name (set by the server): The schema of the table.
        rows (set by the server): The number of rows.
        bytes (set by the server): The size of the data, in bytes.
        owner (set by the server): The role that owns the table.
        dropped_on (set by the server): When the table was dropped; empty for one that exists.
        automatic_clustering (set by the server): Whether automatic clustering is on.
        search_optimization (set by the server): Whether search optimization is on.
        search_optimization_progress (set by the server): How much of the table is optimized for search so far, in
            percent.
        search_optimization_bytes (set by the server): The storage that search optimization takes, in bytes.
        owner_role_type (set by the server): The kind of role that owns the table, such as `ROLE`.
        budget (set by the server): The budget that watches the table's spending, if any.
        table_type (set by the server): Which type of table it is; `NORMAL` for a standard table. One of `NORMAL`,
            `DYNAMIC`, `EXTERNAL`, `EVENT`, `HYBRID`, `ICEBERG`, `IMMUTABLE`.
        search_optimization_configuration (set by the server): What search optimization covers.
    """

    name: str = field(STRING)
    """The name of the table."""
    kind: Literal["PERMANENT", "TRANSIENT", "TEMPORARY", "", "transient", "temporary"] | str | None = field(
        Choice("PERMANENT", "TRANSIENT", "TEMPORARY", "", "transient", "temporary"), default="PERMANENT"
    )
    """`PERMANENT`, `TRANSIENT` (without Fail-safe) or `TEMPORARY` (until the session ends). The rest are old spellings.
    One of `PERMANENT`, `TRANSIENT`, `TEMPORARY`, `transient`, `temporary`. Default `PERMANENT`.
    """
    cluster_by: list[str] | None = field(Array(STRING), default=None)
    """The columns or expressions by which rows that belong together are stored together."""
    enable_schema_evolution: bool | None = field(BOOLEAN, default=None)
    """Whether loading files with other columns may change the table's to fit; default false."""
    change_tracking: bool | None = field(BOOLEAN, default=None)
    """Whether changes to rows are tracked, for streams and the CHANGES clause; default false."""
    data_retention_time_in_days: int | None = field(INTEGER, default=None)
    """How many days back Time Travel and undrop reach, from 0 to 90; at most 1 if transient or without Enterprise
    Edition. The default is the schema's value.
    """
    max_data_extension_time_in_days: int | None = field(INTEGER, default=None)
    """By how many days at most Snowflake may keep data longer, so that streams on it don't become stale, from 0 to 90;
    default 14.
    """
    default_ddl_collation: str | None = field(STRING, default=None)
    """The collation of text columns that are created without one of their own, such as `en-ci`."""
    columns: list[TableColumn] | None = field(Array(Nested(TableColumn)), default=None)
    """The columns, in order."""
    constraints: list[Constraint] | None = field(Array(Nested(Constraint)), default=None)
    """The constraints of the table, over one column or several."""
    comment: str | None = field(STRING, default=None)
    """Text that describes the table."""
    created_on: datetime | None = field(DATETIME, default=None, read_only=True)
    """When the table was created."""
    database_name: str | None = field(STRING, default=None, read_only=True)
    """The database of the table."""
    schema_name: str | None = field(STRING, default=None, read_only=True)
    """The schema of the table."""
    rows: int | None = field(INTEGER, default=None, read_only=True)
    """The number of rows."""
    bytes: int | None = field(INTEGER, default=None, read_only=True)
    """The size of the data, in bytes."""
    owner: str | None = field(STRING, default=None, read_only=True)
    """The role that owns the table."""
    dropped_on: datetime | None = field(DATETIME, default=None, read_only=True)
    """When the table was dropped; empty for one that exists."""
    automatic_clustering: bool | None = field(BOOLEAN, default=None, read_only=True)
    """Whether automatic clustering is on."""
    search_optimization: bool | None = field(BOOLEAN, default=None, read_only=True)
    """Whether search optimization is on."""
    search_optimization_progress: int | None = field(INTEGER, default=None, read_only=True)
    """How much of the table is optimized for search so far, in percent."""
    search_optimization_bytes: int | None = field(INTEGER, default=None, read_only=True)
    """The storage that search optimization takes, in bytes."""
    owner_role_type: str | None = field(STRING, default=None, read_only=True)
    """The kind of role that owns the table, such as `ROLE`."""
    budget: str | None = field(STRING, default=None, read_only=True)
    """The budget that watches the table's spending, if any."""
    table_type: Literal["NORMAL", "DYNAMIC", "EXTERNAL", "EVENT", "HYBRID", "ICEBERG", "IMMUTABLE"] | str | None = (
        field(
            Choice("NORMAL", "DYNAMIC", "EXTERNAL", "EVENT", "HYBRID", "ICEBERG", "IMMUTABLE"),
            default=None,
            read_only=True,
        )
    )
    """Which type of table it is; `NORMAL` for a standard table. One of `NORMAL`, `DYNAMIC`, `EXTERNAL`, `EVENT`,
    `HYBRID`, `ICEBERG`, `IMMUTABLE`.
    """
    row_timestamp: bool | None = field(BOOLEAN, default=None)
    """Whether each row keeps the time of its last change; default false. See
    https://docs.snowflake.com/en/user-guide/data-engineering/row-timestamps.
    """
    error_logging: bool | None = field(BOOLEAN, default=None)
    """Whether rows that DML can't write go to an error table, instead of failing the statement; default false."""
    search_optimization_configuration: list[dict[str, Any]] | None = field(
        Array(Map(ANY)), default=None, read_only=True
    )
    """What search optimization covers."""


@model
class PrimaryKey(Constraint):
    """The key that identifies a row.

    Args:
        name: The name of the constraint; made up by Snowflake when left out.
        column_names: The columns that it is on.
    """

    constraint_type: str = field(STRING, default="PRIMARY KEY", init=False)


@model
class UniqueKey(Constraint):
    """A key whose values occur once.

    Args:
        name: The name of the constraint; made up by Snowflake when left out.
        column_names: The columns that it is on.
    """

    constraint_type: str = field(STRING, default="UNIQUE", init=False)


@model
class ForeignKey(Constraint):
    """A key that refers to a row of another table.

    Args:
        name: The name of the constraint; made up by Snowflake when left out.
        column_names: The columns that it is on.
        referenced_table_name: The table referred to.
        referenced_column_names: The columns referred to, in the order of `column_names`.
    """

    constraint_type: str = field(STRING, default="FOREIGN KEY", init=False)
    referenced_table_name: str = field(STRING)
    """The table referred to."""
    referenced_column_names: list[str] = field(Array(STRING))
    """The columns referred to, in the order of `column_names`."""


@model
class TableClone(Table):
    """A table to create as a clone.

    Args:
        name: The name of the table.
        kind: `PERMANENT`, `TRANSIENT` (without Fail-safe) or `TEMPORARY` (until the session ends). The rest are old
            spellings. One of `PERMANENT`, `TRANSIENT`, `TEMPORARY`, `transient`, `temporary`. Default `PERMANENT`.
        cluster_by: The columns or expressions by which rows that belong together are stored together.
        enable_schema_evolution: Whether loading files with other columns may change the table's to fit; default
            false.
        change_tracking: Whether changes to rows are tracked, for streams and the CHANGES clause; default false.
        data_retention_time_in_days: How many days back Time Travel and undrop reach, from 0 to 90; at most 1 if
            transient or without Enterprise Edition. The default is the schema's value.
        max_data_extension_time_in_days: By how many days at most Snowflake may keep data longer, so that streams on
            it don't become stale, from 0 to 90; default 14.
        default_ddl_collation: The collation of text columns that are created without one of their own, such as
            `en-ci`.
        columns: The columns, in order.
        constraints: The constraints of the table, over one column or several.
        comment: Text that describes the table.
        row_timestamp: Whether each row keeps the time of its last change; default false. See
            https://docs.snowflake.com/en/user-guide/data-engineering/row-timestamps.
        error_logging: Whether rows that DML can't write go to an error table, instead of failing the statement;
            default false.
        point_of_time: The moment in the source's past to clone; the present when left out.

    Attributes:
        created_on (set by the server): When the table was created.
        database_name (set by the server): The database of the table.
        schema_name (set by the server): The schema of the table.
        rows (set by the server): The number of rows.
        bytes (set by the server): The size of the data, in bytes.
        owner (set by the server): The role that owns the table.
        dropped_on (set by the server): When the table was dropped; empty for one that exists.
        automatic_clustering (set by the server): Whether automatic clustering is on.
        search_optimization (set by the server): Whether search optimization is on.
        search_optimization_progress (set by the server): How much of the table is optimized for search so far, in
            percent.
        search_optimization_bytes (set by the server): The storage that search optimization takes, in bytes.
        owner_role_type (set by the server): The kind of role that owns the table, such as `ROLE`.
        budget (set by the server): The budget that watches the table's spending, if any.
        table_type (set by the server): Which type of table it is; `NORMAL` for a standard table. One of `NORMAL`,
            `DYNAMIC`, `EXTERNAL`, `EVENT`, `HYBRID`, `ICEBERG`, `IMMUTABLE`.
        search_optimization_configuration (set by the server): What search optimization covers.
    """

    point_of_time: PointOfTime | None = field(Nested(PointOfTime), default=None)
    """The moment in the source's past to clone; the present when left out."""


@model
class TableAsSelect(Model):
    """A table to create from a query.

    Args:
        name: The name of the table.
        columns: The columns; those of the query when left out.
        cluster_by: The columns or expressions by which rows that belong together are stored together.
    """

    name: str | None = field(STRING, default=None)
    """The name of the table."""
    columns: list[TableColumn] | None = field(Array(Nested(TableColumn)), default=None)
    """The columns; those of the query when left out."""
    cluster_by: list[str] | None = field(Array(STRING), default=None)
    """The columns or expressions by which rows that belong together are stored together."""


@model
class TableUsingTemplate(Model):
    """A table to create with columns from a template.

    Args:
        name: The name of the table.
    """

    name: str | None = field(STRING, default=None)
    """The name of the table."""


@model
class TableLike(Model):
    """A table to create with the columns of another.

    Args:
        name: The name of the new table.
    """

    name: str | None = field(STRING, default=None)
    """The name of the new table."""


Constraint.discriminate(
    "constraint_type",
    {
        "PRIMARY KEY": PrimaryKey,
        "FOREIGN KEY": ForeignKey,
        "UNIQUE": UniqueKey,
    },
)

_SHOW_LIMIT = Integer(minimum=1, maximum=10000)
_TABLE_LIST = Array(Nested(Table))
_CREATE_MODE = Choice("errorIfExists", "orReplace", "ifNotExists")
_TABLE = Nested(Table)
_TABLE_AS_SELECT = Nested(TableAsSelect)
_TABLE_USING_TEMPLATE = Nested(TableUsingTemplate)
_TABLE_CLONE = Nested(TableClone)
_TABLE_LIKE = Nested(TableLike)
_TAG_ASSIGNMENT_LIST = Array(Nested(TagAssignment))
_TAG_REFERENCE_LIST = Array(Nested(TagReference))


def list_tables(
    database: str,
    schema: str,
    *,
    like: str | None = None,
    starts_with: str | None = None,
    show_limit: int | None = None,
    from_name: str | None = None,
    history: bool | None = None,
    deep: bool | None = None,
) -> Operation[list[Table]]:
    """The tables of the schema.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        like: Only the objects whose name matches this SQL pattern (`%` any text, `_` one character), whatever the
            case.
        starts_with: Only the objects whose name starts with this text, in exactly this case.
        show_limit: At most this many objects, from 1 to 10,000.
        from_name: Only the objects that follow the first one whose name starts with this text, in exactly this case.
        history: Include dropped tables that can still be restored.
        deep: Include the columns and constraints of every table, which takes longer.
    """
    return Operation(
        id="listTables",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/tables",
        query={
            "like": argument("like", STRING, like),
            "startsWith": argument("starts_with", STRING, starts_with),
            "showLimit": argument("show_limit", _SHOW_LIMIT, show_limit),
            "fromName": argument("from_name", STRING, from_name),
            "history": argument("history", BOOLEAN, history),
            "deep": argument("deep", BOOLEAN, deep),
        },
        answer=_TABLE_LIST,
    )


def create_table(
    database: str,
    schema: str,
    table: Table,
    *,
    create_mode: Literal["errorIfExists", "orReplace", "ifNotExists"] | str | None = None,
    copy_grants: bool | None = None,
) -> Operation[None]:
    """Create a table.

    See https://docs.snowflake.com/en/sql-reference/sql/create-table.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        table: A table.
        create_mode: What to do when an object of this name exists; fail, replace it, or leave it as it is. The
            server's default is `errorIfExists`.
        copy_grants: Keep the privileges that were granted on the object that this one replaces or is made from. The
            server's default is `false`.
    """
    return Operation(
        id="createTable",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/tables",
        query={
            "createMode": argument("create_mode", _CREATE_MODE, create_mode),
            "copyGrants": argument("copy_grants", BOOLEAN, copy_grants),
        },
        body=body("table", _TABLE, table, required=True),
    )


def create_table_as_select_deprecated(
    database: str,
    schema: str,
    name: str,
    table: Table,
    *,
    query: str,
    create_mode: Literal["errorIfExists", "orReplace", "ifNotExists"] | str | None = None,
    copy_grants: bool | None = None,
) -> Operation[None]:
    """Deprecated; use `createTableAsSelect`.

    Deprecated.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        table: A table.
        query: The SELECT statement whose result fills the table.
        create_mode: What to do when an object of this name exists; fail, replace it, or leave it as it is. The
            server's default is `errorIfExists`.
        copy_grants: Keep the privileges that were granted on the object that this one replaces or is made from. The
            server's default is `false`.
    """
    return Operation(
        id="createTableAsSelectDeprecated",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/tables/{segment('name', name)}:as_select",
        query={
            "query": argument("query", STRING, query, required=True),
            "createMode": argument("create_mode", _CREATE_MODE, create_mode),
            "copyGrants": argument("copy_grants", BOOLEAN, copy_grants),
        },
        body=body("table", _TABLE, table, required=True),
    )


def create_table_as_select(
    database: str,
    schema: str,
    table_as_select: TableAsSelect,
    *,
    query: str,
    create_mode: Literal["errorIfExists", "orReplace", "ifNotExists"] | str | None = None,
    copy_grants: bool | None = None,
) -> Operation[None]:
    """Create a table from the result of a query.

    See https://docs.snowflake.com/en/sql-reference/sql/create-table.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        table_as_select: A table to create from a query.
        query: The SELECT statement whose result fills the table.
        create_mode: What to do when an object of this name exists; fail, replace it, or leave it as it is. The
            server's default is `errorIfExists`.
        copy_grants: Keep the privileges that were granted on the object that this one replaces or is made from. The
            server's default is `false`.
    """
    return Operation(
        id="createTableAsSelect",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/tables:as-select",
        query={
            "query": argument("query", STRING, query, required=True),
            "createMode": argument("create_mode", _CREATE_MODE, create_mode),
            "copyGrants": argument("copy_grants", BOOLEAN, copy_grants),
        },
        body=body("table_as_select", _TABLE_AS_SELECT, table_as_select, required=True),
    )


def create_table_using_template_deprecated(
    database: str,
    schema: str,
    name: str,
    *,
    query: str,
    create_mode: Literal["errorIfExists", "orReplace", "ifNotExists"] | str | None = None,
    copy_grants: bool | None = None,
) -> Operation[None]:
    """Deprecated; use `createTableUsingTemplate`.

    Deprecated.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        query: A query whose result describes the columns as an array of objects, as INFER_SCHEMA gives them.
        create_mode: What to do when an object of this name exists; fail, replace it, or leave it as it is. The
            server's default is `errorIfExists`.
        copy_grants: Keep the privileges that were granted on the object that this one replaces or is made from. The
            server's default is `false`.
    """
    return Operation(
        id="createTableUsingTemplateDeprecated",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/tables/{segment('name', name)}:using_template",
        query={
            "query": argument("query", STRING, query, required=True),
            "createMode": argument("create_mode", _CREATE_MODE, create_mode),
            "copyGrants": argument("copy_grants", BOOLEAN, copy_grants),
        },
    )


def create_table_using_template(
    database: str,
    schema: str,
    table_using_template: TableUsingTemplate | None = None,
    *,
    query: str,
    create_mode: Literal["errorIfExists", "orReplace", "ifNotExists"] | str | None = None,
    copy_grants: bool | None = None,
) -> Operation[None]:
    """Create an empty table whose columns are derived from files.

    See https://docs.snowflake.com/en/sql-reference/functions/infer_schema.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        table_using_template: A table to create with columns from a template.
        query: A query whose result describes the columns as an array of objects, as INFER_SCHEMA gives them.
        create_mode: What to do when an object of this name exists; fail, replace it, or leave it as it is. The
            server's default is `errorIfExists`.
        copy_grants: Keep the privileges that were granted on the object that this one replaces or is made from. The
            server's default is `false`.
    """
    return Operation(
        id="createTableUsingTemplate",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/tables:using-template",
        query={
            "query": argument("query", STRING, query, required=True),
            "createMode": argument("create_mode", _CREATE_MODE, create_mode),
            "copyGrants": argument("copy_grants", BOOLEAN, copy_grants),
        },
        body=body("table_using_template", _TABLE_USING_TEMPLATE, table_using_template),
    )


def fetch_table(database: str, schema: str, name: str) -> Operation[Table]:
    """Fetch a table with its columns and constraints.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
    """
    return Operation(
        id="fetchTable",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/tables/{segment('name', name)}",
        answer=_TABLE,
    )


def create_or_alter_table(database: str, schema: str, name: str, table: Table) -> Operation[None]:
    """Create the table, or change it to match the description.

    Columns that the description leaves out are dropped with their data, and properties go back to their defaults.
    See https://docs.snowflake.com/en/sql-reference/sql/create-table.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        table: A table.
    """
    return Operation(
        id="createOrAlterTable",
        method="PUT",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/tables/{segment('name', name)}",
        body=body("table", _TABLE, table, required=True),
    )


def delete_table(database: str, schema: str, name: str, *, if_exists: bool | None = None) -> Operation[None]:
    """Drop the table.

    It can be restored by `undropTable` as long as its data is retained. See
    https://docs.snowflake.com/en/sql-reference/sql/drop-table.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="deleteTable",
        method="DELETE",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/tables/{segment('name', name)}",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
    )


def clone_table(
    database: str,
    schema: str,
    name: str,
    table_clone: TableClone,
    *,
    create_mode: Literal["errorIfExists", "orReplace", "ifNotExists"] | str | None = None,
    copy_grants: bool | None = None,
    target_database: str | None = None,
    target_schema: str | None = None,
) -> Operation[None]:
    """Create a table as a clone of this one.

    The clone has the name in the body and the data that the source has, or had at `point_of_time`. It takes no
    storage of its own until data changes. See https://docs.snowflake.com/en/sql-reference/sql/create-clone.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        table_clone: A table to create as a clone.
        create_mode: What to do when an object of this name exists; fail, replace it, or leave it as it is. The
            server's default is `errorIfExists`.
        copy_grants: Keep the privileges that were granted on the object that this one replaces or is made from. The
            server's default is `false`.
        target_database: The database of the target; the source's own when left out.
        target_schema: The schema of the target; the source's own when left out.
    """
    return Operation(
        id="cloneTable",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/tables/{segment('name', name)}:clone",
        query={
            "createMode": argument("create_mode", _CREATE_MODE, create_mode),
            "copyGrants": argument("copy_grants", BOOLEAN, copy_grants),
            "targetDatabase": argument("target_database", IDENTIFIER, target_database),
            "targetSchema": argument("target_schema", IDENTIFIER, target_schema),
        },
        body=body("table_clone", _TABLE_CLONE, table_clone, required=True),
    )


def create_table_like_deprecated(
    database: str,
    schema: str,
    name: str,
    *,
    new_table_name: str,
    create_mode: Literal["errorIfExists", "orReplace", "ifNotExists"] | str | None = None,
    copy_grants: bool | None = None,
) -> Operation[None]:
    """Deprecated; use `createTableLike`.

    Deprecated.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        new_table_name: The name of the new table.
        create_mode: What to do when an object of this name exists; fail, replace it, or leave it as it is. The
            server's default is `errorIfExists`.
        copy_grants: Keep the privileges that were granted on the object that this one replaces or is made from. The
            server's default is `false`.
    """
    return Operation(
        id="createTableLikeDeprecated",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/tables/{segment('name', name)}:create_like",
        query={
            "newTableName": argument("new_table_name", STRING, new_table_name, required=True),
            "createMode": argument("create_mode", _CREATE_MODE, create_mode),
            "copyGrants": argument("copy_grants", BOOLEAN, copy_grants),
        },
    )


def create_table_like(
    database: str,
    schema: str,
    name: str,
    table_like: TableLike,
    *,
    create_mode: Literal["errorIfExists", "orReplace", "ifNotExists"] | str | None = None,
    copy_grants: bool | None = None,
) -> Operation[None]:
    """Create an empty table with the columns of this one.

    See https://docs.snowflake.com/en/sql-reference/sql/create-table.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        table_like: A table to create with the columns of another.
        create_mode: What to do when an object of this name exists; fail, replace it, or leave it as it is. The
            server's default is `errorIfExists`.
        copy_grants: Keep the privileges that were granted on the object that this one replaces or is made from. The
            server's default is `false`.
    """
    return Operation(
        id="createTableLike",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/tables/{segment('name', name)}:create-like",
        query={
            "createMode": argument("create_mode", _CREATE_MODE, create_mode),
            "copyGrants": argument("copy_grants", BOOLEAN, copy_grants),
        },
        body=body("table_like", _TABLE_LIKE, table_like, required=True),
    )


def undrop_table(database: str, schema: str, name: str) -> Operation[None]:
    """Restore the dropped table.

    Of several with this name the most recently dropped comes back. It fails while a table of the schema has the
    name. See https://docs.snowflake.com/en/sql-reference/sql/undrop-table.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
    """
    return Operation(
        id="undropTable",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/tables/{segment('name', name)}:undrop",
    )


def suspend_recluster_table_deprecated(
    database: str, schema: str, name: str, *, if_exists: bool | None = None
) -> Operation[None]:
    """Deprecated; use `suspendReclusterTable`.

    Deprecated.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="suspendReclusterTableDeprecated",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/tables/{segment('name', name)}:suspend_recluster",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
    )


def suspend_recluster_table(database: str, schema: str, name: str, *, if_exists: bool | None = None) -> Operation[None]:
    """Suspend automatic clustering of the table.

    See https://docs.snowflake.com/en/user-guide/tables-auto-reclustering.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="suspendReclusterTable",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/tables/{segment('name', name)}:suspend-recluster",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
    )


def resume_recluster_table_deprecated(
    database: str, schema: str, name: str, *, if_exists: bool | None = None
) -> Operation[None]:
    """Deprecated; use `resumeReclusterTable`.

    Deprecated.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="resumeReclusterTableDeprecated",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/tables/{segment('name', name)}:resume_recluster",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
    )


def resume_recluster_table(database: str, schema: str, name: str, *, if_exists: bool | None = None) -> Operation[None]:
    """Resume automatic clustering of the table.

    See https://docs.snowflake.com/en/user-guide/tables-auto-reclustering.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="resumeReclusterTable",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/tables/{segment('name', name)}:resume-recluster",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
    )


def swap_with_table_deprecated(
    database: str, schema: str, name: str, *, target_table_name: str, if_exists: bool | None = None
) -> Operation[None]:
    """Deprecated; use `swapWithTable`.

    Deprecated.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        target_table_name: The name of the other table.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="swapWithTableDeprecated",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/tables/{segment('name', name)}:swapwith",
        query={
            "targetTableName": argument("target_table_name", STRING, target_table_name, required=True),
            "ifExists": argument("if_exists", BOOLEAN, if_exists),
        },
    )


def swap_with_table(
    database: str,
    schema: str,
    name: str,
    *,
    target_name: str,
    if_exists: bool | None = None,
    target_database: str | None = None,
    target_schema: str | None = None,
) -> Operation[None]:
    """Swap the table with another.

    Both are renamed in one transaction, so that each takes the other's name. See
    https://docs.snowflake.com/en/sql-reference/sql/alter-table.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        target_name: The name of the other table.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
        target_database: The database of the target; the source's own when left out.
        target_schema: The schema of the target; the source's own when left out.
    """
    return Operation(
        id="swapWithTable",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/tables/{segment('name', name)}:swap-with",
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
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/tables/{segment('name', name)}:set-tags",
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
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/tables/{segment('name', name)}:unset-tags",
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
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/tables/{segment('name', name)}:get-tags",
        query={"withLineage": argument("with_lineage", BOOLEAN, with_lineage)},
        answer=_TAG_ASSIGNMENT_LIST,
    )


RESOURCE = Resource(
    name="table",
    collection="/api/v2/databases/{database}/schemas/{schema}/tables",
    model=Table,
    list=list_tables,
    create=create_table,
    fetch=fetch_table,
    create_or_alter=create_or_alter_table,
    drop=delete_table,
    undrop=undrop_table,
    suspend_recluster=suspend_recluster_table,
    resume_recluster=resume_recluster_table,
    set_tags=set_tags,
    unset_tags=unset_tags,
    get_tags=get_tags,
)
