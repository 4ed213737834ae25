# Generated from specs/cortex-inference.yaml by `make generate`. Do not edit.
# Subclasses narrow fields of their bases:
# pyright: reportIncompatibleVariableOverride=false
"""The language models that Snowflake hosts, and completions by them. Requests need no warehouse and are paid for by
tokens. See https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-rest-api.
"""

from __future__ import annotations

from typing import Any, Literal

from .runtime import (
    ANY,
    BOOLEAN,
    EVENTS,
    INTEGER,
    STRING,
    Array,
    Choice,
    Integer,
    Map,
    Model,
    Nested,
    Number,
    Operation,
    body,
    field,
    model,
)


@model
class GetModelsRequest(Model):
    """The models to ask about.

    Args:
        models: Their names.
    """

    models: list[str] | None = field(Array(STRING), default=None)
    """Their names."""


@model
class GetModelsResponse(Model):
    """The models that can be used.

    Args:
        models: Their names, as a completion's `model` takes them.
    """

    models: list[str] | None = field(Array(STRING), default=None)
    """Their names, as a completion's `model` takes them."""


@model
class CompleteRequestAnthropicThinking(Model):
    """The limit of a Claude model's thinking.

    Args:
        budget_tokens: At most this many tokens for thinking.
    """

    budget_tokens: int = field(INTEGER)
    """At most this many tokens for thinking."""


@model
class CompleteRequestAnthropic(Model):
    """Settings for Claude models.

    Args:
        thinking: How long the model may think before it answers.
    """

    thinking: CompleteRequestAnthropicThinking | None = field(Nested(CompleteRequestAnthropicThinking), default=None)
    """How long the model may think before it answers."""


@model
class CompleteRequestOpenaiReasoning(Model):
    """How an OpenAI model reasons.

    Args:
        effort: How much to reason. More of it takes more time and tokens. One of `low`, `medium`, `high`.
    """

    effort: Literal["low", "medium", "high"] | str | None = field(Choice("low", "medium", "high"), default=None)
    """How much to reason. More of it takes more time and tokens. One of `low`, `medium`, `high`."""


@model
class CompleteRequestOpenai(Model):
    """Settings for OpenAI models.

    Args:
        reasoning: How the model reasons before it answers.
    """

    reasoning: CompleteRequestOpenaiReasoning | None = field(Nested(CompleteRequestOpenaiReasoning), default=None)
    """How the model reasons before it answers."""


@model
class ContentPart(Model):
    """A part of a message or of a tool's result. A result has only text and JSON parts."""

    type: str | None = field(STRING, default=None, init=False)
    """What kind of part it is."""


@model
class CompleteRequestMessagesInner(Model):
    """A message of a conversation with a language model.

    Args:
        role: Who speaks: `system`, `user` or `assistant`. Default `user`.
        content: The message, where it is nothing but text.
        content_list: The message in parts, such as text, images, the model's calls of tools and their results.
    """

    role: str | None = field(STRING, default="user")
    """Who speaks: `system`, `user` or `assistant`. Default `user`."""
    content: str | None = field(STRING, default=None)
    """The message, where it is nothing but text."""
    content_list: list[ContentPart] | None = field(Array(Nested(ContentPart)), default=None)
    """The message in parts, such as text, images, the model's calls of tools and their results."""


@model
class CompleteRequestResponseFormat(Model):
    """The structure that an answer must have.

    Args:
        type: Always `json`.
        schema: The JSON schema that the answer must follow.
    """

    type: Literal["json"] | str | None = field(Choice("json"), default=None)
    """Always `json`."""
    schema: dict[str, Any] | None = field(Map(ANY), default=None)
    """The JSON schema that the answer must follow."""


@model
class GuardrailsConfig(Model):
    """Cortex Guard, which looks for unsafe content in answers.

    Args:
        enabled: Whether to filter answers.
        response_when_unsafe: The text to answer with instead of an unsafe answer.
    """

    enabled: bool | None = field(BOOLEAN, default=None)
    """Whether to filter answers."""
    response_when_unsafe: str | None = field(STRING, default=None)
    """The text to answer with instead of an unsafe answer."""


