# Generated from specs/notification-integration.yaml by `make generate`. Do not edit.
"""A notification integration connects the account with a messaging service. Snowflake sends messages through it by
email, to a webhook or to a cloud queue, or receives them from a cloud queue. See
https://docs.snowflake.com/en/sql-reference/sql/create-notification-integration.
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
from snowflake_rest import notification_integration as rest
from snowflake_rest.notification_integration import (
    NotificationEmail,
    NotificationHook,
    NotificationIntegration,
    NotificationQueueAwsSnsOutbound,
    NotificationQueueAzureEventGridInbound,
    NotificationQueueAzureEventGridOutbound,
    NotificationQueueGcpPubsubInbound,
    NotificationQueueGcpPubsubOutbound,
    NotificationWebhook,
    WebhookSecret,
)
from snowflake_rest.runtime import Steps

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


class NotificationIntegrationResource(AccountObject, Fetched[NotificationIntegration], Dropped, Tagged):
    """A notification integration."""

    _rest = rest.RESOURCE


class NotificationIntegrationCollection(
    AccountObjects[NotificationIntegrationResource], Matched[NotificationIntegrationResource, NotificationIntegration]
):
    """The notification integrations of the account."""

    _handle = NotificationIntegrationResource

    @remote
    def create(
        self, notification_integration: NotificationIntegration, mode: CreateMode | str | None = None
    ) -> Steps[NotificationIntegrationResource]:
        """Create a notification integration.

        See https://docs.snowflake.com/en/sql-reference/sql/create-notification-integration.

        Args:
            notification_integration: What to create; a dict with the fields of NotificationIntegration will do, too.
            mode: What to do if one of this name exists: `error_if_exists` (the default) raises ConflictError,
                `or_replace` replaces it, `if_not_exists` leaves it as it is.
        """
        notification_integration = build_model(NotificationIntegration, notification_integration)
        yield from rest.create_notification_integration(notification_integration, create_mode=encode_mode(mode))
        return self[notification_integration.name]

    create_async = twin(create)
