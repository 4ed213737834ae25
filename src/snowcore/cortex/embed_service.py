"""Cortex Embed: texts as vectors. See https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-rest-api/embed-api."""

from __future__ import annotations

from snowflake_rest import cortex_embed as rest
from snowflake_rest.cortex_embed import Embedding, EmbedRequest, EmbedResponse, EmbedUsage
from snowflake_rest.runtime import Steps

from .._methods import remote, twin
from .._services import Service

__all__ = ["CortexEmbedService", "EmbedRequest", "EmbedResponse", "EmbedUsage", "Embedding"]


class CortexEmbedService(Service):
    """Turns texts into vectors."""

    @remote
    def embed(self, model: str, text: list[str]) -> Steps[EmbedResponse]:
        """The vectors of texts.

        model: an embedding model, such as `snowflake-arctic-embed-m-v1.5`.
        """
        return rest.embed(EmbedRequest(model=model, text=text))

    embed_async = twin(embed)