@model
class ToolToolSpecInputSchema(Model):
    """The JSON schema of a tool's arguments. Further keywords of JSON Schema may be added.

    Args:
        type: The type of the arguments as a whole, usually `object`.
        properties: The arguments, as schemas by name.
        required: The names of the arguments that must be given.
        additional_properties: What the object has beside the other fields.
    """

    type: str | None = field(STRING, default=None)
    """The type of the arguments as a whole, usually `object`."""
    properties: dict[str, Any] | None = field(Map(ANY), default=None)
    """The arguments, as schemas by name."""
    required: list[str] | None = field(Array(STRING), default=None)
    """The names of the arguments that must be given."""
    additional_properties: dict[str, Any] = field(Map(ANY), default={}, others=True)
    """What the object has beside the other fields."""


@model
class ToolToolSpec(Model):
    """The description of a tool, as the model sees it.

    Args:
        type: The kind of tool. `generic` is one that the caller carries out.
        name: The tool's name, by which the model calls it.
        description: What the tool does. The model decides by it when to call the tool.
        input_schema: The JSON schema of the tool's arguments.
    """

    type: str = field(STRING)
    """The kind of tool. `generic` is one that the caller carries out."""
    name: str = field(STRING)
    """The tool's name, by which the model calls it."""
    description: str | None = field(STRING, default=None)
    """What the tool does. The model decides by it when to call the tool."""
    input_schema: ToolToolSpecInputSchema | None = field(Nested(ToolToolSpecInputSchema), default=None)
    """The JSON schema of the tool's arguments."""


@model
class CacheControl(Model):
    """A mark to cache the prompt up to here, so that later requests with the same beginning need not pay for it in
    full.

    Args:
        type: The kind of cache. `ephemeral` is kept for a short time.
    """

    type: Literal["ephemeral"] | str | None = field(Choice("ephemeral"), default=None)
    """The kind of cache. `ephemeral` is kept for a short time."""


@model
class Tool(Model):
    """A tool that the model may call.

    Args:
        tool_spec: What the tool does and which arguments it takes.
        cache_control: Set it to cache the prompt up to this tool.
    """

    tool_spec: ToolToolSpec = field(Nested(ToolToolSpec))
    """What the tool does and which arguments it takes."""
    cache_control: CacheControl | None = field(Nested(CacheControl), default=None)
    """Set it to cache the prompt up to this tool."""


@model
class ToolChoice(Model):
    """Which tools a model must use.

    Args:
        type: `auto` to leave it to the model, `required` for at least one tool, `tool` for those in `name`.
        name: The names of the tools to use, where `type` is `tool`.
    """

    type: str = field(STRING)
    """`auto` to leave it to the model, `required` for at least one tool, `tool` for those in `name`."""
    name: list[str] | None = field(Array(STRING), default=None)
    """The names of the tools to use, where `type` is `tool`."""


