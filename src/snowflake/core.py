"""The drop-in for Snowflake's SDK: what is in `snowcore`, under the names that programs know.

    from snowflake.core import Root

This is a module and no package, so that no file of ours lies where one of Snowflake's own distribution would. Where
both are installed, theirs is imported as `snowflake.core`, whole, and ours as `snowcore`.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import snowcore
from snowcore import __version__
from snowcore._drop_in import offer_private_modules

if TYPE_CHECKING:
    from snowcore import (
        FQN,
        CanonicalName,
        Client,
        Clone,
        CreateMode,
        DeleteMode,
        Identifier,
        IdentifierLike,
        IdentifierString,
        PointOfTime,
        PointOfTimeOffset,
        PointOfTimeStatement,
        PointOfTimeTimestamp,
        PollingOperation,
        QualifiedIdentifier,
        Root,
        Token,
        simple_file_logging,
    )

__all__ = [
    "FQN",
    "CanonicalName",
    "Client",
    "Clone",
    "CreateMode",
    "DeleteMode",
    "Identifier",
    "IdentifierLike",
    "IdentifierString",
    "PointOfTime",
    "PointOfTimeOffset",
    "PointOfTimeStatement",
    "PointOfTimeTimestamp",
    "PollingOperation",
    "QualifiedIdentifier",
    "Root",
    "Token",
    "__version__",
    "simple_file_logging",
]

__path__ = [os.path.join(snowcore.__path__[0], "_generated", "snowflake_core")]  # noqa: PTH118 - pathlib is slow to import

offer_private_modules()


def __getattr__(name: str) -> Any:
    if name in snowcore.__dir__():
        return getattr(snowcore, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
