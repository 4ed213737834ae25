# Generated from specs/cortex-analyst.yaml by `make generate`. Do not edit.
# Subclasses narrow fields of their bases:
# pyright: reportIncompatibleVariableOverride=false
"""Cortex Analyst answers questions about tables in plain language, by SQL that it writes from a semantic model or
semantic view. It also suggests how to make such a model better. See
https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-analyst.
"""

from __future__ import annotations

from typing import Any, Literal

from .common_cortex_analyst import (
    Confidence,
    SemanticModelObject,
    SendMessageRequest,
    SendMessageResponse,
    VerifiedQuery,
    Warning,
)
from .runtime import (
    ANY,
    BOOLEAN,
    EVENTS,
    INTEGER,
    NUMBER,
    STRING,
    Array,
    Choice,
    Map,
    Model,
    Nested,
    Operation,
    argument,
    body,
    field,
    model,
)

AGENTIC_OPTIMIZATION_STATUS = Choice("IN_PROGRESS", "COMPLETED", "FAILED", "CANCELED")
SEMANTIC_MODEL_CHANGE_OPERATION = Choice("set", "append", "remove")


@model
class TokenInfo(Model):
    """A token and how long it lasts.

    Args:
        token: The token.
        expiration_seconds: How long the token lasts, in seconds.
    """

    token: str | None = field(STRING, default=None)
    """The token."""
    expiration_seconds: int | None = field(INTEGER, default=None)
    """How long the token lasts, in seconds."""


@model
class StatusUpdate(Model):
    """The event `status` of a stream, sent when the work on an answer enters a new phase.

    Args:
        status: The phase, such as `interpreting_question`, `generating_sql` or `done`.
        status_message: The phase, in words.
        request_id: The server's identifier of the request.
    """

    status: str = field(STRING)
    """The phase, such as `interpreting_question`, `generating_sql` or `done`."""
    status_message: str | None = field(STRING, default=None)
    """The phase, in words."""
    request_id: str | None = field(STRING, default=None)
    """The server's identifier of the request."""


@model
class MessageContentDelta(Model):
    """The event `message.content.delta` of a stream, a piece of a part of the answer.

    Args:
        index: The position of the part in the answer's `content`, from 0.
    """

    type: str | None = field(STRING, default=None, init=False)
    """What kind of part it belongs to."""
    index: int | None = field(INTEGER, default=None)
    """The position of the part in the answer's `content`, from 0."""


@model
class MessageContentDeltaTextObject(MessageContentDelta):
    """A piece of a text.

    Args:
        index: The position of the part in the answer's `content`, from 0.
        text_delta: The text, to append to the pieces before.
    """

    type: str = field(STRING, default="text", init=False)
    text_delta: str = field(STRING)
    """The text, to append to the pieces before."""


@model
class MessageContentDeltaThinkObject(MessageContentDelta):
    """A piece of the reasoning.

    Args:
        index: The position of the part in the answer's `content`, from 0.
        think_delta: The text, to append to the pieces before.
    """

    type: str = field(STRING, default="think", init=False)
    think_delta: str = field(STRING)
    """The text, to append to the pieces before."""


@model
class MessageContentDeltaSqlObject(MessageContentDelta):
    """A piece of a SQL statement.

    Args:
        index: The position of the part in the answer's `content`, from 0.
        statement_delta: The SQL text, to append to the pieces before.
        confidence: What speaks for the statement.
    """

    type: str = field(STRING, default="sql", init=False)
    statement_delta: str = field(STRING)
    """The SQL text, to append to the pieces before."""
    confidence: Confidence | None = field(Nested(Confidence), default=None)
    """What speaks for the statement."""


@model
class SuggestionDelta(Model):
    """A piece of a suggested question.

    Args:
        index: The position of the question in the list of suggestions, from 0.
        suggestion_delta: The text, to append to the pieces before.
    """

    index: int | None = field(INTEGER, default=None)
    """The position of the question in the list of suggestions, from 0."""
    suggestion_delta: str | None = field(STRING, default=None)
    """The text, to append to the pieces before."""


