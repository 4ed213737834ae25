# Generated from specs/cortex-generic-anthropic.yaml by `make generate`. Do not edit.
"""Claude models that Snowflake hosts, behind the interface of Anthropic's Messages API. Bodies and answers have the
form that Anthropic defines; they are open objects here. See
https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-rest-api.
"""

from __future__ import annotations

from typing import Any

from .runtime import ANY, Map, Operation
from .runtime import body as _body

_ANY_MAP = Map(ANY)


def cortex_generic_anthropic_messages(body: dict[str, Any] | None = None) -> Operation[dict[str, Any]]:
    """Send a conversation to a Claude model and get its reply.

    The body is that of Anthropic's Messages API; with `stream` true the reply comes as server-sent events. See
    https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-rest-api.
    """
    return Operation(
        id="cortexGenericAnthropicMessages",
        method="POST",
        path="/api/v2/cortex/v1/messages",
        body=_body("body", _ANY_MAP, body),
        answer=_ANY_MAP,
        accept="application/json, text/event-stream",
    )
