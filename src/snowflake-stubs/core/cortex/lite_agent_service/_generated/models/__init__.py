# Generated from specs and from src/snowcore by `make generate`. Do not edit.
"""What is in `snowcore`, under the name that it has in Snowflake's SDK."""

from snowcore.cortex.lite_agent_service import (
    AgentInstructions,
    AgentModels,
    AgentOrchestration,
    AgentRunRequest,
    Message,
    Tool,
    ToolChoice,
    ToolToolSpec,
    ToolToolSpecInputSchema,
)
from snowflake_rest.common import (
    DownstreamLag,
    ErrorResponse,
    Parameter,
    PointOfTime,
    PointOfTimeOffset,
    PointOfTimeStatement,
    PointOfTimeTimestamp,
    SuccessAcceptedResponse,
    SuccessResponse,
    TagAssignment,
    TagReference,
    TargetLag,
    UserDefinedLag,
)
from snowflake_rest.cortex_lite_agent import (
    AgentOrchestrationBudget,
    CommonAgentRequest,
    McpConfig,
    McpServerSpec,
    McpServerWrapper,
    SampleQuestion,
    SkillChoice,
    SkillSource,
    SkillWrapper,
)

from ....._models import offer_modules

__all__ = [
    "AgentInstructions",
    "AgentModels",
    "AgentOrchestration",
    "AgentRunRequest",
    "Message",
    "Tool",
    "ToolChoice",
    "ToolToolSpec",
    "ToolToolSpecInputSchema",
    "AgentOrchestrationBudget",
    "CommonAgentRequest",
    "McpConfig",
    "McpServerSpec",
    "McpServerWrapper",
    "SampleQuestion",
    "SkillChoice",
    "SkillSource",
    "SkillWrapper",
    "DownstreamLag",
    "ErrorResponse",
    "Parameter",
    "PointOfTime",
    "PointOfTimeOffset",
    "PointOfTimeStatement",
    "PointOfTimeTimestamp",
    "SuccessAcceptedResponse",
    "SuccessResponse",
    "TagAssignment",
    "TagReference",
    "TargetLag",
    "UserDefinedLag",
]

offer_modules(__name__, globals())
