# Generated from specs and from src/snowcore by `make generate`. Do not edit.
"""What is in `snowcore`, under the name that it has in Snowflake's SDK."""

from snowcore.tag import Tag, TagCollection, TagResource, TagValue

__all__ = [
    "Tag",
    "TagCollection",
    "TagResource",
    "TagValue",
]
