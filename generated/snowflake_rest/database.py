# Generated from specs/database.yaml by `make generate`. Do not edit.
"""Databases hold schemas, and through them tables and everything else. They can be cloned, made from shares of other
accounts, replicated, and restored after a drop. See https://docs.snowflake.com/en/sql-reference/sql/create-database.
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
class AccountIdentifiers(Model):
    """Accounts, named.

    Args:
        accounts: The accounts, each as `organization.account`.
    """

    accounts: list[str] = field(Array(String(min_length=1)))
    """The accounts, each as `organization.account`."""


@model
class Database(Model):
    """A database.

    Args:
        name: The name of the database.
        kind: `PERMANENT`, or `TRANSIENT` for tables without Fail-safe and with at most one day of Time Travel.
            Default `PERMANENT`.
        comment: Text that describes the database.
        data_retention_time_in_days: How many days back Time Travel and undrop reach, from 0 to 90; at most 1 if
            transient or without Enterprise Edition. Default 1.
        default_ddl_collation: The collation of text columns that are created without one of their own, such as
            `en-ci`.
        log_level: The least severe messages that functions and procedures of the database log to the event table,
            which is `TRACE`, `DEBUG`, `INFO`, `WARN`, `ERROR`, `FATAL`, or `OFF` for none at all.
        max_data_extension_time_in_days: By how many days at most Snowflake may keep data longer, so that streams on
            it don't become stale, from 0 to 90; default 14.
        suspend_task_after_num_failures: After how many failed runs in a row a task of the database is suspended,
            unless the task has its own number; 0 never suspends it, default 10.
        trace_level: Which trace events of functions and procedures are recorded, such as `ALWAYS`, `ON_EVENT` or
            `OFF`. Known values: `ALWAYS`, `ON_EVENT`, `PROPAGATE`, `OFF`.
        user_task_managed_initial_warehouse_size: The size of the compute for the first runs of a serverless task of
            the database, unless the task has its own; default `MEDIUM`. Known values: `XSMALL`, `SMALL`, `MEDIUM`,
            `LARGE`, `XLARGE`, `XXLARGE`.
        user_task_timeout_ms: How long a run of a task of the database may take, in milliseconds, unless the task has
            its own limit; from 0 to 604,800,000 (seven days), default 3,600,000 (one hour).
        serverless_task_min_statement_size: The smallest warehouse size that serverless tasks of the database may
            use, such as `XSMALL`. Known values: `XSMALL`, `SMALL`, `MEDIUM`, `LARGE`, `XLARGE`, `XXLARGE`.
        serverless_task_max_statement_size: The largest warehouse size that serverless tasks of the database may use,
            such as `XXLARGE`. Known values: `XSMALL`, `SMALL`, `MEDIUM`, `LARGE`, `XLARGE`, `XXLARGE`.

    Attributes:
        created_on (set by the server): When the database was created.
        is_default (set by the server): Whether it is the default database of the user.
        is_current (set by the server): Whether it is the current database of the session.
        origin (set by the server): The share that the database was made from, if any.
        owner (set by the server): The role that owns the database.
        options (set by the server): Options of the database in words, such as `TRANSIENT`.
        retention_time (set by the server): How many days back Time Travel reaches.
        dropped_on (set by the server): When the database was dropped; empty for one that exists.
        budget (set by the server): The budget that watches the database's spending, if any.
        owner_role_type (set by the server): The kind of role that owns the database, such as `ROLE`.
    """

    name: str = field(IDENTIFIER, kw_only=False)
    """The name of the database."""
    created_on: datetime | None = field(DATETIME, default=None, read_only=True, kw_only=False)
    """When the database was created."""
    kind: Literal["PERMANENT", "TRANSIENT"] | str | None = field(
        Choice("PERMANENT", "TRANSIENT"), default="PERMANENT", kw_only=False
    )
    """`PERMANENT`, or `TRANSIENT` for tables without Fail-safe and with at most one day of Time Travel. Default
    `PERMANENT`.
    """
    is_default: bool | None = field(BOOLEAN, default=None, read_only=True, kw_only=False)
    """Whether it is the default database of the user."""
    is_current: bool | None = field(BOOLEAN, default=None, read_only=True, kw_only=False)
    """Whether it is the current database of the session."""
    origin: str | None = field(STRING, default=None, read_only=True, kw_only=False)
    """The share that the database was made from, if any."""
    owner: str | None = field(STRING, default=None, read_only=True, kw_only=False)
    """The role that owns the database."""
    comment: str | None = field(STRING, default=None, kw_only=False)
    """Text that describes the database."""
    options: str | None = field(STRING, default=None, read_only=True, kw_only=False)
    """Options of the database in words, such as `TRANSIENT`."""
    retention_time: int | None = field(INTEGER, default=None, read_only=True, kw_only=False)
    """How many days back Time Travel reaches."""
    dropped_on: datetime | None = field(DATETIME, default=None, read_only=True, kw_only=False)
    """When the database was dropped; empty for one that exists."""
    budget: str | None = field(STRING, default=None, read_only=True, kw_only=False)
    """The budget that watches the database's spending, if any."""
    owner_role_type: str | None = field(STRING, default=None, read_only=True, kw_only=False)
    """The kind of role that owns the database, such as `ROLE`."""
    data_retention_time_in_days: int | None = field(INTEGER, default=None, kw_only=False)
    """How many days back Time Travel and undrop reach, from 0 to 90; at most 1 if transient or without Enterprise
    Edition. Default 1.
    """
    default_ddl_collation: str | None = field(STRING, default=None, kw_only=False)
    """The collation of text columns that are created without one of their own, such as `en-ci`."""
    log_level: Literal["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL", "OFF"] | str | None = field(
        STRING, default=None, kw_only=False
    )
    """The least severe messages that functions and procedures of the database log to the event table, which is `TRACE`,
    `DEBUG`, `INFO`, `WARN`, `ERROR`, `FATAL`, or `OFF` for none at all.
    """
    max_data_extension_time_in_days: int | None = field(INTEGER, default=None, kw_only=False)
    """By how many days at most Snowflake may keep data longer, so that streams on it don't become stale, from 0 to 90;
    default 14.
    """
    suspend_task_after_num_failures: int | None = field(INTEGER, default=None, kw_only=False)
    """After how many failed runs in a row a task of the database is suspended, unless the task has its own number; 0
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
    """The size of the compute for the first runs of a serverless task of the database, unless the task has its own;
    default `MEDIUM`. Known values: `XSMALL`, `SMALL`, `MEDIUM`, `LARGE`, `XLARGE`, `XXLARGE`.
    """
    user_task_timeout_ms: int | None = field(INTEGER, default=None, kw_only=False)
    """How long a run of a task of the database may take, in milliseconds, unless the task has its own limit; from 0 to
    604,800,000 (seven days), default 3,600,000 (one hour).
    """
    serverless_task_min_statement_size: (
        Literal["XSMALL", "SMALL", "MEDIUM", "LARGE", "XLARGE", "XXLARGE"] | str | None
    ) = field(STRING, default=None, kw_only=False)
    """The smallest warehouse size that serverless tasks of the database may use, such as `XSMALL`. Known values:
    `XSMALL`, `SMALL`, `MEDIUM`, `LARGE`, `XLARGE`, `XXLARGE`.
    """
    serverless_task_max_statement_size: (
        Literal["XSMALL", "SMALL", "MEDIUM", "LARGE", "XLARGE", "XXLARGE"] | str | None
    ) = field(STRING, default=None, kw_only=False)
    """The largest warehouse size that serverless tasks of the database may use, such as `XXLARGE`. Known values:
    `XSMALL`, `SMALL`, `MEDIUM`, `LARGE`, `XLARGE`, `XXLARGE`.
    """


@model
class DatabaseClone(Database):
    """A database to create as a clone.

    Args:
        name: The name of the database.
        kind: `PERMANENT`, or `TRANSIENT` for tables without Fail-safe and with at most one day of Time Travel.
            Default `PERMANENT`.
        comment: Text that describes the database.
        data_retention_time_in_days: How many days back Time Travel and undrop reach, from 0 to 90; at most 1 if
            transient or without Enterprise Edition. Default 1.
        default_ddl_collation: The collation of text columns that are created without one of their own, such as
            `en-ci`.
        log_level: The least severe messages that functions and procedures of the database log to the event table,
            which is `TRACE`, `DEBUG`, `INFO`, `WARN`, `ERROR`, `FATAL`, or `OFF` for none at all.
        max_data_extension_time_in_days: By how many days at most Snowflake may keep data longer, so that streams on
            it don't become stale, from 0 to 90; default 14.
        suspend_task_after_num_failures: After how many failed runs in a row a task of the database is suspended,
            unless the task has its own number; 0 never suspends it, default 10.
        trace_level: Which trace events of functions and procedures are recorded, such as `ALWAYS`, `ON_EVENT` or
            `OFF`. Known values: `ALWAYS`, `ON_EVENT`, `PROPAGATE`, `OFF`.
        user_task_managed_initial_warehouse_size: The size of the compute for the first runs of a serverless task of
            the database, unless the task has its own; default `MEDIUM`. Known values: `XSMALL`, `SMALL`, `MEDIUM`,
            `LARGE`, `XLARGE`, `XXLARGE`.
        user_task_timeout_ms: How long a run of a task of the database may take, in milliseconds, unless the task has
            its own limit; from 0 to 604,800,000 (seven days), default 3,600,000 (one hour).
        serverless_task_min_statement_size: The smallest warehouse size that serverless tasks of the database may
            use, such as `XSMALL`. Known values: `XSMALL`, `SMALL`, `MEDIUM`, `LARGE`, `XLARGE`, `XXLARGE`.
        serverless_task_max_statement_size: The largest warehouse size that serverless tasks of the database may use,
            such as `XXLARGE`. Known values: `XSMALL`, `SMALL`, `MEDIUM`, `LARGE`, `XLARGE`, `XXLARGE`.
        point_of_time: The moment in the source's past to clone; the present when left out.

    Attributes:
        created_on (set by the server): When the database was created.
        is_default (set by the server): Whether it is the default database of the user.
        is_current (set by the server): Whether it is the current database of the session.
        origin (set by the server): The share that the database was made from, if any.
        owner (set by the server): The role that owns the database.
        options (set by the server): Options of the database in words, such as `TRANSIENT`.
        retention_time (set by the server): How many days back Time Travel reaches.
        dropped_on (set by the server): When the database was dropped; empty for one that exists.
        budget (set by the server): The budget that watches the database's spending, if any.
        owner_role_type (set by the server): The kind of role that owns the database, such as `ROLE`.
    """

    point_of_time: PointOfTime | None = field(Nested(PointOfTime), default=None)
    """The moment in the source's past to clone; the present when left out."""


