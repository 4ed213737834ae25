# Generated from specs/user.yaml by `make generate`. Do not edit.
"""A user is a person or a program that logs in to the account. What it may do follows from the roles that are granted
to it. See https://docs.snowflake.com/en/sql-reference/sql/create-user.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from .common import TagAssignment, TagReference
from .runtime import (
    BOOLEAN,
    DATETIME,
    INTEGER,
    SECRET,
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
class Securable(Model):
    """An object that privileges are granted on.

    Args:
        database: Its database, if it has one.
        schema: Its schema, if it has one.
        name: Its name.
    """

    database: str | None = field(String(pattern='^("([^"]|"")+"|[a-zA-Z_][a-zA-Z0-9_$]*)$'), default=None)
    """Its database, if it has one."""
    schema: str | None = field(String(pattern='^("([^"]|"")+"|[a-zA-Z_][a-zA-Z0-9_$]*)$'), default=None)
    """Its schema, if it has one."""
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
    """A role that a user has, or privileges of the user.

    Args:
        securable: The object, when the grant is on a single one.
        containing_scope: The database or schema, when the grant is on all objects of a type in it, present or
            future.
        securable_type: The type of what is granted; `ROLE` for a role.
        privileges: The privileges; left out when a role is granted.

    Attributes:
        created_on (set by the server): When the grant was made.
        granted_by (set by the server): The role that made the grant.
    """

    securable: Securable | None = field(Nested(Securable), default=None)
    """The object, when the grant is on a single one."""
    containing_scope: ContainingScope | None = field(Nested(ContainingScope), default=None)
    """The database or schema, when the grant is on all objects of a type in it, present or future."""
    securable_type: str = field(STRING)
    """The type of what is granted; `ROLE` for a role."""
    privileges: list[str] | None = field(Array(STRING), default=None)
    """The privileges; left out when a role is granted."""
    created_on: datetime | None = field(DATETIME, default=None, read_only=True)
    """When the grant was made."""
    granted_by: str | None = field(STRING, default=None, read_only=True)
    """The role that made the grant."""


@model
class User(Model):
    """A person or program that logs in to the account.

    Args:
        name: The name, unique within the account.
        password: The password to log in with. Users of type `SERVICE` have none.
        login_name: The name to log in with, unique within the account, whatever the case. By default the name.
        display_name: The name that the web interface shows. By default the name.
        first_name: The user's given name.
        middle_name: The user's middle name.
        last_name: The user's family name.
        email: The user's e-mail address.
        must_change_password: Make the user choose a new password at the next login. Default: false.
        disabled: Keep the user from logging in, and stop the user's running queries. Default: false.
        days_to_expiry: After how many days the user expires and can no longer log in. Default: never.
        mins_to_unlock: In how many minutes a lock after failed logins ends; 0 ends it at once.
        default_warehouse: The warehouse that sessions start with. Snowflake does not check that it exists.
        default_namespace: The database that sessions start with, or database and schema, as `db` or `db.schema`.
        default_role: The role that sessions start with. It has to be granted to the user as well.
        default_secondary_roles: Whether sessions start with all of the user's other roles in effect too (`ALL`) or
            without them (`NONE`). Default: `ALL`.
        mins_to_bypass_mfa: For how many minutes the user can log in without multi-factor authentication.
        rsa_public_key: The RSA public key for key-pair authentication: the PEM text without its first and last line.
        rsa_public_key_2: A second public key, valid beside the first, so that keys can be rotated.
        comment: A comment on the user.
        type: What the user is: `PERSON`, `SERVICE` for a program, or `LEGACY_SERVICE` for a program that still logs
            in with a password. A user without a type counts as a person.
        enable_unredacted_query_syntax_error: Let the user read the text of queries that failed with a syntax error,
            which query histories hide otherwise. Default: false.
        network_policy: The network policy for the user, in place of the account's.

    Attributes:
        created_on (set by the server): When the user was created.
        last_successful_login (set by the server): When the user last logged in.
        expires_at (set by the server): When the user expires.
        locked_until (set by the server): When the lock after failed logins ends.
        has_password (set by the server): Whether the user has a password.
        has_rsa_public_key (set by the server): Whether the user has a public key.
        rsa_public_key_fp (set by the server): The fingerprint of the first public key.
        rsa_public_key_2_fp (set by the server): The fingerprint of the second public key.
        ext_authn_duo (set by the server): Whether Duo Security is enabled for the user, as the second factor.
        ext_authn_uid (set by the server): The user's ID at Duo Security.
        owner (set by the server): The role that owns the user.
        snowflake_lock (set by the server): Whether Snowflake has locked the user. Default `false`.
        snowflake_support (set by the server): Whether Snowflake Support may use the user. Default `false`.
        mins_to_bypass_network_policy (set by the server): For how many more minutes the user can log in past the
            network policy.
        password_last_set (set by the server): When the password was last set.
        custom_landing_page_url (set by the server): The page that the web interface opens for the user, if it is not
            the usual one.
        custom_landing_page_url_flush_next_ui_load (set by the server): A flag about the custom landing page and the
            next load of the web interface. Default `false`.
    """

    name: str = field(STRING, kw_only=False)
    """The name, unique within the account."""
    password: str | None = field(SECRET, default=None, kw_only=False)
    """The password to log in with. Users of type `SERVICE` have none."""
    login_name: str | None = field(STRING, default=None, kw_only=False)
    """The name to log in with, unique within the account, whatever the case. By default the name."""
    display_name: str | None = field(STRING, default=None, kw_only=False)
    """The name that the web interface shows. By default the name."""
    first_name: str | None = field(STRING, default=None, kw_only=False)
    """The user's given name."""
    middle_name: str | None = field(STRING, default=None, kw_only=False)
    """The user's middle name."""
    last_name: str | None = field(STRING, default=None, kw_only=False)
    """The user's family name."""
    email: str | None = field(STRING, default=None, kw_only=False)
    """The user's e-mail address."""
    must_change_password: bool | None = field(BOOLEAN, default=None, kw_only=False)
    """Make the user choose a new password at the next login. Default: false."""
    disabled: bool | None = field(BOOLEAN, default=None, kw_only=False)
    """Keep the user from logging in, and stop the user's running queries. Default: false."""
    days_to_expiry: int | None = field(INTEGER, default=None, kw_only=False)
    """After how many days the user expires and can no longer log in. Default: never."""
    mins_to_unlock: int | None = field(INTEGER, default=None, kw_only=False)
    """In how many minutes a lock after failed logins ends; 0 ends it at once."""
    default_warehouse: str | None = field(STRING, default=None, kw_only=False)
    """The warehouse that sessions start with. Snowflake does not check that it exists."""
    default_namespace: str | None = field(STRING, default=None, kw_only=False)
    """The database that sessions start with, or database and schema, as `db` or `db.schema`."""
    default_role: str | None = field(STRING, default=None, kw_only=False)
    """The role that sessions start with. It has to be granted to the user as well."""
    default_secondary_roles: Literal["ALL", "NONE"] | str | None = field(
        Choice("ALL", "NONE"), default="ALL", kw_only=False
    )
    """Whether sessions start with all of the user's other roles in effect too (`ALL`) or without them (`NONE`).
    Default: `ALL`.
    """
    mins_to_bypass_mfa: int | None = field(INTEGER, default=None, kw_only=False)
    """For how many minutes the user can log in without multi-factor authentication."""
    rsa_public_key: str | None = field(STRING, default=None, kw_only=False)
    """The RSA public key for key-pair authentication: the PEM text without its first and last line."""
    rsa_public_key_2: str | None = field(STRING, default=None, kw_only=False)
    """A second public key, valid beside the first, so that keys can be rotated."""
    comment: str | None = field(STRING, default=None, kw_only=False)
    """A comment on the user."""
    type: Literal["PERSON", "SERVICE", "LEGACY_SERVICE"] | str | None = field(STRING, default=None, kw_only=False)
    """What the user is: `PERSON`, `SERVICE` for a program, or `LEGACY_SERVICE` for a program that still logs in with a
    password. A user without a type counts as a person.
    """
    enable_unredacted_query_syntax_error: bool | None = field(BOOLEAN, default=None, kw_only=False)
    """Let the user read the text of queries that failed with a syntax error, which query histories hide otherwise.
    Default: false.
    """
    network_policy: str | None = field(STRING, default=None, kw_only=False)
    """The network policy for the user, in place of the account's."""
    created_on: datetime | None = field(DATETIME, default=None, read_only=True, kw_only=False)
    """When the user was created."""
    last_successful_login: datetime | None = field(DATETIME, default=None, read_only=True, kw_only=False)
    """When the user last logged in."""
    expires_at: datetime | None = field(DATETIME, default=None, read_only=True, kw_only=False)
    """When the user expires."""
    locked_until: datetime | None = field(DATETIME, default=None, read_only=True, kw_only=False)
    """When the lock after failed logins ends."""
    has_password: bool | None = field(BOOLEAN, default=None, read_only=True, kw_only=False)
    """Whether the user has a password."""
    has_rsa_public_key: bool | None = field(BOOLEAN, default=None, read_only=True, kw_only=False)
    """Whether the user has a public key."""
    rsa_public_key_fp: str | None = field(STRING, default=None, read_only=True, kw_only=False)
    """The fingerprint of the first public key."""
    rsa_public_key_2_fp: str | None = field(STRING, default=None, read_only=True, kw_only=False)
    """The fingerprint of the second public key."""
    ext_authn_duo: bool | None = field(BOOLEAN, default=None, read_only=True, kw_only=False)
    """Whether Duo Security is enabled for the user, as the second factor."""
    ext_authn_uid: str | None = field(STRING, default=None, read_only=True, kw_only=False)
    """The user's ID at Duo Security."""
    owner: str | None = field(STRING, default=None, read_only=True, kw_only=False)
    """The role that owns the user."""
    snowflake_lock: bool | None = field(BOOLEAN, default=False, read_only=True, kw_only=False)
    """Whether Snowflake has locked the user. Default `false`."""
    snowflake_support: bool | None = field(BOOLEAN, default=False, read_only=True, kw_only=False)
    """Whether Snowflake Support may use the user. Default `false`."""
    mins_to_bypass_network_policy: int | None = field(INTEGER, default=None, read_only=True, kw_only=False)
    """For how many more minutes the user can log in past the network policy."""
    password_last_set: datetime | None = field(DATETIME, default=None, read_only=True, kw_only=False)
    """When the password was last set."""
    custom_landing_page_url: str | None = field(STRING, default=None, read_only=True, kw_only=False)
    """The page that the web interface opens for the user, if it is not the usual one."""
    custom_landing_page_url_flush_next_ui_load: bool | None = field(
        BOOLEAN, default=False, read_only=True, kw_only=False
    )
    """A flag about the custom landing page and the next load of the web interface. Default `false`."""


