# Generated from specs/stream.yaml by `make generate`. Do not edit.
"""A stream shows the rows of a table, view or stage that changed since the stream was last consumed. A statement that
writes what it reads from the stream consumes it, when its transaction commits. See
https://docs.snowflake.com/en/user-guide/streams-intro.
"""

from __future__ import annotations

from snowcore._by_hand.stream import StreamCreation
from snowcore._collections import (
    ShowLimited,
)
from snowcore._common import CreateMode, encode_mode
from snowcore._handles import (
    Dropped,
    Fetched,
    SchemaObject,
    Tagged,
)
from snowcore._methods import remote, twin
from snowflake_rest import stream as rest
from snowflake_rest.runtime import Steps
from snowflake_rest.stream import (
    PointOfTimeOffset,
    PointOfTimeStatement,
    PointOfTimeStream,
    PointOfTimeTimestamp,
    Stream,
    StreamClone,
    StreamSource,
    StreamSourceStage,
    StreamSourceTable,
    StreamSourceView,
)

__all__ = [
    "PointOfTimeOffset",
    "PointOfTimeStatement",
    "PointOfTimeStream",
    "PointOfTimeTimestamp",
    "Stream",
    "StreamClone",
    "StreamCollection",
    "StreamResource",
    "StreamSource",
    "StreamSourceStage",
    "StreamSourceTable",
    "StreamSourceView",
]


class StreamResource(SchemaObject, Fetched[Stream], Dropped, Tagged):
    """A stream."""

    _rest = rest.RESOURCE

    @remote
    def clone(
        self,
        target_database: str,
        target_schema: str,
        stream_clone: StreamClone,
        create_mode: CreateMode | str | None = None,
        copy_grants: bool | None = None,
    ) -> Steps[None]:
        """Clone a stream.

        The path names the source, the body the new stream, which starts from the source's offset. See
        https://docs.snowflake.com/en/sql-reference/sql/create-stream.

        Args:
            target_database: The database of the clone.
            target_schema: The schema of the clone.
            stream_clone: The stream to make as a clone of another.
            create_mode: What to do when an object of this name exists; fail, replace it, or leave it as it is. The
                server's default is `errorIfExists`.
            copy_grants: Keep the privileges that were granted on the object that this one replaces or is made from.
                The server's default is `false`.
        """
        return rest.clone_stream(
            *self.path,
            stream_clone,
            target_database=target_database,
            target_schema=target_schema,
            create_mode=encode_mode(create_mode),
            copy_grants=copy_grants,
        )

    clone_async = twin(clone)


class StreamCollection(StreamCreation, ShowLimited[StreamResource, Stream]):
    """The streams of the schema."""

    _handle = StreamResource
