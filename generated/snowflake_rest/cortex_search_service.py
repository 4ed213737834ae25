# Generated from specs/cortex-search-service.yaml by `make generate`. Do not edit.
# Subclasses narrow fields of their bases:
# pyright: reportIncompatibleVariableOverride=false
"""Cortex Search services find rows of a query's result by what their text says and means. A service keeps an index of
the rows and refreshes it as the tables it reads change. See
https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-search/cortex-search-overview.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from .common import TargetLag
from .runtime import (
    ANY,
    BOOLEAN,
    DATETIME,
    INTEGER,
    NUMBER,
    STRING,
    Array,
    Choice,
    Integer,
    Map,
    Model,
    Nested,
    Operation,
    Resource,
    argument,
    body,
    field,
    model,
    segment,
)

SCHEDULING_STATE = Choice("ACTIVE", "SUSPENDED", "INITIALIZING")


@model
class NumericBoost(Model):
    """A column of numbers, such as likes, of which higher ones raise a row's rank.

    Args:
        column: The column.
        weight: How much this column counts, relative to the others of the list.
    """

    column: str = field(STRING)
    """The column."""
    weight: float | None = field(NUMBER, default=None)
    """How much this column counts, relative to the others of the list."""


@model
class TimeDecay(Model):
    """A column of times, of which recent ones raise a row's rank.

    Args:
        column: The column, of dates or timestamps.
        weight: How much this column counts, relative to the others of the list.
        limit_hours: The age in hours beyond which a row's rank is hardly raised any more.
        now: The moment from which ages are counted; the current time when left out.
    """

    column: str = field(STRING)
    """The column, of dates or timestamps."""
    weight: float | None = field(NUMBER, default=None)
    """How much this column counts, relative to the others of the list."""
    limit_hours: float | None = field(NUMBER, default=None)
    """The age in hours beyond which a row's rank is hardly raised any more."""
    now: datetime | None = field(DATETIME, default=None)
    """The moment from which ages are counted; the current time when left out."""


@model
class TextBoost(Model):
    """The weight of a text index.

    Args:
        column: The indexed column.
        weight: How much this index counts, relative to the others of the list.
    """

    column: str | None = field(STRING, default=None)
    """The indexed column."""
    weight: float | None = field(NUMBER, default=None)
    """How much this index counts, relative to the others of the list."""


@model
class VectorBoost(Model):
    """The weight of a vector index.

    Args:
        column: The indexed column.
        weight: How much this index counts, relative to the others of the list.
        disable_vector_embedding_query_prefix: Compare the text as it is, without the words that mark it as a search
            for the embedding model. Default `false`.
    """

    column: str | None = field(STRING, default=None)
    """The indexed column."""
    weight: float | None = field(NUMBER, default=None)
    """How much this index counts, relative to the others of the list."""
    disable_vector_embedding_query_prefix: bool | None = field(BOOLEAN, default=False)
    """Compare the text as it is, without the words that mark it as a search for the embedding model. Default `false`.
    """


@model
class QuerySimilarityBoost(Model):
    """Earlier queries that raise the rank of the rows that belong to them.

    Args:
        cortex_search_service: The Cortex Search service that finds the earlier queries.
        previous_query_column: The column of that service that holds the earlier queries.
        documents_column: The column of that service that holds the rows that belong to a query.
    """

    cortex_search_service: str | None = field(STRING, default=None)
    """The Cortex Search service that finds the earlier queries."""
    previous_query_column: str | None = field(STRING, default=None)
    """The column of that service that holds the earlier queries."""
    documents_column: str | None = field(STRING, default=None)
    """The column of that service that holds the rows that belong to a query."""


