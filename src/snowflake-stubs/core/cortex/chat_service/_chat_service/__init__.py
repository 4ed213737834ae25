# Generated from specs and from src/snowcore by `make generate`. Do not edit.
"""What is in `snowcore`, under the name that it has in Snowflake's SDK."""

from snowcore.cortex.chat_service import (
    ChatRequest,
    ChatRequestMessagesInner,
    ChatRequestSearchServicesInner,
    ChatRequestSemanticModelsInner,
    CortexChatService,
)

__all__ = [
    "ChatRequest",
    "ChatRequestMessagesInner",
    "ChatRequestSearchServicesInner",
    "ChatRequestSemanticModelsInner",
    "CortexChatService",
]
