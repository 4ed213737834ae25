"""Cortex Chat: questions answered from search services and semantic models."""

from __future__ import annotations

from snowflake_rest import cortex_chat as rest
from snowflake_rest.cortex_chat import (
    ChatRequest,
    ChatRequestMessagesInner,
    ChatRequestSearchServicesInner,
    ChatRequestSemanticModelsInner,
)
from snowflake_rest.runtime import Steps

from .._reference import Service, named, remote, twin
from .._stream import Streamed
from ..rest import SSEClient

__all__ = [
    "ChatRequest",
    "ChatRequestMessagesInner",
    "ChatRequestSearchServicesInner",
    "ChatRequestSemanticModelsInner",
    "CortexChatService",
]


class CortexChatService(Service):
    """Answers questions about an account's own data."""

    @remote
    def chat(self, chat_request: ChatRequest) -> Steps[SSEClient]:
        """Ask a question. The answer comes as events."""
        return Streamed(rest.chat_request(named(ChatRequest, chat_request)))

    chat_async = twin(chat)
