# Generated from specs/view.yaml by `make generate`. Do not edit.
"""A view is a query with a name, which other queries can read like a table. See
https://docs.snowflake.com/en/user-guide/views-introduction.
"""

from __future__ import annotations

from collections.abc import Iterator

from snowcore._client import Listing
from snowcore._collections import (
    SchemaObjects,
    choose_limit,
)
from snowcore._common import CreateMode, encode_mode
from snowcore._handles import (
    Dropped,
    Fetched,
    SchemaObject,
    Tagged,
)
from snowcore._methods import build_model, remote, twin
from snowflake_rest import view as rest
from snowflake_rest.runtime import Steps
from snowflake_rest.view import View, ViewColumn

__all__ = [
    "View",
    "ViewCollection",
    "ViewColumn",
    "ViewResource",
]


class ViewResource(SchemaObject, Fetched[View], Dropped, Tagged):
    """A view."""

    _rest = rest.RESOURCE


class ViewCollection(SchemaObjects[ViewResource]):
    """The views of the schema."""

    _handle = ViewResource

    @remote
    def create(
        self, view: View, mode: CreateMode | str | None = None, copy_grants: bool | None = None
    ) -> Steps[ViewResource]:
        """Create a view.

        See https://docs.snowflake.com/en/sql-reference/sql/create-view.

        Args:
            view: What to create; a dict with the fields of View will do, too.
            mode: What to do if one of this name exists: `error_if_exists` (the default) raises ConflictError,
                `or_replace` replaces it, `if_not_exists` leaves it as it is.
            copy_grants: Keep the privileges that were granted on the object that this one replaces or is made from.
                The server's default is `false`.
        """
        view = build_model(View, view)
        yield from rest.create_view(*self.path, view, create_mode=encode_mode(mode), copy_grants=copy_grants)
        return self[view.name]

    create_async = twin(create)

    @remote
    def iter(
        self,
        *,
        like: str | None = None,
        starts_with: str | None = None,
        limit: int | None = None,
        from_name: str | None = None,
        deep: bool | None = None,
        show_limit: int | None = None,
    ) -> Steps[Iterator[View]]:
        """The views of the schema.

        Args:
            like: Only the objects whose name matches this SQL pattern (`%` any text, `_` one character), whatever
                the case.
            starts_with: Only the objects whose name starts with this text, in exactly this case.
            limit: At most this many objects, from 1 to 10,000.
            from_name: Only the objects that follow the first one whose name starts with this text, in exactly this
                case.
            deep: Also return what each view depends on.
            show_limit: An old name of `limit`.
        """
        limit = choose_limit(limit, show_limit)
        return Listing(
            rest.list_views(
                *self.path, like=like, starts_with=starts_with, show_limit=limit, from_name=from_name, deep=deep
            )
        )

    iter_async = twin(iter)
