# Generated from specs/stream.yaml by `make generate`. Do not edit.
# Subclasses narrow fields of their bases:
# pyright: reportIncompatibleVariableOverride=false
"""A stream shows the rows of a table, view or stage that changed since the stream was last consumed. A statement that
writes what it reads from the stream consumes it, when its transaction commits. See
https://docs.snowflake.com/en/user-guide/streams-intro.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from .common import IDENTIFIER, TagAssignment, TagReference
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
class StreamSource(Model):
    """What a stream follows, and how.

    Args:
        name: The object's name.
        database_name: The object's database.
        schema_name: The object's schema.
    """

    src_type: str | None = field(STRING, default=None, init=False)
    """The kind of object."""
    name: str = field(IDENTIFIER)
    """The object's name."""
    database_name: str | None = field(IDENTIFIER, default=None)
    """The object's database."""
    schema_name: str | None = field(IDENTIFIER, default=None)
    """The object's schema."""


@model
class Stream(Model):
    """A record of the changes to a table, view or stage.

    Args:
        name: The stream's name, plain or in double quotes.
        stream_source: What the stream follows, and how.
        comment: Free text about the stream.

    Attributes:
        created_on (set by the server): When the stream was created.
        database_name (set by the server): The database that holds the stream.
        schema_name (set by the server): The schema that holds the stream.
        owner (set by the server): The role that owns the stream.
        table_name (set by the server): The object that the stream follows.
        stale (set by the server): Whether the changes since the last consumption are lost because the source no
            longer keeps them.
        mode (set by the server): `APPEND_ONLY` and `INSERT_ONLY` streams show only new rows, `DEFAULT` ones updates
            and deletions too.
        stale_after (set by the server): When the stream becomes stale unless it is consumed before.
        invalid_reason (set by the server): Why the stream cannot be read, if it cannot.
        owner_role_type (set by the server): The kind of role that the owner is, such as `ROLE` or `DATABASE_ROLE`.
        type (set by the server): The type of stream. Snowflake knows only `DELTA`.
    """

    created_on: datetime | None = field(DATETIME, default=None, read_only=True)
    """When the stream was created."""
    name: str = field(IDENTIFIER)
    """The stream's name, plain or in double quotes."""
    stream_source: StreamSource = field(Nested(StreamSource))
    """What the stream follows, and how."""
    comment: str | None = field(STRING, default=None)
    """Free text about the stream."""
    database_name: str | None = field(IDENTIFIER, default=None, read_only=True)
    """The database that holds the stream."""
    schema_name: str | None = field(IDENTIFIER, default=None, read_only=True)
    """The schema that holds the stream."""
    owner: str | None = field(IDENTIFIER, default=None, read_only=True)
    """The role that owns the stream."""
    table_name: str | None = field(IDENTIFIER, default=None, read_only=True)
    """The object that the stream follows."""
    stale: bool | None = field(BOOLEAN, default=None, read_only=True)
    """Whether the changes since the last consumption are lost because the source no longer keeps them."""
    mode: str | None = field(STRING, default=None, read_only=True)
    """`APPEND_ONLY` and `INSERT_ONLY` streams show only new rows, `DEFAULT` ones updates and deletions too."""
    stale_after: datetime | None = field(DATETIME, default=None, read_only=True)
    """When the stream becomes stale unless it is consumed before."""
    invalid_reason: str | None = field(STRING, default=None, read_only=True)
    """Why the stream cannot be read, if it cannot."""
    owner_role_type: str | None = field(IDENTIFIER, default=None, read_only=True)
    """The kind of role that the owner is, such as `ROLE` or `DATABASE_ROLE`."""
    type: str | None = field(STRING, default=None, read_only=True)
    """The type of stream. Snowflake knows only `DELTA`."""


@model
class PointOfTime(Model):
    """A moment in the past from which a stream starts. See
    https://docs.snowflake.com/en/sql-reference/sql/create-stream.

    Args:
        reference: `at` to take in what happened at the moment, `before` to start before it.
    """

    point_of_time_type: str | None = field(STRING, default=None, init=False)
    """How the moment is given."""
    reference: Literal["at", "before"] | str = field(Choice("at", "before"))
    """`at` to take in what happened at the moment, `before` to start before it."""


@model
class StreamSourceTable(StreamSource):
    """A stream on a table.

    Args:
        name: The object's name.
        database_name: The object's database.
        schema_name: The object's schema.
        append_only: Show only rows that were inserted, no updates and deletions. Default false.
        show_initial_rows: Show the rows that exist when the stream is created as well, until it is first consumed.
            Default false.
        point_of_time: The moment from which on changes show; now when left out.
    """

    src_type: str = field(STRING, default="table", init=False)
    append_only: bool | None = field(BOOLEAN, default=None)
    """Show only rows that were inserted, no updates and deletions. Default false."""
    show_initial_rows: bool | None = field(BOOLEAN, default=None)
    """Show the rows that exist when the stream is created as well, until it is first consumed. Default false."""
    point_of_time: PointOfTime | None = field(Nested(PointOfTime), default=None)
    """The moment from which on changes show; now when left out."""


