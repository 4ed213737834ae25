"""The root of the tree of objects: one account, seen through one connection."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import attrs

from ._client import Client, Options
from ._configuration import RootConfiguration, SnowApiParameters
from ._connection import SessionToken, TokenType, opened, unwrapped
from ._reference import child
from .exceptions import MissingModuleError

if TYPE_CHECKING:
    from .compute_pool import ComputePoolCollection
    from .database import DatabaseCollection
    from .warehouse import WarehouseCollection


class Root:
    """The entry point.

    connection: a connection of snowflake-connector-python, a Snowpark session, or a `snowcore.LocalAccount`. It stays
    the caller's, and must stay open.

    Making a root sends nothing; neither does walking down the tree. Only the methods of collections and handles do.
    """

    if TYPE_CHECKING:
        compute_pools: ComputePoolCollection
        databases: DatabaseCollection
        warehouses: WarehouseCollection
    else:
        compute_pools = child("compute_pool", "ComputePoolCollection")
        databases = child("database", "DatabaseCollection")
        warehouses = child("warehouse", "WarehouseCollection")

    def __init__(self, connection: Any, root_config: RootConfiguration | None = None) -> None:
        self._connection, self._session = unwrapped(connection)
        self._root_config = root_config or RootConfiguration()
        self._parameters = SnowApiParameters.from_environment()
        transport, auth = opened(self._connection, fix_hostname=self._parameters.fix_hostname)
        self._auth = auth
        options = Options(user_agent=self._root_config.get_user_agents())
        if not self._parameters.should_retry_request:
            options = attrs.evolve(options, retries=0)
        self.client = Client(transport, auth, options, root=self)

    @property
    def root(self) -> Root:
        return self

    @property
    def connection(self) -> Any:
        """The connection that requests travel with."""
        return self._connection

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

    def parameters(self, refresh: bool = False) -> SnowApiParameters:
        """The settings taken from the environment; read anew with `refresh`."""
        if refresh:
            self._parameters = SnowApiParameters.from_environment()
        return self._parameters

    def __repr__(self) -> str:
        return f"<Root: {self._connection!r}>" if os.environ.get("SNOWCORE_DEBUG") else "<Root>"
