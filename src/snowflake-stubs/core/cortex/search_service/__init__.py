# Generated from specs and from src/snowcore by `make generate`. Do not edit.
"""What is in `snowcore`, under the name that it has in Snowflake's SDK."""

from snowcore.cortex.search_service import (
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