@model
class MessageContentDeltaSuggestionsObject(MessageContentDelta):
    """A piece of a suggested question.

    Args:
        index: The position of the part in the answer's `content`, from 0.
        suggestions_delta: The piece, and which of the questions it belongs to.
    """

    type: str = field(STRING, default="suggestions", init=False)
    suggestions_delta: SuggestionDelta = field(Nested(SuggestionDelta))
    """The piece, and which of the questions it belongs to."""


@model
class MessageContentDeltaChartObject(MessageContentDelta):
    """A chart.

    Args:
        index: The position of the part in the answer's `content`, from 0.
        chart_spec: The Vega-Lite specification of the chart, as JSON text.
    """

    type: str = field(STRING, default="chart", init=False)
    chart_spec: str = field(STRING)
    """The Vega-Lite specification of the chart, as JSON text."""


@model
class StreamingError(Model):
    """The event `error` of a stream, after which no more of the answer comes.

    Args:
        message: What went wrong.
        code: Snowflake's error number.
        request_id: The server's identifier of the request.
    """

    message: str | None = field(STRING, default=None)
    """What went wrong."""
    code: str | None = field(STRING, default=None)
    """Snowflake's error number."""
    request_id: str | None = field(STRING, default=None)
    """The server's identifier of the request."""


@model
class Warnings(Model):
    """The event `warnings` of a stream, which does not end it.

    Args:
        warnings: What the user should know about how the request was handled.
    """

    warnings: list[Warning] | None = field(Array(Nested(Warning)), default=None)
    """What the user should know about how the request was handled."""


@model
class SendFeedbackRequest(Model):
    """A judgement on an answer of Cortex Analyst.

    Args:
        request_id: The answer's `request_id`.
        positive: Whether the answer was good.
        feedback_message: The judgement in words.
    """

    request_id: str = field(STRING)
    """The answer's `request_id`."""
    positive: bool = field(BOOLEAN)
    """Whether the answer was good."""
    feedback_message: str | None = field(STRING, default=None)
    """The judgement in words."""


@model
class TableColumns(Model):
    """A table with some of its columns.

    Args:
        database: The table's database.
        schema: The table's schema.
        table: The table's name.
        column_names: The names of the columns.
    """

    database: str = field(STRING)
    """The table's database."""
    schema: str = field(STRING)
    """The table's schema."""
    table: str = field(STRING)
    """The table's name."""
    column_names: list[str] = field(Array(STRING))
    """The names of the columns."""


@model
class TdsInput(Model):
    """A Tableau data source file.

    Args:
        tds_stage_path: The file's path on a stage.
        tds_file_content: The file's content.
    """

    tds_stage_path: str = field(STRING)
    """The file's path on a stage."""
    tds_file_content: str | None = field(STRING, default=None)
    """The file's content."""


@model
class AnnotatedSqlQuery(Model):
    """A SQL query, with what is known about it.

    Args:
        sql_text: The query.
        database: The database in which names without one are looked up.
        schema: The schema in which names without one are looked up.
        corresponding_question: The question that the query answers, in plain language.
        additional_context: What else helps to understand the query.
    """

    sql_text: str = field(STRING)
    """The query."""
    database: str | None = field(STRING, default=None)
    """The database in which names without one are looked up."""
    schema: str | None = field(STRING, default=None)
    """The schema in which names without one are looked up."""
    corresponding_question: str | None = field(STRING, default=None)
    """The question that the query answers, in plain language."""
    additional_context: str | None = field(STRING, default=None)
    """What else helps to understand the query."""


@model
class SqlInputs(Model):
    """SQL queries to learn from.

    Args:
        queries: The queries.
    """

    queries: list[AnnotatedSqlQuery] = field(Array(Nested(AnnotatedSqlQuery)))
    """The queries."""


