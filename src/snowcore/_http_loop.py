"""Connections of aiohttp, chosen for reuse as strictly as our own are."""

from __future__ import annotations

from typing import Any
from weakref import WeakSet

import aiohttp

from ._http_connection import is_readable

_used = WeakSet[Any]()


class Connector(aiohttp.TCPConnector):
    """Gives no connection again on which the server has said something before it was asked: that would be taken for
    the answer to the next request.
    """

    async def connect(self, req: Any, traces: Any, timeout: Any) -> Any:
        """A connection from the pool, or a new one."""
        while True:
            connection = await super().connect(req, traces, timeout)
            protocol, transport = connection.protocol, connection.transport
            if protocol is None or transport is None:
                return connection
            if protocol not in _used:
                _used.add(protocol)
                return connection
            if not protocol.should_close and not is_readable(transport.get_extra_info("socket")):
                return connection
            connection.close()
