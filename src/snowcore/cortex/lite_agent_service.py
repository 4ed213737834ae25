"""Cortex Agents that a request describes whole. See https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-agents."""

from __future__ import annotations

from snowflake_rest import cortex_lite_agent as rest
from snowflake_rest.cortex_lite_agent import (
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
from snowflake_rest.runtime import Steps

from .._methods import build_model, deprecate_name, remote, twin
from .._services import Service
from .._stream import Streamed
from ..rest import SSEClient

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


class CortexAgentService(Service):
    """Runs agents."""

    @remote
    def run(self, agent_run_request: AgentRunRequest) -> Steps[SSEClient]:
        """Run an agent. Its answer comes as events, piece by piece; with `stream=False`, as a single one."""
        return Streamed(rest.agent_run(build_model(AgentRunRequest, agent_run_request)))

    run_async = twin(run)
    Run = deprecate_name("Run", run)
