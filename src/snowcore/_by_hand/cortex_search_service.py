"""Searches, whose request may be given as arguments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from snowflake_rest import cortex_search_service as rest
from snowflake_rest.cortex_search_service import QueryRequest, QueryResponse
from snowflake_rest.runtime import Steps

from .._collections import SchemaObjects
from .._handles import SchemaObject
from .._methods import build_model, remote, twin

if TYPE_CHECKING:
    from ..cortex.search_service import CortexSearchServiceResource  # noqa: F401 - in a string


class SearchMethods(SchemaObject):
    """A search whose request is its arguments."""

    @remote
    def search(
        self,
        query: str | None = None,
        columns: list[str] | None = None,
        filter: dict[str, Any] | None = None,
        limit: int = 10,
        **kwargs: Any,
    ) -> Steps[QueryResponse]:
        """Search.

        query: what to search for, in plain language. columns: which columns the results have. filter: a condition on
        attribute columns, such as `{"@eq": {"region": "EU"}}`. limit: at most so many results. kwargs: further fields
        of a QueryRequest.
        """
        request = QueryRequest(query=query, columns=columns, filter=filter, limit=limit, **kwargs)
        return rest.query_cortex_search_service(*self.path, request)

    search_async = twin(search)


class SearchInCollection(SchemaObjects["CortexSearchServiceResource"]):
    """A search in one of several services."""

    @remote
    def search(self, name: str, query: QueryRequest) -> Steps[QueryResponse]:
        """Search in one of the services."""
        return rest.query_cortex_search_service(*self.path, name, build_model(QueryRequest, query))

    search_async = twin(search)
