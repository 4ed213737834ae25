# Generated from specs/iceberg-table.yaml by `make generate`. Do not edit.
# Subclasses narrow fields of their bases:
# pyright: reportIncompatibleVariableOverride=false
"""An Iceberg table keeps data and metadata as files in the open Apache Iceberg format. Its catalog is Snowflake, which
then manages the table, or an external one, whose tables Snowflake reads. See
https://docs.snowflake.com/en/user-guide/tables-iceberg.
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
    String,
    argument,
    body,
    field,
    model,
    segment,
)


@model
class RefreshIcebergTableRequest(Model):
    """What to refresh an Iceberg table from.

    Args:
        metadata_file_relative_path: The metadata file to read, relative to the external volume's location. Only for
            tables that were made from Iceberg files.
    """

    metadata_file_relative_path: str | None = field(STRING, default=None)
    """The metadata file to read, relative to the external volume's location. Only for tables that were made from
    Iceberg files.
    """


@model
class ConvertToManagedIcebergTableRequest(Model):
    """How Snowflake is to store a table that it takes over.

    Args:
        base_location: The directory of the table's files, relative to the external volume's location.
        storage_serialization_policy: How Parquet files are written, with encodings that other engines read too
            (`COMPATIBLE`) or those that suit Snowflake best (`OPTIMIZED`).
    """

    base_location: str | None = field(STRING, default=None)
    """The directory of the table's files, relative to the external volume's location."""
    storage_serialization_policy: Literal["COMPATIBLE", "OPTIMIZED"] | str | None = field(
        Choice("COMPATIBLE", "OPTIMIZED"), default=None
    )
    """How Parquet files are written, with encodings that other engines read too (`COMPATIBLE`) or those that suit
    Snowflake best (`OPTIMIZED`).
    """


@model
class IcebergTableColumn(Model):
    """A column of an Iceberg table.

    Args:
        name: The column's name.
        datatype: The column's type, such as `NUMBER(10,0)` or the Iceberg type `long`.
        comment: Free text about the column.
        nullable: Whether the column may hold NULL.
        default_value: The value when a row gives none.
    """

    name: str = field(String(pattern='^("([^"]|"")+"|[a-zA-Z_][a-zA-Z0-9_$]*)$'))
    """The column's name."""
    datatype: str = field(STRING)
    """The column's type, such as `NUMBER(10,0)` or the Iceberg type `long`."""
    comment: str | None = field(STRING, default=None)
    """Free text about the column."""
    nullable: bool | None = field(BOOLEAN, default=None)
    """Whether the column may hold NULL."""
    default_value: str | None = field(STRING, default=None)
    """The value when a row gives none."""


@model
class Constraint(Model):
    """A key of a table.

    Args:
        name: The constraint's name.
        column_names: The columns of the key, in order.
    """

    name: str | None = field(STRING, default=None)
    """The constraint's name."""
    column_names: list[str] | None = field(Array(STRING), default=None)
    """The columns of the key, in order."""
    constraint_type: str | None = field(STRING, default=None, init=False)
    """The kind of key."""