@model
class Functions(Model):
    """What raises a row's rank besides the match.

    Args:
        numeric_boosts: Columns whose numbers raise the rank.
        time_decays: Columns whose times raise the rank of recent rows.
        text_boosts: The weights of the text indexes of a service that has several.
        vector_boosts: The weights of the vector indexes of a service that has several.
        query_similarity_boosts: Earlier queries that raise the rank of the rows that belong to them.
    """

    numeric_boosts: list[NumericBoost] | None = field(Array(Nested(NumericBoost)), default=None)
    """Columns whose numbers raise the rank."""
    time_decays: list[TimeDecay] | None = field(Array(Nested(TimeDecay)), default=None)
    """Columns whose times raise the rank of recent rows."""
    text_boosts: list[TextBoost] | None = field(Array(Nested(TextBoost)), default=None)
    """The weights of the text indexes of a service that has several."""
    vector_boosts: list[VectorBoost] | None = field(Array(Nested(VectorBoost)), default=None)
    """The weights of the vector indexes of a service that has several."""
    query_similarity_boosts: list[QuerySimilarityBoost] | None = field(
        Array(Nested(QuerySimilarityBoost)), default=None
    )
    """Earlier queries that raise the rank of the rows that belong to them."""


@model
class Weights(Model):
    """How much the parts of a score count, relative to each other. Each is 1 when left out.

    Args:
        texts: The weight of the match of words.
        vectors: The weight of the closeness in meaning.
        reranker: The weight of the reranker's judgement.
    """

    texts: float | None = field(NUMBER, default=None)
    """The weight of the match of words."""
    vectors: float | None = field(NUMBER, default=None)
    """The weight of the closeness in meaning."""
    reranker: float | None = field(NUMBER, default=None)
    """The weight of the reranker's judgement."""


@model
class RetrievalWeights(Model):
    """How much the parts of a score count when rows are collected, relative to each other.

    Args:
        texts: The weight of the match of words.
        vectors: The weight of the closeness in meaning.
    """

    texts: float | None = field(NUMBER, default=None)
    """The weight of the match of words."""
    vectors: float | None = field(NUMBER, default=None)
    """The weight of the closeness in meaning."""


@model
class RankingWeights(Model):
    """How much the parts of a score count when rows are ranked, relative to each other.

    Args:
        texts: The weight of the match of words.
        vectors: The weight of the closeness in meaning.
        reranker: The weight of the reranker's judgement.
    """

    texts: float | None = field(NUMBER, default=None)
    """The weight of the match of words."""
    vectors: float | None = field(NUMBER, default=None)
    """The weight of the closeness in meaning."""
    reranker: float | None = field(NUMBER, default=None)
    """The weight of the reranker's judgement."""


@model
class Diversity(Model):
    """How many alike rows the results may have.

    Args:
        group_by: The columns whose values make rows alike.
        max_results: At most this many rows that are alike.
    """

    group_by: list[str] | None = field(Array(STRING), default=None)
    """The columns whose values make rows alike."""
    max_results: int | None = field(INTEGER, default=None)
    """At most this many rows that are alike."""


@model
class ScoringConfig(Model):
    """How results are ranked. See
    https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-search/cortex-search-customize-scoring.

    Args:
        functions: What raises a row's rank besides the match.
        reranker: Set it to `none` to leave reranking out, which makes searches faster and less exact.
        weights: How much the parts of the score count.
        retrieval_weights: How much the parts of the score count when rows are collected.
        ranking_weights: How much the parts of the score count when the collected rows are ranked.
        disable_vector_embedding_query_prefix: Compare the text as it is, without the words that mark it as a search
            for the embedding model. Default `false`.
        diversity: How many alike rows the results may have.
    """

    functions: Functions | None = field(Nested(Functions), default=None)
    """What raises a row's rank besides the match."""
    reranker: str | None = field(STRING, default=None)
    """Set it to `none` to leave reranking out, which makes searches faster and less exact."""
    weights: Weights | None = field(Nested(Weights), default=None)
    """How much the parts of the score count."""
    retrieval_weights: RetrievalWeights | None = field(Nested(RetrievalWeights), default=None)
    """How much the parts of the score count when rows are collected."""
    ranking_weights: RankingWeights | None = field(Nested(RankingWeights), default=None)
    """How much the parts of the score count when the collected rows are ranked."""
    disable_vector_embedding_query_prefix: bool | None = field(BOOLEAN, default=False)
    """Compare the text as it is, without the words that mark it as a search for the embedding model. Default `false`.
    """
    diversity: Diversity | None = field(Nested(Diversity), default=None)
    """How many alike rows the results may have."""


