# Generated from specs and from src/snowcore by `make generate`. Do not edit.
"""What is in `snowcore`, under the name that it has in Snowflake's SDK."""

from snowcore import (
    Clone,
    CreateMode,
    DeleteMode,
    PointOfTime,
    PointOfTimeOffset,
    PointOfTimeStatement,
    PointOfTimeTimestamp,
)
from snowcore._auth import TokenType

__all__ = [
    "Clone",
    "CreateMode",
    "DeleteMode",
    "PointOfTime",
    "PointOfTimeOffset",
    "PointOfTimeStatement",
    "PointOfTimeTimestamp",
    "TokenType",
]
