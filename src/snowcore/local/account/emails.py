"""E-mails that programs have sent: none leaves the machine, and a test can read them in `account.outbox`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import attrs


@attrs.frozen
class Email:
    """What SYSTEM$SEND_EMAIL was told to send."""

    sent_on: datetime
    integration: str
    """The notification integration, by its name."""
    to: Sequence[str]
    subject: str
    content: str
    mime_type: str = "text/plain"
    cc: Sequence[str] = ()
    bcc: Sequence[str] = ()