@model
class IcebergTable(Model):
    """A table whose data and metadata are Apache Iceberg files.

    Args:
        name: The Iceberg table's name, plain or in double quotes.
        comment: Free text about the Iceberg table.
        change_tracking: Whether the table records which rows change, as streams on it need.
        max_data_extension_time_in_days: For how many days Snowflake may hold history beyond the retention time so
            that streams on the table do not become stale, from 0 to 90. Default 14.
        external_volume: The external volume with the table's files; the default of the schema, database or account
            when left out.
        data_retention_time_in_days: For how many days Time Travel can reach back into the table, from 0 to 90; at
            most 1 in Standard Edition.
        catalog_sync: The catalog integration through which Snowflake Open Catalog learns of changes to the table.
        catalog: `SNOWFLAKE` for tables that Snowflake manages, otherwise the catalog integration for the external
            catalog.
        storage_serialization_policy: How Parquet files are written, with encodings that other engines read too
            (`COMPATIBLE`) or those that suit Snowflake best (`OPTIMIZED`).
        catalog_table_name: The table's name in the external catalog.
        catalog_namespace: The namespace that holds the table in the external catalog; the catalog integration's
            default when left out.
        cluster_by: The clustering key, one expression per entry. Rows that agree in it are stored close together.
        columns: The columns, in order.
        base_location: The directory of the table's files, relative to the external volume's location.
        replace_invalid_characters: Whether text that is not valid UTF-8 is read with `�` in place of what is wrong;
            if not, reading it fails. Default false.
        metadata_file_path: The metadata file that the table was made from, relative to the external volume's
            location.
        constraints: The primary, unique and foreign keys. Snowflake records them without enforcing them.

    Attributes:
        created_on (set by the server): When the Iceberg table was created.
        database_name (set by the server): The database that holds the Iceberg table.
        schema_name (set by the server): The schema that holds the Iceberg table.
        owner (set by the server): The role that owns the Iceberg table.
        owner_role_type (set by the server): The kind of role that the owner is, such as `ROLE` or `DATABASE_ROLE`.
        iceberg_table_type (set by the server): Whether Snowflake manages the table (`MANAGED`) or an external
            catalog does (`UNMANAGED`).
        can_write_metadata (set by the server): Whether Snowflake can write metadata files to the table's location.
        auto_refresh (set by the server): Whether Snowflake looks for changes in the external catalog by itself.
    """

    name: str = field(String(pattern='^("([^"]|"")+"|[a-zA-Z_][a-zA-Z0-9_$]*)$'))
    """The Iceberg table's name, plain or in double quotes."""
    comment: str | None = field(STRING, default=None)
    """Free text about the Iceberg table."""
    change_tracking: bool | None = field(BOOLEAN, default=None)
    """Whether the table records which rows change, as streams on it need."""
    max_data_extension_time_in_days: int | None = field(INTEGER, default=None)
    """For how many days Snowflake may hold history beyond the retention time so that streams on the table do not become
    stale, from 0 to 90. Default 14.
    """
    external_volume: str | None = field(STRING, default=None)
    """The external volume with the table's files; the default of the schema, database or account when left out."""
    data_retention_time_in_days: int | None = field(INTEGER, default=None)
    """For how many days Time Travel can reach back into the table, from 0 to 90; at most 1 in Standard Edition."""
    catalog_sync: str | None = field(STRING, default=None)
    """The catalog integration through which Snowflake Open Catalog learns of changes to the table."""
    catalog: str | None = field(STRING, default=None)
    """`SNOWFLAKE` for tables that Snowflake manages, otherwise the catalog integration for the external catalog."""
    storage_serialization_policy: Literal["COMPATIBLE", "OPTIMIZED"] | str | None = field(
        Choice("COMPATIBLE", "OPTIMIZED"), default=None
    )
    """How Parquet files are written, with encodings that other engines read too (`COMPATIBLE`) or those that suit
    Snowflake best (`OPTIMIZED`).
    """
    created_on: datetime | None = field(DATETIME, default=None, read_only=True)
    """When the Iceberg table was created."""
    database_name: str | None = field(
        String(pattern='^("([^"]|"")+"|[a-zA-Z_][a-zA-Z0-9_$]*)$'), default=None, read_only=True
    )
    """The database that holds the Iceberg table."""
    schema_name: str | None = field(
        String(pattern='^("([^"]|"")+"|[a-zA-Z_][a-zA-Z0-9_$]*)$'), default=None, read_only=True
    )
    """The schema that holds the Iceberg table."""
    owner: str | None = field(String(pattern='^("([^"]|"")+"|[a-zA-Z_][a-zA-Z0-9_$]*)$'), default=None, read_only=True)
    """The role that owns the Iceberg table."""
    owner_role_type: str | None = field(
        String(pattern='^("([^"]|"")+"|[a-zA-Z_][a-zA-Z0-9_$]*)$'), default=None, read_only=True
    )
    """The kind of role that the owner is, such as `ROLE` or `DATABASE_ROLE`."""
    iceberg_table_type: str | None = field(STRING, default=None, read_only=True)
    """Whether Snowflake manages the table (`MANAGED`) or an external catalog does (`UNMANAGED`)."""
    catalog_table_name: str | None = field(STRING, default=None)
    """The table's name in the external catalog."""
    catalog_namespace: str | None = field(STRING, default=None)
    """The namespace that holds the table in the external catalog; the catalog integration's default when left out."""
    can_write_metadata: str | None = field(STRING, default=None, read_only=True)
    """Whether Snowflake can write metadata files to the table's location."""
    cluster_by: list[str] | None = field(Array(STRING), default=None)
    """The clustering key, one expression per entry. Rows that agree in it are stored close together."""
    columns: list[IcebergTableColumn] | None = field(Array(Nested(IcebergTableColumn)), default=None)
    """The columns, in order."""
    base_location: str | None = field(STRING, default=None)
    """The directory of the table's files, relative to the external volume's location."""
    replace_invalid_characters: bool | None = field(BOOLEAN, default=None)
    """Whether text that is not valid UTF-8 is read with `�` in place of what is wrong; if not, reading it fails.
    Default false.
    """
    auto_refresh: bool | None = field(BOOLEAN, default=None, read_only=True)
    """Whether Snowflake looks for changes in the external catalog by itself."""
    metadata_file_path: str | None = field(STRING, default=None)
    """The metadata file that the table was made from, relative to the external volume's location."""
    constraints: list[Constraint] | None = field(Array(Nested(Constraint)), default=None)
    """The primary, unique and foreign keys. Snowflake records them without enforcing them."""


