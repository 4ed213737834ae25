"""What snowcore adds to `snowflake.core`: an account that needs no account, and a command line."""

from typing import TYPE_CHECKING, Any

__all__ = ["LocalAccount"]

if TYPE_CHECKING:
    from .local import LocalAccount


def __getattr__(name: str) -> Any:
    if name == "LocalAccount":
        from .local import LocalAccount

        return LocalAccount
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