@model
class PointOfTimeTimestamp(PointOfTime):
    """The moment given as a time.

    Args:
        reference: `at` to take in what happened at the moment, `before` to start before it.
        timestamp: The time, as a timestamp that SQL understands.
    """

    point_of_time_type: str = field(STRING, default="timestamp", init=False)
    timestamp: str = field(STRING)
    """The time, as a timestamp that SQL understands."""


@model
class PointOfTimeOffset(PointOfTime):
    """The moment given as a distance from now.

    Args:
        reference: `at` to take in what happened at the moment, `before` to start before it.
        offset: The distance from now in seconds, negative for the past, such as `-300`.
    """

    point_of_time_type: str = field(STRING, default="offset", init=False)
    offset: str = field(STRING)
    """The distance from now in seconds, negative for the past, such as `-300`."""


@model
class PointOfTimeStatement(PointOfTime):
    """The moment when a statement ran.

    Args:
        reference: `at` to take in what happened at the moment, `before` to start before it.
        statement: The query ID of the statement.
    """

    point_of_time_type: str = field(STRING, default="statement", init=False)
    statement: str = field(STRING)
    """The query ID of the statement."""


@model
class PointOfTimeStream(PointOfTime):
    """The moment up to which another stream has been consumed.

    Args:
        reference: `at` to take in what happened at the moment, `before` to start before it.
        stream: The other stream, which follows the same source.
    """

    point_of_time_type: str = field(STRING, default="stream", init=False)
    stream: str = field(STRING)
    """The other stream, which follows the same source."""


@model
class StreamSourceExternalTable(StreamSource):
    """A stream on an external table.

    Args:
        name: The object's name.
        database_name: The object's database.
        schema_name: The object's schema.
        insert_only: Show only rows of new files. External tables allow no other streams, so it has to be true.
        point_of_time: The moment from which on changes show; now when left out.
    """

    src_type: str = field(STRING, default="external_table", init=False)
    insert_only: bool | None = field(BOOLEAN, default=None)
    """Show only rows of new files. External tables allow no other streams, so it has to be true."""
    point_of_time: PointOfTime | None = field(Nested(PointOfTime), default=None)
    """The moment from which on changes show; now when left out."""


@model
class StreamSourceView(StreamSource):
    """A stream on a view.

    Args:
        name: The object's name.
        database_name: The object's database.
        schema_name: The object's schema.
        append_only: Show only rows that were inserted, no updates and deletions. Default false.
        show_initial_rows: Show the rows that exist when the stream is created as well, until it is first consumed.
            Default false.
        point_of_time: The moment from which on changes show; now when left out.

    Attributes:
        base_tables (set by the server): The tables that the view reads.
    """

    src_type: str = field(STRING, default="view", init=False)
    append_only: bool | None = field(BOOLEAN, default=None)
    """Show only rows that were inserted, no updates and deletions. Default false."""
    show_initial_rows: bool | None = field(BOOLEAN, default=None)
    """Show the rows that exist when the stream is created as well, until it is first consumed. Default false."""
    point_of_time: PointOfTime | None = field(Nested(PointOfTime), default=None)
    """The moment from which on changes show; now when left out."""
    base_tables: list[str] | None = field(Array(IDENTIFIER), default=None, read_only=True)
    """The tables that the view reads."""


@model
class StreamSourceStage(StreamSource):
    """A stream on a stage's directory table, which shows files that come and go.

    Args:
        name: The object's name.
        database_name: The object's database.
        schema_name: The object's schema.
    """

    src_type: str = field(STRING, default="stage", init=False)


@model
class StreamClone(Model):
    """The stream to make as a clone of another.

    Args:
        name: The clone's name.
        comment: Free text about the clone.
    """

    name: str = field(IDENTIFIER)
    """The clone's name."""
    comment: str | None = field(STRING, default=None)
    """Free text about the clone."""


StreamSource.discriminate(
    "src_type",
    {
        "table": StreamSourceTable,
        "external_table": StreamSourceExternalTable,
        "view": StreamSourceView,
        "stage": StreamSourceStage,
    },
)
PointOfTime.discriminate(
    "point_of_time_type",
    {
        "timestamp": PointOfTimeTimestamp,
        "offset": PointOfTimeOffset,
        "statement": PointOfTimeStatement,
        "stream": PointOfTimeStream,
    },
)