@model
class QueryRequest(Model):
    """What to search for, and which rows and columns to return.

    Args:
        query: The text to search for.
        multi_index_query: What to search for in each index of a service that has several. Each key is an indexed
            column, each value a list of `{"text": …}` or `{"vector": …}` objects.
        columns: The columns to return, of those in the service's source query; only the search column when left out.
        filter: A condition on attribute columns, such as `{"@eq": {"region": "EU"}}`; also `@contains`, `@gte`,
            `@lte`, `@and`, `@or`, `@not`.
        limit: At most this many results, up to 1,000; 10 when left out. Default `10`.
        scoring_config: How to rank the results.
        scoring_profile: The name of a ranking that is stored with the service. `scoring_config` is then ignored.
        experimental: Options under development. They may change or vanish without notice.
    """

    query: str | None = field(STRING, default=None)
    """The text to search for."""
    multi_index_query: dict[str, Any] | None = field(Map(ANY), default=None)
    """What to search for in each index of a service that has several. Each key is an indexed column, each value a list
    of `{"text": …}` or `{"vector": …}` objects.
    """
    columns: list[str] | None = field(Array(STRING), default=None)
    """The columns to return, of those in the service's source query; only the search column when left out."""
    filter: dict[str, Any] | None = field(Map(ANY), default=None)
    """A condition on attribute columns, such as `{"@eq": {"region": "EU"}}`; also `@contains`, `@gte`, `@lte`, `@and`,
    `@or`, `@not`.
    """
    limit: int | None = field(INTEGER, default=10)
    """At most this many results, up to 1,000; 10 when left out. Default `10`."""
    scoring_config: ScoringConfig | None = field(Nested(ScoringConfig), default=None)
    """How to rank the results."""
    scoring_profile: str | None = field(STRING, default=None)
    """The name of a ranking that is stored with the service. `scoring_config` is then ignored."""
    experimental: dict[str, Any] | None = field(Map(ANY), default=None)
    """Options under development. They may change or vanish without notice."""


@model
class ColumnQuery(Model):
    """What to search for in one index, as a text or as a vector.

    Args:
        text: The text to search for.
        vector: The embedding vector to search for.
    """

    text: str | None = field(STRING, default=None)
    """The text to search for."""
    vector: list[float] | None = field(Array(NUMBER), default=None)
    """The embedding vector to search for."""


@model
class QueryResponse(Model):
    """The rows that a search found.

    Args:
        results: The rows, the best first, each with the columns that were asked for.
        request_id: The ID of the search, which feedback refers to.
    """

    results: list[dict[str, Any]] = field(Array(Map(ANY)))
    """The rows, the best first, each with the columns that were asked for."""
    request_id: str = field(STRING)
    """The ID of the search, which feedback refers to."""


@model
class ResultRow(Model):
    """A row of a suggestion.

    Args:
        columns: The row's values by column.
    """

    columns: dict[str, Any] | None = field(Map(ANY), default=None)
    """The row's values by column."""


@model
class SuggestQueryRequest(Model):
    """The text to get suggestions for.

    Args:
        query: The text.
        columns: The columns to return.
        limit: At most this many suggestions; 5 when left out. Default `5`.
    """

    query: str = field(STRING)
    """The text."""
    columns: list[str] | None = field(Array(STRING), default=None)
    """The columns to return."""
    limit: int | None = field(INTEGER, default=5)
    """At most this many suggestions; 5 when left out. Default `5`."""


@model
class SuggestResult(Model):
    """One suggestion.

    Args:
        rows: The rows that belong to it.
    """

    rows: list[ResultRow] | None = field(Array(Nested(ResultRow)), default=None)
    """The rows that belong to it."""


@model
class SuggestQueryResponse(Model):
    """The suggestions for a text.

    Args:
        results: The suggestions.
        request_id: The ID of the request.
    """

    results: list[SuggestResult] = field(Array(Nested(SuggestResult)))
    """The suggestions."""
    request_id: str = field(STRING)
    """The ID of the request."""


