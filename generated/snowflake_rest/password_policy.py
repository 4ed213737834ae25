# Generated from specs/password-policy.yaml by `make generate`. Do not edit.
"""A password policy says what passwords have to look like, how long they last, and when failed logins lock a user. It
does nothing until it is set on the account or a user. See
https://docs.snowflake.com/en/sql-reference/sql/create-password-policy.
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
    argument,
    body,
    field,
    model,
    segment,
)


@model
class PasswordPolicy(Model):
    """Rules for passwords and failed logins.

    Args:
        comment: A comment on the policy.
        password_min_length: The least number of characters, from 8 to 256. Default: 14.
        password_max_length: The greatest number of characters, from 8 to 256. Default: 256.
        password_min_upper_case_chars: The least number of upper-case letters, from 0 to 256. Default: 1.
        password_min_lower_case_chars: The least number of lower-case letters, from 0 to 256. Default: 1.
        password_min_numeric_chars: The least number of digits, from 0 to 256. Default: 1.
        password_min_special_chars: The least number of special characters, from 0 to 256. Default: 0.
        password_min_age_days: How many days a new password has to stay before it can be changed again, from 0 to
            999. Default: 0.
        password_max_age_days: After how many days a password has to be changed, from 0 (never) to 999. Default: 90.
        password_max_retries: After how many failed logins the user is locked, from 1 to 10. Default: 5.
        password_lockout_time_mins: How many minutes that lock lasts, from 1 to 999. Default: 15.
        password_history: How many of the latest passwords may not be used again, from 0 to 24.
        name: The name, unique within the schema.

    Attributes:
        created_on (set by the server): When the policy was created.
        database_name (set by the server): The database that holds the policy.
        schema_name (set by the server): The schema that holds the policy.
        owner (set by the server): The role that owns the policy.
        owner_role_type (set by the server): The kind of role that the owner is, such as `ROLE`.
    """

    comment: str | None = field(STRING, default=None)
    """A comment on the policy."""
    password_min_length: int | None = field(INTEGER, default=None)
    """The least number of characters, from 8 to 256. Default: 14."""
    password_max_length: int | None = field(INTEGER, default=None)
    """The greatest number of characters, from 8 to 256. Default: 256."""
    password_min_upper_case_chars: int | None = field(INTEGER, default=None)
    """The least number of upper-case letters, from 0 to 256. Default: 1."""
    password_min_lower_case_chars: int | None = field(INTEGER, default=None)
    """The least number of lower-case letters, from 0 to 256. Default: 1."""
    password_min_numeric_chars: int | None = field(INTEGER, default=None)
    """The least number of digits, from 0 to 256. Default: 1."""
    password_min_special_chars: int | None = field(INTEGER, default=None)
    """The least number of special characters, from 0 to 256. Default: 0."""
    password_min_age_days: int | None = field(INTEGER, default=None)
    """How many days a new password has to stay before it can be changed again, from 0 to 999. Default: 0."""
    password_max_age_days: int | None = field(INTEGER, default=None)
    """After how many days a password has to be changed, from 0 (never) to 999. Default: 90."""
    password_max_retries: int | None = field(INTEGER, default=None)
    """After how many failed logins the user is locked, from 1 to 10. Default: 5."""
    password_lockout_time_mins: int | None = field(INTEGER, default=None)
    """How many minutes that lock lasts, from 1 to 999. Default: 15."""
    password_history: int | None = field(INTEGER, default=None)
    """How many of the latest passwords may not be used again, from 0 to 24."""
    name: str = field(IDENTIFIER)
    """The name, unique within the schema."""
    created_on: datetime | None = field(DATETIME, default=None, read_only=True)
    """When the policy was created."""
    database_name: str | None = field(IDENTIFIER, default=None, read_only=True)
    """The database that holds the policy."""
    schema_name: str | None = field(IDENTIFIER, default=None, read_only=True)
    """The schema that holds the policy."""
    owner: str | None = field(IDENTIFIER, default=None, read_only=True)
    """The role that owns the policy."""
    owner_role_type: str | None = field(STRING, default=None, read_only=True)
    """The kind of role that the owner is, such as `ROLE`."""


_SHOW_LIMIT = Integer(minimum=1, maximum=10000)
_PASSWORD_POLICY_LIST = Array(Nested(PasswordPolicy))
_CREATE_MODE = Choice("errorIfExists", "orReplace", "ifNotExists")
_PASSWORD_POLICY = Nested(PasswordPolicy)
_TAG_ASSIGNMENT_LIST = Array(Nested(TagAssignment))
_TAG_REFERENCE_LIST = Array(Nested(TagReference))


def list_password_policies(
    database: str,
    schema: str,
    *,
    like: str | None = None,
    starts_with: str | None = None,
    show_limit: int | None = None,
) -> Operation[list[PasswordPolicy]]:
    """The password policies of the schema.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        like: Only the objects whose name matches this SQL pattern (`%` any text, `_` one character), whatever the
            case.
        starts_with: Only the objects whose name starts with this text, in exactly this case.
        show_limit: At most this many objects, from 1 to 10,000.
    """
    return Operation(
        id="listPasswordPolicies",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/password-policies",
        query={
            "like": argument("like", STRING, like),
            "startsWith": argument("starts_with", STRING, starts_with),
            "showLimit": argument("show_limit", _SHOW_LIMIT, show_limit),
        },
        answer=_PASSWORD_POLICY_LIST,
    )


def create_password_policy(
    database: str,
    schema: str,
    password_policy: PasswordPolicy,
    *,
    create_mode: Literal["errorIfExists", "orReplace", "ifNotExists"] | str | None = None,
) -> Operation[None]:
    """Create a password policy.

    See https://docs.snowflake.com/en/sql-reference/sql/create-password-policy.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        password_policy: Rules for passwords and failed logins.
        create_mode: What to do when an object of this name exists; fail, replace it, or leave it as it is. The
            server's default is `errorIfExists`.
    """
    return Operation(
        id="createPasswordPolicy",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/password-policies",
        query={"createMode": argument("create_mode", _CREATE_MODE, create_mode)},
        body=body("password_policy", _PASSWORD_POLICY, password_policy, required=True),
    )


def fetch_password_policy(database: str, schema: str, name: str) -> Operation[PasswordPolicy]:
    """The password policy with its properties.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
    """
    return Operation(
        id="fetchPasswordPolicy",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/password-policies/{segment('name', name)}",
        answer=_PASSWORD_POLICY,
    )


def delete_password_policy(database: str, schema: str, name: str, *, if_exists: bool | None = None) -> Operation[None]:
    """Drop the password policy.

    A policy that is in use has to be taken off first. See
    https://docs.snowflake.com/en/sql-reference/sql/drop-password-policy.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="deletePasswordPolicy",
        method="DELETE",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/password-policies/{segment('name', name)}",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
    )


