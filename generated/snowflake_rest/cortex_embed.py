# Generated from specs/cortex-embed.yaml by `make generate`. Do not edit.
"""Cortex Embed turns texts into vectors with an embedding model that Snowflake hosts. It needs no warehouse. See
https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-rest-api/embed-api.
"""

from __future__ import annotations

from typing import Literal

from .runtime import INTEGER, NUMBER, STRING, Array, Choice, Model, Nested, Operation, body, field, model


@model
class EmbedRequest(Model):
    """Texts, and the model that turns them into vectors.

    Args:
        model: The embedding model, such as `snowflake-arctic-embed-m-v1.5`. It decides how many dimensions a vector
            has.
        text: The texts, at least one. Each gets its own vector.
        provisioned_throughput_id: The ID of the provisioned throughput to use for the request.
    """

    model: str = field(STRING)
    """The embedding model, such as `snowflake-arctic-embed-m-v1.5`. It decides how many dimensions a vector has."""
    text: list[str] = field(Array(STRING))
    """The texts, at least one. Each gets its own vector."""
    provisioned_throughput_id: str | None = field(STRING, default=None)
    """The ID of the provisioned throughput to use for the request."""


@model
class Embedding(Model):
    """The vector of one text.

    Args:
        object: Always `embedding`.
        embedding: The vector, as the only row of an array of rows.
        index: The position of the text in the request, from 0.
    """

    object: Literal["embedding"] | str = field(Choice("embedding"))
    """Always `embedding`."""
    embedding: list[list[float]] = field(Array(Array(NUMBER)))
    """The vector, as the only row of an array of rows."""
    index: int = field(INTEGER)
    """The position of the text in the request, from 0."""


@model
class EmbedUsage(Model):
    """What a request consumed.

    Args:
        total_tokens: The number of tokens in all texts together.
    """

    total_tokens: int | None = field(INTEGER, default=None)
    """The number of tokens in all texts together."""


@model
class EmbedResponse(Model):
    """The vectors of the texts.

    Args:
        object: Always `list`.
        data: The vectors, one entry for each text.
        model: The model that computed them.
        usage: What the request consumed.
    """

    object: Literal["list"] | str = field(Choice("list"))
    """Always `list`."""
    data: list[Embedding] = field(Array(Nested(Embedding)))
    """The vectors, one entry for each text."""
    model: str = field(STRING)
    """The model that computed them."""
    usage: EmbedUsage = field(Nested(EmbedUsage))
    """What the request consumed."""


_EMBED_REQUEST = Nested(EmbedRequest)
_EMBED_RESPONSE = Nested(EmbedResponse)


def embed(embed_request: EmbedRequest) -> Operation[EmbedResponse]:
    """Compute the embedding vectors of texts.

    Args:
        embed_request: Texts, and the model that turns them into vectors.
    """
    return Operation(
        id="embed",
        method="POST",
        path="/api/v2/cortex/inference:embed",
        body=body("embed_request", _EMBED_REQUEST, embed_request, required=True),
        answer=_EMBED_RESPONSE,
    )
