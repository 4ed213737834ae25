# Generated from specs/common-cortex-analyst.yaml by `make generate`. Do not edit.
# Subclasses narrow fields of their bases:
# pyright: reportIncompatibleVariableOverride=false
"""What the documents of Cortex Analyst and of other Cortex resources share. See
https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-analyst.
"""

from __future__ import annotations

from typing import Any, Literal

from .runtime import ANY, BOOLEAN, INTEGER, STRING, Array, Choice, Map, Model, Nested, field, model


@model
class SemanticModelObject(Model):
    """A semantic model, given in one of three ways.

    Args:
        semantic_model_file: The path of the model's YAML file on a stage, such as `@db.schema.stage/model.yaml`.
        semantic_view: The fully qualified name of a semantic view.
        inline_semantic_model: The model itself, in YAML.
    """

    semantic_model_file: str | None = field(STRING, default=None)
    """The path of the model's YAML file on a stage, such as `@db.schema.stage/model.yaml`."""
    semantic_view: str | None = field(STRING, default=None)
    """The fully qualified name of a semantic view."""
    inline_semantic_model: str | None = field(STRING, default=None)
    """The model itself, in YAML."""


@model
class MessageContent(Model):
    """A part of a message."""

    type: str | None = field(STRING, default=None, init=False)
    """What kind of part it is."""


@model
class MessageObject(Model):
    """A message between a user and Cortex Analyst.

    Args:
        role: Who wrote it. Cortex Analyst is `analyst`. One of `user`, `analyst`.
        content: The parts of the message. A user's message has one text.
    """

    role: Literal["user", "analyst"] | str | None = field(Choice("user", "analyst"), default=None)
    """Who wrote it. Cortex Analyst is `analyst`. One of `user`, `analyst`."""
    content: list[MessageContent] = field(Array(Nested(MessageContent)))
    """The parts of the message. A user's message has one text."""


@model
class MessageContentTextObject(MessageContent):
    """A text, such as the question or how it was understood.

    Args:
        text: The text.
    """

    type: str = field(STRING, default="text", init=False)
    text: str = field(STRING)
    """The text."""


@model
class VerifiedQuery(Model):
    """A question with SQL that is known to answer it. See
    https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-analyst/verified-query-repository.

    Args:
        name: The verified query's name.
        question: The question, in plain language.
        sql: The SQL statement that answers it.
        verified_at: When it was verified, in seconds since 1970.
        verified_by: Who verified it.
    """

    name: str | None = field(STRING, default=None)
    """The verified query's name."""
    question: str | None = field(STRING, default=None)
    """The question, in plain language."""
    sql: str | None = field(STRING, default=None)
    """The SQL statement that answers it."""
    verified_at: int | None = field(INTEGER, default=None)
    """When it was verified, in seconds since 1970."""
    verified_by: str | None = field(STRING, default=None)
    """Who verified it."""


@model
class Confidence(Model):
    """What speaks for a generated SQL statement.

    Args:
        verified_query_used: The verified query that the statement was made from; null if none was.
    """

    verified_query_used: VerifiedQuery | None = field(Nested(VerifiedQuery), default=None)
    """The verified query that the statement was made from; null if none was."""


@model
class MessageContentSqlObject(MessageContent):
    """A SQL statement that answers the question.

    Args:
        statement: The statement.
        confidence: What speaks for the statement.
    """

    type: str = field(STRING, default="sql", init=False)
    statement: str = field(STRING)
    """The statement."""
    confidence: Confidence | None = field(Nested(Confidence), default=None)
    """What speaks for the statement."""


@model
class MessageContentSuggestionsObject(MessageContent):
    """Questions to ask instead, where there is no SQL for the one that was asked.

    Args:
        suggestions: The questions.
    """

    type: str = field(STRING, default="suggestions", init=False)
    suggestions: list[str] = field(Array(STRING))
    """The questions."""


@model
class MessageContentResultsObject(MessageContent):
    """The result of a SQL statement.

    Args:
        query_id: The ID of the query that has the result.
    """

    type: str = field(STRING, default="results", init=False)
    query_id: str = field(STRING)
    """The ID of the query that has the result."""


@model
class MessageContentChartObject(MessageContent):
    """A chart.

    Args:
        chart_spec: The Vega-Lite specification of the chart, as JSON text.
    """

    type: str = field(STRING, default="chart", init=False)
    chart_spec: str = field(STRING)
    """The Vega-Lite specification of the chart, as JSON text."""


