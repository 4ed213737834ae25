# Generated from specs and from src/snowcore by `make generate`. Do not edit.
"""What is in `snowcore`, under the name that it has in Snowflake's SDK."""

from snowcore.stream import (
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
