# Generated from specs/database-role.yaml by `make generate`. Do not edit.
"""A database role collects privileges on objects of one database. It takes effect by being granted to account roles; a
session can't use it by itself. See https://docs.snowflake.com/en/sql-reference/sql/create-database-role.
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
class DatabaseRole(Model):
    """A role whose privileges lie within one database.

    Args:
        name: The name, unique within the database.
        comment: A comment on the database role.

    Attributes:
        created_on (set by the server): When the database role was created.
        granted_to_roles (set by the server): To how many account roles it is granted.
        granted_to_database_roles (set by the server): To how many database roles it is granted.
        granted_database_roles (set by the server): How many database roles are granted to it.
        owner (set by the server): The role that owns the database role.
        owner_role_type (set by the server): The kind of role that the owner is, such as `ROLE`.
    """

    name: str = field(String(pattern='^("([^"]|"")+"|[a-zA-Z_][a-zA-Z0-9_$]*)$'))
    """The name, unique within the database."""
    comment: str | None = field(STRING, default=None)
    """A comment on the database role."""
    created_on: datetime | None = field(DATETIME, default=None, read_only=True)
    """When the database role was created."""
    granted_to_roles: int | None = field(INTEGER, default=None, read_only=True)
    """To how many account roles it is granted."""
    granted_to_database_roles: int | None = field(INTEGER, default=None, read_only=True)
    """To how many database roles it is granted."""
    granted_database_roles: int | None = field(INTEGER, default=None, read_only=True)
    """How many database roles are granted to it."""
    owner: str | None = field(String(pattern='^("([^"]|"")+"|[a-zA-Z_][a-zA-Z0-9_$]*)$'), default=None, read_only=True)
    """The role that owns the database role."""
    owner_role_type: str | None = field(
        String(pattern='^("([^"]|"")+"|[a-zA-Z_][a-zA-Z0-9_$]*)$'), default=None, read_only=True
    )
    """The kind of role that the owner is, such as `ROLE`."""


@model
class DatabaseRoleClone(Model):
    """The copy to create of a database role.

    Args:
        name: The copy's name.
    """

    name: str = field(String(pattern='^("([^"]|"")+"|[a-zA-Z_][a-zA-Z0-9_$]*)$'))
    """The copy's name."""


@model
class Securable(Model):
    """An object that privileges are granted on.

    Args:
        database: Its database, if it has one.
        schema: Its schema, if it has one.
        service: Its service, for a role of a service.
        name: Its name.
    """

    database: str | None = field(String(pattern='^("([^"]|"")+"|[a-zA-Z_][a-zA-Z0-9_$]*)$'), default=None)
    """Its database, if it has one."""
    schema: str | None = field(String(pattern='^("([^"]|"")+"|[a-zA-Z_][a-zA-Z0-9_$]*)$'), default=None)
    """Its schema, if it has one."""
    service: str | None = field(String(pattern='^("([^"]|"")+"|[a-zA-Z_][a-zA-Z0-9_$]*)$'), default=None)
    """Its service, for a role of a service."""
    name: str = field(String(pattern='^("([^"]|"")+"|[a-zA-Z_][a-zA-Z0-9_$]*)$'))
    """Its name."""


@model
class ContainingScope(Model):
    """A database or schema, for grants on all objects of a type in it.

    Args:
        database: The database.
        schema: The schema; the whole database when left out.
    """

    database: str = field(String(pattern='^("([^"]|"")+"|[a-zA-Z_][a-zA-Z0-9_$]*)$'))
    """The database."""
    schema: str | None = field(String(pattern='^("([^"]|"")+"|[a-zA-Z_][a-zA-Z0-9_$]*)$'), default=None)
    """The schema; the whole database when left out."""


