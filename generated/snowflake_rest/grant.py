# Generated from specs/grant.yaml by `make generate`. Do not edit.
"""Grants of privileges to roles, users and shares, addressed by path: who receives what, on which object. All of it is
deprecated in favour of the grants that roles, database roles and users have of their own. See
https://docs.snowflake.com/en/sql-reference/sql/grant-privilege.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from .runtime import (
    BOOLEAN,
    DATETIME,
    STRING,
    Array,
    Integer,
    Model,
    Nested,
    Operation,
    argument,
    body,
    field,
    model,
    segment,
)


@model
class Grant(Model):
    """Privileges that a receiver has on an object.

    Args:
        privileges: The privileges, such as `SELECT`.
        grant_option: Whether the receiver may pass the privileges on.
        created_on: When the grant was made.
        grantee_type: The kind of receiver.
        grantee_name: The receiver's name.
        securable_type: The type of object that the privileges are on.
        securable_name: The object's name.
        granted_by_role_type: The kind of role that made the grant.
        granted_by_name: The role that made the grant.
    """

    privileges: list[str] | None = field(Array(STRING), default=None)
    """The privileges, such as `SELECT`."""
    grant_option: bool | None = field(BOOLEAN, default=None)
    """Whether the receiver may pass the privileges on."""
    created_on: datetime | None = field(DATETIME, default=None)
    """When the grant was made."""
    grantee_type: str | None = field(STRING, default=None)
    """The kind of receiver."""
    grantee_name: str | None = field(STRING, default=None)
    """The receiver's name."""
    securable_type: str | None = field(STRING, default=None)
    """The type of object that the privileges are on."""
    securable_name: str | None = field(STRING, default=None)
    """The object's name."""
    granted_by_role_type: str | None = field(STRING, default=None)
    """The kind of role that made the grant."""
    granted_by_name: str | None = field(STRING, default=None)
    """The role that made the grant."""


_GRANT = Nested(Grant)
_SHOW_LIMIT = Integer(minimum=1, maximum=10000)
_GRANT_LIST = Array(Nested(Grant))


def grant_privilege(
    grantee_type: Literal["user", "role", "application-role", "database-role", "share"] | str,
    grantee_name: str,
    securable_type: str,
    securable_name: str,
    grant: Grant,
) -> Operation[None]:
    """Grant privileges on an object. Use the grants of the role, database role or user instead.

    Deprecated.

    Args:
        grantee_type: The kind of receiver.
        grantee_name: The receiver's name.
        securable_type: The type of object, such as `database` or `table`.
        securable_name: The object's name, qualified with its database and schema where it has them.
        grant: Privileges that a receiver has on an object.
    """
    return Operation(
        id="grantPrivilege",
        method="POST",
        path=f"/api/v2/grants/{segment('grantee_type', grantee_type)}/{segment('grantee_name', grantee_name)}/{segment('securable_type', securable_type)}/{segment('securable_name', securable_name)}/privileges",
        body=body("grant", _GRANT, grant, required=True),
    )


def grant_group_privilege(
    grantee_type: Literal["user", "role", "application-role", "database-role", "share"] | str,
    grantee_name: str,
    bulk_grant_type: Literal["all", "future"] | str,
    securable_type_plural: str,
    scope_type: Literal["database", "schema"] | str,
    scope_name: str,
    grant: Grant,
) -> Operation[None]:
    """Grant privileges on all or future objects of a database or schema. Use the grants of the role, database role or
    user instead.

    Deprecated.

    Args:
        grantee_type: The kind of receiver.
        grantee_name: The receiver's name.
        bulk_grant_type: `all` for the objects that exist, `future` for those that are yet to be created.
        securable_type_plural: The type of objects in the plural, such as `tables`.
        scope_type: Whether the objects are taken from a database or a schema.
        scope_name: The name of that database or schema.
        grant: Privileges that a receiver has on an object.
    """
    return Operation(
        id="grantGroupPrivilege",
        method="POST",
        path=f"/api/v2/grants/{segment('grantee_type', grantee_type)}/{segment('grantee_name', grantee_name)}/{segment('bulk_grant_type', bulk_grant_type)}/{segment('securable_type_plural', securable_type_plural)}/{segment('scope_type', scope_type)}/{segment('scope_name', scope_name)}/privileges",
        body=body("grant", _GRANT, grant, required=True),
    )


def revoke_privilege(
    grantee_type: Literal["user", "role", "application-role", "database-role", "share"] | str,
    grantee_name: str,
    securable_type: str,
    securable_name: str,
    privilege: str,
    *,
    delete_mode: str | None = None,
) -> Operation[None]:
    """Revoke a privilege on an object. Use the grants of the role, database role or user instead.

    Deprecated.

    Args:
        grantee_type: The kind of receiver.
        grantee_name: The receiver's name.
        securable_type: The type of object, such as `database` or `table`.
        securable_name: The object's name, qualified with its database and schema where it has them.
        privilege: The privilege, such as `SELECT`.
        delete_mode: What to do when the receiver has passed the privilege on: `restrict` fails, `cascade` revokes
            those grants as well.
    """
    return Operation(
        id="revokePrivilege",
        method="DELETE",
        path=f"/api/v2/grants/{segment('grantee_type', grantee_type)}/{segment('grantee_name', grantee_name)}/{segment('securable_type', securable_type)}/{segment('securable_name', securable_name)}/privileges/{segment('privilege', privilege)}",
        query={"deleteMode": argument("delete_mode", STRING, delete_mode)},
    )


