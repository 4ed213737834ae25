# Generated from specs/cortex-lite-agent.yaml by `make generate`. Do not edit.
"""Cortex Agents without an agent object. The request itself names the model, the tools and the instructions that the
agent works with. See https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-agents.
"""

from snowcore._generated.cortex_lite_agent_service import (
    AgentInstructions,
    AgentModels,
    AgentOrchestration,
    AgentRunRequest,
    CortexAgentService,
    Message,
    Tool,
    ToolChoice,
    ToolToolSpec,
    ToolToolSpecInputSchema,
)

__all__ = [
    "AgentInstructions",
    "AgentModels",
    "AgentOrchestration",
    "AgentRunRequest",
    "CortexAgentService",
    "Message",
    "Tool",
    "ToolChoice",
    "ToolToolSpec",
    "ToolToolSpecInputSchema",
]
