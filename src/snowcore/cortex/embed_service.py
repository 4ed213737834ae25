# Generated from specs/cortex-embed.yaml by `make generate`. Do not edit.
"""Cortex Embed turns texts into vectors with an embedding model that Snowflake hosts. It needs no warehouse. See
https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-rest-api/embed-api.
"""

from snowcore._generated.cortex_embed_service import (
    CortexEmbedService,
    Embedding,
    EmbedRequest,
    EmbedResponse,
    EmbedUsage,
)

__all__ = [
    "CortexEmbedService",
    "EmbedRequest",
    "EmbedResponse",
    "EmbedUsage",
    "Embedding",
]
