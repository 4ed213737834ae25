# Generated from specs/cortex-search-service.yaml by `make generate`. Do not edit.
"""Cortex Search services find rows of a query's result by what their text says and means. A service keeps an index of
the rows and refreshes it as the tables it reads change. See
https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-search/cortex-search-overview.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from snowcore._by_hand.cortex_search_service import SearchInCollection, SearchMethods
from snowcore._client import Listing
from snowcore._common import CreateMode, encode_mode
from snowcore._handles import (
    Dropped,
    Fetched,
)
from snowcore._methods import build_model, remote, twin
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


class CortexSearchServiceResource(SearchMethods, Fetched[CortexSearchService], Dropped):
    """A cortex search service."""

    _rest = rest.RESOURCE

    @remote
    def suggest(self, request: SuggestQueryRequest) -> Steps[SuggestQueryResponse]:
        """Get suggestions from a Cortex Search service for a text.

        Args:
            request: The text to get suggestions for.
        """
        return rest.suggest_cortex_search_service(*self.path, request)

    suggest_async = twin(suggest)

    @remote
    def suspend(
        self, target: Literal["indexing", "serving"] | None = None, if_exists: bool | None = None
    ) -> Steps[None]:
        """Suspend indexing, serving or both of a Cortex Search service.

        Without indexing, the service no longer follows changes of its tables; without serving, it can't be searched
        and costs nothing for serving. See https://docs.snowflake.com/en/sql-reference/sql/alter-cortex-search.

        Args:
            target: What to suspend; both when left out.
            if_exists: Succeed without doing anything when the object does not exist. The server's default is
                `false`.
        """
        return rest.suspend_cortex_search_service(*self.path, if_exists=if_exists, target=target)

    suspend_async = twin(suspend)

    @remote
    def resume(
        self, target: Literal["indexing", "serving"] | None = None, if_exists: bool | None = None
    ) -> Steps[None]:
        """Resume indexing, serving or both of a Cortex Search service.

        When indexing was suspended for longer than the tables' data retention period, the service may have to be
        created anew. See https://docs.snowflake.com/en/sql-reference/sql/alter-cortex-search.

        Args:
            target: What to resume; both when left out.
            if_exists: Succeed without doing anything when the object does not exist. The server's default is
                `false`.
        """
        return rest.resume_cortex_search_service(*self.path, if_exists=if_exists, target=target)

    resume_async = twin(resume)


class CortexSearchServiceCollection(SearchInCollection):
    """List the Cortex Search services of a schema."""

    _handle = CortexSearchServiceResource

    @remote
    def create(
        self, cortex_search_service: NewCortexSearchService, *, mode: CreateMode = CreateMode.error_if_exists
    ) -> Steps[CortexSearchServiceResource]:
        """Create a Cortex Search service.

        Creating it runs the source query and indexes its rows, which may take a while. See
        https://docs.snowflake.com/en/sql-reference/sql/create-cortex-search.

        Args:
            cortex_search_service: What to create; a dict with the fields of NewCortexSearchService will do, too.
            mode: What to do if one of this name exists: `error_if_exists` (the default) raises ConflictError,
                `or_replace` replaces it, `if_not_exists` leaves it as it is.
        """
        cortex_search_service = build_model(NewCortexSearchService, cortex_search_service)
        yield from rest.create_cortex_search_service(*self.path, cortex_search_service, create_mode=encode_mode(mode))
        return self[cortex_search_service.name]

    create_async = twin(create)

    @remote
    def iter(
        self, *, like: str | None = None, limit: int | None = None, from_name: str | None = None
    ) -> Steps[Iterator[CortexSearchService]]:
        """List the Cortex Search services of a schema.

        Args:
            like: Only the objects whose name matches this SQL pattern (`%` any text, `_` one character), whatever
                the case.
            limit: At most this many objects, from 1 to 10,000.
            from_name: Only the objects that follow the first one whose name starts with this text, in exactly this
                case.
        """
        return Listing(rest.list_cortex_search_services(*self.path, like=like, from_name=from_name, show_limit=limit))

    iter_async = twin(iter)
