"""A root on a host and a token, without the connector."""

from __future__ import annotations

from ._connection import RESTConnection
from ._root import Root

__all__ = ["RESTConnection", "RESTRoot"]


class RESTRoot(Root):
    """A `Root` that takes a `RESTConnection` too."""
