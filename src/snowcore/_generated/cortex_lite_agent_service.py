# Generated from specs/cortex-lite-agent.yaml by `make generate`. Do not edit.
"""Cortex Agents without an agent object. The request itself names the model, the tools and the instructions that the
agent works with. See https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-agents.
"""

from __future__ import annotations

from snowcore._methods import deprecate_name, remote, twin
from snowcore._services import Service
from snowcore._stream import Streamed
from snowcore.rest import SSEClient
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
    """Cortex Agents without an agent object."""

    @remote
    def run(self, agent_run_request: AgentRunRequest) -> Steps[SSEClient]:
        """Run an agent that the request describes.

        The answer streams as server-sent events, the last of which, `response`, holds all of it. With `stream` false
        that object comes alone, as JSON. A run may take up to 15 minutes. See
        https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-agents-run.

        The events are given as they arrive; an answer that comes whole is one.

        Args:
            agent_run_request: A message to an agent, and the description of the agent.
        """
        return Streamed(rest.agent_run(agent_run_request))

    run_async = twin(run)
    Run = deprecate_name("Run", run)