@model
class DatabaseFromShare(Model):
    """A database to create from a share.

    Args:
        name: The name of the database.
    """

    name: str | None = field(IDENTIFIER, default=None)
    """The name of the database."""


_SHOW_LIMIT = Integer(minimum=1, maximum=10000)
_DATABASE_LIST = Array(Nested(Database))
_CREATE_MODE = Choice("errorIfExists", "orReplace", "ifNotExists")
_DATABASE = Nested(Database)
_DATABASE_FROM_SHARE = Nested(DatabaseFromShare)
_DATABASE_CLONE = Nested(DatabaseClone)
_ACCOUNT_IDENTIFIERS = Nested(AccountIdentifiers)
_TAG_ASSIGNMENT_LIST = Array(Nested(TagAssignment))
_TAG_REFERENCE_LIST = Array(Nested(TagReference))


def list_databases(
    *,
    like: str | None = None,
    starts_with: str | None = None,
    show_limit: int | None = None,
    from_name: str | None = None,
    history: bool | None = None,
) -> Operation[list[Database]]:
    """The databases of the account.

    Args:
        like: Only the objects whose name matches this SQL pattern (`%` any text, `_` one character), whatever the
            case.
        starts_with: Only the objects whose name starts with this text, in exactly this case.
        show_limit: At most this many objects, from 1 to 10,000.
        from_name: Only the objects that follow the first one whose name starts with this text, in exactly this case.
        history: Include dropped databases that can still be restored.
    """
    return Operation(
        id="listDatabases",
        method="GET",
        path="/api/v2/databases",
        query={
            "like": argument("like", STRING, like),
            "startsWith": argument("starts_with", STRING, starts_with),
            "showLimit": argument("show_limit", _SHOW_LIMIT, show_limit),
            "fromName": argument("from_name", STRING, from_name),
            "history": argument("history", BOOLEAN, history),
        },
        answer=_DATABASE_LIST,
    )


