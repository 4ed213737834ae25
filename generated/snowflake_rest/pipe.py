# Generated from specs/pipe.yaml by `make generate`. Do not edit.
"""A pipe loads files from a stage into a table soon after they arrive, with a COPY statement. This is Snowpipe. See
https://docs.snowflake.com/en/user-guide/data-load-snowpipe-intro.
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
class Pipe(Model):
    """A COPY statement that runs as files arrive.

    Args:
        name: The pipe's name, plain or in double quotes.
        comment: Free text about the pipe.
        auto_ingest: Whether the cloud storage announces new files to the pipe. If not, a client has to name them
            through the Snowpipe REST API. Default false.
        error_integration: The notification integration that is told when loading fails.
        aws_sns_topic: The ARN of the SNS topic that announces new files of an S3 bucket.
        integration: The notification integration that announces new files of Google Cloud Storage or Azure.
        copy_statement: The `COPY INTO` statement that loads the files.

    Attributes:
        created_on (set by the server): When the pipe was created.
        database_name (set by the server): The database that holds the pipe.
        schema_name (set by the server): The schema that holds the pipe.
        owner (set by the server): The role that owns the pipe.
        pattern (set by the server): The regular expression that file names have to match, from the COPY statement.
        owner_role_type (set by the server): The kind of role that the owner is, such as `ROLE` or `DATABASE_ROLE`.
        invalid_reason (set by the server): Why the pipe cannot work, if it cannot.
        budget (set by the server): The budget that watches what the pipe costs, if there is one.
    """

    name: str = field(STRING)
    """The pipe's name, plain or in double quotes."""
    comment: str | None = field(STRING, default=None)
    """Free text about the pipe."""
    auto_ingest: bool | None = field(BOOLEAN, default=None)
    """Whether the cloud storage announces new files to the pipe. If not, a client has to name them through the Snowpipe
    REST API. Default false.
    """
    error_integration: str | None = field(STRING, default=None)
    """The notification integration that is told when loading fails."""
    aws_sns_topic: str | None = field(STRING, default=None)
    """The ARN of the SNS topic that announces new files of an S3 bucket."""
    integration: str | None = field(STRING, default=None)
    """The notification integration that announces new files of Google Cloud Storage or Azure."""
    copy_statement: str = field(String(pattern="(?i)^COPY INTO .*"))
    """The `COPY INTO` statement that loads the files."""
    created_on: datetime | None = field(DATETIME, default=None, read_only=True)
    """When the pipe was created."""
    database_name: str | None = field(STRING, default=None, read_only=True)
    """The database that holds the pipe."""
    schema_name: str | None = field(STRING, default=None, read_only=True)
    """The schema that holds the pipe."""
    owner: str | None = field(STRING, default=None, read_only=True)
    """The role that owns the pipe."""
    pattern: str | None = field(STRING, default=None, read_only=True)
    """The regular expression that file names have to match, from the COPY statement."""
    owner_role_type: str | None = field(STRING, default=None, read_only=True)
    """The kind of role that the owner is, such as `ROLE` or `DATABASE_ROLE`."""
    invalid_reason: str | None = field(STRING, default=None, read_only=True)
    """Why the pipe cannot work, if it cannot."""
    budget: str | None = field(STRING, default=None, read_only=True)
    """The budget that watches what the pipe costs, if there is one."""


_PIPE_LIST = Array(Nested(Pipe))
_CREATE_MODE = Choice("errorIfExists", "orReplace", "ifNotExists")
_PIPE = Nested(Pipe)
_TAG_ASSIGNMENT_LIST = Array(Nested(TagAssignment))
_TAG_REFERENCE_LIST = Array(Nested(TagReference))


def list_pipes(database: str, schema: str, *, like: str | None = None) -> Operation[list[Pipe]]:
    """The pipes of the schema.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        like: Only the objects whose name matches this SQL pattern (`%` any text, `_` one character), whatever the
            case.
    """
    return Operation(
        id="listPipes",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/pipes",
        query={"like": argument("like", STRING, like)},
        answer=_PIPE_LIST,
    )


def create_pipe(
    database: str,
    schema: str,
    pipe: Pipe,
    *,
    create_mode: Literal["errorIfExists", "orReplace", "ifNotExists"] | str | None = None,
) -> Operation[None]:
    """Create a pipe.

    See https://docs.snowflake.com/en/sql-reference/sql/create-pipe.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        pipe: A COPY statement that runs as files arrive.
        create_mode: What to do when an object of this name exists; fail, replace it, or leave it as it is. The
            server's default is `errorIfExists`.
    """
    return Operation(
        id="createPipe",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/pipes",
        query={"createMode": argument("create_mode", _CREATE_MODE, create_mode)},
        body=body("pipe", _PIPE, pipe, required=True),
    )


def fetch_pipe(database: str, schema: str, name: str) -> Operation[Pipe]:
    """Fetch a pipe.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
    """
    return Operation(
        id="fetchPipe",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/pipes/{segment('name', name)}",
        answer=_PIPE,
    )


def delete_pipe(database: str, schema: str, name: str, *, if_exists: bool | None = None) -> Operation[None]:
    """Drop a pipe.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="deletePipe",
        method="DELETE",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/pipes/{segment('name', name)}",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
    )


def refresh_pipe(
    database: str,
    schema: str,
    name: str,
    *,
    if_exists: bool | None = None,
    prefix: str | None = None,
    modified_after: datetime | None = None,
) -> Operation[None]:
    """Load the files that are in the stage already.

    Queues the files of the last seven days that the pipe has not loaded. It is meant for catching up, not for
    regular use. See https://docs.snowflake.com/en/sql-reference/sql/alter-pipe.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
        prefix: Only files whose path, after the stage's own path, starts with this text.
        modified_after: Only files that were staged after this time, at most seven days ago.
    """
    return Operation(
        id="refreshPipe",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/pipes/{segment('name', name)}:refresh",
        query={
            "ifExists": argument("if_exists", BOOLEAN, if_exists),
            "prefix": argument("prefix", STRING, prefix),
            "modified_after": argument("modified_after", DATETIME, modified_after),
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
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/pipes/{segment('name', name)}:set-tags",
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
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/pipes/{segment('name', name)}:unset-tags",
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
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/pipes/{segment('name', name)}:get-tags",
        query={"withLineage": argument("with_lineage", BOOLEAN, with_lineage)},
        answer=_TAG_ASSIGNMENT_LIST,
    )


RESOURCE = Resource(
    name="pipe",
    collection="/api/v2/databases/{database}/schemas/{schema}/pipes",
    model=Pipe,
    list=list_pipes,
    create=create_pipe,
    fetch=fetch_pipe,
    drop=delete_pipe,
    set_tags=set_tags,
    unset_tags=unset_tags,
    get_tags=get_tags,
)