@model
class CortexSearchService(Model):
    """A Cortex Search service.

    Args:
        name: The service's name, unique in its schema.
        search_column: The text column that is searched. It must be part of the source query.
        columns: All columns of the service.
        attribute_columns: The columns that searches can filter by.
        target_lag: How far the service may lag behind the tables of its source query.
        warehouse: The warehouse that runs the source query and keeps the index fresh.
        definition: The source query, whose rows are indexed, such as `SELECT col1, col2 FROM t`.
        comment: A comment on the service.
        indexing_state: Whether the service follows changes of its tables. One of `ACTIVE`, `SUSPENDED`,
            `INITIALIZING`.
        serving_state: Whether the service can be searched. One of `ACTIVE`, `SUSPENDED`, `INITIALIZING`.

    Attributes:
        created_on (set by the server): When the service was created.
        database_name (set by the server): The service's database.
        schema_name (set by the server): The service's schema.
        source_data_num_rows (set by the server): The number of rows that the source query gave.
        data_timestamp (set by the server): The moment whose state of the tables is being served.
        indexing_error (set by the server): What went wrong when the index was last refreshed; empty if nothing did.
        serving_data_bytes (set by the server): The size of the served index, in bytes.
    """

    name: str | None = field(STRING, default=None)
    """The service's name, unique in its schema."""
    search_column: str | None = field(STRING, default=None)
    """The text column that is searched. It must be part of the source query."""
    columns: list[str] | None = field(Array(STRING), default=None)
    """All columns of the service."""
    attribute_columns: list[str] | None = field(Array(STRING), default=None)
    """The columns that searches can filter by."""
    target_lag: TargetLag | None = field(Nested(TargetLag), default=None)
    """How far the service may lag behind the tables of its source query."""
    warehouse: str | None = field(STRING, default=None)
    """The warehouse that runs the source query and keeps the index fresh."""
    definition: str | None = field(STRING, default=None)
    """The source query, whose rows are indexed, such as `SELECT col1, col2 FROM t`."""
    comment: str | None = field(STRING, default=None)
    """A comment on the service."""
    created_on: datetime | None = field(DATETIME, default=None, read_only=True)
    """When the service was created."""
    database_name: str | None = field(STRING, default=None, read_only=True)
    """The service's database."""
    schema_name: str | None = field(STRING, default=None, read_only=True)
    """The service's schema."""
    source_data_num_rows: int | None = field(INTEGER, default=None, read_only=True)
    """The number of rows that the source query gave."""
    data_timestamp: datetime | None = field(DATETIME, default=None, read_only=True)
    """The moment whose state of the tables is being served."""
    indexing_state: Literal["ACTIVE", "SUSPENDED", "INITIALIZING"] | str | None = field(SCHEDULING_STATE, default=None)
    """Whether the service follows changes of its tables. One of `ACTIVE`, `SUSPENDED`, `INITIALIZING`."""
    serving_state: Literal["ACTIVE", "SUSPENDED", "INITIALIZING"] | str | None = field(SCHEDULING_STATE, default=None)
    """Whether the service can be searched. One of `ACTIVE`, `SUSPENDED`, `INITIALIZING`."""
    indexing_error: str | None = field(STRING, default=None, read_only=True)
    """What went wrong when the index was last refreshed; empty if nothing did."""
    serving_data_bytes: int | None = field(INTEGER, default=None, read_only=True)
    """The size of the served index, in bytes."""


@model
class SendFeedbackRequest(Model):
    """A judgement on the results of a search.

    Args:
        request_id: The search's `request_id`.
        positive: Whether the results were good.
        feedback_message: The judgement in words.
    """

    request_id: str = field(STRING)
    """The search's `request_id`."""
    positive: bool = field(BOOLEAN)
    """Whether the results were good."""
    feedback_message: str | None = field(STRING, default=None)
    """The judgement in words."""


