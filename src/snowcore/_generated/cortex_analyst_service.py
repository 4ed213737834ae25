# Generated from specs/cortex-analyst.yaml by `make generate`. Do not edit.
"""Cortex Analyst answers questions about tables in plain language, by SQL that it writes from a semantic model or
semantic view. It also suggests how to make such a model better. See
https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-analyst.
"""

from __future__ import annotations

from snowcore._methods import remote, twin
from snowcore._services import Service
from snowcore._stream import Streamed
from snowcore.rest import SSEClient
from snowflake_rest import cortex_analyst as rest
from snowflake_rest.common_cortex_analyst import (
    Confidence,
    MessageContent,
    MessageContentChartObject,
    MessageContentResultsObject,
    MessageContentSqlObject,
    MessageContentSuggestionsObject,
    MessageContentTextObject,
    MessageObject,
    SemanticModelObject,
    SemanticModelSelection,
    SendMessageRequest,
    SendMessageResponse,
    VerifiedQuery,
    Warning,
)
from snowflake_rest.cortex_analyst import (
    AgenticOptimizationSummary,
    AnnotatedSqlQuery,
    CreateAgenticOptimizationRequest,
    CreateAgenticOptimizationResponse,
    CreateAnalystEvalOptimizationRequest,
    CreateAnalystEvalOptimizationResponse,
    ExpandQueryRequest,
    ExpandQueryResponse,
    FastGenerationRequest,
    FastGenerationResponse,
    GenerateFiltersAndMetricsSuggestionsRequest,
    GenerateFiltersAndMetricsSuggestionsResponse,
    GenerateVerifiedQuerySuggestionsRequest,
    GenerateVerifiedQuerySuggestionsResponse,
    GetAgenticOptimizationResponse,
    GetAnalystEvalOptimizationRequest,
    GetAnalystEvalOptimizationResponse,
    ListAgenticOptimizationsRequest,
    ListAgenticOptimizationsResponse,
    MessageContentDelta,
    MessageContentDeltaChartObject,
    MessageContentDeltaSqlObject,
    MessageContentDeltaSuggestionsObject,
    MessageContentDeltaTextObject,
    MessageContentDeltaThinkObject,
    PreSelectionRequest,
    PreSelectionResponse,
    SemanticModelChange,
    SemanticModelUpdateSuggestion,
    SendFeedbackRequest,
    SqlInputs,
    StagingData,
    StatusUpdate,
    StreamingError,
    SuggestionDelta,
    TableauAuth,
    TableauInput,
    TableauIntegration,
    TableauServerFiles,
    TableauStageFiles,
    TableColumns,
    TdsInput,
    TokenInfo,
    VerifiedQuerySuggestion,
    Warnings,
)
from snowflake_rest.runtime import Steps

__all__ = [
    "AgenticOptimizationSummary",
    "AnnotatedSqlQuery",
    "Confidence",
    "CortexAnalystService",
    "CreateAgenticOptimizationRequest",
    "CreateAgenticOptimizationResponse",
    "CreateAnalystEvalOptimizationRequest",
    "CreateAnalystEvalOptimizationResponse",
    "ExpandQueryRequest",
    "ExpandQueryResponse",
    "FastGenerationRequest",
    "FastGenerationResponse",
    "GenerateFiltersAndMetricsSuggestionsRequest",
    "GenerateFiltersAndMetricsSuggestionsResponse",
    "GenerateVerifiedQuerySuggestionsRequest",
    "GenerateVerifiedQuerySuggestionsResponse",
    "GetAgenticOptimizationResponse",
    "GetAnalystEvalOptimizationRequest",
    "GetAnalystEvalOptimizationResponse",
    "ListAgenticOptimizationsRequest",
    "ListAgenticOptimizationsResponse",
    "MessageContent",
    "MessageContentChartObject",
    "MessageContentDelta",
    "MessageContentDeltaChartObject",
    "MessageContentDeltaSqlObject",
    "MessageContentDeltaSuggestionsObject",
    "MessageContentDeltaTextObject",
    "MessageContentDeltaThinkObject",
    "MessageContentResultsObject",
    "MessageContentSqlObject",
    "MessageContentSuggestionsObject",
    "MessageContentTextObject",
    "MessageObject",
    "PreSelectionRequest",
    "PreSelectionResponse",
    "SemanticModelChange",
    "SemanticModelObject",
    "SemanticModelSelection",
    "SemanticModelUpdateSuggestion",
    "SendFeedbackRequest",
    "SendMessageRequest",
    "SendMessageResponse",
    "SqlInputs",
    "StagingData",
    "StatusUpdate",
    "StreamingError",
    "SuggestionDelta",
    "TableColumns",
    "TableauAuth",
    "TableauInput",
    "TableauIntegration",
    "TableauServerFiles",
    "TableauStageFiles",
    "TdsInput",
    "TokenInfo",
    "VerifiedQuery",
    "VerifiedQuerySuggestion",
    "Warning",
    "Warnings",
]