def revoke_privilege_grant_option(
    grantee_type: Literal["user", "role", "application-role", "database-role", "share"] | str,
    grantee_name: str,
    securable_type: str,
    securable_name: str,
    privilege: str,
    *,
    delete_mode: str | None = None,
) -> Operation[None]:
    """Revoke the grant option of a privilege on an object. Use the grants of the role, database role or user instead.

    The privilege itself stays.

    Deprecated.

    Args:
        grantee_type: The kind of receiver.
        grantee_name: The receiver's name.
        securable_type: The type of object, such as `database` or `table`.
        securable_name: The object's name, qualified with its database and schema where it has them.
        privilege: The privilege, such as `SELECT`.
        delete_mode: What to do when the receiver has passed the privilege on: `restrict` fails, `cascade` revokes
            those grants as well.
    """
    return Operation(
        id="revokePrivilegeGrantOption",
        method="DELETE",
        path=f"/api/v2/grants/{segment('grantee_type', grantee_type)}/{segment('grantee_name', grantee_name)}/{segment('securable_type', securable_type)}/{segment('securable_name', securable_name)}/privileges/{segment('privilege', privilege)}/grant-option",
        query={"deleteMode": argument("delete_mode", STRING, delete_mode)},
    )


def revoke_group_privilege(
    grantee_type: Literal["user", "role", "application-role", "database-role", "share"] | str,
    grantee_name: str,
    bulk_grant_type: Literal["all", "future"] | str,
    securable_type_plural: str,
    scope_type: Literal["database", "schema"] | str,
    scope_name: str,
    privilege: str,
    *,
    delete_mode: str | None = None,
) -> Operation[None]:
    """Revoke a privilege on all or future objects of a database or schema. Use the grants of the role, database role or
    user instead.

    Deprecated.

    Args:
        grantee_type: The kind of receiver.
        grantee_name: The receiver's name.
        bulk_grant_type: `all` for the objects that exist, `future` for those that are yet to be created.
        securable_type_plural: The type of objects in the plural, such as `tables`.
        scope_type: Whether the objects are taken from a database or a schema.
        scope_name: The name of that database or schema.
        privilege: The privilege, such as `SELECT`.
        delete_mode: What to do when the receiver has passed the privilege on: `restrict` fails, `cascade` revokes
            those grants as well.
    """
    return Operation(
        id="revokeGroupPrivilege",
        method="DELETE",
        path=f"/api/v2/grants/{segment('grantee_type', grantee_type)}/{segment('grantee_name', grantee_name)}/{segment('bulk_grant_type', bulk_grant_type)}/{segment('securable_type_plural', securable_type_plural)}/{segment('scope_type', scope_type)}/{segment('scope_name', scope_name)}/privileges/{segment('privilege', privilege)}",
        query={"deleteMode": argument("delete_mode", STRING, delete_mode)},
    )


def revoke_group_privilege_grant_option(
    grantee_type: Literal["user", "role", "application-role", "database-role", "share"] | str,
    grantee_name: str,
    bulk_grant_type: Literal["all", "future"] | str,
    securable_type_plural: str,
    scope_type: Literal["database", "schema"] | str,
    scope_name: str,
    privilege: str,
    *,
    delete_mode: str | None = None,
) -> Operation[None]:
    """Revoke the grant option of a privilege on all or future objects of a database or schema. Use the grants of the
    role, database role or user instead.

    The privilege itself stays.

    Deprecated.

    Args:
        grantee_type: The kind of receiver.
        grantee_name: The receiver's name.
        bulk_grant_type: `all` for the objects that exist, `future` for those that are yet to be created.
        securable_type_plural: The type of objects in the plural, such as `tables`.
        scope_type: Whether the objects are taken from a database or a schema.
        scope_name: The name of that database or schema.
        privilege: The privilege, such as `SELECT`.
        delete_mode: What to do when the receiver has passed the privilege on: `restrict` fails, `cascade` revokes
            those grants as well.
    """
    return Operation(
        id="revokeGroupPrivilegeGrantOption",
        method="DELETE",
        path=f"/api/v2/grants/{segment('grantee_type', grantee_type)}/{segment('grantee_name', grantee_name)}/{segment('bulk_grant_type', bulk_grant_type)}/{segment('securable_type_plural', securable_type_plural)}/{segment('scope_type', scope_type)}/{segment('scope_name', scope_name)}/privileges/{segment('privilege', privilege)}/grant-option",
        query={"deleteMode": argument("delete_mode", STRING, delete_mode)},
    )


def list_grants_to(
    grantee_type: Literal["user", "role", "application-role", "database-role", "share"] | str,
    grantee_name: str,
    *,
    show_limit: int | None = None,
) -> Operation[list[Grant]]:
    """The grants that the receiver has. Use the grants of the role, database role or user instead.

    Deprecated.

    Args:
        grantee_type: The kind of receiver.
        grantee_name: The receiver's name.
        show_limit: At most this many objects, from 1 to 10,000.
    """
    return Operation(
        id="listGrantsTo",
        method="GET",
        path=f"/api/v2/grants/{segment('grantee_type', grantee_type)}/{segment('grantee_name', grantee_name)}",
        query={"showLimit": argument("show_limit", _SHOW_LIMIT, show_limit)},
        answer=_GRANT_LIST,
    )