@model
class IcebergTableAsSelect(Model):
    """The Iceberg table to make from the result of a query.

    Args:
        name: The Iceberg table's name, plain or in double quotes.
        columns: The columns, in order. Left out, they are those of the query.
        external_volume: The external volume with the table's files; the default of the schema, database or account
            when left out.
        cluster_by: The clustering key, one expression per entry. Rows that agree in it are stored close together.
        base_location: The directory of the table's files, relative to the external volume's location.
        comment: Free text about the Iceberg table.
    """

    name: str = field(STRING)
    """The Iceberg table's name, plain or in double quotes."""
    columns: list[IcebergTableColumn] | None = field(Array(Nested(IcebergTableColumn)), default=None)
    """The columns, in order. Left out, they are those of the query."""
    external_volume: str | None = field(STRING, default=None)
    """The external volume with the table's files; the default of the schema, database or account when left out."""
    cluster_by: list[str] | None = field(Array(STRING), default=None)
    """The clustering key, one expression per entry. Rows that agree in it are stored close together."""
    base_location: str | None = field(STRING, default=None)
    """The directory of the table's files, relative to the external volume's location."""
    comment: str | None = field(STRING, default=None)
    """Free text about the Iceberg table."""


@model
class IcebergTableLike(Model):
    """The Iceberg table to make after the model of another.

    Args:
        name: The Iceberg table's name, plain or in double quotes.
        cluster_by: The clustering key, one expression per entry. Rows that agree in it are stored close together.
        external_volume: The external volume with the table's files; the default of the schema, database or account
            when left out.
        base_location: The directory of the table's files, relative to the external volume's location.
        comment: Free text about the Iceberg table.
    """

    name: str = field(STRING)
    """The Iceberg table's name, plain or in double quotes."""
    cluster_by: list[str] | None = field(Array(STRING), default=None)
    """The clustering key, one expression per entry. Rows that agree in it are stored close together."""
    external_volume: str | None = field(STRING, default=None)
    """The external volume with the table's files; the default of the schema, database or account when left out."""
    base_location: str | None = field(STRING, default=None)
    """The directory of the table's files, relative to the external volume's location."""
    comment: str | None = field(STRING, default=None)
    """Free text about the Iceberg table."""


@model
class IcebergTableClone(Model):
    """The Iceberg table to make as a clone of another.

    Args:
        name: The clone's name.
        point_of_time: The moment whose state is cloned; now when left out.
    """

    name: str = field(STRING)
    """The clone's name."""
    point_of_time: PointOfTime | None = field(Nested(PointOfTime), default=None)
    """The moment whose state is cloned; now when left out."""


@model
class IcebergTableFromAWSGlueCatalog(Model):
    """The Iceberg table to make for a table of an AWS Glue Data Catalog.

    Args:
        name: The Iceberg table's name, plain or in double quotes.
        external_volume: The external volume with the table's files; the default of the schema, database or account
            when left out.
        catalog_table_name: The table's name in the external catalog.
        catalog_namespace: The namespace that holds the table in the external catalog; the catalog integration's
            default when left out.
        replace_invalid_characters: Whether text that is not valid UTF-8 is read with `�` in place of what is wrong;
            if not, reading it fails. Default false.
        auto_refresh: Whether Snowflake looks for changes in the external catalog by itself. Default false.
        catalog: The catalog integration for the external catalog; the default of the schema, database or account
            when left out.
        comment: Free text about the Iceberg table.
    """

    name: str = field(STRING)
    """The Iceberg table's name, plain or in double quotes."""
    external_volume: str | None = field(STRING, default=None)
    """The external volume with the table's files; the default of the schema, database or account when left out."""
    catalog_table_name: str = field(STRING)
    """The table's name in the external catalog."""
    catalog_namespace: str | None = field(STRING, default=None)
    """The namespace that holds the table in the external catalog; the catalog integration's default when left out."""
    replace_invalid_characters: bool | None = field(BOOLEAN, default=None)
    """Whether text that is not valid UTF-8 is read with `�` in place of what is wrong; if not, reading it fails.
    Default false.
    """
    auto_refresh: bool | None = field(BOOLEAN, default=None)
    """Whether Snowflake looks for changes in the external catalog by itself. Default false."""
    catalog: str | None = field(STRING, default=None)
    """The catalog integration for the external catalog; the default of the schema, database or account when left out.
    """
    comment: str | None = field(STRING, default=None)
    """Free text about the Iceberg table."""


