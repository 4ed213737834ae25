"""Manage Snowflake from Python.

    from snowflake.core import Root
    root = Root(connection)
    root.databases["mydb"].schemas["myschema"].tasks["mytask"].execute()

Everything here is imported when it is first used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from ._version import __version__

if TYPE_CHECKING:
    from ._auth import Token
    from ._client import Client
    from ._common import (
        Clone,
        CreateMode,
        DeleteMode,
        PointOfTime,
        PointOfTimeOffset,
        PointOfTimeStatement,
        PointOfTimeTimestamp,
    )
    from ._connection import RESTConnection as RESTConnection
    from ._logging import simple_file_logging
    from ._names import FQN
    from ._polling import PollingOperation
    from ._rest_connection import RESTRoot as RESTRoot
    from ._root import Root

_ROOMS = {
    "Client": "_client",
    "Clone": "_common",
    "CreateMode": "_common",
    "DeleteMode": "_common",
    "FQN": "_names",
    "PointOfTime": "_common",
    "PointOfTimeOffset": "_common",
    "PointOfTimeStatement": "_common",
    "PointOfTimeTimestamp": "_common",
    "PollingOperation": "_polling",
    "RESTConnection": "_connection",
    "RESTRoot": "_rest_connection",
    "Root": "_root",
    "Token": "_auth",
    "simple_file_logging": "_logging",
}

__all__ = [
    "FQN",
    "Client",
    "Clone",
    "CreateMode",
    "DeleteMode",
    "PointOfTime",
    "PointOfTimeOffset",
    "PointOfTimeStatement",
    "PointOfTimeTimestamp",
    "PollingOperation",
    "Root",
    "Token",
    "__version__",
    "simple_file_logging",
]


def __getattr__(name: str) -> Any:
    if name in _ROOMS:
        value = getattr(importlib.import_module(f"{__name__}.{_ROOMS[name]}"), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *_ROOMS})
