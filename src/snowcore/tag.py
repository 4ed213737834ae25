"""Tags, and the values they have on objects. See https://docs.snowflake.com/en/user-guide/object-tagging."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import attrs

from snowflake_rest import tag as rest
from snowflake_rest.common import TagAssignment, TagReference
from snowflake_rest.runtime import Steps
from snowflake_rest.tag import Tag

from ._collections import Matched, SchemaObjects
from ._common import CreateMode, wire_mode
from ._handles import Dropped, Fetched, Renamed, Undropped
from ._methods import build_model, remote, twin

if TYPE_CHECKING:
    from ._root import Root

__all__ = ["Tag", "TagCollection", "TagResource", "TagValue"]


@attrs.define
class TagValue:
    """The value of a tag on an object.

    level: the kind of object that it was set on, when it is inherited; the server tells.
    """

    value: str
    level: str | None = None


class TagResource(Renamed, Fetched[Tag], Dropped, Undropped):
    """A tag."""

    _rest = rest.RESOURCE

    @remote
    def create_or_alter(self, tag: Tag) -> Steps[None]:
        """Make the tag as described: create it, or change what differs. ValueError for another name."""
        tag = build_model(Tag, tag)
        self.expect(tag.name, "tag")
        return rest.create_or_alter_tag(*self.path, tag)

    create_or_alter_async = twin(create_or_alter)


class TagCollection(SchemaObjects[TagResource], Matched[TagResource, Tag]):
    """The tags of a schema."""

    _handle = TagResource

    @remote
    def create(self, tag: Tag, mode: CreateMode | str | None = None) -> Steps[TagResource]:
        """Create a tag. ConflictError if it exists, unless `mode` is `or_replace` or `if_not_exists`."""
        tag = build_model(Tag, tag)
        yield from rest.create_tag(*self.path, tag, create_mode=wire_mode(mode))
        return self[tag.name]

    create_async = twin(create)


def assignments(tags: Mapping[TagResource, TagValue | str]) -> list[TagAssignment]:
    """Tags with values, as a request carries them."""
    return [
        TagAssignment(
            tag_database=tag.database.name,
            tag_schema=tag.schema.name,
            tag_name=tag.name,
            tag_value=value.value if isinstance(value, TagValue) else value,
        )
        for tag, value in tags.items()
    ]


def references(tags: Iterable[TagResource]) -> list[TagReference]:
    """Tags, as a request names them."""
    return [TagReference(tag_database=t.database.name, tag_schema=t.schema.name, tag_name=t.name) for t in tags]


def values(root: Root, tags: Iterable[TagAssignment]) -> dict[TagResource, TagValue]:
    """Tags with values, from an answer."""
    return {
        root.databases[tag.tag_database or ""].schemas[tag.tag_schema or ""].tags[tag.tag_name]: TagValue(
            tag.tag_value, tag.level
        )
        for tag in tags
    }