@model
class GenerateVerifiedQuerySuggestionsRequest(Model):
    """What to derive suggestions of verified queries from.

    Args:
        mode: Whether to look at requests to Cortex Analyst or at the query history. One of `ca_requests_based`,
            `query_history_based`. Default `ca_requests_based`.
        semantic_model: The semantic model that the suggestions are for.
        tables: The tables and columns that the suggestions are for.
        tds_source: Tableau data source files to derive suggestions from.
        sql_source: SQL queries to derive suggestions from.
        warehouse: The warehouse that runs the queries this takes.
        offset: Leave out this many suggestions at the start.
        limit: At most this many suggestions.
        experimental: Options under development. They may change or vanish without notice.
    """

    mode: Literal["ca_requests_based", "query_history_based"] | str | None = field(
        Choice("ca_requests_based", "query_history_based"), default="ca_requests_based"
    )
    """Whether to look at requests to Cortex Analyst or at the query history. One of `ca_requests_based`,
    `query_history_based`. Default `ca_requests_based`.
    """
    semantic_model: SemanticModelObject | None = field(Nested(SemanticModelObject), default=None)
    """The semantic model that the suggestions are for."""
    tables: list[TableColumns] | None = field(Array(Nested(TableColumns)), default=None)
    """The tables and columns that the suggestions are for."""
    tds_source: list[TdsInput] | None = field(Array(Nested(TdsInput)), default=None)
    """Tableau data source files to derive suggestions from."""
    sql_source: SqlInputs | None = field(Nested(SqlInputs), default=None)
    """SQL queries to derive suggestions from."""
    warehouse: str = field(STRING)
    """The warehouse that runs the queries this takes."""
    offset: int | None = field(INTEGER, default=None)
    """Leave out this many suggestions at the start."""
    limit: int | None = field(INTEGER, default=None)
    """At most this many suggestions."""
    experimental: str | None = field(STRING, default=None)
    """Options under development. They may change or vanish without notice."""


@model
class VerifiedQuerySuggestion(Model):
    """A suggestion to add a verified query to a semantic model, or to take one away.

    Args:
        score: How well the suggestion was rated.
        vq_to_add: The verified query to add.
        vq_to_remove: The verified query to remove.
        metadata: Further information on the suggestion.
    """

    score: float | None = field(NUMBER, default=None)
    """How well the suggestion was rated."""
    vq_to_add: VerifiedQuery | None = field(Nested(VerifiedQuery), default=None)
    """The verified query to add."""
    vq_to_remove: VerifiedQuery | None = field(Nested(VerifiedQuery), default=None)
    """The verified query to remove."""
    metadata: dict[str, Any] | None = field(Map(ANY), default=None)
    """Further information on the suggestion."""


@model
class GenerateVerifiedQuerySuggestionsResponse(Model):
    """Suggestions of verified queries.

    Args:
        request_id: The server's identifier of the request.
        vq_suggestions: The suggestions.
        warnings: What the user should know about how the request was handled.
    """

    request_id: str | None = field(STRING, default=None)
    """The server's identifier of the request."""
    vq_suggestions: list[VerifiedQuerySuggestion] | None = field(Array(Nested(VerifiedQuerySuggestion)), default=None)
    """The suggestions."""
    warnings: list[Warning] | None = field(Array(Nested(Warning)), default=None)
    """What the user should know about how the request was handled."""


@model
class FastGenerationRequest(Model):
    """What to generate a semantic model from.

    Args:
        json_proto: The request in JSON, with the model's name and its tables and SQL queries.
    """

    json_proto: dict[str, Any] | None = field(Map(ANY), default=None)
    """The request in JSON, with the model's name and its tables and SQL queries."""


@model
class FastGenerationResponse(Model):
    """A generated semantic model.

    Args:
        json_proto: The answer in JSON.
    """

    json_proto: dict[str, Any] | None = field(Map(ANY), default=None)
    """The answer in JSON."""


@model
class TableauStageFiles(Model):
    """Tableau files on a stage.

    Args:
        stage_paths: The files' paths.
    """

    stage_paths: list[str] | None = field(Array(STRING), default=None)
    """The files' paths."""


@model
class TableauAuth(Model):
    """How to log in to a Tableau server.

    Args:
        secret_fqn: The secret to log in with, by its fully qualified name.
        server_url: The server's address.
    """

    secret_fqn: str = field(STRING)
    """The secret to log in with, by its fully qualified name."""
    server_url: str = field(STRING)
    """The server's address."""