@model
class Grant(Model):
    """Privileges of a database role on one object, or on all objects of a type in a database or schema.

    Args:
        securable: The object, when the grant is on a single one.
        containing_scope: The database or schema, when the grant is on all objects of a type in it, present or
            future.
        securable_type: The type of object, such as `TABLE` or `SCHEMA`, or the type of role that is granted.
        grant_option: Whether the database role may pass the privileges on. Default: false.
        privileges: The privileges, such as `SELECT`; left out when a database role is granted.

    Attributes:
        created_on (set by the server): When the grant was made.
        granted_by (set by the server): The role that made the grant.
    """

    securable: Securable | None = field(Nested(Securable), default=None)
    """The object, when the grant is on a single one."""
    containing_scope: ContainingScope | None = field(Nested(ContainingScope), default=None)
    """The database or schema, when the grant is on all objects of a type in it, present or future."""
    securable_type: str = field(STRING)
    """The type of object, such as `TABLE` or `SCHEMA`, or the type of role that is granted."""
    grant_option: bool | None = field(BOOLEAN, default=None)
    """Whether the database role may pass the privileges on. Default: false."""
    privileges: list[str] | None = field(Array(STRING), default=None)
    """The privileges, such as `SELECT`; left out when a database role is granted."""
    created_on: datetime | None = field(DATETIME, default=None, read_only=True)
    """When the grant was made."""
    granted_by: str | None = field(STRING, default=None, read_only=True)
    """The role that made the grant."""


_SHOW_LIMIT = Integer(minimum=1, maximum=10000)
_DATABASE_ROLE_LIST = Array(Nested(DatabaseRole))
_CREATE_MODE = Choice("errorIfExists", "orReplace", "ifNotExists")
_DATABASE_ROLE = Nested(DatabaseRole)
_DATABASE_ROLE_CLONE = Nested(DatabaseRoleClone)
_GRANT_LIST = Array(Nested(Grant))
_GRANT = Nested(Grant)
_MODE = Choice("restrict", "cascade")
_TAG_ASSIGNMENT_LIST = Array(Nested(TagAssignment))
_TAG_REFERENCE_LIST = Array(Nested(TagReference))


def list_database_roles(
    database: str, *, show_limit: int | None = None, from_name: str | None = None
) -> Operation[list[DatabaseRole]]:
    """The database roles of the database.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        show_limit: At most this many objects, from 1 to 10,000.
        from_name: Only the objects that follow the first one whose name starts with this text, in exactly this case.
    """
    return Operation(
        id="listDatabaseRoles",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/database-roles",
        query={
            "showLimit": argument("show_limit", _SHOW_LIMIT, show_limit),
            "fromName": argument("from_name", STRING, from_name),
        },
        answer=_DATABASE_ROLE_LIST,
    )


def create_database_role(
    database: str,
    database_role: DatabaseRole,
    *,
    create_mode: Literal["errorIfExists", "orReplace", "ifNotExists"] | str | None = None,
) -> Operation[None]:
    """Create a database role.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        database_role: A role whose privileges lie within one database.
        create_mode: What to do when an object of this name exists; fail, replace it, or leave it as it is. The
            server's default is `errorIfExists`.
    """
    return Operation(
        id="createDatabaseRole",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/database-roles",
        query={"createMode": argument("create_mode", _CREATE_MODE, create_mode)},
        body=body("database_role", _DATABASE_ROLE, database_role, required=True),
    )


