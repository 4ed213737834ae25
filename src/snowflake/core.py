"""The drop-in for Snowflake's SDK: what is in `snowcore`, under the names that programs know.

    from snowflake.core import Root

This is a module and no package, so that no file of ours lies where one of Snowflake's own distribution would. Where
both are installed in one folder, theirs is imported as `snowflake.core`, whole, and ours as `snowcore`. The modules
below this one are generated, and lie in `snowflake-stubs`, where type checkers find them too.
"""

from __future__ import annotations

import os
from typing import Any

import snowcore
from snowcore import __version__ as __version__

__all__ = [name for name in snowcore.__all__ if name != "LocalAccount"]  # pyright: ignore[reportUnsupportedDunderAll]

# pathlib is slow to import
__path__ = [os.path.join(os.path.dirname(os.path.dirname(__file__)), "snowflake-stubs", "core")]  # noqa: PTH118, PTH120


def __getattr__(name: str) -> Any:
    if name in snowcore.__dir__():
        return getattr(snowcore, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
