# Generated from specs and from src/snowcore by `make generate`. Do not edit.
"""What is in `snowcore`, under the name that it has in Snowflake's SDK."""

from snowcore.cortex.search_service import (
    CortexSearchService,
    NewCortexSearchService,
    QueryRequest,
    QueryResponse,
    ScoringConfig,
    SuggestQueryRequest,
    SuggestQueryResponse,
)
from snowflake_rest.common import (
    DownstreamLag,
    ErrorResponse,
    Parameter,
    PointOfTime,
    PointOfTimeOffset,
    PointOfTimeStatement,
    PointOfTimeTimestamp,
    SuccessAcceptedResponse,
    SuccessResponse,
    TagAssignment,
    TagReference,
    TargetLag,
    UserDefinedLag,
)
from snowflake_rest.cortex_search_service import (
    ColumnQuery,
    Diversity,
    Functions,
    NumericBoost,
    QuerySimilarityBoost,
    RankingWeights,
    ResultRow,
    RetrievalWeights,
    SendFeedbackRequest,
    SuggestResult,
    TextBoost,
    TimeDecay,
    VectorBoost,
    Weights,
)

from ....._models import offer_modules

__all__ = [
    "CortexSearchService",
    "NewCortexSearchService",
    "QueryRequest",
    "QueryResponse",
    "ScoringConfig",
    "SuggestQueryRequest",
    "SuggestQueryResponse",
    "ColumnQuery",
    "Diversity",
    "Functions",
    "NumericBoost",
    "QuerySimilarityBoost",
    "RankingWeights",
    "ResultRow",
    "RetrievalWeights",
    "SendFeedbackRequest",
    "SuggestResult",
    "TextBoost",
    "TimeDecay",
    "VectorBoost",
    "Weights",
    "DownstreamLag",
    "ErrorResponse",
    "Parameter",
    "PointOfTime",
    "PointOfTimeOffset",
    "PointOfTimeStatement",
    "PointOfTimeTimestamp",
    "SuccessAcceptedResponse",
    "SuccessResponse",
    "TagAssignment",
    "TagReference",
    "TargetLag",
    "UserDefinedLag",
]

offer_modules(__name__, globals())
