"""API integrations: services that Snowflake may call over HTTPS. See https://docs.snowflake.com/en/sql-reference/sql/create-api-integration."""

from __future__ import annotations

from snowflake_rest import api_integration as rest
from snowflake_rest.api_integration import ApiHook, ApiIntegration, AwsHook, AzureHook, GitHook, GoogleCloudHook
from snowflake_rest.runtime import Steps

from ._collections import AccountObjects, Matched
from ._common import CreateMode, wire_mode
from ._handles import AccountObject, Dropped, Fetched, Tagged
from ._methods import build_model, remote, twin

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


class ApiIntegrationResource(AccountObject, Fetched[ApiIntegration], Dropped, Tagged):
    """An API integration."""

    _rest = rest.RESOURCE

    @remote
    def create_or_alter(self, api_integration: ApiIntegration) -> Steps[None]:
        """Make the integration as described: create it, or change what differs.

        The API key of one that exists stays, and so do its blocked prefixes if none are given.
        It is the one that the description names, whatever the name of this handle.
        """
        api_integration = build_model(ApiIntegration, api_integration)
        return rest.create_or_alter_api_integration(api_integration.name, api_integration)

    create_or_alter_async = twin(create_or_alter)


class ApiIntegrationCollection(AccountObjects[ApiIntegrationResource], Matched[ApiIntegrationResource, ApiIntegration]):
    """The API integrations of the account."""

    _handle = ApiIntegrationResource

    @remote
    def create(
        self, api_integration: ApiIntegration, mode: CreateMode | str | None = None
    ) -> Steps[ApiIntegrationResource]:
        """Create an API integration. ConflictError if it exists, unless `mode` is `or_replace` or `if_not_exists`."""
        api_integration = build_model(ApiIntegration, api_integration)
        yield from rest.create_api_integration(api_integration, create_mode=wire_mode(mode))
        return self[api_integration.name]

    create_async = twin(create)
