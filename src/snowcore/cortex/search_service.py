# Generated from specs/cortex-search-service.yaml by `make generate`. Do not edit.
"""Cortex Search services find rows of a query's result by what their text says and means. A service keeps an index of
the rows and refreshes it as the tables it reads change. See
https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-search/cortex-search-overview.
"""

from snowcore._generated.cortex_search_service import (
    CortexSearchService,
    CortexSearchServiceCollection,
    CortexSearchServiceResource,
    NewCortexSearchService,
    QueryRequest,
    QueryResponse,
    ScoringConfig,
    SuggestQueryRequest,
    SuggestQueryResponse,
)

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
