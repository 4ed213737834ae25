# Generated from specs/cortex-generic-openai.yaml by `make generate`. Do not edit.
"""The language models that Snowflake hosts, behind the interface of OpenAI's Chat Completions API. Bodies and answers
have the form that OpenAI defines; they are open objects here. See
https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-rest-api.
"""

from __future__ import annotations

from typing import Any

from .runtime import ANY, Map, Operation
from .runtime import body as _body

_ANY_MAP = Map(ANY)


def cortex_generic_open_ai_chat_completions(body: dict[str, Any] | None = None) -> Operation[dict[str, Any]]:
    """Send a conversation to a language model and get its reply.

    The body is that of OpenAI's Chat Completions API; with `stream` true the reply comes as server-sent events. See
    https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-rest-api.
    """
    return Operation(
        id="cortexGenericOpenAIChatCompletions",
        method="POST",
        path="/api/v2/cortex/v1/chat/completions",
        body=_body("body", _ANY_MAP, body),
        answer=_ANY_MAP,
        accept="application/json, text/event-stream",
    )
