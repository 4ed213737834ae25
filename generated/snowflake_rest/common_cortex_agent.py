# Generated from specs/common-cortex-agent.yaml by `make generate`. Do not edit.
"""The requests to Cortex Agents and what their answers say of usage, as several documents share them. See
https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-agents-run.
"""

from __future__ import annotations

from typing import Any, Literal

from .common_cortex_tool import (
    AgentInstructions,
    AgentModels,
    AgentOrchestration,
    McpServerWrapper,
    Message,
    SkillChoice,
    SkillWrapper,
    Tool,
    ToolChoice,
    ToolResource,
)
from .runtime import ANY, BOOLEAN, INTEGER, NUMBER, STRING, Array, Choice, Map, Model, Nested, field, model


@model
class CommonAgentRequest(Model):
    """A message to an agent, without the description of the agent.

    Args:
        thread_id: The thread that the messages belong to. It needs `parent_message_id` as well.
        parent_message_id: The message of the thread that this one follows, 0 at the start of the thread.
        messages: The conversation so far, the oldest message first; in a thread, only the new message.
        tool_choice: Which of its tools the agent must use; its own choice when left out.
        skill_choice: Which of its skills the agent uses; its own choice when left out.
        experimental: Options under development. They may change or vanish without notice.
        variables: The run's variables, as values by name.
        query_tags: Tags for the queries of the run.
        tool_bindings: Bindings of the agent's tools for this run.
        origin_application: The application that the request comes from; `external` when left out. One of
            `inline_copilot`, `data_science_agent`, `microsoft_teams`, `coding_agent`, `external`,
            `snowflake_intelligence`, `mcp`, `agent_admin_ui`, `cortex_code_snowsight`, `autosuggest`,
            `cortex_code_desktop`. Default `external`.
        internal_metadata: Information for Snowflake's own use.
        client_metadata: Information that the caller attaches to the request.
        stream: Send the answer piece by piece as it is written; false to send it whole. Default `true`.
        background: Whether the agent runs in the background. Default `false`.
    """

    thread_id: int | None = field(INTEGER, default=None)
    """The thread that the messages belong to. It needs `parent_message_id` as well."""
    parent_message_id: int | None = field(INTEGER, default=None)
    """The message of the thread that this one follows, 0 at the start of the thread."""
    messages: list[Message] = field(Array(Nested(Message)))
    """The conversation so far, the oldest message first; in a thread, only the new message."""
    tool_choice: ToolChoice | None = field(Nested(ToolChoice), default=None)
    """Which of its tools the agent must use; its own choice when left out."""
    skill_choice: SkillChoice | None = field(Nested(SkillChoice), default=None)
    """Which of its skills the agent uses; its own choice when left out."""
    experimental: dict[str, Any] | None = field(Map(ANY), default=None)
    """Options under development. They may change or vanish without notice."""
    variables: dict[str, Any] | None = field(Map(ANY), default=None)
    """The run's variables, as values by name."""
    query_tags: list[Any] | None = field(Array(ANY), default=None)
    """Tags for the queries of the run."""
    tool_bindings: dict[str, Any] | None = field(Map(ANY), default=None)
    """Bindings of the agent's tools for this run."""
    origin_application: (
        Literal[
            "inline_copilot",
            "data_science_agent",
            "microsoft_teams",
            "coding_agent",
            "external",
            "snowflake_intelligence",
            "mcp",
            "agent_admin_ui",
            "cortex_code_snowsight",
            "autosuggest",
            "cortex_code_desktop",
        ]
        | str
        | None
    ) = field(
        Choice(
            "inline_copilot",
            "data_science_agent",
            "microsoft_teams",
            "coding_agent",
            "external",
            "snowflake_intelligence",
            "mcp",
            "agent_admin_ui",
            "cortex_code_snowsight",
            "autosuggest",
            "cortex_code_desktop",
        ),
        default="external",
    )
    """The application that the request comes from; `external` when left out. One of `inline_copilot`,
    `data_science_agent`, `microsoft_teams`, `coding_agent`, `external`, `snowflake_intelligence`, `mcp`,
    `agent_admin_ui`, `cortex_code_snowsight`, `autosuggest`, `cortex_code_desktop`. Default `external`.
    """
    internal_metadata: dict[str, Any] | None = field(Map(ANY), default=None)
    """Information for Snowflake's own use."""
    client_metadata: dict[str, Any] | None = field(Map(ANY), default=None)
    """Information that the caller attaches to the request."""
    stream: bool | None = field(BOOLEAN, default=True)
    """Send the answer piece by piece as it is written; false to send it whole. Default `true`."""
    background: bool | None = field(BOOLEAN, default=False)
    """Whether the agent runs in the background. Default `false`."""


