# Generated from specs/cortex-chat.yaml by `make generate`. Do not edit.
"""Cortex Chat answers a question about your own data, from what Cortex Search services find and from semantic models.
See https://docs.snowflake.com/en/developer-guide/snowflake-rest-api/snowflake-rest-api.
"""

from __future__ import annotations

from snowcore._methods import remote, twin
from snowcore._services import Service
from snowcore._stream import Streamed
from snowcore.rest import SSEClient
from snowflake_rest import cortex_chat as rest
from snowflake_rest.cortex_chat import (
    ChatRequest,
    ChatRequestMessagesInner,
    ChatRequestSearchServicesInner,
    ChatRequestSemanticModelsInner,
)
from snowflake_rest.runtime import Steps

__all__ = [
    "ChatRequest",
    "ChatRequestMessagesInner",
    "ChatRequestSearchServicesInner",
    "ChatRequestSemanticModelsInner",
    "CortexChatService",
]


class CortexChatService(Service):
    """Cortex Chat answers a question about your own data, from what Cortex Search services find and from semantic
    models.
    """

    @remote
    def chat(self, chat_request: ChatRequest) -> Steps[SSEClient]:
        """Answer a question from search services and semantic models.

        The answer streams as server-sent events.

        The events are given as they arrive; an answer that comes whole is one.

        Args:
            chat_request: A question, and where to look for the answer.
        """
        return Streamed(rest.chat_request(chat_request))

    chat_async = twin(chat)
