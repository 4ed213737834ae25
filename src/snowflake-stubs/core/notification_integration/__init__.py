# Generated from specs and from src/snowcore by `make generate`. Do not edit.
"""What is in `snowcore`, under the name that it has in Snowflake's SDK."""

from snowcore.notification_integration import (
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
