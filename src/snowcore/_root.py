"""The root of the tree of objects: one account, seen through one connection."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import attrs

from snowflake_rest import API_VERSION

from ._auth import SessionToken, TokenType
from ._call import Exchange, Options
from ._client import Client
from ._collections import child
from ._configuration import RootConfiguration, SnowApiParameters
from ._connection import open_transport, unwrap_connection
from ._generated.places import AccountPlaces
from ._transport import Concealed, Timeout
from .exceptions import MissingModuleError

if TYPE_CHECKING:
    import httpx
    import httpx2

    from .grant import Grants


class Root(AccountPlaces):
    """The entry point.

    connection: a connection of snowflake-connector-python, a Snowpark session, or a `snowcore.LocalAccount`. It stays
    the caller's, and must stay open.

    root_config: how calls behave, and how the account is reached.

    http_client, async_http_client: clients of httpx or httpx2 that carry blocking and background calls in place of our
    own HTTP; they stay the caller's. With only the first, background calls use it in threads; with only the second,
    blocking calls are an error. Background calls run in an event loop of their own, so an asynchronous client must not
    be used elsewhere.

    Making a root sends nothing; neither does walking down the tree. Only the methods of collections and handles do.
    """

    if TYPE_CHECKING:
        grants: Grants
    else:
        grants = child("grant", "Grants")

    def __init__(
        self,
        connection: Any,
        root_config: RootConfiguration | None = None,
        *,
        http_client: httpx.Client | httpx2.Client | None = None,
        async_http_client: httpx.AsyncClient | httpx2.AsyncClient | None = None,
    ) -> None:
        self._connection, self._session = unwrap_connection(connection)
        self._root_config = root_config or RootConfiguration()
        self._parameters = SnowApiParameters.from_environment()
        transport, self._auth = open_transport(
            self._connection,
            fix_hostname=self._parameters.fix_hostname,
            http_client=http_client,
            async_http_client=async_http_client,
            **self._root_config.network,
            in_flight=self._root_config.in_flight or self._parameters.max_threads or 100,
        )
        options = attrs.evolve(
            self._root_config.options, accept_accepted=self._parameters.should_skip_async_exec_polling
        )
        if not self._parameters.should_retry_request:
            options = attrs.evolve(options, retries=0)
        self.client = Client(transport, self._auth, options, root=self)

    @classmethod
    def connect(
        cls,
        connection_name: str | None = None,
        *,
        root_config: RootConfiguration | None = None,
        http_client: httpx.Client | httpx2.Client | None = None,
        async_http_client: httpx.AsyncClient | httpx2.AsyncClient | None = None,
        **overrides: Any,
    ) -> Root:
        """A root on a connection profile, without the connector.

        connection_name: a profile of `connections.toml` or `config.toml`; the default one when left out. overrides:
        settings that count more than the profile's, such as `role`. Programmatic access tokens, key pairs, OAuth tokens
        and workload identity tokens work; for other credentials ValueError says what to do. Sends nothing.

        The other arguments are those of Root.
        """
        from ._profile import Profile

        overrides = Concealed(overrides)
        profile = Profile.load(connection_name, overrides)
        root = cls(profile, root_config, http_client=http_client, async_http_client=async_http_client)
        return root.with_context(**profile.context)

    def with_options(self, *, timeout: float | Timeout | None = None, retries: int | None = None) -> Root:
        """This root, more or less patient; the original stays as it is.

        timeout: seconds for a whole call, or a Timeout. retries: how often a failed attempt is repeated at the most.
        """
        options = self.client.options
        if timeout is not None:
            whole = timeout if isinstance(timeout, Timeout) else attrs.evolve(options.timeout, total=timeout)
            options = attrs.evolve(options, timeout=whole)
        if retries is not None:
            options = attrs.evolve(options, retries=retries)
        return self._with(options)

    def with_context(self, *, role: str | None = None, warehouse: str | None = None) -> Root:
        """This root, asking for a role or a warehouse with each request; the original stays as it is."""
        asked = {"X-Snowflake-Role": role, "X-Snowflake-Warehouse": warehouse}
        headers = {**self.client.options.headers, **{k: v for k, v in asked.items() if v is not None}}
        return self._with(attrs.evolve(self.client.options, headers=headers))

    def _with(self, options: Options) -> Root:
        other = type(self).__new__(type(self))
        # collections of this root must not show up in the other one
        other.__dict__.update({k: v for k, v in self.__dict__.items() if k.startswith("_")})
        other.client = Client(self.client.transport, self.client.auth, options, root=other, watches=self.client.watches)
        return other

    def __enter__(self) -> Root:
        return self

    def __exit__(self, *_: object) -> None:
        """Ends the block for which `with_options` or `with_context` was called. The connection stays open."""

    @contextmanager
    def observe(self) -> Generator[list[Exchange], None, None]:
        """Record every request that is made inside the block, by any thread.

        with root.observe() as calls:
            ...
        print(len(calls), sum(call.seconds for call in calls))
        """
        calls: list[Exchange] = []
        self.client.watches.append(calls.append)
        try:
            yield calls
        finally:
            self.client.watches.remove(calls.append)

    @property
    def root(self) -> Root:
        """This root; what stands under it has the same attribute."""
        return self

    @property
    def connection(self) -> Any:
        """The connection that requests travel with."""
        return self._connection

    @property
    def api_version(self) -> str:
        """The version of Snowflake's REST API that this client speaks, such as `10.10`. Sends nothing."""
        return API_VERSION

    @property
    def session(self) -> Any:
        """The Snowpark session of the connection. MissingModuleError without Snowpark."""
        if self._session is None:
            try:
                from snowflake.snowpark import Session
            except ImportError:
                raise MissingModuleError("snowflake-snowpark-python") from None
            self._session = Session.builder.config("connection", self._connection).create()
        return self._session

    @property
    def root_config(self) -> RootConfiguration:
        """The configuration that the root was made with."""
        return self._root_config

    @property
    def token_type(self) -> TokenType:
        """What kind of token the requests carry."""
        return self._auth.kind if isinstance(self._auth, SessionToken) else TokenType.SESSION_TOKEN

    @property
    def external_session_id(self) -> str | None:
        """The session that a programmatic access token goes with, if there is one."""
        return self._auth.external_session_id if isinstance(self._auth, SessionToken) else None

    # Programs read these three, though their names say that they need not.
    @property
    def _hostname(self) -> str:
        return urlsplit(getattr(self.client.transport, "base_url", "")).hostname or ""

    @property
    def _session_token(self) -> str | None:
        return getattr(getattr(self._connection, "rest", None), "token", None)

    @property
    def _master_token(self) -> str | None:
        return getattr(getattr(self._connection, "rest", None), "master_token", None)

    def parameters(self, refresh: bool = False) -> SnowApiParameters:
        """The settings taken from the environment; read anew with `refresh`."""
        if refresh:
            self._parameters = SnowApiParameters.from_environment()
        return self._parameters

    def __repr__(self) -> str:
        client = getattr(self, "client", None)  # none yet, where an error of making it is shown with its variables
        return f"<Root: {client and client.transport!r}>"