@model
class StagingData(Model):
    """Where to put files.

    Args:
        database: The database.
        schema: The schema in it.
    """

    database: str = field(STRING)
    """The database."""
    schema: str = field(STRING)
    """The schema in it."""


@model
class TableauIntegration(Model):
    """How to reach a Tableau server, and where to put its files.

    Args:
        auth: How to log in to the server.
        staging_data: Where to put the files.
    """

    auth: TableauAuth = field(Nested(TableauAuth))
    """How to log in to the server."""
    staging_data: StagingData = field(Nested(StagingData))
    """Where to put the files."""


@model
class TableauServerFiles(Model):
    """Tableau files on a server.

    Args:
        tableau_urls: The files' addresses.
        integration: How to reach the server, and where to put the files.
    """

    tableau_urls: list[str] | None = field(Array(STRING), default=None)
    """The files' addresses."""
    integration: TableauIntegration | None = field(Nested(TableauIntegration), default=None)
    """How to reach the server, and where to put the files."""


@model
class TableauInput(Model):
    """Tableau files, on a stage or on a Tableau server.

    Args:
        stage_files: The files on a stage.
        server_files: The files on a Tableau server.
    """

    stage_files: TableauStageFiles | None = field(Nested(TableauStageFiles), default=None)
    """The files on a stage."""
    server_files: TableauServerFiles | None = field(Nested(TableauServerFiles), default=None)
    """The files on a Tableau server."""


@model
class PreSelectionRequest(Model):
    """What to pick tables and columns from.

    Args:
        tds_source: Tableau data source files whose tables and columns to pick.
        sql_source: SQL queries whose tables and columns to pick.
        warehouse: The warehouse that runs the queries this takes.
        tableau_input: Tableau files, on a stage or on a Tableau server.
        experimental: Options under development. They may change or vanish without notice.
    """

    tds_source: list[TdsInput] = field(Array(Nested(TdsInput)))
    """Tableau data source files whose tables and columns to pick."""
    sql_source: SqlInputs | None = field(Nested(SqlInputs), default=None)
    """SQL queries whose tables and columns to pick."""
    warehouse: str = field(STRING)
    """The warehouse that runs the queries this takes."""
    tableau_input: TableauInput | None = field(Nested(TableauInput), default=None)
    """Tableau files, on a stage or on a Tableau server."""
    experimental: str | None = field(STRING, default=None)
    """Options under development. They may change or vanish without notice."""


@model
class PreSelectionResponse(Model):
    """The tables and columns that were picked.

    Args:
        request_id: The server's identifier of the request.
        tables: The tables, each with its columns.
        warnings: What the user should know about how the request was handled.
        experimental: Options under development. They may change or vanish without notice.
    """

    request_id: str | None = field(STRING, default=None)
    """The server's identifier of the request."""
    tables: list[TableColumns] | None = field(Array(Nested(TableColumns)), default=None)
    """The tables, each with its columns."""
    warnings: list[Warning] | None = field(Array(Nested(Warning)), default=None)
    """What the user should know about how the request was handled."""
    experimental: str | None = field(STRING, default=None)
    """Options under development. They may change or vanish without notice."""


@model
class CreateAgenticOptimizationRequest(Model):
    """The semantic model to optimize.

    Args:
        semantic_model: The semantic model.
        warehouse: The warehouse that runs the queries this takes.
        experimental: Options under development. They may change or vanish without notice.
    """

    semantic_model: SemanticModelObject = field(Nested(SemanticModelObject))
    """The semantic model."""
    warehouse: str | None = field(STRING, default=None)
    """The warehouse that runs the queries this takes."""
    experimental: str | None = field(STRING, default=None)
    """Options under development. They may change or vanish without notice."""


@model
class CreateAgenticOptimizationResponse(Model):
    """The optimization that was started.

    Args:
        request_id: The server's identifier of the request.
        optimization_name: The optimization's name, by which to ask for its progress.
        experimental: Options under development. They may change or vanish without notice.
    """

    request_id: str | None = field(STRING, default=None)
    """The server's identifier of the request."""
    optimization_name: str | None = field(STRING, default=None)
    """The optimization's name, by which to ask for its progress."""
    experimental: str | None = field(STRING, default=None)
    """Options under development. They may change or vanish without notice."""


