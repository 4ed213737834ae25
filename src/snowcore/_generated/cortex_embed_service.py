# Generated from specs/cortex-embed.yaml by `make generate`. Do not edit.
"""Cortex Embed turns texts into vectors with an embedding model that Snowflake hosts. It needs no warehouse. See
https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-rest-api/embed-api.
"""

from __future__ import annotations

from snowcore._methods import remote, twin
from snowcore._services import Service
from snowflake_rest import cortex_embed as rest
from snowflake_rest.cortex_embed import Embedding, EmbedRequest, EmbedResponse, EmbedUsage
from snowflake_rest.runtime import Steps

__all__ = [
    "CortexEmbedService",
    "EmbedRequest",
    "EmbedResponse",
    "EmbedUsage",
    "Embedding",
]


class CortexEmbedService(Service):
    """Cortex Embed turns texts into vectors with an embedding model that Snowflake hosts."""

    @remote
    def embed(self, model: str, text: list[str]) -> Steps[EmbedResponse]:
        """Compute the embedding vectors of texts.

        Args:
            model: The embedding model, such as `snowflake-arctic-embed-m-v1.5`. It decides how many dimensions a
                vector has.
            text: The texts, at least one. Each gets its own vector.
        """
        return rest.embed(EmbedRequest(model=model, text=text))

    embed_async = twin(embed)