def rename_password_policy(
    database: str,
    schema: str,
    name: str,
    *,
    target_name: str,
    if_exists: bool | None = None,
    target_database: str | None = None,
    target_schema: str | None = None,
) -> Operation[None]:
    """Rename the password policy, where it is or into another schema.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        target_name: The new name.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
        target_database: The database of the target; the source's own when left out.
        target_schema: The schema of the target; the source's own when left out.
    """
    return Operation(
        id="renamePasswordPolicy",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/password-policies/{segment('name', name)}:rename",
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
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/password-policies/{segment('name', name)}:set-tags",
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
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/password-policies/{segment('name', name)}:unset-tags",
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
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/password-policies/{segment('name', name)}:get-tags",
        query={"withLineage": argument("with_lineage", BOOLEAN, with_lineage)},
        answer=_TAG_ASSIGNMENT_LIST,
    )


RESOURCE = Resource(
    name="password_policy",
    collection="/api/v2/databases/{database}/schemas/{schema}/password-policies",
    model=PasswordPolicy,
    list=list_password_policies,
    create=create_password_policy,
    fetch=fetch_password_policy,
    drop=delete_password_policy,
    rename=rename_password_policy,
    set_tags=set_tags,
    unset_tags=unset_tags,
    get_tags=get_tags,
)
