# Generated from specs/notification-integration.yaml by `make generate`. Do not edit.
# Subclasses narrow fields of their bases:
# pyright: reportIncompatibleVariableOverride=false
"""A notification integration connects the account with a messaging service. Snowflake sends messages through it by
email, to a webhook or to a cloud queue, or receives them from a cloud queue. See
https://docs.snowflake.com/en/sql-reference/sql/create-notification-integration.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from .common import IDENTIFIER, TagAssignment, TagReference
from .runtime import (
    BOOLEAN,
    DATETIME,
    STRING,
    Array,
    Choice,
    Map,
    Model,
    Nested,
    Operation,
    Resource,
    argument,
    body,
    field,
    model,
    segment,
)


@model
class NotificationHook(Model):
    """A messaging service, and how to reach it."""

    type: str | None = field(STRING, default=None, init=False)
    """The kind of service. `OUTBOUND` kinds are sent to, `INBOUND` kinds are received from."""


@model
class NotificationIntegration(Model):
    """A connection of the account with a messaging service.

    Args:
        name: The notification integration's name, plain or in double quotes.
        enabled: Whether messages go through. Default true.
        comment: Free text about the notification integration.
        notification_hook: The messaging service, and how to reach it.

    Attributes:
        created_on (set by the server): When the notification integration was created.
    """

    name: str = field(IDENTIFIER)
    """The notification integration's name, plain or in double quotes."""
    enabled: bool | None = field(BOOLEAN, default=None)
    """Whether messages go through. Default true."""
    comment: str | None = field(STRING, default=None)
    """Free text about the notification integration."""
    created_on: datetime | None = field(DATETIME, default=None, read_only=True)
    """When the notification integration was created."""
    notification_hook: NotificationHook = field(Nested(NotificationHook))
    """The messaging service, and how to reach it."""


@model
class NotificationEmail(NotificationHook):
    """Messages that go out by email.

    Args:
        allowed_recipients: The addresses that may be written to, at most 50. Left out, any verified address of the
            account's users may be.
        default_recipients: The addresses of messages that name none.
        default_subject: The subject of messages that have none.
    """

    type: str = field(STRING, default="EMAIL", init=False)
    allowed_recipients: list[str] | None = field(Array(STRING), default=None)
    """The addresses that may be written to, at most 50. Left out, any verified address of the account's users may be.
    """
    default_recipients: list[str] | None = field(Array(STRING), default=None)
    """The addresses of messages that name none."""
    default_subject: str | None = field(STRING, default=None)
    """The subject of messages that have none."""


@model
class WebhookSecret(Model):
    """The full name of a secret.

    Args:
        name: The secret's name.
        database_name: The secret's database.
        schema_name: The secret's schema.
    """

    name: str = field(IDENTIFIER)
    """The secret's name."""
    database_name: str = field(IDENTIFIER)
    """The secret's database."""
    schema_name: str = field(IDENTIFIER)
    """The secret's schema."""


@model
class NotificationWebhook(NotificationHook):
    """Messages that go out as HTTP requests, for example to a chat. See
    https://docs.snowflake.com/en/sql-reference/sql/create-notification-integration-webhooks.

    Args:
        webhook_url: Where requests go; an `https` URL.
        webhook_secret: The secret that replaces `SNOWFLAKE_WEBHOOK_SECRET` in the URL, the body and the headers.
        webhook_body_template: The request's body, in which the message replaces `SNOWFLAKE_WEBHOOK_MESSAGE`.
        webhook_headers: HTTP headers of the request, values by name.
    """

    type: str = field(STRING, default="WEBHOOK", init=False)
    webhook_url: str = field(STRING)
    """Where requests go; an `https` URL."""
    webhook_secret: WebhookSecret | None = field(Nested(WebhookSecret), default=None)
    """The secret that replaces `SNOWFLAKE_WEBHOOK_SECRET` in the URL, the body and the headers."""
    webhook_body_template: str | None = field(STRING, default=None)
    """The request's body, in which the message replaces `SNOWFLAKE_WEBHOOK_MESSAGE`."""
    webhook_headers: dict[str, str] | None = field(Map(STRING), default=None)
    """HTTP headers of the request, values by name."""


