# Generated from specs and from src/snowcore by `make generate`. Do not edit.
"""What is in `snowcore`, under the name that it has in Snowflake's SDK."""

from snowcore.code_bundle import (
    AddVersionCodeBundleRequest,
    AddVersionCodeBundleRequestVersion,
    BundleSpec,
    CodeBundle,
    CodeBundleCollection,
    CodeBundleResource,
    CodeBundleSpecification,
    ExecuteCodeBundleRequest,
    StageMount,
    SuccessAcceptedResponse,
    SuccessResponse,
    VersionDetails,
)

__all__ = [
    "AddVersionCodeBundleRequest",
    "AddVersionCodeBundleRequestVersion",
    "BundleSpec",
    "CodeBundle",
    "CodeBundleCollection",
    "CodeBundleResource",
    "CodeBundleSpecification",
    "ExecuteCodeBundleRequest",
    "StageMount",
    "SuccessAcceptedResponse",
    "SuccessResponse",
    "VersionDetails",
]