@model
class CompleteRequest(Model):
    """A conversation for a language model to continue, and how to continue it.

    Args:
        model: The model's name, such as `claude-sonnet-4-5`. Which models there are depends on the account's region.
        anthropic: Settings for Claude models only.
        openai: Settings for OpenAI models only.
        messages: The conversation so far, the oldest message first; at least one.
        temperature: How random the answer is. 0 keeps to the likeliest words; higher values give more varied
            answers. At least 0.0.
        top_p: Choose only among the likeliest tokens whose probabilities add up to this share. 1 rules none out. At
            least 0.0. At most 1.0. Default `1.0`.
        max_tokens: At most this many tokens in the answer, which is cut off there; 4,096 when left out. Default
            `4096`.
        max_output_tokens: Use `max_tokens` instead.
        response_format: The structure that the answer must have; free text when left out.
        guardrails: How to filter unsafe answers out.
        tools: The tools that the model may call.
        tool_choice: Which of the tools the model must use; its own choice when left out.
        provisioned_throughput_id: The ID of the provisioned throughput to use for the request.
        sf_ml_xp_inflight_prompt_action: Reserved for Snowflake.
        sf_ml_xp_inflight_prompt_client_id: Reserved for Snowflake.
        sf_ml_xp_inflight_prompt_public_key: Reserved for Snowflake.
        stream: Send the answer piece by piece as it is written; false to send it whole. Default `true`.
    """

    model: str = field(STRING)
    """The model's name, such as `claude-sonnet-4-5`. Which models there are depends on the account's region."""
    anthropic: CompleteRequestAnthropic | None = field(Nested(CompleteRequestAnthropic), default=None)
    """Settings for Claude models only."""
    openai: CompleteRequestOpenai | None = field(Nested(CompleteRequestOpenai), default=None)
    """Settings for OpenAI models only."""
    messages: list[CompleteRequestMessagesInner] = field(Array(Nested(CompleteRequestMessagesInner)))
    """The conversation so far, the oldest message first; at least one."""
    temperature: float | None = field(Number(minimum=0.0), default=None)
    """How random the answer is. 0 keeps to the likeliest words; higher values give more varied answers. At least 0.0.
    """
    top_p: float | None = field(Number(minimum=0.0, maximum=1.0), default=1.0)
    """Choose only among the likeliest tokens whose probabilities add up to this share. 1 rules none out. At least 0.0.
    At most 1.0. Default `1.0`.
    """
    max_tokens: int | None = field(Integer(minimum=0), default=4096)
    """At most this many tokens in the answer, which is cut off there; 4,096 when left out. Default `4096`."""
    max_output_tokens: int | None = field(INTEGER, default=None, deprecated="Use `max_tokens` instead.")
    """Use `max_tokens` instead."""
    response_format: CompleteRequestResponseFormat | None = field(Nested(CompleteRequestResponseFormat), default=None)
    """The structure that the answer must have; free text when left out."""
    guardrails: GuardrailsConfig | None = field(Nested(GuardrailsConfig), default=None)
    """How to filter unsafe answers out."""
    tools: list[Tool] | None = field(Array(Nested(Tool)), default=None)
    """The tools that the model may call."""
    tool_choice: ToolChoice | None = field(Nested(ToolChoice), default=None)
    """Which of the tools the model must use; its own choice when left out."""
    provisioned_throughput_id: str | None = field(STRING, default=None)
    """The ID of the provisioned throughput to use for the request."""
    sf_ml_xp_inflight_prompt_action: str | None = field(STRING, default=None, wire="sf-ml-xp-inflight-prompt-action")
    """Reserved for Snowflake."""
    sf_ml_xp_inflight_prompt_client_id: str | None = field(
        STRING, default=None, wire="sf-ml-xp-inflight-prompt-client-id"
    )
    """Reserved for Snowflake."""
    sf_ml_xp_inflight_prompt_public_key: str | None = field(
        STRING, default=None, wire="sf-ml-xp-inflight-prompt-public-key"
    )
    """Reserved for Snowflake."""
    stream: bool | None = field(BOOLEAN, default=True)
    """Send the answer piece by piece as it is written; false to send it whole. Default `true`."""


@model
class ImageDetails(Model):
    """The content of a picture.

    Args:
        type: How the content is encoded, always `base64`.
        content: The encoded bytes.
        content_type: The picture's media type. One of `image/jpeg`, `image/jpg`, `image/png`, `image/gif`,
            `image/webp`, `image/heic`, `image/heif`.
        detail: How closely the model looks at the picture. One of `auto`, `low`, `high`.
    """

    type: Literal["base64"] | str | None = field(Choice("base64"), default=None)
    """How the content is encoded, always `base64`."""
    content: str | None = field(STRING, default=None)
    """The encoded bytes."""
    content_type: (
        Literal["image/jpeg", "image/jpg", "image/png", "image/gif", "image/webp", "image/heic", "image/heif"]
        | str
        | None
    ) = field(
        Choice("image/jpeg", "image/jpg", "image/png", "image/gif", "image/webp", "image/heic", "image/heif"),
        default=None,
    )
    """The picture's media type. One of `image/jpeg`, `image/jpg`, `image/png`, `image/gif`, `image/webp`, `image/heic`,
    `image/heif`.
    """
    detail: Literal["auto", "low", "high"] | str | None = field(Choice("auto", "low", "high"), default=None)
    """How closely the model looks at the picture. One of `auto`, `low`, `high`."""


@model
class Image(ContentPart):
    """A picture in a message, for models that can see.

    Args:
        type: Always `image`. Default `image`.
        details: The picture itself.
        cache_control: Set it to cache the prompt up to this part.
    """

    type: Literal["image"] | str | None = field(Choice("image"), default="image")
    """Always `image`. Default `image`."""
    details: ImageDetails | None = field(Nested(ImageDetails), default=None)
    """The picture itself."""
    cache_control: CacheControl | None = field(Nested(CacheControl), default=None)
    """Set it to cache the prompt up to this part."""