def create_database(
    database: Database,
    *,
    create_mode: Literal["errorIfExists", "orReplace", "ifNotExists"] | str | None = None,
    kind: str | None = None,
) -> Operation[None]:
    """Create a database.

    It starts with a schema named PUBLIC. See https://docs.snowflake.com/en/sql-reference/sql/create-database.

    Args:
        database: A database.
        create_mode: What to do when an object of this name exists; fail, replace it, or leave it as it is. The
            server's default is `errorIfExists`.
        kind: Deprecated; use `kind` of the body.
    """
    return Operation(
        id="createDatabase",
        method="POST",
        path="/api/v2/databases",
        query={
            "createMode": argument("create_mode", _CREATE_MODE, create_mode),
            "kind": argument("kind", STRING, kind),
        },
        body=body("database", _DATABASE, database, required=True),
    )


def create_database_from_share(
    database_from_share: DatabaseFromShare,
    *,
    create_mode: Literal["errorIfExists", "orReplace", "ifNotExists"] | str | None = None,
    share: str | None = None,
) -> Operation[None]:
    """Create a database from a share.

    The database is read-only and shows what another account shares. See
    https://docs.snowflake.com/en/sql-reference/sql/create-database.

    Args:
        database_from_share: A database to create from a share.
        create_mode: What to do when an object of this name exists; fail, replace it, or leave it as it is. The
            server's default is `errorIfExists`.
        share: The share, after the account that provides it, as `account.share`.
    """
    return Operation(
        id="createDatabaseFromShare",
        method="POST",
        path="/api/v2/databases:from-share",
        query={
            "createMode": argument("create_mode", _CREATE_MODE, create_mode),
            "share": argument("share", STRING, share),
        },
        body=body("database_from_share", _DATABASE_FROM_SHARE, database_from_share, required=True),
    )


