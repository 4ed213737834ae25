"""Tags, as objects. Setting one on another object is what every kind can do; columns have theirs with their table.

See https://docs.snowflake.com/en/user-guide/object-tagging/introduction.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ...engine.errors import invalid
from ...engine.names import shown
from ..account.calls import Call
from ..account.catalog import Entry
from ..account.facts import TagName, tags_on
from .base import ObjectType, checked_tag, level_of
from .words import Words, same

if TYPE_CHECKING:
    from ..account.account import Account
    from ..account.calls import Context


class Tags(ObjectType):
    resource = what = "tag"
    words = Words("TAG", {**same("texts", "allowed_values"), **same("text", "comment"), **same("word", "propagate")})
    restorable = cloned = True

    def check(self, path: tuple[str, ...], properties: Mapping[str, Any], old: Entry | None) -> None:
        values = properties.get("allowed_values", [])
        if len(values) > 5000 or any(len(value) > 256 for value in values):
            raise invalid("'allowed_values' are at most 5,000 texts of at most 256 characters.")

    def may_drop(self, entry: Entry, call: Call) -> None:
        if entry.state.get("masking"):
            text = f"Tag {shown(entry.name)} cannot be dropped: masking policies are set on it."
            raise invalid(f"SQL compilation error:\n{text}", "003549")


def set_on_column(
    account: Account, context: Context, table: Entry, column: str, values: Mapping[TagName, str | None]
) -> None:
    """Set tags on a column of a table, or with None take them off."""
    with account.changing, account.catalog.transaction():
        tags = dict(_of_column(table, column))
        for tag, value in values.items():
            checked_tag(account, context, tag, value)
            if value is None:
                tags.pop(tag, None)
            else:
                tags[tag] = value
        told = {**table.state.get("column_tags", {}), column: [[*tag, value] for tag, value in tags.items()]}
        account.catalog.update(table, state={**table.state, "column_tags": told})


def value_of(account: Account, tag: TagName, entry: Entry, column: str | None = None) -> str | None:
    """What a tag says of an object or a column: its own value, or that of what it is in."""
    return next((value for name, value, _ in tags_on(account.catalog, entry, column) if name == tag), None)


def every_value(account: Account, entry: Entry, column: str | None = None) -> dict[TagName, tuple[str, str]]:
    """What each tag says of an object or a column, and what kind of object it is set on."""
    values: dict[TagName, tuple[str, str]] = {}
    for tag, value, kind in tags_on(account.catalog, entry, column):
        values.setdefault(tag, (value, level_of(kind)))
    return values


def _of_column(table: Entry, column: str) -> Iterator[tuple[TagName, str]]:
    for database, schema, name, value in table.state.get("column_tags", {}).get(column, ()):
        yield (database, schema, name), value