class CortexAnalystService(Service):
    """Cortex Analyst answers questions about tables in plain language, by SQL that it writes from a semantic model or
    semantic view.
    """

    @remote
    def send_feedback(self, send_feedback_request: SendFeedbackRequest) -> Steps[None]:
        """Say whether an answer of Cortex Analyst was good.

        Args:
            send_feedback_request: A judgement on an answer of Cortex Analyst.
        """
        return rest.send_feedback(send_feedback_request)

    send_feedback_async = twin(send_feedback)

    @remote
    def send_message(self, send_message_request: SendMessageRequest) -> Steps[SSEClient]:
        """Ask Cortex Analyst a question about data.

        The answer holds SQL, or suggests other questions where the one asked is unclear. With `stream` true it comes
        as server-sent events. See https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-analyst/rest-api.

        The events are given as they arrive; an answer that comes whole is one.

        Args:
            send_message_request: A question to Cortex Analyst. One of `semantic_model_file`, `semantic_model`,
                `semantic_models` and `semantic_view` says what to answer it by.
        """
        return Streamed(rest.send_message(send_message_request))

    send_message_async = twin(send_message)

    @remote
    def generate_verified_query_suggestions(
        self, generate_verified_query_suggestions_request: GenerateVerifiedQuerySuggestionsRequest
    ) -> Steps[GenerateVerifiedQuerySuggestionsResponse]:
        """Suggest verified queries for a semantic model.

        By `mode`, they come from requests to Cortex Analyst or from the query history. See
        https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-analyst/verified-query-suggestions.

        Args:
            generate_verified_query_suggestions_request: What to derive suggestions of verified queries from.
        """
        return rest.generate_verified_query_suggestions(generate_verified_query_suggestions_request)

    generate_verified_query_suggestions_async = twin(generate_verified_query_suggestions)

    @remote
    def fast_generation(self, fast_generation_request: FastGenerationRequest) -> Steps[SSEClient]:
        """Generate a semantic model from tables and SQL queries.

        The answer streams as server-sent events.

        The events are given as they arrive; an answer that comes whole is one.

        Args:
            fast_generation_request: What to generate a semantic model from.
        """
        return Streamed(rest.fast_generation(fast_generation_request))

    fast_generation_async = twin(fast_generation)

    @remote
    def pre_selection(self, pre_selection_request: PreSelectionRequest) -> Steps[PreSelectionResponse]:
        """Pick tables and columns for a semantic model, from Tableau files and SQL queries.

        Args:
            pre_selection_request: What to pick tables and columns from.
        """
        return rest.pre_selection(pre_selection_request)

    pre_selection_async = twin(pre_selection)

    @remote
    def generate_filters_and_metrics_suggestions(
        self, generate_filters_and_metrics_suggestions_request: GenerateFiltersAndMetricsSuggestionsRequest
    ) -> Steps[GenerateFiltersAndMetricsSuggestionsResponse]:
        """Suggest filters, metrics and facts for a semantic model.

        Args:
            generate_filters_and_metrics_suggestions_request: What to suggest filters, metrics and facts for.
        """
        return rest.generate_filters_and_metrics_suggestions(generate_filters_and_metrics_suggestions_request)

    generate_filters_and_metrics_suggestions_async = twin(generate_filters_and_metrics_suggestions)

    @remote
    def list_agentic_optimizations(
        self, list_agentic_optimizations_request: ListAgenticOptimizationsRequest | None = None
    ) -> Steps[ListAgenticOptimizationsResponse]:
        """List the optimizations of a semantic model.

        Args:
            list_agentic_optimizations_request: The semantic model whose optimizations to list.
        """
        return rest.list_agentic_optimizations(list_agentic_optimizations_request)

    list_agentic_optimizations_async = twin(list_agentic_optimizations)

    @remote
    def get_agentic_optimization(self, optimization_name: str) -> Steps[GetAgenticOptimizationResponse]:
        """Describe an optimization, with its progress and outcome.

        Args:
            optimization_name: The optimization's name.
        """
        return rest.get_agentic_optimization(optimization_name=optimization_name)

    get_agentic_optimization_async = twin(get_agentic_optimization)

    @remote
    def get_scoped_token(self) -> Steps[TokenInfo]:
        """Get a token with a limited scope."""
        return rest.get_scoped_token()

    get_scoped_token_async = twin(get_scoped_token)
