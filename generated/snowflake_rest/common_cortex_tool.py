# Generated from specs/common-cortex-tool.yaml by `make generate`. Do not edit.
# Subclasses narrow fields of their bases:
# pyright: reportIncompatibleVariableOverride=false
"""The messages, tools and settings that the documents of Cortex Agents share. See
https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-agents-run.
"""

from __future__ import annotations

from typing import Any, Literal

from .runtime import ANY, INTEGER, STRING, Array, Choice, Map, Model, Nested, field, model


@model
class ContentPart(Model):
    """A part of a message or of a tool's result. A result has only text and JSON parts."""

    type: str | None = field(STRING, default=None, init=False)
    """What kind of part it is."""


@model
class ToolResultsBody(Model):
    """The result of one call of a tool.

    Args:
        tool_use_id: The ID that the agent gave to the call.
        name: The tool's name.
        content: The result, in text and JSON parts.
        status: How the call ended, such as `success`.
        result: The result as a JSON object.
    """

    tool_use_id: str = field(STRING)
    """The ID that the agent gave to the call."""
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
    """What a tool gave back.

    Args:
        type: `tool_results`; some answers say `tool_result`. Default `tool_results`.
        tool_results: The result, and the call that it answers.
    """

    type: Literal["tool_results", "tool_result"] | str | None = field(
        Choice("tool_results", "tool_result"), default="tool_results"
    )
    """`tool_results`; some answers say `tool_result`. Default `tool_results`."""
    tool_results: ToolResultsBody = field(Nested(ToolResultsBody))
    """The result, and the call that it answers."""


@model
class TextContent(ContentPart):
    """A part that is text.

    Args:
        type: Always `text`. Default `text`.
        text: The text.
    """

    type: Literal["text"] | str | None = field(Choice("text"), default="text")
    """Always `text`. Default `text`."""
    text: str = field(STRING)
    """The text."""


@model
class StreamingTextContent(Model):
    """A piece of a streamed text.

    Args:
        type: Always `text`.
        content: The text, to append to the pieces before.
    """

    type: Literal["text"] | str | None = field(Choice("text"), default=None)
    """Always `text`."""
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
    """The agent's call of a tool.

    Args:
        type: Always `tool_use`. Default `tool_use`.
        tool_use: The call.
    """

    type: Literal["tool_use"] | str | None = field(Choice("tool_use"), default="tool_use")
    """Always `tool_use`. Default `tool_use`."""
    tool_use: ToolUseBody = field(Nested(ToolUseBody))
    """The call."""


@model
class RichText(ContentPart):
    """A part that is text with formatting."""

    type: str = field(STRING, default="rich_text", init=False)


@model
class Table(ContentPart):
    """A part that is a table of data."""

    type: str = field(STRING, default="table", init=False)


@model
class Chart(ContentPart):
    """A part that is a chart."""

    type: str = field(STRING, default="chart", init=False)


@model
class StreamingToolUse(Model):
    """A piece of a streamed call of a tool.

    Args:
        tool_use_id: The call's ID, to repeat with its result.
        name: The tool's name.
        input: A piece of the arguments' JSON text, to append to the pieces before.
    """

    tool_use_id: str | None = field(STRING, default=None)
    """The call's ID, to repeat with its result."""
    name: str | None = field(STRING, default=None)
    """The tool's name."""
    input: str | None = field(STRING, default=None)
    """A piece of the arguments' JSON text, to append to the pieces before."""


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
class ToolResource(Model):
    """The settings of a tool.

    Args:
        additional_properties: What the object has beside the other fields.
    """

    type: str | None = field(STRING, default=None, init=False)
    """What kind of tool the settings are for."""
    additional_properties: dict[str, Any] = field(Map(ANY), default={}, others=True)
    """What the object has beside the other fields."""


@model
class AnalystResource(ToolResource):
    """The settings of a tool that asks Cortex Analyst. They name one semantic model or view.

    Args:
        additional_properties: What the object has beside the other fields.
        semantic_model_file: The path of the model's YAML file on a stage, such as `@db.schema.stage/model.yaml`.
        semantic_view: The fully qualified name of a semantic view.
        inline_semantic_model: The model itself, in YAML.
    """

    type: str = field(STRING, default="analyst", init=False)
    semantic_model_file: str | None = field(STRING, default=None)
    """The path of the model's YAML file on a stage, such as `@db.schema.stage/model.yaml`."""
    semantic_view: str | None = field(STRING, default=None)
    """The fully qualified name of a semantic view."""
    inline_semantic_model: str | None = field(STRING, default=None)
    """The model itself, in YAML."""


@model
class SearchResource(ToolResource):
    """The settings of a tool that searches with a Cortex Search service.

    Args:
        additional_properties: What the object has beside the other fields.
        search_service: The fully qualified name of the service.
        name: The service's name, in an older form of the settings.
        max_results: At most this many results.
        title_column: The column that holds a document's title.
        id_column: The column that tells documents apart.
        filter: A condition on the service's attribute columns, such as `{"@eq": {"region": "EU"}}`.
        experimental: Options under development. They may change or vanish without notice.
    """

    type: str = field(STRING, default="search", init=False)
    search_service: str | None = field(STRING, default=None)
    """The fully qualified name of the service."""
    name: str | None = field(STRING, default=None)
    """The service's name, in an older form of the settings."""
    max_results: int | None = field(INTEGER, default=None)
    """At most this many results."""
    title_column: str | None = field(STRING, default=None)
    """The column that holds a document's title."""
    id_column: str | None = field(STRING, default=None)
    """The column that tells documents apart."""
    filter: dict[str, Any] | None = field(Map(ANY), default=None)
    """A condition on the service's attribute columns, such as `{"@eq": {"region": "EU"}}`."""
    experimental: dict[str, Any] | None = field(Map(ANY), default=None)
    """Options under development. They may change or vanish without notice."""


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
        type: How they are chosen. `auto`, the default, leaves it to the agent.
        name: The names of the skills to use.
    """

    type: str | None = field(STRING, default="auto")
    """How they are chosen. `auto`, the default, leaves it to the agent."""
    name: list[str] | None = field(Array(STRING), default=None)
    """The names of the skills to use."""


@model
class Message(Model):
    """A message of a conversation with an agent.

    Args:
        role: Who wrote it, `user` or `assistant`.
        content: The parts of the message.
    """

    role: str = field(STRING)
    """Who wrote it, `user` or `assistant`."""
    content: list[ContentPart] = field(Array(Nested(ContentPart)))
    """The parts of the message."""


@model
class AgentRunResponse(Model):
    """The answer of an agent.

    Args:
        messages: The messages that the agent wrote.
    """

    messages: list[Message] = field(Array(Nested(Message)))
    """The messages that the agent wrote."""


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


ToolResource.discriminate(
    "type",
    {
        "analyst": AnalystResource,
        "search": SearchResource,
    },
)
ContentPart.discriminate(
    "type",
    {
        "text": TextContent,
        "json": JSONContent,
        "tool_results": ToolResults,
        "tool_result": ToolResults,
        "tool_use": ToolUse,
        "rich_text": RichText,
        "table": Table,
        "chart": Chart,
    },
)