@model
class TextContent(ContentPart):
    """A part that is text.

    Args:
        type: Always `text`. Default `text`.
        text: The text.
        cache_control: Set it to cache the prompt up to this part.
    """

    type: Literal["text"] | str | None = field(Choice("text"), default="text")
    """Always `text`. Default `text`."""
    text: str = field(STRING)
    """The text."""
    cache_control: CacheControl | None = field(Nested(CacheControl), default=None)
    """Set it to cache the prompt up to this part."""


@model
class StreamingCompleteResponseDelta(Model):
    """A piece of a streamed answer."""

    type: str | None = field(STRING, default=None, init=False)
    """What kind of piece it is."""


@model
class StreamingTextContent(StreamingCompleteResponseDelta):
    """A piece of the answer's text.

    Args:
        type: Always `text`. Default `text`.
        content: The text, to append to the pieces before.
    """

    type: Literal["text"] | str | None = field(Choice("text"), default="text")
    """Always `text`. Default `text`."""
    content: str | None = field(STRING, default=None)
    """The text, to append to the pieces before."""


@model
class JSONContent(ContentPart):
    """A part that is JSON.

    Args:
        type: Always `json`. Default `json`.
        json: The JSON object.
    """

    type: Literal["json"] | str | None = field(Choice("json"), default="json")
    """Always `json`. Default `json`."""
    json: dict[str, Any] = field(Map(ANY))
    """The JSON object."""


@model
class ToolResultsBody(Model):
    """The result of one call of a tool.

    Args:
        tool_use_id: The ID that the model gave to the call.
        name: The tool's name.
        content: The result, in text and JSON parts.
        status: How the call ended, such as `success`.
        result: The result as a JSON object.
    """

    tool_use_id: str = field(STRING)
    """The ID that the model gave to the call."""
    name: str = field(STRING)
    """The tool's name."""
    content: list[ContentPart] = field(Array(Nested(ContentPart)))
    """The result, in text and JSON parts."""
    status: str | None = field(STRING, default=None)
    """How the call ended, such as `success`."""
    result: dict[str, Any] | None = field(Map(ANY), default=None)
    """The result as a JSON object."""


@model
class ToolResults(ContentPart):
    """What a tool gave back, for the model to go on with.

    Args:
        type: `tool_results`; some answers say `tool_result`. Default `tool_results`.
        tool_results: The result, and the call that it answers.
        cache_control: Set it to cache the prompt up to this part.
    """

    type: Literal["tool_results", "tool_result"] | str | None = field(
        Choice("tool_results", "tool_result"), default="tool_results"
    )
    """`tool_results`; some answers say `tool_result`. Default `tool_results`."""
    tool_results: ToolResultsBody = field(Nested(ToolResultsBody))
    """The result, and the call that it answers."""
    cache_control: CacheControl | None = field(Nested(CacheControl), default=None)
    """Set it to cache the prompt up to this part."""


@model
class ToolUseBody(Model):
    """One call of a tool.

    Args:
        tool_use_id: The call's ID, to repeat with its result.
        name: The tool's name.
        input: The arguments, as the tool's `input_schema` describes them.
    """

    tool_use_id: str = field(STRING)
    """The call's ID, to repeat with its result."""
    name: str = field(STRING)
    """The tool's name."""
    input: dict[str, Any] = field(Map(ANY))
    """The arguments, as the tool's `input_schema` describes them."""


@model
class ToolUse(ContentPart):
    """The model's call of a tool, which the caller is to carry out.

    Args:
        type: Always `tool_use`. Default `tool_use`.
        tool_use: The call.
        cache_control: Set it to cache the prompt up to this part.
    """

    type: Literal["tool_use"] | str | None = field(Choice("tool_use"), default="tool_use")
    """Always `tool_use`. Default `tool_use`."""
    tool_use: ToolUseBody = field(Nested(ToolUseBody))
    """The call."""
    cache_control: CacheControl | None = field(Nested(CacheControl), default=None)
    """Set it to cache the prompt up to this part."""