_SHOW_LIMIT = Integer(minimum=1, maximum=10000)
_USER_LIST = Array(Nested(User))
_CREATE_MODE = Choice("errorIfExists", "orReplace", "ifNotExists")
_USER = Nested(User)
_GRANT_LIST = Array(Nested(Grant))
_GRANT = Nested(Grant)
_TAG_ASSIGNMENT_LIST = Array(Nested(TagAssignment))
_TAG_REFERENCE_LIST = Array(Nested(TagReference))


def list_users(
    *,
    like: str | None = None,
    starts_with: str | None = None,
    show_limit: int | None = None,
    from_name: str | None = None,
) -> Operation[list[User]]:
    """The users of the account.

    Args:
        like: Only the objects whose name matches this SQL pattern (`%` any text, `_` one character), whatever the
            case.
        starts_with: Only the objects whose name starts with this text, in exactly this case.
        show_limit: At most this many objects, from 1 to 10,000.
        from_name: Only the objects that follow the first one whose name starts with this text, in exactly this case.
    """
    return Operation(
        id="listUsers",
        method="GET",
        path="/api/v2/users",
        query={
            "like": argument("like", STRING, like),
            "startsWith": argument("starts_with", STRING, starts_with),
            "showLimit": argument("show_limit", _SHOW_LIMIT, show_limit),
            "fromName": argument("from_name", STRING, from_name),
        },
        answer=_USER_LIST,
    )


