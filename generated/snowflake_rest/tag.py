# Generated from specs/tag.yaml by `make generate`. Do not edit.
"""A tag is an object of a schema that can be set on other objects, on each with a value of its own, to sort them, to
track what they cost or to protect them. See https://docs.snowflake.com/en/user-guide/object-tagging/introduction.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from .common import IDENTIFIER
from .runtime import (
    BOOLEAN,
    DATETIME,
    STRING,
    Array,
    Choice,
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
class Tag(Model):
    """A label that can be set on objects, each time with a value.

    Args:
        allowed_values: The values that the tag can have, at most 5,000 of up to 256 characters each. Left out, any
            text is allowed.
        propagate: Which objects made from a tagged one get the tag too. `ON_DEPENDENCY` stands for those that depend
            on it, such as views, `ON_DATA_MOVEMENT` for those that data is copied to,
            `ON_DEPENDENCY_AND_DATA_MOVEMENT` for both. See
            https://docs.snowflake.com/en/user-guide/object-tagging/propagation.
        on_conflict: What the value becomes when propagation brings several. `ALLOWED_VALUES_SEQUENCE` takes the one
            that is first in `allowed_values`; otherwise give the text to use instead of them.
        comment: Free text about the tag.
        name: The tag's name, plain or in double quotes.

    Attributes:
        created_on (set by the server): When the tag was created.
        database_name (set by the server): The database that holds the tag.
        schema_name (set by the server): The schema that holds the tag.
        owner (set by the server): The role that owns the tag.
        owner_role_type (set by the server): The kind of role that the owner is, such as `ROLE` or `DATABASE_ROLE`.
    """

    allowed_values: list[str] | None = field(Array(STRING), default=None)
    """The values that the tag can have, at most 5,000 of up to 256 characters each. Left out, any text is allowed."""
    propagate: str | None = field(STRING, default=None)
    """Which objects made from a tagged one get the tag too. `ON_DEPENDENCY` stands for those that depend on it, such as
    views, `ON_DATA_MOVEMENT` for those that data is copied to, `ON_DEPENDENCY_AND_DATA_MOVEMENT` for both. See
    https://docs.snowflake.com/en/user-guide/object-tagging/propagation.
    """
    on_conflict: str | None = field(STRING, default=None)
    """What the value becomes when propagation brings several. `ALLOWED_VALUES_SEQUENCE` takes the one that is first in
    `allowed_values`; otherwise give the text to use instead of them.
    """
    comment: str | None = field(STRING, default=None)
    """Free text about the tag."""
    name: str = field(IDENTIFIER)
    """The tag's name, plain or in double quotes."""
    created_on: datetime | None = field(DATETIME, default=None, read_only=True)
    """When the tag was created."""
    database_name: str | None = field(IDENTIFIER, default=None, read_only=True)
    """The database that holds the tag."""
    schema_name: str | None = field(IDENTIFIER, default=None, read_only=True)
    """The schema that holds the tag."""
    owner: str | None = field(IDENTIFIER, default=None, read_only=True)
    """The role that owns the tag."""
    owner_role_type: str | None = field(STRING, default=None, read_only=True)
    """The kind of role that the owner is, such as `ROLE` or `DATABASE_ROLE`."""


_TAG_LIST = Array(Nested(Tag))
_CREATE_MODE = Choice("errorIfExists", "orReplace", "ifNotExists")
_TAG = Nested(Tag)


def list_tags(database: str, schema: str, *, like: str | None = None) -> Operation[list[Tag]]:
    """The tags of the schema.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        like: Only the objects whose name matches this SQL pattern (`%` any text, `_` one character), whatever the
            case.
    """
    return Operation(
        id="listTags",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/tags",
        query={"like": argument("like", STRING, like)},
        answer=_TAG_LIST,
    )


def create_tag(
    database: str,
    schema: str,
    tag: Tag,
    *,
    create_mode: Literal["errorIfExists", "orReplace", "ifNotExists"] | str | None = None,
) -> Operation[None]:
    """Create a tag.

    See https://docs.snowflake.com/en/sql-reference/sql/create-tag.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        tag: A label that can be set on objects, each time with a value.
        create_mode: What to do when an object of this name exists; fail, replace it, or leave it as it is. The
            server's default is `errorIfExists`.
    """
    return Operation(
        id="createTag",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/tags",
        query={"createMode": argument("create_mode", _CREATE_MODE, create_mode)},
        body=body("tag", _TAG, tag, required=True),
    )


def fetch_tag(database: str, schema: str, name: str) -> Operation[Tag]:
    """Fetch a tag.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
    """
    return Operation(
        id="fetchTag",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/tags/{segment('name', name)}",
        answer=_TAG,
    )


def create_or_alter_tag(database: str, schema: str, name: str, tag: Tag) -> Operation[None]:
    """Create a tag, or change it into what is given.

    Properties that are left out are unset. Objects keep the tag with its values. See
    https://docs.snowflake.com/en/sql-reference/sql/create-or-alter.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        tag: A label that can be set on objects, each time with a value.
    """
    return Operation(
        id="createOrAlterTag",
        method="PUT",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/tags/{segment('name', name)}",
        body=body("tag", _TAG, tag, required=True),
    )


def delete_tag(database: str, schema: str, name: str, *, if_exists: bool | None = None) -> Operation[None]:
    """Drop a tag.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="deleteTag",
        method="DELETE",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/tags/{segment('name', name)}",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
    )


def undrop_tag(database: str, schema: str, name: str) -> Operation[None]:
    """Restore a dropped tag.

    Brings back the tag of this name that was dropped last. Fails when the name is in use again. See
    https://docs.snowflake.com/en/sql-reference/sql/undrop-tag.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
    """
    return Operation(
        id="undropTag",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/tags/{segment('name', name)}:undrop",
    )


def rename_tag(
    database: str,
    schema: str,
    name: str,
    *,
    target_name: str,
    if_exists: bool | None = None,
    target_database: str | None = None,
    target_schema: str | None = None,
) -> Operation[None]:
    """Rename a tag, or move it to another schema.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        target_name: The tag's new name.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
        target_database: The database of the target; the source's own when left out.
        target_schema: The schema of the target; the source's own when left out.
    """
    return Operation(
        id="renameTag",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/tags/{segment('name', name)}:rename",
        query={
            "targetName": argument("target_name", STRING, target_name, required=True),
            "ifExists": argument("if_exists", BOOLEAN, if_exists),
            "targetDatabase": argument("target_database", IDENTIFIER, target_database),
            "targetSchema": argument("target_schema", IDENTIFIER, target_schema),
        },
    )


RESOURCE = Resource(
    name="tag",
    collection="/api/v2/databases/{database}/schemas/{schema}/tags",
    model=Tag,
    list=list_tags,
    create=create_tag,
    fetch=fetch_tag,
    create_or_alter=create_or_alter_tag,
    drop=delete_tag,
    undrop=undrop_tag,
    rename=rename_tag,
)