@model
class StreamingToolUse(StreamingCompleteResponseDelta):
    """A piece of the model's call of a tool.

    Args:
        tool_use_id: The call's ID, to repeat with its result.
        name: The tool's name.
        input: A piece of the arguments' JSON text, to append to the pieces before.
    """

    type: str = field(STRING, default="tool_use", init=False)
    tool_use_id: str | None = field(STRING, default=None)
    """The call's ID, to repeat with its result."""
    name: str | None = field(STRING, default=None)
    """The tool's name."""
    input: str | None = field(STRING, default=None)
    """A piece of the arguments' JSON text, to append to the pieces before."""


@model
class OpenAIReasoning(Model):
    """An OpenAI model's reasoning.

    Args:
        summary: A summary of the reasoning.
        encrypted_content: The reasoning itself, which only the model can read. Send it back unchanged.
    """

    summary: str = field(STRING)
    """A summary of the reasoning."""
    encrypted_content: str = field(STRING)
    """The reasoning itself, which only the model can read. Send it back unchanged."""


@model
class OpenAIOutput(ContentPart):
    """What an OpenAI model has besides its answer, to send back with the next request.

    Args:
        reasoning: How the model reasoned.
    """

    type: str = field(STRING, default="openai", init=False)
    reasoning: OpenAIReasoning | None = field(Nested(OpenAIReasoning), default=None)
    """How the model reasoned."""


@model
class AnthropicThinking(Model):
    """A Claude model's thinking.

    Args:
        thinking: The thinking, as text.
        signature: The proof that the text is the model's own. Send it back unchanged.
    """

    thinking: str = field(STRING)
    """The thinking, as text."""
    signature: str = field(STRING)
    """The proof that the text is the model's own. Send it back unchanged."""


@model
class AnthropicOutput(ContentPart):
    """What a Claude model has besides its answer, to send back with the next request.

    Args:
        thinking: What the model thought.
    """

    type: str = field(STRING, default="anthropic", init=False)
    thinking: AnthropicThinking | None = field(Nested(AnthropicThinking), default=None)
    """What the model thought."""


@model
class StreamingOpenAIReasoning(Model):
    """A piece of an OpenAI model's reasoning.

    Args:
        summary: A piece of the summary.
        encrypted_content: The reasoning itself, which only the model can read.
    """

    summary: str | None = field(STRING, default=None)
    """A piece of the summary."""
    encrypted_content: str | None = field(STRING, default=None)
    """The reasoning itself, which only the model can read."""


@model
class StreamingOpenAIOutput(StreamingCompleteResponseDelta):
    """A piece of what an OpenAI model has besides its answer.

    Args:
        reasoning: A piece of the model's reasoning.
    """

    type: str = field(STRING, default="openai", init=False)
    reasoning: StreamingOpenAIReasoning | None = field(Nested(StreamingOpenAIReasoning), default=None)
    """A piece of the model's reasoning."""


@model
class StreamingAnthropicThinking(Model):
    """A piece of a Claude model's thinking.

    Args:
        thinking: The text, to append to the pieces before.
        signature: The proof that the text is the model's own.
    """

    thinking: str | None = field(STRING, default=None)
    """The text, to append to the pieces before."""
    signature: str | None = field(STRING, default=None)
    """The proof that the text is the model's own."""


@model
class StreamingAnthropicOutput(StreamingCompleteResponseDelta):
    """A piece of what a Claude model has besides its answer.

    Args:
        thinking: A piece of what the model thought.
    """

    type: str = field(STRING, default="anthropic", init=False)
    thinking: StreamingAnthropicThinking | None = field(Nested(StreamingAnthropicThinking), default=None)
    """A piece of what the model thought."""


@model
class CompleteChoiceMessage(Model):
    """What the model says in an answer.

    Args:
        content: The answer's text.
        content_list: The answer in parts, such as text and calls of tools.
    """

    content: str | None = field(STRING, default=None)
    """The answer's text."""
    content_list: list[ContentPart] | None = field(Array(Nested(ContentPart)), default=None)
    """The answer in parts, such as text and calls of tools."""


@model
class CompleteChoice(Model):
    """One answer of the model.

    Args:
        message: What the model says.
    """

    message: CompleteChoiceMessage | None = field(Nested(CompleteChoiceMessage), default=None)
    """What the model says."""


