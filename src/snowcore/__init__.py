"""Manage Snowflake from Python.

    from snowcore import Root
    root = Root(connection)
    root.databases["mydb"].schemas["myschema"].tasks["mytask"].execute()

Everything here is imported when it is first used.
"""

from __future__ import annotations

import importlib
import os
from typing import TYPE_CHECKING, Any

from .version import __version__

if TYPE_CHECKING:
    from ._auth import Auth, KeyPair, Token, TokenFile, TokenType
    from ._call import Exchange, Options
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
    from ._configuration import RootConfiguration, SnowApiParameter, SnowApiParameters
    from ._connection import RESTConnection
    from ._identifiers import (
        FQN,
        CanonicalName,
        Identifier,
        IdentifierLike,
        IdentifierString,
        QualifiedIdentifier,
    )
    from ._logging import simple_file_logging
    from ._polling import PollingOperation
    from ._rest_connection import RESTRoot
    from ._root import Root
    from .local import LocalAccount as LocalAccount

_ROOMS = {
    "CanonicalName": "_identifiers",
    "Auth": "_auth",
    "Client": "_client",
    "Clone": "_common",
    "CreateMode": "_common",
    "DeleteMode": "_common",
    "FQN": "_identifiers",
    "Identifier": "_identifiers",
    "IdentifierLike": "_identifiers",
    "IdentifierString": "_identifiers",
    "Exchange": "_call",
    "KeyPair": "_auth",
    "LocalAccount": "local",
    "Options": "_call",
    "PointOfTime": "_common",
    "PointOfTimeOffset": "_common",
    "PointOfTimeStatement": "_common",
    "PointOfTimeTimestamp": "_common",
    "PollingOperation": "_polling",
    "QualifiedIdentifier": "_identifiers",
    "RESTConnection": "_connection",
    "RESTRoot": "_rest_connection",
    "Root": "_root",
    "RootConfiguration": "_configuration",
    "SnowApiParameter": "_configuration",
    "SnowApiParameters": "_configuration",
    "Token": "_auth",
    "TokenFile": "_auth",
    "TokenType": "_auth",
    "simple_file_logging": "_logging",
}

__all__ = [
    "FQN",
    "Auth",
    "CanonicalName",
    "Client",
    "Clone",
    "CreateMode",
    "DeleteMode",
    "Exchange",
    "Identifier",
    "IdentifierLike",
    "IdentifierString",
    "KeyPair",
    "LocalAccount",
    "Options",
    "PointOfTime",
    "PointOfTimeOffset",
    "PointOfTimeStatement",
    "PointOfTimeTimestamp",
    "PollingOperation",
    "QualifiedIdentifier",
    "RESTConnection",
    "RESTRoot",
    "Root",
    "RootConfiguration",
    "SnowApiParameter",
    "SnowApiParameters",
    "Token",
    "TokenFile",
    "TokenType",
    "__version__",
    "simple_file_logging",
]


def _warn_of_another() -> None:
    """Two distributions with one import path: which of them a module comes from is then a matter of luck."""
    import snowflake

    # a file that Snowflake's own distribution has and this one has not
    if any(os.path.exists(f"{folder}/core/_options.py") for folder in snowflake.__path__):  # noqa: PTH110 - pathlib is slow to import
        import warnings

        warnings.warn(
            "Both snowcore and Snowflake's own distribution 'snowflake.core' are installed here, and both are imported "
            "as snowflake.core. Uninstall both, then install the one that you want.",
            stacklevel=3,
        )


_warn_of_another()


def __getattr__(name: str) -> Any:
    if name in _ROOMS:
        value = getattr(importlib.import_module(f"{__name__}.{_ROOMS[name]}"), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *_ROOMS})