@model
class IcebergTableFromIcebergFiles(Model):
    """The Iceberg table to make for Iceberg files in object storage.

    Args:
        name: The Iceberg table's name, plain or in double quotes.
        external_volume: The external volume with the table's files; the default of the schema, database or account
            when left out.
        replace_invalid_characters: Whether text that is not valid UTF-8 is read with `�` in place of what is wrong;
            if not, reading it fails. Default false.
        metadata_file_path: The Iceberg metadata file that describes the table, relative to the external volume's
            location.
        catalog: The catalog integration for the external catalog; the default of the schema, database or account
            when left out.
        comment: Free text about the Iceberg table.
    """

    name: str = field(STRING)
    """The Iceberg table's name, plain or in double quotes."""
    external_volume: str | None = field(STRING, default=None)
    """The external volume with the table's files; the default of the schema, database or account when left out."""
    replace_invalid_characters: bool | None = field(BOOLEAN, default=None)
    """Whether text that is not valid UTF-8 is read with `�` in place of what is wrong; if not, reading it fails.
    Default false.
    """
    metadata_file_path: str = field(STRING)
    """The Iceberg metadata file that describes the table, relative to the external volume's location."""
    catalog: str | None = field(STRING, default=None)
    """The catalog integration for the external catalog; the default of the schema, database or account when left out.
    """
    comment: str | None = field(STRING, default=None)
    """Free text about the Iceberg table."""


@model
class IcebergTableFromDelta(Model):
    """The Iceberg table to make for the files of a Delta table.

    Args:
        name: The Iceberg table's name, plain or in double quotes.
        external_volume: The external volume with the table's files; the default of the schema, database or account
            when left out.
        replace_invalid_characters: Whether text that is not valid UTF-8 is read with `�` in place of what is wrong;
            if not, reading it fails. Default false.
        base_location: The directory of the Delta table, relative to the external volume's location.
        catalog: The catalog integration for the external catalog; the default of the schema, database or account
            when left out.
        comment: Free text about the Iceberg table.
    """

    name: str = field(STRING)
    """The Iceberg table's name, plain or in double quotes."""
    external_volume: str | None = field(STRING, default=None)
    """The external volume with the table's files; the default of the schema, database or account when left out."""
    replace_invalid_characters: bool | None = field(BOOLEAN, default=None)
    """Whether text that is not valid UTF-8 is read with `�` in place of what is wrong; if not, reading it fails.
    Default false.
    """
    base_location: str = field(STRING)
    """The directory of the Delta table, relative to the external volume's location."""
    catalog: str | None = field(STRING, default=None)
    """The catalog integration for the external catalog; the default of the schema, database or account when left out.
    """
    comment: str | None = field(STRING, default=None)
    """Free text about the Iceberg table."""


@model
class IcebergTableFromIcebergRest(Model):
    """The Iceberg table to make for a table of an Iceberg REST catalog.

    Args:
        name: The Iceberg table's name, plain or in double quotes.
        external_volume: The external volume with the table's files; the default of the schema, database or account
            when left out.
        catalog_table_name: The table's name in the external catalog.
        catalog_namespace: The namespace that holds the table in the external catalog; the catalog integration's
            default when left out.
        replace_invalid_characters: Whether text that is not valid UTF-8 is read with `�` in place of what is wrong;
            if not, reading it fails. Default false.
        auto_refresh: Whether Snowflake looks for changes in the external catalog by itself. Default false.
        catalog: The catalog integration for the external catalog; the default of the schema, database or account
            when left out.
        comment: Free text about the Iceberg table.
    """

    name: str = field(STRING)
    """The Iceberg table's name, plain or in double quotes."""
    external_volume: str | None = field(STRING, default=None)
    """The external volume with the table's files; the default of the schema, database or account when left out."""
    catalog_table_name: str = field(STRING)
    """The table's name in the external catalog."""
    catalog_namespace: str | None = field(STRING, default=None)
    """The namespace that holds the table in the external catalog; the catalog integration's default when left out."""
    replace_invalid_characters: bool | None = field(BOOLEAN, default=None)
    """Whether text that is not valid UTF-8 is read with `�` in place of what is wrong; if not, reading it fails.
    Default false.
    """
    auto_refresh: bool | None = field(BOOLEAN, default=None)
    """Whether Snowflake looks for changes in the external catalog by itself. Default false."""
    catalog: str | None = field(STRING, default=None)
    """The catalog integration for the external catalog; the default of the schema, database or account when left out.
    """
    comment: str | None = field(STRING, default=None)
    """Free text about the Iceberg table."""