@model
class AgentRunRequest(CommonAgentRequest):
    """A message to an agent, and the description of the agent.

    Args:
        thread_id: The thread that the messages belong to. It needs `parent_message_id` as well.
        parent_message_id: The message of the thread that this one follows, 0 at the start of the thread.
        messages: The conversation so far, the oldest message first; in a thread, only the new message.
        tool_choice: Which of its tools the agent must use; its own choice when left out.
        skill_choice: Which of its skills the agent uses; its own choice when left out.
        experimental: Options under development. They may change or vanish without notice.
        variables: The run's variables, as values by name.
        query_tags: Tags for the queries of the run.
        tool_bindings: Bindings of the agent's tools for this run.
        origin_application: The application that the request comes from; `external` when left out. One of
            `inline_copilot`, `data_science_agent`, `microsoft_teams`, `coding_agent`, `external`,
            `snowflake_intelligence`, `mcp`, `agent_admin_ui`, `cortex_code_snowsight`, `autosuggest`,
            `cortex_code_desktop`. Default `external`.
        internal_metadata: Information for Snowflake's own use.
        client_metadata: Information that the caller attaches to the request.
        stream: Send the answer piece by piece as it is written; false to send it whole. Default `true`.
        background: Whether the agent runs in the background. Default `false`.
        models: The models that the agent uses.
        orchestration: How the run is controlled.
        instructions: How the agent should behave.
        model: The model, in the form that requests had before September 2025. New code gives `models`.
        response_instruction: How to word answers, in the form that requests had before September 2025. New code
            gives `instructions`.
        tools: The tools that the agent may use.
        tool_resources: The settings of the tools, by the tools' names.
        mcp_servers: The MCP servers whose tools the agent may use.
        skills: The skills that the agent has. See
            https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-agents-skills.
    """

    models: AgentModels | None = field(Nested(AgentModels), default=None)
    """The models that the agent uses."""
    orchestration: AgentOrchestration | None = field(Nested(AgentOrchestration), default=None)
    """How the run is controlled."""
    instructions: AgentInstructions | None = field(Nested(AgentInstructions), default=None)
    """How the agent should behave."""
    model: str | None = field(STRING, default=None)
    """The model, in the form that requests had before September 2025. New code gives `models`."""
    response_instruction: str | None = field(STRING, default=None)
    """How to word answers, in the form that requests had before September 2025. New code gives `instructions`."""
    tools: list[Tool] | None = field(Array(Nested(Tool)), default=None)
    """The tools that the agent may use."""
    tool_resources: dict[str, ToolResource] | None = field(Map(Nested(ToolResource)), default=None)
    """The settings of the tools, by the tools' names."""
    mcp_servers: list[McpServerWrapper] | None = field(Array(Nested(McpServerWrapper)), default=None)
    """The MCP servers whose tools the agent may use."""
    skills: list[SkillWrapper] | None = field(Array(Nested(SkillWrapper)), default=None)
    """The skills that the agent has. See
    https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-agents-skills.
    """


@model
class DataAgentRunRequestExecutionTrace(Model):
    """Whether and how to trace a run.

    Args:
        enabled: Whether to trace the run.
        additional_properties: What the object has beside the other fields.
    """

    enabled: bool = field(BOOLEAN)
    """Whether to trace the run."""
    additional_properties: dict[str, Any] = field(Map(ANY), default={}, others=True)
    """What the object has beside the other fields."""


@model
class DataAgentRunRequest(CommonAgentRequest):
    """A message to an agent object, which holds the agent's description.

    Args:
        thread_id: The thread that the messages belong to. It needs `parent_message_id` as well.
        parent_message_id: The message of the thread that this one follows, 0 at the start of the thread.
        messages: The conversation so far, the oldest message first; in a thread, only the new message.
        tool_choice: Which of its tools the agent must use; its own choice when left out.
        skill_choice: Which of its skills the agent uses; its own choice when left out.
        experimental: Options under development. They may change or vanish without notice.
        variables: The run's variables, as values by name.
        query_tags: Tags for the queries of the run.
        tool_bindings: Bindings of the agent's tools for this run.
        origin_application: The application that the request comes from; `external` when left out. One of
            `inline_copilot`, `data_science_agent`, `microsoft_teams`, `coding_agent`, `external`,
            `snowflake_intelligence`, `mcp`, `agent_admin_ui`, `cortex_code_snowsight`, `autosuggest`,
            `cortex_code_desktop`. Default `external`.
        internal_metadata: Information for Snowflake's own use.
        client_metadata: Information that the caller attaches to the request.
        stream: Send the answer piece by piece as it is written; false to send it whole. Default `true`.
        background: Whether the agent runs in the background. Default `false`.
        execution_trace: Whether and how to trace the run.
    """

    execution_trace: DataAgentRunRequestExecutionTrace | None = field(
        Nested(DataAgentRunRequestExecutionTrace), default=None
    )
    """Whether and how to trace the run."""