def delete_database_role(database: str, name: str, *, if_exists: bool | None = None) -> Operation[None]:
    """Drop the database role.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="deleteDatabaseRole",
        method="DELETE",
        path=f"/api/v2/databases/{segment('database', database)}/database-roles/{segment('name', name)}",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
    )


def clone_database_role(
    database: str,
    name: str,
    database_role_clone: DatabaseRoleClone,
    *,
    create_mode: Literal["errorIfExists", "orReplace", "ifNotExists"] | str | None = None,
    target_database: str | None = None,
) -> Operation[None]:
    """Create a database role as a copy of this one.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        database_role_clone: The copy to create of a database role.
        create_mode: What to do when an object of this name exists; fail, replace it, or leave it as it is. The
            server's default is `errorIfExists`.
        target_database: The database of the target; the source's own when left out.
    """
    return Operation(
        id="cloneDatabaseRole",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/database-roles/{segment('name', name)}:clone",
        query={
            "createMode": argument("create_mode", _CREATE_MODE, create_mode),
            "targetDatabase": argument("target_database", IDENTIFIER, target_database),
        },
        body=body("database_role_clone", _DATABASE_ROLE_CLONE, database_role_clone, required=True),
    )


def list_grants(database: str, name: str, *, show_limit: int | None = None) -> Operation[list[Grant]]:
    """The privileges and database roles that are granted to the database role.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        show_limit: At most this many objects, from 1 to 10,000.
    """
    return Operation(
        id="listGrants",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/database-roles/{segment('name', name)}/grants",
        query={"showLimit": argument("show_limit", _SHOW_LIMIT, show_limit)},
        answer=_GRANT_LIST,
    )


def grant_privileges(database: str, name: str, grant: Grant) -> Operation[None]:
    """Grant privileges, or another database role, to the database role.

    Privileges go on one object (`securable`) or on all present objects of a type in a database or schema
    (`containing_scope`). See https://docs.snowflake.com/en/sql-reference/sql/grant-privilege.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        grant: Privileges of a database role on one object, or on all objects of a type in a database or schema.
    """
    return Operation(
        id="grantPrivileges",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/database-roles/{segment('name', name)}/grants",
        body=body("grant", _GRANT, grant, required=True),
    )


def revoke_grants(
    database: str, name: str, grant: Grant, *, mode: Literal["restrict", "cascade"] | str | None = None
) -> Operation[None]:
    """Revoke privileges, or another database role, from the database role.

    With `grant_option` true, only the right to pass them on goes. See
    https://docs.snowflake.com/en/sql-reference/sql/revoke-privilege.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        grant: Privileges of a database role on one object, or on all objects of a type in a database or schema.
        mode: What to do when the receiver has passed the privileges on: `restrict` fails, `cascade` revokes those
            grants as well.
    """
    return Operation(
        id="revokeGrants",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/database-roles/{segment('name', name)}/grants:revoke",
        query={"mode": argument("mode", _MODE, mode)},
        body=body("grant", _GRANT, grant, required=True),
    )


def list_future_grants(database: str, name: str, *, show_limit: int | None = None) -> Operation[list[Grant]]:
    """The privileges that the database role gets on objects yet to be created.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        show_limit: At most this many objects, from 1 to 10,000.
    """
    return Operation(
        id="listFutureGrants",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/database-roles/{segment('name', name)}/future-grants",
        query={"showLimit": argument("show_limit", _SHOW_LIMIT, show_limit)},
        answer=_GRANT_LIST,
    )


def grant_future_privileges(database: str, name: str, grant: Grant) -> Operation[None]:
    """Grant privileges on objects of a type that are yet to be created in a database or schema.

    Objects that exist are not touched. See https://docs.snowflake.com/en/sql-reference/sql/grant-privilege.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        grant: Privileges of a database role on one object, or on all objects of a type in a database or schema.
    """
    return Operation(
        id="grantFuturePrivileges",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/database-roles/{segment('name', name)}/future-grants",
        body=body("grant", _GRANT, grant, required=True),
    )


def revoke_future_grants(
    database: str, name: str, grant: Grant, *, mode: Literal["restrict", "cascade"] | str | None = None
) -> Operation[None]:
    """Revoke privileges on objects that are yet to be created.

    Privileges on objects that exist stay. With `grant_option` true, only the right to pass them on goes. See
    https://docs.snowflake.com/en/sql-reference/sql/revoke-privilege.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        grant: Privileges of a database role on one object, or on all objects of a type in a database or schema.
        mode: What to do when the receiver has passed the privileges on: `restrict` fails, `cascade` revokes those
            grants as well.
    """
    return Operation(
        id="revokeFutureGrants",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/database-roles/{segment('name', name)}/future-grants:revoke",
        query={"mode": argument("mode", _MODE, mode)},
        body=body("grant", _GRANT, grant, required=True),
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
        path=f"/api/v2/databases/{segment('database', database)}/database-roles/{segment('name', name)}:set-tags",
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
        path=f"/api/v2/databases/{segment('database', database)}/database-roles/{segment('name', name)}:unset-tags",
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
        path=f"/api/v2/databases/{segment('database', database)}/database-roles/{segment('name', name)}:get-tags",
        query={"withLineage": argument("with_lineage", BOOLEAN, with_lineage)},
        answer=_TAG_ASSIGNMENT_LIST,
    )


RESOURCE = Resource(
    name="database_role",
    collection="/api/v2/databases/{database}/database-roles",
    model=DatabaseRole,
    list=list_database_roles,
    create=create_database_role,
    drop=delete_database_role,
    set_tags=set_tags,
    unset_tags=unset_tags,
    get_tags=get_tags,
)
