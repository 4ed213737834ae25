# Generated from specs/cortex-lite-agent.yaml by `make generate`. Do not edit.
"""Cortex Agents without an agent object. The request itself names the model, the tools and the instructions that the
agent works with. See https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-agents.
"""

from __future__ import annotations

from typing import Any, Literal

from .runtime import ANY, BOOLEAN, INTEGER, STRING, Array, Choice, Map, Model, Nested, Operation, body, field, model


@model
class SampleQuestion(Model):
    """A question that an agent can answer.

    Args:
        question: The question.
        answer: The answer to it.
    """

    question: str | None = field(STRING, default=None)
    """The question."""
    answer: str | None = field(STRING, default=None)
    """The answer to it."""


@model
class AgentInstructions(Model):
    """How an agent should behave, in plain language.

    Args:
        response: How to word answers.
        orchestration: How to plan, such as which tool to use for which question.
        system: What the agent is and what it is for.
        sample_questions: Questions that the agent can answer.
    """

    response: str | None = field(STRING, default=None)
    """How to word answers."""
    orchestration: str | None = field(STRING, default=None)
    """How to plan, such as which tool to use for which question."""
    system: str | None = field(STRING, default=None)
    """What the agent is and what it is for."""
    sample_questions: list[SampleQuestion] | None = field(Array(Nested(SampleQuestion)), default=None)
    """Questions that the agent can answer."""


@model
class AgentModels(Model):
    """The models that an agent uses.

    Args:
        orchestration: The model that plans the run, such as `claude-4-sonnet`; chosen by Snowflake when left out.
    """

    orchestration: str | None = field(STRING, default=None)
    """The model that plans the run, such as `claude-4-sonnet`; chosen by Snowflake when left out."""


@model
class AgentOrchestrationBudget(Model):
    """The limits of a run, which ends at the one that is reached first.

    Args:
        seconds: At most this many seconds.
        tokens: At most this many tokens.
    """

    seconds: int | None = field(INTEGER, default=None)
    """At most this many seconds."""
    tokens: int | None = field(INTEGER, default=None)
    """At most this many tokens."""


@model
class AgentOrchestration(Model):
    """How an agent's run is controlled.

    Args:
        budget: What the run may use up.
    """

    budget: AgentOrchestrationBudget | None = field(Nested(AgentOrchestrationBudget), default=None)
    """What the run may use up."""


@model
class Message(Model):
    """A message of a conversation with an agent.

    Args:
        role: Who wrote it, `user` or `assistant`.
        content: Its parts, each an object with a `type`, such as `{"type": "text", "text": "…"}`.
    """

    role: str = field(STRING)
    """Who wrote it, `user` or `assistant`."""
    content: list[Any] = field(Array(ANY))
    """Its parts, each an object with a `type`, such as `{"type": "text", "text": "…"}`."""


@model
class ToolChoice(Model):
    """Which tools an agent must use.

    Args:
        type: `auto` to leave it to the agent, `required` for at least one tool, `tool` for those in `name`.
        name: The names of the tools to use, where `type` is `tool`.
    """

    type: str = field(STRING)
    """`auto` to leave it to the agent, `required` for at least one tool, `tool` for those in `name`."""
    name: list[str] | None = field(Array(STRING), default=None)
    """The names of the tools to use, where `type` is `tool`."""


@model
class SkillChoice(Model):
    """Which skills an agent uses.

    Args:
        type: How they are chosen. `auto` leaves it to the agent.
        name: The names of the skills to use.
    """

    type: str = field(STRING)
    """How they are chosen. `auto` leaves it to the agent."""
    name: list[str] | None = field(Array(STRING), default=None)
    """The names of the skills to use."""


@model
class ToolToolSpecInputSchema(Model):
    """The JSON schema of a tool's arguments.

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
    """The description of a tool, as the agent sees it.

    Args:
        type: The kind of tool, such as `cortex_analyst_text_to_sql`, `cortex_search` or `generic`.
        name: The tool's name, by which `tool_resources` and `tool_choice` refer to it.
        description: What the tool does. The agent decides by it when to use the tool.
        input_schema: The JSON schema of the tool's arguments; needed for a `generic` tool.
    """

    type: str = field(STRING)
    """The kind of tool, such as `cortex_analyst_text_to_sql`, `cortex_search` or `generic`."""
    name: str = field(STRING)
    """The tool's name, by which `tool_resources` and `tool_choice` refer to it."""
    description: str | None = field(STRING, default=None)
    """What the tool does. The agent decides by it when to use the tool."""
    input_schema: ToolToolSpecInputSchema | None = field(Nested(ToolToolSpecInputSchema), default=None)
    """The JSON schema of the tool's arguments; needed for a `generic` tool."""


@model
class Tool(Model):
    """A tool that the agent may use.

    Args:
        tool_spec: What the tool does and which arguments it takes.
    """

    tool_spec: ToolToolSpec = field(Nested(ToolToolSpec))
    """What the tool does and which arguments it takes."""


@model
class McpServerSpec(Model):
    """An MCP server, named.

    Args:
        name: The server's name.
    """

    name: str | None = field(STRING, default=None)
    """The server's name."""