@model
class GetAgenticOptimizationResponse(Model):
    """An optimization of a semantic model.

    Args:
        request_id: The server's identifier of the request.
        status: How far the optimization is. One of `IN_PROGRESS`, `COMPLETED`, `FAILED`, `CANCELED`.
        state: The state in which the optimization is, in detail.
        outcome: What came of the optimization.
        base_semantic_view_name: The semantic view that the optimization started from.
    """

    request_id: str | None = field(STRING, default=None)
    """The server's identifier of the request."""
    status: Literal["IN_PROGRESS", "COMPLETED", "FAILED", "CANCELED"] | str | None = field(
        AGENTIC_OPTIMIZATION_STATUS, default=None
    )
    """How far the optimization is. One of `IN_PROGRESS`, `COMPLETED`, `FAILED`, `CANCELED`."""
    state: str | None = field(STRING, default=None)
    """The state in which the optimization is, in detail."""
    outcome: str | None = field(STRING, default=None)
    """What came of the optimization."""
    base_semantic_view_name: str | None = field(STRING, default=None)
    """The semantic view that the optimization started from."""


@model
class ListAgenticOptimizationsRequest(Model):
    """The semantic model whose optimizations to list.

    Args:
        semantic_model: The semantic model.
        experimental: Options under development. They may change or vanish without notice.
    """

    semantic_model: SemanticModelObject = field(Nested(SemanticModelObject))
    """The semantic model."""
    experimental: str | None = field(STRING, default=None)
    """Options under development. They may change or vanish without notice."""


@model
class AgenticOptimizationSummary(Model):
    """An optimization, named.

    Args:
        optimization_name: The optimization's name.
        status: How far the optimization is. One of `IN_PROGRESS`, `COMPLETED`, `FAILED`, `CANCELED`.
    """

    optimization_name: str | None = field(STRING, default=None)
    """The optimization's name."""
    status: Literal["IN_PROGRESS", "COMPLETED", "FAILED", "CANCELED"] | str | None = field(
        AGENTIC_OPTIMIZATION_STATUS, default=None
    )
    """How far the optimization is. One of `IN_PROGRESS`, `COMPLETED`, `FAILED`, `CANCELED`."""


@model
class ListAgenticOptimizationsResponse(Model):
    """The optimizations of a semantic model.

    Args:
        request_id: The server's identifier of the request.
        optimizations: The optimizations.
    """

    request_id: str | None = field(STRING, default=None)
    """The server's identifier of the request."""
    optimizations: list[AgenticOptimizationSummary] | None = field(
        Array(Nested(AgenticOptimizationSummary)), default=None
    )
    """The optimizations."""


@model
class CreateAnalystEvalOptimizationRequest(Model):
    """The semantic view to optimize by evaluations.

    Args:
        semantic_view: The semantic view's name.
        experimental: Options under development. They may change or vanish without notice.
    """

    semantic_view: str = field(STRING)
    """The semantic view's name."""
    experimental: str | None = field(STRING, default=None)
    """Options under development. They may change or vanish without notice."""


@model
class CreateAnalystEvalOptimizationResponse(Model):
    """The optimization that was started.

    Args:
        request_id: The server's identifier of the request.
        optimization_name: The optimization's name.
        experimental: Options under development. They may change or vanish without notice.
    """

    request_id: str | None = field(STRING, default=None)
    """The server's identifier of the request."""
    optimization_name: str | None = field(STRING, default=None)
    """The optimization's name."""
    experimental: str | None = field(STRING, default=None)
    """Options under development. They may change or vanish without notice."""


@model
class GetAnalystEvalOptimizationRequest(Model):
    """The semantic view whose optimization to describe.

    Args:
        semantic_view: The semantic view's name.
        experimental: Options under development. They may change or vanish without notice.
    """

    semantic_view: str = field(STRING)
    """The semantic view's name."""
    experimental: str | None = field(STRING, default=None)
    """Options under development. They may change or vanish without notice."""


