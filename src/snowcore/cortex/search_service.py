"""Cortex Search: search in the text of tables. See https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-search/cortex-search-overview."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from snowflake_rest import cortex_search_service as rest
from snowflake_rest.cortex_search_service import (
    CortexSearchService,
    NewCortexSearchService,
    QueryRequest,
    QueryResponse,
    ScoringConfig,
    SuggestQueryRequest,
    SuggestQueryResponse,
)
from snowflake_rest.runtime import Steps

from .._client import Listing
from .._collections import SchemaObjects
from .._common import CreateMode, wire_mode
from .._handles import Dropped, Fetched, SchemaObject
from .._methods import build_model, remote, twin

__all__ = [
    "CortexSearchService",
    "CortexSearchServiceCollection",
    "CortexSearchServiceResource",
    "NewCortexSearchService",
    "QueryRequest",
    "QueryResponse",
    "ScoringConfig",
    "SuggestQueryRequest",
    "SuggestQueryResponse",
]

Target = Literal["indexing", "serving"]


class CortexSearchServiceResource(SchemaObject, Fetched[CortexSearchService], Dropped):
    """A search service."""

    _rest = rest.RESOURCE

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

    @remote
    def suggest(self, request: SuggestQueryRequest) -> Steps[SuggestQueryResponse]:
        """Suggestions for a text that is being typed."""
        return rest.suggest_cortex_search_service(*self.path, build_model(SuggestQueryRequest, request))

    @remote
    def suspend(self, target: Target | None = None, if_exists: bool | None = None) -> Steps[None]:
        """Stop following changes of the tables (`indexing`), answering searches (`serving`), or both."""
        return rest.suspend_cortex_search_service(*self.path, if_exists=if_exists, target=target)

    @remote
    def resume(self, target: Target | None = None, if_exists: bool | None = None) -> Steps[None]:
        """Begin again with what `suspend` stopped."""
        return rest.resume_cortex_search_service(*self.path, if_exists=if_exists, target=target)

    search_async = twin(search)
    suggest_async = twin(suggest)
    suspend_async = twin(suspend)
    resume_async = twin(resume)


class CortexSearchServiceCollection(SchemaObjects[CortexSearchServiceResource]):
    """The search services of a schema."""

    _handle = CortexSearchServiceResource

    @remote
    def create(
        self, cortex_search_service: NewCortexSearchService, *, mode: CreateMode = CreateMode.error_if_exists
    ) -> Steps[CortexSearchServiceResource]:
        """Create a search service. ConflictError if it exists, unless `mode` is `or_replace` or `if_not_exists`."""
        service = build_model(NewCortexSearchService, cortex_search_service)
        yield from rest.create_cortex_search_service(*self.path, service, create_mode=wire_mode(mode))
        return self[service.name]

    @remote
    def iter(
        self, *, like: str | None = None, limit: int | None = None, from_name: str | None = None
    ) -> Steps[Iterator[CortexSearchService]]:
        """The search services.

        like: only those whose name matches this SQL pattern, in any case. limit: at most so many, up to 10,000.
        from_name: only those after the first whose name starts with this.
        """
        return Listing(rest.list_cortex_search_services(*self.path, like=like, from_name=from_name, show_limit=limit))

    @remote
    def search(self, name: str, query: QueryRequest) -> Steps[QueryResponse]:
        """Search in one of the services."""
        return rest.query_cortex_search_service(*self.path, name, build_model(QueryRequest, query))

    create_async = twin(create)
    iter_async = twin(iter)
    search_async = twin(search)
