# Generated from specs/cortex-inference.yaml by `make generate`. Do not edit.
"""The language models that Snowflake hosts, and completions by them. Requests need no warehouse and are paid for by
tokens. See https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-rest-api.
"""

from __future__ import annotations

from snowcore._methods import remote, twin
from snowcore._services import Service
from snowcore._stream import Streamed
from snowcore.rest import SSEClient
from snowflake_rest import cortex_inference as rest
from snowflake_rest.cortex_inference import (
    AnthropicOutput,
    AnthropicThinking,
    CacheControl,
    CompleteChoice,
    CompleteChoiceMessage,
    CompleteRequest,
    CompleteRequestAnthropic,
    CompleteRequestAnthropicThinking,
    CompleteRequestMessagesInner,
    CompleteRequestOpenai,
    CompleteRequestOpenaiReasoning,
    CompleteRequestResponseFormat,
    CompleteUsage,
    ContentPart,
    GetModelsRequest,
    GetModelsResponse,
    GuardrailsConfig,
    Image,
    ImageDetails,
    JSONContent,
    NonStreamingCompleteResponse,
    OpenAIOutput,
    OpenAIReasoning,
    StreamingAnthropicOutput,
    StreamingAnthropicThinking,
    StreamingCompleteChoice,
    StreamingCompleteResponseDataEvent,
    StreamingCompleteResponseDelta,
    StreamingOpenAIOutput,
    StreamingOpenAIReasoning,
    StreamingTextContent,
    StreamingToolUse,
    TextContent,
    Tool,
    ToolChoice,
    ToolResults,
    ToolResultsBody,
    ToolToolSpec,
    ToolToolSpecInputSchema,
    ToolUse,
    ToolUseBody,
)
from snowflake_rest.runtime import Steps

__all__ = [
    "AnthropicOutput",
    "AnthropicThinking",
    "CacheControl",
    "CompleteChoice",
    "CompleteChoiceMessage",
    "CompleteRequest",
    "CompleteRequestAnthropic",
    "CompleteRequestAnthropicThinking",
    "CompleteRequestMessagesInner",
    "CompleteRequestOpenai",
    "CompleteRequestOpenaiReasoning",
    "CompleteRequestResponseFormat",
    "CompleteUsage",
    "ContentPart",
    "CortexInferenceService",
    "GetModelsRequest",
    "GetModelsResponse",
    "GuardrailsConfig",
    "Image",
    "ImageDetails",
    "JSONContent",
    "NonStreamingCompleteResponse",
    "OpenAIOutput",
    "OpenAIReasoning",
    "StreamingAnthropicOutput",
    "StreamingAnthropicThinking",
    "StreamingCompleteChoice",
    "StreamingCompleteResponseDataEvent",
    "StreamingCompleteResponseDelta",
    "StreamingOpenAIOutput",
    "StreamingOpenAIReasoning",
    "StreamingTextContent",
    "StreamingToolUse",
    "TextContent",
    "Tool",
    "ToolChoice",
    "ToolResults",
    "ToolResultsBody",
    "ToolToolSpec",
    "ToolToolSpecInputSchema",
    "ToolUse",
    "ToolUseBody",
]


class CortexInferenceService(Service):
    """The language models that Snowflake hosts, and completions by them."""

    @remote
    def get_models(self, get_models_request: GetModelsRequest | None = None) -> Steps[GetModelsResponse]:
        """List the language models that the session can use.

        Args:
            get_models_request: The models to ask about.
        """
        return rest.get_models(get_models_request)

    get_models_async = twin(get_models)

    @remote
    def complete(self, complete_request: CompleteRequest | None = None) -> Steps[SSEClient]:
        """Let a language model continue a conversation.

        The answer streams as server-sent events, each of which holds a `StreamingCompleteResponseDataEvent`. With
        `stream` false it comes whole, as a `NonStreamingCompleteResponse`. See
        https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-rest-api.

        The events are given as they arrive; an answer that comes whole is one.

        Args:
            complete_request: A conversation for a language model to continue, and how to continue it.
        """
        return Streamed(rest.cortex_llm_inference_complete(complete_request))

    complete_async = twin(complete)