@model
class PrimaryKey(Constraint):
    """The key that identifies a row.

    Args:
        name: The constraint's name.
        column_names: The columns of the key, in order.
    """

    constraint_type: str = field(STRING, default="PRIMARY KEY", init=False)


@model
class UniqueKey(Constraint):
    """A key that no two rows share.

    Args:
        name: The constraint's name.
        column_names: The columns of the key, in order.
    """

    constraint_type: str = field(STRING, default="UNIQUE", init=False)


@model
class ForeignKey(Constraint):
    """A key that points to rows of another table.

    Args:
        name: The constraint's name.
        column_names: The columns of the key, in order.
        referenced_table_name: The table that the key points to.
        referenced_column_names: That table's columns, in the order of `column_names`.
    """

    constraint_type: str = field(STRING, default="FOREIGN KEY", init=False)
    referenced_table_name: str = field(STRING)
    """The table that the key points to."""
    referenced_column_names: list[str] | None = field(Array(STRING), default=None)
    """That table's columns, in the order of `column_names`."""


Constraint.discriminate(
    "constraint_type",
    {
        "PRIMARY KEY": PrimaryKey,
        "FOREIGN KEY": ForeignKey,
        "UNIQUE": UniqueKey,
    },
)

_SHOW_LIMIT = Integer(minimum=1, maximum=10000)
_ICEBERG_TABLE_LIST = Array(Nested(IcebergTable))
_CREATE_MODE = Choice("errorIfExists", "orReplace", "ifNotExists")
_ICEBERG_TABLE = Nested(IcebergTable)
_ICEBERG_TABLE_AS_SELECT = Nested(IcebergTableAsSelect)
_ICEBERG_TABLE_FROM_AWSGLUE_CATALOG = Nested(IcebergTableFromAWSGlueCatalog)
_ICEBERG_TABLE_FROM_DELTA = Nested(IcebergTableFromDelta)
_ICEBERG_TABLE_FROM_ICEBERG_FILES = Nested(IcebergTableFromIcebergFiles)
_ICEBERG_TABLE_FROM_ICEBERG_REST = Nested(IcebergTableFromIcebergRest)
_TYPE = Choice("CASCADE", "RESTRICT")
_REFRESH_ICEBERG_TABLE_REQUEST = Nested(RefreshIcebergTableRequest)
_CONVERT_TO_MANAGED_ICEBERG_TABLE_REQUEST = Nested(ConvertToManagedIcebergTableRequest)
_ICEBERG_TABLE_CLONE = Nested(IcebergTableClone)
_ICEBERG_TABLE_LIKE = Nested(IcebergTableLike)
_TAG_ASSIGNMENT_LIST = Array(Nested(TagAssignment))
_TAG_REFERENCE_LIST = Array(Nested(TagReference))


