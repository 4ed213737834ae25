"""SYSTEM$SEND_EMAIL. See https://docs.snowflake.com/en/sql-reference/stored-procedures/system_send_email."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...engine.errors import AccountError, invalid
from ...engine.names import split
from ..account.emails import Email
from .kinds import OF, place

if TYPE_CHECKING:
    from . import SqlSession


def send(
    session: SqlSession,
    integration: str,
    to: str,
    subject: str,
    content: str,
    mime_type: str = "text/plain",
    cc: str = "",
    bcc: str = "",
) -> bool:
    """Put an e-mail into the account's outbox. AccountError if the integration doesn't allow it."""
    where = place(session, OF["notification-integration"], split(integration), "SYSTEM$SEND_EMAIL")
    said = session.perform("notification-integration", "fetch", where)
    hook = said["notification_hook"]
    if hook["type"] != "EMAIL" or not said["enabled"]:
        raise invalid(f"Integration '{integration}' is not one of e-mail, or not enabled.")
    if mime_type not in ("text/plain", "text/html"):
        raise invalid(f"SYSTEM$SEND_EMAIL: '{mime_type}' is no MIME type that it takes.")
    groups = [[one.strip() for one in text.split(",") if one.strip()] for text in (to, cc, bcc)]
    allowed = {one.lower() for one in hook.get("allowed_recipients") or ()}
    everybody = [one for group in groups for one in group]
    if wrong := [at for at, one in enumerate(everybody, 1) if allowed and one.lower() not in allowed]:
        text = f"Email recipients in the given list at indexes {wrong} are not allowed."
        raise AccountError(400, "394209", "22023", text)
    sent = Email(session.account.clock(), said["name"], groups[0], subject, content, mime_type, groups[1], groups[2])
    session.account.outbox.append(sent)
    return True
