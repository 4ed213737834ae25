# Generated from specs/role.yaml by `make generate`. Do not edit.
"""An account role collects privileges. It is granted to users, who work with them, and to other roles, which inherit
them. See https://docs.snowflake.com/en/user-guide/security-access-control-overview.
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
    String,
    argument,
    body,
    field,
    model,
    segment,
)


@model
class Role(Model):
    """A role of the account.

    Args:
        name: The name, unique within the account.
        comment: A comment on the role.

    Attributes:
        created_on (set by the server): When the role was created.
        owner (set by the server): The role that owns the role.
        is_default (set by the server): Whether it is the current user's default role.
        is_current (set by the server): Whether it is the session's current role.
        is_inherited (set by the server): Whether the current role inherits it.
        assigned_to_users (set by the server): To how many users it is granted.
        granted_to_roles (set by the server): To how many roles it is granted.
        granted_roles (set by the server): How many roles are granted to it.
    """

    name: str = field(String(pattern='^("([^"]|"")+"|[a-zA-Z_][a-zA-Z0-9_$]*)$'), kw_only=False)
    """The name, unique within the account."""
    comment: str | None = field(STRING, default=None, kw_only=False)
    """A comment on the role."""
    created_on: datetime | None = field(DATETIME, default=None, read_only=True, kw_only=False)
    """When the role was created."""
    owner: str | None = field(
        String(pattern='^("([^"]|"")+"|[a-zA-Z_][a-zA-Z0-9_$]*)$'), default=None, read_only=True, kw_only=False
    )
    """The role that owns the role."""
    is_default: bool | None = field(BOOLEAN, default=None, read_only=True, kw_only=False)
    """Whether it is the current user's default role."""
    is_current: bool | None = field(BOOLEAN, default=None, read_only=True, kw_only=False)
    """Whether it is the session's current role."""
    is_inherited: bool | None = field(BOOLEAN, default=None, read_only=True, kw_only=False)
    """Whether the current role inherits it."""
    assigned_to_users: int | None = field(INTEGER, default=None, read_only=True, kw_only=False)
    """To how many users it is granted."""
    granted_to_roles: int | None = field(INTEGER, default=None, read_only=True, kw_only=False)
    """To how many roles it is granted."""
    granted_roles: int | None = field(INTEGER, default=None, read_only=True, kw_only=False)
    """How many roles are granted to it."""


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
    """Privileges of a role on one object, or on all objects of a type in a database or schema.

    Args:
        securable: The object, when the grant is on a single one.
        containing_scope: The database or schema, when the grant is on all objects of a type in it, present or
            future.
        securable_type: The type of object, such as `TABLE` or `WAREHOUSE`; `ROLE` to grant a role.
        grant_option: Whether the role may pass the privileges on. Default: false.
        privileges: The privileges, such as `SELECT`; left out when a role is granted.

    Attributes:
        created_on (set by the server): When the grant was made.
        granted_by (set by the server): The role that made the grant.
    """

    securable: Securable | None = field(Nested(Securable), default=None)
    """The object, when the grant is on a single one."""
    containing_scope: ContainingScope | None = field(Nested(ContainingScope), default=None)
    """The database or schema, when the grant is on all objects of a type in it, present or future."""
    securable_type: str = field(STRING)
    """The type of object, such as `TABLE` or `WAREHOUSE`; `ROLE` to grant a role."""
    grant_option: bool | None = field(BOOLEAN, default=None)
    """Whether the role may pass the privileges on. Default: false."""
    privileges: list[str] | None = field(Array(STRING), default=None)
    """The privileges, such as `SELECT`; left out when a role is granted."""
    created_on: datetime | None = field(DATETIME, default=None, read_only=True)
    """When the grant was made."""
    granted_by: str | None = field(STRING, default=None, read_only=True)
    """The role that made the grant."""


@model
class GrantOf(Model):
    """A user or role that has a role.

    Attributes:
        created_on (set by the server): When the role was granted.
        role (set by the server): The role that is granted.
        granted_to (set by the server): What it is granted to, `USER` or `ROLE`.
        grantee_name (set by the server): The name of that user or role.
        granted_by (set by the server): The role that made the grant.
    """

    created_on: datetime | None = field(DATETIME, default=None, read_only=True)
    """When the role was granted."""
    role: str | None = field(STRING, default=None, read_only=True)
    """The role that is granted."""
    granted_to: str | None = field(STRING, default=None, read_only=True)
    """What it is granted to, `USER` or `ROLE`."""
    grantee_name: str | None = field(STRING, default=None, read_only=True)
    """The name of that user or role."""
    granted_by: str | None = field(STRING, default=None, read_only=True)
    """The role that made the grant."""


