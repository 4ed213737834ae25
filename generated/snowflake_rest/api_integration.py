# Generated from specs/api-integration.yaml by `make generate`. Do not edit.
# Subclasses narrow fields of their bases:
# pyright: reportIncompatibleVariableOverride=false
"""An API integration lets Snowflake call a service over HTTPS: a cloud provider's API gateway, for external functions,
or a Git server, for Git repositories. It names the service, the identity to use there, and the URLs that may be
called. See https://docs.snowflake.com/en/sql-reference/sql/create-api-integration.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from .common import TagAssignment, TagReference
from .runtime import (
    BOOLEAN,
    DATETIME,
    SECRET,
    STRING,
    Array,
    Choice,
    Model,
    Nested,
    Operation,
    Resource,
    String,
    argument,
    body,
    field,
    model,
    segment,
)

API_KEY = SECRET


@model
class ApiHook(Model):
    """A kind of service and its credentials."""

    type: str | None = field(STRING, default=None, init=False)
    """`AWS`, `AZURE` or `GC` for the API gateway of that cloud, `GIT` for a Git server."""


@model
class ApiIntegration(Model):
    """A service that Snowflake may call over HTTPS, and on what terms.

    Args:
        name: The name, unique within the account.
        api_hook: The kind of service, and the identity with which Snowflake calls it.
        api_allowed_prefixes: The URLs that may be called; each stands for all URLs that begin with it.
        api_blocked_prefixes: URLs that may not be called although an allowed prefix covers them.
        enabled: Whether the integration can be used. While it is off, what relies on it fails.
        comment: A comment on the integration.

    Attributes:
        created_on (set by the server): When the integration was created.
    """

    name: str = field(String(pattern='^("([^"]|"")+"|[a-zA-Z_][a-zA-Z0-9_$]*)$'))
    """The name, unique within the account."""
    api_hook: ApiHook = field(Nested(ApiHook))
    """The kind of service, and the identity with which Snowflake calls it."""
    api_allowed_prefixes: list[str] = field(Array(STRING))
    """The URLs that may be called; each stands for all URLs that begin with it."""
    api_blocked_prefixes: list[str] | None = field(Array(STRING), default=None)
    """URLs that may not be called although an allowed prefix covers them."""
    enabled: bool = field(BOOLEAN)
    """Whether the integration can be used. While it is off, what relies on it fails."""
    comment: str | None = field(STRING, default=None)
    """A comment on the integration."""
    created_on: datetime | None = field(DATETIME, default=None, read_only=True)
    """When the integration was created."""


@model
class AwsHook(ApiHook):
    """Amazon API Gateway.

    Args:
        api_provider: The flavour of gateway: public or over a private endpoint, each also in the US government
            regions. One of `AWS_API_GATEWAY`, `AWS_PRIVATE_API_GATEWAY`, `AWS_GOV_API_GATEWAY`,
            `AWS_GOV_PRIVATE_API_GATEWAY`.
        api_aws_role_arn: The ARN of the IAM role that Snowflake takes on to call the gateway.
        api_key: The API key with which the service knows its callers, if it asks for one.
    """

    type: str = field(STRING, default="AWS", init=False)
    api_provider: (
        Literal["AWS_API_GATEWAY", "AWS_PRIVATE_API_GATEWAY", "AWS_GOV_API_GATEWAY", "AWS_GOV_PRIVATE_API_GATEWAY"]
        | str
    ) = field(
        Choice("AWS_API_GATEWAY", "AWS_PRIVATE_API_GATEWAY", "AWS_GOV_API_GATEWAY", "AWS_GOV_PRIVATE_API_GATEWAY")
    )
    """The flavour of gateway: public or over a private endpoint, each also in the US government regions. One of
    `AWS_API_GATEWAY`, `AWS_PRIVATE_API_GATEWAY`, `AWS_GOV_API_GATEWAY`, `AWS_GOV_PRIVATE_API_GATEWAY`.
    """
    api_aws_role_arn: str = field(STRING)
    """The ARN of the IAM role that Snowflake takes on to call the gateway."""
    api_key: str | None = field(API_KEY, default=None)
    """The API key with which the service knows its callers, if it asks for one."""


@model
class AzureHook(ApiHook):
    """Azure API Management.

    Args:
        api_provider: The flavour of service: public, or over a private endpoint. One of `AZURE_API_MANAGEMENT`,
            `AZURE_PRIVATE_API_MANAGEMENT`.
        azure_tenant_id: The ID of the Microsoft Entra tenant that the service belongs to.
        azure_ad_application_id: The client ID of the application that is registered for the service in that tenant.
        api_key: The API key with which the service knows its callers, if it asks for one.
    """

    type: str = field(STRING, default="AZURE", init=False)
    api_provider: Literal["AZURE_API_MANAGEMENT", "AZURE_PRIVATE_API_MANAGEMENT"] | str = field(
        Choice("AZURE_API_MANAGEMENT", "AZURE_PRIVATE_API_MANAGEMENT")
    )
    """The flavour of service: public, or over a private endpoint. One of `AZURE_API_MANAGEMENT`,
    `AZURE_PRIVATE_API_MANAGEMENT`.
    """
    azure_tenant_id: str = field(STRING)
    """The ID of the Microsoft Entra tenant that the service belongs to."""
    azure_ad_application_id: str = field(STRING)
    """The client ID of the application that is registered for the service in that tenant."""
    api_key: str | None = field(API_KEY, default=None)
    """The API key with which the service knows its callers, if it asks for one."""


@model
class GoogleCloudHook(ApiHook):
    """Google Cloud API Gateway.

    Args:
        api_provider: The flavour of service; there is one. One of `GOOGLE_API_GATEWAY`.
        google_audience: The audience of the tokens that Snowflake presents to the gateway.
        api_key: The API key with which the service knows its callers, if it asks for one.
    """

    type: str = field(STRING, default="GC", init=False)
    api_provider: Literal["GOOGLE_API_GATEWAY"] | str = field(Choice("GOOGLE_API_GATEWAY"))
    """The flavour of service; there is one. One of `GOOGLE_API_GATEWAY`."""
    google_audience: str = field(STRING)
    """The audience of the tokens that Snowflake presents to the gateway."""
    api_key: str | None = field(API_KEY, default=None)
    """The API key with which the service knows its callers, if it asks for one."""


@model
class GitHook(ApiHook):
    """A Git server over HTTPS.

    Args:
        allow_any_secret: Let Git repositories of this integration log in with any secret. Default: false.
        allowed_authentication_secrets: The secrets with which Git repositories may log in, by qualified name.
        allowed_api_authentication_integrations: The security integrations with which Git repositories may log in.
    """

    type: str = field(STRING, default="GIT", init=False)
    allow_any_secret: bool | None = field(BOOLEAN, default=False)
    """Let Git repositories of this integration log in with any secret. Default: false."""
    allowed_authentication_secrets: list[str] | None = field(Array(STRING), default=None)
    """The secrets with which Git repositories may log in, by qualified name."""
    allowed_api_authentication_integrations: list[str] | None = field(Array(STRING), default=None)
    """The security integrations with which Git repositories may log in."""


ApiHook.discriminate(
    "type",
    {
        "AWS": AwsHook,
        "AZURE": AzureHook,
        "GC": GoogleCloudHook,
        "GIT": GitHook,
    },
)

_API_INTEGRATION_LIST = Array(Nested(ApiIntegration))
_CREATE_MODE = Choice("errorIfExists", "orReplace", "ifNotExists")
_API_INTEGRATION = Nested(ApiIntegration)
_TAG_ASSIGNMENT_LIST = Array(Nested(TagAssignment))
_TAG_REFERENCE_LIST = Array(Nested(TagReference))


def list_api_integrations(*, like: str | None = None) -> Operation[list[ApiIntegration]]:
    """The API integrations of the account.

    Args:
        like: Only the objects whose name matches this SQL pattern (`%` any text, `_` one character), whatever the
            case.
    """
    return Operation(
        id="listAPIIntegrations",
        method="GET",
        path="/api/v2/api-integrations",
        query={"like": argument("like", STRING, like)},
        answer=_API_INTEGRATION_LIST,
    )


def create_api_integration(
    api_integration: ApiIntegration,
    *,
    create_mode: Literal["errorIfExists", "orReplace", "ifNotExists"] | str | None = None,
) -> Operation[None]:
    """Create an API integration.

    See https://docs.snowflake.com/en/sql-reference/sql/create-api-integration.

    Args:
        api_integration: A service that Snowflake may call over HTTPS, and on what terms.
        create_mode: What to do when an object of this name exists; fail, replace it, or leave it as it is. The
            server's default is `errorIfExists`.
    """
    return Operation(
        id="createAPIIntegration",
        method="POST",
        path="/api/v2/api-integrations",
        query={"createMode": argument("create_mode", _CREATE_MODE, create_mode)},
        body=body("api_integration", _API_INTEGRATION, api_integration, required=True),
    )


def fetch_api_integration(name: str) -> Operation[ApiIntegration]:
    """The API integration with its properties.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
    """
    return Operation(
        id="fetchAPIIntegration",
        method="GET",
        path=f"/api/v2/api-integrations/{segment('name', name)}",
        answer=_API_INTEGRATION,
    )


def create_or_alter_api_integration(name: str, api_integration: ApiIntegration) -> Operation[None]:
    """Create the API integration, or change the existing one to match the definition.

    Of an existing integration it does not change the API key, and can't take blocked prefixes away. See
    https://docs.snowflake.com/en/sql-reference/sql/alter-api-integration.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        api_integration: A service that Snowflake may call over HTTPS, and on what terms.
    """
    return Operation(
        id="createOrAlterAPIIntegration",
        method="PUT",
        path=f"/api/v2/api-integrations/{segment('name', name)}",
        body=body("api_integration", _API_INTEGRATION, api_integration, required=True),
    )


def delete_api_integration(name: str, *, if_exists: bool | None = None) -> Operation[None]:
    """Drop the API integration.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="deleteAPIIntegration",
        method="DELETE",
        path=f"/api/v2/api-integrations/{segment('name', name)}",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
    )