@model
class GetAnalystEvalOptimizationResponse(Model):
    """An optimization by evaluations.

    Args:
        request_id: The server's identifier of the request.
        optimization_name: The optimization's name.
        experimental: Options under development. They may change or vanish without notice.
    """

    request_id: str | None = field(STRING, default=None)
    """The server's identifier of the request."""
    optimization_name: str | None = field(STRING, default=None)
    """The optimization's name."""
    experimental: str | None = field(STRING, default=None)
    """Options under development. They may change or vanish without notice."""


@model
class GenerateFiltersAndMetricsSuggestionsRequest(Model):
    """What to suggest filters, metrics and facts for.

    Args:
        semantic_model: The semantic model that the suggestions are for.
        tables: The tables and columns that the suggestions are for.
        warehouse: The warehouse that runs the queries this takes.
        metrics_offset: Leave out this many metrics at the start.
        metrics_limit: At most this many metrics.
        facts_offset: Leave out this many facts at the start.
        facts_limit: At most this many facts.
        filters_offset: Leave out this many filters at the start.
        filters_limit: At most this many filters.
        experimental: Options under development. They may change or vanish without notice.
    """

    semantic_model: SemanticModelObject | None = field(Nested(SemanticModelObject), default=None)
    """The semantic model that the suggestions are for."""
    tables: list[TableColumns] | None = field(Array(Nested(TableColumns)), default=None)
    """The tables and columns that the suggestions are for."""
    warehouse: str | None = field(STRING, default=None)
    """The warehouse that runs the queries this takes."""
    metrics_offset: int | None = field(INTEGER, default=None)
    """Leave out this many metrics at the start."""
    metrics_limit: int | None = field(INTEGER, default=None)
    """At most this many metrics."""
    facts_offset: int | None = field(INTEGER, default=None)
    """Leave out this many facts at the start."""
    facts_limit: int | None = field(INTEGER, default=None)
    """At most this many facts."""
    filters_offset: int | None = field(INTEGER, default=None)
    """Leave out this many filters at the start."""
    filters_limit: int | None = field(INTEGER, default=None)
    """At most this many filters."""
    experimental: str | None = field(STRING, default=None)
    """Options under development. They may change or vanish without notice."""


@model
class SemanticModelChange(Model):
    """One change of a semantic model.

    Args:
        operation: What to do at the place. One of `set`, `append`, `remove`.
        path: The place in the semantic model.
        value: What to set or append.
    """

    operation: Literal["set", "append", "remove"] | str = field(SEMANTIC_MODEL_CHANGE_OPERATION)
    """What to do at the place. One of `set`, `append`, `remove`."""
    path: str = field(STRING)
    """The place in the semantic model."""
    value: dict[str, Any] | None = field(Map(ANY), default=None)
    """What to set or append."""


@model
class SemanticModelUpdateSuggestion(Model):
    """A suggestion to change a semantic model.

    Args:
        changes: The changes to make, all of them.
        version: The version of the suggestion's format.
        metadata: Further information on the suggestion.
    """

    changes: list[SemanticModelChange] | None = field(Array(Nested(SemanticModelChange)), default=None)
    """The changes to make, all of them."""
    version: int | None = field(INTEGER, default=None)
    """The version of the suggestion's format."""
    metadata: dict[str, Any] | None = field(Map(ANY), default=None)
    """Further information on the suggestion."""


@model
class GenerateFiltersAndMetricsSuggestionsResponse(Model):
    """Suggestions of filters, metrics and facts.

    Args:
        request_id: The server's identifier of the request.
        suggestions: The suggestions.
        warnings: What the user should know about how the request was handled.
        experimental: Options under development. They may change or vanish without notice.
    """

    request_id: str | None = field(STRING, default=None)
    """The server's identifier of the request."""
    suggestions: list[SemanticModelUpdateSuggestion] | None = field(
        Array(Nested(SemanticModelUpdateSuggestion)), default=None
    )
    """The suggestions."""
    warnings: list[Warning] | None = field(Array(Nested(Warning)), default=None)
    """What the user should know about how the request was handled."""
    experimental: str | None = field(STRING, default=None)
    """Options under development. They may change or vanish without notice."""


