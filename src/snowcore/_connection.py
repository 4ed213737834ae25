"""What `Root` is given, turned into a transport and credentials."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from ._auth import Anonymous, Auth, SessionToken, TokenType, write_session_headers
from ._transport import InProcessTransport, Transport


@attrs.frozen
class RESTConnection:
    """A host and a token, for who has them from elsewhere.

    host, port: where the account is. protocol: `https` or `http`. token, token_type: the token and what it is.
    external_session_id: the session that a programmatic access token goes with.
    """

    host: str
    port: int
    token_type: TokenType
    token: str = attrs.field(repr=False)
    external_session_id: str | None = None
    protocol: str = "https"

    @property
    def url(self) -> str:
        """Where the account is."""
        return f"{self.protocol}://{self.host}:{self.port}"

    @property
    def session_token(self) -> str:
        """The token, by the name that Snowflake's SDK has for it."""
        return self.token

    def headers(self) -> Mapping[str, str]:
        """The headers that authorise a request with the token."""
        return write_session_headers(self.token_type, self.token, self.external_session_id)

    def renew(self) -> bool:
        """False: the token is renewed by whoever has the session."""
        return False


def unwrap_connection(connection: Any) -> tuple[Any, Any]:
    """The connection itself, and the Snowpark session around it if there is one."""
    inner = getattr(connection, "connection", None)
    if inner is not None and hasattr(inner, "rest") and hasattr(connection, "sql"):
        return inner, connection
    return connection, None


def open_network(
    base_url: str, *, http_client: object = None, async_http_client: object = None, **settings: Any
) -> Transport:
    """What carries requests to an address: the caller's clients if there are any, else our own HTTP.

    settings: those of `HttpTransport`. Sends nothing.
    """
    if http_client is not None or async_http_client is not None:
        from ._httpx import HttpxTransport

        return HttpxTransport(base_url, http_client, async_http_client)
    from ._http import HttpTransport

    return HttpTransport(base_url, **settings)


def open_transport(connection: Any, *, fix_hostname: bool, **settings: Any) -> tuple[Transport, Auth]:
    """How to reach a connection's account. Sends nothing.

    settings: those of `network`.
    """
    if callable(getattr(connection, "handle_request", None)):
        return InProcessTransport(connection), Anonymous()

    from ._profile import Profile

    if isinstance(connection, RESTConnection):
        return open_network(connection.url, **settings), connection
    if isinstance(connection, Profile):
        return open_network(connection.url, **settings), connection.auth()
    rest = getattr(connection, "rest", None)
    host = getattr(rest, "_host", None)
    if host is None:
        raise TypeError(_say_what_is_needed(connection))
    if fix_hostname:  # certificates don't cover names with underscores
        first, dot, others = str(host).partition(".")
        host = first.replace("_", "-") + dot + others
    protocol, port = getattr(rest, "_protocol", None) or "https", getattr(rest, "_port", None) or 443
    return open_network(f"{protocol}://{host}:{port}", **settings), SessionToken(connection)


def _say_what_is_needed(given: Any) -> str:
    """What a root can be made of. What was given is not shown: it may be, or hold, a password."""
    needed = (
        "Root needs an open connection of snowflake-connector-python, a Snowpark session or a snowcore.LocalAccount, "
        f"not {'None' if given is None else f'a {type(given).__name__}'}"
    )
    if hasattr(given, "rest"):
        return f"{needed} that is closed"
    if given is None or isinstance(given, (str, Mapping)):
        meant = "" if given is None else "connection_name" if isinstance(given, str) else "**settings"
        return f"{needed}. For a connection profile, without the connector: Root.connect({meant})"
    return needed
