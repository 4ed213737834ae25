# Generated from specs and from src/snowcore by `make generate`. Do not edit.
"""What is in `snowcore`, under the name that it has in Snowflake's SDK."""

from snowcore.code_bundle_execution import (
    BundleSpec,
    CodeBundleExecution,
    CodeBundleExecutionCollection,
    CodeBundleExecutionResource,
    CodeBundleSpecification,
    ExecuteCodeBundleRequest,
    StageMount,
    SuccessAcceptedResponse,
    SuccessResponse,
)

__all__ = [
    "BundleSpec",
    "CodeBundleExecution",
    "CodeBundleExecutionCollection",
    "CodeBundleExecutionResource",
    "CodeBundleSpecification",
    "ExecuteCodeBundleRequest",
    "StageMount",
    "SuccessAcceptedResponse",
    "SuccessResponse",
]