@model
class ExpandQueryRequest(Model):
    """Queries on a semantic view to expand.

    Args:
        semantic_view: The semantic view's name.
        queries: The queries.
    """

    semantic_view: str = field(STRING)
    """The semantic view's name."""
    queries: list[str] = field(Array(STRING))
    """The queries."""


@model
class ExpandQueryResponse(Model):
    """The expanded queries.

    Args:
        queries: The queries.
    """

    queries: list[str] | None = field(Array(STRING), default=None)
    """The queries."""


MessageContentDelta.discriminate(
    "type",
    {
        "text": MessageContentDeltaTextObject,
        "think": MessageContentDeltaThinkObject,
        "sql": MessageContentDeltaSqlObject,
        "suggestions": MessageContentDeltaSuggestionsObject,
        "chart": MessageContentDeltaChartObject,
    },
)

_SEND_FEEDBACK_REQUEST = Nested(SendFeedbackRequest)
_SEND_MESSAGE_REQUEST = Nested(SendMessageRequest)
_SEND_MESSAGE_RESPONSE = Nested(SendMessageResponse)
_GENERATE_VERIFIED_QUERY_SUGGESTIONS_REQUEST = Nested(GenerateVerifiedQuerySuggestionsRequest)
_GENERATE_VERIFIED_QUERY_SUGGESTIONS_RESPONSE = Nested(GenerateVerifiedQuerySuggestionsResponse)
_FAST_GENERATION_REQUEST = Nested(FastGenerationRequest)
_PRE_SELECTION_REQUEST = Nested(PreSelectionRequest)
_PRE_SELECTION_RESPONSE = Nested(PreSelectionResponse)
_GENERATE_FILTERS_AND_METRICS_SUGGESTIONS_REQUEST = Nested(GenerateFiltersAndMetricsSuggestionsRequest)
_GENERATE_FILTERS_AND_METRICS_SUGGESTIONS_RESPONSE = Nested(GenerateFiltersAndMetricsSuggestionsResponse)
_LIST_AGENTIC_OPTIMIZATIONS_REQUEST = Nested(ListAgenticOptimizationsRequest)
_LIST_AGENTIC_OPTIMIZATIONS_RESPONSE = Nested(ListAgenticOptimizationsResponse)
_GET_AGENTIC_OPTIMIZATION_RESPONSE = Nested(GetAgenticOptimizationResponse)
_TOKEN_INFO = Nested(TokenInfo)


def send_feedback(send_feedback_request: SendFeedbackRequest) -> Operation[None]:
    """Say whether an answer of Cortex Analyst was good.

    Args:
        send_feedback_request: A judgement on an answer of Cortex Analyst.
    """
    return Operation(
        id="sendFeedback",
        method="POST",
        path="/api/v2/cortex/analyst/feedback",
        body=body("send_feedback_request", _SEND_FEEDBACK_REQUEST, send_feedback_request, required=True),
    )


def send_message(send_message_request: SendMessageRequest) -> Operation[SendMessageResponse]:
    """Ask Cortex Analyst a question about data.

    The answer holds SQL, or suggests other questions where the one asked is unclear. With `stream` true it comes as
    server-sent events. See https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-analyst/rest-api.

    Args:
        send_message_request: A question to Cortex Analyst. One of `semantic_model_file`, `semantic_model`,
            `semantic_models` and `semantic_view` says what to answer it by.
    """
    return Operation(
        id="sendMessage",
        method="POST",
        path="/api/v2/cortex/analyst/message",
        body=body("send_message_request", _SEND_MESSAGE_REQUEST, send_message_request, required=True),
        answer=_SEND_MESSAGE_RESPONSE,
        accept="application/json, text/event-stream",
    )


