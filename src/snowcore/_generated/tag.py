# Generated from specs/tag.yaml by `make generate`. Do not edit.
"""A tag is an object of a schema that can be set on other objects, on each with a value of its own, to sort them, to
track what they cost or to protect them. See https://docs.snowflake.com/en/user-guide/object-tagging/introduction.
"""

from __future__ import annotations

from snowcore._collections import (
    Matched,
    SchemaObjects,
)
from snowcore._common import CreateMode, encode_mode
from snowcore._handles import (
    Dropped,
    Fetched,
    Renamed,
    Undropped,
)
from snowcore._methods import build_model, remote, twin
from snowcore._tags import TagValue
from snowflake_rest import tag as rest
from snowflake_rest.runtime import Steps
from snowflake_rest.tag import Tag

__all__ = [
    "Tag",
    "TagCollection",
    "TagResource",
    "TagValue",
]


class TagResource(Renamed, Fetched[Tag], Dropped, Undropped):
    """A tag."""

    _rest = rest.RESOURCE

    @remote
    def create_or_alter(self, tag: Tag) -> Steps[None]:
        """Create a tag, or change it into what is given.

        Properties that are left out are unset. Objects keep the tag with its values. See
        https://docs.snowflake.com/en/sql-reference/sql/create-or-alter.

        ValueError if the description is of another name.
        """
        tag = build_model(Tag, tag)
        self.expect(tag.name, "tag")
        return rest.create_or_alter_tag(*self.path, tag)

    create_or_alter_async = twin(create_or_alter)


class TagCollection(SchemaObjects[TagResource], Matched[TagResource, Tag]):
    """The tags of the schema."""

    _handle = TagResource

    @remote
    def create(self, tag: Tag, mode: CreateMode | str | None = None) -> Steps[TagResource]:
        """Create a tag.

        See https://docs.snowflake.com/en/sql-reference/sql/create-tag.

        Args:
            tag: What to create; a dict with the fields of Tag will do, too.
            mode: What to do if one of this name exists: `error_if_exists` (the default) raises ConflictError,
                `or_replace` replaces it, `if_not_exists` leaves it as it is.
        """
        tag = build_model(Tag, tag)
        yield from rest.create_tag(*self.path, tag, create_mode=encode_mode(mode))
        return self[tag.name]

    create_async = twin(create)
