"""The values that tags have on objects, as programs and as requests have them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import attrs

from snowflake_rest.common import TagAssignment, TagReference

if TYPE_CHECKING:
    from ._root import Root
    from .tag import TagResource


@attrs.define
class TagValue:
    """The value of a tag on an object.

    level: the kind of object that it was set on, when it is inherited; the server tells.
    """

    value: str
    level: str | None = None


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