@model
class McpServerWrapper(Model):
    """An MCP server for an agent.

    Args:
        server_spec: Which server it is.
    """

    server_spec: McpServerSpec | None = field(Nested(McpServerSpec), default=None)
    """Which server it is."""


@model
class McpConfig(Model):
    """How the MCP servers of a run are selected.

    Args:
        selection: `specified` for those that the request names, `all` for every one that the role may use. Default
            `specified`.
        types: The kinds of servers to select.
    """

    selection: Literal["all", "specified"] | str | None = field(Choice("all", "specified"), default="specified")
    """`specified` for those that the request names, `all` for every one that the role may use. Default `specified`."""
    types: list[Literal["internal", "external", "custom"] | str] | None = field(
        Array(Choice("internal", "external", "custom")), default=None
    )
    """The kinds of servers to select."""


@model
class SkillSource(Model):
    """Where a skill comes from.

    Args:
        type: The kind of place where the skill is stored.
        path: Where in it the skill's folder is.
    """

    type: str = field(STRING)
    """The kind of place where the skill is stored."""
    path: str | None = field(STRING, default=None)
    """Where in it the skill's folder is."""


@model
class SkillWrapper(Model):
    """A skill of an agent, a folder of instructions and scripts.

    Args:
        name: The skill's name.
        source: Where the skill comes from.
    """

    name: str = field(STRING)
    """The skill's name."""
    source: SkillSource = field(Nested(SkillSource))
    """Where the skill comes from."""


@model
class AgentRunRequest(Model):
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
            `cortex_code_desktop`, `sql_function`. Default `external`.
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
        mcp_config: How the MCP servers are selected.
        skills: The skills that the agent has. See
            https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-agents-skills.
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
    query_tags: list[dict[str, Any]] | None = field(Array(Map(ANY)), default=None)
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
            "sql_function",
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
            "sql_function",
        ),
        default="external",
    )
    """The application that the request comes from; `external` when left out. One of `inline_copilot`,
    `data_science_agent`, `microsoft_teams`, `coding_agent`, `external`, `snowflake_intelligence`, `mcp`,
    `agent_admin_ui`, `cortex_code_snowsight`, `autosuggest`, `cortex_code_desktop`, `sql_function`. Default
    `external`.
    """
    internal_metadata: dict[str, Any] | None = field(Map(ANY), default=None)
    """Information for Snowflake's own use."""
    client_metadata: dict[str, Any] | None = field(Map(ANY), default=None)
    """Information that the caller attaches to the request."""
    stream: bool | None = field(BOOLEAN, default=True)
    """Send the answer piece by piece as it is written; false to send it whole. Default `true`."""
    background: bool | None = field(BOOLEAN, default=False)
    """Whether the agent runs in the background. Default `false`."""
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
    tool_resources: dict[str, dict[str, Any]] | None = field(Map(Map(ANY)), default=None)
    """The settings of the tools, by the tools' names."""
    mcp_servers: list[McpServerWrapper] | None = field(Array(Nested(McpServerWrapper)), default=None)
    """The MCP servers whose tools the agent may use."""
    mcp_config: McpConfig | None = field(Nested(McpConfig), default=None)
    """How the MCP servers are selected."""
    skills: list[SkillWrapper] | None = field(Array(Nested(SkillWrapper)), default=None)
    """The skills that the agent has. See
    https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-agents-skills.
    """


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
            `cortex_code_desktop`, `sql_function`. Default `external`.
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
            "sql_function",
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
            "sql_function",
        ),
        default="external",
    )
    """The application that the request comes from; `external` when left out. One of `inline_copilot`,
    `data_science_agent`, `microsoft_teams`, `coding_agent`, `external`, `snowflake_intelligence`, `mcp`,
    `agent_admin_ui`, `cortex_code_snowsight`, `autosuggest`, `cortex_code_desktop`, `sql_function`. Default
    `external`.
    """
    internal_metadata: dict[str, Any] | None = field(Map(ANY), default=None)
    """Information for Snowflake's own use."""
    client_metadata: dict[str, Any] | None = field(Map(ANY), default=None)
    """Information that the caller attaches to the request."""
    stream: bool | None = field(BOOLEAN, default=True)
    """Send the answer piece by piece as it is written; false to send it whole. Default `true`."""
    background: bool | None = field(BOOLEAN, default=False)
    """Whether the agent runs in the background. Default `false`."""


_AGENT_RUN_REQUEST = Nested(AgentRunRequest)
_ANY_MAP = Map(ANY)


def agent_run(agent_run_request: AgentRunRequest) -> Operation[dict[str, Any]]:
    """Run an agent that the request describes.

    The answer streams as server-sent events, the last of which, `response`, holds all of it. With `stream` false
    that object comes alone, as JSON. A run may take up to 15 minutes. See
    https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-agents-run.

    Args:
        agent_run_request: A message to an agent, and the description of the agent.
    """
    return Operation(
        id="agentRun",
        method="POST",
        path="/api/v2/cortex/agent:run",
        body=body("agent_run_request", _AGENT_RUN_REQUEST, agent_run_request, required=True),
        answer=_ANY_MAP,
    )
