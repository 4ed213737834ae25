# Generated from specs and from src/snowcore by `make generate`. Do not edit.
"""What is in `snowcore`, under the name that it has in Snowflake's SDK."""

from snowcore import (
    FQN,
    Client,
    Clone,
    CreateMode,
    DeleteMode,
    PointOfTime,
    PointOfTimeOffset,
    PointOfTimeStatement,
    PointOfTimeTimestamp,
    PollingOperation,
    Root,
    Token,
    __version__,
    simple_file_logging,
)

__all__ = [
    "FQN",
    "Client",
    "Clone",
    "CreateMode",
    "DeleteMode",
    "PointOfTime",
    "PointOfTimeOffset",
    "PointOfTimeStatement",
    "PointOfTimeTimestamp",
    "PollingOperation",
    "Root",
    "Token",
    "__version__",
    "simple_file_logging",
]