def list_iceberg_tables(
    database: str,
    schema: str,
    *,
    like: str | None = None,
    starts_with: str | None = None,
    show_limit: int | None = None,
    from_name: str | None = None,
    deep: bool | None = None,
) -> Operation[list[IcebergTable]]:
    """The Iceberg tables of the schema.

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
        id="listIcebergTables",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/iceberg-tables",
        query={
            "like": argument("like", STRING, like),
            "startsWith": argument("starts_with", STRING, starts_with),
            "showLimit": argument("show_limit", _SHOW_LIMIT, show_limit),
            "fromName": argument("from_name", STRING, from_name),
            "deep": argument("deep", BOOLEAN, deep),
        },
        answer=_ICEBERG_TABLE_LIST,
    )


def create_snowflake_managed_iceberg_table(
    database: str,
    schema: str,
    iceberg_table: IcebergTable,
    *,
    create_mode: Literal["errorIfExists", "orReplace", "ifNotExists"] | str | None = None,
    copy_grants: bool | None = None,
) -> Operation[None]:
    """Create an Iceberg table that Snowflake manages.

    See https://docs.snowflake.com/en/sql-reference/sql/create-iceberg-table-snowflake.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        iceberg_table: A table whose data and metadata are Apache Iceberg files.
        create_mode: What to do when an object of this name exists; fail, replace it, or leave it as it is. The
            server's default is `errorIfExists`.
        copy_grants: Keep the privileges that were granted on the object that this one replaces or is made from. The
            server's default is `false`.
    """
    return Operation(
        id="createSnowflakeManagedIcebergTable",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/iceberg-tables",
        query={
            "createMode": argument("create_mode", _CREATE_MODE, create_mode),
            "copyGrants": argument("copy_grants", BOOLEAN, copy_grants),
        },
        body=body("iceberg_table", _ICEBERG_TABLE, iceberg_table, required=True),
    )


def create_snowflake_managed_iceberg_table_as_select(
    database: str,
    schema: str,
    iceberg_table_as_select: IcebergTableAsSelect,
    *,
    query: str,
    create_mode: Literal["errorIfExists", "orReplace", "ifNotExists"] | str | None = None,
    copy_grants: bool | None = None,
) -> Operation[None]:
    """Create an Iceberg table that Snowflake manages, filled with a query's result.

    See https://docs.snowflake.com/en/sql-reference/sql/create-iceberg-table-snowflake.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        iceberg_table_as_select: The Iceberg table to make from the result of a query.
        query: The SELECT whose result fills the table.
        create_mode: What to do when an object of this name exists; fail, replace it, or leave it as it is. The
            server's default is `errorIfExists`.
        copy_grants: Keep the privileges that were granted on the object that this one replaces or is made from. The
            server's default is `false`.
    """
    return Operation(
        id="createSnowflakeManagedIcebergTableAsSelect",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/iceberg-tables:as-select",
        query={
            "query": argument("query", STRING, query, required=True),
            "createMode": argument("create_mode", _CREATE_MODE, create_mode),
            "copyGrants": argument("copy_grants", BOOLEAN, copy_grants),
        },
        body=body("iceberg_table_as_select", _ICEBERG_TABLE_AS_SELECT, iceberg_table_as_select, required=True),
    )


def create_unmanaged_iceberg_table_from_aws_glue_catalog(
    database: str,
    schema: str,
    iceberg_table_from_aws_glue_catalog: IcebergTableFromAWSGlueCatalog,
    *,
    create_mode: Literal["errorIfExists", "orReplace", "ifNotExists"] | str | None = None,
) -> Operation[None]:
    """Create an Iceberg table for a table of an AWS Glue Data Catalog.

    See https://docs.snowflake.com/en/sql-reference/sql/create-iceberg-table-aws-glue.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        iceberg_table_from_aws_glue_catalog: The Iceberg table to make for a table of an AWS Glue Data Catalog.
        create_mode: What to do when an object of this name exists; fail, replace it, or leave it as it is. The
            server's default is `errorIfExists`.
    """
    return Operation(
        id="createUnmanagedIcebergTableFromAWSGlueCatalog",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/iceberg-tables:from-aws-glue-catalog",
        query={"createMode": argument("create_mode", _CREATE_MODE, create_mode)},
        body=body(
            "iceberg_table_from_aws_glue_catalog",
            _ICEBERG_TABLE_FROM_AWSGLUE_CATALOG,
            iceberg_table_from_aws_glue_catalog,
            required=True,
        ),
    )


def create_unmanaged_iceberg_table_from_delta(
    database: str,
    schema: str,
    iceberg_table_from_delta: IcebergTableFromDelta,
    *,
    create_mode: Literal["errorIfExists", "orReplace", "ifNotExists"] | str | None = None,
) -> Operation[None]:
    """Create an Iceberg table for the files of a Delta table.

    See https://docs.snowflake.com/en/sql-reference/sql/create-iceberg-table-delta.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        iceberg_table_from_delta: The Iceberg table to make for the files of a Delta table.
        create_mode: What to do when an object of this name exists; fail, replace it, or leave it as it is. The
            server's default is `errorIfExists`.
    """
    return Operation(
        id="createUnmanagedIcebergTableFromDelta",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/iceberg-tables:from-delta",
        query={"createMode": argument("create_mode", _CREATE_MODE, create_mode)},
        body=body("iceberg_table_from_delta", _ICEBERG_TABLE_FROM_DELTA, iceberg_table_from_delta, required=True),
    )


def create_unmanaged_iceberg_table_from_iceberg_files(
    database: str,
    schema: str,
    iceberg_table_from_iceberg_files: IcebergTableFromIcebergFiles,
    *,
    create_mode: Literal["errorIfExists", "orReplace", "ifNotExists"] | str | None = None,
) -> Operation[None]:
    """Create an Iceberg table for Iceberg files in object storage.

    See https://docs.snowflake.com/en/sql-reference/sql/create-iceberg-table-iceberg-files.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        iceberg_table_from_iceberg_files: The Iceberg table to make for Iceberg files in object storage.
        create_mode: What to do when an object of this name exists; fail, replace it, or leave it as it is. The
            server's default is `errorIfExists`.
    """
    return Operation(
        id="createUnmanagedIcebergTableFromIcebergFiles",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/iceberg-tables:from-iceberg-files",
        query={"createMode": argument("create_mode", _CREATE_MODE, create_mode)},
        body=body(
            "iceberg_table_from_iceberg_files",
            _ICEBERG_TABLE_FROM_ICEBERG_FILES,
            iceberg_table_from_iceberg_files,
            required=True,
        ),
    )


def create_unmanaged_iceberg_table_from_iceberg_rest(
    database: str,
    schema: str,
    iceberg_table_from_iceberg_rest: IcebergTableFromIcebergRest,
    *,
    create_mode: Literal["errorIfExists", "orReplace", "ifNotExists"] | str | None = None,
) -> Operation[None]:
    """Create an Iceberg table for a table of an Iceberg REST catalog.

    See https://docs.snowflake.com/en/sql-reference/sql/create-iceberg-table-rest.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        iceberg_table_from_iceberg_rest: The Iceberg table to make for a table of an Iceberg REST catalog.
        create_mode: What to do when an object of this name exists; fail, replace it, or leave it as it is. The
            server's default is `errorIfExists`.
    """
    return Operation(
        id="createUnmanagedIcebergTableFromIcebergRest",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/iceberg-tables:from-iceberg-rest",
        query={"createMode": argument("create_mode", _CREATE_MODE, create_mode)},
        body=body(
            "iceberg_table_from_iceberg_rest",
            _ICEBERG_TABLE_FROM_ICEBERG_REST,
            iceberg_table_from_iceberg_rest,
            required=True,
        ),
    )


def fetch_iceberg_table(database: str, schema: str, name: str) -> Operation[IcebergTable]:
    """Fetch an Iceberg table.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
    """
    return Operation(
        id="fetchIcebergTable",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/iceberg-tables/{segment('name', name)}",
        answer=_ICEBERG_TABLE,
    )


def drop_iceberg_table(
    database: str,
    schema: str,
    name: str,
    *,
    if_exists: bool | None = None,
    type: Literal["CASCADE", "RESTRICT"] | str | None = None,
) -> Operation[None]:
    """Drop an Iceberg table.

    Undrop brings it back while its data retention time lasts. See
    https://docs.snowflake.com/en/sql-reference/sql/drop-iceberg-table.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
        type: `RESTRICT` keeps the table when foreign keys of other tables point to it; `CASCADE`, the default, drops
            it all the same.
    """
    return Operation(
        id="dropIcebergTable",
        method="DELETE",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/iceberg-tables/{segment('name', name)}",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists), "type": argument("type", _TYPE, type)},
    )


def resume_recluster_iceberg_table(
    database: str, schema: str, name: str, *, if_exists: bool | None = None
) -> Operation[None]:
    """Start the automatic clustering of an Iceberg table again.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="resumeReclusterIcebergTable",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/iceberg-tables/{segment('name', name)}:resume-recluster",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
    )