@model
class NotificationQueueAwsSnsOutbound(NotificationHook):
    """Messages that go out to an Amazon SNS topic.

    Args:
        aws_sns_topic_arn: The ARN of the topic.
        aws_sns_role_arn: The ARN of the IAM role that may publish to the topic.

    Attributes:
        sf_aws_iam_user_arn (set by the server): The ARN of Snowflake's IAM user, which the role has to trust.
        sf_aws_external_id (set by the server): The external ID by which the role recognizes Snowflake.
    """

    type: str = field(STRING, default="QUEUE_AWS_SNS_OUTBOUND", init=False)
    aws_sns_topic_arn: str | None = field(STRING, default=None)
    """The ARN of the topic."""
    aws_sns_role_arn: str | None = field(STRING, default=None)
    """The ARN of the IAM role that may publish to the topic."""
    sf_aws_iam_user_arn: str | None = field(STRING, default=None, read_only=True)
    """The ARN of Snowflake's IAM user, which the role has to trust."""
    sf_aws_external_id: str | None = field(STRING, default=None, read_only=True)
    """The external ID by which the role recognizes Snowflake."""


@model
class NotificationQueueAzureEventGridOutbound(NotificationHook):
    """Messages that go out to an Azure Event Grid topic.

    Args:
        azure_event_grid_topic_endpoint: The URL of the topic.
        azure_tenant_id: The ID of the Microsoft Entra tenant.

    Attributes:
        azure_consent_url (set by the server): The page on which the tenant's administrator admits Snowflake.
        azure_multi_tenant_app_name (set by the server): The name of Snowflake's application in the tenant, to which
            rights are granted.
    """

    type: str = field(STRING, default="QUEUE_AZURE_EVENT_GRID_OUTBOUND", init=False)
    azure_event_grid_topic_endpoint: str | None = field(STRING, default=None)
    """The URL of the topic."""
    azure_tenant_id: str | None = field(STRING, default=None)
    """The ID of the Microsoft Entra tenant."""
    azure_consent_url: str | None = field(STRING, default=None, read_only=True)
    """The page on which the tenant's administrator admits Snowflake."""
    azure_multi_tenant_app_name: str | None = field(STRING, default=None, read_only=True)
    """The name of Snowflake's application in the tenant, to which rights are granted."""


@model
class NotificationQueueGcpPubsubOutbound(NotificationHook):
    """Messages that go out to a Google Cloud Pub/Sub topic.

    Args:
        gcp_pubsub_topic_name: The full name of the topic, such as `projects/my-project/topics/my-topic`.

    Attributes:
        gcp_pubsub_service_account (set by the server): Snowflake's service account, which needs rights on the topic.
    """

    type: str = field(STRING, default="QUEUE_GCP_PUBSUB_OUTBOUND", init=False)
    gcp_pubsub_topic_name: str | None = field(STRING, default=None)
    """The full name of the topic, such as `projects/my-project/topics/my-topic`."""
    gcp_pubsub_service_account: str | None = field(STRING, default=None, read_only=True)
    """Snowflake's service account, which needs rights on the topic."""


@model
class NotificationQueueAzureEventGridInbound(NotificationHook):
    """Messages of Azure Event Grid that come in through a storage queue.

    Args:
        azure_storage_queue_primary_uri: The URL of the queue, such as
            `https://account.queue.core.windows.net/my-queue`.
        azure_tenant_id: The ID of the Microsoft Entra tenant.

    Attributes:
        azure_consent_url (set by the server): The page on which the tenant's administrator admits Snowflake.
        azure_multi_tenant_app_name (set by the server): The name of Snowflake's application in the tenant, to which
            rights are granted.
    """

    type: str = field(STRING, default="QUEUE_AZURE_EVENT_GRID_INBOUND", init=False)
    azure_storage_queue_primary_uri: str | None = field(STRING, default=None)
    """The URL of the queue, such as `https://account.queue.core.windows.net/my-queue`."""
    azure_tenant_id: str | None = field(STRING, default=None)
    """The ID of the Microsoft Entra tenant."""
    azure_consent_url: str | None = field(STRING, default=None, read_only=True)
    """The page on which the tenant's administrator admits Snowflake."""
    azure_multi_tenant_app_name: str | None = field(STRING, default=None, read_only=True)
    """The name of Snowflake's application in the tenant, to which rights are granted."""


@model
class NotificationQueueGcpPubsubInbound(NotificationHook):
    """Messages that come in from a Google Cloud Pub/Sub subscription.

    Args:
        gcp_pubsub_subscription_name: The full name of the subscription, such as
            `projects/my-project/subscriptions/my-subscription`.

    Attributes:
        gcp_pubsub_service_account (set by the server): Snowflake's service account, which needs rights on the
            subscription.
    """

    type: str = field(STRING, default="QUEUE_GCP_PUBSUB_INBOUND", init=False)
    gcp_pubsub_subscription_name: str | None = field(STRING, default=None)
    """The full name of the subscription, such as `projects/my-project/subscriptions/my-subscription`."""
    gcp_pubsub_service_account: str | None = field(STRING, default=None, read_only=True)
    """Snowflake's service account, which needs rights on the subscription."""