def create_database_from_share_deprecated(
    name: str,
    *,
    create_mode: Literal["errorIfExists", "orReplace", "ifNotExists"] | str | None = None,
    share: str | None = None,
) -> Operation[None]:
    """Deprecated; use `createDatabaseFromShare`.

    Deprecated.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        create_mode: What to do when an object of this name exists; fail, replace it, or leave it as it is. The
            server's default is `errorIfExists`.
        share: The share, after the account that provides it, as `account.share`.
    """
    return Operation(
        id="createDatabaseFromShareDeprecated",
        method="POST",
        path=f"/api/v2/databases/{segment('name', name)}:from_share",
        query={
            "createMode": argument("create_mode", _CREATE_MODE, create_mode),
            "share": argument("share", STRING, share),
        },
    )


def clone_database(
    name: str,
    database_clone: DatabaseClone,
    *,
    create_mode: Literal["errorIfExists", "orReplace", "ifNotExists"] | str | None = None,
    kind: str | None = None,
) -> Operation[None]:
    """Create a database as a clone of this one.

    The clone has the name in the body and the data that the source has, or had at `point_of_time`. It takes no
    storage of its own until data changes. See https://docs.snowflake.com/en/sql-reference/sql/create-clone.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        database_clone: A database to create as a clone.
        create_mode: What to do when an object of this name exists; fail, replace it, or leave it as it is. The
            server's default is `errorIfExists`.
        kind: Deprecated; use `kind` of the body.
    """
    return Operation(
        id="cloneDatabase",
        method="POST",
        path=f"/api/v2/databases/{segment('name', name)}:clone",
        query={
            "createMode": argument("create_mode", _CREATE_MODE, create_mode),
            "kind": argument("kind", STRING, kind),
        },
        body=body("database_clone", _DATABASE_CLONE, database_clone, required=True),
    )


def fetch_database(name: str) -> Operation[Database]:
    """Fetch a database.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
    """
    return Operation(
        id="fetchDatabase",
        method="GET",
        path=f"/api/v2/databases/{segment('name', name)}",
        answer=_DATABASE,
    )


def create_or_alter_database(name: str, database: Database) -> Operation[None]:
    """Create the database, or change it to match the description.

    What the description leaves out goes back to its default. See
    https://docs.snowflake.com/en/sql-reference/sql/create-or-alter.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        database: A database.
    """
    return Operation(
        id="createOrAlterDatabase",
        method="PUT",
        path=f"/api/v2/databases/{segment('name', name)}",
        body=body("database", _DATABASE, database, required=True),
    )


def delete_database(name: str, *, if_exists: bool | None = None, restrict: bool | None = None) -> Operation[None]:
    """Drop the database and all that it holds.

    It can be restored by `undropDatabase` as long as its data is retained. See
    https://docs.snowflake.com/en/sql-reference/sql/drop-database.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
        restrict: Fail if foreign keys outside of the database refer to its tables. The server's default is `false`.
    """
    return Operation(
        id="deleteDatabase",
        method="DELETE",
        path=f"/api/v2/databases/{segment('name', name)}",
        query={
            "ifExists": argument("if_exists", BOOLEAN, if_exists),
            "restrict": argument("restrict", BOOLEAN, restrict),
        },
    )


