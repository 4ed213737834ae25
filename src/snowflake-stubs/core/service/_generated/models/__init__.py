# Generated from specs and from src/snowcore by `make generate`. Do not edit.
"""What is in `snowcore`, under the name that it has in Snowflake's SDK."""

from snowcore.service import (
    GrantOf,
    JobService,
    Service,
    ServiceContainer,
    ServiceEndpoint,
    ServiceInstance,
    ServiceRole,
    ServiceRoleGrantTo,
    ServiceSpec,
    ServiceSpecInlineText,
    ServiceSpecStageFile,
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
from snowflake_rest.service import ServiceLogs, ServiceStatus

from ...._models import offer_modules

__all__ = [
    "GrantOf",
    "JobService",
    "Service",
    "ServiceContainer",
    "ServiceEndpoint",
    "ServiceInstance",
    "ServiceRole",
    "ServiceRoleGrantTo",
    "ServiceSpec",
    "ServiceSpecInlineText",
    "ServiceSpecStageFile",
    "ServiceLogs",
    "ServiceStatus",
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