NotificationHook.discriminate(
    "type",
    {
        "EMAIL": NotificationEmail,
        "WEBHOOK": NotificationWebhook,
        "QUEUE_AWS_SNS_OUTBOUND": NotificationQueueAwsSnsOutbound,
        "QUEUE_AZURE_EVENT_GRID_OUTBOUND": NotificationQueueAzureEventGridOutbound,
        "QUEUE_GCP_PUBSUB_OUTBOUND": NotificationQueueGcpPubsubOutbound,
        "QUEUE_AZURE_EVENT_GRID_INBOUND": NotificationQueueAzureEventGridInbound,
        "QUEUE_GCP_PUBSUB_INBOUND": NotificationQueueGcpPubsubInbound,
    },
)

_NOTIFICATION_INTEGRATION_LIST = Array(Nested(NotificationIntegration))
_CREATE_MODE = Choice("errorIfExists", "orReplace", "ifNotExists")
_NOTIFICATION_INTEGRATION = Nested(NotificationIntegration)
_TAG_ASSIGNMENT_LIST = Array(Nested(TagAssignment))
_TAG_REFERENCE_LIST = Array(Nested(TagReference))


def list_notification_integrations(*, like: str | None = None) -> Operation[list[NotificationIntegration]]:
    """The notification integrations of the account.

    Args:
        like: Only the objects whose name matches this SQL pattern (`%` any text, `_` one character), whatever the
            case.
    """
    return Operation(
        id="listNotificationIntegrations",
        method="GET",
        path="/api/v2/notification-integrations",
        query={"like": argument("like", STRING, like)},
        answer=_NOTIFICATION_INTEGRATION_LIST,
    )


def create_notification_integration(
    notification_integration: NotificationIntegration,
    *,
    create_mode: Literal["errorIfExists", "orReplace", "ifNotExists"] | str | None = None,
) -> Operation[None]:
    """Create a notification integration.

    See https://docs.snowflake.com/en/sql-reference/sql/create-notification-integration.

    Args:
        notification_integration: A connection of the account with a messaging service.
        create_mode: What to do when an object of this name exists; fail, replace it, or leave it as it is. The
            server's default is `errorIfExists`.
    """
    return Operation(
        id="createNotificationIntegration",
        method="POST",
        path="/api/v2/notification-integrations",
        query={"createMode": argument("create_mode", _CREATE_MODE, create_mode)},
        body=body("notification_integration", _NOTIFICATION_INTEGRATION, notification_integration, required=True),
    )


def fetch_notification_integration(name: str) -> Operation[NotificationIntegration]:
    """Fetch a notification integration.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
    """
    return Operation(
        id="fetchNotificationIntegration",
        method="GET",
        path=f"/api/v2/notification-integrations/{segment('name', name)}",
        answer=_NOTIFICATION_INTEGRATION,
    )


def delete_notification_integration(name: str, *, if_exists: bool | None = None) -> Operation[None]:
    """Drop a notification integration.

    Args:
        name: The object's name. An unquoted name is taken in upper case; a name in double quotes is taken as
            written.
        if_exists: Succeed without doing anything when the object does not exist. The server's default is `false`.
    """
    return Operation(
        id="deleteNotificationIntegration",
        method="DELETE",
        path=f"/api/v2/notification-integrations/{segment('name', name)}",
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
        path=f"/api/v2/notification-integrations/{segment('name', name)}:set-tags",
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
        path=f"/api/v2/notification-integrations/{segment('name', name)}:unset-tags",
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
        path=f"/api/v2/notification-integrations/{segment('name', name)}:get-tags",
        query={"withLineage": argument("with_lineage", BOOLEAN, with_lineage)},
        answer=_TAG_ASSIGNMENT_LIST,
    )


RESOURCE = Resource(
    name="notification_integration",
    collection="/api/v2/notification-integrations",
    model=NotificationIntegration,
    list=list_notification_integrations,
    create=create_notification_integration,
    fetch=fetch_notification_integration,
    drop=delete_notification_integration,
    set_tags=set_tags,
    unset_tags=unset_tags,
    get_tags=get_tags,
)
