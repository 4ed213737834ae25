# Generated from specs/api-integration.yaml by `make generate`. Do not edit.
"""An API integration lets Snowflake call a service over HTTPS: a cloud provider's API gateway, for external functions,
or a Git server, for Git repositories. It names the service, the identity to use there, and the URLs that may be
called. See https://docs.snowflake.com/en/sql-reference/sql/create-api-integration.
"""

from __future__ import annotations

from snowcore._collections import (
    AccountObjects,
    Matched,
)
from snowcore._common import CreateMode, encode_mode
from snowcore._handles import (
    AccountObject,
    Dropped,
    Fetched,
    Tagged,
)
from snowcore._methods import build_model, remote, twin
from snowflake_rest import api_integration as rest
from snowflake_rest.api_integration import ApiHook, ApiIntegration, AwsHook, AzureHook, GitHook, GoogleCloudHook
from snowflake_rest.runtime import Steps

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
        """Create the API integration, or change the existing one to match the definition.

        Of an existing integration it does not change the API key, and can't take blocked prefixes away. See
        https://docs.snowflake.com/en/sql-reference/sql/alter-api-integration.

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
        """Create an API integration.

        See https://docs.snowflake.com/en/sql-reference/sql/create-api-integration.

        Args:
            api_integration: What to create; a dict with the fields of ApiIntegration will do, too.
            mode: What to do if one of this name exists: `error_if_exists` (the default) raises ConflictError,
                `or_replace` replaces it, `if_not_exists` leaves it as it is.
        """
        api_integration = build_model(ApiIntegration, api_integration)
        yield from rest.create_api_integration(api_integration, create_mode=encode_mode(mode))
        return self[api_integration.name]

    create_async = twin(create)