@model
class GrantOn(Model):
    """A privilege that someone has on a role.

    Attributes:
        created_on (set by the server): When the privilege was granted.
        privilege (set by the server): The privilege, such as `OWNERSHIP`.
        granted_on (set by the server): The type of object that the privilege is on, here `ROLE`.
        name (set by the server): The name of the role that the privilege is on.
        granted_to (set by the server): What the privilege is granted to, such as `ROLE`.
        grantee_name (set by the server): The name of the receiver.
        grant_option (set by the server): Whether the receiver may pass the privilege on, `true` or `false`.
        granted_by (set by the server): The role that made the grant.
        granted_by_role_type (set by the server): The kind of role that made the grant.
    """

    created_on: datetime | None = field(DATETIME, default=None, read_only=True)
    """When the privilege was granted."""
    privilege: str | None = field(STRING, default=None, read_only=True)
    """The privilege, such as `OWNERSHIP`."""
    granted_on: str | None = field(STRING, default=None, read_only=True)
    """The type of object that the privilege is on, here `ROLE`."""
    name: str | None = field(STRING, default=None, read_only=True)
    """The name of the role that the privilege is on."""
    granted_to: str | None = field(STRING, default=None, read_only=True)
    """What the privilege is granted to, such as `ROLE`."""
    grantee_name: str | None = field(STRING, default=None, read_only=True)
    """The name of the receiver."""
    grant_option: str | None = field(STRING, default=None, read_only=True)
    """Whether the receiver may pass the privilege on, `true` or `false`."""
    granted_by: str | None = field(STRING, default=None, read_only=True)
    """The role that made the grant."""
    granted_by_role_type: str | None = field(STRING, default=None, read_only=True)
    """The kind of role that made the grant."""


_SHOW_LIMIT = Integer(minimum=1, maximum=10000)
_ROLE_LIST = Array(Nested(Role))
_CREATE_MODE = Choice("errorIfExists", "orReplace", "ifNotExists")
_ROLE = Nested(Role)
_GRANT_LIST = Array(Nested(Grant))
_GRANT = Nested(Grant)
_MODE = Choice("restrict", "cascade")
_GRANT_OF_LIST = Array(Nested(GrantOf))
_GRANT_ON_LIST = Array(Nested(GrantOn))
_TAG_ASSIGNMENT_LIST = Array(Nested(TagAssignment))
_TAG_REFERENCE_LIST = Array(Nested(TagReference))


def list_roles(
    *,
    like: str | None = None,
    starts_with: str | None = None,
    show_limit: int | None = None,
    from_name: str | None = None,
) -> Operation[list[Role]]:
    """The roles of the account.

    Args:
        like: Only the objects whose name matches this SQL pattern (`%` any text, `_` one character), whatever the
            case.
        starts_with: Only the objects whose name starts with this text, in exactly this case.
        show_limit: At most this many objects, from 1 to 10,000.
        from_name: Only the objects that follow the first one whose name starts with this text, in exactly this case.
    """
    return Operation(
        id="listRoles",
        method="GET",
        path="/api/v2/roles",
        query={
            "like": argument("like", STRING, like),
            "startsWith": argument("starts_with", STRING, starts_with),
            "showLimit": argument("show_limit", _SHOW_LIMIT, show_limit),
            "fromName": argument("from_name", STRING, from_name),
        },
        answer=_ROLE_LIST,
    )


def create_role(
    role: Role, *, create_mode: Literal["errorIfExists", "orReplace", "ifNotExists"] | str | None = None
) -> Operation[None]:
    """Create a role.

    See https://docs.snowflake.com/en/sql-reference/sql/create-role.

    Args:
        role: A role of the account.
        create_mode: What to do when an object of this name exists; fail, replace it, or leave it as it is. The
            server's default is `errorIfExists`.
    """
    return Operation(
        id="createRole",
        method="POST",
        path="/api/v2/roles",
        query={"createMode": argument("create_mode", _CREATE_MODE, create_mode)},
        body=body("role", _ROLE, role, required=True),
    )