_SHOW_LIMIT = Integer(minimum=1, maximum=10000)
_STREAM_LIST = Array(Nested(Stream))
_CREATE_MODE = Choice("errorIfExists", "orReplace", "ifNotExists")
_STREAM = Nested(Stream)
_STREAM_CLONE = Nested(StreamClone)
_TAG_ASSIGNMENT_LIST = Array(Nested(TagAssignment))
_TAG_REFERENCE_LIST = Array(Nested(TagReference))


def list_streams(
    database: str,
    schema: str,
    *,
    like: str | None = None,
    starts_with: str | None = None,
    show_limit: int | None = None,
    from_name: str | None = None,
) -> Operation[list[Stream]]:
    """The streams of the schema.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        like: Only the objects whose name matches this SQL pattern (`%` any text, `_` one character), whatever the
            case.
        starts_with: Only the objects whose name starts with this text, in exactly this case.
        show_limit: At most this many objects, from 1 to 10,000.
        from_name: Only the objects that follow the first one whose name starts with this text, in exactly this case.
    """
    return Operation(
        id="listStreams",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/streams",
        query={
            "like": argument("like", STRING, like),
            "startsWith": argument("starts_with", STRING, starts_with),
            "showLimit": argument("show_limit", _SHOW_LIMIT, show_limit),
            "fromName": argument("from_name", STRING, from_name),
        },
        answer=_STREAM_LIST,
    )


def create_stream(
    database: str,
    schema: str,
    stream: Stream,
    *,
    create_mode: Literal["errorIfExists", "orReplace", "ifNotExists"] | str | None = None,
    copy_grants: bool | None = None,
) -> Operation[None]:
    """Create a stream.

    See https://docs.snowflake.com/en/sql-reference/sql/create-stream.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        stream: A record of the changes to a table, view or stage.
        create_mode: What to do when an object of this name exists; fail, replace it, or leave it as it is. The
            server's default is `errorIfExists`.
        copy_grants: Keep the privileges that were granted on the object that this one replaces or is made from. The
            server's default is `false`.
    """
    return Operation(
        id="createStream",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/streams",
        query={
            "createMode": argument("create_mode", _CREATE_MODE, create_mode),
            "copyGrants": argument("copy_grants", BOOLEAN, copy_grants),
        },
        body=body("stream", _STREAM, stream, required=True),
    )


def fetch_stream(database: str, schema: str, name: str) -> Operation[Stream]:
    """Fetch a stream.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
    """
    return Operation(
        id="fetchStream",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/streams/{segment('name', name)}",
        answer=_STREAM,
    )


def delete_stream(database: str, schema: str, name: str, *, if_exists: bool | None = None) -> Operation[None]:
    """Drop a stream.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="deleteStream",
        method="DELETE",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/streams/{segment('name', name)}",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
    )


def clone_stream(
    database: str,
    schema: str,
    name: str,
    stream_clone: StreamClone,
    *,
    target_database: str,
    target_schema: str,
    create_mode: Literal["errorIfExists", "orReplace", "ifNotExists"] | str | None = None,
    copy_grants: bool | None = None,
) -> Operation[None]:
    """Clone a stream.

    The path names the source, the body the new stream, which starts from the source's offset. See
    https://docs.snowflake.com/en/sql-reference/sql/create-stream.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        stream_clone: The stream to make as a clone of another.
        target_database: The database of the clone.
        target_schema: The schema of the clone.
        create_mode: What to do when an object of this name exists; fail, replace it, or leave it as it is. The
            server's default is `errorIfExists`.
        copy_grants: Keep the privileges that were granted on the object that this one replaces or is made from. The
            server's default is `false`.
    """
    return Operation(
        id="cloneStream",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/streams/{segment('name', name)}:clone",
        query={
            "targetDatabase": argument("target_database", IDENTIFIER, target_database, required=True),
            "targetSchema": argument("target_schema", IDENTIFIER, target_schema, required=True),
            "createMode": argument("create_mode", _CREATE_MODE, create_mode),
            "copyGrants": argument("copy_grants", BOOLEAN, copy_grants),
        },
        body=body("stream_clone", _STREAM_CLONE, stream_clone, required=True),
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
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/streams/{segment('name', name)}:set-tags",
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
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/streams/{segment('name', name)}:unset-tags",
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
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/streams/{segment('name', name)}:get-tags",
        query={"withLineage": argument("with_lineage", BOOLEAN, with_lineage)},
        answer=_TAG_ASSIGNMENT_LIST,
    )


RESOURCE = Resource(
    name="stream",
    collection="/api/v2/databases/{database}/schemas/{schema}/streams",
    model=Stream,
    list=list_streams,
    create=create_stream,
    fetch=fetch_stream,
    drop=delete_stream,
    set_tags=set_tags,
    unset_tags=unset_tags,
    get_tags=get_tags,
)