def generate_verified_query_suggestions(
    generate_verified_query_suggestions_request: GenerateVerifiedQuerySuggestionsRequest,
) -> Operation[GenerateVerifiedQuerySuggestionsResponse]:
    """Suggest verified queries for a semantic model.

    By `mode`, they come from requests to Cortex Analyst or from the query history. See
    https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-analyst/verified-query-suggestions.

    Args:
        generate_verified_query_suggestions_request: What to derive suggestions of verified queries from.
    """
    return Operation(
        id="generateVerifiedQuerySuggestions",
        method="POST",
        path="/api/v2/cortex/analyst/verified-query-suggestions",
        body=body(
            "generate_verified_query_suggestions_request",
            _GENERATE_VERIFIED_QUERY_SUGGESTIONS_REQUEST,
            generate_verified_query_suggestions_request,
            required=True,
        ),
        answer=_GENERATE_VERIFIED_QUERY_SUGGESTIONS_RESPONSE,
    )


def fast_generation(fast_generation_request: FastGenerationRequest) -> Operation[Any]:
    """Generate a semantic model from tables and SQL queries.

    The answer streams as server-sent events.

    Args:
        fast_generation_request: What to generate a semantic model from.
    """
    return Operation(
        id="fastGeneration",
        method="POST",
        path="/api/v2/cortex/analyst/fast-generation",
        body=body("fast_generation_request", _FAST_GENERATION_REQUEST, fast_generation_request, required=True),
        answer=EVENTS,
        accept="text/event-stream",
    )


def pre_selection(pre_selection_request: PreSelectionRequest) -> Operation[PreSelectionResponse]:
    """Pick tables and columns for a semantic model, from Tableau files and SQL queries.

    Args:
        pre_selection_request: What to pick tables and columns from.
    """
    return Operation(
        id="preSelection",
        method="POST",
        path="/api/v2/cortex/analyst/pre-selection",
        body=body("pre_selection_request", _PRE_SELECTION_REQUEST, pre_selection_request, required=True),
        answer=_PRE_SELECTION_RESPONSE,
    )


def generate_filters_and_metrics_suggestions(
    generate_filters_and_metrics_suggestions_request: GenerateFiltersAndMetricsSuggestionsRequest,
) -> Operation[GenerateFiltersAndMetricsSuggestionsResponse]:
    """Suggest filters, metrics and facts for a semantic model.

    Args:
        generate_filters_and_metrics_suggestions_request: What to suggest filters, metrics and facts for.
    """
    return Operation(
        id="generateFiltersAndMetricsSuggestions",
        method="POST",
        path="/api/v2/cortex/analyst/filters-and-metrics-suggestions",
        body=body(
            "generate_filters_and_metrics_suggestions_request",
            _GENERATE_FILTERS_AND_METRICS_SUGGESTIONS_REQUEST,
            generate_filters_and_metrics_suggestions_request,
            required=True,
        ),
        answer=_GENERATE_FILTERS_AND_METRICS_SUGGESTIONS_RESPONSE,
    )


def list_agentic_optimizations(
    list_agentic_optimizations_request: ListAgenticOptimizationsRequest | None = None,
) -> Operation[ListAgenticOptimizationsResponse]:
    """List the optimizations of a semantic model.

    Args:
        list_agentic_optimizations_request: The semantic model whose optimizations to list.
    """
    return Operation(
        id="listAgenticOptimizations",
        method="POST",
        path="/api/v2/cortex/analyst/agentic-optimizations",
        body=body(
            "list_agentic_optimizations_request",
            _LIST_AGENTIC_OPTIMIZATIONS_REQUEST,
            list_agentic_optimizations_request,
        ),
        answer=_LIST_AGENTIC_OPTIMIZATIONS_RESPONSE,
    )


def get_agentic_optimization(*, optimization_name: str) -> Operation[GetAgenticOptimizationResponse]:
    """Describe an optimization, with its progress and outcome.

    Args:
        optimization_name: The optimization's name.
    """
    return Operation(
        id="getAgenticOptimization",
        method="GET",
        path="/api/v2/cortex/analyst/agentic-optimization",
        query={"optimization_name": argument("optimization_name", STRING, optimization_name, required=True)},
        answer=_GET_AGENTIC_OPTIMIZATION_RESPONSE,
    )


def get_scoped_token() -> Operation[TokenInfo]:
    """Get a token with a limited scope."""
    return Operation(
        id="getScopedToken",
        method="GET",
        path="/api/v2/cortex/analyst/token",
        answer=_TOKEN_INFO,
    )
