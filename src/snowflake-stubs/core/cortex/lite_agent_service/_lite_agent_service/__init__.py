# Generated from specs and from src/snowcore by `make generate`. Do not edit.
"""What is in `snowcore`, under the name that it has in Snowflake's SDK."""

from snowcore.cortex.lite_agent_service import (
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