@model
class NewCortexSearchService(CortexSearchService):
    """A Cortex Search service to create.

    Args:
        name: The service's name, unique in its schema.
        search_column: The text column that is searched. It must be part of the source query.
        columns: All columns of the service.
        attribute_columns: The columns that searches can filter by.
        target_lag: How far the service may lag behind the tables of its source query.
        warehouse: The warehouse that runs the source query and keeps the index fresh.
        definition: The source query, whose rows are indexed, such as `SELECT col1, col2 FROM t`.
        comment: A comment on the service.
        indexing_state: Whether the service follows changes of its tables. One of `ACTIVE`, `SUSPENDED`,
            `INITIALIZING`.
        serving_state: Whether the service can be searched. One of `ACTIVE`, `SUSPENDED`, `INITIALIZING`.

    Attributes:
        created_on (set by the server): When the service was created.
        database_name (set by the server): The service's database.
        schema_name (set by the server): The service's schema.
        source_data_num_rows (set by the server): The number of rows that the source query gave.
        data_timestamp (set by the server): The moment whose state of the tables is being served.
        indexing_error (set by the server): What went wrong when the index was last refreshed; empty if nothing did.
        serving_data_bytes (set by the server): The size of the served index, in bytes.
    """

    name: str = field(STRING)
    """The service's name, unique in its schema."""
    search_column: str = field(STRING)
    """The text column that is searched. It must be part of the source query."""
    target_lag: TargetLag = field(Nested(TargetLag))
    """How far the service may lag behind the tables of its source query."""
    warehouse: str = field(STRING)
    """The warehouse that runs the source query and keeps the index fresh."""
    definition: str = field(STRING)
    """The source query, whose rows are indexed, such as `SELECT col1, col2 FROM t`."""


_SHOW_LIMIT = Integer(minimum=1, maximum=10000)
_CORTEX_SEARCH_SERVICE_LIST = Array(Nested(CortexSearchService))
_CREATE_MODE = Choice("errorIfExists", "orReplace", "ifNotExists")
_NEW_CORTEX_SEARCH_SERVICE = Nested(NewCortexSearchService)
_CORTEX_SEARCH_SERVICE = Nested(CortexSearchService)
_QUERY_REQUEST = Nested(QueryRequest)
_QUERY_RESPONSE = Nested(QueryResponse)
_SUGGEST_QUERY_REQUEST = Nested(SuggestQueryRequest)
_SUGGEST_QUERY_RESPONSE = Nested(SuggestQueryResponse)
_TARGET = Choice("indexing", "INDEXING", "serving", "SERVING")
_SEND_FEEDBACK_REQUEST = Nested(SendFeedbackRequest)


def list_cortex_search_services(
    database: str, schema: str, *, like: str | None = None, from_name: str | None = None, show_limit: int | None = None
) -> Operation[list[CortexSearchService]]:
    """List the Cortex Search services of a schema.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        like: Only the objects whose name matches this SQL pattern (`%` any text, `_` one character), whatever the
            case.
        from_name: Only the objects that follow the first one whose name starts with this text, in exactly this case.
        show_limit: At most this many objects, from 1 to 10,000.
    """
    return Operation(
        id="listCortexSearchServices",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/cortex-search-services",
        query={
            "like": argument("like", STRING, like),
            "fromName": argument("from_name", STRING, from_name),
            "showLimit": argument("show_limit", _SHOW_LIMIT, show_limit),
        },
        answer=_CORTEX_SEARCH_SERVICE_LIST,
    )


def create_cortex_search_service(
    database: str,
    schema: str,
    new_cortex_search_service: NewCortexSearchService,
    *,
    create_mode: Literal["errorIfExists", "orReplace", "ifNotExists"] | str | None = None,
) -> Operation[None]:
    """Create a Cortex Search service.

    Creating it runs the source query and indexes its rows, which may take a while. See
    https://docs.snowflake.com/en/sql-reference/sql/create-cortex-search.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        new_cortex_search_service: A Cortex Search service to create.
        create_mode: What to do when an object of this name exists; fail, replace it, or leave it as it is. The
            server's default is `errorIfExists`.
    """
    return Operation(
        id="createCortexSearchService",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/cortex-search-services",
        query={"createMode": argument("create_mode", _CREATE_MODE, create_mode)},
        body=body("new_cortex_search_service", _NEW_CORTEX_SEARCH_SERVICE, new_cortex_search_service, required=True),
    )


def fetch_cortex_search_service(database: str, schema: str, name: str) -> Operation[CortexSearchService]:
    """Describe a Cortex Search service.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
    """
    return Operation(
        id="fetchCortexSearchService",
        method="GET",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/cortex-search-services/{segment('name', name)}",
        answer=_CORTEX_SEARCH_SERVICE,
    )