@model
class SendMessageRequest(Model):
    """A question to Cortex Analyst. One of `semantic_model_file`, `semantic_model`, `semantic_models` and
    `semantic_view` says what to answer it by.

    Args:
        semantic_model_file: The path of the model's YAML file on a stage, such as `@db.schema.stage/model.yaml`.
        semantic_model: The semantic model itself, in YAML.
        semantic_view: The fully qualified name of a semantic view.
        semantic_models: Semantic models or views, of which Cortex Analyst takes the one that suits the question
            best.
        stream: Send the answer piece by piece as it is written, instead of whole. Default `false`.
        operation: What to generate: the SQL, or an answer to the question. One of `sql_generation`,
            `answer_generation`. Default `sql_generation`.
        warehouse: The warehouse that runs the queries this takes.
        messages: The conversation so far, the oldest message first. The last one is the user's question.
        source: Where the request comes from.
        experimental: Options under development. They may change or vanish without notice.
        semantic_sql: Whether Cortex Analyst may, must or must not write SQL that queries the semantic view. One of
            `auto`, `require`, `disable`.
    """

    semantic_model_file: str | None = field(STRING, default=None)
    """The path of the model's YAML file on a stage, such as `@db.schema.stage/model.yaml`."""
    semantic_model: str | None = field(STRING, default=None)
    """The semantic model itself, in YAML."""
    semantic_view: str | None = field(STRING, default=None)
    """The fully qualified name of a semantic view."""
    semantic_models: list[SemanticModelObject] | None = field(Array(Nested(SemanticModelObject)), default=None)
    """Semantic models or views, of which Cortex Analyst takes the one that suits the question best."""
    stream: bool | None = field(BOOLEAN, default=False)
    """Send the answer piece by piece as it is written, instead of whole. Default `false`."""
    operation: Literal["sql_generation", "answer_generation"] | str | None = field(
        Choice("sql_generation", "answer_generation"), default="sql_generation"
    )
    """What to generate: the SQL, or an answer to the question. One of `sql_generation`, `answer_generation`. Default
    `sql_generation`.
    """
    warehouse: str | None = field(STRING, default=None)
    """The warehouse that runs the queries this takes."""
    messages: list[MessageObject] = field(Array(Nested(MessageObject)))
    """The conversation so far, the oldest message first. The last one is the user's question."""
    source: str | None = field(STRING, default=None)
    """Where the request comes from."""
    experimental: str | None = field(STRING, default=None)
    """Options under development. They may change or vanish without notice."""
    semantic_sql: Literal["auto", "require", "disable"] | str | None = field(
        Choice("auto", "require", "disable"), default=None
    )
    """Whether Cortex Analyst may, must or must not write SQL that queries the semantic view. One of `auto`, `require`,
    `disable`.
    """


@model
class SemanticModelSelection(Model):
    """Which semantic model was taken, of those in `semantic_models`.

    Args:
        index: Its position in the list.
        identifier: The semantic model.
    """

    index: int | None = field(INTEGER, default=None)
    """Its position in the list."""
    identifier: SemanticModelObject | None = field(Nested(SemanticModelObject), default=None)
    """The semantic model."""


@model
class Warning(Model):
    """Something that the user should know.

    Args:
        message: The warning, in words.
    """

    message: str | None = field(STRING, default=None)
    """The warning, in words."""


@model
class SendMessageResponse(Model):
    """The answer of Cortex Analyst.

    Args:
        message: The answer itself, as a message.
        request_id: The server's identifier of the request, which feedback refers to.
        warnings: What the user should know about how the question was handled.
        semantic_model_selection: Which semantic model was taken, where `semantic_models` gave a choice.
        response_metadata: How the answer came about, such as `model_names` and `question_category`.
    """

    message: MessageObject = field(Nested(MessageObject))
    """The answer itself, as a message."""
    request_id: str | None = field(STRING, default=None)
    """The server's identifier of the request, which feedback refers to."""
    warnings: list[Warning] | None = field(Array(Nested(Warning)), default=None)
    """What the user should know about how the question was handled."""
    semantic_model_selection: SemanticModelSelection | None = field(Nested(SemanticModelSelection), default=None)
    """Which semantic model was taken, where `semantic_models` gave a choice."""
    response_metadata: dict[str, Any] | None = field(Map(ANY), default=None)
    """How the answer came about, such as `model_names` and `question_category`."""


MessageContent.discriminate(
    "type",
    {
        "text": MessageContentTextObject,
        "sql": MessageContentSqlObject,
        "suggestions": MessageContentSuggestionsObject,
        "results": MessageContentResultsObject,
        "chart": MessageContentChartObject,
    },
)
