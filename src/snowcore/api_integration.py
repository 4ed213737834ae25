# Generated from specs/api-integration.yaml by `make generate`. Do not edit.
"""An API integration lets Snowflake call a service over HTTPS: a cloud provider's API gateway, for external functions,
or a Git server, for Git repositories. It names the service, the identity to use there, and the URLs that may be
called. See https://docs.snowflake.com/en/sql-reference/sql/create-api-integration.
"""

from snowcore._generated.api_integration import (
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
