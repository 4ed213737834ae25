# Generated from specs/cortex-chat.yaml by `make generate`. Do not edit.
"""Cortex Chat answers a question about your own data, from what Cortex Search services find and from semantic models.
See https://docs.snowflake.com/en/developer-guide/snowflake-rest-api/snowflake-rest-api.
"""

from snowcore._generated.cortex_chat_service import (
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