def delete_role(name: str, *, if_exists: bool | None = None) -> Operation[None]:
    """Drop the role.

    What the role owns passes to the role that drops it. See
    https://docs.snowflake.com/en/sql-reference/sql/drop-role.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="deleteRole",
        method="DELETE",
        path=f"/api/v2/roles/{segment('name', name)}",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
    )


def list_grants(name: str, *, show_limit: int | None = None) -> Operation[list[Grant]]:
    """The privileges and roles that are granted to the role.

    See https://docs.snowflake.com/en/sql-reference/sql/show-grants.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        show_limit: At most this many objects, from 1 to 10,000.
    """
    return Operation(
        id="listGrants",
        method="GET",
        path=f"/api/v2/roles/{segment('name', name)}/grants",
        query={"showLimit": argument("show_limit", _SHOW_LIMIT, show_limit)},
        answer=_GRANT_LIST,
    )


def grant_privileges(name: str, grant: Grant) -> Operation[None]:
    """Grant privileges, or another role, to the role.

    Privileges go on one object (`securable`) or on all present objects of a type in a database or schema
    (`containing_scope`). See https://docs.snowflake.com/en/sql-reference/sql/grant-privilege.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        grant: Privileges of a role on one object, or on all objects of a type in a database or schema.
    """
    return Operation(
        id="grantPrivileges",
        method="POST",
        path=f"/api/v2/roles/{segment('name', name)}/grants",
        body=body("grant", _GRANT, grant, required=True),
    )


def revoke_grants(
    name: str, grant: Grant, *, mode: Literal["restrict", "cascade"] | str | None = None
) -> Operation[None]:
    """Revoke privileges, or another role, from the role.

    With `grant_option` true, only the right to pass them on goes. See
    https://docs.snowflake.com/en/sql-reference/sql/revoke-privilege.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        grant: Privileges of a role on one object, or on all objects of a type in a database or schema.
        mode: What to do when the receiver has passed the privileges on: `restrict` fails, `cascade` revokes those
            grants as well.
    """
    return Operation(
        id="revokeGrants",
        method="POST",
        path=f"/api/v2/roles/{segment('name', name)}/grants:revoke",
        query={"mode": argument("mode", _MODE, mode)},
        body=body("grant", _GRANT, grant, required=True),
    )


def list_grants_of(name: str, *, show_limit: int | None = None) -> Operation[list[GrantOf]]:
    """The users and roles that the role is granted to.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        show_limit: At most this many objects, from 1 to 10,000.
    """
    return Operation(
        id="listGrantsOf",
        method="GET",
        path=f"/api/v2/roles/{segment('name', name)}/grants-of",
        query={"showLimit": argument("show_limit", _SHOW_LIMIT, show_limit)},
        answer=_GRANT_OF_LIST,
    )


def list_grants_on(name: str, *, show_limit: int | None = None) -> Operation[list[GrantOn]]:
    """The privileges that others have on the role itself, such as OWNERSHIP.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        show_limit: At most this many objects, from 1 to 10,000.
    """
    return Operation(
        id="listGrantsOn",
        method="GET",
        path=f"/api/v2/roles/{segment('name', name)}/grants-on",
        query={"showLimit": argument("show_limit", _SHOW_LIMIT, show_limit)},
        answer=_GRANT_ON_LIST,
    )


def list_future_grants(name: str, *, show_limit: int | None = None) -> Operation[list[Grant]]:
    """The privileges that the role gets on objects yet to be created.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        show_limit: At most this many objects, from 1 to 10,000.
    """
    return Operation(
        id="listFutureGrants",
        method="GET",
        path=f"/api/v2/roles/{segment('name', name)}/future-grants",
        query={"showLimit": argument("show_limit", _SHOW_LIMIT, show_limit)},
        answer=_GRANT_LIST,
    )


def grant_future_privileges(name: str, grant: Grant) -> Operation[None]:
    """Grant privileges on objects of a type that are yet to be created in a database or schema.

    Objects that exist are not touched. See https://docs.snowflake.com/en/sql-reference/sql/grant-privilege.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        grant: Privileges of a role on one object, or on all objects of a type in a database or schema.
    """
    return Operation(
        id="grantFuturePrivileges",
        method="POST",
        path=f"/api/v2/roles/{segment('name', name)}/future-grants",
        body=body("grant", _GRANT, grant, required=True),
    )


def revoke_future_grants(
    name: str, grant: Grant, *, mode: Literal["restrict", "cascade"] | str | None = None
) -> Operation[None]:
    """Revoke privileges on objects that are yet to be created.

    Privileges on objects that exist stay. With `grant_option` true, only the right to pass them on goes. See
    https://docs.snowflake.com/en/sql-reference/sql/revoke-privilege.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        grant: Privileges of a role on one object, or on all objects of a type in a database or schema.
        mode: What to do when the receiver has passed the privileges on: `restrict` fails, `cascade` revokes those
            grants as well.
    """
    return Operation(
        id="revokeFutureGrants",
        method="POST",
        path=f"/api/v2/roles/{segment('name', name)}/future-grants:revoke",
        query={"mode": argument("mode", _MODE, mode)},
        body=body("grant", _GRANT, grant, required=True),
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
        path=f"/api/v2/roles/{segment('name', name)}:set-tags",
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
        path=f"/api/v2/roles/{segment('name', name)}:unset-tags",
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
        path=f"/api/v2/roles/{segment('name', name)}:get-tags",
        query={"withLineage": argument("with_lineage", BOOLEAN, with_lineage)},
        answer=_TAG_ASSIGNMENT_LIST,
    )


RESOURCE = Resource(
    name="role",
    collection="/api/v2/roles",
    model=Role,
    list=list_roles,
    create=create_role,
    drop=delete_role,
    set_tags=set_tags,
    unset_tags=unset_tags,
    get_tags=get_tags,
)