def suspend_recluster_iceberg_table(
    database: str, schema: str, name: str, *, if_exists: bool | None = None
) -> Operation[None]:
    """Stop the automatic clustering of an Iceberg table.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="suspendReclusterIcebergTable",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/iceberg-tables/{segment('name', name)}:suspend-recluster",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
    )


def refresh_iceberg_table(
    database: str,
    schema: str,
    name: str,
    refresh_iceberg_table_request: RefreshIcebergTableRequest,
    *,
    if_exists: bool | None = None,
) -> Operation[None]:
    """Bring an Iceberg table of an external catalog up to date.

    Reads the current metadata of the catalog, or a given metadata file. See
    https://docs.snowflake.com/en/sql-reference/sql/alter-iceberg-table-refresh.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        refresh_iceberg_table_request: What to refresh an Iceberg table from.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="refreshIcebergTable",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/iceberg-tables/{segment('name', name)}:refresh",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
        body=body(
            "refresh_iceberg_table_request",
            _REFRESH_ICEBERG_TABLE_REQUEST,
            refresh_iceberg_table_request,
            required=True,
        ),
    )


def convert_to_managed_iceberg_table(
    database: str,
    schema: str,
    name: str,
    convert_to_managed_iceberg_table_request: ConvertToManagedIcebergTableRequest,
    *,
    if_exists: bool | None = None,
) -> Operation[None]:
    """Make Snowflake the catalog of an Iceberg table of an external catalog.

    Snowflake can then write to the table. See
    https://docs.snowflake.com/en/sql-reference/sql/alter-iceberg-table-convert-to-managed.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        convert_to_managed_iceberg_table_request: How Snowflake is to store a table that it takes over.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="convertToManagedIcebergTable",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/iceberg-tables/{segment('name', name)}:convert-to-managed",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
        body=body(
            "convert_to_managed_iceberg_table_request",
            _CONVERT_TO_MANAGED_ICEBERG_TABLE_REQUEST,
            convert_to_managed_iceberg_table_request,
            required=True,
        ),
    )


def undrop_iceberg_table(database: str, schema: str, name: str) -> Operation[None]:
    """Restore a dropped Iceberg table.

    Brings back the Iceberg table of this name that was dropped last, with what it held, as long as its data
    retention time has not run out. Fails when the name is in use again. See
    https://docs.snowflake.com/en/sql-reference/sql/undrop-iceberg-table.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
    """
    return Operation(
        id="undropIcebergTable",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/iceberg-tables/{segment('name', name)}:undrop",
    )


def clone_snowflake_managed_iceberg_table(
    database: str,
    schema: str,
    name: str,
    iceberg_table_clone: IcebergTableClone,
    *,
    create_mode: Literal["errorIfExists", "orReplace", "ifNotExists"] | str | None = None,
    copy_grants: bool | None = None,
    target_database: str | None = None,
    target_schema: str | None = None,
) -> Operation[None]:
    """Clone an Iceberg table that Snowflake manages, as it is now or was at a moment in the past.

    The path names the source, the body the new Iceberg table. The two share stored data until one of them changes.
    See https://docs.snowflake.com/en/sql-reference/sql/create-clone.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        iceberg_table_clone: The Iceberg table to make as a clone of another.
        create_mode: What to do when an object of this name exists; fail, replace it, or leave it as it is. The
            server's default is `errorIfExists`.
        copy_grants: Keep the privileges that were granted on the object that this one replaces or is made from. The
            server's default is `false`.
        target_database: The database of the target; the source's own when left out.
        target_schema: The schema of the target; the source's own when left out.
    """
    return Operation(
        id="cloneSnowflakeManagedIcebergTable",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/iceberg-tables/{segment('name', name)}:clone",
        query={
            "createMode": argument("create_mode", _CREATE_MODE, create_mode),
            "copyGrants": argument("copy_grants", BOOLEAN, copy_grants),
            "targetDatabase": argument("target_database", IDENTIFIER, target_database),
            "targetSchema": argument("target_schema", IDENTIFIER, target_schema),
        },
        body=body("iceberg_table_clone", _ICEBERG_TABLE_CLONE, iceberg_table_clone, required=True),
    )


def create_snowflake_managed_iceberg_table_like(
    database: str,
    schema: str,
    name: str,
    iceberg_table_like: IcebergTableLike,
    *,
    create_mode: Literal["errorIfExists", "orReplace", "ifNotExists"] | str | None = None,
    copy_grants: bool | None = None,
    target_database: str | None = None,
    target_schema: str | None = None,
) -> Operation[None]:
    """Create an empty Iceberg table with the columns of another.

    The path names the model, the body the new table. See
    https://docs.snowflake.com/en/sql-reference/sql/create-iceberg-table-snowflake.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        iceberg_table_like: The Iceberg table to make after the model of another.
        create_mode: What to do when an object of this name exists; fail, replace it, or leave it as it is. The
            server's default is `errorIfExists`.
        copy_grants: Keep the privileges that were granted on the object that this one replaces or is made from. The
            server's default is `false`.
        target_database: The database of the target; the source's own when left out.
        target_schema: The schema of the target; the source's own when left out.
    """
    return Operation(
        id="createSnowflakeManagedIcebergTableLike",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/iceberg-tables/{segment('name', name)}:create-like",
        query={
            "createMode": argument("create_mode", _CREATE_MODE, create_mode),
            "copyGrants": argument("copy_grants", BOOLEAN, copy_grants),
            "targetDatabase": argument("target_database", IDENTIFIER, target_database),
            "targetSchema": argument("target_schema", IDENTIFIER, target_schema),
        },
        body=body("iceberg_table_like", _ICEBERG_TABLE_LIKE, iceberg_table_like, required=True),
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
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/iceberg-tables/{segment('name', name)}:set-tags",
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
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/iceberg-tables/{segment('name', name)}:unset-tags",
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
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/iceberg-tables/{segment('name', name)}:get-tags",
        query={"withLineage": argument("with_lineage", BOOLEAN, with_lineage)},
        answer=_TAG_ASSIGNMENT_LIST,
    )


RESOURCE = Resource(
    name="iceberg_table",
    collection="/api/v2/databases/{database}/schemas/{schema}/iceberg-tables",
    model=IcebergTable,
    list=list_iceberg_tables,
    create=create_snowflake_managed_iceberg_table,
    fetch=fetch_iceberg_table,
    drop=drop_iceberg_table,
    resume_recluster=resume_recluster_iceberg_table,
    suspend_recluster=suspend_recluster_iceberg_table,
    undrop=undrop_iceberg_table,
    set_tags=set_tags,
    unset_tags=unset_tags,
    get_tags=get_tags,
)
