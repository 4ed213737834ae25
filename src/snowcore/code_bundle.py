# Generated from specs/code-bundle.yaml by `make generate`. Do not edit.
"""A code bundle is a project of source files (scripts, notebooks, Spark applications) that is stored in a schema, in
versions, and runs on Snowflake's compute. See
https://docs.snowflake.com/en/developer-guide/code-bundles/code-bundles.
"""

from snowcore._generated.code_bundle import (
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
