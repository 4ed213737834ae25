# Generated from specs/view.yaml by `make generate`. Do not edit.
"""A view is a query with a name, which other queries can read like a table. See
https://docs.snowflake.com/en/user-guide/views-introduction.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from .common import TagAssignment, TagReference
from .runtime import (
    BOOLEAN,
    DATETIME,
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
class ViewColumn(Model):
    """A column of a view.

    Args:
        name: The column's name.
        comment: Free text about the column.

    Attributes:
        datatype (set by the server): The column's SQL type, which follows from the query.
    """

    name: str = field(STRING)
    """The column's name."""
    comment: str | None = field(STRING, default=None)
    """Free text about the column."""
    datatype: str | None = field(STRING, default=None, read_only=True)
    """The column's SQL type, which follows from the query."""


@model
class View(Model):
    """A query with a name.

    Args:
        name: The view's name, plain or in double quotes.
        secure: Whether the query is hidden from roles that do not own the view, and is not optimized in ways that
            could let hidden rows be guessed. Default false.
        kind: `TEMPORARY` views end with the session that created them; `PERMANENT` is the default.
        recursive: Whether the query may refer to the view itself; default false.
        columns: The columns, in the query's order.
        comment: Free text about the view.
        query: The SELECT that the view stands for.

    Attributes:
        created_on (set by the server): When the view was created.
        database_name (set by the server): The database that holds the view.
        schema_name (set by the server): The schema that holds the view.
        owner (set by the server): The role that owns the view.
        owner_role_type (set by the server): The kind of role that the owner is, such as `ROLE` or `DATABASE_ROLE`.
    """

    name: str = field(STRING)
    """The view's name, plain or in double quotes."""
    secure: bool | None = field(BOOLEAN, default=None)
    """Whether the query is hidden from roles that do not own the view, and is not optimized in ways that could let
    hidden rows be guessed. Default false.
    """
    kind: Literal["PERMANENT", "TEMPORARY"] | str | None = field(Choice("PERMANENT", "TEMPORARY"), default=None)
    """`TEMPORARY` views end with the session that created them; `PERMANENT` is the default."""
    recursive: bool | None = field(BOOLEAN, default=None)
    """Whether the query may refer to the view itself; default false."""
    columns: list[ViewColumn] = field(Array(Nested(ViewColumn)))
    """The columns, in the query's order."""
    comment: str | None = field(STRING, default=None)
    """Free text about the view."""
    query: str = field(STRING)
    """The SELECT that the view stands for."""
    created_on: datetime | None = field(DATETIME, default=None, read_only=True)
    """When the view was created."""
    database_name: str | None = field(STRING, default=None, read_only=True)
    """The database that holds the view."""
    schema_name: str | None = field(STRING, default=None, read_only=True)
    """The schema that holds the view."""
    owner: str | None = field(STRING, default=None, read_only=True)
    """The role that owns the view."""
    owner_role_type: str | None = field(STRING, default=None, read_only=True)
    """The kind of role that the owner is, such as `ROLE` or `DATABASE_ROLE`."""


_SHOW_LIMIT = Integer(minimum=1, maximum=10000)
_VIEW_LIST = Array(Nested(View))
_CREATE_MODE = Choice("errorIfExists", "orReplace", "ifNotExists")
_VIEW = Nested(View)
_TAG_ASSIGNMENT_LIST = Array(Nested(TagAssignment))
_TAG_REFERENCE_LIST = Array(Nested(TagReference))


def list_views(
    database: str,
    schema: str,
    *,
    like: str | None = None,
    starts_with: str | None = None,
    show_limit: int | None = None,
    from_name: str | None = None,
    deep: bool | None = None,
) -> Operation[list[View]]:
    """The views of the schema.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        like: Only the objects whose name matches this SQL pattern (`%` any text, `_` one character), whatever the
            case.
        starts_with: Only the objects whose name starts with this text, in exactly this case.
        show_limit: At most this many objects, from 1 to 10,000.
        from_name: Only the objects that follow the first one whose name starts with this text, in exactly this case.
        deep: Also return what each view depends on.
    """
    return Operation(
        id="listViews",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/views",
        query={
            "like": argument("like", STRING, like),
            "startsWith": argument("starts_with", STRING, starts_with),
            "showLimit": argument("show_limit", _SHOW_LIMIT, show_limit),
            "fromName": argument("from_name", STRING, from_name),
            "deep": argument("deep", BOOLEAN, deep),
        },
        answer=_VIEW_LIST,
    )


def create_view(
    database: str,
    schema: str,
    view: View,
    *,
    create_mode: Literal["errorIfExists", "orReplace", "ifNotExists"] | str | None = None,
    copy_grants: bool | None = None,
) -> Operation[None]:
    """Create a view.

    See https://docs.snowflake.com/en/sql-reference/sql/create-view.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        view: A query with a name.
        create_mode: What to do when an object of this name exists; fail, replace it, or leave it as it is. The
            server's default is `errorIfExists`.
        copy_grants: Keep the privileges that were granted on the object that this one replaces or is made from. The
            server's default is `false`.
    """
    return Operation(
        id="createView",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/views",
        query={
            "createMode": argument("create_mode", _CREATE_MODE, create_mode),
            "copyGrants": argument("copy_grants", BOOLEAN, copy_grants),
        },
        body=body("view", _VIEW, view, required=True),
    )


def fetch_view(database: str, schema: str, name: str) -> Operation[View]:
    """Fetch a view.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
    """
    return Operation(
        id="fetchView",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/views/{segment('name', name)}",
        answer=_VIEW,
    )


def delete_view(database: str, schema: str, name: str, *, if_exists: bool | None = None) -> Operation[None]:
    """Drop a view.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="deleteView",
        method="DELETE",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/views/{segment('name', name)}",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
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
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/views/{segment('name', name)}:set-tags",
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
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/views/{segment('name', name)}:unset-tags",
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
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/views/{segment('name', name)}:get-tags",
        query={"withLineage": argument("with_lineage", BOOLEAN, with_lineage)},
        answer=_TAG_ASSIGNMENT_LIST,
    )


RESOURCE = Resource(
    name="view",
    collection="/api/v2/databases/{database}/schemas/{schema}/views",
    model=View,
    list=list_views,
    create=create_view,
    fetch=fetch_view,
    drop=delete_view,
    set_tags=set_tags,
    unset_tags=unset_tags,
    get_tags=get_tags,
)
