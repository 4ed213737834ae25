"""What `Root` is given, turned into a transport and credentials."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any

import attrs

from ._call import Auth
from ._client import Anonymous
from ._transport import HttpTransport, InProcessTransport, Transport


class TokenType(Enum):
    """What kind of token a connection holds."""

    SESSION_TOKEN = "ST"
    EXTERNAL_SESSION_WITH_PAT = "ESPAT"


class SessionToken:
    """The session token of a connector connection; the connector renews it."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    @property
    def kind(self) -> TokenType:
        pat = getattr(self._connection, "_authenticator", None) == "PAT_WITH_EXTERNAL_SESSION"
        return TokenType.EXTERNAL_SESSION_WITH_PAT if pat else TokenType.SESSION_TOKEN

    @property
    def external_session_id(self) -> str | None:
        rest = self._connection.rest
        return getattr(rest, "external_session_id", None) or getattr(rest, "_external_session_id", None)

    def headers(self) -> Mapping[str, str]:
        return _authorisation(self.kind, self._connection.rest.token, self.external_session_id)

    def renew(self) -> bool:
        before = self._connection.rest.token
        renew = getattr(self._connection.rest, "_renew_session", None)
        if renew is not None:
            renew()
        else:
            # Connectors from version 5 on renew by themselves when a statement finds the token expired.
            cursor = self._connection.cursor()
            try:
                cursor.execute("SELECT 1")
            finally:
                cursor.close()
        return self._connection.rest.token != before


@attrs.frozen
class RESTConnection:
    """A host and a token, for who has them from elsewhere.

    token_type: what the token is. external_session_id: the session that a programmatic access token goes with.
    """

    host: str
    port: int
    token_type: TokenType
    token: str = attrs.field(repr=False)
    external_session_id: str | None = None
    protocol: str = "https"

    @property
    def url(self) -> str:
        return f"{self.protocol}://{self.host}:{self.port}"

    @property
    def session_token(self) -> str:
        return self.token

    def headers(self) -> Mapping[str, str]:
        return _authorisation(self.token_type, self.token, self.external_session_id)

    def renew(self) -> bool:
        return False


def _authorisation(kind: TokenType, token: str | None, external_session_id: str | None) -> Mapping[str, str]:
    if kind is TokenType.EXTERNAL_SESSION_WITH_PAT:
        headers = {
            "Authorization": f"Bearer {token}",
            "X-Snowflake-Authorization-Token-Type": "PAT_WITH_EXTERNAL_SESSION_ID",
        }
        return headers | ({"X-Snowflake-External-Session-ID": external_session_id} if external_session_id else {})
    return {"Authorization": f'Snowflake Token="{token}"'}


def unwrapped(connection: Any) -> tuple[Any, Any]:
    """The connection itself, and the Snowpark session around it if there is one."""
    inner = getattr(connection, "connection", None)
    if inner is not None and hasattr(inner, "rest") and hasattr(connection, "sql"):
        return inner, connection
    return connection, None


def opened(connection: Any, *, fix_hostname: bool = True) -> tuple[Transport, Auth]:
    """How to reach a connection's account. Sends nothing."""
    if callable(getattr(connection, "handle_request", None)):
        return InProcessTransport(connection), Anonymous()
    if isinstance(connection, RESTConnection):
        return HttpTransport(connection.url), connection
    rest = getattr(connection, "rest", None)
    host = getattr(rest, "_host", None)
    if host is None:
        raise TypeError(
            "Root needs an open connection of snowflake-connector-python, a Snowpark session "
            f"or a snowcore.LocalAccount, not {connection!r}"
        )
    if fix_hostname:  # certificates don't cover names with underscores
        first, dot, others = str(host).partition(".")
        host = first.replace("_", "-") + dot + others
    protocol, port = getattr(rest, "_protocol", None) or "https", getattr(rest, "_port", None) or 443
    return HttpTransport(f"{protocol}://{host}:{port}"), SessionToken(connection)
