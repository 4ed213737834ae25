# Generated from specs and from src/snowcore by `make generate`. Do not edit.
"""What is in `snowcore`, under the name that it has in Snowflake's SDK."""

from snowcore.cortex.embed_service import CortexEmbedService, Embedding, EmbedRequest, EmbedResponse, EmbedUsage

__all__ = [
    "CortexEmbedService",
    "EmbedRequest",
    "EmbedResponse",
    "EmbedUsage",
    "Embedding",
]
