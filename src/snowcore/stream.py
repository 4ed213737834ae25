# Generated from specs/stream.yaml by `make generate`. Do not edit.
"""A stream shows the rows of a table, view or stage that changed since the stream was last consumed. A statement that
writes what it reads from the stream consumes it, when its transaction commits. See
https://docs.snowflake.com/en/user-guide/streams-intro.
"""

from snowcore._generated.stream import (
    PointOfTimeOffset,
    PointOfTimeStatement,
    PointOfTimeStream,
    PointOfTimeTimestamp,
    Stream,
    StreamClone,
    StreamCollection,
    StreamResource,
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
