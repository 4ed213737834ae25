# Generated from specs/cortex-chat.yaml by `make generate`. Do not edit.
"""Cortex Chat answers a question about your own data, from what Cortex Search services find and from semantic models.
See https://docs.snowflake.com/en/developer-guide/snowflake-rest-api/snowflake-rest-api.
"""

from __future__ import annotations

from typing import Any

from .runtime import ANY, BOOLEAN, EVENTS, INTEGER, STRING, Array, Map, Model, Nested, Operation, body, field, model


@model
class ChatRequestSearchServicesInner(Model):
    """A Cortex Search service to look in.

    Args:
        name: The service's name, with its database and schema.
        max_results: At most this many results from this service.
        title_column: The column that holds a document's title.
        id_column: The column that tells documents apart.
        filter: A condition on the service's attribute columns, such as `{"@eq": {"region": "EU"}}`.
        experimental: Options under development. They may change or vanish without notice.
    """

    name: str = field(STRING)
    """The service's name, with its database and schema."""
    max_results: int | None = field(INTEGER, default=None)
    """At most this many results from this service."""
    title_column: str | None = field(STRING, default=None)
    """The column that holds a document's title."""
    id_column: str | None = field(STRING, default=None)
    """The column that tells documents apart."""
    filter: dict[str, Any] | None = field(Map(ANY), default=None)
    """A condition on the service's attribute columns, such as `{"@eq": {"region": "EU"}}`."""
    experimental: dict[str, Any] | None = field(Map(ANY), default=None)
    """Options under development. They may change or vanish without notice."""


@model
class ChatRequestSemanticModelsInner(Model):
    """A semantic model, either in a file or written out.

    Args:
        file: The path of the model's YAML file on a stage.
        inline: The model itself, in YAML.
    """

    file: str | None = field(STRING, default=None)
    """The path of the model's YAML file on a stage."""
    inline: str | None = field(STRING, default=None)
    """The model itself, in YAML."""


@model
class ChatRequestMessagesInner(Model):
    """A message of the conversation.

    Args:
        role: Who wrote it, such as `user`.
        content: Its text.
    """

    role: str | None = field(STRING, default=None)
    """Who wrote it, such as `user`."""
    content: str | None = field(STRING, default=None)
    """Its text."""


@model
class ChatRequest(Model):
    """A question, and where to look for the answer.

    Args:
        query: The question, in plain language.
        model: The language model that writes the answer.
        search_services: The Cortex Search services to look in.
        semantic_models: The semantic models whose tables may hold the answer.
        prompt: Text for the model's prompt.
        messages: The messages of the conversation so far.
        debug: Ask for details that help to find out how the answer came about.
        max_results: At most this many search results.
        experimental: Options under development. They may change or vanish without notice.
    """

    query: str = field(STRING)
    """The question, in plain language."""
    model: str | None = field(STRING, default=None)
    """The language model that writes the answer."""
    search_services: list[ChatRequestSearchServicesInner] | None = field(
        Array(Nested(ChatRequestSearchServicesInner)), default=None
    )
    """The Cortex Search services to look in."""
    semantic_models: list[ChatRequestSemanticModelsInner] | None = field(
        Array(Nested(ChatRequestSemanticModelsInner)), default=None
    )
    """The semantic models whose tables may hold the answer."""
    prompt: str | None = field(STRING, default=None)
    """Text for the model's prompt."""
    messages: list[ChatRequestMessagesInner] | None = field(Array(Nested(ChatRequestMessagesInner)), default=None)
    """The messages of the conversation so far."""
    debug: bool | None = field(BOOLEAN, default=None)
    """Ask for details that help to find out how the answer came about."""
    max_results: int | None = field(INTEGER, default=None)
    """At most this many search results."""
    experimental: dict[str, Any] | None = field(Map(ANY), default=None)
    """Options under development. They may change or vanish without notice."""


_CHAT_REQUEST = Nested(ChatRequest)


def chat_request(chat_request: ChatRequest) -> Operation[Any]:
    """Answer a question from search services and semantic models.

    The answer streams as server-sent events.

    Args:
        chat_request: A question, and where to look for the answer.
    """
    return Operation(
        id="chatRequest",
        method="POST",
        path="/api/v2/cortex/chat",
        body=body("chat_request", _CHAT_REQUEST, chat_request, required=True),
        answer=EVENTS,
        accept="text/event-stream",
    )