@model
class CompleteUsage(Model):
    """How many tokens a request took, by what they were for.

    Args:
        prompt_tokens: Tokens of the prompt.
        completion_tokens: Tokens of the answer.
        guard_tokens: Tokens that Cortex Guard took.
        total_tokens: All tokens together.
        cache_read_input_tokens: Tokens of the prompt that came from the cache. At least 0.
        cache_write_input_tokens: Tokens of the prompt that were put into the cache. At least 0.
    """

    prompt_tokens: int | None = field(INTEGER, default=None)
    """Tokens of the prompt."""
    completion_tokens: int | None = field(INTEGER, default=None)
    """Tokens of the answer."""
    guard_tokens: int | None = field(INTEGER, default=None)
    """Tokens that Cortex Guard took."""
    total_tokens: int | None = field(INTEGER, default=None)
    """All tokens together."""
    cache_read_input_tokens: int | None = field(Integer(minimum=0), default=None)
    """Tokens of the prompt that came from the cache. At least 0."""
    cache_write_input_tokens: int | None = field(Integer(minimum=0), default=None)
    """Tokens of the prompt that were put into the cache. At least 0."""


@model
class NonStreamingCompleteResponse(Model):
    """A whole answer, as it comes with `stream` false.

    Args:
        choices: The answers of the model.
        finish_reason: Why the model stopped. It was done (`stop`), wants tools to be called (`tool_calls`), reached
            `max_tokens` (`length`) or was filtered (`content_filter`).
        usage: How many tokens the request took.
    """

    choices: list[CompleteChoice] | None = field(Array(Nested(CompleteChoice)), default=None)
    """The answers of the model."""
    finish_reason: Literal["stop", "content_filter", "tool_calls", "length"] | str | None = field(
        Choice("stop", "content_filter", "tool_calls", "length"), default=None
    )
    """Why the model stopped. It was done (`stop`), wants tools to be called (`tool_calls`), reached `max_tokens`
    (`length`) or was filtered (`content_filter`).
    """
    usage: CompleteUsage | None = field(Nested(CompleteUsage), default=None)
    """How many tokens the request took."""


@model
class StreamingCompleteChoice(Model):
    """What an event adds to one answer.

    Args:
        delta: The piece to add.
    """

    delta: StreamingCompleteResponseDelta | None = field(Nested(StreamingCompleteResponseDelta), default=None)
    """The piece to add."""


@model
class StreamingCompleteResponseDataEvent(Model):
    """One event of a streamed answer.

    Args:
        choices: What the event adds to the answers.
    """

    choices: list[StreamingCompleteChoice] | None = field(Array(Nested(StreamingCompleteChoice)), default=None)
    """What the event adds to the answers."""


ContentPart.discriminate(
    "type",
    {
        "text": TextContent,
        "json": JSONContent,
        "tool_results": ToolResults,
        "tool_result": ToolResults,
        "tool_use": ToolUse,
        "image": Image,
        "anthropic": AnthropicOutput,
        "openai": OpenAIOutput,
    },
)
StreamingCompleteResponseDelta.discriminate(
    "type",
    {
        "text": StreamingTextContent,
        "tool_use": StreamingToolUse,
        "anthropic": StreamingAnthropicOutput,
        "openai": StreamingOpenAIOutput,
    },
)

_GET_MODELS_REQUEST = Nested(GetModelsRequest)
_GET_MODELS_RESPONSE = Nested(GetModelsResponse)
_COMPLETE_REQUEST = Nested(CompleteRequest)


def get_models(get_models_request: GetModelsRequest | None = None) -> Operation[GetModelsResponse]:
    """List the language models that the session can use.

    Args:
        get_models_request: The models to ask about.
    """
    return Operation(
        id="getModels",
        method="GET",
        path="/api/v2/cortex/models",
        body=body("get_models_request", _GET_MODELS_REQUEST, get_models_request),
        answer=_GET_MODELS_RESPONSE,
    )


def cortex_llm_inference_complete(complete_request: CompleteRequest | None = None) -> Operation[Any]:
    """Let a language model continue a conversation.

    The answer streams as server-sent events, each of which holds a `StreamingCompleteResponseDataEvent`. With
    `stream` false it comes whole, as a `NonStreamingCompleteResponse`. See
    https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-rest-api.

    Args:
        complete_request: A conversation for a language model to continue, and how to continue it.
    """
    return Operation(
        id="cortexLLMInferenceComplete",
        method="POST",
        path="/api/v2/cortex/inference:complete",
        body=body("complete_request", _COMPLETE_REQUEST, complete_request),
        answer=EVENTS,
        accept="text/event-stream",
    )
