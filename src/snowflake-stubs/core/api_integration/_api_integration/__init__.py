# Generated from specs and from src/snowcore by `make generate`. Do not edit.
"""What is in `snowcore`, under the name that it has in Snowflake's SDK."""

from snowcore.api_integration import (
    ApiHook,
    ApiIntegration,
    ApiIntegrationCollection,
    ApiIntegrationResource,
    AwsHook,
    AzureHook,
    GitHook,
    GoogleCloudHook,
)

__all__ = [
    "ApiHook",
    "ApiIntegration",
    "ApiIntegrationCollection",
    "ApiIntegrationResource",
    "AwsHook",
    "AzureHook",
    "GitHook",
    "GoogleCloudHook",
]