def create_user(
    user: User, *, create_mode: Literal["errorIfExists", "orReplace", "ifNotExists"] | str | None = None
) -> Operation[None]:
    """Create a user.

    See https://docs.snowflake.com/en/sql-reference/sql/create-user.

    Args:
        user: A person or program that logs in to the account.
        create_mode: What to do when an object of this name exists; fail, replace it, or leave it as it is. The
            server's default is `errorIfExists`.
    """
    return Operation(
        id="createUser",
        method="POST",
        path="/api/v2/users",
        query={"createMode": argument("create_mode", _CREATE_MODE, create_mode)},
        body=body("user", _USER, user, required=True),
    )


def fetch_user(name: str) -> Operation[User]:
    """The user with its properties.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
    """
    return Operation(
        id="fetchUser",
        method="GET",
        path=f"/api/v2/users/{segment('name', name)}",
        answer=_USER,
    )


def create_or_alter_user(name: str, user: User) -> Operation[None]:
    """Create the user, or change the existing one to match the definition.

    See https://docs.snowflake.com/en/sql-reference/sql/create-or-alter.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        user: A person or program that logs in to the account.
    """
    return Operation(
        id="createOrAlterUser",
        method="PUT",
        path=f"/api/v2/users/{segment('name', name)}",
        body=body("user", _USER, user, required=True),
    )


