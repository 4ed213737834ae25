# Generated from specs and from src/snowcore by `make generate`. Do not edit.
"""What is in `snowcore`, under the name that it has in Snowflake's SDK."""

from snowcore.service import (
    GrantOf,
    JobService,
    Service,
    ServiceCollection,
    ServiceContainer,
    ServiceEndpoint,
    ServiceInstance,
    ServiceResource,
    ServiceRole,
    ServiceRoleGrantTo,
    ServiceSpec,
    ServiceSpecification,
    ServiceSpecInlineText,
    ServiceSpecStageFile,
)

__all__ = [
    "GrantOf",
    "JobService",
    "Service",
    "ServiceCollection",
    "ServiceContainer",
    "ServiceEndpoint",
    "ServiceInstance",
    "ServiceResource",
    "ServiceRole",
    "ServiceRoleGrantTo",
    "ServiceSpec",
    "ServiceSpecInlineText",
    "ServiceSpecStageFile",
    "ServiceSpecification",
]