@model
class InputTokens(Model):
    """Tokens that went into a model, by their way through its cache.

    Args:
        total: All of them, cached ones included.
        cache_read: Those that were read from the cache.
        cache_write: Those that were written to the cache.
        uncached: Those that have nothing to do with the cache.
        additional_properties: What the object has beside the other fields.
    """

    total: int = field(INTEGER)
    """All of them, cached ones included."""
    cache_read: int = field(INTEGER)
    """Those that were read from the cache."""
    cache_write: int = field(INTEGER)
    """Those that were written to the cache."""
    uncached: int = field(INTEGER)
    """Those that have nothing to do with the cache."""
    additional_properties: dict[str, Any] = field(Map(ANY), default={}, others=True)
    """What the object has beside the other fields."""


@model
class OutputTokens(Model):
    """Tokens that came out of a model.

    Args:
        total: All of them.
        additional_properties: What the object has beside the other fields.
    """

    total: int = field(INTEGER)
    """All of them."""
    additional_properties: dict[str, Any] = field(Map(ANY), default={}, others=True)
    """What the object has beside the other fields."""


@model
class TokensConsumed(Model):
    """The tokens that an answer took of one model.

    Args:
        model_name: The model's name.
        input_tokens: Tokens that went into the model.
        output_tokens: Tokens that came out of the model.
        context_window: The most tokens that the model can take in at once.
        additional_properties: What the object has beside the other fields.
    """

    model_name: str = field(STRING)
    """The model's name."""
    input_tokens: InputTokens = field(Nested(InputTokens))
    """Tokens that went into the model."""
    output_tokens: OutputTokens = field(Nested(OutputTokens))
    """Tokens that came out of the model."""
    context_window: int = field(INTEGER)
    """The most tokens that the model can take in at once."""
    additional_properties: dict[str, Any] = field(Map(ANY), default={}, others=True)
    """What the object has beside the other fields."""


@model
class UsageLimit(Model):
    """A limit of usage.

    Args:
        name: The limit's name.
        limit: The most that may be used.
        usage: What has been used of it.
        additional_properties: What the object has beside the other fields.
    """

    name: str = field(STRING)
    """The limit's name."""
    limit: float = field(NUMBER)
    """The most that may be used."""
    usage: float = field(NUMBER)
    """What has been used of it."""
    additional_properties: dict[str, Any] = field(Map(ANY), default={}, others=True)
    """What the object has beside the other fields."""


@model
class UsageMetadata(Model):
    """What an answer used up.

    Args:
        tokens_consumed: The tokens that it took, by model.
        limits: The limits that apply, with how much of each is used.
        additional_properties: What the object has beside the other fields.
    """

    tokens_consumed: list[TokensConsumed] | None = field(Array(Nested(TokensConsumed)), default=None)
    """The tokens that it took, by model."""
    limits: list[UsageLimit] | None = field(Array(Nested(UsageLimit)), default=None)
    """The limits that apply, with how much of each is used."""
    additional_properties: dict[str, Any] = field(Map(ANY), default={}, others=True)
    """What the object has beside the other fields."""


@model
class ResponseMetadata(Model):
    """What there is to know about an answer besides its content.

    Args:
        usage: How many tokens the answer took.
        run_id: The ID of the run.
        thread_id: The thread that the answer belongs to.
        user_message_id: The ID of the user's message in the thread.
        assistant_message_id: The ID of the answer in the thread, which a further message follows as
            `parent_message_id`.
        additional_properties: What the object has beside the other fields.
    """

    usage: UsageMetadata | None = field(Nested(UsageMetadata), default=None)
    """How many tokens the answer took."""
    run_id: str | None = field(STRING, default=None)
    """The ID of the run."""
    thread_id: int | None = field(INTEGER, default=None)
    """The thread that the answer belongs to."""
    user_message_id: int | None = field(INTEGER, default=None)
    """The ID of the user's message in the thread."""
    assistant_message_id: int | None = field(INTEGER, default=None)
    """The ID of the answer in the thread, which a further message follows as `parent_message_id`."""
    additional_properties: dict[str, Any] = field(Map(ANY), default={}, others=True)
    """What the object has beside the other fields."""