def set_tags(name: str, tags: list[TagAssignment], *, if_exists: bool | None = None) -> Operation[None]:
    """Set tags on the object, each with a value. Tags that are not named keep their values.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="setTags",
        method="POST",
        path=f"/api/v2/api-integrations/{segment('name', name)}:set-tags",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
        body=body("tags", _TAG_ASSIGNMENT_LIST, tags, required=True),
    )


def unset_tags(name: str, tags: list[TagReference], *, if_exists: bool | None = None) -> Operation[None]:
    """Take tags off the object.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="unsetTags",
        method="POST",
        path=f"/api/v2/api-integrations/{segment('name', name)}:unset-tags",
        query={"ifExists": argument("if_exists", BOOLEAN, if_exists)},
        body=body("tags", _TAG_REFERENCE_LIST, tags, required=True),
    )


def get_tags(name: str, *, with_lineage: bool | None = None) -> Operation[list[TagAssignment]]:
    """The tags that are set on the object.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        with_lineage: Include the tags that the object inherits from the schema, database or account around it. The
            server's default is `false`.
    """
    return Operation(
        id="getTags",
        method="GET",
        path=f"/api/v2/api-integrations/{segment('name', name)}:get-tags",
        query={"withLineage": argument("with_lineage", BOOLEAN, with_lineage)},
        answer=_TAG_ASSIGNMENT_LIST,
    )


RESOURCE = Resource(
    name="api_integration",
    collection="/api/v2/api-integrations",
    model=ApiIntegration,
    list=list_api_integrations,
    create=create_api_integration,
    fetch=fetch_api_integration,
    create_or_alter=create_or_alter_api_integration,
    drop=delete_api_integration,
    set_tags=set_tags,
    unset_tags=unset_tags,
    get_tags=get_tags,
)
