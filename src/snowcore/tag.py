# Generated from specs/tag.yaml by `make generate`. Do not edit.
"""A tag is an object of a schema that can be set on other objects, on each with a value of its own, to sort them, to
track what they cost or to protect them. See https://docs.snowflake.com/en/user-guide/object-tagging/introduction.
"""

from snowcore._generated.tag import Tag, TagCollection, TagResource, TagValue

__all__ = [
    "Tag",
    "TagCollection",
    "TagResource",
    "TagValue",
]