def delete_user(name: str, *, if_exists: bool | None = None) -> Operation[None]:
    """Drop the user.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="deleteUser",
        method="DELETE",
        path=f"/api/v2/users/{segment('name', name)}",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
    )


def list_grants(name: str, *, show_limit: int | None = None) -> Operation[list[Grant]]:
    """The roles and privileges that are granted to the user.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        show_limit: At most this many objects, from 1 to 10,000.
    """
    return Operation(
        id="listGrants",
        method="GET",
        path=f"/api/v2/users/{segment('name', name)}/grants",
        query={"showLimit": argument("show_limit", _SHOW_LIMIT, show_limit)},
        answer=_GRANT_LIST,
    )


def grant(name: str, grant: Grant) -> Operation[None]:
    """Grant a role to the user.

    See https://docs.snowflake.com/en/sql-reference/sql/grant-role.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        grant: A role that a user has, or privileges of the user.
    """
    return Operation(
        id="grant",
        method="POST",
        path=f"/api/v2/users/{segment('name', name)}/grants",
        body=body("grant", _GRANT, grant, required=True),
    )


def revoke_grants(name: str, grant: Grant) -> Operation[None]:
    """Revoke a role from the user.

    See https://docs.snowflake.com/en/sql-reference/sql/revoke-role.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        grant: A role that a user has, or privileges of the user.
    """
    return Operation(
        id="revokeGrants",
        method="POST",
        path=f"/api/v2/users/{segment('name', name)}/grants:revoke",
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
        path=f"/api/v2/users/{segment('name', name)}:set-tags",
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
        path=f"/api/v2/users/{segment('name', name)}:unset-tags",
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
        path=f"/api/v2/users/{segment('name', name)}:get-tags",
        query={"withLineage": argument("with_lineage", BOOLEAN, with_lineage)},
        answer=_TAG_ASSIGNMENT_LIST,
    )


RESOURCE = Resource(
    name="user",
    collection="/api/v2/users",
    model=User,
    list=list_users,
    create=create_user,
    fetch=fetch_user,
    create_or_alter=create_or_alter_user,
    drop=delete_user,
    set_tags=set_tags,
    unset_tags=unset_tags,
    get_tags=get_tags,
)