def undrop_database(name: str) -> Operation[None]:
    """Restore the dropped database.

    Of several with this name the most recently dropped comes back. It fails while a database has the name. See
    https://docs.snowflake.com/en/sql-reference/sql/undrop-database.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
    """
    return Operation(
        id="undropDatabase",
        method="POST",
        path=f"/api/v2/databases/{segment('name', name)}:undrop",
    )


def enable_database_replication(
    name: str, account_identifiers: AccountIdentifiers, *, ignore_edition_check: bool | None = None
) -> Operation[None]:
    """Allow accounts to replicate the database.

    The database becomes the primary one, of which those accounts can have secondary copies. See
    https://docs.snowflake.com/en/sql-reference/sql/alter-database.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        account_identifiers: Accounts, named.
        ignore_edition_check: Allow accounts on a lower edition of Snowflake than this account's.
    """
    return Operation(
        id="enableDatabaseReplication",
        method="POST",
        path=f"/api/v2/databases/{segment('name', name)}/replication:enable",
        query={"ignore_edition_check": argument("ignore_edition_check", BOOLEAN, ignore_edition_check)},
        body=body("account_identifiers", _ACCOUNT_IDENTIFIERS, account_identifiers, required=True),
    )


def disable_database_replication(name: str, account_identifiers: AccountIdentifiers | None = None) -> Operation[None]:
    """Stop allowing accounts to replicate the database.

    Without a body this holds for all accounts. See https://docs.snowflake.com/en/sql-reference/sql/alter-database.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        account_identifiers: Accounts, named.
    """
    return Operation(
        id="disableDatabaseReplication",
        method="POST",
        path=f"/api/v2/databases/{segment('name', name)}/replication:disable",
        body=body("account_identifiers", _ACCOUNT_IDENTIFIERS, account_identifiers),
    )


def refresh_database_replication(name: str) -> Operation[None]:
    """Bring the secondary database up to date with the primary one.

    Call it in the account of the secondary database. See
    https://docs.snowflake.com/en/sql-reference/sql/alter-database.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
    """
    return Operation(
        id="refreshDatabaseReplication",
        method="POST",
        path=f"/api/v2/databases/{segment('name', name)}/replication:refresh",
    )


def enable_database_failover(name: str, account_identifiers: AccountIdentifiers) -> Operation[None]:
    """Allow accounts to take over the database as the primary.

    There, `primaryDatabaseFailover` can then make the secondary database the primary one. See
    https://docs.snowflake.com/en/sql-reference/sql/alter-database.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        account_identifiers: Accounts, named.
    """
    return Operation(
        id="enableDatabaseFailover",
        method="POST",
        path=f"/api/v2/databases/{segment('name', name)}/failover:enable",
        body=body("account_identifiers", _ACCOUNT_IDENTIFIERS, account_identifiers, required=True),
    )


def disable_database_failover(name: str, account_identifiers: AccountIdentifiers | None = None) -> Operation[None]:
    """Stop allowing accounts to take over the database as the primary.

    Without a body this holds for all accounts. See https://docs.snowflake.com/en/sql-reference/sql/alter-database.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        account_identifiers: Accounts, named.
    """
    return Operation(
        id="disableDatabaseFailover",
        method="POST",
        path=f"/api/v2/databases/{segment('name', name)}/failover:disable",
        body=body("account_identifiers", _ACCOUNT_IDENTIFIERS, account_identifiers),
    )


def primary_database_failover(name: str) -> Operation[None]:
    """Make the secondary database the primary one.

    Call it in the account of the secondary database. The former primary becomes a read-only secondary. See
    https://docs.snowflake.com/en/sql-reference/sql/alter-database.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
    """
    return Operation(
        id="primaryDatabaseFailover",
        method="POST",
        path=f"/api/v2/databases/{segment('name', name)}/failover:primary",
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
        path=f"/api/v2/databases/{segment('name', name)}:set-tags",
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
        path=f"/api/v2/databases/{segment('name', name)}:unset-tags",
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
        path=f"/api/v2/databases/{segment('name', name)}:get-tags",
        query={"withLineage": argument("with_lineage", BOOLEAN, with_lineage)},
        answer=_TAG_ASSIGNMENT_LIST,
    )


RESOURCE = Resource(
    name="database",
    collection="/api/v2/databases",
    model=Database,
    list=list_databases,
    create=create_database,
    fetch=fetch_database,
    create_or_alter=create_or_alter_database,
    drop=delete_database,
    undrop=undrop_database,
    set_tags=set_tags,
    unset_tags=unset_tags,
    get_tags=get_tags,
)
