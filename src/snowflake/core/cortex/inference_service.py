"""Cortex Complete: text by language models. See https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-rest-api."""

from __future__ import annotations

from snowflake_rest import cortex_inference as rest
from snowflake_rest.cortex_inference import (
    CompleteRequest,
    CompleteRequestMessagesInner,
    CompleteRequestResponseFormat,
    GuardrailsConfig,
    StreamingTextContent,
    Tool,
    ToolChoice,
    ToolToolSpec,
    ToolToolSpecInputSchema,
)
from snowflake_rest.runtime import Steps

from .._reference import Service, named, remote, twin
from .._stream import Streamed
from ..rest import SSEClient

__all__ = [
    "CompleteRequest",
    "CompleteRequestMessagesInner",
    "CompleteRequestResponseFormat",
    "CortexInferenceService",
    "GuardrailsConfig",
    "StreamingTextContent",
    "Tool",
    "ToolChoice",
    "ToolToolSpec",
    "ToolToolSpecInputSchema",
]


class CortexInferenceService(Service):
    """Lets a language model continue a conversation."""

    @remote
    def complete(self, complete_request: CompleteRequest) -> Steps[SSEClient]:
        """Get the model's next message. It comes as events, piece by piece; with `stream=False`, as a single one."""
        return Streamed(rest.cortex_llm_inference_complete(named(CompleteRequest, complete_request)))

    complete_async = twin(complete)
