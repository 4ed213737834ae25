"""Manage Snowflake from Python.

    from snowcore import Root
    root = Root(connection)
    root.databases["mydb"].schemas["myschema"].tasks["mytask"].execute()

Everything here is imported when it is first used.
"""

from __future__ import annotations

import importlib
import os
import sys
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
    from .waiting import wait_for, wait_for_async

_ROOMS = {
    name: room
    for room, names in {
        "_auth": "Auth KeyPair Token TokenFile TokenType",
        "_call": "Exchange Options",
        "_client": "Client",
        "_common": "Clone CreateMode DeleteMode "
        "PointOfTime PointOfTimeOffset PointOfTimeStatement PointOfTimeTimestamp",
        "_configuration": "RootConfiguration SnowApiParameter SnowApiParameters",
        "_connection": "RESTConnection",
        "_identifiers": "CanonicalName FQN Identifier IdentifierLike IdentifierString QualifiedIdentifier",
        "_logging": "simple_file_logging",
        "_polling": "PollingOperation",
        "_rest_connection": "RESTRoot",
        "_root": "Root",
        "local": "LocalAccount",
        "waiting": "wait_for wait_for_async",
    }.items()
    for name in names.split()
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
    "wait_for",
    "wait_for_async",
]


_THEIRS = ("snowflake_core", "snowflake.core", "snowflake-core")


def _warn_of_another() -> None:
    """Say so if Snowflake's own distribution is installed too, by what installers leave beside packages.

    One look into each folder of the path takes a fraction of the time that importing `importlib.metadata` takes.
    """
    for folder in sys.path:
        try:
            names = os.listdir(folder or ".")  # noqa: PTH208 - pathlib is slow to import
        except OSError:  # an archive, or nothing
            continue
        for name in names:
            # snowflake_core-1.14.0.dist-info, or in other spellings and forms: snowflake.core.egg-link
            if name[:14].lower() in _THEIRS and name.endswith(("-info", ".egg-link")) and name[14:15] in ("-", "."):
                import warnings

                warnings.warn(
                    "Two distributions offer snowflake.core here: snowcore, and Snowflake's own, "
                    f"{os.path.join(folder, name)}. Python imports Snowflake's by that name if both lie in one folder. "  # noqa: PTH118
                    "To use snowcore, import it by its own name: `from snowcore import Root`. To use it as "
                    "snowflake.core too, uninstall Snowflake's: `python -m pip uninstall snowflake.core`.",
                    stacklevel=3,
                )
                return


_warn_of_another()


def __getattr__(name: str) -> Any:
    if name in _ROOMS:
        value = getattr(importlib.import_module(f"{__name__}.{_ROOMS[name]}"), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *_ROOMS})
