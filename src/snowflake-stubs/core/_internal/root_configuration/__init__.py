# Generated from specs and from src/snowcore by `make generate`. Do not edit.
"""What is in `snowcore`, under the name that it has in Snowflake's SDK."""

from snowcore._configuration import RootConfiguration

__all__ = [
    "RootConfiguration",
]
