# Generated from specs/service.yaml by `make generate`. Do not edit.
"""Services run containers on a compute pool, for as long as they exist or, as job services, until the containers end.
See https://docs.snowflake.com/en/developer-guide/snowpark-container-services/working-with-services.
"""

from snowcore._generated.service import (
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
