# Generated from specs/notification-integration.yaml by `make generate`. Do not edit.
"""A notification integration connects the account with a messaging service. Snowflake sends messages through it by
email, to a webhook or to a cloud queue, or receives them from a cloud queue. See
https://docs.snowflake.com/en/sql-reference/sql/create-notification-integration.
"""

from snowcore._generated.notification_integration import (
    NotificationEmail,
    NotificationHook,
    NotificationIntegration,
    NotificationIntegrationCollection,
    NotificationIntegrationResource,
    NotificationQueueAwsSnsOutbound,
    NotificationQueueAzureEventGridInbound,
    NotificationQueueAzureEventGridOutbound,
    NotificationQueueGcpPubsubInbound,
    NotificationQueueGcpPubsubOutbound,
    NotificationWebhook,
    WebhookSecret,
)

__all__ = [
    "NotificationEmail",
    "NotificationHook",
    "NotificationIntegration",
    "NotificationIntegrationCollection",
    "NotificationIntegrationResource",
    "NotificationQueueAwsSnsOutbound",
    "NotificationQueueAzureEventGridInbound",
    "NotificationQueueAzureEventGridOutbound",
    "NotificationQueueGcpPubsubInbound",
    "NotificationQueueGcpPubsubOutbound",
    "NotificationWebhook",
    "WebhookSecret",
]