def delete_cortex_search_service(
    database: str, schema: str, name: str, *, if_exists: bool | None = None
) -> Operation[None]:
    """Drop a Cortex Search service.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="deleteCortexSearchService",
        method="DELETE",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/cortex-search-services/{segment('name', name)}",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
    )


def query_cortex_search_service(
    database: str, schema: str, service_name: str, query_request: QueryRequest | None = None
) -> Operation[QueryResponse]:
    """Search with a Cortex Search service.

    The role needs `USAGE` on the service, its database and its schema, but not on the tables that it reads. See
    https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-search/query-cortex-search-service.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        service_name: The service's name.
        query_request: What to search for, and which rows and columns to return.
    """
    return Operation(
        id="queryCortexSearchService",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/cortex-search-services/{segment('service_name', service_name)}:query",
        body=body("query_request", _QUERY_REQUEST, query_request),
        answer=_QUERY_RESPONSE,
    )


def suggest_cortex_search_service(
    database: str, schema: str, service_name: str, suggest_query_request: SuggestQueryRequest
) -> Operation[SuggestQueryResponse]:
    """Get suggestions from a Cortex Search service for a text.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        service_name: The service's name.
        suggest_query_request: The text to get suggestions for.
    """
    return Operation(
        id="suggestCortexSearchService",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/cortex-search-services/{segment('service_name', service_name)}:suggest",
        body=body("suggest_query_request", _SUGGEST_QUERY_REQUEST, suggest_query_request, required=True),
        answer=_SUGGEST_QUERY_RESPONSE,
    )


def suspend_cortex_search_service(
    database: str,
    schema: str,
    name: str,
    *,
    if_exists: bool | None = None,
    target: Literal["indexing", "INDEXING", "serving", "SERVING"] | str | None = None,
) -> Operation[None]:
    """Suspend indexing, serving or both of a Cortex Search service.

    Without indexing, the service no longer follows changes of its tables; without serving, it can't be searched and
    costs nothing for serving. See https://docs.snowflake.com/en/sql-reference/sql/alter-cortex-search.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
        target: What to suspend; both when left out.
    """
    return Operation(
        id="suspendCortexSearchService",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/cortex-search-services/{segment('name', name)}:suspend",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists), "target": argument("target", _TARGET, target)},
    )


def resume_cortex_search_service(
    database: str,
    schema: str,
    name: str,
    *,
    if_exists: bool | None = None,
    target: Literal["indexing", "INDEXING", "serving", "SERVING"] | str | None = None,
) -> Operation[None]:
    """Resume indexing, serving or both of a Cortex Search service.

    When indexing was suspended for longer than the tables' data retention period, the service may have to be created
    anew. See https://docs.snowflake.com/en/sql-reference/sql/alter-cortex-search.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
        target: What to resume; both when left out.
    """
    return Operation(
        id="resumeCortexSearchService",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/cortex-search-services/{segment('name', name)}:resume",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists), "target": argument("target", _TARGET, target)},
    )


def send_feedback(database: str, schema: str, name: str, send_feedback_request: SendFeedbackRequest) -> Operation[None]:
    """Say whether the results of a search were good.

    Args:
        database: The database. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        schema: The schema. An unquoted name is taken in upper case; a name in double quotes is taken as written.
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        send_feedback_request: A judgement on the results of a search.
    """
    return Operation(
        id="sendFeedback",
        method="POST",
        path=f"/api/v2/databases/{segment('database', database)}/schemas/{segment('schema', schema)}/cortex-search-services/{segment('name', name)}:feedback",
        body=body("send_feedback_request", _SEND_FEEDBACK_REQUEST, send_feedback_request, required=True),
    )


RESOURCE = Resource(
    name="cortex_search_service",
    collection="/api/v2/databases/{database}/schemas/{schema}/cortex-search-services",
    model=CortexSearchService,
    list=list_cortex_search_services,
    create=create_cortex_search_service,
    fetch=fetch_cortex_search_service,
    drop=delete_cortex_search_service,
)
