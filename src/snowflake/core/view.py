"""Views: queries with a name. See https://docs.snowflake.com/en/user-guide/views-introduction."""

from __future__ import annotations

from collections.abc import Iterator

from snowflake_rest import view as rest
from snowflake_rest.runtime import Steps
from snowflake_rest.view import View, ViewColumn

from ._client import Listing
from ._common import CreateMode, wire_mode
from ._reference import Dropped, Fetched, SchemaObject, SchemaObjects, Tagged, named, one_limit, remote, twin

__all__ = ["View", "ViewCollection", "ViewColumn", "ViewResource"]


class ViewResource(SchemaObject, Fetched[View], Dropped, Tagged):
    """A view."""

    _rest = rest.RESOURCE


class ViewCollection(SchemaObjects[ViewResource]):
    """The views of a schema."""

    _handle = ViewResource

    @remote
    def create(
        self, view: View, mode: CreateMode | str | None = None, copy_grants: bool | None = None
    ) -> Steps[ViewResource]:
        """Create a view. ConflictError if one of this name exists, unless `mode` says otherwise.

        copy_grants: keep the privileges on the view that is replaced.
        """
        view = named(View, view)
        yield from rest.create_view(*self.path, view, create_mode=wire_mode(mode), copy_grants=copy_grants)
        return self[view.name]

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
        """The views.

        like: only those whose name matches this SQL pattern, in any case. starts_with: only those whose name starts
        with this, in this case. limit: at most so many, up to 10,000. from_name: only those after the first whose name
        starts with this. deep: with what they depend on. show_limit: deprecated, use limit.
        """
        limit = one_limit(limit, show_limit)
        return Listing(
            rest.list_views(
                *self.path, like=like, starts_with=starts_with, show_limit=limit, from_name=from_name, deep=deep
            )
        )

    create_async = twin(create)
    iter_async = twin(iter)
